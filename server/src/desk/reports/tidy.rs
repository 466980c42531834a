//! Reports that nobody confirms: a reminder, then their end.

use super::super::Desk;
use super::send::articles;
use crate::mail::Facts;
use crate::store::error::Result;
use crate::store::letters::About;
use crate::store::reports::{self, Report};
use domain::letter::Template;
use domain::report::limits;
use futures::FutureExt;

/// So long the link of a report that has ended tells what became of it.
const TOLD_MS: i64 = 30 * 24 * 3600 * 1000;

impl Desk {
    /// For a job, every few minutes: reminds of reports that are not confirmed, and throws away what has ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn tend_reports(&self) -> Result<()> {
        let now = self.clock.now_ms();
        for report in reports::to_remind(&mut *self.db.read().await?, now).await? {
            self.remind(&report, now).await?;
        }
        for report in reports::to_purge(&mut *self.db.read().await?, now - limits::UNSENT_MS, now).await? {
            let gone = self.db.write(move |tx| reports::purge(tx, report).boxed()).await?;
            self.remove_gone(&gone).await;
        }
        self.db.write(move |tx| reports::forget(tx, now - TOLD_MS).boxed()).await
    }

    async fn remind(&self, row: &Report, now: i64) -> Result<()> {
        let Some(sent) = &row.sent else { return Ok(()) };
        let book = self.book();
        let items = reports::items(&mut *self.db.read().await?, row.id).await?;
        let facts = self.confirm_facts(&book, book.store(sent.store)?, row.locale, sent.expires_at);
        let facts = Facts { article: articles(&items), ..facts };
        let (letter, hash) = self.link_letter(Template::ConfirmReminder, row.locale, sent, &facts)?;
        let report = row.id;
        let reminded = self.db.write(move |tx| {
            async move {
                if !reports::reminded(tx, report, now).await? {
                    return Ok(false);
                }
                reports::issue_link(tx, report, &hash).await?;
                letter.enqueue_about(tx, About::Report(report), now).await?;
                Ok(true)
            }
            .boxed()
        });
        if reminded.await? {
            self.letters.wake();
        }
        Ok(())
    }
}
