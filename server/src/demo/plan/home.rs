//! What customers do from home, and how their goods come.

use super::{Course, Home, PLACE, key};
use crate::demo::fill::answers;
use crate::desk::Desk;
use crate::store::cases;
use crate::store::error::{Result, StoreError};
use app::backend::{Origin, ReportInput, Reports, RmaDeed, Rmas, Viewer};
use domain::form::check;
use domain::form::filing::delivery;
use domain::form::schema::common;
use domain::rma::{Condition, Route};
use jiff::ToSpan;
use rand::rngs::StdRng;
use std::net::{IpAddr, Ipv6Addr};

pub(super) async fn live(desk: &Desk, rng: &mut StdRng, course: &Course, who: &Viewer, step: Home) -> Result<()> {
    match step {
        Home::Begin => begin(desk, rng, course).await,
        Home::Send => Ok(desk.send_report(course.person.locale, &course.token).await.map(drop)?),
        Home::Confirm => Ok(desk.confirm_report(&secret(desk, course).await?).await.map(drop)?),
        Home::Arrive => arrive(desk, course, who).await,
    }
}

async fn begin(desk: &Desk, rng: &mut StdRng, course: &Course) -> Result<()> {
    let type_key = key(course.story.type_key)?;
    let book = desk.book();
    let kind = book.types.get(&type_key).ok_or_else(|| StoreError::corrupt("the demo's type is missing"))?;
    let form = book.form(&type_key, kind.form_version)?;
    let today = course.store.today(&*desk.clock);
    let context = check::Context {
        locale: course.person.locale,
        today,
        country: course.store.country.clone(),
        pictures: Vec::new(),
    };
    let mut answers = answers(rng, form, course.story, &course.person, &context);
    for field in form.fields().filter(|field| field.staff_only && field.key.as_str() != common::CUSTOMER_EMAIL) {
        answers.0.remove(field.key.as_str());
    }
    let route = course.home.unwrap_or(Route::Store);
    let address =
        if course.store.country == "PL" { ["Długa 7", "31-147", "Kraków"] } else { ["Parkveien 3", "0350", "Oslo"] };
    let mut say = |key: &str, value: &str| answers.set(key, value);
    say(delivery::ROUTE, route.key());
    if route == Route::Store {
        say(delivery::STORE, &course.store.id.to_string());
    } else {
        for (key, value) in [delivery::STREET, delivery::POSTCODE, delivery::CITY].into_iter().zip(address) {
            say(key, value);
        }
    }
    if route == Route::PickUp {
        say(delivery::DATE, &today.saturating_add(3.days()).to_string());
        say(delivery::WINDOW, delivery::WINDOWS[1]);
    }
    let input = ReportInput {
        token: course.token.clone(),
        case: course.id,
        type_key: type_key.clone(),
        form_version: kind.form_version,
        answers,
        website: String::new(),
    };
    // Each from a home of its own: an address begins only so many.
    let host =
        course.id.to_string().bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let origin = Origin { address: IpAddr::V6(Ipv6Addr::from((0x2001_0db8_u128 << 96) | (u128::from(host) << 32))) };
    Ok(desk.save_report(origin, course.person.locale, input).await?)
}

/// What the link in the letter holds.
async fn secret(desk: &Desk, course: &Course) -> Result<String> {
    let sql = "select letters.body from letters join report_items on report_items.report_id = letters.report_id \
         where report_items.case_id = $1 and letters.template = 'confirm'";
    let body: String =
        sqlx::query_scalar(sql).bind(course.id.to_string()).fetch_one(&mut *desk.db.read().await?).await?;
    let token = body.split("/confirm/").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_hexdigit).collect());
    token.ok_or_else(|| StoreError::corrupt("a letter without its link"))
}

async fn arrive(desk: &Desk, course: &Course, who: &Viewer) -> Result<()> {
    let number = cases::whereabouts(&mut *desk.db.read().await?, course.id).await?;
    let (number, _) = number.ok_or_else(|| StoreError::corrupt("the demo's case is missing"))?;
    let rma = desk.rma(who, number).await?.rma;
    let receive = RmaDeed::Receive { condition: Condition::AsDescribed, place: PLACE.to_owned(), note: String::new() };
    Ok(desk.act_on_rma(who, rma.id, rma.version, receive).await?)
}
