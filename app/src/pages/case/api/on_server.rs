//! What the server functions of a case do where they run.

use super::LawForm;
use super::{DecisionForm, drafted_text};
use crate::backend::{Deed, LetterPreview, Submission, backend, viewer};
use crate::error::{AppError, Result};
use crate::retry::PREVIEW;
use domain::deadline::count::Period;
use domain::deadline::facts::Sale;
use domain::deadline::recorded::Noted;
use domain::deadline::regimes::CustomerKind;
use domain::decision::{Decision, OwnWords, Verdict};
use domain::id::{CaseId, Key};
use domain::money;
use domain::number::Number;
use jiff::civil::Date;
use std::str::FromStr;

pub async fn act(case: CaseId, number: Number, version: Option<i64>, deed: Deed) -> Result<()> {
    backend().act(&viewer()?, case, version, deed).await?;
    show(number);
    Ok(())
}

pub async fn preview(case: CaseId, deed: &Deed) -> Result<LetterPreview> {
    backend().preview(&viewer()?, case, deed).await
}

/// A form without script is answered by the case's page; a client refetches by itself.
pub fn show(number: Number) {
    let plain = leptos::prelude::use_context::<http::request::Parts>().and_then(|parts| {
        parts.headers.get(http::header::ACCEPT)?.to_str().ok().map(|accept| accept.contains("text/html"))
    });
    if plain == Some(true) {
        leptos_axum::redirect(&crate::urls::case(number));
    }
}

pub fn none_if_empty<T: FromStr>(text: &str, field: &str) -> Result<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| AppError::invalid(field, "unknown_choice"))
}

pub fn noted(facts: &LawForm) -> Result<Noted> {
    let unknown = |field: &str| AppError::invalid(field, "unknown_choice");
    let (sale, customer) = (Sale::from_key(&facts.sale), CustomerKind::from_key(&facts.customer));
    if sale.is_none() && !facts.sale.is_empty() {
        return Err(unknown("sale"));
    }
    if customer.is_none() && !facts.customer.is_empty() {
        return Err(unknown("customer"));
    }
    Ok(Noted {
        sale,
        customer,
        first_notice: day(&facts.first_notice, "first_notice")?,
        received: day(&facts.received, "received")?,
        sent: day(&facts.sent, "sent")?,
        reached: day(&facts.reached, "reached")?,
        goods_received: day(&facts.goods_received, "goods_received")?,
        repair_notice: day(&facts.repair_notice, "repair_notice")?,
        repaired: day(&facts.repaired, "repaired")?,
        handed_back: day(&facts.handed_back, "handed_back")?,
        substantial: !facts.substantial.is_empty(),
        replaced: day(&facts.replaced, "replaced")?,
        recourse_claimed: day(&facts.recourse_claimed, "recourse_claimed")?,
        answered: day(&facts.answered, "answered")?,
        stated: months(&facts.stated, "stated")?,
        best_before: day(&facts.best_before, "best_before")?,
        uninformed: !facts.uninformed.is_empty(),
        complex: !facts.complex.is_empty(),
    })
}

fn months(text: &str, field: &str) -> Result<Option<Period>> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse() {
            Ok(months @ 1..=600) => Ok(Some(Period::months(months))),
            _ => Err(AppError::invalid(field, "not_months")),
        },
    }
}

/// A day as people type it; two digits of a year are those around the complaint.
pub fn day(text: &str, field: &str) -> Result<Option<jiff::civil::Date>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    // Only how two digits of a year are read hangs on it.
    let around = jiff::civil::date(2030, 1, 1);
    domain::date::parse(text, around).map(Some).ok_or_else(|| AppError::invalid(field, "not_a_date"))
}

pub fn filled(text: &str, field: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() { Err(AppError::invalid(field, "missing")) } else { Ok(text.to_owned()) }
}

pub fn chosen(key: &str, field: &str) -> Result<Key> {
    if key.is_empty() {
        return Err(AppError::invalid(field, "missing"));
    }
    key.parse().map_err(|_| AppError::invalid(field, "unknown_choice"))
}

/// One that has to be given.
pub fn given_day(text: &str, field: &str) -> Result<Date> {
    day(text, field)?.ok_or_else(|| AppError::invalid(field, "missing"))
}

pub fn decision(form: DecisionForm) -> Result<Decision> {
    let verdict = Verdict::from_key(&form.verdict).ok_or_else(|| AppError::invalid("verdict", "unknown_choice"))?;
    let reason = form.reason.parse().map_err(|_| AppError::invalid("reason", "unknown_choice"))?;
    let explanation = form.explanation.trim();
    if verdict == Verdict::Rejected && explanation.is_empty() {
        return Err(AppError::invalid("explanation", "missing"));
    }
    let locale = viewer()?.locale;
    let own = OwnWords { subject: plain(&form.subject), body: plain(&form.body) };
    let untouched = own == OwnWords::default() || drafted_text(&own.subject, &own.body) == plain(&form.drafted);
    Ok(Decision {
        evidence: plain(&form.evidence),
        offer: none_if_empty(&form.offer, "offer")?,
        amount_minor: match form.amount.trim() {
            "" => None,
            amount => Some(money::parse(amount, locale).ok_or_else(|| AppError::invalid("amount", "not_money"))?),
        },
        next_step: plain(&form.next_step),
        until: day(&form.until, "until")?,
        letter: if untouched { None } else { Some(own) },
        overrules: !form.overrules.is_empty(),
        repair_told: !form.repair_told.is_empty(),
        ..Decision::new(verdict, reason, plain(explanation))
    })
}

/// Browsers send the ends of lines as two characters.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// The form of a decision that came back to be looked at.
pub fn drafted(failed: &Submission) -> Option<(CaseId, DecisionForm)> {
    let shown = matches!(&failed.error, AppError::Invalid { key, .. } if key == PREVIEW);
    let value = |input: &str| failed.value("decide_case", input);
    let case = value("case").parse().ok().filter(|_| shown)?;
    let form = DecisionForm {
        verdict: value("verdict"),
        reason: value("reason"),
        explanation: value("explanation"),
        evidence: value("evidence"),
        offer: value("offer"),
        amount: value("amount"),
        next_step: value("next_step"),
        until: value("until"),
        subject: value("subject"),
        body: value("body"),
        drafted: value("drafted"),
        overrules: value("overrules"),
        repair_told: value("repair_told"),
    };
    Some((case, form))
}
