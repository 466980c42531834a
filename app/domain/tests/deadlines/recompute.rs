use super::*;
use domain::deadline::recompute::{ClockChange, FactChange, Recomputed, recompute};
use domain::deadline::regimes::load;
use proptest::prelude::*;

fn changed(before: &Facts, after: &Facts) -> Option<Recomputed> {
    let table = Table::current();
    recompute((table, before), (table, after), &zone()).expect("in the calendar")
}

/// `slot: before -> after`, by legal ends.
fn told(changes: &[ClockChange]) -> Vec<String> {
    let end = |side: &Option<domain::deadline::recompute::Reckoned>| {
        side.as_ref().map_or_else(|| "no law".to_owned(), |clock| text(clock.ends))
    };
    changes.iter().map(|change| format!("{}: {} -> {}", change.slot, end(&change.before), end(&change.after))).collect()
}

#[test]
fn facts_5_a_corrected_purchase_date_shows_before_and_after() {
    let before = case(Country::Pl, "2024-03-01", "2026-10-17");
    let after = case(Country::Pl, "2025-03-01", "2026-10-17");
    let recomputed = changed(&before, &after).expect("clocks moved");
    assert_eq!(
        told(&recomputed.clocks),
        ["guarantee_end:delivered: 2026-03-01 -> 2027-03-01", "presumption_end:delivered: 2026-03-01 -> 2027-03-01"]
    );
    let fact = |fact: &str| FactChange {
        fact: fact.to_owned(),
        before: Some("2024-03-01".to_owned()),
        after: Some("2025-03-01".to_owned()),
    };
    assert_eq!(recomputed.facts, [fact("contract"), fact("delivered")]);
    assert_eq!((recomputed.version_before, recomputed.version_after), (1, 1));
}

#[test]
fn facts_5_another_contract_date_may_mean_another_regime() {
    let before = case(Country::De, "2026-07-30", "2026-09-01");
    let mut after = case(Country::De, "2026-07-31", "2026-09-01");
    after.repairs = vec![Repair { handed_back: Some(ymd("2026-09-20")), ..repair("2026-09-18") }];
    let changes = told(&changed(&before, &after).expect("clocks moved").clocks);
    assert!(changes.contains(&"extension:repaired: no law -> 2029-07-31".to_owned()), "{changes:?}");
    assert!(changes.contains(&"limitation_floor:handed_back:  -> 2026-11-20".to_owned()), "{changes:?}");
    let changes = told(&changed(&after, &before).expect("clocks moved").clocks);
    assert!(changes.contains(&"extension:repaired: 2029-07-31 -> no law".to_owned()), "{changes:?}");
    // Without a repair the newer regime has a clock more, and it has not started: nothing to tell of.
    after.repairs.clear();
    let changes = told(&changed(&before, &after).expect("clocks moved").clocks);
    assert!(!changes.iter().any(|change| change.starts_with("extension")), "{changes:?}");
}

#[test]
fn facts_5_replaced_goods_begin_anew_in_denmark() {
    let before = case(Country::Dk, "2026-01-05", "2026-10-17");
    let after = Facts { replaced: Some(ymd("2026-11-02")), ..before.clone() };
    let recomputed = changed(&before, &after).expect("clocks moved");
    assert_eq!(told(&recomputed.clocks), ["replacement_restart:replaced:  -> 2028-11-02"]);
    assert_eq!(recomputed.facts[0].before, None);
}

#[test]
fn facts_5_an_earlier_receipt_moves_the_answer() {
    let before = case(Country::Pl, "2026-01-05", "2026-10-17");
    let mut after = before.clone();
    after.reached_us(noon(ymd("2026-10-12")));
    assert_eq!(
        told(&changed(&before, &after).expect("clocks moved").clocks),
        ["reply:received: 2026-11-02 -> 2026-10-26", "remedy:received:  -> "],
        "a clock without an end moved as well: it counts from another day"
    );
}

#[test]
fn an_answer_stops_clocks_and_moves_none() {
    let before = case(Country::Pl, "2026-01-05", "2026-10-17");
    let sent = noon(ymd("2026-10-20"));
    let after = Facts { replied: Some(domain::deadline::facts::Reply { sent, reached: None }), ..before.clone() };
    assert_eq!(changed(&before, &after), None);
}

#[test]
fn facts_5_a_case_keeps_its_version_until_it_is_recomputed() {
    let poland = include_str!("../../src/deadline/regimes/1/pl.toml");
    let next = load(2, &[("pl", &poland.replacen("amount = \"14 days\"", "amount = \"10 days\"", 1))]).expect("whole");
    let facts = case(Country::Pl, "2026-01-05", "2026-10-17");
    assert_eq!(ends(&facts, ClockKind::Reply), "2026-11-02", "frozen with the first version");
    let recomputed =
        recompute((Table::current(), &facts), (&next, &facts), &zone()).expect("in the calendar").expect("moved");
    assert_eq!(told(&recomputed.clocks), ["reply:received: 2026-11-02 -> 2026-10-27"]);
    assert_eq!((recomputed.version_before, recomputed.version_after), (1, 2));
    assert!(recomputed.facts.is_empty());
}

#[test]
fn an_event_is_read_again_as_it_was_written() {
    let before = case(Country::De, "2026-07-31", "2026-09-01");
    let after = Facts { repairs: vec![repair("2026-09-18")], stated: "3 years".parse().ok(), ..before.clone() };
    let recomputed = changed(&before, &after).expect("clocks moved");
    let json = serde_json::to_string(&recomputed).expect("JSON");
    assert_eq!(serde_json::from_str::<Recomputed>(&json).expect("the same"), recomputed);
    let json = serde_json::to_string(&after).expect("JSON");
    assert_eq!(serde_json::from_str::<Facts>(&json).expect("the same"), after);
}

proptest! {
    #[test]
    fn nothing_changed_is_no_event(bought in 0i64..9000, received in 0i64..9000) {
        for country in Country::ALL {
            let bought = days(2005, 1, 1, bought).to_string();
            let facts = case(country, &bought, &days(2005, 1, 1, received).to_string());
            prop_assert_eq!(changed(&facts, &facts), None);
        }
    }
}
