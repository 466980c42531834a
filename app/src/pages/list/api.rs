//! What the lists ask, and what is kept of them.

use crate::backend::ListPage;
use crate::error::AppError;
use crate::wire::Postcard;
use domain::id::ViewId;
use leptos::prelude::*;

/// `query` is what [`super::query::write`] makes.
#[server(prefix = "/api", endpoint = "list_cases", output = Postcard)]
pub async fn list_cases(query: String) -> Result<ListPage, AppError> {
    let query = super::query::read(crate::backend::ListKind::default(), &query);
    crate::backend::backend().list(&crate::backend::viewer()?, &query).await
}

/// Keeps the list with its columns under a name, and opens it.
#[server(prefix = "/api", endpoint = "keep_view")]
pub async fn keep_view(
    #[server(default)] name: String,
    #[server(default)] shared: String,
    #[server(default)] query: String,
    #[server(default)] columns: String,
) -> Result<(), AppError> {
    let kept = on_server::kept(&query, &columns);
    let list = kept.query.clone();
    let view = backend().keep_view(&viewer()?, &name, shared == "yes", kept).await?;
    on_server::go(&ListQuery { view: Some(view), columns: None, ..list });
    Ok(())
}

/// Another name; with `replace`, another list as well.
#[server(prefix = "/api", endpoint = "change_view")]
pub async fn change_view(
    view: ViewId,
    #[server(default)] name: String,
    #[server(default)] shared: String,
    #[server(default)] replace: String,
    #[server(default)] query: String,
    #[server(default)] columns: String,
) -> Result<(), AppError> {
    let kept = (replace == "yes").then(|| on_server::kept(&query, &columns));
    let list = kept.as_ref().map(|kept| kept.query.clone());
    backend().change_view(&viewer()?, view, &name, shared == "yes", kept).await?;
    if let Some(list) = list {
        on_server::go(&ListQuery { view: Some(view), columns: None, ..list });
    }
    Ok(())
}

#[server(prefix = "/api", endpoint = "remove_view")]
pub async fn remove_view(view: ViewId, #[server(default)] query: String) -> Result<(), AppError> {
    backend().remove_view(&viewer()?, view).await?;
    on_server::go(&ListQuery { view: None, ..on_server::list(&query) });
    Ok(())
}

/// What Cases opens with; empty for none.
#[server(prefix = "/api", endpoint = "set_usual_view")]
pub async fn set_usual_view(#[server(default)] view: String) -> Result<(), AppError> {
    let view = match view.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| AppError::NotFound)?),
    };
    backend().set_usual_view(&viewer()?, view).await
}

/// The reader's own columns. Beside an open view they stand in the address, to be kept with it or not.
#[server(prefix = "/api", endpoint = "choose_columns")]
pub async fn choose_columns(
    #[server(default)] columns: Vec<String>,
    #[server(default)] usual: String,
    #[server(default)] query: String,
) -> Result<(), AppError> {
    let who = viewer()?;
    let keys = if usual == "yes" { String::new() } else { columns.join(" ") };
    let columns = domain::column::read(&keys);
    let list = on_server::list(&query);
    if list.view.is_some() {
        on_server::go(&ListQuery { columns: Some(columns), ..list });
        return Ok(());
    }
    backend().choose_columns(&who, &columns).await?;
    on_server::go(&ListQuery { columns: None, ..list });
    Ok(())
}

#[cfg(feature = "ssr")]
use crate::backend::{ListQuery, backend, viewer};

#[cfg(feature = "ssr")]
mod on_server {
    use crate::backend::{Kept, ListKind, ListQuery};
    use crate::pages::list::query;

    pub fn list(text: &str) -> ListQuery {
        query::read(ListKind::Active, text)
    }

    pub fn kept(text: &str, columns: &str) -> Kept {
        Kept { query: list(text), columns: domain::column::read(columns) }
    }

    pub fn go(list: &ListQuery) {
        leptos_axum::redirect(&query::address(list));
    }
}
