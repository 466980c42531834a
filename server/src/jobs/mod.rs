//! What is done beside the requests.

pub mod letters;
