//! How data comes from the server to the client: postcard, which costs the client a third of the code that JSON does.
//!
//! It names no fields, so types that travel have no attributes that need to look ahead (`serde(tag)`, `flatten`,
//! `skip_serializing_if`). Server and client are always of one build: the names of the client's files are their hashes.

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;

/// The output codec of server functions that answer with data.
pub use leptos::server_fn::codec::Postcard;

/// The codec of data that comes inside the page.
pub struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(value: &T) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<T, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}

/// What a page asks before it is sent.
pub type PageData<T> = Resource<T, Wire>;

/// Asked on the server, carried in the page, asked again by the client when `source` changes.
pub fn page_data<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> PageData<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, fetch, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::AppError;

    fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
        let bytes = Wire::encode(value).expect("plain data");
        assert_eq!(&<Wire as Decoder<T>>::decode(&bytes).expect("its own bytes"), value);
    }

    #[test]
    fn forms_and_errors_survive_the_way() {
        for kind in domain::defaults::types() {
            round_trip(&kind);
        }
        round_trip(&Err::<(), _>(AppError::TooMany { seconds: 3 }));
        round_trip(&domain::event::EventKind::assigned(None));
    }
}
