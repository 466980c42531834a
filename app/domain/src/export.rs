//! Text that goes into a spreadsheet. A cell that begins like a formula is run by whoever opens the file
//! (OWASP, "CSV Injection"), and what cases hold was typed by strangers.

use std::borrow::Cow;

/// What makes a spreadsheet take a text for a formula, or cuts a cell so that the next one may; in their wide forms, too.
const BEGINS_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as a cell of a CSV file may hold it: what could be a formula has an apostrophe before it, which keeps even
/// "+47 22 33 44 55" as it reads. Characters that no text has are left out.
pub fn safe_text(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let text = if text.contains(odd) {
        Cow::Owned(text.chars().filter(|c| !odd(*c)).collect::<String>())
    } else {
        Cow::Borrowed(text)
    };
    // Some programs look past blanks.
    let first = text.trim_start_matches(|c: char| c.is_whitespace() && !BEGINS_FORMULA.contains(&c)).chars().next();
    match first {
        Some(first) if BEGINS_FORMULA.contains(&first) => Cow::Owned(format!("'{text}")),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_texts_and_phone_numbers_can_be_read() {
        for (typed, cell) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3|cmd", "'-2+3|cmd"),
            ("\t=1", "'\t=1"),
            ("  =1", "'  =1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("\u{1}=1", "'=1"),
            ("＝1", "'＝1"),
            ("+47 22 33 44 55", "'+47 22 33 44 55"),
            ("Łódź = dom", "Łódź = dom"),
            ("", ""),
        ] {
            assert_eq!(safe_text(typed), cell);
        }
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_and_nothing_readable_is_lost(text in "[ \u{1}-\u{1f}\u{a0}=+@＝'\"a-zø;,-]{0,12}") {
            let cell = safe_text(&text);
            let first = cell.trim_start_matches([' ', '\u{a0}']).chars().next();
            prop_assert!(first.is_none_or(|first| !BEGINS_FORMULA.contains(&first)), "{cell:?}");
            let readable = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
            let (was, is) = (readable(&text), readable(&cell));
            prop_assert!(is == was || is == format!("'{was}"), "{text:?} {cell:?}");
        }
    }
}
