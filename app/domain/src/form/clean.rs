//! Takes out of a text what nobody typed on purpose.

/// One line: breaks and tabs become spaces, controls go, the ends are trimmed.
pub(super) fn line(text: &str) -> String {
    let cleaned: String =
        text.chars().map(|c| if is_break(c) || c == '\t' { ' ' } else { c }).filter(|c| !is_control(*c)).collect();
    cleaned.trim().to_owned()
}

/// Several lines, each break a `\n`; what nobody typed on purpose is gone, the ends are trimmed.
pub fn lines(text: &str) -> String {
    let cleaned: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\t' => ' ',
            c if is_break(c) => '\n',
            c => c,
        })
        .filter(|c| *c == '\n' || !is_control(*c))
        .collect();
    cleaned.trim().to_owned()
}

const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Controls, and the invisible marks that turn the direction of what follows or pretend to be nothing.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
