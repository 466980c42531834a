//! The search: a field on every staff page, and a page of what it found.

mod api;
mod field;

pub use field::SearchField;

use crate::backend::Found;
use crate::boot::use_locale;
use crate::pages::list::rows::Rows;
use crate::ui::{Empty, ErrorView, Notice, Tone};
use crate::urls;
use crate::wire::page_data;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use texts::search;

/// The words that an address asks for.
fn asked(search: &str) -> String {
    form_urlencoded::parse(search.trim_start_matches('?').as_bytes())
        .find(|(key, _)| key == "q")
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

/// The address of the results for a text.
fn results(text: &str) -> String {
    let pairs = form_urlencoded::Serializer::new(String::new()).append_pair("q", text.trim()).finish();
    format!("{}?{pairs}", urls::SEARCH)
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let locale = use_locale();
    let location = use_location();
    let text = Memo::new(move |_| location.search.with(|search| asked(search)));
    let found = page_data(
        move || text.get(),
        |text| async move {
            if text.is_empty() {
                return Ok(None);
            }
            api::search_cases(text, api::MANY).await.map(Some)
        },
    );
    view! {
        <Title text=search::title(locale)/>
        <div class="search-page">
            <div class="page-head">
                <h1>{search::title(locale)}</h1>
            </div>
            <Transition fallback=move || {
                view! {
                    <div class="list-loading" role="status">
                        {texts::ui::loading(locale)}
                    </div>
                }
            }>
                {move || Suspend::new(async move {
                    match found.await {
                        Ok(Some(found)) => view! { <Results text=text.get_untracked() found/> }.into_any(),
                        Ok(None) => {
                            view! { <Empty icon="search" title=search::empty(locale) hint=search::hint(locale)/> }
                                .into_any()
                        }
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Results(text: String, found: Found) -> impl IntoView {
    let locale = use_locale();
    let Found { rows, more, wrong_check_digit, exact } = found;
    if let Some(number) = exact {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        return view! { <Redirect path=urls::case(number) options/> }.into_any();
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let words = words(&text);
    let none = rows.is_empty();
    view! {
        {wrong_check_digit
            .then(|| {
                view! {
                    <Notice tone=Tone::Warn>
                        <p>{search::wrong_check_digit(locale)}</p>
                    </Notice>
                }
            })}
        {if none {
            view! { <Empty icon="search" title=search::nothing(locale, &text) hint=search::nothing_hint(locale)/> }
                .into_any()
        } else {
            view! {
                <p class="search-count" role="status">
                    {if more { search::at_least(locale, count, &text) } else { search::found(locale, count, &text) }}
                </p>
                <Rows rows many_stores=true words/>
            }
                .into_any()
        }}
    }
    .into_any()
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{asked, results};

    #[test]
    fn what_is_asked_survives_the_address() {
        for text in ["26-004217-7", "+48 601 234 567", "Łódź & sønn?", "50%"] {
            let address = results(text);
            assert_eq!(asked(address.split_once('?').map_or("", |(_, search)| search)), text);
        }
        assert_eq!(asked("?x=1"), "");
    }
}
