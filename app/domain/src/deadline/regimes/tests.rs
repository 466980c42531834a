use super::*;
use std::collections::BTreeSet;

/// A row that is whole, to be broken in one place.
const ROW: &str = r#"
[[rule]]
id = "pl-reply"
country = "PL"
clock = "reply"
start = "received"
amount = "14 days"
count = "day_after"
roll = "next_working_day"
consequence = "deemed_accepted"
scope = { claims = ["nonconformity"], customers = ["consumer"] }

[rule.source]
statute = "upk art. 7a"
url = "https://api.sejm.gov.pl/eli/acts/DU/2024/1796"
mark = "statute"
status = "confirmed"
checked = "2026-11-22"
"#;

fn faults(text: &str) -> String {
    match load(1, &[("pl", text)]) {
        Ok(_) => String::new(),
        Err(faults) => faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n"),
    }
}

#[test]
fn every_version_loads() {
    for (version, files) in SOURCES {
        match load(version, files) {
            Ok(table) => assert!(!table.rules.is_empty()),
            Err(faults) => panic!("{}", faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n")),
        }
        assert_eq!(Table::version(version).map(|table| table.version), Some(version));
    }
    assert_eq!(Some(Table::current()), Table::version(SOURCES[SOURCES.len() - 1].0));
    assert_eq!(Table::version(0), None);
}

#[test]
fn a_row_without_source_is_refused() {
    assert_eq!(faults(ROW), "");
    let without = |from: &str| -> String {
        ROW.lines().filter(|line| !line.starts_with(from)).flat_map(|line| [line, "\n"]).collect()
    };
    for field in ["statute", "url", "mark", "status", "checked"] {
        let faults = faults(&without(field));
        assert!(faults.contains(&format!("missing field `{field}`")), "{field}: {faults}");
    }
    let (bare, _) = ROW.split_once("[rule.source]").expect("a source");
    assert!(faults(bare).contains("missing field `source`"));
    assert_eq!(faults(&ROW.replace("upk art. 7a", " ")), "pl-reply: no statute");
    assert_eq!(faults(&ROW.replace("https:", "http:")), "pl-reply: no link to the source");
}

#[test]
fn what_is_not_whole_is_refused_with_its_place() {
    for (from, to, fault) in [
        ("14 days", "14", "not a period"),
        ("14 days", "0 days", "not a period"),
        ("\"reply\"", "\"answer\"", "unknown variant `answer`"),
        ("\"PL\"", "\"CZ\"", "unknown variant `CZ`"),
        ("roll =", "rolls =", "unknown field `rolls`"),
        ("2026-11-22", "2026-11-31", "checked"),
        ("[\"consumer\"]", "[]", "holds for nobody"),
        ("pl-reply", "no-reply", "an id begins with its country"),
        ("mark = \"statute\"", "mark = \"secondary\"", "confirmed, but"),
        ("clock = \"reply\"", "clock = \"retention\"", "names the data"),
        ("{ claims", "{ contract_from = \"2026-01-02\", contract_to = \"2026-01-01\", claims", "its last contract"),
    ] {
        let faults = faults(&ROW.replace(from, to));
        assert!(faults.contains(fault), "{from} -> {to}: {faults:?}");
    }
}

#[test]
fn two_rows_for_one_clock_of_one_contract_are_refused() {
    let twin = |id: &str, more: &str| {
        let row = ROW.split_once("[[rule]]").map_or("", |(_, row)| row).replace("pl-reply", id);
        format!("{ROW}\n[[rule]]{}", row.replace("{ claims", &format!("{{ {more} claims")))
    };
    assert!(faults(&twin("pl-reply", "")).contains("another row has this id"));
    assert!(faults(&twin("pl-again", "")).contains("pl-again holds as well"));
    assert!(faults(&twin("pl-again", "contract_from = \"2026-07-31\",")).contains("holds as well"));
    assert!(faults(&twin("pl-again", "when = [\"complex\"],")).contains("holds as well"));
    let apart = twin("pl-again", "contract_from = \"2026-07-31\",").replacen(
        "{ claims",
        "{ contract_to = \"2026-07-30\", claims",
        1,
    );
    assert_eq!(faults(&apart), "");
}

#[test]
fn every_country_has_what_the_brief_asks_for() {
    let table = Table::current();
    for country in Country::ALL {
        let kinds: BTreeSet<ClockKind> =
            table.rules.iter().filter(|rule| rule.country == country).map(|rule| rule.clock).collect();
        for kind in [
            ClockKind::GuaranteeEnd,
            ClockKind::PresumptionEnd,
            ClockKind::Remedy,
            ClockKind::Refund,
            ClockKind::WithdrawalEnd,
            ClockKind::Retention,
        ] {
            assert!(kinds.contains(&kind), "{country:?} has no {kind:?}");
        }
    }
    let kinds: BTreeSet<ClockKind> = table.rules.iter().map(|rule| rule.clock).collect();
    assert_eq!(kinds, ClockKind::ALL.into_iter().collect(), "a kind of clock that no row has");
}

#[test]
fn facts_5_an_amount_may_be_none() {
    let finnish = Table::current().rule("fi-guarantee").expect("a row");
    assert_eq!(finnish.amount, Amount::None);
}

#[test]
fn unconfirmed_rows_wait_for_a_reviewer() {
    let unreviewed: BTreeSet<&str> = Table::current().unreviewed().collect();
    for row in ["pl-reply-sole-trader", "se-extension", "fi-repair-notice"] {
        assert!(unreviewed.contains(row), "{row}");
    }
    assert!(!unreviewed.contains("pl-reply") && !unreviewed.contains("no-guarantee-durable"));
    let row = ROW.replace("\"statute\"", "\"secondary\"").replace("\"confirmed\"", "\"unconfirmed\"");
    let unreviewed = |row: &str| load(1, &[("pl", row)]).expect("whole").unreviewed().count();
    assert_eq!(unreviewed(&row), 1);
    assert_eq!(unreviewed(&format!("{row}reviewer = \"Kari Nordmann\"\n")), 0);
}
