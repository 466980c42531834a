//! Tells every open screen that a case has changed.

use domain::id::{CaseId, StoreId};
use tokio::sync::broadcast;

/// "Case X of store Y is now at version n": no content, so that whoever listens asks again, with their own rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Changed {
    pub case: CaseId,
    /// `None` for a draft, which has no store's screens yet.
    pub store: Option<StoreId>,
    pub version: i64,
}

#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<Changed>,
}

impl Default for Live {
    fn default() -> Self {
        Self { sender: broadcast::channel(1024).0 }
    }
}

impl Live {
    /// To be called after the commit.
    pub fn tell(&self, changed: Changed) {
        // Nobody listening is no fault.
        let _ = self.sender.send(changed);
    }

    pub fn listen(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }
}
