//! The organisation's own, for admins: an overview and one page a section. Plain form posts; what is edited stands in the
//! address (`?edit=`), so that everything works without script.

mod api;
mod carrier;
mod choices;
mod customers;
mod law;
mod lists;
mod organisation;
mod outbox;
mod pauses;
mod rules;
mod staff;
mod stores;
mod typed;
mod types;

use crate::backend::{SettingsView, Submission};
use crate::boot::{use_boot, use_locale};
use crate::retry::use_submission;
use crate::ui::{ErrorView, Icon, Notice, Tone};
use crate::urls;
use crate::wire::{PageData, page_data};
use domain::Locale;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use texts::settings as words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    Organisation,
    Stores,
    Staff,
    Types,
    Rules,
    Lists,
    Customers,
    Carrier,
    Law,
    Outbox,
}

impl Section {
    const ALL: [Self; 10] = [
        Self::Organisation,
        Self::Stores,
        Self::Staff,
        Self::Types,
        Self::Rules,
        Self::Lists,
        Self::Customers,
        Self::Carrier,
        Self::Law,
        Self::Outbox,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Stores => "stores",
            Self::Staff => "staff",
            Self::Types => "types",
            Self::Rules => "rules",
            Self::Lists => "lists",
            Self::Customers => "customers",
            Self::Carrier => "carrier",
            Self::Law => "law",
            Self::Outbox => "outbox",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Organisation => "settings",
            Self::Stores => "store",
            Self::Staff => "users",
            Self::Types => "tag",
            Self::Rules => "mine",
            Self::Lists => "list",
            Self::Customers => "user",
            Self::Carrier => "truck",
            Self::Law => "law",
            Self::Outbox => "mail",
        }
    }

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Organisation => words::organisation(locale),
            Self::Stores => words::stores(locale),
            Self::Staff => words::staff(locale),
            Self::Types => words::types(locale),
            Self::Rules => texts::people::rules(locale),
            Self::Lists => words::lists(locale),
            Self::Customers => words::customers(locale),
            Self::Carrier => words::carrier(locale),
            Self::Law => words::law(locale),
            Self::Outbox => words::outbox(locale),
        }
    }

    fn hint(self, locale: Locale) -> &'static str {
        match self {
            Self::Organisation => words::organisation_hint(locale),
            Self::Stores => words::stores_hint(locale),
            Self::Staff => words::staff_hint(locale),
            Self::Types => words::types_hint(locale),
            Self::Rules => texts::people::rules_hint(locale),
            Self::Lists => words::lists_hint(locale),
            Self::Customers => words::customers_hint(locale),
            Self::Carrier => words::carrier_hint(locale),
            Self::Law => words::law_hint(locale),
            Self::Outbox => words::outbox_hint(locale),
        }
    }

    fn path(self) -> String {
        format!("{}/{}", urls::SETTINGS, self.key())
    }

    /// With that entry open.
    fn edit(self, entry: &str) -> String {
        format!("{}?edit={entry}#edit", self.path())
    }

    /// Where a saved form goes.
    #[cfg(feature = "ssr")]
    fn saved(self) -> String {
        format!("{}?done=saved", self.path())
    }
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let locale = use_locale();
    let view = page_data(|| (), |()| api::settings());
    let version = use_boot().version;
    view! {
        <Title text=words::title(locale)/>
        <div class="page-head">
            <h1>{words::title(locale)}</h1>
        </div>
        <Suspense>
            {move || Suspend::new(async move {
                match view.await {
                    Ok(view) => view! { <Overview view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
        <p class="settings-version soft small">{words::version(locale, &version)}</p>
    }
    .into_any()
}

#[component]
fn Overview(view: SettingsView) -> impl IntoView {
    let locale = use_locale();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let state = |section: Section| match section {
        Section::Organisation => view.organisation.name.clone(),
        Section::Stores => words::active_count(locale, count(view.stores.iter().filter(|s| s.active).count())),
        Section::Staff => words::active_count(locale, count(view.staff.iter().filter(|s| s.active).count())),
        Section::Types => words::active_count(locale, count(view.types.iter().filter(|t| t.active).count())),
        Section::Customers if view.public_form.open => texts::customers::is_open(locale).to_owned(),
        Section::Customers => texts::customers::is_closed(locale).to_owned(),
        Section::Rules | Section::Lists | Section::Carrier | Section::Law | Section::Outbox => String::new(),
    };
    let cards = Section::ALL
        .map(|section| {
            view! {
                <li>
                    <a class="settings-card" href=section.path()>
                        <Icon name=section.icon()/>
                        <span class="settings-card-words">
                            <strong>{section.title(locale)}</strong>
                            <span class="soft">{section.hint(locale)}</span>
                            <span class="small settings-card-state">{state(section)}</span>
                        </span>
                        <Icon name="chevron_right"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="settings-cards" role="list">{cards}</ul> }.into_any()
}

/// One of the sections, by the address.
#[component]
pub fn SettingsSection() -> impl IntoView {
    let params = use_params_map();
    let section = Memo::new(move |_| params.read().get("section").as_deref().and_then(Section::from_key));
    move || match section.get() {
        Some(section) => view! { <Page section/> }.into_any(),
        None => crate::pages::NotFound().into_any(),
    }
}

#[component]
fn Page(section: Section) -> impl IntoView {
    let locale = use_locale();
    let query = use_query_map();
    let failed = use_submission();
    let saved = move || query.read().get("done").is_some_and(|done| done == "saved");
    view! {
        <Title text=section.title(locale)/>
        <nav class="settings-tabs" aria-label=words::title(locale)>
            {Section::ALL
                .map(|other| {
                    view! {
                        <a href=other.path() aria-current=(other == section).then_some("page")>
                            <Icon name=other.icon()/>
                            <span>{other.title(locale)}</span>
                        </a>
                    }
                })
                .collect_view()}
        </nav>
        <div class="settings stack">
            <div class="settings-head">
                <h1>{section.title(locale)}</h1>
                <p class="soft">{section.hint(locale)}</p>
            </div>
            {move || {
                saved()
                    .then(|| {
                        view! {
                            <Notice tone=Tone::Good>
                                <p>{words::saved(locale)}</p>
                            </Notice>
                        }
                    })
            }}
            {match section {
                Section::Outbox => view! { <outbox::Outbox failed/> }.into_any(),
                Section::Carrier => view! { <carrier::Carrier failed/> }.into_any(),
                Section::Law => view! { <law::Law/> }.into_any(),
                _ => view! { <Book section failed/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// The sections that are about the organisation's book.
#[component]
fn Book(section: Section, failed: PageData<Option<Submission>>) -> impl IntoView {
    let query = use_query_map();
    let view = page_data(|| (), |()| api::settings());
    let edit = Memo::new(move |_| query.read().get("edit").unwrap_or_default());
    view! {
        <Suspense>
            {move || {
                let edit = edit.get();
                Suspend::new(async move {
                    let failed = failed.await;
                    match view.await {
                        Err(error) => view! { <ErrorView error/> }.into_any(),
                        Ok(view) => {
                            match section {
                                Section::Organisation => view! { <organisation::Form view failed/> }.into_any(),
                                Section::Stores => view! { <stores::Stores view edit failed/> }.into_any(),
                                Section::Staff => view! { <staff::StaffList view edit failed/> }.into_any(),
                                Section::Types => view! { <types::Types view edit failed/> }.into_any(),
                                Section::Rules => view! { <rules::Rules view edit failed/> }.into_any(),
                                Section::Lists => view! { <lists::Lists view edit failed/> }.into_any(),
                                Section::Customers => view! { <customers::Customers view failed/> }.into_any(),
                                Section::Carrier | Section::Law | Section::Outbox => ().into_any(),
                            }
                        }
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// A line of a list: what it is, and a link that opens it.
#[component]
fn Line(
    section: Section,
    /// For `?edit=`.
    #[prop(into)]
    entry: String,
    #[prop(into)] title: String,
    #[prop(optional)] inactive: bool,
    /// Beside the link.
    #[prop(optional, into)]
    extra: Option<AnyView>,
    /// Below the title.
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <li class="settings-line" class:settings-inactive=inactive>
            <a class="settings-link" href=section.edit(&entry)>
                <span class="settings-line-words">
                    <strong>
                        {title}
                        {inactive.then(|| view! { <span class="badge settings-badge">{words::inactive(locale)}</span> })}
                    </strong>
                    <span class="soft small">{children()}</span>
                </span>
                <span class="settings-edit">
                    <Icon name="edit"/>
                    <span class="visually-hidden">{texts::ui::edit(locale)}</span>
                </span>
            </a>
            {extra}
        </li>
    }
    .into_any()
}

/// The form in place of its line; `#edit` scrolls to it.
#[component]
fn Editor(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <section class="card settings-editor" id="edit" aria-labelledby="edit-title">
            <h2 id="edit-title">{title}</h2>
            {children()}
        </section>
    }
    .into_any()
}

/// Where a form is posted to. A redirect without a fragment inherits that of the request (Fetch standard, "location URL"),
/// so that the page of a failed form opens at the form.
fn back_to_editor(path: &str) -> String {
    format!("{path}#edit")
}

/// Save, and back without saving.
#[component]
fn Actions(section: Section) -> impl IntoView {
    use crate::ui::{Button, Look};
    let locale = use_locale();
    view! {
        <div class="form-actions">
            <Button label=texts::ui::save(locale) look=Look::Primary/>
            <a class="button" href=section.path()>
                {texts::ui::cancel(locale)}
            </a>
        </div>
    }
    .into_any()
}

/// A list of the settings: the way to a new entry, then each entry as a line or, while it is edited, as its form.
struct Entries<T> {
    section: Section,
    /// Stands before the entry's id in `?edit=` where a page has several lists.
    kind: &'static str,
    /// What of `?edit=` is this list's: an id, `new` or nothing.
    edit: String,
    new: &'static str,
    id: fn(&T) -> String,
}

impl<T> Entries<T> {
    /// The part of `?edit=` that opens this entry.
    fn key(&self, id: &str) -> String {
        if self.kind.is_empty() { id.to_owned() } else { format!("{}:{id}", self.kind) }
    }

    /// `line` is told the key that opens its entry.
    fn show(
        &self,
        items: Vec<T>,
        line: impl Fn(&T, String) -> AnyView,
        form: impl Fn(Option<T>) -> AnyView,
    ) -> AnyView {
        let lines = items.into_iter().map(|item| {
            let id = (self.id)(&item);
            if id == self.edit { view! { <li>{form(Some(item))}</li> }.into_any() } else { line(&item, self.key(&id)) }
        });
        let lines = lines.collect_view();
        let fresh = if self.edit == "new" {
            form(None)
        } else {
            view! {
                <a class="button settings-new" href=self.section.edit(&self.key("new"))>
                    <Icon name="plus"/>
                    <span>{self.new}</span>
                </a>
            }
            .into_any()
        };
        view! {
            {fresh}
            <ul class="settings-list" role="list">
                {lines}
            </ul>
        }
        .into_any()
    }
}
