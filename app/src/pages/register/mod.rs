//! Creating a case: its type, its form; and the same form for a case that is edited.

mod api;
mod conflict;
mod fields;
mod form;
mod page;
mod pictures;
mod save;
mod sending;
mod state;
mod types;

pub use api::*;
pub use page::{EditPage, FormPage};
pub use types::TypesPage;
