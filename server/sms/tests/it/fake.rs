//! A server that writes down what it was asked, and answers as it is told.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub headers: HeaderMap,
    pub fields: Vec<(String, String)>,
}

impl Seen {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).expect("such a header").to_str().expect("text")
    }
}

/// How requests are answered.
#[derive(Clone)]
pub enum Answer {
    Say(u16, String),
    Redirect,
    Hang,
    Slow(Duration, String),
}

pub struct Server {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    answer: Answer,
    seen: Mutex<Vec<Seen>>,
}

impl Server {
    pub async fn start(answer: Answer) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let inner = Arc::new(Inner { answer, seen: Mutex::default() });
        let router = Router::new().fallback(serve).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inner }
    }

    pub async fn saying(status: u16, body: &str) -> Self {
        Self::start(Answer::Say(status, body.to_owned())).await
    }

    /// The one request that came.
    pub fn seen(&self) -> Seen {
        let seen = self.inner.seen.lock().expect("not poisoned");
        assert_eq!(seen.len(), 1);
        seen[0].clone()
    }
}

async fn serve(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body: Bytes = axum::body::to_bytes(body, 1 << 20).await.expect("a small body");
    let fields = form_urlencoded::parse(&body).into_owned().collect();
    let seen = Seen { path: parts.uri.path().to_owned(), headers: parts.headers, fields };
    inner.seen.lock().expect("not poisoned").push(seen);
    match inner.answer.clone() {
        Answer::Say(status, body) => (StatusCode::from_u16(status).expect("a status"), body).into_response(),
        Answer::Redirect => (StatusCode::FOUND, [(header::LOCATION, "https://elsewhere.example")]).into_response(),
        Answer::Hang => std::future::pending().await,
        Answer::Slow(pause, body) => {
            tokio::time::sleep(pause).await;
            body.into_response()
        }
    }
}
