//! Answers of a public form, as strangers send them: lines of `key=value`, the first line the type's place and the
//! language. Whatever they are, the check ends, and what it lets through it lets through again as it is.

#![no_main]

use domain::form::{Answers, Context, DeliveryOffer, check, filing_form, retyped, typed};
use domain::id::StoreId;
use domain::rma::Route;
use domain::{Locale, defaults};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static TYPES: LazyLock<Vec<defaults::ComplaintType>> = LazyLock::new(defaults::types);

fn context(locale: Locale) -> Context {
    let country = if locale == Locale::Pl { "PL" } else { "NO" };
    Context { locale, today: jiff::civil::date(2026, 11, 22), country: country.to_owned(), pictures: Vec::new() }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.lines();
    let head = lines.next().unwrap_or_default().as_bytes();
    let of = |at: usize, many: usize| usize::from(head.get(at).copied().unwrap_or_default()) % many;
    let kind = &TYPES[of(0, TYPES.len())];
    let locale = Locale::ALL[of(1, Locale::ALL.len())];
    let mut answers = Answers::default();
    for line in lines {
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        answers.0.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    let mut implied = Answers::default();
    implied.set(domain::form::schema::common::SOLD, "yes");
    let offer = DeliveryOffer { routes: Route::ALL.to_vec(), stores: vec![(StoreId(Default::default()), "Oslo".to_owned())] };
    let form = filing_form(&kind.form, &implied, of(2, 2) == 0, &offer);
    let here = context(locale);
    if let Ok(canonical) = check(&form, &answers, &here) {
        for other in Locale::ALL {
            let again = check(&form, &typed(&form, &canonical, other), &context(other));
            // A phone without a prefix is another one in another country; everything else stays what it is.
            if other == locale {
                assert_eq!(again.as_ref(), Ok(&canonical));
            }
        }
    }
    for other in Locale::ALL {
        let _ = retyped(&form, &answers, &here, other);
    }
});
