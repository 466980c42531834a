//! An organisation's own templates: they take the place of ours, or say at the start what is wrong with them.

use crate::pdf::text;
use crate::samples;
use documents::{Error, Paper, Press};
use domain::Locale;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LABEL: &str = include_str!("../../templates/label.typ");

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn fault(files: &[(&str, &str)]) -> String {
    match Press::new(Some(folder(files).path())) {
        Ok(_) => panic!("{files:?} was taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn an_own_label_takes_the_place_of_ours() {
    let own = LABEL.replace("words.to,", "[Ekspres: ] + words.to,");
    assert_ne!(own, LABEL);
    let folder = folder(&[("label.typ", &own), ("notes.txt", "not ours")]);
    let press = Press::new(Some(folder.path())).expect("a template");
    let pdf = press.labels(&samples::look(Locale::Nb), &[samples::label(Locale::Nb, 1)], Paper::A6).expect("a label");
    assert!(text(&pdf).contains("Ekspres:Til"), "{}", text(&pdf));
    let pdf = press.decision(&samples::look(Locale::Nb), &samples::decision(Locale::Nb)).expect("a decision");
    assert!(text(&pdf).contains("Svarpåreklamasjonen"));
}

#[test]
fn a_broken_one_is_told_with_file_and_line() {
    assert_eq!(
        fault(&[("decision.typ", "#import \"parts.typ\": *\n\n#shw: sheet")]),
        "decision.typ:3:2: unknown variable: shw"
    );
    assert_eq!(fault(&[("protocol.typ", "#let a = (\n")]), "protocol.typ:1:10: unclosed delimiter");
    let missing = fault(&[("label.typ", "#import \"parts.typ\": *\n#doc.first().colour")]);
    assert!(missing.starts_with("label.typ:2:14: dictionary does not contain key \"colour\""), "{missing}");
}

#[test]
fn one_that_is_not_accessible_is_refused() {
    let mute = fault(&[("decision.typ", "#import \"parts.typ\": *\n#show: sheet\n#image(look.logo)")]);
    assert!(mute.starts_with("decision.typ:3:2: PDF/UA-1 error: missing alt text"), "{mute}");
    let untitled = fault(&[("decision.typ", "Hei")]);
    assert!(untitled.starts_with("decision.typ: PDF/UA-1 error: missing document title"), "{untitled}");
}

#[test]
fn nothing_outside_can_be_read() {
    for path in ["/etc/passwd", "../../../../etc/passwd", "notes.txt"] {
        let told = fault(&[("decision.typ", &format!("#read(\"{path}\")")), ("notes.txt", "here")]);
        assert!(told.starts_with("decision.typ:1:"), "{told}");
    }
    let package = fault(&[("decision.typ", "#import \"@preview/example:0.1.0\": add")]);
    assert!(package.starts_with("decision.typ:1:"), "{package}");
}

#[test]
fn a_mistyped_name_is_told() {
    let told = fault(&[("protocoll.typ", "")]);
    assert!(told.contains("protocoll.typ is no template of ours; their names are parts.typ, protocol.typ"), "{told}");
    assert!(matches!(Press::new(Some(Path::new("/nowhere"))), Err(Error::Unreadable { .. })));
    let folder = folder(&[]);
    fs::write(folder.path().join("label.typ"), [0xff, 0xfe]).expect("written");
    assert!(matches!(Press::new(Some(folder.path())), Err(Error::Unreadable { .. })));
}

#[test]
fn our_own_pass_the_same_proof() {
    Press::new(Some(folder(&[]).path())).expect("our own templates");
}
