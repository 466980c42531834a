use super::*;
use crate::decision::Verdict;
use crate::phase::Phase;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn fact(registered: Date) -> Fact {
    Fact {
        cost: 0,
        credit: 0,
        seq: 1,
        brand: 0,
        article: 0,
        supplier: 0,
        store: 0,
        kind: 0,
        handler: 0,
        cause: 0,
        outcome: 0,
        registered: Day::of(registered),
        decided: Day::NONE,
        ended: Day::NONE,
        settled: Day::NONE,
        reply_by: Day::NONE,
        target: Day::NONE,
        phase: Phase::New,
        verdict: None,
    }
}

fn decided(registered: Date, on: Date) -> Fact {
    let day = Day::of(on);
    Fact { decided: day, ended: day, phase: Phase::Approved, verdict: Some(Verdict::Approved), ..fact(registered) }
}

fn span(from: Date, until: Date) -> Span {
    Span { from, until }
}

const YEAR: Span = Span { from: date(2026, 1, 1), until: date(2026, 12, 31) };

fn of_year(facts: &[Fact]) -> Summary {
    summarise(facts, &Filter::default(), [YEAR, YEAR.before()], &YEAR.cut(Grain::Month))
}

#[test]
fn a_fact_is_narrow() {
    assert_eq!(size_of::<Fact>(), 56);
}

#[test]
fn days_are_told_from_none() {
    assert!(Day::of(date(1999, 1, 1)) > Day::NONE);
    assert_eq!(Day::of(date(2000, 1, 1)), Day::MIN);
    assert_eq!(Day::of(date(2026, 3, 1)).since(Day::of(date(2026, 2, 27))), 2);
    assert_eq!(Day::of(date(2026, 2, 27)).since(Day::of(date(2026, 3, 1))), 0);
    assert_eq!(Day::of(date(9999, 12, 31)), Day::MAX);
    assert_eq!(Day::from(None), Day::NONE);
}

#[test]
fn a_period_that_has_begun_is_compared_with_as_much_of_the_one_before() {
    let today = date(2026, 11, 22);
    let spans = |preset: Preset| preset.spans(today, None);
    assert_eq!(spans(Preset::ThisMonth), (span(date(2026, 11, 1), today), span(date(2026, 10, 1), date(2026, 10, 22))));
    assert_eq!(
        spans(Preset::LastMonth),
        (span(date(2026, 10, 1), date(2026, 10, 31)), span(date(2026, 9, 1), date(2026, 9, 30)))
    );
    assert_eq!(spans(Preset::ThisQuarter), (span(date(2026, 10, 1), today), span(date(2026, 7, 1), date(2026, 8, 22))));
    assert_eq!(spans(Preset::ThisYear), (span(date(2026, 1, 1), today), span(date(2025, 1, 1), date(2025, 11, 22))));
    assert_eq!(
        spans(Preset::Last12Months),
        (span(date(2025, 11, 23), today), span(date(2024, 11, 23), date(2025, 11, 22)))
    );
    let free = span(date(2026, 3, 1), date(2026, 3, 10));
    assert_eq!(Preset::Free.spans(today, Some(free)), (free, span(date(2026, 2, 19), date(2026, 2, 28))));
    assert_eq!(Preset::Free.spans(today, None), spans(Preset::Last12Months));
    assert_eq!(
        Preset::ThisMonth.spans(date(2026, 3, 31), None).1,
        span(date(2026, 2, 1), date(2026, 2, 28)),
        "a shorter month ends with its last day"
    );
}

#[test]
fn spans_are_read_as_written() {
    assert_eq!(YEAR.to_string().parse(), Ok(YEAR));
    for text in ["", "..", "2026-01-01", "2026-01-02..2026-01-01", "2026-02-30..2026-03-01"] {
        assert!(text.parse::<Span>().is_err(), "{text}");
    }
    for preset in Preset::ALL {
        assert_eq!(Preset::from_key(preset.key()), Some(preset));
    }
}

#[test]
fn a_period_is_cut_by_its_length() {
    let cut = |span: Span| span.cut(span.grain());
    assert_eq!(cut(YEAR).len(), 12);
    assert_eq!(cut(span(date(2026, 10, 1), date(2026, 10, 31))).len(), 31);
    let quarter = cut(span(date(2026, 10, 1), date(2026, 12, 31)));
    assert_eq!(quarter[0], span(date(2026, 10, 1), date(2026, 10, 4)), "1 October 2026 is a Thursday");
    assert_eq!(quarter[1], span(date(2026, 10, 5), date(2026, 10, 11)));
    assert_eq!(span(date(2016, 1, 1), date(2026, 12, 31)).cut(Grain::Year).len(), 11);
    assert_eq!(cut(span(Date::MAX, Date::MAX)).len(), 1);
}

#[test]
fn half_and_nine_in_ten_took_no_longer() {
    let facts: Vec<Fact> =
        (1..=10).map(|days| decided(date(2026, 3, 1), date(2026, 3, 1).saturating_add(days.days()))).collect();
    let totals = of_year(&facts).totals;
    assert_eq!((totals[0].median, totals[0].ninetieth), (Some(5), Some(9)));
    assert_eq!((totals[1].median, totals[1].ninetieth), (None, None));
    let one = of_year(&facts[..1]).totals[0];
    assert_eq!((one.median, one.ninetieth), (Some(1), Some(1)));
}

#[test]
fn a_decision_on_the_last_day_is_in_time() {
    let on = |day: i8, by: i8| Fact {
        reply_by: Day::of(date(2026, 3, by)),
        target: Day::of(date(2026, 3, by + 1)),
        ..decided(date(2026, 3, 1), date(2026, 3, day))
    };
    let totals = of_year(&[on(10, 10), on(11, 10), on(12, 10), decided(date(2026, 3, 1), date(2026, 3, 2))]).totals[0];
    assert_eq!(totals.law, Kept { within: 1, past: 2 });
    assert_eq!(totals.target, Kept { within: 2, past: 1 });
    assert_eq!((totals.law.share(), totals.target.share()), (Some(333), Some(667)));
    assert_eq!(Kept::default().share(), None);
}

#[test]
fn what_is_open_is_counted_at_the_end() {
    let withdrawn = Fact { ended: Day::of(date(2027, 1, 1)), phase: Phase::Withdrawn, ..fact(date(2026, 12, 30)) };
    let facts = [
        fact(date(2026, 12, 31)),
        fact(date(2027, 1, 1)),
        withdrawn,
        decided(date(2026, 10, 2), date(2027, 2, 1)),
        decided(date(2026, 1, 1), date(2026, 12, 31)),
        fact(date(2025, 12, 31)),
    ];
    let summary = of_year(&facts);
    assert_eq!((summary.totals[0].open, summary.totals[1].open), (4, 1));
    assert_eq!(summary.ages, [2, 0, 0, 1, 1]);
}

#[test]
fn the_most_complained_of_come_first_and_what_has_no_name_is_none() {
    let of = |brand: Code, seq: u32, registered: Date| Fact { brand, seq, ..fact(registered) };
    let facts = [
        of(1, 1, date(2026, 1, 1)),
        of(2, 2, date(2026, 2, 1)),
        of(2, 3, date(2026, 3, 1)),
        of(2, 4, date(2025, 3, 1)),
        of(0, 5, date(2026, 3, 1)),
        of(3, 6, date(2025, 3, 1)),
    ];
    let brands = of_year(&facts).brands;
    assert_eq!(brands, [Top { code: 2, cases: [2, 1], newest: 4 }, Top { code: 1, cases: [1, 0], newest: 1 }]);
}

#[test]
fn costs_and_credits_stand_by_their_outcome() {
    let settled = |outcome: u16, cost: i64, credit: i64, on: Date| Fact {
        outcome,
        cost,
        credit,
        settled: Day::of(on),
        ..decided(date(2025, 1, 1), date(2025, 1, 2))
    };
    let facts = [
        settled(1, 100, 0, date(2026, 1, 1)),
        settled(1, 250, 50, date(2026, 12, 31)),
        settled(2, 0, 0, date(2026, 5, 5)),
        settled(1, 7, 0, date(2025, 12, 31)),
    ];
    let outcomes = of_year(&facts).outcomes;
    assert_eq!(outcomes[0], Tallied { code: 1, cases: [2, 1], cost: [350, 7], credit: [50, 0] });
    assert_eq!(outcomes[1], Tallied { code: 2, cases: [1, 0], cost: [0, 0], credit: [0, 0] });
}

#[test]
fn words_that_no_case_has_find_none() {
    let facts = [fact(date(2026, 1, 1))];
    for filter in [
        Filter { brand: Some(None), ..Filter::default() },
        Filter { stores: Codes::of([None]), ..Filter::default() },
        Filter { stores: Codes::of([Some(7)]), ..Filter::default() },
    ] {
        assert!(!filter.holds(&facts[0]));
    }
    assert!(Filter { stores: Codes::of([Some(7), Some(0)]), ..Filter::default() }.holds(&facts[0]));
}

fn any_fact() -> impl Strategy<Value = Fact> {
    let days = (0..900_i32, 0..60_i32, 0..60_i32, any::<(bool, bool, bool)>());
    let words = (0..4_u32, 0..6_u32, 0..3_u32, 0..3_u16, 0..2_u16, 0..3_u16, 0..3_u16);
    (days, words, 0..3_usize, 0..10_000_i64, 0..40_i32).prop_map(
        |((registered, waited, then, (ends, decides, settles)), words, verdict, cost, by)| {
            let registered = date(2024, 12, 1).saturating_add(registered.days());
            let ended = registered.saturating_add(waited.days());
            let is_decided = ends && decides;
            let is_settled = is_decided && settles;
            let (brand, article, supplier, store, kind, cause, outcome) = words;
            let day = |is: bool, date: Date| if is { Day::of(date) } else { Day::NONE };
            Fact {
                cost: if is_settled { cost } else { 0 },
                credit: if is_settled { cost / 3 } else { 0 },
                brand,
                article,
                supplier,
                store,
                kind,
                cause: if is_decided { cause } else { 0 },
                outcome: if is_settled { outcome } else { 0 },
                decided: day(is_decided, ended),
                ended: day(ends, ended),
                settled: day(is_settled, ended.saturating_add(then.days())),
                reply_by: day(by % 3 > 0, registered.saturating_add(by.days())),
                target: Day::of(registered.saturating_add(14.days())),
                phase: if ends { Phase::Settled } else { Phase::New },
                verdict: is_decided.then(|| Verdict::ALL[verdict]),
                ..fact(registered)
            }
        },
    )
}

fn count(facts: &[Fact], filter: &Filter) -> u32 {
    u32::try_from(facts.iter().filter(|fact| filter.holds(fact)).count()).expect("few")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Each number is the number of cases that its slice lists.
    #[test]
    fn what_is_counted_can_be_listed(
        facts in prop::collection::vec(any_fact(), 0..120), store in 0..4_u32, from in 0..900_i32, length in 0..500_i32,
    ) {
        let from = date(2024, 12, 1).saturating_add(from.days());
        let now = Span { from, until: from.saturating_add(length.days()) };
        let spans = [now, now.before()];
        let stores = if store == 3 { Codes::Every } else { Codes::of([Some(store)]) };
        let base = Filter { stores, ..Filter::default() };
        let parts = now.cut(now.grain());
        let summary = summarise(&facts, &base, spans, &parts);
        let with = |slice: Slice| Filter { stores: base.stores.clone(), ..Filter::of(&slice) };
        for (totals, span) in summary.totals.iter().zip(spans) {
            let registered = with(Slice { registered: Some(span), ..Slice::default() });
            let decided = with(Slice { decided: Some(span), ..Slice::default() });
            let settled = with(Slice { settled: Some(span), ..Slice::default() });
            prop_assert_eq!(totals.flow.registered, count(&facts, &registered));
            prop_assert_eq!(totals.flow.decided, count(&facts, &decided));
            prop_assert_eq!(totals.flow.settled, count(&facts, &settled));
            prop_assert_eq!(totals.open, count(&facts, &with(Slice { open_on: Some(span.until), ..Slice::default() })));
            for (verdict, counted) in Verdict::ALL.into_iter().zip(totals.verdicts) {
                prop_assert_eq!(counted, count(&facts, &Filter { verdict: Some(verdict), ..decided.clone() }));
            }
            let kept = [totals.law.within, totals.law.past, totals.target.within, totals.target.past];
            for (answered, counted) in Answered::ALL.into_iter().zip(kept) {
                prop_assert_eq!(counted, count(&facts, &Filter { answered: Some(answered), ..decided.clone() }));
            }
        }
        for (age, counted) in AGES.into_iter().zip(summary.ages) {
            let slice = Slice { open_on: Some(now.until), age: Some(age), ..Slice::default() };
            prop_assert_eq!(counted, count(&facts, &with(slice)));
        }
        for (at, span) in spans.into_iter().enumerate() {
            let decided = with(Slice { decided: Some(span), ..Slice::default() });
            for cause in &summary.causes {
                prop_assert_eq!(cause.cases[at], count(&facts, &Filter { cause: Some(Some(cause.code)), ..decided.clone() }));
            }
            let settled = with(Slice { settled: Some(span), ..Slice::default() });
            for one in &summary.outcomes {
                prop_assert_eq!(one.cases[at], count(&facts, &Filter { outcome: Some(Some(one.code)), ..settled.clone() }));
            }
            let registered = with(Slice { registered: Some(span), ..Slice::default() });
            for one in &summary.brands {
                prop_assert_eq!(one.cases[at], count(&facts, &Filter { brand: Some(Some(one.code)), ..registered.clone() }));
            }
            for one in &summary.articles {
                prop_assert_eq!(one.cases[at], count(&facts, &Filter { article: Some(Some(one.code)), ..registered.clone() }));
            }
        }
        for (part, flow) in parts.into_iter().zip(&summary.course) {
            prop_assert_eq!(flow.registered, count(&facts, &with(Slice { registered: Some(part), ..Slice::default() })));
            prop_assert_eq!(flow.decided, count(&facts, &with(Slice { decided: Some(part), ..Slice::default() })));
            prop_assert_eq!(flow.settled, count(&facts, &with(Slice { settled: Some(part), ..Slice::default() })));
        }
    }

    /// Parts are the whole: days of the period, verdicts and causes of the decisions, ages of what is open, stores of the chain.
    #[test]
    fn parts_sum_to_the_whole(facts in prop::collection::vec(any_fact(), 0..120), grain in 0..4_usize) {
        let parts = YEAR.cut([Grain::Day, Grain::Week, Grain::Month, Grain::Year][grain]);
        let spans = [YEAR, YEAR.before()];
        let all = summarise(&facts, &Filter::default(), spans, &parts);
        let now = all.totals[0];
        let sum = |of: fn(&Flow) -> u32| all.course.iter().map(of).sum::<u32>();
        prop_assert_eq!(sum(|flow| flow.registered), now.flow.registered);
        prop_assert_eq!(sum(|flow| flow.decided), now.flow.decided);
        prop_assert_eq!(sum(|flow| flow.settled), now.flow.settled);
        prop_assert_eq!(now.verdicts.iter().sum::<u32>(), now.flow.decided);
        prop_assert_eq!(all.causes.iter().map(|one| one.cases[0]).sum::<u32>(), now.flow.decided);
        prop_assert_eq!(all.outcomes.iter().map(|one| one.cases[0]).sum::<u32>(), now.flow.settled);
        prop_assert_eq!(now.target.within + now.target.past, now.flow.decided);
        prop_assert!(now.law.within + now.law.past <= now.flow.decided);
        prop_assert_eq!(all.ages.iter().sum::<u32>(), now.open);
        let cost: i64 = facts.iter().filter(|fact| days_of(YEAR, fact.settled)).map(|fact| fact.cost).sum();
        prop_assert_eq!(all.outcomes.iter().map(|one| one.cost[0]).sum::<i64>(), cost);
        let of_store = |store: u32| {
            let filter = Filter { stores: Codes::of([Some(store)]), ..Filter::default() };
            summarise(&facts, &filter, spans, &parts).totals[0]
        };
        let stores: Vec<Totals> = (0..3).map(of_store).collect();
        prop_assert_eq!(stores.iter().map(|one| one.flow.decided).sum::<u32>(), now.flow.decided);
        prop_assert_eq!(stores.iter().map(|one| one.open).sum::<u32>(), now.open);
    }

    /// Filters commute: those of a store, then by type, are those of a type, then by store, and both at once.
    #[test]
    fn filters_commute(facts in prop::collection::vec(any_fact(), 0..120), store in 0..3_u32, kind in 0..2_u32) {
        let of_store = Filter { stores: Codes::of([Some(store)]), ..Filter::default() };
        let of_kind = Filter { kinds: Codes::of([Some(kind)]), ..Filter::default() };
        let both = Filter { kinds: of_kind.kinds.clone(), ..of_store.clone() };
        let parts = YEAR.cut(Grain::Month);
        let spans = [YEAR, YEAR.before()];
        let sifted = |filter: &Filter| facts.iter().filter(|fact| filter.holds(fact)).copied().collect::<Vec<_>>();
        let one = summarise(&sifted(&of_store), &of_kind, spans, &parts);
        let other = summarise(&sifted(&of_kind), &of_store, spans, &parts);
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one, summarise(&facts, &both, spans, &parts));
    }
}

fn days_of(span: Span, day: Day) -> bool {
    Day::of(span.from) <= day && day <= Day::of(span.until)
}
