use super::*;
use crate::form::{Context, check};
use crate::{Locale, defaults};
use jiff::civil::date;

fn offer() -> DeliveryOffer {
    DeliveryOffer { routes: Route::ALL.to_vec(), stores: vec![(StoreId(uuid::Uuid::nil()), "Oslo".to_owned())] }
}

fn sold() -> Answers {
    let mut answers = Answers::default();
    answers.set(common::SOLD, "yes");
    answers
}

fn context() -> Context {
    Context { locale: Locale::Nb, today: date(2026, 11, 22), country: "NO".to_owned(), pictures: Vec::new() }
}

#[test]
fn customers_are_not_asked_what_only_staff_know() {
    for kind in defaults::types() {
        let form = filing_form(&kind.form, &sold(), true, &offer());
        assert!(form.fields().all(|field| !field.staff_only), "{}", kind.key);
        assert!(form.field(common::SOLD).is_none());
        let email = form.field(common::CUSTOMER_EMAIL).expect("customers have an address");
        assert_eq!((&email.required, &email.shown_when), (&Required::Always, &None));
        // Nothing depends on a field that is not there.
        for field in form.fields() {
            let required = match &field.required {
                Required::When(condition) => Some(condition),
                _ => None,
            };
            for condition in field.shown_when.iter().chain(required) {
                assert!(form.field(condition.field.as_str()).is_some(), "{}: {}", kind.key, field.key);
            }
        }
    }
}

#[test]
fn with_a_gateway_the_customer_chooses_and_gives_what_they_chose() {
    for kind in defaults::types() {
        let form = filing_form(&crate::form::asking_medium(&kind.form), &sold(), true, &DeliveryOffer::default());
        let ours = [common::CUSTOMER_MEDIUM, common::CUSTOMER_PHONE, common::CUSTOMER_EMAIL];
        let order: Vec<&str> = form.fields().map(|f| f.key.as_str()).filter(|key| ours.contains(key)).collect();
        assert_eq!(order, ours);
        let missing = |pairs: &[(&str, &str)]| {
            let mut answers = Answers::default();
            for (key, value) in pairs {
                answers.set(key, *value);
            }
            let problems = check(&form, &answers, &context()).err().unwrap_or_default();
            let problems = problems.iter().map(|problem| problem.field.to_string());
            problems.filter(|key| ours.contains(&key.as_str())).collect::<Vec<_>>()
        };
        let (medium, email, phone) = (common::CUSTOMER_MEDIUM, common::CUSTOMER_EMAIL, common::CUSTOMER_PHONE);
        assert_eq!(missing(&[]), [medium, email]);
        assert_eq!(missing(&[(medium, "email"), (phone, "912 34 567")]), [email]);
        assert_eq!(missing(&[(medium, "sms"), (email, "kari@example.no")]), [phone]);
        assert!(missing(&[(medium, "sms"), (phone, "912 34 567")]).is_empty());
        assert!(missing(&[(medium, "email"), (email, "kari@example.no")]).is_empty());
        assert_eq!(missing(&[(medium, "sms"), (phone, "123")]), [phone], "no number that an SMS could reach");
    }
}

#[test]
fn no_key_stands_twice_and_the_address_is_always_asked() {
    for kind in defaults::types() {
        let form = filing_form(&kind.form, &sold(), true, &offer());
        let mut keys: Vec<&Key> = form.fields().map(|field| &field.key).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), all, "{}", kind.key);
    }
    let bare = Form { version: 1, sections: Vec::new() };
    let form = filing_form(&bare, &sold(), true, &offer());
    assert_eq!(form.field(common::CUSTOMER_EMAIL).map(|field| &field.required), Some(&Required::Always));
    assert!(filing_form(&bare, &sold(), false, &offer()).field(common::CUSTOMER_EMAIL).is_none());
}

#[test]
fn sections_follow_the_steps() {
    for kind in defaults::types() {
        let form = filing_form(&kind.form, &sold(), true, &offer());
        let steps: Vec<Step> = form.sections.iter().map(|s| Step::of_section(s.key.as_str())).collect();
        assert!(steps.is_sorted(), "{}: {steps:?}", kind.key);
        assert_eq!(steps.last(), Some(&Step::Delivery));
    }
}

#[test]
fn further_articles_ask_neither_for_the_customer_nor_for_the_way() {
    let shoes = &defaults::types()[0].form;
    let form = filing_form(shoes, &sold(), false, &offer());
    assert!(form.sections.iter().all(|s| !Step::of_section(s.key.as_str()).is_shared()));
    assert!(form.field(common::DESCRIPTION).is_some());
}

#[test]
fn a_courier_wants_address_day_and_hours_and_a_store_none_of_them() {
    let form = Form { version: 1, sections: delivery_section(&offer()).into_iter().collect() };
    let mut answers = Answers::default();
    answers.set(delivery::ROUTE, "pick_up");
    let missing = check(&form, &answers, &context()).expect_err("nothing else is filled in");
    let missing: Vec<&str> = missing.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(missing, [delivery::STREET, delivery::POSTCODE, delivery::CITY, delivery::DATE, delivery::WINDOW]);
    answers.set(delivery::ROUTE, "store");
    answers.set(delivery::STORE, uuid::Uuid::nil().to_string());
    assert!(check(&form, &answers, &context()).is_ok());
}

#[test]
fn what_cannot_be_offered_is_not() {
    assert!(delivery_section(&DeliveryOffer::default()).is_none());
    let only_store = DeliveryOffer { routes: vec![Route::Store], stores: Vec::new() };
    assert!(delivery_section(&only_store).is_none());
}

#[test]
fn the_way_of_the_goods_is_no_answer_about_them() {
    let mut answers = sold();
    answers.set(delivery::ROUTE, "parcel");
    let way = split_delivery(&mut answers);
    assert_eq!((answers, way.first(delivery::ROUTE)), (sold(), "parcel"));
}
