//! A server that writes down what it was asked, and that can be told to behave badly.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::{StreamExt, stream};
use serde_json::Value;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request as it came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// How the next request that fits is treated.
#[derive(Clone, Debug)]
pub enum Mood {
    Status(u16, &'static str),
    /// With `Retry-After`.
    Busy(u16, &'static str),
    Redirect(String),
    Garbage,
    /// Does what was asked, and breaks the connection within the answer.
    Lost,
    /// Breaks the connection within an answer to nothing done.
    Half,
    /// 100 MB.
    Huge,
    Hang,
    Slow(Duration),
}

/// What a carrier does with a request.
pub trait Api: Send + Sync + 'static {
    fn answer(&self, seen: &Seen) -> Response;
}

pub struct Server {
    pub url: String,
    inner: Arc<Inner>,
}

struct Inner {
    api: Arc<dyn Api>,
    seen: Mutex<Vec<Seen>>,
    moods: Mutex<Vec<(Method, &'static str, Mood)>>,
}

impl Server {
    pub async fn start(api: Arc<dyn Api>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        let inner = Arc::new(Inner { api, seen: Mutex::default(), moods: Mutex::default() });
        let router = Router::new().fallback(serve).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inner }
    }

    /// The next request of this method whose path ends so is treated so; one request a call.
    pub fn next(&self, method: Method, path_end: &'static str, mood: Mood) {
        self.inner.moods.lock().expect("not poisoned").push((method, path_end, mood));
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.inner.seen.lock().expect("not poisoned").clone()
    }

    pub fn count(&self, method: Method, path_end: &str) -> usize {
        self.seen().iter().filter(|seen| seen.method == method && seen.path.ends_with(path_end)).count()
    }

    /// The last request whose path ends so.
    pub fn last(&self, path_end: &str) -> Seen {
        self.seen().into_iter().rfind(|seen| seen.path.ends_with(path_end)).expect("such a request")
    }
}

impl Seen {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("text"))
    }
}

async fn serve(State(inner): State<Arc<Inner>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.expect("a small body");
    let url = reqwest::Url::parse(&format!("http://x{}", parts.uri)).expect("an address");
    let seen = Seen {
        method: parts.method,
        path: parts.uri.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        headers: parts.headers,
        body,
    };
    inner.seen.lock().expect("not poisoned").push(seen.clone());
    let mood = {
        let mut moods = inner.moods.lock().expect("not poisoned");
        let at = moods.iter().position(|(method, end, _)| *method == seen.method && seen.path.ends_with(end));
        at.map(|at| moods.remove(at).2)
    };
    match mood {
        None => inner.api.answer(&seen),
        Some(Mood::Status(code, body)) => (status(code), body).into_response(),
        Some(Mood::Busy(code, after)) => (status(code), [(header::RETRY_AFTER, after)], "busy").into_response(),
        Some(Mood::Redirect(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(Mood::Garbage) => "<html>{\"it is no\": JSON".into_response(),
        Some(Mood::Lost) => {
            inner.api.answer(&seen);
            broken()
        }
        Some(Mood::Half) => broken(),
        Some(Mood::Huge) => {
            let mega = Bytes::from(vec![b' '; 1 << 20]);
            Body::from_stream(stream::iter((0..100).map(move |_| Ok::<_, io::Error>(mega.clone())))).into_response()
        }
        Some(Mood::Hang) => std::future::pending().await,
        Some(Mood::Slow(pause)) => {
            tokio::time::sleep(pause).await;
            inner.api.answer(&seen)
        }
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).expect("a status")
}

/// The head and a piece go out before the cut.
fn broken() -> Response {
    let pieces = [Ok(Bytes::from_static(b"{\"id\": 1")), Err(io::Error::other("cut"))];
    let slowly = stream::iter(pieces).then(|piece| async {
        tokio::time::sleep(Duration::from_millis(30)).await;
        piece
    });
    Body::from_stream(slowly).into_response()
}

/// What an object has beyond `known`, and what of `wanted` it lacks: each as `path`.
pub fn misfits(value: &Value, path: &str, known: &[&str], wanted: &[&str]) -> Vec<String> {
    let Some(fields) = value.as_object() else { return vec![path.to_owned()] };
    let unknown = fields.keys().filter(|key| !known.contains(&key.as_str())).map(String::as_str);
    let missing = wanted.iter().copied().filter(|key| match fields.get(*key) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(_) => false,
    });
    unknown.chain(missing).map(|key| format!("{path}.{key}")).collect()
}
