//! Typed ids. UUIDv7 sorts by time of making, which keeps index pages warm; it tells when a
//! thing was made, so secrets never use it.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Timestamp;

/// Where new ids and secrets come from: randomness as a parameter, so that a test can repeat it.
pub trait Ids: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);

    /// A new UUIDv7 for the given time (RFC 9562, section 5.7).
    fn uuid(&self, now: Timestamp) -> Uuid {
        let mut random = [0_u8; 10];
        self.fill(&mut random);
        let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// The operating system's generator.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system always has random bytes to give");
    }
}

/// A repeatable sequence (SplitMix64) for tests and for content made by rules. Never for secrets.
#[derive(Debug)]
pub struct SeededIds(Mutex<u64>);

impl SeededIds {
    /// Starts the sequence at `seed`; the same seed gives the same ids.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Ids for SeededIds {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().expect("no holder of this lock can panic");
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let bytes = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

/// 128 random bits as 32 hexadecimal digits: for links and tokens that must not be guessed.
#[must_use]
pub fn secret_hex(ids: &dyn Ids) -> String {
    let mut bytes = [0_u8; 16];
    ids.fill(&mut bytes);
    hex(&bytes)
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The bytes of hexadecimal digits; `None` for anything else.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id made at `now`.
            #[must_use]
            pub fn new(ids: &dyn Ids, now: Timestamp) -> Self {
                Self(ids.uuid(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )+};
}

ids! {
    /// A page: one thing, however many languages it is written in.
    PageId,
    /// One page in one language and variant.
    ContentId,
    /// A block in a document; permanent, so that comments and merges can point at it.
    BlockId,
    /// A unit: a place or service that people come to or call.
    UnitId,
    /// A service: what people can do or get, wherever it is given.
    ServiceId,
    /// A reusable fact that is nobody else's, such as a fee.
    FactId,
    /// An organisation in the city's tree.
    OrganisationId,
    /// An organisation that is by law an authority of its own (committee or company).
    AuthorityId,
    /// A person with an account.
    PersonId,
    /// A role: a named set of permissions.
    RoleId,
    /// A role given to a person for an organisation and a time.
    GrantId,
    /// Roles that somebody handed to a colleague for a time.
    DelegationId,
    /// A log-in.
    SessionId,
    /// A file that was uploaded or imported.
    FileId,
    /// A picture of the media bank: one motive, however many sizes it is sent in.
    PictureId,
    /// A day or break of the city's own calendar.
    AlmanacEntryId,
    /// An announcement of the notice board.
    AnnouncementId,
    /// An event of the calendar.
    EventId,
    /// A subscription by e-mail.
    SubscriptionId,
    /// A piece of work in the queue.
    JobId,
    /// A write as the client named it, so that a resend happens once.
    RequestId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_repeat_with_the_seed() {
        let ids = SeededIds::new(7);
        let early = PageId::new(&ids, Timestamp::from_micros(1_000_000));
        let late = PageId::new(&ids, Timestamp::from_micros(2_000_000));
        assert!(early < late);
        let again = SeededIds::new(7);
        assert_eq!(
            early,
            PageId::new(&again, Timestamp::from_micros(1_000_000))
        );
    }

    #[test]
    fn hexadecimal_goes_there_and_back() {
        assert_eq!(unhex(&hex(&[0, 15, 255])), Some(vec![0, 15, 255]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
        assert_eq!(secret_hex(&SeededIds::new(1)).len(), 32);
    }
}
