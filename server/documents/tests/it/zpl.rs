//! ZPL as a printer takes it: a stream of commands, of which none can come from what people typed.

use crate::samples;
use documents::zpl::{Dpi, goods_labels, labels};
use documents::{Address, Error, Label};
use domain::Locale;
use proptest::prelude::*;

/// Commands with their parameters, as the printer cuts the stream: at each prefix.
fn commands(zpl: &str) -> Vec<&str> {
    assert!(!zpl.contains('~'), "a control command in {zpl}");
    let (before, commands) = zpl.split_once('^').expect("a command");
    assert_eq!(before, "");
    commands.split('^').map(|command| command.trim_end_matches('\n')).collect()
}

/// Their names without what they say: what must not depend on what people typed.
fn names(zpl: &str) -> Vec<&str> {
    commands(zpl).into_iter().map(|command| command.get(..2).expect("a name of two letters")).collect()
}

fn label(text: &str) -> Label {
    let address = Address { name: text.to_owned(), lines: vec![text.to_owned()] };
    Label { from: address.clone(), to: address, valid_until: Some(text.to_owned()), ..samples::label(Locale::Pl, 4217) }
}

#[test]
fn a_label_has_its_number_code_and_size() {
    let zpl = labels(&samples::look(Locale::Pl), &[samples::label(Locale::Pl, 4217)], Dpi::D203).expect("a label");
    let commands = commands(&zpl);
    assert_eq!(commands[..5], ["XA", "CI28", "PW839", "LL1182", "LH0,0"]);
    assert_eq!(commands.last(), Some(&"XZ"));
    let at = commands.iter().position(|command| *command == "BCN,119,N,N,N,A").expect("Code 128");
    assert_eq!((commands[at - 1], commands[at + 1]), ("BY6", "FD260042174"));
    let at = commands.iter().position(|command| *command == "BQN,2,6").expect("a QR code");
    assert_eq!(commands[at + 2], "FDMA,https://service.nordlys.example/s/26-004217-4_3Fk_3DQm9kb2VrbGlwcGVu");
    assert!(commands.contains(&"FD26-004217-4") && commands.contains(&"FD1/2"));
    assert!(commands.contains(&"FD_C5_81ucja _C5_B9d_C5_BAb_C5_82o-W_C4_85sik"), "{zpl}");
}

#[test]
fn a_label_for_goods_has_its_number_code_and_words_and_commands_nothing() {
    let look = samples::look(Locale::Pl);
    let zpl = goods_labels(&look, &[samples::goods_label(Locale::Pl, 4217)], Dpi::D203).expect("a label");
    let told = commands(&zpl);
    let at = told.iter().position(|command| *command == "BCN,119,N,N,N,A").expect("Code 128");
    assert_eq!((told[at - 1], told[at + 1]), ("BY6", "FD260042174"));
    assert!(told.contains(&"BQN,2,6") && told.contains(&"FD26-004217-4") && told.contains(&"FD19.10.2026"), "{zpl}");
    let evil = "^XZ^XA ~JA _5EXZ\n^FDx".to_owned();
    let label = documents::GoodsLabel { article: evil.clone(), customer: evil, ..samples::goods_label(Locale::Pl, 1) };
    let zpl = goods_labels(&look, &[label], Dpi::D203).expect("a label");
    assert_eq!((zpl.matches("^XA").count(), zpl.matches("^XZ").count(), zpl.matches('~').count()), (1, 1, 0));
}

#[test]
fn a_finer_head_has_more_dots() {
    let zpl = labels(&samples::look(Locale::En), &[samples::label(Locale::En, 4217)], Dpi::D300).expect("a label");
    let commands = commands(&zpl);
    assert_eq!(commands[2..4], ["PW1240", "LL1748"]);
    assert!(commands.contains(&"BY10") && commands.contains(&"BQN,2,9"), "{zpl}");
}

#[test]
fn many_labels_are_many_formats() {
    let many: Vec<Label> = (1..=100).map(|series| samples::label(Locale::Nb, series)).collect();
    let zpl = labels(&samples::look(Locale::Nb), &many, Dpi::D203).expect("labels");
    assert_eq!((zpl.matches("^XA").count(), zpl.matches("^XZ").count()), (100, 100));
    assert!(matches!(labels(&samples::look(Locale::Nb), &[], Dpi::D203), Err(Error::Nothing)));
}

#[test]
fn a_name_cannot_command_the_printer() {
    let evil = "^XZ^XA^DFE:OWNED^FS ~JA ~DGR:X,1,1,FF _5EXZ \\& \n^FDx^FS\u{1b}\u{0}";
    let look = samples::look(Locale::Pl);
    let zpl = labels(&look, &[label(evil)], Dpi::D203).expect("a label");
    let known = ["XA", "CI", "PW", "LL", "LH", "FO", "A0", "FH", "FD", "FS", "GB", "BY", "BC", "BQ", "PQ", "XZ"];
    assert!(names(&zpl).iter().all(|name| known.contains(name)), "{zpl}");
    assert_eq!(zpl.matches("^XZ").count(), 1);
    assert!(zpl.contains("_5EXZ_5EXA_5EDFE:OWNED_5EFS"), "{zpl}");
}

proptest! {
    #[test]
    fn no_text_changes_what_is_commanded(text in any::<String>()) {
        let mut look = samples::look(Locale::Pl);
        look.organisation = text.clone();
        let zpl = labels(&look, &[label(&text)], Dpi::D203).expect("a label");
        for command in commands(&zpl) {
            // What follows the two letters is plain, hexadecimal or a number: no prefix, no control, no byte beyond ASCII.
            let plain = |b: u8| b.is_ascii_alphanumeric() || b" .,-/:_".contains(&b);
            prop_assert!(command.bytes().all(plain), "{}", command);
        }
        prop_assert_eq!(zpl.matches("^XA").count(), 1);
        // Each field is opened, filled and closed: nothing stands outside one.
        let count = |name: &str| names(&zpl).iter().filter(|n| **n == name).count();
        prop_assert_eq!(count("FO"), count("FS"));
        prop_assert_eq!(count("FD") + count("GB"), count("FS"));
        prop_assert_eq!(count("FH") + 1, count("FD"));
    }
}
