//! What the organisation answers the customer.

use crate::{Localized, id::Key};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approved,
    Partly,
    Rejected,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Approved, Self::Partly, Self::Rejected];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key)
    }
}

/// An entry of the organisation's list of reasons; `against` tells which verdicts offer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub key: Key,
    pub name: Localized,
    pub against: bool,
    pub active: bool,
}

/// After which decisions an outcome is offered at the till.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    /// Whole or in part.
    AfterApproval,
    AfterRejection,
    /// A gesture of goodwill, goods disposed of with consent, a customer who never came.
    Always,
}

impl Offered {
    pub const ALL: [Self; 3] = [Self::AfterApproval, Self::AfterRejection, Self::Always];

    pub const fn key(self) -> &'static str {
        match self {
            Self::AfterApproval => "approved",
            Self::AfterRejection => "rejected",
            Self::Always => "always",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|offered| offered.key() == key)
    }

    pub const fn after(self, verdict: Option<Verdict>) -> bool {
        match self {
            Self::AfterApproval => !matches!(verdict, Some(Verdict::Rejected)),
            Self::AfterRejection => matches!(verdict, Some(Verdict::Rejected)),
            Self::Always => true,
        }
    }
}

/// An entry of the organisation's list of what a customer goes home with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub key: Key,
    pub name: Localized,
    /// A refund, a credit note or a price reduction has an amount that must be given.
    pub has_amount: bool,
    pub offered: Offered,
    pub active: bool,
}

/// What a handler decides, and what the customer is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    pub reason: Key,
    /// In the customer's language; may be empty except with a rejection.
    pub explanation: String,
    /// What the decision rests on; may be empty.
    #[serde(default)]
    pub evidence: String,
    /// The remedy offered: an outcome of the organisation's list.
    #[serde(default)]
    pub offer: Option<Key>,
    /// What the remedy is worth, in the smallest unit of the organisation's currency.
    #[serde(default)]
    pub amount_minor: Option<i64>,
    /// What the customer is asked to do now; may be empty.
    #[serde(default)]
    pub next_step: String,
    /// The last day on which the customer can do it, in the store's zone.
    #[serde(default)]
    pub until: Option<Date>,
    /// The letter in the handler's own words; `None`: as it is composed.
    #[serde(default)]
    pub letter: Option<OwnWords>,
    /// Whoever decides knows that the law has taken silence for acceptance.
    #[serde(default)]
    pub overrules: bool,
    /// The customer was told of the choice of remedy and of the longer guarantee, before a repair.
    #[serde(default)]
    pub repair_told: bool,
}

/// What somebody has made of a composed letter. The blocks that the law wants stand below it in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWords {
    pub subject: String,
    /// Paragraphs between empty lines; without greeting and name.
    pub body: String,
}

/// Letters of an explanation or a note, at most.
pub const TEXT_LIMIT: usize = 10_000;

/// What is wrong with a decision, by its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("a rejection needs an explanation")]
    ExplanationMissing,
    #[error("the explanation is too long")]
    ExplanationTooLong,
    #[error("the reason is not one of the list for this verdict")]
    UnknownReason,
    #[error("what the decision rests on is too long")]
    EvidenceTooLong,
    #[error("the remedy is not one of the list")]
    UnknownOffer,
    #[error("the next step is too long")]
    NextStepTooLong,
    #[error("the period ends before the decision")]
    UntilPassed,
    #[error("the letter says nothing")]
    LetterEmpty,
    #[error("the letter is too long")]
    LetterTooLong,
}

/// Letters of a subject, at most.
pub const SUBJECT_LIMIT: usize = 200;

impl Decision {
    /// With nothing but what every decision has.
    pub fn new(verdict: Verdict, reason: Key, explanation: impl Into<String>) -> Self {
        Self {
            verdict,
            reason,
            explanation: explanation.into(),
            evidence: String::new(),
            offer: None,
            amount_minor: None,
            next_step: String::new(),
            until: None,
            letter: None,
            overrules: false,
            repair_told: false,
        }
    }

    /// A rejection without its reason in words cannot be sent (facts, 4e). `today` is the store's.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, reasons: &[Reason], outcomes: &[Outcome], today: Date) -> Result<(), DecisionError> {
        let against = self.verdict == Verdict::Rejected;
        let fits =
            |r: &&Reason| r.key == self.reason && r.active && (r.against == against || self.verdict == Verdict::Partly);
        if !reasons.iter().any(|r| fits(&r)) {
            return Err(DecisionError::UnknownReason);
        }
        if against && self.explanation.trim().is_empty() {
            return Err(DecisionError::ExplanationMissing);
        }
        let long = |text: &str, most: usize| text.chars().count() > most;
        if long(&self.explanation, TEXT_LIMIT) {
            return Err(DecisionError::ExplanationTooLong);
        }
        if long(&self.evidence, TEXT_LIMIT) {
            return Err(DecisionError::EvidenceTooLong);
        }
        let offered =
            |o: &Outcome| Some(&o.key) == self.offer.as_ref() && o.active && o.offered.after(Some(self.verdict));
        if self.offer.is_some() && !outcomes.iter().any(offered) {
            return Err(DecisionError::UnknownOffer);
        }
        if long(&self.next_step, TEXT_LIMIT) {
            return Err(DecisionError::NextStepTooLong);
        }
        if self.until.is_some_and(|until| until < today) {
            return Err(DecisionError::UntilPassed);
        }
        match &self.letter {
            Some(letter) if letter.subject.trim().is_empty() || letter.body.trim().is_empty() => {
                Err(DecisionError::LetterEmpty)
            }
            Some(letter) if long(&letter.subject, SUBJECT_LIMIT) || long(&letter.body, TEXT_LIMIT) => {
                Err(DecisionError::LetterTooLong)
            }
            _ => Ok(()),
        }
    }

    /// What the decision is about: its own amount or the price, whichever is more, so that a small amount hides no dear
    /// article. In the smallest unit of the organisation's currency.
    pub fn value(&self, price_minor: Option<i64>) -> Option<i64> {
        self.amount_minor.max(price_minor)
    }
}

impl Outcome {
    /// What the customer goes home with is worth its amount; other goods or a repair as much as the article cost; what is
    /// only given back nothing.
    pub fn worth(&self, amount_minor: Option<i64>, price_minor: Option<i64>) -> Option<i64> {
        match self.offered {
            _ if self.has_amount => amount_minor,
            Offered::AfterApproval => price_minor,
            Offered::AfterRejection | Offered::Always => None,
        }
    }
}

/// A decision that a second person has let go out.
#[derive(Clone, Copy, Debug)]
pub struct Confirmed<'a> {
    pub decision: &'a Decision,
    /// What it was about when they did, as [`Decision::value`] gives it.
    pub value_minor: Option<i64>,
}

/// Whether what a customer is to go home with is more than a second person has looked at: above the limit, and another
/// remedy than the confirmed one or worth more than that.
pub fn is_unconfirmed(
    limit_minor: Option<i64>,
    confirmed: Option<Confirmed<'_>>,
    outcome: &Outcome,
    worth_minor: Option<i64>,
) -> bool {
    if !needs_second(limit_minor, worth_minor) {
        return false;
    }
    let Some(Confirmed { decision, value_minor }) = confirmed else { return true };
    match &decision.offer {
        Some(offer) if *offer != outcome.key => true,
        // The remedy itself was confirmed, whatever it costs by now.
        Some(_) if !outcome.has_amount => false,
        _ => worth_minor > decision.amount_minor.or(value_minor),
    }
}

/// Whether a second person has to look at it first: above what the organisation has set. Unset is never; what nobody
/// knows the value of is not above anything.
pub fn needs_second(limit_minor: Option<i64>, value_minor: Option<i64>) -> bool {
    limit_minor.zip(value_minor).is_some_and(|(limit, value)| value > limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn key(text: &str) -> Key {
        text.parse().expect("a key")
    }

    fn checked(decision: &Decision) -> Result<(), DecisionError> {
        let name = Localized::new("a", "a", "a");
        let reason = |name_of: &str, against| Reason { key: key(name_of), name: name.clone(), against, active: true };
        let outcome = |name_of: &str, offered, active| Outcome {
            key: key(name_of),
            name: name.clone(),
            has_amount: true,
            offered,
            active,
        };
        let outcomes = [outcome("refund", Offered::AfterApproval, true), outcome("old", Offered::AfterApproval, false)];
        decision.check(&[reason("fault", false), reason("wear", true)], &outcomes, date(2026, 10, 19))
    }

    #[test]
    fn a_decision_is_checked_field_by_field() {
        let good = Decision::new(Verdict::Approved, key("fault"), "");
        assert_eq!(checked(&good), Ok(()));
        let with = |change: fn(&mut Decision)| {
            let mut decision = good.clone();
            change(&mut decision);
            checked(&decision)
        };
        assert_eq!(with(|d| d.reason = key("wear")), Err(DecisionError::UnknownReason));
        assert_eq!(with(|d| d.offer = Some(key("refund"))), Ok(()));
        assert_eq!(with(|d| d.offer = Some(key("old"))), Err(DecisionError::UnknownOffer));
        assert_eq!(with(|d| d.evidence = "x".repeat(TEXT_LIMIT + 1)), Err(DecisionError::EvidenceTooLong));
        assert_eq!(with(|d| d.next_step = "x".repeat(TEXT_LIMIT + 1)), Err(DecisionError::NextStepTooLong));
        assert_eq!(with(|d| d.until = Some(date(2026, 10, 18))), Err(DecisionError::UntilPassed));
        assert_eq!(with(|d| d.until = Some(date(2026, 10, 19))), Ok(()));
        let words = |subject: &str, body: &str| {
            let letter = Some(OwnWords { subject: subject.into(), body: body.into() });
            checked(&Decision { letter, ..good.clone() })
        };
        assert_eq!(words("Answer", "Dear"), Ok(()));
        assert_eq!(words(" ", "Dear"), Err(DecisionError::LetterEmpty));
        assert_eq!(words("Answer", "\n"), Err(DecisionError::LetterEmpty));
        assert_eq!(words(&"x".repeat(SUBJECT_LIMIT + 1), "Dear"), Err(DecisionError::LetterTooLong));
        let refused = Decision::new(Verdict::Rejected, key("wear"), " ");
        assert_eq!(checked(&refused), Err(DecisionError::ExplanationMissing));
        let offered = Decision { explanation: "Worn".into(), offer: Some(key("refund")), ..refused };
        assert_eq!(checked(&offered), Err(DecisionError::UnknownOffer), "not after a rejection");
    }

    #[test]
    fn a_second_person_looks_at_what_is_above_the_limit() {
        assert!(!needs_second(None, Some(i64::MAX)));
        assert!(!needs_second(Some(100), None));
        assert!(!needs_second(Some(100), Some(100)));
        assert!(needs_second(Some(100), Some(101)));
        let mut decision = Decision::new(Verdict::Approved, key("fault"), "");
        assert_eq!(decision.value(Some(500)), Some(500));
        decision.amount_minor = Some(20);
        assert_eq!(decision.value(Some(500)), Some(500), "a small amount hides no dear article");
        assert_eq!((decision.value(Some(10)), decision.value(None)), (Some(20), Some(20)));
    }

    #[test]
    fn nobody_goes_home_with_more_than_was_confirmed() {
        let outcome = |name: &str, has_amount, offered| Outcome {
            key: key(name),
            name: Localized::new("a", "a", "a"),
            has_amount,
            offered,
            active: true,
        };
        let refund = outcome("refund", true, Offered::AfterApproval);
        let new = outcome("new_product", false, Offered::AfterApproval);
        let given_back = outcome("collected_old", false, Offered::AfterRejection);
        let (limit, price) = (Some(100), Some(500));
        let refused = |confirmed: Option<&Decision>, outcome: &Outcome, amount| {
            let confirmed = confirmed.map(|decision| Confirmed { decision, value_minor: decision.value(price) });
            is_unconfirmed(limit, confirmed, outcome, outcome.worth(amount, price))
        };
        // Nobody has confirmed anything: up to the limit, and what is only given back.
        assert!(!refused(None, &refund, Some(100)) && refused(None, &refund, Some(101)));
        assert!(refused(None, &new, None) && !refused(None, &given_back, None));
        assert!(!is_unconfirmed(None, None, &refund, Some(i64::MAX)), "no limit");
        // An approval that names no remedy covers each of them, up to what it was about.
        let plain = Decision::new(Verdict::Approved, key("fault"), "");
        assert!(!refused(Some(&plain), &refund, Some(500)) && refused(Some(&plain), &refund, Some(501)));
        assert!(!refused(Some(&plain), &new, None));
        // One that names a remedy and an amount covers these.
        let named = Decision { offer: Some(key("refund")), amount_minor: Some(200), ..plain.clone() };
        assert!(!refused(Some(&named), &refund, Some(200)) && refused(Some(&named), &refund, Some(201)));
        assert!(refused(Some(&named), &new, None), "another remedy");
        let goods = Decision { offer: Some(key("new_product")), ..plain };
        assert!(!refused(Some(&goods), &new, None) && refused(Some(&goods), &refund, Some(101)));
        assert!(!refused(Some(&goods), &refund, Some(100)), "below the limit anything goes");
    }

    #[test]
    fn an_earlier_decision_is_read() {
        let earlier = r#"{"verdict": "approved", "reason": "fault", "explanation": "So"}"#;
        let read: Decision = serde_json::from_str(earlier).expect("reads");
        assert_eq!(read, Decision::new(Verdict::Approved, key("fault"), "So"));
    }
}
