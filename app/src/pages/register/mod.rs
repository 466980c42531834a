//! Creating a case: its type, its form; and the same form for a case that is edited.

mod api;
mod fields;
mod form;
mod page;
mod pictures;
mod save;
mod state;
mod types;

pub use api::*;
pub use page::{EditPage, FormPage};
pub use types::TypesPage;
