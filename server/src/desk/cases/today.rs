//! The start page of those who handle cases, and the way from one case of a list to the next.

use super::rows::{gone, read_cursor, stores_in_reach, stores_of, write_cursor};
use crate::desk::Desk;
use crate::store::error::Result;
use crate::store::lists::{self, Wanted};
use crate::store::papers;
use app::backend::{
    LawCounts, ListKind, ListQuery, Neighbour, Neighbours, Second, Sort, Today, TodayKind, TodaySection, Viewer, Within,
};
use app::error::AppError;
use domain::phase::Phase;
use domain::role::Right;

/// Rows of a section.
const DUE: i64 = 20;
const OTHERS: i64 = 10;

impl Desk {
    pub(super) async fn for_today(&self, who: &Viewer, everybody: bool) -> Result<Today> {
        if !who.may(Right::Handle) {
            return Err(AppError::Forbidden.into());
        }
        let book = self.book();
        let none = stores_of(&who.reach).is_some_and(<[_]>::is_empty);
        let mut connection = self.db.read().await?;
        let mut sections = Vec::new();
        for (kind, query, limit) in sections_of(everybody) {
            let wanted = self.wanted(&book, who, &query, limit + 1)?;
            let mut rows =
                if none { Vec::new() } else { lists::page(&mut connection, self.db.dialect, &wanted).await? };
            let more = i64::try_from(rows.len()).is_ok_and(|count| count > limit);
            if more {
                rows.pop();
            }
            // Where nobody needs a second person, there is nothing to say of one.
            if rows.is_empty() && query.second.is_some() {
                continue;
            }
            sections.push(TodaySection { kind, query, rows: self.placed(&book, who, &wanted, rows)?, more });
        }
        let law = match stores_of(&who.reach) {
            Some([]) => LawCounts::default(),
            reach => lists::law_counts(&mut connection, self.law_days(&book), reach).await?,
        };
        let nobody = match stores_of(&who.reach) {
            Some([]) => 0,
            reach => lists::nobodys(&mut connection, self.db.dialect, &gone(&book), reach).await?,
        };
        let to_print = match stores_of(&who.reach) {
            Some([]) => 0,
            reach => papers::count_to_print(&mut connection, self.db.dialect, reach).await?,
        };
        Ok(Today { sections, everybody, many_stores: stores_in_reach(&book, who).len() > 1, law, nobody, to_print })
    }

    pub(super) async fn beside(&self, who: &Viewer, query: &ListQuery, place: &str) -> Result<Neighbours> {
        let book = self.book();
        let wanted = self.among(who, query, self.wanted(&book, who, query, 1)?).await?;
        let wanted = Wanted { after: Some(read_cursor(wanted.sort, place)?), ..wanted };
        if wanted.stores.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Neighbours::default());
        }
        let mut connection = self.db.read().await?;
        let mut nearest = Vec::new();
        for backwards in [true, false] {
            let wanted = Wanted { backwards, ..wanted.clone() };
            let row = lists::page(&mut connection, self.db.dialect, &wanted).await?.pop();
            nearest.push(
                row.map(|row| Neighbour {
                    number: row.number,
                    place: write_cursor(wanted.sort, wanted.place_of(&row)),
                }),
            );
        }
        let after = nearest.pop().flatten();
        Ok(Neighbours { before: nearest.pop().flatten(), after })
    }
}

/// Each section is the beginning of a list that can be opened whole.
fn sections_of(everybody: bool) -> [(TodayKind, ListQuery, i64); 5] {
    let mine = if everybody { ListKind::Active } else { ListKind::Mine };
    let new = if everybody { ListKind::New } else { ListKind::Mine };
    let of = |list: ListKind, sort: Sort| ListQuery { list, sort, ..ListQuery::default() };
    [
        (TodayKind::Due, ListQuery { due: Some(Within::Week), ..of(mine, Sort::Next) }, DUE),
        // "Mine" are those of whom the reader stands in for as well.
        (TodayKind::New, ListQuery { phase: (!everybody).then_some(Phase::New), ..of(new, Sort::Oldest) }, OTHERS),
        (TodayKind::Answered, ListQuery { news: true, ..of(mine, Sort::Oldest) }, OTHERS),
        (TodayKind::ToConfirm, ListQuery { second: Some(Second::ForMe), ..of(ListKind::Active, Sort::Oldest) }, OTHERS),
        (TodayKind::SentBack, ListQuery { second: Some(Second::Back), ..of(ListKind::Active, Sort::Oldest) }, OTHERS),
    ]
}
