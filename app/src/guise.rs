//! How a customer's page is shown: in a language that was chosen, within the page of a shop. It stands in the address, since
//! a browser may keep no cookie for a frame, and goes along on every link and form.

use domain::Locale;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// `?embed=1&lang=nb`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guise {
    /// Within another site's page, without our own header.
    pub framed: bool,
    /// What the reader chose; else their browser chooses.
    pub locale: Option<Locale>,
}

impl Guise {
    /// Of an address' query, with or without its `?`.
    pub fn of_query(query: &str) -> Self {
        let mut guise = Self::default();
        for (name, value) in form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
            match &*name {
                "embed" => guise.framed = value == "1",
                "lang" => guise.locale = value.parse().ok(),
                _ => {}
            }
        }
        guise
    }

    /// The same in another language.
    pub const fn speaking(self, locale: Locale) -> Self {
        Self { locale: Some(locale), ..self }
    }

    /// An address of ours that is shown the same way.
    pub fn put_on(self, address: &str) -> String {
        let query = self.query();
        if query.is_empty() {
            return address.to_owned();
        }
        let (address, hash) = address.find('#').map_or((address, ""), |at| address.split_at(at));
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}{query}{hash}")
    }

    /// As it stands in a query; empty for what is shown as usual.
    pub fn query(self) -> String {
        let framed = self.framed.then(|| "embed=1".to_owned());
        let locale = self.locale.map(|locale| format!("lang={locale}"));
        framed.into_iter().chain(locale).collect::<Vec<_>>().join("&")
    }
}

/// Of the page that is shown.
pub fn use_guise() -> Guise {
    use_location().search.with_untracked(|query| Guise::of_query(query))
}

/// For forms that post to a server function: the page that follows is shown the same way.
#[component]
pub fn GuiseInput() -> impl IntoView {
    view! { <input type="hidden" name="guise" value=use_guise().query()/> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_along() {
        let guise = Guise::of_query("?item=1&embed=1&lang=pl-PL");
        assert_eq!(guise, Guise { framed: true, locale: Some(Locale::Pl) });
        assert_eq!(guise.put_on("/report"), "/report?embed=1&lang=pl");
        assert_eq!(guise.put_on("/report/0?item=1#wish"), "/report/0?item=1&embed=1&lang=pl#wish");
        assert_eq!(Guise::of_query("embed=yes&lang=xx").put_on("/report"), "/report");
        assert_eq!(Guise::default().speaking(Locale::Nb).query(), "lang=nb");
    }
}
