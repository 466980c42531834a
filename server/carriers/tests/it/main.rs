//! The drivers against a server on this machine that speaks the documented requests and answers, well and badly.

mod bring;
mod bring_api;
mod fake;
mod inpost;
mod secrets;
mod settings;
mod shipx;
mod statuses;
mod support;
mod webhook;
