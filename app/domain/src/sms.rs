//! How long an SMS is, and a name that leaves room in it.

/// 3GPP TS 23.038, 6.2.1: the characters of one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// 6.2.1.1: those of two.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// Parts that it is sent and paid in: 160 septets, or 153 a part of several; with any character beyond the GSM alphabet 70
/// UTF-16 units, or 67 (3GPP TS 23.040, 9.2.3.24).
pub fn segments(text: &str) -> usize {
    let septets = text.chars().try_fold(0, |sum, c| match c {
        c if BASIC.contains(c) => Some(sum + 1),
        c if EXTENDED.contains(c) => Some(sum + 2),
        _ => None,
    });
    match septets {
        Some(septets) => parts(septets, 160, 153),
        None => parts(text.encode_utf16().count(), 70, 67),
    }
}

fn parts(length: usize, alone: usize, of_several: usize) -> usize {
    if length <= alone { 1 } else { length.div_ceil(of_several) }
}

/// Characters of an organisation's name in an SMS.
pub const NAME: usize = 20;

/// The name, or as many of its whole words as fit into [`NAME`] characters; of a longer first word its beginning. On one line.
pub fn short_name(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut short = String::new();
    for word in name.split_whitespace() {
        let length = short.chars().count() + usize::from(!short.is_empty()) + word.chars().count();
        if length > NAME {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    // What joins one word to the next ends no name.
    let short = short.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | ')'));
    if short.is_empty() { name.trim().chars().take(NAME).collect() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parts_are_counted_as_they_are_paid() {
        assert_eq!(segments(""), 1);
        assert_eq!(segments(&"å".repeat(160)), 1);
        assert_eq!(segments(&"å".repeat(161)), 2);
        assert_eq!(segments(&"å".repeat(306)), 2);
        assert_eq!(segments(&"å".repeat(307)), 3);
        assert_eq!(segments(&"€".repeat(81)), 2);
        assert_eq!(segments(&"ł".repeat(70)), 1);
        assert_eq!(segments(&"ł".repeat(71)), 2);
        assert_eq!(segments(&"ł".repeat(135)), 3);
        assert_eq!(segments(&"😀".repeat(36)), 2);
    }

    #[test]
    fn a_name_ends_with_a_whole_word() {
        assert_eq!(short_name("Fjell & Sko"), "Fjell & Sko");
        assert_eq!(short_name("Fjell, Sko & Sønner Handelshus AS"), "Fjell, Sko & Sønner");
        assert_eq!(short_name("Sportsbutikken Fjell & Dal"), "Sportsbutikken Fjell");
        assert_eq!(short_name("Elektronikk Huset & Sønner"), "Elektronikk Huset");
        assert_eq!(short_name("Przedsiębiorstwohandlowe"), "Przedsiębiorstwohand");
        assert_eq!(short_name("Sko\r\nBcc"), "Sko Bcc");
    }

    proptest! {
        #[test]
        fn a_short_name_is_short_and_on_one_line(name in "\\PC{0,60}|[\u{0}-\u{7f}]{0,40}") {
            let short = short_name(&name);
            prop_assert!(short.chars().count() <= NAME);
            prop_assert!(!short.chars().any(char::is_control));
        }
    }
}
