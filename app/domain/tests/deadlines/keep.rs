use super::*;
use domain::deadline::clocks::keep_until;
use domain::deadline::regimes::DataClass;

fn kept(facts: &Facts, class: DataClass) -> String {
    keep_until(&all(facts), class).map_or_else(String::new, |day| day.to_string())
}

fn settled(country: Country, on: &str) -> Facts {
    Facts { settled: Some(ymd(on)), ..case(country, "2025-01-05", "2025-06-02") }
}

#[test]
fn facts_3_the_shortest_time_to_keep_things_by_country() {
    for (country, class, until) in [
        (Country::No, DataClass::Books, "2030-12-31"),
        (Country::No, DataClass::Correspondence, "2029-06-30"),
        (Country::No, DataClass::Claims, "2028-06-20"),
        (Country::Se, DataClass::Claims, "2035-06-20"),
        (Country::Se, DataClass::Books, "2032-12-31"),
        (Country::Dk, DataClass::Books, "2030-12-31"),
        (Country::Fi, DataClass::Books, "2031-12-31"),
        (Country::De, DataClass::Correspondence, "2031-12-31"),
        (Country::De, DataClass::Claims, "2028-12-31"),
        (Country::De, DataClass::Books, "2033-12-31"),
        (Country::Pl, DataClass::Claims, "2031-12-31"),
    ] {
        assert_eq!(kept(&settled(country, "2025-06-20"), class), until, "{country:?} {class:?}");
    }
}

#[test]
fn facts_3_poland_keeps_complaints_a_year_after_guarantee_or_settlement() {
    assert_eq!(kept(&settled(Country::Pl, "2025-06-20"), DataClass::ComplaintDocuments), "2028-01-05");
    assert_eq!(kept(&settled(Country::Pl, "2027-06-20"), DataClass::ComplaintDocuments), "2028-06-20");
}

#[test]
fn facts_3_nothing_goes_before_the_extended_guarantee_ends() {
    let mut facts =
        Facts { goods: domain::deadline::regimes::GoodsKind::Durable, ..settled(Country::No, "2025-06-20") };
    assert_eq!(kept(&facts, DataClass::Claims), "2030-01-05");
    facts.settled = None;
    assert_eq!(kept(&facts, DataClass::Claims), "", "an open case keeps everything");
}
