//! The form's addresses, and the lines that bring it into a page of the shop's.

use crate::backend::TypeView;
use crate::boot::use_locale;
use crate::pages::report::embed::snippet;
use crate::ui::{Icon, Notice, Tone};
use crate::urls;
use domain::Locale;
use leptos::prelude::*;
use texts::customers as words;

/// For customers: to link to, to print.
#[component]
pub fn Addresses(open: bool, types: Vec<TypeView>, url: String) -> impl IntoView {
    let locale = use_locale();
    let whole = words::whole(locale);
    let each = types
        .iter()
        .map(|kind| {
            let name = kind.name.get(locale).to_owned();
            let address = format!("{url}{}", urls::new_report(&kind.key));
            ToCopy {
                id: format!("address-{}", kind.key),
                icon: Some(kind.icon.clone()),
                opens: true,
                ..ToCopy::new(name, address)
            }
            .show(locale)
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="address-title">
            <div class="settings-head">
                <h2 id="address-title">{words::address_title(locale)}</h2>
                <p class="soft">{words::address_hint(locale)}</p>
            </div>
            {(!open)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warn>
                            <p>{words::closed_hint(locale)}</p>
                        </Notice>
                    }
                })}
            {ToCopy { id: "address-whole".to_owned(), opens: true, ..ToCopy::new(whole.to_owned(), format!("{url}{}", urls::REPORT)) }
                .show(locale)}
            <Others title=words::one_type(locale) shown=!types.is_empty()>
                {each}
            </Others>
        </section>
    }
    .into_any()
}

/// For the shop's own pages.
#[component]
pub fn Snippets(types: Vec<TypeView>, url: String) -> impl IntoView {
    let locale = use_locale();
    let line = |id: String, icon: Option<String>, label: String, code: String| {
        ToCopy { id, icon, code: true, ..ToCopy::new(label, code) }.show(locale)
    };
    let each = types
        .iter()
        .map(|kind| {
            let label = words::snippet_of(locale, kind.name.get(locale));
            line(format!("snippet-{}", kind.key), Some(kind.icon.clone()), label, snippet(&url, Some(&kind.key)))
        })
        .collect_view();
    view! {
        <section class="card stack" aria-labelledby="snippet-title">
            <div class="settings-head">
                <h2 id="snippet-title">{words::snippet_title(locale)}</h2>
            </div>
            <ol class="settings-steps">
                <li>{words::snippet_1(locale, words::sites(locale))}</li>
                <li>{words::snippet_2(locale)}</li>
                <li>{words::snippet_3(locale)}</li>
            </ol>
            {line("snippet-whole".to_owned(), None, words::snippet(locale).to_owned(), snippet(&url, None))}
            <Others title=words::one_type(locale) shown=!types.is_empty()>
                {each}
            </Others>
        </section>
    }
    .into_any()
}

/// What few need stands behind its title.
#[component]
fn Others(title: &'static str, shown: bool, children: Children) -> impl IntoView {
    shown
        .then(|| {
            view! {
                <details class="settings-others">
                    <summary>{title}</summary>
                    <div class="stack">{children()}</div>
                </details>
            }
        })
        .into_any()
}

/// A text that is copied, and perhaps an address that is opened.
#[derive(Default)]
struct ToCopy {
    id: String,
    label: String,
    text: String,
    icon: Option<String>,
    opens: bool,
    code: bool,
}

impl ToCopy {
    fn new(label: String, text: String) -> Self {
        Self { label, text, ..Self::default() }
    }

    fn show(self, locale: Locale) -> AnyView {
        let Self { id, label, text, icon, opens, code } = self;
        let link = opens.then(|| {
            let (name, href) = (words::open_form_of(locale, &label), text.clone());
            view! {
                <a class="button" href=href target="_blank" rel="external noopener" aria-label=name>
                    <Icon name="open"/>
                    <span>{words::open_form(locale)}</span>
                </a>
            }
        });
        // A script shows it, since a browser copies for nobody else.
        let copy = view! {
            <button type="button" class="button" hidden data-copy=id.clone() data-done=texts::ui::copied(locale) aria-label=words::copy_of(locale, &label)>
                <Icon name="copy"/>
                <span data-label="" aria-live="polite">
                    {texts::ui::copy(locale)}
                </span>
            </button>
        };
        view! {
            <div class="field">
                <label class="field-label settings-copy-label" for=id.clone()>
                    {icon.map(|icon| view! { <Icon name=icon/> })}
                    <span>{label}</span>
                </label>
                <div class="settings-copy">
                    <input class="input" id=id readonly value=text class:settings-code=code spellcheck="false"/>
                    {copy}
                    {link}
                </div>
            </div>
        }
        .into_any()
    }
}
