//! What the law looks at in a case.

use super::calendar::Calendar;
use super::count::{Period, day};
use super::regimes::{ClaimKind, Condition, CustomerKind, GoodsKind};
use super::{Country, Land};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

super::words! {
    /// Where the contract was made.
    Sale { Shop = "shop", Distance = "distance", HomeVisit = "home_visit" }
}

/// A repair of the article, of this case or of one before it. A refused repair is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    pub done: Date,
    /// When the customer got the goods back.
    pub handed_back: Option<Date>,
    /// So much that the goods count as new (PL kc art. 581).
    pub substantial: bool,
}

/// Our answer to the complaint. A letter that says "we have received it" is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub sent: Timestamp,
    /// When it reached the customer, as far as known; both proofs are kept.
    pub reached: Option<Timestamp>,
}

/// The legal facts of one case. Dates are civil days at the store; what nobody knows is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub country: Country,
    /// The German state of the store.
    pub land: Option<Land>,
    pub claim: ClaimKind,
    pub customer: CustomerKind,
    pub goods: GoodsKind,
    pub sale: Sale,
    /// The customer was told of the right to withdraw.
    pub informed: bool,
    /// An accessibility complaint that takes longer to look into.
    pub complex: bool,

    /// The day of the contract: chooses the regime.
    pub contract: Option<Date>,
    /// The day on which the customer got the goods. Unknown, the contract's day stands in for it.
    pub delivered: Option<Date>,
    /// The last day of use that the trader named.
    pub best_before: Option<Date>,
    /// How long the guarantor's document says that its guarantee lasts.
    pub stated: Option<Period>,

    pub discovered: Option<Date>,
    /// The customer complained of the same defect before: the first time.
    pub first_notice: Option<Date>,
    /// The day on which the customer sent the complaint off; where unknown, it is the day it came.
    pub sent: Option<Date>,
    /// The instant at which the complaint first reached the seller's side, be it the wrong channel or a repair shop.
    pub received: Timestamp,

    pub replied: Option<Reply>,
    /// Accepted by decision, or by silence.
    pub accepted: Option<Date>,
    pub goods_received: Option<Date>,
    /// The goods came back, or proof that they were sent; the earlier.
    pub goods_returned: Option<Date>,
    pub price_cut_claimed: Option<Date>,
    /// In any order.
    pub repairs: Vec<Repair>,
    /// The customer got other goods for those complained of.
    pub replaced: Option<Date>,
    /// The remedy was done: repaired, replaced, made accessible.
    pub performed: Option<Date>,
    pub refunded: Option<Date>,
    /// The customer's claims were met.
    pub satisfied: Option<Date>,
    /// We claimed from the supplier what we gave the customer.
    pub recourse_claimed: Option<Date>,
    pub settled: Option<Date>,
    /// The customer took the complaint back.
    pub taken_back: Option<Date>,

    /// The customer was told of the choice and of the longer guarantee.
    pub repair_notice: Option<Date>,
    /// The customer was warned that an examination may cost something.
    pub fee_warning: Option<Date>,
    /// The rejection says whether we take part in ADR, and names the body.
    pub adr_stated: bool,
    /// The answer is on paper or another durable medium.
    pub durable_medium: bool,
}

impl Facts {
    /// A consumer's complaint about something bought in the shop, of which nothing is known but when it came.
    pub const fn new(country: Country, received: Timestamp) -> Self {
        Self {
            country,
            land: None,
            claim: ClaimKind::Nonconformity,
            customer: CustomerKind::Consumer,
            goods: GoodsKind::Ordinary,
            sale: Sale::Shop,
            informed: true,
            complex: false,
            contract: None,
            delivered: None,
            best_before: None,
            stated: None,
            discovered: None,
            first_notice: None,
            sent: None,
            received,
            replied: None,
            accepted: None,
            goods_received: None,
            goods_returned: None,
            price_cut_claimed: None,
            repairs: Vec::new(),
            replaced: None,
            performed: None,
            refunded: None,
            satisfied: None,
            recourse_claimed: None,
            settled: None,
            taken_back: None,
            repair_notice: None,
            fee_warning: None,
            adr_stated: false,
            durable_medium: false,
        }
    }

    /// The complaint was found to have reached our side at that instant as well: the first counts.
    pub fn reached_us(&mut self, at: Timestamp) {
        self.received = self.received.min(at);
    }

    pub const fn calendar(&self) -> Calendar {
        Calendar::new(self.country, self.land)
    }

    /// The day on which the complaint came.
    pub fn received_on(&self, zone: &TimeZone) -> Date {
        day(self.received, zone)
    }

    /// The day on which the customer gave notice: when it was sent off (NO fkjl § 4), else when it came.
    pub fn notice(&self, zone: &TimeZone) -> Date {
        let received = self.received_on(zone);
        self.sent.map_or(received, |sent| sent.min(received))
    }

    /// The day on which the defect is known to have shown: when it was discovered, else when notice was given.
    pub fn shown(&self, zone: &TimeZone) -> Date {
        let notice = self.notice(zone);
        let known = [self.discovered, self.first_notice].into_iter().flatten().min();
        known.map_or(notice, |shown| shown.min(notice))
    }

    pub(super) fn holds(&self, condition: Condition) -> bool {
        match condition {
            Condition::AwayFromShop => self.sale != Sale::Shop,
            Condition::Distance => self.sale == Sale::Distance,
            Condition::HomeVisit => self.sale == Sale::HomeVisit,
            Condition::Informed => self.informed,
            Condition::Uninformed => !self.informed,
            Condition::Simple => !self.complex,
            Condition::Complex => self.complex,
        }
    }
}
