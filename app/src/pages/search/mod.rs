//! The search: a field on every staff page, and a page of what it found.

mod api;
mod field;

pub use field::SearchField;

use crate::backend::{Exact, Found};
use crate::boot::use_locale;
use crate::pages::list::rows::Rows;
use crate::ui::{Button, Empty, ErrorView, Look, Notice, Tone};
use crate::urls;
use crate::wire::page_data;
use api::ConfirmAtTill;
use domain::number::Number;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use server_fn::ServerFn;
use texts::{scan, search};

/// The words that an address asks for.
fn asked(search: &str) -> String {
    form_urlencoded::parse(search.trim_start_matches('?').as_bytes())
        .find(|(key, _)| key == "q")
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}

/// The address of the results for a text.
pub(crate) fn results(text: &str) -> String {
    let pairs = form_urlencoded::Serializer::new(String::new()).append_pair("q", text.trim()).finish();
    format!("{}?{pairs}", urls::SEARCH)
}

/// What a text names exactly has a page of its own.
fn address(exact: Exact) -> String {
    match exact {
        Exact::Case(number) => urls::case(number),
        Exact::Rma(number) => urls::rma(number),
    }
}

/// A report that its customer has not confirmed, who stands at the till and can have it done.
#[component]
pub(crate) fn Unconfirmed(number: Number, title: String) -> impl IntoView {
    let locale = use_locale();
    let number = number.to_string();
    view! {
        <Notice tone=Tone::Info>
            <p>
                <strong>{scan::unconfirmed(locale, &number)}</strong>
            </p>
            {(!title.is_empty()).then(|| view! { <p>{title}</p> })}
            <p>{scan::unconfirmed_hint(locale)}</p>
            // A post of the browser's own: what comes next is another page.
            <form method="post" action=ConfirmAtTill::PATH>
                <input type="hidden" name="number" value=number.clone()/>
                <Button look=Look::Primary icon="check" label=scan::confirm(locale)/>
            </form>
        </Notice>
    }
    .into_any()
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
    let Found { rows, more, wrong_check_digit, exact, unconfirmed } = found;
    if let Some(exact) = exact {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        return view! { <Redirect path=address(exact) options/> }.into_any();
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let words = words(&text);
    let none = rows.is_empty();
    view! {
        {unconfirmed.map(|(number, title)| view! { <Unconfirmed number title/> })}
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
