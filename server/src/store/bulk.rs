//! Runs over many cases. Whoever works a portion holds the run's row until its commit, which changes the cases and marks
//! the items in one: nothing is done twice or lost, whoever dies, and of two servers the second takes another run.

use super::book::{flag, id, keyed, optional_id};
use super::cases::number;
use super::db::Tx;
use super::dialect::Dialect;
use super::error::Result;
use super::statement::Statement;
use app::backend::{BulkKind, Deed};
use domain::bulk::{Hindrance, ItemState, RunState};
use domain::id::{CaseId, LetterId, RunId, StaffId, StoreId};
use domain::number::Number;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub id: RunId,
    pub staff: StaffId,
    pub state: RunState,
    pub kind: BulkKind,
    /// `None` until it is settled, and for labels.
    pub deed: Option<Deed>,
    /// The list whose every case is meant; empty for chosen ones.
    pub query: String,
    /// Where the list has been read to.
    pub cursor: String,
    pub gathered: bool,
    pub created_at: i64,
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
}

/// One case of a run.
#[derive(Clone, Debug)]
pub struct Item {
    pub place: i64,
    pub case: CaseId,
    pub state: ItemState,
    pub hindrance: Option<Hindrance>,
    /// The case's version that was looked at; once it is changed, the one that came of it.
    pub version: i64,
    /// JSON of what was changed, as it was before.
    pub before: String,
    pub letter: Option<LetterId>,
}

const COLUMNS: &str = "id, staff_id, state, kind, deed, query, cursor, gathered, created_at, started_at, ended_at";

fn run(row: &AnyRow) -> Result<Run> {
    let deed: String = row.try_get("deed")?;
    Ok(Run {
        id: id(row, "id")?,
        staff: id(row, "staff_id")?,
        state: keyed(row, "state", RunState::from_key)?,
        kind: keyed(row, "kind", BulkKind::from_key)?,
        deed: if deed.is_empty() { None } else { Some(serde_json::from_str(&deed)?) },
        query: row.try_get("query")?,
        cursor: row.try_get("cursor")?,
        gathered: flag(row, "gathered")?,
        created_at: row.try_get("created_at")?,
        started_at: row.try_get("started_at")?,
        ended_at: row.try_get("ended_at")?,
    })
}

pub async fn insert(tx: &mut Tx, run: &Run) -> Result<()> {
    let sql = "insert into bulk_runs (id, staff_id, state, kind, deed, query, cursor, gathered, created_at, worked_at) \
         values ($1, $2, $3, $4, '', $5, '', $6, $7, $7)";
    sqlx::query(sql)
        .bind(run.id.to_string())
        .bind(run.staff.to_string())
        .bind(run.state.key())
        .bind(run.kind.key())
        .bind(&run.query)
        .bind(i64::from(run.gathered))
        .bind(run.created_at)
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes what changes as a run goes on.
pub async fn save(tx: &mut Tx, run: &Run, now_ms: i64) -> Result<()> {
    let deed = run.deed.as_ref().map(serde_json::to_string).transpose()?.unwrap_or_default();
    let sql = "update bulk_runs set state = $2, deed = $3, cursor = $4, gathered = $5, started_at = $6, ended_at = $7, \
         worked_at = $8 where id = $1";
    sqlx::query(sql)
        .bind(run.id.to_string())
        .bind(run.state.key())
        .bind(deed)
        .bind(&run.cursor)
        .bind(i64::from(run.gathered))
        .bind(run.started_at)
        .bind(run.ended_at)
        .bind(now_ms)
        .execute(tx)
        .await?;
    Ok(())
}

pub async fn find(connection: &mut AnyConnection, run_id: RunId) -> Result<Option<Run>> {
    let sql = format!("select {COLUMNS} from bulk_runs where id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(run_id.to_string()).fetch_optional(connection).await?;
    row.as_ref().map(run).transpose()
}

/// The same, held until the commit.
pub async fn hold(tx: &mut Tx, run_id: RunId) -> Result<Option<Run>> {
    let sql = format!("update bulk_runs set state = state where id = $1 returning {COLUMNS}");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(run_id.to_string()).fetch_optional(tx).await?;
    row.as_ref().map(run).transpose()
}

/// Somebody's runs, the newest first.
pub async fn of_staff(connection: &mut AnyConnection, staff: StaffId, limit: i64) -> Result<Vec<Run>> {
    let sql = format!(
        "select {COLUMNS} from bulk_runs where staff_id = $1 and state <> 'chosen' order by created_at desc limit $2"
    );
    let query = sqlx::query(AssertSqlSafe(sql)).bind(staff.to_string()).bind(limit);
    query.fetch_all(connection).await?.iter().map(run).collect()
}

const WORKING: &str = "state in ('gathering', 'running', 'undoing')";

/// The run whose turn it is, held by nobody: another may have taken it since.
pub async fn peek(connection: &mut AnyConnection) -> Result<Option<Run>> {
    let sql = format!("select {COLUMNS} from bulk_runs where {WORKING} order by worked_at, id limit 1");
    sqlx::query(AssertSqlSafe(sql)).fetch_optional(connection).await?.as_ref().map(run).transpose()
}

/// Whether nobody has looked at some of its cases yet.
pub async fn has_new(connection: &mut AnyConnection, run: RunId) -> Result<bool> {
    let sql = "select count(*) from (select 1 from bulk_items where run_id = $1 and state = 'new' limit 1) found";
    Ok(sqlx::query_scalar::<_, i64>(sql).bind(run.to_string()).fetch_one(connection).await? > 0)
}

/// The run whose turn it is, held until the commit; one that another server holds is passed over.
pub async fn next(tx: &mut Tx, dialect: Dialect) -> Result<Option<Run>> {
    let sql = format!(
        "select {COLUMNS} from bulk_runs where {WORKING} order by worked_at, id limit 1 {}",
        dialect.skip_locked()
    );
    sqlx::query(AssertSqlSafe(sql)).fetch_optional(tx).await?.as_ref().map(run).transpose()
}

/// Puts cases behind those that are there; each is there once.
pub async fn add(tx: &mut Tx, run: RunId, cases: &[CaseId]) -> Result<()> {
    let sql = "select coalesce(max(place), 0) from bulk_items where run_id = $1";
    let last: i64 = sqlx::query_scalar(sql).bind(run.to_string()).fetch_one(&mut *tx).await?;
    for (chunk, cases) in cases.chunks(CHUNK).enumerate() {
        let mut statement = Statement::default();
        statement.push("insert into bulk_items (run_id, place, case_id, state, hindrance, version, before) values ");
        for (at, case) in cases.iter().enumerate() {
            let place = last + 1 + i64::try_from(chunk * CHUNK + at).unwrap_or(i64::MAX);
            statement.push(if at == 0 { "(" } else { ", (" });
            statement.bind(run.to_string()).push(", ").bind(place).push(", ").bind(case.to_string());
            statement.push(", 'new', '', 0, '')");
        }
        statement.push(" on conflict do nothing");
        statement.query().execute(&mut *tx).await?;
    }
    Ok(())
}

/// Rows of one insert.
const CHUNK: usize = 200;

/// Has every item looked at anew. Those of a list are read anew, too.
pub async fn begin_anew(tx: &mut Tx, run: &Run) -> Result<()> {
    let sql = if run.query.is_empty() {
        "update bulk_items set state = 'new', hindrance = '' where run_id = $1"
    } else {
        "delete from bulk_items where run_id = $1"
    };
    sqlx::query(sql).bind(run.id.to_string()).execute(tx).await?;
    Ok(())
}

/// The first items in that state.
pub async fn take(tx: &mut Tx, run: RunId, state: ItemState, limit: i64) -> Result<Vec<Item>> {
    let sql = "select place, case_id, state, hindrance, version, before, letter_id from bulk_items \
         where run_id = $1 and state = $2 order by hindrance, place limit $3";
    let query = sqlx::query(sql).bind(run.to_string()).bind(state.key()).bind(limit);
    let rows = query.fetch_all(tx).await?;
    rows.iter()
        .map(|row| {
            Ok(Item {
                place: row.try_get("place")?,
                case: id(row, "case_id")?,
                state: keyed(row, "state", ItemState::from_key)?,
                hindrance: hindrance(row)?,
                version: row.try_get("version")?,
                before: row.try_get("before")?,
                letter: optional_id(row, "letter_id")?,
            })
        })
        .collect()
}

fn hindrance(row: &AnyRow) -> Result<Option<Hindrance>> {
    let key: String = row.try_get("hindrance")?;
    if key.is_empty() { Ok(None) } else { keyed(row, "hindrance", Hindrance::from_key).map(Some) }
}

pub async fn put(tx: &mut Tx, run: RunId, item: &Item) -> Result<()> {
    let sql = "update bulk_items set state = $3, hindrance = $4, version = $5, before = $6, letter_id = $7 \
         where run_id = $1 and place = $2";
    sqlx::query(sql)
        .bind(run.to_string())
        .bind(item.place)
        .bind(item.state.key())
        .bind(item.hindrance.map_or("", Hindrance::key))
        .bind(item.version)
        .bind(&item.before)
        .bind(item.letter.map(|id| id.to_string()))
        .execute(tx)
        .await?;
    Ok(())
}

/// How many items somebody has looked at.
pub async fn seen(tx: &mut Tx, run: RunId) -> Result<i64> {
    let sql = "select count(*) from bulk_items where run_id = $1 and state <> 'new'";
    Ok(sqlx::query_scalar(sql).bind(run.to_string()).fetch_one(tx).await?)
}

/// How many items are in which state, and why.
pub async fn tally(connection: &mut AnyConnection, run: RunId) -> Result<Vec<(ItemState, Option<Hindrance>, i64)>> {
    let sql = "select state, hindrance, count(*) as cases from bulk_items where run_id = $1 group by state, hindrance";
    let rows = sqlx::query(sql).bind(run.to_string()).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((keyed(row, "state", ItemState::from_key)?, hindrance(row)?, row.try_get("cases")?)))
        .collect()
}

/// The first cases of one line of [`tally`] that lie in these stores (`None`: in any): number, article, customer.
pub async fn samples(
    connection: &mut AnyConnection,
    run: RunId,
    (state, hindrance): (ItemState, Option<Hindrance>),
    stores: Option<&[StoreId]>,
    limit: i64,
) -> Result<Vec<(Number, String, String)>> {
    let mut statement = Statement::default();
    statement.push("select cases.number, cases.title, cases.customer_name from bulk_items ");
    statement.push("join cases on cases.id = bulk_items.case_id where run_id = ").bind(run.to_string());
    statement.push(" and state = ").bind(state.key());
    statement.push(" and hindrance = ").bind(hindrance.map_or("", Hindrance::key));
    push_reach(&mut statement, "cases", stores);
    statement.push(" order by place limit ").bind(limit);
    let rows = statement.query().fetch_all(connection).await?;
    rows.iter().map(|row| Ok((number(row)?, row.try_get("title")?, row.try_get("customer_name")?))).collect()
}

fn push_reach(statement: &mut Statement, table: &str, stores: Option<&[StoreId]>) {
    match stores {
        None => {}
        Some([]) => {
            statement.push(" and 1 = 0");
        }
        Some(stores) => {
            statement.push(" and ").push(table).push(".store_id in ");
            statement.bind_all(stores.iter().map(StoreId::to_string));
        }
    }
}

/// Numbers of the returns of those that are ready, each once, in their cases' order; of these stores alone.
pub async fn returns(
    connection: &mut AnyConnection,
    run: RunId,
    stores: Option<&[StoreId]>,
    limit: i64,
) -> Result<Vec<Number>> {
    let mut statement = Statement::default();
    statement.push("select rmas.number, min(bulk_items.place) as place from bulk_items ");
    statement.push("join cases on cases.id = bulk_items.case_id join rmas on rmas.id = cases.rma_id where run_id = ");
    statement.bind(run.to_string()).push(" and bulk_items.state = 'ready'");
    push_reach(&mut statement, "rmas", stores);
    statement.push(" group by rmas.number order by place limit ").bind(limit);
    statement.query().fetch_all(connection).await?.iter().map(number).collect()
}

/// Numbers of the cases whose goods can have a label: all that were looked at, with a return or without; of these stores alone.
pub async fn goods(
    connection: &mut AnyConnection,
    run: RunId,
    stores: Option<&[StoreId]>,
    limit: i64,
) -> Result<Vec<Number>> {
    let mut statement = Statement::default();
    statement.push("select cases.number from bulk_items join cases on cases.id = bulk_items.case_id where run_id = ");
    statement.bind(run.to_string()).push(" and (bulk_items.state = 'ready' or bulk_items.hindrance = ");
    statement.bind(Hindrance::NoLabel.key()).push(")");
    push_reach(&mut statement, "cases", stores);
    statement.push(" order by place limit ").bind(limit);
    statement.query().fetch_all(connection).await?.iter().map(number).collect()
}

/// Forgets runs that nobody has started since then, and those whose end was long before.
pub async fn sweep(tx: &mut Tx, unstarted_before: i64, ended_before: i64) -> Result<()> {
    for sql in [
        "delete from bulk_items where run_id in (select id from bulk_runs where created_at < $1 and started_at is null \
         or created_at < $2 and ended_at < $2)",
        "delete from bulk_runs where created_at < $1 and started_at is null or created_at < $2 and ended_at < $2",
    ] {
        sqlx::query(sql).bind(unstarted_before).bind(ended_before).execute(&mut *tx).await?;
    }
    Ok(())
}
