//! The server: use cases, storage, mail, files and HTTP behind the pages of `app`.

pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod files;
pub mod http;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod store;
