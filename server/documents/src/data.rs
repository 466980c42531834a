//! What a document is made of: plain data, in the customer's language where it is text.
//!
//! Every text is printed literally: nothing in it is markup, and characters that do something instead of showing
//! something (controls, direction marks) are left out. Dates and times come formatted. Templates see these fields by
//! these names.

use domain::Locale;
use domain::decision::Verdict;
use domain::number::Number;
use serde::Serialize;

/// How an organisation's documents look, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// As its signs say it.
    pub organisation: String,
    /// The seller's name in law, with its registration number if it wishes.
    pub legal_name: String,
    /// The legal address, a line each.
    pub address: Vec<String>,
    /// The language of the fixed words, and of the document as a screen reader is told it.
    pub locale: Locale,
    /// Red, green and blue. Drawn as a line alone, so that every document prints well in black and white.
    pub accent: [u8; 3],
    /// PNG, JPEG or SVG; the organisation's name stands where there is none, or one that [`crate::Press::check_logo`] refuses.
    pub logo: Option<Vec<u8>>,
}

/// Who, and where: the name on a line of its own, then the address, a phone number, an e-mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Address {
    pub name: String,
    pub lines: Vec<String>,
}

/// A question of the form and its answer. Line breaks in `value` are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    pub label: String,
    pub value: String,
}

/// Rows that belong together: the purchase, the article, the complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    pub heading: String,
    pub rows: Vec<Row>,
}

/// A picture of the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Photo {
    /// The small version; a box with words takes the place of what cannot be decoded.
    #[serde(skip)]
    pub jpeg: Vec<u8>,
    /// What it shows: its caption, and what a screen reader says. Empty: `Picture 3`.
    pub alt: String,
}

/// What the customer gets as proof of the complaint: `protokół reklamacji`, `reklamasjonskvittering`.
///
/// No country of ours prescribes a form; the fields are those of custom (the project's facts on law, section 2). What
/// the configurable form asks (receipt, purchase, price, defect, date discovered, remedy, condition, accessories, legal
/// basis) stands in `groups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Protocol {
    pub number: Number,
    /// The complaint type: `Shoes`.
    pub kind: String,
    pub store: Address,
    /// Name, address, phone and e-mail. `None` for goods that were never sold.
    pub customer: Option<Address>,
    /// Date and time of the customer's statement: the law counts from it.
    pub filed: String,
    /// Date and time at which we had it, or the goods, if that differs.
    pub received: Option<String>,
    pub reply_by: Option<String>,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    pub groups: Vec<Group>,
    pub photos: Vec<Photo>,
    /// That looking into what turns out to be no defect may cost; in Norway it can only be charged if said beforehand
    /// (forbrukerkjøpsloven § 30).
    pub fee_warning: Option<String>,
    pub privacy_notice: Option<String>,
}

/// What sticks on the parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Of the RMA, in type that is read across a storeroom.
    pub number: Number,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    /// The customer.
    pub from: Address,
    /// The store or the service.
    pub to: Address,
    pub valid_until: Option<String>,
    /// Which parcel this is of how many: 1 of 2.
    pub part: u16,
    pub parts: u16,
}

/// What sticks on the goods of a case while they lie in a storeroom. Whoever passes the shelf need not know more of the
/// customer than whoever looks for the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoodsLabel {
    /// Of the case, in type that is read across a shelf.
    pub number: Number,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    /// The complaint type: `Shoes`.
    pub kind: String,
    pub article: String,
    /// Short: `Kari N.`; empty for goods that were never sold.
    pub customer: String,
    /// The day of the case's registration.
    pub date: String,
    pub store: String,
}

/// What labels are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 105 × 148 mm, one label a page.
    A6,
    /// A continuous roll of 62 mm, one label a page, as long as it needs.
    Roll62,
    /// 210 × 297 mm: four parcel labels a page, with marks to cut along; twenty-four labels for goods, as sheets of 70 × 37 mm
    /// stickers have them.
    A4,
}

impl Paper {
    pub const ALL: [Self; 3] = [Self::A6, Self::Roll62, Self::A4];

    /// In addresses, and as the label's template is told it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::A6 => "a6",
            Self::Roll62 => "roll62",
            Self::A4 => "a4",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.key() == key)
    }
}

/// An article in the parcel, and the case that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Article {
    pub number: Number,
    pub name: String,
    /// Serial number, size, accessories, condition: what the storeroom compares.
    pub details: Vec<Row>,
}

/// What lies in the parcel, on top of the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackingSlip {
    /// Of the RMA; a collective one has several articles.
    pub number: Number,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    pub from: Address,
    pub to: Address,
    pub valid_until: Option<String>,
    pub articles: Vec<Article>,
    /// The organisation's own steps of packing, in place of ours if there are any.
    pub packing: Vec<String>,
}

/// A letter to the customer, word for word as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub number: Number,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    pub store: Address,
    /// Whom it is written to.
    pub customer: Address,
    /// When it was written.
    pub date: String,
    pub subject: String,
    /// Line breaks within one are kept.
    pub paragraphs: Vec<String>,
}

/// What the organisation answers to the complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    pub number: Number,
    /// What the QR code holds: at most 2331 bytes.
    pub url: String,
    pub store: Address,
    /// Whom it is written to.
    pub customer: Address,
    pub article: String,
    /// When the complaint was filed and when it is answered.
    pub filed: String,
    pub date: String,
    pub verdict: Verdict,
    pub reason: String,
    pub explanation: String,
    /// What the answer rests on: an inspection, an expert, pictures.
    pub evidence: Option<String>,
    /// The remedy, with its amount if it has one.
    pub you_get: Option<String>,
    pub next_step: Option<String>,
    /// How to complain further: the body for dispute resolution and our statement on it, a paragraph each. A rejection
    /// has to have it (directive 2013/11/EU, art. 13(3); in Poland art. 32 of the act of 23 September 2016).
    pub further: Vec<String>,
    /// Whose name stands under the line for the signature.
    pub decided_by: String,
}
