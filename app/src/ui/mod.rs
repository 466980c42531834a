//! Reusable components, one a file.

pub mod frame;
