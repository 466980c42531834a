//! The pages of `app` and their server functions.

use super::failure::{Failure, status, wants_page};
use super::{Site, headers, retry};
use crate::desk::Desk;
use app::App;
use app::backend::{Backend, Origin, Visitor};
use app::boot::Boot;
use app::error::AppError;
use app::shell::{Sites, shell};
use app::urls;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use domain::Locale;
use leptos::context::provide_context;
use leptos::nonce::use_nonce;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{generate_route_list, handle_server_fns_with_context, render_app_async_with_context};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// Pages and server functions are answered by then, or never.
const PATIENCE: Duration = Duration::from_secs(30);
/// What a server function's arguments may weigh.
const ARGUMENTS: usize = 1 << 20;

/// Paths of the pages, as the router of axum writes them: `/cases/{number}`.
pub fn page_paths() -> Vec<String> {
    generate_route_list(App).iter().map(|route| route.path().to_owned()).collect()
}

pub fn routes(_: &Desk, site: &Arc<Site>) -> Router<Desk> {
    let mut router = Router::new().route("/api/{*function}", any(function));
    for path in page_paths() {
        router = router.route(&path, get(page));
    }
    router
        .fallback(nowhere)
        .layer(axum::Extension(site.clone()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
}

/// What a page or a server function finds in its context.
#[derive(Clone)]
struct Context {
    backend: Arc<dyn Backend>,
    visitor: Visitor,
    origin: Origin,
    locale: Locale,
    boot: Boot,
    sites: Sites,
}

impl Context {
    fn new(desk: Desk, visitor: Visitor, origin: Origin, locale: Locale) -> Self {
        let organisation = desk.book().organisation.name.clone();
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let boot = Boot { visitor: visitor.clone(), locale, organisation, version };
        let sites = Sites(desk.book().public_form.sites.clone());
        Self { backend: Arc::new(desk), visitor, origin, locale, boot, sites }
    }

    fn provide(&self) {
        provide_context(self.backend.clone());
        provide_context(self.visitor.clone());
        provide_context(self.origin);
        provide_context(self.locale);
        provide_context(self.boot.clone());
        provide_context(self.sites.clone());
    }
}

/// Pages that are there for people without a session.
fn public(path: &str) -> bool {
    let pages = [urls::SIGN_IN, urls::WELCOME, urls::UPLOAD, urls::TABLET];
    urls::is_for_customers(path) || pages.into_iter().any(|page| urls::is_below(path, page))
}

async fn page(
    State(desk): State<Desk>,
    Extension(site): Extension<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(origin): Extension<Origin>,
    Extension(locale): Extension<Locale>,
    request: Request,
) -> Response {
    if !public(request.uri().path()) {
        match &visitor {
            Visitor::Staff(_) => {}
            Visitor::Tablet(_) => return Redirect::to(urls::TABLET).into_response(),
            Visitor::Nobody => {
                let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
                let next = (wanted != "/").then(|| format!("?next={}", retry::encoded(wanted)));
                return Redirect::to(&format!("{}{}", urls::SIGN_IN, next.unwrap_or_default())).into_response();
            }
        }
    }
    let ancestors = headers::ancestors(&desk, request.uri().path());
    render(Context::new(desk, visitor, origin, locale), site, &ancestors, request).await
}

async fn render(context: Context, site: Arc<Site>, ancestors: &str, request: Request) -> Response {
    let nonce = Arc::new(OnceLock::new());
    let provide = {
        let nonce = nonce.clone();
        move || {
            context.provide();
            if let Some(value) = use_nonce() {
                let _ = nonce.set(value.to_string());
            }
        }
    };
    let mut response = render_app_async_with_context(provide, move || shell(&site.assets))(request).await;
    let policy = headers::page_policy(nonce.get().map_or("", String::as_str), ancestors);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}

/// No such page: told by the application itself where a person waits.
async fn nowhere(
    State(desk): State<Desk>,
    Extension(site): Extension<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(origin): Extension<Origin>,
    Extension(locale): Extension<Locale>,
    request: Request,
) -> Response {
    if request.method() != Method::GET || !wants_page(request.headers()) {
        return Failure(AppError::NotFound).into_response();
    }
    let ancestors = headers::ancestors(&desk, request.uri().path());
    let mut response = render(Context::new(desk, visitor, origin, locale), site, &ancestors, request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// A server function, called by the client or by a form without script.
async fn function(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Extension(origin): Extension<Origin>,
    Extension(locale): Extension<Locale>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    if !server_fn_paths().any(|(known, method)| known == path && method == *request.method()) {
        return Failure(AppError::NotFound).into_response();
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, ARGUMENTS).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = retry::Form::of(&parts, &body);
    if form.is_none() {
        // Only a form's browser is to be redirected.
        parts.headers.insert(axum::http::header::ACCEPT, HeaderValue::from_static("application/json"));
    }
    let most = match retry::most_bytes(&desk, &visitor, &parts.headers).await {
        Ok(most) => most,
        Err(error) => return Failure(error).into_response(),
    };
    let context = Context::new(desk.clone(), visitor, origin, locale);
    let request = Request::from_parts(parts, Body::from(body));
    let response = handle_server_fns_with_context(move || context.provide(), request).await.into_response();
    let failed = response.headers().contains_key("serverfnerror");
    match (form, failed) {
        (None, false) => response,
        (None, true) => told(response).await,
        (Some(form), false) => form.succeeded(response),
        (Some(form), true) => match error_of(response).await {
            (_, Some(error)) => form.failed(&desk, error, most).await,
            (response, None) => response,
        },
    }
}

/// The same answer with the error's own status.
async fn told(response: Response) -> Response {
    let (mut response, error) = error_of(response).await;
    if let Some(error) = error {
        *response.status_mut() = status(&error);
        response.headers_mut().remove(LOCATION);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

async fn error_of(response: Response) -> (Response, Option<AppError>) {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ARGUMENTS).await.unwrap_or_default();
    let error = serde_json::from_slice(&body).ok();
    (Response::from_parts(parts, Body::from(body)), error)
}
