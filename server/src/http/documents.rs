//! Documents of cases and returns, for staff and for customers who have proved that a case is theirs. To read one is a GET; that a label has been printed is told by a POST to the
//! same address, which leads there.

use super::failure::Failure;
use super::status::access;
use crate::desk::Desk;
use crate::desk::documents::Made;
use app::backend::{DocumentKind, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use documents::Paper;
use domain::number::Number;

pub fn router() -> Router<Desk> {
    Router::new()
        .route("/cases/{number}/documents/{kind}", get(of_case).post(printed))
        .route("/cases/{number}/papers/{paper}", get(paper))
        .route("/cases/labels", get(goods_labels))
        .route("/rma/labels", get(labels).post(labels_printed))
        .route("/status/{number}/documents/{kind}", get(of_customer).post(printed_by_customer))
}

fn number(text: &str) -> Result<Number, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

fn kind(key: &str) -> Result<DocumentKind, AppError> {
    DocumentKind::from_key(key).ok_or(AppError::NotFound)
}

async fn of_case(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((case, asked)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    Ok(answer(desk.document_for_staff(&who, number(&case)?, kind(&asked)?).await?))
}

async fn printed(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((case, asked)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let (number, kind) = (number(&case)?, kind(&asked)?);
    desk.label_printed_by_staff(&who, &[number]).await?;
    Ok(Redirect::to(&urls::case_document(number, kind)).into_response())
}

async fn paper(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path((case, paper)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let paper = paper.parse().map_err(|_| AppError::NotFound)?;
    Ok(answer(desk.paper_for_staff(&who, number(&case)?, paper).await?))
}

async fn of_customer(
    State(desk): State<Desk>,
    Path((case, asked)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let access = access(&desk, &headers);
    Ok(answer(desk.document_for_customer(access.as_deref(), number(&case)?, kind(&asked)?).await?))
}

async fn printed_by_customer(
    State(desk): State<Desk>,
    Path((case, asked)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (number, kind) = (number(&case)?, kind(&asked)?);
    desk.label_printed_by_customer(access(&desk, &headers).as_deref(), number).await?;
    Ok(Redirect::to(&urls::status_document(number, kind)).into_response())
}

/// Which labels: `number` any number of times, and `paper`.
struct Print {
    numbers: Vec<Number>,
    /// `None`: ZPL.
    paper: Option<Paper>,
}

impl Print {
    fn read(query: Option<&str>) -> Result<Self, AppError> {
        let mut print = Self { numbers: Vec::new(), paper: Some(Paper::A6) };
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match &*name {
                "number" => print.numbers.push(number(&value)?),
                "paper" if value == "zpl" => print.paper = None,
                "paper" => print.paper = Some(Paper::from_key(&value).ok_or(AppError::NotFound)?),
                _ => {}
            }
        }
        Ok(print)
    }
}

async fn labels(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let Print { numbers, paper } = Print::read(query.as_deref())?;
    Ok(answer(desk.labels_for_staff(&who, &numbers, paper).await?))
}

/// Nothing is noted of them: they go no further than the shelf.
async fn goods_labels(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let Print { numbers, paper } = Print::read(query.as_deref())?;
    Ok(answer(desk.goods_labels_for_staff(&who, &numbers, paper).await?))
}

async fn labels_printed(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    body: String,
) -> Result<Response, Failure> {
    let Visitor::Staff(who) = visitor else { return Err(AppError::SignedOut.into()) };
    let print = Print::read(Some(&body))?;
    desk.label_printed_by_staff(&who, &print.numbers).await?;
    Ok(Redirect::to(&format!("/rma/labels?{body}")).into_response())
}

/// Shown in the browser's own viewer, which prints; label printers' text is kept as a file.
pub fn answer(made: Made) -> Response {
    let shown = if made.content_type == "application/pdf" { "inline" } else { "attachment" };
    let disposition = format!("{shown}; filename=\"{}\"", made.name);
    let headers: [(HeaderName, HeaderValue); 3] = [
        (CONTENT_TYPE, HeaderValue::from_static(made.content_type)),
        // A name is made of a kind's key and a number.
        (CONTENT_DISPOSITION, HeaderValue::try_from(disposition).unwrap_or(HeaderValue::from_static("attachment"))),
        // The viewer of a browser is a page of its own, with styles of its own.
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        ),
    ];
    (headers, made.bytes).into_response()
}
