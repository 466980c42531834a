use super::*;
use jiff::civil::date;

fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (key, value) in pairs {
        answers.set(key, *value);
    }
    answers
}

fn told<'a>(recorded: &'a Recorded, answers: &'a Answers) -> Told<'a> {
    Told {
        recorded,
        answers,
        received: "2026-10-17T08:00:00Z".parse().expect("an instant"),
        replied: None,
        verdict: None,
        settled: None,
        fee_warned: false,
        adr_stated: false,
        durable_medium: true,
    }
}

fn warsaw() -> TimeZone {
    TimeZone::get("Europe/Warsaw").expect("a zone")
}

#[test]
fn a_polish_complaint_is_watched_from_a_week_before_its_safe_end() {
    let (recorded, given) = (Recorded::begin("PL", None, GoodsKind::Ordinary), Answers::default());
    let facts = facts(&told(&recorded, &given), &warsaw()).expect("a law");
    let reckoned = reckon(Table::current(), &facts, &warsaw(), &Plan::default(), Date::MIN);
    assert_eq!((reckoned.on, reckoned.watch), (Some(date(2026, 10, 30)), Some(date(2026, 10, 23))));
    assert_eq!(reckoned.reply_by(), Some(date(2026, 10, 30)));
    let later = reckon(Table::current(), &facts, &warsaw(), &Plan::default(), date(2026, 10, 30));
    assert_eq!(later.watch, Some(date(2026, 11, 1)), "the day after the last that nobody disputes");
    let long_ago = reckon(Table::current(), &facts, &warsaw(), &Plan::default(), date(2026, 12, 1));
    assert_eq!((long_ago.on, long_ago.watch), (Some(date(2026, 10, 30)), None));
}

#[test]
fn an_answer_that_has_left_ends_the_waiting_and_a_late_one_is_told_of() {
    let given = Answers::default();
    let recorded = Recorded::begin("PL", None, GoodsKind::Ordinary);
    let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
    let decided = |replied| Told {
        replied,
        verdict: Some((Verdict::Rejected, at("2026-10-20T08:00:00Z"))),
        ..told(&recorded, &given)
    };
    let reckoned = |told: Told<'_>| {
        let facts = facts(&told, &warsaw()).expect("a law");
        reckon(Table::current(), &facts, &warsaw(), &Plan::default(), Date::MIN)
    };
    let unsent = reckoned(decided(None));
    assert_eq!(unsent.on, Some(date(2026, 10, 30)), "a decision in the drawer is no answer");
    assert_eq!((unsent.deemed(date(2026, 11, 2)), unsent.deemed(date(2026, 11, 3))), (None, Some(date(2026, 11, 3))));
    let sent = reckoned(decided(Some(at("2026-10-21T08:00:00Z"))));
    assert_eq!((sent.on, sent.watch, sent.deemed(date(2027, 1, 1))), (None, None, None));
    let late = reckoned(decided(Some(at("2026-11-20T08:00:00Z"))));
    assert_eq!((late.on, late.watch), (None, Some(date(2026, 11, 3))));
    assert_eq!(late.deemed(date(2026, 11, 20)), Some(date(2026, 11, 3)));
    let outcome: Key = "repaired".parse().expect("a key");
    let collected = Told { settled: Some((&outcome, at("2026-10-22T08:00:00Z"))), ..decided(None) };
    assert_eq!(reckoned(collected).on, None, "the customer was there");
}

#[test]
fn an_answer_outside_of_redress_counts_where_it_came_first() {
    let given = Answers::default();
    let mut recorded = Recorded::begin("PL", None, GoodsKind::Ordinary);
    recorded.noted.answered = Some(date(2026, 10, 28));
    let replied = |recorded: &Recorded, replied: Option<&str>| {
        let replied = replied.map(|text| text.parse().expect("an instant"));
        let facts = facts(&Told { replied, ..told(recorded, &given) }, &warsaw()).expect("a law");
        facts.replied.map(|reply| day(reply.sent, &warsaw()))
    };
    assert_eq!(replied(&recorded, None), Some(date(2026, 10, 28)));
    assert_eq!(replied(&recorded, Some("2026-11-20T08:00:00Z")), Some(date(2026, 10, 28)));
    assert_eq!(replied(&recorded, Some("2026-10-20T08:00:00Z")), Some(date(2026, 10, 20)));
}

#[test]
fn what_only_a_document_says_is_noted() {
    let given = answers(&[(common::PURCHASE_DATE, "2026-01-10"), (common::LEGAL_BASIS, "guarantee")]);
    let mut recorded = Recorded::begin("PL", None, GoodsKind::Ordinary);
    let kinds = |recorded: &Recorded, given: &Answers| {
        let facts = facts(&told(recorded, given), &warsaw()).expect("a law");
        let reckoned = reckon(Table::current(), &facts, &warsaw(), &Plan::default(), Date::MIN);
        reckoned.clocks.into_iter().map(|clock| (clock.rule, clock.ends.map(|ends| ends.legal_end))).collect::<Vec<_>>()
    };
    let end = |recorded: &Recorded, given: &Answers, rule: &str| {
        kinds(recorded, given).into_iter().find(|(id, _)| id == rule).map(|(_, end)| end)
    };
    assert_eq!(end(&recorded, &given, "pl-commercial"), Some(None));
    recorded.noted.stated = Some("5 years".parse().expect("a period"));
    assert_eq!(end(&recorded, &given, "pl-commercial"), Some(Some(date(2031, 1, 10))));
    let bought = answers(&[(common::PURCHASE_DATE, "2026-01-10")]);
    recorded.noted.best_before = Some(date(2029, 1, 1));
    assert_eq!(end(&recorded, &bought, "pl-guarantee-shelf-life"), Some(Some(date(2029, 1, 1))));
    let access = answers(&[(common::LEGAL_BASIS, "accessibility")]);
    assert!(end(&recorded, &access, "pl-accessibility").is_some());
    recorded.noted.complex = true;
    assert_eq!(end(&recorded, &access, "pl-accessibility"), None);
    assert_eq!(end(&recorded, &access, "pl-accessibility-complex"), Some(Some(date(2026, 12, 16))));
    let regret = answers(&[(common::PURCHASE_DATE, "2026-10-10"), (common::LEGAL_BASIS, "withdrawal")]);
    let mut norway = Recorded::begin("NO", None, GoodsKind::Ordinary);
    norway.noted.sale = Some(Sale::Distance);
    let informed = kinds(&norway, &regret);
    norway.noted.uninformed = true;
    assert_ne!(kinds(&norway, &regret), informed, "twelve months more");
}

#[test]
fn what_is_taken_up_again_was_not_taken_back() {
    let mut recorded = Recorded::default();
    recorded.follow(Phase::New, Phase::Withdrawn, date(2026, 10, 20));
    recorded.follow(Phase::Withdrawn, Phase::Withdrawn, date(2026, 10, 25));
    assert_eq!(recorded.taken_back, Some(date(2026, 10, 20)));
    recorded.follow(Phase::Withdrawn, Phase::InReview, date(2026, 10, 26));
    assert_eq!(recorded.taken_back, None);
}

#[test]
fn answers_and_outcome_are_read() {
    let recorded = Recorded::begin("NO", None, GoodsKind::Durable);
    let given = answers(&[
        (common::PURCHASE_DATE, "2024-02-27"),
        (common::DELIVERY_DATE, "2024-02-29"),
        (common::DEFECT_DATE, "2026-10-01"),
        (common::LEGAL_BASIS, "store_guarantee"),
        (common::DEMAND, "refund"),
        ("handed_in", "item"),
    ]);
    let key: Key = "repaired".parse().expect("a key");
    let at = "2026-10-19T08:00:00Z".parse().expect("an instant");
    let oslo = TimeZone::get("Europe/Oslo").expect("a zone");
    let told = Told { verdict: Some((Verdict::Partly, at)), settled: Some((&key, at)), ..told(&recorded, &given) };
    let facts = facts(&told, &oslo).expect("a law");
    assert_eq!((facts.claim, facts.goods), (ClaimKind::CommercialGuarantee, GoodsKind::Durable));
    assert_eq!((facts.contract, facts.delivered), (Some(date(2024, 2, 27)), Some(date(2024, 2, 29))));
    assert_eq!(facts.discovered, Some(date(2026, 10, 1)));
    assert_eq!((facts.accepted, facts.satisfied), (Some(date(2026, 10, 19)), Some(date(2026, 10, 19))));
    assert_eq!((facts.goods_received, facts.goods_returned), (Some(date(2026, 10, 17)), Some(date(2026, 10, 17))));
    assert_eq!(facts.repairs.iter().map(|repair| repair.done).collect::<Vec<_>>(), [date(2026, 10, 19)]);
    assert_eq!(facts.replaced, None);
}

#[test]
fn what_staff_note_goes_before_what_is_concluded() {
    let given = answers(&[(common::PURCHASE_DATE, "2026-01-10"), (common::LEGAL_BASIS, "business")]);
    let mut recorded = Recorded::begin("PL", None, GoodsKind::Ordinary);
    recorded.noted = Noted {
        sale: Some(Sale::Distance),
        customer: Some(CustomerKind::SoleTrader),
        reached: Some(date(2026, 10, 22)),
        repaired: Some(date(2026, 8, 3)),
        handed_back: Some(date(2026, 8, 5)),
        ..Noted::default()
    };
    let replied = "2026-10-20T08:00:00Z".parse().ok();
    let facts = facts(&Told { replied, ..told(&recorded, &given) }, &warsaw()).expect("a law");
    assert_eq!((facts.sale, facts.customer), (Sale::Distance, CustomerKind::SoleTrader));
    assert_eq!(facts.replied.and_then(|reply| reply.reached).map(|at| day(at, &warsaw())), Some(date(2026, 10, 22)));
    assert_eq!(
        facts.repairs,
        [Repair { done: date(2026, 8, 3), handed_back: Some(date(2026, 8, 5)), substantial: false }]
    );
    let kept: Recorded = serde_json::from_str(&serde_json::to_string(&recorded).expect("JSON")).expect("reads back");
    assert_eq!(kept, recorded);
}

#[test]
fn unsold_stock_and_an_unknown_law_have_no_facts() {
    let poland = Recorded::begin("PL", Some(Land::By), GoodsKind::Ordinary);
    assert_eq!(poland.land, None);
    assert!(facts(&told(&poland, &answers(&[(common::SOLD, "no")])), &warsaw()).is_none());
    assert!(facts(&told(&Recorded::begin("GB", None, GoodsKind::Ordinary), &Answers::default()), &warsaw()).is_none());
}
