//! Sends what waits: at once when woken, else when it is due.

use crate::desk::Desk;
use crate::desk::documents::Made;
use crate::live::Changed;
use crate::mail::smtp::{ATTEMPT, CONNECTIONS, Courier, Refusal, Sender};
use crate::store::letters::{self, About, Claimed};
use crate::store::{StoreError, Tx, events, papers};
use app::error::AppError;
use domain::event::EventKind;
use domain::letter::retry_after;
use futures::FutureExt;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How long one attempt owns a letter. Longer than an attempt may last, so that a letter never has two; no longer than
/// needed, since a letter whose server died in the middle waits for its end.
pub const LEASE_MS: i64 = ATTEMPT.as_millis() as i64 + 60_000;

/// Pauses between the attempts to note that a letter was sent: it must not go out again because the database was away for
/// a moment.
const NOTE_AGAIN: [Duration; 5] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(20),
    Duration::from_secs(60),
    Duration::from_secs(120),
];

/// Another server's letters, and those of one that died, are found at least so often.
const LOOK: Duration = Duration::from_secs(30);

/// How long letters on their way may take once the server is told to stop. What is cut off then waits for its lease's end.
const GRACE: Duration = Duration::from_secs(20);

/// Runs until `stop` turns true; letters on their way then still arrive.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    let courier = match Courier::new(&desk.config) {
        Ok(courier) => courier,
        Err(error) => {
            tracing::error!(%error, "letters wait, since none can be sent");
            return;
        }
    };
    while !*stop.borrow() {
        let round = tokio::select! {
            round = deliver_due(&desk, &courier, &stop) => round,
            () = overdue(stop.clone()) => return,
        };
        let pause = match round {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "letters could not be read or noted");
                LOOK
            }
        };
        tokio::select! {
            () = desk.letters.woken() => {}
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}

async fn overdue(mut stop: watch::Receiver<bool>) {
    // A sender that has gone stops the job as well.
    let _ = stop.wait_for(|stop| *stop).await;
    tokio::time::sleep(GRACE).await;
}

/// Sends every letter that is due, a few at a time, and answers how long to wait for the next.
///
/// # Errors
/// The database's.
pub async fn deliver_due(desk: &Desk, courier: &Courier, stop: &watch::Receiver<bool>) -> Result<Duration, StoreError> {
    let worker = || async {
        while !*stop.borrow() {
            let Some(letter) = claim(desk).await? else { break };
            deliver(desk, courier, &letter).await?;
        }
        Ok::<_, StoreError>(())
    };
    // All of them to their end: a fault of one must not cut off a letter that another is sending.
    futures::future::join_all((0..CONNECTIONS).map(|_| worker())).await.into_iter().collect::<Result<(), _>>()?;
    let due = letters::next_due(&mut *desk.db.read().await?).await?;
    let left = due.map_or(LOOK.as_millis(), |due| u128::from((due - desk.clock.now_ms()).max(0).unsigned_abs()));
    Ok(LOOK.min(Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX))))
}

/// # Errors
/// The database's.
pub async fn claim(desk: &Desk) -> Result<Option<Claimed>, StoreError> {
    let (now, dialect) = (desk.clock.now_ms(), desk.db.dialect);
    // Most looks find nothing, and a look must not cost a commit.
    let due = letters::next_due(&mut *desk.db.read().await?).await?;
    if due.is_none_or(|due| due > now) {
        return Ok(None);
    }
    desk.db.write(move |tx| letters::claim(tx, dialect, now, now + LEASE_MS).boxed()).await
}

/// Sends a claimed letter and notes how it went. A letter arrives twice, with one Message-ID, when what was sent cannot be
/// noted before its lease ends: after a crash or a stop between the two, when the database stays away for longer than
/// [`NOTE_AGAIN`], or when the mail server takes it but does not say so in time. SMTP has no way to ask whether it came.
async fn deliver(desk: &Desk, courier: &Courier, letter: &Claimed) -> Result<(), StoreError> {
    let sender = sender(desk, letter);
    let (id, attempt) = (letter.id, letter.attempts);
    let begun = Instant::now();
    let sent = match enclosed(desk, courier, letter).await {
        Ok(enclosed) => courier.send(letter, &sender, enclosed).await,
        Err(words) => Err(Refusal { words, for_good: false }),
    };
    let version = match sent {
        Ok(()) => note_sent(desk, letter, begun).await?,
        Err(refusal) => {
            tracing::warn!(letter = %id, attempt, for_good = refusal.for_good, "a letter was not taken");
            note_refusal(desk, letter, refusal).await?
        }
    };
    if let Some((case, version)) = letter.about.case().zip(version) {
        desk.live.tell(Changed { case, store: Some(letter.store), version });
    }
    Ok(())
}

/// The documents that go with it, made now: what the case says when the letter leaves.
async fn enclosed(desk: &Desk, courier: &Courier, letter: &Claimed) -> Result<Vec<Made>, String> {
    let mut enclosed = Vec::new();
    let Some(case) = letter.about.case().filter(|_| courier.encloses(letter.to.medium)) else { return Ok(enclosed) };
    for kind in &letter.documents {
        match desk.document(case, *kind).await {
            Ok(made) => enclosed.push(made),
            // It had one when the letter was written, and has none any more.
            Err(StoreError::Answer(AppError::NotFound)) => {}
            Err(error) => {
                tracing::error!(letter = %letter.id, document = kind.key(), %error, "a document of a letter was not made");
                return Err(format!("the document {} could not be made", kind.key()));
            }
        }
    }
    Ok(enclosed)
}

/// Answers the version of the letter's case. `begun`: when the lease did.
async fn note_sent(desk: &Desk, letter: &Claimed, begun: Instant) -> Result<Option<i64>, StoreError> {
    let now = desk.clock.now_ms();
    let (id, about, template) = (letter.id, letter.about, letter.template);
    let lease = Duration::from_millis(LEASE_MS.unsigned_abs());
    let mut pauses = NOTE_AGAIN.into_iter();
    loop {
        let asker = desk.clone();
        let sent = desk.db.write(move |tx| {
            async move {
                letters::mark_sent(tx, id, now).await?;
                papers::follow_letter(tx, id, true).await?;
                if let Some(case) = about.case().filter(|_| template.is_decision()) {
                    asker.answer_sent(tx, case).await?;
                }
                mark(tx, about).await
            }
            .boxed()
        });
        let sent = sent.await;
        // Once the lease has ended the letter is another attempt's.
        let pause = pauses.next().filter(|pause| begun.elapsed() + *pause < lease);
        match (sent, pause) {
            (Err(error), Some(pause)) => {
                tracing::warn!(letter = %id, %error, "a letter was sent, which could not be noted yet");
                tokio::time::sleep(pause).await;
            }
            (noted, _) => return noted,
        }
    }
}

async fn note_refusal(desk: &Desk, letter: &Claimed, refusal: Refusal) -> Result<Option<i64>, StoreError> {
    let now = desk.clock.now_ms();
    let (id, about, attempt) = (letter.id, letter.about, letter.attempts);
    let event_id = desk.random.id();
    let pause = if refusal.for_good { None } else { retry_after(attempt) };
    let noted = desk.db.write(move |tx| {
        async move {
            let retry_at = pause.map(|seconds| now + seconds * 1000);
            if !letters::mark_failed(tx, id, attempt, &refusal.words, retry_at).await? {
                return Ok(None);
            }
            if let (None, Some(case)) = (retry_at, about.case()) {
                papers::follow_letter(tx, id, false).await?;
                let what = EventKind::LetterFailed { id };
                let event = events::NewEvent { id: event_id, case, by: None, at_ms: now, what: &what };
                events::insert(tx, &event).await?;
            }
            mark(tx, about).await
        }
        .boxed()
    });
    noted.await
}

/// The warning on the letter's case; a report that is none yet has nowhere to bear one.
async fn mark(tx: &mut Tx, about: About) -> Result<Option<i64>, StoreError> {
    match about.case() {
        Some(case) => letters::mark_case(tx, case).await.map(Some),
        None => Ok(None),
    }
}

/// Answers go to the store, or to the organisation's own address.
fn sender(desk: &Desk, letter: &Claimed) -> Sender {
    let book = desk.book();
    let store = book.stores.get(&letter.store).map(|store| store.email.clone()).unwrap_or_default();
    let reply_to = if store.is_empty() { book.organisation.reply_to.clone() } else { store };
    Sender { name: book.organisation.name.clone(), reply_to }
}
