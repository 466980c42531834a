//! Letters on paper. The text was written with the change that caused it; the PDF is made from that text afterwards, by a
//! job or by the first who wants to read it, so that a press or a disk that fails costs nobody a decision.

use super::Made;
use super::data::{customer_address, store_address};
use crate::desk::Desk;
use crate::store::cases;
use crate::store::error::{Result, StoreError};
use crate::store::papers::{self, Paper};
use app::backend::Viewer;
use app::error::AppError;
use documents::Letter;
use domain::format;
use domain::id::PaperId;
use domain::letter::retry_after;
use domain::number::Number;
use futures::FutureExt;

const ROUND: i64 = 20;
/// Once the pauses of letters are used up: nothing of a paper is ever given up.
const LAST_PAUSE_S: i64 = 6 * 3600;

impl Desk {
    /// Makes what is still to be made. For a job.
    ///
    /// # Errors
    /// The database's. A paper that cannot be made is logged, put off, and in nobody's way.
    pub async fn make_papers(&self) -> Result<()> {
        loop {
            let now = self.clock.now_ms();
            let unmade = papers::unmade(&mut *self.db.read().await?, now, ROUND).await?;
            if unmade.is_empty() {
                return Ok(());
            }
            for (id, attempts, paper) in unmade {
                let made = match paper {
                    Ok(paper) => self.make_paper(&paper).await.map(drop),
                    Err(error) => Err(error),
                };
                if let Err(error) = made {
                    tracing::error!(paper = %id, %error, "a letter could not be put on paper");
                    let until = now + retry_after(attempts + 1).unwrap_or(LAST_PAUSE_S) * 1000;
                    self.db.write(move |tx| papers::put_off(tx, id, until).boxed()).await?;
                }
            }
        }
    }

    async fn make_paper(&self, paper: &Paper) -> Result<Vec<u8>> {
        let pdf = self.print_paper(paper).await?;
        self.files.keep_paper(paper.id, pdf.clone()).await.map_err(StoreError::corrupt)?;
        let (id, now) = (paper.id, self.clock.now_ms());
        self.db.write(move |tx| papers::mark_made(tx, id, now).boxed()).await?;
        Ok(pdf)
    }

    async fn print_paper(&self, paper: &Paper) -> Result<Vec<u8>> {
        let book = self.book();
        let case = cases::by_id(&mut *self.db.read().await?, paper.case).await?.ok_or(AppError::NotFound)?;
        let store = book.store(case.store)?;
        let look = self.document_look(&book, paper.locale).await?;
        let letter = Letter {
            number: case.number,
            url: self.label_url(case.number),
            store: store_address(store),
            customer: customer_address(&case),
            date: format::date_long(paper.locale, store.moment(paper.created_at).local.date()),
            subject: paper.subject.clone(),
            paragraphs: paper.body.split("\n\n").map(str::to_owned).collect(),
        };
        let made = self.print(String::new(), move |press| press.letter(&look, &letter)).await?;
        Ok(made.bytes)
    }

    /// # Errors
    /// `NotFound` for one that the case does not have, or whose case is not within reach.
    pub async fn paper_for_staff(&self, who: &Viewer, number: Number, paper: PaperId) -> Result<Made, AppError> {
        let read = async {
            let (case, found) = {
                let mut connection = self.db.read().await?;
                let case = cases::by_number(&mut connection, number).await?;
                (case, papers::by_id(&mut connection, paper).await?)
            };
            let case = case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?;
            let (paper, made) = found.filter(|(paper, _)| paper.case == case.id).ok_or(AppError::NotFound)?;
            let kept = if made { self.files.paper(paper.id).await.map_err(StoreError::corrupt)? } else { None };
            let bytes = match kept {
                Some(bytes) => bytes,
                None => self.make_paper(&paper).await?,
            };
            Ok(Made { bytes, content_type: super::PDF, name: format!("{}-{number}.pdf", paper.template.key()) })
        };
        read.await.map_err(|error: StoreError| self.fail(error))
    }
}
