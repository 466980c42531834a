//! The few places where SQLite and PostgreSQL must differ.

use super::error::Result;
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

    /// The next place in the organisation's one series. SQLite's single writer makes a counter cheap; in PostgreSQL a
    /// sequence keeps transactions from waiting for each other's commit.
    pub async fn next_in_series(self, tx: &mut AnyConnection) -> Result<i64> {
        let sql = match self {
            Self::Sqlite => "update number_series set last = last + 1 returning last",
            Self::Postgres => "select nextval('number_series')",
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

    /// A condition on `cases` that holds where all folded words of the search text, bound as parameter `n`, begin a
    /// word of the case. Bind what [`Self::words_query`] makes.
    pub fn words_condition(self, n: u8) -> String {
        match self {
            Self::Sqlite => format!("cases.seq in (select rowid from case_words where case_words match ${n})"),
            Self::Postgres => format!("cases.words_index @@ cast(${n} as tsquery)"),
        }
    }

    /// `words` hold letters and digits alone (domain::fold).
    pub fn words_query(self, words: &[String]) -> String {
        match self {
            Self::Sqlite => words.iter().map(|w| format!("\"{w}\"*")).collect::<Vec<_>>().join(" "),
            Self::Postgres => words.iter().map(|w| format!("'{w}':*")).collect::<Vec<_>>().join(" & "),
        }
    }
}
