//! Creating a case: type, form, draft, save.

use super::Desk;
use super::book::{Book, ComplaintType, Store};
use super::cases::hints_at_registration;
use super::cases::known::{known, title, words};
use super::cases::letters::{Letter, facts};
use super::cases::rows::{moment, stores_in_reach};
use super::law;
use crate::clock::DAY_MS;
use crate::store::cases::{self, Case, Law, NewCase};
use crate::store::drafts::{self, Draft};
use crate::store::error::{Result, StoreError};
use crate::store::{parts, people};
use app::backend::{DraftCard, FormInput, FormPage, HintView, Registration, StoreRef, TypeCard, Viewer};
use app::error::AppError;
use async_trait::async_trait;
use domain::assignment;
use domain::attachment::AttachmentKind;
use domain::case::Channel;
use domain::event::EventKind;
use domain::form::schema::common;
use domain::form::{Answers, Context, Form, check, so_far};
use domain::handling::Handling;
use domain::id::{CaseId, EventId, Key};
use domain::letter::Template;
use domain::number::Number;
use domain::phase::Phase;
use domain::role::Right;
use futures::FutureExt;
use jiff::ToSpan;
use std::sync::Arc;

/// A draft that nobody has touched for so long is thrown away.
const DRAFT_MS: i64 = 30 * DAY_MS;
/// Answers of one form, and bytes of them all.
const MOST_ANSWERS: usize = 300;
const MOST_BYTES: usize = 200_000;
/// Stands for the number in a letter that is composed before the case has one: private characters that no keyboard has,
/// as many as a number has, so that lines break as they would.
const NUMBER_TO_COME: &str = "\u{e000}\u{e001}\u{e002}\u{e003}\u{e004}\u{e005}\u{e006}\u{e007}\u{e008}\u{e009}\u{e00a}";

#[async_trait]
impl Registration for Desk {
    async fn types(&self, who: &Viewer) -> Result<Vec<TypeCard>, AppError> {
        let book = self.book();
        let mut types: Vec<&ComplaintType> = book.types.values().filter(|kind| kind.active).collect();
        types.sort_by_key(|kind| kind.position);
        let card = |kind: &ComplaintType| TypeCard {
            key: kind.key.clone(),
            name: kind.name.get(who.locale).to_owned(),
            icon: kind.icon.clone(),
        };
        Ok(types.into_iter().map(card).collect())
    }

    async fn drafts(&self, who: &Viewer) -> Result<Vec<DraftCard>, AppError> {
        self.draft_cards(who).await.map_err(|error| self.fail(error))
    }

    async fn form_page(&self, who: &Viewer, type_key: &Key, draft: Option<CaseId>) -> Result<FormPage, AppError> {
        self.new_page(who, type_key, draft).await.map_err(|error| self.fail(error))
    }

    async fn hints(&self, who: &Viewer, input: &FormInput) -> Result<Vec<HintView>, AppError> {
        let book = self.book();
        let Chosen { form, kind, store } = self.chosen(&book, who, input).map_err(|error| self.fail(error))?;
        Ok(self.hints_of(&book, who, store, kind, form, &input.answers))
    }

    async fn save_draft(&self, who: &Viewer, input: FormInput) -> Result<(), AppError> {
        self.keep_draft(who, input).await.map_err(|error| self.fail(error))
    }

    async fn discard_draft(&self, who: &Viewer, id: CaseId) -> Result<(), AppError> {
        let (staff, now) = (who.id, self.clock.now_ms());
        let gone = self.db.write(move |tx| async move { drafts::discard(tx, id, staff, now).await }.boxed()).await;
        // One that has gone already is discarded as well.
        gone.map(|_| ()).map_err(|error| self.fail(error))
    }

    async fn register(&self, who: &Viewer, input: FormInput) -> Result<Number, AppError> {
        self.new_case(who, input).await.map_err(|error| self.fail(error))
    }

    async fn edit_page(&self, who: &Viewer, number: Number) -> Result<FormPage, AppError> {
        self.edit_page_of(who, number).await.map_err(|error| self.fail(error))
    }

    async fn edit(&self, who: &Viewer, input: FormInput, version: i64) -> Result<(), AppError> {
        self.edit_case(who, input, version).await.map_err(|error| self.fail(error))
    }
}

/// What a form is filled in with: its type, the version of its questions, the store.
struct Chosen<'a> {
    form: &'a Arc<Form>,
    kind: &'a ComplaintType,
    store: &'a Store,
}

/// No honest form is larger; a check of each answer follows when the case is saved.
pub(super) fn within_limits(answers: &Answers) -> Result<()> {
    let bytes: usize =
        answers.0.iter().map(|(key, values)| key.len() + values.iter().map(String::len).sum::<usize>()).sum();
    let count: usize = answers.0.values().map(|values| values.len().max(1)).sum();
    if bytes > MOST_BYTES || count > MOST_ANSWERS {
        return Err(AppError::invalid("answers", "too_long").into());
    }
    Ok(())
}

impl Desk {
    pub(super) fn context(&self, who: &Viewer, store: &Store, pictures: Vec<(AttachmentKind, u32)>) -> Context {
        Context { locale: who.locale, today: store.today(&*self.clock), country: store.country.clone(), pictures }
    }

    /// The viewer's stores that are open, and the one that a new case is registered in.
    fn own_choice(&self, book: &Book, who: &Viewer) -> Result<(Vec<StoreRef>, StoreRef)> {
        let mut stores = stores_in_reach(book, who);
        stores.retain(|store| book.stores.get(&store.id).is_some_and(|store| store.active));
        let own = who.tablet.or(who.store.as_ref().map(|store| store.id));
        let store = stores.iter().find(|store| Some(store.id) == own).or(stores.first());
        let store = store.cloned().ok_or(AppError::Forbidden)?;
        Ok((stores, store))
    }

    fn chosen<'a>(&self, book: &'a Book, who: &Viewer, input: &FormInput) -> Result<Chosen<'a>> {
        within_limits(&input.answers)?;
        if !who.may(Right::Serve) || !who.reach.covers(input.store) {
            return Err(AppError::Forbidden.into());
        }
        let store = book.stores.get(&input.store).filter(|store| store.active);
        let kind = book.types.get(&input.type_key).filter(|kind| kind.active);
        let form = book.forms.get(&(input.type_key.clone(), input.form_version));
        match (store, kind, form) {
            (Some(store), Some(kind), Some(form)) => Ok(Chosen { form, kind, store }),
            (None, ..) => Err(AppError::invalid("store", "unknown_choice").into()),
            _ => Err(AppError::NotFound.into()),
        }
    }

    async fn draft_cards(&self, who: &Viewer) -> Result<Vec<DraftCard>> {
        let book = self.book();
        let drafts = drafts::of_staff(&mut *self.db.read().await?, who.id).await?;
        let card = |draft: Draft| {
            let kind = book.types.get(&draft.type_key)?;
            let store = book.stores.get(&draft.store)?;
            let parts = [title(&draft.answers), draft.answers.first(common::CUSTOMER_NAME).to_owned()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            Some(DraftCard {
                id: draft.id,
                type_key: draft.type_key,
                type_name: kind.name.get(who.locale).to_owned(),
                summary: parts.join(" · "),
                saved: moment(store, draft.updated_at),
            })
        };
        Ok(drafts.into_iter().filter_map(card).collect())
    }

    async fn new_page(&self, who: &Viewer, type_key: &Key, draft: Option<CaseId>) -> Result<FormPage> {
        let book = self.book();
        let kind = book.types.get(type_key).filter(|kind| kind.active).ok_or(AppError::NotFound)?;
        let (stores, own) = self.own_choice(&book, who)?;
        let (mut answers, mut version, mut store) = (Answers::default(), kind.form_version, own);
        let (mut counts, mut attachments) = (Vec::new(), Vec::new());
        if let Some(id) = draft {
            let mut connection = self.db.read().await?;
            if let Some(draft) = drafts::get(&mut connection, id, who.id).await? {
                if draft.type_key != *type_key || draft.editing.is_some() {
                    return Err(AppError::NotFound.into());
                }
                answers = draft.answers;
                version = draft.form_version;
                store = stores.iter().find(|s| s.id == draft.store).cloned().unwrap_or(store);
                counts = drafts::picture_counts(&mut connection, id).await?;
                attachments = parts::of_case(&mut connection, id).await?.attachments;
            } else if drafts::is_taken(&mut connection, id).await? {
                return Err(AppError::NotFound.into());
            }
        }
        let form = book.form(type_key, version)?;
        let at = book.store(store.id)?;
        let hints = self.hints_of(&book, who, at, kind, form, &answers);
        Ok(FormPage {
            id: draft.unwrap_or_else(|| self.random.id()),
            type_key: type_key.clone(),
            type_name: kind.name.get(who.locale).to_owned(),
            form: (**form).clone(),
            context: self.context(who, at, counts),
            answers,
            pictures: attachments.iter().map(|row| super::cases::picture(&book, at, row)).collect(),
            store,
            stores,
            currency: book.organisation.currency.clone(),
            editing: None,
            hints,
        })
    }

    fn hints_of(
        &self,
        book: &Book,
        who: &Viewer,
        store: &Store,
        kind: &ComplaintType,
        form: &Form,
        answers: &Answers,
    ) -> Vec<HintView> {
        let answers = so_far(form, answers, &self.context(who, store, Vec::new()));
        if ![common::PURCHASE_DATE, common::DELIVERY_DATE].iter().any(|key| answers.is_filled(key)) {
            return Vec::new();
        }
        let known = known(&answers, store);
        let fee_warned = !book.public_form.fee_warning.get(known.customer_locale).is_empty();
        hints_at_registration(who, store, kind.goods, &answers, fee_warned, self.clock.now())
    }

    async fn keep_draft(&self, who: &Viewer, input: FormInput) -> Result<()> {
        let book = self.book();
        self.chosen(&book, who, &input)?;
        let id = input.id;
        let draft = Draft {
            id,
            staff: who.id,
            type_key: input.type_key,
            form_version: input.form_version,
            store: input.store,
            answers: input.answers,
            editing: None,
            updated_at: self.clock.now_ms(),
        };
        if self.db.write(move |tx| async move { drafts::save(tx, &draft).await }.boxed()).await? {
            return Ok(());
        }
        // An autosave that comes after its case was registered is no fault.
        let there = cases::whereabouts(&mut *self.db.read().await?, id).await?;
        match there {
            Some((_, store)) if who.reach.covers(store) => Ok(()),
            _ => Err(AppError::NotFound.into()),
        }
    }

    async fn new_case(&self, who: &Viewer, input: FormInput) -> Result<Number> {
        let book = self.book();
        let Chosen { form, kind, store } = self.chosen(&book, who, &input)?;
        // Pictures stop no save, so the check need not count them.
        let answers = match check(form, &input.answers, &self.context(who, store, Vec::new())) {
            Ok(answers) => answers,
            Err(problems) => {
                self.keep_draft(who, input).await?;
                return Err(AppError::Form { problems }.into());
            }
        };
        let today = store.today(&*self.clock);
        let known = known(&answers, store);
        let letter =
            self.compose(Template::Received, &known, &facts(&book, store, &known, NUMBER_TO_COME.to_owned()))?;
        let pool = book.pool(&assignment::Facts::read(store.id, &kind.key, known.customer_locale, &answers), today);
        let assigned = self.random.id();
        let mut events: Vec<(EventId, EventKind)> = vec![(self.random.id(), EventKind::Registered)];
        events.extend(letter.as_ref().map(|letter| (self.random.id(), letter.event())));
        let words = words(form, &answers);
        let (id, store_id, wakes, now) = (input.id, store.id, letter.is_some(), self.clock.now_ms());
        let asked = answers.clone();
        let case = Case {
            id,
            // Its place in the series is known within the transaction.
            number: Number::new(today.year(), 0).ok_or_else(|| StoreError::corrupt("a year without a number"))?,
            version: 1,
            type_key: kind.key.clone(),
            form_version: form.version,
            store: store.id,
            channel: Channel::Till,
            phase: Phase::New,
            status: None,
            handler: None,
            archived: None,
            registered_at: now,
            registered_by: Some(who.id),
            due_on: today.checked_add(i32::from(kind.target_days).days()).ok(),
            rma: None,
            fee_warning: book.public_form.fee_warning.get(known.customer_locale).to_owned(),
            known,
            decision: None,
            settlement: None,
            answers,
            news_at: None,
            law: Law::default(),
            handling: Handling::default(),
            remind_on: None,
            joined_into: None,
        };
        let case = Case { law: law::begun(&book, &case)?, ..case };
        let dialect = self.db.dialect;
        let made = self
            .db
            .write(move |tx| {
                async move {
                    let Some(seq) = dialect.next_in_series(tx, id).await? else { return Ok(None) };
                    let series = u32::try_from(seq).map_err(StoreError::corrupt)?;
                    let number = Number::new(today.year(), series);
                    let number = number.ok_or_else(|| StoreError::corrupt("the series of numbers has ended"))?;
                    let mut case = Case { number, ..case };
                    if let Some(pool) = &pool {
                        let chosen = people::chosen(tx, pool).await?;
                        case.handler = Some(chosen.to);
                        events.insert(1, (assigned, EventKind::assigned_by_rule(&chosen)));
                    }
                    let words = words.stored(case.store, number);
                    cases::insert(tx, dialect, NewCase { seq, case: &case, words, events: &events }).await?;
                    if let Some(letter) = letter {
                        numbered(letter, number).enqueue(tx, id, now).await?;
                    }
                    Ok(Some(number))
                }
                .boxed()
            })
            .await;
        match made {
            Ok(Some(number)) => {
                if wakes {
                    self.letters.wake();
                }
                self.tell(id, store_id, 1);
                Ok(number)
            }
            // It is there: a double click, a retry, or on PostgreSQL somebody in the same moment.
            Ok(None) => self.registered_before(who, input, &asked).await,
            Err(StoreError::Database(sqlx::Error::Database(error))) if error.is_unique_violation() => {
                self.registered_before(who, input, &asked).await
            }
            Err(fault) => Err(fault),
        }
    }

    /// The same save once more is the case that it made. Where its answer was lost and something was mended meanwhile, that is an edit.
    async fn registered_before(&self, who: &Viewer, input: FormInput, answers: &Answers) -> Result<Number> {
        let case = self.reachable(who, input.id).await?;
        if case.answers != *answers {
            self.edit_case(who, input, case.version).await?;
        }
        Ok(case.number)
    }

    /// For a job, once a day or so.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forget_old_drafts(&self) -> Result<()> {
        let now = self.clock.now_ms();
        self.db.write(move |tx| async move { drafts::forget(tx, now - DRAFT_MS, now).await }.boxed()).await
    }
}

/// The letter with the number in the place that was kept for it.
fn numbered(mut letter: Letter, number: Number) -> Letter {
    let number = number.to_string();
    let composed = &mut letter.composed;
    for text in [&mut composed.subject, &mut composed.html, &mut composed.text] {
        *text = text.replace(NUMBER_TO_COME, &number);
    }
    letter
}
