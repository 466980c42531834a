//! What ShipX complains about.

use crate::http::{Again, Answer, Mishap};
use crate::inpost::state;
use crate::{Fault, Field, Part, Secret, State, fault};
use serde::Deserialize;
use serde_json::Value;

/// `{"status": 400, "error": "validation_failed", "message": "…", "details": {…}}`
/// (<https://docs.inpost24.com/pages/viewpage.action?pageId=12091523> has one in full).
///
/// `details` of a validation nest: `{"receiver": [{"email": ["invalid"]}], "custom_attributes": [{"target_point":
/// ["does_not_exist"]}]}`.
#[derive(Deserialize)]
struct Complaint {
    error: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Value,
}

/// Some complaints come with HTTP 200 and other names (the SDK's `ErrorProcessor`).
#[derive(Deserialize)]
struct Hidden {
    status: u16,
    key: String,
    error: String,
}

/// The answer itself if it is no complaint.
/// `again` is the request's: a fault of ShipX's own says nothing of what it did.
pub(super) fn look(answer: Answer, again: Again, secrets: &[&Secret]) -> Result<Answer, Fault> {
    if answer.status.is_success() {
        return match hidden(&answer) {
            Some(hidden) => Err(by_status(&hidden, again, secrets)),
            None => Ok(answer),
        };
    }
    let Some(complaint) = complaint(&answer) else {
        return Err(Fault::refused(answer.said(secrets)));
    };
    if complaint.error == "invalid_action" && waits(&complaint.details) {
        return Err(Fault::NotReady { detail: fault::clean(&complaint.message, secrets) });
    }
    // "The resource was not found" of a shipment that exists means another organisation's token.
    let mut leaves = Vec::new();
    flatten(&complaint.details, &mut Vec::new(), &mut leaves);
    let words: Vec<String> = leaves.iter().map(|(path, word)| format!("{}: {word}", path.join("."))).collect();
    let said = format!("{} {} {}", complaint.error, complaint.message, words.join(", "));
    Err(Fault::Refused { said: fault::clean(&said, secrets), field: leaves.iter().find_map(|(path, _)| field(path)) })
}

pub(super) fn is_not_found(answer: &Answer) -> bool {
    answer.status.as_u16() == 404 || hidden(answer).is_some_and(|hidden| hidden.status == 404)
}

/// The status that forbids an action, where the complaint says so.
pub(super) fn status_of_shipment(answer: &Answer) -> Option<String> {
    let complaint = complaint(answer).filter(|complaint| complaint.error == "invalid_action")?;
    Some(complaint.details.get("shipment_status")?.as_str()?.to_owned())
}

fn complaint(answer: &Answer) -> Option<Complaint> {
    if answer.status.is_success() { None } else { answer.json().ok() }
}

fn hidden(answer: &Answer) -> Option<Hidden> {
    // A label is no JSON, and may be long.
    let object = answer.body.first() == Some(&b'{');
    if object { answer.json().ok().filter(|hidden: &Hidden| hidden.status >= 400) } else { None }
}

fn by_status(hidden: &Hidden, again: Again, secrets: &[&Secret]) -> Fault {
    let said = fault::clean(&format!("{} {}", hidden.key, hidden.error), secrets);
    match hidden.status {
        401 | 403 => Fault::Unauthorised { detail: said },
        429 => Fault::Unavailable { detail: said, after: None },
        500.. => Mishap::Lost(said).fault(again),
        _ => Fault::refused(said),
    }
}

/// A label is asked, or a courier ordered, before ShipX has bought the shipment
/// (<https://dokumentacja-inpost.atlassian.net/wiki/spaces/PL/pages/18153509>). Where it does not say which status
/// forbids it, that is the documented reason.
fn waits(details: &Value) -> bool {
    let action = details.get("action").and_then(Value::as_str);
    match details.get("shipment_status").and_then(Value::as_str) {
        Some(status) => state(status) == State::Pending && action != Some("cancel"),
        None => action != Some("cancel"),
    }
}

type Leaf<'a> = (Vec<&'a str>, &'a str);

fn flatten<'a>(value: &'a Value, path: &mut Vec<&'a str>, leaves: &mut Vec<Leaf<'a>>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push(name);
                flatten(value, path, leaves);
                path.pop();
            }
        }
        Value::Array(items) => items.iter().for_each(|item| flatten(item, path, leaves)),
        Value::String(word) => leaves.push((path.clone(), word)),
        _ => {}
    }
}

fn field(path: &[&str]) -> Option<Field> {
    let part = match *path.last()? {
        "first_name" | "last_name" | "company_name" | "name" => Part::Name,
        "street" | "building_number" | "line1" | "line2" => Part::Street,
        "post_code" => Part::Postcode,
        "city" => Part::City,
        "country_code" => Part::Country,
        "phone" | "phone_number" => Part::Phone,
        "email" => Part::Email,
        _ => Part::Whole,
    };
    match *path.first()? {
        "sender" => Some(Field::Sender(part)),
        "receiver" => Some(Field::Receiver(part)),
        "parcels" => Some(Field::Parcels),
        "service" | "custom_attributes" | "sending_method" | "is_return" | "target_point" | "dropoff_point" => {
            Some(Field::Service)
        }
        // Of a dispatch order, whose address and person stand at the top.
        "address" | "name" | "phone" | "email" => Some(Field::Pickup(part)),
        "organization" | "organization_id" => Some(Field::Account),
        _ => None,
    }
}
