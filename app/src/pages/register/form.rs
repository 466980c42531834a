//! The staff's form of a case: what surrounds its sections.

use super::conflict::ConflictNotice;
use super::hints::Hints;
use super::phone::PhoneButton;
use super::save::{SaveBar, Saver};
use crate::boot::use_locale;
use crate::form::{Fields, FormState, OtherPictures, Summary, form_ref, has_pictures, next_on_enter};
use crate::ui::{SelectField, StarLegend};
use crate::urls;
use domain::form::Section;
use domain::form::schema::common;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use texts::register as words;

#[component]
pub fn CaseForm(state: FormState) -> impl IntoView {
    let saver = Saver::new(state);
    let (action, sections) = state.with_page(|page| {
        let action = match page.editing {
            Some((number, _)) => urls::edit_case(number),
            None => urls::new_case(&page.type_key, None),
        };
        (action, page.form.sections.clone())
    });
    let has_slots = sections.iter().any(has_pictures);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        saver.submit();
    };
    let form = form_ref(state);
    view! {
        <form
            node_ref=form
            class="form"
            method="post"
            enctype="multipart/form-data"
            action=action
            novalidate
            autocomplete="off"
            on:submit=on_submit
            on:keydown=next_on_enter
        >
            <Hidden state/>
            <ConflictNotice saver/>
            <Summary state/>
            <StarLegend/>
            <Stores state/>
            {sections.into_iter().map(|section| view! { <SectionView section saver/> }).collect_view()}
            {(!has_slots)
                .then(|| {
                    view! {
                        <section class="card">
                            <h2>{texts::form::pictures(use_locale())}</h2>
                            <PhoneButton keeper=saver.keeper/>
                            <OtherPictures state/>
                        </section>
                    }
                })}
            <SaveBar saver/>
        </form>
    }
    .into_any()
}

/// What a plain post needs beside the answers.
#[component]
fn Hidden(state: FormState) -> impl IntoView {
    let (id, form_version) = state.with_page(|page| (page.id.to_string(), page.form.version.to_string()));
    view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="form_version" value=form_version/>
        {move || {
            state
                .version
                .get()
                .map(|version| view! { <input type="hidden" name="version" value=version.to_string()/> })
        }}
    }
}

#[component]
fn Stores(state: FormState) -> impl IntoView {
    let locale = use_locale();
    let (stores, store) = state.with_page(|page| (page.stores.clone(), page.store.clone()));
    if stores.len() < 2 {
        return view! { <input type="hidden" name="store" value=store.id.to_string()/> }.into_any();
    }
    let options = stores.into_iter().map(|store| (store.id.to_string(), store.name)).collect::<Vec<_>>();
    let choose = Callback::new(move |id: String| {
        if let Ok(id) = id.parse() {
            state.store.set(id);
            state.dirty.set(true);
        }
    });
    view! {
        <div class="register-store">
            <SelectField name="store" label=words::store(locale) options value=store.id.to_string() on_change=choose/>
        </div>
    }
    .into_any()
}

#[component]
fn SectionView(section: Section, saver: Saver) -> impl IntoView {
    let locale = use_locale();
    let state = saver.keeper.state;
    let keys: Vec<String> = section.fields.iter().map(|field| field.key.as_str().to_owned()).collect();
    let off = move || !keys.iter().any(|key| state.shows(key));
    let heading = format!("s-{}", section.key);
    let labelled = heading.clone();
    let title = section.title.get(locale).to_owned();
    let pictures = has_pictures(&section);
    // A new case alone: what was said of one that is there stands on its page.
    let dated = section.fields.iter().any(|field| field.key.as_str() == common::PURCHASE_DATE);
    let tells = dated && state.with_page(|page| page.editing.is_none());
    view! {
        <section class="card" class:when-off=off aria-labelledby=labelled>
            <h2 id=heading>{title}</h2>
            {pictures.then(|| view! { <PhoneButton keeper=saver.keeper/> })}
            <Fields section state keeper=saver.keeper/>
            {tells.then(|| view! { <Hints state/> })}
        </section>
    }
    .into_any()
}
