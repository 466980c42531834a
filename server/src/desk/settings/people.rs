//! Who gets cases and who is away: what a rule, a deputy, an absence must be before it is saved.

use super::{Change, administer, check};
use crate::desk::Desk;
use crate::desk::book::Book;
use crate::store::StoreError;
use crate::store::Tx;
use crate::store::people;
use app::backend::{AbsencesView, People, Viewer};
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::assignment::{Absence, Rule};
use domain::id::{AbsenceId, RuleId, StaffId};
use domain::phase::Waiting;
use domain::role::Right;
use domain::waiting::Pauses;
use jiff::ToSpan;
use jiff::civil::Date;

/// So many civil days an absence is kept after its end.
const KEPT_DAYS: i32 = 365;
const MOST_RULES: usize = 200;

/// What is written of people.
pub(super) enum Written {
    /// All rules, in their order; and one that is gone.
    Rules(Vec<Rule>, Option<RuleId>),
    Pauses(Pauses),
    Absence(Absence, Date),
    NoAbsence(AbsenceId),
}

impl Written {
    pub async fn save(&self, tx: &mut Tx) -> Result<(), StoreError> {
        match self {
            Self::Rules(rules, gone) => {
                people::save_rules(tx, rules).await?;
                match gone {
                    Some(rule) => people::forget_turns(tx, *rule).await,
                    None => Ok(()),
                }
            }
            Self::Pauses(pauses) => people::save_pauses(tx, pauses).await,
            Self::Absence(absence, forget_before) => people::save_absence(tx, absence, *forget_before).await,
            Self::NoAbsence(absence) => people::remove_absence(tx, *absence).await,
        }
    }
}

/// The rule changed, or at the end where it is new.
pub(super) fn with_rule(input: Rule, fresh: RuleId, book: &Book) -> Result<Written> {
    let fault = |field, key| Err(AppError::invalid(field, key));
    let mut handlers: Vec<StaffId> = Vec::new();
    for staff in &input.handlers {
        if !book.handles(*staff) {
            return fault("handlers", "unknown_choice");
        }
        if !handlers.contains(staff) {
            handlers.push(*staff);
        }
    }
    if handlers.is_empty() {
        return fault("handlers", "missing");
    }
    if input.store.is_some_and(|store| !book.stores.contains_key(&store)) {
        return fault("store", "unknown_choice");
    }
    if input.type_key.as_ref().is_some_and(|key| !book.types.contains_key(key)) {
        return fault("type", "unknown_choice");
    }
    if input.from_minor.is_some_and(|from| from < 0) {
        return fault("from", "out_of_range");
    }
    if let (from, Some(to)) = (input.from_minor, input.to_minor)
        && to < from.unwrap_or(0)
    {
        return fault("to", "out_of_range");
    }
    let rule = Rule { brand: check::line(&input.brand, "brand", 100)?, handlers, ..input };
    let mut rules = book.rules.clone();
    if rule.id.0.is_nil() {
        if rules.len() >= MOST_RULES {
            return fault("handlers", "out_of_range");
        }
        rules.push(Rule { id: fresh, ..rule });
    } else {
        let known = rules.iter_mut().find(|known| known.id == rule.id).ok_or(AppError::NotFound)?;
        *known = rule;
    }
    Ok(Written::Rules(rules, None))
}

/// So many places further down, or up where it is less than 0.
pub(super) fn with_rule_moved(rule: RuleId, by: i64, book: &Book) -> Result<Written> {
    let mut rules = book.rules.clone();
    let at = rules.iter().position(|known| known.id == rule).ok_or(AppError::NotFound)?;
    let moved = rules.remove(at);
    let to = i64::try_from(at).unwrap_or(0).saturating_add(by).max(0);
    rules.insert(usize::try_from(to).unwrap_or(0).min(rules.len()), moved);
    Ok(Written::Rules(rules, None))
}

pub(super) fn without_rule(rule: RuleId, book: &Book) -> Written {
    Written::Rules(book.rules.iter().filter(|known| known.id != rule).cloned().collect(), Some(rule))
}

pub(super) fn pauses(input: Pauses) -> Result<Written> {
    match Waiting::ALL.into_iter().find(|on| !input.of(*on).is_sound()) {
        Some(on) => Err(AppError::invalid(on.key(), "out_of_range")),
        None => Ok(Written::Pauses(input)),
    }
}

/// Those deputies in their order, each once.
pub(super) fn deputies(input: &[StaffId], book: &Book) -> Result<Vec<StaffId>> {
    let mut deputies = Vec::new();
    for staff in input {
        if !book.handles(*staff) {
            return Err(AppError::invalid("deputies", "unknown_choice"));
        }
        if !deputies.contains(staff) {
            deputies.push(*staff);
        }
    }
    Ok(deputies)
}

fn checked(input: Absence, fresh: AbsenceId, today: Date, book: &Book) -> Result<Absence> {
    let fault = |field, key| Err(AppError::invalid(field, key));
    if !book.handles(input.staff) {
        return fault("staff", "unknown_choice");
    }
    if input.until < input.from {
        return fault("until", "ends_before");
    }
    if input.until < today {
        return fault("until", "is_over");
    }
    if input.substitute.is_some_and(|substitute| substitute == input.staff || !book.handles(substitute)) {
        return fault("substitute", "unknown_choice");
    }
    let absence = Absence { id: if input.id.0.is_nil() { fresh } else { input.id }, ..input };
    if book.absences.iter().any(|other| other.id != absence.id && other.overlaps(&absence)) {
        return fault("from", "overlaps");
    }
    Ok(absence)
}

/// One's own, or an admin anybody's.
fn may(who: &Viewer, staff: StaffId) -> Result<()> {
    if who.may(Right::Handle) && who.id == staff { Ok(()) } else { administer(who) }
}

#[async_trait]
impl People for Desk {
    async fn own_absences(&self, who: &Viewer) -> Result<AbsencesView> {
        may(who, who.id)?;
        let book = self.book();
        let today = self.clock.now().to_zoned(book.zone()).date();
        let own = book.absences.iter().filter(|absence| absence.staff == who.id && absence.until >= today);
        let mut substitutes: Vec<_> =
            book.staff.values().filter(|staff| staff.id != who.id && book.handles(staff.id)).collect();
        substitutes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(AbsencesView {
            absences: own.cloned().collect(),
            substitutes: substitutes.into_iter().map(crate::desk::book::Staff::to_ref).collect(),
        })
    }

    async fn save_absence(&self, who: &Viewer, absence: Absence) -> Result<()> {
        may(who, absence.staff)?;
        let today = self.clock.now().to_zoned(self.book().zone()).date();
        let forget = today.saturating_sub(KEPT_DAYS.days());
        let fresh = self.random.id();
        let change = self.change(|book| {
            if !absence.id.0.is_nil() {
                let known = book.absences.iter().find(|known| known.id == absence.id).ok_or(AppError::NotFound)?;
                may(who, known.staff)?;
            }
            let absence = checked(absence.clone(), fresh, today, book)?;
            Ok(Change::People(Written::Absence(absence, forget)))
        });
        change.await.map(drop)
    }

    async fn remove_absence(&self, who: &Viewer, absence: AbsenceId) -> Result<()> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden);
        }
        let change = self.change(|book| {
            if let Some(known) = book.absences.iter().find(|known| known.id == absence) {
                may(who, known.staff)?;
            }
            Ok(Change::People(Written::NoAbsence(absence)))
        });
        change.await.map(drop)
    }
}
