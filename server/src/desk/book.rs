//! The organisation's own book, kept in memory: stores, staff, types, forms and lists change seldom and are asked for
//! at every request.

use crate::clock::Clock;
use crate::store::error::{Result, StoreError};
use crate::store::{Db, book as rows};
use app::backend::{Moment, Organisation, PublicForm, StaffRef, StoreRef, StoreView};
use domain::assignment::{Absence, Facts, Fallback, Pool, Presence, Rule, choose};
use domain::deadline::Land;
use domain::deadline::regimes::GoodsKind;
use domain::decision::{Outcome, Reason};
use domain::form::{Form, asking_medium, asking_odd_dates};
use domain::handling::{AnswerChoice, Cause};
use domain::id::{Key, StaffId, StatusId, StoreId};
use domain::phase::Phase;
use domain::role::{Reach, Role};
use domain::waiting::Pauses;
use domain::{Locale, Localized};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

/// A consistent reading of the book.
#[derive(Clone, Debug)]
pub struct Book {
    pub version: i64,
    pub organisation: Organisation,
    pub stores: BTreeMap<StoreId, Store>,
    pub staff: BTreeMap<StaffId, Staff>,
    pub types: BTreeMap<Key, ComplaintType>,
    /// All versions, since a case keeps its own.
    pub forms: BTreeMap<(Key, u32), Arc<Form>>,
    pub statuses: BTreeMap<StatusId, Status>,
    /// In the organisation's order.
    pub reasons: Vec<Reason>,
    pub outcomes: Vec<Outcome>,
    pub causes: Vec<Cause>,
    pub supplier_answers: Vec<AnswerChoice>,
    pub public_form: PublicForm,
    /// A courier can come: with the carrier that is set up, or by hand.
    pub couriers: bool,
    /// How whoever is waited for is reminded.
    pub pauses: Pauses,
    /// Who gets a case, in their order.
    pub rules: Vec<Rule>,
    /// Those that are over, as well, for some time.
    pub absences: Vec<Absence>,
}

#[derive(Clone, Debug)]
pub struct Store {
    pub id: StoreId,
    pub code: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub locale: Locale,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub zone: TimeZone,
    pub handler: Option<StaffId>,
    /// DE alone.
    pub land: Option<Land>,
    pub active: bool,
}

#[derive(Clone, Debug)]
pub struct Staff {
    pub id: StaffId,
    pub login: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: Locale,
    /// Where they register cases unless another store is chosen.
    pub store: Option<StoreId>,
    /// As recorded; see [`Staff::reach`] for what counts.
    pub stores: Vec<StoreId>,
    pub has_password: bool,
    pub has_pin: bool,
    pub active: bool,
}

#[derive(Clone, Debug)]
pub struct ComplaintType {
    pub key: Key,
    pub name: Localized,
    pub icon: String,
    pub handler: Option<StaffId>,
    /// Who takes over where the handler cannot, in their order.
    pub deputies: Vec<StaffId>,
    /// Own target: days from registration to decision.
    pub target_days: u16,
    /// As the law tells goods apart.
    pub goods: GoodsKind,
    pub default_outcome: Option<Key>,
    pub form_version: u32,
    pub position: i64,
    pub active: bool,
}

#[derive(Clone, Debug)]
pub struct Status {
    pub id: StatusId,
    pub phase: Phase,
    pub name: Localized,
    pub active: bool,
}

/// A moment as that zone's clock shows it.
pub fn moment(utc_ms: i64, zone: &TimeZone) -> Moment {
    let at = Timestamp::from_millisecond(utc_ms).unwrap_or_default();
    Moment { utc_ms, local: at.to_zoned(zone.clone()).datetime() }
}

impl Store {
    pub fn moment(&self, utc_ms: i64) -> Moment {
        moment(utc_ms, &self.zone)
    }

    pub fn to_ref(&self) -> StoreRef {
        StoreRef { id: self.id, name: self.name.clone() }
    }

    /// As the settings show and keep it.
    pub fn to_view(&self) -> StoreView {
        StoreView {
            id: self.id,
            code: self.code.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            address: self.address.clone(),
            locale: self.locale,
            country: self.country.clone(),
            time_zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            handler: self.handler,
            land: self.land,
            active: self.active,
        }
    }

    /// Today, as the store's wall calendar shows it.
    pub fn today(&self, clock: &dyn Clock) -> Date {
        clock.now().to_zoned(self.zone.clone()).date()
    }
}

impl Staff {
    pub fn to_ref(&self) -> StaffRef {
        StaffRef { id: self.id, name: self.name.clone() }
    }

    /// An admin reaches every store.
    pub fn reach(&self) -> Reach {
        if self.role == Role::Admin { Reach::Every } else { Reach::Stores(self.stores.clone()) }
    }
}

impl Book {
    /// The organisation's own zone, for what belongs to no store.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.organisation.time_zone).unwrap_or(TimeZone::UTC)
    }

    pub fn store(&self, id: StoreId) -> Result<&Store> {
        self.stores.get(&id).ok_or_else(|| StoreError::corrupt(format_args!("unknown store {id}")))
    }

    pub fn staff_name(&self, id: Option<StaffId>) -> String {
        id.and_then(|id| self.staff.get(&id)).map_or_else(String::new, |staff| staff.name.clone())
    }

    /// Reasons and outcomes that are offered no more are still named.
    pub fn reason_name(&self, key: &Key, locale: Locale) -> String {
        let reason = self.reasons.iter().find(|reason| reason.key == *key);
        reason.map_or_else(|| key.to_string(), |reason| reason.name.get(locale).to_owned())
    }

    pub fn outcome_name(&self, key: &Key, locale: Locale) -> String {
        let outcome = self.outcomes.iter().find(|outcome| outcome.key == *key);
        outcome.map_or_else(|| key.to_string(), |outcome| outcome.name.get(locale).to_owned())
    }

    pub fn cause_name(&self, key: &Key, locale: Locale) -> String {
        let cause = self.causes.iter().find(|cause| cause.key == *key);
        cause.map_or_else(|| key.to_string(), |cause| cause.name.get(locale).to_owned())
    }

    pub fn supplier_answer_name(&self, key: &Key, locale: Locale) -> String {
        let answer = self.supplier_answers.iter().find(|answer| answer.key == *key);
        answer.map_or_else(|| key.to_string(), |answer| answer.name.get(locale).to_owned())
    }

    pub fn type_name(&self, key: &Key, locale: Locale) -> String {
        self.types.get(key).map_or_else(|| key.to_string(), |kind| kind.name.get(locale).to_owned())
    }

    pub fn form(&self, type_key: &Key, version: u32) -> Result<&Arc<Form>> {
        self.forms
            .get(&(type_key.clone(), version))
            .ok_or_else(|| StoreError::corrupt(format_args!("unknown form {type_key} {version}")))
    }

    /// Active handlers and admins who serve that store.
    pub fn handlers_of(&self, store: StoreId) -> impl Iterator<Item = &Staff> {
        self.staff.values().filter(move |s| s.active && s.role >= Role::Handler && s.reach().covers(store))
    }

    /// Who is there on that civil day.
    pub fn presence(&self, day: Date) -> Presence<'_> {
        Presence::on(day, &self.absences)
    }

    /// Who may get a new case (E5): see [`domain::assignment::choose`]. `today` is the store's.
    pub fn pool(&self, facts: &Facts, today: Date) -> Option<Pool> {
        let kind = self.types.get(&facts.type_key);
        let fallback = Fallback {
            of_type: kind.and_then(|kind| kind.handler),
            deputies: kind.map(|kind| kind.deputies.clone()).unwrap_or_default(),
            of_store: self.stores.get(&facts.store).and_then(|store| store.handler),
        };
        let serving = self.handlers_of(facts.store).map(|staff| staff.id).collect();
        choose(&self.rules, &fallback, &serving, &self.presence(today), facts)
    }

    /// A case of anybody else is nobody's: they have left, or handle no cases any more.
    pub fn handles(&self, staff: StaffId) -> bool {
        self.staff.get(&staff).is_some_and(|staff| staff.active && staff.role >= Role::Handler)
    }

    /// Where a case's handler is away today: until when, and who stands in, who must serve the store.
    pub fn away(&self, handler: StaffId, store: StoreId, today: Date) -> Option<(Date, Option<&Staff>)> {
        let presence = self.presence(today);
        let absence = presence.absence(handler)?;
        let stands_in = presence.stand_in(handler).and_then(|id| self.handlers_of(store).find(|s| s.id == id));
        Some((absence.until, stands_in))
    }
}

async fn read(db: &Db, sms: bool) -> Result<Book> {
    let mut book = rows::read(db).await?;
    for form in book.forms.values_mut() {
        let asking = asking_odd_dates(form);
        *form = Arc::new(if sms { asking_medium(&asking) } else { asking });
    }
    Ok(book)
}

/// Holds the newest reading.
pub struct BookShelf {
    newest: RwLock<Arc<Book>>,
    /// Forms let people choose SMS.
    sms: bool,
}

impl BookShelf {
    pub async fn open(db: &Db, sms: bool) -> Result<Self> {
        Ok(Self { newest: RwLock::new(Arc::new(read(db, sms).await?)), sms })
    }

    pub fn current(&self) -> Arc<Book> {
        self.newest.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads it anew; to be called after a change, and by a job that looks whether another server or the command line
    /// has changed it.
    pub async fn refresh(&self, db: &Db) -> Result<()> {
        if rows::version(db).await? != self.current().version {
            let book = Arc::new(read(db, self.sms).await?);
            *self.newest.write().unwrap_or_else(std::sync::PoisonError::into_inner) = book;
        }
        Ok(())
    }
}
