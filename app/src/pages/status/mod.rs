//! A customer's case, without an account: the way to it, and the page itself.

mod api;
mod case;
mod contact;
mod failed;
mod find;
mod link;
mod messages;
mod now;
mod parts;
mod rma;
mod shell;
mod steps;
mod withdraw;

pub use api::*;
pub use case::CasePage;
pub use contact::ContactPage;
pub use find::FindPage;
pub use link::LinkPage;
pub use withdraw::WithdrawPage;
