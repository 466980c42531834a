//! Reusable components, one a file.

pub mod accent;
pub mod button;
pub mod customer_frame;
pub mod dialog;
pub mod display;
pub mod due;
pub mod empty;
pub mod error_view;
pub mod field;
pub mod frame;
pub mod icon;
pub mod keys;
pub mod notice;
pub mod pager;
pub mod phase_badge;
pub mod scanner;
pub mod send;
pub mod time;
pub mod type_cards;

pub use button::{Button, LinkButton, Look};
pub use customer_frame::CustomerFrame;
pub use dialog::Dialog;
pub use due::{DueView, LawDueView};
pub use empty::Empty;
pub use error_view::{ErrorNotice, ErrorView};
pub use field::{Field, FieldGroup, SelectField, StarLegend, TextAreaField, TextField, TickField};
pub use icon::Icon;
pub use notice::{Notice, Tone};
pub use pager::Pager;
pub use phase_badge::PhaseBadge;
pub use time::{Shown, Time};
pub use type_cards::TypeCards;
