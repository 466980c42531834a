//! Every string of the screens: `texts::<namespace>::<key>(locale, …)`, generated from `app/locales` by `build.rs`.
//!
//! A plain text is a `const fn` to `&'static str`; one with `{name}` placeholders takes them as `&str` in the order of
//! the English text; a plural takes `n` first. Namespaces marked `"_by_key": true` also have `by_key`, for words that
//! are looked up by a domain key.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

pub mod words;

use domain::format::count;
