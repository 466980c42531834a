//! The numbers, in one pass over the facts.

use super::fact::{Code, Day, Fact};
use super::filter::{Filter, days};
use super::period::Span;
use super::slice::Answered;
use crate::decision::Verdict;

/// How old what is open can be, in days: from, and up to if there is an end.
pub const AGES: [(u16, Option<u16>); 5] = [(0, Some(7)), (8, Some(14)), (15, Some(30)), (31, Some(90)), (91, None)];
/// Brands and articles that are told of.
pub const TOP: usize = 10;
/// A decision that took longer counts as one that took so many days.
const LONGEST: usize = 4_000;

/// What came, was decided and was settled in some days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    pub registered: u32,
    pub decided: u32,
    pub settled: u32,
}

/// Decisions in time and past it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub within: u32,
    pub past: u32,
}

impl Kept {
    /// In thousandths; `None` where nothing was to be kept.
    pub fn share(self) -> Option<u32> {
        let all = u64::from(self.within) + u64::from(self.past);
        (all > 0).then(|| u32::try_from((u64::from(self.within) * 1000 + all / 2) / all).unwrap_or(1000))
    }
}

/// One period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub flow: Flow,
    /// At the end of its last day.
    pub open: u32,
    /// Days from registering to the first decision: half took no longer, and nine in ten.
    pub median: Option<u16>,
    pub ninetieth: Option<u16>,
    pub law: Kept,
    pub target: Kept,
    /// Of what was decided, in the order of [`Verdict::ALL`].
    pub verdicts: [u32; 3],
}

/// A word and how many cases bear it: in the period, and in the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub code: Code,
    pub cases: [u32; 2],
}

/// An outcome with what it cost, in the smallest unit of the organisation's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tallied {
    pub code: Code,
    pub cases: [u32; 2],
    pub cost: [i64; 2],
    /// What suppliers credited for the same cases.
    pub credit: [i64; 2],
}

/// A brand or an article, by its complaints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Top {
    pub code: Code,
    pub cases: [u32; 2],
    /// The newest case of it, which knows how it is written.
    pub newest: u32,
}

/// Everything that is told of a period, beside the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// As the period was cut.
    pub course: Vec<Flow>,
    pub totals: [Totals; 2],
    /// What is open at the end of the period, by [`AGES`].
    pub ages: [u32; 5],
    /// Of what was decided, most first; 0 stands for cases without one.
    pub causes: Vec<Counted>,
    /// Of what was settled, most first.
    pub outcomes: Vec<Tallied>,
    /// Of what was registered in the period, most first.
    pub brands: Vec<Top>,
    pub articles: Vec<Top>,
}

/// Counts of words by their codes.
#[derive(Default)]
struct Tally<T>(Vec<T>);

impl<T: Clone + Default> Tally<T> {
    fn at(&mut self, code: Code) -> &mut T {
        let place = code as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, T::default());
        }
        &mut self.0[place]
    }

    fn each(self) -> impl Iterator<Item = (Code, T)> {
        (0..).zip(self.0)
    }
}

#[derive(Clone, Copy, Default)]
struct Money {
    cases: [u32; 2],
    cost: [i64; 2],
    credit: [i64; 2],
}

#[derive(Clone, Copy, Default)]
struct Seen {
    cases: [u32; 2],
    newest: u32,
}

/// Counts what of `facts` the filter covers: its stores, types and suppliers alone are looked at.
///
/// `parts` cut `now`, in order and without gaps. What is open is counted at the end of each period.
pub fn summarise<'a>(
    facts: impl IntoIterator<Item = &'a Fact>,
    filter: &Filter,
    [now, before]: [Span; 2],
    parts: &[Span],
) -> Summary {
    let spans = [now, before].map(days);
    let place = places(now, parts);
    let mut summary = Summary {
        course: vec![Flow::default(); parts.len()],
        totals: [Totals::default(); 2],
        ages: [0; 5],
        causes: Vec::new(),
        outcomes: Vec::new(),
        brands: Vec::new(),
        articles: Vec::new(),
    };
    let mut waits = [vec![0_u32; LONGEST + 1], vec![0_u32; LONGEST + 1]];
    let (mut causes, mut outcomes) = (Tally::<[u32; 2]>::default(), Tally::<Money>::default());
    let (mut brands, mut articles) = (Tally::<Seen>::default(), Tally::<Seen>::default());
    for fact in facts {
        if !filter.covers(fact) {
            continue;
        }
        for (at, (from, until)) in spans.into_iter().enumerate() {
            let within = |day: Day| from <= day && day <= until;
            let totals = &mut summary.totals[at];
            if within(fact.registered) {
                totals.flow.registered += 1;
                for (tally, code) in [(&mut brands, fact.brand), (&mut articles, fact.article)] {
                    let seen = tally.at(code);
                    seen.cases[at] += 1;
                    seen.newest = seen.newest.max(fact.seq);
                }
            }
            if within(fact.decided) {
                totals.flow.decided += 1;
                waits[at][usize::from(fact.decided.since(fact.registered)).min(LONGEST)] += 1;
                totals.law.within += u32::from(fact.is_answered(Answered::InLaw));
                totals.law.past += u32::from(fact.is_answered(Answered::PastLaw));
                totals.target.within += u32::from(fact.is_answered(Answered::InTarget));
                totals.target.past += u32::from(fact.is_answered(Answered::PastTarget));
                if let Some(verdict) = fact.verdict {
                    totals.verdicts[verdict_place(verdict)] += 1;
                }
                causes.at(u32::from(fact.cause))[at] += 1;
            }
            if within(fact.settled) {
                totals.flow.settled += 1;
                let money = outcomes.at(u32::from(fact.outcome));
                money.cases[at] += 1;
                money.cost[at] = money.cost[at].saturating_add(fact.cost);
                money.credit[at] = money.credit[at].saturating_add(fact.credit);
            }
            totals.open += u32::from(fact.is_open_after(until));
        }
        let (from, until) = spans[0];
        if fact.is_open_after(until) {
            let age = until.since(fact.registered);
            let of_age = AGES.iter().position(|(least, most)| *least <= age && most.is_none_or(|most| age <= most));
            summary.ages[of_age.unwrap_or(AGES.len() - 1)] += 1;
        }
        for (day, count) in [
            (fact.registered, (|flow: &mut Flow| &mut flow.registered) as fn(&mut Flow) -> &mut u32),
            (fact.decided, |flow| &mut flow.decided),
            (fact.settled, |flow| &mut flow.settled),
        ] {
            if from <= day
                && day <= until
                && let Some(flow) = place.get(usize::from(day.since(from))).and_then(|at| summary.course.get_mut(*at))
            {
                *count(flow) += 1;
            }
        }
    }
    for (totals, waits) in summary.totals.iter_mut().zip(&waits) {
        totals.median = percentile(waits, 50);
        totals.ninetieth = percentile(waits, 90);
    }
    summary.causes = sorted(causes.each().map(|(code, cases)| Counted { code, cases }), |one| one.cases);
    summary.outcomes = sorted(
        outcomes.each().map(|(code, Money { cases, cost, credit })| Tallied { code, cases, cost, credit }),
        |one| one.cases,
    );
    summary.brands = top(brands);
    summary.articles = top(articles);
    summary
}

const fn verdict_place(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Approved => 0,
        Verdict::Partly => 1,
        Verdict::Rejected => 2,
    }
}

/// To each day of the period the part that it lies in.
fn places(span: Span, parts: &[Span]) -> Vec<usize> {
    let mut places = Vec::with_capacity(usize::try_from(span.days()).unwrap_or_default());
    for (at, part) in parts.iter().enumerate() {
        let days = usize::from(Day::of(part.until).since(Day::of(part.from))) + 1;
        places.extend(std::iter::repeat_n(at, days));
    }
    places
}

/// The least number of days that so many per cent took at most (nearest rank).
fn percentile(waits: &[u32], percent: u64) -> Option<u16> {
    let all: u64 = waits.iter().map(|count| u64::from(*count)).sum();
    let rank = (all * percent).div_ceil(100).max(1);
    let mut passed = 0;
    let days = waits.iter().position(|count| {
        passed += u64::from(*count);
        passed >= rank
    })?;
    u16::try_from(days).ok()
}

/// What there is, most of this period first, then most before it, then by the dictionary.
fn sorted<T>(all: impl Iterator<Item = T>, cases: impl Fn(&T) -> [u32; 2]) -> Vec<T> {
    let mut found: Vec<T> = all.filter(|one| cases(one) != [0, 0]).collect();
    found.sort_by_key(|one| std::cmp::Reverse(cases(one)));
    found
}

/// Unnamed ones are no brand and no article.
fn top(tally: Tally<Seen>) -> Vec<Top> {
    let named = tally.each().filter(|(code, seen)| *code != 0 && seen.cases[0] > 0);
    let mut top = sorted(named.map(|(code, Seen { cases, newest })| Top { code, cases, newest }), |one| one.cases);
    top.truncate(TOP);
    top
}
