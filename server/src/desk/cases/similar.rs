//! Cases that may have to do with one another.

use super::rows::stores_of;
use super::view::standing;
use crate::desk::Desk;
use crate::store::cases::Case;
use crate::store::error::Result;
use crate::store::search::{self, Term};
use app::backend::{Same, SimilarCase, Viewer};
use domain::form::schema::common;
use domain::id::CaseId;
use domain::phase::{Action, step};
use std::collections::BTreeMap;

/// Cases at most.
const SHOWN: usize = 8;
/// Looked at for each thing in common.
const LOOKED_AT: i64 = 20;
/// Shorter codes are typed for want of one: "000".
const CODE: usize = 4;

impl Desk {
    pub(super) async fn similar_to(&self, who: &Viewer, case: CaseId) -> Result<Vec<SimilarCase>> {
        let book = self.book();
        let case = self.reachable(who, case).await?;
        let reach = stores_of(&who.reach);
        let mut found = BTreeMap::new();
        let mut connection = self.db.read().await?;
        for (same, term) in terms(&case) {
            // A receipt's number is one store's own.
            let own = [case.store];
            let stores = if same == Same::Receipt { Some(own.as_slice()) } else { reach };
            for row in search::find(&mut connection, self.db.dialect, &term, stores, LOOKED_AT).await? {
                if row.id != case.id {
                    found.entry(row.id).or_insert_with(|| (row, Vec::new())).1.push(same);
                }
            }
        }
        drop(connection);
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by_key(|(row, same)| (same[0], std::cmp::Reverse(same.len()), std::cmp::Reverse(row.seq)));
        found.truncate(SHOWN);
        let kept = case.joined_into.is_none() && !case.phase.is_closed();
        let similar = found.into_iter().map(|(row, same)| {
            let joins = step(
                domain::phase::Standing { verdict: None, phase: row.phase, archived: row.archived.is_some() },
                Action::Join,
                who.role,
            );
            // What both have of the article alone is no duplicate.
            let may_join = kept
                && row.registered_at >= case.registered_at
                && same[0] != Same::Article
                && joins.is_ok()
                && !standing(&case).archived;
            Ok(SimilarCase { row: self.case_row(&book, who, row)?, same, may_join })
        });
        similar.collect()
    }
}

/// What to look for, the strongest first; nothing that the case does not have.
fn terms(case: &Case) -> Vec<(Same, Term)> {
    let code = |text: &str| {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let says = text.chars().any(|c| c.is_ascii_digit() && c != '0');
        Some(Term::code(text)).filter(|_| letters >= CODE && says).flatten()
    };
    let customer: Vec<Term> = [Term::code(&case.known.customer_email), Term::code(&case.known.customer_phone)]
        .into_iter()
        .flatten()
        .collect();
    let known = [
        (Same::Serial, code(case.answers.first(common::SERIAL))),
        (Same::Receipt, code(&case.known.receipt_number)),
        (Same::Customer, (!customer.is_empty()).then_some(Term::Any(customer))),
        (Same::Article, code(case.answers.first(common::ARTICLE_NUMBER))),
    ];
    known.into_iter().filter_map(|(same, term)| Some((same, term?))).collect()
}
