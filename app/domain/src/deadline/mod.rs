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
pub mod clocks;
pub mod count;
pub mod facts;
mod holidays;
pub mod own;
pub mod recompute;
pub mod recorded;
pub mod regimes;
pub mod warnings;
pub mod watch;

words! {
    /// A country whose deadlines we know, by ISO 3166-1.
    Country { Pl = "PL", No = "NO", Se = "SE", Dk = "DK", Fi = "FI", De = "DE" }

    /// A German state, by the second half of its ISO 3166-2 code: holidays are the states' own.
    Land {
        Bw = "BW", By = "BY", Be = "BE", Bb = "BB", Hb = "HB", Hh = "HH", He = "HE", Mv = "MV",
        Ni = "NI", Nw = "NW", Rp = "RP", Sl = "SL", Sn = "SN", St = "ST", Sh = "SH", Th = "TH",
    }
}

impl Country {
    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pl => "Polska",
            Self::No => "Norge",
            Self::Se => "Sverige",
            Self::Dk => "Danmark",
            Self::Fi => "Suomi",
            Self::De => "Deutschland",
        }
    }
}

impl Land {
    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bw => "Baden-Württemberg",
            Self::By => "Bayern",
            Self::Be => "Berlin",
            Self::Bb => "Brandenburg",
            Self::Hb => "Bremen",
            Self::Hh => "Hamburg",
            Self::He => "Hessen",
            Self::Mv => "Mecklenburg-Vorpommern",
            Self::Ni => "Niedersachsen",
            Self::Nw => "Nordrhein-Westfalen",
            Self::Rp => "Rheinland-Pfalz",
            Self::Sl => "Saarland",
            Self::Sn => "Sachsen",
            Self::St => "Sachsen-Anhalt",
            Self::Sh => "Schleswig-Holstein",
            Self::Th => "Thüringen",
        }
    }
}
