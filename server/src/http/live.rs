//! Server-sent events: "changed", with which case and which version; "present", with who else has the case open.

use super::Site;
use super::failure::Failure;
use crate::desk::Desk;
use crate::live::Changed;
use crate::live::presence::Sitting;
use app::backend::{Present, Viewer, Visitor};
use app::error::AppError;
use app::urls;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use axum::{Extension, Router};
use domain::id::{CaseId, StaffId};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio_stream::wrappers::{BroadcastStream, WatchStream};

/// Proxies close what is silent for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// The browser then connects anew and is asked anew who it is.
const LONGEST: Duration = Duration::from_secs(30 * 60);
/// How soon a browser tries again.
const RETRY: Duration = Duration::from_secs(2);

pub fn router(site: &Arc<Site>) -> Router<Desk> {
    Router::new().route(urls::LIVE, get(live)).layer(Extension(site.clone()))
}

#[derive(Deserialize)]
struct Asked {
    case: Option<CaseId>,
}

/// What stands in an event. Without `case`: anything may have changed.
#[derive(Serialize)]
struct Told {
    case: Option<CaseId>,
    version: i64,
}

async fn live(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Extension(site): Extension<Arc<Site>>,
    Query(Asked { case }): Query<Asked>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let Visitor::Staff(viewer) = visitor else { return Err(AppError::SignedOut.into()) };
    // Listening begins before the check, so that nothing falls between the two.
    let (changes, missed) = (desk.live.listen(), desk.live.missed());
    if let Some(case) = case {
        desk.place_of(&viewer, case).await?;
    }
    let sitting = case.map(|case| desk.live.presence.sit(case, viewer.id, desk.random.uuid()));
    let present = present(&desk, case, viewer.id, sitting);
    let changes = BroadcastStream::new(changes).filter_map(move |received| {
        let told = match received {
            Ok(changed) => {
                concerns(&viewer, case, &changed).then_some(Told { case: Some(changed.case), version: changed.version })
            }
            // Some were missed.
            Err(_) => Some(Told { case, version: 0 }),
        };
        std::future::ready(told)
    });
    let missed = WatchStream::from_changes(missed).map(move |_| Told { case, version: 0 });
    // A page that was opened before an upgrade is of another build, and cannot read what this one says.
    let hello = Event::default().retry(RETRY).event("hello").data(&site.assets.js);
    let opening = futures::stream::once(std::future::ready(Ok(hello)));
    let events = futures::stream::select(changes, missed)
        .map(|told| Ok(Event::default().event("changed").json_data(told).expect("ids and numbers are JSON")));
    let stream = opening.chain(futures::stream::select(events, present)).take_until(tokio::time::sleep(LONGEST));
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

/// Who else has the case open, told at once and with each change. Whoever listens sits there, as long as the stream stands.
fn present(
    desk: &Desk,
    case: Option<CaseId>,
    me: StaffId,
    sitting: Option<Sitting>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let (presence, desk) = (desk.live.presence.clone(), desk.clone());
    let first = futures::stream::iter(case);
    let changes = BroadcastStream::new(presence.changes()).filter_map(move |changed| {
        // Where some were missed it is asked anew.
        let here = case.filter(|case| changed.as_ref().is_ok_and(|changed| changed == case) || changed.is_err());
        std::future::ready(here)
    });
    let mut before = None;
    first.chain(changes).filter_map(move |case| {
        let _held = &sitting;
        let book = desk.book();
        let others: Vec<Present> = presence
            .others(case, me)
            .into_iter()
            .map(|(staff, writing)| Present { name: book.staff_name(Some(staff)), writing })
            .collect();
        let news = (before.as_ref() != Some(&others))
            .then(|| Ok(Event::default().event("present").json_data(&others).expect("names and flags are JSON")));
        before = Some(others);
        std::future::ready(news)
    })
}

/// One case, whose reach was checked, or every case within reach.
fn concerns(viewer: &Viewer, case: Option<CaseId>, changed: &Changed) -> bool {
    match case {
        Some(case) => changed.case == case,
        None => changed.store.is_some_and(|store| viewer.reach.covers(store)),
    }
}
