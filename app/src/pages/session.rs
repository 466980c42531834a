//! What the pages that begin or end a session share on the server's side.

use crate::backend::{Origin, SetCookie};
use crate::error::AppError;
use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// Where the request comes from.
///
/// # Errors
/// `Transport` where the request's handler has not provided it: nobody signs in without a limit on attempts.
pub fn origin() -> Result<Origin, AppError> {
    use_context::<Origin>().ok_or(AppError::Transport)
}

/// Sends the session's cookie with the answer.
pub fn answer(cookie: &SetCookie) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.0)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The value of the request's cookie of that name.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// "Firefox, Android": enough for people to know their devices apart.
pub fn device() -> String {
    let agent = use_context::<http::request::Parts>()
        .and_then(|parts| parts.headers.get(header::USER_AGENT)?.to_str().ok().map(str::to_owned))
        .unwrap_or_default();
    name_of(&agent)
}

/// The order counts: Edge says Chrome, Chrome says Safari, Android says Linux.
fn name_of(agent: &str) -> String {
    let pick =
        |table: &[(&str, &'static str)]| table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = pick(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = pick(&[
        ("iPad", "iPad"),
        ("iPhone", "iPhone"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn devices_are_named_as_people_know_them() {
        let chrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36";
        assert_eq!(name_of(chrome), "Chrome, Android");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(name_of(edge), "Edge, Windows");
        let ipad = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1";
        assert_eq!(name_of(ipad), "Safari, iPad");
        assert_eq!(name_of("curl/8.9"), "curl/8.9");
    }
}
