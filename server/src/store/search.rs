//! What a search text asks for, and how a case's words are kept.

use super::book::id;
use super::dialect::Dialect;
use super::error::Result;
use super::lists::{LIST_COLUMNS, ListRow, list_row};
use super::statement::Statement;
use domain::fold::fold;
use domain::id::{CaseId, StoreId};
use domain::number::Number;
use domain::phone::Phone;
use sqlx::AnyConnection;
use std::collections::HashSet;

/// Letters of one word; the rest of a longer one is not looked at.
const WORD_LETTERS: usize = 40;
/// Bytes of all words of one case.
const ALL_BYTES: usize = 8_000;
/// Beginnings of words that SQLite's index knows: the longest of `prefix` in its migration.
const INDEXED_LETTERS: usize = 6;
/// Words of one search.
const QUERY_WORDS: usize = 12;

/// The words that a case is found by, each once.
#[derive(Clone, Debug, Default)]
pub struct Words {
    text: String,
    seen: HashSet<String>,
}

impl Words {
    /// Those that are stored already, to be added to.
    pub fn resume(stored: &str) -> Self {
        Self { text: stored.to_owned(), seen: stored.split(' ').map(str::to_owned).collect() }
    }

    fn word(&mut self, word: &str) {
        let word = cut(word);
        if word.is_empty() || self.text.len() + word.len() >= ALL_BYTES || self.seen.contains(word) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.seen.insert(word.to_owned());
    }

    /// Every word; and as one word what people write with marks or spaces inside: addresses of mail, codes, runs of digits.
    pub fn text(&mut self, text: &str) {
        let mut run = String::new();
        let mut parts = 0;
        for chunk in text.split_whitespace() {
            let folded = fold(chunk);
            if folded.contains(' ') && is_joined(chunk, &folded) {
                self.word(&folded.replace(' ', ""));
            }
            for word in folded.split(' ').filter(|word| !word.is_empty()) {
                self.word(word);
                if is_digits(word) {
                    run.push_str(word);
                    parts += 1;
                    continue;
                }
                if parts > 1 {
                    self.word(&run);
                }
                run.clear();
                parts = 0;
            }
        }
        if parts > 1 {
            self.word(&run);
        }
    }

    /// As it is dialled at home and from abroad.
    pub fn phone(&mut self, e164: &str) {
        if let Some(phone) = Phone::parse(e164, "") {
            self.word(&phone.national);
            self.word(phone.e164.trim_start_matches('+'));
        }
        self.text(e164);
    }

    /// The number of an article, a single piece or a receipt: also in one, and without the zeros that fill it up.
    pub fn code(&mut self, code: &str) {
        self.text(code);
        if code.bytes().any(|b| b.is_ascii_digit()) {
            self.word(&fold(code).replace(' ', ""));
        }
        let bare = code.trim_start_matches('0');
        if is_digits(code) && bare.len() >= 8 {
            self.word(bare);
        }
    }

    /// As they were resumed, with what was added.
    pub fn into_text(self) -> String {
        self.text
    }

    /// With the case's store and number in front, as it is stored.
    pub fn stored(&self, store: StoreId, number: Number) -> String {
        let digits = number.digits();
        let series = &digits[2..digits.len() - 1];
        let bare = series.trim_start_matches('0');
        format!("{} {digits} {series} {bare} {}", store_token(store), self.text).trim_end().to_owned()
    }
}

/// Begins the words of every case of that store. No search text folds to it, since it starts with no letter.
pub fn store_token(store: StoreId) -> String {
    format!("§{:016x}", store.0.as_u64_pair().0 ^ store.0.as_u64_pair().1)
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(WORD_LETTERS).map_or(word, |(end, _)| &word[..end])
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// An address of mail, or a code with marks inside.
fn is_joined(chunk: &str, folded: &str) -> bool {
    chunk.contains('@') || folded.bytes().any(|b| b.is_ascii_digit())
}

/// What a case's words must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A word that begins so.
    Begins(String),
    /// That word.
    Is(String),
    All(Vec<Term>),
    Any(Vec<Term>),
}

impl Term {
    /// What a search text asks for; `None` if it holds nothing to search by.
    pub fn read(text: &str) -> Option<Self> {
        let mut terms = Vec::new();
        let mut run = Vec::new();
        for chunk in text.split_whitespace().take(QUERY_WORDS) {
            let folded = fold(chunk);
            let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(QUERY_WORDS).collect();
            if words.iter().all(|word| is_digits(word)) {
                run.extend(words.into_iter().map(str::to_owned));
                continue;
            }
            terms.extend(digits(std::mem::take(&mut run)));
            let joined = begins(&words.concat());
            if chunk.contains('@') && !chunk.starts_with('@') {
                terms.push(joined);
            } else if words.len() > 1 && is_joined(chunk, &folded) {
                terms.push(Self::Any(vec![joined, Self::All(words.into_iter().map(begins).collect())]));
            } else {
                terms.extend(words.into_iter().map(begins));
            }
        }
        terms.extend(digits(run));
        terms.truncate(QUERY_WORDS);
        (!terms.is_empty()).then_some(Self::All(terms))
    }

    /// A code, an address or a number as a case's words keep it in one; `None` for nothing.
    pub fn code(text: &str) -> Option<Self> {
        let word = fold(text).replace(' ', "");
        (!word.is_empty()).then(|| Self::Is(cut(&word).to_owned()))
    }

    /// The same with its long words taken as typed to their end, if it has such: SQLite then need not put together all
    /// that begin so. What this finds, the term itself finds too.
    pub fn whole_words(&self) -> Option<Self> {
        fn whole(term: &Term) -> Term {
            match term {
                Term::Begins(word) if word.len() > INDEXED_LETTERS => Term::Is(word.clone()),
                Term::Begins(_) | Term::Is(_) => term.clone(),
                Term::All(terms) => Term::All(terms.iter().map(whole).collect()),
                Term::Any(terms) => Term::Any(terms.iter().map(whole).collect()),
            }
        }
        Some(whole(self)).filter(|term| term != self)
    }
}

fn begins(word: &str) -> Term {
    Term::Begins(cut(word).to_owned())
}

/// A run of digits is one number written in groups, or several; with or without what is dialled before it.
fn digits(run: Vec<String>) -> Option<Term> {
    let joined = run.concat();
    let bare = joined.trim_start_matches('0');
    let mut ways = vec![begins(&joined)];
    if joined.len() >= 8 && !bare.is_empty() && bare.len() < joined.len() {
        ways.push(begins(bare));
    }
    match run.len() {
        0 => return None,
        1 => {}
        _ => ways.push(Term::All(run.iter().map(|word| group(word)).collect())),
    }
    Some(if ways.len() == 1 { ways.remove(0) } else { Term::Any(ways) })
}

/// One number of several. So many begin with one or two given digits that a short one counts as typed to its end.
fn group(word: &str) -> Term {
    if word.len() < 3 { Term::Is(word.to_owned()) } else { begins(word) }
}

/// The newest cases that hold the term, within the reach; `None` reaches every store. Where more than the limit hold its
/// words exactly, those that only begin so may stay behind them.
pub async fn find(
    connection: &mut AnyConnection,
    dialect: Dialect,
    term: &Term,
    stores: Option<&[StoreId]>,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let whole = if dialect == Dialect::Sqlite { term.whole_words() } else { None };
    if let Some(whole) = whole {
        let rows = newest(connection, dialect, &whole, stores, limit).await?;
        if i64::try_from(rows.len()).is_ok_and(|count| count >= limit) {
            return Ok(rows);
        }
    }
    newest(connection, dialect, term, stores, limit).await
}

/// The newest cases with exactly that word, wherever it stands in them. `word` is folded and has no spaces.
pub async fn holding(connection: &mut AnyConnection, dialect: Dialect, word: &str, limit: i64) -> Result<Vec<CaseId>> {
    let mut statement = Statement::default();
    statement.push("select id from cases where ");
    dialect.push_newest_holding(&mut statement, &Term::Is(cut(word).to_owned()), None, limit);
    statement.push(" order by cases.seq desc limit ").bind(limit);
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

async fn newest(
    connection: &mut AnyConnection,
    dialect: Dialect,
    term: &Term,
    stores: Option<&[StoreId]>,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let mut statement = Statement::default();
    statement.push("select ").push(LIST_COLUMNS).push(" from cases where ");
    dialect.push_newest_holding(&mut statement, term, stores, limit);
    statement.push(" order by cases.seq desc limit ").bind(limit);
    let rows = statement.query().fetch_all(connection).await?;
    let mut rows = rows.iter().map(list_row).collect::<Result<Vec<ListRow>>>()?;
    // The words' token of the store has 64 bits: what another store's happened to share is taken out here.
    rows.retain(|row| stores.is_none_or(|stores| stores.contains(&row.store)));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[&str], query: &str) -> bool {
        fn holds(words: &[String], term: &Term) -> bool {
            match term {
                Term::Begins(start) => words.iter().any(|word| word.starts_with(start)),
                Term::Is(exact) => words.contains(exact),
                Term::All(terms) => terms.iter().all(|term| holds(words, term)),
                Term::Any(terms) => terms.iter().any(|term| holds(words, term)),
            }
        }
        let mut words = Words::default();
        for text in texts {
            match text.strip_prefix("tel:") {
                Some(phone) => words.phone(phone),
                None => words.text(text),
            }
        }
        let words: Vec<String> = words.text.split(' ').map(str::to_owned).collect();
        Term::read(query).is_some_and(|term| holds(&words, &term))
    }

    #[test]
    fn finds_in_every_notation() {
        for (text, query, expected) in [
            ("tel:+4791234567", "912 34 567", true),
            ("tel:+4791234567", "+47 912 34 567", true),
            ("tel:+4791234567", "0047 91234567", true),
            ("tel:+4791234567", "004791234567", true),
            ("tel:+4791234567", "91 23 45", true),
            ("tel:+4791234567", "812 34 567", false),
            ("tel:+46701234567", "070-123 45 67", true),
            ("ring 912 34 567 etter fire", "91234567", true),
            ("Ola.Nordmann@example.no", "ola.nordmann@EXAMPLE.no", true),
            ("Ola.Nordmann@example.no", "ola.nordmann@exa", true),
            ("Ola.Nordmann@example.no", "nordmann", true),
            ("Ola.Nordmann@example.no", "@example", true),
            ("Ola.Nordmann@example.no", "kari@example.no", false),
            ("AB-1234/5", "ab12345", true),
            ("AB12345", "AB-1234/5", true),
            ("AB-1234/5", "1234", true),
            ("4 006381 333931", "4006381333931", true),
            ("4006381333931", "4006381 333931", true),
            ("Łódź, Ærøskøbing", "lodz aeros", true),
            ("Zażółć gęślą", "GĘŚLĄ zazolc", true),
            ("Størrelse 42 2024", "42 2024", true),
            ("sko", "skole", false),
            ("sko", "", false),
            ("sko", "…", false),
        ] {
            assert_eq!(found(&[text], query), expected, "{query:?} in {text:?}");
        }
    }

    #[test]
    fn words_are_bounded_and_kept_once() {
        let mut words = Words::default();
        words.text("sko Sko SKO skø");
        assert_eq!(words.text, "sko");
        words.text(&"x".repeat(500));
        assert_eq!(words.text.len(), 3 + 1 + WORD_LETTERS);
        for n in 0..5_000 {
            words.text(&format!("word{n}"));
        }
        assert!(words.text.len() < ALL_BYTES);
        let mut resumed = Words::resume("§1 sko");
        resumed.text("sko støvel");
        assert_eq!(resumed.text, "§1 sko stovel");
    }
}
