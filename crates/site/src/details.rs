//! What only some kinds of pages say: when a dated page was published, what it is about, its
//! leading picture, and what a vacancy offers.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use torg_kernel::{PictureId, Timestamp, UnitId, slugify, zone};

use crate::navigation::Layout;

/// What a page says beside title, lead and text. Empty for most pages, and then not stored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// When it was or will be published, by the clock of the city. It is not public before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime>,
    /// The last day it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What it is about, in the page's language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The leading picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PictureId>,
    /// Whether readers may comment; what they write is shown when somebody has let it through.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comments: bool,
    /// Whether a machine made the translation, which readers are told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_translated: bool,
    /// What a vacancy offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vacancy: Option<Vacancy>,
    /// What menus call the page, where its title is too long for them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub menu_title: String,
    /// How a start page or a theme page is put together, where it is not the usual way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
}

/// How one is employed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// Until further notice.
    Permanent,
    /// For a time.
    Temporary,
    /// By the hour, when needed.
    Hourly,
    /// To learn.
    Internship,
}

impl Employment {
    /// The name that is stored and written in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Temporary => "temporary",
            Self::Hourly => "hourly",
            Self::Internship => "internship",
        }
    }

    /// The form of employment with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Permanent,
            Self::Temporary,
            Self::Hourly,
            Self::Internship,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == name)
    }

    /// As <https://schema.org/employmentType> calls it, where it has a word.
    #[must_use]
    pub const fn schema_org(self) -> Option<&'static str> {
        match self {
            Self::Permanent => None,
            Self::Temporary => Some("TEMPORARY"),
            Self::Hourly => Some("PER_DIEM"),
            Self::Internship => Some("INTERN"),
        }
    }
}

/// What a vacancy offers. Words are shown as they are; what is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Vacancy {
    /// How one is employed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment: Option<Employment>,
    /// How much of full time.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub extent: String,
    /// The unit where the work is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workplace: Option<UnitId>,
    /// How many are wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positions: Option<u32>,
    /// When it begins.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub starts: String,
    /// What is paid.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub salary: String,
    /// The employer's own number for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// The last day to apply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply_until: Option<Date>,
    /// Where to apply: a whole address or a mail address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub apply: String,
}

/// The instant at which a civil time is, in the city's zone; a time that summer time leaves out
/// counts as the one after the gap.
fn instant(at: DateTime) -> Option<Timestamp> {
    let zoned = at.to_zoned(zone()).ok()?;
    Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
}

impl Details {
    /// Whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// From when it is public; `None` for always.
    #[must_use]
    pub fn published_at(&self) -> Option<Timestamp> {
        instant(self.published?)
    }

    /// When it stops being public: at the end of its last day.
    #[must_use]
    pub fn until_at(&self) -> Option<Timestamp> {
        instant(self.until?.tomorrow().ok()?.at(0, 0, 0, 0))
    }

    /// Whether the times let it be public at an instant.
    #[must_use]
    pub fn is_shown_at(&self, now: Timestamp) -> bool {
        self.published_at().is_none_or(|at| at <= now)
            && self.until_at().is_none_or(|until| now < until)
    }

    /// The next instant at which [`Self::is_shown_at`] changes.
    #[must_use]
    pub fn changes_after(&self, now: Timestamp) -> Option<Timestamp> {
        [self.published_at(), self.until_at()]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .min()
    }

    /// The categories with the words that stand for them in addresses.
    #[must_use]
    pub fn category_slugs(&self) -> Vec<(String, &str)> {
        let mut slugs: Vec<(String, &str)> = Vec::new();
        for name in &self.categories {
            let slug = slugify(name);
            if !slug.is_empty() && slugs.iter().all(|(known, _)| *known != slug) {
                slugs.push((slug, name));
            }
        }
        slugs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let at: jiff::Timestamp = text.parse().expect("written here");
        Timestamp::from_micros(at.as_microsecond())
    }

    #[test]
    fn a_page_is_public_from_its_time_to_the_end_of_its_last_day() {
        let details = Details {
            published: Some("2026-03-01T09:00".parse().expect("written here")),
            until: Some("2026-03-29".parse().expect("written here")),
            ..Details::default()
        };
        assert!(!details.is_shown_at(at("2026-03-01T07:59:59Z")));
        assert!(details.is_shown_at(at("2026-03-01T08:00:00Z")));
        // On the day when summer time begins, midnight is at 22.00 UTC.
        assert!(details.is_shown_at(at("2026-03-29T21:59:59Z")));
        assert!(!details.is_shown_at(at("2026-03-29T22:00:00Z")));
        let next = details.changes_after(at("2026-02-01T00:00:00Z"));
        assert_eq!(next, details.published_at());
        assert_eq!(
            details.changes_after(at("2026-03-02T00:00:00Z")),
            details.until_at()
        );
        assert_eq!(details.changes_after(at("2026-04-02T00:00:00Z")), None);
        assert!(Details::default().is_shown_at(Timestamp::default()));
    }

    #[test]
    fn categories_become_words_for_addresses_once() {
        let details = Details {
            categories: vec![
                "Skola & förskola".into(),
                "skola förskola".into(),
                "–".into(),
            ],
            ..Details::default()
        };
        let slugs = details.category_slugs();
        assert_eq!(slugs, [("skola-forskola".to_owned(), "Skola & förskola")]);
    }
}
