//! Whom parcels go with: a choice, the fields of the chosen one, and a question that shows whether its keys are right.

use super::Section;
use super::api::{SaveCarrier, carrier, try_carrier};
use super::typed::Typed;
use crate::backend::{
    BringView, CarrierKind, CarrierTried, CarrierView, Hidden, InPostView, PARCEL_TEMPLATES, SENDING_METHODS,
    Submission,
};
use crate::boot::use_locale;
use crate::ui::{Button, ErrorView, FieldGroup, Look, Notice, SelectField, StarLegend, TextField, TickField, Tone};
use crate::wire::{PageData, page_data};
use domain::Locale;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::carrier as words;

/// Inputs that tell their own faults.
const INPUTS: &[&str] = &[
    "kind",
    "manual_tracking_template",
    "inpost_organisation",
    "inpost_token",
    "inpost_service",
    "inpost_sending_method",
    "inpost_target_point",
    "inpost_dropoff_point",
    "inpost_template",
    "inpost_tracking_template",
    "bring_uid",
    "bring_secret",
    "bring_customer_number",
    "bring_company",
    "bring_service",
    "bring_tracking_template",
    "webhook_url",
    "webhook_secret",
];

/// What stands for the number in a tracking link.
const PLACE: &str = "{waybill}";

fn name(locale: Locale, kind: CarrierKind) -> &'static str {
    words::by_key(locale, kind.key()).unwrap_or_default()
}

#[component]
pub fn Carrier(failed: PageData<Option<Submission>>) -> impl IntoView {
    let query = use_query_map();
    let view = page_data(|| (), |()| carrier());
    let tried = page_data(
        move || query.read().get("try").is_some(),
        |asked| async move { if asked { try_carrier().await.map(Some) } else { Ok(None) } },
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let failed = failed.await;
                match (view.await, tried.await) {
                    (Ok(view), Ok(tried)) => view! {
                        <Try kind=view.kind tried/>
                        <CarrierForm view failed/>
                    }
                    .into_any(),
                    (Err(error), _) | (_, Err(error)) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// A question by GET: it changes nothing, here or there.
#[component]
fn Try(kind: CarrierKind, tried: Option<CarrierTried>) -> impl IntoView {
    let locale = use_locale();
    if kind == CarrierKind::Manual {
        return ().into_any();
    }
    let carrier = name(locale, kind);
    view! {
        <section class="card stack" id="try" aria-labelledby="try-title">
            <div class="settings-head">
                <h2 id="try-title">{words::try_title(locale)}</h2>
                <p class="soft">{words::try_hint(locale, carrier)}</p>
            </div>
            {tried.map(|tried| came(locale, tried))}
            <form method="get" action=format!("{}#try", Section::Carrier.path())>
                <Button label=words::ask(locale, carrier) icon="refresh" name="try" value="yes".to_owned()/>
            </form>
        </section>
    }
    .into_any()
}

fn came(locale: Locale, tried: CarrierTried) -> AnyView {
    let carrier = name(locale, tried.kind);
    let said = tried.said;
    let (tone, title, said) = match tried.fault {
        None => {
            let account = (!said.is_empty()).then(|| words::tried_account(locale, &said));
            (Tone::Good, words::tried_good(locale, carrier), account)
        }
        Some(fault) => {
            let title = texts::carrier_fault::by_key(locale, &fault).unwrap_or_default().to_owned();
            (Tone::Bad, title, (!said.is_empty()).then(|| words::tried_said(locale, carrier, &said)))
        }
    };
    view! {
        <Notice tone>
            <p>
                <strong>{title}</strong>
            </p>
            {said.map(|said| view! { <p class="settings-said">{said}</p> })}
        </Notice>
    }
    .into_any()
}

#[component]
fn CarrierForm(view: CarrierView, failed: Option<Submission>) -> impl IntoView {
    let locale = use_locale();
    let typed = Typed::of(failed.as_ref(), "save_carrier", "carrier", "");
    let chosen = typed.text("kind", view.kind.key());
    let choices = CarrierKind::ALL
        .map(|kind| {
            view! {
                <label class="pill">
                    <input
                        type="radio"
                        name=typed.name("kind")
                        id=format!("kind-{}", kind.key())
                        value=kind.key()
                        checked=chosen == kind.key()
                    />
                    <span>{name(locale, kind)}</span>
                </label>
            }
        })
        .collect_view();
    let ours = Inputs { typed: &typed, locale };
    let (manual, inpost) = (ours.manual(view.tracking_template.clone()), ours.inpost(view.inpost.clone()));
    let (bring, webhook) = (ours.bring(view.bring.clone()), ours.webhook(&view));
    // What belongs to a carrier that is not chosen is not seen, and must not keep the form from being sent.
    view! {
        <form method="post" action=SaveCarrier::PATH class="card form carrier-form" novalidate>
            {typed.above(INPUTS)}
            <StarLegend/>
            <FieldGroup id="kind" label=words::choice(locale) help=words::choice_help(locale) error=typed.fault("kind")>
                <div class="pills">{choices}</div>
            </FieldGroup>
            {manual}
            {inpost}
            {bring}
            {webhook}
            <div class="form-actions">
                <Button label=texts::ui::save(locale) look=Look::Primary/>
            </div>
        </form>
    }
    .into_any()
}

/// The inputs of all carriers, each named by its carrier.
struct Inputs<'a> {
    typed: &'a Typed,
    locale: Locale,
}

impl Inputs<'_> {
    fn manual(&self, tracking_template: String) -> AnyView {
        let hint = words::manual_hint(self.locale);
        let tracking = self.tracking("manual", tracking_template);
        part("manual", name(self.locale, CarrierKind::Manual), hint, view! { {tracking} }.into_any())
    }

    fn inpost(&self, saved: InPostView) -> AnyView {
        let locale = self.locale;
        let word =
            |prefix: &str, key: &str| words::by_key(locale, &format!("{prefix}_{key}")).unwrap_or_default().to_owned();
        let options = |prefix: &'static str, keys: &[&str]| {
            keys.iter().map(|key| ((*key).to_owned(), word(prefix, key))).collect::<Vec<_>>()
        };
        let inputs = view! {
            {self.tick("inpost_test", words::test(locale), words::inpost_test_help(locale), saved.test)}
            <div class="settings-grid">
                {self.line("inpost_organisation", words::organisation(locale), words::organisation_help(locale), saved.organisation, true)}
                {self.secret("inpost_token", words::token(locale), words::secret_new(locale), &saved.token, true)}
                {self.line("inpost_service", words::service(locale), words::inpost_service_help(locale), saved.service, true)}
                <SelectField
                    name=self.typed.name("inpost_sending_method")
                    id="inpost_sending_method"
                    label=words::sending(locale)
                    options=options("sending", &SENDING_METHODS)
                    value=self.typed.text("inpost_sending_method", saved.sending_method)
                    empty=words::sending_any(locale).to_owned()
                    error=self.typed.fault("inpost_sending_method")
                />
                {self.line("inpost_target_point", words::target_point(locale), words::target_point_help(locale), saved.target_point, false)}
                {self.line("inpost_dropoff_point", words::dropoff_point(locale), words::dropoff_point_help(locale), saved.dropoff_point, false)}
                <SelectField
                    name=self.typed.name("inpost_template")
                    id="inpost_template"
                    label=words::template(locale)
                    help=words::template_help(locale)
                    options=options("template", &PARCEL_TEMPLATES)
                    value=self.typed.text("inpost_template", saved.template)
                    empty=words::template_none(locale).to_owned()
                    error=self.typed.fault("inpost_template")
                />
            </div>
            {self.tick("inpost_is_return", words::is_return(locale), words::is_return_help(locale), saved.is_return)}
            {self.tick("inpost_a6", words::a6(locale), words::a6_help(locale), saved.a6)}
            {self.tracking("inpost", saved.tracking_template)}
        };
        part("inpost", name(locale, CarrierKind::InPost), words::inpost_hint(locale), inputs.into_any())
    }

    fn bring(&self, saved: BringView) -> AnyView {
        let locale = self.locale;
        let inputs = view! {
            {self.tick("bring_test", words::test(locale), words::bring_test_help(locale), saved.test)}
            <div class="settings-grid">
                {self.line("bring_uid", words::uid(locale), words::uid_help(locale), saved.uid, true)}
                {self.secret("bring_secret", words::api_key(locale), words::secret_new(locale), &saved.key, true)}
                {self.line("bring_customer_number", words::customer_number(locale), words::customer_number_help(locale), saved.customer_number, true)}
                {self.line("bring_company", words::company(locale), words::company_help(locale), saved.company, true)}
                {self.line("bring_service", words::service(locale), words::bring_service_help(locale), saved.service, true)}
            </div>
            {self.tracking("bring", saved.tracking_template)}
        };
        part("bring", name(locale, CarrierKind::Bring), words::bring_hint(locale), inputs.into_any())
    }

    fn webhook(&self, saved: &CarrierView) -> AnyView {
        let locale = self.locale;
        let inputs = view! {
            {self.line("webhook_url", words::webhook_url(locale), words::webhook_url_help(locale), saved.webhook_url.clone(), false)}
            {self.secret("webhook_secret", words::webhook_secret(locale), words::webhook_secret_help(locale), &saved.webhook_secret, false)}
        };
        part("webhook", words::webhook_title(locale), words::webhook_hint(locale), inputs.into_any())
    }

    fn line(&self, input: &'static str, label: &'static str, help: &str, saved: String, required: bool) -> AnyView {
        view! {
            <TextField
                name=self.typed.name(input)
                id=input
                label=label
                help=help
                value=self.typed.text(input, saved)
                error=self.typed.fault(input)
                autocomplete="off"
                maxlength=500
                required=required
            />
        }
        .into_any()
    }

    fn tick(&self, input: &'static str, label: &'static str, help: &'static str, saved: bool) -> AnyView {
        view! {
            <TickField
                name=self.typed.name(input)
                id=input
                label=label
                help=help
                checked=self.typed.ticked(input, saved)
            />
        }
        .into_any()
    }

    fn tracking(&self, carrier: &'static str, saved: String) -> AnyView {
        let input = format!("{carrier}_tracking_template");
        view! {
            <TextField
                name=self.typed.name(&input)
                id=input.clone()
                label=words::tracking(self.locale)
                help=words::tracking_help(self.locale, PLACE)
                value=self.typed.text(&input, saved)
                error=self.typed.fault(&input)
                inputmode="url"
                autocomplete="off"
                maxlength=500
            />
        }
        .into_any()
    }

    /// Never filled in: what is kept stays on the server, and what was typed is not kept with a form that failed.
    fn secret(
        &self,
        input: &'static str,
        label: &'static str,
        help: &'static str,
        saved: &Hidden,
        required: bool,
    ) -> AnyView {
        let locale = self.locale;
        let help = match (self.typed.has_failed(), saved.kept) {
            (true, false) => words::secret_again(locale),
            (_, true) => words::secret_kept(locale),
            (false, false) => help,
        };
        let forget = saved.kept.then(|| {
            let forget = format!("{input}_forget");
            view! { <TickField name=self.typed.name(&forget) id=forget.clone() label=words::forget(locale)/> }
        });
        view! {
            <div>
                <TextField
                    name=self.typed.name(input)
                    id=input
                    kind="password"
                    label=label
                    help=help
                    error=self.typed.fault(input)
                    autocomplete="off"
                    maxlength=500
                    required=required && !saved.kept
                />
                {forget}
            </div>
        }
        .into_any()
    }
}

/// One carrier's inputs, seen while it is chosen.
fn part(key: &'static str, title: &'static str, hint: &'static str, inputs: AnyView) -> AnyView {
    view! {
        <fieldset class=format!("settings-part carrier-{key}")>
            <legend>{title}</legend>
            <p class="soft">{hint}</p>
            {inputs}
        </fieldset>
    }
    .into_any()
}
