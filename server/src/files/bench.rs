//! Where pictures are decoded: a few threads of its own, so that 50 phones at once neither fill the memory nor keep the
//! rest of the service from answering.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce() + Send>;

/// Own threads instead of tokio's: memory that a decoder has given back stays with its thread for the next picture,
/// and few threads keep little.
#[derive(Clone)]
pub struct Bench {
    queue: Sender<Job>,
}

/// It panicked, or the bench has been closed.
#[derive(Debug)]
pub struct Broken;

impl Bench {
    /// One thread less than there are cores, at most four.
    pub fn open() -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..cores.saturating_sub(1).clamp(1, 4) {
            let jobs = jobs.clone();
            std::thread::Builder::new().name("pictures".to_owned()).spawn(move || serve(&jobs))?;
        }
        Ok(Self { queue })
    }

    /// Runs `work` when a place is free; not at all if nobody waits for it any more.
    ///
    /// # Errors
    /// When it panics.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Broken> {
        let (answer, result) = oneshot::channel();
        let job: Job = Box::new(move || {
            if answer.is_closed() {
                return;
            }
            let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(|_| Broken);
            // Whoever asked may have gone meanwhile.
            let _ = answer.send(outcome);
        });
        self.queue.send(job).map_err(|_| Broken)?;
        result.await.map_err(|_| Broken)?
    }
}

fn serve(jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}
