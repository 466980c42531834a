//! Every SQL statement, one text for both databases. Where the dialects must differ, [`dialect`] says how.

pub mod attachments;
pub mod attempts;
pub mod book;
pub mod cases;
pub mod db;
pub mod dialect;
pub mod drafts;
pub mod error;
pub mod events;
pub mod letters;
pub mod lists;
pub mod notes;
pub mod organisation;
pub mod search;
mod statement;
pub mod notify;
pub mod upload_links;
pub mod sessions;
pub mod settings;
pub mod submissions;

pub use db::{Db, Tx};
pub use error::StoreError;
