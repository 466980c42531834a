//! How texts and phone numbers are made comparable for the search.

use crate::phone::Phone;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-case, without diacritics, punctuation as single spaces: `Łódź, Østre gate` is `lodz ostre gate`.
///
/// Compatibility forms count as what they stand for (NFKD, Unicode Standard Annex 15), and the letters that no
/// decomposition takes apart as what people type for them: ł=l, ø=o, æ=ae, ß=ss. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfkd();
    for c in letters.filter(|c| !is_combining_mark(*c)) {
        match base(c) {
            Some(base) => folded.push_str(base),
            // An apostrophe joins: O'Brien is found as obrien.
            None if matches!(c, '\'' | '’' | 'ʼ' | '\u{ad}') => {}
            None if c.is_alphanumeric() => folded.push(c),
            None if folded.is_empty() || folded.ends_with(' ') => {}
            None => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a text, folded, in their order.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// A phone in any notation as it is stored and as its country's people write it; `None` if it is no whole number.
pub fn phone_forms(text: &str, country: &str) -> Option<Phone> {
    Phone::parse(text, country)
}

/// Latin letters that Unicode does not decompose.
const fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' | 'ƚ' => "l",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "k",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_as_people_search() {
        for (text, folded) in [
            ("Łódź", "lodz"),
            ("ŻÓŁĆ gęślą jaźń", "zolc gesla jazn"),
            ("Østre Ågård, Ærøskøbing", "ostre agard aeroskobing"),
            ("Straße", "strasse"),
            ("A\u{30a}se", "ase"),
            ("O'Brien’s", "obriens"),
            ("  one--two\n\tthree!? ", "one two three"),
            ("ＦＵＬＬ ﬁt ½", "full fit 1 2"),
            ("ola.nordmann@example.no", "ola nordmann example no"),
            ("İstanbul", "istanbul"),
            ("…", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
        assert_eq!(words("Sko, sort – 42"), ["sko", "sort", "42"]);
    }

    #[test]
    fn all_latin_letters_become_ascii() {
        for c in ('À'..='ſ').filter(|c| c.is_alphabetic()) {
            assert!(fold(&c.to_string()).is_ascii(), "{c} is {}", fold(&c.to_string()));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*|.*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }

        #[test]
        fn case_never_matters(text in "[a-zA-ZæøåÆØÅąćęłńóśźżĄĆĘŁŃÓŚŹŻ ]*") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text.to_lowercase()));
        }

        #[test]
        fn phones_never_panic(text in ".*", country in "[A-Z]{2}|.*") {
            let _ = phone_forms(&text, &country);
        }
    }
}
