//! The sign-in link, sessions and the tokens of forms. Sessions live in memory: a restart signs everybody out.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use velocity_model::DecisionId;

/// Name of the session cookie.
pub(crate) const COOKIE: &str = "velocity_session";

/// The one-time link by which the person who started the server signs in.
#[derive(Clone)]
pub struct SignIn {
    token: String,
    user: String,
}

impl SignIn {
    /// A link for `user`. The token is a secret: at least 128 random bits, written with characters that need no escaping
    /// in an address.
    pub fn new(token: String, user: String) -> Self {
        Self { token, user }
    }

    /// The path to print behind the server's address.
    pub fn path(&self) -> String {
        format!("/sign-in?token={}", self.token)
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("token", &"(secret)").field("user", &self.user).finish()
    }
}

/// What a sign-in token is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenState {
    /// It signs in.
    Good,
    /// It has signed somebody in already.
    Used,
    /// It is not ours.
    Wrong,
}

/// What the next page says once: "Merged. 24 left.", with the decision that can be undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flash {
    /// The message.
    pub(crate) text: String,
    /// How to undo it.
    pub(crate) undo: Option<Undo>,
}

/// The form that takes a decision back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Undo {
    /// Where it posts to.
    pub(crate) action: String,
    /// The page to come back to.
    pub(crate) back: String,
}

impl Undo {
    /// Takes `decision` back and leads to `back`.
    pub(crate) fn new(decision: DecisionId, back: &str) -> Self {
        Self { action: format!("/decisions/{decision}/withdraw"), back: back.to_owned() }
    }
}

/// Makes the tokens of one session's forms.
#[derive(Clone)]
pub(crate) struct FormKey([u8; 32]);

impl FormKey {
    /// A key from a secret of the session.
    pub(crate) const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// The token of the form that posts to `action`: of use for no other form and no other session.
    pub(crate) fn token(&self, action: &str) -> String {
        blake3::keyed_hash(&self.0, action.as_bytes()).to_hex().to_string()
    }

    /// Whether `token` belongs to the form that posts to `action`.
    pub(crate) fn accepts(&self, action: &str, token: &str) -> bool {
        // `blake3::Hash` compares in constant time.
        blake3::hash(self.token(action).as_bytes()) == blake3::hash(token.as_bytes())
    }
}

impl fmt::Debug for FormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormKey(secret)")
    }
}

/// One signed-in browser.
#[derive(Debug)]
pub(crate) struct Session {
    /// Who it is.
    pub(crate) user: String,
    /// Key of its forms.
    pub(crate) forms: FormKey,
    flash: Mutex<Option<Flash>>,
}

impl Session {
    /// Leaves a message for the next page.
    pub(crate) fn say(&self, flash: Flash) {
        *locked(&self.flash) = Some(flash);
    }

    /// Takes the message.
    pub(crate) fn take_flash(&self) -> Option<Flash> {
        locked(&self.flash).take()
    }
}

/// Who may enter.
#[derive(Debug)]
pub(crate) struct Doors {
    sign_in: SignIn,
    used: AtomicBool,
    /// By the hash of the cookie, so that no timing of a look-up tells anything of a cookie.
    sessions: Mutex<BTreeMap<[u8; 32], Arc<Session>>>,
}

impl Doors {
    /// Closed doors and one link.
    pub(crate) fn new(sign_in: SignIn) -> Self {
        Self { sign_in, used: AtomicBool::new(false), sessions: Mutex::new(BTreeMap::new()) }
    }

    /// The user that the link is for.
    pub(crate) fn user(&self) -> &str {
        &self.sign_in.user
    }

    /// What `token` is worth, without using it up.
    pub(crate) fn check(&self, token: &str) -> TokenState {
        if blake3::hash(token.as_bytes()) != blake3::hash(self.sign_in.token.as_bytes()) {
            TokenState::Wrong
        } else if self.used.load(Ordering::SeqCst) {
            TokenState::Used
        } else {
            TokenState::Good
        }
    }

    /// Uses `token` up and opens a session under `cookie` and `secret`, both random; `false` if the token is not good.
    pub(crate) fn enter(&self, token: &str, cookie: &str, secret: [u8; 32]) -> bool {
        if self.check(token) == TokenState::Wrong || self.used.swap(true, Ordering::SeqCst) {
            return false;
        }
        let session = Session { user: self.sign_in.user.clone(), forms: FormKey::new(secret), flash: Mutex::new(None) };
        locked(&self.sessions).insert(key(cookie), Arc::new(session));
        true
    }

    /// The session of a cookie.
    pub(crate) fn session(&self, cookie: &str) -> Option<Arc<Session>> {
        locked(&self.sessions).get(&key(cookie)).cloned()
    }

    /// Ends the session of a cookie. The link stays used: it may stand in the browser's history.
    pub(crate) fn leave(&self, cookie: &str) {
        locked(&self.sessions).remove(&key(cookie));
    }
}

fn key(cookie: &str) -> [u8; 32] {
    *blake3::hash(cookie.as_bytes()).as_bytes()
}

/// A panic while a lock is held leaves plain data behind, so the lock stays usable.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
