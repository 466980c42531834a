//! Reports that nobody confirms: a reminder, then their end.

use super::super::Desk;
use super::send::kinds;
use crate::clock::{DAY_MS, HOUR_MS};
use crate::mail::Facts;
use crate::store::error::Result;
use crate::store::letters::About;
use crate::store::reports::{self, Report};
use domain::letter::Template;
use domain::report::limits;
use futures::FutureExt;

/// So long the link of a report that has ended tells what became of it.
const TOLD_MS: i64 = 30 * DAY_MS;

impl Desk {
    /// For a job, every few minutes: reminds of reports that are not confirmed, and throws away what has ended. One that
    /// cannot be tended keeps no other from it.
    ///
    /// # Errors
    /// The database's.
    pub async fn tend_reports(&self) -> Result<()> {
        let now = self.clock.now_ms();
        let (to_remind, to_purge, to_forget) = {
            let mut connection = self.db.read().await?;
            (
                reports::to_remind(&mut connection, now).await?,
                reports::to_purge(&mut connection, now - limits::UNSENT_MS, now).await?,
                reports::to_forget(&mut connection, now - TOLD_MS).await?,
            )
        };
        for report in to_remind {
            let done = self.remind(&report, now).await;
            told(&report.id, done);
        }
        for report in to_purge {
            let untouched = now - limits::UNSENT_MS;
            match self.db.write(move |tx| reports::purge(tx, report, untouched, now).boxed()).await {
                Ok(gone) => self.remove_gone(&gone).await,
                failed => told(&report, failed.map(drop)),
            }
        }
        for report in to_forget {
            told(&report, self.db.write(move |tx| reports::forget(tx, report).boxed()).await);
        }
        self.db.write(move |tx| reports::forget_origins(tx, now - HOUR_MS).boxed()).await
    }

    async fn remind(&self, row: &Report, now: i64) -> Result<()> {
        let Some(sent) = &row.sent else { return Ok(()) };
        let book = self.book();
        let items = reports::items(&mut *self.db.read().await?, row.id).await?;
        let facts = self.confirm_facts(&book, book.store(sent.store)?, row.locale, sent.expires_at);
        let facts = Facts { article: kinds(&book, row.locale, &items), ..facts };
        let (letter, hash) = self.link_letter(Template::ConfirmReminder, row.locale, sent, &facts)?;
        let (report, to) = (row.id, sent.to.clone());
        let reminded = self.db.write(move |tx| {
            async move {
                if !reports::reminded(tx, report, &to, now).await? {
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

fn told(report: &domain::id::ReportId, done: Result<()>) {
    if let Err(error) = done {
        tracing::error!(%report, %error, "a report could not be tended");
    }
}
