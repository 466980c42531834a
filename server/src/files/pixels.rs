//! Decoded pictures: made smaller, turned upright, brought to sRGB, and encoded anew.

use domain::attachment::Refusal;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Eight bits each of red, green and blue, row by row, without gaps.
#[derive(Debug)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

/// As a distance in `rgb`; no picture has more bytes than the machine's addresses.
fn at(width: u32, x: u32, y: u32) -> usize {
    (y as usize * width as usize + x as usize) * 3
}

impl Pixels {
    /// With `alpha`, what is transparent becomes white.
    pub fn from_samples(width: u32, height: u32, samples: Vec<u8>, alpha: bool) -> Self {
        let rgb = if alpha { samples.chunks_exact(4).flat_map(on_white).collect() } else { samples };
        Self { width, height, rgb }
    }

    /// Fits into a square of that side; never made larger.
    pub fn fit(self, side: u32) -> Result<Self, Refusal> {
        if self.width <= side && self.height <= side { Ok(self) } else { self.fitted(side) }
    }

    /// A copy that fits into a square of that side.
    pub fn fitted(&self, side: u32) -> Result<Self, Refusal> {
        let long = self.width.max(self.height);
        if long <= side {
            return Ok(Self { width: self.width, height: self.height, rgb: self.rgb.clone() });
        }
        let scaled = |length: u32| (u64::from(length) * u64::from(side)).div_ceil(u64::from(long)).max(1);
        let [width, height] = [scaled(self.width), scaled(self.height)].map(|length| length as u32);
        let source =
            ImageRef::new(self.width, self.height, &self.rgb, PixelType::U8x3).map_err(|_| Refusal::Damaged)?;
        let mut target = Image::new(width, height, PixelType::U8x3);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
        Resizer::new().resize(&source, &mut target, &options).map_err(|_| Refusal::Damaged)?;
        Ok(Self { width, height, rgb: target.into_vec() })
    }

    /// Applies an EXIF orientation (1 to 8; CIPA DC-008, 4.6.5.1), so that the picture stands upright by itself.
    pub fn upright(self, orientation: u8) -> Self {
        let (w, h) = (self.width, self.height);
        let turned = orientation >= 5;
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (width, height) = if turned { (h, w) } else { (w, h) };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let from = at(w, from_x, from_y);
                rgb.extend_from_slice(&self.rgb[from..from + 3]);
            }
        }
        Self { width, height, rgb }
    }

    /// A profile of another colour space is converted; one that cannot be read is left out.
    pub fn to_srgb(mut self, profile: Option<&[u8]>) -> Self {
        let Some(profile) = profile.and_then(|bytes| ColorProfile::new_from_slice(bytes).ok()) else { return self };
        if profile.color_space != DataColorSpace::Rgb {
            return self;
        }
        let srgb = ColorProfile::new_srgb();
        let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, TransformOptions::default());
        if let Ok(transform) = transform {
            let mut converted = vec![0; self.rgb.len()];
            if transform.transform(&self.rgb, &mut converted).is_ok() {
                self.rgb = converted;
            }
        }
        self
    }

    /// A JPEG that holds nothing but the picture.
    pub fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        let mut encoder = Encoder::new(&mut bytes, quality);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        let side = |length: u32| u16::try_from(length).map_err(|_| Refusal::TooManyPixels);
        encoder
            .encode(&self.rgb, side(self.width)?, side(self.height)?, ColorType::Rgb)
            .map_err(|_| Refusal::Damaged)?;
        Ok(bytes)
    }

    /// A PNG that holds nothing but the picture.
    pub fn to_png(&self) -> Result<Vec<u8>, Refusal> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 8);
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().map_err(|_| Refusal::Damaged)?;
        writer.write_image_data(&self.rgb).and_then(|()| writer.finish()).map_err(|_| Refusal::Damaged)?;
        Ok(bytes)
    }
}

/// One RGBA pixel on white paper.
pub fn on_white(rgba: &[u8]) -> [u8; 3] {
    let alpha = u16::from(rgba[3]);
    // The mean of two bytes, rounded, is a byte.
    [0, 1, 2].map(|i| ((u16::from(rgba[i]) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}
