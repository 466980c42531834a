//! When an answer left: a decision in a drawer answers nobody. What goes by mail or SMS leaves when it is sent, what is on paper
//! when somebody hands it over or posts it.

use super::cases::rows::{due, moment, stores_of};
use super::{Desk, law};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::papers::{self, Handed, Paper};
use crate::store::{StoreError, Tx, events};
use app::backend::{Papers, PapersPage, ToPrint, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::event::EventKind;
use domain::id::{CaseId, PaperId};
use domain::letter::Template;
use domain::paper::{BadHandover, Handover, may_leave};
use domain::role::Right;
use futures::FutureExt;
use jiff::civil::Date;

const PAGE: usize = 100;

#[async_trait]
impl Papers for Desk {
    async fn papers_to_print(&self, who: &Viewer, after: Option<&str>) -> std::result::Result<PapersPage, AppError> {
        self.to_print(who, after).await.map_err(|error| self.fail(error))
    }

    async fn hand_over(
        &self,
        who: &Viewer,
        papers: &[PaperId],
        how: Handover,
        on: Date,
    ) -> std::result::Result<(), AppError> {
        self.handed_over(who, papers, Some((how, on))).await.map_err(|error| self.fail(error))
    }

    async fn take_paper_back(&self, who: &Viewer, paper: PaperId) -> std::result::Result<(), AppError> {
        self.handed_over(who, &[paper], None).await.map_err(|error| self.fail(error))
    }
}

impl Desk {
    /// Notes in the case when its first answer left, and what comes of that. `None` where nothing does. The row is held until
    /// the commit. `anew`: one by which it was said to have left did not.
    async fn follow_answers(&self, tx: &mut Tx, case: CaseId, anew: bool) -> Result<Option<(Case, Vec<EventKind>)>> {
        cases::hold(tx, case).await?;
        let Some(before) = cases::by_id(tx, case).await? else { return Ok(None) };
        let (book, now) = (self.book(), self.clock.now_ms());
        let left = law::answered(&book, &before, &papers::answers_left(tx, case).await?)?;
        let left = left.map(|at| at.as_millisecond());
        // An answer that is sent again was one before.
        let kept = before.law.replied_at.filter(|_| !anew);
        let replied_at = left.into_iter().chain(kept).min();
        if replied_at == before.law.replied_at {
            return Ok(None);
        }
        let law = cases::Law { replied_at, ..before.law.clone() };
        let (after, moved) = law::after(&book, &before, Case { law, ..before.clone() }, now)?;
        cases::save_law(tx, &after).await?;
        Ok(Some((after, moved)))
    }

    /// A decision's letter was sent. Counts no change: a letter's delivery must not turn somebody's edit into a conflict.
    ///
    /// # Errors
    /// The database's. A case that cannot be read is logged: its letter was sent all the same.
    pub(crate) async fn answer_sent(&self, tx: &mut Tx, case: CaseId) -> Result<()> {
        let (after, moved) = match self.follow_answers(tx, case, false).await {
            Ok(Some(followed)) => followed,
            Ok(None) => return Ok(()),
            Err(error @ (StoreError::Answer(_) | StoreError::Corrupt(_))) => {
                tracing::error!(%case, %error, "an answer was sent, and its case could not be told");
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let at_ms = self.clock.now_ms();
        let on = self.book().store(after.store)?.moment(at_ms).local.date();
        for what in [EventKind::AnswerSent { on }].iter().chain(&moved) {
            let event = events::NewEvent { id: self.random.id(), case, by: None, at_ms, what };
            events::insert(tx, &event).await?;
        }
        Ok(())
    }

    async fn to_print(&self, who: &Viewer, after: Option<&str>) -> Result<PapersPage> {
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        let book = self.book();
        let mut page =
            PapersPage { today: self.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date(), ..PapersPage::default() };
        if stores_of(&who.reach).is_some_and(<[_]>::is_empty) {
            return Ok(page);
        }
        let after = after.map(read_place).transpose()?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = papers::to_print(&mut *self.db.read().await?, stores_of(&who.reach), after, limit).await?;
        if rows.len() > PAGE {
            rows.truncate(PAGE);
            page.next = rows.last().map(|last| format!("{}.{}", last.created_at, last.id));
        }
        for row in rows {
            let store = book.store(row.store)?;
            let today = store.today(&*self.clock);
            page.today = today;
            page.papers.push(ToPrint {
                id: row.id,
                number: row.number,
                template: row.template,
                subject: row.subject,
                customer: row.customer,
                store: store.name.clone(),
                at: moment(store, row.created_at),
                failed: row.failed,
                law: due(row.law_on, today),
            });
        }
        Ok(page)
    }

    /// Each with its case in a transaction of its own, after all of them were looked at.
    async fn handed_over(&self, who: &Viewer, ids: &[PaperId], handed: Option<(Handover, Date)>) -> Result<()> {
        if !who.may(Right::Serve) {
            return Err(AppError::Forbidden.into());
        }
        if ids.is_empty() {
            return Err(AppError::invalid("papers", "missing").into());
        }
        let mut found = Vec::new();
        for id in ids {
            let mut connection = self.db.read().await?;
            let (paper, _) = papers::by_id(&mut connection, *id).await?.ok_or(AppError::NotFound)?;
            let case = cases::by_id(&mut connection, paper.case).await?.filter(|case| who.reach.covers(case.store));
            let case = case.ok_or(AppError::NotFound)?;
            found.push((self.handed(who, &case, &paper, handed)?, case, paper));
        }
        for (handed, case, paper) in found {
            let desk = self.clone();
            let by = who.id;
            let (id, store) = (case.id, case.store);
            let version =
                self.db.write(move |tx| async move { desk.hand_over_one(tx, by, &case, &paper, handed).await }.boxed());
            let version = version.await?;
            self.tell(id, store, version);
        }
        Ok(())
    }

    fn handed(
        &self,
        who: &Viewer,
        case: &Case,
        paper: &Paper,
        handed: Option<(Handover, Date)>,
    ) -> Result<Option<Handed>> {
        let Some((how, on)) = handed else { return Ok(None) };
        let book = self.book();
        let store = book.store(case.store)?;
        let (written, today) = (store.moment(paper.created_at).local.date(), store.today(&*self.clock));
        may_leave(on, written, today).map_err(|bad| {
            AppError::invalid("on", if bad == BadHandover::InFuture { "in_future" } else { "before_letter" })
        })?;
        // In the middle of a day of which nobody knows more.
        let noon = on.at(12, 0, 0, 0).to_zoned(store.zone.clone()).map_err(StoreError::corrupt)?;
        let at = if on == today { self.clock.now_ms() } else { noon.timestamp().as_millisecond() };
        Ok(Some(Handed { at, by: who.id, how }))
    }

    async fn hand_over_one(
        &self,
        tx: &mut Tx,
        by: domain::id::StaffId,
        case: &Case,
        paper: &Paper,
        handed: Option<Handed>,
    ) -> Result<i64> {
        let at_ms = self.clock.now_ms();
        let was = papers::handed_at(tx, paper.id).await?;
        papers::hand_over(tx, paper.id, handed).await?;
        let mut told = vec![match handed {
            Some(handed) => {
                let on = self.book().store(case.store)?.moment(handed.at).local.date();
                EventKind::HandedOver { template: paper.template, how: handed.how, on }
            }
            None => EventKind::NotHandedOver { template: paper.template },
        }];
        if paper.template.is_decision() {
            // What was noted before, and is corrected, was no answer.
            let anew = was.is_some_and(|was| case.law.replied_at == Some(was));
            let followed = self.follow_answers(tx, case.id, anew).await?;
            told.extend(followed.into_iter().flat_map(|(_, moved)| moved));
        }
        if paper.template == Template::LastCall {
            cases::remind_again(tx, case.id).await?;
        }
        for what in &told {
            let event = events::NewEvent { id: self.random.id(), case: case.id, by: Some(by), at_ms, what };
            events::insert(tx, &event).await?;
        }
        cases::bump(tx, case.id, at_ms).await
    }
}

/// A page's last row: `1792411200000.<paper>`.
fn read_place(text: &str) -> Result<(i64, PaperId), AppError> {
    let place = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    place.ok_or_else(|| AppError::invalid("after", "unknown_choice"))
}
