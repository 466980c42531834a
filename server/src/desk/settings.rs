//! The organisation's own: for admins alone. Everybody else is refused before anything is read.

mod carrier;
mod check;
mod iso;
mod law;
mod logo;
mod people;
mod public;
mod view;

use super::Desk;
use super::book::{Book, ComplaintType};
use super::carriage::Carriage;
use super::sessions::account::taken;
use crate::clock::{DAY_MS, token_hash};
use crate::store::letters::{self, OutboxRow};
use crate::store::{StoreError, Tx, book as rows, organisation, sessions, settings as asked};
use app::backend::{
    CarrierTried, CarrierView, LawTable, NEW_KEY, Organisation, OutboxLetter, OutboxPage, PublicForm, Setting,
    Settings, SettingsView, StaffView, StatusView, StoreView, TypeView, Viewer,
};
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::Localized;
use domain::decision::{Outcome, Reason};
use domain::handling::{AnswerChoice, Cause};
use domain::id::{Key, LetterId, StaffId};
use domain::role::{Right, Role};
use futures::FutureExt;
use std::sync::Arc;

const INVITATION_MS: i64 = 7 * DAY_MS;
const OUTBOX_PAGE: usize = 30;
/// Of a change of the settings that others are faster than.
const ATTEMPTS: u32 = 5;

#[async_trait]
impl Settings for Desk {
    async fn settings(&self, who: &Viewer) -> Result<SettingsView> {
        administer(who)?;
        let book = self.book();
        let read = async { asked::last_seen(&mut *self.db.read().await?).await };
        let seen = read.await.map_err(|e| self.fail(e))?;
        let today = self.clock.now().to_zoned(book.zone()).date();
        Ok(view::view(&book, &seen, &self.config.public_url, today))
    }

    async fn law_table(&self, who: &Viewer) -> Result<LawTable> {
        administer(who)?;
        Ok(law::table(who.locale))
    }

    async fn save_setting(&self, who: &Viewer, setting: Setting) -> Result<()> {
        administer(who)?;
        self.change(|book| self.checked(setting.clone(), book)).await.map(drop)
    }

    async fn carrier(&self, who: &Viewer) -> Result<CarrierView> {
        administer(who)?;
        let carriage = Carriage::load(&self.db).await.map_err(|e| self.fail(e))?;
        Ok(carrier::view(&carriage))
    }

    async fn save_carrier(&self, who: &Viewer, carrier: CarrierView) -> Result<()> {
        administer(who)?;
        let entered = carrier::Entered::read(carrier, &self.config.public_url, self.asker()?)?;
        self.change(|_| Ok(Change::Carrier(Box::new(entered.clone())))).await.map(drop)
    }

    async fn try_carrier(&self, who: &Viewer) -> Result<CarrierTried> {
        administer(who)?;
        let carriage = Carriage::load(&self.db).await.map_err(|e| self.fail(e))?;
        Ok(carrier::tried(&carriage, &self.asker()?).await)
    }

    async fn remove_logo(&self, who: &Viewer) -> Result<()> {
        administer(who)?;
        self.set_logo(None).await
    }

    async fn invite(&self, who: &Viewer, staff: StaffId) -> Result<String> {
        administer(who)?;
        if !self.book().staff.get(&staff).is_some_and(|staff| staff.active) {
            return Err(AppError::NotFound);
        }
        let token = self.random.token();
        let (hash, expires_at) = (token_hash(&token), self.clock.now_ms() + INVITATION_MS);
        let written =
            self.db.write(move |tx| async move { sessions::invite(tx, &hash, Some(staff), expires_at).await }.boxed());
        written.await.map_err(|e| self.fail(e))?;
        Ok(format!("{}{}", self.config.public_url, app::urls::welcome(&token)))
    }

    async fn outbox(&self, who: &Viewer, after: Option<String>) -> Result<OutboxPage> {
        administer(who)?;
        let after = after.map(|cursor| read_cursor(&cursor).ok_or(AppError::NotFound)).transpose()?;
        let limit = i64::try_from(OUTBOX_PAGE + 1).unwrap_or(i64::MAX);
        let read = async { letters::outbox(&mut *self.db.read().await?, after, limit).await };
        let mut rows = read.await.map_err(|e| self.fail(e))?;
        let more = rows.len() > OUTBOX_PAGE;
        rows.truncate(OUTBOX_PAGE);
        let next = rows.last().filter(|_| more).map(|row| format!("{}_{}", row.letter.created_at, row.letter.id));
        let book = self.book();
        let letters = rows.into_iter().map(|row| outbox_letter(&book, row)).collect::<Result<_, StoreError>>();
        let letters = letters.map_err(|e| self.fail(e))?;
        Ok(OutboxPage { letters, next, local_only: self.config.smtp_url.is_none() })
    }

    async fn organisation_name(&self) -> Result<String> {
        Ok(self.book().organisation.name.clone())
    }
}

/// A checked setting with everything that is written for it.
enum Change {
    Organisation(Organisation),
    Store(StoreView),
    Staff(StaffView),
    /// All types, since their order may have changed.
    Types(Vec<ComplaintType>),
    Status(StatusView),
    Reason(Reason),
    Outcome(Outcome),
    Cause(Cause),
    SupplierAnswer(AnswerChoice),
    PublicForm(PublicForm),
    Carrier(Box<carrier::Entered>),
    People(people::Written),
}

impl Desk {
    /// Checks a change against the settings as they are and writes it, anew while others are faster. Answers what they
    /// were before.
    async fn change(&self, checked: impl Fn(&Book) -> Result<Change>) -> Result<Arc<Book>> {
        let mut attempts = 0;
        loop {
            let book = self.book();
            let (version, now) = (book.version, self.clock.now_ms());
            let change = checked(&book)?;
            let written = self.db.write(move |tx| {
                async move {
                    // First of all: this one row makes concurrent changes of the settings wait for each other, and tells
                    // whether the change was checked against what is there.
                    if !rows::touch_from(tx, version).await? {
                        return Err(AppError::Conflict.into());
                    }
                    write(tx, change, now).await.map_err(taken)
                }
                .boxed()
            });
            let written = written.await;
            self.reread().await?;
            attempts += 1;
            match written {
                Err(StoreError::Answer(AppError::Conflict)) if attempts < ATTEMPTS => {}
                written => return written.map(|()| book).map_err(|e| self.fail(e)),
            }
        }
    }

    fn checked(&self, setting: Setting, book: &Book) -> Result<Change> {
        Ok(match setting {
            Setting::Organisation(input) => Change::Organisation(check::organisation(input)?),
            Setting::Store(input) => {
                let id = if input.id.0.is_nil() { self.random.id() } else { input.id };
                Change::Store(StoreView { id, ..check::store(input, book)? })
            }
            Setting::Staff(input) => {
                let id = if input.id.0.is_nil() { self.random.id() } else { input.id };
                Change::Staff(StaffView { id, ..check::staff(input, book)? })
            }
            Setting::Type(input) => Change::Types(reordered(input, book)?),
            Setting::Status(input) => Change::Status(self.checked_status(input, book)?),
            Setting::Reason(input) => {
                let name = check::localized(&input.name)?;
                let key = if input.key.as_str() == NEW_KEY {
                    unique(&name, book.reasons.iter().map(|reason| &reason.name))?;
                    check::key_of(name.get(domain::Locale::En), |key| book.reasons.iter().any(|r| r.key == *key))
                } else {
                    existing(input.key, book.reasons.iter().map(|reason| &reason.key))?
                };
                Change::Reason(Reason { key, name, ..input })
            }
            Setting::Outcome(input) => {
                let name = check::localized(&input.name)?;
                let key = if input.key.as_str() == NEW_KEY {
                    unique(&name, book.outcomes.iter().map(|outcome| &outcome.name))?;
                    check::key_of(name.get(domain::Locale::En), |key| book.outcomes.iter().any(|o| o.key == *key))
                } else {
                    existing(input.key, book.outcomes.iter().map(|outcome| &outcome.key))?
                };
                Change::Outcome(Outcome { key, name, ..input })
            }
            Setting::Cause(input) => {
                let name = check::localized(&input.name)?;
                let key = listed(&input.key, &name, book.causes.iter().map(|cause| (&cause.key, &cause.name)))?;
                if input.types.iter().any(|kind| !book.types.contains_key(kind)) {
                    return Err(AppError::invalid("types", "unknown_choice"));
                }
                Change::Cause(Cause { key, name, ..input })
            }
            Setting::SupplierAnswer(input) => {
                let name = check::localized(&input.name)?;
                let known = book.supplier_answers.iter().map(|answer| (&answer.key, &answer.name));
                Change::SupplierAnswer(AnswerChoice { key: listed(&input.key, &name, known)?, name, ..input })
            }
            Setting::PublicForm(input) => Change::PublicForm(public::checked(*input, book)?),
            Setting::Rule(input) => Change::People(people::with_rule(input, self.random.id(), book)?),
            Setting::MoveRule(rule, by) => Change::People(people::with_rule_moved(rule, by, book)?),
            Setting::RemoveRule(rule) => Change::People(people::without_rule(rule, book)),
            Setting::Pauses(input) => Change::People(people::pauses(input)?),
        })
    }

    fn checked_status(&self, input: StatusView, book: &Book) -> Result<StatusView> {
        let name = check::localized(&input.name)?;
        let siblings =
            book.statuses.values().filter(|s| s.phase == input.phase && s.id != input.id).map(|status| &status.name);
        unique(&name, siblings)?;
        if input.id.0.is_nil() {
            return Ok(StatusView { id: self.random.id(), name, ..input });
        }
        let known = book.statuses.get(&input.id).ok_or(AppError::NotFound)?;
        // Cases stand in that phase with this status.
        Ok(StatusView { phase: known.phase, name, ..input })
    }
}

fn administer(who: &Viewer) -> Result<()> {
    if who.may(Right::Administer) { Ok(()) } else { Err(AppError::Forbidden) }
}

async fn write(tx: &mut Tx, change: Change, now: i64) -> Result<(), StoreError> {
    match change {
        Change::Organisation(organisation) => organisation::save_organisation(tx, &organisation).await,
        Change::Store(store) => {
            if asked::code_taken(tx, &store.code, store.id).await? {
                return Err(AppError::invalid("code", "taken").into());
            }
            organisation::save_store(tx, &store).await
        }
        Change::Staff(staff) => write_staff(tx, &staff, now).await,
        Change::Types(types) => {
            for kind in &types {
                organisation::save_type(tx, kind).await?;
            }
            Ok(())
        }
        Change::Status(status) => organisation::save_status(tx, &status).await,
        Change::Reason(reason) => organisation::save_reason(tx, &reason).await,
        Change::Outcome(outcome) => organisation::save_outcome(tx, &outcome).await,
        Change::Cause(cause) => organisation::save_cause(tx, &cause).await,
        Change::SupplierAnswer(answer) => organisation::save_supplier_answer(tx, &answer).await,
        Change::PublicForm(form) => organisation::save_public_form(tx, &form).await,
        Change::Carrier(entered) => entered.save(tx).await,
        Change::People(written) => written.save(tx).await,
    }
}

async fn write_staff(tx: &mut Tx, staff: &StaffView, now: i64) -> Result<(), StoreError> {
    for (field, name) in [("login", &staff.login), ("email", &staff.email)] {
        if !name.is_empty() && asked::login_taken(tx, name, staff.id).await? {
            return Err(AppError::invalid(field, "taken").into());
        }
    }
    let administers = staff.active && staff.role == Role::Admin;
    if !administers && asked::is_admin(tx, staff.id).await? && asked::other_admins(tx, staff.id).await? == 0 {
        let field = if staff.active { "role" } else { "active" };
        return Err(AppError::invalid(field, "last_admin").into());
    }
    organisation::save_staff(tx, staff, now).await?;
    if !staff.active {
        asked::shut_out(tx, staff.id).await?;
    }
    Ok(())
}

/// The type as it shall be, with all others moved out of its way. Its form, drawing and default outcome stay.
fn reordered(input: TypeView, book: &Book) -> Result<Vec<ComplaintType>> {
    let known = book.types.get(&input.key).ok_or(AppError::NotFound)?;
    if !(1..=365).contains(&input.target_days) {
        return Err(AppError::invalid("target_days", "not_days"));
    }
    let changed = ComplaintType {
        name: check::localized(&input.name)?,
        handler: check::handler(input.handler, book)?,
        deputies: people::deputies(&input.deputies, book)?,
        target_days: input.target_days,
        goods: input.goods,
        active: input.active,
        ..known.clone()
    };
    let mut types: Vec<ComplaintType> =
        in_order(book).into_iter().filter(|kind| kind.key != changed.key).cloned().collect();
    let place = usize::try_from(input.position).unwrap_or(0).min(types.len());
    types.insert(place, changed);
    for (position, kind) in (0..).zip(&mut types) {
        kind.position = position;
    }
    Ok(types)
}

fn in_order(book: &Book) -> Vec<&ComplaintType> {
    let mut types: Vec<&ComplaintType> = book.types.values().collect();
    types.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
    types
}

/// Two entries of one name could not be told apart.
fn unique<'a>(name: &Localized, mut others: impl Iterator<Item = &'a Localized>) -> Result<()> {
    let fold = |name: &Localized| domain::fold::fold(name.get(domain::Locale::En));
    let wanted = fold(name);
    if others.any(|other| fold(other) == wanted) { Err(AppError::invalid("name", "taken")) } else { Ok(()) }
}

/// The key of an entry: its own, or for a new one that of its name.
fn listed<'a>(
    wanted: &Key,
    name: &Localized,
    known: impl Iterator<Item = (&'a Key, &'a Localized)> + Clone,
) -> Result<Key> {
    if wanted.as_str() != NEW_KEY {
        return existing(wanted.clone(), known.map(|(key, _)| key));
    }
    unique(name, known.clone().map(|(_, name)| name))?;
    Ok(check::key_of(name.get(domain::Locale::En), |key| known.clone().any(|(taken, _)| taken == key)))
}

fn existing<'a>(key: Key, mut keys: impl Iterator<Item = &'a Key>) -> Result<Key> {
    if keys.any(|known| *known == key) { Ok(key) } else { Err(AppError::NotFound) }
}

fn outbox_letter(book: &Book, row: OutboxRow) -> Result<OutboxLetter, StoreError> {
    let store = book.store(row.store)?;
    Ok(OutboxLetter {
        is_case: row.letter.about.case().is_some(),
        letter: row.letter.view(store),
        number: row.number.parse().map_err(StoreError::corrupt)?,
        store: store.to_ref(),
    })
}

/// `1761000000000_<id>`: where the page before ended.
fn read_cursor(text: &str) -> Option<(i64, LetterId)> {
    let (at, id) = text.split_once('_')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}
