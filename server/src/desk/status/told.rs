//! A letter's text as the status page tells it: without what only a letter needs.

/// Letters of a line, as `mail::compose` folds it.
const WIDTH: usize = 72;

/// Paragraphs between empty lines, each line as long as it was meant. Without the sender's block below the signature, and
/// without the way to the page that the reader is on, whose address begins with `own`.
pub fn told(text: &str, own: &str) -> String {
    let text = text.split("\n-- \n").next().unwrap_or_default();
    let mut paragraphs: Vec<String> = Vec::new();
    for paragraph in text.split("\n\n").map(unfolded).filter(|paragraph| !paragraph.is_empty()) {
        if paragraph.starts_with(own) {
            // With the words that lead to it.
            paragraphs.pop_if(|before| before.ends_with(':'));
        } else {
            paragraphs.push(paragraph);
        }
    }
    paragraphs.join("\n\n")
}

/// An SMS without the line that leads to the page that the reader is on.
pub fn told_by_sms(text: &str, own: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.contains(own)).collect();
    let told = lines.join("\n");
    told.trim_end_matches(':').to_owned()
}

/// A line goes on where the next one's first word did not fit it.
fn unfolded(paragraph: &str) -> String {
    let mut out = String::new();
    let mut length = 0;
    for line in paragraph.trim().lines() {
        let (line, width) = line.strip_prefix('>').map_or((line, WIDTH), |quoted| (quoted, WIDTH - 2));
        let line = line.trim();
        let first = line.split(' ').next().unwrap_or_default();
        if !out.is_empty() {
            let fitted = length + 1 + first.chars().count() <= width;
            out.push(if fitted { '\n' } else { ' ' });
        }
        out.push_str(line);
        length = line.chars().count();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{Facts, compose};
    use domain::Locale;
    use domain::letter::Template;

    #[test]
    fn a_letter_is_told_without_its_frame() {
        let own = "https://redress.example.com/s/";
        let facts = Facts {
            organisation: "Fjell & Sko".into(),
            store_name: "Storgata".into(),
            store_address: "Storgata 1, 0155 Oslo".into(),
            store_email: "storgata@example.com".into(),
            number: "26-004217-7".into(),
            rma_number: "26-004217-7".into(),
            question:
                "Can you send us a picture of the sole?\nAnd of the receipt, if you have it: we need the date on it \
                       to see how old the boots are."
                    .into(),
            address: "Fjell & Sko, returer\nLagerveien 3\n0255 Oslo".into(),
            upload_url: "https://redress.example.com/u/0123456789abcdef0123456789abcdef".into(),
            status_url: format!("{own}fedcba9876543210fedcba9876543210?lang=en"),
            ..Facts::default()
        };
        for locale in Locale::ALL {
            for template in Template::ALL.into_iter().filter(|template| template.is_for_customer()) {
                let letter = compose(template, locale, &facts).expect("every letter can be written");
                let told = told(&letter.text, own);
                assert!(!told.contains(own) && !told.contains("storgata@") && !told.contains("-- "), "{told}");
                assert!(told.contains(facts.number.as_str()) && !told.ends_with(':'), "{told}");
                if template == Template::Question {
                    assert!(
                        told.contains(
                            "\nAnd of the receipt, if you have it: we need the date on it to see how old the"
                        )
                    );
                }
                if template == Template::Parcel {
                    assert!(told.contains("Fjell & Sko, returer\nLagerveien 3\n0255 Oslo"), "{told}");
                }
            }
        }
    }

    #[test]
    fn an_sms_is_told_without_its_link() {
        let own = "https://redress.example.com/s/";
        let sms = format!("Fjell & Sko: reklamasjonen 26-004217-7 er godkjent.\nLes mer: {own}fedcba98");
        assert_eq!(told_by_sms(&sms, own), "Fjell & Sko: reklamasjonen 26-004217-7 er godkjent.");
        let sms = format!("Fjell & Sko: reklamacja 26-004217-7 wycofana:\n{own}fedcba98");
        assert_eq!(told_by_sms(&sms, own), "Fjell & Sko: reklamacja 26-004217-7 wycofana");
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        assert_eq!(told("", "https://"), "");
        assert_eq!(told("\n\n> \n\n", "https://"), "");
    }
}
