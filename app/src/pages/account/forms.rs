//! The forms of the account page, each a post of its own.

use super::{ChangePassword, SaveAccount, SetPin};
use crate::backend::{StoreRef, Submission, Viewer};
use crate::boot::use_locale;
use crate::error::AppError;
use crate::ui::error_view::{error_text, field_error};
use crate::ui::{Button, Look, Notice, SelectField, TextField, Tone};
use domain::Locale;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::account as words;

/// What a form's failed submission has to say: beside an input, or above them.
struct Failure {
    locale: Locale,
    error: Option<AppError>,
}

impl Failure {
    fn of(form: &str, failed: Option<&Submission>) -> Self {
        let error = failed.filter(|failed| failed.form == form).map(|failed| failed.error.clone());
        Self { locale: crate::boot::use_locale(), error }
    }

    fn beside(&self, input: &str) -> String {
        field_error(self.locale, self.error.as_ref(), input)
    }

    fn above(&self, inputs: &[&str]) -> Option<AnyView> {
        let text = match self.error.as_ref()? {
            AppError::Invalid { field, .. } if inputs.contains(&field.as_str()) => return None,
            error => error_text(self.locale, error),
        };
        Some(
            view! {
                <Notice tone=Tone::Bad urgent=true>
                    <p>{text}</p>
                </Notice>
            }
            .into_any(),
        )
    }
}

#[component]
pub fn AboutForm(viewer: Viewer, stores: Vec<StoreRef>, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failure = Failure::of("save_account", failed.as_ref());
    let languages = Locale::ALL.map(|l| (l.tag().to_owned(), l.name().to_owned())).to_vec();
    let options: Vec<_> = stores.into_iter().map(|store| (store.id.to_string(), store.name)).collect();
    let usual = viewer.store.map(|store| store.id.to_string()).unwrap_or_default();
    view! {
        <section class="card">
            <h2>{words::you(locale)}</h2>
            <form method="post" action=SaveAccount::PATH class="form">
                {failure.above(&["name", "store"])}
                <TextField
                    name="name"
                    label=words::name(locale)
                    help=words::name_help(locale)
                    value=viewer.name
                    error=failure.beside("name")
                    required=true
                    autocomplete="name"
                />
                <SelectField
                    name="locale"
                    label=words::language(locale)
                    options=languages
                    value=viewer.locale.tag()
                />
                <SelectField
                    name="store"
                    label=words::store(locale)
                    help=words::store_help(locale)
                    options
                    value=usual
                    empty=words::no_store(locale).to_owned()
                    error=failure.beside("store")
                />
                <div class="form-actions">
                    <Button label=texts::ui::save(locale) look=Look::Primary/>
                </div>
            </form>
        </section>
    }
    .into_any()
}

#[component]
pub fn PasswordForm(failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failure = Failure::of("change_password", failed.as_ref());
    view! {
        <section class="card">
            <h2>{words::password(locale)}</h2>
            <form method="post" action=ChangePassword::PATH class="form">
                {failure.above(&["old", "new"])}
                <TextField
                    name="old"
                    kind="password"
                    label=words::old_password(locale)
                    error=failure.beside("old")
                    required=true
                    autocomplete="current-password"
                />
                <TextField
                    name="new"
                    kind="password"
                    label=words::new_password(locale)
                    help=words::password_help(locale)
                    error=failure.beside("new")
                    required=true
                    minlength=10
                    autocomplete="new-password"
                />
                <div class="form-actions">
                    <Button label=words::change_password(locale)/>
                </div>
            </form>
        </section>
    }
    .into_any()
}

#[component]
pub fn PinForm(failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let failure = Failure::of("set_pin", failed.as_ref());
    view! {
        <section class="card">
            <h2>{words::pin(locale)}</h2>
            <form method="post" action=SetPin::PATH class="form">
                <p class="soft">{words::pin_hint(locale)}</p>
                {failure.above(&["password", "pin"])}
                <TextField
                    id="pin-password"
                    name="password"
                    kind="password"
                    label=words::old_password(locale)
                    error=failure.beside("password")
                    required=true
                    autocomplete="current-password"
                />
                <TextField
                    name="pin"
                    kind="password"
                    label=words::new_pin(locale)
                    help=words::pin_help(locale)
                    error=failure.beside("pin")
                    required=true
                    inputmode="numeric"
                    minlength=4
                    maxlength=8
                    autocomplete="off"
                />
                <div class="form-actions">
                    <Button label=words::set_pin(locale)/>
                </div>
            </form>
        </section>
    }
    .into_any()
}
