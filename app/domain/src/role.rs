//! Who may do what.

use crate::id::StoreId;
use serde::{Deserialize, Serialize};

/// What a member of the staff is. The order is that of what they may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Registers, photographs, searches, settles: the cases of their own stores (kassebruker).
    Clerk,
    /// Assigns, asks, decides, archives: the cases of the stores they serve (saksansvarlig).
    Handler,
    /// All that, in every store, and the organisation's settings.
    Admin,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Clerk, Self::Handler, Self::Admin];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Handler => "handler",
            Self::Admin => "admin",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Which stores' cases somebody may see and touch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    Every,
    /// Those stores alone; perhaps none.
    Stores(Vec<StoreId>),
}

impl Reach {
    pub fn covers(&self, store: StoreId) -> bool {
        match self {
            Self::Every => true,
            Self::Stores(stores) => stores.contains(&store),
        }
    }
}

/// A use case that needs a role, whatever the case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Right {
    /// Register, photograph, comment, write own notes, search, settle.
    Serve,
    /// Assign, set phase and status, ask the customer.
    Handle,
    /// Approve or reject.
    Decide,
    /// Put into the archive and bring back.
    Archive,
    /// Stores, staff, types, lists, the outbox.
    Administer,
}

/// The one table of rights.
pub const fn may(role: Role, right: Right) -> bool {
    match (right, role) {
        (Right::Serve, _) | (_, Role::Admin) => true,
        (Right::Handle | Right::Decide | Right::Archive, Role::Handler) => true,
        (Right::Handle | Right::Decide | Right::Archive, Role::Clerk) => false,
        (Right::Administer, Role::Clerk | Role::Handler) => false,
    }
}
