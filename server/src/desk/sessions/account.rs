//! One-time links, passwords, PINs.

use super::super::Desk;
use super::super::book::Book;
use super::limits;
use crate::clock::{DAY_MS, token_hash};
use crate::store::sessions as rows;
use crate::store::{StoreError, book, organisation};
use app::backend::{Invitation, Organisation, Origin, SetCookie, StaffView, StoreView, Viewer, Welcome};
use app::error::{AppError, Result};
use domain::Locale;
use domain::id::StaffId;
use domain::role::Role;
use futures::FutureExt;
use std::sync::Arc;

/// A one-time link lives a week.
const INVITATION_MS: i64 = 7 * DAY_MS;
const SHORTEST_PASSWORD: usize = 10;
/// Long enough for any phrase, short enough to hash.
const LONGEST: usize = 200;

pub(super) fn checked_name(name: &str) -> Result<String> {
    match name.trim() {
        "" => Err(AppError::invalid("name", "missing")),
        name if name.chars().count() > LONGEST => Err(AppError::invalid("name", "too_long")),
        name => Ok(name.to_owned()),
    }
}

/// At least ten characters, of whatever kind.
pub fn checked_password(field: &str, password: &str) -> Result<()> {
    match password.chars().count() {
        0 => Err(AppError::invalid(field, "missing")),
        n if n < SHORTEST_PASSWORD => Err(AppError::invalid(field, "too_short")),
        n if n > LONGEST => Err(AppError::invalid(field, "too_long")),
        _ => Ok(()),
    }
}

/// Four to eight digits.
pub fn checked_pin(pin: &str) -> Result<()> {
    let fits = (4..=8).contains(&pin.len()) && pin.bytes().all(|b| b.is_ascii_digit());
    let guessable = pin.bytes().all(|b| Some(&b) == pin.as_bytes().first());
    match (fits, guessable) {
        (false, _) => Err(AppError::invalid("pin", "not_a_pin")),
        (true, true) => Err(AppError::invalid("pin", "too_easy")),
        (true, false) => Ok(()),
    }
}

/// A user name without spaces or an `@`, by which it is told from an e-mail address.
pub fn checked_login(login: &str) -> Result<String> {
    let login = login.trim().to_lowercase();
    let fits = login.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    match (login.chars().count(), fits) {
        (0, _) => Err(AppError::invalid("login", "missing")),
        (1..=60, true) => Ok(login),
        _ => Err(AppError::invalid("login", "not_a_login")),
    }
}

/// Empty is good: not every clerk has one.
pub fn checked_email(email: &str) -> Result<String> {
    let email = email.trim().to_lowercase();
    if email.is_empty() || domain::email::parse(&email).is_some() {
        Ok(email)
    } else {
        Err(AppError::invalid("email", "not_an_email"))
    }
}

impl Desk {
    /// A one-time link for a member of the staff, or for the first admin; earlier unused ones end.
    pub async fn new_invitation(&self, staff: Option<StaffId>) -> Result<String, StoreError> {
        let token = self.random.token();
        let (hash, expires_at) = (token_hash(&token), self.clock.now_ms() + INVITATION_MS);
        self.db.write(move |tx| async move { rows::invite(tx, &hash, staff, expires_at).await }.boxed()).await?;
        Ok(format!("{}{}", self.config.public_url, app::urls::welcome(&token)))
    }

    /// Takes the newest book after a change of it.
    pub async fn reread(&self) -> Result<()> {
        self.shelf.refresh(&self.db).await.map_err(|e| self.fail(e))
    }

    /// The book, read anew where it does not hold yet what the database names: another server or the command line has made
    /// it this very moment.
    pub(super) async fn book_that(&self, holds: impl Fn(&Book) -> bool) -> Result<Arc<Book>> {
        let book = self.book();
        if holds(&book) {
            return Ok(book);
        }
        self.reread().await?;
        Ok(self.book())
    }

    pub async fn save_pin(&self, staff: StaffId, pin: &str) -> Result<(), StoreError> {
        let hash = self.passwords.hash(pin, &self.random).await;
        let save = self.db.write(move |tx| {
            async move {
                book::touch(tx).await?;
                organisation::set_pin(tx, staff, &hash).await
            }
            .boxed()
        });
        save.await
    }

    pub(super) async fn check_own_password(&self, who: &Viewer, field: &str, password: &str) -> Result<()> {
        let limit = limits::own_password(who.id);
        self.take_attempt(&limit).await?;
        let (hash, _) = rows::secrets(&self.db, who.id).await.map_err(|e| self.fail(e))?;
        if self.passwords.verify(password, hash).await {
            self.forgive_attempt(limit).await
        } else {
            Err(AppError::invalid(field, "wrong"))
        }
    }

    pub(super) async fn device_name(&self, who: &Viewer) -> Result<String> {
        let devices = rows::devices(&self.db, who.id, self.clock.now_ms()).await.map_err(|e| self.fail(e))?;
        Ok(devices.into_iter().find(|(id, ..)| *id == who.session).map_or_else(String::new, |(_, name, _)| name))
    }

    pub(super) async fn find_invitation(&self, token: &str) -> Result<Invitation> {
        let staff = self.invited(token).await?;
        let book = self.book();
        Ok(match staff.and_then(|id| book.staff.get(&id)) {
            None => Invitation {
                first_admin: true,
                login: "admin".to_owned(),
                name: String::new(),
                email: String::new(),
                locale: book.organisation.locale,
            },
            Some(staff) => Invitation {
                first_admin: false,
                login: staff.login.clone(),
                name: staff.name.clone(),
                email: staff.email.clone(),
                locale: staff.locale,
            },
        })
    }

    async fn nobody_yet(&self) -> Result<bool> {
        let asked = async { rows::nobody_yet(&mut *self.db.read().await?).await };
        asked.await.map_err(|e| self.fail(e))
    }

    /// Whose link that is; `None` for the first admin's.
    async fn invited(&self, token: &str) -> Result<Option<StaffId>> {
        let found = rows::invitation(&self.db, &token_hash(token)).await.map_err(|e| self.fail(e))?;
        let invitation = found.ok_or(AppError::NotFound)?;
        if invitation.used || invitation.expires_at <= self.clock.now_ms() {
            return Err(AppError::Expired);
        }
        let book = self.book_that(|book| invitation.staff.is_none_or(|id| book.staff.contains_key(&id))).await?;
        let active = |id: &StaffId| book.staff.get(id).is_some_and(|staff| staff.active);
        match invitation.staff {
            Some(id) if !active(&id) => Err(AppError::Expired),
            // Somebody else has become the first admin meanwhile, by the command line perhaps.
            None if !self.nobody_yet().await? => Err(AppError::Expired),
            staff => Ok(staff),
        }
    }

    pub(super) async fn welcome(&self, from: Origin, welcome: Welcome, device: &str) -> Result<SetCookie> {
        let limit = limits::invitation(from);
        self.take_attempt(&limit).await?;
        let invited = self.invited(&welcome.token).await?;
        self.forgive_attempt(limit).await?;
        let book = self.book();
        let known = invited.and_then(|id| book.staff.get(&id));
        let name = checked_name(&welcome.name)?;
        checked_password("password", &welcome.password)?;
        let (login, email) = match known {
            // Their user name is the admin's to choose, their address what they are reached by.
            Some(staff) => (staff.login.clone(), staff.email.clone()),
            None => (checked_login(&welcome.login)?, checked_email(&welcome.email)?),
        };
        let first = known.is_none().then(|| first_organisation(&book.organisation, &welcome)).transpose()?;
        let first = first.map(|organisation| {
            let stores: Vec<_> =
                book.stores.values().map(|store| first_store(store.to_view(), &organisation)).collect();
            (organisation, stores)
        });
        let view = StaffView {
            id: known.map_or_else(|| self.random.id(), |staff| staff.id),
            login,
            name,
            email,
            role: known.map_or(Role::Admin, |staff| staff.role),
            locale: welcome.locale,
            stores: known.map_or_else(|| book.stores.keys().copied().collect(), |staff| staff.stores.clone()),
            has_password: true,
            has_pin: known.is_some_and(|staff| staff.has_pin),
            active: true,
            last_seen: None,
        };
        let hash = self.passwords.hash(&welcome.password, &self.random).await;
        let (staff, now, token) = (view.id, self.clock.now_ms(), token_hash(&welcome.token));
        let accepted = self.db.write(move |tx| {
            async move {
                // First, as all who change what the book holds do: they wait for each other here, and nowhere in a ring.
                book::touch(tx).await?;
                if !rows::use_invitation(tx, &token, now).await? || first.is_some() && !rows::nobody_yet(tx).await? {
                    return Err(AppError::Expired.into());
                }
                if let Some((organisation, stores)) = &first {
                    organisation::save_organisation(tx, organisation).await?;
                    for store in stores {
                        organisation::save_store(tx, store).await?;
                    }
                }
                organisation::save_staff(tx, &view, now).await.map_err(taken)?;
                organisation::set_password(tx, view.id, &hash).await?;
                // Whoever knew an old password is out.
                rows::end_all(tx, view.id).await
            }
            .boxed()
        });
        accepted.await.map_err(|e| self.fail(e))?;
        self.reread().await?;
        self.begin_session(Some(staff), None, device, None).await
    }
}

/// A user name or an e-mail address that somebody else has.
pub fn taken(error: StoreError) -> StoreError {
    let StoreError::Database(sqlx::Error::Database(fault)) = &error else { return error };
    if !fault.is_unique_violation() {
        return error;
    }
    // SQLite names the columns, PostgreSQL the constraint: both hold the column's name.
    let field = if fault.message().contains("email") { "email" } else { "login" };
    AppError::invalid(field, "taken").into()
}

/// The first admin names the organisation; where its language stands for one country, money and clock follow.
fn first_organisation(before: &Organisation, welcome: &Welcome) -> Result<Organisation> {
    let name = match welcome.organisation.trim() {
        "" => return Err(AppError::invalid("organisation", "missing")),
        name if name.chars().count() > LONGEST => return Err(AppError::invalid("organisation", "too_long")),
        name => name.to_owned(),
    };
    let (country, currency, zone) = match welcome.locale {
        Locale::Nb => ("NO", "NOK", "Europe/Oslo"),
        Locale::Pl => ("PL", "PLN", "Europe/Warsaw"),
        Locale::En => (&*before.country, &*before.currency, &*before.time_zone),
    };
    Ok(Organisation {
        name,
        locale: welcome.locale,
        country: country.to_owned(),
        currency: currency.to_owned(),
        time_zone: zone.to_owned(),
        ..before.clone()
    })
}

/// The store that the installation began with is the organisation's own, until its name is changed in the settings.
fn first_store(store: StoreView, organisation: &Organisation) -> StoreView {
    StoreView {
        name: organisation.name.clone(),
        locale: organisation.locale,
        country: organisation.country.clone(),
        time_zone: organisation.time_zone.clone(),
        ..store
    }
}
