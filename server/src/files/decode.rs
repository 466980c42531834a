//! From a file's bytes to pixels, in bounded memory.
//!
//! Each reads the size first and refuses before it allocates. JPEGs are scaled while they are decoded and PNGs while
//! they are read, so that 100 megapixels need no more room than 12; what can only be decoded whole has a limit of its own.

use super::kind::FileKind;
use super::pixels::Pixels;
use super::png;
use domain::attachment::{Refusal, limits};
use image::{ColorType, ImageDecoder};
use jpeg_decoder::{CodingProcess, PixelFormat};
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The long side below which a scaled decoding is not taken: what is kept has at most 2048.
pub const ENOUGH: u16 = 1900;
/// Decodings that need more than this many bytes wait for each other.
const HEAVY: u64 = 64 * 1024 * 1024;

pub struct Decoded {
    pub pixels: Pixels,
    pub icc: Option<Vec<u8>>,
    /// The decoder has turned it upright already (HEIC says it in its container).
    pub upright: bool,
}

/// Held by the one heavy decoding.
pub type Heavy = Mutex<()>;

fn alone(heavy: &Heavy, bytes: u64) -> Option<MutexGuard<'_, ()>> {
    (bytes > HEAVY).then(|| heavy.lock().unwrap_or_else(PoisonError::into_inner))
}

/// # Errors
/// More sides or pixels than the limits.
pub fn check_size(width: u32, height: u32) -> Result<u64, Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        Err(Refusal::Damaged)
    } else if pixels > limits::PIXELS || width.max(height) > limits::SIDE {
        Err(Refusal::TooManyPixels)
    } else {
        Ok(pixels)
    }
}

/// The same for what can only be decoded whole.
pub fn check_whole(width: u32, height: u32) -> Result<u64, Refusal> {
    let pixels = check_size(width, height)?;
    if pixels > limits::PIXELS_WHOLE { Err(Refusal::TooManyPixelsForType) } else { Ok(pixels) }
}

pub fn decode(file: &File, kind: FileKind, heavy: &Heavy) -> Result<Decoded, Refusal> {
    let mut reader = BufReader::with_capacity(64 * 1024, file);
    reader.rewind().map_err(|_| Refusal::Damaged)?;
    match kind {
        FileKind::Jpeg => jpeg(reader, heavy),
        FileKind::Png => png::decode(reader, |bytes| alone(heavy, bytes)),
        FileKind::WebP => {
            let decoder = image::codecs::webp::WebPDecoder::new(reader).map_err(|_| Refusal::Damaged)?;
            whole(decoder, heavy)
        }
        FileKind::Gif => {
            let decoder = image::codecs::gif::GifDecoder::new(reader).map_err(|_| Refusal::Damaged)?;
            whole(decoder, heavy)
        }
        FileKind::Heic => heic(reader, heavy),
        FileKind::Pdf => Err(Refusal::UnknownType),
    }
}

fn jpeg(reader: impl Read, heavy: &Heavy) -> Result<Decoded, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let mut decoder = jpeg_decoder::Decoder::new(reader);
    decoder.read_info().map_err(damaged)?;
    let info = decoder.info().ok_or(Refusal::Damaged)?;
    let (full_width, full_height) = (u32::from(info.width), u32::from(info.height));
    let sequential = info.coding_process == CodingProcess::DctSequential;
    let pixels = if sequential { check_size(full_width, full_height)? } else { check_whole(full_width, full_height)? };
    let (width, height) = if info.coding_process == CodingProcess::Lossless {
        (info.width, info.height)
    } else {
        decoder.scale(ENOUGH, ENOUGH).map_err(damaged)?
    };
    let scaled = u64::from(width) * u64::from(height);
    // Planes and the interleaved copy; a progressive file keeps all its coefficients as well.
    let _alone = alone(heavy, scaled * 6 + if sequential { 0 } else { pixels * 6 });
    decoder.set_max_decoding_buffer_size(usize::try_from(limits::PIXELS_WHOLE * 4).unwrap_or(usize::MAX));
    let samples = decoder.decode().map_err(damaged)?;
    let icc = decoder.icc_profile();
    let rgb = match info.pixel_format {
        PixelFormat::RGB24 => samples,
        PixelFormat::L8 => samples.into_iter().flat_map(|grey| [grey; 3]).collect(),
        // The high byte, stored in the machine's order.
        PixelFormat::L16 => {
            samples.chunks_exact(2).flat_map(|two| [u16::from_ne_bytes([two[0], two[1]]).to_be_bytes()[0]; 3]).collect()
        }
        PixelFormat::CMYK32 => samples.chunks_exact(4).flat_map(cmyk).collect(),
    };
    let pixels = Pixels { width: width.into(), height: height.into(), rgb };
    if pixels.rgb.len() as u64 != scaled * 3 {
        return Err(Refusal::Damaged);
    }
    Ok(Decoded { pixels, icc, upright: false })
}

fn cmyk(ink: &[u8]) -> [u8; 3] {
    let light = 255 - u16::from(ink[3]);
    [0, 1, 2].map(|i| ((255 - u16::from(ink[i])) * light / 255) as u8)
}

fn whole(mut decoder: impl ImageDecoder, heavy: &Heavy) -> Result<Decoded, Refusal> {
    let (width, height) = decoder.dimensions();
    let pixels = check_whole(width, height)?;
    let alpha = match decoder.color_type() {
        ColorType::Rgb8 => false,
        ColorType::Rgba8 => true,
        _ => return Err(Refusal::UnknownType),
    };
    let _alone = alone(heavy, pixels * 10);
    let icc = decoder.icc_profile().ok().flatten();
    let mut samples = vec![0; usize::try_from(decoder.total_bytes()).map_err(|_| Refusal::TooManyPixelsForType)?];
    decoder.read_image(&mut samples).map_err(|_| Refusal::Damaged)?;
    Ok(Decoded { pixels: Pixels::from_samples(width, height, samples, alpha), icc, upright: false })
}

fn heic(mut reader: impl Read, heavy: &Heavy) -> Result<Decoded, Refusal> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
    let info = heic::ImageInfo::from_bytes(&bytes).map_err(|_| Refusal::Damaged)?;
    let pixels = check_whole(info.width, info.height)?;
    let _alone = alone(heavy, pixels * 7);
    let mut limits = heic::Limits::default();
    limits.max_pixels = Some(limits::PIXELS_WHOLE);
    limits.max_memory_bytes = Some(limits::PIXELS_WHOLE * 8);
    let layout = if info.has_alpha { heic::PixelLayout::Rgba8 } else { heic::PixelLayout::Rgb8 };
    let config = heic::DecoderConfig::new();
    let picture = config
        .decode_request(&bytes)
        .with_output_layout(layout)
        .with_limits(&limits)
        .decode()
        .map_err(|_| Refusal::Damaged)?;
    let pixels = Pixels::from_samples(picture.width, picture.height, picture.data, info.has_alpha);
    if pixels.rgb.len() as u64 != u64::from(pixels.width) * u64::from(pixels.height) * 3 {
        return Err(Refusal::Damaged);
    }
    Ok(Decoded { pixels, icc: info.icc_profile, upright: true })
}
