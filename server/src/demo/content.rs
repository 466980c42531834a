//! What the demo chain is made of: people, articles and what goes wrong with them, in three languages.

use domain::Locale;
use domain::attachment::AttachmentKind;

/// A store of the demo chain: code, name, address, language, country, zone, phone.
pub(super) struct DemoStore {
    pub code: &'static str,
    pub name: &'static str,
    pub address: &'static str,
    pub phone: &'static str,
    pub locale: Locale,
    pub country: &'static str,
    pub zone: &'static str,
}

pub(super) const STORES: [DemoStore; 4] = [
    DemoStore {
        code: "OSLO",
        name: "Oslo Storgata",
        address: "Storgata 12\n0184 Oslo",
        phone: "+4722334455",
        locale: Locale::Nb,
        country: "NO",
        zone: "Europe/Oslo",
    },
    DemoStore {
        code: "BERGEN",
        name: "Bergen Torgallmenningen",
        address: "Torgallmenningen 4\n5014 Bergen",
        phone: "+4755667788",
        locale: Locale::Nb,
        country: "NO",
        zone: "Europe/Oslo",
    },
    DemoStore {
        code: "KRAKOW",
        name: "Kraków Floriańska",
        address: "ul. Floriańska 18\n31-021 Kraków",
        phone: "+48123456789",
        locale: Locale::Pl,
        country: "PL",
        zone: "Europe/Warsaw",
    },
    DemoStore {
        code: "GDANSK",
        name: "Gdańsk Długa",
        address: "ul. Długa 5\n80-827 Gdańsk",
        phone: "+48587654321",
        locale: Locale::Pl,
        country: "PL",
        zone: "Europe/Warsaw",
    },
];

/// Login, name, role key, language, codes of their stores.
pub(super) const STAFF: [(&str, &str, &str, Locale, &[&str]); 8] = [
    ("ada", "Ada Nordby", "admin", Locale::En, &["OSLO", "BERGEN", "KRAKOW", "GDANSK"]),
    ("hans", "Hans Solberg", "handler", Locale::Nb, &["OSLO", "BERGEN"]),
    ("helena", "Helena Wójcik", "handler", Locale::Pl, &["KRAKOW", "GDANSK"]),
    ("kari", "Kari Lund", "clerk", Locale::Nb, &["OSLO"]),
    ("jonas", "Jonas Berg", "clerk", Locale::Nb, &["BERGEN"]),
    ("kasia", "Kasia Nowak", "clerk", Locale::Pl, &["KRAKOW"]),
    ("piotr", "Piotr Zieliński", "clerk", Locale::Pl, &["GDANSK"]),
    ("emma", "Emma Clarke", "clerk", Locale::En, &["OSLO"]),
];

/// A kind of complaint as it happens: article, brand, EAN, price in minor units, what the customer says, pictures.
pub(super) struct Story {
    pub type_key: &'static str,
    pub article: [&'static str; 3],
    pub brand: &'static str,
    pub ean: &'static str,
    pub price: i64,
    pub description: [&'static str; 3],
    pub pictures: &'static [(AttachmentKind, &'static [u8])],
}

impl Story {
    pub fn text(texts: &[&'static str; 3], locale: Locale) -> &'static str {
        match locale {
            Locale::En => texts[0],
            Locale::Nb => texts[1],
            Locale::Pl => texts[2],
        }
    }
}

macro_rules! picture {
    ($kind:ident, $name:literal) => {
        (AttachmentKind::$kind, include_bytes!(concat!("../../demo/", $name, ".jpg")).as_slice())
    };
}

pub(super) const STORIES: [Story; 10] = [
    Story {
        type_key: "shoes",
        article: ["Rondane hiking boots", "Fjellsko Rondane", "Buty trekkingowe Rondane"],
        brand: "Fjellvik",
        ean: "7020520001236",
        price: 189_900,
        description: [
            "The sole of the left boot comes off at the toe after four walks in the forest.",
            "Sålen på venstre sko løsner foran etter fire turer i skogen.",
            "Podeszwa lewego buta odkleja się z przodu po czterech wycieczkach do lasu.",
        ],
        pictures: &[picture!(Damage, "damage-shoe"), picture!(Item, "item-shoe")],
    },
    Story {
        type_key: "shoes",
        article: ["Ålesund trainers", "Joggesko Ålesund", "Buty sportowe Ålesund"],
        brand: "Løpa",
        ean: "7020520004565",
        price: 129_900,
        description: [
            "The lining at the heel has worn through in six weeks of everyday use.",
            "Fôret ved hælen er slitt hull i etter seks uker til hverdags.",
            "Podszewka przy pięcie przetarła się po sześciu tygodniach codziennego noszenia.",
        ],
        pictures: &[picture!(Damage, "damage-shoe")],
    },
    Story {
        type_key: "clothing",
        article: ["Vidda rain jacket", "Regnjakke Vidda", "Kurtka przeciwdeszczowa Vidda"],
        brand: "Norrvind",
        ean: "7020520007894",
        price: 129_900,
        description: [
            "The zip opens from below when the jacket is closed. It began in the second week.",
            "Glidelåsen åpner seg nedenfra når jakken er lukket. Det begynte den andre uken.",
            "Zamek rozchodzi się od dołu przy zapiętej kurtce. Zaczęło się w drugim tygodniu.",
        ],
        pictures: &[picture!(Damage, "damage-jacket"), picture!(Item, "item-jacket")],
    },
    Story {
        type_key: "electronics",
        article: ["Stjerne 5 phone", "Mobiltelefon Stjerne 5", "Telefon Stjerne 5"],
        brand: "Stjerne",
        ean: "7020520010115",
        price: 549_000,
        description: [
            "The glass cracked by itself in the pocket, from the camera downwards.",
            "Glasset sprakk av seg selv i lommen, fra kameraet og nedover.",
            "Szkło pękło samo w kieszeni, od aparatu w dół.",
        ],
        pictures: &[picture!(Damage, "damage-phone"), picture!(Item, "item-phone")],
    },
    Story {
        type_key: "appliances",
        article: ["Stål kettle 1.7 l", "Vannkoker Stål 1,7 l", "Czajnik Stål 1,7 l"],
        brand: "Kjøk",
        ean: "7020520013451",
        price: 69_900,
        description: [
            "It leaks at the bottom and there is rust around the base.",
            "Den lekker i bunnen, og det er rust rundt foten.",
            "Przecieka przy dnie, a wokół podstawy pojawiła się rdza.",
        ],
        pictures: &[picture!(Damage, "damage-kettle"), picture!(Item, "item-kettle")],
    },
    Story {
        type_key: "furniture",
        article: ["Lofoten chair, oak", "Stol Lofoten, eik", "Krzesło Lofoten, dąb"],
        brand: "Tre & Tind",
        ean: "7020520016780",
        price: 249_900,
        description: [
            "A back leg split along the grain while somebody sat on it.",
            "Et bakben sprakk langs fibrene mens noen satt på stolen.",
            "Tylna noga pękła wzdłuż słojów, gdy ktoś siedział na krześle.",
        ],
        pictures: &[picture!(Damage, "damage-chair"), picture!(Item, "item-chair")],
    },
    Story {
        type_key: "jewellery",
        article: ["Nordlys ring, 14 ct gold", "Ring Nordlys, 14 karat gull", "Pierścionek Nordlys, złoto 585"],
        brand: "Gullsmie",
        ean: "7020520019118",
        price: 899_000,
        description: [
            "The stone fell out on the second day; it has not been found.",
            "Steinen falt ut den andre dagen, og er ikke funnet igjen.",
            "Kamień wypadł drugiego dnia i nie został odnaleziony.",
        ],
        pictures: &[picture!(Damage, "damage-ring"), picture!(Item, "item-ring")],
    },
    Story {
        type_key: "sports",
        article: ["Turbo tent, 3 persons", "Telt Turbo, 3 personer", "Namiot Turbo, 3-osobowy"],
        brand: "Fjellvik",
        ean: "7020520022347",
        price: 349_900,
        description: [
            "A pole broke in light wind on the first night.",
            "En stang knakk i lett vind den første natten.",
            "Pałąk złamał się przy lekkim wietrze pierwszej nocy.",
        ],
        pictures: &[],
    },
    Story {
        type_key: "child",
        article: ["Bamse pushchair", "Barnevogn Bamse", "Wózek dziecięcy Bamse"],
        brand: "Bamse",
        ean: "7020520025676",
        price: 599_900,
        description: [
            "The brake on the right wheel no longer holds on a slope.",
            "Bremsen på høyre hjul holder ikke lenger i bakke.",
            "Hamulec prawego koła nie trzyma już na pochyłości.",
        ],
        pictures: &[],
    },
    Story {
        type_key: "other",
        article: ["Thermos flask 0.75 l", "Termos 0,75 l", "Termos 0,75 l"],
        brand: "Varm",
        ean: "7020520028905",
        price: 39_900,
        description: [
            "It no longer keeps warm: the tea is cold after an hour.",
            "Den holder ikke lenger varmen: teen er kald etter en time.",
            "Nie trzyma już ciepła: herbata jest zimna po godzinie.",
        ],
        pictures: &[picture!(Item, "item-kettle")],
    },
];

pub(super) const RECEIPTS_NB: [(AttachmentKind, &[u8]); 2] =
    [picture!(Receipt, "receipt-nb-1"), picture!(Receipt, "receipt-nb-2")];
pub(super) const RECEIPTS_PL: [(AttachmentKind, &[u8]); 2] =
    [picture!(Receipt, "receipt-pl-1"), picture!(Receipt, "receipt-pl-2")];

pub(super) const FIRST_NB: [&str; 16] = [
    "Ingrid", "Nora", "Emma", "Sofie", "Anne", "Kristin", "Marit", "Sigrid", "Lars", "Olav", "Erik", "Magnus", "Bjørn",
    "Øyvind", "Håkon", "Sindre",
];
pub(super) const LAST_NB: [&str; 16] = [
    "Hansen",
    "Johansen",
    "Olsen",
    "Larsen",
    "Andersen",
    "Pedersen",
    "Nilsen",
    "Kristiansen",
    "Bakken",
    "Haugen",
    "Strand",
    "Lie",
    "Moen",
    "Sørensen",
    "Bråten",
    "Ødegård",
];
pub(super) const FIRST_PL: [&str; 16] = [
    "Anna",
    "Katarzyna",
    "Małgorzata",
    "Agnieszka",
    "Joanna",
    "Zofia",
    "Maja",
    "Łucja",
    "Jan",
    "Piotr",
    "Krzysztof",
    "Andrzej",
    "Tomasz",
    "Paweł",
    "Łukasz",
    "Stanisław",
];
pub(super) const LAST_PL: [&str; 16] = [
    "Nowak",
    "Wiśniewska",
    "Kowalczyk",
    "Kamiński",
    "Lewandowska",
    "Zieliński",
    "Szymański",
    "Woźniak",
    "Dąbrowska",
    "Kozłowski",
    "Jankowska",
    "Mazur",
    "Wójcik",
    "Krawczyk",
    "Piotrowska",
    "Żółkiewski",
];

/// What a handler writes with an approval and with a rejection, and the note beside it.
pub(super) const APPROVAL: [&str; 3] = [
    "We see a fault in the material. Come to the store with your number, and you get a new one.",
    "Vi ser en feil i materialet. Kom innom butikken med saksnummeret, så får du en ny.",
    "Stwierdziliśmy wadę materiału. Prosimy zgłosić się do sklepu z numerem zgłoszenia, a otrzymają Państwo nowy produkt.",
];
pub(super) const REJECTION: [&str; 3] = [
    "The marks come from ordinary use over time. We find no fault in material or workmanship.",
    "Merkene kommer av vanlig bruk over tid. Vi finner ingen feil i materiale eller utførelse.",
    "Ślady wynikają ze zwykłego użytkowania. Nie stwierdziliśmy wady materiału ani wykonania.",
];
pub(super) const QUESTION: [&str; 3] = [
    "Could you send us a picture of the receipt and one of the damage from the side?",
    "Kan du sende oss et bilde av kvitteringen og ett av skaden fra siden?",
    "Czy mogliby Państwo przesłać zdjęcie paragonu oraz zdjęcie uszkodzenia z boku?",
];
/// By home, in the order of [`domain::phase::Waiting`]; the customer and the goods are known to the case.
pub(super) const WAITS_FOR: [[&str; 5]; 3] = [
    ["", "", "Northern Footwear Ltd", "Cobbler & Sons", "Textile Institute"],
    ["", "", "Nordisk Skotøy AS", "Skomaker Lie", "Tekstilinstituttet"],
    ["", "", "Nowak Obuwie", "Szewc Kowalski", "Instytut Włókiennictwa"],
];

pub(super) const OWN_NOTE: [&str; 3] = [
    "Third one of this batch this month. Ask the supplier about it.",
    "Den tredje fra dette partiet denne måneden. Spør leverandøren.",
    "Trzecia sztuka z tej partii w tym miesiącu. Zapytać dostawcę.",
];
pub(super) const COMMENT: [&str; 3] = [
    "The customer sends the receipt by e-mail.",
    "Kunden ettersender kjøpsbevis på mail.",
    "Klient dośle dowód zakupu e-mailem.",
];
