//! The closed world that one document is made in: templates, its data, its pictures, and nothing else.

use crate::engine::Engine;
use crate::page::Page;
use crate::templates::{Kind, file_id};
use crate::{Error, Result};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

/// No file of the disk, no package, no clock: what is not in here does not exist for a template or a logo.
pub struct Sheet<'a> {
    engine: &'a Engine,
    main: FileId,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Sheet<'a> {
    pub fn new(engine: &'a Engine, kind: Kind, page: Page) -> Self {
        let mut files: Vec<(FileId, Bytes)> =
            page.files.into_iter().map(|(name, bytes)| (file_id(&name), bytes)).collect();
        files.push((file_id("data.json"), Bytes::from_string(page.data.to_string())));
        Self { engine, main: file_id(kind.file()), files }
    }

    /// # Errors
    /// [`Error::Template`] or [`Error::Document`].
    pub fn pdf(&self, options: &PdfOptions) -> Result<Vec<u8>> {
        let document = typst::compile::<PagedDocument>(self).output.map_err(|faults| self.error(&faults))?;
        typst_pdf::pdf(&document, options).map_err(|faults| self.error(&faults))
    }

    /// The first fault that has a place, since those without mostly follow from it.
    fn error(&self, faults: &[SourceDiagnostic]) -> Error {
        let placed = faults.iter().find_map(|fault| {
            let id = fault.span.id()?;
            let source = self.source(id).ok()?;
            let (line, column) = source.lines().byte_to_line_column(self.range(fault.span)?.start)?;
            Some(Error::Template { file: name(id), line: line + 1, column: column + 1, message: message(fault) })
        });
        let document =
            || Error::Document { file: name(self.main), message: faults.first().map(message).unwrap_or_default() };
        placed.unwrap_or_else(document)
    }
}

fn name(id: FileId) -> String {
    id.vpath().get_without_slash().to_owned()
}

fn message(fault: &SourceDiagnostic) -> String {
    let hints = fault.hints.iter().map(|hint| format!(" ({})", hint.v));
    std::iter::once(fault.message.to_string()).chain(hints).collect()
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(name(id).into())
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.engine.templates.get(id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.iter().find(|(file, _)| *file == id).map(|(_, bytes)| bytes.clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
