//! Proof of what stood on the board when, from the log.
//!
//! The pages follow the clock and the rows, and each change of a row is an event with what the row
//! said after it. So what stood there at an instant is what the last event before it said, if that
//! was within the days it named. The proof holds those spans and the events themselves, with digests,
//! links and seals, so that it can be checked by whoever holds a copy.

use serde::{Deserialize, Serialize};
use torg_db::ConnectionTrait;
use torg_kernel::{AnnouncementId, AuthorityId, OrganisationId, Result, Subject, Timestamp};
use torg_log::{Evidence, EvidenceFault, check_evidence, evidence};

use crate::model::{Announcement, Notice, NoticeKind};

/// What an event said of an announcement.
#[derive(Debug, Clone, Deserialize)]
struct Said {
    key: String,
    kind: NoticeKind,
    notice: Notice,
    version: i64,
}

/// What stood on the board from one instant to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownVersion {
    /// From this instant.
    pub from: Timestamp,
    /// To this one, when it was taken down or changed; nothing while it stands there.
    pub until: Option<Timestamp>,
    /// The same instants as RFC 3339 in UTC, for people.
    pub from_utc: String,
    /// See `from_utc`.
    pub until_utc: Option<String>,
    /// The event that made it say so.
    pub position: i64,
    /// Its version.
    pub version: i64,
    /// Its kind.
    pub kind: NoticeKind,
    /// What it said.
    pub notice: Notice,
}

/// The proof for one announcement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The form of this file.
    pub format: String,
    /// The announcement.
    pub id: AnnouncementId,
    /// Its whole address.
    pub address: String,
    /// The committee.
    pub organisation: OrganisationId,
    /// The authority it belongs to.
    pub authority: Option<AuthorityId>,
    /// When the proof was made.
    pub made_at: Timestamp,
    /// What stood there, oldest first. Empty when it never did.
    pub shown: Vec<ShownVersion>,
    /// The events, oldest first.
    pub events: Vec<Evidence>,
}

/// The name of the form.
pub const PROOF_FORMAT: &str = "torg-notice-proof-1";

/// What of a proof does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProofFault {
    /// It is of another form than this version knows.
    Format,
    /// An event in it is not as the log has it.
    Event {
        /// Its position.
        position: i64,
        /// What is wrong with it.
        fault: EvidenceFault,
    },
    /// What it says was shown does not follow from its events.
    Shown,
    /// The log has an event about the announcement, from before the proof was made, that is not in it.
    Missing {
        /// Its position.
        position: i64,
    },
}

/// What stood on the board, worked out from the events. An event whose payload is weeded ends what
/// was known and begins nothing.
#[must_use]
pub fn shown_by(events: &[Evidence], now: Timestamp) -> Vec<ShownVersion> {
    let mut shown: Vec<ShownVersion> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let Some(said) = said(event) else { continue };
        let from = event.at.max(said.notice.shown_from());
        let mut until = said.notice.shown_until();
        if let Some(next) = events.get(at + 1) {
            until = until.min(next.at);
        }
        if from >= until || from > now {
            continue;
        }
        let until = (until <= now).then_some(until);
        // An event that says the same again goes on where the one before ended.
        if let Some(last) = shown.last_mut()
            && last.until == Some(from)
            && last.kind == said.kind
            && last.notice.reads_like(&said.notice)
        {
            last.until = until;
            last.until_utc = until.map(Timestamp::rfc3339);
            continue;
        }
        shown.push(ShownVersion {
            from,
            until,
            from_utc: from.rfc3339(),
            until_utc: until.map(Timestamp::rfc3339),
            position: event.position,
            version: said.version,
            kind: said.kind,
            notice: said.notice,
        });
    }
    shown
}

fn said(event: &Evidence) -> Option<Said> {
    serde_json::from_str(event.after.as_deref()?).ok()
}

/// Makes the proof for an announcement as the log has it now.
///
/// # Errors
/// When the database fails.
pub async fn make_proof<C: ConnectionTrait>(
    on: &C,
    announcement: &Announcement,
    base_url: &str,
    now: Timestamp,
) -> Result<Proof> {
    let events = evidence(on, &announcement.subject()).await?;
    Ok(Proof {
        format: PROOF_FORMAT.to_owned(),
        id: announcement.id,
        address: format!("{base_url}{}", announcement.href(torg_kernel::Locale::SV)),
        organisation: announcement.organisation,
        authority: announcement.authority,
        made_at: now,
        shown: shown_by(&events, now),
        events,
    })
}

/// Checks a proof against the log: each digest, link and seal, that no event is left out, and that what
/// it says was shown follows from the events. Empty when all of it holds. A proof made before the log
/// was weeded still holds, since it carries the payloads and the log the digests.
///
/// # Errors
/// When the database fails. A proof that does not hold is no error but an answer.
pub async fn check_proof<C: ConnectionTrait>(on: &C, proof: &Proof) -> Result<Vec<ProofFault>> {
    if proof.format != PROOF_FORMAT {
        return Ok(vec![ProofFault::Format]);
    }
    let mut faults = Vec::new();
    for event in &proof.events {
        for fault in check_evidence(on, event).await? {
            let position = event.position;
            faults.push(ProofFault::Event { position, fault });
        }
    }
    let subject = Subject::new("announcement", proof.id);
    for kept in evidence(on, &subject).await? {
        let given = proof
            .events
            .iter()
            .any(|event| event.position == kept.position);
        if kept.at < proof.made_at && !given {
            let position = kept.position;
            faults.push(ProofFault::Missing { position });
        }
    }
    let same_thing = proof.events.iter().all(|event| match said(event) {
        Some(said) => proof.address.ends_with(&format!("/{}", said.key)),
        None => true,
    });
    if !same_thing || shown_by(&proof.events, proof.made_at) != proof.shown {
        faults.push(ProofFault::Shown);
    }
    Ok(faults)
}
