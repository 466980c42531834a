//! What a file is, by its content; its name and the sender's word for it count for nothing.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Heic,
    Pdf,
}

/// How many first bytes [`FileKind::of`] wants to see.
pub const HEAD: usize = 1024;

/// Brands of HEIF files that hold HEVC (ISO/IEC 23008-12, annex B).
const HEVC_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"];

impl FileKind {
    /// `None` for whatever is neither a picture of ours nor a PDF: HTML, SVG, AVIF, a video.
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else if head.get(4..8) == Some(b"ftyp") {
            is_hevc(head).then_some(Self::Heic)
        } else if head.windows(5).any(|five| five == b"%PDF-") {
            // ISO 32000 readers take it anywhere in the first 1024 bytes; markup before it is no PDF of ours.
            let before = head.trim_ascii_start().first();
            (before != Some(&b'<')).then_some(Self::Pdf)
        } else {
            None
        }
    }
}

fn is_hevc(head: &[u8]) -> bool {
    let size = head.first_chunk::<4>().map_or(0, |size| u32::from_be_bytes(*size));
    let end = usize::try_from(size).unwrap_or(usize::MAX).min(head.len());
    let brands = head.get(8..end).unwrap_or_default().chunks_exact(4);
    brands.into_iter().any(|brand| HEVC_BRANDS.contains(&brand))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        assert_eq!(FileKind::of(b"<html><body>%PDF-1.7"), None);
        assert_eq!(FileKind::of(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), None);
        assert_eq!(FileKind::of(b""), None);
        assert_eq!(FileKind::of(b"\r\n%PDF-1.4\n"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), Some(FileKind::Heic));
        assert_eq!(FileKind::of(b"\0\0\0\x18ftypavif\0\0\0\0mif1avif"), None);
        assert_eq!(FileKind::of(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"), None);
    }
}
