//! The form of one article: with script a step at a time, without it all on one page.

use super::explain::Explained;
use super::flow::{Flow, Way, heading_id};
use super::place::Home;
use super::step_title;
use crate::backend::{self, ReportItem};
use crate::boot::use_locale;
use crate::form::{Fields, FormState, Keeper, Kept, RefusedNotice, Summary, form_ref, has_pictures, next_on_enter};
use crate::guise::use_guise;
use crate::ui::error_view::ErrorNotice;
use crate::ui::{Button, CustomerFrame, Icon, Look, Notice, StarLegend, Tone};
use crate::urls;
use domain::Locale;
use domain::form::Section;
use domain::form::filing::Step;
use domain::id::CaseId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use std::sync::Arc;
use texts::report as words;

/// The form's id, for buttons that stand outside of it.
const FORM: &str = "report";

#[component]
pub fn ReportForm(page: backend::ReportPage, checked: bool) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let backend::ReportPage { look, token, page, items, .. } = page;
    let case = page.id;
    let title = words::form_title(locale, &page.type_name);
    let action = guise.put_on(&urls::report(&token));
    let hidden = [
        ("case", case.to_string()),
        ("type", page.type_key.to_string()),
        ("form_version", page.form.version.to_string()),
    ];
    let sections = page.form.sections.clone();
    let website = RwSignal::new(String::new());
    let home = Home { token: token.clone(), case, locale, guise, website };
    let state = FormState::new(page, Arc::new(home), checked);
    let keeper = Keeper::new(state, items.iter().any(|item| item.case == case));
    keeper.keep_drafts();
    let flow = Flow::new(keeper, Way { token: token.clone(), guise, begun: !items.is_empty() });
    flow.watch();
    let form = form_ref(state);
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        flow.review();
    };
    let kept = move || match keeper.kept.get() {
        Kept::Untouched => "",
        Kept::Saving => words::saving(locale),
        Kept::Saved => words::saved(locale),
        Kept::Failed => words::not_saved(locale),
    };
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let languages = view! { <Languages flow/> }.into_any();
    view! {
        <Title text=title.clone()/>
        <CustomerFrame look languages>
            <div class="stack-small">
                <Back items=items.clone()/>
                <h1>{title}</h1>
            </div>
            <Items items token case/>
            <RefusedNotice/>
            <form
                node_ref=form
                id=FORM
                class="form report-form"
                method="post"
                enctype="multipart/form-data"
                action=action
                novalidate
                on:submit=on_submit
                on:keydown=next_on_enter
            >
                {hidden}
                <Website website/>
                <Summary state show=Callback::new(move |key: String| flow.show(&key))/>
                {move || keeper.error.get().map(|error| view! { <ErrorNotice error/> })}
                <StarLegend/>
                <Steps sections flow/>
                <p class="report-kept soft small" role="status">
                    {kept}
                </p>
            </form>
        </CustomerFrame>
    }
    .into_any()
}

/// An input that no person sees or reaches: what fills it in is none.
#[component]
fn Website(website: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="report-website" aria-hidden="true">
            <label for="website">{words::website(use_locale())}</label>
            <input
                id="website"
                name="website"
                type="text"
                tabindex="-1"
                autocomplete="off"
                on:input:target=move |event| website.set(event.target().value())
            />
        </div>
    }
    .into_any()
}

/// Buttons of the form, since another language is another page and nothing typed may be lost on the way.
#[component]
fn Languages(flow: Flow) -> impl IntoView {
    let current = use_locale();
    let buttons = Locale::ALL
        .map(|locale| {
            let chosen = locale == current;
            let speak = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                if !chosen {
                    flow.speak(locale);
                }
            };
            view! {
                <button
                    class="language"
                    type="submit"
                    form=FORM
                    name="intent"
                    value=format!("lang.{locale}")
                    lang=locale.tag()
                    aria-pressed=if chosen { "true" } else { "false" }
                    on:click=speak
                >
                    {locale.name()}
                </button>
            }
        })
        .collect_view();
    view! {
        // What Enter presses: a form's first button.
        <button class="visually-hidden" type="submit" form=FORM name="intent" value="review" tabindex="-1" aria-hidden="true">
            {words::review(current)}
        </button>
        <div class="languages" role="group" aria-label=texts::shell::language(current)>
            {buttons}
        </div>
    }
    .into_any()
}

/// To the types, or to what there is already.
#[component]
fn Back(items: Vec<ReportItem>) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    if items.is_empty() {
        return view! {
            <a class="report-back" href=guise.put_on(urls::REPORT) rel="external">
                <Icon name="arrow_left"/>
                <span>{words::other_type(locale)}</span>
            </a>
        }
        .into_any();
    }
    if !items.iter().all(|item| item.complete) {
        return ().into_any();
    }
    // A button of the form: what was changed here is what the review shows.
    view! {
        <button class="report-back" type="submit" form=FORM name="intent" value="review">
            <Icon name="arrow_left"/>
            <span>{words::to_review(locale)}</span>
        </button>
    }
    .into_any()
}

/// The report's articles, where there are several.
#[component]
fn Items(items: Vec<ReportItem>, token: String, case: CaseId) -> impl IntoView {
    let locale = use_locale();
    let guise = use_guise();
    let others = items.iter().filter(|item| item.case != case).count();
    if others == 0 {
        return ().into_any();
    }
    let lines = items
        .into_iter()
        .map(|item| {
            let title = if item.title.is_empty() { item.type_name } else { item.title };
            view! {
                <li>
                    <a
                        href=guise.put_on(&urls::report_item(&token, item.case))
                        rel="external"
                        aria-current=(item.case == case).then_some("page")
                    >
                        <Icon name=item.icon/>
                        <span>{title}</span>
                        {(!item.complete).then(|| view! { <Icon name="warning" label=texts::form::unanswered(locale)/> })}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="report-items" aria-label=words::articles(locale)>
            <ol role="list">{lines}</ol>
        </nav>
    }
    .into_any()
}

#[component]
fn Steps(sections: Vec<Section>, flow: Flow) -> impl IntoView {
    let steps = flow.steps();
    let views = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let own = |section: &&Section| Step::of_section(section.key.as_str()) == *step;
            let sections = sections.iter().filter(own).cloned().collect::<Vec<_>>();
            let before = at.checked_sub(1).and_then(|before| steps.get(before)).copied();
            let next = steps.get(at + 1).copied();
            view! { <StepView step=*step sections place=(at + 1, steps.len()) before next flow/> }
        })
        .collect_view();
    view! { <div class="steps">{views}</div> }.into_any()
}

/// `place`: the how manieth of how many.
#[component]
fn StepView(
    step: Step,
    sections: Vec<Section>,
    place: (usize, usize),
    #[prop(optional_no_strip)] before: Option<Step>,
    #[prop(optional_no_strip)] next: Option<Step>,
    flow: Flow,
) -> impl IntoView {
    let locale = use_locale();
    let (n, all) = place;
    let heading = heading_id(step);
    let labelled = heading.clone();
    let title = step_title(locale, step);
    let several = sections.len() > 1;
    let keys: Vec<String> =
        sections.iter().flat_map(|section| &section.fields).map(|field| field.key.as_str().to_owned()).collect();
    let parts = sections
        .into_iter()
        .map(|section| {
            let own = section.title.get(locale).to_owned();
            let named = (several && own != title).then_some(own);
            view! { <Part section named flow/> }
        })
        .collect_view();
    let explained = (step == Step::Wish).then(|| view! { <Explained keys state=flow.state/> });
    let forward = match next {
        Some(next) => view! {
            <a
                class="button button-primary only-js"
                href=format!("#{}", next.key())
                rel="external"
                on:click=move |event| flow.leave(&event, step, next)
            >
                {words::next(locale)}
            </a>
        }
        .into_any(),
        None => view! {
            <Button label=words::review(locale) look=Look::Primary name="intent" value="review" busy=flow.busy/>
        }
        .into_any(),
    };
    let has_actions = next.is_none();
    view! {
        <section id=step.key() class="step card" aria-labelledby=labelled>
            <div class="step-bar only-js" aria-hidden="true" style=format!("--part: {n}; --all: {all}")></div>
            <h2 id=heading tabindex="-1">
                <span class="step-count only-js">{words::step_of(locale, &n.to_string(), &all.to_string())}</span>
                <span class="visually-hidden only-js">": "</span>
                {title}
            </h2>
            {parts}
            {explained}
            <div class="step-actions" class:only-js=!has_actions>
                {before
                    .map(|before| {
                        view! {
                            <a class="button only-js" href=format!("#{}", before.key()) rel="external">
                                {words::back(locale)}
                            </a>
                        }
                    })}
                {forward}
            </div>
        </section>
    }
    .into_any()
}

/// One section of a step; `named` where its title says more than the step's.
#[component]
fn Part(section: Section, #[prop(optional_no_strip)] named: Option<String>, flow: Flow) -> impl IntoView {
    let locale = use_locale();
    let state = flow.state;
    let keys: Vec<String> = section.fields.iter().map(|field| field.key.as_str().to_owned()).collect();
    let off = move || !keys.iter().any(|key| state.shows(key));
    let id = format!("s-{}", section.key);
    let labelled = named.is_some().then(|| id.clone());
    let role = named.is_some().then_some("group");
    let pictures = has_pictures(&section);
    view! {
        <div class="step-part" class:when-off=off role=role aria-labelledby=labelled>
            {named.map(|named| view! { <h3 id=id>{named}</h3> })}
            <Fields section state keeper=flow.keeper/>
            {pictures
                .then(|| {
                    view! {
                        <Show when=move || state.lacks_pictures()>
                            <Notice tone=Tone::Info>
                                <p>{words::pictures_lack(locale)}</p>
                            </Notice>
                        </Show>
                        <button class="button no-js" type="submit" name="intent" value="pictures">
                            <Icon name="upload"/>
                            {words::add_pictures(locale)}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
