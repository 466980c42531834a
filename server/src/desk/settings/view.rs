//! The settings as their pages show them.

use super::in_order;
use crate::desk::book::{Book, Store};
use app::backend::{SettingsView, StaffView, StatusView, StoreView, TypeView};
use domain::id::StaffId;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

pub(super) fn view(book: &Book, seen: &BTreeMap<StaffId, i64>, public_url: &str, today: Date) -> SettingsView {
    let zone = TimeZone::get(&book.organisation.time_zone).unwrap_or(TimeZone::UTC);
    let mut stores: Vec<StoreView> = book.stores.values().map(Store::to_view).collect();
    stores.sort_by(|a, b| (!a.active, &a.name).cmp(&(!b.active, &b.name)));
    let mut staff: Vec<StaffView> = book
        .staff
        .values()
        .map(|staff| StaffView {
            id: staff.id,
            login: staff.login.clone(),
            name: staff.name.clone(),
            email: staff.email.clone(),
            role: staff.role,
            locale: staff.locale,
            stores: staff.stores.clone(),
            has_password: staff.has_password,
            has_pin: staff.has_pin,
            active: staff.active,
            last_seen: seen.get(&staff.id).map(|at| crate::desk::book::moment(*at, &zone)),
        })
        .collect();
    staff.sort_by(|a, b| (!a.active, &a.name).cmp(&(!b.active, &b.name)));
    let mut statuses: Vec<StatusView> = book
        .statuses
        .values()
        .map(|s| StatusView { id: s.id, phase: s.phase, name: s.name.clone(), active: s.active })
        .collect();
    statuses.sort_by(|a, b| (a.phase, &a.name.en).cmp(&(b.phase, &b.name.en)));
    let types = (0..)
        .zip(in_order(book))
        .map(|(position, kind)| TypeView {
            key: kind.key.clone(),
            name: kind.name.clone(),
            icon: kind.icon.clone(),
            handler: kind.handler,
            deputies: kind.deputies.clone(),
            target_days: kind.target_days,
            goods: kind.goods,
            form_version: kind.form_version,
            active: kind.active,
            position,
        })
        .collect();
    SettingsView {
        organisation: book.organisation.clone(),
        stores,
        staff,
        types,
        statuses,
        reasons: book.reasons.clone(),
        outcomes: book.outcomes.clone(),
        causes: book.causes.clone(),
        supplier_answers: book.supplier_answers.clone(),
        public_form: book.public_form.clone(),
        rules: book.rules.clone(),
        absences: book.absences.iter().filter(|absence| absence.until >= today).cloned().collect(),
        pauses: book.pauses,
        couriers: book.couriers,
        public_url: public_url.to_owned(),
    }
}
