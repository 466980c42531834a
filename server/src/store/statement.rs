//! A statement whose text depends on what is asked: values are bound, never written into it.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

/// SQL with numbered parameters and their values.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    sql: String,
    values: Vec<Value>,
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Integer(i64),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl Statement {
    /// Text of ours; what a person typed goes through [`Self::bind`].
    pub fn push(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Writes `$n` for that value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        use std::fmt::Write;
        self.values.push(value.into());
        write!(self.sql, "${}", self.values.len()).expect("writing to a String cannot fail");
        self
    }

    /// Writes `($n, $m, …)`.
    pub fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.sql.push('(');
        for (at, value) in values.into_iter().enumerate() {
            self.sql.push_str(if at == 0 { "" } else { ", " });
            self.bind(value);
        }
        self.sql.push(')');
        self
    }

    pub fn query(self) -> Query<'static, Any, AnyArguments> {
        let query = sqlx::query(AssertSqlSafe(self.sql));
        self.values.into_iter().fold(query, |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Integer(integer) => query.bind(integer),
        })
    }
}
