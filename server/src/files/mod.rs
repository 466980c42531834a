//! Pictures and documents: checked, made anew, and kept outside the database.

pub mod bench;
mod bucket;
mod code;
pub mod decode;
pub mod exif;
pub mod kind;
pub mod label;
mod paper;
pub mod picture;
pub mod pixels;
pub mod png;
pub mod shelf;
pub mod spool;

pub use picture::Prepared;
pub use shelf::{Files, FilesError};
pub use spool::{Received, Spool};
