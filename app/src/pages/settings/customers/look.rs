//! How the form looks: colour, words, logo.

use crate::boot::use_locale;
use crate::pages::settings::api::RemoveLogo;
use crate::pages::settings::typed::Typed;
use crate::ui::accent::accent_style;
use crate::ui::field::{Field, described_by, invalid};
use crate::ui::{Button, Look, Notice, TextAreaField, Tone};
use crate::urls;
use domain::attachment::Refusal;
use domain::id::AttachmentId;
use domain::{Locale, Localized};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::customers as words;

/// The colour, and how pages look in it by day and by night.
#[component]
pub fn Appearance<'a>(typed: &'a Typed, saved: String, organisation: String, logo: bool) -> impl IntoView + use<> {
    let locale = use_locale();
    let accent = typed.text("accent", saved);
    let (name, error) = (typed.name("accent"), Signal::stored(typed.fault("accent")));
    // What was typed and is wrong has no look.
    let style = accent_style(&accent.trim().to_lowercase());
    let plate = |theme: &'static str, label: &'static str| {
        view! {
            <div class="settings-plate" data-theme=theme role="img" aria-label=label>
                <div style=style.clone()>
                    <span class="settings-plate-brand">
                        {if logo {
                            view! { <img src=urls::LOGO alt=""/> }.into_any()
                        } else {
                            view! { <span>{organisation.clone()}</span> }.into_any()
                        }}
                    </span>
                    <span class="settings-plate-link">{texts::report::follow(locale)}</span>
                    <span class="button button-primary">{texts::report::next(locale)}</span>
                </div>
            </div>
        }
    };
    view! {
        <div class="stack-small">
            <Field id="accent" label=words::accent(locale) help=words::accent_help(locale) error>
                <div class="settings-colour">
                    <input type="color" class="input" id="accent-pick" value="#17663f" hidden aria-label=words::accent_pick(locale)/>
                    <input
                        class="input"
                        id="accent"
                        name=name
                        value=accent
                        maxlength=7
                        autocapitalize="none"
                        spellcheck="false"
                        aria-describedby=described_by("accent")
                        aria-invalid=invalid(error)
                    />
                </div>
            </Field>
            <div class="settings-plates">
                {plate("light", words::preview_light(locale))}
                {plate("dark", words::preview_dark(locale))}
            </div>
            <p class="field-help">{words::preview_saved(locale)}</p>
        </div>
    }
    .into_any()
}

/// A text in each language; the reader's own comes first.
#[component]
pub fn Words<'a>(
    typed: &'a Typed,
    input: &'static str,
    label: &'static str,
    help: &'static str,
    saved: Localized,
    rows: u32,
    maxlength: u32,
) -> impl IntoView + use<> {
    let locale = use_locale();
    let mut languages = Locale::ALL.to_vec();
    languages.sort_by_key(|language| *language != locale);
    let fields = languages
        .into_iter()
        .map(|language| {
            let text = match language {
                Locale::En => &saved.en,
                Locale::Nb => &saved.nb,
                Locale::Pl => &saved.pl,
            };
            let name = format!("{input}_{}", language.tag());
            view! {
                <TextAreaField
                    name=typed.name(&name)
                    id=format!("{input}-{}", language.tag())
                    label=words::text_in(locale, label, language.name())
                    value=typed.text(&name, text.clone())
                    error=typed.fault(&name)
                    rows=rows
                    maxlength=maxlength
                />
            }
        })
        .collect_view();
    view! {
        <div class="settings-words">
            {fields}
            <p class="field-help">{help}</p>
        </div>
    }
    .into_any()
}

/// It has a form of its own, since a file comes in another way than words.
#[component]
pub fn Logo(logo: Option<AttachmentId>) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let refused = query.read_untracked().get("refused").map(|key| refusal(locale, &key)).unwrap_or_default();
    let error = Signal::stored(refused);
    let now = logo.map(|id| {
        // The address is always the same; the id makes the browser ask for this one.
        let address = format!("{}?{id}", urls::LOGO);
        view! {
            <div class="settings-logo">
                <img src=address alt=words::logo_now(locale)/>
                <form method="post" action=RemoveLogo::PATH data-unsaved=words::unsaved(locale)>
                    <Button label=words::logo_remove(locale) icon="trash" look=Look::Quiet/>
                </form>
            </div>
        }
    });
    view! {
        <section class="card stack" id="logo" aria-labelledby="logo-title">
            <div class="settings-head">
                <h2 id="logo-title">{words::logo_title(locale)}</h2>
                <p class="soft">{words::logo_hint(locale)}</p>
            </div>
            {error
                .with_untracked(|error| !error.is_empty())
                .then(|| {
                    view! {
                        <Notice tone=Tone::Bad urgent=true>
                            <p>{error}</p>
                        </Notice>
                    }
                })}
            {now}
            <form method="post" action=urls::LOGO_UPLOAD enctype="multipart/form-data" class="settings-logo-form" data-unsaved=words::unsaved(locale)>
                <Field id="logo-file" label=words::logo_file(locale) error>
                    <input
                        class="input"
                        type="file"
                        id="logo-file"
                        name="logo"
                        accept="image/png,image/jpeg,image/webp,image/gif"
                        required
                        aria-describedby=described_by("logo-file")
                        aria-invalid=invalid(error)
                    />
                </Field>
                <Button label=words::logo_send(locale) icon="upload"/>
            </form>
        </section>
    }
    .into_any()
}

/// Why a file was not taken; empty for a word that is none of ours.
fn refusal(locale: Locale, key: &str) -> String {
    match Refusal::from_key(key) {
        // Ours would name documents, which are no logo.
        Some(Refusal::UnknownType) => words::no_picture(locale).to_owned(),
        Some(refusal) => texts::words::refusal(locale, refusal),
        None => String::new(),
    }
}
