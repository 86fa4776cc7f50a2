//! Handing over roles while away. Pure.

use jiff::civil::Date;
use serde::Serialize;
use torg_kernel::{DelegationId, GrantId, PersonId, Timestamp};

/// The longest time for which roles can be handed over, in days: a leave, not a new post.
pub(crate) const LONGEST_DAYS: i32 = 366;

/// Roles that somebody has handed to a colleague from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delegation {
    /// The id.
    pub id: DelegationId,
    /// Whose roles they are.
    pub giver: PersonId,
    /// Who acts with them, in their own name.
    pub taker: PersonId,
    /// First day, in the city's time.
    pub valid_from: Date,
    /// Last day, itself included.
    pub valid_to: Date,
    /// Which grants; nothing for all that the giver has at each moment.
    pub grants: Option<Vec<GrantId>>,
    /// When it was made.
    #[serde(skip)]
    pub created_at: Timestamp,
    /// When it was ended before its last day.
    #[serde(skip)]
    pub ended_at: Option<Timestamp>,
}

impl Delegation {
    /// Whether it is over on a day.
    #[must_use]
    pub fn is_over(&self, day: Date) -> bool {
        self.ended_at.is_some() || self.valid_to < day
    }
}
