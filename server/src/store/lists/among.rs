//! A page of cases that are named beforehand, as those of a number of the statistics are.

use super::{COMMON, LIST_COLUMNS, ListRow, Place, Wanted, list_row};
use crate::store::dialect::Dialect;
use crate::store::error::Result;
use crate::store::search::Term;
use crate::store::statement::Statement;
use sqlx::{AnyConnection, Row};
use std::collections::HashSet;

/// So many cases are looked into at once for words that many hold.
const LOOKED_INTO: usize = 500;

/// The first of the named cases. Rare words are looked up first, as in the other lists.
pub(super) async fn among(connection: &mut AnyConnection, dialect: Dialect, wanted: &Wanted) -> Result<Vec<ListRow>> {
    let limit = usize::try_from(wanted.limit).unwrap_or_default();
    let mut rows = Vec::new();
    let behind = |place: Place, falls: bool| {
        let at = wanted.among.partition_point(|seq| if falls { *seq < place.seq } else { *seq <= place.seq });
        if falls { &wanted.among[..at] } else { &wanted.among[at..] }
    };
    let falls = wanted.falls();
    let mut all = wanted.after.map_or(&wanted.among[..], |place| behind(place, falls)).to_vec();
    if falls {
        all.reverse();
    }
    let (seqs, words, size) = match &wanted.term {
        None => (all, None, limit.max(1)),
        Some(term) if common(connection, dialect, wanted, term).await? => (all, Some(term), LOOKED_INTO),
        Some(term) => {
            let mut statement = Statement::default();
            statement.push("select seq from cases where ");
            dialect.push_holding(&mut statement, term, wanted.stores.as_deref());
            let found = statement.query().fetch_all(&mut *connection).await?;
            let holding: HashSet<i64> = found.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
            (all.into_iter().filter(|seq| holding.contains(seq)).collect(), None, limit.max(1))
        }
    };
    for chunk in seqs.chunks(size) {
        let mut statement = Statement::default();
        statement.push("select ").push(LIST_COLUMNS).push(" from cases where cases.seq in ");
        statement.bind_all(chunk.iter().copied());
        if let Some(term) = words {
            statement.push(" and ");
            dialect.push_each_holding(&mut statement, term);
        }
        statement.push(if falls { " order by seq desc" } else { " order by seq" });
        let found = statement.query().fetch_all(&mut *connection).await?;
        rows.extend(found.iter().map(list_row).collect::<Result<Vec<_>>>()?);
        if rows.len() >= limit {
            rows.truncate(limit);
            break;
        }
    }
    Ok(rows)
}

/// On PostgreSQL a word is looked into each case by its index.
async fn common(connection: &mut AnyConnection, dialect: Dialect, wanted: &Wanted, term: &Term) -> Result<bool> {
    match dialect {
        Dialect::Postgres => Ok(true),
        Dialect::Sqlite => dialect.is_common(connection, term, wanted.stores.as_deref(), COMMON).await,
    }
}
