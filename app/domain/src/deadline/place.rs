//! Where a law holds.

super::words! {
    /// A country whose deadlines we know, by ISO 3166-1.
    Country { Pl = "PL", No = "NO", Se = "SE", Dk = "DK", Fi = "FI", De = "DE" }

    /// A German state, by the second half of its ISO 3166-2 code: holidays are the states' own.
    Land {
        Bw = "BW", By = "BY", Be = "BE", Bb = "BB", Hb = "HB", Hh = "HH", He = "HE", Mv = "MV",
        Ni = "NI", Nw = "NW", Rp = "RP", Sl = "SL", Sn = "SN", St = "ST", Sh = "SH", Th = "TH",
    }
}
