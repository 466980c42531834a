//! The days off of each country, with their sources. Right from the year 2000 on; before it, as if nothing had changed.

use super::calendar::Rest;
use super::{Country, Land};
use jiff::civil::Weekday;

/// When a holiday falls.
pub(super) enum On {
    /// Month and day.
    Day(i8, i8),
    /// So many days after Easter Sunday.
    Easter(i8),
    /// The first such weekday on or after that month and day.
    First(Weekday, i8, i8),
}

pub(super) struct Holiday {
    pub on: On,
    /// First and last year.
    pub years: (i16, i16),
    /// Empty: in the whole country.
    pub lands: &'static [Land],
    pub rest: Rest,
}

/// One country's days off. Sundays and Saturdays are not listed.
pub struct HolidaySet {
    pub country: Country,
    /// The acts, in the country's own words.
    pub source: &'static str,
    pub url: &'static str,
    pub(super) days: &'static [Holiday],
}

const fn on(on: On) -> Holiday {
    Holiday { on, years: (i16::MIN, i16::MAX), lands: &[], rest: Rest::Off }
}

const fn day(month: i8, day: i8) -> Holiday {
    on(On::Day(month, day))
}

const fn easter(days: i8) -> Holiday {
    on(On::Easter(days))
}

const fn first(weekday: Weekday, month: i8, day: i8) -> Holiday {
    on(On::First(weekday, month, day))
}

impl Holiday {
    const fn years(self, from: i16, to: i16) -> Self {
        Self { years: (from, to), ..self }
    }

    const fn since(self, year: i16) -> Self {
        self.years(year, i16::MAX)
    }

    const fn lands(self, lands: &'static [Land]) -> Self {
        Self { lands, ..self }
    }

    const fn perhaps(self) -> Self {
        Self { rest: Rest::Perhaps, ..self }
    }
}

use Land::{Bb, Be, Bw, By, Hb, He, Hh, Mv, Ni, Nw, Rp, Sh, Sl, Sn, St, Th};

/// In the order of [`Country::ALL`].
pub(super) static SETS: [HolidaySet; 6] = [
    HolidaySet {
        country: Country::Pl,
        source: "ustawa z 18.01.1951 o dniach wolnych od pracy; Wigilia: Dz.U. 2024 poz. 1965",
        url: "https://api.sejm.gov.pl/eli/acts/DU/2024/1965",
        days: &[
            day(1, 1),
            day(1, 6).since(2011),
            easter(0),
            easter(1),
            day(5, 1),
            day(5, 3),
            easter(49),
            easter(60),
            day(8, 15),
            day(11, 1),
            day(11, 11),
            // A hundred years of independence.
            day(11, 12).years(2018, 2018),
            day(12, 24).since(2025),
            day(12, 25),
            day(12, 26),
        ],
    },
    HolidaySet {
        country: Country::No,
        source: "lov 24.02.1995 nr. 12 om helligdager og helligdagsfred § 2; lov 26.04.1947 nr. 1",
        url: "https://lovdata.no/dokument/NL/lov/1995-02-24-12",
        days: &[
            day(1, 1),
            easter(-3),
            easter(-2),
            easter(0),
            easter(1),
            day(5, 1),
            day(5, 17),
            easter(39),
            easter(49),
            easter(50),
            // No holiday; its peace begins in the afternoon, and hardly anybody is at work.
            day(12, 24).perhaps(),
            day(12, 25),
            day(12, 26),
        ],
    },
    HolidaySet {
        country: Country::Se,
        source: "lag (1989:253) om allmänna helgdagar; aftnar: lag (1930:173) 2 §",
        url: "https://lagen.nu/1930:173",
        days: &[
            day(1, 1),
            day(1, 6),
            easter(-2),
            easter(0),
            easter(1),
            day(5, 1),
            easter(39),
            easter(49),
            easter(50).years(i16::MIN, 2004),
            day(6, 6).since(2005),
            first(Weekday::Friday, 6, 19),
            first(Weekday::Saturday, 6, 20),
            first(Weekday::Saturday, 10, 31),
            day(12, 24),
            day(12, 25),
            day(12, 26),
            day(12, 31),
        ],
    },
    HolidaySet {
        country: Country::Dk,
        source: "folkekirkens helligdage; store bededag ophævet fra 2024 ved lov nr. 214 af 07.03.2023; lukkeloven § 1",
        url: "https://www.retsinformation.dk/eli/lta/2023/214",
        days: &[
            day(1, 1),
            easter(-3),
            easter(-2),
            easter(0),
            easter(1),
            easter(26).years(i16::MIN, 2023),
            easter(39),
            easter(49),
            easter(50),
            // Shops stay closed by law; no holidays.
            day(6, 5).perhaps(),
            day(12, 24).perhaps(),
            day(12, 25),
            day(12, 26),
        ],
    },
    HolidaySet {
        country: Country::Fi,
        source: "laki säädettyjen määräaikain laskemisesta 150/1930 5 §; kirkkolaki; laki 272/1944; laki 388/1937",
        url: "https://www.finlex.fi/fi/laki/alkup/1966/19660358",
        days: &[
            day(1, 1),
            day(1, 6),
            easter(-2),
            easter(0),
            easter(1),
            day(5, 1),
            easter(39),
            easter(49),
            first(Weekday::Friday, 6, 19),
            first(Weekday::Saturday, 6, 20),
            first(Weekday::Saturday, 10, 31),
            day(12, 6),
            day(12, 24),
            day(12, 25),
            day(12, 26),
        ],
    },
    HolidaySet {
        country: Country::De,
        source: "Feiertagsgesetze der Länder; Einigungsvertrag Art. 2 Abs. 2",
        url: "https://www.gesetze-im-internet.de/bgb/__193.html",
        days: &[
            day(1, 1),
            day(1, 6).lands(&[Bw, By, St]),
            day(3, 8).since(2019).lands(&[Be]),
            day(3, 8).since(2023).lands(&[Mv]),
            easter(-2),
            easter(1),
            day(5, 1),
            // 75 and 80 years after the war.
            day(5, 8).years(2020, 2020).lands(&[Be]),
            day(5, 8).years(2025, 2025).lands(&[Be]),
            easter(39),
            easter(50),
            easter(60).lands(&[Bw, By, He, Nw, Rp, Sl]),
            // In some municipalities only, as are the two days in Bavaria.
            easter(60).lands(&[Sn, Th]).perhaps(),
            day(8, 8).lands(&[By]).perhaps(),
            day(8, 15).lands(&[By]).perhaps(),
            day(8, 15).lands(&[Sl]),
            day(9, 20).since(2019).lands(&[Th]),
            day(10, 3),
            // 500 years of the Reformation.
            day(10, 31).years(2017, 2017),
            day(10, 31).lands(&[Bb, Mv, Sn, St, Th]),
            day(10, 31).since(2018).lands(&[Hb, Hh, Ni, Sh]),
            day(11, 1).lands(&[Bw, By, Nw, Rp, Sl]),
            first(Weekday::Wednesday, 11, 16).lands(&[Sn]),
            day(12, 25),
            day(12, 26),
        ],
    },
];
