//! The few places where SQLite and PostgreSQL must differ.

use super::error::Result;
use super::search::{Term, store_token};
use super::statement::Statement;
use domain::id::{CaseId, StoreId};
use sqlx::AnyConnection;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// By the scheme of a connection URL.
    pub fn of_url(url: &str) -> Option<Self> {
        if url.starts_with("sqlite:") {
            Some(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Some(Self::Postgres)
        } else {
            None
        }
    }

    /// The next place in the organisation's one series for a new case; `None` if that case is there already.
    ///
    /// SQLite's single writer makes a counter cheap; in PostgreSQL a sequence keeps transactions from waiting for each
    /// other's commit, and two with the same case meet at its unique id.
    pub async fn next_in_series(self, tx: &mut AnyConnection, case: CaseId) -> Result<Option<i64>> {
        let sql = match self {
            Self::Sqlite => {
                "update number_series set last = last + 1 \
                 where not exists (select 1 from cases where id = $1) returning last"
            }
            Self::Postgres => {
                "select nextval('number_series') as last where not exists (select 1 from cases where id = $1)"
            }
        };
        Ok(sqlx::query_scalar(sql).bind(case.to_string()).fetch_optional(tx).await?)
    }

    /// The next place in the series, for whatever bears a number.
    pub async fn next_number(self, tx: &mut AnyConnection) -> Result<i64> {
        let sql = match self {
            Self::Sqlite => "update number_series set last = last + 1 returning last",
            Self::Postgres => "select nextval('number_series') as last",
        };
        Ok(sqlx::query_scalar(sql).fetch_one(tx).await?)
    }

    /// Ends a select within the transaction that claims what it finds, so that another server claims something else.
    /// SQLite's one writer needs nothing.
    pub fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "for update skip locked",
        }
    }

    /// Several changes in one go to the database, with parameters that they share.
    pub fn together(self, changes: &[&str]) -> String {
        match (self, changes.split_last()) {
            (_, None) => String::new(),
            (Self::Sqlite, _) => changes.join(";\n"),
            (Self::Postgres, Some((last, []))) => (*last).to_owned(),
            (Self::Postgres, Some((last, others))) => {
                let others: Vec<String> =
                    others.iter().enumerate().map(|(at, change)| format!("change_{at} as ({change})")).collect();
                format!("with {} {last}", others.join(",\n"))
            }
        }
    }

    /// A condition that holds for the newest `limit` cases with those words in those stores, and perhaps for more.
    ///
    /// FTS5 walks from the newest case down and stops. PostgreSQL's planner takes the index of words or that of cases, by
    /// how many hold the words and the store's token; told of the store's column too, it would count the store twice.
    pub fn push_newest_holding(self, statement: &mut Statement, term: &Term, stores: Option<&[StoreId]>, limit: i64) {
        match self {
            Self::Sqlite => {
                statement.push("cases.seq in (select rowid from case_words where case_words match ");
                statement.bind(self.match_of(term, stores)).push(" order by rowid desc limit ");
                statement.bind(limit).push(")");
            }
            Self::Postgres => self.push_matching(statement, term, stores),
        }
    }

    /// A condition that holds for all cases with those words, by the index of words. `stores` is a hint: the caller has a
    /// condition on the stores as well.
    pub fn push_holding(self, statement: &mut Statement, term: &Term, stores: Option<&[StoreId]>) {
        match self {
            Self::Sqlite => {
                statement.push("cases.seq in (select rowid from case_words where case_words match ");
                statement.bind(self.match_of(term, stores)).push(")");
            }
            Self::Postgres => self.push_matching(statement, term, None),
        }
    }

    fn push_matching(self, statement: &mut Statement, term: &Term, stores: Option<&[StoreId]>) {
        statement.push("cases.words_index @@ cast(").bind(self.match_of(term, stores)).push(" as tsquery)");
    }

    /// The same as a look into each case, for lists that come in the order of another index.
    pub fn push_each_holding(self, statement: &mut Statement, term: &Term) {
        match self {
            Self::Postgres => self.push_holding(statement, term, None),
            Self::Sqlite => push_instr(statement, term),
        }
    }

    /// Whether at least that many cases hold the words; `false` where a planner knows how to go about it.
    pub async fn is_common(
        self,
        connection: &mut AnyConnection,
        term: &Term,
        stores: Option<&[StoreId]>,
        many: i64,
    ) -> Result<bool> {
        match self {
            Self::Postgres => Ok(false),
            Self::Sqlite => {
                let sql = "select count(*) from (select rowid from case_words where case_words match $1 limit $2)";
                for term in term.whole_words().iter().chain([term]) {
                    let query = sqlx::query_scalar::<_, i64>(sql).bind(self.match_of(term, stores)).bind(many);
                    if query.fetch_one(&mut *connection).await? >= many {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// A column of a condition by which SQLite shall not enter the table; PostgreSQL knows how often each value occurs.
    pub fn aside(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("+{column}"),
            Self::Postgres => column.to_owned(),
        }
    }

    fn match_of(self, term: &Term, stores: Option<&[StoreId]>) -> String {
        let (and, or) = match self {
            Self::Sqlite => (" AND ", " OR "),
            Self::Postgres => (" & ", " | "),
        };
        let words = self.words(term, and, or);
        let Some(stores) = stores else { return words };
        let tokens: Vec<String> = stores
            .iter()
            .map(|store| match self {
                Self::Sqlite => format!("\"{}\"", store_token(*store)),
                Self::Postgres => format!("'{}'", store_token(*store)),
            })
            .collect();
        format!("({}){and}{words}", tokens.join(or))
    }

    /// Words hold letters and digits alone (domain::fold), so that nothing in them needs to be escaped.
    fn words(self, term: &Term, and: &str, or: &str) -> String {
        let joined = |terms: &[Term], by: &str| {
            let terms: Vec<String> = terms.iter().map(|term| self.words(term, and, or)).collect();
            format!("({})", terms.join(by))
        };
        match (term, self) {
            (Term::Is(word), Self::Sqlite) => format!("\"{word}\""),
            (Term::Is(word), Self::Postgres) => format!("'{word}'"),
            (Term::Begins(word), Self::Sqlite) => format!("\"{word}\"*"),
            (Term::Begins(word), Self::Postgres) => format!("'{word}':*"),
            (Term::All(terms), _) => joined(terms, and),
            (Term::Any(terms), _) => joined(terms, or),
        }
    }
}

/// Every word of a case but its store's stands behind a space.
fn push_instr(statement: &mut Statement, term: &Term) {
    let (terms, by) = match term {
        Term::Begins(word) | Term::Is(word) => {
            statement.push("instr(cases.words, ").bind(format!(" {word}")).push(") > 0");
            return;
        }
        Term::All(terms) => (terms, " and "),
        Term::Any(terms) => (terms, " or "),
    };
    statement.push("(");
    for (at, term) in terms.iter().enumerate() {
        statement.push(if at == 0 { "" } else { by });
        push_instr(statement, term);
    }
    statement.push(")");
}
