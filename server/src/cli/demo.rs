//! `redress demo`.
#![expect(clippy::print_stdout, reason = "a command line answers on standard output")]

use super::{Outcome, open_database};
use crate::clock::{Clock, ManualClock, Random, SystemClock};
use crate::config::Config;
use crate::demo;
use crate::desk::{Desk, seed};
use std::sync::Arc;

pub async fn demo(mut config: Config, cases: u32) -> Outcome {
    // Nobody of the demo has a mailbox.
    config.smtp_url = None;
    let url = config.public_url.clone();
    let db = open_database(&config).await?;
    let random = Arc::new(Random::from_system());
    seed::seed(&db, &random).await?;
    let clock = Arc::new(ManualClock::at(SystemClock.now()));
    let desk = Desk::open(db, clock.clone(), random, config).await?;
    desk.files.reach().await?;
    let chain = demo::fill(&desk, &clock, cases).await?;
    desk.db.close().await;
    println!("{} cases. Sign in at {url} with the password {} as", chain.cases, demo::PASSWORD);
    for (login, name, role) in chain.people {
        println!("  {login:8} {name} ({})", role.key());
    }
    println!("At a store's tablet everybody's PIN is {}.", demo::PIN);
    Ok(())
}
