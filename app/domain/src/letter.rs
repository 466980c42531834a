//! Messages of ours to a customer.

use serde::{Deserialize, Serialize};

/// Which letter: one template a language each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// The case is registered; bears its number (E22).
    Received,
    /// Please send a receipt or pictures; bears an upload link.
    Question,
    Approved,
    Partly,
    /// With the reason and the right to complain further.
    Rejected,
    /// The goods lie ready to be collected.
    Ready,
    /// Filed from home: bears the link that confirms it (R6).
    Confirm,
    /// The link is about to end.
    ConfirmReminder,
    /// How to send the goods, with label and packing slip.
    Parcel,
    /// To the carrier or the store: please collect a parcel.
    PickUp,
    /// To whom [`Self::PickUp`] went: nobody needs to come.
    PickUpCancelled,
    /// The goods have come.
    GoodsReceived,
    /// The customer changed how we reach them: to the address before as well.
    ContactChanged,
    /// The customer took the complaint back.
    Withdrawn,
    /// Please bring the goods to the store.
    Bring,
    /// The return number is good for longer, or again.
    ReturnExtended,
    /// No goods are to be sent any more.
    ReturnCancelled,
    /// To the customer: the courier does not come.
    CourierCancelled,
    /// To our own people: a deadline comes near, or has passed.
    Deadline,
    /// To the customer: we still wait for an answer; bears an upload link.
    Reminder,
    /// To the customer: we still wait for the goods.
    GoodsReminder,
    /// To a supplier, a workshop or an expert: we still wait for what they are to send.
    PartnerReminder,
    /// To our own people: nothing came in spite of the reminders.
    Unanswered,
    /// The goods still lie ready.
    Collect,
    /// The last reminder of that; in Poland the written call.
    LastCall,
    /// What a handler writes to one customer or to many.
    Message,
    /// To our own people: a decision waits for a second person, or came back from one.
    Second,
    /// To our own people: the organisation's own target comes near, or has passed.
    Target,
}

impl Template {
    pub const ALL: [Self; 28] = [
        Self::Received,
        Self::Question,
        Self::Approved,
        Self::Partly,
        Self::Rejected,
        Self::Ready,
        Self::Confirm,
        Self::ConfirmReminder,
        Self::Parcel,
        Self::PickUp,
        Self::PickUpCancelled,
        Self::GoodsReceived,
        Self::ContactChanged,
        Self::Withdrawn,
        Self::Bring,
        Self::ReturnExtended,
        Self::ReturnCancelled,
        Self::CourierCancelled,
        Self::Deadline,
        Self::Reminder,
        Self::GoodsReminder,
        Self::PartnerReminder,
        Self::Unanswered,
        Self::Collect,
        Self::LastCall,
        Self::Message,
        Self::Second,
        Self::Target,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Question => "question",
            Self::Approved => "approved",
            Self::Partly => "partly",
            Self::Rejected => "rejected",
            Self::Ready => "ready",
            Self::Confirm => "confirm",
            Self::ConfirmReminder => "confirm_reminder",
            Self::Parcel => "parcel",
            Self::PickUp => "pick_up",
            Self::PickUpCancelled => "pick_up_cancelled",
            Self::GoodsReceived => "goods_received",
            Self::ContactChanged => "contact_changed",
            Self::Withdrawn => "withdrawn",
            Self::Bring => "bring",
            Self::ReturnExtended => "return_extended",
            Self::ReturnCancelled => "return_cancelled",
            Self::CourierCancelled => "courier_cancelled",
            Self::Deadline => "deadline",
            Self::Reminder => "reminder",
            Self::GoodsReminder => "goods_reminder",
            Self::PartnerReminder => "partner_reminder",
            Self::Unanswered => "unanswered",
            Self::Collect => "collect",
            Self::LastCall => "last_call",
            Self::Message => "message",
            Self::Second => "second",
            Self::Target => "target",
        }
    }

    /// Leads to the case's status page: it goes to the customer of a case that is there. One about changed contact details
    /// goes to whoever has the old address, too.
    pub const fn is_about_case(self) -> bool {
        !matches!(
            self,
            Self::Confirm
                | Self::ConfirmReminder
                | Self::PickUp
                | Self::PickUpCancelled
                | Self::ContactChanged
                | Self::Deadline
                | Self::PartnerReminder
                | Self::Unanswered
                | Self::Second
                | Self::Target
        )
    }

    /// Our answer to the complaint.
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::Approved | Self::Partly | Self::Rejected)
    }

    /// Not for the customer's eyes, or from before there was a case.
    pub const fn is_for_customer(self) -> bool {
        !matches!(
            self,
            Self::Confirm
                | Self::ConfirmReminder
                | Self::PickUp
                | Self::PickUpCancelled
                | Self::Deadline
                | Self::PartnerReminder
                | Self::Unanswered
                | Self::Second
                | Self::Target
        )
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.key() == key)
    }
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    Waiting,
    Sent,
    /// Given up, by the server's word or after the last attempt; a warning triangle on the case (E28).
    Failed,
    /// Taken back before it went out.
    Cancelled,
}

impl LetterState {
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Cancelled];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// Seconds to wait after the given number of failed attempts; `None` when the letter is given up.
///
/// One minute, then doubling to six hours: some three days in all, as mail servers do (RFC 5321, 4.5.4.1).
pub fn retry_after(failed_attempts: u32) -> Option<i64> {
    const LAST_ATTEMPT: u32 = 20;
    if failed_attempts >= LAST_ATTEMPT {
        return None;
    }
    let minutes = 1_i64 << failed_attempts.saturating_sub(1).min(9);
    Some((minutes * 60).min(6 * 3600))
}
