//! One line a request, without a secret.

use app::urls;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

pub async fn requests(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = masked(request.uri().path());
    let start = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::error!(%method, path, status, ms, "request");
    } else if path.starts_with("/pkg/") || path == "/health" {
        tracing::debug!(%method, path, status, ms, "request");
    } else {
        tracing::info!(%method, path, status, ms, "request");
    }
    response
}

/// The path without what opens something: the token after `/u/`, `/report/` and their like. Queries are never logged.
pub fn masked(path: &str) -> String {
    for prefix in [urls::UPLOAD, urls::WELCOME, urls::REPORT, urls::CONFIRM, urls::STATUS_LINK] {
        if let Some(rest) = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')) {
            let after = rest.find('/').map_or("", |slash| &rest[slash..]);
            return format!("{prefix}/…{after}");
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn no_secret_reaches_the_log() {
        assert_eq!(masked("/u/0123abcd/files/9"), "/u/…/files/9");
        assert_eq!(masked("/welcome/0123abcd"), "/welcome/…");
        assert_eq!(masked("/report/0123abcd/review"), "/report/…/review");
        assert_eq!(masked("/confirm/0123abcd"), "/confirm/…");
        assert_eq!(masked("/s/0123abcd"), "/s/…");
        assert_eq!(masked("/report"), "/report");
        assert_eq!(masked("/status/26-000001-5"), "/status/26-000001-5");
        assert_eq!(masked("/cases/26-000001-5"), "/cases/26-000001-5");
    }
}
