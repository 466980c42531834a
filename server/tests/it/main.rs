//! Every server test, on SQLite and on PostgreSQL. One binary, since linking it is what takes the time.

mod browser;
mod bucket;
mod cases;
mod cli;
mod connections;
mod crash;
mod database;
mod http;
mod letters;
mod letters_tls;
mod lists;
mod live;
mod pictures;
mod registration;
mod report_pages;
mod reports;
mod search;
mod security;
mod sessions;
mod settings;
mod smtp;
mod status;
mod support;
mod tls;
mod upload;
