//! The fixed words of every document, as templates get them: `words.reply_by`.

use domain::Locale;
use serde_json::{Map, Value};

macro_rules! plain {
    ($locale:ident: $($key:ident)*) => { [$((stringify!($key), texts::documents::$key($locale))),*] };
}

/// All words in one language. `{page}`, `{pages}` and `{number}` are for the template to fill in: it alone knows
/// the pages.
pub fn all(l: Locale) -> Value {
    let plain = plain!(l:
        protocol label labels packing_slip decision case_number rma_number follow seller customer filed received
        reply_by pictures picture_unreadable fee_warning privacy_notice for_store
        sign_here from to valid_until contents articles article case how_to_pack date reason explanation evidence you_get
        next_step further
    );
    let mut words: Map<String, Value> = plain.into_iter().map(|(key, word)| (key.to_owned(), word.into())).collect();
    words.insert("page".to_owned(), texts::documents::page(l, "{page}", "{pages}").into());
    words.insert("barcode".to_owned(), texts::documents::barcode(l, "{number}").into());
    words.insert("qr".to_owned(), texts::documents::qr(l, "{number}").into());
    let packing = plain!(l: pack_sheet pack_mark pack_box pack_label pack_proof);
    words.insert("packing".to_owned(), packing.map(|(_, step)| Value::from(step)).to_vec().into());
    Value::Object(words)
}
