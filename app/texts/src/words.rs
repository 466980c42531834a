//! Words for the domain's values, where a key alone does not make the sentence.

use domain::assignment::Basis;
use domain::attachment::AttachmentKind;
use domain::attachment::{Refusal, limits};
use domain::case::{ArchiveReason, Channel};
use domain::deadline::recompute::{ClockChange, Reckoned, Recomputed};
use domain::deadline::regimes::{ClockKind, Consequence};
use domain::deadline::warnings::{Bearer, What};
use domain::deadline::watch::Step;
use domain::decision::Verdict;
use domain::form::schema::Choice;
use domain::form::{Fault, Field, FieldKind};
use domain::letter::{LetterState, Template};
use domain::phase::{Phase, Waiting};
use domain::rma::{Condition, RmaState, Route};
use domain::role::Role;
use domain::{Locale, format};
use jiff::civil::Date;
use std::cmp::Ordering;

/// What is wrong with an answer, as it stands beside its field.
pub fn fault(l: Locale, fault: &Fault) -> String {
    use crate::fault as words;
    match fault {
        Fault::TooLong(max) => words::too_long(l, i64::from(*max)),
        Fault::TooSmall(limit) => words::too_small(l, limit),
        Fault::TooLarge(limit) => words::too_large(l, limit),
        Fault::TooEarly(date) => words::too_early(l, date),
        Fault::TooLate(date) => words::too_late(l, date),
        plain => words::by_key(l, plain.key()).unwrap_or(plain.key()).to_owned(),
    }
}

/// Why a file was not taken, with the limit that it broke.
pub fn refusal(l: Locale, refusal: Refusal) -> String {
    use crate::refusal as words;
    match refusal {
        Refusal::Empty => words::empty(l).to_owned(),
        Refusal::TooLarge => words::too_large(l, &(limits::BYTES / (1024 * 1024)).to_string()),
        Refusal::TooManyPixels => words::too_many_pixels(l, &(limits::PIXELS / 1_000_000).to_string()),
        Refusal::TooManyPixelsForType => {
            words::too_many_pixels_for_type(l, &(limits::PIXELS_WHOLE / 1_000_000).to_string())
        }
        Refusal::TooMany => words::too_many(l, i64::from(limits::PER_CASE)),
        Refusal::UnknownType => words::unknown_type(l).to_owned(),
        Refusal::Damaged => words::damaged(l).to_owned(),
    }
}

pub fn phase(l: Locale, phase: Phase) -> &'static str {
    crate::phase::by_key(l, phase.key()).unwrap_or(phase.key())
}

pub fn waiting(l: Locale, on: Waiting) -> &'static str {
    crate::waiting::by_key(l, on.key()).unwrap_or(on.key())
}

/// What we wait for, as whoever is to send it reads it.
pub fn awaited(l: Locale, on: Waiting) -> &'static str {
    crate::awaited::by_key(l, on.key()).unwrap_or(on.key())
}

pub fn channel(l: Locale, channel: Channel) -> &'static str {
    crate::channel::by_key(l, channel.key()).unwrap_or(channel.key())
}

pub fn hindrance(l: Locale, hindrance: domain::bulk::Hindrance) -> &'static str {
    crate::hindrance::by_key(l, hindrance.key()).unwrap_or(hindrance.key())
}

pub fn column(l: Locale, column: domain::column::Column) -> &'static str {
    crate::column::by_key(l, column.key()).unwrap_or(column.key())
}

pub fn kind(l: Locale, kind: AttachmentKind) -> &'static str {
    crate::kind::by_key(l, kind.key()).unwrap_or(kind.key())
}

pub fn verdict(l: Locale, verdict: Verdict) -> &'static str {
    crate::verdict::by_key(l, verdict.key()).unwrap_or(verdict.key())
}

pub fn archive_reason(l: Locale, reason: ArchiveReason) -> &'static str {
    crate::archive_reason::by_key(l, reason.key()).unwrap_or(reason.key())
}

pub fn role(l: Locale, role: Role) -> &'static str {
    crate::role::by_key(l, role.key()).unwrap_or(role.key())
}

pub fn template(l: Locale, template: Template) -> &'static str {
    crate::template::by_key(l, template.key()).unwrap_or(template.key())
}

pub fn route(l: Locale, route: Route) -> &'static str {
    crate::route::by_key(l, route.key()).unwrap_or(route.key())
}

pub fn rma_state(l: Locale, state: RmaState) -> &'static str {
    crate::rma_state::by_key(l, state.key()).unwrap_or(state.key())
}

pub fn condition(l: Locale, condition: Condition) -> &'static str {
    crate::condition::by_key(l, condition.key()).unwrap_or(condition.key())
}

/// What a carrier did not do: the fault's key and its own words behind a space, as they are stored.
pub fn carrier_fault(l: Locale, stored: &str) -> String {
    let (key, said) = stored.split_once(' ').unwrap_or((stored, ""));
    match crate::carrier_fault::by_key(l, key) {
        Some(words) if said.is_empty() => words.to_owned(),
        Some(words) => format!("{words}: {said}"),
        None => stored.to_owned(),
    }
}

pub fn letter_state(l: Locale, state: LetterState) -> &'static str {
    crate::letter_state::by_key(l, state.key()).unwrap_or(state.key())
}

/// A field's canonical answer as the case shows it: choices by their labels, dates and amounts in the locale. `currency`
/// is ISO 4217. Empty if there is no answer.
pub fn answer(l: Locale, field: &Field, canonical: &[String], currency: &str) -> String {
    let one = |value: &String| match &field.kind {
        FieldKind::Number { decimals, unit, .. } => {
            value.parse().ok().map(|units| format::number(l, units, *decimals, unit.get(l)))
        }
        FieldKind::Money { .. } => value.parse().ok().map(|minor| format::money(l, minor, currency)),
        FieldKind::Date { .. } => value.parse().ok().map(|date| format::date(l, date)),
        FieldKind::Choice { options } | FieldKind::Choices { options } => label(l, options, value),
        FieldKind::YesNo | FieldKind::Tick => Some(yes_no(l, value == "yes").to_owned()),
        FieldKind::Phone => Some(format::phone(value)),
        _ => None,
    };
    let shown: Vec<String> = canonical.iter().map(|value| one(value).unwrap_or_else(|| value.clone())).collect();
    shown.join(", ")
}

pub const fn yes_no(l: Locale, yes: bool) -> &'static str {
    if yes { crate::form::yes(l) } else { crate::form::no(l) }
}

fn label(l: Locale, options: &[Choice], key: &str) -> Option<String> {
    options.iter().find(|option| option.key.as_str() == key).map(|option| option.label.get(l).to_owned())
}

/// How far a day is: `today`, `in 3 days`, `2 days ago`. `days` counts from today, the past below zero.
pub fn relative_days(l: Locale, days: i64) -> String {
    use crate::date as words;
    match days {
        0 => words::today(l).to_owned(),
        1 => words::tomorrow(l).to_owned(),
        -1 => words::yesterday(l).to_owned(),
        days if days > 0 => words::in_days(l, days),
        days => words::days_ago(l, days.saturating_neg()),
    }
}

/// What is left until a date that something is due: `3 days left`, `last day today`, `2 days overdue`.
pub fn days_left(l: Locale, days: i64) -> String {
    use crate::date as words;
    match days.cmp(&0) {
        Ordering::Greater => words::days_left(l, days),
        Ordering::Equal => words::last_day(l).to_owned(),
        Ordering::Less => words::days_over(l, days.saturating_neg()),
    }
}

/// The organisation's words for a clock: what it counts.
pub fn clock(l: Locale, kind: ClockKind) -> &'static str {
    crate::clock::by_key(l, kind.key()).unwrap_or(kind.key())
}

/// How deadlines moved, a line each: `Answer to the complaint: 30 Oct 2026 → 3 Nov 2026`.
pub fn moved(l: Locale, moved: &Recomputed) -> String {
    let end = |side: &Option<Reckoned>| {
        let end = side.as_ref().and_then(|clock| clock.ends).map(|ends| format::date(l, ends.legal_end));
        end.unwrap_or_else(|| crate::deadline::no_end(l).to_owned())
    };
    // What ends on no other day was begun or moved within its row: nothing that a person has to know.
    let changes = moved.clocks.iter().map(|change| (change, end(&change.before), end(&change.after)));
    let changed = changes.filter(|(_, before, after)| before != after);
    let line = |(change, before, after): (&ClockChange, String, String)| {
        crate::deadline::before_after(l, clock(l, change.kind), &before, &after)
    };
    changed.map(line).collect::<Vec<_>>().join("\n")
}

/// `Answer to the complaint: last safe day 30 Oct 2026`.
pub fn deadline_near(l: Locale, kind: ClockKind, safe_end: Date) -> String {
    format!("{}: {} {}", clock(l, kind), crate::deadline::safe_end(l).to_lowercase(), format::date(l, safe_end))
}

/// `Answer to the complaint: last day by law 2 Nov 2026. No answer in time means that the complaint is accepted`.
pub fn deadline_passed(l: Locale, kind: ClockKind, legal_end: Date, consequence: Consequence) -> String {
    let end = crate::deadline::legal_end(l).to_lowercase();
    let follows = crate::consequence::by_key(l, consequence.key()).unwrap_or_default();
    format!("{}: {end} {}. {follows}", clock(l, kind), format::date(l, legal_end))
}

/// Who got a case, by which rule and for whom: `Kari Moen (rule 2, stands in for Hans)`. Empty for nobody.
pub fn assigned(l: Locale, name: &str, by: Option<&Basis>, instead_of: &str) -> String {
    use crate::people as words;
    let by = by.map(|basis| match basis {
        Basis::Rule { place, .. } => words::by_rule(l, &place.to_string()),
        Basis::Type => words::by_type(l).to_owned(),
        Basis::Deputy => words::by_deputy(l).to_owned(),
        Basis::Store => words::by_store(l).to_owned(),
    });
    let instead_of = (!instead_of.is_empty()).then(|| words::stands_in_for(l, instead_of));
    let how = by.into_iter().chain(instead_of).collect::<Vec<_>>().join(", ");
    if how.is_empty() { name.to_owned() } else { format!("{name} ({how})") }
}

/// `absent until 6 Nov 2026, Kari Moen stands in`; an empty name: nobody does.
pub fn away(l: Locale, until: Date, stands_in: &str) -> String {
    let until = format::date(l, until);
    if stands_in.is_empty() { crate::people::away(l, &until) } else { crate::people::away_with(l, &until, stands_in) }
}

/// `Waiting for Nowak Obuwie since 3 Nov 2026 (9 days), reminded twice, next reminder 15 Nov 2026`. `whom` is empty where
/// the case knows who that is.
pub fn waits(l: Locale, on: Waiting, whom: &str, since: (Date, i64), reminded: u8, next: Option<Date>) -> String {
    use crate::waits as words;
    let whom = if whom.is_empty() { waiting(l, on) } else { whom };
    let (since, days) = since;
    let mut said = words::since(l, whom, &format::date(l, since));
    if days > 0 {
        said = format!("{said} ({})", words::days(l, days));
    }
    let reminded = match reminded {
        0 => None,
        1 => Some(words::once(l).to_owned()),
        2 => Some(words::twice(l).to_owned()),
        more => Some(words::times(l, i64::from(more))),
    };
    let next = next.map(|day| words::next(l, &format::date(l, day)));
    [Some(said), reminded, next].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What somebody is told of a deadline that needs them.
pub const fn step(l: Locale, step: Step) -> &'static str {
    match step {
        Step::Reminder(_) => crate::deadline::told_handler(l),
        Step::Deputy => crate::deadline::told_deputy(l),
        Step::Admin => crate::deadline::told_admin(l),
        Step::Fallback => crate::deadline::told_fallback(l),
        Step::Passed => crate::deadline::told_passed(l),
    }
}

/// What to know of a case, with the reason.
pub fn hint(l: Locale, what: &What) -> String {
    use crate::warning as words;
    let day = |date: &Date| format::date(l, *date);
    match what {
        What::WithinGuarantee { until } => words::within_guarantee(l, &day(until)),
        What::ShownWithinGuarantee { until } => words::shown_within_guarantee(l, &day(until)),
        What::AfterGuarantee { until } => words::after_guarantee(l, &day(until)),
        What::SameDefect { first_notice, until: None } => words::same_defect(l, &day(first_notice)),
        What::SameDefect { first_notice, until: Some(until) } => {
            words::same_defect_until(l, &day(first_notice), &day(until))
        }
        What::Burden { bearer: Bearer::Seller, until } => words::burden_seller(l, &day(until)),
        What::Burden { bearer: Bearer::Customer, until } => words::burden_customer(l, &day(until)),
        What::NoticeLate { discovered, until } => words::notice_late(l, &day(discovered), &day(until)),
        What::ReplyInDoubt { sure_end, legal_end } => words::reply_in_doubt(l, &day(sure_end), &day(legal_end)),
        What::NoLaw
        | What::GuaranteeUnknown
        | What::NoFixedGuarantee
        | What::DiscoveryMissing
        | What::Duty { .. }
        | What::Odd(_) => words::by_key(l, what.key()).unwrap_or(what.key()).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadline::regimes::{DutyKind, GoodsKind, Mark, Start};
    use domain::deadline::warnings::OddDate;

    fn all_have_words(words: impl Fn(Locale, &str) -> Option<&'static str>, keys: &[&str]) {
        for l in Locale::ALL {
            for key in keys {
                assert!(words(l, key).is_some(), "{key} in {l}");
            }
        }
    }

    #[test]
    fn every_key_has_words() {
        all_have_words(crate::phase::by_key, &Phase::ALL.map(Phase::key));
        all_have_words(crate::waiting::by_key, &Waiting::ALL.map(Waiting::key));
        all_have_words(crate::awaited::by_key, &Waiting::ALL.map(Waiting::key));
        all_have_words(crate::channel::by_key, &Channel::ALL.map(Channel::key));
        all_have_words(crate::kind::by_key, &AttachmentKind::ALL.map(AttachmentKind::key));
        all_have_words(crate::verdict::by_key, &Verdict::ALL.map(Verdict::key));
        all_have_words(crate::archive_reason::by_key, &ArchiveReason::ALL.map(ArchiveReason::key));
        all_have_words(crate::role::by_key, &Role::ALL.map(Role::key));
        all_have_words(crate::template::by_key, &Template::ALL.map(Template::key));
        all_have_words(crate::route::by_key, &Route::ALL.map(Route::key));
        all_have_words(crate::rma_state::by_key, &RmaState::ALL.map(RmaState::key));
        all_have_words(crate::condition::by_key, &Condition::ALL.map(Condition::key));
        all_have_words(crate::letter_state::by_key, &LetterState::ALL.map(LetterState::key));
        all_have_words(crate::hindrance::by_key, &domain::bulk::Hindrance::ALL.map(domain::bulk::Hindrance::key));
        all_have_words(crate::run_state::by_key, &domain::bulk::RunState::ALL.map(domain::bulk::RunState::key));
        all_have_words(crate::column::by_key, &domain::column::Column::ALL.map(domain::column::Column::key));
        all_have_words(crate::clock::by_key, &ClockKind::ALL.map(ClockKind::key));
        all_have_words(crate::clock_start::by_key, &Start::ALL.map(Start::key));
        all_have_words(crate::consequence::by_key, &Consequence::ALL.map(Consequence::key));
        all_have_words(crate::goods_kind::by_key, &GoodsKind::ALL.map(GoodsKind::key));
        all_have_words(crate::rule_mark::by_key, &Mark::ALL.map(Mark::key));
        all_have_words(crate::warning::by_key, &OddDate::ALL.map(OddDate::key));
        all_have_words(crate::warning::by_key, &DutyKind::ALL.map(DutyKind::key));
        let plain_hints = [What::NoLaw, What::GuaranteeUnknown, What::NoFixedGuarantee, What::DiscoveryMissing];
        all_have_words(crate::warning::by_key, &plain_hints.each_ref().map(What::key));
        let plain = [
            Fault::Missing,
            Fault::NotANumber,
            Fault::NotAWholeNumber,
            Fault::NotMoney,
            Fault::NotADate,
            Fault::UnknownChoice,
            Fault::NotAnEmail,
            Fault::NotAPhone,
            Fault::CheckDigit,
            Fault::PictureMissing,
        ];
        all_have_words(crate::fault::by_key, &plain.each_ref().map(Fault::key));
    }

    #[test]
    fn waiting_is_told_in_one_sentence() {
        use jiff::civil::date;
        let of =
            |l, reminded, next| waits(l, Waiting::Supplier, "Nowak Obuwie", (date(2026, 11, 3), 9), reminded, next);
        let next = Some(date(2026, 11, 15));
        assert_eq!(
            of(Locale::En, 2, next),
            "Waiting for Nowak Obuwie since 3 Nov 2026 (9 days), reminded twice, next reminder 15 Nov 2026"
        );
        assert_eq!(
            of(Locale::Nb, 1, next),
            "Venter på Nowak Obuwie siden 03.11.2026 (9 dager), påminnet én gang, neste påminnelse 15.11.2026"
        );
        assert_eq!(of(Locale::Pl, 5, None), "Czeka od 03.11.2026 na: Nowak Obuwie (9 dni), przypomniano 5 razy");
        assert_eq!(
            waits(Locale::En, Waiting::Goods, "", (date(2026, 11, 3), 0), 0, None),
            "Waiting for the goods since 3 Nov 2026"
        );
    }

    #[test]
    fn counts_as_the_languages_do() {
        assert_eq!(fault(Locale::Pl, &Fault::TooLong(200)), "Najwyżej 200 znaków");
        assert_eq!(fault(Locale::En, &Fault::TooLong(10_000)), "At most 10,000 characters");
        assert_eq!(Locale::ALL.map(|l| days_left(l, 3)), ["3 days left", "3 dager igjen", "zostały 3 dni"]);
        assert_eq!(
            Locale::ALL.map(|l| days_left(l, -1)),
            ["1 day overdue", "1 dag over fristen", "1 dzień po terminie"]
        );
        assert_eq!(Locale::ALL.map(|l| relative_days(l, -5)), ["5 days ago", "for 5 dager siden", "5 dni temu"]);
        assert_eq!(refusal(Locale::Nb, Refusal::TooLarge), "Filen er større enn 25 MB.");
    }
}
