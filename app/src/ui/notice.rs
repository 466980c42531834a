//! A coloured message with its drawing; the colour never stands alone.

use super::icon::Icon;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Info,
    Good,
    Warn,
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice notice-info",
            Self::Good => "notice notice-good",
            Self::Warn => "notice notice-warn",
            Self::Bad => "notice notice-bad",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "approved",
            Self::Warn | Self::Bad => "warning",
        }
    }
}

/// `urgent` interrupts a screen reader: for errors that come while the page is open.
#[component]
pub fn Notice(#[prop(optional)] tone: Tone, #[prop(optional)] urgent: bool, children: Children) -> impl IntoView {
    let role = if urgent { "alert" } else { "status" };
    view! {
        <div class=tone.class() role=role>
            <Icon name=tone.icon()/>
            <div class="notice-body">{children()}</div>
        </div>
    }
    .into_any()
}
