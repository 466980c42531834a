//! What the law says of a case, as its page shows it.

use super::rows::due;
use crate::desk::book::{Book, Store};
use crate::desk::law::{facts_of, reckoned, table};
use crate::store::cases::Case;
use app::backend::{ClockView, HintView, LawAsks, LawView, SourceView, Viewer};
use domain::Locale;
use domain::deadline::clocks::{Clock, State, clocks};
use domain::deadline::facts::Facts;
use domain::deadline::recorded::{Noted, Recorded, Told, facts};
use domain::deadline::regimes::{
    ClaimKind, ClockKind, Consequence, DutyKind, GoodsKind, Moment, Source, Start, Status, Table,
};
use domain::deadline::warnings::{Warning, What, warnings};
use domain::decision::Verdict;
use domain::form::Answers;
use domain::phase::Phase;
use domain::role::Right;
use jiff::Timestamp;
use jiff::civil::Date;
use texts::words;

/// What nobody has confirmed is marked as such, and hidden from those who handle no cases.
pub fn view(book: &Book, store: &Store, case: &Case, who: &Viewer, today: Date) -> LawView {
    let Some(facts) = facts_of(book, store, case) else { return LawView::default() };
    let (table, l) = (table(case), who.locale);
    let shown = |status: Status| status == Status::Confirmed || who.may(Right::Handle);
    let reckoned = reckoned(book, store, case, Date::MIN);
    // To whom we owe nothing, nothing is late; an end that the law names is told all the same.
    let refused = case.decision.as_ref().is_some_and(|decided| decided.decision.verdict == Verdict::Rejected);
    let idle = |clock: &Clock| refused && clock.kind.is_duty() && clock.state(today) == State::Open;
    let told = |clock: &&Clock| tells(clock) && shown(clock.status) && !idle(clock);
    let mut clocks: Vec<&Clock> = reckoned.clocks.iter().filter(told).collect();
    clocks.sort_by_key(|clock| (place(clock, today), clock.ends.map(|ends| ends.safe_end)));
    let warnings = warnings(table, &facts, &reckoned.clocks, &store.zone, today);
    let open = case.phase.is_open() && case.archived.is_none();
    // Once there is an answer, what had to be thought of before it is past.
    let mut hints: Vec<Warning> = warnings
        .into_iter()
        .filter(|hint| shown(hint.status) && (open || !matches!(hint.what, What::Duty { .. })))
        .collect();
    let before_repair = |hint: &Warning| matches!(hint.what, What::Duty { duty: DutyKind::RepairNotice, .. });
    let repair_notice = hints.iter().position(before_repair).map(|at| hints.remove(at));
    LawView {
        clocks: clocks.into_iter().filter_map(|clock| clock_view(table, clock, l, today)).collect(),
        hints: hints.iter().map(|hint| hint_view(table, hint, l)).collect(),
        version: table.version,
        noted: (case.archived.is_none() && who.may(Right::Handle)).then(|| case.law.recorded.noted.clone()),
        asks: asks(table, &facts, &case.law.recorded.noted),
        unsent: is_unsent(case.phase, case.law.replied_at.is_some(), case.law.on),
        deemed: case.law.recorded.deemed,
        repair_notice: repair_notice.map(|hint| hint_view(table, &hint, l)),
    }
}

/// Decided, and the law waits for the answer.
pub fn is_unsent(phase: Phase, replied: bool, law_on: Option<Date>) -> bool {
    phase.is_decided() && !replied && law_on.is_some()
}

/// What the law of this case looks at; what was noted can always be taken back.
fn asks(table: &Table, facts: &Facts, noted: &Noted) -> LawAsks {
    let counts_from = |start: Start| {
        table.rules.iter().any(|rule| {
            rule.country == facts.country && rule.start == start && rule.scope.claims.contains(&facts.claim)
        })
    };
    LawAsks {
        stated: facts.claim == ClaimKind::CommercialGuarantee || noted.stated.is_some(),
        best_before: counts_from(Start::BestBefore) || noted.best_before.is_some(),
        uninformed: facts.claim == ClaimKind::Withdrawal || noted.uninformed,
        complex: facts.claim == ClaimKind::Accessibility || noted.complex,
    }
}

/// A right that has not begun, and how long papers are kept, say nothing to whoever handles the case.
fn tells(clock: &Clock) -> bool {
    clock.started.is_some() && clock.kind != ClockKind::Retention
}

fn place(clock: &Clock, today: Date) -> u8 {
    match (clock.kind.is_duty(), clock.state(today)) {
        (true, State::Running) => 0,
        (true, _) => 1,
        (false, _) => 2,
    }
}

fn clock_view(table: &Table, clock: &Clock, l: Locale, today: Date) -> Option<ClockView> {
    let rule = table.rule(&clock.rule)?;
    let state = clock.state(today);
    let waits = clock.kind.is_duty() && clock.stopped.is_none();
    let consequence = match clock.consequence {
        Consequence::NoneFixed => "",
        other => texts::consequence::by_key(l, other.key()).unwrap_or_default(),
    };
    Some(ClockView {
        name: words::clock(l, clock.kind).to_owned(),
        from: texts::clock_start::by_key(l, clock.start.key()).unwrap_or_default().to_owned(),
        state,
        assumed: clock.assumed,
        legal_end: clock.ends.map(|ends| ends.legal_end),
        safe: clock.ends.filter(|_| waits).and_then(|ends| due(Some(ends.safe_end), today)),
        consequence: consequence.to_owned(),
        source: source(&rule.source, l),
    })
}

pub fn source(source: &Source, l: Locale) -> SourceView {
    let unconfirmed = match source.status {
        Status::Confirmed => "",
        Status::Unconfirmed => texts::rule_mark::by_key(l, source.mark.key()).unwrap_or(source.mark.key()),
    };
    SourceView {
        statute: source.statute.clone(),
        url: source.url.clone(),
        checked: source.checked,
        unconfirmed: unconfirmed.to_owned(),
    }
}

/// A warning in the reader's words.
pub(in crate::desk) fn hint_view(table: &Table, warning: &Warning, l: Locale) -> HintView {
    let of_rule = |id: &str| table.rule(id).map(|rule| &rule.source);
    let of_duty = |id: &str| table.duties.iter().find(|duty| duty.id == id).map(|duty| &duty.source);
    let found = warning.rule.as_deref().and_then(|id| of_rule(id).or_else(|| of_duty(id)));
    HintView {
        text: words::hint(l, &warning.what),
        blocks: matches!(warning.what, What::Duty { blocks: true, .. }),
        good: matches!(warning.what, What::WithinGuarantee { .. }),
        source: found.map(|found| source(found, l)),
    }
}

/// What can be said before there is a case: is it within the guarantee, who has to prove what, which dates cannot be.
/// `answers` are canonical.
pub(in crate::desk) fn at_registration(
    who: &Viewer,
    store: &Store,
    goods: GoodsKind,
    answers: &Answers,
    fee_warned: bool,
    now: Timestamp,
) -> Vec<HintView> {
    let recorded = Recorded::begin(&store.country, store.land, goods);
    let told = Told {
        recorded: &recorded,
        answers,
        received: now,
        replied: None,
        verdict: None,
        settled: None,
        fee_warned,
        adr_stated: true,
        durable_medium: true,
    };
    let Some(facts) = facts(&told, &store.zone) else { return Vec::new() };
    let table = Table::current();
    let clocks = clocks(table, &facts, &store.zone).unwrap_or_default();
    let warnings = warnings(table, &facts, &clocks, &store.zone, facts.received_on(&store.zone));
    let now_or_never = |what: &What| !matches!(what, What::Duty { at, .. } if *at != Moment::Receipt);
    let shown = |hint: &Warning| hint.status == Status::Confirmed || who.may(Right::Handle);
    let told = warnings.iter().filter(|hint| shown(hint) && now_or_never(&hint.what));
    told.map(|hint| hint_view(table, hint, who.locale)).collect()
}
