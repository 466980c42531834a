//! Buttons, and links that look like buttons.

use super::icon::Icon;
use leptos::ev::MouseEvent;
use leptos::oco::Oco;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The page's one main step.
    Primary,
    #[default]
    Plain,
    /// Without a border, for what is rarely used.
    Quiet,
    /// What takes something away.
    Danger,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button. Without `on_press` it submits its form, as plain HTML does; with it, it does only that.
/// While `busy` it spins and takes no second click.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] icon: Oco<'static, str>,
    #[prop(optional)] look: Look,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Only the drawing is seen; the label is heard and shown as a tip.
    #[prop(optional)]
    icon_only: bool,
    #[prop(optional, into)] name: Option<&'static str>,
    #[prop(optional, into)] value: Option<String>,
    /// The form's checks by the browser are left out: for a draft.
    #[prop(optional)]
    formnovalidate: bool,
    #[prop(optional, into)] on_press: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let kind = if on_press.is_some() { "button" } else { "submit" };
    let press = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(event);
        }
    };
    view! {
        <button
            type=kind
            class=look.class()
            class:button-icon=icon_only
            name=name
            value=value
            formnovalidate=formnovalidate
            disabled=disabled
            aria-busy=move || busy.get().then_some("true")
            title=move || icon_only.then(|| label.get())
            on:click=press
        >
            {(!icon.is_empty()).then(|| view! { <Icon name=icon/> })}
            <span class:visually-hidden=icon_only>{label}</span>
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Oco<'static, str>,
    #[prop(into)] label: String,
    #[prop(optional, into)] icon: Oco<'static, str>,
    #[prop(optional)] look: Look,
    #[prop(optional)] icon_only: bool,
) -> impl IntoView {
    let title = icon_only.then(|| label.clone());
    let rel = crate::urls::rel(&href);
    view! {
        <a href=href rel=rel class=look.class() class:button-icon=icon_only title=title>
            {(!icon.is_empty()).then(|| view! { <Icon name=icon/> })}
            <span class:visually-hidden=icon_only>{label}</span>
        </a>
    }
    .into_any()
}
