//! One field's typed answer into its canonical one.

use super::schema::Choice;
use super::{Context, Fault, FieldKind, clean};
use crate::decimal::{self, DecimalError};
use crate::phone::Phone;
use crate::{Locale, date, ean, email, format, money};
use jiff::Span;
use jiff::civil::Date;

/// Characters of a field that sets no limit of its own.
const TEXT: u32 = 200;
const LONG_TEXT: u32 = 10_000;
const ADDRESS: u32 = 500;
/// Characters of an article or serial number.
const CODE: u32 = 60;

/// The canonical values, none if nothing was answered.
pub(super) fn read(kind: &FieldKind, raw: &[String], context: &Context) -> Result<Vec<String>, Fault> {
    if let FieldKind::Choices { options } = kind {
        return several(options, raw);
    }
    if matches!(kind, FieldKind::Picture { .. }) {
        return Ok(Vec::new());
    }
    let first = raw.first().map_or("", String::as_str);
    let text = match kind {
        FieldKind::LongText { .. } | FieldKind::Address => clean::lines(first),
        _ => clean::line(first),
    };
    if text.is_empty() {
        return Ok(Vec::new());
    }
    one(kind, text, context).map(|value| value.into_iter().collect())
}

fn one(kind: &FieldKind, text: String, context: &Context) -> Result<Option<String>, Fault> {
    let locale = context.locale;
    Ok(Some(match kind {
        FieldKind::Text { max } => within(text, max.unwrap_or(TEXT))?,
        FieldKind::LongText { max } => within(text, max.unwrap_or(LONG_TEXT))?,
        FieldKind::Address => within(text, ADDRESS)?,
        FieldKind::Number { decimals, min, max, unit } => {
            let bare = Locale::ALL.iter().find_map(|locale| without_unit(&text, unit.get(*locale))).unwrap_or(&text);
            let units = decimal::parse(bare, locale, *decimals).map_err(|error| match error {
                DecimalError::TooFine if *decimals == 0 => Fault::NotAWholeNumber,
                DecimalError::TooFine | DecimalError::NotANumber => Fault::NotANumber,
            })?;
            let shown = |limit: i64| format::number(locale, limit, *decimals, unit.get(locale));
            match (min, max) {
                (Some(min), _) if units < *min => return Err(Fault::TooSmall(shown(*min))),
                (_, Some(max)) if units > *max => return Err(Fault::TooLarge(shown(*max))),
                _ => units.to_string(),
            }
        }
        FieldKind::Money { max_minor } => {
            let minor = money::parse(&text, locale).ok_or(Fault::NotMoney)?;
            match max_minor {
                Some(max) if minor > *max => return Err(Fault::TooLarge(money::typed(locale, *max))),
                _ => minor.to_string(),
            }
        }
        FieldKind::Date { earliest, latest } => {
            let date = date::parse(&text, context.today).ok_or(Fault::NotADate)?;
            let bound = |days: &Option<i32>| days.and_then(|days| from_today(context.today, days));
            match (bound(earliest), bound(latest)) {
                (Some(earliest), _) if date < earliest => return Err(Fault::TooEarly(format::date(locale, earliest))),
                (_, Some(latest)) if date > latest => return Err(Fault::TooLate(format::date(locale, latest))),
                _ => date.to_string(),
            }
        }
        FieldKind::Choice { options } => {
            options.iter().any(|option| option.key.as_str() == text).then_some(text).ok_or(Fault::UnknownChoice)?
        }
        FieldKind::YesNo if matches!(text.as_str(), "yes" | "no") => text,
        FieldKind::YesNo => return Err(Fault::UnknownChoice),
        // `on` is what a browser sends for a ticked box without a value.
        FieldKind::Tick => return Ok(matches!(text.as_str(), "yes" | "on" | "true").then(|| "yes".to_owned())),
        FieldKind::Email => email::parse(&text).ok_or(Fault::NotAnEmail)?,
        FieldKind::Phone => Phone::parse(&text, &context.country).ok_or(Fault::NotAPhone)?.e164,
        FieldKind::Ean => ean::article(&within(text, CODE)?).map_err(|_| Fault::CheckDigit)?,
        FieldKind::Serial => ean::serial(&within(text, CODE)?).map_err(|_| Fault::CheckDigit)?,
        FieldKind::Choices { .. } | FieldKind::Picture { .. } => return Ok(None),
    }))
}

/// The chosen keys in the options' order, each once.
fn several(options: &[Choice], raw: &[String]) -> Result<Vec<String>, Fault> {
    let chosen: Vec<String> = raw.iter().map(|value| clean::line(value)).filter(|value| !value.is_empty()).collect();
    let known = |value: &String| options.iter().any(|option| option.key.as_str() == value);
    if !chosen.iter().all(known) {
        return Err(Fault::UnknownChoice);
    }
    let keys = options.iter().map(|option| option.key.as_str());
    Ok(keys.filter(|key| chosen.iter().any(|value| value == key)).map(str::to_owned).collect())
}

fn within(text: String, max: u32) -> Result<String, Fault> {
    let fits = text.chars().nth(usize::try_from(max).unwrap_or(usize::MAX)).is_none();
    if fits { Ok(text) } else { Err(Fault::TooLong(max)) }
}

fn without_unit<'a>(text: &'a str, unit: &str) -> Option<&'a str> {
    if unit.is_empty() {
        return None;
    }
    let at = text.len().checked_sub(unit.len())?;
    text.get(at..).filter(|tail| tail.eq_ignore_ascii_case(unit)).map(|_| text[..at].trim_end())
}

fn from_today(today: Date, days: i32) -> Option<Date> {
    today.checked_add(Span::new().try_days(days).ok()?).ok()
}
