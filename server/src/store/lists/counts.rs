//! How many cases lists have, up to a cap.

use crate::store::dialect::Dialect;
use crate::store::error::Result;
use crate::store::statement::Statement;
use app::backend::{Counts, LawCounts, ListKind};
use domain::id::{StaffId, StoreId};
use domain::phase::Phase;
use jiff::civil::Date;
use sqlx::{AnyConnection, Row};

/// How many cases the law decides by either day, up to [`Counts::CAP`].
pub async fn law_counts(
    connection: &mut AnyConnection,
    [today, week]: [Date; 2],
    stores: Option<&[StoreId]>,
) -> Result<LawCounts> {
    let mut statement = Statement::default();
    statement.push("select ");
    for (name, until) in [("today", today), ("week", week)] {
        statement.push(if name == "today" { "(" } else { ", (" });
        statement.push("select count(*) from (select 1 from cases where law_on < '9999-12-31' and law_on <= ");
        statement.bind(until.to_string());
        if let Some(stores) = stores {
            // The index begins with the store: where one country's law counts, another's stores have none.
            statement.push(" and store_id in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
        statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted) as ").push(name);
    }
    let row = statement.query().fetch_one(connection).await?;
    let count =
        |column: &str| -> Result<u32> { Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(Counts::CAP)) };
    Ok(LawCounts { today: count("today")?, week: count("week")? })
}

/// Nobody has to have these.
pub(super) const CLOSED: [Phase; 3] = [Phase::Settled, Phase::Withdrawn, Phase::NotCollected];

/// How many cases that are not closed nobody has, up to [`Counts::CAP`]: without a handler, or with one of these.
pub async fn nobodys(
    connection: &mut AnyConnection,
    dialect: Dialect,
    gone: &[StaffId],
    stores: Option<&[StoreId]>,
) -> Result<u32> {
    let mut statement = Statement::default();
    statement.push("select count(*) from (");
    for one in [None, Some(gone)] {
        match one {
            None => {
                statement.push("select 1 from cases where handler_id is null and archived = 0");
            }
            Some([]) => continue,
            Some(gone) => {
                statement.push(" union all select 1 from cases where archived = 0 and handler_id in ");
                statement.bind_all(gone.iter().map(StaffId::to_string));
            }
        }
        statement.push(" and ").push(&dialect.aside("phase")).push(" not in ");
        statement.bind_all(CLOSED.map(|phase| phase.key().to_owned()));
        if let Some(stores) = stores {
            statement.push(" and ").push(&dialect.aside("store_id")).push(" in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
    }
    statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted");
    let row = statement.query().fetch_one(connection).await?;
    Ok(u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(Counts::CAP))
}

/// How many cases each list has within the reach, up to [`Counts::CAP`].
pub async fn counts(
    connection: &mut AnyConnection,
    dialect: Dialect,
    mine: &[StaffId],
    stores: Option<&[StoreId]>,
) -> Result<Counts> {
    let mut statement = Statement::default();
    statement.push("select ");
    let lists = [ListKind::New, ListKind::Mine, ListKind::Active, ListKind::Archive];
    for (at, list) in lists.into_iter().enumerate() {
        statement.push(if at == 0 { "(" } else { ", (" });
        statement.push("select count(*) from (select 1 from cases where archived = ");
        statement.push(if list == ListKind::Archive { "1" } else { "0" });
        match list {
            ListKind::New => {
                statement.push(" and phase = ").bind(Phase::New.key());
            }
            ListKind::Mine => {
                statement.push(" and handler_id in ").bind_all(mine.iter().map(StaffId::to_string));
            }
            ListKind::Active | ListKind::Archive | ListKind::All => {}
        }
        if let Some(stores) = stores {
            let column = if list == ListKind::Mine { dialect.aside("store_id") } else { "store_id".to_owned() };
            statement.push(" and ").push(&column).push(" in ").bind_all(stores.iter().map(StoreId::to_string));
        }
        statement.push(" limit ").bind(i64::from(Counts::CAP)).push(") counted) as ");
        statement.push(["new_cases", "mine", "active", "archive"][at]);
    }
    let row = statement.query().fetch_one(connection).await?;
    let count =
        |column: &str| -> Result<u32> { Ok(u32::try_from(row.try_get::<i64, _>(column)?).unwrap_or(Counts::CAP)) };
    Ok(Counts { new: count("new_cases")?, mine: count("mine")?, active: count("active")?, archive: count("archive")? })
}
