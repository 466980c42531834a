//! A form on the screen: sections, fields, pictures, and what keeps it while it is filled in. The same at the till and at
//! a customer's home; what differs is its [`Place`].

mod fields;
mod keeper;
mod pictures;
mod place;
mod sections;
mod sending;
mod state;

pub use keeper::{Keeper, Kept};
pub use pictures::{OtherPictures, RefusedNotice};
pub use place::Place;
pub use sections::{Fields, Summary, focus_field, form_ref, has_pictures, next_on_enter, put_in};
pub use state::{FormState, input_id};
