//! A case as its customer sees it.

use super::access::is_customers;
use super::act::{allowed, may_extend};
use super::contact::contact_fields;
use super::told::{told, told_by_sms};
use crate::clock::token_hash;
use crate::desk::Desk;
use crate::desk::book::{Book, Store};
use crate::desk::cases::standing;
use crate::desk::pictures::view;
use crate::store::attachments::{self, Attachment};
use crate::store::cases::{self, Case, Known};
use crate::store::error::Result;
use crate::store::letters::{self, LetterRow};
use crate::store::messages;
use crate::store::parts::MessageRow;
use crate::store::rmas::{self, Rma, RmaCase};
use crate::store::{status_links, upload_links};
use app::backend::{DocumentKind, StatusDecision, StatusMessage, StatusPage, StatusRma, StatusStore};
use app::urls;
use domain::attachment::limits;
use domain::contact::Medium;
use domain::customer::{CustomerAction, Goods, Task, task};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use domain::report::Window;
use domain::{Locale, format};
use jiff::civil::Date;
use texts::words;

/// What hangs on the case.
struct Parts {
    letters: Vec<(LetterRow, String)>,
    messages: Vec<MessageRow>,
    pictures: Vec<Attachment>,
    question: Option<String>,
    rma: Option<(Rma, Vec<RmaCase>)>,
    /// It was joined into that case, which this browser may open or not.
    kept: Option<(Case, bool)>,
    /// Number and title of what else this browser may read: the same return's, and what was proved in it.
    others: Vec<(Number, String)>,
}

/// So many others are listed; who has more finds them by their numbers.
const OTHERS: usize = 20;

impl Desk {
    async fn parts_of(&self, access: Option<&str>, case: &Case) -> Result<Parts> {
        let mut connection = self.db.read().await?;
        let rma = match rmas::of_case(&mut connection, case.id).await? {
            Some(rma) => {
                let cases = rmas::cases(&mut connection, rma.id).await?;
                Some((rma, cases))
            }
            None => None,
        };
        let mut others = Vec::new();
        for one in rma.iter().flat_map(|(_, cases)| cases).filter(|one| one.id != case.id) {
            others.push((one.number, one.title.clone()));
        }
        if let Some(hash) = access.map(token_hash) {
            for id in status_links::opened(&mut connection, &hash, self.clock.now_ms()).await?.into_iter().take(OTHERS)
            {
                let theirs = |other: &Case| other.id != case.id && of_one_customer(&other.known, &case.known);
                let other = cases::by_id(&mut connection, id).await?.filter(theirs);
                others.extend(other.map(|other| (other.number, other.known.title)));
            }
        }
        others.sort();
        others.dedup();
        let kept = match case.joined_into {
            Some(kept) => cases::by_id(&mut connection, kept).await?,
            None => None,
        };
        let kept = match (kept, access.map(token_hash)) {
            (Some(kept), Some(hash)) => {
                let opens = status_links::opens(&mut connection, &hash, kept.id, self.clock.now_ms()).await?;
                Some((kept, opens))
            }
            (kept, _) => kept.map(|kept| (kept, false)),
        };
        Ok(Parts {
            kept,
            letters: letters::with_texts(&mut connection, case.id).await?,
            messages: messages::of_case(&mut connection, case.id).await?,
            pictures: attachments::of_case(&mut connection, case.id).await?,
            question: upload_links::open_question(&mut connection, case.id).await?,
            rma,
            others,
        })
    }

    pub(super) async fn page_of_status(
        &self,
        locale: Locale,
        access: Option<&str>,
        number: Number,
    ) -> Result<StatusPage> {
        let case = self.customer_case(access, number).await?;
        let parts = self.parts_of(access, &case).await?;
        let book = self.book();
        let store = book.store(case.store)?;
        let form = book.form(&case.type_key, case.form_version)?;
        let today = store.today(&*self.clock);
        let title = |title: &str| {
            if title.is_empty() { book.type_name(&case.type_key, locale) } else { title.to_owned() }
        };
        let medium = self.recipient(&case.known).map_or(Medium::Email, |to| to.medium);
        let may = |action| allowed(&case, action).is_ok();
        // What is sent for a duplicate takes up the case that is handled.
        let handled = parts.kept.as_ref().map_or(&case, |(kept, _)| kept);
        let may_send = |action| allowed(handled, action).is_ok();
        let waits =
            case.phase == Phase::WaitingCustomer && handled.archived.is_none() && may_send(CustomerAction::Write);
        let question = parts.question.filter(|_| waits);
        let rma = parts.rma.as_ref().map(|(rma, _)| rma);
        let goods = rma.map(|rma| Goods { route: rma.route(), state: rma.state, expired: today > rma.valid_until });
        let taken = u32::try_from(parts.pictures.len()).unwrap_or(u32::MAX);
        Ok(StatusPage {
            look: self.look(locale),
            case: case.id,
            number: case.number,
            type_name: book.type_name(&case.type_key, locale),
            title: title(&case.known.title),
            phase: case.phase,
            status: case.status.and_then(|id| book.statuses.get(&id)).map(|own| own.name.get(locale).to_owned()),
            archived: case.archived.is_some(),
            joined_into: parts.kept.as_ref().map(|(kept, opens)| (kept.number, *opens)),
            filed: store.moment(case.registered_at),
            answer_by: case.due_on,
            late: case.due_on.is_some_and(|due| due < today),
            task: if parts.kept.is_some() && question.is_some() { Task::Answer } else { task(standing(&case), goods) },
            decision: decision(&book, store, locale, &case),
            outcome: outcome(&book, locale, &case),
            question,
            messages: self.messages(locale, store, &case, parts.letters, &parts.messages),
            next_message: self.random.id(),
            pictures: parts
                .pictures
                .iter()
                .filter(|a| is_customers(a, &case))
                .map(|a| view(a, &book, &store.zone))
                .collect(),
            remaining_pictures: limits::PER_CASE.saturating_sub(taken),
            contact: contact_fields(form, &case.answers, medium, &self.context_of(locale, store)),
            rma: rma.map(|rma| rma_of(&book, locale, &case, rma, today)).transpose()?,
            siblings: parts.others.iter().map(|(number, name)| (*number, title(name))).collect(),
            store: StatusStore {
                name: store.name.clone(),
                address: store.address.clone(),
                email: store.email.clone(),
                phone: format::phone(&store.phone),
            },
            may_withdraw: may(CustomerAction::Withdraw),
            may_write: may_send(CustomerAction::Write),
            may_add_pictures: may_send(CustomerAction::AddPicture) && taken < limits::PER_CASE,
            may_change_contact: may(CustomerAction::ChangeContact),
            documents: documents_of(&case, rma, today),
        })
    }

    /// Letters to the customer and their own words, newest first. One that told an address before of a change is that
    /// address's alone.
    fn messages(
        &self,
        locale: Locale,
        store: &Store,
        case: &Case,
        letters: Vec<(LetterRow, String)>,
        own: &[MessageRow],
    ) -> Vec<StatusMessage> {
        let status = format!("{}{}/", self.config.public_url, urls::STATUS_LINK);
        let theirs = |letter: &LetterRow| {
            let own = [&case.known.customer_email, &case.known.customer_phone].contains(&&letter.to.address);
            let elsewhere = letter.template == Template::ContactChanged && !own;
            letter.template.is_for_customer() && !elsewhere
        };
        let ours = letters.into_iter().filter(|(letter, _)| theirs(letter)).map(|(letter, text)| StatusMessage {
            at: store.moment(letter.sent_at.unwrap_or(letter.created_at)),
            template: Some(letter.template),
            body: match letter.to.medium {
                Medium::Email => told(&text, &status),
                Medium::Sms => told_by_sms(&text, &status),
            },
            subject: match letter.to.medium {
                Medium::Email => letter.subject,
                Medium::Sms => words::template(locale, letter.template).to_owned(),
            },
        });
        // Of one moment what was answered comes first.
        let own = own.iter().rev().map(|message| StatusMessage {
            at: store.moment(message.at),
            template: None,
            subject: String::new(),
            body: message.body.clone(),
        });
        let mut messages: Vec<StatusMessage> = own.chain(ours).collect();
        messages.sort_by_key(|message| std::cmp::Reverse(message.at.utc_ms));
        messages
    }
}

/// A browser that several people share shows each of them their own.
fn of_one_customer(one: &Known, other: &Known) -> bool {
    let same = |a: &str, b: &str| !a.is_empty() && a.eq_ignore_ascii_case(b);
    same(&one.customer_email, &other.customer_email) || same(&one.customer_phone, &other.customer_phone)
}

fn decision(book: &Book, store: &Store, locale: Locale, case: &Case) -> Option<StatusDecision> {
    // A decision that is being thought over again is none.
    let decided = case.decision.as_ref().filter(|_| !case.phase.is_open())?;
    Some(StatusDecision {
        verdict: decided.decision.verdict,
        reason: book.reason_name(&decided.decision.reason, locale),
        explanation: decided.decision.explanation.trim().to_owned(),
        at: store.moment(decided.at),
    })
}

/// What the customer got, in one line.
pub fn outcome(book: &Book, locale: Locale, case: &Case) -> Option<String> {
    let settled = case.settlement.as_ref()?;
    let amount = settled.amount_minor.map(|minor| format::money(locale, minor, &book.organisation.currency));
    let name = book.outcome_name(&settled.outcome, locale);
    Some([Some(name), amount].into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn rma_of(book: &Book, locale: Locale, case: &Case, rma: &Rma, today: Date) -> Result<StatusRma> {
    let to = book.store(rma.store)?;
    let expired = today > rma.valid_until;
    Ok(StatusRma {
        number: rma.number,
        route: rma.route(),
        state: rma.state,
        valid_until: rma.valid_until,
        expired,
        waybill: rma.waybill.clone(),
        tracking_url: rma.tracking_url.clone(),
        pick_up: rma
            .delivery
            .window
            .filter(|_| rma.state.is_awaited() && rma.awaits_courier())
            .map_or_else(String::new, |window| window_of(locale, window)),
        destination: format!("{}\n{}", to.name, to.address).trim().to_owned(),
        code: rma.code.clone(),
        may_print: may_print(case, rma, today),
        may_extend: may_extend(case, rma, today),
    })
}

fn window_of(locale: Locale, window: Window) -> String {
    format!("{}, {:02}:00–{:02}:00", format::date_long(locale, window.date), window.from, window.to)
}

/// A parcel that may still be sent.
fn may_print(case: &Case, rma: &Rma, today: Date) -> bool {
    let open = case.archived.is_none() && !case.phase.is_closed();
    open && rma.route().is_sent() && rma.state.is_awaited() && today <= rma.valid_until
}

/// What there is for the customer to read, as things stand. `today`: at the store that takes the goods.
pub fn documents_of(case: &Case, rma: Option<&Rma>, today: Date) -> Vec<DocumentKind> {
    let mut kinds = Vec::new();
    if let Some(rma) = rma.filter(|rma| may_print(case, rma, today)) {
        kinds.push(if rma.label.is_some() { DocumentKind::CarrierLabel } else { DocumentKind::Label });
        kinds.push(DocumentKind::PackingSlip);
    }
    if case.decision.is_some() && !case.phase.is_open() {
        kinds.push(DocumentKind::Decision);
    }
    kinds.push(DocumentKind::Protocol);
    kinds
}
