//! What hangs on a case: events, notes, letters, messages and pictures, in one reading.

use super::book::{flag, id, keyed, optional_id};
use super::cases::Decided;
use super::error::Result;
use super::papers::Handed;
use domain::contact::{Medium, Recipient};
use domain::event::EventKind;
use domain::id::{AttachmentId, CaseId, EventId, StaffId};
use domain::letter::Template;
use domain::paper::Handover;
use sqlx::{AnyConnection, Row};

/// What hangs on a case, as one reading gives it.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    pub events: Vec<EventRow>,
    pub notes: Vec<NoteRow>,
    pub letters: Vec<LetterRow>,
    pub messages: Vec<MessageRow>,
    pub attachments: Vec<AttachmentRow>,
    /// Every decision, the first first.
    pub decisions: Vec<Decided>,
    pub papers: Vec<PaperRow>,
}

/// A letter on paper, as lists show it.
#[derive(Clone, Debug)]
pub struct PaperRow {
    pub id: domain::id::PaperId,
    pub letter: Option<domain::id::LetterId>,
    pub template: Template,
    pub subject: String,
    pub at: i64,
    pub to_print: bool,
    pub handed: Option<Handed>,
}

#[derive(Clone, Debug)]
pub struct EventRow {
    pub id: EventId,
    pub by: Option<StaffId>,
    pub at: i64,
    pub what: EventKind,
}

#[derive(Clone, Debug)]
pub struct NoteRow {
    pub id: domain::id::NoteId,
    pub by: StaffId,
    pub at: i64,
    pub own: bool,
    pub body: String,
}

#[derive(Clone, Debug)]
pub struct LetterRow {
    pub id: domain::id::LetterId,
    pub template: domain::letter::Template,
    pub to: Recipient,
    /// An SMS has none: its text.
    pub subject: String,
    pub state: domain::letter::LetterState,
    pub error: String,
    pub at: i64,
    pub sent_at: Option<i64>,
}

/// Words of the customer's.
#[derive(Clone, Debug)]
pub struct MessageRow {
    pub id: domain::id::MessageId,
    pub at: i64,
    pub body: String,
}

#[derive(Clone, Debug)]
pub struct AttachmentRow {
    pub id: AttachmentId,
    pub kind: domain::attachment::AttachmentKind,
    pub pdf: bool,
    pub width: i64,
    pub height: i64,
    pub bytes: i64,
    pub received_at: i64,
    pub by: Option<StaffId>,
}

impl Parts {
    /// Adds what hangs on a duplicate; its events and letters stay its own.
    pub fn join(&mut self, duplicate: Self) {
        self.notes.extend(duplicate.notes);
        self.notes.sort_by_key(|note| note.at);
        self.messages.extend(duplicate.messages);
        self.messages.sort_by_key(|message| message.at);
        self.attachments.extend(duplicate.attachments);
    }
}

/// Everything at once: a statement costs more than its rows. Each in its own order.
pub async fn of_case(connection: &mut AnyConnection, case: CaseId) -> Result<Parts> {
    let sql = "select 'event' as part, seq as place, id, staff_id, at, body as a, '' as b, '' as c, '' as d, '' as e, \
           0 as x, 0 as y, 0 as z, cast(null as bigint) as later from events where case_id = $1 \
         union all select 'note', seq, id, staff_id, at, body, '', '', '', '', own, 0, 0, cast(null as bigint) \
           from notes where case_id = $1 \
         union all select 'message', seq, id, cast(null as text), at, body, '', '', '', '', 0, 0, 0, cast(null as bigint) \
           from messages where case_id = $1 \
         union all select 'letter', created_at, id, cast(null as text), created_at, template, to_address, \
           case when medium = 'sms' then body else subject end, state, error, \
           case when medium = 'sms' then 1 else 0 end, 0, 0, sent_at from letters where case_id = $1 \
         union all select 'attachment', taken_at, id, staff_id, received_at, kind, content_type, '', '', '', \
           width, height, bytes, cast(null as bigint) from attachments where case_id = $1 and removed_at is null \
         union all select 'decision', nr, case_id, cast(null as text), 0, body, '', '', '', '', 0, 0, 0, \
           cast(null as bigint) from decisions where case_id = $1 \
         union all select 'paper', created_at, id, letter_id, created_at, template, subject, \
           coalesce(handover, ''), coalesce(handed_by, ''), '', to_print, 0, 0, handed_at from papers where case_id = $1 \
         order by part, place, id";
    let mut parts = Parts::default();
    for row in sqlx::query(sql).bind(case.to_string()).fetch_all(connection).await? {
        match row.try_get::<String, _>("part")?.as_str() {
            "event" => parts.events.push(EventRow {
                id: id(&row, "id")?,
                by: optional_id(&row, "staff_id")?,
                at: row.try_get("at")?,
                what: serde_json::from_str(&row.try_get::<String, _>("a")?)?,
            }),
            "note" => parts.notes.push(NoteRow {
                id: id(&row, "id")?,
                by: id(&row, "staff_id")?,
                at: row.try_get("at")?,
                own: flag(&row, "x")?,
                body: row.try_get("a")?,
            }),
            "message" => {
                parts.messages.push(MessageRow { id: id(&row, "id")?, at: row.try_get("at")?, body: row.try_get("a")? })
            }
            "letter" => parts.letters.push(LetterRow {
                id: id(&row, "id")?,
                template: keyed(&row, "a", domain::letter::Template::from_key)?,
                to: Recipient {
                    medium: if flag(&row, "x")? { Medium::Sms } else { Medium::Email },
                    address: row.try_get("b")?,
                },
                subject: row.try_get("c")?,
                state: keyed(&row, "d", domain::letter::LetterState::from_key)?,
                error: row.try_get("e")?,
                at: row.try_get("at")?,
                sent_at: row.try_get("later")?,
            }),
            "decision" => parts.decisions.push(serde_json::from_str(&row.try_get::<String, _>("a")?)?),
            "paper" => parts.papers.push(PaperRow {
                id: id(&row, "id")?,
                letter: optional_id(&row, "staff_id")?,
                template: keyed(&row, "a", Template::from_key)?,
                subject: row.try_get("b")?,
                at: row.try_get("at")?,
                to_print: flag(&row, "x")?,
                handed: match row.try_get::<Option<i64>, _>("later")? {
                    Some(at) => Some(Handed { at, how: keyed(&row, "c", Handover::from_key)?, by: id(&row, "d")? }),
                    None => None,
                },
            }),
            _ => parts.attachments.push(AttachmentRow {
                id: id(&row, "id")?,
                kind: keyed(&row, "a", domain::attachment::AttachmentKind::from_key)?,
                pdf: row.try_get::<String, _>("b")? == "application/pdf",
                width: row.try_get("x")?,
                height: row.try_get("y")?,
                bytes: row.try_get("z")?,
                received_at: row.try_get("at")?,
                by: optional_id(&row, "staff_id")?,
            }),
        }
    }
    Ok(parts)
}
