//! PNGs, made smaller row by row while they are read: a bomb of 100 megapixels needs a few rows of memory.

use super::decode::{Decoded, ENOUGH, check_size, check_whole};
use super::pixels::{Pixels, on_white};
use domain::attachment::Refusal;
use png::{ColorType, Decoder, Limits, Transformations};
use std::io::{BufRead, Seek};

/// For text and profiles; the picture itself is bounded by its size.
const CHUNKS: usize = 8 * 1024 * 1024;

pub fn decode<G>(reader: impl BufRead + Seek, alone: impl Fn(u64) -> G) -> Result<Decoded, Refusal> {
    let damaged = |_| Refusal::Damaged;
    let mut decoder = Decoder::new_with_limits(reader, Limits { bytes: CHUNKS });
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    decoder.set_ignore_text_chunk(true);
    let info = decoder.read_header_info().map_err(damaged)?;
    let (width, height, interlaced) = (info.width, info.height, info.interlaced);
    let pixels = if interlaced { check_whole(width, height)? } else { check_size(width, height)? };
    let mut reader = decoder.read_info().map_err(damaged)?;
    let icc = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (color, _) = reader.output_color_type();
    let samples = match color {
        ColorType::Grayscale | ColorType::Indexed => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
    };
    let factor = if interlaced { 1 } else { (width.max(height) / u32::from(ENOUGH)).max(1) };
    let _alone = alone(if interlaced { pixels * 7 } else { 0 });
    let mut shrink = Shrink::new(width, height, factor);
    if interlaced {
        let mut buffer = vec![0; reader.output_buffer_size().ok_or(Refusal::TooManyPixelsForType)?];
        reader.next_frame(&mut buffer).map_err(damaged)?;
        for row in buffer.chunks_exact(width as usize * samples) {
            shrink.push(row, samples);
        }
    } else {
        while let Some(row) = reader.next_row().map_err(damaged)? {
            shrink.push(row.data(), samples);
        }
    }
    Ok(Decoded { pixels: shrink.finish()?, icc, upright: false })
}

/// Means of squares of `factor` × `factor` pixels.
struct Shrink {
    width: u32,
    height: u32,
    factor: u32,
    sums: Vec<u32>,
    /// Rows in `sums`.
    rows: u32,
    rgb: Vec<u8>,
}

impl Shrink {
    fn new(width: u32, height: u32, factor: u32) -> Self {
        let (width, height) = ((width / factor).max(1), (height / factor).max(1));
        let samples = width as usize * 3;
        Self {
            width,
            height,
            factor,
            sums: vec![0; samples],
            rows: 0,
            rgb: Vec::with_capacity(samples * height as usize),
        }
    }

    fn push(&mut self, row: &[u8], samples: usize) {
        let pixels = row.chunks_exact(samples).map(|s| match s {
            [grey] => [*grey; 3],
            [grey, alpha] => on_white(&[*grey, *grey, *grey, *alpha]),
            [r, g, b] => [*r, *g, *b],
            _ => on_white(s),
        });
        if self.factor == 1 {
            self.rgb.extend(pixels.flatten());
            return;
        }
        for (x, pixel) in pixels.enumerate() {
            // What does not fill a square at the right edge is left out.
            let sums = self.sums.get_mut(x / self.factor as usize * 3..).and_then(|sums| sums.first_chunk_mut::<3>());
            if let Some(sums) = sums {
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(sample);
                }
            }
        }
        self.rows += 1;
        if self.rows == self.factor && self.rgb.len() < self.rgb.capacity() {
            let area = self.factor * self.factor;
            // The mean of bytes is a byte.
            self.rgb.extend(self.sums.iter().map(|sum| (sum / area) as u8));
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    fn finish(self) -> Result<Pixels, Refusal> {
        let Self { width, height, rgb, .. } = self;
        if rgb.len() == width as usize * height as usize * 3 {
            Ok(Pixels { width, height, rgb })
        } else {
            Err(Refusal::Damaged)
        }
    }
}
