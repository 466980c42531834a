//! Every server test, on SQLite and on PostgreSQL. One binary, since linking it is what takes the time.

mod answers;
#[expect(dead_code, reason = "the carriers' own tests ask more of it")]
#[path = "../../carriers/tests/it/bring_api.rs"]
mod bring_api;
mod browser;
mod bucket;
mod bulk;
mod bulk_wide;
mod carrier;
mod cases;
mod causes;
mod cli;
mod collecting;
mod connections;
mod couriers;
mod crash;
mod customers;
mod database;
mod deadlines;
mod decisions;
mod documents;
mod errands;
mod export;
#[expect(dead_code, reason = "the carriers' own tests ask more of it")]
#[path = "../../carriers/tests/it/fake.rs"]
mod fake;
mod http;
mod law_notes;
mod letters;
mod letters_tls;
mod lists;
mod live;
mod people;
mod pictures;
mod registration;
mod report_limits;
mod report_pages;
mod reports;
mod rma_states;
mod rmas;
mod scan;
mod search;
mod security;
mod sessions;
mod settings;
#[path = "../../carriers/tests/it/shipx.rs"]
mod shipx;
mod similar;
mod sms;
mod smtp;
mod statistics;
mod statistics_pages;
mod status;
mod status_proof;
mod support;
mod targets;
mod tls;
mod today;
mod upload;
mod views;
mod waiting;
