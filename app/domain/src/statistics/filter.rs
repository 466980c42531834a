//! A slice in the codes of the facts' dictionaries.

use super::fact::{Code, Day, Fact};
use super::period::Span;
use super::slice::{Answered, Slice};
use crate::decision::Verdict;
use crate::phase::Phase;

/// Which codes count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Codes {
    #[default]
    Every,
    /// Those whose place is `true`.
    Of(Vec<bool>),
}

impl Codes {
    /// Those alone; a word that no dictionary has is `None` and no case's.
    pub fn of(codes: impl IntoIterator<Item = Option<Code>>) -> Self {
        let mut places = Vec::new();
        for code in codes.into_iter().flatten() {
            let place = code as usize;
            if places.len() <= place {
                places.resize(place + 1, false);
            }
            places[place] = true;
        }
        Self::Of(places)
    }

    pub fn has(&self, code: Code) -> bool {
        match self {
            Self::Every => true,
            Self::Of(places) => places.get(code as usize).copied().unwrap_or(false),
        }
    }
}

/// What a case must be, all of it. `Some(None)` asks for a word that no case has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose cases may be counted at all.
    pub reach: Codes,
    pub stores: Codes,
    pub kinds: Codes,
    pub suppliers: Codes,
    pub registered: Option<(Day, Day)>,
    pub decided: Option<(Day, Day)>,
    pub settled: Option<(Day, Day)>,
    pub open_on: Option<Day>,
    /// Days, both counted.
    pub age: Option<(u16, u16)>,
    pub verdict: Option<Verdict>,
    pub answered: Option<Answered>,
    pub outcome: Option<Option<Code>>,
    pub cause: Option<Option<Code>>,
    pub brand: Option<Option<Code>>,
    pub article: Option<Option<Code>>,
    pub phase: Option<Phase>,
    pub handler: Option<Option<Code>>,
}

pub(super) fn days(span: Span) -> (Day, Day) {
    (Day::of(span.from), Day::of(span.until))
}

/// No day lies before all of them.
fn within(day: Day, span: Option<(Day, Day)>) -> bool {
    span.is_none_or(|(from, until)| from <= day && day <= until)
}

fn is(code: Code, wanted: Option<Option<Code>>) -> bool {
    wanted.is_none_or(|wanted| wanted == Some(code))
}

impl Filter {
    /// What of a slice needs no dictionary.
    pub fn of(slice: &Slice) -> Self {
        Self {
            registered: slice.registered.map(days),
            decided: slice.decided.map(days),
            settled: slice.settled.map(days),
            open_on: slice.open_on.map(Day::of),
            age: slice.age.map(|(from, until)| (from, until.unwrap_or(u16::MAX))),
            verdict: slice.verdict,
            answered: slice.answered,
            ..Self::default()
        }
    }

    /// The dimensions that statistics are narrowed by as a whole.
    pub fn covers(&self, fact: &Fact) -> bool {
        self.reach.has(u32::from(fact.store))
            && self.stores.has(u32::from(fact.store))
            && self.kinds.has(u32::from(fact.kind))
            && self.suppliers.has(fact.supplier)
    }

    /// Whether the case is one of them.
    pub fn holds(&self, fact: &Fact) -> bool {
        self.covers(fact)
            && within(fact.registered, self.registered)
            && within(fact.decided, self.decided)
            && within(fact.settled, self.settled)
            && self.open_on.is_none_or(|day| fact.is_open_after(day))
            && self.age.is_none_or(|(from, until)| {
                let age = self.open_on.unwrap_or(Day::MAX).since(fact.registered);
                from <= age && age <= until
            })
            && self.verdict.is_none_or(|verdict| fact.verdict == Some(verdict))
            && self.answered.is_none_or(|answered| fact.is_answered(answered))
            && is(u32::from(fact.outcome), self.outcome)
            && is(u32::from(fact.cause), self.cause)
            && is(fact.brand, self.brand)
            && is(fact.article, self.article)
            && self.phase.is_none_or(|phase| fact.phase == phase)
            && is(u32::from(fact.handler), self.handler)
    }
}

impl Fact {
    /// Neither in time nor past it: not decided, or nothing was to be kept.
    pub fn is_answered(&self, answered: Answered) -> bool {
        let (by, in_time) = match answered {
            Answered::InLaw => (self.reply_by, true),
            Answered::PastLaw => (self.reply_by, false),
            Answered::InTarget => (self.target, true),
            Answered::PastTarget => (self.target, false),
        };
        self.decided.is_some() && by.is_some() && (self.decided <= by) == in_time
    }
}
