//! Our own drawings: strokes of one width on a grid of 24, coloured by the text around them.

use leptos::oco::Oco;
use leptos::prelude::*;

/// A drawing by its name. Decoration to a screen reader, unless a `label` says what it stands for.
#[component]
pub fn Icon(#[prop(into)] name: Oco<'static, str>, #[prop(optional, into)] label: Option<String>) -> impl IntoView {
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            focusable="false"
            aria-hidden=hidden
            role=role
            aria-label=label
            inner_html=drawing(&name)
        ></svg>
    }
    .into_any()
}

/// The shapes inside the `<svg>`; an unknown name gives the drawing of "other", so that a type never stands without one.
pub fn drawing(name: &str) -> &'static str {
    types(name).or_else(|| phases(name)).or_else(|| actions(name)).unwrap_or(OTHER)
}

const OTHER: &str = r#"<path d="M12 3 4 7v10l8 4 8-4V7z"/><path d="m4 7 8 4 8-4M12 11v10"/><path d="m8 5 8 4.2v3"/>"#;

/// Types of complaint, for the cards and the lists.
fn types(name: &str) -> Option<&'static str> {
    Some(match name {
        "shoe" | "shoes" => {
            r#"<path d="M3 8.5v8.3c0 .7.5 1.2 1.2 1.2h15.6c.7 0 1.2-.5 1.2-1.2v-.6c0-1.7-1.2-2.7-2.9-3.1l-2.9-.7c-1-.2-1.7-.8-2.2-1.7L11 6.5 8.3 8.3c-1.7 1-3.6 1-5.3.2z"/><path d="M3 15h18M10.3 10.4l1.9-1.2M12 12.6l1.7-1.2"/>"#
        }
        "shirt" | "clothing" => {
            r#"<path d="M8.5 4 3.5 6.6 5.3 11 7.5 10.2V19c0 .6.4 1 1 1h7c.6 0 1-.4 1-1v-8.8l2.2.8 1.8-4.4L15.5 4c-.5 1.6-1.8 2.6-3.5 2.6S9 5.6 8.5 4z"/>"#
        }
        "ski" | "sport" | "sports" => {
            r#"<path d="M6.5 21 15.8 5.6c.5-.9.3-2-.5-2.6M11 21l9.3-15.4c.5-.9.3-2-.5-2.6"/><path d="m9.3 13.6 3.4 2M5 3v11M3.5 12.5h3M5 3l0 0"/>"#
        }
        "electronics" | "smartphone" => {
            r#"<rect x="6.5" y="2.5" width="11" height="19" rx="2.2"/><path d="M10.5 5h3M11 18.5h2"/>"#
        }
        "appliance" | "appliances" => {
            r#"<rect x="4.5" y="3" width="15" height="18" rx="1.8"/><path d="M4.5 7.5h15M7.5 5.25h.01M10 5.25h.01M15 5.25h2"/><circle cx="12" cy="14" r="4.2"/><path d="M9.3 14.5c1-.9 1.8-.9 2.7 0s1.7.9 2.7 0"/>"#
        }
        "chair" | "furniture" => {
            r#"<path d="M7 3.5h10l-.8 9.5H7.8zM6 13h12v3.5H6zM7.5 16.5V21M16.5 16.5V21M10.3 3.5l.3 9.5M13.7 3.5l-.3 9.5"/>"#
        }
        "ring" | "jewellery" => {
            r#"<circle cx="12" cy="15" r="6"/><circle cx="12" cy="15" r="4" stroke-width="1.2"/><path d="M9.5 3h5l2 2.4L12 9.3 7.5 5.4zM7.5 5.4h9"/>"#
        }
        "glasses" => {
            r#"<circle cx="6.8" cy="14" r="3.8"/><circle cx="17.2" cy="14" r="3.8"/><path d="M10.6 13.4c.8-.8 2-.8 2.8 0M3 13.5 4.6 7c.3-1 1.2-1.5 2.2-1.2M21 13.5 19.4 7c-.3-1-1.2-1.5-2.2-1.2"/>"#
        }
        "child" | "children" => {
            r#"<path d="M4 12h16a8 8 0 0 1-8 6 8 8 0 0 1-8-6zM12 12V4a8 8 0 0 1 8 8M12 12 6.3 6.3M4 12c0-.9.1-1.7.4-2.5M4.5 7.5 2.5 7"/><circle cx="8" cy="20" r="1.4"/><circle cx="16" cy="20" r="1.4"/>"#
        }
        "garden" | "diy" => {
            r#"<path d="M12 21v-9M12 14c-3.8 0-6-2.2-6-6 3.8 0 6 2.2 6 6zM12 11.5c0-4 2.2-6.5 6-7 .2 4-2 7-6 7zM6 21h12"/>"#
        }
        "food" => {
            r#"<path d="M12 7.2c1.3-1 2.6-1.4 4-1.2 2.6.4 4 2.6 4 5.6 0 4.6-2.8 9.4-5.6 9.4-1 0-1.5-.5-2.4-.5s-1.4.5-2.4.5C6.8 21 4 16.2 4 11.6 4 8.6 5.4 6.4 8 6c1.4-.2 2.7.2 4 1.2zM12 7.2c0-2 .9-3.5 2.7-4.2"/>"#
        }
        "truck" | "transport" => {
            r#"<path d="M2.5 6h11.5v10.5H2.5zM14 9.5h3.8l3.7 3.7v3.3H14z"/><circle cx="7" cy="17.5" r="2"/><circle cx="17.5" cy="17.5" r="2"/>"#
        }
        "other" => OTHER,
        _ => return None,
    })
}

/// Phases and other states; the keys of [`domain::phase::Phase`] are names here.
fn phases(name: &str) -> Option<&'static str> {
    Some(match name {
        "new" => r#"<path d="m12 3 2.3 5.8 6.2.4-4.8 4 1.6 6.1L12 15.9l-5.3 3.4 1.6-6.1-4.8-4 6.2-.4z"/>"#,
        "in_review" => {
            r#"<path d="M2.5 12c2.2-4.3 5.4-6.5 9.5-6.5s7.3 2.2 9.5 6.5c-2.2 4.3-5.4 6.5-9.5 6.5S4.7 16.3 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#
        }
        "waiting_customer" => {
            r#"<circle cx="9.5" cy="8" r="3.5"/><path d="M3 19.5c.4-3.6 2.9-5.5 6.5-5.5 1.4 0 2.6.3 3.6.8"/><circle cx="17.5" cy="17" r="4"/><path d="M17.5 15v2l1.3 1"/>"#
        }
        "waiting_goods" => {
            r#"<path d="M11 20 3.5 16.5v-9L11 4l7.5 3.5v3M3.5 7.5 11 11l7.5-3.5M11 11v9"/><circle cx="17.5" cy="17" r="4"/><path d="M17.5 15v2l1.3 1"/>"#
        }
        "waiting_supplier" => {
            r#"<path d="M3 20V10l5 3v-3l5 3V5.5h4L18 20zM2 20h20M7 16.5h1M11.5 16.5h1"/><path d="M17.5 2.5c1 .8 2 .8 3 0"/>"#
        }
        "waiting_repair" | "repair" => {
            r#"<path d="M20.3 6.5 17 9.8l-2.8-2.8 3.3-3.3a5 5 0 0 0-6.6 6.3L3.8 17.1a2.2 2.2 0 0 0 3.1 3.1l7.1-7.1a5 5 0 0 0 6.3-6.6z"/>"#
        }
        "waiting_expert" => {
            r#"<path d="M9.5 3h5M10.5 3v6L5 18.3A1.8 1.8 0 0 0 6.6 21h10.8a1.8 1.8 0 0 0 1.6-2.7L13.5 9V3M7.6 14.5h8.8"/>"#
        }
        "approved" => r#"<circle cx="12" cy="12" r="9"/><path d="m7.8 12.4 2.9 2.9 5.6-6"/>"#,
        "partly" => r#"<circle cx="12" cy="12" r="9"/><path d="M12 3v18M15 8.5h4.5M15 12h5.8M15 15.5h4.5"/>"#,
        "rejected" => r#"<circle cx="12" cy="12" r="9"/><path d="m8.7 8.7 6.6 6.6M15.3 8.7l-6.6 6.6"/>"#,
        "ready" => {
            r#"<path d="M5 8h14l1 11.5c0 .8-.6 1.5-1.5 1.5h-13c-.9 0-1.5-.7-1.5-1.5zM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5M9 15.5l2.2 2.2 4-4"/>"#
        }
        "settled" => {
            r#"<path d="M12 2.8 5 5.3v6c0 4.6 2.8 7.9 7 9.9 4.2-2 7-5.3 7-9.9v-6z"/><path d="m8.7 11.9 2.4 2.4 4.3-4.7"/>"#
        }
        "withdrawn" | "undo" => r#"<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11H9"/>"#,
        "not_collected" => {
            r#"<path d="M5 8h14l1 11.5c0 .8-.6 1.5-1.5 1.5h-13c-.9 0-1.5-.7-1.5-1.5zM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5M9.7 13.7l4.6 4.6M14.3 13.7l-4.6 4.6"/>"#
        }
        "archived" | "archive" => {
            r#"<rect x="3" y="4" width="18" height="5" rx="1"/><path d="M4.5 9v9.5c0 .8.7 1.5 1.5 1.5h12c.8 0 1.5-.7 1.5-1.5V9M9.5 13h5"/>"#
        }
        _ => return None,
    })
}

fn actions(name: &str) -> Option<&'static str> {
    Some(match name {
        "search" => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1"/>"#,
        "plus" => r#"<path d="M12 4.5v15M4.5 12h15"/>"#,
        "minus" => r#"<path d="M4.5 12h15"/>"#,
        "check" => r#"<path d="m4.5 12.8 5 5 10-11"/>"#,
        "cross" => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
        "menu" => r#"<path d="M4 6.5h16M4 12h16M4 17.5h16"/>"#,
        "more" => r#"<path d="M5.5 12h.01M12 12h.01M18.5 12h.01" stroke-width="3"/>"#,
        "cases" | "list" => r#"<path d="M9 6h11.5M9 12h11.5M9 18h11.5M4 6h.01M4 12h.01M4 18h.01" />"#,
        "today" => r#"<path d="M4 10.5 12 4l8 6.5V20h-5.5v-5.5h-5V20H4z"/>"#,
        "keys" => {
            r#"<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6 10h.01M9.5 10h.01M13 10h.01M16.5 10h.01M8 14.5h8"/>"#
        }
        "mine" => {
            r#"<path d="M3.5 13.5 6 5.5c.2-.6.7-1 1.4-1h9.2c.7 0 1.2.4 1.4 1l2.5 8V18c0 .8-.7 1.5-1.5 1.5H5c-.8 0-1.5-.7-1.5-1.5z"/><path d="M3.5 13.5h4.7l1.3 2.5h5l1.3-2.5h4.7"/>"#
        }
        "settings" => {
            r#"<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.2"/><circle cx="9" cy="17" r="2.2"/>"#
        }
        "statistics" => r#"<path d="M4 20h16M6.5 16.5v-5M12 16.5V5M17.5 16.5V9"/>"#,
        "inbox" => r#"<rect x="3" y="4.5" width="18" height="15" rx="2"/><path d="M3 13.5h5l1.3 2.5h5.4l1.3-2.5h5"/>"#,
        "camera" => {
            r#"<path d="M8.5 6 10 3.8h4L15.5 6H19a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2z"/><circle cx="12" cy="12.8" r="3.8"/>"#
        }
        "picture" | "damage" => {
            r#"<rect x="3" y="4.5" width="18" height="15" rx="2"/><circle cx="8.5" cy="9.5" r="1.6"/><path d="m3.5 17.5 5.5-5 3.5 3.2 3.5-3.7 5 4.5"/>"#
        }
        "qr" => {
            r#"<rect x="3.5" y="3.5" width="6.5" height="6.5" rx="1"/><rect x="14" y="3.5" width="6.5" height="6.5" rx="1"/><rect x="3.5" y="14" width="6.5" height="6.5" rx="1"/><path d="M14 14h2.5v2.5M20.5 14v2M14 20.5h2M18.5 18.5h2v2M6.75 6.75h.01M17.25 6.75h.01M6.75 17.25h.01"/>"#
        }
        "receipt" => r#"<path d="M5.5 3v18l2.2-1.5L9.8 21l2.2-1.5 2.2 1.5 2.1-1.5 2.2 1.5V3zM9 8h6M9 12h6M9 16h3"/>"#,
        "document" | "file" => r#"<path d="M6 3h8l4.5 4.5V21H6zM13.5 3v5h5M9 12.5h6.5M9 16.5h6.5"/>"#,
        "label" | "tag" => r#"<path d="M3.5 4.5v7l9 9 8-8-9-9H4.5c-.6 0-1 .4-1 1z"/><circle cx="8" cy="8" r="1.3"/>"#,
        "item" => OTHER,
        "warning" => r#"<path d="M12 3.8 2.6 20h18.8zM12 10v4.5M12 17.3h.01"/>"#,
        "info" => r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.7h.01"/>"#,
        "help" => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M9.4 9.3c.2-1.5 1.2-2.3 2.6-2.3 1.5 0 2.6.9 2.6 2.3 0 2-2.6 2.1-2.6 4.2M12 17h.01"/>"#
        }
        "clock" => r#"<circle cx="12" cy="12" r="9"/><path d="M12 6.8V12l3.5 2.3"/>"#,
        "law" => {
            r#"<path d="M12 3.5v17M7.5 20.5h9M5 6.5h14M5 6.5l-2.8 7a2.9 2.9 0 0 0 5.6 0zM19 6.5l-2.8 7a2.9 2.9 0 0 0 5.6 0z"/>"#
        }
        "calendar" => {
            r#"<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01"/>"#
        }
        "user" => r#"<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.2 3.3-6.5 7.5-6.5s7 2.3 7.5 6.5"/>"#,
        "users" => {
            r#"<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.4-4 2.7-6 6.5-6s6.1 2 6.5 6M15.5 5.2a3.5 3.5 0 0 1 0 6.6M17.5 14.3c2.4.6 3.8 2.5 4 5.7"/>"#
        }
        "store" => {
            r#"<path d="M4.5 4h15L21 9.5a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM4.5 12.2V20h15v-7.8M9.5 20v-5h5v5"/>"#
        }
        "tablet" => r#"<rect x="3" y="4.5" width="18" height="15" rx="2"/><path d="M11 16.8h2"/>"#,
        "logout" => {
            r#"<path d="M14 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>"#
        }
        "lock" => {
            r#"<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2"/>"#
        }
        "key" => r#"<circle cx="8" cy="16" r="4.5"/><path d="m11.3 12.7 8.7-8.7M16 8l2.8 2.8M18.5 5.5l2 2"/>"#,
        "chevron_right" => r#"<path d="m9 5 7 7-7 7"/>"#,
        "chevron_left" => r#"<path d="m15 5-7 7 7 7"/>"#,
        "chevron_down" => r#"<path d="m5 9 7 7 7-7"/>"#,
        "chevron_up" => r#"<path d="m5 15 7-7 7 7"/>"#,
        "arrow_right" => r#"<path d="M4 12h16M14 6l6 6-6 6"/>"#,
        "arrow_left" => r#"<path d="M20 12H4M10 6l-6 6 6 6"/>"#,
        "mail" => r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7 8.5 6.5L20.5 7"/>"#,
        "mail_failed" => {
            r#"<path d="M21 11V7a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h6.5M3.5 7l8.5 6.5L20.5 7M15.5 15.5l5 5M20.5 15.5l-5 5"/>"#
        }
        "call" | "phone" => {
            r#"<path d="M4 5.5C4 4.7 4.7 4 5.5 4h2.8l1.7 4.3-2.1 1.6a12 12 0 0 0 6.2 6.2l1.6-2.1 4.3 1.7v2.8c0 .8-.7 1.5-1.5 1.5C10.6 20 4 13.4 4 5.5z"/>"#
        }
        "edit" => {
            r#"<path d="m4 20 1-4.5L16.2 4.3a1.8 1.8 0 0 1 2.6 0l.9.9a1.8 1.8 0 0 1 0 2.6L8.5 19zM14 6.5l3.5 3.5"/>"#
        }
        "note" => r#"<path d="M4 4h16v11l-5 5H4zM20 15h-5v5M8 8.5h8M8 12.5h5"/>"#,
        "comment" => {
            r#"<path d="M4.5 4.5h15c.6 0 1 .4 1 1v10.3c0 .6-.4 1-1 1H12L7.5 20.5v-3.7h-3c-.6 0-1-.4-1-1V5.5c0-.6.4-1 1-1z"/>"#
        }
        "trash" => r#"<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5 7 20.5h10l1-14M10 10.5v6M14 10.5v6"/>"#,
        "print" => {
            r#"<path d="M7 8.5V3.5h10v5M7 17H5a2 2 0 0 1-2-2v-4.5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2V15a2 2 0 0 1-2 2h-2M7 14h10v6.5H7z"/>"#
        }
        "copy" => {
            r#"<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8c0 1.1.9 2 2 2h3"/>"#
        }
        "download" => r#"<path d="M12 3.5v12M7 11l5 5 5-5M4.5 20.5h15"/>"#,
        "upload" => r#"<path d="M12 16V4M7 8.5 12 3.5l5 5M4.5 20.5h15"/>"#,
        "refresh" => r#"<path d="M20 11.5a8 8 0 1 0-2.3 6.2M20 5v6.5h-6.5"/>"#,
        "filter" => r#"<path d="M3.5 5h17l-6.5 8v6.5l-4-2V13z"/>"#,
        "sort" => r#"<path d="M7 4.5v15M3.5 16 7 19.5l3.5-3.5M13 6h7.5M13 11h5.5M13 16h3"/>"#,
        "link" => {
            r#"<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.6-1.6"/>"#
        }
        "open" => {
            r#"<path d="M13.5 4H20v6.5M20 4l-9 9M17.5 13.5V19c0 .6-.4 1-1 1H5c-.6 0-1-.4-1-1V7.5c0-.6.4-1 1-1h5.5"/>"#
        }
        "zoom_in" => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1M7.5 10.5h6M10.5 7.5v6"/>"#,
        "zoom_out" => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1M7.5 10.5h6"/>"#,
        "offline" => {
            r#"<path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5.5 12c1.2-1.1 2.6-1.9 4.2-2.3M18.5 12a10 10 0 0 0-4.7-2.5M2.5 8.7c1.2-1.1 2.5-2 4-2.6M21.5 8.7A14 14 0 0 0 11 5.2M12 19h.01"/>"#
        }
        "language" | "web" => {
            r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.7 2.7 4 5.7 4 9s-1.3 6.3-4 9c-2.7-2.7-4-5.7-4-9s1.3-6.3 4-9z"/>"#
        }
        "money" => {
            r#"<rect x="2.5" y="6" width="19" height="12" rx="2"/><circle cx="12" cy="12" r="2.8"/><path d="M6 12h.01M18 12h.01"/>"#
        }
        "scale" | "decide" => {
            r#"<path d="M12 3.5V20.5M7.5 20.5h9M5 6.5h14M5 6.5 2.5 13a2.8 2.8 0 0 0 5 0zM19 6.5 16.5 13a2.8 2.8 0 0 0 5 0z"/>"#
        }
        "truck" | "pick_up_ordered" | "on_its_way" => {
            r#"<path d="M2.5 6.5h11.5v10H2.5zM14 10h4l3.5 3.5v3H14z"/><circle cx="7" cy="17.5" r="2"/><circle cx="17.5" cy="17.5" r="2"/>"#
        }
        "returns" => r#"<path d="M12 3 20.5 7.5v9L12 21l-8.5-4.5v-9zM3.5 7.5 12 12l8.5-4.5M12 12v9"/>"#,
        "scan" => {
            r#"<path d="M3.5 8V5.5a2 2 0 0 1 2-2H8M16 3.5h2.5a2 2 0 0 1 2 2V8M20.5 16v2.5a2 2 0 0 1-2 2H16M8 20.5H5.5a2 2 0 0 1-2-2V16M8 8v8M11 8v8M13.5 8v8M16 8v8"/>"#
        }
        "history" => r#"<path d="M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 7.5V12l3 2"/>"#,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::drawing;
    use domain::attachment::AttachmentKind;
    use domain::phase::Phase;

    #[test]
    fn every_phase_and_kind_of_picture_has_a_drawing_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for phase in Phase::ALL {
            assert!(seen.insert(drawing(phase.key())), "{} looks like another phase", phase.key());
        }
        for kind in AttachmentKind::ALL.into_iter().filter(|kind| *kind != AttachmentKind::Item) {
            assert_ne!(drawing(kind.key()), drawing("other"), "{} has no drawing", kind.key());
        }
    }

    #[test]
    fn every_type_of_ours_has_a_drawing_of_its_own() {
        let icons: Vec<String> = domain::defaults::types().into_iter().map(|t| t.icon).collect();
        let drawings: std::collections::BTreeSet<_> = icons.iter().map(|icon| drawing(icon)).collect();
        assert_eq!(drawings.len(), icons.len());
    }
}
