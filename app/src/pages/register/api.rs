//! Registering and editing a case.

use crate::backend::{DraftCard, FormInput, FormPage, HintView, PictureView, TypeCard};
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::{AttachmentId, CaseId, Key};
use domain::number::Number;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// What may be begun, and what was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beginnings {
    pub types: Vec<TypeCard>,
    pub drafts: Vec<DraftCard>,
}

#[server(prefix = "/api", endpoint = "beginnings", output = Postcard)]
pub async fn read_beginnings() -> Result<Beginnings, AppError> {
    let (backend, who) = (crate::backend::backend(), crate::backend::viewer()?);
    Ok(Beginnings { types: backend.types(&who).await?, drafts: backend.drafts(&who).await? })
}

#[server(prefix = "/api", endpoint = "form_page", input = Json, output = Postcard)]
pub async fn read_form(type_key: Key, draft: Option<CaseId>) -> Result<FormPage, AppError> {
    crate::backend::backend().form_page(&crate::backend::viewer()?, &type_key, draft).await
}

#[server(prefix = "/api", endpoint = "edit_page", input = Json, output = Postcard)]
pub async fn read_edit_form(number: Number) -> Result<FormPage, AppError> {
    crate::backend::backend().edit_page(&crate::backend::viewer()?, number).await
}

#[server(prefix = "/api", endpoint = "save_draft", input = Json)]
pub async fn save_draft(input: FormInput) -> Result<(), AppError> {
    crate::backend::backend().save_draft(&crate::backend::viewer()?, input).await
}

/// Whether it is within the guarantee, while somebody types.
#[server(prefix = "/api", endpoint = "form_hints", input = Json, output = Postcard)]
pub async fn form_hints(input: FormInput) -> Result<Vec<HintView>, AppError> {
    crate::backend::backend().hints(&crate::backend::viewer()?, &input).await
}

/// A plain form post on the page of types.
#[server(prefix = "/api", endpoint = "discard_draft")]
pub async fn discard_draft(id: CaseId) -> Result<(), AppError> {
    crate::backend::backend().discard_draft(&crate::backend::viewer()?, id).await?;
    leptos_axum::redirect(crate::urls::NEW_CASE);
    Ok(())
}

#[server(prefix = "/api", endpoint = "register_case", input = Json, output = Postcard)]
pub async fn register_case(input: FormInput) -> Result<Number, AppError> {
    crate::backend::backend().register(&crate::backend::viewer()?, input).await
}

#[server(prefix = "/api", endpoint = "edit_case", input = Json)]
pub async fn edit_case(input: FormInput, version: i64) -> Result<(), AppError> {
    crate::backend::backend().edit(&crate::backend::viewer()?, input, version).await
}

/// The pictures that have come in meanwhile, for the open form.
#[server(prefix = "/api", endpoint = "form_pictures", input = Json, output = Postcard)]
pub async fn form_pictures(case: CaseId) -> Result<Vec<PictureView>, AppError> {
    crate::backend::backend().pictures(&crate::backend::viewer()?, case).await
}

#[server(prefix = "/api", endpoint = "remove_form_picture", input = Json, output = Postcard)]
pub async fn remove_form_picture(case: CaseId, picture: AttachmentId) -> Result<Vec<PictureView>, AppError> {
    let (backend, who) = (crate::backend::backend(), crate::backend::viewer()?);
    backend.remove_picture(&who, picture).await?;
    backend.pictures(&who, case).await
}
