//! The table of deadlines as an admin reads it: each row with its source, and how well it is known.

use crate::desk::cases::source_view;
use app::backend::{LawRow, LawTable};
use domain::Locale;
use domain::deadline::Country;
use domain::deadline::count::Unit;
use domain::deadline::regimes::{Amount, Scope, Source, Status, Table};
use domain::format;
use texts::settings as texts_of;
use texts::words;

/// New cases are frozen with it.
pub fn table(l: Locale) -> LawTable {
    let table = Table::current();
    LawTable {
        version: table.version,
        unreviewed: u32::try_from(table.unreviewed().count()).unwrap_or(u32::MAX),
        countries: Country::ALL.map(|country| (country.name().to_owned(), rows(table, country, l))).to_vec(),
    }
}

fn rows(table: &Table, country: Country, l: Locale) -> Vec<LawRow> {
    let rules = table.rules.iter().filter(|rule| rule.country == country).map(|rule| {
        let from = texts::clock_start::by_key(l, rule.start.key()).unwrap_or_default();
        let data = rule.data.and_then(|data| texts::data_class::by_key(l, data.key()));
        let name = [Some(words::clock(l, rule.clock)), data].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let period = format!("{}, {from}", amount(&rule.amount, l));
        row(&rule.id, name, period, &rule.scope, &rule.source, rule.note.as_ref(), l)
    });
    let duties = table.duties.iter().filter(|duty| duty.country == country).map(|duty| {
        let name = texts::warning::by_key(l, duty.duty.key()).unwrap_or_default().to_owned();
        row(&duty.id, name, String::new(), &duty.scope, &duty.source, duty.note.as_ref(), l)
    });
    rules.chain(duties).collect()
}

fn row(
    id: &str,
    name: String,
    period: String,
    scope: &Scope,
    source: &Source,
    note: Option<&String>,
    l: Locale,
) -> LawRow {
    let claims = scope.claims.iter().filter_map(|claim| texts::claim_kind::by_key(l, claim.key()));
    let customers = scope.customers.iter().filter_map(|customer| texts::customer_kind::by_key(l, customer.key()));
    let from = scope.contract_from.map(|day| texts_of::law_contracts_from(l, &format::date(l, day)));
    let to = scope.contract_to.map(|day| texts_of::law_contracts_to(l, &format::date(l, day)));
    let lists = [claims.collect::<Vec<_>>().join(", "), customers.collect::<Vec<_>>().join(", ")];
    LawRow {
        id: id.to_owned(),
        name,
        period,
        holds_for: lists.into_iter().chain(from).chain(to).collect::<Vec<_>>().join(" · "),
        confirmed: source.status == Status::Confirmed,
        mark: texts::rule_mark::by_key(l, source.mark.key()).unwrap_or_default().to_owned(),
        source: source_view(source, l),
        reviewer: source.reviewer.clone().unwrap_or_default(),
        note: note.cloned().unwrap_or_default(),
    }
}

fn amount(amount: &Amount, l: Locale) -> String {
    match amount {
        Amount::None => texts::period::none(l).to_owned(),
        Amount::Stated => texts::period::stated(l).to_owned(),
        Amount::Until => texts::period::until(l).to_owned(),
        Amount::Fixed(period) => {
            let part = |(count, unit): &(u16, Unit)| {
                let count = i64::from(*count);
                match unit {
                    Unit::Days => texts::period::days(l, count),
                    Unit::Weeks => texts::period::weeks(l, count),
                    Unit::Months => texts::period::months(l, count),
                    Unit::Years => texts::period::years(l, count),
                }
            };
            period.parts().iter().map(part).collect::<Vec<_>>().join(" + ")
        }
    }
}
