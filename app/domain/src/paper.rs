//! An answer counts when it leaves: an e-mail or an SMS when it is sent, a letter on paper when somebody hands it over or posts
//! it (PL upk art. 7a: on paper or another durable medium).

use jiff::Timestamp;
use jiff::civil::Date;

crate::deadline::words! {
    /// How a letter on paper left.
    Handover {
        /// Into the customer's hands.
        Given = "given",
        Posted = "posted",
    }

    /// By what a letter left.
    Way { Email = "email", Sms = "sms", Paper = "paper" }
}

/// A letter with an answer, and when it left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub way: Way,
    pub at: Timestamp,
}

/// When the first answer left. `durable`: the law wants it on paper or another durable medium; an SMS is a link to what may
/// change behind it.
pub fn answered(left: &[Left], durable: bool) -> Option<Timestamp> {
    left.iter().filter(|left| !durable || left.way != Way::Sms).map(|left| left.at).min()
}

/// What is wrong with the day on which a letter is said to have left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadHandover {
    #[error("it was not written yet")]
    BeforeLetter,
    #[error("that day has not come")]
    InFuture,
}

/// A letter leaves between the day on which it was written and today; civil days in the store's zone.
///
/// # Errors
/// For any other day.
pub fn may_leave(on: Date, written: Date, today: Date) -> Result<(), BadHandover> {
    if on < written {
        return Err(BadHandover::BeforeLetter);
    }
    if on > today { Err(BadHandover::InFuture) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_that_the_law_takes_for_an_answer_counts() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let sms = Left { way: Way::Sms, at: at("2026-10-20T08:00:00Z") };
        let paper = Left { way: Way::Paper, at: at("2026-10-22T10:00:00Z") };
        assert_eq!(answered(&[paper, sms], false), Some(sms.at));
        assert_eq!(answered(&[paper, sms], true), Some(paper.at));
        assert_eq!((answered(&[sms], true), answered(&[], false)), (None, None));
    }

    #[test]
    fn it_leaves_between_its_writing_and_today() {
        let (written, today) = (date(2026, 10, 20), date(2026, 10, 22));
        assert_eq!(may_leave(written, written, today), Ok(()));
        assert_eq!(may_leave(today, written, today), Ok(()));
        assert_eq!(may_leave(date(2026, 10, 19), written, today), Err(BadHandover::BeforeLetter));
        assert_eq!(may_leave(date(2026, 10, 23), written, today), Err(BadHandover::InFuture));
    }
}
