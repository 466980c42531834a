//! A reader of PDF: texts with their places, and pictures of pages.

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect};
use hayro::{RenderCache, RenderSettings, render};

/// Points in a millimetre.
pub const MM: f64 = 72.0 / 25.4;

/// A character on a page; the place is the start of its baseline, in points from the top left corner.
#[derive(Clone, Debug)]
pub struct Char {
    pub text: String,
    pub x: f64,
    pub y: f64,
}

/// Grey values from 0 (black), row by row.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub grey: Vec<u8>,
}

pub fn open(pdf: &[u8]) -> Pdf {
    Pdf::new(pdf.to_vec()).expect("a PDF")
}

/// Width and height of each page in millimetres, rounded.
pub fn sizes(pdf: &[u8]) -> Vec<(i64, i64)> {
    let millimetres = |points: f32| (f64::from(points) / MM).round() as i64;
    let pdf = open(pdf);
    let sizes = pdf.pages().iter().map(|page| page.render_dimensions());
    sizes.map(|(width, height)| (millimetres(width), millimetres(height))).collect()
}

/// The characters of each page, in the order in which they are read.
pub fn chars(pdf: &[u8]) -> Vec<Vec<Char>> {
    let pdf = open(pdf);
    let cache = InterpreterCache::new();
    let mut pages = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, area, &cache, pdf.xref(), InterpreterSettings::default());
        let mut reader = Reader(Vec::new());
        interpret_page(page, &mut context, &mut reader);
        pages.push(reader.0);
    }
    pages
}

/// All that can be read in it, without spaces and without the points at which long words may break.
pub fn text(pdf: &[u8]) -> String {
    squeeze(&chars(pdf).into_iter().flatten().map(|c| c.text).collect::<String>())
}

/// Without what does not show.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

pub fn draw(pdf: &[u8], dpi: f32) -> Vec<Picture> {
    let pdf = open(pdf);
    let settings =
        RenderSettings { x_scale: dpi / 72.0, y_scale: dpi / 72.0, bg_color: WHITE, ..RenderSettings::default() };
    let cache = RenderCache::new();
    pdf.pages()
        .iter()
        .map(|page| {
            let drawn = render(page, &cache, &InterpreterSettings::default(), &settings);
            let luma = |p: &hayro::vello_cpu::peniko::color::PremulRgba8| {
                ((u32::from(p.r) * 299 + u32::from(p.g) * 587 + u32::from(p.b) * 114) / 1000) as u8
            };
            Picture {
                width: u32::from(drawn.width()),
                height: u32::from(drawn.height()),
                grey: drawn.data().iter().map(luma).collect(),
            }
        })
        .collect()
}

struct Reader(Vec<Char>);

impl<'a> Device<'a> for Reader {
    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        _: &GlyphDrawMode,
    ) {
        let at = transform * glyph_transform * Point::ZERO;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => panic!("a glyph without a text"),
        };
        self.0.push(Char { text, x: at.x, y: at.y });
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
