//! Headers that every answer carries.

use crate::desk::Desk;
use app::urls;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// For what is no page: nothing in it may run or load.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 4] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Our own forms need it to come back to their page; others learn nothing, not even of a page whose address is a secret.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"),
];

pub async fn secure(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if desk.config.secure() {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Who may show that page in a frame: ours never, but a customer's form on the sites that the organisation allows.
pub fn ancestors(desk: &Desk, path: &str) -> String {
    if !urls::is_below(path, urls::REPORT) {
        return "'none'".to_owned();
    }
    let book = desk.book();
    std::iter::once("'self'").chain(book.public_form.sites.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

/// For a page. `ancestors`: see [`ancestors`]. `style` attributes are let in, since a letter's preview inherits this and letters have no other styles.
pub fn page_policy(nonce: &str, ancestors: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).expect("a nonce is base64, and sites were checked when they were saved")
}
