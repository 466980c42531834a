//! What somebody may change about themselves: name, language, password, PIN, devices.

mod absences;
mod api;
mod away;
mod forms;
mod language;

pub use absences::{RemoveAbsence, SaveAbsence, own_absences, remove_absence, save_absence};
pub use api::{
    Account, AccountView, ChangePassword, SaveAccount, SetLanguage, SetPin, SignOutEverywhere, account,
    change_password, save_account, set_language, set_pin, sign_out_everywhere,
};
pub use away::Absences;
pub use language::LanguageForm;

use crate::backend::{Device, StoreRef, Submission, Viewer, Visitor};
use crate::boot::{use_boot, use_locale};
use crate::pages::tablet::MakeTablet;
use crate::retry::use_submission;
use crate::ui::{Button, ErrorView, Icon, Look, Notice, SelectField, Time, Tone};
use crate::wire::page_data;
use domain::role::Right;
use forms::{AboutForm, PasswordForm, PinForm};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::account as words;

#[component]
pub fn AccountPage() -> impl IntoView {
    let locale = use_locale();
    let Visitor::Staff(viewer) = use_boot().visitor else { return ().into_any() };
    let page = page_data(|| (), |()| account());
    let submission = use_submission();
    let done = use_query_map().read_untracked().get("done");
    view! {
        <Title text=words::title(locale)/>
        <div class="account">
            <div class="page-head">
                <h1>{words::title(locale)}</h1>
            </div>
            {done
                .and_then(|done| match done.as_str() {
                    "account" => Some(words::saved(locale)),
                    "password" => Some(words::password_saved(locale)),
                    "pin" => Some(words::pin_saved(locale)),
                    _ => None,
                })
                .map(|text| {
                    view! {
                        <Notice tone=Tone::Good>
                            <p>{text}</p>
                        </Notice>
                    }
                })}
            <Suspense>
                {move || {
                    let viewer = viewer.clone();
                    Suspend::new(async move {
                        let failed = submission.await;
                        match page.await {
                            Ok(page) => view! { <Sections viewer page failed/> }.into_any(),
                            Err(error) => view! { <ErrorView error/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Sections(viewer: Viewer, page: AccountView, failed: Option<Submission>) -> impl IntoView {
    let own_device = viewer.tablet.is_none();
    let handles = viewer.may(Right::Handle);
    let me = viewer.id;
    let away =
        page_data(|| (), move |()| async move { if handles { own_absences().await.map(Some) } else { Ok(None) } });
    let of_absence = failed.clone();
    let hands_out_tablets = own_device && viewer.may(Right::Handle);
    let stores = page.stores.clone();
    view! {
        <AboutForm viewer=viewer stores=page.stores failed=failed.clone()/>
        {own_device
            .then(|| {
                view! {
                    <PasswordForm failed=failed.clone()/>
                    <PinForm failed=failed.clone()/>
                    <Devices devices=page.devices/>
                }
            })}
        <Suspense>
            {move || {
                let failed = of_absence.clone();
                Suspend::new(async move {
                    let view = away.await.ok().flatten()?;
                    let (absences, substitutes) = (view.absences, view.substitutes);
                    Some(view! { <Absences staff=me absences substitutes back=String::new() failed/> })
                })
            }}
        </Suspense>
        {hands_out_tablets.then(|| view! { <TabletForm stores/> })}
    }
}

#[component]
fn Devices(devices: Vec<Device>) -> impl IntoView {
    let locale = use_locale();
    let rows = devices
        .into_iter()
        .map(|device| {
            view! {
                <li>
                    <span>
                        {device.name}
                        {device.current.then(|| view! { <span class="badge badge-good">{words::this_device(locale)}</span> })}
                    </span>
                    <span class="soft small">
                        <Time at=device.last_seen/>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card stack">
            <h2>{words::devices(locale)}</h2>
            <ul class="devices" role="list">
                {rows}
            </ul>
            <form method="post" action=SignOutEverywhere::PATH class="form-actions">
                <Button label=words::everywhere(locale) icon="logout" look=Look::Danger/>
                <span class="soft small">{words::everywhere_hint(locale)}</span>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn TabletForm(stores: Vec<StoreRef>) -> impl IntoView {
    let locale = use_locale();
    let options = stores.into_iter().map(|store| (store.id.to_string(), store.name)).collect::<Vec<_>>();
    view! {
        <section class="card stack">
            <h2>{words::tablet(locale)}</h2>
            <p>{words::tablet_hint(locale)}</p>
            <form method="post" action=MakeTablet::PATH class="form">
                <SelectField id="tablet-store" name="store" label=texts::register::store(locale) options/>
                <div class="form-actions">
                    <button class="button" type="submit">
                        <Icon name="tablet"/>
                        <span>{words::make_tablet(locale)}</span>
                    </button>
                </div>
            </form>
        </section>
    }
    .into_any()
}
