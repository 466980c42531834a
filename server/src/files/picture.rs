//! A picture as it is kept: decoded and encoded anew in two sizes, upright, with all metadata gone.

use super::decode::{self, Heavy};
use super::exif::{self, Taken};
use super::kind::{FileKind, HEAD};
use super::pixels::Pixels;
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

/// Longest side of a logo: sharp in the head of a page, and on paper.
pub const LOGO: u32 = 960;

/// Slow, and hungry for memory: to be called on the bench.
pub fn prepare(file: &File, heavy: &Heavy) -> Result<Prepared, Refusal> {
    let kind = kind(file)?;
    if kind == FileKind::Pdf {
        return Ok(Prepared::Document);
    }
    let (large, taken) = upright(file, kind, LARGE.0, heavy)?;
    let small = large.fitted(SMALL.0)?;
    Ok(Prepared::Picture {
        large: large.to_jpeg(LARGE.1)?,
        small: small.to_jpeg(SMALL.1)?,
        width: large.width,
        height: large.height,
        taken,
    })
}

/// A logo as it is kept: a PNG, since a JPEG blurs edges and letters; on white, since documents are. Slow as [`prepare`] is.
pub fn logo(file: &File, heavy: &Heavy) -> Result<Vec<u8>, Refusal> {
    let kind = kind(file)?;
    if kind == FileKind::Pdf {
        return Err(Refusal::UnknownType);
    }
    upright(file, kind, LOGO, heavy)?.0.to_png()
}

fn kind(mut file: &File) -> Result<FileKind, Refusal> {
    let mut head = Vec::with_capacity(HEAD);
    file.rewind().and_then(|()| file.take(HEAD as u64).read_to_end(&mut head)).map_err(|_| Refusal::Damaged)?;
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    FileKind::of(&head).ok_or(Refusal::UnknownType)
}

/// Fitted into a square of that side.
fn upright(file: &File, kind: FileKind, side: u32, heavy: &Heavy) -> Result<(Pixels, Option<Taken>), Refusal> {
    let metadata = exif::read(file, kind);
    let decoded = decode::decode(file, kind, heavy)?;
    let orientation = if decoded.upright { 1 } else { metadata.orientation.unwrap_or(1) };
    let pixels = decoded.pixels.fit(side)?.to_srgb(decoded.icc.as_deref()).upright(orientation);
    Ok((pixels, metadata.taken))
}
