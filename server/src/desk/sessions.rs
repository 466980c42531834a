//! Signing in and out, the store's tablet, invitations, one's own account.

pub mod account;
pub(super) mod limits;

use super::Desk;
use super::book::{Book, Staff, moment};
use crate::clock::{DAY_MS, MINUTE_MS, token_hash};
use crate::store::StoreError;
use crate::store::sessions::{self as rows, NewSession};
use app::backend::{
    Device, Invitation, Origin, Sessions, SetCookie, StaffRef, StoreRef, Submission, Tablet, Viewer, Visitor, Welcome,
};
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::Locale;
use domain::id::{SessionId, StaffId, StoreId};
use domain::role::{Reach, Right, Role};
use futures::FutureExt;

/// A tablet forgets who stands there after so long without a request.
const CLERK_LEFT_MS: i64 = 10 * MINUTE_MS;
/// A request is noted at most so often.
const NOTED_EVERY_MS: i64 = MINUTE_MS;
/// A browser keeps a cookie for 400 days at most; the server decides earlier.
const COOKIE_SECONDS: i64 = 400 * 24 * 60 * 60;

impl Desk {
    /// The `__Host-` prefix binds the cookie to this very host, where TLS makes that possible.
    pub fn cookie_name(&self) -> &'static str {
        if self.config.secure() { "__Host-redress" } else { "redress" }
    }

    fn cookie(&self, value: &str, seconds: i64) -> SetCookie {
        let secure = if self.config.secure() { "; Secure" } else { "" };
        SetCookie(format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.cookie_name()))
    }

    /// Who the holder of that cookie is now. Role, stores and whether they are active come from the book, so that a change
    /// counts from the next request on.
    pub async fn visitor(&self, token: &str) -> Result<Visitor> {
        let now = self.clock.now_ms();
        let found = rows::find(&self.db, &token_hash(token)).await.map_err(|e| self.fail(e))?;
        let Some(session) = found.filter(|session| session.expires_at > now) else { return Ok(Visitor::Nobody) };
        let known = |book: &Book| {
            session.staff.is_none_or(|id| book.staff.contains_key(&id))
                && session.tablet.is_none_or(|id| book.stores.contains_key(&id))
        };
        let book = self.book_that(known).await?;
        let tablet = session.tablet.and_then(|id| book.stores.get(&id)).filter(|store| store.active);
        let left = session.tablet.is_some() && now - session.last_seen_at > CLERK_LEFT_MS;
        let staff = session.staff.filter(|_| !left).and_then(|id| book.staff.get(&id)).filter(|staff| staff.active);
        let visitor = match (staff, tablet) {
            (Some(staff), None) if session.tablet.is_none() => Visitor::Staff(self.viewer(session.id, staff)),
            (Some(staff), Some(store)) if staff.reach().covers(store.id) => Visitor::Staff(Viewer {
                // A short PIN at a shared screen opens that store, and not the organisation's settings.
                role: staff.role.min(Role::Handler),
                reach: Reach::Stores(vec![store.id]),
                store: Some(store.to_ref()),
                tablet: Some(store.id),
                ..self.viewer(session.id, staff)
            }),
            (_, Some(store)) => {
                Visitor::Tablet(Tablet { session: session.id, store: store.to_ref(), locale: store.locale })
            }
            _ => return Ok(Visitor::Nobody),
        };
        if now - session.last_seen_at >= NOTED_EVERY_MS {
            let (id, expires_at) = (session.id, self.session_end());
            let gone = session.staff.is_some() && matches!(visitor, Visitor::Tablet(_));
            let noted = self.db.write(move |tx| {
                async move {
                    if gone {
                        rows::set_clerk(tx, id, None, now).await?;
                    }
                    rows::seen(tx, id, now, expires_at).await
                }
                .boxed()
            });
            noted.await.map_err(|e| self.fail(e))?;
        }
        Ok(visitor)
    }

    fn viewer(&self, session: SessionId, staff: &Staff) -> Viewer {
        let book = self.book();
        Viewer {
            session,
            id: staff.id,
            name: staff.name.clone(),
            role: staff.role,
            reach: staff.reach(),
            locale: staff.locale,
            store: staff.store.and_then(|id| book.stores.get(&id)).map(|store| store.to_ref()),
            tablet: None,
        }
    }

    fn session_end(&self) -> i64 {
        self.clock.now_ms() + i64::from(self.config.session_days) * DAY_MS
    }

    /// A fresh session, perhaps in place of another; its secret leaves in the cookie alone.
    async fn begin_session(
        &self,
        staff: Option<StaffId>,
        tablet: Option<StoreId>,
        device: &str,
        instead_of: Option<SessionId>,
    ) -> Result<SetCookie> {
        let token = self.random.token();
        let (hash, id, now_ms, expires_at) =
            (token_hash(&token), self.random.id(), self.clock.now_ms(), self.session_end());
        let device: String = device.chars().take(60).collect();
        let begun = self.db.write(move |tx| {
            async move {
                if let Some(old) = instead_of {
                    rows::end(tx, old).await?;
                }
                let new = NewSession { token_hash: &hash, id, staff, tablet, device: &device, now_ms, expires_at };
                rows::begin(tx, &new).await
            }
            .boxed()
        });
        begun.await.map_err(|e| self.fail(e))?;
        Ok(self.cookie(&token, COOKIE_SECONDS))
    }

    fn no_cookie(&self) -> SetCookie {
        self.cookie("", 0)
    }
}

/// What gives somebody a session of their own, or ends it, would take the store's tablet away.
fn not_at_a_tablet(who: &Viewer) -> Result<()> {
    if who.tablet.is_some() { Err(AppError::Forbidden) } else { Ok(()) }
}

#[async_trait]
impl Sessions for Desk {
    async fn sign_in(&self, from: Origin, login: &str, password: &str, device: &str) -> Result<SetCookie> {
        let login = login.trim().to_lowercase();
        let limit = limits::sign_in(&login, from);
        self.take_attempt(&limit).await?;
        let found = rows::password_by_login(&self.db, &login).await.map_err(|e| self.fail(e))?;
        let (staff, hash) = found.map_or((None, None), |(id, hash)| (Some(id), hash));
        let right = self.passwords.verify(password, hash).await;
        let Some(staff) = staff.filter(|_| right) else { return Err(AppError::invalid("password", "wrong")) };
        self.forgive_attempt(limit).await?;
        self.begin_session(Some(staff), None, device, None).await
    }

    async fn sign_out(&self, who: &Visitor) -> Result<SetCookie> {
        let session = match who {
            Visitor::Nobody => return Ok(self.no_cookie()),
            Visitor::Tablet(tablet) => tablet.session,
            Visitor::Staff(viewer) => viewer.session,
        };
        let ended = self.db.write(move |tx| async move { rows::end(tx, session).await }.boxed());
        ended.await.map_err(|e| self.fail(e))?;
        Ok(self.no_cookie())
    }

    async fn sign_out_everywhere(&self, who: &Viewer) -> Result<SetCookie> {
        not_at_a_tablet(who)?;
        let staff = who.id;
        let ended = self.db.write(move |tx| async move { rows::end_all(tx, staff).await }.boxed());
        ended.await.map_err(|e| self.fail(e))?;
        Ok(self.no_cookie())
    }

    async fn devices(&self, who: &Viewer) -> Result<Vec<Device>> {
        let book = self.book();
        let store = who.store.as_ref().and_then(|store| book.stores.get(&store.id));
        let zone = store.map_or_else(|| book.zone(), |store| store.zone.clone());
        let found = rows::devices(&self.db, who.id, self.clock.now_ms()).await.map_err(|e| self.fail(e))?;
        let device = |(id, name, at)| Device { id, name, last_seen: moment(at, &zone), current: id == who.session };
        Ok(found.into_iter().map(device).collect())
    }

    async fn make_tablet(&self, who: &Viewer, store: StoreId) -> Result<SetCookie> {
        let book = self.book();
        let active = book.stores.get(&store).is_some_and(|store| store.active);
        if !who.may(Right::Handle) || !who.reach.covers(store) || !active || who.tablet.is_some() {
            return Err(AppError::Forbidden);
        }
        let name = book.stores[&store].name.clone();
        self.begin_session(None, Some(store), &name, Some(who.session)).await
    }

    async fn tablet_staff(&self, tablet: &Tablet) -> Result<Vec<StaffRef>> {
        let book = self.book();
        let here = |staff: &&Staff| staff.active && staff.has_pin && staff.reach().covers(tablet.store.id);
        let mut staff: Vec<_> = book.staff.values().filter(here).map(Staff::to_ref).collect();
        staff.sort_by_cached_key(|staff| domain::fold::fold(&staff.name));
        Ok(staff)
    }

    async fn pick_clerk(&self, tablet: &Tablet, clerk: StaffId, pin: &str) -> Result<()> {
        let book = self.book();
        let staff = book.staff.get(&clerk).filter(|staff| staff.active && staff.reach().covers(tablet.store.id));
        let staff = staff.ok_or(AppError::NotFound)?;
        let limit = limits::pin(staff.id, tablet);
        self.take_attempt(&limit).await?;
        let (_, hash) = rows::secrets(&self.db, clerk).await.map_err(|e| self.fail(e))?;
        if !self.passwords.verify(pin, hash).await {
            return Err(AppError::invalid("pin", "wrong"));
        }
        self.forgive_attempt(limit).await?;
        let (session, now) = (tablet.session, self.clock.now_ms());
        let picked =
            self.db.write(move |tx| async move { rows::set_clerk(tx, session, Some(clerk), now).await }.boxed());
        picked.await.map_err(|e| self.fail(e))
    }

    async fn leave_tablet(&self, who: &Viewer) -> Result<()> {
        let (session, now) = (who.session, self.clock.now_ms());
        let left = self.db.write(move |tx| async move { rows::set_clerk(tx, session, None, now).await }.boxed());
        left.await.map_err(|e| self.fail(e))
    }

    async fn invitation(&self, token: &str) -> Result<Invitation> {
        self.find_invitation(token).await
    }

    async fn accept_invitation(&self, from: Origin, welcome: Welcome, device: &str) -> Result<SetCookie> {
        self.welcome(from, welcome, device).await
    }

    async fn save_account(&self, who: &Viewer, name: &str, locale: Locale, store: Option<StoreId>) -> Result<()> {
        let name = account::checked_name(name)?;
        let book = self.book();
        let mine = book.staff.get(&who.id).ok_or(AppError::SignedOut)?;
        // At a tablet the viewer's store is the tablet's, and not theirs to keep.
        let store = if who.tablet.is_some() { mine.store } else { store };
        if store.is_some_and(|id| !mine.reach().covers(id) || !book.stores.get(&id).is_some_and(|store| store.active)) {
            return Err(AppError::invalid("store", "unknown_choice"));
        }
        let id = who.id;
        let saved = self.db.write(move |tx| {
            async move {
                crate::store::book::touch(tx).await?;
                rows::save_account(tx, id, &name, locale, store).await
            }
            .boxed()
        });
        saved.await.map_err(|e| self.fail(e))?;
        self.reread().await
    }

    async fn change_password(&self, who: &Viewer, old: &str, new: &str) -> Result<SetCookie> {
        not_at_a_tablet(who)?;
        account::checked_password("new", new)?;
        self.check_own_password(who, "old", old).await?;
        let hash = self.passwords.hash(new, &self.random).await;
        let (id, device) = (who.id, self.device_name(who).await?);
        let changed = self.db.write(move |tx| {
            async move {
                crate::store::organisation::set_password(tx, id, &hash).await?;
                // Whoever knew the old one is out.
                rows::end_all(tx, id).await
            }
            .boxed()
        });
        changed.await.map_err(|e| self.fail(e))?;
        self.begin_session(Some(who.id), None, &device, None).await
    }

    async fn set_pin(&self, who: &Viewer, password: &str, pin: &str) -> Result<()> {
        account::checked_pin(pin)?;
        self.check_own_password(who, "password", password).await?;
        self.save_pin(who.id, pin).await.map_err(|e| self.fail(e))?;
        self.reread().await
    }

    async fn own_stores(&self, who: &Viewer) -> Result<Vec<StoreRef>> {
        let book = self.book();
        let mine = book.stores.values().filter(|store| store.active && who.reach.covers(store.id));
        let mut stores: Vec<_> = mine.map(|store| store.to_ref()).collect();
        stores.sort_by_cached_key(|store| domain::fold::fold(&store.name));
        Ok(stores)
    }

    async fn submission(&self, key: &str) -> Result<Option<Submission>> {
        let found = crate::store::submissions::find(&self.db, &token_hash(key), self.clock.now_ms()).await;
        let body = found.map_err(|e| self.fail(e))?;
        body.map(|body| serde_json::from_str(&body).map_err(|e| self.fail(StoreError::from(e)))).transpose()
    }
}
