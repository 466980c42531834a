//! Documents of a case and of a return: their data is read here, `documents` prints it. They are made anew each time, in
//! the customer's language, from what the case says now.

mod data;
mod papers;
mod printer;

pub use printer::Printer;

use super::Desk;
use super::cases::rows::stores_of;
use super::status::{documents_of, is_customers};
use crate::files::label::{LABEL_JPEG, LABEL_PDF, LABEL_ZPL};
use crate::store::cases::{self, Case};
use crate::store::error::Result;
use crate::store::rmas::{self, Rma};
use crate::store::{StoreError, attachments};
use app::backend::{DocumentKind, Viewer};
use app::error::AppError;
use app::urls::Size;
use documents::zpl::Dpi;
use documents::{Label, Paper, Photo};
use domain::id::CaseId;
use domain::number::Number;

/// Labels of one print: more would be a mistake of the finger.
pub const MOST_LABELS: usize = documents::limits::LABELS;

/// A document, ready to be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    /// For whoever keeps it: `label-26-004217-7.pdf`.
    pub name: String,
}

const PDF: &str = "application/pdf";
/// Label printers take it as plain text; browsers keep it as a file.
const ZPL: &str = "application/zpl";

fn zpl(name: String, text: documents::Result<String>) -> Result<Made> {
    let text = text.map_err(|error| StoreError::Document(error.to_string()))?;
    Ok(Made { bytes: text.into_bytes(), content_type: ZPL, name: format!("{name}.zpl") })
}

/// A case with what its documents say of it.
struct Papers {
    case: Case,
    rma: Option<Rma>,
    /// The cases of the return, this one among them.
    together: Vec<Case>,
}

impl Desk {
    /// # Errors
    /// `NotFound` for a case that is not within reach, and for a document that the case does not have.
    pub async fn document_for_staff(&self, who: &Viewer, number: Number, kind: DocumentKind) -> Result<Made, AppError> {
        let made = async {
            let case = cases::by_number(&mut *self.db.read().await?, number).await?;
            let case = case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?;
            self.made_of(self.papers(case).await?, kind).await
        };
        made.await.map_err(|error| self.fail(error))
    }

    /// # Errors
    /// As `customer_case`; `NotFound` for a document that the status page does not offer at this moment.
    pub async fn document_for_customer(
        &self,
        access: Option<&str>,
        number: Number,
        kind: DocumentKind,
    ) -> Result<Made, AppError> {
        let made = async {
            let papers = self.papers(self.customer_case(access, number).await?).await?;
            if !self.offered(&papers)?.contains(&kind) {
                return Err(AppError::NotFound.into());
            }
            self.made_of(papers, kind).await
        };
        made.await.map_err(|error| self.fail(error))
    }

    /// What the customer is offered to read now.
    fn offered(&self, papers: &Papers) -> Result<Vec<DocumentKind>> {
        let book = self.book();
        let today = book.store(papers.case.store)?.today(&*self.clock);
        Ok(documents_of(&papers.case, papers.rma.as_ref(), today))
    }

    /// The customer has the label on paper.
    ///
    /// # Errors
    /// As `customer_case`; `NotFound` where no label is offered.
    pub async fn label_printed_by_customer(&self, access: Option<&str>, number: Number) -> Result<(), AppError> {
        let noted = async {
            let case = self.customer_case(access, number).await?;
            let papers = self.papers(case).await?;
            let label = self.offered(&papers)?.into_iter().any(DocumentKind::is_label);
            match papers.rma.filter(|_| label) {
                Some(rma) => self.note_label_printed(rma, None).await,
                None => Err(AppError::NotFound.into()),
            }
        };
        noted.await.map_err(|error| self.fail(error))
    }

    /// One print with the labels of many returns, each parcel its own.
    ///
    /// # Errors
    /// `NotFound` if one of them is not within reach; `Invalid { field: "number" }` for none or too many.
    pub async fn labels_for_staff(
        &self,
        who: &Viewer,
        numbers: &[Number],
        paper: Option<Paper>,
    ) -> Result<Made, AppError> {
        let made = async {
            if numbers.is_empty() || numbers.len() > MOST_LABELS {
                return Err(AppError::invalid("number", "out_of_range").into());
            }
            let book = self.book();
            let mut labels = Vec::new();
            for number in numbers {
                let papers = self.papers_of_number(*number).await?;
                if stores_of(&who.reach).is_some_and(|stores| !stores.contains(&papers.case.store)) {
                    return Err(AppError::NotFound.into());
                }
                labels.extend(self.labels(&book, &papers)?);
            }
            let look = self.document_look(&book, who.locale).await?;
            let name = format!("labels-{}", labels.len());
            self.print_labels(look, labels, paper, name).await
        };
        made.await.map_err(|error| self.fail(error))
    }

    /// One print with the labels of the goods of many cases.
    ///
    /// # Errors
    /// As [`Desk::labels_for_staff`].
    pub async fn goods_labels_for_staff(
        &self,
        who: &Viewer,
        numbers: &[Number],
        paper: Option<Paper>,
    ) -> Result<Made, AppError> {
        let made = async {
            if numbers.is_empty() || numbers.len() > MOST_LABELS {
                return Err(AppError::invalid("number", "out_of_range").into());
            }
            let book = self.book();
            let mut labels = Vec::new();
            {
                let mut connection = self.db.read().await?;
                for number in numbers {
                    let case = cases::by_number(&mut connection, *number).await?;
                    let case = case.filter(|case| who.reach.covers(case.store)).ok_or(AppError::NotFound)?;
                    labels.push(self.goods_label(&book, &case, who.locale)?);
                }
            }
            let look = self.document_look(&book, who.locale).await?;
            let name = format!("goods-{}", labels.len());
            let Some(paper) = paper else { return zpl(name, documents::zpl::goods_labels(&look, &labels, Dpi::D203)) };
            self.print(format!("{name}.pdf"), move |press| press.goods_labels(&look, &labels, paper)).await
        };
        made.await.map_err(|error| self.fail(error))
    }

    /// # Errors
    /// `NotFound` for a document that the case does not have: no decision yet, nothing to send.
    pub(crate) async fn document(&self, case: CaseId, kind: DocumentKind) -> Result<Made> {
        let case = cases::by_id(&mut *self.db.read().await?, case).await?.ok_or(AppError::NotFound)?;
        self.made_of(self.papers(case).await?, kind).await
    }

    /// # Errors
    /// As [`Desk::document`].
    async fn made_of(&self, papers: Papers, kind: DocumentKind) -> Result<Made> {
        let book = self.book();
        let look = self.document_look(&book, papers.case.known.customer_locale).await?;
        let number = papers.rma.as_ref().map_or(papers.case.number, |rma| rma.number);
        match kind {
            DocumentKind::Protocol => {
                let photos = self.photos(&papers.case).await?;
                let protocol = self.protocol(&book, &papers, photos)?;
                let name = format!("{}-{}.pdf", kind.key(), papers.case.number);
                self.print(name, move |press| press.protocol(&look, &protocol)).await
            }
            DocumentKind::Decision => {
                let decision = self.decision(&book, &papers.case)?.ok_or(AppError::NotFound)?;
                let name = format!("{}-{}.pdf", kind.key(), papers.case.number);
                self.print(name, move |press| press.decision(&look, &decision)).await
            }
            DocumentKind::PackingSlip => {
                let slip = self.packing_slip(&book, &papers)?;
                self.print(format!("{}-{number}.pdf", kind.key()), move |press| press.packing_slip(&look, &slip)).await
            }
            DocumentKind::Label | DocumentKind::Label62 | DocumentKind::LabelZpl => {
                let paper = match kind {
                    DocumentKind::Label => Some(Paper::A6),
                    DocumentKind::Label62 => Some(Paper::Roll62),
                    _ => None,
                };
                let labels = self.labels(&book, &papers)?;
                self.print_labels(look, labels, paper, format!("{}-{number}", kind.key())).await
            }
            DocumentKind::CarrierLabel => self.carriers_label(&papers).await,
        }
    }

    /// `paper` of `None` is ZPL.
    async fn print_labels(
        &self,
        look: documents::Look,
        labels: Vec<Label>,
        paper: Option<Paper>,
        name: String,
    ) -> Result<Made> {
        match paper {
            Some(paper) => self.print(format!("{name}.pdf"), move |press| press.labels(&look, &labels, paper)).await,
            None => zpl(name, documents::zpl::labels(&look, &labels, Dpi::D203)),
        }
    }

    async fn print<F>(&self, name: String, work: F) -> Result<Made>
    where
        F: FnOnce(&documents::Press) -> documents::Result<Vec<u8>> + Send + 'static,
    {
        let bytes = self.printer.print(work).await.map_err(|error| StoreError::Document(error.to_string()))?;
        Ok(Made { bytes, content_type: PDF, name })
    }

    /// Somebody has the labels on paper: what stands at "issued" goes on, anything else stays where it is.
    ///
    /// # Errors
    /// `NotFound` if one of them is not within reach.
    pub async fn label_printed_by_staff(&self, who: &Viewer, numbers: &[Number]) -> Result<(), AppError> {
        let noted = async {
            for number in numbers.iter().take(MOST_LABELS) {
                let papers = self.papers_of_number(*number).await?;
                if !who.reach.covers(papers.case.store) {
                    return Err(AppError::NotFound.into());
                }
                if let Some(rma) = papers.rma {
                    self.note_label_printed(rma, Some(who.id)).await?;
                }
            }
            Ok(())
        };
        noted.await.map_err(|error: StoreError| self.fail(error))
    }

    /// The label that the carrier made.
    async fn carriers_label(&self, papers: &Papers) -> Result<Made> {
        let rma = papers.rma.as_ref().ok_or(AppError::NotFound)?;
        let (id, kind) = rma.label.as_ref().ok_or(AppError::NotFound)?;
        let bytes = self.files.label(*id).await.map_err(StoreError::corrupt)?.ok_or(AppError::NotFound)?;
        let (content_type, ending) = match kind.as_str() {
            LABEL_PDF => (PDF, "pdf"),
            LABEL_JPEG => (LABEL_JPEG, "jpg"),
            LABEL_ZPL => (ZPL, "zpl"),
            other => return Err(StoreError::corrupt(format!("a carrier's label of the type {other}"))),
        };
        Ok(Made { bytes, content_type, name: format!("carrier-label-{}.{ending}", rma.number) })
    }

    async fn papers(&self, case: Case) -> Result<Papers> {
        let mut connection = self.db.read().await?;
        let rma = rmas::of_case(&mut connection, case.id).await?;
        let mut together = Vec::new();
        if let Some(rma) = &rma {
            for other in rmas::cases(&mut connection, rma.id).await? {
                if other.id != case.id {
                    together.extend(cases::by_id(&mut connection, other.id).await?);
                }
            }
        }
        together.push(case.clone());
        together.sort_by_key(|case| case.number);
        Ok(Papers { case, rma, together })
    }

    /// By the number of a case or of a collective return.
    async fn papers_of_number(&self, number: Number) -> Result<Papers> {
        let case = {
            let mut connection = self.db.read().await?;
            match cases::by_number(&mut connection, number).await? {
                Some(case) => Some(case),
                None => match rmas::by_number(&mut connection, number).await? {
                    None => None,
                    Some(rma) => match rmas::cases(&mut connection, rma.id).await?.first() {
                        None => None,
                        Some(first) => cases::by_id(&mut connection, first.id).await?,
                    },
                },
            }
        };
        self.papers(case.ok_or(AppError::NotFound)?).await
    }

    /// The small versions of the customer's pictures, as many as a protocol has room for.
    async fn photos(&self, case: &Case) -> Result<Vec<Photo>> {
        let rows = attachments::of_case(&mut *self.db.read().await?, case.id).await?;
        let mut photos = Vec::new();
        for row in rows.iter().filter(|row| !row.pdf && is_customers(row, case)).take(data::PHOTOS) {
            let file = self.files.bytes(row.id, Size::Small).await.map_err(StoreError::corrupt)?;
            let alt = texts::words::kind(case.known.customer_locale, row.kind).to_owned();
            photos.extend(file.map(|jpeg| Photo { jpeg, alt }));
        }
        Ok(photos)
    }
}
