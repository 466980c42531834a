//! Things that are worn or carried: shoes, clothing, sports, jewellery, glasses.

use super::make::{choice, choices, count, field, is_not, is_one_of, line, long, yes_no};
use super::shared::{Extra, serial};
use super::{ComplaintType, complaint_type};
use crate::Localized;
use crate::form::FieldKind;

pub(super) fn shoes() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("size", ["Size", "Størrelse", "Rozmiar"]).starred(),
            line("colour", ["Colour", "Farge", "Kolor"]),
        ],
        complaint: vec![
            choice(
                "side",
                ["Which shoe", "Hvilken sko", "Który but"],
                &[
                    ("left", ["Left", "Venstre", "Lewy"]),
                    ("right", ["Right", "Høyre", "Prawy"]),
                    ("both", ["Both", "Begge", "Oba"]),
                ],
            )
            .starred(),
            choices(
                "defect_place",
                ["Where is the fault", "Hvor er feilen", "Miejsce wady"],
                &[
                    ("sole", ["Sole", "Såle", "Podeszwa"]),
                    ("heel", ["Heel", "Hæl", "Obcas"]),
                    ("upper", ["Upper", "Overlær", "Cholewka"]),
                    ("seam", ["Seam", "Søm", "Szew"]),
                    ("lining", ["Lining", "Fôr", "Podszewka"]),
                    ("zip", ["Zip", "Glidelås", "Zamek błyskawiczny"]),
                    ("waterproofing", ["Waterproofing", "Vanntetthet", "Wodoodporność"]),
                    ("other", ["Elsewhere", "Annet sted", "Inne miejsce"]),
                ],
            )
            .starred(),
            choice(
                "used_for",
                ["Used for", "Brukt til", "Użytkowanie"],
                &[
                    ("everyday", ["Everyday", "Hverdag", "Na co dzień"]),
                    ("work", ["Work", "Arbeid", "Praca"]),
                    ("sport", ["Sport", "Sport", "Sport"]),
                ],
            ),
            line("care", ["Care products used", "Pleiemidler brukt", "Stosowane środki do pielęgnacji"]),
        ],
        hand_in: vec![
            yes_no("clean", ["Clean when handed in?", "Rene ved innlevering?", "Czyste przy przyjęciu?"])
                .starred()
                .staff_only(),
        ],
        ..Extra::default()
    };
    complaint_type("shoes", ["Shoes", "Sko", "Obuwie"], Some("new_product"), 14, extra)
}

pub(super) fn clothing() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("size", ["Size", "Størrelse", "Rozmiar"]).starred(),
            line("colour", ["Colour", "Farge", "Kolor"]),
        ],
        complaint: vec![
            choices(
                "defect",
                ["Kind of fault", "Type feil", "Rodzaj wady"],
                &[
                    ("seam", ["Seam", "Søm", "Szew"]),
                    ("zip", ["Zip or button", "Glidelås eller knapp", "Zamek lub guzik"]),
                    ("pilling", ["Pilling", "Nupping", "Mechacenie"]),
                    ("colour", ["Colour", "Farge", "Kolor"]),
                    ("hole", ["Hole", "Hull", "Dziura"]),
                    ("shrinking", ["Shrinking", "Krymping", "Skurczenie"]),
                    ("print", ["Print", "Trykk", "Nadruk"]),
                    ("waterproofing", ["Waterproofing", "Vanntetthet", "Wodoodporność"]),
                    ("other", ["Other", "Annet", "Inna"]),
                ],
            )
            .starred(),
            choice(
                "washed",
                ["Washed", "Vasket", "Prane"],
                &[
                    ("never", ["Not washed", "Ikke vasket", "Nieprane"]),
                    ("as_label", ["As the label says", "Etter vaskelappen", "Zgodnie z metką"]),
                    ("otherwise", ["Otherwise", "På annen måte", "W inny sposób"]),
                ],
            ),
            count("wash_times", ["Times washed", "Antall vask", "Liczba prań"], 1000)
                .when(is_one_of("washed", &["as_label", "otherwise"])),
        ],
        ..Extra::default()
    };
    complaint_type("clothing", ["Clothing", "Klær", "Odzież"], Some("new_product"), 14, extra)
}

pub(super) fn sports() -> ComplaintType {
    let extra = Extra {
        article: vec![
            choice(
                "category",
                ["Category", "Kategori", "Kategoria"],
                &[
                    ("ski", ["Skis", "Ski", "Narty"]),
                    ("bike", ["Bicycle", "Sykkel", "Rower"]),
                    ("boots", ["Boots", "Støvler", "Buty sportowe"]),
                    ("skates", ["Skates", "Skøyter", "Łyżwy, rolki"]),
                    ("tent", ["Tent, sleeping bag", "Telt, sovepose", "Namiot, śpiwór"]),
                    (
                        "fitness",
                        ["Treadmill, fitness machine", "Tredemølle, treningsapparat", "Bieżnia, sprzęt fitness"],
                    ),
                    ("other", ["Other", "Annet", "Inne"]),
                ],
            ),
            line("size", ["Size or length", "Størrelse eller lengde", "Rozmiar lub długość"]),
            serial().help([
                "On a bicycle the number of the frame.",
                "På sykkel: rammenummeret.",
                "W rowerze: numer ramy.",
            ]),
        ],
        complaint: vec![
            choice(
                "mounted_by",
                ["Mounted by", "Montert av", "Kto zamontował"],
                &[
                    ("store", ["Us", "Butikken", "Sklep"]),
                    ("customer", ["The customer", "Kunden", "Klient"]),
                    ("workshop", ["Another workshop", "Et annet verksted", "Inny serwis"]),
                    ("nobody", ["Needs no mounting", "Krever ikke montering", "Nie wymaga montażu"]),
                ],
            ),
            yes_no("competition", ["Used in competition?", "Brukt i konkurranse?", "Używane w zawodach?"]),
            long("service_history", ["Service history", "Servicehistorikk", "Historia serwisowa"]),
        ],
        ..Extra::default()
    };
    complaint_type("sports", ["Sports and bicycles", "Sport og sykkel", "Sport i rowery"], Some("repaired"), 14, extra)
}

pub(super) fn jewellery() -> ComplaintType {
    let gram = Localized::new("g", "g", "g");
    let extra = Extra {
        article: vec![
            line("metal", ["Metal and fineness", "Metall og finhet", "Kruszec i próba"]).help([
                "Such as gold 585 or silver 925.",
                "For eksempel gull 585 eller sølv 925.",
                "Na przykład złoto 585 albo srebro 925.",
            ]),
            line("size", ["Size", "Størrelse", "Rozmiar"]),
            line("engraving", ["Engraving", "Gravering", "Grawer"]),
            serial().help([
                "Of a watch: on the back of the case.",
                "For klokker: på baksiden av urkassen.",
                "W zegarku: na deklu koperty.",
            ]),
        ],
        complaint: vec![
            count("stones", ["Number of stones", "Antall steiner", "Liczba kamieni"], 10_000).starred().help([
                "Those that the piece should have; 0 if it has none.",
                "Så mange som smykket skal ha; 0 hvis det ikke har noen.",
                "Tyle, ile powinno być; 0, jeśli nie ma kamieni.",
            ]),
            choice(
                "stones_state",
                ["The stones are", "Steinene er", "Stan kamieni"],
                &[
                    ("fast", ["All there and fast", "På plass og faste", "Wszystkie na miejscu"]),
                    ("loose", ["Some loose", "Noen er løse", "Niektóre luźne"]),
                    ("lost", ["Some lost", "Noen mangler", "Niektórych brakuje"]),
                ],
            )
            .starred()
            .when(is_not("stones", "0")),
        ],
        hand_in: vec![
            field(
                "weight",
                ["Weight at hand-in", "Vekt ved innlevering", "Masa przy przyjęciu"],
                FieldKind::Number { decimals: 2, min: Some(1), max: Some(1_000_000), unit: gram },
            )
            .starred()
            .staff_only(),
            field(
                "declared_value",
                ["Declared value", "Oppgitt verdi", "Wartość zadeklarowana"],
                FieldKind::Money { max_minor: None },
            ),
            line("bag_number", ["Number of the sealed bag", "Nummer på forseglet pose", "Numer bezpiecznej koperty"])
                .starred()
                .staff_only(),
        ],
        ..Extra::default()
    };
    let name = ["Jewellery and watches", "Gull, sølv og ur", "Biżuteria i zegarki"];
    complaint_type("jewellery", name, Some("repaired"), 14, extra)
}

pub(super) fn glasses() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("frame", ["Frame", "Innfatning", "Oprawki"]),
            line("prescription", ["Prescription number", "Referanse til synsprøve", "Numer recepty"]),
        ],
        complaint: vec![choices(
            "defect_place",
            ["Where is the fault", "Hvor er feilen", "Miejsce wady"],
            &[
                ("lens", ["Lens", "Glass", "Soczewka"]),
                ("frame", ["Frame", "Innfatning", "Oprawki"]),
                ("coating", ["Coating", "Belegg", "Powłoka"]),
                ("strength", ["Strength of the lenses", "Glassenes styrke", "Moc soczewek"]),
            ],
        )],
        ..Extra::default()
    };
    complaint_type("glasses", ["Glasses", "Briller", "Optyka"], Some("repaired"), 14, extra)
}
