use super::*;
use domain::deadline::clocks::guarantee;
use domain::deadline::facts::Reply;
use domain::deadline::regimes::{CustomerKind, DutyKind, GoodsKind, Moment, Status};
use domain::deadline::warnings::{Bearer, OddDate, Warning, What, missing, warnings};

fn warned(facts: &Facts, today: &str) -> Vec<Warning> {
    warnings(Table::current(), facts, &all(facts), &zone(), ymd(today))
}

fn told(facts: &Facts) -> Vec<What> {
    let today = facts.received_on(&zone()).to_string();
    warned(facts, &today).into_iter().map(|warning| warning.what).collect()
}

fn at(facts: &Facts, moment: Moment) -> Vec<&'static str> {
    missing(Table::current(), facts, moment, &zone()).into_iter().map(|duty| duty.duty.key()).collect()
}

#[test]
fn facts_5_within_the_guarantee_or_after_it() {
    let until = ymd("2027-01-05");
    assert!(told(&case(Country::Pl, "2025-01-05", "2027-01-05")).contains(&What::WithinGuarantee { until }));
    let mut late = case(Country::Pl, "2025-01-05", "2027-01-06");
    assert!(told(&late).contains(&What::AfterGuarantee { until }));
    late.discovered = Some(ymd("2026-12-20"));
    assert!(told(&late).contains(&What::ShownWithinGuarantee { until }));
    assert!(told(&case(Country::Fi, "2015-01-05", "2026-01-05")).contains(&What::NoFixedGuarantee));
    assert!(told(&case(Country::Pl, "", "2026-01-05")).contains(&What::GuaranteeUnknown));
}

#[test]
fn the_reason_is_the_part_that_lasts_longest() {
    let mut facts = case(Country::De, "2026-07-31", "2028-09-01");
    facts.repairs = vec![repair("2026-10-01")];
    let within = |warning: &&Warning| matches!(warning.what, What::WithinGuarantee { .. });
    let warnings = warned(&facts, "2028-09-01");
    let warning = warnings.iter().find(within).expect("a year more");
    assert_eq!((warning.rule.as_deref(), warning.status), (Some("de-extension"), Status::Unconfirmed));
}

#[test]
fn facts_1_who_bears_the_burden() {
    let burden = |facts: &Facts| {
        told(facts).into_iter().find_map(|what| match what {
            What::Burden { bearer, until } => Some((bearer, until.to_string())),
            _ => None,
        })
    };
    let year = |bearer| Some((bearer, "2026-01-05".to_owned()));
    assert_eq!(burden(&case(Country::De, "2025-01-05", "2026-01-05")), year(Bearer::Seller));
    let mut late = case(Country::De, "2025-01-05", "2026-01-06");
    assert_eq!(burden(&late), year(Bearer::Customer));
    late.discovered = Some(ymd("2025-12-30"));
    assert_eq!(burden(&late), year(Bearer::Seller), "it showed in time");
    assert_eq!(burden(&case(Country::De, "", "2026-01-06")), None, "nobody knows");
}

#[test]
fn facts_5_norway_the_same_defect_after_year_5() {
    let mut facts = Facts { goods: GoodsKind::Durable, ..case(Country::No, "2020-05-16", "2026-11-16") };
    let until = ymd("2025-05-16");
    assert!(told(&facts).contains(&What::AfterGuarantee { until }));
    facts.first_notice = Some(ymd("2024-02-01"));
    let same = What::SameDefect { first_notice: ymd("2024-02-01"), until: None };
    assert!(told(&facts).contains(&same), "one notice is enough");
    facts.first_notice = Some(ymd("2025-05-17"));
    assert!(told(&facts).contains(&What::AfterGuarantee { until }), "that one was late as well");
}

#[test]
fn facts_1_denmark_the_same_defect_up_to_three_years_from_the_first_complaint() {
    let mut facts = case(Country::Dk, "2023-05-16", "2026-11-16");
    facts.first_notice = Some(ymd("2025-01-10"));
    let same = What::SameDefect { first_notice: ymd("2025-01-10"), until: Some(ymd("2028-01-10")) };
    assert!(told(&facts).contains(&same));
    facts.first_notice = Some(ymd("2023-11-15"));
    assert!(told(&facts).contains(&What::ShownWithinGuarantee { until: ymd("2025-05-16") }), "three years are over");
}

#[test]
fn facts_5_norway_asks_when_the_defect_showed() {
    let mut facts = case(Country::No, "2026-01-05", "2026-11-16");
    assert!(told(&facts).contains(&What::DiscoveryMissing));
    facts.discovered = Some(ymd("2026-09-14"));
    let late = What::NoticeLate { discovered: ymd("2026-09-14"), until: ymd("2026-11-14") };
    assert!(told(&facts).contains(&late));
    facts.first_notice = Some(ymd("2026-09-20"));
    assert!(!told(&facts).contains(&late), "the same defect was told of in time");
    assert!(!told(&case(Country::Pl, "2026-01-05", "2026-11-16")).contains(&What::DiscoveryMissing));
}

#[test]
fn facts_5_a_rejection_without_its_adr_statement_fails() {
    for country in [Country::Pl, Country::De] {
        let mut facts = case(country, "2026-01-05", "2026-11-16");
        let table = Table::current();
        let blocked =
            |facts: &Facts| missing(table, facts, Moment::WithRejection, &zone()).iter().any(|duty| duty.blocks);
        assert!(blocked(&facts), "{country:?}");
        facts.adr_stated = true;
        assert!(!blocked(&facts), "{country:?}");
        assert_eq!(at(&facts, Moment::WithRejection), [""; 0]);
    }
    assert_eq!(at(&case(Country::No, "2026-01-05", "2026-11-16"), Moment::WithRejection), [""; 0]);
    let trade = Facts { customer: CustomerKind::Business, ..case(Country::Pl, "2026-01-05", "2026-11-16") };
    assert_eq!(at(&trade, Moment::WithRejection), [""; 0], "ADR is for consumers");
}

#[test]
fn facts_2_the_notice_before_a_repair_from_31_july_2026() {
    for country in [Country::Pl, Country::Se, Country::Dk, Country::Fi, Country::De] {
        let mut facts = case(country, "2026-07-31", "2026-11-16");
        assert_eq!(at(&facts, Moment::BeforeRepair), ["repair_notice"], "{country:?}");
        facts.repair_notice = Some(ymd("2026-11-16"));
        assert_eq!(at(&facts, Moment::BeforeRepair), [""; 0]);
        assert_eq!(at(&case(country, "2026-07-30", "2026-11-16"), Moment::BeforeRepair), [""; 0]);
    }
    assert_eq!(at(&case(Country::No, "2026-07-31", "2026-11-16"), Moment::BeforeRepair), [""; 0]);
}

#[test]
fn facts_2_norway_warns_of_the_fee_and_poland_answers_on_a_durable_medium() {
    let mut norway = case(Country::No, "2026-01-05", "2026-11-16");
    let duty = What::Duty { duty: DutyKind::FeeWarning, at: Moment::Receipt, blocks: false };
    assert!(told(&norway).contains(&duty));
    norway.fee_warning = Some(ymd("2026-11-16"));
    assert!(!told(&norway).contains(&duty));
    assert_eq!(at(&case(Country::Pl, "2026-01-05", "2026-11-16"), Moment::WithReply), ["durable_medium"]);
}

#[test]
fn facts_5_an_answer_that_arrived_late_is_told_of() {
    let mut facts = case(Country::Pl, "2026-01-05", "2026-11-03");
    let sent = noon(ymd("2026-11-17"));
    facts.replied = Some(Reply { sent, reached: Some(noon(ymd("2026-11-18"))) });
    let doubt = What::ReplyInDoubt { sure_end: ymd("2026-11-17"), legal_end: ymd("2026-11-17") };
    assert!(told(&facts).contains(&doubt));
    facts.replied = Some(Reply { sent, reached: Some(sent) });
    assert!(!told(&facts).contains(&doubt));
}

#[test]
fn dates_that_cannot_be_are_told_at_once() {
    let odd = |facts: &Facts| -> Vec<&str> {
        let odd = |what: &What| if let What::Odd(odd) = what { Some(odd.key()) } else { None };
        told(facts).iter().filter_map(odd).collect()
    };
    let good = case(Country::No, "2026-01-05", "2026-11-16");
    assert_eq!(odd(&good), [""; 0]);
    for (facts, expected) in [
        (case(Country::No, "2026-11-17", "2026-11-16"), "contract_in_future delivered_in_future"),
        (Facts { delivered: Some(ymd("2026-01-04")), ..good.clone() }, "delivered_before_contract"),
        (Facts { discovered: Some(ymd("2026-01-04")), ..good.clone() }, "discovered_before_delivery"),
        (Facts { discovered: Some(ymd("2026-11-17")), ..good.clone() }, "discovered_in_future"),
        (Facts { sent: Some(ymd("2026-11-17")), ..good.clone() }, "sent_after_received"),
        (Facts { first_notice: Some(ymd("2026-11-17")), ..good.clone() }, "first_notice_after_received"),
        (Facts { repairs: vec![repair("2026-01-04")], ..good.clone() }, "repaired_before_delivery"),
        (Facts { replaced: Some(ymd("2026-01-04")), ..good.clone() }, "replaced_before_delivery"),
    ] {
        assert_eq!(odd(&facts).join(" "), expected);
    }
    let words: Vec<&str> = OddDate::ALL.iter().map(|odd| odd.key()).collect();
    assert_eq!(words.len(), 9);
}

#[test]
fn an_old_or_unknown_contract_has_no_law_and_says_so() {
    let trade = Facts { customer: CustomerKind::Business, ..case(Country::No, "2026-01-05", "2026-11-16") };
    let kinds: Vec<What> = told(&trade);
    assert!(kinds.contains(&What::NoLaw), "{kinds:?}");
    assert_eq!(guarantee(&all(&trade)), domain::deadline::clocks::Guarantee::Unknown);
}
