//! From a file's bytes to pixels, in bounded memory.
//!
//! Each reads the size first and refuses before it allocates. JPEGs are scaled while they are decoded and PNGs while
//! they are read, so that 100 megapixels need no more room than 12; what can only be decoded whole has a limit of its own.

use super::kind::FileKind;
use super::pixels::Pixels;
use super::png;
use domain::attachment::{Refusal, limits};
use image::{ColorType, ImageDecoder, ImageError, Limits};
use jpeg_decoder::{CodingProcess, PixelFormat};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The long side below which a scaled decoding is not taken: what is kept has at most 2048.
pub const ENOUGH: u16 = 1900;
/// Decodings that need more than this many bytes wait for each other.
const HEAVY: u64 = 64 * 1024 * 1024;
/// What a decoder may allocate beyond the canvas, for frames that stand out a little.
const SLACK: u64 = 4 * 1024 * 1024;

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
            Chunks::check(&mut reader)?;
            reader.rewind().map_err(|_| Refusal::Damaged)?;
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
    // A GIF's first frame may claim to be far larger than the screen that was checked. Only the GIF decoder heeds this;
    // for WebP see `Chunks`.
    let mut allowed = Limits::no_limits();
    allowed.max_alloc = Some(pixels * 4 + SLACK);
    decoder.set_limits(allowed).map_err(unreadable)?;
    let icc = decoder.icc_profile().ok().flatten();
    let mut samples = vec![0; usize::try_from(decoder.total_bytes()).map_err(|_| Refusal::TooManyPixelsForType)?];
    decoder.read_image(&mut samples).map_err(unreadable)?;
    Ok(Decoded { pixels: Pixels::from_samples(width, height, samples, alpha), icc, upright: false })
}

/// By value, for `map_err`.
fn unreadable(error: ImageError) -> Refusal {
    if matches!(error, ImageError::Limits(_)) { Refusal::TooManyPixelsForType } else { Refusal::Damaged }
}

/// Walks a WebP's chunks ahead of its decoder, which takes their word: it allocates what a profile claims to hold, and what
/// a frame claims to measure, before it compares either with the file or with the canvas.
struct Chunks<'a, R> {
    reader: &'a mut R,
    /// Where `reader` stands.
    at: u64,
    /// The file's length.
    length: u64,
    /// What the first chunk says.
    canvas: Option<(u32, u32)>,
}

impl<'a, R: Read + Seek> Chunks<'a, R> {
    /// Chunks whose claims would be believed; what others claim is skipped by seeking.
    const KNOWN: [[u8; 4]; 9] =
        [*b"VP8X", *b"VP8 ", *b"VP8L", *b"ALPH", *b"ANIM", *b"ANMF", *b"ICCP", *b"EXIF", *b"XMP "];

    /// Leaves `reader` anywhere.
    ///
    /// # Errors
    /// A chunk beyond the file's end, a frame beyond the canvas, or a canvas beyond the limits.
    fn check(reader: &'a mut R) -> Result<(), Refusal> {
        let length = reader.seek(SeekFrom::End(0)).map_err(|_| Refusal::Damaged)?;
        reader.rewind().map_err(|_| Refusal::Damaged)?;
        // After "RIFF", its size and "WEBP".
        Self { reader, at: 0, length, canvas: None }.walk(12, length, false)
    }

    /// The chunks that begin in that span of the file; `framed` if it is one frame of an animation.
    fn walk(&mut self, mut from: u64, end: u64, framed: bool) -> Result<(), Refusal> {
        while from + 8 <= end {
            let [n0, n1, n2, n3, size @ ..] = self.bytes::<8>(from)?;
            let (name, size) = ([n0, n1, n2, n3], u64::from(u32::from_le_bytes(size)));
            let data = from + 8;
            if Self::KNOWN.contains(&name) && data + size > self.length {
                return Err(Refusal::Damaged);
            }
            let head = self.bytes::<10>(data)?;
            match &name {
                b"VP8X" if !framed => {
                    let side = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], 0]) + 1;
                    self.picture(side(4), side(7))?;
                }
                b"VP8L" => {
                    let bits = u32::from_le_bytes([head[1], head[2], head[3], head[4]]);
                    self.picture((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)?;
                }
                // The frames of an animation hold chunks themselves, after 16 bytes.
                b"ANMF" if !framed => self.walk(data + 16, data + size, true)?,
                _ => {}
            }
            // In a frame, what follows an ALPH is VP8 to the decoder, whatever it is called.
            if (framed || name == *b"VP8 ") && head[3..6] == [0x9d, 0x01, 0x2a] {
                let side = |i: usize| u32::from(u16::from_le_bytes([head[i], head[i + 1]]) & 0x3fff);
                self.picture(side(6), side(8))?;
            }
            from = data + size + size % 2;
        }
        Ok(())
    }

    /// The first is the canvas; none of the others may be larger.
    fn picture(&mut self, width: u32, height: u32) -> Result<(), Refusal> {
        check_whole(width, height)?;
        let (widest, highest) = *self.canvas.get_or_insert((width, height));
        if width > widest || height > highest { Err(Refusal::Damaged) } else { Ok(()) }
    }

    /// The bytes there; zeros where the file has ended.
    fn bytes<const N: usize>(&mut self, from: u64) -> Result<[u8; N], Refusal> {
        let mut bytes = [0; N];
        let there = usize::try_from(self.length.saturating_sub(from)).unwrap_or(usize::MAX).min(N);
        // Relative, so that a buffered reader keeps its buffer however many chunks there are.
        let by = from.cast_signed() - self.at.cast_signed();
        self.reader.seek_relative(by).map_err(|_| Refusal::Damaged)?;
        self.reader.read_exact(&mut bytes[..there]).map_err(|_| Refusal::Damaged)?;
        self.at = from + there as u64;
        Ok(bytes)
    }
}

fn heic(mut reader: impl Read, heavy: &Heavy) -> Result<Decoded, Refusal> {
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
    let info = heic::ImageInfo::from_bytes(&bytes).map_err(|_| Refusal::Damaged)?;
    check_whole(info.width, info.height)?;
    // Always alone: the container may claim fewer pixels than its stream then has.
    let _alone = alone(heavy, u64::MAX);
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    /// One pixel of lossless WebP.
    const PIXEL: &[u8] = b"\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07";
    /// A canvas of one pixel.
    const CANVAS: &[u8] = &[0; 10];
    /// What a lossy frame of 16383 pixels square begins with.
    const HUGE: &[u8] = b"\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f";

    fn refusal(bytes: &[u8], kind: FileKind) -> Option<Refusal> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("writes");
        decode(&file, kind, &Heavy::default()).err()
    }

    fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let size = u32::try_from(data.len()).expect("a small chunk").to_le_bytes();
        let mut chunk = [name.as_slice(), &size, data].concat();
        chunk.resize(chunk.len() + data.len() % 2, 0);
        chunk
    }

    fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
        chunk(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
    }

    fn walked(chunks: &[Vec<u8>]) -> Result<(), Refusal> {
        Chunks::check(&mut Cursor::new(webp(chunks)))
    }

    #[test]
    fn a_gif_with_a_frame_far_beyond_its_screen_is_refused_before_it_has_memory() {
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\
            ,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;";
        assert_eq!(refusal(gif, FileKind::Gif), Some(Refusal::TooManyPixelsForType));
    }

    #[test]
    fn a_chunk_beyond_the_end_of_a_webp_is_refused() {
        let good = [chunk(b"VP8X", CANVAS), chunk(b"VP8L", PIXEL)];
        assert_eq!(refusal(&webp(&good), FileKind::WebP), None);
        let mut profile = chunk(b"ICCP", b"none");
        profile[4..8].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
        let [canvas, picture] = good;
        let claimed = [canvas.clone(), picture, profile.clone()];
        assert_eq!(refusal(&webp(&claimed), FileKind::WebP), Some(Refusal::Damaged));
        // The decoder finds it in an animation's first frame as well.
        let frame = [vec![0; 16], chunk(b"VP8L", PIXEL), profile].concat();
        assert_eq!(walked(&[canvas.clone(), chunk(b"ANMF", &frame)]), Err(Refusal::Damaged));
        // Nobody takes the word of a chunk that nobody knows.
        let mut unknown = chunk(b"abcd", b"none");
        unknown[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(walked(&[canvas, chunk(b"VP8L", PIXEL), unknown]), Ok(()));
    }

    #[test]
    fn a_frame_larger_than_the_canvas_of_a_webp_is_refused() {
        let small = b"\x10\0\0\x9d\x01\x2a\x02\0\x02\0";
        assert_eq!(walked(&[chunk(b"VP8 ", small)]), Ok(()));
        assert_eq!(walked(&[chunk(b"VP8 ", HUGE)]), Err(Refusal::TooManyPixels));
        assert_eq!(walked(&[chunk(b"VP8X", CANVAS), chunk(b"VP8 ", small)]), Err(Refusal::Damaged));
        let lossless = b"\x2f\x01\0\0\0";
        assert_eq!(walked(&[chunk(b"VP8X", CANVAS), chunk(b"VP8L", lossless)]), Err(Refusal::Damaged));
        assert_eq!(walked(&[chunk(b"VP8X", CANVAS), chunk(b"VP8 ", HUGE)]), Err(Refusal::TooManyPixels));
        for name in [b"VP8 ", b"VP8L", b"abcd"] {
            let frame = [vec![0; 16], chunk(b"ALPH", b"\0\xff"), chunk(name, small)].concat();
            assert_eq!(walked(&[chunk(b"VP8X", CANVAS), chunk(b"ANMF", &frame)]), Err(Refusal::Damaged));
        }
    }
}
