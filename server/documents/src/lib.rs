//! The documents of a complaint on paper: protocol, parcel label, packing slip and decision as tagged PDF, labels as ZPL
//! too. Pure: data in, bytes out; no files but templates at the start, no network, no clock.
//!
//! ```
//! # fn main() -> documents::Result<()> {
//! # use documents::{Address, Label, Look, Paper, Press};
//! let press = Press::new(None)?;
//! let look = Look {
//!     organisation: "Nordlys Sko".into(),
//!     legal_name: "Nordlys Sko AS".into(),
//!     address: vec!["Storgata 1".into(), "0155 Oslo".into()],
//!     locale: domain::Locale::Nb,
//!     accent: [0x1b, 0x6e, 0x53],
//!     logo: None,
//! };
//! let label = Label {
//!     number: "26-004217-4".parse().expect("a number"),
//!     url: "https://redress.example.com/s/26-004217-4".into(),
//!     from: Address { name: "Kari Nordmann".into(), lines: vec!["Fjordveien 4".into(), "5003 Bergen".into()] },
//!     to: Address { name: "Nordlys Sko, service".into(), lines: vec!["Lagerveien 8".into(), "0484 Oslo".into()] },
//!     valid_until: Some("17.12.2026".into()),
//!     part: 1,
//!     parts: 1,
//! };
//! let pdf = press.labels(&look, &[label.clone()], Paper::A6)?;
//! let zpl = documents::zpl::labels(&look, &[label], documents::zpl::Dpi::D203)?;
//! # assert!(pdf.starts_with(b"%PDF-1.7") && zpl.starts_with("^XA"));
//! # Ok(())
//! # }
//! ```

mod codes;
mod data;
mod engine;
mod error;
mod fonts;
pub mod limits;
mod page;
mod press;
mod sheet;
mod specimen;
mod templates;
mod text;
mod words;
pub mod zpl;

pub use data::{
    Address, Article, Decision, GoodsLabel, Group, Label, Letter, Look, PackingSlip, Paper, Photo, Protocol, Row,
};
pub use error::{Error, Result};
pub use press::Press;
