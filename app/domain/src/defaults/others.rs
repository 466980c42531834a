//! Things where somebody may be hurt, damage on the way, and the rest.

use super::make::{choice, field, is, line, long, past, yes_no};
use super::shared::{Extra, serial};
use super::{ComplaintType, complaint_type};
use crate::form::FieldKind;
use crate::form::schema::common;

pub(super) fn child() -> ComplaintType {
    let extra = Extra {
        article: vec![serial(), past("production_date", ["Production date", "Produksjonsdato", "Data produkcji"])],
        complaint: vec![
            yes_no(
                "safety",
                ["Does the fault concern safety?", "Gjelder feilen sikkerheten?", "Czy wada dotyczy bezpieczeństwa?"],
            )
            .starred(),
            yes_no("injury", ["Was somebody hurt?", "Er noen skadet?", "Czy ktoś doznał obrażeń?"]).starred(),
            long("injury_description", ["What happened", "Hva skjedde", "Co się stało"])
                .starred()
                .when(is("injury", "yes")),
            field(
                "stop_use",
                [
                    "The customer was asked to stop using it",
                    "Kunden er bedt om å slutte å bruke varen",
                    "Poproszono klienta o zaprzestanie używania",
                ],
                FieldKind::Tick,
            )
            .staff_only(),
        ],
        ..Extra::default()
    };
    complaint_type("child", ["Children", "Barn", "Artykuły dziecięce"], Some("new_product"), 7, extra)
}

pub(super) fn food() -> ComplaintType {
    let extra = Extra {
        article: vec![
            line("lot", ["Lot number", "Partinummer (lot)", "Numer partii"]).starred(),
            field(
                "best_before",
                ["Best before", "Best før", "Najlepiej spożyć przed"],
                FieldKind::Date { earliest: None, latest: None },
            )
            .starred(),
        ],
        complaint: vec![
            yes_no("opened", ["Opened?", "Åpnet?", "Otwarte?"]),
            choice(
                "kept",
                ["Kept", "Oppbevart", "Przechowywanie"],
                &[
                    ("room", ["At room temperature", "I romtemperatur", "W temperaturze pokojowej"]),
                    ("fridge", ["In the fridge", "I kjøleskap", "W lodówce"]),
                    ("freezer", ["In the freezer", "I fryser", "W zamrażarce"]),
                ],
            ),
            yes_no(
                "reaction",
                ["Did anybody react to it?", "Har noen reagert på varen?", "Czy wystąpiła reakcja zdrowotna?"],
            )
            .starred(),
            long("reaction_description", ["What happened", "Hva skjedde", "Co się stało"])
                .starred()
                .when(is("reaction", "yes")),
        ],
        ..Extra::default()
    };
    let name = ["Food and cosmetics", "Mat og kosmetikk", "Żywność i kosmetyki"];
    complaint_type("food", name, Some("refund"), 3, extra)
}

pub(super) fn transport() -> ComplaintType {
    let extra = Extra {
        complaint: vec![
            line("carrier", ["Carrier", "Transportør", "Przewoźnik"]).starred(),
            line("waybill", ["Waybill number", "Fraktbrevnummer", "Numer listu przewozowego"]).starred(),
            past(common::DELIVERY_DATE, ["Delivered on", "Leveringsdato", "Data dostawy"]).starred(),
            yes_no(
                "damage_visible",
                [
                    "Was the damage visible at delivery?",
                    "Var skaden synlig ved mottak?",
                    "Czy szkoda była widoczna przy odbiorze?",
                ],
            )
            .starred()
            .help([
                "Damage that was hidden must be reported to the carrier within 7 days of the delivery.",
                "Skjult skade må meldes til transportøren innen 7 dager etter levering.",
                "Ukrytą szkodę trzeba zgłosić przewoźnikowi w ciągu 7 dni od dostawy.",
            ]),
            yes_no(
                "damage_protocol",
                ["Is there a damage protocol?", "Finnes det en skaderapport?", "Czy spisano protokół szkody?"],
            ),
        ],
        starred: &[common::SUPPLIER, "picture_damage", "picture_item", "picture_label"],
        ..Extra::default()
    };
    let name = ["Transport damage", "Transportskade", "Szkoda transportowa"];
    let mut transport = complaint_type("transport", name, Some("new_product"), 7, extra);
    let pictures = transport.form.sections.iter_mut().flat_map(|section| &mut section.fields);
    for picture in pictures.filter(|field| field.key.as_str() == "picture_damage") {
        picture.label = super::text(["Packaging and damage", "Emballasje og skade", "Opakowanie i uszkodzenie"]);
    }
    transport
}

pub(super) fn other() -> ComplaintType {
    complaint_type("other", ["Other", "Annet", "Inne"], None, 14, Extra::default())
}
