//! What Redress ships with: the thirteen complaint types with their forms, the outcomes and the reasons (facts, 4).
//!
//! An organisation starts with these and changes them; nothing else in the code knows a type, an outcome or a reason.

mod devices;
mod goods;
mod lists;
mod make;
mod others;
mod shared;

pub use lists::{Remedy, causes, outcomes, reasons, remedy, supplier_answers};

use crate::deadline::regimes::GoodsKind;
use crate::form::{Answers, Form, schema::common};
use crate::id::Key;
use crate::{Locale, Localized};
use make::{Text, key, text};
use serde::{Deserialize, Serialize};
use shared::Extra;

/// What kind of thing is complained about: decides the form and the promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintType {
    pub key: Key,
    pub name: Localized,
    /// The picture on its card, by the name of its drawing: the type's own key for those that we ship.
    pub icon: String,
    pub form: Form,
    /// The outcome offered first when the case is settled.
    pub default_outcome: Option<Key>,
    /// Days in which the organisation means to decide; its own target, never the law's.
    pub target_days: u16,
    /// As the law tells goods apart (NO fkjl § 27: five years for what is meant to last).
    pub goods: GoodsKind,
}

/// The thirteen types, in the order of their cards.
pub fn types() -> Vec<ComplaintType> {
    vec![
        goods::shoes(),
        goods::clothing(),
        goods::sports(),
        devices::electronics(),
        devices::appliances(),
        devices::furniture(),
        goods::jewellery(),
        goods::glasses(),
        others::child(),
        devices::garden(),
        others::food(),
        others::transport(),
        others::other(),
    ]
}

/// What a new case's form begins with: most cases are about a sold article, and the customer speaks the store's language.
pub fn first_answers(store: Locale) -> Answers {
    let mut answers = Answers::default();
    answers.set(common::SOLD, "yes");
    answers.set(common::CUSTOMER_LANGUAGE, store.tag());
    answers
}

fn complaint_type(name: &str, title: Text, outcome: Option<&str>, target_days: u16, extra: Extra) -> ComplaintType {
    ComplaintType {
        key: key(name),
        name: text(title),
        icon: name.to_owned(),
        form: shared::form(extra),
        default_outcome: outcome.map(key),
        target_days,
        goods: match name {
            "electronics" | "appliances" | "furniture" | "garden" | "jewellery" | "child" => GoodsKind::Durable,
            _ => GoodsKind::Ordinary,
        },
    }
}

#[cfg(test)]
mod tests;
