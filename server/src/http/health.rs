//! For a load balancer or a supervisor.

use crate::desk::Desk;
use axum::extract::State;
use axum::http::StatusCode;

/// 200 once the database answers.
pub async fn health(State(desk): State<Desk>) -> (StatusCode, &'static str) {
    match crate::store::book::version(&desk.db).await {
        Ok(_) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the health check failed");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
