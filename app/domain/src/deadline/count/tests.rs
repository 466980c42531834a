use super::*;
use crate::deadline::calendar::Rest;
use crate::deadline::{Country, Land};
use proptest::prelude::*;

fn counted(start: Date, period: &str, rule: CountRule) -> Date {
    let period = period.parse().expect("a period");
    end(start, &period, rule, RollRule::Stays, Calendar::new(Country::No, None)).expect("in the calendar").counted
}

fn poland(start: Date) -> Ends {
    end(start, &Period::days(14), CountRule::DayAfter, RollRule::NextWorkingDay, Calendar::new(Country::Pl, None))
        .expect("in the calendar")
}

/// Central Europe's zone, as all six countries but Finland keep it.
fn warsaw() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a POSIX zone")
}

#[test]
fn facts_5_poland_received_10_december_2026() {
    let ends = poland(date(2026, 12, 10));
    assert_eq!(ends.counted, date(2026, 12, 24));
    assert_eq!(ends.legal_end, date(2026, 12, 28));
    assert_eq!(ends.safe_end, date(2026, 12, 23));
}

#[test]
fn facts_5_poland_received_17_october_2026() {
    let ends = poland(date(2026, 10, 17));
    assert_eq!(ends.counted, date(2026, 10, 31));
    assert_eq!(ends.legal_end, date(2026, 11, 2));
    assert_eq!(ends.safe_end, date(2026, 10, 30));
}

#[test]
fn facts_5_delivery_on_29_february_and_two_years() {
    assert_eq!(counted(date(2024, 2, 29), "2 years", CountRule::DayAfter), date(2026, 2, 28));
    assert_eq!(counted(date(2024, 2, 29), "4 years", CountRule::DayAfter), date(2028, 2, 29));
}

#[test]
fn facts_5_received_before_and_after_midnight_and_on_a_dst_night() {
    for (utc, expected) in [
        // 23:50 and 00:10 in winter.
        ("2026-12-10T22:50:00Z", date(2026, 12, 10)),
        ("2026-12-10T23:10:00Z", date(2026, 12, 11)),
        // The same in summer, where UTC is two hours back.
        ("2026-07-10T21:50:00Z", date(2026, 7, 10)),
        ("2026-07-10T22:10:00Z", date(2026, 7, 11)),
        // Both sides of the autumn change (25 October 2026, 03:00 becomes 02:00), and the midnight after it.
        ("2026-10-25T00:30:00Z", date(2026, 10, 25)),
        ("2026-10-25T01:30:00Z", date(2026, 10, 25)),
        ("2026-10-25T22:50:00Z", date(2026, 10, 25)),
        ("2026-10-25T23:10:00Z", date(2026, 10, 26)),
        // The spring night, 29 March 2026.
        ("2026-03-28T22:50:00Z", date(2026, 3, 28)),
        ("2026-03-28T23:10:00Z", date(2026, 3, 29)),
    ] {
        assert_eq!(day(utc.parse().expect("an instant"), &warsaw()), expected, "{utc}");
    }
    // Fourteen civil days, although one of them has 25 hours.
    assert_eq!(poland(date(2026, 10, 20)).counted, date(2026, 11, 3));
}

#[test]
fn facts_5_months_end_on_their_last_day() {
    for (start, period, expected) in [
        (date(2026, 12, 31), "2 months", date(2027, 2, 28)),
        (date(2027, 12, 31), "2 months", date(2028, 2, 29)),
        (date(2026, 8, 31), "6 months", date(2027, 2, 28)),
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)),
        (date(2026, 1, 1), "2 weeks", date(2026, 1, 15)),
        // Fourteen days, and then twelve months (angrerettloven § 21).
        (date(2026, 1, 17), "14 days + 12 months", date(2027, 1, 31)),
    ] {
        assert_eq!(counted(start, period, CountRule::DayAfter), expected, "{start} + {period}");
    }
}

#[test]
fn a_period_of_a_day_over_a_weekend_is_safe_on_its_first() {
    let over = |start, roll| {
        let ends = end(start, &Period::days(1), CountRule::DayAfter, roll, Calendar::new(Country::Dk, None))
            .expect("in the calendar");
        (ends.legal_end, ends.safe_end)
    };
    let [friday, saturday, sunday, monday] = [20, 21, 22, 23].map(|day| date(2026, 11, day));
    assert_eq!(over(friday, RollRule::Stays), (saturday, friday));
    assert_eq!(over(saturday, RollRule::NextWorkingDay), (monday, monday), "no working day lies between");
    assert_eq!(over(saturday, RollRule::Stays), (sunday, sunday));
}

#[test]
fn facts_3_years_count_from_and_to_their_end() {
    assert_eq!(counted(date(2026, 5, 3), "42 months", CountRule::FromYearEnd), date(2030, 6, 30));
    assert_eq!(counted(date(2026, 5, 3), "6 years", CountRule::ToYearEnd), date(2032, 12, 31));
    assert_eq!(counted(date(2026, 12, 31), "3 years", CountRule::FromYearEnd), date(2029, 12, 31));
}

#[test]
fn facts_5_a_german_end_moves_by_the_state() {
    // Corpus Christi 2026 is Thursday 4 June; the fourteenth day after 21 May.
    let in_land = |land| {
        let place = Calendar::new(Country::De, land);
        let ends = end(date(2026, 5, 21), &Period::days(14), CountRule::DayAfter, RollRule::NextWorkingDay, place)
            .expect("in the calendar");
        (ends.legal_end, ends.safe_end)
    };
    assert_eq!(in_land(Some(Land::Nw)), (date(2026, 6, 5), date(2026, 6, 3)));
    assert_eq!(in_land(Some(Land::Be)), (date(2026, 6, 4), date(2026, 6, 4)));
    assert_eq!(
        in_land(None),
        (date(2026, 6, 4), date(2026, 6, 3)),
        "nobody knows where: nothing moves, nothing is safe"
    );
}

#[test]
fn periods_are_read_as_they_are_written() {
    for text in ["14 days", "2 years", "6 months", "1 years", "14 days + 12 months", "3 weeks"] {
        let period: Period = text.parse().expect(text);
        assert_eq!(period.to_string(), text);
    }
    assert_eq!("1 year".parse::<Period>().map(|p| p.parts().to_vec()), Ok(vec![(1, Unit::Years)]));
    for text in ["", "14", "0 days", "-1 days", "two years", "2 moons", "2 years +", "14days"] {
        assert_eq!(text.parse::<Period>(), Err(BadPeriod), "{text:?}");
    }
}

#[test]
fn what_ends_beyond_the_calendar_is_told() {
    let place = Calendar::new(Country::Se, None);
    let last = date(9999, 12, 31);
    for roll in RollRule::ALL {
        assert_eq!(end(last, &Period::days(1), CountRule::DayAfter, roll, place), Err(BeyondCalendar));
    }
}

fn places() -> impl Strategy<Value = Calendar> {
    let lands = proptest::option::of(proptest::sample::select(Land::ALL.to_vec()));
    (proptest::sample::select(Country::ALL.to_vec()), lands).prop_map(|(country, land)| Calendar::new(country, land))
}

fn any_day() -> impl Strategy<Value = Date> {
    (1990i16..2200, 1i16..=365).prop_map(|(year, day)| {
        date(year, 1, 1).checked_add(Span::new().days(i64::from(day) - 1)).expect("in the calendar")
    })
}

proptest! {
    #[test]
    fn a_safe_end_is_a_working_day_not_after_the_legal_and_not_before_the_start(
        start in any_day(),
        amount in 1u16..100,
        unit in proptest::sample::select(Unit::ALL.to_vec()),
        count in proptest::sample::select(CountRule::ALL.to_vec()),
        roll in proptest::sample::select(RollRule::ALL.to_vec()),
        place in places(),
    ) {
        let ends = end(start, &Period(vec![(amount, unit)]), count, roll, place).expect("in the calendar");
        prop_assert!(ends.counted > start);
        prop_assert!(ends.safe_end <= ends.legal_end && ends.counted <= ends.legal_end);
        prop_assert!(ends.safe_end >= start);
        // Five days in a row are never all off.
        if unit != Unit::Days || amount > 5 {
            prop_assert!(place.is_working(ends.safe_end), "{:?}", ends);
            prop_assert!(ends.safe_end <= ends.counted);
        }
        if roll == RollRule::Stays {
            prop_assert_eq!(ends.legal_end, ends.counted);
        } else {
            prop_assert_ne!(place.rest(ends.legal_end), Rest::Off);
        }
    }

    #[test]
    fn an_hour_more_never_ends_earlier(ms in 0i64..4_000_000_000_000, hours in 0i64..2000) {
        let zone = warsaw();
        let at = |ms| poland(day(Timestamp::from_millisecond(ms).expect("an instant"), &zone));
        let (first, second) = (at(ms), at(ms + hours * 3_600_000));
        prop_assert!(first.counted <= second.counted && first.legal_end <= second.legal_end);
        prop_assert!(first.safe_end <= second.safe_end);
    }

    #[test]
    fn never_more_than_six_days_in_a_row_are_off(day in any_day(), place in places()) {
        let open = place.next_open(day).expect("in the calendar");
        prop_assert!(day.until(open).expect("days").get_days() <= 6);
    }
}
