//! What customers can ask for and on which ground, in plain words, as it is where the shop is (facts/law.md, section 1).

use crate::boot::use_locale;
use crate::form::FormState;
use crate::ui::Icon;
use domain::Locale;
use domain::form::schema::common;
use leptos::prelude::*;
use texts::report as words;

/// For those of the two questions that the form asks; `keys` are its fields'.
#[component]
pub fn Explained(keys: Vec<String>, state: FormState) -> impl IntoView {
    let locale = use_locale();
    let country = state.with_page(|page| page.context.country.clone());
    let (wish, basis) = plainly(locale, &country);
    let asks = |key: &str| keys.iter().any(|asked| asked == key);
    let told = [
        asks(common::DEMAND).then(|| (words::wish_title(locale), wish)),
        asks(common::LEGAL_BASIS).then(|| (words::basis_title(locale), basis)),
    ];
    let views = told
        .into_iter()
        .flatten()
        .map(|(title, text)| {
            view! {
                <details class="explained">
                    <summary>
                        <Icon name="help"/>
                        <span>{title}</span>
                    </summary>
                    <p>{text}</p>
                    <p class="soft small">{words::general(locale)}</p>
                </details>
            }
        })
        .collect_view();
    view! { <div class="stack-small">{views}</div> }.into_any()
}

fn plainly(locale: Locale, country: &str) -> (&'static str, &'static str) {
    match country {
        "NO" => (words::wish_no(locale), words::basis_no(locale)),
        "PL" => (words::wish_pl(locale), words::basis_pl(locale)),
        _ => (words::wish_eu(locale), words::basis_eu(locale)),
    }
}
