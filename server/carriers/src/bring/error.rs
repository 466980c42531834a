//! What Bring complains about.

use crate::bring::wire;
use crate::http::Answer;
use crate::{Fault, Field, Part, Secret, fault};
use serde::Deserialize;

/// Errors stand beside a consignment or at the top: `{"uniqueId": "…", "code": "BOOK-INPUT-014-SENDER", "messages":
/// [{"lang": "en", "message": "…"}]}` (the page's section on error handling).
#[derive(Deserialize)]
struct Complaints {
    #[serde(default)]
    errors: Option<Vec<Complaint>>,
    #[serde(default)]
    consignments: Option<Vec<OfConsignment>>,
}

#[derive(Deserialize)]
struct OfConsignment {
    #[serde(default)]
    errors: Option<Vec<Complaint>>,
}

#[derive(Deserialize)]
struct Complaint {
    #[serde(default)]
    code: String,
    #[serde(default)]
    messages: Vec<Message>,
    #[serde(default)]
    message: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    message: String,
}

/// Whatever the status, an answer that names what is wrong with the request has booked nothing.
pub(super) fn look(answer: &Answer, secrets: &[&Secret]) -> Result<(), Fault> {
    let Ok(complaints) = answer.json::<Complaints>() else { return Ok(()) };
    let all: Vec<Complaint> = complaints
        .errors
        .into_iter()
        .chain(complaints.consignments.into_iter().flatten().filter_map(|consignment| consignment.errors))
        .flatten()
        .collect();
    if all.is_empty() {
        return Ok(());
    }
    let said = fault::clean(&all.iter().map(Complaint::words).collect::<Vec<_>>().join("; "), secrets);
    let codes = || all.iter().map(|complaint| normal(&complaint.code));
    if codes().any(|code| code.contains("-AUTHORIZATION-") || code.contains("-AUTHENTICATION-")) {
        return Err(Fault::Unauthorised { detail: said });
    }
    // "A required external service is unavailable", and "an unexpected error", after which anything may be.
    if codes().any(|code| code.ends_with("-INTERNAL-002")) {
        return Err(Fault::Unavailable { detail: said, after: None });
    }
    if codes().any(|code| code.contains("-INTERNAL-")) {
        return Err(Fault::Unclear { detail: said });
    }
    Err(Fault::Refused { said, field: codes().find_map(|code| field(&code)) })
}

/// <https://developer.bring.com/api/tracking/>: 404 is not found, 503 too many requests.
pub(super) fn tracking(complaint: &wire::TrackingError, secrets: &[&Secret]) -> Fault {
    let said = fault::clean(&format!("{} {}", complaint.code, complaint.message), secrets);
    match complaint.code {
        401 | 403 => Fault::Unauthorised { detail: said },
        429 | 500.. => Fault::Unavailable { detail: said, after: None },
        _ => Fault::refused(said),
    }
}

impl Complaint {
    fn words(&self) -> String {
        let messages = self.messages.iter().map(|message| message.message.as_str()).chain(self.message.as_deref());
        format!("{} {}", self.code, messages.collect::<Vec<_>>().join(" "))
    }
}

/// Some of the list's codes are written `BOOK_INPUT-057`.
fn normal(code: &str) -> String {
    code.replacen('_', "-", 1)
}

type OfPart = fn(Part) -> Field;

/// After `GET /booking/api/errors`; codes that are about a party end with whose it is.
fn field(code: &str) -> Option<Field> {
    let (code, party): (&str, Option<OfPart>) = match (code.strip_suffix("-SENDER"), code.strip_suffix("-RECIPIENT")) {
        (Some(code), _) => (code, Some(Field::Sender)),
        (_, Some(code)) => (code, Some(Field::Receiver)),
        _ => (code, None),
    };
    let of_party = |part: Part| party.map(|party| party(part));
    match code {
        "BOOK-INPUT-006" => Some(Field::Sender(Part::Whole)),
        "BOOK-INPUT-007" => Some(Field::Receiver(Part::Whole)),
        "BOOK-INPUT-014" => of_party(Part::Name),
        "BOOK-INPUT-015" => of_party(Part::Street),
        "BOOK-INPUT-016" => of_party(Part::City),
        "BOOK-INPUT-017" | "BOOK-INPUT-028" => of_party(Part::Country),
        "BOOK-INPUT-057" => of_party(Part::Postcode),
        "BOOK-INPUT-072" | "BOOK-VALIDATION-011" => Some(Field::Receiver(Part::Phone)),
        "BOOK-INPUT-002" | "BOOK-INPUT-009" | "BOOK-INPUT-011" | "BOOK-INPUT-013" | "BOOK-INPUT-023"
        | "BOOK-INPUT-032" | "PICKUP-INPUT-008" | "PICKUP-INPUT-009" => Some(Field::Parcels),
        "BOOK-INPUT-019"
        | "BOOK-INPUT-021"
        | "BOOK-INPUT-029"
        | "BOOK-INPUT-043"
        | "BOOK-VALIDATION-009"
        | "BOOK-VALIDATION-010"
        | "PICKUP-INPUT-004" => Some(Field::Account),
        "BOOK-INPUT-008" | "BOOK-INPUT-018" | "BOOK-INPUT-020" | "BOOK-INPUT-022" | "BOOK-INPUT-024"
        | "BOOK-INPUT-025" | "BOOK-INPUT-027" | "BOOK-INPUT-070" => Some(Field::Service),
        "PICKUP-INPUT-002" => Some(Field::Pickup(Part::Postcode)),
        "PICKUP-INPUT-010" => Some(Field::Pickup(Part::Country)),
        "PICKUP-INPUT-005" | "PICKUP-INPUT-006" | "PICKUP-INPUT-007" | "PICKUP-INPUT-013" => Some(Field::PickupDate),
        _ => None,
    }
}
