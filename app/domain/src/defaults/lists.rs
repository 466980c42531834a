//! Outcomes and supplier answers (facts, 4d), reasons of a decision (facts, 4e), causes (R12).

use super::make::{Text, key, text};
use crate::decision::{Offered, Outcome, Reason};
use crate::handling::{AnswerChoice, Cause};

/// What a customer can go home with.
pub fn outcomes() -> Vec<Outcome> {
    const AMOUNT: bool = true;
    const PLAIN: bool = false;
    use Offered::{AfterApproval, AfterRejection, Always};
    let all: [(&str, Offered, bool, Text); 12] = [
        ("new_product", AfterApproval, PLAIN, ["New product", "Nytt produkt tilbake", "Wymiana na nowy"]),
        ("other_product", AfterApproval, PLAIN, ["Other product", "Byttet til annen vare", "Wymiana na inny towar"]),
        ("refund", AfterApproval, AMOUNT, ["Refund", "Penger tilbake", "Zwrot pieniędzy"]),
        ("credit_note", AfterApproval, AMOUNT, ["Credit note", "Tilgodelapp", "Bon lub karta podarunkowa"]),
        ("price_reduction", AfterApproval, AMOUNT, ["Price reduction", "Prisavslag", "Obniżenie ceny"]),
        ("repaired", AfterApproval, PLAIN, ["Repaired", "Reparert", "Naprawa"]),
        ("spare_part", AfterApproval, PLAIN, ["Spare part", "Reservedel", "Część zamienna"]),
        (
            "collected_old",
            AfterRejection,
            PLAIN,
            ["Rejected – collected the old product", "Avslått – hentet gammelt produkt", "Odrzucona – odebrano towar"],
        ),
        ("goodwill", Always, PLAIN, ["Goodwill", "Goodwill", "Gest handlowy"]),
        (
            "disposed",
            Always,
            PLAIN,
            ["Disposed of with the customer’s consent", "Kasseres i butikk", "Utylizacja za zgodą klienta"],
        ),
        (
            "not_collected",
            Always,
            PLAIN,
            ["Customer has not collected the product", "Kunde har ikke hentet produkt", "Towar nieodebrany"],
        ),
        ("no_reply", Always, PLAIN, ["Customer did not reply", "Kunde svarte ikke", "Brak odpowiedzi klienta"]),
    ];
    all.map(|(name, offered, has_amount, label)| Outcome {
        key: key(name),
        name: text(label),
        has_amount,
        offered,
        active: true,
    })
    .into()
}

/// What an outcome means to the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    Repair,
    Replacement,
}

/// Of an outcome that we ship. An organisation's own says nothing of what was done.
pub fn remedy(outcome: &str) -> Option<Remedy> {
    match outcome {
        "new_product" | "other_product" => Some(Remedy::Replacement),
        "repaired" | "spare_part" => Some(Remedy::Repair),
        _ => None,
    }
}

/// Why a decision was made.
pub fn reasons() -> Vec<Reason> {
    let granting: [(&str, Text); 7] = [
        ("manufacturing_fault", ["Manufacturing fault", "Produksjonsfeil", "Wada produkcyjna"]),
        ("material_fault", ["Material fault", "Materialfeil", "Wada materiału"]),
        ("not_as_described", ["Not as described", "Feil levert", "Towar niezgodny z opisem"]),
        ("missing_part", ["Missing part", "Manglende del", "Brak części"]),
        ("transport_damage", ["Transport damage", "Transportskade", "Szkoda w transporcie"]),
        ("reply_too_late", ["The time to reply ran out", "Foreldet svarfrist", "Upływ terminu 14 dni na odpowiedź"]),
        ("goodwill", ["Goodwill", "Kulanse", "Gest handlowy"]),
    ];
    let refusing: [(&str, Text); 10] = [
        ("wear", ["Normal wear", "Normal slitasje", "Naturalne zużycie"]),
        ("misuse", ["Misuse", "Feil bruk", "Niewłaściwe użytkowanie"]),
        ("no_maintenance", ["Lack of maintenance", "Manglende vedlikehold", "Brak konserwacji"]),
        ("outer_damage", ["Outer damage", "Ytre skade", "Uszkodzenie mechaniczne"]),
        ("tampering", ["Repaired or altered by others", "Inngrep av andre", "Naprawa przez osoby nieuprawnione"]),
        ("known_at_purchase", ["Visible at the purchase", "Synlig ved kjøp", "Wada znana przy zakupie"]),
        ("fit", ["Fit or size", "Passform", "Niedopasowanie rozmiaru"]),
        ("too_late", ["Too late", "For sent", "Zgłoszenie po terminie"]),
        ("no_fault_found", ["No fault found", "Ingen feil funnet", "Nie stwierdzono wady"]),
        ("bought_elsewhere", ["Not bought from us", "Ikke kjøpt hos oss", "Zakup u innego sprzedawcy"]),
    ];
    let reason = |against| {
        move |(name, label): (&str, Text)| Reason { key: key(name), name: text(label), against, active: true }
    };
    granting.into_iter().map(reason(false)).chain(refusing.into_iter().map(reason(true))).collect()
}

/// What an examination can find. Those that speak of wearing or of a size are for what is worn.
pub fn causes() -> Vec<Cause> {
    const ALL: &[&str] = &[];
    const WORN: &[&str] = &["shoes", "clothing", "sports", "jewellery", "glasses", "child"];
    let all: [(&str, &[&str], Text); 13] = [
        ("production_fault", ALL, ["Production fault", "Produksjonsfeil", "Wada produkcyjna"]),
        ("material_fault", ALL, ["Material fault", "Materialfeil", "Wada materiału"]),
        ("design_fault", ALL, ["Design fault", "Konstruksjonsfeil", "Wada konstrukcyjna"]),
        ("missing_part", ALL, ["Missing part", "Manglende del", "Brak części"]),
        ("wear", ALL, ["Wear", "Slitasje", "Zużycie"]),
        ("misuse", ALL, ["Misuse", "Feil bruk", "Niewłaściwe użytkowanie"]),
        ("lack_of_care", ALL, ["Lack of care", "Manglende vedlikehold", "Brak konserwacji"]),
        ("outer_damage", ALL, ["Outer damage", "Ytre skade", "Uszkodzenie mechaniczne"]),
        ("transport_damage", ALL, ["Transport damage", "Transportskade", "Szkoda w transporcie"]),
        (
            "tampering",
            ALL,
            ["Repaired or altered by others", "Inngrep av andre", "Naprawa lub przeróbka przez inne osoby"],
        ),
        ("wrong_size", WORN, ["Wrong size or fit", "Feil størrelse eller passform", "Zły rozmiar lub dopasowanie"]),
        ("no_fault_found", ALL, ["No fault found", "Ingen feil funnet", "Nie stwierdzono wady"]),
        ("unclear", ALL, ["Cause not clear", "Uklar årsak", "Przyczyna nieustalona"]),
    ];
    all.map(|(name, types, label)| Cause {
        key: key(name),
        name: text(label),
        types: types.iter().map(|name| key(name)).collect(),
        active: true,
    })
    .into()
}

/// What a supplier can answer.
pub fn supplier_answers() -> Vec<AnswerChoice> {
    let all: [(&str, Text); 7] = [
        ("credit_note", ["Credit note", "Kreditnota", "Nota lub faktura korygująca"]),
        ("new_goods", ["New goods", "Ny vare", "Wymiana towaru"]),
        ("repair", ["Repair", "Reparasjon", "Naprawa"]),
        ("refusal", ["Refusal", "Avslag", "Odmowa"]),
        ("send_in", ["Send the goods in", "Send inn varen", "Przesłać towar"]),
        ("scrap", ["Scrap on the spot", "Kasser på stedet", "Utylizacja na miejscu"]),
        ("partly", ["Partly", "Delvis", "Częściowo"]),
    ];
    all.map(|(name, label)| AnswerChoice { key: key(name), name: text(label), active: true }).into()
}
