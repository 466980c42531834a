//! Every SQL statement, one text for both databases. Where the dialects must differ, [`dialect`] says how.

pub mod attachments;
pub mod attempts;
pub mod book;
pub mod bulk;
pub mod carrier;
pub mod cases;
pub mod db;
pub mod dialect;
pub mod drafts;
pub mod errands;
pub mod error;
pub mod events;
pub mod exports;
pub mod law;
pub mod letters;
pub mod lists;
pub mod messages;
pub mod notes;
pub mod notify;
pub mod organisation;
pub mod parts;
pub mod reports;
pub mod rmas;
pub mod search;
pub mod sessions;
pub mod settings;
mod statement;
pub mod status_links;
pub mod submissions;
pub mod upload_links;
pub mod views;

pub use db::{Db, Tx};
pub use error::StoreError;
