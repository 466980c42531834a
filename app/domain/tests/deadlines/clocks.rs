use super::*;
use domain::deadline::clocks::{Guarantee, State, guarantee, target};
use domain::deadline::facts::{Reply, Sale};
use domain::deadline::regimes::{ClaimKind, Consequence, CustomerKind, GoodsKind, Status};

fn until(facts: &Facts) -> String {
    match guarantee(&all(facts)) {
        Guarantee::Until(last) => last.to_string(),
        other => format!("{other:?}"),
    }
}

fn reply_ends(received: &str) -> [String; 3] {
    let ends = clock(&case(Country::Pl, "2026-01-05", received), ClockKind::Reply).ends.expect("an end");
    [ends.counted, ends.legal_end, ends.safe_end].map(|day| day.to_string())
}

#[test]
fn facts_5_poland_answers_within_fourteen_days() {
    assert_eq!(reply_ends("2026-12-10"), ["2026-12-24", "2026-12-28", "2026-12-23"]);
    assert_eq!(reply_ends("2026-10-17"), ["2026-10-31", "2026-11-02", "2026-10-30"]);
    let reply = clock(&case(Country::Pl, "", "2026-10-17"), ClockKind::Reply);
    assert_eq!(reply.consequence, Consequence::DeemedAccepted);
    assert_eq!(reply.status, Status::Confirmed, "no purchase date is no reason to lose the clock");
}

#[test]
fn facts_5_received_ten_to_and_ten_past_midnight() {
    let received = |instant: &str| {
        let facts = Facts::new(Country::Pl, instant.parse().expect("an instant"));
        clock(&facts, ClockKind::Reply).ends.expect("an end").counted
    };
    // 23:50 on Saturday 24 October, and 00:10 on Sunday, the night on which the clocks go back.
    assert_eq!(received("2026-10-24T21:50:00Z"), date(2026, 11, 7));
    assert_eq!(received("2026-10-24T22:10:00Z"), date(2026, 11, 8));
    // 23:50 and 00:10 around the end of that day, an hour longer than others.
    assert_eq!(received("2026-10-25T22:50:00Z"), date(2026, 11, 8));
    assert_eq!(received("2026-10-25T23:10:00Z"), date(2026, 11, 9));
}

#[test]
fn facts_5_delivered_on_29_february() {
    assert_eq!(ends(&case(Country::Pl, "2024-02-29", "2025-01-10"), ClockKind::GuaranteeEnd), "2026-02-28");
}

#[test]
fn facts_5_sent_on_day_14_delivered_on_day_15_is_in_doubt() {
    let mut facts = case(Country::Pl, "2026-01-05", "2026-11-03");
    let at = |day: &str| noon(ymd(day));
    let state = |facts: &Facts, today: &str| clock(facts, ClockKind::Reply).state(ymd(today));
    assert_eq!(state(&facts, "2026-11-17"), State::Running);
    assert_eq!(state(&facts, "2026-11-18"), State::Passed);
    facts.replied = Some(Reply { sent: at("2026-11-17"), reached: Some(at("2026-11-17")) });
    assert_eq!(state(&facts, "2027-01-01"), State::Met);
    facts.replied = Some(Reply { sent: at("2026-11-17"), reached: Some(at("2026-11-18")) });
    assert_eq!(state(&facts, "2026-11-18"), State::InDoubt);
    facts.replied = Some(Reply { sent: at("2026-11-18"), reached: Some(at("2026-11-18")) });
    assert_eq!(state(&facts, "2026-11-18"), State::Passed);
    // On the day as moved, after the day as counted.
    let mut moved = case(Country::Pl, "2026-01-05", "2026-12-10");
    moved.replied = Some(Reply { sent: at("2026-12-28"), reached: Some(at("2026-12-28")) });
    assert_eq!(state(&moved, "2026-12-28"), State::InDoubt);
}

#[test]
fn facts_5_a_customer_who_takes_it_back_needs_no_answer() {
    let facts = Facts { taken_back: Some(ymd("2026-11-05")), ..case(Country::Pl, "2026-01-05", "2026-11-03") };
    assert_eq!(clock(&facts, ClockKind::Reply).state(ymd("2027-01-01")), State::Met);
}

#[test]
fn facts_5_the_first_receipt_on_our_side_counts() {
    let mut facts = case(Country::Pl, "2026-01-05", "2026-10-17");
    facts.reached_us(noon(ymd("2026-10-12")));
    facts.reached_us(noon(ymd("2026-10-20")));
    assert_eq!(ends(&facts, ClockKind::Reply), "2026-10-26");
}

#[test]
fn facts_5_the_clock_runs_for_a_polish_sole_trader_unconfirmed() {
    let facts = Facts { customer: CustomerKind::SoleTrader, ..case(Country::Pl, "2026-01-05", "2026-10-17") };
    let reply = clock(&facts, ClockKind::Reply);
    assert_eq!((reply.rule.as_str(), reply.status), ("pl-reply-sole-trader", Status::Unconfirmed));
    assert_eq!(text(reply.ends), "2026-11-02");
    assert_eq!(clock(&facts, ClockKind::GuaranteeEnd).status, Status::Confirmed);
    let business = Facts { customer: CustomerKind::Business, ..facts };
    assert_eq!(found(&business, ClockKind::Reply), None);
}

#[test]
fn facts_5_a_repair_makes_it_longer_for_purchases_from_31_july_2026() {
    for country in [Country::Pl, Country::Se, Country::Dk, Country::De] {
        let before = Facts { repairs: vec![repair("2026-09-01")], ..case(country, "2026-07-30", "2026-08-20") };
        assert_eq!(found(&before, ClockKind::Extension), None, "{country:?}");
        let after = Facts { repairs: vec![repair("2026-09-01")], ..case(country, "2026-07-31", "2026-08-20") };
        let end = if country == Country::Se { "2030-07-31" } else { "2029-07-31" };
        assert_eq!(ends(&after, ClockKind::Extension), end, "{country:?}");
        assert_eq!(until(&after), end);
        assert_eq!(clock(&after, ClockKind::Extension).status, Status::Unconfirmed, "no act was read");
    }
    let norway = Facts { repairs: vec![repair("2026-09-01")], ..case(Country::No, "2026-07-31", "2026-08-20") };
    assert_eq!(found(&norway, ClockKind::Extension), None);
}

#[test]
fn facts_5_a_second_repair_adds_nothing_nor_does_a_refused_one_or_a_favour() {
    let once = Facts { repairs: vec![repair("2026-09-01")], ..case(Country::De, "2026-07-31", "2026-08-20") };
    let twice = Facts { repairs: vec![repair("2027-03-01"), repair("2026-09-01")], ..once.clone() };
    assert_eq!(until(&twice), until(&once));
    let refused = Facts { repairs: vec![], ..once.clone() };
    assert_eq!(clock(&refused, ClockKind::Extension).state(ymd("2026-09-02")), State::NotApplicable);
    assert_eq!(until(&refused), "2028-07-31");
    let favour = Facts { repairs: vec![repair("2029-01-10")], ..case(Country::De, "2026-07-31", "2029-01-02") };
    assert_eq!(until(&favour), "2028-07-31", "the guarantee was over before the defect showed");
    let handed_back = Some(ymd("2029-01-12"));
    let favour = Facts { repairs: vec![Repair { handed_back, ..repair("2029-01-10") }], ..favour };
    assert_eq!(until(&favour), "2028-07-31", "nor does handing back the goods open it again");
    let again = Facts {
        repairs: vec![repair("2028-10-10"), repair("2026-10-01")],
        ..case(Country::De, "2026-07-31", "2028-10-01")
    };
    assert_eq!(until(&again), "2029-07-31", "the first repair had added its year");
}

#[test]
fn facts_5_other_goods_begin_anew_in_denmark_alone() {
    let replaced = |country| Facts { replaced: Some(ymd("2026-11-02")), ..case(country, "2026-07-31", "2026-10-20") };
    assert_eq!(until(&replaced(Country::Dk)), "2028-11-02");
    for country in [Country::Pl, Country::De, Country::No] {
        assert_eq!(until(&replaced(country)), "2028-07-31", "{country:?}: no year is added for a replacement");
    }
}

#[test]
fn facts_5_norway_two_or_five_years() {
    let shoes = case(Country::No, "2022-05-16", "2026-11-16");
    assert_eq!(until(&shoes), "2024-05-16");
    let phone = Facts { goods: GoodsKind::Durable, ..shoes };
    assert_eq!(until(&phone), "2027-05-16", "four and a half years on it still runs");
}

#[test]
fn facts_5_norway_counts_notice_from_discovery_and_says_when_it_is_missing() {
    let mut facts = case(Country::No, "2026-01-05", "2026-11-16");
    assert_eq!(clock(&facts, ClockKind::NoticeMin).state(ymd("2026-11-16")), State::NotApplicable);
    facts.discovered = Some(ymd("2026-09-30"));
    assert_eq!(ends(&facts, ClockKind::NoticeMin), "2026-11-30");
    assert_eq!(clock(&facts, ClockKind::NoticeMin).state(ymd("2027-11-16")), State::Met);
    facts.discovered = Some(ymd("2026-09-14"));
    assert_eq!(clock(&facts, ClockKind::NoticeMin).state(ymd("2026-11-16")), State::Passed);
    facts.sent = Some(ymd("2026-11-14"));
    assert_eq!(clock(&facts, ClockKind::NoticeMin).state(ymd("2026-11-16")), State::Met, "sending it off suffices");
}

#[test]
fn facts_1_norway_has_no_deadline_for_the_answer_and_interest_from_the_complaint() {
    let facts = case(Country::No, "2026-01-05", "2026-11-16");
    assert_eq!(found(&facts, ClockKind::Reply), None);
    let refund = clock(&facts, ClockKind::Refund);
    assert_eq!((refund.consequence, refund.ends), (Consequence::Interest, None));
    assert_eq!(refund.state(ymd("2027-11-16")), State::Open);
}

#[test]
fn facts_5_germany_a_defect_in_month_23() {
    let mut facts = case(Country::De, "2024-12-10", "2026-11-20");
    facts.discovered = Some(ymd("2026-11-12"));
    assert_eq!(ends(&facts, ClockKind::GuaranteeEnd), "2026-12-10");
    assert_eq!(until(&facts), "2027-03-12");
    // After the period there is nothing left to hold up.
    facts.discovered = Some(ymd("2026-12-11"));
    facts.received = noon(ymd("2026-12-12"));
    assert_eq!(until(&facts), "2026-12-10");
    // Early in the period the floor lies below it.
    facts.discovered = Some(ymd("2025-02-01"));
    assert_eq!(until(&facts), "2026-12-10");
}

#[test]
fn facts_5_germany_handed_back_three_weeks_before_the_end() {
    let mut facts = case(Country::De, "2024-12-10", "2026-10-20");
    facts.repairs = vec![Repair { handed_back: Some(ymd("2026-11-19")), ..repair("2026-11-17") }];
    let floor = clock_from(&facts, ClockKind::LimitationFloor, Start::HandedBack);
    assert_eq!(text(floor.ends), "2027-01-19");
    assert_eq!(until(&facts), "2027-01-19");
    // Replaced goods count as well.
    facts.repairs.clear();
    facts.replaced = Some(ymd("2026-11-30"));
    assert_eq!(until(&facts), "2027-01-30");
}

#[test]
fn facts_5_recourse() {
    let satisfied = |country| Facts { satisfied: Some(ymd("2026-08-31")), ..case(country, "2026-01-05", "2026-08-20") };
    assert_eq!(ends(&satisfied(Country::Pl), ClockKind::Recourse), "2027-02-28");
    assert_eq!(ends(&satisfied(Country::De), ClockKind::RecourseFloor), "2026-10-31");
    let claimed = Facts { recourse_claimed: Some(ymd("2026-09-15")), ..satisfied(Country::Pl) };
    assert_eq!(clock(&claimed, ClockKind::Recourse).state(ymd("2028-01-01")), State::Met);
}

#[test]
fn facts_1_guarantee_and_burden_by_country() {
    for (country, guarantee, burden) in [
        (Country::Pl, "2027-01-05", "2027-01-05"),
        (Country::No, "2027-01-05", "2027-01-05"),
        (Country::Se, "2028-01-05", "2027-01-05"),
        (Country::Dk, "2027-01-05", "2026-01-05"),
        (Country::Fi, "NoFixedEnd", "2026-01-05"),
        (Country::De, "2027-01-05", "2026-01-05"),
    ] {
        let facts = case(country, "2025-01-05", "2025-06-02");
        assert_eq!((until(&facts).as_str(), ends(&facts, ClockKind::PresumptionEnd).as_str()), (guarantee, burden));
    }
    let animal = |country| Facts { goods: GoodsKind::Animal, ..case(country, "2025-01-05", "2025-06-02") };
    for country in [Country::Dk, Country::De] {
        assert_eq!(ends(&animal(country), ClockKind::PresumptionEnd), "2025-07-05", "{country:?}");
    }
}

#[test]
fn facts_1_the_contract_chooses_the_regime() {
    for (country, last_old, first_new) in
        [(Country::Se, "2022-04-30", "2022-05-01"), (Country::No, "2023-12-31", "2024-01-01")]
    {
        let burden = |bought: &str| {
            let facts = Facts { delivered: Some(ymd("2024-02-01")), ..case(country, bought, "2024-06-03") };
            ends(&facts, ClockKind::PresumptionEnd)
        };
        assert_eq!((burden(last_old), burden(first_new)), ("2024-08-01".to_owned(), "2026-02-01".to_owned()));
    }
    assert_eq!(found(&case(Country::Pl, "2022-12-31", "2023-02-01"), ClockKind::GuaranteeEnd), None, "an older law");
}

#[test]
fn facts_1_poland_lasts_as_long_as_the_trader_says_the_goods_do() {
    let mut facts = case(Country::Pl, "2025-01-05", "2025-06-02");
    facts.best_before = Some(ymd("2028-06-30"));
    assert_eq!(until(&facts), "2028-06-30");
    facts.best_before = Some(ymd("2025-06-30"));
    assert_eq!(until(&facts), "2027-01-05", "never shorter");
}

#[test]
fn facts_1_polish_refunds_and_the_guarantors_fortnight() {
    let mut facts = case(Country::Pl, "2026-01-05", "2026-10-01");
    facts.price_cut_claimed = Some(ymd("2026-10-17"));
    facts.goods_returned = Some(ymd("2026-10-20"));
    assert_eq!(text(clock_from(&facts, ClockKind::Refund, Start::PriceCutClaimed).ends), "2026-11-02");
    assert_eq!(text(clock_from(&facts, ClockKind::Refund, Start::GoodsReturned).ends), "2026-11-03");
    let mut promise = Facts { claim: ClaimKind::CommercialGuarantee, ..facts };
    promise.stated = "24 months".parse().ok();
    promise.goods_received = Some(ymd("2026-10-05"));
    promise.replaced = Some(ymd("2026-10-15"));
    assert_eq!(ends(&promise, ClockKind::GuarantorPerform), "2026-10-19");
    assert_eq!(until(&promise), "2028-10-15", "it runs anew after a replacement");
    promise.stated = None;
    assert_eq!(clock(&promise, ClockKind::GuaranteeEnd).state(ymd("2026-11-01")), State::NotApplicable);
    assert_eq!(until(&promise), "Unknown", "nobody wrote down how long it lasts");
}

#[test]
fn facts_1_withdrawal() {
    let away = |country, sale, informed| Facts {
        claim: ClaimKind::Withdrawal,
        sale,
        informed,
        ..case(country, "2026-03-02", "2026-03-10")
    };
    let end = |country, sale, informed| ends(&away(country, sale, informed), ClockKind::WithdrawalEnd);
    for country in Country::ALL {
        assert_eq!(end(country, Sale::Distance, true), "2026-03-16", "{country:?}");
        let in_the_shop = away(country, Sale::Shop, true);
        assert_eq!(found(&in_the_shop, ClockKind::WithdrawalEnd), None, "{country:?}");
        assert_eq!(ends(&away(country, Sale::Distance, true), ClockKind::Refund), "2026-03-24", "{country:?}");
    }
    assert_eq!(end(Country::Pl, Sale::HomeVisit, true), "2026-04-01");
    assert_eq!(end(Country::No, Sale::Distance, false), "2027-03-16");
    // 16 March 2027 is a Tuesday in both countries.
    assert_eq!(end(Country::De, Sale::Distance, false), "2027-03-16");
    // Where nobody disputes that an end moves, its last day is in time: 28 March 2026 is a Saturday.
    let mut moved = Facts { delivered: Some(ymd("2026-03-14")), ..away(Country::De, Sale::Distance, true) };
    moved.received = noon(ymd("2026-03-30"));
    assert_eq!(clock(&moved, ClockKind::WithdrawalEnd).state(ymd("2026-05-01")), State::Met);
    moved.received = noon(ymd("2026-03-31"));
    assert_eq!(clock(&moved, ClockKind::WithdrawalEnd).state(ymd("2026-05-01")), State::Passed);
}

#[test]
fn facts_4_an_accessibility_complaint_has_its_own_clock() {
    let mut facts = Facts { claim: ClaimKind::Accessibility, ..case(Country::Pl, "2026-01-05", "2026-10-01") };
    assert_eq!(found(&facts, ClockKind::Reply), None);
    assert_eq!(ends(&facts, ClockKind::AccessibilityReply), "2026-10-31");
    assert_eq!(clock(&facts, ClockKind::AccessibilityReply).consequence, Consequence::DeemedAccepted);
    facts.complex = true;
    assert_eq!(ends(&facts, ClockKind::AccessibilityReply), "2026-11-30");
    assert_eq!(ends(&facts, ClockKind::AccessibilityFix), "");
    facts.accepted = Some(ymd("2026-11-30"));
    assert_eq!(ends(&facts, ClockKind::AccessibilityFix), "2027-05-30");
}

#[test]
fn facts_5_an_unknown_delivery_is_taken_from_the_contract_and_says_so() {
    let facts = Facts { delivered: None, ..case(Country::No, "2025-01-05", "2025-06-02") };
    let end = clock(&facts, ClockKind::GuaranteeEnd);
    assert!(end.assumed && !clock(&facts, ClockKind::Remedy).assumed);
    assert_eq!(text(end.ends), "2027-01-05");
    let nothing = Facts { contract: None, ..facts };
    assert_eq!(until(&nothing), "Unknown");
    assert!(!clock(&nothing, ClockKind::GuaranteeEnd).assumed);
}

#[test]
fn the_organisations_own_target_is_no_law() {
    let place = Some(case(Country::Pl, "", "2026-12-10").calendar());
    let own = target(place, ymd("2026-12-10"), 14, None).expect("in the calendar");
    assert_eq!((own.due, own.safe_end), (ymd("2026-12-24"), ymd("2026-12-23")), "nothing moves it");
    assert_eq!((own.state(own.due), own.state(ymd("2026-12-25"))), (State::Running, State::Passed));
    let anywhere = target(None, ymd("2026-12-10"), 16, None).expect("in the calendar");
    assert_eq!((anywhere.due, anywhere.safe_end), (ymd("2026-12-26"), ymd("2026-12-25")), "a Saturday");
    let met = target(place, ymd("2026-12-10"), 14, Some(ymd("2026-12-25"))).expect("in the calendar");
    assert_eq!(met.state(ymd("2027-12-25")), State::Passed);
}
