//! The one family that everything is set in: IBM Plex Sans, under the SIL Open Font License (`fonts/OFL.txt`); the files are
//! those of npm's `@expo-google-fonts/ibm-plex-sans` 0.4.1, as they came.
//!
//! It has all letters of Norwegian and Polish, Cyrillic and Greek, and tells `1 l I` and `0 O` apart, which serial
//! numbers need.

use typst::foundations::Bytes;
use typst::text::Font;

/// The family's name, as templates say it.
#[cfg(test)]
pub const FAMILY: &str = "IBM Plex Sans";

static REGULAR: &[u8] = include_bytes!("../fonts/IBMPlexSans-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf");

/// Regular and semi-bold.
pub fn all() -> Vec<Font> {
    [REGULAR, SEMI_BOLD].into_iter().filter_map(|font| Font::new(Bytes::new(font), 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_our_languages_has_a_glyph() {
        let fonts = all();
        assert_eq!(fonts.len(), 2);
        let letters = "ĄąĆćĘęŁłŃńÓóŚśŹźŻżÆæØøÅåÄäÖöÜüßÉéÈèÊêÔôÀàŠšŽžČčĐđŊŋŦŧ„”«»–—…•×½€§°№\u{a0}\u{fffd}\u{2212}";
        let ascii = ' '..='~';
        for font in &fonts {
            assert_eq!(font.info().family, FAMILY);
            for c in letters.chars().chain(ascii.clone()) {
                assert!(font.info().coverage.contains(u32::from(c)), "{c:?}");
            }
        }
    }
}
