//! The staff: who may sign in, as what, and in which stores.

use super::api::{InviteStaff, Invited, SaveStaff, fresh_invitation};
use super::organisation::languages;
use super::typed::Typed;
use super::{Actions, Editor, Entries, Line, Section, back_to_editor};
use crate::backend::{SettingsView, StaffRef, StaffView, StoreView, Submission};
use crate::boot::use_locale;
use crate::pages::account::Absences;
use crate::pages::case::copy::Copy;
use crate::ui::{Button, FieldGroup, Look, Notice, SelectField, StarLegend, TextField, TickField, Time, Tone};
use crate::wire::page_data;
use domain::Locale;
use domain::role::Role;
use leptos::prelude::*;
use server_fn::ServerFn;
use texts::settings as words;

#[component]
pub fn StaffList(view: SettingsView, edit: String, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let invitation = page_data(|| (), |()| fresh_invitation());
    let entries = Entries {
        section: Section::Staff,
        kind: "",
        edit,
        new: words::new_staff(locale),
        id: |staff: &StaffView| staff.id.to_string(),
    };
    let SettingsView { staff, stores, organisation, absences, .. } = view;
    let handling: Vec<StaffRef> = staff
        .iter()
        .filter(|staff| staff.active && staff.role >= Role::Handler)
        .map(|staff| StaffRef { id: staff.id, name: staff.name.clone() })
        .collect();
    let line = |staff: &StaffView, _| view! { <StaffLine staff=staff.clone() stores=stores.clone()/> }.into_any();
    let form = |staff: Option<StaffView>| {
        let away = staff.as_ref().filter(|staff| staff.active && staff.role >= Role::Handler).map(|staff| {
            let id = staff.id;
            let of_staff = absences.iter().filter(|absence| absence.staff == id).cloned().collect();
            let substitutes = handling.iter().filter(|other| other.id != id).cloned().collect();
            let back = id.to_string();
            view! { <Absences staff=id absences=of_staff substitutes back failed=failed.clone()/> }
        });
        view! {
            <StaffForm staff stores=stores.clone() home=organisation.locale failed=failed.clone()/>
            {away}
        }
        .into_any()
    };
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                invitation.await.ok().flatten().map(|invitation| view! { <Fresh invitation/> })
            })}
        </Suspense>
        {entries.show(staff, line, form)}
    }
    .into_any()
}

/// Shown once: only a hash of it is kept.
#[component]
fn Fresh(invitation: Invited) -> impl IntoView {
    let locale = use_locale();
    let Invited { name, link } = invitation;
    view! {
        <Notice tone=Tone::Good>
            <p>
                <strong>{words::invited(locale, &name)}</strong>
            </p>
            <p>{words::invited_hint(locale)}</p>
            <div class="settings-invitation">
                <input class="input" readonly=true value=link.clone() aria-label=words::invitation_link(locale)/>
                <Copy text=link/>
            </div>
        </Notice>
    }
    .into_any()
}

#[component]
fn StaffLine(staff: StaffView, stores: Vec<StoreView>) -> impl IntoView {
    let locale = use_locale();
    let role = texts::role::by_key(locale, staff.role.key()).unwrap_or_default();
    let places = if staff.role == Role::Admin {
        words::every_store(locale).to_owned()
    } else {
        let names: Vec<&str> =
            stores.iter().filter(|store| staff.stores.contains(&store.id)).map(|store| store.name.as_str()).collect();
        if names.len() > 3 {
            words::store_count(locale, i64::try_from(names.len()).unwrap_or(i64::MAX))
        } else {
            names.join(", ")
        }
    };
    let seen = staff.last_seen.map(|at| view! { " · " {words::last_seen(locale)} " " <Time at/> });
    let pending = (staff.active && !staff.has_password)
        .then(|| view! { <span class="settings-pending">" · " {words::no_password(locale)}</span> });
    let invite = staff.active.then(|| {
        let label = if staff.has_password { words::new_password(locale) } else { words::invite(locale) };
        view! {
            <form method="post" action=InviteStaff::PATH class="settings-extra">
                <input type="hidden" name="staff" value=staff.id.to_string()/>
                <Button label icon="key" look=Look::Quiet/>
            </form>
        }
        .into_any()
    });
    view! {
        <Line
            section=Section::Staff
            entry=staff.id.to_string()
            title=staff.name.clone()
            inactive=!staff.active
            extra=invite.unwrap_or_else(|| ().into_any())
        >
            {role}
            " · "
            {staff.login.clone()}
            {(!places.is_empty()).then(|| format!(" · {places}"))}
            {seen}
            {pending}
        </Line>
    }
    .into_any()
}

#[component]
fn StaffForm(
    staff: Option<StaffView>,
    stores: Vec<StoreView>,
    /// Of the organisation: what somebody new probably speaks.
    home: Locale,
    failed: Option<Submission>,
) -> impl IntoView {
    let locale = use_locale();
    let id = staff.as_ref().map(|staff| staff.id.to_string()).unwrap_or_default();
    let title = staff.as_ref().map_or_else(|| words::new_staff(locale).to_owned(), |staff| staff.name.clone());
    let typed = Typed::of(failed.as_ref(), "save_staff", "staff", &id);
    let saved = |pick: fn(&StaffView) -> String| staff.as_ref().map(pick).unwrap_or_default();
    let role = typed.text("role", staff.as_ref().map_or(Role::Clerk, |staff| staff.role).key());
    let roles = Role::ALL
        .map(|role| (role.key().to_owned(), texts::role::by_key(locale, role.key()).unwrap_or_default().to_owned()))
        .to_vec();
    let language = typed.text("locale", staff.as_ref().map_or(home, |staff| staff.locale).tag());
    let only = stores.iter().filter(|store| store.active).count() == 1;
    let boxes = stores
        .iter()
        .map(|store| {
            let at = staff.as_ref().is_some_and(|staff| staff.stores.contains(&store.id)) || (staff.is_none() && only);
            (store, at)
        })
        .filter(|(store, at)| store.active || *at)
        .map(|(store, at)| {
            let value = store.id.to_string();
            let checked = typed.chosen("stores", &value, at);
            view! {
                <label class="tick">
                    <input type="checkbox" name=format!("{}[]", typed.name("stores")) value=value checked=checked/>
                    <span>{store.name.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let active = typed.ticked("active", staff.as_ref().is_none_or(|staff| staff.active));
    let form = view! {
        <form method="post" action=back_to_editor(SaveStaff::PATH) class="form">
            {typed.above(&["name", "login", "email", "role", "stores", "active"])}
            <StarLegend/>
            {typed.identity()}
            <div class="settings-grid">
                <TextField
                    name=typed.name("name")
                    id="name"
                    label=words::name(locale)
                    help=words::staff_name_help(locale)
                    value=typed.text("name", saved(|s| s.name.clone()))
                    error=typed.fault("name")
                    required=true
                    maxlength=100
                    autocomplete="off"
                />
                <TextField
                    name=typed.name("login")
                    id="login"
                    label=words::login(locale)
                    help=words::login_help(locale)
                    value=typed.text("login", saved(|s| s.login.clone()))
                    error=typed.fault("login")
                    required=true
                    maxlength=60
                    autocomplete="off"
                />
                <TextField
                    name=typed.name("email")
                    id="email"
                    kind="email"
                    label=words::email(locale)
                    help=words::staff_email_help(locale)
                    value=typed.text("email", saved(|s| s.email.clone()))
                    error=typed.fault("email")
                    autocomplete="off"
                />
                <SelectField
                    name=typed.name("role")
                    id="role"
                    label=words::role(locale)
                    help=words::role_help(locale)
                    options=roles
                    value=role
                    error=typed.fault("role")
                />
                <SelectField
                    name=typed.name("locale")
                    id="locale"
                    label=words::language(locale)
                    options=languages()
                    value=language
                />
            </div>
            <FieldGroup
                id="stores"
                label=words::their_stores(locale)
                help=words::their_stores_help(locale)
                error=typed.fault("stores")
            >
                <div class="settings-boxes">{boxes}</div>
            </FieldGroup>
            <TickField
                name=typed.name("active")
                id="active"
                label=words::staff_active(locale)
                help=words::staff_active_help(locale)
                checked=active
                error=typed.fault("active")
            />
            <Actions section=Section::Staff/>
        </form>
    }
    .into_any();
    view! { <Editor title>{form}</Editor> }.into_any()
}
