//! What an announcement is. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_files::{BlobId, StoredFile};
use torg_kernel::{
    AnnouncementId, AuthorityId, Document, FileId, Locale, OrganisationId, Result, Subject,
    Timestamp, UnitId, squeeze,
};

use crate::deadline::begins;

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Anything that law or custom wants on the board.
    Announcement,
    /// That minutes have been adjusted (kommunallagen 8:12); from its day the time for appeal runs.
    Minutes,
    /// A meeting of the full council (kommunallagen 5:13 and 8:10).
    CouncilMeeting,
}

impl NoticeKind {
    /// All kinds, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Announcement, Self::Minutes, Self::CouncilMeeting];

    /// The name that is stored and stands in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Minutes => "minutes",
            Self::CouncilMeeting => "council_meeting",
        }
    }

    /// The kind with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One text in several languages. Swedish stands for the languages that have none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<Locale, String>);

impl Words {
    /// The text in Swedish alone.
    #[must_use]
    pub fn swedish(text: &str) -> Self {
        let mut words = Self::default();
        words.set(Locale::SV, text);
        words
    }

    /// The text in a language, or in Swedish; may be empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        self.own(locale)
            .or_else(|| self.own(Locale::SV))
            .unwrap_or_default()
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn own(&self, locale: Locale) -> Option<&str> {
        self.0.get(&locale).map(String::as_str)
    }

    /// Puts a text in, its white space tidied; an empty one takes the language away.
    pub fn set(&mut self, locale: Locale, text: &str) {
        let text = squeeze(text);
        if text.is_empty() {
            self.0.remove(&locale);
        } else {
            self.0.insert(locale, text);
        }
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// That an announcement was taken down before its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When.
    pub at: Timestamp,
    /// Why, in the words of whoever did it.
    pub reason: String,
}

/// A file that belongs to an announcement. The digest of its bytes stands here, so that which file
/// stood on the board can be told from this alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file in the media bank.
    pub file: FileId,
    /// What it is called.
    pub title: String,
    /// The name under which it is taken home.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: BlobId,
}

impl Attachment {
    /// A file of the media bank as it is now.
    #[must_use]
    pub fn of(file: &StoredFile) -> Self {
        Self {
            file: file.id,
            title: file.title.clone(),
            name: file.name.clone(),
            bytes: file.bytes,
            sha256: file.blob,
        }
    }

    /// Where it is sent from.
    #[must_use]
    pub fn href(&self) -> String {
        format!(
            "/files/{}/{}?v={}",
            self.file,
            self.name,
            self.sha256.short()
        )
    }

    /// Its kind as people know it: the ending of its name.
    #[must_use]
    pub fn ending(&self) -> String {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        ending.to_uppercase()
    }
}

/// All that an announcement says. Nothing in it is by reference but the contact, so that what stood
/// on the board can be told from this alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The heading; Swedish always.
    pub title: Words,
    /// The text, by language; may be empty.
    #[serde(default)]
    pub text: BTreeMap<Locale, Document>,
    /// The name of the committee as it was when this was written.
    pub sender: Words,
    /// The day of the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_on: Option<Date>,
    /// The day the minutes were adjusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted_on: Option<Date>,
    /// The day from which it stands on the board.
    pub posted_on: Date,
    /// The exact instant, when it was posted at once and not at midnight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_at: Option<Timestamp>,
    /// The first day on which it no longer stands there.
    pub removed_on: Date,
    /// The last day for appeal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appeal_until: Option<Date>,
    /// Where the minutes can be read.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub kept_at: Words,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<UnitId>,
    /// The files that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// That it was taken down early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

impl Notice {
    /// The instant from which it is shown.
    #[must_use]
    pub fn shown_from(&self) -> Timestamp {
        self.posted_at.unwrap_or_else(|| begins(self.posted_on))
    }

    /// The instant from which it is shown no more.
    #[must_use]
    pub fn shown_until(&self) -> Timestamp {
        let planned = begins(self.removed_on);
        self.withdrawn
            .as_ref()
            .map_or(planned, |withdrawn| withdrawn.at.min(planned))
    }

    /// The text in a language, or in Swedish, with the language it is in.
    #[must_use]
    pub fn text_in(&self, locale: Locale) -> Option<(Locale, &Document)> {
        [locale, Locale::SV]
            .into_iter()
            .find_map(|locale| Some((locale, self.text.get(&locale)?)))
    }

    /// Whether both say the same to a reader: what is shown but not how long.
    #[must_use]
    pub fn reads_like(&self, other: &Self) -> bool {
        let said = |notice: &Self| Self {
            withdrawn: None,
            ..notice.clone()
        };
        said(self) == said(other)
    }
}

/// Where an announcement stands in its life. It follows from the clock alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeState {
    /// Its day has not come.
    Coming,
    /// It stands on the board.
    Posted,
    /// It has been removed.
    Removed,
}

impl NoticeState {
    /// All states, in order.
    pub const ALL: [Self; 3] = [Self::Coming, Self::Posted, Self::Removed];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coming => "coming",
            Self::Posted => "posted",
            Self::Removed => "removed",
        }
    }
}

/// An announcement of the notice board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// The id.
    pub id: AnnouncementId,
    /// The last part of its address.
    pub key: String,
    /// What kind it is.
    pub kind: NoticeKind,
    /// The committee.
    pub organisation: OrganisationId,
    /// The authority it belongs to.
    pub authority: Option<AuthorityId>,
    /// What it says.
    pub notice: Notice,
    /// Counted up by each change.
    pub version: i64,
    /// The last change.
    pub updated_at: Timestamp,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: AnnouncementId,
    key: &'a str,
    kind: NoticeKind,
    organisation: OrganisationId,
    authority: Option<AuthorityId>,
    notice: &'a Notice,
    version: i64,
}

impl Announcement {
    /// The announcement as a subject of events.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("announcement", self.id)
    }

    /// Where it stands at an instant.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> NoticeState {
        if now >= self.notice.shown_until() {
            NoticeState::Removed
        } else if now >= self.notice.shown_from() {
            NoticeState::Posted
        } else {
            NoticeState::Coming
        }
    }

    /// Whether it ever stood on the board before an instant.
    #[must_use]
    pub fn was_posted(&self, now: Timestamp) -> bool {
        let from = self.notice.shown_from();
        from <= now && from < self.notice.shown_until()
    }

    /// Its page for readers of a language.
    #[must_use]
    pub fn href(&self, locale: Locale) -> String {
        format!("{}/{}", board_href(locale), self.key)
    }

    /// All of it as JSON, the same text for the same content.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(&Canonical {
            id: self.id,
            key: &self.key,
            kind: self.kind,
            organisation: self.organisation,
            authority: self.authority,
            notice: &self.notice,
            version: self.version,
        })?)
    }
}

/// The board's address for readers of a language.
#[must_use]
pub fn board_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/notice-board"
    } else {
        "/anslagstavla"
    }
}
