//! What a setting must be before it is saved: tidied, or refused with the input's name.

use super::iso::{is_country, is_currency};
use crate::desk::book::Book;
use crate::desk::sessions::account::{checked_email, checked_login};
use app::backend::{Adr, Organisation, StaffView, StoreView};
use app::error::AppError;
use domain::Localized;
use domain::collecting::CollectPlan;
use domain::deadline::watch::Plan;
use domain::id::{Key, StaffId};
use domain::role::Role;
use jiff::tz::TimeZone;

type Checked<T> = Result<T, AppError>;

pub fn organisation(input: Organisation) -> Checked<Organisation> {
    Ok(Organisation {
        name: name(&input.name, "name", 100)?,
        currency: known(&input.currency, "currency", is_currency)?,
        country: known(&input.country, "country", is_country)?,
        time_zone: zone(&input.time_zone)?,
        reply_to: email(&input.reply_to, "reply_to")?,
        adr: input.adr.map(adr).transpose()?,
        plan: plan(input.plan)?,
        collecting: collecting(input.collecting)?,
        ..input
    })
}

/// A statement that names nobody is none.
fn adr(input: Adr) -> Checked<Adr> {
    Ok(Adr { body: name(&input.body, "adr_body", 200)?, address: line(&input.address, "adr_address", 300)?, ..input })
}

/// The farthest first, each once.
fn plan(input: Plan) -> Checked<Plan> {
    const FARTHEST: u16 = 60;
    let mut reminders = input.reminders;
    reminders.sort_unstable_by(|a, b| b.cmp(a));
    reminders.dedup();
    let within =
        |days: &u16, field| if *days > FARTHEST { Err(AppError::invalid(field, "out_of_range")) } else { Ok(*days) };
    if reminders.len() > 10 {
        return Err(AppError::invalid("reminders", "out_of_range"));
    }
    reminders.iter().try_for_each(|days| within(days, "reminders").map(drop))?;
    Ok(Plan {
        deputy: within(&input.deputy, "remind_deputy")?,
        admin: within(&input.admin, "remind_admin")?,
        reminders,
    })
}

/// At least the last call; no pause of nothing, and none of more than a year.
fn collecting(input: CollectPlan) -> Checked<CollectPlan> {
    const MOST: usize = 6;
    let days = |days: u16, field| {
        if (1..=366).contains(&days) { Ok(()) } else { Err(AppError::invalid(field, "out_of_range")) }
    };
    if input.pauses.is_empty() || input.pauses.len() > MOST {
        return Err(AppError::invalid("collect_pauses", "out_of_range"));
    }
    input.pauses.iter().try_for_each(|pause| days(*pause, "collect_pauses"))?;
    days(input.last, "collect_last")?;
    Ok(input)
}

pub fn store(input: StoreView, book: &Book) -> Checked<StoreView> {
    let code = line(&input.code, "code", 12)?.to_uppercase();
    if code.is_empty() {
        return Err(AppError::invalid("code", "missing"));
    }
    if !code.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
        return Err(AppError::invalid("code", "not_a_code"));
    }
    let country = known(&input.country, "country", is_country)?;
    Ok(StoreView {
        code,
        name: name(&input.name, "name", 100)?,
        email: email(&input.email, "email")?,
        phone: line(&input.phone, "phone", 40)?,
        address: line(&input.address, "address", 200)?,
        land: input.land.filter(|_| country == "DE"),
        country,
        time_zone: zone(&input.time_zone)?,
        handler: handler(input.handler, book)?,
        ..input
    })
}

pub fn staff(input: StaffView, book: &Book) -> Checked<StaffView> {
    let login = checked_login(&input.login)?;
    if input.stores.iter().any(|store| !book.stores.contains_key(store)) {
        return Err(AppError::invalid("stores", "unknown_choice"));
    }
    if input.role != Role::Admin && input.stores.is_empty() {
        return Err(AppError::invalid("stores", "missing"));
    }
    let name = name(&input.name, "name", 100)?;
    Ok(StaffView { login, name, email: checked_email(&input.email)?, ..input })
}

/// At least one language must have it; the others then fall back to that.
pub fn localized(input: &Localized) -> Checked<Localized> {
    let [en, nb, pl] = [("name_en", &input.en), ("name_nb", &input.nb), ("name_pl", &input.pl)]
        .map(|(field, text)| line(text, field, 80));
    let checked = Localized { en: en?, nb: nb?, pl: pl? };
    if checked.get(domain::Locale::En).is_empty() {
        return Err(AppError::invalid("name", "missing"));
    }
    Ok(checked)
}

/// An active handler or admin.
pub fn handler(input: Option<StaffId>, book: &Book) -> Checked<Option<StaffId>> {
    let fits = |id: &StaffId| book.staff.get(id).is_some_and(|staff| staff.active && staff.role >= Role::Handler);
    match input {
        Some(id) if !fits(&id) => Err(AppError::invalid("handler", "unknown_choice")),
        _ => Ok(input),
    }
}

/// A key from a name: `Wymiana na nowy` is `wymiana_na_nowy`. A number is added where it is taken.
pub fn key_of(name: &str, taken: impl Fn(&Key) -> bool) -> Key {
    let folded = domain::fold::fold(name);
    let ascii: String = folded
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(36)
        .collect::<String>()
        .split('_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("_");
    let base = if ascii.is_empty() { "own".to_owned() } else { ascii };
    let mut candidates = std::iter::once(base.clone())
        .chain((2_u16..).map(|n| format!("{base}_{n}")))
        .filter_map(|key| key.parse().ok());
    candidates.find(|key| !taken(key)).expect("the numbers don't end before the list does")
}

fn name(text: &str, field: &str, most: usize) -> Checked<String> {
    let text = line(text, field, most)?;
    if text.is_empty() { Err(AppError::invalid(field, "missing")) } else { Ok(text) }
}

/// One line without control characters.
pub fn line(text: &str, field: &str, most: usize) -> Checked<String> {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > most { Err(AppError::invalid(field, "text_too_long")) } else { Ok(line) }
}

/// Empty, or an address that mail reaches.
pub fn email(text: &str, field: &str) -> Checked<String> {
    match text.trim() {
        "" => Ok(String::new()),
        text => domain::email::parse(text).ok_or_else(|| AppError::invalid(field, "not_an_email")),
    }
}

fn known(code: &str, field: &str, is_known: impl Fn(&str) -> bool) -> Checked<String> {
    let code = code.trim().to_ascii_uppercase();
    if is_known(&code) { Ok(code) } else { Err(AppError::invalid(field, "unknown_choice")) }
}

/// A zone by its IANA name, in the writing of the database.
fn zone(text: &str) -> Checked<String> {
    let zone = TimeZone::get(text.trim()).ok();
    let name = zone.as_ref().and_then(|zone| zone.iana_name());
    name.map(str::to_owned).ok_or_else(|| AppError::invalid("time_zone", "unknown_choice"))
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn keys_come_from_names() {
        let of = |name: &str| key_of(name, |_| false).to_string();
        assert_eq!(of("New product!"), "new_product");
        assert_eq!(of("Zwrot pieniędzy – gotówka"), "zwrot_pieniedzy_gotowka");
        assert_eq!(of("новый"), "own");
        assert!(of(&"long ".repeat(50)).len() <= 40);
        assert_eq!(key_of("Refund", |key| matches!(key.as_str(), "refund" | "refund_2")).to_string(), "refund_3");
    }
}
