//! What a scanned or typed text stands for, within the reader's reach.

use crate::desk::Desk;
use crate::desk::cases::rows::stores_of;
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use crate::store::search::{self, Term};
use crate::store::{cases, reports};
use app::backend::{Exact, Scanned, Viewer};
use domain::fold::fold;
use domain::form::schema::common;
use domain::number::Number;
use domain::report::Standing;
use domain::rma::{RmaAction, step};
use domain::scan::{Reading, read};
use sqlx::AnyConnection;

/// Cases that are looked at for a serial number.
const CANDIDATES: i64 = 20;

impl Desk {
    pub(super) async fn scanned(&self, who: &Viewer, text: &str) -> Result<Scanned> {
        let mut connection = self.db.read().await?;
        match read(text) {
            Reading::Nothing => Ok(Scanned::Nothing),
            Reading::Label(number) | Reading::Number(number) => self.numbered(&mut connection, who, number).await,
            Reading::Code(code) => self.coded(&mut connection, who, &code).await,
        }
    }

    async fn numbered(&self, connection: &mut AnyConnection, who: &Viewer, number: Number) -> Result<Scanned> {
        let rma = rmas::by_number(connection, number).await?;
        if let Some(rma) = rma.filter(|rma| who.reach.covers(rma.store)) {
            return whereto(connection, &rma).await;
        }
        let case = cases::by_number(connection, number).await?;
        if let Some(case) = case.filter(|case| who.reach.covers(case.store)) {
            return Ok(Scanned::Case(case.number));
        }
        let unconfirmed = self.unconfirmed(connection, who, number).await?;
        Ok(unconfirmed.map_or(Scanned::Nothing, |(number, title)| Scanned::Unconfirmed { number, title }))
    }

    /// A report of that number that waits for its customer's word.
    pub(in crate::desk) async fn unconfirmed(
        &self,
        connection: &mut AnyConnection,
        who: &Viewer,
        number: Number,
    ) -> Result<Option<(Number, String)>> {
        let Some(report) = reports::by_number(connection, number).await? else { return Ok(None) };
        let Some(sent) = &report.sent else { return Ok(None) };
        let waits = crate::desk::reports::standing_of(&report, self.clock.now_ms()) == Standing::Unconfirmed;
        if !waits || !who.reach.covers(sent.store) {
            return Ok(None);
        }
        let items = reports::items(connection, report.id).await?;
        Ok(Some((sent.number, crate::desk::reports::articles(&items))))
    }

    /// What a scanned label, a number that no case bears or a waybill opens.
    pub(in crate::desk) async fn rma_named(
        &self,
        connection: &mut AnyConnection,
        who: &Viewer,
        text: &str,
    ) -> Result<Option<Exact>> {
        let rma = match read(text) {
            Reading::Nothing => None,
            Reading::Label(number) | Reading::Number(number) => rmas::by_number(connection, number).await?,
            Reading::Code(code) => rmas::by_waybill(connection, &code).await?,
        };
        let Some(rma) = rma.filter(|rma| who.reach.covers(rma.store)) else { return Ok(None) };
        Ok(match whereto(connection, &rma).await? {
            Scanned::Case(number) => Some(Exact::Case(number)),
            _ => Some(Exact::Rma(rma.number)),
        })
    }

    async fn coded(&self, connection: &mut AnyConnection, who: &Viewer, code: &str) -> Result<Scanned> {
        let rma = rmas::by_waybill(connection, code).await?;
        if let Some(rma) = rma.filter(|rma| who.reach.covers(rma.store)) {
            return whereto(connection, &rma).await;
        }
        let Some(term) = Term::read(code) else { return Ok(Scanned::Nothing) };
        let rows = search::find(connection, self.db.dialect, &term, stores_of(&who.reach), CANDIDATES).await?;
        let wanted = fold(code).replace(' ', "");
        let mut bearing = Vec::new();
        for row in rows {
            let Some(case) = cases::by_id(connection, row.id).await? else { continue };
            if fold(case.answers.first(common::SERIAL)).replace(' ', "") == wanted {
                bearing.push((case.number, case.known.title));
            }
        }
        Ok(match bearing.as_slice() {
            [] => Scanned::Nothing,
            [(number, _)] => Scanned::Case(*number),
            _ => Scanned::Several(bearing),
        })
    }
}

/// To the return as long as its goods may be taken in, and where it holds several cases; else to its case.
pub(in crate::desk) async fn whereto(connection: &mut AnyConnection, rma: &Rma) -> Result<Scanned> {
    if step(rma.state, RmaAction::Receive).is_some() {
        return Ok(Scanned::Parcel(rma.number));
    }
    let inside = rmas::cases(connection, rma.id).await?;
    Ok(match inside.as_slice() {
        [only] => Scanned::Case(only.number),
        _ => Scanned::Parcel(rma.number),
    })
}
