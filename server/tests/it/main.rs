//! Every server test, on SQLite and on PostgreSQL. One binary, since linking it is what takes the time.

mod cases;
mod database;
mod letters;
mod lists;
mod settings;
mod smtp;
mod registration;
mod search;
mod support;
