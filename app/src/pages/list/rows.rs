//! Cases in rows: a table where there is room, cards on a phone.

use crate::backend::CaseRow;
use crate::boot::use_locale;
use crate::ui::{DueView, Icon, LawDueView, PhaseBadge, Shown, Time};
use crate::urls::{self, Size};
use domain::case::Channel;
use domain::phase::Phase;
use leptos::prelude::*;
use texts::list;

#[component]
pub fn Rows(
    rows: Vec<CaseRow>,
    /// With a column that names the store.
    many_stores: bool,
    /// Words to mark where they occur.
    #[prop(optional)]
    words: Vec<String>,
    /// The query of the list that they are rows of: their cases then lead on to the next.
    #[prop(optional, into)]
    within: Option<String>,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <table class="table list-table">
            <thead>
                <tr>
                    <th scope="col">
                        <span class="visually-hidden">{list::picture(locale)}</span>
                    </th>
                    <th scope="col">{list::case(locale)}</th>
                    <th scope="col">{list::customer(locale)}</th>
                    <th scope="col">{list::status(locale)}</th>
                    <th scope="col">{list::due(locale)}</th>
                    <th scope="col">{if many_stores { list::store_and_handler(locale) } else { list::handler(locale) }}</th>
                    <th scope="col">{list::registered(locale)}</th>
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| view! { <Row row many_stores words=words.clone() within=within.clone()/> })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(row: CaseRow, many_stores: bool, words: Vec<String>, within: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let href = match within {
        Some(within) => urls::case_within(row.number, &within, &row.place),
        None => urls::case(row.number),
    };
    let CaseRow { number, type_name, icon, title, customer, store, handler, phase, status, archived, channel, .. } =
        row;
    let class = if phase == Phase::New && archived.is_none() { "list-row list-row-new" } else { "list-row" };
    let (nobody, away) = (row.nobody, row.away);
    let unnamed = handler.is_empty();
    view! {
        <tr class=class data-case=number.to_string()>
            <td class="list-thumb">
                {match row.thumbnail {
                    Some(id) => {
                        view! { <img src=urls::file(id, Size::Small) alt="" width="56" height="56" loading="lazy"/> }
                            .into_any()
                    }
                    None => view! { <Icon name=icon.clone()/> }.into_any(),
                }}
            </td>
            <td class="list-case">
                <a class="list-number" href=href>
                    <Marked text=number.to_string() words=words.clone()/>
                </a>
                <span class="list-title">
                    <Marked text=title words=words.clone()/>
                </span>
                <span class="list-type">
                    <Icon name=icon/>
                    {type_name}
                    {(channel == Channel::Web)
                        .then(|| {
                            view! {
                                <span class="list-web">
                                    <Icon name="web"/>
                                    {texts::words::channel(locale, channel)}
                                </span>
                            }
                        })}
                </span>
            </td>
            <td class="list-customer">
                <Marked text=customer words/>
            </td>
            <td class="list-status">
                <PhaseBadge phase nostrip:status=status nostrip:archived=archived/>
                {row.news
                    .then(|| {
                        view! {
                            <span class="list-news" title=list::has_news(locale)>
                                <Icon name="mail" label=list::has_news(locale)/>
                            </span>
                        }
                    })}
                {row.proposed
                    .then(|| {
                        view! {
                            <span class="list-news" title=list::proposed(locale)>
                                <Icon name="users" label=list::proposed(locale)/>
                            </span>
                        }
                    })}
                {row.letter_failed
                    .then(|| {
                        view! {
                            <span class="list-letter-failed" title=list::letter_failed(locale)>
                                <Icon name="warning" label=list::letter_failed(locale)/>
                            </span>
                        }
                    })}
            </td>
            <td class="list-due">
                {row.law.map(|due| view! { <LawDueView due/> })} {row.due.map(|due| view! { <DueView due/> })}
            </td>
            <td class="list-who">
                {many_stores.then(|| view! { <span class="list-store">{store}</span> })}
                {nobody
                    .then(|| {
                        view! {
                            <span class="badge badge-bad list-loud">
                                <Icon name="warning"/>
                                <span>{list::nobody_loud(locale)}</span>
                            </span>
                        }
                    })}
                {(!unnamed || !nobody)
                    .then(|| {
                        view! {
                            <span class="list-handler" class:list-nobody=unnamed>
                                {if unnamed { list::nobody(locale).to_owned() } else { handler.clone() }}
                            </span>
                        }
                    })}
                {away
                    .map(|away| {
                        let words = if away.me {
                            texts::people::yours_for(locale, &handler)
                        } else {
                            texts::words::away(locale, away.until, &away.stands_in)
                        };
                        view! {
                            <span class="list-away">
                                <Icon name="calendar"/>
                                <span>{words}</span>
                            </span>
                        }
                    })}
            </td>
            <td class="list-registered">
                <Time at=row.registered shown=Shown::Date/>
            </td>
        </tr>
    }
}

/// The text with those of the words marked that it has.
#[component]
pub fn Marked(text: String, words: Vec<String>) -> impl IntoView {
    if words.is_empty() {
        return text.into_any();
    }
    pieces(&text, &words)
        .into_iter()
        .map(
            |(piece, marked)| {
                if marked { view! { <mark>{piece.to_owned()}</mark> }.into_any() } else { piece.to_owned().into_any() }
            },
        )
        .collect_view()
        .into_any()
}

/// Cuts a text at the words; the search itself is the server's, so that a missed mark does no harm.
fn pieces<'a>(text: &'a str, words: &[String]) -> Vec<(&'a str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let hit = words.iter().filter_map(|word| prefix(&text[at..], word)).max();
        match hit {
            Some(length) if length > 0 => {
                if start < at {
                    pieces.push((&text[start..at], false));
                }
                pieces.push((&text[at..at + length], true));
                at += length;
                start = at;
            }
            _ => at += c.len_utf8(),
        }
    }
    if start < text.len() {
        pieces.push((&text[start..], false));
    }
    pieces
}

/// How many bytes of the text's beginning are that word, whatever its case.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in word.chars() {
        let (_, c) = letters.next()?;
        if !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::pieces;

    fn marked(text: &str, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let cut = pieces(text, &words);
        assert_eq!(cut.iter().map(|(piece, _)| *piece).collect::<String>(), text, "nothing is lost");
        cut.into_iter().filter(|(_, marked)| *marked).map(|(piece, _)| piece.to_owned()).collect()
    }

    #[test]
    fn words_are_marked_whatever_their_case() {
        assert_eq!(marked("Zażółć ŁÓDŹ, łódź", &["łódź"]), ["ŁÓDŹ", "łódź"]);
        assert_eq!(marked("Kari Nordmann", &["nord", "kari"]), ["Kari", "Nord"]);
        assert!(marked("Kari", &["", "ola"]).is_empty());
        assert!(marked("", &["kari"]).is_empty());
    }
}
