//! A new case, with what it begins with.

use super::{Case, due_text};
use crate::store::attachments;
use crate::store::db::Tx;
use crate::store::dialect::Dialect;
use crate::store::error::Result;
use domain::contact::Medium;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::id::EventId;
use sqlx::AssertSqlSafe;

/// A case to be inserted at its place in the series.
pub struct NewCase<'a> {
    pub seq: i64,
    pub case: &'a Case,
    /// As [`crate::store::search::Words::stored`] makes them.
    pub words: String,
    pub events: &'a [(EventId, EventKind)],
}

/// Inserts a case with its first events, by whoever registered it, and throws its draft away, in one go. Pictures that
/// the draft has stay with the case, whose id is the same.
pub async fn insert(tx: &mut Tx, dialect: Dialect, new: NewCase<'_>) -> Result<()> {
    let case = new.case;
    let id = case.id.to_string();
    let mut events = "insert into events (id, case_id, staff_id, at, body) values ".to_owned();
    for at in 0..new.events.len() {
        use std::fmt::Write;
        let comma = if at == 0 { "" } else { ", " };
        let (event, body) = (35 + 2 * at, 36 + 2 * at);
        write!(events, "{comma}(${event}, $2, $13, $11, ${body})").expect("writing to a String cannot fail");
    }
    let thumbnail = attachments::thumbnail_of("$2");
    let case_row = format!(
        "insert into cases (seq, id, number, version, type_key, form_version, store_id, channel, phase, handler_id, \
         archived, registered_at, updated_at, registered_by, due_on, letter_failed, title, customer_name, sold, \
         customer_email, customer_phone, customer_locale, receipt_number, answers, words, rma_id, fee_warning, medium, \
         law_version, law_facts, law_on, watch_on, reply_by, target_on, brand, article, supplier, thumbnail_id) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $11, $13, $12, 0, $14, $15, $16, $17, $18, $19, \
         $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, {thumbnail})"
    );
    let sql = dialect.together(&[&case_row, &events, "delete from drafts where id = $2"]);
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(new.seq)
        .bind(id)
        .bind(case.number.to_string())
        .bind(case.version)
        .bind(case.type_key.as_str())
        .bind(i64::from(case.form_version))
        .bind(case.store.to_string())
        .bind(case.channel.key())
        .bind(case.phase.key())
        .bind(case.handler.map(|id| id.to_string()))
        .bind(case.registered_at)
        .bind(due_text(case.due_on))
        .bind(case.registered_by.map(|id| id.to_string()))
        .bind(&case.known.title)
        .bind(&case.known.customer_name)
        .bind(i64::from(case.known.sold))
        .bind(&case.known.customer_email)
        .bind(&case.known.customer_phone)
        .bind(case.known.customer_locale.tag())
        .bind(&case.known.receipt_number)
        .bind(serde_json::to_string(&case.answers)?)
        .bind(new.words)
        .bind(case.rma.map(|id| id.to_string()))
        .bind(&case.fee_warning)
        .bind(case.known.medium.map_or("", Medium::key))
        .bind(i64::from(case.law.version))
        .bind(serde_json::to_string(&case.law.recorded)?)
        .bind(due_text(case.law.on))
        .bind(due_text(case.law.watch))
        .bind(case.law.reply_by.map(|day| day.to_string()))
        .bind(case.due_on.map(|day| day.to_string()))
        .bind(case.brand())
        .bind(case.article())
        .bind(case.answers.first(common::SUPPLIER).trim());
    for (event, what) in new.events {
        query = query.bind(event.to_string()).bind(serde_json::to_string(what)?);
    }
    query.execute(tx).await?;
    Ok(())
}
