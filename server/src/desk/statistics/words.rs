//! Words as small numbers: what many cases share is kept once.

use domain::fold::fold;
use domain::statistics::Code;
use std::collections::HashMap;

/// Keys and ids. Code 0 is the empty word.
#[derive(Debug)]
pub struct Words {
    codes: HashMap<String, Code>,
    words: Vec<String>,
}

impl Default for Words {
    fn default() -> Self {
        Self { codes: HashMap::from([(String::new(), 0)]), words: vec![String::new()] }
    }
}

impl Words {
    pub fn code(&mut self, word: &str) -> Code {
        if let Some(code) = self.codes.get(word) {
            return *code;
        }
        let code = Code::try_from(self.words.len()).unwrap_or(Code::MAX);
        self.words.push(word.to_owned());
        self.codes.insert(word.to_owned(), code);
        code
    }

    /// For what there are few of.
    pub fn narrow(&mut self, word: &str) -> u16 {
        u16::try_from(self.code(word)).unwrap_or(u16::MAX)
    }

    pub fn find(&self, word: &str) -> Option<Code> {
        self.codes.get(word).copied()
    }

    pub fn word(&self, code: Code) -> &str {
        self.words.get(code as usize).map_or("", String::as_str)
    }

    fn bytes(&self) -> usize {
        // Each text twice, the vector's and the map's heads, and a code.
        self.words.iter().map(|word| 2 * word.len()).sum::<usize>()
            + self.words.capacity() * 24
            + self.codes.capacity() * 33
    }
}

/// What people type: spelt in whatever way, it is the same word. The first spelling stands for it.
#[derive(Debug, Default)]
pub struct Typed {
    /// Spellings to codes.
    spelt: HashMap<String, Code>,
    folded: Words,
    shown: HashMap<Code, String>,
}

impl Typed {
    pub fn code(&mut self, text: &str) -> Code {
        if let Some(code) = self.spelt.get(text) {
            return *code;
        }
        let code = self.folded.code(&fold(text));
        if code != 0 {
            self.shown.entry(code).or_insert_with(|| text.to_owned());
        }
        self.spelt.insert(text.to_owned(), code);
        code
    }

    pub fn find(&self, text: &str) -> Option<Code> {
        self.folded.find(&fold(text))
    }

    pub fn word(&self, code: Code) -> &str {
        self.shown.get(&code).map_or("", String::as_str)
    }

    pub fn bytes(&self) -> usize {
        let texts =
            self.spelt.keys().map(String::len).sum::<usize>() + self.shown.values().map(String::len).sum::<usize>();
        texts + (self.spelt.capacity() + self.shown.capacity()) * 33 + self.folded.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_in_several_spellings_is_one() {
        let mut brands = Typed::default();
        let code = brands.code("Løpa");
        assert_eq!([brands.code("LØPA"), brands.code(" løpa "), brands.code("Lopa")], [code; 3]);
        assert_ne!(brands.code("Bamse"), code);
        assert_eq!(brands.word(code), "Løpa");
        assert_eq!((brands.code(""), brands.code("–")), (0, 0));
        assert_eq!((brands.find("løpa"), brands.find("none"), brands.find("")), (Some(code), None, Some(0)));
    }
}
