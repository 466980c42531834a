//! How much one print may hold. What a shop does stays far below; what is above is a mistake or an attack.

use crate::{Error, Result};

/// Pictures of a protocol: as many as a case may have.
pub const PICTURES: usize = domain::attachment::limits::PER_CASE as usize;

/// Labels of one print: about 250 MB of memory while it is made.
pub const LABELS: usize = 500;

/// Articles on one packing slip.
pub const ARTICLES: usize = 200;

pub(crate) fn check(what: &'static str, n: usize, limit: usize) -> Result<()> {
    if n > limit { Err(Error::TooMany { what, n, limit }) } else { Ok(()) }
}
