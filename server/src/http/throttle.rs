//! A flood from one address is answered in a few words, so that it costs next to nothing: what strangers can ask for is
//! rationed by address. Staff, who have signed in, are not.

use super::failure::Failure;
use app::backend::{Origin, Visitor};
use app::error::AppError;
use axum::extract::{Extension, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many seconds' requests may come at once: a page with its pictures, a household behind one address.
const BURST: u32 = 10;
/// After so many requests the addresses that have been quiet are forgotten.
const TIDY: u32 = 10_000;

/// Rations by address; none where the rate is 0.
#[derive(Clone)]
pub struct Throttle(Option<Arc<Ration>>);

struct Ration {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    seen: AtomicU32,
}

impl Throttle {
    /// `rate`: requests a second that one address may make in the long run.
    pub fn new(rate: u32) -> Self {
        let quota = |rate: NonZeroU32| {
            Quota::per_second(rate).allow_burst(rate.saturating_mul(NonZeroU32::new(BURST).unwrap_or(rate)))
        };
        let ration = |rate| Ration { limiter: RateLimiter::keyed(quota(rate)), seen: AtomicU32::new(0) };
        Self(NonZeroU32::new(rate).map(|rate| Arc::new(ration(rate))))
    }

    /// # Errors
    /// `TooMany` with the seconds to wait.
    fn admit(&self, from: Origin) -> Result<(), AppError> {
        let Some(ration) = &self.0 else { return Ok(()) };
        if ration.seen.fetch_add(1, Ordering::Relaxed) % TIDY == TIDY - 1 {
            ration.limiter.retain_recent();
        }
        ration.limiter.check_key(&from.network()).map_err(|refused| {
            let wait = refused.wait_time_from(DefaultClock::default().now());
            AppError::TooMany { seconds: u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX) }
        })
    }
}

pub async fn strangers(
    State(throttle): State<Throttle>,
    Extension(visitor): Extension<Visitor>,
    Extension(origin): Extension<Origin>,
    request: Request,
    next: Next,
) -> Response {
    if visitor == Visitor::Nobody
        && let Err(error) = throttle.admit(origin)
    {
        return Failure(error).into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_refused_and_a_neighbour_is_not() {
        let throttle = Throttle::new(5);
        let from = |address: &str| Origin { address: address.parse().expect("an address") };
        let flood = from("203.0.113.7");
        let admitted = (0..1000).filter(|_| throttle.admit(flood).is_ok()).count();
        // Fifty at once, and what the time of this loop lets in.
        assert!((50..100).contains(&admitted), "{admitted}");
        assert!(matches!(throttle.admit(flood), Err(AppError::TooMany { seconds: 1.. })));
        assert!(throttle.admit(from("203.0.113.8")).is_ok());
        // Whoever has one address of a /64 has them all.
        let admitted = (0..1000).filter(|at| throttle.admit(from(&format!("2001:db8:0:1::{at:x}"))).is_ok()).count();
        assert!(admitted < 100, "{admitted}");
    }

    #[test]
    fn nothing_is_rationed_where_the_rate_is_nothing() {
        let throttle = Throttle::new(0);
        assert!((0..1000).all(|_| throttle.admit(Origin { address: [127, 0, 0, 1].into() }).is_ok()));
    }
}
