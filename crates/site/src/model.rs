//! What a page is.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use torg_kernel::{
    Address, ContentId, Document, FactSource, LinkTarget, Locale, OrganisationId, PageId, Subject,
    Timestamp, Variant,
};
use uuid::Uuid;

use crate::details::Details;

/// What kind of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageKind {
    /// The start page of a language.
    Start,
    /// A page that leads on to others.
    Theme,
    /// An article.
    Article,
    /// About the site itself.
    Info,
    /// Something done in steps; each heading of level 2 is a step.
    Guide,
    /// A list of the dated pages below it.
    Section,
    /// Front page of a magazine.
    Magazine,
    /// A piece of news.
    News,
    /// A post of a blog.
    Post,
    /// A story of a magazine.
    Story,
    /// A vacancy.
    Vacancy,
}

impl PageKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Theme,
        Self::Article,
        Self::Info,
        Self::Guide,
        Self::Section,
        Self::Magazine,
        Self::News,
        Self::Post,
        Self::Story,
        Self::Vacancy,
    ];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Theme => "theme",
            Self::Article => "article",
            Self::Info => "info",
            Self::Guide => "guide",
            Self::Section => "section",
            Self::Magazine => "magazine",
            Self::News => "news",
            Self::Post => "post",
            Self::Story => "story",
            Self::Vacancy => "vacancy",
        }
    }

    /// The kind with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether pages of the kind belong to a day: they stand in lists, newest first, and not in the
    /// navigation.
    #[must_use]
    pub const fn is_dated(self) -> bool {
        matches!(self, Self::News | Self::Post | Self::Story | Self::Vacancy)
    }

    /// Whether a page of the kind lists the dated pages below it.
    #[must_use]
    pub const fn lists(self) -> bool {
        matches!(self, Self::Section | Self::Magazine)
    }
}

/// Why a content is not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Away {
    /// It never was: it is being written for the first time.
    New,
    /// It is kept for what it once said, and is not written any more.
    Archived,
}

/// One page in one language and variant, with what it shares with its other languages. This is
/// what events hold before and after, and what an export holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// This language's own id.
    pub id: ContentId,
    /// The page, shared by its languages.
    pub page: PageId,
    /// The page above.
    pub parent: Option<PageId>,
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// What kind of page it is.
    pub kind: PageKind,
    /// Name of an icon; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// Place among siblings, low first.
    pub order: i64,
    /// Whether menus and the lists of the page above leave it out. It is found all the same: by
    /// search, links and its address.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Language.
    pub locale: Locale,
    /// Variant.
    pub variant: Variant,
    /// Where it lies.
    pub address: Address,
    /// Whether the public sees it.
    pub published: bool,
    /// Why the public does not see it, where it is more than that somebody took it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<Away>,
    /// Title.
    pub title: String,
    /// The lead.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// More words that search finds it by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// When it was last reviewed, as `2026-03-03`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// Counts changes, from 1.
    pub version: i64,
    /// The version at which the words were last changed; none when that is the present one. A page
    /// that only moved or was reviewed again says what it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_version: Option<i64>,
    /// For a translation: the version of the words of the Swedish text that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_version: Option<i64>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// What only some kinds of pages say.
    #[serde(default, skip_serializing_if = "Details::is_empty")]
    pub details: Details,
    /// The text.
    pub document: Arc<Document>,
}

impl Content {
    /// The page as events name it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("page", self.page)
    }

    /// What menus and the way down to a page call it: its short title, else its title.
    #[must_use]
    pub fn label(&self) -> &str {
        match self.details.menu_title.as_str() {
            "" => &self.title,
            short => short,
        }
    }

    /// Whether it was made from another text of its page: the ordinary Swedish one.
    #[must_use]
    pub fn has_source(&self) -> bool {
        self.locale != Locale::SV || self.variant != Variant::Standard
    }

    /// Whether the public sees it at an instant.
    #[must_use]
    pub fn is_public_at(&self, now: Timestamp) -> bool {
        self.published && self.details.is_shown_at(now)
    }

    /// The same but for what only says when and how often it was changed.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let plain = |content: &Self| Self {
            version: 0,
            text_version: None,
            source_version: None,
            updated_at: Timestamp::default(),
            ..content.clone()
        };
        plain(self) == plain(other)
    }

    /// Whether the words are the same, wherever the page lies and whenever it was reviewed.
    #[must_use]
    pub fn has_the_words_of(&self, other: &Self) -> bool {
        let words = |content: &Self| {
            (
                content.title.clone(),
                content.description.clone(),
                content.keywords.clone(),
            )
        };
        words(self) == words(other) && self.document == other.document
    }

    /// This text on the page as another of its texts has it: where it stands, whose and what it is.
    #[must_use]
    pub(crate) fn with_place_of(&self, other: &Self) -> Self {
        Self {
            parent: other.parent,
            organisation: other.organisation,
            kind: other.kind,
            icon: other.icon.clone(),
            order: other.order,
            hidden: other.hidden,
            ..self.clone()
        }
    }

    /// This as the next version after `before`. A translation was made from the same text as
    /// before; one whose words changed has to be told from which.
    #[must_use]
    pub fn next_after(self, before: &Self, now: Timestamp) -> Self {
        let same = self.has_the_words_of(before);
        Self {
            version: before.version + 1,
            text_version: same.then(|| before.text_version.unwrap_or(before.version)),
            source_version: before.source_version,
            updated_at: now,
            ..self
        }
    }

    /// What the text points at, as kind and id, without doubles: for where-used.
    #[must_use]
    pub fn references(&self) -> Vec<(&'static str, Uuid)> {
        let mut found: Vec<(&'static str, Uuid)> = Vec::new();
        found.extend(self.document.units().iter().map(|unit| ("unit", unit.0)));
        found.extend(self.document.facts().iter().map(|fact| match fact.source {
            FactSource::Unit => ("unit", fact.id),
            FactSource::Fact => ("fact", fact.id),
        }));
        found.extend(
            self.details
                .picture
                .iter()
                .map(|picture| ("picture", picture.0)),
        );
        found.extend(
            self.document
                .pictures()
                .iter()
                .map(|picture| ("picture", picture.0)),
        );
        found.extend(self.document.files().iter().map(|file| ("file", file.0)));
        if let Some(layout) = &self.details.layout {
            found.extend(layout.pages().map(|page| ("page", page.0)));
        }
        if let Some(unit) = self
            .details
            .vacancy
            .as_ref()
            .and_then(|vacancy| vacancy.workplace)
        {
            found.push(("unit", unit.0));
        }
        for link in self.document.links() {
            match link {
                LinkTarget::Page { id, .. } => found.push(("page", id.0)),
                LinkTarget::Unit { id } => found.push(("unit", id.0)),
                _ => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Names of the views that a change from `before` to this makes stale.
    #[must_use]
    pub fn tags(&self, before: Option<&Self>) -> Vec<String> {
        let mut tags = vec![format!("page:{}", self.page)];
        let listed = |content: &Self| {
            (
                content.label().to_owned(),
                content.title.clone(),
                content.address.clone(),
                (content.order, content.hidden),
                content.parent,
                content.published,
                content.kind,
                // A dated page is listed with more than its title.
                content
                    .kind
                    .is_dated()
                    .then(|| (content.description.clone(), content.details.clone())),
            )
        };
        let shown_anew = before.map(listed) != Some(listed(self));
        if shown_anew {
            for parent in [self.parent, before.and_then(|before| before.parent)] {
                tags.extend(parent.map(|parent| format!("below:{parent}")));
            }
            tags.push("sitemap".to_owned());
            for content in [Some(self), before].into_iter().flatten() {
                if content.kind.is_dated() {
                    tags.push(format!("dated:{}", content.kind.as_str()));
                }
            }
        }
        // A frame shows where these pages are and what they are called; of the start page also the
        // first contact card.
        let framing = |content: &Self| {
            matches!(
                content.kind,
                PageKind::Theme | PageKind::Start | PageKind::Info
            )
        };
        let framed = framing(self) || before.is_some_and(framing);
        let contact = |content: &Self| content.document.units().first().copied();
        let other_contact =
            self.kind == PageKind::Start && before.map(contact) != Some(contact(self));
        if framed && (shown_anew || other_contact) {
            tags.push("frame".to_owned());
        }
        tags.sort_unstable();
        tags.dedup();
        tags
    }
}
