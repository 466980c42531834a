//! Puts facts into a template of the customer's language. The templates are built in, so that a letter cannot fail for
//! want of a file.

use crate::store::StoreError;
use domain::Locale;
use domain::letter::Template;
use domain::sms::short_name;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, State, UndefinedBehavior, context};
use serde::Serialize;
use std::sync::LazyLock;

/// What a letter may speak of. What is empty is left out, with the sentence about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    pub organisation: String,
    /// ISO 3166-1 alpha-2 of the store: names the bodies that a customer may complain to. Empty takes the usual one of
    /// the language.
    pub country: String,
    pub store_name: String,
    pub store_address: String,
    pub store_email: String,
    pub store_phone: String,
    pub number: String,
    pub customer_name: String,
    pub article: String,
    pub question: String,
    /// What a handler wrote, and the subject of it.
    pub title: String,
    pub message: String,
    /// Absolute.
    pub upload_url: String,
    pub reason: String,
    pub explanation: String,
    /// What the decision rests on.
    pub evidence: String,
    /// What the customer is asked to do now.
    pub next_step: String,
    /// A handler's own words between the greeting and the law's blocks, in place of the composed ones.
    pub written: String,
    /// The subject that goes with them.
    pub written_subject: String,
    /// How many days the deadline gives.
    pub days: String,
    /// What the customer gets, in their language.
    pub outcome_hint: String,
    /// What the letter asks to be pressed: the link that confirms a report. Absolute.
    pub action_url: String,
    /// The case's status page. Absolute.
    pub status_url: String,
    /// Until when, in the customer's language.
    pub deadline: String,
    pub rma_number: String,
    /// Where the parcel goes, on several lines.
    pub address: String,
    /// Where a courier collects it, on several lines.
    pub pick_up_address: String,
    /// Day and hours of the courier, in the reader's language.
    pub window: String,
    pub parcels: String,
    pub waybill: String,
    pub tracking_url: String,
    /// Shown where the parcel is handed in.
    pub code: String,
    /// The courier is wished for and not ordered yet.
    pub planned: bool,
    /// The label is the carrier's own: its parcel is not taken without.
    pub carrier_label: bool,
    /// The return is cancelled with the complaint, its courier as well.
    pub return_cancelled: bool,
    pub courier_cancelled: bool,
    /// That the goods had come was a mistake.
    pub mistaken: bool,
    /// A supplier, a workshop, an expert: who is written to, or of whom nothing came.
    pub whom: String,
    pub serial: String,
    /// How often they were reminded.
    pub reminders: String,
    /// `consents` or `refuses`: whether we take part in out-of-court dispute resolution; empty where no law asks for it.
    pub adr: String,
    /// The body that would do it.
    pub adr_body: String,
    pub adr_address: String,
}

/// A letter as the customer will read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// One line without control characters. An SMS has none.
    pub subject: String,
    /// A whole document. An SMS has none.
    pub html: String,
    /// Lines of at most 72 characters, but for addresses that are longer.
    pub text: String,
}

/// # Errors
/// When a template is broken, which the tests of every letter rule out.
pub fn compose(template: Template, locale: Locale, facts: &Facts) -> Result<Composed, StoreError> {
    // Within a sentence.
    let store_address =
        facts.store_address.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join(", ");
    let facts = &Facts { store_address, ..facts.clone() };
    let render = |kind: &str, subject: &str| rendered(template, locale, facts, kind, &As::Mail { subject });
    let subject = subject_of(template, locale, facts)?;
    let html = render("html", &subject)?;
    let text = wrap(&render("txt", &subject)?);
    Ok(Composed { subject, html, text })
}

/// How a letter's text is to be.
enum As<'a> {
    /// With its subject, quotations and the sender's block.
    Mail { subject: &'a str },
    /// As it stands on paper: lines as long as they were meant, and no more than a letter needs.
    Paper,
    /// The words between the greeting and the law's blocks alone.
    Words,
}

fn rendered(template: Template, locale: Locale, facts: &Facts, kind: &str, how: &As<'_>) -> Result<String, StoreError> {
    let name = format!("{}/{}.{kind}", locale.tag(), template.key());
    let subject = if let As::Mail { subject } = how { subject } else { "" };
    let paper = !matches!(how, As::Mail { .. });
    let values = context! { lang => locale.tag(), subject, paper, ..Value::from_serialize(facts) };
    let render = || {
        let letter = ENVIRONMENT.get_template(&name)?;
        match how {
            As::Words => letter.render_captured(values)?.with_state_mut(|state| state.render_block("words")),
            As::Mail { .. } | As::Paper => letter.render(values),
        }
    };
    render().map_err(|error| StoreError::corrupt(format_args!("letter {name}: {error:#}")))
}

fn subject_of(template: Template, locale: Locale, facts: &Facts) -> Result<String, StoreError> {
    if !facts.written_subject.is_empty() {
        return Ok(one_line(&facts.written_subject));
    }
    Ok(one_line(&rendered(template, locale, facts, "subject.txt", &As::Mail { subject: "" })?))
}

/// A letter for a printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnPaper {
    pub subject: String,
    /// Paragraphs between empty lines.
    pub body: String,
}

/// The same letter as it stands on paper.
///
/// # Errors
/// As [`compose`].
pub fn compose_paper(template: Template, locale: Locale, facts: &Facts) -> Result<OnPaper, StoreError> {
    let body = paragraphs_of(&rendered(template, locale, facts, "txt", &As::Paper)?);
    Ok(OnPaper { subject: subject_of(template, locale, facts)?, body })
}

/// Of a decision's letter what a handler may change before it goes out: its subject, and the words between the greeting
/// and the law's blocks.
///
/// # Errors
/// As [`compose`], and for a letter that is no decision's.
pub fn draft(template: Template, locale: Locale, facts: &Facts) -> Result<OnPaper, StoreError> {
    let body = paragraphs_of(&rendered(template, locale, facts, "txt", &As::Words)?);
    Ok(OnPaper { subject: subject_of(template, locale, facts)?, body })
}

/// Lines without needless spaces, one empty line between two paragraphs.
pub fn paragraphs_of(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim) {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    out.join("\n").trim_end().to_owned()
}

/// The same as an SMS: who, about which number, one sentence, a link. It has neither subject nor HTML, nothing personal, and
/// nobody's words but ours: phones show it on their lock screens. What more there is to say stands behind the link.
///
/// # Errors
/// As [`compose`], and for a letter that no customer gets.
pub fn compose_sms(template: Template, locale: Locale, facts: &Facts) -> Result<Composed, StoreError> {
    let name = format!("{}/{}.sms.txt", locale.tag(), template.key());
    let facts = Facts { organisation: short_name(&facts.organisation), ..facts.clone() };
    let text = ENVIRONMENT
        .get_template(&name)
        .and_then(|letter| letter.render(&facts))
        .map_err(|error| StoreError::corrupt(format_args!("letter {name}: {error:#}")))?;
    let lines = text.lines().map(one_line).filter(|line| !line.is_empty());
    Ok(Composed { subject: String::new(), html: String::new(), text: lines.collect::<Vec<_>>().join("\n") })
}

/// How to complain further, a paragraph each: what letter and decision say alike.
///
/// # Errors
/// As [`compose`].
pub fn further(locale: Locale, facts: &Facts) -> Result<Vec<String>, StoreError> {
    let name = format!("{}/further.txt", locale.tag());
    let text = ENVIRONMENT
        .get_template(&name)
        .and_then(|part| part.render(facts))
        .map_err(|error| StoreError::corrupt(format_args!("letter {name}: {error:#}")))?;
    Ok(text.split("\n\n").map(one_line).filter(|paragraph| !paragraph.is_empty()).collect())
}

type Source = (&'static str, &'static str);

macro_rules! embedded {
    ($folder:literal: $($file:literal)+) => {
        &[$((concat!($folder, $file), include_str!(concat!("../../templates/letters/", $folder, $file)))),+]
    };
}

macro_rules! of_language {
    ($folder:literal) => {
        embedded![$folder:
            "frame.html" "frame.txt" "further.txt"
            "received.subject.txt" "received.html" "received.txt" "received.sms.txt"
            "question.subject.txt" "question.html" "question.txt" "question.sms.txt"
            "approved.subject.txt" "approved.html" "approved.txt" "approved.sms.txt"
            "partly.subject.txt" "partly.html" "partly.txt" "partly.sms.txt"
            "rejected.subject.txt" "rejected.html" "rejected.txt" "rejected.sms.txt"
            "ready.subject.txt" "ready.html" "ready.txt" "ready.sms.txt"
            "confirm.subject.txt" "confirm.html" "confirm.txt" "confirm.sms.txt"
            "confirm_reminder.subject.txt" "confirm_reminder.html" "confirm_reminder.txt" "confirm_reminder.sms.txt"
            "parcel.subject.txt" "parcel.html" "parcel.txt" "parcel.sms.txt"
            "pick_up.subject.txt" "pick_up.html" "pick_up.txt"
            "pick_up_cancelled.subject.txt" "pick_up_cancelled.html" "pick_up_cancelled.txt"
            "goods_received.subject.txt" "goods_received.html" "goods_received.txt" "goods_received.sms.txt"
            "contact_changed.subject.txt" "contact_changed.html" "contact_changed.txt" "contact_changed.sms.txt"
            "withdrawn.subject.txt" "withdrawn.html" "withdrawn.txt" "withdrawn.sms.txt"
            "bring.subject.txt" "bring.html" "bring.txt" "bring.sms.txt"
            "return_extended.subject.txt" "return_extended.html" "return_extended.txt" "return_extended.sms.txt"
            "return_cancelled.subject.txt" "return_cancelled.html" "return_cancelled.txt" "return_cancelled.sms.txt"
            "reminder.subject.txt" "reminder.html" "reminder.txt" "reminder.sms.txt"
            "goods_reminder.subject.txt" "goods_reminder.html" "goods_reminder.txt" "goods_reminder.sms.txt"
            "partner_reminder.subject.txt" "partner_reminder.html" "partner_reminder.txt"
            "second.subject.txt" "second.html" "second.txt"
            "target.subject.txt" "target.html" "target.txt"
            "unanswered.subject.txt" "unanswered.html" "unanswered.txt"
            "deadline.subject.txt" "deadline.html" "deadline.txt"
            "collect.subject.txt" "collect.html" "collect.txt" "collect.sms.txt"
            "last_call.subject.txt" "last_call.html" "last_call.txt" "last_call.sms.txt"
            "message.subject.txt" "message.html" "message.txt"
            "courier_cancelled.subject.txt" "courier_cancelled.html" "courier_cancelled.txt" "courier_cancelled.sms.txt"
        ]
    };
}

const TEMPLATES: [&[Source]; 4] = [
    embedded!["": "layout.html" "layout.txt" "parts.html"],
    of_language!("en/"),
    of_language!("nb/"),
    of_language!("pl/"),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment
        .set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
    environment.add_filter("lines", lines);
    environment.add_filter("quoted", quoted);
    environment.add_filter("paragraphs", paragraphs);
    for (name, source) in TEMPLATES.iter().copied().flatten() {
        environment.add_template(name, source).expect("the tests render every letter");
    }
    environment
}

/// Text of several lines in HTML: escaped, and broken where it was.
fn lines(text: &str) -> Value {
    let escaped: Vec<String> = text.trim().lines().map(|line| minijinja::HtmlEscape(line).to_string()).collect();
    Value::from_safe_string(escaped.join("<br>\n"))
}

/// Paragraphs of a plain text in HTML.
fn paragraphs(text: &str) -> Value {
    let paragraph = |text: &str| format!("<p style=\"margin:0 0 16px\">{}</p>", lines(text));
    let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty()).map(paragraph);
    Value::from_safe_string(paragraphs.collect::<Vec<_>>().join("\n"))
}

/// Text of several lines as mail has long quoted it; as it is where it stands on paper.
fn quoted(state: &State<'_, '_>, text: &str) -> String {
    if state.lookup("paper").is_some_and(|paper| paper.is_true()) {
        return text.trim().to_owned();
    }
    let mut out = String::new();
    for line in text.trim().lines() {
        for part in fold(line, WIDTH - 2) {
            out.push_str(format!("> {part}").trim_end());
            out.push('\n');
        }
    }
    out.trim_end().to_owned()
}

const WIDTH: usize = 72;

/// Folds each line, and leaves at most one empty line between two.
fn wrap(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.trim().lines() {
        // A signature's separator ends with a space (RFC 3676, 4.3).
        if line == "-- " {
            out.push(line.to_owned());
        } else if line.trim().is_empty() {
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
        } else {
            out.extend(fold(line, WIDTH));
        }
    }
    out.join("\n") + "\n"
}

/// Breaks at spaces; a longer word, such as an address, keeps a line of its own.
fn fold(line: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut length = 0;
    for word in line.split_whitespace() {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > width {
            out.push(String::new());
            length = 0;
        }
        let last = out.last_mut().expect("begins with one line");
        if length > 0 {
            last.push(' ');
            length += 1;
        }
        last.push_str(word);
        length += letters;
    }
    out
}

fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
