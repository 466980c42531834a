//! Creating a case: its type, its form; and the same form for a case that is edited.

mod api;
mod conflict;
mod form;
mod hints;
mod page;
mod phone;
mod place;
mod save;
mod types;

pub use api::*;
pub use page::{EditPage, FormPage};
pub use types::TypesPage;
