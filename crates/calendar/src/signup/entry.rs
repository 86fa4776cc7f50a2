//! One sign-up. Pure.

use torg_forms::Answers;
use torg_kernel::{EventId, Locale, Timestamp};
use uuid::Uuid;

/// How a sign-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignUpState {
    /// Nobody has opened the link in the mail yet.
    WaitingConfirmation,
    /// They come.
    Confirmed,
    /// They wait for a place.
    Queued,
    /// A place waits for their answer.
    Offered,
    /// They do not come.
    Cancelled,
}

impl SignUpState {
    /// All, in the order in which lists show them.
    pub const ALL: [Self; 5] = [
        Self::Confirmed,
        Self::Offered,
        Self::Queued,
        Self::WaitingConfirmation,
        Self::Cancelled,
    ];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WaitingConfirmation => "waiting_confirmation",
            Self::Confirmed => "confirmed",
            Self::Queued => "queued",
            Self::Offered => "offered",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// The key of its name in the language files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::WaitingConfirmation => "signup-state-waiting",
            Self::Confirmed => "signup-state-confirmed",
            Self::Queued => "signup-state-queued",
            Self::Offered => "signup-state-offered",
            Self::Cancelled => "signup-state-cancelled",
        }
    }
}

/// Days for which a sign-up that nobody confirmed is kept.
pub const SIGN_UP_KEPT: i64 = 7;

/// A sign-up as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    /// Its id.
    pub id: Uuid,
    /// To what.
    pub event: EventId,
    /// To which occasion, by its start by the pattern; empty for the whole series.
    pub of: String,
    /// The mail address; empty when the staff signed somebody up who has none.
    pub email: String,
    /// The name.
    pub name: String,
    /// How many people.
    pub party: i64,
    /// What they answered.
    pub answers: Answers,
    /// The language that they are written to in.
    pub locale: Locale,
    /// How it stands.
    pub state: SignUpState,
    /// Until when a place is held: for who has not confirmed, or was offered one.
    pub place_until: Option<Timestamp>,
    /// Since when they queue.
    pub queued_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the address was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When they were taken off.
    pub cancelled_at: Option<Timestamp>,
    /// What they were last told of the occasion: the moment, place and state in one string.
    pub told: String,
    /// The event's version that this was compared with.
    pub told_version: i64,
    /// When everything about them is deleted.
    pub weed_at: Timestamp,
}

impl SignUp {
    /// Whether it counts for something: a place, or a turn in the queue.
    #[must_use]
    pub const fn is_alive(&self) -> bool {
        !matches!(self.state, SignUpState::Cancelled)
    }

    /// Whether a place is theirs now.
    #[must_use]
    pub fn holds_place(&self, now: Timestamp) -> bool {
        match self.state {
            SignUpState::Confirmed => true,
            SignUpState::WaitingConfirmation | SignUpState::Offered => {
                self.place_until.is_some_and(|until| until > now)
            }
            SignUpState::Queued | SignUpState::Cancelled => false,
        }
    }
}
