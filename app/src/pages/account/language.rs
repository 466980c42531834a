//! The three languages, for everybody, everywhere.

use super::SetLanguage;
use crate::boot::use_locale;
use domain::Locale;
use leptos::prelude::*;
use server_fn::ServerFn;

#[component]
pub fn LanguageForm() -> impl IntoView {
    let locale = use_locale();
    let buttons = Locale::ALL
        .map(|l| {
            view! {
                <button
                    class="language"
                    type="submit"
                    name="locale"
                    value=l.tag()
                    lang=l.tag()
                    aria-pressed=if l == locale { "true" } else { "false" }
                >
                    {l.name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <form method="post" action=SetLanguage::PATH class="languages" aria-label=texts::shell::language(locale)>
            {buttons}
        </form>
    }
    .into_any()
}
