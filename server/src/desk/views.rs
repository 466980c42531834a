//! Lists that people keep by a name, and the columns that they choose.

use super::Desk;
use crate::store::error::Result;
use crate::store::views::{self, Choices, View};
use app::backend::{Kept, ListKind, ListQuery, ViewRef, Viewer, Views};
use app::error::AppError;
use app::pages::list::query;
use async_trait::async_trait;
use domain::column::{self, Column};
use domain::id::ViewId;
use domain::role::{Right, Role};
use futures::FutureExt;
use sqlx::AnyConnection;

/// Letters of a name.
const NAME: usize = 60;
/// Of one person.
const MOST: i64 = 50;

#[async_trait]
impl Views for Desk {
    async fn keep_view(&self, who: &Viewer, name: &str, shared: bool, kept: Kept) -> Result<ViewId, AppError> {
        let id = self.random.id();
        let made = async {
            if views::count(&mut *self.db.read().await?, who.id).await? >= MOST {
                return Err(AppError::invalid("name", "too_many_views").into());
            }
            may_share(who, shared)?;
            let view =
                View { id, staff: who.id, shared, name: named(name)?, query: String::new(), columns: String::new() };
            self.put_view(with(view, &kept)).await
        };
        made.await.map_err(|error| self.fail(error))?;
        Ok(id)
    }

    async fn change_view(
        &self,
        who: &Viewer,
        view: ViewId,
        name: &str,
        shared: bool,
        kept: Option<Kept>,
    ) -> Result<(), AppError> {
        let changed = async {
            let before = self.view_to_change(who, view).await?;
            if shared != before.shared {
                may_share(who, shared)?;
            }
            let view = View { name: named(name)?, shared, ..before };
            self.put_view(match &kept {
                Some(kept) => with(view, kept),
                None => view,
            })
            .await
        };
        changed.await.map_err(|error| self.fail(error))
    }

    async fn remove_view(&self, who: &Viewer, view: ViewId) -> Result<(), AppError> {
        let removed = async {
            self.view_to_change(who, view).await?;
            self.db.write(move |tx| views::remove(tx, view).boxed()).await
        };
        removed.await.map_err(|error| self.fail(error))
    }

    async fn set_usual_view(&self, who: &Viewer, view: Option<ViewId>) -> Result<(), AppError> {
        let set = async {
            if let Some(view) = view {
                self.view_to_open(who, view).await?;
            }
            let before = views::choices(&mut *self.db.read().await?, who.id).await?;
            let (me, choices) = (who.id, Choices { view, ..before });
            self.db.write(move |tx| async move { views::choose(tx, me, &choices).await }.boxed()).await
        };
        set.await.map_err(|error| self.fail(error))
    }

    async fn choose_columns(&self, who: &Viewer, columns: &[Column]) -> Result<(), AppError> {
        let chosen = async {
            let before = views::choices(&mut *self.db.read().await?, who.id).await?;
            let columns = if columns == Column::USUAL { String::new() } else { column::write(columns) };
            let (me, choices) = (who.id, Choices { columns, ..before });
            self.db.write(move |tx| async move { views::choose(tx, me, &choices).await }.boxed()).await
        };
        chosen.await.map_err(|error| self.fail(error))
    }
}

impl Desk {
    async fn put_view(&self, view: View) -> Result<()> {
        let now = self.clock.now_ms();
        self.db.write(move |tx| async move { views::save(tx, &view, now).await }.boxed()).await
    }

    async fn view_to_open(&self, who: &Viewer, view: ViewId) -> Result<View> {
        let found = views::find(&mut *self.db.read().await?, view).await?;
        Ok(found.filter(|view| view.shared || view.staff == who.id).ok_or(AppError::NotFound)?)
    }

    async fn view_to_change(&self, who: &Viewer, view: ViewId) -> Result<View> {
        let found = self.view_to_open(who, view).await?;
        if may_change(who, &found) { Ok(found) } else { Err(AppError::Forbidden.into()) }
    }

    /// The views that somebody may open, and the columns of the list that they ask for: those of the address, of the view
    /// that is open, or the reader's own.
    pub(super) async fn views_of(
        &self,
        connection: &mut AnyConnection,
        who: &Viewer,
        query: &ListQuery,
    ) -> Result<(Vec<ViewRef>, Vec<Column>)> {
        let book = self.book();
        let found = views::of_staff(connection, who.id).await?;
        let choices = views::choices(connection, who.id).await?;
        let open = found.iter().find(|view| Some(view.id) == query.view);
        let columns = match (&query.columns, open) {
            (Some(columns), _) => columns.clone(),
            (None, Some(view)) => column::read(&view.columns),
            (None, None) => column::read(&choices.columns),
        };
        let mut views: Vec<ViewRef> = found
            .iter()
            .map(|view| ViewRef {
                id: view.id,
                name: view.name.clone(),
                address: address(view),
                shared: view.shared,
                by: if view.staff == who.id { String::new() } else { book.staff_name(Some(view.staff)) },
                may_change: may_change(who, view),
                usual: choices.view == Some(view.id),
            })
            .collect();
        views.sort_by(|a, b| (a.shared, &a.name).cmp(&(b.shared, &b.name)));
        Ok((views, columns))
    }
}

fn address(view: &View) -> String {
    let list = query::read(ListKind::Active, &view.query);
    query::address(&ListQuery { view: Some(view.id), ..list })
}

fn may_change(who: &Viewer, view: &View) -> bool {
    view.staff == who.id || view.shared && who.role == Role::Admin
}

fn may_share(who: &Viewer, shared: bool) -> Result<()> {
    if shared && !who.may(Right::Handle) { Err(AppError::Forbidden.into()) } else { Ok(()) }
}

fn named(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(AppError::invalid("name", "missing").into()),
        1..=NAME => Ok(name),
        _ => Err(AppError::invalid("name", "text_too_long").into()),
    }
}

/// Keeps the list, never a page of it.
fn with(view: View, kept: &Kept) -> View {
    let list = ListQuery { view: None, columns: None, after: None, ..kept.query.clone() };
    View { query: query::write(&list), columns: column::write(&kept.columns), ..view }
}
