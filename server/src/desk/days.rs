//! What is done about a case on its day, for jobs.

use super::Desk;
use crate::store::days::{self, Day, Place};
use crate::store::error::Result;
use domain::id::CaseId;
use futures::future::BoxFuture;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const PAGE: i64 = 200;

impl Desk {
    /// The last civil day that has begun anywhere: nowhere is it later than there.
    pub(super) fn latest(&self) -> Date {
        self.clock.now().to_zoned(TimeZone::UTC).date().saturating_add(1.days())
    }

    /// Tends every case whose day has come anywhere. One that cannot be tended is logged, and in nobody's way.
    pub(super) async fn each_on<'a>(
        &'a self,
        day: Day,
        tend: impl Fn(CaseId) -> BoxFuture<'a, Result<()>> + Send,
    ) -> Result<()> {
        let (latest, mut after) = (self.latest(), Place::default());
        loop {
            let page = days::come(&mut *self.db.read().await?, day, latest, &after, PAGE).await?;
            let Some((_, last)) = page.last() else { return Ok(()) };
            after = last.clone();
            for (case, _) in page {
                if let Err(error) = tend(case).await {
                    tracing::error!(%case, ?day, %error, "a case could not be tended on its day");
                }
            }
        }
    }
}
