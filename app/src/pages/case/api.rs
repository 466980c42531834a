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
    let (how, on) = crate::pages::papers::api::handover(&how, &on)?;
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
pub(super) mod on_server;

/// What a handler was given to change, in one text.
pub fn drafted_text(subject: &str, body: &str) -> String {
    format!("{subject}\n\n{body}")
}
