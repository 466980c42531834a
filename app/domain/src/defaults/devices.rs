//! Things with a plug, a motor or a fitter: electronics, appliances, furniture, garden.

use super::make::{choice, choices, field, is, line, long, past, serial as serial_field, yes_no};
use super::shared::{Extra, serial};
use super::{ComplaintType, complaint_type};
use crate::form::FieldKind;
use crate::form::schema::common;

pub(super) fn electronics() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("model", ["Model", "Modell", "Model"]).starred(),
            serial_field(common::SERIAL, ["Serial number or IMEI", "Serienummer eller IMEI", "Numer seryjny lub IMEI"])
                .starred()
                .help([
                    "A phone shows its IMEI after *#06#.",
                    "En telefon viser IMEI når du taster *#06#.",
                    "Telefon pokaże IMEI po wpisaniu *#06#.",
                ]),
            line("software", ["Software version", "Programvareversjon", "Wersja oprogramowania"]),
        ],
        complaint: vec![
            choice(
                "occurrence",
                ["The fault shows", "Feilen opptrer", "Usterka występuje"],
                &[("always", ["Always", "Alltid", "Zawsze"]), ("sometimes", ["Sometimes", "Av og til", "Czasami"])],
            )
            .starred(),
            choice(
                "outer_damage",
                ["Visible or water damage", "Synlig skade eller vannskade", "Uszkodzenia mechaniczne lub zalanie"],
                &[
                    ("none", ["None", "Ingen", "Brak"]),
                    ("visible", ["Visible damage", "Synlig skade", "Widoczne uszkodzenia"]),
                    ("water", ["Water damage", "Vannskade", "Ślady zalania"]),
                    ("both", ["Both", "Begge deler", "Jedno i drugie"]),
                ],
            )
            .starred(),
        ],
        hand_in: vec![
            choices(
                "accessories",
                ["Accessories handed in", "Innlevert tilbehør", "Przyjęte akcesoria"],
                &[
                    ("none", ["None", "Ingen", "Brak"]),
                    ("charger", ["Charger", "Lader", "Ładowarka"]),
                    ("cable", ["Cable", "Kabel", "Kabel"]),
                    ("battery", ["Battery", "Batteri", "Bateria"]),
                    ("remote", ["Remote control", "Fjernkontroll", "Pilot"]),
                    ("case", ["Case, cover", "Etui, deksel", "Etui, pokrowiec"]),
                    ("card", ["SIM or memory card", "SIM- eller minnekort", "Karta SIM lub pamięci"]),
                    ("other", ["Other", "Annet", "Inne"]),
                ],
            )
            .starred()
            .staff_only(),
            choice(
                "data",
                ["Data on the device", "Data på enheten", "Dane na urządzeniu"],
                &[
                    ("none", ["There is none on it", "Ingen data på enheten", "Urządzenie nie zawiera danych"]),
                    (
                        "saved",
                        ["Saved; it may be erased", "Sikkerhetskopiert; kan slettes", "Zabezpieczone; można usunąć"],
                    ),
                    (
                        "unsaved",
                        [
                            "Not saved; it may be erased",
                            "Ikke sikkerhetskopiert; kan slettes",
                            "Niezabezpieczone; można usunąć",
                        ],
                    ),
                    ("keep", ["It must not be erased", "Må ikke slettes", "Nie wolno usuwać"]),
                ],
            )
            .starred(),
            yes_no(
                "lock_removed",
                ["Screen lock and account removed?", "Skjermlås og konto fjernet?", "Blokada ekranu i konto usunięte?"],
            ),
        ],
        ..Extra::default()
    };
    complaint_type("electronics", ["Electronics", "Elektronikk", "Elektronika"], Some("repaired"), 14, extra)
}

pub(super) fn appliances() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("model", ["Model", "Modell", "Model"]).starred(),
            serial().starred().help([
                "On the type plate, often inside the door.",
                "På typeskiltet, ofte på innsiden av døren.",
                "Na tabliczce znamionowej, często po wewnętrznej stronie drzwi.",
            ]),
        ],
        complaint: vec![
            line("error_code", ["Error code", "Feilkode", "Kod błędu"]),
            past("in_use_since", ["In use since", "I bruk siden", "W użyciu od"]),
            choice(
                "installed_by",
                ["Installed by", "Installert av", "Kto zainstalował"],
                &[
                    ("store", ["Us", "Butikken", "Sklep"]),
                    ("fitter", ["A fitter", "Installatør", "Instalator"]),
                    ("customer", ["The customer", "Kunden", "Klient"]),
                ],
            ),
            yes_no(
                "maintained",
                ["Cleaned and maintained?", "Rengjort og vedlikeholdt?", "Czyszczone i konserwowane?"],
            ),
        ],
        hand_in: vec![
            field(
                "visit_address",
                ["Address of the home visit", "Adresse for hjemmebesøk", "Adres wizyty serwisanta"],
                FieldKind::Address,
            )
            .starred()
            .when(is(common::SOLD, "yes"))
            .staff_only(),
        ],
        ..Extra::default()
    };
    complaint_type("appliances", ["Appliances", "Hvitevarer", "AGD"], Some("repaired"), 14, extra)
}

pub(super) fn furniture() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("order_number", ["Order number", "Ordrenummer", "Numer zamówienia"]).starred(),
            line("part_number", ["Part number", "Delenummer", "Numer części"]),
        ],
        complaint: vec![
            choice(
                "part_fault",
                ["The part is", "Delen er", "Część jest"],
                &[
                    ("missing", ["Missing", "Mangler", "Brakująca"]),
                    ("damaged", ["Damaged", "Skadet", "Uszkodzona"]),
                    ("defective", ["Defective", "Defekt", "Wadliwa"]),
                ],
            )
            .starred(),
            line("part", ["Which part", "Hvilken del", "Która część"]).starred(),
            choice(
                "assembled_by",
                ["Assembled", "Montert", "Montaż"],
                &[
                    ("nobody", ["Not assembled", "Ikke montert", "Niezmontowane"]),
                    ("customer", ["By the customer", "Av kunden", "Przez klienta"]),
                    ("store", ["By us", "Av butikken", "Przez sklep"]),
                    ("fitter", ["By a fitter", "Av montør", "Przez montera"]),
                ],
            ),
        ],
        hand_in: vec![choice(
            "remedy",
            ["Wanted help", "Ønsket hjelp", "Oczekiwana pomoc"],
            &[
                ("part", ["Send the part", "Send delen", "Przesłanie części"]),
                ("home", ["Repair at home", "Reparasjon hjemme", "Naprawa u klienta"]),
            ],
        )],
        starred: &["picture_label"],
    };
    complaint_type("furniture", ["Furniture", "Møbler", "Meble"], Some("spare_part"), 14, extra)
}

pub(super) fn garden() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("lot", ["Lot number", "Partinummer", "Numer partii"]),
            serial(),
            choice(
                "power",
                ["Runs on", "Drives av", "Zasilanie"],
                &[
                    ("fuel", ["Fuel", "Drivstoff", "Paliwo"]),
                    ("battery", ["Battery", "Batteri", "Akumulator"]),
                    ("mains", ["Mains", "Strømnettet", "Sieć elektryczna"]),
                    ("none", ["Nothing", "Ingenting", "Brak"]),
                ],
            ),
        ],
        complaint: vec![
            line("amount_used", ["Amount used", "Brukt mengde", "Zużyta ilość"]),
            long("maintenance", ["Maintenance", "Vedlikehold", "Konserwacja"]).help([
                "What was done, and when.",
                "Hva som er gjort, og når.",
                "Co zostało zrobione i kiedy.",
            ]),
        ],
        ..Extra::default()
    };
    complaint_type("garden", ["DIY and garden", "Bygg og hage", "Dom i ogród"], Some("new_product"), 14, extra)
}
