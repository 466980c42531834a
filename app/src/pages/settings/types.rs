//! The complaint types: which are offered, in which order, to whom they go, and how soon we mean to answer.

use super::api::{MoveType, SaveType};
use super::lists::Names;
use super::stores::handlers;
use super::typed::Typed;
use super::{Actions, Editor, Line, Section, back_to_editor};
use crate::backend::{SettingsView, Submission, TypeView};
use crate::boot::use_locale;
use crate::ui::{Button, FieldGroup, SelectField, StarLegend, TextField, TickField};
use domain::deadline::regimes::GoodsKind;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

#[component]
pub fn Types(view: SettingsView, edit: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let last = view.types.len().saturating_sub(1);
    let lines = view
        .types
        .iter()
        .enumerate()
        .map(|(place, kind)| {
            if edit == kind.key.as_str() {
                let (kind, view, failed) = (kind.clone(), view.clone(), failed.clone());
                return view! { <li><TypeForm kind view failed/></li> }.into_any();
            }
            let handler = kind.handler.and_then(|id| view.staff.iter().find(|staff| staff.id == id));
            let handler = handler.map(|staff| format!(" · {}", staff.name));
            let target = words::target(locale, i64::from(kind.target_days));
            let arrows = view! { <Arrows kind=kind.clone() first=place == 0 last=place == last/> }.into_any();
            view! {
                <Line
                    section=Section::Types
                    entry=kind.key.to_string()
                    title=kind.name.get(locale).to_owned()
                    inactive=!kind.active
                    extra=arrows
                >
                    {target}
                    {handler}
                </Line>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <ul class="settings-list" role="list">
            {lines}
        </ul>
    }
    .into_any()
}

/// One place up or down, each a form of its own.
#[component]
fn Arrows(kind: TypeView, first: bool, last: bool) -> impl IntoView {
    let locale = use_locale();
    let name = kind.name.get(locale).to_owned();
    let arrow = |by: &'static str, icon: &'static str, label: String, disabled: bool| {
        view! {
            <form method="post" action=MoveType::PATH>
                <input type="hidden" name="id" value=kind.key.to_string()/>
                <input type="hidden" name="by" value=by/>
                <Button label icon icon_only=true disabled/>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="settings-extra settings-arrows">
            {arrow("-1", "chevron_up", words::move_up(locale, &name), first)}
            {arrow("1", "chevron_down", words::move_down(locale, &name), last)}
        </div>
    }
    .into_any()
}

#[component]
fn TypeForm(kind: TypeView, view: SettingsView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let typed = Typed::of(failed.as_ref(), "save_type", "kind", kind.key.as_str());
    // Two more than there are: as many as somebody wants, in several goes.
    let places = (kind.deputies.len() + 2).max(3);
    let deputies = (0..places)
        .map(|place| {
            let saved = kind.deputies.get(place).map(ToString::to_string).unwrap_or_default();
            view! {
                <SelectField
                    name=format!("{}[]", typed.name("deputies"))
                    id=format!("deputy-{place}")
                    label=texts::people::deputy(locale, &(place + 1).to_string())
                    options=handlers(&view.staff)
                    value=typed.nth("deputies", place, saved)
                    empty=texts::people::no_deputy(locale).to_owned()
                />
            }
        })
        .collect_view();
    let handler = typed.text("handler", kind.handler.map(|id| id.to_string()).unwrap_or_default());
    view! {
        <Editor title=kind.name.get(locale).to_owned()>
            <form method="post" action=back_to_editor(SaveType::PATH) class="form">
                {typed.above(&["name", "name_en", "name_nb", "name_pl", "handler", "deputies", "target_days", "goods"])}
                <StarLegend/>
                {typed.identity()}
                <Names typed=&typed saved=kind.name.clone()/>
                <div class="settings-grid">
                    <SelectField
                        name=typed.name("handler")
                        id="handler"
                        label=words::default_handler(locale)
                        help=words::type_handler_help(locale)
                        options=handlers(&view.staff)
                        value=handler
                        empty=words::stores_handler(locale).to_owned()
                        error=typed.fault("handler")
                    />
                    <TextField
                        name=typed.name("target_days")
                        id="target-days"
                        label=words::target_days(locale)
                        help=words::target_days_help(locale)
                        value=typed.text("target_days", kind.target_days.to_string())
                        error=typed.fault("target_days")
                        inputmode="numeric"
                        maxlength=3
                        required=true
                    />
                    <SelectField
                        name=typed.name("goods")
                        id="goods"
                        label=words::goods(locale)
                        help=words::goods_help(locale)
                        options=GoodsKind::ALL
                            .map(|goods| {
                                let label = texts::goods_kind::by_key(locale, goods.key()).unwrap_or(goods.key());
                                (goods.key().to_owned(), label.to_owned())
                            })
                            .to_vec()
                        value=typed.text("goods", kind.goods.key())
                        error=typed.fault("goods")
                        required=true
                    />
                </div>
                <FieldGroup
                    id="deputies"
                    label=texts::people::deputies(locale)
                    help=texts::people::deputies_help(locale)
                    error=typed.fault("deputies")
                >
                    <div class="settings-grid">{deputies}</div>
                </FieldGroup>
                <TickField
                    name=typed.name("active")
                    id="active"
                    label=words::type_active(locale)
                    help=words::type_active_help(locale)
                    checked=typed.ticked("active", kind.active)
                />
                <Actions section=Section::Types/>
            </form>
        </Editor>
    }
    .into_any()
}
