//! Why a round did not come to its end, and so when the next one follows.

use crate::store::StoreError;
use carriers::Fault;
use domain::rma::{poll_after, retry_after};
use std::time::Duration;

/// A carrier that is still at it after so many rounds is told of.
const PATIENCE: u32 = 8;

#[derive(Debug)]
pub enum Trouble {
    /// Of a carrier.
    Fault(Fault),
    /// Of the organisation's own system.
    Webhook(Fault),
    /// Of ours: a key of the texts' namespace `carrier_fault`. A person mends it.
    Ours(&'static str),
    /// Of the parcel, in the carrier's words. A person looks.
    Parcel(String),
    /// The same on its way, where it often ends by itself: another look at that time, milliseconds UTC.
    Delayed { said: String, again_at: i64 },
    /// Nothing is wrong: another round at that time, milliseconds UTC.
    Later(i64),
    /// Somebody has changed the return meanwhile, and what it wants by now is another round's.
    Overtaken,
    /// The database's; the lease's end brings the next round.
    Store(StoreError),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What is noted, and when the next round follows.
pub struct Verdict {
    /// As `rmas.fault` keeps it; empty for what nobody needs to know.
    pub fault: String,
    /// `None` waits for a person.
    pub next_attempt_at: Option<i64>,
}

impl Trouble {
    pub fn slow() -> Self {
        Self::Fault(Fault::Unavailable { detail: String::new(), after: None })
    }

    /// Before then nobody asks again, milliseconds UTC: the carrier has said so, or what it did shows only then.
    pub fn pause_ends(&self, now_ms: i64) -> Option<i64> {
        match self {
            Self::Fault(Fault::Unavailable { after: Some(pause), .. }) => Some(now_ms + millis(*pause)),
            _ => None,
        }
    }

    /// Nobody has to look into it.
    pub const fn is_expected(&self) -> bool {
        matches!(self, Self::Later(_) | Self::Fault(Fault::NotReady { .. }))
    }

    pub fn verdict(&self, attempts: u32, now_ms: i64) -> Verdict {
        let in_seconds = |seconds: i64| Some(now_ms + seconds * 1000);
        match self {
            Self::Fault(fault @ Fault::NotReady { .. }) => Verdict {
                fault: if attempts > PATIENCE { text(fault.key(), fault.detail()) } else { String::new() },
                next_attempt_at: in_seconds(poll_after(attempts)),
            },
            Self::Fault(fault @ Fault::Unavailable { after, .. }) => {
                let asked = after.map_or(0, millis);
                Verdict {
                    fault: text(fault.key(), fault.detail()),
                    next_attempt_at: Some(now_ms + (retry_after(attempts) * 1000).max(asked)),
                }
            }
            Self::Fault(fault) => Verdict { fault: text(fault.key(), fault.detail()), next_attempt_at: None },
            Self::Webhook(fault) => {
                let of_carrier = Self::Fault(fault.clone()).verdict(attempts, now_ms);
                Verdict { fault: format!("webhook_{}", of_carrier.fault), ..of_carrier }
            }
            Self::Delayed { said, again_at } => {
                Verdict { fault: text("trouble", said), next_attempt_at: Some(*again_at) }
            }
            Self::Ours(key) => Verdict { fault: text(key, ""), next_attempt_at: None },
            Self::Parcel(said) => Verdict { fault: text("trouble", said), next_attempt_at: None },
            Self::Later(at) => Verdict { fault: String::new(), next_attempt_at: Some(*at) },
            Self::Overtaken | Self::Store(_) => Verdict { fault: String::new(), next_attempt_at: None },
        }
    }
}

fn millis(pause: Duration) -> i64 {
    i64::try_from(pause.as_millis()).unwrap_or(i64::MAX / 2)
}

/// The key and the carrier's own words behind a space: see [`texts::words::carrier_fault`].
fn text(key: &str, said: &str) -> String {
    format!("{key} {said}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asking_again_may_mend_is_asked_again() {
        let unavailable = |after| Trouble::Fault(Fault::Unavailable { detail: "no answer in time".into(), after });
        let first = unavailable(None).verdict(1, 0);
        assert_eq!((first.fault.as_str(), first.next_attempt_at), ("unavailable no answer in time", Some(60_000)));
        let asked = unavailable(Some(Duration::from_secs(600))).verdict(1, 0);
        assert_eq!(asked.next_attempt_at, Some(600_000));
        let waits = Trouble::Fault(Fault::NotReady { detail: "offers".into() });
        assert_eq!(waits.verdict(1, 0).fault, "", "nobody needs to know of the first minutes");
        assert_eq!(waits.verdict(PATIENCE + 1, 0).fault, "not_ready offers");
    }

    #[test]
    fn what_answers_too_late_is_not_asked_too_early() {
        let lost = |after| Trouble::Fault(Fault::Unavailable { detail: String::new(), after });
        assert_eq!(lost(Some(Duration::from_secs(120))).pause_ends(1000), Some(121_000));
        assert_eq!(lost(None).pause_ends(1000), None);
    }

    #[test]
    fn a_webhook_is_not_called_a_carrier() {
        for fault in [
            Fault::Unauthorised { detail: String::new() },
            Fault::Unavailable { detail: String::new(), after: None },
            Fault::Refused { said: String::new(), field: None },
        ] {
            let verdict = Trouble::Webhook(fault).verdict(1, 0);
            for locale in domain::Locale::ALL {
                assert!(texts::carrier_fault::by_key(locale, &verdict.fault).is_some(), "{}", verdict.fault);
            }
        }
    }

    #[test]
    fn what_a_person_mends_waits_for_one() {
        for trouble in [
            Trouble::Fault(Fault::Refused { said: "no such street".into(), field: None }),
            Trouble::Fault(Fault::Unauthorised { detail: String::new() }),
            Trouble::Fault(Fault::Unclear { detail: String::new() }),
            Trouble::Fault(Fault::Unsupported),
            Trouble::Ours("settings"),
            Trouble::Ours("window_passed"),
            Trouble::Parcel("missing".into()),
        ] {
            let verdict = trouble.verdict(1, 0);
            assert_eq!(verdict.next_attempt_at, None, "{trouble:?}");
            assert!(
                texts::carrier_fault::by_key(domain::Locale::En, verdict.fault.split(' ').next().unwrap_or_default())
                    .is_some()
            );
        }
    }
}
