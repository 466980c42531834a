//! Creating a case: type, form, draft, save.

use super::{HintView, Moment, PictureView, StoreRef, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::form::check::Context;
use domain::form::{Answers, Form};
use domain::id::{CaseId, Key, StoreId};
use domain::number::Number;
use serde::{Deserialize, Serialize};

/// A type to pick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeCard {
    pub key: Key,
    pub name: String,
    /// Name of a drawing in `app/src/ui/icon.rs`.
    pub icon: String,
}

/// A form that somebody began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCard {
    pub id: CaseId,
    pub type_key: Key,
    pub type_name: String,
    /// Article and customer, as far as typed.
    pub summary: String,
    pub saved: Moment,
}

/// Everything that a form's page shows: for a new case, a draft, or a case to be edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormPage {
    pub id: CaseId,
    pub type_key: Key,
    pub type_name: String,
    pub form: Form,
    pub context: Context,
    /// Raw answers as typed, or canonical ones put as the reader types them.
    pub answers: Answers,
    pub pictures: Vec<PictureView>,
    pub store: StoreRef,
    /// More than one to choose from where somebody serves several.
    pub stores: Vec<StoreRef>,
    /// ISO 4217.
    pub currency: String,
    /// A case that is edited: its number and the version that was read.
    pub editing: Option<(Number, i64)>,
    /// What the law says of the answers so far.
    pub hints: Vec<HintView>,
}

/// What a form holds. The client makes `id`, so that a double click or a retry makes one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormInput {
    pub id: CaseId,
    pub type_key: Key,
    pub form_version: u32,
    pub store: StoreId,
    pub answers: Answers,
}

#[async_trait]
pub trait Registration {
    async fn types(&self, who: &Viewer) -> Result<Vec<TypeCard>>;
    async fn drafts(&self, who: &Viewer) -> Result<Vec<DraftCard>>;
    /// An empty form, or the draft with that id if it is the viewer's own.
    async fn form_page(&self, who: &Viewer, type_key: &Key, draft: Option<CaseId>) -> Result<FormPage>;
    /// Keeps what was typed, good or not. A draft of 30 days is thrown away with its pictures.
    /// What the law says of the answers so far: help, never a lock. Nothing while no date of purchase or delivery is given.
    async fn hints(&self, who: &Viewer, input: &FormInput) -> Result<Vec<HintView>>;
    async fn save_draft(&self, who: &Viewer, input: FormInput) -> Result<()>;
    async fn discard_draft(&self, who: &Viewer, id: CaseId) -> Result<()>;
    /// Makes the case: number, handler, first event, and the letter "received" if the item was sold and the customer
    /// has an e-mail address, in one transaction. The same `id` again answers the same number.
    ///
    /// # Errors
    /// `Form` with every problem; the draft is kept then.
    async fn register(&self, who: &Viewer, input: FormInput) -> Result<Number>;
    async fn edit_page(&self, who: &Viewer, number: Number) -> Result<FormPage>;
    /// Changes a case's answers.
    ///
    /// # Errors
    /// `Conflict` if the case is no longer at `version`; what was typed is kept as a draft of the viewer's.
    async fn edit(&self, who: &Viewer, input: FormInput, version: i64) -> Result<()>;
}
