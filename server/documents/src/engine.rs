//! The template engine, set up once: fonts, library, templates, the standard that it has to keep.

use crate::page::Page;
use crate::sheet::Sheet;
use crate::templates::{Kind, Templates};
use crate::{Error, Result, fonts, specimen};
use comemo::Track;
use std::path::Path;
use typst::foundations::{Bytes, Smart};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, ImageFormat, RasterFormat, RasterImage, SvgImage, VectorFormat};
use typst::{Feature, Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// For how many documents a result that none of them used again is kept.
const KEPT: usize = 1;

/// Everything that documents share. No part of it changes after it is made.
pub struct Engine {
    pub library: LazyHash<Library>,
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
    pub templates: Templates,
    standards: PdfStandards,
}

impl Engine {
    /// # Errors
    /// As [`crate::Press::new`].
    pub fn new(templates: Option<&Path>) -> Result<Self> {
        let fonts = fonts::all();
        let features = [Feature::A11yExtras].into_iter().collect();
        let engine = Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: Templates::read(templates)?,
            standards: PdfStandards::new(&[PdfStandard::Ua_1]).expect("one standard does not contradict itself"),
        };
        if templates.is_some() {
            specimen::prove(&engine)?;
        }
        Ok(engine)
    }

    /// The page as PDF.
    ///
    /// # Errors
    /// [`Error::Template`] or [`Error::Document`], from a broken template alone: ours take every data.
    pub fn print(&self, kind: Kind, page: Page) -> Result<Vec<u8>> {
        let creator = Smart::Custom(Some("Redress".to_owned()));
        let options = PdfOptions { standards: self.standards.clone(), creator, ..PdfOptions::default() };
        let pdf = Sheet::new(self, kind, page).pdf(&options);
        // The engine remembers every step it made, for a program that typesets one document again and again. Here the
        // next document shares with this one what all share, and the customer's part would stay in memory for good.
        comemo::evict(KEPT);
        pdf
    }

    /// The file name under which a picture that can be printed is handed to a template, by its format.
    pub fn logo(&self, bytes: &Bytes) -> Result<&'static str> {
        let refuse = |why: &str| Err(Error::Logo(why.to_owned()));
        let raster = |format: ExchangeFormat, name| match RasterImage::plain(bytes.clone(), format) {
            Ok(_) => Ok(name),
            Err(why) => refuse(&why),
        };
        match ImageFormat::detect(bytes) {
            Some(ImageFormat::Raster(RasterFormat::Exchange(ExchangeFormat::Png))) => {
                raster(ExchangeFormat::Png, "logo.png")
            }
            Some(ImageFormat::Raster(RasterFormat::Exchange(ExchangeFormat::Jpg))) => {
                raster(ExchangeFormat::Jpg, "logo.jpg")
            }
            // Not a compressed one, which could unfold to any size.
            Some(ImageFormat::Vector(VectorFormat::Svg)) if !bytes.starts_with(&[0x1f, 0x8b]) => {
                // In a world of its own, so that one that asks for other files is refused here and not in a document.
                let sheet = Sheet::new(self, Kind::Label, Page::default());
                let world: &dyn World = &sheet;
                match SvgImage::with_fonts_images(bytes.clone(), world.track(), &[], None) {
                    Ok(_) => Ok("logo.svg"),
                    Err(_) => refuse("not an SVG that stands for itself"),
                }
            }
            _ => refuse("unknown format"),
        }
    }
}

/// Whether the engine can decode it.
pub fn is_jpeg(bytes: &Bytes) -> bool {
    RasterImage::plain(bytes.clone(), ExchangeFormat::Jpg).is_ok()
}
