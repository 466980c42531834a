//! Labels of parcels and of goods for label printers, in ZPL II (Zebra Technologies, *Programming Guide for ZPL II*, P1099958-001).
//!
//! A label of 105 × 148 mm, the same content as on A6. Positions are in tenths of a millimetre from the top left corner;
//! texts are wrapped here, since a printer lets what is too long run over the edge or over its neighbour.

mod field;

use crate::data::{Address, GoodsLabel, Label, Look};
use crate::{Error, Result, codes, limits, page, text};
use domain::number::Number;
use field::{escape, width, wrap};
use std::fmt::Write;

/// Dots per inch of the printer's head.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dpi {
    /// 8 dots a millimetre: most desktop printers.
    #[default]
    D203,
    /// 12 dots a millimetre.
    D300,
}

impl Dpi {
    const fn dots(self, tenths: u32) -> u32 {
        let dpi = match self {
            Self::D203 => 203,
            Self::D300 => 300,
        };
        tenths * dpi / 254
    }
}

const WIDTH: u32 = 1050;
const HEIGHT: u32 = 1480;
const MARGIN: u32 = 60;

/// Everything between the margins.
const INNER: u32 = WIDTH - 2 * MARGIN;

/// Where the second column begins: the QR code and, under it, how long the label is valid.
const SECOND: u32 = 690;

/// The largest magnification that `^BQ` and `^BY` take.
const MAX_MODULE: u32 = 10;

/// All `labels`, one format (`^XA` … `^XZ`) each, in their order. Text is UTF-8 (`^CI28`, firmware x.14 and newer).
///
/// Nothing that a person typed can reach the printer as a command: outside plain letters and digits every byte of a
/// text is written as a hexadecimal escape (`^FH`).
///
/// # Errors
/// [`Error::Nothing`] for no label at all; [`Error::TooMany`] labels; [`Error::UrlTooLong`].
pub fn labels(look: &Look, labels: &[Label], dpi: Dpi) -> Result<String> {
    formats(labels, dpi, |format, label| format.label(look, label))
}

/// The same for the goods of cases.
///
/// # Errors
/// As [`labels`].
pub fn goods_labels(look: &Look, labels: &[GoodsLabel], dpi: Dpi) -> Result<String> {
    formats(labels, dpi, |format, label| format.goods(look, label))
}

fn formats<L>(labels: &[L], dpi: Dpi, mut write: impl FnMut(&mut Format<'_>, &L) -> Result<()>) -> Result<String> {
    if labels.is_empty() {
        return Err(Error::Nothing);
    }
    limits::check("labels", labels.len(), limits::LABELS)?;
    let mut out = String::new();
    for label in labels {
        let mut format = Format { out: &mut out, dpi };
        format.begin();
        write(&mut format, label)?;
        format.end();
    }
    Ok(out)
}

/// A label while it is written. Nothing can fail to be written to a `String`, so `fmt`'s results are not looked at.
struct Format<'a> {
    out: &'a mut String,
    dpi: Dpi,
}

impl Format<'_> {
    fn begin(&mut self) {
        let _ = writeln!(self.out, "^XA\n^CI28\n^PW{}\n^LL{}\n^LH0,0", self.dpi.dots(WIDTH), self.dpi.dots(HEIGHT));
    }

    fn end(&mut self) {
        self.out.push_str("^PQ1\n^XZ\n");
    }

    fn label(&mut self, look: &Look, label: &Label) -> Result<()> {
        let l = look.locale;
        let count = if label.parts > 1 { format!("{}/{}", label.part, label.parts) } else { String::new() };
        let count_width = width(&count, 60);
        self.text(WIDTH - MARGIN - count_width, 45, 60, &count);
        self.block(MARGIN, 50, INNER - count_width - 30, 50, &[45], &[&look.organisation]);
        self.rule(120);
        self.text(MARGIN, 140, 28, texts::documents::rma_number(l));
        self.block(MARGIN, 180, INNER, 180, &[150, 120], &[&label.number.to_string()]);
        self.bars(360, 150, label.number);
        self.frame(560, 430);
        self.text(MARGIN + 30, 585, 28, texts::documents::to(l));
        self.address(MARGIN + 30, 625, INNER - 60, 350, &[60, 54, 48, 42, 36, 30, 24, 20], &label.to);
        self.text(MARGIN, 1020, 28, texts::documents::from(l));
        self.address(MARGIN, 1060, SECOND - MARGIN - 30, 380, &[38, 34, 30, 26, 22, 18], &label.from);
        self.qr(1020, &label.url)?;
        if let Some(date) = &label.valid_until {
            self.text(SECOND, 1350, 28, texts::documents::valid_until(l));
            self.block(SECOND, 1390, WIDTH - MARGIN - SECOND, 50, &[42, 34, 26, 18], &[date]);
        }
        Ok(())
    }

    fn goods(&mut self, look: &Look, label: &GoodsLabel) -> Result<()> {
        let label = page::short_goods(label);
        self.block(MARGIN, 50, INNER, 50, &[45], &[&look.organisation]);
        self.rule(120);
        self.text(MARGIN, 140, 28, texts::documents::case_number(look.locale));
        self.block(MARGIN, 180, INNER, 180, &[150, 120], &[&label.number.to_string()]);
        self.bars(360, 150, label.number);
        self.block(MARGIN, 560, INNER, 420, &[90, 76, 64, 54, 44, 36], &[&label.kind, &label.article]);
        let facts = [label.customer.as_str(), &label.date, &label.store];
        self.block(MARGIN, 1020, SECOND - MARGIN - 30, 380, &[60, 50, 42, 34, 26], &facts);
        self.qr(1020, &label.url)
    }

    /// One line, `height` high, that is known to fit.
    fn text(&mut self, x: u32, y: u32, height: u32, text: &str) {
        if !text.is_empty() {
            let (x, y, height) = (self.dpi.dots(x), self.dpi.dots(y), self.dpi.dots(height));
            let _ = writeln!(self.out, "^FO{x},{y}^A0N,{height},{height}^FH_^FD{}^FS", escape(text));
        }
    }

    fn address(&mut self, x: u32, y: u32, wide: u32, high: u32, sizes: &[u32], address: &Address) {
        let address = page::short(address);
        let lines: Vec<&str> = std::iter::once(&address.name)
            .chain(&address.lines)
            .map(String::as_str)
            .filter(|line| !line.is_empty())
            .collect();
        self.block(x, y, wide, high, sizes, &lines);
    }

    /// Lines in the largest of `sizes` in which they fit, wrapped; at the smallest, an ellipsis ends what is too much.
    fn block(&mut self, x: u32, y: u32, wide: u32, high: u32, sizes: &[u32], lines: &[&str]) {
        let lines: Vec<String> =
            lines.iter().flat_map(|line| text::lines(line)).filter(|line| !line.is_empty()).collect();
        let leading = |size: u32| size * 6 / 5;
        let wrapped = |size: u32| -> Vec<String> { lines.iter().flat_map(|line| wrap(line, size, wide)).collect() };
        let fits = |size: &&u32| wrapped(**size).len() as u32 * leading(**size) <= high;
        let Some(size) = sizes.iter().find(fits).or(sizes.last()).copied() else { return };
        let mut shown = wrapped(size);
        let room = (high / leading(size)).max(1) as usize;
        if shown.len() > room {
            shown.truncate(room);
            if let Some(last) = shown.last_mut() {
                last.pop();
                last.push('…');
            }
        }
        for (y, line) in (y..).step_by(leading(size) as usize).zip(&shown) {
            self.text(x, y, size, line);
        }
    }

    /// A line across the label.
    fn rule(&mut self, y: u32) {
        let (x, y, wide, thick) = (self.dpi.dots(MARGIN), self.dpi.dots(y), self.dpi.dots(INNER), self.dpi.dots(5));
        let _ = writeln!(self.out, "^FO{x},{y}^GB{wide},{thick},{thick}^FS");
    }

    fn frame(&mut self, y: u32, high: u32) {
        let (x, y) = (self.dpi.dots(MARGIN), self.dpi.dots(y));
        let (wide, high, thick) = (self.dpi.dots(INNER), self.dpi.dots(high), self.dpi.dots(3));
        let _ = writeln!(self.out, "^FO{x},{y}^GB{wide},{high},{thick}^FS");
    }

    /// Code 128 across the label, in mode A: the printer chooses pairs of digits by itself, as [`codes::code128`] does.
    fn bars(&mut self, y: u32, high: u32, number: Number) {
        let modules = codes::code128(number).modules as u32;
        let module = (self.dpi.dots(WIDTH) / modules).clamp(1, MAX_MODULE);
        let quiet = codes::QUIET_BARS as u32 * module;
        let x = (self.dpi.dots(WIDTH) - modules * module) / 2 + quiet;
        let (y, high) = (self.dpi.dots(y), self.dpi.dots(high));
        let digits = number.digits();
        let _ = writeln!(self.out, "^FO{x},{y}^BY{module}^BCN,{high},N,N,N,A^FD{digits}^FS");
    }

    /// QR code model 2 at level M, as large as its column allows.
    fn qr(&mut self, y: u32, url: &str) -> Result<()> {
        let side = (codes::qr(url)?.modules - 2 * codes::QUIET_QR) as u32;
        let module = (self.dpi.dots(WIDTH - MARGIN - SECOND) / side).clamp(1, MAX_MODULE);
        let (x, y) = (self.dpi.dots(SECOND), self.dpi.dots(y));
        let _ = writeln!(self.out, "^FO{x},{y}^BQN,2,{module}^FH_^FDMA,{}^FS", escape(url));
        Ok(())
    }
}
