//! Who gets a case: rules in their order, then the type's handler and deputies, then the store's handler. Whoever is absent
//! gets nothing; nobody is better than somebody who will not look.

use crate::Locale;
use crate::fold::fold;
use crate::form::Answers;
use crate::form::schema::common;
use crate::id::{AbsenceId, Key, RuleId, StaffId, StoreId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which cases go to whom. What is `None` or empty fits every case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: RuleId,
    #[serde(default)]
    pub store: Option<StoreId>,
    #[serde(default)]
    pub type_key: Option<Key>,
    /// As people write it: see [`fold`].
    #[serde(default)]
    pub brand: String,
    /// Both included, in the smallest unit of the organisation's currency. A case without a price fits no rule that asks for one.
    #[serde(default)]
    pub from_minor: Option<i64>,
    #[serde(default)]
    pub to_minor: Option<i64>,
    /// The customer's language.
    #[serde(default)]
    pub locale: Option<Locale>,
    /// In turns, where they are several.
    pub handlers: Vec<StaffId>,
}

/// What the rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub store: StoreId,
    pub type_key: Key,
    pub brand: String,
    /// The price, in the smallest unit of the organisation's currency.
    pub value_minor: Option<i64>,
    pub locale: Locale,
}

impl Facts {
    /// `answers` as a form's check has made them.
    pub fn read(store: StoreId, type_key: &Key, locale: Locale, answers: &Answers) -> Self {
        Self {
            store,
            type_key: type_key.clone(),
            brand: answers.first(common::BRAND).to_owned(),
            value_minor: answers.first(common::PRICE).parse().ok(),
            locale,
        }
    }
}

impl Rule {
    pub fn fits(&self, facts: &Facts) -> bool {
        let worth = match (self.from_minor, self.to_minor, facts.value_minor) {
            (None, None, _) => true,
            (from, to, Some(value)) => from.is_none_or(|from| from <= value) && to.is_none_or(|to| value <= to),
            (_, _, None) => false,
        };
        let brand = fold(&self.brand);
        worth
            && self.store.is_none_or(|store| store == facts.store)
            && self.type_key.as_ref().is_none_or(|key| *key == facts.type_key)
            && self.locale.is_none_or(|locale| locale == facts.locale)
            && (brand.is_empty() || brand == fold(&facts.brand))
    }
}

/// When somebody is away: civil days at the store, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    pub id: AbsenceId,
    pub staff: StaffId,
    pub from: Date,
    pub until: Date,
    /// Who gets their cases meanwhile.
    pub substitute: Option<StaffId>,
}

impl Absence {
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether both are the same person's at some day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.staff == other.staff && self.from <= other.until && other.from <= self.until
    }
}

/// Who is there on one day.
#[derive(Clone, Debug, Default)]
pub struct Presence<'a> {
    absent: BTreeMap<StaffId, &'a Absence>,
}

impl<'a> Presence<'a> {
    pub fn on(day: Date, absences: &'a [Absence]) -> Self {
        let of_day = absences.iter().filter(|absence| absence.covers(day));
        Self { absent: of_day.map(|absence| (absence.staff, absence)).collect() }
    }

    pub fn absence(&self, staff: StaffId) -> Option<&'a Absence> {
        self.absent.get(&staff).copied()
    }

    /// They themselves, or who stands in for them: the substitute's substitute where that one is away as well. `None`: nobody.
    pub fn stand_in(&self, staff: StaffId) -> Option<StaffId> {
        let (mut who, mut seen) = (staff, BTreeSet::new());
        while let Some(absence) = self.absence(who) {
            if !seen.insert(who) {
                return None;
            }
            who = absence.substitute?;
        }
        Some(who)
    }

    /// For whom somebody stands in.
    pub fn stands_in_for(&self, staff: StaffId) -> Vec<StaffId> {
        self.absent.keys().copied().filter(|absent| self.stand_in(*absent) == Some(staff)).collect()
    }
}

/// Why somebody got a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The rule, and at which place it stood then, from 1.
    Rule { id: RuleId, place: u32 },
    /// The type's own handler.
    Type,
    /// The type's deputy.
    Deputy,
    /// The store's handler.
    Store,
}

/// Who may get a case: somebody in any event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    pub basis: Basis,
    /// Each with the one whom they stand in for; all different, all present.
    people: Vec<(StaffId, Option<StaffId>)>,
}

/// Who gets the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub to: StaffId,
    pub basis: Basis,
    /// Whom they stand in for.
    pub instead_of: Option<StaffId>,
}

impl Pool {
    /// What its turns are counted under; `None` for a single one, who needs none.
    pub fn turns(&self) -> Option<String> {
        match (&self.basis, self.people.len()) {
            (Basis::Rule { id, .. }, 2..) => Some(format!("rule:{id}")),
            _ => None,
        }
    }

    /// Whose the `turn`-th case of the pool is, from 0.
    pub fn pick(&self, turn: u64) -> Chosen {
        let at = usize::try_from(turn % (self.people.len().max(1) as u64)).unwrap_or_default();
        let (to, instead_of) = self.people[at];
        Chosen { to, basis: self.basis.clone(), instead_of }
    }
}

/// Whom the case could go to by themselves, apart from rules; in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fallback {
    pub of_type: Option<StaffId>,
    pub deputies: Vec<StaffId>,
    pub of_store: Option<StaffId>,
}

/// The first rule that fits and has somebody, or the first of the fallback; `None`: nobody.
///
/// `serving`: the active handlers and admins who serve the case's store, the only ones who can get it.
pub fn choose(
    rules: &[Rule],
    fallback: &Fallback,
    serving: &BTreeSet<StaffId>,
    presence: &Presence<'_>,
    facts: &Facts,
) -> Option<Pool> {
    let stands = |who: StaffId| {
        let to = Some(who).filter(|who| serving.contains(who)).and_then(|who| presence.stand_in(who))?;
        serving.contains(&to).then(|| (to, (to != who).then_some(who)))
    };
    let pool = |basis: Basis, who: &[StaffId]| {
        let mut people: Vec<(StaffId, Option<StaffId>)> = Vec::new();
        // Whoever is there themselves comes before a substitute: nobody's share doubles.
        let (present, away): (Vec<_>, Vec<_>) =
            who.iter().filter_map(|who| stands(*who)).partition(|(_, instead_of)| instead_of.is_none());
        for one in present.into_iter().chain(away) {
            if people.iter().all(|(to, _)| *to != one.0) {
                people.push(one);
            }
        }
        (!people.is_empty()).then_some(Pool { basis, people })
    };
    let of_rules = rules.iter().zip(1..).filter(|(rule, _)| rule.fits(facts));
    let mut of_rules = of_rules.filter_map(|(rule, place)| pool(Basis::Rule { id: rule.id, place }, &rule.handlers));
    of_rules.next().or_else(|| {
        let of_type = fallback.of_type.into_iter().map(|who| (Basis::Type, who));
        let deputies = fallback.deputies.iter().map(|who| (Basis::Deputy, *who));
        let of_store = fallback.of_store.into_iter().map(|who| (Basis::Store, who));
        let mut all = of_type.chain(deputies).chain(of_store);
        all.find_map(|(basis, who)| pool(basis, &[who]))
    })
}

#[cfg(test)]
mod tests;
