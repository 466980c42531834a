//! Deadlines that a law sets: which rule holds for a case, when it ends, what follows, and who is told before.
//!
//! Nothing here is legal advice and nothing decides a case. The rules are data ([`regimes`]), each row with its source;
//! a row whose text nobody has read is marked as such. Days are civil days in the zone of the case's store.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $key:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $key)] $variant,)+
        }

        impl $name {
            pub const ALL: [Self; [$($key),+].len()] = [$(Self::$variant),+];

            /// As it stands in the table, in the database and in the names of texts.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)+
                }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.key() == key)
            }
        }
    )+};
}
pub(crate) use words;

pub mod calendar;
pub mod count;
mod holidays;
pub mod place;
