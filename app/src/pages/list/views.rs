//! Kept lists, the columns, and the list as a file: plain forms in folds beside the filters.

use super::api::{ChangeView, ChooseColumns, KeepView, RemoveView, SetUsualView};
use super::query;
use crate::backend::{ListQuery, Submission, ViewRef, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::ui::error_view::field_error;
use crate::ui::{Button, Icon, Look, TextField, TickField};
use crate::urls;
use domain::column::{self, Column};
use domain::role::Right;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::list;

/// A chip for each view.
#[component]
pub fn Chips(query: Memo<ListQuery>, views: Memo<Vec<ViewRef>>) -> impl IntoView {
    let locale = use_locale();
    move || {
        let views = views.get();
        let open = query.with(|query| query.view);
        (!views.is_empty()).then(|| {
            let chips = views
                .into_iter()
                .map(|view| {
                    let by = (!view.by.is_empty()).then(|| list::view_by(locale, &view.by));
                    view! {
                        <a
                            class="list-chip"
                            href=view.address
                            title=by
                            aria-current=(open == Some(view.id)).then_some("true")
                        >
                            {view.shared.then(|| view! { <Icon name="users" label=list::shared_views(locale)/> })}
                            {view.usual.then(|| view! { <Icon name="check" label=list::view_is_usual(locale)/> })}
                            <span>{view.name}</span>
                        </a>
                    }
                })
                .collect_view();
            view! {
                <nav class="list-chips" aria-label=list::views(locale)>
                    {chips}
                </nav>
            }
            .into_any()
        })
    }
}

/// The folds: views, columns, download.
#[component]
pub fn Tools(
    query: Memo<ListQuery>,
    views: Memo<Vec<ViewRef>>,
    columns: Memo<Vec<Column>>,
    failed: Option<Submission>,
) -> impl IntoView {
    let locale = use_locale();
    let shares = matches!(use_boot().visitor, Visitor::Staff(viewer) if viewer.may(Right::Handle));
    let failed = StoredValue::new(failed);
    let fault = move |form: &str| {
        failed.with_value(|failed| {
            let failed = failed.as_ref().filter(|failed| failed.form == form);
            field_error(locale, failed.map(|failed| &failed.error), "name")
        })
    };
    let open = !fault("keep_view").is_empty() || !fault("change_view").is_empty();
    let kept = move || {
        let (query, columns) = (query.get(), column::write(&columns.get()));
        view! {
            <input type="hidden" name="query" value=query::write(&ListQuery { after: None, ..query })/>
            <input type="hidden" name="columns" value=columns/>
        }
    };
    let typed = move |form: &str, otherwise: String| {
        failed.with_value(|failed| match failed.as_ref().filter(|failed| failed.form == form) {
            Some(failed) => failed.value(form, "name"),
            None => otherwise,
        })
    };
    let current = move || views.get().into_iter().find(|view| query.with(|query| query.view == Some(view.id)));
    let change = move || {
        current().map(|view| {
            let id = view.id.to_string();
            let usual = if view.usual { String::new() } else { id.clone() };
            let usual_words = if view.usual { list::view_unusual(locale) } else { list::view_usual(locale) };
            view! {
                <div class="list-view-one">
                    <h2 class="list-panel-head">{list::view_one(locale, &view.name)}</h2>
                    {view
                        .may_change
                        .then(|| {
                            view! {
                                <form class="form" method="post" action=ChangeView::PATH>
                                    <input type="hidden" name="view" value=id.clone()/>
                                    {kept()}
                                    <TextField
                                        name="name"
                                        id="view-name"
                                        label=list::view_name(locale)
                                        value=typed("change_view", view.name.clone())
                                        error=fault("change_view")
                                        maxlength=60
                                        required=true
                                    />
                                    {shares
                                        .then(|| {
                                            view! {
                                                <TickField
                                                    name="shared"
                                                    id="view-shared"
                                                    label=list::view_shared(locale)
                                                    checked=view.shared
                                                />
                                            }
                                        })}
                                    <div class="row">
                                        <Button label=list::view_rename(locale)/>
                                        <Button label=list::view_replace(locale) name="replace" value="yes".to_owned()/>
                                    </div>
                                </form>
                                <form method="post" action=RemoveView::PATH>
                                    <input type="hidden" name="view" value=id.clone()/>
                                    {kept()}
                                    <Button label=list::view_remove(locale) icon="trash" look=Look::Quiet/>
                                </form>
                            }
                        })}
                    <form method="post" action=SetUsualView::PATH>
                        <input type="hidden" name="view" value=usual/>
                        <Button label=usual_words icon="check" look=Look::Quiet/>
                    </form>
                </div>
            }
            .into_any()
        })
    };
    let ticks = move || {
        let chosen = columns.get();
        Column::ALL
            .into_iter()
            .filter(|column| *column != Column::Number)
            .map(|column| {
                view! {
                    <label class="tick">
                        <input
                            type="checkbox"
                            name="columns[]"
                            value=column.key()
                            checked=chosen.contains(&column)
                        />
                        <span>{texts::words::column(locale, column)}</span>
                    </label>
                }
            })
            .collect_view()
    };
    let file = move |format: &'static str| {
        query.with(|query| {
            format!("{}?{}&format={format}", urls::EXPORT, query::write(&ListQuery { after: None, ..query.clone() }))
        })
    };
    view! {
        <div class="list-tools">
            <details class="list-tool" open=open>
                <summary class="button button-quiet">
                    <Icon name="list"/>
                    <span>{list::views(locale)}</span>
                </summary>
                <div class="list-panel">
                    {change}
                    <form class="form" method="post" action=KeepView::PATH>
                        <p class="soft small">{list::no_views(locale)}</p>
                        {kept}
                        <TextField
                            name="name"
                            id="new-view-name"
                            label=list::view_name(locale)
                            value=typed("keep_view", String::new())
                            error=fault("keep_view")
                            maxlength=60
                            required=true
                        />
                        {shares
                            .then(|| {
                                view! { <TickField name="shared" id="new-view-shared" label=list::view_shared(locale)/> }
                            })}
                        <Button label=list::view_keep(locale) icon="plus"/>
                    </form>
                </div>
            </details>
            <details class="list-tool">
                <summary class="button button-quiet">
                    <Icon name="settings"/>
                    <span>{list::columns(locale)}</span>
                </summary>
                <form class="list-panel" method="post" action=ChooseColumns::PATH>
                    {move || {
                        let query = query.get();
                        view! {
                            <input type="hidden" name="query" value=query::write(&ListQuery { after: None, ..query })/>
                        }
                    }}
                    <fieldset class="list-columns">
                        <legend class="visually-hidden">{list::columns(locale)}</legend>
                        {ticks}
                    </fieldset>
                    <div class="row">
                        <Button label=list::columns_use(locale) look=Look::Primary/>
                        <Button label=list::columns_usual(locale) name="usual" value="yes".to_owned()/>
                    </div>
                </form>
            </details>
            <details class="list-tool">
                <summary class="button button-quiet">
                    <Icon name="download"/>
                    <span>{list::export(locale)}</span>
                </summary>
                <div class="list-panel">
                    <p class="soft small">{list::export_help(locale)}</p>
                    <div class="row">
                        <a class="button" href=move || file("csv") rel="external" download>
                            {list::export_csv(locale)}
                        </a>
                        <a class="button" href=move || file("xlsx") rel="external" download>
                            {list::export_xlsx(locale)}
                        </a>
                    </div>
                </div>
            </details>
        </div>
    }
    .into_any()
}
