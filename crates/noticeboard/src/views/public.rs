//! What residents see.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::Locale;
use torg_ui::{ContactCard, Field, Html, Shell, T};

use crate::model::NoticeKind;

/// The icon of a kind.
#[must_use]
pub const fn kind_icon(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Announcement => "megaphone",
        NoticeKind::Minutes => "file-text",
        NoticeKind::CouncilMeeting => "users",
    }
}

const fn kind_key(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Announcement => "notice-kind-announcement",
        NoticeKind::Minutes => "notice-kind-minutes",
        NoticeKind::CouncilMeeting => "notice-kind-council_meeting",
    }
}

/// An announcement in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardItem {
    /// Its heading.
    pub title: String,
    /// The language of the heading when it is not the page's.
    pub lang: Option<Locale>,
    /// Its page.
    pub href: String,
    /// Its kind.
    pub kind: NoticeKind,
    /// The day of the meeting, in words.
    pub meeting: Option<String>,
    /// The day it was posted, in words.
    pub posted: String,
    /// The day it is removed, in words.
    pub removed: String,
    /// The last day for appeal, in words.
    pub appeal: Option<String>,
}

impl BoardItem {
    const fn icon(&self) -> &'static str {
        kind_icon(self.kind)
    }
    const fn key(&self) -> &'static str {
        kind_key(self.kind)
    }
}

/// The announcements of one committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardGroup {
    /// The committee's key, for the address of its part of the page.
    pub key: String,
    /// The committee.
    pub name: String,
    /// Newest first.
    pub items: Vec<BoardItem>,
}

/// The board.
#[derive(Template)]
#[template(path = "board.html", whitespace = "minimize")]
pub struct BoardPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// The committees that have something there, by name.
    pub groups: Vec<BoardGroup>,
    /// How many announcements are shown.
    pub shown: usize,
    /// Whether anything is asked for: the list is then a part of the board.
    pub filtered: bool,
    /// Committee, kind and words.
    pub fields: Vec<Field>,
    /// The same as a feed.
    pub feed_href: String,
    /// The page on how to appeal; may be empty.
    pub appeal_href: String,
    /// Days for appeal.
    pub appeal_days: u32,
}

impl BoardPage {
    fn weeks(&self) -> Option<u32> {
        self.appeal_days
            .is_multiple_of(7)
            .then_some(self.appeal_days / 7)
    }

    /// The form for getting notices by e-mail, with the board chosen.
    fn subscribe_href(&self) -> &'static str {
        match self.shell.t().language() {
            torg_ui::UiLanguage::Swedish => "/prenumerera?topic=board",
            torg_ui::UiLanguage::English => "/en/subscribe?topic=board",
        }
    }
}

/// A line of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// More about it; may be empty.
    pub note: String,
    /// The language of the value when it is not the page's.
    pub lang: Option<Locale>,
}

/// A file of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Its id.
    pub id: String,
    /// Where it is sent from.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Kind and size in words.
    pub note: String,
    /// The digest of its bytes.
    pub sha256: String,
}

/// What an announcement says, the same on the board, in the preview and in the proof.
#[derive(Template)]
#[template(path = "notice_view.html", whitespace = "minimize")]
pub struct NoticeView {
    /// The words round it.
    pub t: T,
    /// When and where, as a list of terms.
    pub facts: Vec<FactLine>,
    /// The text; may be empty.
    pub text: Html,
    /// The language of the text when it is not the page's.
    pub lang: Option<Locale>,
    /// What can be taken home.
    pub files: Vec<FileLine>,
    /// Whether the digests of the files are shown: in a proof.
    pub digests: bool,
}

impl HtmlSafe for NoticeView {}

/// One announcement.
#[derive(Template)]
#[template(path = "notice.html", whitespace = "minimize")]
pub struct NoticePage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Its kind.
    pub kind: NoticeKind,
    /// The language of the heading when it is not the page's.
    pub lang: Option<Locale>,
    /// What it says.
    pub view: NoticeView,
    /// Whom to ask.
    pub contact: Option<ContactCard>,
    /// The last day it stands there, in words.
    pub last_day: String,
    /// The page on how to appeal, for what can be appealed; may be empty.
    pub appeal_href: String,
    /// The last day for appeal, in words.
    pub appeal: Option<String>,
}

impl NoticePage {
    const fn icon(&self) -> &'static str {
        kind_icon(self.kind)
    }
    const fn key(&self) -> &'static str {
        kind_key(self.kind)
    }
}

/// What is said where an announcement stood.
#[derive(Template)]
#[template(path = "notice_gone.html", whitespace = "minimize")]
pub struct GonePage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// The committee.
    pub committee: String,
    /// The day it was removed, in words.
    pub removed: String,
    /// The board.
    pub board_href: String,
    /// Whom to ask.
    pub contact: Option<ContactCard>,
}
