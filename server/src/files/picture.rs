//! A picture as it is kept: decoded and encoded anew in two sizes, upright, with all metadata gone.

use super::decode::{self, Heavy};
use super::exif::{self, Taken};
use super::kind::{FileKind, HEAD};
use domain::attachment::Refusal;
use std::fs::File;
use std::io::{Read, Seek};

/// Longest side of the two sizes, and their quality.
const LARGE: (u32, u8) = (2048, 84);
const SMALL: (u32, u8) = (480, 78);

#[derive(Debug)]
pub enum Prepared {
    Picture {
        large: Vec<u8>,
        small: Vec<u8>,
        /// Of the large size.
        width: u32,
        height: u32,
        taken: Option<Taken>,
    },
    /// A PDF, kept as it was sent.
    Document,
}

/// Slow, and hungry for memory: to be called on the bench.
pub fn prepare(mut file: &File, heavy: &Heavy) -> Result<Prepared, Refusal> {
    let mut head = Vec::with_capacity(HEAD);
    file.rewind().and_then(|()| file.take(HEAD as u64).read_to_end(&mut head)).map_err(|_| Refusal::Damaged)?;
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    let kind = FileKind::of(&head).ok_or(Refusal::UnknownType)?;
    if kind == FileKind::Pdf {
        return Ok(Prepared::Document);
    }
    let metadata = exif::read(file, kind);
    let decoded = decode::decode(file, kind, heavy)?;
    let orientation = if decoded.upright { 1 } else { metadata.orientation.unwrap_or(1) };
    let large = decoded.pixels.fit(LARGE.0)?.to_srgb(decoded.icc.as_deref()).upright(orientation);
    let small = large.fitted(SMALL.0)?;
    Ok(Prepared::Picture {
        large: large.to_jpeg(LARGE.1)?,
        small: small.to_jpeg(SMALL.1)?,
        width: large.width,
        height: large.height,
        taken: metadata.taken,
    })
}
