//! The proof as a page to be read and printed.

use askama::Template;
use torg_ui::Desk;

use super::public::NoticeView;

/// What stood there from one instant to another.
pub struct ProofSpan {
    /// From when, in words.
    pub from: String,
    /// To when, in words; nothing while it stands there.
    pub until: Option<String>,
    /// The heading.
    pub title: String,
    /// What it said.
    pub view: NoticeView,
    /// The event it follows from.
    pub position: i64,
}

/// An event.
pub struct ProofEvent {
    /// Its place in the log.
    pub position: i64,
    /// When, in words, to the second.
    pub at: String,
    /// What happened, in words.
    pub what: String,
    /// Its digest.
    pub digest: String,
    /// Its link of the chain.
    pub chain: String,
    /// The seal of its day: the day and the root.
    pub seal: Option<(String, String)>,
    /// Whether digest, link and seal were recomputed and found right just now.
    pub holds: bool,
    /// The event that weeded its payload.
    pub weeded_by: Option<i64>,
}

/// What stood on the board when, and how it is known.
#[derive(Template)]
#[template(path = "notice_proof.html", whitespace = "minimize")]
pub struct ProofPage {
    /// The frame.
    pub desk: Desk,
    /// The address of the announcement.
    pub address: String,
    /// The committee.
    pub committee: String,
    /// When the proof was made, in words.
    pub made: String,
    /// The same as a file.
    pub json_href: String,
    /// What stood there, oldest first.
    pub spans: Vec<ProofSpan>,
    /// The events, oldest first.
    pub events: Vec<ProofEvent>,
    /// Whether everything was recomputed and found right just now.
    pub holds: bool,
}
