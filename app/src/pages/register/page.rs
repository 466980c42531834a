//! Loading the form: empty, from a draft, or of a case.

use super::api::{read_edit_form, read_form};
use super::form::CaseForm;
use super::place::Till;
use crate::backend;
use crate::boot::use_locale;
use crate::error::AppError;
use crate::form::{FormState, RefusedNotice};
use crate::ui::{ErrorView, Icon, Notice, Tone};
use crate::urls;
use crate::wire::{PageData, page_data};
use domain::id::{CaseId, Key};
use domain::number::Number;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use texts::register as words;

/// `/new/{type}?draft={id}&check=1`
#[component]
pub fn FormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let page = page_data(
        move || {
            let type_key = params.read().get("type").and_then(|key| key.parse::<Key>().ok());
            let draft = query.read().get("draft").and_then(|id| id.parse::<CaseId>().ok());
            (type_key, draft)
        },
        |(type_key, draft)| async move {
            match type_key {
                Some(type_key) => read_form(type_key, draft).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! { <Loaded page/> }
}

/// `/cases/{number}/edit?check=1`
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let page = page_data(
        move || params.read().get("number").and_then(|number| number.parse::<Number>().ok()),
        |number| async move {
            match number {
                Some(number) => read_edit_form(number).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! { <Loaded page/> }
}

#[component]
fn Loaded(page: PageData<Result<backend::FormPage, AppError>>) -> impl IntoView {
    let checked = use_query_map().read_untracked().get("check").is_some();
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Headed page checked/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Headed(page: backend::FormPage, checked: bool) -> impl IntoView {
    let locale = use_locale();
    let editing = page.editing.map(|(number, _)| number);
    let (title, back, back_words) = match editing {
        Some(number) => (words::edit_title(locale, &number.to_string()), urls::case(number), words::cancel(locale)),
        None => (words::title(locale).to_owned(), urls::NEW_CASE.to_owned(), words::other_type(locale)),
    };
    let name = page.type_name.clone();
    let place = Arc::new(Till::of(&page));
    let state = FormState::new(page, place, checked);
    view! {
        <Title text=title.clone()/>
        <div class="register">
            <div class="page-head">
                <h1>
                    {title} <span class="register-type">{name}</span>
                </h1>
                <a class="button button-quiet" href=back>
                    <Icon name="arrow_left"/>
                    <span>{back_words}</span>
                </a>
            </div>
            <RefusedNotice/>
            <Changed/>
            <CaseForm state/>
        </div>
    }
    .into_any()
}

/// What a post without script has to say beside the fields: a change by somebody else.
#[component]
fn Changed() -> impl IntoView {
    let locale = use_locale();
    let changed = use_query_map().with_untracked(|query| query.get("changed").is_some());
    changed.then(|| {
        view! {
            <Notice tone=Tone::Warn>
                <p>{words::changed(locale)}</p>
            </Notice>
        }
    })
}
