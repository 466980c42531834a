//! What every type asks (facts, 4a), in the order of a talk at the till: the thing and its fault, the purchase, the
//! customer, the demand, the hand-in, the pictures.

use super::make::{Text, choice, choices, empty, field, is, line, long, past, picture, section, text, yes_no};
use crate::Locale;
use crate::attachment::AttachmentKind;
use crate::form::schema::{Choice, Required, common};
use crate::form::{Field, FieldKind, Form, Section};

/// What a type adds.
#[derive(Default)]
pub(super) struct Extra {
    /// About the thing: size, model, serial number.
    pub article: Vec<Field>,
    /// About what is wrong with it and how it was used.
    pub complaint: Vec<Field>,
    /// About what was handed in and what may be done with it.
    pub hand_in: Vec<Field>,
    /// Keys of the shared fields that this type cannot do without.
    pub starred: &'static [&'static str],
}

pub(super) fn form(extra: Extra) -> Form {
    let mut purchase = purchase();
    // Where a parcel was damaged on its way, its delivery is asked for there.
    purchase.fields.retain(|field| extra.complaint.iter().all(|asked| asked.key != field.key));
    let mut sections = vec![
        article(extra.article),
        complaint(extra.complaint),
        purchase,
        customer(),
        demand(),
        hand_in(extra.hand_in),
        pictures(),
    ];
    for field in sections.iter_mut().flat_map(|section| &mut section.fields) {
        if extra.starred.contains(&field.key.as_str()) {
            field.required = Required::Always;
        }
    }
    Form { version: 1, sections }
}

const SERIAL: Text = ["Serial number", "Serienummer", "Numer seryjny"];

/// The shared serial number, for the types whose articles have one.
pub(super) fn serial() -> Field {
    field(common::SERIAL, SERIAL, FieldKind::Serial)
}

pub(super) fn supplier() -> Field {
    line(common::SUPPLIER, ["Supplier", "Leverandør", "Dostawca"])
}

fn article(extra: Vec<Field>) -> Section {
    let mut fields = vec![
        yes_no(common::SOLD, ["Is it a sold item?", "Er varen solgt?", "Czy towar został sprzedany?"])
            .starred()
            .help([
                "Unsold stock has no customer, so no letter is sent.",
                "En usolgt vare har ingen kunde, og det sendes ingen melding.",
                "Towar niesprzedany nie ma klienta, więc nie wysyłamy wiadomości.",
            ])
            .staff_only(),
        line(common::ARTICLE_NAME, ["Article name", "Varenavn", "Nazwa towaru"]).starred(),
        field(
            common::ARTICLE_NUMBER,
            ["EAN or article number", "EAN eller varenummer", "EAN lub numer artykułu"],
            FieldKind::Ean,
        )
        .help([
            "Scan the barcode or type the number.",
            "Skann strekkoden eller skriv nummeret.",
            "Zeskanuj kod kreskowy albo wpisz numer.",
        ]),
        line(common::BRAND, ["Brand", "Merke", "Marka"]),
        supplier().staff_only(),
    ];
    fields.extend(extra);
    section("article", ["Article", "Varen", "Towar"], fields)
}

fn complaint(extra: Vec<Field>) -> Section {
    let mut fields =
        vec![long(common::DESCRIPTION, ["Describe the fault", "Beskriv feilen", "Opis wady"]).starred().help([
            "What is wrong, where, and when does it show?",
            "Hva er feil, hvor, og når viser det seg?",
            "Co jest nie tak, w którym miejscu i kiedy się to objawia?",
        ])];
    fields.extend(extra);
    fields.push(past(common::DEFECT_DATE, ["Fault noticed on", "Feilen ble oppdaget", "Data zauważenia wady"]));
    section("complaint", ["What is wrong", "Hva er feil", "Na czym polega wada"], fields)
}

fn purchase() -> Section {
    let fields = vec![
        line(common::RECEIPT_NUMBER, ["Receipt number", "Kvitteringsnummer", "Numer paragonu lub faktury"])
            .starred_when(empty(common::RECEIPT_LATER)),
        field(
            common::RECEIPT_LATER,
            ["The receipt comes later", "Kvitteringen ettersendes", "Dowód zakupu zostanie dosłany"],
            FieldKind::Tick,
        ),
        past(common::PURCHASE_DATE, ["Purchase date", "Kjøpsdato", "Data zakupu"])
            .starred_when(empty(common::RECEIPT_LATER)),
        past(
            common::DELIVERY_DATE,
            [
                "Delivered on, if not the day of purchase",
                "Levert dato, hvis ikke kjøpsdagen",
                "Data dostawy, jeśli inna niż data zakupu",
            ],
        ),
        field(common::PRICE, ["Price paid", "Betalt pris", "Zapłacona cena"], FieldKind::Money { max_minor: None }),
    ];
    section("purchase", ["Purchase", "Kjøpet", "Zakup"], sold(fields))
}

fn customer() -> Section {
    let mut language =
        choice(common::CUSTOMER_LANGUAGE, ["Language of the letters", "Språk i meldingene", "Język wiadomości"], &[]);
    // A language is named in itself, whoever reads the list.
    let named = |l: Locale| Choice { key: super::key(l.tag()), label: text([l.name(); 3]) };
    language.kind = FieldKind::Choice { options: Locale::ALL.map(named).to_vec() };
    let fields = vec![
        line(common::CUSTOMER_NAME, ["Name", "Navn", "Imię i nazwisko"]).starred(),
        field(common::CUSTOMER_PHONE, ["Phone", "Telefon", "Telefon"], FieldKind::Phone),
        field(common::CUSTOMER_EMAIL, ["E-mail", "E-post", "E-mail"], FieldKind::Email)
            .starred_when(empty(common::CUSTOMER_PHONE))
            .help([
                "Needed if there is no phone number. The letters go here.",
                "Må fylles ut hvis det ikke er noe telefonnummer. Meldingene sendes hit.",
                "Wymagany, jeśli nie podano telefonu. Tu wysyłamy wiadomości.",
            ]),
        field(common::CUSTOMER_ADDRESS, ["Address", "Adresse", "Adres"], FieldKind::Address),
        language.staff_only(),
    ];
    section("customer", ["Customer", "Kunde", "Klient"], sold(fields))
}

fn demand() -> Section {
    let fields = vec![
        choice(
            common::DEMAND,
            ["Wanted solution", "Ønsket løsning", "Żądanie"],
            &[
                ("repair", ["Repair", "Retting (reparasjon)", "Naprawa"]),
                ("replacement", ["Replacement", "Omlevering (ny vare)", "Wymiana"]),
                ("price_reduction", ["Price reduction", "Prisavslag", "Obniżenie ceny"]),
                ("refund", ["Money back", "Heving (pengene tilbake)", "Odstąpienie od umowy, zwrot pieniędzy"]),
            ],
        ),
        field(
            "demand_amount",
            ["Wanted price reduction", "Ønsket prisavslag", "Oczekiwana obniżka"],
            FieldKind::Money { max_minor: None },
        ),
        choice(
            common::LEGAL_BASIS,
            ["Legal basis", "Grunnlag", "Podstawa"],
            &[
                (
                    "non_conformity",
                    ["Non-conformity with the contract", "Reklamasjon (mangel)", "Niezgodność towaru z umową"],
                ),
                ("guarantee", ["Manufacturer’s warranty", "Produsentens garanti", "Gwarancja producenta"]),
                ("store_guarantee", ["Store warranty", "Butikkens garanti", "Gwarancja sklepu"]),
                ("transport", ["Transport damage", "Transportskade", "Szkoda w transporcie"]),
                ("business", ["Business purchase", "Næringskjøp", "Rękojmia (zakup firmowy lub przed 2023 r.)"]),
            ],
        ),
    ];
    let mut fields = sold(fields);
    fields[1].shown_when = Some(is(common::DEMAND, "price_reduction"));
    section("demand", ["What the customer wants", "Hva kunden ønsker", "Czego oczekuje klient"], fields)
}

fn hand_in(extra: Vec<Field>) -> Section {
    let mut fields = vec![
        choice(
            "condition",
            ["Condition at hand-in", "Tilstand ved innlevering", "Stan przy przyjęciu"],
            &[
                ("as_new", ["As new", "Som ny", "Jak nowy"]),
                ("light", ["Light signs of use", "Lett brukt", "Lekkie ślady używania"]),
                ("worn", ["Clear signs of use", "Tydelig brukt", "Wyraźne ślady używania"]),
                ("damaged", ["Damaged", "Skadet", "Uszkodzony"]),
            ],
        )
        .staff_only(),
        choices(
            "handed_in",
            ["Handed in", "Innlevert", "Przyjęto"],
            &[
                ("item", ["The item", "Varen", "Towar"]),
                ("packaging", ["Original packaging", "Originalemballasje", "Oryginalne opakowanie"]),
                ("accessories", ["Accessories", "Tilbehør", "Akcesoria"]),
                ("receipt", ["Receipt", "Kvittering", "Dowód zakupu"]),
            ],
        )
        .staff_only(),
        line("loan_item", ["Loan item", "Låneprodukt", "Towar zastępczy"]).staff_only().help([
            "What the customer was lent until the case is settled.",
            "Det kunden har fått låne til saken er gjort opp.",
            "Co klient otrzymał do używania do czasu załatwienia sprawy.",
        ]),
    ];
    fields.extend(extra);
    section("hand_in", ["Hand-in", "Innlevering", "Przyjęcie towaru"], fields)
}

fn pictures() -> Section {
    let fields = vec![
        picture("picture_receipt", ["Receipt", "Kvittering", "Paragon lub faktura"], AttachmentKind::Receipt)
            .when(is(common::SOLD, "yes")),
        picture("picture_damage", ["Damage", "Skaden", "Uszkodzenie"], AttachmentKind::Damage),
        picture("picture_item", ["The whole item", "Hele varen", "Cały towar"], AttachmentKind::Item),
        picture("picture_label", ["Label", "Merkelapp", "Etykieta"], AttachmentKind::Label),
    ];
    section("pictures", ["Pictures", "Bilder", "Zdjęcia"], fields)
}

/// Unsold stock has neither a purchase nor a customer (E22).
fn sold(fields: Vec<Field>) -> Vec<Field> {
    fields.into_iter().map(|field| field.when(is(common::SOLD, "yes"))).collect()
}
