//! What a complaint type asks.

use crate::Localized;
use crate::attachment::AttachmentKind;
use crate::id::Key;
use serde::{Deserialize, Serialize};

/// The questions of a complaint type. A case keeps the version it was filled in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    pub version: u32,
    /// In the order shown.
    pub sections: Vec<Section>,
}

impl Form {
    /// Every field, in the order shown.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of that key, if this version of the form has it.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key.as_str() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub key: Key,
    pub title: Localized,
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Unique in the form. Keys named in [`common`] have a meaning beyond the form: they fill the case's own columns.
    pub key: Key,
    pub label: Localized,
    #[serde(default)]
    pub help: Localized,
    pub kind: FieldKind,
    #[serde(default)]
    pub required: Required,
    /// Shown, and checked, only then. Looks at an earlier field.
    #[serde(default)]
    pub shown_when: Option<Condition>,
    /// Customers who file from home are not asked it.
    #[serde(default)]
    pub staff_only: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    #[default]
    No,
    Always,
    When(Condition),
}

/// Looks at another field's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub field: Key,
    pub is: Test,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// One of these values (a choice's keys, or `yes` / `no`).
    OneOf(Vec<String>),
    /// None of these values; an empty answer is none of them.
    NoneOf(Vec<String>),
    Filled,
    Empty,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line. `max` in characters.
    Text {
        #[serde(default)]
        max: Option<u32>,
    },
    LongText {
        #[serde(default)]
        max: Option<u32>,
    },
    /// A decimal number with at most `decimals` digits behind the comma; bounds are in units of the last of them.
    Number {
        #[serde(default)]
        decimals: u8,
        #[serde(default)]
        min: Option<i64>,
        #[serde(default)]
        max: Option<i64>,
        #[serde(default)]
        unit: Localized,
    },
    /// In the organisation's currency, in its minor unit.
    Money {
        #[serde(default)]
        max_minor: Option<i64>,
    },
    /// A civil date; bounds are days from today, `Some(0)` as `latest` forbids the future.
    Date {
        #[serde(default)]
        earliest: Option<i32>,
        #[serde(default)]
        latest: Option<i32>,
    },
    Choice {
        options: Vec<Choice>,
    },
    /// Several of them.
    Choices {
        options: Vec<Choice>,
    },
    YesNo,
    /// A single tick: `yes` or empty.
    Tick,
    Email,
    Phone,
    /// EAN-13, UPC-A or GTIN-14 with its check digit, or an own article number: see [`crate::ean::article`].
    Ean,
    /// Serial number, free, or IMEI with its check digit: see [`crate::ean::serial`].
    Serial,
    /// Several lines: street, postcode and town.
    Address,
    /// Pictures of that kind; required means at least one, in the end: a case is saved before it has any (E6).
    Picture {
        kind: AttachmentKind,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub key: Key,
    pub label: Localized,
}

/// Keys of the fields that every type shares (facts, 4a) and that the case itself, its letters and its search know.
pub mod common {
    /// Yes or no: was it sold? Unsold stock has no customer, and no letter goes out (E22).
    pub const SOLD: &str = "sold";
    pub const CUSTOMER_NAME: &str = "customer_name";
    pub const CUSTOMER_EMAIL: &str = "customer_email";
    pub const CUSTOMER_PHONE: &str = "customer_phone";
    /// A [`crate::contact::Medium`] by its key: what the letters come by. See [`super::super::reached`].
    pub const CUSTOMER_MEDIUM: &str = "customer_medium";
    pub const CUSTOMER_ADDRESS: &str = "customer_address";
    /// `en`, `nb` or `pl`: the language of the letters.
    pub const CUSTOMER_LANGUAGE: &str = "customer_language";
    /// Free text such as "000" is taken (E13).
    pub const RECEIPT_NUMBER: &str = "receipt_number";
    /// A tick that makes the receipt number unnecessary.
    pub const RECEIPT_LATER: &str = "receipt_later";
    pub const PURCHASE_DATE: &str = "purchase_date";
    /// When the goods reached the customer, if not at the purchase: the law counts from it.
    pub const DELIVERY_DATE: &str = "delivery_date";
    pub const PRICE: &str = "price";
    pub const ARTICLE_NAME: &str = "article_name";
    pub const ARTICLE_NUMBER: &str = "article_number";
    pub const BRAND: &str = "brand";
    pub const SUPPLIER: &str = "supplier";
    pub const SERIAL: &str = "serial";
    pub const DEFECT_DATE: &str = "defect_date";
    /// Why dates are right that can hardly be: see [`super::super::asking_odd_dates`].
    pub const ODD_DATES: &str = "odd_dates";
    pub const DESCRIPTION: &str = "description";
    pub const DEMAND: &str = "demand";
    pub const LEGAL_BASIS: &str = "legal_basis";
}
