//! What the case page asks and does: one function a form, its endpoint being the form's name.

use crate::backend::{CaseView, LetterPreview, SimilarCase};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{AttachmentId, CaseId, LetterId, PaperId};
use domain::number::Number;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// In place of a kind: the picture goes.
pub const REMOVE: &str = "remove";

#[server(prefix = "/api", endpoint = "case", output = Postcard)]
pub async fn load_case(number: String) -> Result<CaseView, AppError> {
    let number = number.parse().map_err(|_| AppError::NotFound)?;
    crate::backend::backend().case(&crate::backend::viewer()?, number).await
}

#[server(prefix = "/api", endpoint = "assign_case")]
pub async fn assign_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] handler: String,
) -> Result<(), AppError> {
    let handler = on_server::none_if_empty(&handler, "handler")?;
    on_server::act(case, number, Some(version), Deed::Assign(handler)).await
}

/// `step` is a key of [`super::steps`].
#[server(prefix = "/api", endpoint = "move_case")]
pub async fn move_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] step: String,
) -> Result<(), AppError> {
    let action = super::steps::from_key(&step).ok_or_else(|| AppError::invalid("step", "unknown_choice"))?;
    on_server::act(case, number, Some(version), Deed::Move(action)).await
}

/// `on` is a key of [`Waiting`].
#[server(prefix = "/api", endpoint = "wait_case")]
pub async fn wait_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] on: String,
    #[server(default)] whom: String,
    #[server(default)] email: String,
) -> Result<(), AppError> {
    let on = Waiting::from_key(&on).ok_or_else(|| AppError::invalid("on", "unknown_choice"))?;
    on_server::act(case, number, Some(version), Deed::Wait { on, whom, email }).await
}

#[server(prefix = "/api", endpoint = "set_status")]
pub async fn set_status(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] status: String,
) -> Result<(), AppError> {
    let status = on_server::none_if_empty(&status, "status")?;
    on_server::act(case, number, Some(version), Deed::SetStatus(status)).await
}

#[server(prefix = "/api", endpoint = "seen_case")]
pub async fn seen_case(case: CaseId, number: Number, version: i64) -> Result<(), AppError> {
    on_server::act(case, number, Some(version), Deed::Seen).await
}

#[server(prefix = "/api", endpoint = "ask_customer")]
pub async fn ask_customer(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] question: String,
) -> Result<(), AppError> {
    let question = on_server::filled(&question, "question")?;
    on_server::act(case, number, Some(version), Deed::Ask { question }).await
}

#[server(prefix = "/api", endpoint = "preview_question", output = Postcard)]
pub async fn preview_question(case: CaseId, #[server(default)] question: String) -> Result<LetterPreview, AppError> {
    let question = on_server::filled(&question, "question")?;
    on_server::preview(case, &Deed::Ask { question }).await
}

/// What was found, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "a browser sends the form itself"))]
pub struct FindingForm {
    pub cause: String,
    pub finding: String,
    pub examiner: String,
    pub on: String,
}

/// What the law looks at and the form does not ask, as typed; an empty field knows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "a browser sends the form itself"))]
pub struct LawForm {
    pub sale: String,
    pub customer: String,
    pub first_notice: String,
    pub received: String,
    pub sent: String,
    pub reached: String,
    pub goods_received: String,
    pub repair_notice: String,
    pub repaired: String,
    pub handed_back: String,
    pub substantial: String,
    pub replaced: String,
    pub recourse_claimed: String,
    pub answered: String,
    /// In months.
    pub stated: String,
    pub best_before: String,
    pub uninformed: String,
    pub complex: String,
}

/// The inputs of a decision, as the browser sends them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DecisionForm {
    #[serde(default)]
    pub verdict: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub explanation: String,
    #[serde(default)]
    pub evidence: String,
    #[serde(default)]
    pub offer: String,
    /// As typed in the viewer's locale.
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub next_step: String,
    /// `2026-11-30`, or empty.
    #[serde(default)]
    pub until: String,
    /// The letter in the handler's words; empty: as it is composed.
    #[serde(default)]
    pub subject: String,
    #[serde(default)]
    pub body: String,
    /// Both as they were given to the handler: who has changed nothing sends what is composed.
    #[serde(default)]
    pub drafted: String,
    /// Ticked or empty.
    #[serde(default)]
    pub overrules: String,
    #[serde(default)]
    pub repair_told: String,
}

/// With `step` of [`PREVIEW`], or any `again`, the page comes back with the letter; nothing is decided.
#[server(prefix = "/api", endpoint = "decide_case")]
pub async fn decide_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(flatten)] decision: DecisionForm,
    #[server(default)] step: String,
    #[server(default)] again: String,
) -> Result<(), AppError> {
    let decision = on_server::decision(decision)?;
    if step == PREVIEW || !again.is_empty() {
        on_server::preview(case, &Deed::Decide(decision)).await?;
        return Err(AppError::invalid("", PREVIEW));
    }
    on_server::act(case, number, Some(version), Deed::Decide(decision)).await
}

#[server(prefix = "/api", endpoint = "preview_decision", output = Postcard)]
pub async fn preview_decision(
    case: CaseId,
    #[server(flatten)] decision: DecisionForm,
) -> Result<LetterPreview, AppError> {
    on_server::preview(case, &Deed::Decide(on_server::decision(decision)?)).await
}

/// The letter of a decision that came back to be looked at, without script.
#[server(prefix = "/api", endpoint = "drafted_decision", output = Postcard)]
pub async fn drafted_decision(key: String) -> Result<Option<LetterPreview>, AppError> {
    let failed = crate::backend::backend().submission(&key).await?;
    let Some((case, form)) = failed.as_ref().and_then(on_server::drafted) else { return Ok(None) };
    on_server::preview(case, &Deed::Decide(on_server::decision(form)?)).await.map(Some)
}

#[server(prefix = "/api", endpoint = "confirm_decision")]
pub async fn confirm_decision(case: CaseId, number: Number, version: i64) -> Result<(), AppError> {
    on_server::act(case, number, Some(version), Deed::Confirm).await
}

#[server(prefix = "/api", endpoint = "send_back_decision")]
pub async fn send_back_decision(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let note = on_server::filled(&note, "note")?;
    on_server::act(case, number, Some(version), Deed::SendBack(note)).await
}

#[server(prefix = "/api", endpoint = "examine_case")]
pub async fn examine_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(flatten)] found: FindingForm,
    #[server(default)] pictures: Vec<AttachmentId>,
) -> Result<(), AppError> {
    let finding = Finding {
        cause: on_server::chosen(&found.cause, "cause")?,
        finding: found.finding,
        examiner: on_server::filled(&found.examiner, "examiner")?,
        on: on_server::given_day(&found.on, "on")?,
        pictures,
    };
    on_server::act(case, number, Some(version), Deed::Examine(finding)).await
}

#[server(prefix = "/api", endpoint = "answer_of_supplier")]
pub async fn answer_of_supplier(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] answer: String,
    #[server(default)] note: String,
    #[server(default)] amount: String,
    #[server(default)] on: String,
) -> Result<(), AppError> {
    let (answer, on) = (on_server::chosen(&answer, "answer")?, on_server::given_day(&on, "on")?);
    on_server::act(case, number, Some(version), Deed::AnswerOfSupplier(SupplierWord { answer, note, amount, on })).await
}

#[server(prefix = "/api", endpoint = "settle_case")]
pub async fn settle_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] outcome: String,
    #[server(default)] amount: String,
) -> Result<(), AppError> {
    let outcome = outcome.parse().map_err(|_| AppError::invalid("outcome", "unknown_choice"))?;
    on_server::act(case, number, Some(version), Deed::Settle { outcome, amount }).await
}

#[server(prefix = "/api", endpoint = "archive_case")]
pub async fn archive_case(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let reason = ArchiveReason::from_key(&reason).ok_or_else(|| AppError::invalid("reason", "unknown_choice"))?;
    on_server::act(case, number, Some(version), Deed::Archive(reason)).await
}

#[server(prefix = "/api", endpoint = "add_own_note")]
pub async fn add_own_note(case: CaseId, number: Number, #[server(default)] body: String) -> Result<(), AppError> {
    let body = on_server::filled(&body, "body")?;
    on_server::act(case, number, None, Deed::OwnNote(body)).await
}

#[server(prefix = "/api", endpoint = "add_comment")]
pub async fn add_comment(case: CaseId, number: Number, #[server(default)] body: String) -> Result<(), AppError> {
    let body = on_server::filled(&body, "body")?;
    on_server::act(case, number, None, Deed::Comment(body)).await
}

/// `change` is the key of a kind, or [`REMOVE`].
#[server(prefix = "/api", endpoint = "change_picture")]
pub async fn change_picture(
    picture: AttachmentId,
    number: Number,
    #[server(default)] change: String,
) -> Result<(), AppError> {
    let viewer = viewer()?;
    if change == REMOVE {
        backend().remove_picture(&viewer, picture).await?;
    } else {
        let kind = AttachmentKind::from_key(&change).ok_or_else(|| AppError::invalid("change", "unknown_choice"))?;
        backend().set_kind(&viewer, picture, kind).await?;
    }
    on_server::show(number);
    Ok(())
}

#[server(prefix = "/api", endpoint = "similar_cases", output = Postcard)]
pub async fn similar_cases(case: CaseId) -> Result<Vec<SimilarCase>, AppError> {
    crate::backend::backend().similar(&crate::backend::viewer()?, case).await
}

/// `case` and `number` are those of the case that is kept.
#[server(prefix = "/api", endpoint = "join_case")]
pub async fn join_case(case: CaseId, number: Number, duplicate: CaseId) -> Result<(), AppError> {
    let _ = case;
    on_server::act(duplicate, number, None, Deed::Join(number)).await
}

#[server(prefix = "/api", endpoint = "writing_case")]
pub async fn writing_case(case: CaseId) -> Result<(), AppError> {
    crate::backend::backend().writing(&crate::backend::viewer()?, case).await
}

#[server(prefix = "/api", endpoint = "note_law")]
pub async fn note_law(
    case: CaseId,
    number: Number,
    version: i64,
    #[server(flatten)] facts: LawForm,
) -> Result<(), AppError> {
    on_server::act(case, number, Some(version), Deed::NoteLaw(on_server::noted(&facts)?)).await
}

/// `how` is a key of [`domain::paper::Handover`].
#[server(prefix = "/api", endpoint = "hand_over")]
pub async fn hand_over(
    paper: PaperId,
    number: Number,
    #[server(default)] how: String,
    #[server(default)] on: String,
) -> Result<(), AppError> {
    let (how, on) = crate::pages::papers::handover(&how, &on)?;
    backend().hand_over(&viewer()?, &[paper], how, on).await?;
    on_server::show(number);
    Ok(())
}

#[server(prefix = "/api", endpoint = "take_paper_back")]
pub async fn take_paper_back(paper: PaperId, number: Number) -> Result<(), AppError> {
    backend().take_paper_back(&viewer()?, paper).await?;
    on_server::show(number);
    Ok(())
}

#[server(prefix = "/api", endpoint = "read_letter", output = Postcard)]
pub async fn read_letter(letter: LetterId) -> Result<LetterPreview, AppError> {
    crate::backend::backend().letter(&crate::backend::viewer()?, letter).await
}

#[server(prefix = "/api", endpoint = "resend_letter")]
pub async fn resend_letter(letter: LetterId, number: Number) -> Result<(), AppError> {
    crate::backend::backend().resend(&crate::backend::viewer()?, letter).await?;
    on_server::show(number);
    Ok(())
}

#[cfg(feature = "ssr")]
use {
    crate::backend::{Deed, Finding, SupplierWord, backend, viewer},
    crate::retry::PREVIEW,
    domain::attachment::AttachmentKind,
    domain::case::ArchiveReason,
    domain::phase::Waiting,
};

#[cfg(feature = "ssr")]
mod on_server {
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
}

/// What a handler was given to change, in one text.
pub fn drafted_text(subject: &str, body: &str) -> String {
    format!("{subject}\n\n{body}")
}
