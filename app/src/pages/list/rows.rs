//! Cases in rows: a table where there is room, cards on a phone.

use crate::backend::{Away, CaseRow};
use crate::boot::use_locale;
use crate::ui::{DueView, Icon, LawDueView, PhaseBadge, Shown, Time, display};
use crate::urls::{self, Size};
use domain::Locale;
use domain::case::Channel;
use domain::column::Column;
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
    /// What is shown of each, beside the number; without it the usual.
    #[prop(optional)]
    columns: Vec<Column>,
    /// With a box in each row, which the form around them sends.
    #[prop(optional)]
    marks: bool,
) -> impl IntoView {
    let locale = use_locale();
    let columns = Shows::of(columns, many_stores);
    let head = |shown: bool, class: &'static str, words: &'static str| {
        shown.then(|| view! { <th scope="col" class=class>{words}</th> })
    };
    let who = match (columns.has(Column::Store) && many_stores, columns.has(Column::Handler)) {
        (true, true) => list::store_and_handler(locale),
        (true, false) => list::store(locale),
        _ => list::handler(locale),
    };
    let details =
        columns.details().map(|column| head(true, "list-detail", texts::words::column(locale, column))).collect_view();
    view! {
        <table class="table list-table">
            <thead>
                <tr>
                    {marks
                        .then(|| {
                            view! {
                                <th scope="col" class="list-mark">
                                    <label class="list-mark-label only-js">
                                        <input type="checkbox" id="list-mark-all" autocomplete="off"/>
                                        <span class="visually-hidden">{list::mark_all(locale)}</span>
                                    </label>
                                </th>
                            }
                        })}
                    <th scope="col">
                        <span class="visually-hidden">{list::picture(locale)}</span>
                    </th>
                    <th scope="col">{list::case(locale)}</th>
                    {head(columns.has(Column::Customer), "", list::customer(locale))}
                    {head(columns.has(Column::Phase), "", list::status(locale))}
                    {head(columns.dated(), "", list::due(locale))}
                    {head(columns.who(), "", who)}
                    {details}
                    {head(columns.has(Column::Registered), "list-registered", list::registered(locale))}
                </tr>
            </thead>
            <tbody>
                {rows
                    .into_iter()
                    .map(|row| {
                        let columns = columns.clone();
                        view! { <Row row columns marks words=words.clone() within=within.clone()/> }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

/// Which columns there are. Some share a cell, so that the usual ones have room on a tablet.
#[derive(Clone)]
struct Shows {
    columns: Vec<Column>,
    many_stores: bool,
}

impl Shows {
    fn of(columns: Vec<Column>, many_stores: bool) -> Self {
        let columns = if columns.is_empty() { Column::USUAL.to_vec() } else { columns };
        Self { columns, many_stores }
    }

    fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    fn dated(&self) -> bool {
        self.has(Column::Due) || self.has(Column::Law)
    }

    fn who(&self) -> bool {
        self.has(Column::Handler) || self.store()
    }

    fn store(&self) -> bool {
        self.many_stores && self.has(Column::Store)
    }

    fn details(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().copied().filter(|column| column.is_detail())
    }
}

/// What stands in a column of its own.
fn detail(locale: Locale, row: &CaseRow, column: Column) -> String {
    let Some(details) = &row.details else { return String::new() };
    match column {
        Column::Updated => display::date(locale, details.updated.local.date()),
        Column::Receipt => details.receipt.clone(),
        Column::Brand => details.brand.clone(),
        Column::Supplier => details.supplier.clone(),
        Column::Price => details.price.clone(),
        Column::Decision => details.decision.clone(),
        Column::Cause => details.cause.clone(),
        Column::Outcome => details.outcome.clone(),
        Column::Waiting => details.waiting.clone(),
        Column::Since => details.since.map_or_else(String::new, |since| display::date(locale, since)),
        _ => String::new(),
    }
}

#[component]
fn Row(row: CaseRow, columns: Shows, marks: bool, words: Vec<String>, within: Option<String>) -> impl IntoView {
    let locale = use_locale();
    let details = columns
        .details()
        .map(|column| {
            let text = detail(locale, &row, column);
            let empty = text.is_empty();
            view! {
                <td class="list-detail" class:list-detail-empty=empty class:list-price=column == Column::Price>
                    <span class="list-label">{texts::words::column(locale, column)}</span>
                    {text}
                </td>
            }
        })
        .collect_view();
    let id = row.id;
    let href = match within {
        Some(within) => urls::case_within(row.number, &within, &row.place),
        None => urls::case(row.number),
    };
    let CaseRow { number, type_name, icon, title, customer, store, handler, phase, status, archived, channel, .. } =
        row;
    let class = if phase == Phase::New && archived.is_none() { "list-row list-row-new" } else { "list-row" };
    let (nobody, away) = (row.nobody, row.away);
    let typed = columns.has(Column::Type);
    let by_web = columns.has(Column::Channel) && channel == Channel::Web;
    view! {
        <tr class=class data-case=number.to_string()>
            {marks
                .then(|| {
                    view! {
                        <td class="list-mark">
                            <label class="list-mark-label">
                                <input type="checkbox" name="cases[]" value=id.to_string() autocomplete="off"/>
                                <span class="visually-hidden">{list::mark(locale, &number.to_string())}</span>
                            </label>
                        </td>
                    }
                })}
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
                {columns
                    .has(Column::Article)
                    .then(|| {
                        view! {
                            <span class="list-title">
                                <Marked text=title words=words.clone()/>
                            </span>
                        }
                    })}
                {(typed || by_web)
                    .then(|| {
                        view! {
                            <span class="list-type">
                                {typed.then(|| view! { <Icon name=icon/> })} {typed.then_some(type_name)}
                                {by_web
                                    .then(|| {
                                        view! {
                                            <span class="list-web">
                                                <Icon name="web"/>
                                                {texts::words::channel(locale, channel)}
                                            </span>
                                        }
                                    })}
                            </span>
                        }
                    })}
            </td>
            {columns
                .has(Column::Customer)
                .then(|| {
                    view! {
                        <td class="list-customer">
                            <Marked text=customer words/>
                        </td>
                    }
                })}
            {columns.has(Column::Phase).then(|| view! { <td class="list-status">
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
                {row.unsent
                    .then(|| {
                        view! {
                            <span class="list-news" title=list::unsent(locale)>
                                <Icon name="print" label=list::unsent(locale)/>
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
            </td> })}
            {columns
                .dated()
                .then(|| {
                    let law = row.law.filter(|_| columns.has(Column::Law));
                    let due = row.due.filter(|_| columns.has(Column::Due));
                    view! {
                        <td class="list-due">
                            {law.map(|due| view! { <LawDueView due/> })} {due.map(|due| view! { <DueView due/> })}
                        </td>
                    }
                })}
            {columns
                .who()
                .then(|| {
                    view! {
                        <td class="list-who">
                            {columns.store().then(|| view! { <span class="list-store">{store}</span> })}
                            {columns.has(Column::Handler).then(|| view! { <Who handler nobody away/> })}
                        </td>
                    }
                })}
            {details}
            {columns
                .has(Column::Registered)
                .then(|| {
                    view! {
                        <td class="list-registered">
                            <Time at=row.registered shown=Shown::Date/>
                        </td>
                    }
                })}
        </tr>
    }
}

/// Who has the case, and who stands in; nobody is loud.
#[component]
fn Who(handler: String, nobody: bool, away: Option<Away>) -> impl IntoView {
    let locale = use_locale();
    let unnamed = handler.is_empty();
    let words = away.map(|away| {
        if away.me {
            texts::people::yours_for(locale, &handler)
        } else {
            texts::words::away(locale, away.until, &away.stands_in)
        }
    });
    view! {
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
                        {if unnamed { list::nobody(locale).to_owned() } else { handler }}
                    </span>
                }
            })}
        {words
            .map(|words| {
                view! {
                    <span class="list-away">
                        <Icon name="calendar"/>
                        <span>{words}</span>
                    </span>
                }
            })}
    }
    .into_any()
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
