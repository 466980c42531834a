//! Our holidays against an independent reckoning (`data/holidays.txt`), day by day.

use domain::deadline::calendar::{Calendar, Rest};
use domain::deadline::{Country, Land};
use jiff::civil::{Date, Weekday, date};

const RECKONED: &str = include_str!("data/holidays.txt");

fn off(place: Calendar, year: i16) -> Vec<Date> {
    date(year, 1, 1)
        .series(jiff::Span::new().days(1))
        .take_while(|day| day.year() == year)
        .filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday))
        .filter(|day| place.rest(*day) == Rest::Off)
        .collect()
}

#[test]
fn holidays_are_those_of_an_independent_reckoning() {
    let mut compared = 0;
    for line in RECKONED.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (country, land) = match words.next().and_then(|place| place.split_once('-').or(Some((place, "")))) {
            Some((country, land)) => (Country::from_key(country).expect(line), Land::from_key(land)),
            None => panic!("{line}"),
        };
        let year = words.next().expect(line);
        let expected: Vec<Date> = words.map(|day| format!("{year}-{day}").parse().expect(line)).collect();
        let year = year.parse().expect(line);
        assert_eq!(off(Calendar::new(country, land), year), expected, "{line}");
        compared += 1;
    }
    assert!(compared > 400, "only {compared} years were compared");
}
