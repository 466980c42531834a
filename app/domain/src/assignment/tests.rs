use super::*;
use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

fn store(n: u128) -> StoreId {
    StoreId(Uuid::from_u128(n))
}

fn rule(n: u128, handlers: &[u128]) -> Rule {
    Rule {
        id: RuleId(Uuid::from_u128(n)),
        store: None,
        type_key: None,
        brand: String::new(),
        from_minor: None,
        to_minor: None,
        locale: None,
        handlers: handlers.iter().copied().map(staff).collect(),
    }
}

fn away(who: u128, substitute: Option<u128>) -> Absence {
    Absence {
        id: AbsenceId(Uuid::from_u128(who)),
        staff: staff(who),
        from: date(2026, 11, 2),
        until: date(2026, 11, 6),
        substitute: substitute.map(staff),
    }
}

fn shoes() -> Facts {
    Facts {
        store: store(1),
        type_key: "shoes".parse().expect("there"),
        brand: "Łęg Sport".into(),
        value_minor: Some(49_900),
        locale: Locale::Pl,
    }
}

fn serving(who: &[u128]) -> BTreeSet<StaffId> {
    who.iter().copied().map(staff).collect()
}

const DAY: Date = date(2026, 11, 4);

fn chosen(rules: &[Rule], fallback: &Fallback, who: &[u128], absences: &[Absence], turn: u64) -> Option<Chosen> {
    let presence = Presence::on(DAY, absences);
    choose(rules, fallback, &serving(who), &presence, &shoes()).map(|pool| pool.pick(turn))
}

fn handler(of_type: u128) -> Fallback {
    Fallback { of_type: Some(staff(of_type)), ..Fallback::default() }
}

#[test]
fn a_rule_asks_for_what_it_names_and_nothing_else() {
    let any = rule(1, &[1]);
    assert!(any.fits(&shoes()));
    let fits = |change: &dyn Fn(&mut Rule)| {
        let mut rule = any.clone();
        change(&mut rule);
        rule.fits(&shoes())
    };
    assert!(fits(&|r| r.store = Some(store(1))) && !fits(&|r| r.store = Some(store(2))));
    assert!(fits(&|r| r.type_key = "shoes".parse().ok()) && !fits(&|r| r.type_key = "toys".parse().ok()));
    assert!(fits(&|r| r.brand = "  LEG sport!".into()) && !fits(&|r| r.brand = "Leg".into()));
    assert!(fits(&|r| r.locale = Some(Locale::Pl)) && !fits(&|r| r.locale = Some(Locale::Nb)));
    assert!(fits(&|r| r.from_minor = Some(49_900)) && !fits(&|r| r.from_minor = Some(49_901)));
    assert!(fits(&|r| r.to_minor = Some(49_900)) && !fits(&|r| r.to_minor = Some(49_899)));
    let unpriced = Facts { value_minor: None, ..shoes() };
    assert!(any.fits(&unpriced) && !Rule { to_minor: Some(1), ..any }.fits(&unpriced));
}

#[test]
fn the_first_rule_that_has_somebody_counts_then_type_deputies_store() {
    let toys = Rule { type_key: "toys".parse().ok(), ..rule(1, &[1]) };
    let rules = [toys, rule(2, &[2]), rule(3, &[3])];
    let fallback = Fallback { of_type: Some(staff(4)), deputies: vec![staff(5), staff(6)], of_store: Some(staff(7)) };
    let by = |who: &[u128]| chosen(&rules, &fallback, who, &[], 0).map(|chosen| (chosen.to, chosen.basis));
    let second = Basis::Rule { id: rules[1].id, place: 2 };
    assert_eq!(by(&[1, 2, 3, 4, 5, 6, 7]), Some((staff(2), second)));
    assert_eq!(by(&[1, 3, 4]), Some((staff(3), Basis::Rule { id: rules[2].id, place: 3 })));
    assert_eq!(by(&[1, 4, 5, 6, 7]), Some((staff(4), Basis::Type)));
    assert_eq!(by(&[1, 6, 7]), Some((staff(6), Basis::Deputy)));
    assert_eq!(by(&[7]), Some((staff(7), Basis::Store)));
    assert_eq!(by(&[1]), None);
}

#[test]
fn an_absent_handlers_cases_go_to_the_substitute_or_the_next() {
    let fallback = Fallback { deputies: vec![staff(9)], ..handler(1) };
    let to = |who: &[u128], absences: &[Absence]| {
        chosen(&[], &fallback, who, absences, 0).map(|chosen| (chosen.to, chosen.instead_of))
    };
    assert_eq!(to(&[1, 2, 9], &[away(1, Some(2))]), Some((staff(2), Some(staff(1)))));
    assert_eq!(to(&[1, 9], &[away(1, Some(2))]), Some((staff(9), None)), "the substitute does not serve the store");
    assert_eq!(to(&[1, 2, 9], &[away(1, Some(2)), away(2, None)]), Some((staff(9), None)));
    assert_eq!(to(&[1, 2, 3, 9], &[away(1, Some(2)), away(2, Some(3))]), Some((staff(3), Some(staff(1)))));
    assert_eq!(to(&[1, 2, 9], &[away(1, Some(2)), away(2, Some(1))]), Some((staff(9), None)), "a cycle");
    assert_eq!(to(&[1, 2, 9], &[away(1, Some(1))]), Some((staff(9), None)));
    assert_eq!(to(&[2, 9], &[away(1, Some(2))]), Some((staff(9), None)), "of somebody who has left");
    assert_eq!(to(&[1, 9], &[away(1, None), away(9, None)]), None);
}

#[test]
fn an_absence_has_its_first_and_its_last_day() {
    let absences = [away(1, None)];
    for (day, there) in [(1, true), (2, false), (6, false), (7, true)] {
        assert_eq!(Presence::on(date(2026, 11, day), &absences).absence(staff(1)).is_none(), there, "{day}");
    }
    let later = |from, until| Absence { from: date(2026, 11, from), until: date(2026, 11, until), ..away(1, None) };
    assert!(later(6, 9).overlaps(&absences[0]) && later(1, 2).overlaps(&absences[0]));
    assert!(!later(7, 9).overlaps(&absences[0]) && !away(2, None).overlaps(&absences[0]));
}

#[test]
fn a_substitute_knows_for_whom() {
    let absences = [away(1, Some(2)), away(3, Some(1)), away(4, None)];
    let presence = Presence::on(DAY, &absences);
    assert_eq!(presence.stands_in_for(staff(2)), [staff(1), staff(3)]);
    assert_eq!(presence.stands_in_for(staff(1)), []);
}

#[test]
fn a_substitute_who_is_in_the_turn_anyway_gets_no_second_share() {
    let rules = [rule(1, &[1, 2, 3])];
    let turns: Vec<StaffId> = (0..4)
        .filter_map(|turn| chosen(&rules, &Fallback::default(), &[1, 2, 3], &[away(1, Some(2))], turn))
        .map(|chosen| chosen.to)
        .collect();
    assert_eq!(turns, [staff(2), staff(3), staff(2), staff(3)]);
}

#[test]
fn a_single_one_needs_no_turn() {
    let pool = |handlers: &[u128]| {
        choose(&[rule(1, handlers)], &handler(9), &serving(&[1, 2, 9]), &Presence::default(), &shoes())
    };
    assert_eq!(pool(&[1]).expect("there").turns(), None);
    assert_eq!(pool(&[1, 7]).expect("there").turns(), None, "the other one is not there");
    assert!(pool(&[1, 2]).expect("there").turns().expect("there").starts_with("rule:"));
    assert_eq!(pool(&[]).expect("there").turns(), None, "the type's");
}

fn absences() -> impl Strategy<Value = Vec<Absence>> {
    let one =
        (0_u128..6, prop::option::of(0_u128..6), -3_i32..3, 0_i32..4).prop_map(|(who, substitute, from, days)| {
            let from = DAY.saturating_add(from.days());
            Absence { from, until: from.saturating_add(days.days()), ..away(who, substitute) }
        });
    prop::collection::vec(one, 0..6)
}

fn people() -> impl Strategy<Value = Vec<u128>> {
    prop::collection::vec(0_u128..6, 0..6)
}

proptest! {
    #[test]
    fn nobody_gets_a_case_who_is_away_or_does_not_serve(
        of_rules in prop::collection::vec(people(), 0..3), of_type in prop::option::of(0_u128..6), deputies in people(),
        of_store in prop::option::of(0_u128..6), who in people(), absences in absences(), turn: u64,
    ) {
        let rules: Vec<Rule> = of_rules.iter().zip(1..).map(|(handlers, n)| rule(n, handlers)).collect();
        let fallback = Fallback {
            of_type: of_type.map(staff),
            deputies: deputies.into_iter().map(staff).collect(),
            of_store: of_store.map(staff),
        };
        let presence = Presence::on(DAY, &absences);
        match choose(&rules, &fallback, &serving(&who), &presence, &shoes()) {
            Some(pool) => {
                let Chosen { to, instead_of, .. } = pool.pick(turn);
                prop_assert!(serving(&who).contains(&to) && presence.absence(to).is_none());
                if let Some(other) = instead_of {
                    prop_assert!(presence.absence(other).is_some() && presence.stand_in(other) == Some(to));
                }
            }
            None => {
                let named = rules.iter().flat_map(|rule| &rule.handlers).chain(&fallback.deputies);
                let named = named.chain(&fallback.of_type).chain(&fallback.of_store);
                for one in named.filter(|one| serving(&who).contains(one)) {
                    prop_assert!(presence.absence(*one).is_some(), "somebody was there");
                }
            }
        }
    }

    #[test]
    fn turns_are_fair(handlers in people(), who in people(), absences in absences(), rounds in 1_u64..5, start in 0_u64..1000) {
        let presence = Presence::on(DAY, &absences);
        let pool = choose(&[rule(1, &handlers)], &Fallback::default(), &serving(&who), &presence, &shoes());
        let Some(pool) = pool else { return Ok(()) };
        let n = pool.people.len() as u64;
        let mut shares: BTreeMap<StaffId, u64> = BTreeMap::new();
        for turn in start..start + n * rounds {
            *shares.entry(pool.pick(turn).to).or_default() += 1;
        }
        prop_assert_eq!(shares.len() as u64, n);
        prop_assert!(shares.values().all(|share| *share == rounds));
        let present: BTreeSet<StaffId> = handlers.iter().map(|n| staff(*n))
            .filter(|one| serving(&who).contains(one) && presence.absence(*one).is_none()).collect();
        prop_assert!(present.iter().all(|one| shares.contains_key(one)), "each who is there has a share");
    }
}
