//! Codes in a picture: a label photographed where the browser cannot read one itself.

use super::decode::{self, Heavy};
use super::kind::{FileKind, HEAD};
use super::pixels::Pixels;
use super::shelf::Files;
use super::spool::Received;
use domain::attachment::Refusal;
use domain::scan::{Reading, read};
use rxing::{BarcodeFormat, DecodeHints};
use std::fs::File;
use std::io::{Read, Seek};

/// Long sides at which a picture is looked at. A code that fills a sharp picture is found in a small one sooner; one in a
/// corner wants all that the camera saw.
const SIDES: [u32; 2] = [1000, 2600];

const FORMATS: [BarcodeFormat; 5] = [
    BarcodeFormat::QR_CODE,
    BarcodeFormat::CODE_128,
    BarcodeFormat::CODE_39,
    BarcodeFormat::EAN_13,
    BarcodeFormat::ITF,
];

impl Files {
    /// The text of a code in a picture, ours before another's; `None` where there is none.
    ///
    /// # Errors
    /// Why the file is not looked at, for the sender.
    pub async fn code_of(&self, received: &Received) -> Result<Option<String>, Refusal> {
        let file = received.ticket.open().map_err(|_| Refusal::Damaged)?;
        let heavy = self.heavy.clone();
        self.bench.run(move || code_in(&file, &heavy)).await.unwrap_or_else(|_| {
            tracing::warn!("a decoder panicked");
            Err(Refusal::Damaged)
        })
    }
}

/// Slow, and hungry for memory: to be called on the bench.
fn code_in(mut file: &File, heavy: &Heavy) -> Result<Option<String>, Refusal> {
    let mut head = Vec::with_capacity(HEAD);
    file.rewind().and_then(|()| file.take(HEAD as u64).read_to_end(&mut head)).map_err(|_| Refusal::Damaged)?;
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    let kind = FileKind::of(&head).filter(|kind| *kind != FileKind::Pdf).ok_or(Refusal::UnknownType)?;
    let pixels = decode::decode(file, kind, heavy)?.pixels;
    for side in SIDES {
        let grey = Grey::of(&pixels.fitted(side)?);
        // Bars are read along lines: a label that lies across the picture is turned.
        if let Some(code) = grey.code().or_else(|| grey.turned().code()) {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

struct Grey {
    width: u32,
    height: u32,
    luma: Vec<u8>,
}

impl Grey {
    /// By Rec. 601's weights, in 256ths.
    fn of(pixels: &Pixels) -> Self {
        let luma = pixels.rgb.chunks_exact(3).map(|rgb| {
            let sum = u32::from(rgb[0]) * 77 + u32::from(rgb[1]) * 150 + u32::from(rgb[2]) * 29;
            (sum >> 8) as u8
        });
        Self { width: pixels.width, height: pixels.height, luma: luma.collect() }
    }

    fn turned(&self) -> Self {
        let (width, height) = (self.width as usize, self.height as usize);
        let luma = (0..width).flat_map(|x| (0..height).rev().map(move |y| y * width + x)).map(|at| self.luma[at]);
        Self { width: self.height, height: self.width, luma: luma.collect() }
    }

    fn code(&self) -> Option<String> {
        let mut hints = DecodeHints {
            PossibleFormats: Some(FORMATS.into_iter().collect()),
            TryHarder: Some(true),
            ..DecodeHints::default()
        };
        let found =
            rxing::helpers::detect_multiple_in_luma_with_hints(self.luma.clone(), self.width, self.height, &mut hints);
        let mut texts: Vec<String> = found.ok()?.iter().map(|code| code.getText().trim().to_owned()).collect();
        texts.retain(|text| read(text) != Reading::Nothing);
        texts.sort_by_key(|text| match read(text) {
            Reading::Label(_) => 0,
            Reading::Number(_) => 1,
            Reading::Code(_) | Reading::Nothing => 2,
        });
        texts.into_iter().next()
    }
}
