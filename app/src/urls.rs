//! Every address, once: for the router, the letters, the QR codes and the tests.

use domain::id::{AttachmentId, CaseId, Key, PaperId, RunId};
use domain::number::Number;

pub const HOME: &str = "/";
pub const SIGN_IN: &str = "/sign-in";
/// The first admin, and everybody invited later, choose their password here: `/welcome/{token}`.
pub const WELCOME: &str = "/welcome";
/// Who stands at the store's tablet.
pub const TABLET: &str = "/tablet";
pub const ACCOUNT: &str = "/account";
pub const NEW_CASE: &str = "/new";
pub const CASES: &str = "/cases";
pub const ARCHIVE: &str = "/archive";
/// Many cases changed in one go: `/bulk/{run}`.
pub const BULK: &str = "/bulk";
/// A list as a file: its own query, and `format=csv` or `xlsx`.
pub const EXPORT: &str = "/cases/export";
pub const SEARCH: &str = "/search";
pub const SETTINGS: &str = "/settings";
pub const OUTBOX: &str = "/settings/outbox";
/// Letters that are to be printed, and noted once they have left.
pub const PAPERS: &str = "/papers";
/// For those who handle cases.
pub const STATISTICS: &str = "/statistics";
/// The same numbers for a spreadsheet.
pub const STATISTICS_CSV: &str = "/statistics.csv";
pub const STATISTICS_XLSX: &str = "/statistics.xlsx";
/// The phone's page: `/u/{token}`.
pub const UPLOAD: &str = "/u";
/// Customers file from home here: a type, then its form.
pub const REPORT: &str = "/report";
/// What the link in the letter opens: `/confirm/{token}`.
pub const CONFIRM: &str = "/confirm";
/// Customers find their case here; `/status/{number}` is one that this browser has proved to be theirs.
pub const STATUS: &str = "/status";
/// The way there from a letter: `/s/{token}`.
pub const STATUS_LINK: &str = "/s";
/// The organisation's logo, for everybody.
pub const LOGO: &str = "/logo";
/// Where an admin sends a new one: `multipart/form-data` by POST.
pub const LOGO_UPLOAD: &str = "/settings/customers/logo";
/// Returns for staff.
pub const RMAS: &str = "/rma";
/// Where a scanned text leads.
pub const SCAN: &str = "/scan";
/// A picture of a code is sent there.
pub const SCAN_PHOTO: &str = "/scan/photo";
/// Labels of many returns as one print: `?number=…&number=…&paper=a6`.
pub const LABELS: &str = "/rma/labels";
/// Labels for the goods of many cases as one print, asked in the same way.
pub const GOODS_LABELS: &str = "/cases/labels";
/// What a label's QR code holds: `/r/{number}`. Staff come to the return, customers to the status page.
pub const LABEL_CODE: &str = "/r";
/// Where a form's button for another language posts to: the page comes back in it, with what was typed.
pub const SPEAK: &str = "/speak";
/// Server-sent events of one case (`?case=`) or of all that the reader may see.
pub const LIVE: &str = "/live";

/// Whether it is that page or one below it.
pub fn is_below(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Pages whose forms gain nothing from a client: signing in, one's account, the settings, a customer's case, and those of
/// a customer's report but the form itself. They are sent without it, which keeps them, and the client of all other pages, small.
pub fn is_plain(path: &str) -> bool {
    let around_the_form =
        |rest: &str| rest.is_empty() || ["/add", "/review", "/sent"].iter().any(|end| rest.ends_with(end));
    [SIGN_IN, WELCOME, ACCOUNT, BULK, SETTINGS, CONFIRM, RMAS, PAPERS, STATISTICS, SCAN, STATUS, STATUS_LINK]
        .iter()
        .any(|page| is_below(path, page))
        || path.strip_prefix(REPORT).is_some_and(around_the_form)
}

/// For a link: a plain page is the browser's to load, without the client trying first.
pub fn rel(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    is_plain(path).then_some("external")
}

/// Plain pages that people go on from to one with a client: it is fetched meanwhile.
pub fn leads_to_client(path: &str) -> bool {
    path == REPORT || (is_plain(path) && !is_for_customers(path))
}

/// Pages of people who have no account: shown in the language that they choose, in the organisation's colours.
pub fn is_for_customers(path: &str) -> bool {
    [REPORT, CONFIRM, STATUS, STATUS_LINK].iter().any(|page| is_below(path, page))
}

pub fn welcome(token: &str) -> String {
    format!("{WELCOME}/{token}")
}

/// A form of that type. `draft` names one that was begun.
pub fn new_case(type_key: &Key, draft: Option<CaseId>) -> String {
    match draft {
        Some(id) => format!("{NEW_CASE}/{type_key}?draft={id}"),
        None => format!("{NEW_CASE}/{type_key}"),
    }
}

pub fn case(number: Number) -> String {
    format!("{CASES}/{number}")
}

/// The same as one of a list: `within` is that list's query, `place` where the case stands in it. The page then leads on.
pub fn case_within(number: Number, within: &str, place: &str) -> String {
    let query =
        form_urlencoded::Serializer::new(String::new()).append_pair("in", within).append_pair("at", place).finish();
    format!("{}?{query}", case(number))
}

/// The start page for everybody's cases, or for the reader's own.
pub fn today(everybody: bool) -> String {
    format!("{HOME}?whose={}", if everybody { "all" } else { "mine" })
}

pub fn bulk(run: RunId) -> String {
    format!("{BULK}/{run}")
}

pub fn edit_case(number: Number) -> String {
    format!("{CASES}/{number}/edit")
}

/// Where staff send pictures of a case or of a draft: `multipart/form-data` by POST.
pub fn case_files(case: CaseId) -> String {
    format!("/files/case/{case}")
}

/// In the place of a report's secret: one that nothing was saved of yet.
pub const NEW_REPORT: &str = "new";

/// An empty form of that type, for a customer.
pub fn new_report(type_key: &Key) -> String {
    report_type(NEW_REPORT, type_key)
}

/// An empty form of that type for another article of a report.
pub fn report_type(token: &str, type_key: &Key) -> String {
    format!("{REPORT}/{token}?type={type_key}")
}

/// A report that was begun; the form posts here as well.
pub fn report(token: &str) -> String {
    format!("{REPORT}/{token}")
}

/// The form of one of its articles.
pub fn report_item(token: &str, case: CaseId) -> String {
    format!("{REPORT}/{token}?item={case}")
}

/// Where another article is picked.
pub fn report_add(token: &str) -> String {
    format!("{REPORT}/{token}/add")
}

pub fn report_review(token: &str) -> String {
    format!("{REPORT}/{token}/review")
}

pub fn report_sent(token: &str) -> String {
    format!("{REPORT}/{token}/sent")
}

/// Where a script sends pictures of one article of a report.
pub fn report_files(token: &str, case: CaseId) -> String {
    format!("{REPORT}/{token}/files/{case}")
}

pub fn report_file(token: &str, id: AttachmentId, size: Size) -> String {
    format!("{REPORT}/{token}/files/{id}/{}", size.key())
}

pub fn confirm(token: &str) -> String {
    format!("{CONFIRM}/{token}")
}

pub fn status(number: Number) -> String {
    format!("{STATUS}/{number}")
}

pub fn status_contact(number: Number) -> String {
    format!("{STATUS}/{number}/contact")
}

pub fn status_withdraw(number: Number) -> String {
    format!("{STATUS}/{number}/withdraw")
}

/// `form` is its server function's name.
pub fn speak(form: &str, locale: domain::Locale) -> String {
    format!("{SPEAK}?form={form}&lang={locale}")
}

pub fn status_link(token: &str) -> String {
    format!("{STATUS_LINK}/{token}")
}

/// A document of a case for the customer who has proved to be its owner.
pub fn status_document(number: Number, kind: crate::backend::DocumentKind) -> String {
    format!("{STATUS}/{number}/documents/{}", kind.key())
}

/// The same for staff; `number` is a case's.
pub fn case_document(number: Number, kind: crate::backend::DocumentKind) -> String {
    format!("{CASES}/{number}/documents/{}", kind.key())
}

/// A letter of a case as it stands on paper.
pub fn case_paper(number: Number, paper: PaperId) -> String {
    format!("{CASES}/{number}/papers/{paper}")
}

pub fn status_file(number: Number, id: AttachmentId, size: Size) -> String {
    format!("{STATUS}/{number}/files/{id}/{}", size.key())
}

pub fn rma(number: Number) -> String {
    format!("{RMAS}/{number}")
}

/// A return for that case: its number, or a parcel that came without one.
pub fn new_rma(case: Number) -> String {
    format!("{RMAS}/new?case={case}")
}

/// Where a label that a carrier's own page made is sent, with what came with it: `multipart/form-data` by POST.
pub fn rma_label(number: Number) -> String {
    format!("{RMAS}/{number}/label")
}

/// What a text stands for.
pub fn scan(text: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("text", text).finish();
    format!("{SCAN}?{query}")
}

pub fn label_code(number: Number) -> String {
    format!("{LABEL_CODE}/{number}")
}

pub fn upload(token: &str) -> String {
    format!("{UPLOAD}/{token}")
}

/// Where the phone's page sends its pictures.
pub fn upload_files(token: &str) -> String {
    format!("{UPLOAD}/{token}/files")
}

/// The two sizes that are kept of each picture; a PDF has its one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// At most 480 px.
    Small,
    /// At most 2048 px, or the PDF.
    Large,
}

impl Size {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

pub fn file(id: AttachmentId, size: Size) -> String {
    format!("/files/{id}/{}", size.key())
}

/// The same file for the holder of an upload link.
pub fn upload_file(token: &str, id: AttachmentId, size: Size) -> String {
    format!("{UPLOAD}/{token}/files/{id}/{}", size.key())
}
