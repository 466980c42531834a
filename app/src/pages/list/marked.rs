//! What can be done to the cases that are marked, or to all that fit: plain buttons of the form around the rows.

use crate::backend::{BulkKind, Counts, ListKind, ListQuery, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::pages::bulk::{BeginBulk, kind_icon, kind_words};
use crate::ui::{Icon, LinkButton, Look};
use crate::urls;
use domain::role::Right;
use leptos::html;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::list;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The boxes of the rows that are ticked, or all.
fn boxes(form: NodeRef<html::Form>, which: &str) -> Vec<HtmlInputElement> {
    let found = form.get_untracked().and_then(|form| form.query_selector_all(which).ok());
    let Some(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

const BOXES: &str = "input[name='cases[]']";
const TICKED: &str = "input[name='cases[]']:checked";

#[component]
pub fn Marking(query: Memo<ListQuery>, counts: Memo<Counts>, children: Children) -> impl IntoView {
    let locale = use_locale();
    let form = NodeRef::<html::Form>::new();
    let ticked = RwSignal::new(0_usize);
    let handles = matches!(use_boot().visitor, Visitor::Staff(viewer) if viewer.may(Right::Handle));
    let kinds = BulkKind::ALL
        .into_iter()
        .filter(|kind| handles || matches!(kind, BulkKind::Status | BulkKind::Labels))
        .map(|kind| {
            view! {
                <button class="button" type="submit" name="kind" value=kind.key()>
                    <Icon name=kind_icon(kind)/>
                    <span>{kind_words(locale, kind)}</span>
                </button>
            }
        })
        .collect_view();
    let whole = move || {
        let counts = counts.get();
        query.with(|query| {
            let count = match query.list {
                ListKind::New => counts.new,
                ListKind::Mine => counts.mine,
                ListKind::Active => counts.active,
                ListKind::Archive => counts.archive,
                ListKind::All => Counts::CAP,
            };
            // What a filter finds is not counted.
            let known = super::query::is_plain(&ListQuery { after: None, ..query.clone() }) && count < Counts::CAP;
            if known { list::whole_count(locale, &count.to_string()) } else { list::whole(locale).to_owned() }
        })
    };
    view! {
        <form
            class="list-marking"
            method="post"
            action=BeginBulk::PATH
            node_ref=form
            on:change=move |event| {
                let all = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                if let Some(all) = all.filter(|input| input.id() == "list-mark-all") {
                    for mark in boxes(form, BOXES) {
                        mark.set_checked(all.checked());
                    }
                }
                ticked.set(boxes(form, TICKED).len());
            }
        >
            <input type="hidden" name="query" value=move || query.with(super::query::write)/>
            {children()}
            <fieldset class="list-bulk">
                <legend class="visually-hidden">{list::marked(locale)}</legend>
                <span class="list-bulk-words" aria-live="polite">
                    {move || match ticked.get() {
                        0 => list::marked(locale).to_owned(),
                        ticked => list::marked_count(locale, i64::try_from(ticked).unwrap_or_default()),
                    }}
                </span>
                <div class="list-bulk-kinds">{kinds}</div>
                <label class="tick list-bulk-whole">
                    <input type="checkbox" name="whole" value="yes"/>
                    <span>{whole}</span>
                </label>
                <LinkButton href=urls::BULK icon="history" label=list::runs(locale) look=Look::Quiet/>
            </fieldset>
        </form>
    }
    .into_any()
}
