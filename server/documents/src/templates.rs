//! The templates: ours, built into the program, and the organisation's own in their place.

use crate::{Error, Result};
use std::path::Path;
use std::{fs, io};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// What every document shares. Imported by the others as `parts.typ`.
const PARTS: &str = "parts.typ";

/// A document that is made from a template of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Protocol,
    Label,
    GoodsLabel,
    PackingSlip,
    Decision,
    Letter,
}

impl Kind {
    /// The template's file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Protocol => "protocol.typ",
            Self::Label => "label.typ",
            Self::GoodsLabel => "goods_label.typ",
            Self::PackingSlip => "packing_slip.typ",
            Self::Decision => "decision.typ",
            Self::Letter => "letter.typ",
        }
    }
}

const OURS: [(&str, &str); 7] = [
    (PARTS, include_str!("../templates/parts.typ")),
    (Kind::Protocol.file(), include_str!("../templates/protocol.typ")),
    (Kind::Label.file(), include_str!("../templates/label.typ")),
    (Kind::GoodsLabel.file(), include_str!("../templates/goods_label.typ")),
    (Kind::PackingSlip.file(), include_str!("../templates/packing_slip.typ")),
    (Kind::Decision.file(), include_str!("../templates/decision.typ")),
    (Kind::Letter.file(), include_str!("../templates/letter.typ")),
];

/// Parsed once; a document borrows them.
pub struct Templates(Vec<Source>);

impl Templates {
    /// Ours, each replaced by the file of the same name in `folder` if there is one. Files that are no `.typ` are left
    /// alone.
    ///
    /// # Errors
    /// [`Error::Unreadable`] and, for a `.typ` file that replaces nothing, [`Error::UnknownTemplate`].
    pub fn read(folder: Option<&Path>) -> Result<Self> {
        let mut texts: Vec<(&str, String)> = OURS.map(|(name, text)| (name, text.to_owned())).into();
        if let Some(folder) = folder {
            let unreadable = |path: &Path, source: io::Error| Error::Unreadable { path: path.to_owned(), source };
            for entry in fs::read_dir(folder).map_err(|source| unreadable(folder, source))? {
                let path = entry.map_err(|source| unreadable(folder, source))?.path();
                if path.extension().is_none_or(|extension| extension != "typ") {
                    continue;
                }
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                match texts.iter_mut().find(|(ours, _)| *ours == name) {
                    Some((_, text)) => *text = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?,
                    None => return Err(Error::UnknownTemplate { path, known: OURS.map(|(name, _)| name).join(", ") }),
                }
            }
        }
        Ok(Self(texts.into_iter().map(|(name, text)| Source::new(file_id(name), text)).collect()))
    }

    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.0.iter().find(|source| source.id() == id)
    }
}

/// A file of the closed world that a document is made in. The engine keeps every name that was ever used: only names of
/// ours, and numbered ones below a limit, come here.
pub fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("our names are plain file names");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}
