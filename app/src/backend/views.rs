//! Lists that people keep by a name, and the columns that they choose.

use super::{ListQuery, Viewer};
use crate::error::Result;
use async_trait::async_trait;
use domain::column::Column;
use domain::id::ViewId;
use serde::{Deserialize, Serialize};

/// A kept list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewRef {
    pub id: ViewId,
    pub name: String,
    /// Its address.
    pub address: String,
    pub shared: bool,
    /// Its maker, where that is somebody else.
    pub by: String,
    /// The viewer may rename, replace and remove it.
    pub may_change: bool,
    /// Cases opens with it for this viewer.
    pub usual: bool,
}

/// What is kept of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub query: ListQuery,
    pub columns: Vec<Column>,
}

#[async_trait]
pub trait Views {
    /// Shared ones need [`domain::role::Right::Handle`].
    ///
    /// # Errors
    /// `Invalid{name}`; `Forbidden` to share.
    async fn keep_view(&self, who: &Viewer, name: &str, shared: bool, kept: Kept) -> Result<ViewId>;
    /// Another name, and another list where one is given. Its maker's, or an admin's if it is shared.
    async fn change_view(&self, who: &Viewer, view: ViewId, name: &str, shared: bool, kept: Option<Kept>)
    -> Result<()>;
    async fn remove_view(&self, who: &Viewer, view: ViewId) -> Result<()>;
    /// What Cases opens with for this viewer.
    async fn set_usual_view(&self, who: &Viewer, view: Option<ViewId>) -> Result<()>;
    /// None means the usual ones.
    async fn choose_columns(&self, who: &Viewer, columns: &[Column]) -> Result<()>;
}
