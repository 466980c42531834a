//! A return as staff see it, and lists of them.

use crate::desk::Desk;
use crate::desk::book::Book;
use crate::desk::cases::rows::{moment, stores_in_reach, stores_of};
use crate::store::errands::Wanted;
use crate::store::error::Result;
use crate::store::rmas::{self, Listed, Rma, RmaCase};
use crate::store::{cases, events, lists};
use app::backend::{InspectedView, ReceivedView, RmaList, RmaPage, RmaQuery, RmaView, Viewer};
use app::error::AppError;
use domain::event::EventKind;
use domain::id::{RmaId, StoreId};
use domain::number::Number;
use domain::report::Address;
use domain::rma::{RmaAction, allowed};
use domain::role::Right;
use texts::words;

/// Rows of a page.
const PAGE: usize = 30;

impl Desk {
    /// `cases` are the return's own.
    pub(in crate::desk) fn rma_view(&self, book: &Book, who: &Viewer, rma: &Rma, cases: &[RmaCase]) -> Result<RmaView> {
        let store = book.store(rma.store)?;
        let errand = &rma.errand;
        Ok(RmaView {
            id: rma.id,
            number: rma.number,
            version: rma.version,
            store: store.to_ref(),
            route: rma.route(),
            state: rma.state,
            issued: moment(store, rma.issued_at),
            valid_until: rma.valid_until,
            expired: rma.state.is_awaited() && rma.valid_until < store.today(&*self.clock),
            cases: cases.iter().map(|case| (case.number, case.title.clone())).collect(),
            from: rma.delivery.from.as_ref().map(Address::lines).unwrap_or_default(),
            parcels: rma.delivery.parcels,
            window: rma.delivery.window.map(|window| window.show(who.locale)).unwrap_or_default(),
            carrier: carrier_name(&rma.carrier).to_owned(),
            waybill: rma.waybill.clone(),
            tracking_url: rma.tracking_url.clone(),
            code: rma.code.clone(),
            has_carrier_label: rma.label.is_some(),
            asking: errand.next_attempt_at.is_some() && errand.wanted.is_some_and(|wanted| wanted != Wanted::Track),
            fault: if errand.fault.is_empty() {
                String::new()
            } else {
                words::carrier_fault(who.locale, &errand.fault)
            },
            retry: errand.next_attempt_at.filter(|_| !errand.fault.is_empty()).map(|at| moment(store, at)),
            received: rma.received.as_ref().map(|received| ReceivedView {
                at: moment(store, received.at),
                by: book.staff_name(Some(received.by)),
                condition: received.condition,
                place: received.place.clone(),
                note: received.note.clone(),
            }),
            inspected: rma.inspected.as_ref().map(|inspected| InspectedView {
                at: moment(store, inspected.at),
                by: book.staff_name(Some(inspected.by)),
                note: inspected.note.clone(),
            }),
            may: may(who, rma),
            may_retry: errand.wanted.is_some() && !errand.fault.is_empty() && who.may(Right::Handle),
        })
    }

    pub(super) async fn rma_page(&self, who: &Viewer, number: Number) -> Result<RmaPage> {
        let book = self.book();
        let mut connection = self.db.read().await?;
        let rma = match rmas::by_number(&mut connection, number).await? {
            Some(rma) => Some(rma),
            None => match cases::by_number(&mut connection, number).await? {
                Some(case) => rmas::of_case(&mut connection, case.id).await?,
                None => None,
            },
        };
        let rma = rma.filter(|rma| who.reach.covers(rma.store)).ok_or(AppError::NotFound)?;
        let inside = rmas::cases(&mut connection, rma.id).await?;
        let mut rows = Vec::new();
        for case in &inside {
            rows.extend(lists::by_number(&mut connection, case.number).await?);
        }
        // Each case tells the same of its return; the first has been in it longest.
        let history = match inside.first() {
            Some(first) => {
                let case = cases::by_id(&mut connection, first.id).await?.ok_or(AppError::NotFound)?;
                let mut events = events::of_case(&mut connection, first.id).await?;
                events.retain(|event| is_about_return(&event.what));
                self.event_views(who, &case, &events)?
            }
            None => Vec::new(),
        };
        drop(connection);
        Ok(RmaPage {
            rma: self.rma_view(&book, who, &rma, &inside)?,
            cases: rows.into_iter().map(|row| self.case_row(&book, who, row)).collect::<Result<_>>()?,
            history,
        })
    }

    pub(super) async fn rma_list(&self, who: &Viewer, query: &RmaQuery) -> Result<RmaList> {
        let book = self.book();
        let stores = match query.store {
            Some(store) if who.reach.covers(store) => Some(vec![store]),
            Some(_) => return Err(AppError::NotFound.into()),
            None => stores_of(&who.reach).map(<[StoreId]>::to_vec),
        };
        let after = query.after.as_deref().map(read_cursor).transpose()?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let listed = Listed { states: query.filter.states(), stores, after, limit };
        let mut connection = self.db.read().await?;
        let mut rows = rmas::list(&mut connection, &listed).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let ids: Vec<RmaId> = rows.iter().map(|rma| rma.id).collect();
        let inside = rmas::cases_of(&mut connection, &ids).await?;
        drop(connection);
        let view = |rma: &Rma| {
            let own: Vec<RmaCase> =
                inside.iter().filter(|(of, _)| *of == rma.id).map(|(_, case)| case.clone()).collect();
            self.rma_view(&book, who, rma, &own)
        };
        Ok(RmaList {
            next: rows.last().filter(|_| more).map(|rma| format!("{}.{}", rma.issued_at, rma.id)),
            rows: rows.iter().map(view).collect::<Result<_>>()?,
            stores: stores_in_reach(&book, who),
        })
    }
}

/// What the table allows, as far as what the carrier was asked leaves room for it.
fn may(who: &Viewer, rma: &Rma) -> Vec<RmaAction> {
    let asked = rma.has_courier() || rma.is_being_cancelled();
    let mut actions = allowed(rma.state, who.role);
    actions.retain(|action| match action {
        RmaAction::OrderPickUp | RmaAction::Reissue => !asked,
        RmaAction::CancelPickUp => rma.awaits_courier(),
        RmaAction::SettleByHand => rma.is_being_cancelled() && !rma.errand.fault.is_empty(),
        _ => true,
    });
    actions
}

/// Where the page before ended.
fn read_cursor(text: &str) -> Result<(i64, RmaId), AppError> {
    let read = || {
        let (at, last) = text.split_once('.')?;
        Some((at.parse().ok()?, last.parse().ok()?))
    };
    read().ok_or_else(|| AppError::invalid("after", "malformed"))
}

/// A name of its own, the same in every language; nobody's, where people are asked.
fn carrier_name(key: &str) -> &'static str {
    match key {
        "inpost" => "InPost",
        "bring" => "Bring",
        _ => "",
    }
}

const fn is_about_return(what: &EventKind) -> bool {
    matches!(
        what,
        EventKind::RmaIssued { .. }
            | EventKind::RmaSet { .. }
            | EventKind::WaybillSet { .. }
            | EventKind::CarrierFailed { .. }
    )
}
