//! An Excel workbook, written row by row to a temporary file and sent once it is whole. A text is written as a text,
//! whatever it begins with: no cell is a formula.

use super::{Cell, Pages};
use crate::store::error::{Result, StoreError};
use bytes::Bytes;
use futures::Stream;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Characters that a cell holds at most.
const CELL: usize = 32_767;
/// Bytes of a piece on its way.
const PIECE: usize = 64 * 1024;

struct Looks {
    head: Format,
    day: Format,
    money: Format,
    share: Format,
}

/// A workbook of one sheet while it is written.
pub(in crate::desk) struct Sheet {
    workbook: Workbook,
    looks: Looks,
    line: u32,
}

impl Sheet {
    /// # Errors
    /// Never for heads as people write them.
    pub fn begin(heads: &[&str]) -> Result<Self> {
        let looks = Looks {
            head: Format::new().set_bold(),
            // Excel's own short date: shown as the reader's country writes it.
            day: Format::new().set_num_format_index(14),
            money: Format::new().set_num_format("#,##0.00"),
            share: Format::new().set_num_format("0.0"),
        };
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory();
        for (at, head) in heads.iter().enumerate() {
            sheet.write_string_with_format(0, column(at), *head, &looks.head).map_err(broken)?;
            sheet.set_column_width(column(at), 20).map_err(broken)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        Ok(Self { workbook, looks, line: 0 })
    }

    /// # Errors
    /// Behind Excel's last line.
    pub fn add(&mut self, row: &[Cell]) -> Result<()> {
        self.line += 1;
        let sheet = self.workbook.worksheet_from_index(0).map_err(broken)?;
        for (at, cell) in row.iter().enumerate() {
            put(sheet, self.line, column(at), cell, &self.looks).map_err(broken)?;
        }
        Ok(())
    }

    /// The file, piece by piece.
    ///
    /// # Errors
    /// The disk's, on which it is kept until it is sent.
    pub async fn end(mut self) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>> {
        let saved = tokio::task::spawn_blocking(move || -> Result<File> {
            let mut file = tempfile::tempfile().map_err(StoreError::corrupt)?;
            self.workbook.save_to_writer(&mut file).map_err(broken)?;
            file.seek(SeekFrom::Start(0)).map_err(StoreError::corrupt)?;
            Ok(file)
        });
        let file = saved.await.map_err(StoreError::corrupt)??;
        Ok(futures::stream::try_unfold(file, |mut file| async move {
            let read = tokio::task::spawn_blocking(move || {
                let mut piece = vec![0; PIECE];
                let length = file.read(&mut piece)?;
                piece.truncate(length);
                Ok::<_, std::io::Error>((piece, file))
            });
            let (piece, file) = read.await.map_err(std::io::Error::other)??;
            Ok((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
        }))
    }
}

fn broken(error: XlsxError) -> StoreError {
    StoreError::Document(error.to_string())
}

pub(super) async fn body(pages: &mut Pages) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>> {
    let mut sheet = Sheet::begin(&pages.heads())?;
    loop {
        let rows = pages.next().await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            sheet.add(&row)?;
        }
    }
    sheet.end().await
}

fn put(sheet: &mut Worksheet, line: u32, at: u16, cell: &Cell, looks: &Looks) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(CELL).collect();
            sheet.write_string(line, at, text)?;
        }
        Cell::Day(day) => {
            let (year, month, of_month) = (day.year(), day.month(), day.day());
            let date = ExcelDateTime::from_ymd(
                u16::try_from(year).unwrap_or_default(),
                u8::try_from(month).unwrap_or_default(),
                u8::try_from(of_month).unwrap_or_default(),
            );
            match date {
                Ok(date) => sheet.write_datetime_with_format(line, at, &date, &looks.day)?,
                // Excel's calendar begins in 1900.
                Err(_) => sheet.write_string(line, at, day.to_string())?,
            };
        }
        Cell::Number(number) => {
            sheet.write_number(line, at, float(*number))?;
        }
        Cell::Share(thousandths) => {
            sheet.write_number_with_format(line, at, f64::from(*thousandths) / 10.0, &looks.share)?;
        }
        Cell::Money(minor) => {
            sheet.write_number_with_format(line, at, float(*minor) / 100.0, &looks.money)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "amounts and counts are far below 2^53, and Excel has no other number")]
fn float(number: i64) -> f64 {
    number as f64
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
