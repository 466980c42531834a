//! What a case keeps for the law beside its answers, and how both become [`Facts`].

use super::clocks::{Clock, State, clocks};
use super::count::{Period, day};
use super::facts::{Facts, Repair, Reply, Sale};
use super::regimes::{ClaimKind, ClockKind, Consequence, CustomerKind, GoodsKind, Table};
use super::watch::{Plan, Watched, next};
use super::{Country, Land};
use crate::decision::Verdict;
use crate::defaults::{Remedy, remedy};
use crate::form::Answers;
use crate::form::schema::common;
use crate::id::Key;
use crate::phase::Phase;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Frozen when the case begins, or noted as it happens; what the case's own rows say is not here twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recorded {
    /// The store's, when the case began. `None`: a country whose law we do not know.
    pub country: Option<Country>,
    pub land: Option<Land>,
    /// As the complaint type said when the case began; `None` is [`GoodsKind::Ordinary`].
    pub goods: Option<GoodsKind>,
    pub goods_received: Option<Date>,
    pub taken_back: Option<Date>,
    /// Accepted by silence.
    pub deemed: Option<Date>,
    #[serde(skip_serializing_if = "Noted::is_empty")]
    pub noted: Noted,
}

/// What staff know beside the form's answers; each goes before what is concluded from those.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    pub sale: Option<Sale>,
    pub customer: Option<CustomerKind>,
    /// The customer complained of the same defect before: the first time.
    pub first_notice: Option<Date>,
    /// The complaint first reached our side, be it the wrong channel: the clock of the reply counts from there.
    pub received: Option<Date>,
    /// The complaint was sent off.
    pub sent: Option<Date>,
    /// We answered in writing, outside of Redress.
    pub answered: Option<Date>,
    /// Our answer reached the customer.
    pub reached: Option<Date>,
    /// The goods came to us.
    pub goods_received: Option<Date>,
    /// The customer was told of the choice of remedy and of the longer guarantee, before a repair.
    pub repair_notice: Option<Date>,
    /// The last repair of the article, of this case or of one before it.
    pub repaired: Option<Date>,
    /// The customer got the goods back.
    pub handed_back: Option<Date>,
    /// The repair was so much that the goods count as new (PL kc art. 581).
    pub substantial: bool,
    /// The customer got other goods for those complained of.
    pub replaced: Option<Date>,
    /// We claimed from the supplier what we gave the customer.
    pub recourse_claimed: Option<Date>,
    /// How long the guarantor's document says that its guarantee lasts.
    pub stated: Option<Period>,
    /// The last day of use that the trader named.
    pub best_before: Option<Date>,
    /// The customer was not told of the right to withdraw.
    pub uninformed: bool,
    /// An accessibility complaint that takes longer to look into.
    pub complex: bool,
}

impl Noted {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn put_into(&self, facts: &mut Facts, zone: &TimeZone) {
        let put = |at: &mut Option<Date>, noted: Option<Date>| *at = noted.or(*at);
        facts.sale = self.sale.unwrap_or(facts.sale);
        facts.customer = self.customer.unwrap_or(facts.customer);
        let noon = |day: Date| day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok().map(|at| at.timestamp());
        if let Some(at) = self.received.and_then(noon) {
            facts.reached_us(at);
        }
        if let Some(sent) = self.answered.and_then(noon)
            && facts.replied.is_none_or(|reply| sent < reply.sent)
        {
            facts.replied = Some(Reply { sent, reached: None });
        }
        put(&mut facts.first_notice, self.first_notice);
        put(&mut facts.sent, self.sent);
        put(&mut facts.goods_received, self.goods_received);
        put(&mut facts.repair_notice, self.repair_notice);
        put(&mut facts.replaced, self.replaced);
        put(&mut facts.recourse_claimed, self.recourse_claimed);
        put(&mut facts.best_before, self.best_before);
        facts.stated = self.stated.clone().or(facts.stated.take());
        facts.informed &= !self.uninformed;
        facts.complex |= self.complex;
        if let (Some(replied), Some(day)) = (&mut facts.replied, self.reached) {
            // In the middle of the day that somebody knows of.
            replied.reached = noon(day);
        }
        if let Some(done) = self.repaired {
            facts.repairs.retain(|repair| repair.done != done);
            facts.repairs.push(Repair { done, handed_back: self.handed_back, substantial: self.substantial });
        }
    }
}

impl Recorded {
    /// `country` by ISO 3166-1; a German state is nothing anywhere else.
    pub fn begin(country: &str, land: Option<Land>, goods: GoodsKind) -> Self {
        let country = Country::from_key(country);
        let goods = (goods != GoodsKind::Ordinary).then_some(goods);
        Self { country, land: land.filter(|_| country == Some(Country::De)), goods, ..Self::default() }
    }

    /// What a change of the case means for the law; `today` at the store.
    pub fn follow(&mut self, before: Phase, after: Phase, today: Date) {
        if after == Phase::Withdrawn {
            self.taken_back.get_or_insert(today);
        } else if before == Phase::Withdrawn {
            self.taken_back = None;
        }
    }
}

/// A case as the law reads it. `answers` are canonical.
pub struct Told<'a> {
    pub recorded: &'a Recorded,
    pub answers: &'a Answers,
    /// When the complaint reached us: for a report from home its filing.
    pub received: Timestamp,
    /// When our first answer left: see [`crate::paper::answered`].
    pub replied: Option<Timestamp>,
    /// The last decision.
    pub verdict: Option<(Verdict, Timestamp)>,
    /// The outcome, and when it was recorded.
    pub settled: Option<(&'a Key, Timestamp)>,
    /// The customer was warned of fees when the complaint was taken in.
    pub fee_warned: bool,
    /// Our rejections bear an ADR statement.
    pub adr_stated: bool,
    /// Our answer goes by e-mail or on paper.
    pub durable_medium: bool,
}

/// `None` where no law is known, and for unsold stock: nobody bought it.
pub fn facts(told: &Told<'_>, zone: &TimeZone) -> Option<Facts> {
    let Told { recorded, answers, .. } = told;
    let country = recorded.country.filter(|_| answers.first(common::SOLD) != "no")?;
    let date = |key: &str| answers.first(key).parse::<Date>().ok();
    let on = |at: Timestamp| day(at, zone);
    // Whoever collects the goods has the answer in their hands.
    let replied = told.replied.into_iter().chain(told.settled.map(|(_, at)| at)).min();
    let (claim, customer) = basis(answers.first(common::LEGAL_BASIS));
    let received = on(told.received);
    let approved = told.verdict.filter(|(verdict, _)| *verdict != Verdict::Rejected).map(|(_, at)| on(at));
    let accepted = recorded.deemed.into_iter().chain(approved).min();
    let settled = told.settled.map(|(_, at)| on(at));
    let remedied = told.settled.and_then(|(outcome, _)| remedy(outcome.as_str())).zip(settled);
    let handed_in = answers.all("handed_in").iter().any(|part| part == "item").then_some(received);
    let goods_received = handed_in.or(recorded.goods_received);
    let demands = |demand: &str| accepted.is_some() && answers.first(common::DEMAND) == demand;
    let mut facts = Facts {
        land: recorded.land,
        claim,
        customer,
        goods: recorded.goods.unwrap_or(GoodsKind::Ordinary),
        contract: date(common::PURCHASE_DATE),
        delivered: date(common::DELIVERY_DATE),
        discovered: date(common::DEFECT_DATE),
        replied: replied.map(|sent| Reply { sent, reached: None }),
        accepted,
        goods_received,
        goods_returned: goods_received.filter(|_| demands("refund")),
        price_cut_claimed: demands("price_reduction").then_some(received),
        repairs: match remedied {
            Some((Remedy::Repair, done)) => vec![Repair { done, handed_back: Some(done), substantial: false }],
            _ => Vec::new(),
        },
        replaced: remedied.filter(|(remedy, _)| *remedy == Remedy::Replacement).map(|(_, day)| day),
        performed: settled,
        refunded: settled,
        satisfied: settled.filter(|_| accepted.is_some()),
        settled,
        taken_back: recorded.taken_back,
        fee_warning: told.fee_warned.then_some(received),
        adr_stated: told.adr_stated,
        durable_medium: told.durable_medium,
        ..Facts::new(country, told.received)
    };
    recorded.noted.put_into(&mut facts, zone);
    Some(facts)
}

/// What an answer to "legal basis" stands for: the shipped choices, or a claim's own key in an organisation's form.
fn basis(answer: &str) -> (ClaimKind, CustomerKind) {
    let claim = match answer {
        "guarantee" | "store_guarantee" => ClaimKind::CommercialGuarantee,
        "transport" => ClaimKind::Transit,
        own => ClaimKind::from_key(own).unwrap_or(ClaimKind::Nonconformity),
    };
    let customer = match answer {
        "business" => CustomerKind::Business,
        "sole_trader" => CustomerKind::SoleTrader,
        _ => CustomerKind::Consumer,
    };
    (claim, customer)
}

/// A case's clocks, and what lists and jobs keep of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reckoning {
    pub clocks: Vec<Clock>,
    /// The nearest safe end of what the customer waits for and nobody has done.
    pub on: Option<Date>,
    /// The first day on which somebody is told.
    pub watch: Option<Date>,
}

impl Reckoning {
    /// The last safe day of the answer to the complaint, answered or not; of rows that are confirmed.
    pub fn reply_by(&self) -> Option<Date> {
        let replies = self.clocks.iter().filter(|clock| {
            matches!(clock.kind, ClockKind::Reply | ClockKind::AccessibilityReply) && clock.is_awaited()
        });
        replies.filter_map(|clock| clock.ends).map(|ends| ends.safe_end).min()
    }
}

impl Reckoning {
    /// The day on which silence has accepted the complaint, as far as that has happened by today: the first after the legal
    /// end of a clock that says so and is confirmed.
    pub fn deemed(&self, today: Date) -> Option<Date> {
        let passed = |clock: &&Clock| {
            clock.consequence == Consequence::DeemedAccepted
                && clock.is_awaited()
                && clock.state(today) == State::Passed
        };
        let ends = self.clocks.iter().filter(passed).filter_map(|clock| clock.ends).map(|ends| ends.legal_end).min();
        ends.map(|end| end.tomorrow().unwrap_or(Date::MAX))
    }
}

/// Reckons a case by the version of the table that it was frozen with. `after`: steps up to that day are behind us.
pub fn reckon(table: &Table, facts: &Facts, zone: &TimeZone, plan: &Plan, after: Date) -> Reckoning {
    // A date at the end of time has no clocks; no form takes one.
    let clocks = clocks(table, facts, zone).unwrap_or_default();
    let watched = || clocks.iter().filter(|clock| clock.is_awaited());
    let open = watched().filter(|clock| clock.stopped.is_none());
    let on = open.filter_map(|clock| clock.ends).map(|ends| ends.safe_end).min();
    let days = watched().filter_map(|clock| next(&Watched::law(clock, after)?, plan, after));
    let watch = days.min();
    Reckoning { on, watch, clocks }
}

#[cfg(test)]
mod tests;
