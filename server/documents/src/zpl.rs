//! Parcel labels for label printers, in ZPL II (Zebra, *Programming Guide*, P1099958).

use crate::{Error, Label, Look, Result};

/// Dots per inch of the printer's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dpi {
    /// 8 dots a millimetre: most desktop printers.
    #[default]
    D203,
    /// 12 dots a millimetre.
    D300,
}

/// x
pub fn labels(_: &Look, labels: &[Label], _: Dpi) -> Result<String> {
    if labels.is_empty() {
        return Err(Error::Nothing);
    }
    Ok("^XA".into())
}
