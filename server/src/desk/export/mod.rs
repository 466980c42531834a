//! A list as a file: read page by page, so that the whole of it is never in memory.

pub(in crate::desk) mod csv;
pub(in crate::desk) mod xlsx;

use super::Desk;
use super::cases::rows::row_details;
use crate::store::error::{Result, StoreError};
use crate::store::exports::{self, NewExport};
use crate::store::lists::{self, Place, Wanted};
use app::backend::{CaseRow, ListQuery, Viewer};
use app::error::AppError;
use app::pages::list::query;
use bytes::Bytes;
use domain::column::{self, Column};
use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt};
use jiff::civil::Date;
use texts::{column as names, words};
use uuid::Uuid;

/// Rows of a file at most.
pub const MOST: usize = 100_000;
/// Rows that are read at once.
const PAGE: i64 = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|format| format.key() == key)
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A cell as spreadsheets tell them apart.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::desk) enum Cell {
    Text(String),
    Day(Date),
    Number(i64),
    /// Thousandths, as per cent.
    Share(u32),
    /// In hundredths of the organisation's currency.
    Money(i64),
    Empty,
}

/// A file on its way.
pub struct Export {
    pub name: String,
    pub body: BoxStream<'static, std::io::Result<Bytes>>,
}

/// Goes through a list, page by page.
struct Pages {
    desk: Desk,
    who: Viewer,
    columns: Vec<Column>,
    wanted: Wanted,
    id: Uuid,
    rows: usize,
    ended: bool,
}

impl Desk {
    /// The list with what stands in its columns, as far as the reader sees it. It is noted who took it out.
    ///
    /// # Errors
    /// As for the list itself. What fails on the way cuts the file off.
    pub async fn export(&self, who: &Viewer, list: &ListQuery, format: Format) -> Result<Export, AppError> {
        let made = async {
            let whole = ListQuery { after: None, ..list.clone() };
            let wanted = self.among(who, &whole, self.wanted(&self.book(), who, &whole, PAGE)?).await?;
            let (_, columns) = self.views_of(&mut *self.db.read().await?, who, list).await?;
            let mut pages = Pages {
                desk: self.clone(),
                who: who.clone(),
                columns,
                wanted,
                id: self.random.uuid(),
                rows: 0,
                ended: false,
            };
            pages.note_begin(list, format).await?;
            let name = format!("redress-{}.{}", self.clock.now().to_zoned(self.book().zone()).date(), format.key());
            let body = match format {
                Format::Csv => csv::body(pages).boxed(),
                Format::Xlsx => xlsx::body(&mut pages).await?.boxed(),
            };
            Ok(Export { name, body })
        };
        made.await.map_err(|error| self.fail(error))
    }
}

impl Pages {
    async fn note_begin(&mut self, list: &ListQuery, format: Format) -> Result<()> {
        let (id, by, at_ms) = (self.id, self.who.id, self.desk.clock.now_ms());
        let (asked, columns) = (query::write(list), column::write(&self.columns));
        tracing::info!(staff = %by, format = format.key(), columns, "a list is taken out");
        self.desk
            .db
            .write(move |tx| {
                async move {
                    let format = format.key();
                    let export = NewExport { id, by, at_ms, format, query: &asked, columns: &columns };
                    exports::begin(tx, &export).await
                }
                .boxed()
            })
            .await
    }

    fn heads(&self) -> Vec<&'static str> {
        let name = |column: &Column| names::by_key(self.who.locale, column.key()).unwrap_or_else(|| column.key());
        self.columns.iter().map(name).collect()
    }

    /// The next rows; none once all are told, which is noted then.
    async fn next(&mut self) -> Result<Vec<Vec<Cell>>> {
        if self.ended || self.wanted.stores.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        let book = self.desk.book();
        let mut connection = self.desk.db.read().await?;
        let mut rows = lists::page(&mut connection, self.desk.db.dialect, &self.wanted).await?;
        rows.truncate(MOST - self.rows);
        let details = self.desk.details(&mut connection, &self.columns, &rows).await?;
        drop(connection);
        self.rows += rows.len();
        self.wanted.after = rows.last().map(|row| -> Place { self.wanted.place_of(row) });
        self.ended = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE) || self.rows >= MOST;
        let mut cells = Vec::with_capacity(rows.len());
        for (row, (store, found)) in rows.into_iter().zip(details) {
            let details = found.map(|details| row_details(&book, &self.who, store, &details)).transpose()?;
            let row = CaseRow { details, ..self.desk.case_row(&book, &self.who, row)? };
            cells.push(self.columns.iter().map(|column| self.cell(*column, &row)).collect());
        }
        if self.ended {
            let (id, count) = (self.id, i64::try_from(self.rows).unwrap_or(i64::MAX));
            self.desk.db.write(move |tx| exports::end(tx, id, count).boxed()).await?;
        }
        Ok(cells)
    }

    fn cell(&self, column: Column, row: &CaseRow) -> Cell {
        let locale = self.who.locale;
        let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
        let day = |day: Option<Date>| day.map_or(Cell::Empty, Cell::Day);
        let details = row.details.as_ref();
        match column {
            Column::Number => Cell::Text(row.number.to_string()),
            Column::Article => text(&row.title),
            Column::Type => text(&row.type_name),
            Column::Channel => text(words::channel(locale, row.channel)),
            Column::Customer => text(&row.customer),
            Column::Phase => {
                let phase = words::phase(locale, row.phase);
                match (&row.status, row.archived) {
                    (_, Some(reason)) => Cell::Text(format!("{phase} ({})", words::archive_reason(locale, reason))),
                    (Some(status), None) => Cell::Text(format!("{phase} ({status})")),
                    (None, None) => text(phase),
                }
            }
            Column::Due => day(row.due.as_ref().map(|due| due.date)),
            Column::Law => day(row.law.as_ref().map(|due| due.date)),
            Column::Store => text(&row.store),
            Column::Handler => text(&row.handler),
            Column::Registered => Cell::Day(row.registered.local.date()),
            Column::Updated => day(details.map(|details| details.updated.local.date())),
            Column::Receipt => details.map_or(Cell::Empty, |details| text(&details.receipt)),
            Column::Brand => details.map_or(Cell::Empty, |details| text(&details.brand)),
            Column::Supplier => details.map_or(Cell::Empty, |details| text(&details.supplier)),
            Column::Price => details.and_then(|details| details.price_minor).map_or(Cell::Empty, Cell::Money),
            Column::Decision => details.map_or(Cell::Empty, |details| text(&details.decision)),
            Column::Cause => details.map_or(Cell::Empty, |details| text(&details.cause)),
            Column::Outcome => details.map_or(Cell::Empty, |details| text(&details.outcome)),
            Column::Waiting => details.map_or(Cell::Empty, |details| text(&details.waiting)),
            Column::Since => day(details.and_then(|details| details.since)),
        }
    }

    /// What went wrong while a file was on its way: the log has it, the reader sees it cut.
    fn cut(&self, error: StoreError) -> std::io::Error {
        std::io::Error::other(self.desk.fail(error).to_string())
    }
}
