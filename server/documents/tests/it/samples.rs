//! A shop's documents in three languages, as its system would hand them over.

use documents::{
    Address, Article, Decision, GoodsLabel, Group, Label, Letter, Look, PackingSlip, Photo, Press, Protocol, Row,
};
use domain::Locale;
use domain::decision::Verdict;
use domain::number::Number;
use std::sync::LazyLock;

pub static PRESS: LazyLock<Press> = LazyLock::new(|| Press::new(None).expect("our own templates"));

/// The one of the three texts that is in this language.
fn tr(l: Locale, en: &str, nb: &str, pl: &str) -> String {
    match l {
        Locale::En => en,
        Locale::Nb => nb,
        Locale::Pl => pl,
    }
    .to_owned()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub fn number(series: u32) -> Number {
    Number::new(2026, series).expect("in range")
}

pub fn url(series: u32) -> String {
    format!("https://service.nordlys.example/s/{}?k=Qm9kb2VrbGlwcGVu", number(series))
}

pub fn row(label: &str, value: &str) -> Row {
    Row { label: label.into(), value: value.into() }
}

pub fn look(l: Locale) -> Look {
    Look {
        organisation: "Nordlys Sport".into(),
        legal_name: tr(
            l,
            "Nordlys Sport Ltd",
            "Nordlys Sport AS, org.nr. 912 345 678",
            "Nordlys Sport Sp. z o.o., NIP 525-00-01-234",
        ),
        address: tr(l, "12 High Street|Leeds LS1 4AB", "Storgata 12|0155 Oslo", "ul. Świętokrzyska 12|00-001 Warszawa")
            .split('|')
            .map(Into::into)
            .collect(),
        locale: l,
        accent: [0x1b, 0x6e, 0x53],
        logo: None,
    }
}

fn customer(l: Locale) -> Address {
    match l {
        Locale::En => Address {
            name: "Alice Marlowe".into(),
            lines: strings(&["7 Orchard Lane", "York YO1 7HU", "+44 20 7946 0018", "alice@example.com"]),
        },
        Locale::Nb => Address {
            name: "Åse Bjørnøy".into(),
            lines: strings(&["Fjærevegen 4 B", "5003 Bergen", "+47 900 00 000", "ase.bjornoy@example.com"]),
        },
        Locale::Pl => Address {
            name: "Łucja Źdźbło-Wąsik".into(),
            lines: strings(&["ul. Żółkiewskiego 4/7", "31-539 Kraków", "+48 600 700 800", "lucja@example.com"]),
        },
    }
}

fn store(l: Locale) -> Address {
    let lines = tr(l, "12 High Street|Leeds LS1 4AB", "Storgata 12|0155 Oslo", "ul. Świętokrzyska 12|00-001 Warszawa");
    Address {
        name: tr(l, "Nordlys Leeds", "Nordlys Storgata", "Nordlys Śródmieście"),
        lines: lines.split('|').map(Into::into).collect(),
    }
}

fn service(l: Locale) -> Address {
    Address {
        name: tr(l, "Nordlys Service", "Nordlys verksted", "Nordlys – serwis"),
        lines: tr(
            l,
            "Unit 8, Dock Road|Hull HU1 1TJ|United Kingdom",
            "Lagerveien 8|0484 Oslo|Norge",
            "ul. Składowa 8|02-690 Łódź|Polska",
        )
        .split('|')
        .map(Into::into)
        .collect(),
    }
}

pub fn protocol(l: Locale) -> Protocol {
    let shoe = include_bytes!("../fixtures/shoe.jpg");
    let kettle = include_bytes!("../fixtures/kettle.jpg");
    Protocol {
        number: number(4217),
        kind: tr(l, "Shoes", "Sko", "Obuwie"),
        store: store(l),
        customer: Some(customer(l)),
        filed: tr(l, "17 Oct 2026 at 23:50", "17.10.2026 kl. 23.50", "17.10.2026, 23:50"),
        received: Some(tr(l, "18 Oct 2026 at 09:05", "18.10.2026 kl. 09.05", "18.10.2026, 9:05")),
        reply_by: Some(tr(l, "30 Oct 2026", "30.10.2026", "30.10.2026")),
        url: url(4217),
        groups: vec![
            Group {
                heading: tr(l, "The purchase", "Kjøpet", "Zakup"),
                rows: vec![
                    row(&tr(l, "Receipt number", "Kvitteringsnummer", "Numer paragonu"), "0042-118-7733"),
                    row(&tr(l, "Bought", "Kjøpt", "Data zakupu"), &tr(l, "3 Apr 2026", "03.04.2026", "03.04.2026")),
                    row(
                        &tr(l, "Delivered", "Levert", "Data dostawy"),
                        &tr(l, "5 Apr 2026", "05.04.2026", "05.04.2026"),
                    ),
                    row(
                        &tr(l, "Price", "Pris", "Cena"),
                        &domain::format::money(l, 189_900, &tr(l, "EUR", "NOK", "PLN")),
                    ),
                ],
            },
            Group {
                heading: tr(l, "Article and defect", "Varen og feilen", "Towar i wada"),
                rows: vec![
                    row(&tr(l, "Article", "Vare", "Towar"), "Rondane GTX, 42"),
                    row(&tr(l, "Serial number", "Serienummer", "Numer seryjny"), "RND-42-0099812-IlO0"),
                    row(
                        &tr(l, "What is wrong?", "Hva er galt?", "Co jest nie tak?"),
                        &tr(
                            l,
                            "The sole of the left shoe comes off.\nWater gets in when it rains.",
                            "Sålen på venstre sko løsner.\nDet kommer inn vann når det regner.",
                            "Odkleja się podeszwa lewego buta.\nGdy pada, but przemaka.",
                        ),
                    ),
                    row(
                        &tr(l, "Discovered", "Oppdaget", "Wadę zauważono"),
                        &tr(l, "10 Oct 2026", "10.10.2026", "10.10.2026"),
                    ),
                    row(&tr(l, "Remedy", "Ønsket løsning", "Żądanie"), &tr(l, "Replacement", "Omlevering", "Wymiana")),
                    row(
                        &tr(l, "Legal basis", "Grunnlag", "Podstawa"),
                        &tr(l, "Non-conformity", "Reklamasjon etter forbrukerkjøpsloven", "Niezgodność towaru z umową"),
                    ),
                    row(
                        &tr(l, "Condition", "Tilstand", "Stan"),
                        &tr(l, "Worn, clean", "Brukt, rengjort", "Używane, czyste"),
                    ),
                    row(
                        &tr(l, "Handed in", "Levert inn", "Przyjęto"),
                        &tr(l, "Both shoes, no box", "Begge sko, uten eske", "Para butów bez pudełka"),
                    ),
                    row(
                        &tr(l, "Loan item", "Låneprodukt", "Towar zastępczy"),
                        &tr(l, "Boots, size 42", "Støvler, str. 42", "Buty, rozm. 42"),
                    ),
                ],
            },
        ],
        photos: vec![
            Photo { jpeg: shoe.to_vec(), alt: tr(l, "The loose sole", "Sålen som løsner", "Odklejona podeszwa") },
            Photo { jpeg: kettle.to_vec(), alt: String::new() },
            Photo { jpeg: b"no picture".to_vec(), alt: tr(l, "Receipt", "Kvittering", "Paragon") },
            Photo { jpeg: shoe.to_vec(), alt: tr(l, "From the side", "Fra siden", "Z boku") },
        ],
        fee_warning: Some(tr(
            l,
            "If we find no defect, looking into it may cost up to €35.",
            "Viser undersøkelsen at det ikke er noen mangel, kan vi kreve inntil 350 kr for den.",
            "Jeśli badanie nie wykaże wady, może ono kosztować do 100 zł.",
        )),
        privacy_notice: Some(tr(
            l,
            "We use these data to answer the complaint. More: nordlys.example/privacy.",
            "Vi bruker opplysningene til å svare på reklamasjonen. Mer: nordlys.example/personvern.",
            "Dane przetwarzamy w celu rozpatrzenia reklamacji. Więcej: nordlys.example/prywatnosc.",
        )),
    }
}

/// A protocol with nothing in it but what every case has.
pub fn bare_protocol(l: Locale) -> Protocol {
    Protocol {
        kind: String::new(),
        customer: None,
        received: None,
        reply_by: None,
        groups: Vec::new(),
        photos: Vec::new(),
        fee_warning: None,
        privacy_notice: None,
        ..protocol(l)
    }
}

pub fn label(l: Locale, series: u32) -> Label {
    Label {
        number: number(series),
        url: url(series),
        from: customer(l),
        to: service(l),
        valid_until: Some(tr(l, "17 Dec 2026", "17.12.2026", "17.12.2026")),
        part: 1,
        parts: 2,
    }
}

pub fn goods_label(l: Locale, series: u32) -> GoodsLabel {
    GoodsLabel {
        number: number(series),
        url: url(series),
        kind: tr(l, "Shoes and clothing", "Sko og klær", "Obuwie i odzież"),
        article: tr(
            l,
            "Fjord winter boots, black, size 38",
            "Fjord vinterstøvler, sorte, str. 38",
            "Kozaki zimowe Fjord, czarne, rozmiar 38",
        ),
        customer: tr(l, "Alice M.", "Åse B.", "Łucja Ź."),
        date: tr(l, "19 Oct 2026", "19.10.2026", "19.10.2026"),
        store: store(l).name,
    }
}

pub fn packing_slip(l: Locale) -> PackingSlip {
    let article = |series, name: String, serial: &str| Article {
        number: number(series),
        name,
        details: vec![
            row(&tr(l, "Serial number", "Serienummer", "Numer seryjny"), serial),
            row(
                &tr(l, "With it", "Tilbehør", "Akcesoria"),
                &tr(l, "charger, strap", "lader, reim", "ładowarka, pasek"),
            ),
        ],
    };
    PackingSlip {
        number: number(4230),
        url: url(4230),
        from: customer(l),
        to: service(l),
        valid_until: Some(tr(l, "17 Dec 2026", "17.12.2026", "17.12.2026")),
        articles: vec![
            article(4217, tr(l, "Hiking boot", "Fjellstøvel", "But trekkingowy"), "RND-42-0099812"),
            article(4218, tr(l, "Head torch", "Hodelykt", "Latarka czołowa"), "HL-400-7781"),
            article(4219, tr(l, "Sports watch", "Sportsklokke", "Zegarek sportowy"), "SW-9-00012345"),
        ],
        packing: Vec::new(),
    }
}

pub fn letter(l: Locale) -> Letter {
    let decision = decision(l);
    let paragraphs = [
        vec![tr(l, "Hello Ola,", "Hei Ola,", "Dzień dobry,"), decision.explanation],
        decision.further,
        vec![format!("{}\nNordlys Sko, Storgata", tr(l, "Kind regards", "Vennlig hilsen", "Pozdrawiamy"))],
    ];
    Letter {
        number: decision.number,
        url: decision.url,
        store: decision.store,
        customer: decision.customer,
        date: decision.date,
        subject: tr(
            l,
            "Complaint 26-004217-4: our answer – Nordlys Sko",
            "Reklamasjon 26-004217-4: svaret vårt – Nordlys Sko",
            "Reklamacja 26-004217-4: nasza odpowiedź – Nordlys Sko",
        ),
        paragraphs: paragraphs.concat(),
    }
}

pub fn decision(l: Locale) -> Decision {
    Decision {
        number: number(4217),
        url: url(4217),
        store: store(l),
        customer: customer(l),
        article: "Rondane GTX, 42".into(),
        filed: tr(l, "17 Oct 2026", "17.10.2026", "17.10.2026"),
        date: tr(l, "25 Oct 2026", "25.10.2026", "25.10.2026"),
        verdict: Verdict::Rejected,
        reason: tr(l, "Ordinary wear", "Normal slitasje", "Naturalne zużycie"),
        explanation: tr(
            l,
            "We have examined the shoes. The soles are worn evenly, and the glue has held.\nThe wear is that of about a year of daily use.",
            "Vi har undersøkt skoene. Sålene er jevnt slitt, og limet har holdt.\nSlitasjen svarer til omtrent et års daglig bruk.",
            "Zbadaliśmy buty. Podeszwy są równomiernie starte, a klej trzyma.\nZużycie odpowiada mniej więcej rokowi codziennego używania.",
        ),
        evidence: Some(tr(
            l,
            "Examination on 22 Oct 2026, four pictures",
            "Undersøkelse 22.10.2026, fire bilder",
            "Badanie z 22.10.2026, cztery zdjęcia",
        )),
        you_get: Some(tr(
            l,
            "New insoles, as a gesture",
            "Nye innleggssåler, på kulanse",
            "Nowe wkładki, w geście handlowym",
        )),
        next_step: Some(tr(
            l,
            "Collect the shoes in the store.",
            "Du kan hente skoene i butikken.",
            "Buty czekają na odbiór w sklepie.",
        )),
        further: vec![
            tr(
                l,
                "You can turn to a body for alternative dispute resolution, free of charge.",
                "Du kan klage til Forbrukertilsynet, postboks 2862 Kjørbekk, 3702 Skien, forbrukertilsynet.no.",
                "Możesz zwrócić się do Inspekcji Handlowej o pozasądowe rozwiązanie sporu.",
            ),
            tr(
                l,
                "We take part in such proceedings.",
                "Vi deltar i meklingen der.",
                "Zgadzamy się na udział w takim postępowaniu.",
            ),
        ],
        decided_by: tr(l, "Ruth Hale", "Ola Hansen", "Wojciech Żak"),
    }
}
