//! Every word that a clock, a warning or the table can show has its text in each language.

use domain::deadline::clocks::State;
use domain::deadline::count::Unit;
use domain::deadline::facts::Sale;
use domain::deadline::regimes::{
    ClaimKind, ClockKind, Consequence, CustomerKind, DataClass, DutyKind, GoodsKind, Mark, Start, Status,
};
use domain::deadline::warnings::OddDate;
use serde_json::{Map, Value};

macro_rules! in_each_language {
    ($namespace:literal) => {
        [
            include_str!(concat!("../../../locales/en/", $namespace, ".json")),
            include_str!(concat!("../../../locales/nb/", $namespace, ".json")),
            include_str!(concat!("../../../locales/pl/", $namespace, ".json")),
        ]
    };
}

fn has_all(files: [&str; 3], keys: impl IntoIterator<Item = &'static str>) {
    let files = files.map(|file| serde_json::from_str::<Map<String, Value>>(file).expect("an object"));
    for key in keys {
        for file in &files {
            assert!(file.contains_key(key), "{key} is missing in {file:?}");
        }
    }
}

#[test]
fn every_word_has_its_text() {
    has_all(in_each_language!("clock"), ClockKind::ALL.map(ClockKind::key));
    let states = [State::NotApplicable, State::Open, State::Running, State::Met, State::InDoubt, State::Passed];
    has_all(in_each_language!("clock_state"), states.map(State::key));
    has_all(in_each_language!("clock_start"), Start::ALL.map(Start::key));
    has_all(in_each_language!("consequence"), Consequence::ALL.map(Consequence::key));
    has_all(in_each_language!("claim_kind"), ClaimKind::ALL.map(ClaimKind::key));
    has_all(in_each_language!("customer_kind"), CustomerKind::ALL.map(CustomerKind::key));
    has_all(in_each_language!("goods_kind"), GoodsKind::ALL.map(GoodsKind::key));
    has_all(in_each_language!("sale"), Sale::ALL.map(Sale::key));
    has_all(in_each_language!("data_class"), DataClass::ALL.map(DataClass::key));
    has_all(in_each_language!("rule_mark"), Mark::ALL.map(Mark::key));
    has_all(in_each_language!("rule_mark"), Status::ALL.map(Status::key));
    has_all(in_each_language!("period"), Unit::ALL.map(Unit::key));
    has_all(in_each_language!("period"), ["none", "stated", "until"]);
    has_all(in_each_language!("warning"), DutyKind::ALL.map(DutyKind::key));
    has_all(in_each_language!("warning"), OddDate::ALL.map(OddDate::key));
    has_all(
        in_each_language!("warning"),
        [
            "no_law",
            "guarantee_unknown",
            "no_fixed_guarantee",
            "within_guarantee",
            "shown_within_guarantee",
            "after_guarantee",
            "same_defect",
            "same_defect_until",
            "burden_seller",
            "burden_customer",
            "notice_late",
            "discovery_missing",
            "reply_in_doubt",
        ],
    );
}
