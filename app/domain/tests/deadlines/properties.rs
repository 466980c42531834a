//! What holds for every case.

use super::*;
use domain::deadline::Land;
use domain::deadline::clocks::State;
use domain::deadline::facts::Sale;
use domain::deadline::regimes::{Amount, ClaimKind, CustomerKind, GoodsKind};
use proptest::prelude::*;

fn any_day() -> impl Strategy<Value = Date> {
    (0i64..20_000).prop_map(|more| days(2000, 1, 1, more))
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let maybe = || proptest::option::of(any_day());
    let words = (
        proptest::sample::select(Country::ALL.to_vec()),
        proptest::option::of(proptest::sample::select(Land::ALL.to_vec())),
        proptest::sample::select(ClaimKind::ALL.to_vec()),
        proptest::sample::select(CustomerKind::ALL.to_vec()),
        proptest::sample::select(GoodsKind::ALL.to_vec()),
        proptest::sample::select(Sale::ALL.to_vec()),
        any::<[bool; 2]>(),
    );
    let dates = (any_day(), proptest::collection::vec(maybe(), 14));
    (words, dates).prop_map(|((country, land, claim, customer, goods, sale, [informed, complex]), (received, days))| {
        Facts {
            land,
            claim,
            customer,
            goods,
            sale,
            informed,
            complex,
            contract: days[0],
            delivered: days[1],
            best_before: days[2],
            stated: days[2].and_then(|_| "36 months".parse().ok()),
            discovered: days[3],
            first_notice: days[4],
            sent: days[5],
            accepted: days[6],
            goods_received: days[7],
            goods_returned: days[8],
            price_cut_claimed: days[9],
            repairs: days[10]
                .map(|done| Repair { done, handed_back: days[11], substantial: true })
                .into_iter()
                .collect(),
            replaced: days[12],
            satisfied: days[13],
            settled: days[13],
            ..Facts::new(country, noon(received))
        }
    })
}

proptest! {
    #[test]
    fn whatever_the_facts_a_safe_end_is_a_working_day_between_start_and_legal_end(facts in any_facts()) {
        let table = Table::current();
        for clock in all(&facts) {
            let rule = table.rule(&clock.rule).expect("of this table");
            prop_assert_eq!(rule.country, facts.country);
            let Some(ends) = clock.ends else { continue };
            let start = clock.started.expect("what ends has begun");
            prop_assert!(ends.safe_end <= ends.legal_end && ends.counted <= ends.legal_end, "{:?}", clock);
            if let Amount::Fixed(_) | Amount::Stated = rule.amount {
                prop_assert!(facts.calendar().is_working(ends.safe_end), "{:?}", clock);
                // The year of a repair counts from the guarantee's end, which a repair after it can't move.
                prop_assert!(ends.safe_end >= start || clock.kind == ClockKind::Extension, "{:?}", clock);
            }
        }
    }

    #[test]
    fn each_clock_has_its_slot_and_stays_passed(facts in any_facts(), first in any_day(), more in 0i64..3000) {
        let clocks = all(&facts);
        let slots: std::collections::BTreeSet<String> = clocks.iter().map(Clock::slot).collect();
        prop_assert_eq!(slots.len(), clocks.len());
        let later = days(first.year(), first.month(), first.day(), more);
        for clock in clocks {
            if clock.state(first) == State::Passed {
                prop_assert_eq!(clock.state(later), State::Passed);
            }
        }
    }
}
