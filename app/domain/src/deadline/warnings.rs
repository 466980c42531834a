//! What a person should know before they go on: help, in words with their reason. Only a duty that blocks is a lock.

use super::clocks::{Clock, Guarantee, State, guarantee};
use super::facts::Facts;
use super::regimes::{ClockKind, Duty, DutyKind, Moment, Status, Table};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

super::words! {
    /// Who has to prove whether the defect was there at delivery.
    Bearer { Seller = "seller", Customer = "customer" }

    /// Dates that can hardly be; life is odd, so they can be overruled with a reason.
    OddDate {
        ContractInFuture = "contract_in_future",
        DeliveredBeforeContract = "delivered_before_contract",
        DeliveredInFuture = "delivered_in_future",
        DiscoveredBeforeDelivery = "discovered_before_delivery",
        DiscoveredInFuture = "discovered_in_future",
        SentAfterReceived = "sent_after_received",
        FirstNoticeAfterReceived = "first_notice_after_received",
        RepairedBeforeDelivery = "repaired_before_delivery",
        ReplacedBeforeDelivery = "replaced_before_delivery",
    }
}

/// What to tell, with the data for its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// No row of the table but those of what is kept holds for this contract: the organisation's own rules alone.
    NoLaw,
    /// Nobody knows when the goods were delivered, or the law that would tell is unread.
    GuaranteeUnknown,
    NoFixedGuarantee,
    WithinGuarantee {
        until: Date,
    },
    /// The defect showed in time; the customer told of it afterwards.
    ShownWithinGuarantee {
        until: Date,
    },
    AfterGuarantee {
        until: Date,
    },
    /// The same defect was complained of in time, so this complaint is not late; `until` where the law sets an end.
    SameDefect {
        first_notice: Date,
        until: Option<Date>,
    },
    Burden {
        bearer: Bearer,
        until: Date,
    },
    /// Notice came later than the law always allows: whether it was reasonable is for a person to judge.
    NoticeLate {
        discovered: Date,
        until: Date,
    },
    /// Nobody asked when the defect first showed, and the law counts from it.
    DiscoveryMissing,
    Duty {
        duty: DutyKind,
        at: Moment,
        blocks: bool,
    },
    /// The answer was sent before the legal end, but sent or arrived after the last day that nobody disputes.
    ReplyInDoubt {
        sure_end: Date,
        legal_end: Date,
    },
    Odd(OddDate),
}

impl What {
    /// The name of its text; that of an odd date or a duty is its own.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoLaw => "no_law",
            Self::GuaranteeUnknown => "guarantee_unknown",
            Self::NoFixedGuarantee => "no_fixed_guarantee",
            Self::WithinGuarantee { .. } => "within_guarantee",
            Self::ShownWithinGuarantee { .. } => "shown_within_guarantee",
            Self::AfterGuarantee { .. } => "after_guarantee",
            Self::SameDefect { until: None, .. } => "same_defect",
            Self::SameDefect { until: Some(_), .. } => "same_defect_until",
            Self::Burden { bearer: Bearer::Seller, .. } => "burden_seller",
            Self::Burden { bearer: Bearer::Customer, .. } => "burden_customer",
            Self::NoticeLate { .. } => "notice_late",
            Self::DiscoveryMissing => "discovery_missing",
            Self::Duty { duty, .. } => duty.key(),
            Self::ReplyInDoubt { .. } => "reply_in_doubt",
            Self::Odd(odd) => odd.key(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub what: What,
    /// The row that it rests on, for statute and link.
    pub rule: Option<String>,
    /// Nothing unconfirmed is shown to customers.
    pub status: Status,
}

impl Warning {
    const fn plain(what: What) -> Self {
        Self { what, rule: None, status: Status::Confirmed }
    }

    fn of(clock: &Clock, what: What) -> Self {
        Self { what, rule: Some(clock.rule.clone()), status: clock.status }
    }
}

/// Everything to be told about a case today; `clocks` are those of the same table and facts.
pub fn warnings(table: &Table, facts: &Facts, clocks: &[Clock], zone: &TimeZone, today: Date) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = odd_dates(facts, zone, today).map(|odd| Warning::plain(What::Odd(odd))).collect();
    if clocks.iter().all(|clock| clock.kind == ClockKind::Retention) {
        warnings.push(Warning::plain(What::NoLaw));
    }
    let of_kind = |kind| clocks.iter().find(move |clock: &&Clock| clock.kind == kind);
    if let Some(clock) = of_kind(ClockKind::GuaranteeEnd) {
        warnings.push(of_guarantee(clock, facts, clocks, zone));
    }
    if let Some((clock, ends)) = of_kind(ClockKind::PresumptionEnd).and_then(|clock| Some((clock, clock.ends?))) {
        let bearer = if facts.shown(zone) <= ends.legal_end { Bearer::Seller } else { Bearer::Customer };
        warnings.push(Warning::of(clock, What::Burden { bearer, until: ends.legal_end }));
    }
    if let Some(clock) = of_kind(ClockKind::NoticeMin) {
        match (clock.started, clock.ends, clock.state(today)) {
            (None, ..) => warnings.push(Warning::of(clock, What::DiscoveryMissing)),
            // Whoever told of the same defect before need not tell again.
            (Some(discovered), Some(ends), State::Passed) if facts.first_notice.is_none() => {
                warnings.push(Warning::of(clock, What::NoticeLate { discovered, until: ends.legal_end }));
            }
            _ => {}
        }
    }
    let in_doubt = |clock: &&Clock| clock.kind == ClockKind::Reply && clock.state(today) == State::InDoubt;
    if let Some((clock, ends)) = clocks.iter().find(in_doubt).and_then(|clock| Some((clock, clock.ends?))) {
        let sure_end = clock.sure_end().unwrap_or(ends.legal_end);
        warnings.push(Warning::of(clock, What::ReplyInDoubt { sure_end, legal_end: ends.legal_end }));
    }
    let open = table.duties_for(facts, facts.received_on(zone)).filter(|duty| !is_done(duty, facts));
    warnings.extend(open.map(|duty| Warning {
        what: What::Duty { duty: duty.duty, at: duty.at, blocks: duty.blocks },
        rule: Some(duty.id.clone()),
        status: duty.source.status,
    }));
    warnings
}

/// The duties of a moment that are still to be done. One that blocks must be done before the moment comes: a rejection
/// without its ADR statement is not sent, a repair without its notice does not begin.
pub fn missing<'a>(table: &'a Table, facts: &'a Facts, at: Moment, zone: &TimeZone) -> Vec<&'a Duty> {
    let due = table.duties_for(facts, facts.received_on(zone));
    due.filter(|duty| duty.at == at && !is_done(duty, facts)).collect()
}

const fn is_done(duty: &Duty, facts: &Facts) -> bool {
    match duty.duty {
        DutyKind::RepairNotice => facts.repair_notice.is_some(),
        DutyKind::FeeWarning => facts.fee_warning.is_some(),
        DutyKind::AdrStatement => facts.adr_stated,
        DutyKind::DurableMedium => facts.durable_medium,
    }
}

fn of_guarantee(clock: &Clock, facts: &Facts, clocks: &[Clock], zone: &TimeZone) -> Warning {
    let notice = facts.notice(zone);
    let until = match guarantee(clocks) {
        Guarantee::Unknown => return Warning::of(clock, What::GuaranteeUnknown),
        Guarantee::NoFixedEnd => return Warning::of(clock, What::NoFixedGuarantee),
        Guarantee::Until(until) => until,
    };
    // The part that lasts longest gives the reason.
    let longest = clocks
        .iter()
        .filter(|clock| clock.kind.is_guarantee())
        .max_by_key(|clock| clock.ends.map(|ends| ends.legal_end));
    let longest = longest.unwrap_or(clock);
    if notice <= until {
        return Warning::of(longest, What::WithinGuarantee { until });
    }
    let again = clocks.iter().find(|clock| clock.kind == ClockKind::SameDefect);
    if let Some((again, first_notice)) = again.zip(facts.first_notice.filter(|first| *first <= until)) {
        let end = again.ends.map(|ends| ends.legal_end);
        if end.is_none_or(|end| notice <= end) {
            return Warning::of(again, What::SameDefect { first_notice, until: end });
        }
    }
    let shown = facts.shown(zone) <= until;
    Warning::of(longest, if shown { What::ShownWithinGuarantee { until } } else { What::AfterGuarantee { until } })
}

fn odd_dates(facts: &Facts, zone: &TimeZone, today: Date) -> impl Iterator<Item = OddDate> {
    let after = |day: Option<Date>, limit: Option<Date>| day.zip(limit).is_some_and(|(day, limit)| day > limit);
    let today = Some(today);
    let received = Some(facts.received_on(zone));
    let delivered = facts.delivered.or(facts.contract);
    let first_repair = facts.repairs.iter().map(|repair| repair.done).min();
    [
        (after(facts.contract, today), OddDate::ContractInFuture),
        (after(facts.contract, facts.delivered), OddDate::DeliveredBeforeContract),
        (after(facts.delivered, today), OddDate::DeliveredInFuture),
        (after(delivered, facts.discovered), OddDate::DiscoveredBeforeDelivery),
        (after(facts.discovered, today), OddDate::DiscoveredInFuture),
        (after(facts.sent, received), OddDate::SentAfterReceived),
        (after(facts.first_notice, received), OddDate::FirstNoticeAfterReceived),
        (after(delivered, first_repair), OddDate::RepairedBeforeDelivery),
        (after(delivered, facts.replaced), OddDate::ReplacedBeforeDelivery),
    ]
    .into_iter()
    .filter_map(|(odd, date)| odd.then_some(date))
}
