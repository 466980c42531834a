//! Reads the translations and writes one Rust module a file, one function a key. Shared by `build.rs` and the tests.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The languages, English first: it sets the keys and the order of the arguments.
pub const LOCALES: [(&str, &str); 3] = [("en", "En"), ("nb", "Nb"), ("pl", "Pl")];

/// clippy's own limit of seven arguments, less the locale and the number.
const MAX_PLACEHOLDERS: usize = 5;

const KEYWORDS: [&str; 47] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// What stands in the files: namespace to JSON text, for each of [`LOCALES`] in that order.
pub type Sources = [BTreeMap<String, String>; 3];

/// A text cut at its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    Placeholder(String),
}

enum Text {
    One(Vec<Piece>),
    /// By plural category: one, few, many.
    Plural([Vec<Piece>; 3]),
}

/// The Rust source of all modules, or every fault with its file and key.
pub fn generate(sources: &Sources) -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let mut code = String::new();
    let names: BTreeSet<&String> = sources.iter().flat_map(BTreeMap::keys).collect();
    for name in names {
        let mut files = Vec::new();
        for (source, (tag, _)) in sources.iter().zip(LOCALES) {
            let file = format!("locales/{tag}/{name}.json");
            let Some(json) = source.get(name) else {
                faults.push(format!("{file}: missing"));
                continue;
            };
            match serde_json::from_str::<Value>(json) {
                Ok(Value::Object(map)) => {
                    twice(json, &file, &mut faults);
                    files.push((file, tag, map));
                }
                Ok(_) => faults.push(format!("{file}: not an object")),
                Err(error) => faults.push(format!("{file}: {error}")),
            }
        }
        if !is_name(name) {
            faults.push(format!("locales/en/{name}.json: a file's name is lower-case letters, digits and _"));
        } else if files.len() == LOCALES.len() {
            code.push_str(&module(name, &files, &mut faults));
        }
    }
    if faults.is_empty() { Ok(code) } else { Err(faults) }
}

/// JSON readers keep the last of two equal keys in silence; here it is a fault. Our files hold one key a line.
fn twice(json: &str, file: &str, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    let keys =
        json.lines().filter_map(|line| line.trim().trim_start_matches('{').trim().strip_prefix('"')?.split_once('"'));
    for (key, rest) in keys {
        let nested = matches!(key, "one" | "few" | "many");
        if rest.trim_start().starts_with(':') && !nested && !seen.insert(key) {
            faults.push(format!("{file}: {key}: stands there twice"));
        }
    }
}

fn module(name: &str, files: &[(String, &str, Map<String, Value>)], faults: &mut Vec<String>) -> String {
    let Some((_, _, english)) = files.first() else { return String::new() };
    let by_key = english.get("_by_key") == Some(&Value::Bool(true));
    let mut plain = Vec::new();
    let mut code = format!("pub mod {} {{\nuse domain::Locale;\n", ident(name));
    for (file, _, map) in &files[1..] {
        for key in map.keys().filter(|key| !english.contains_key(*key)) {
            faults.push(format!("{file}: {key}: not in the English file"));
        }
    }
    for (key, value) in english.iter().filter(|(key, _)| !key.starts_with('_')) {
        let before = faults.len();
        if !is_name(key) || key == "by_key" {
            faults.push(format!("{}: {key}: a key is lower-case letters, digits and _", files[0].0));
        }
        let mut texts = Vec::new();
        for (file, tag, map) in files {
            match map.get(key).map(|value| read(value, tag)) {
                None => faults.push(format!("{file}: {key}: missing")),
                Some(Err(fault)) => faults.push(format!("{file}: {key}: {fault}")),
                Some(Ok(text)) => texts.push((file, text)),
            }
        }
        if faults.len() > before {
            continue;
        }
        let plural = value.is_object();
        let wanted = placeholders(&texts[0].1);
        for (file, text) in &texts {
            if matches!(text, Text::Plural(_)) != plural {
                faults.push(format!("{file}: {key}: a plural in one language, a single text in another"));
            }
            let found: BTreeSet<String> = placeholders(text).into_iter().collect();
            if found != wanted.iter().cloned().collect() {
                faults.push(format!("{file}: {key}: placeholders {found:?}, in English {wanted:?}"));
            }
        }
        if wanted.len() > MAX_PLACEHOLDERS {
            faults.push(format!("{}: {key}: more than {MAX_PLACEHOLDERS} placeholders", files[0].0));
        }
        if faults.len() == before {
            let texts: Vec<Text> = texts.into_iter().map(|(_, text)| text).collect();
            if !plural && wanted.is_empty() {
                plain.push(key.as_str());
            }
            code.push_str(&function(key, &wanted, &texts));
        }
    }
    if by_key {
        code.push_str(&lookup(&plain));
    }
    code.push_str("}\n");
    code
}

fn read(value: &Value, tag: &str) -> Result<Text, String> {
    match value {
        Value::String(text) => Ok(Text::One(cut(text)?)),
        Value::Object(forms) => {
            let wanted: &[&str] = if tag == "pl" { &["one", "few", "many"] } else { &["one", "many"] };
            if let Some(extra) = forms.keys().find(|form| !wanted.contains(&form.as_str())) {
                return Err(format!("this language has no plural form {extra:?}"));
            }
            let form = |name: &str| match forms.get(name) {
                Some(Value::String(text)) => cut(text),
                Some(_) => Err(format!("{name}: not a text")),
                None => Err(format!("the plural form {name:?} is missing")),
            };
            let many = form("many")?;
            let few = if tag == "pl" { form("few")? } else { many.clone() };
            Ok(Text::Plural([form("one")?, few, many]))
        }
        _ => Err("neither a text nor a plural".to_owned()),
    }
}

/// Cuts `Dear {name}, …` into its pieces.
pub fn cut(text: &str) -> Result<Vec<Piece>, String> {
    if text.trim().is_empty() {
        return Err("empty".to_owned());
    }
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (plain, tail) = rest.split_at(at);
        if !plain.is_empty() {
            pieces.push(Piece::Plain(plain.to_owned()));
        }
        let (name, after) = tail
            .strip_prefix('{')
            .and_then(|tail| tail.split_once('}'))
            .filter(|(name, _)| is_name(name))
            .ok_or_else(|| format!("a brace that makes no placeholder, near {tail:?}"))?;
        pieces.push(Piece::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest.to_owned()));
    }
    Ok(pieces)
}

/// Names in the order of their first appearance; a plural's own `n` is not one of them.
fn placeholders(text: &Text) -> Vec<String> {
    let (forms, plural): (&[Vec<Piece>], bool) = match text {
        Text::One(pieces) => (std::slice::from_ref(pieces), false),
        // The last form is the fullest: "one" may leave a number out.
        Text::Plural(forms) => (forms, true),
    };
    let mut names: Vec<String> = Vec::new();
    for piece in forms.iter().rev().flatten() {
        if let Piece::Placeholder(name) = piece
            && !(plural && name == "n")
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    names
}

fn function(key: &str, names: &[String], texts: &[Text]) -> String {
    let plural = matches!(texts.first(), Some(Text::Plural(_)));
    let arguments: String = names.iter().map(|name| format!(", {}: &str", ident(name))).collect();
    let mut code = String::new();
    if plural {
        let uses_n = texts.iter().any(|text| match text {
            Text::One(pieces) => mentions_n(pieces),
            Text::Plural(forms) => forms.iter().any(|pieces| mentions_n(pieces)),
        });
        code += &format!("pub fn {}(l: Locale, n: i64{arguments}) -> String {{\n", ident(key));
        code += "let plural = l.plural(n);\n";
        if uses_n {
            code += "let n = crate::count(l, n);\nlet n = n.as_str();\n";
        }
    } else if names.is_empty() {
        code += &format!("pub const fn {}(l: Locale) -> &'static str {{\n", ident(key));
    } else {
        code += &format!("pub fn {}(l: Locale{arguments}) -> String {{\n", ident(key));
    }
    code += "match l {\n";
    for (text, (_, variant)) in texts.iter().zip(LOCALES) {
        let arm = match text {
            Text::One(pieces) if names.is_empty() => literal(pieces),
            Text::One(pieces) => joined(pieces),
            Text::Plural([one, few, many]) => {
                let few = if few == many {
                    String::new()
                } else {
                    format!("domain::locale::Plural::Few => {}, ", joined(few))
                };
                format!("match plural {{ domain::locale::Plural::One => {}, {few}_ => {} }}", joined(one), joined(many))
            }
        };
        code += &format!("Locale::{variant} => {arm},\n");
    }
    code += "}\n}\n";
    code
}

fn lookup(keys: &[&str]) -> String {
    let mut code = String::from("pub fn by_key(l: Locale, key: &str) -> Option<&'static str> {\nSome(match key {\n");
    for key in keys {
        code += &format!("{key:?} => {}(l),\n", ident(key));
    }
    code += "_ => return None,\n})\n}\n";
    code
}

fn mentions_n(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| *piece == Piece::Placeholder("n".to_owned()))
}

fn literal(pieces: &[Piece]) -> String {
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Placeholder(text) => text.as_str(),
        })
        .collect();
    format!("{text:?}")
}

/// `concat` instead of `format!`: less code in the client.
fn joined(pieces: &[Piece]) -> String {
    let parts: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) => format!("{text:?}"),
            Piece::Placeholder(name) => ident(name),
        })
        .collect();
    match parts.as_slice() {
        [single] => format!("String::from({single})"),
        _ => format!("[{}].concat()", parts.join(", ")),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !matches!(name, "self" | "super" | "crate" | "l" | "plural")
}

fn ident(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}
