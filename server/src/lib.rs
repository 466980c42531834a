//! The server: use cases, storage, mail, files and HTTP behind the pages of `app`.

pub mod clock;
pub mod config;
pub mod desk;
pub mod files;
pub mod live;
pub mod store;
