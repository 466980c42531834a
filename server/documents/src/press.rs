//! The documents, one method each.

use crate::data::{Decision, GoodsLabel, Label, Letter, Look, PackingSlip, Paper, Protocol};
use crate::engine::Engine;
use crate::templates::Kind;
use crate::{Error, Result, limits, page};
use domain::decision::Verdict;
use std::path::Path;
use typst::foundations::Bytes;

/// Makes documents. It is meant to be kept: one for the whole program, used by any number of threads at once. Each call
/// keeps its thread busy, so async code asks on a blocking one.
///
/// What it makes is PDF 1.7 that conforms to PDF/UA-1 (ISO 14289-1): tagged, with a title, its language, and words in
/// the place of every picture and code. Equal data gives equal bytes.
pub struct Press(Engine);

impl Press {
    /// `templates` is the organisation's folder: a file in it that is named like one of ours takes its place.
    ///
    /// With a folder, specimens of all documents are made first, so that a mistake in it shows when the program starts
    /// and not when a customer waits.
    ///
    /// # Errors
    /// [`Error::Unreadable`], [`Error::UnknownTemplate`]; [`Error::Template`] or [`Error::Document`] for one that does
    /// not work.
    pub fn new(templates: Option<&Path>) -> Result<Self> {
        Engine::new(templates).map(Self)
    }

    /// Whether a logo can be printed. To be asked when one is uploaded: documents show the organisation's name instead
    /// of one that cannot.
    ///
    /// # Errors
    /// [`Error::Logo`] for anything but a PNG, a JPEG or an SVG without references to other files.
    pub fn check_logo(&self, logo: &[u8]) -> Result<()> {
        self.0.logo(&Bytes::new(logo.to_vec())).map(drop)
    }

    /// The complaint protocol, on A4.
    ///
    /// # Errors
    /// [`Error::UrlTooLong`]; [`Error::TooMany`] pictures.
    pub fn protocol(&self, look: &Look, protocol: &Protocol) -> Result<Vec<u8>> {
        limits::check("pictures", protocol.photos.len(), limits::PICTURES)?;
        self.0.print(Kind::Protocol, page::protocol(&self.0, look, protocol)?)
    }

    /// One print with all `labels`, in their order.
    ///
    /// # Errors
    /// [`Error::Nothing`] for none at all; [`Error::TooMany`] labels; [`Error::UrlTooLong`].
    pub fn labels(&self, look: &Look, labels: &[Label], paper: Paper) -> Result<Vec<u8>> {
        if labels.is_empty() {
            return Err(Error::Nothing);
        }
        limits::check("labels", labels.len(), limits::LABELS)?;
        self.0.print(Kind::Label, page::labels(&self.0, look, labels, paper)?)
    }

    /// One print with the labels of the goods of many cases, in their order.
    ///
    /// # Errors
    /// As [`Self::labels`].
    pub fn goods_labels(&self, look: &Look, labels: &[GoodsLabel], paper: Paper) -> Result<Vec<u8>> {
        if labels.is_empty() {
            return Err(Error::Nothing);
        }
        limits::check("labels", labels.len(), limits::LABELS)?;
        self.0.print(Kind::GoodsLabel, page::goods_labels(&self.0, look, labels, paper)?)
    }

    /// The packing slip, on A4.
    ///
    /// # Errors
    /// [`Error::UrlTooLong`]; [`Error::TooMany`] articles.
    pub fn packing_slip(&self, look: &Look, slip: &PackingSlip) -> Result<Vec<u8>> {
        limits::check("articles", slip.articles.len(), limits::ARTICLES)?;
        self.0.print(Kind::PackingSlip, page::packing_slip(&self.0, look, slip)?)
    }

    /// A letter, on A4.
    ///
    /// # Errors
    /// [`Error::UrlTooLong`].
    pub fn letter(&self, look: &Look, letter: &Letter) -> Result<Vec<u8>> {
        self.0.print(Kind::Letter, page::letter(&self.0, look, letter)?)
    }

    /// The answer to the complaint, on A4.
    ///
    /// # Errors
    /// [`Error::NoWayFurther`] for a rejection without [`Decision::further`]; [`Error::UrlTooLong`].
    pub fn decision(&self, look: &Look, decision: &Decision) -> Result<Vec<u8>> {
        if decision.verdict == Verdict::Rejected && decision.further.iter().all(|text| text.trim().is_empty()) {
            return Err(Error::NoWayFurther);
        }
        self.0.print(Kind::Decision, page::decision(&self.0, look, decision)?)
    }
}
