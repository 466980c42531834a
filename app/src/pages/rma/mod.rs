//! Returns: what is awaited and what has come, and each with everything about it. Pages that the server alone makes, since
//! a label is scanned, a form filled in, and the next one scanned.

mod api;
mod badge;
mod failed;
mod list;
mod new;
mod one;
mod papers;
mod receive;
mod shipping;

pub use badge::RmaBadge;
pub use list::RmasPage;
pub use new::NewRmaPage;
pub use one::RmaPage;
pub use papers::Papers;

/// Steps of a return that are one click.
pub mod steps {
    pub const DISPATCH: &str = "dispatch";
    pub const CANCEL_PICK_UP: &str = "cancel_pick_up";
    pub const CANCEL: &str = "cancel";
    pub const RETRY: &str = "retry";
    pub const SETTLE_BY_HAND: &str = "settle_by_hand";
    pub const REISSUE: &str = "reissue";
    pub const UNDO_RECEIVE: &str = "undo_receive";
}
