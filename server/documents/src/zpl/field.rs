//! Texts in a field of ZPL: how they are written, and how wide they come out.

use std::fmt::Write;

/// As it stands after `^FH_^FD`: letters, digits, spaces and harmless marks as they are, each other byte of its UTF-8 as
/// `_` and two hexadecimal digits. So no prefix (`^`, `~`), no `_` of its own and no line break is left.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b' ' | b'.' | b',' | b'-' | b'/' | b':' => {
                escaped.push(char::from(byte));
            }
            byte => write!(escaped, "_{byte:02X}").expect("a String takes everything"),
        }
    }
    escaped
}

/// How wide a line of font 0 (Triumvirate Bold Condensed) at most is, in the unit of its `height`.
pub fn width(line: &str, height: u32) -> u32 {
    (line.chars().map(percent).sum::<u32>() * height).div_ceil(100)
}

/// The advance of a character in hundredths of the font's height: upper bounds of classes, since printers differ.
fn percent(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 32,
        'f' | 't' | 'r' | '-' | '(' | ')' | '/' | '"' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | 'æ' | 'œ' | 'Æ' | 'Œ' | '…' => 90,
        'a'..='z' | '0'..='9' => 56,
        '\u{df}'..='\u{24f}' if c.is_lowercase() => 60,
        ' '..='~' | '\u{c0}'..='\u{24f}' => 70,
        _ => 100,
    }
}

/// The line in pieces that are no wider than `wide`, cut at spaces, or anywhere in a word that is wider by itself.
pub fn wrap(line: &str, height: u32, wide: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split_whitespace() {
        let joined = if current.is_empty() { word.to_owned() } else { format!("{current} {word}") };
        if width(&joined, height) <= wide {
            current = joined;
            continue;
        }
        if !current.is_empty() {
            lines.push(std::mem::take(&mut current));
        }
        for c in word.chars() {
            current.push(c);
            if current.chars().nth(1).is_some() && width(&current, height) > wide {
                current.pop();
                lines.push(std::mem::replace(&mut current, c.to_string()));
            }
        }
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the printer makes of a field.
    fn unescape(field: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = field.as_bytes();
        while let [first, tail @ ..] = rest {
            if let (b'_', [high, low, tail @ ..]) = (first, tail) {
                let hex = [*high, *low];
                let hex = std::str::from_utf8(&hex).expect("ASCII");
                bytes.push(u8::from_str_radix(hex, 16).expect("two digits"));
                rest = tail;
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        bytes
    }

    #[test]
    fn commands_are_only_text() {
        assert_eq!(escape("a^XZ~JA_5E\n"), "a_5EXZ_7EJA_5F5E_0A");
        assert_eq!(escape("Łódź 1/2"), "_C5_81_C3_B3d_C5_BA 1/2");
    }

    #[test]
    fn wraps_at_spaces_and_inside_endless_words() {
        assert_eq!(wrap("aaa bbb ccc", 100, 56 * 7), ["aaa bbb", "ccc"]);
        assert_eq!(wrap("abcdefgh", 100, 56 * 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("  ", 100, 500), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_command_survives_and_no_letter_is_lost(text in any::<String>()) {
            let escaped = escape(&text);
            prop_assert!(escaped.bytes().all(|b| b.is_ascii_alphanumeric() || b" .,-/:_".contains(&b)), "{escaped}");
            prop_assert_eq!(unescape(&escaped), text.as_bytes());
        }

        #[test]
        fn nothing_is_wider_than_its_column(text in "\\PC{0,200}", height in 18u32..60, wide in 100u32..900) {
            let lines = wrap(&text, height, wide);
            for line in &lines {
                prop_assert!(width(line, height) <= wide, "{line}");
            }
            let kept: String = lines.concat().split_whitespace().collect();
            prop_assert_eq!(kept, text.split_whitespace().collect::<String>());
        }
    }
}
