//! Every server test, on SQLite and on PostgreSQL. One binary, since linking it is what takes the time.

mod database;
mod letters;
mod registration;
mod search;
mod settings;
mod smtp;
mod support;
