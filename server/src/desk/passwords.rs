//! Passwords and PINs: argon2id, off the async threads and in bounded memory.

use crate::clock::Random;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Together under 40 MiB.
const AT_ONCE: usize = 2;

pub struct Passwords {
    slots: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl Passwords {
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let slot = self.slots.clone().acquire_owned().await.expect("the semaphore is never closed");
        // The work keeps its slot: it runs to its end, even if whoever waits for it hangs up.
        let work = move || {
            let _slot = slot;
            work()
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(value) => value,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }

    /// In PHC string format.
    pub async fn hash(&self, secret: &str, random: &Random) -> String {
        let secret = secret.to_owned();
        let salt = SaltString::encode_b64(&random.bytes::<16>()).expect("16 bytes are a salt");
        self.run(move || {
            argon2()
                .hash_password(secret.as_bytes(), &salt)
                .expect("argon2 takes any password of that length")
                .to_string()
        })
        .await
    }

    /// Takes as long when there is no hash, so that time does not tell who exists.
    pub async fn verify(&self, secret: &str, hash: Option<String>) -> bool {
        let secret = secret.to_owned();
        self.run(move || {
            let Some(hash) = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok()) else {
                let salt = SaltString::encode_b64(&[0; 16]).expect("16 bytes are a salt");
                let _ = argon2().hash_password(secret.as_bytes(), &salt);
                return false;
            };
            argon2().verify_password(secret.as_bytes(), &hash).is_ok()
        })
        .await
    }
}
