//! Every SQL statement, one text for both databases. Where the dialects must differ, [`dialect`] says how.

pub mod attachments;
pub mod attempts;
pub mod book;
pub mod db;
pub mod dialect;
pub mod error;
pub mod events;
pub mod notify;
pub mod organisation;
pub mod upload_links;
pub mod sessions;
pub mod submissions;

pub use db::{Db, Tx};
pub use error::StoreError;
