//! Signing in and out, the store's tablet, and what a form that failed without script leaves behind.

use super::{StaffRef, StoreRef};
use crate::error::Result;
use async_trait::async_trait;
use domain::Locale;
use domain::id::{SessionId, StaffId, StoreId};
use domain::role::{Reach, Right, Role, may};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visitor {
    Nobody,
    /// A store's tablet at which nobody has said yet who they are.
    Tablet(Tablet),
    Staff(Viewer),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tablet {
    pub session: SessionId,
    pub store: StoreRef,
    pub locale: Locale,
}

/// A member of the staff with what they may do, as the session says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    pub session: SessionId,
    pub id: StaffId,
    pub name: String,
    pub role: Role,
    pub reach: Reach,
    pub locale: Locale,
    /// Where new cases are registered unless another store is chosen.
    pub store: Option<StoreRef>,
    /// They signed in by PIN on this store's tablet.
    pub tablet: Option<StoreId>,
}

impl Viewer {
    pub fn may(&self, right: Right) -> bool {
        may(self.role, right)
    }
}

/// Where a request comes from, for the limits on attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub address: IpAddr,
}

impl Origin {
    /// What is counted as one place: whoever has one IPv6 address has a whole /64.
    pub fn network(self) -> IpAddr {
        match self.address {
            IpAddr::V4(_) => self.address,
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        }
    }
}

/// The value of a `Set-Cookie` header that begins or ends a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetCookie(pub String);

/// A one-time link of the first admin or of somebody invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// The very first account is made by it; else it sets somebody's password.
    pub first_admin: bool,
    pub login: String,
    pub name: String,
    pub email: String,
    pub locale: Locale,
}

/// What somebody chooses through their one-time link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub token: String,
    pub organisation: String,
    pub login: String,
    pub name: String,
    pub email: String,
    pub password: String,
    pub locale: Locale,
}

/// What a form held when it failed without script, so that its page can show it again; never a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The server function's name, which is the form's.
    pub form: String,
    pub values: BTreeMap<String, Vec<String>>,
    pub error: crate::error::AppError,
}

/// One of the devices that somebody is signed in on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: SessionId,
    pub name: String,
    pub last_seen: super::Moment,
    pub current: bool,
}

#[async_trait]
pub trait Sessions {
    /// `login` is an e-mail address or a user name.
    ///
    /// # Errors
    /// `Invalid{password, wrong}` whichever half was wrong; `TooMany` while account or address must wait.
    async fn sign_in(&self, from: Origin, login: &str, password: &str, device: &str) -> Result<SetCookie>;
    async fn sign_out(&self, who: &Visitor) -> Result<SetCookie>;
    async fn sign_out_everywhere(&self, who: &Viewer) -> Result<SetCookie>;
    async fn devices(&self, who: &Viewer) -> Result<Vec<Device>>;
    /// Turns this device into the store's tablet: whoever signed in is signed out of it. Needs [`Right::Handle`].
    async fn make_tablet(&self, who: &Viewer, store: StoreId) -> Result<SetCookie>;
    /// Who may pick themselves at this tablet: active staff of the store with a PIN.
    async fn tablet_staff(&self, tablet: &Tablet) -> Result<Vec<StaffRef>>;
    /// The clerk picks who they are. Limited like a sign-in.
    async fn pick_clerk(&self, tablet: &Tablet, clerk: StaffId, pin: &str) -> Result<()>;
    /// Back to "who are you?", leaving the tablet signed in as the store.
    async fn leave_tablet(&self, who: &Viewer) -> Result<()>;
    async fn invitation(&self, token: &str) -> Result<Invitation>;
    async fn accept_invitation(&self, from: Origin, welcome: Welcome, device: &str) -> Result<SetCookie>;
    /// Name, language, default store.
    async fn save_account(&self, who: &Viewer, name: &str, locale: Locale, store: Option<StoreId>) -> Result<()>;
    async fn change_password(&self, who: &Viewer, old: &str, new: &str) -> Result<SetCookie>;
    async fn set_pin(&self, who: &Viewer, password: &str, pin: &str) -> Result<()>;
    /// The stores that this viewer may register cases in.
    async fn own_stores(&self, who: &Viewer) -> Result<Vec<StoreRef>>;
    /// What a failed form left, if it is still kept: for ten minutes, also at a reload, since a GET changes nothing.
    async fn submission(&self, key: &str) -> Result<Option<Submission>>;
}
