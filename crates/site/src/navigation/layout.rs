//! How a start page or a theme page is put together: its parts in their order.

use serde::{Deserialize, Serialize};
use torg_kernel::{FieldError, Message, PageId};

use super::link::Link;
use crate::model::PageKind;

/// The most links in one group.
pub(crate) const MOST_LINKS: usize = 6;
/// The most groups of links on a page.
pub(crate) const MOST_GROUPS: usize = 4;
/// The most pages in a list of news or stories.
pub(crate) const MOST_SHOWN: u32 = 9;
/// The most categories that a list asks for.
pub(crate) const MOST_CATEGORIES: usize = 5;
/// The longest heading of a part, in characters.
pub(crate) const LONGEST_HEADING: usize = 80;
/// The most parts in all.
const MOST_PARTS: usize = 16;

/// What a part of a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The page's own text, with what one can do and the facts.
    Text,
    /// The contact cards of the text; right after it they stand beside it.
    Contact,
    /// Links that an editor has gathered.
    Links,
    /// The pages below.
    Children,
    /// The latest news.
    News,
    /// The latest stories of the magazine.
    Stories,
    /// All themes.
    Themes,
}

impl PartKind {
    /// The name that is stored.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Contact => "contact",
            Self::Links => "links",
            Self::Children => "children",
            Self::News => "news",
            Self::Stories => "stories",
            Self::Themes => "themes",
        }
    }

    /// The part with a stored name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [
            Self::Text,
            Self::Contact,
            Self::Links,
            Self::Children,
            Self::News,
            Self::Stories,
            Self::Themes,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == name)
    }

    /// Whether it lists dated pages.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::News | Self::Stories)
    }

    /// Whether an editor may give it a heading of its own.
    pub(crate) const fn has_heading(self) -> bool {
        matches!(
            self,
            Self::Links | Self::News | Self::Stories | Self::Themes
        )
    }
}

/// One part of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it shows.
    pub part: PartKind,
    /// Whether it is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its heading; empty for the usual one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// The links of a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// How many of a list are shown; 0 for the usual number.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub count: u32,
    /// What a list is to be about; empty for everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Whether the pages below stand without what they are about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bare: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde gives what it writes by reference"
)]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Part {
    /// A part as usual.
    pub(crate) const fn new(part: PartKind) -> Self {
        Self {
            part,
            hidden: false,
            heading: String::new(),
            links: Vec::new(),
            count: 0,
            categories: Vec::new(),
            bare: false,
        }
    }

    fn hidden(part: PartKind) -> Self {
        Self {
            hidden: true,
            ..Self::new(part)
        }
    }

    /// How many of a list are shown.
    pub(crate) const fn shown(&self) -> u32 {
        if self.count == 0 { 3 } else { self.count }
    }
}

/// The parts of a page in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Layout(pub Vec<Part>);

impl Layout {
    /// How a page of a kind is put together as long as nobody has said otherwise; none for kinds
    /// whose pages are always put together the same way.
    pub(crate) fn usual(kind: PageKind) -> Option<Self> {
        let parts = match kind {
            PageKind::Start => vec![
                Part::new(PartKind::Text),
                Part::new(PartKind::Contact),
                Part::new(PartKind::News),
                Part::hidden(PartKind::Stories),
                Part::new(PartKind::Themes),
            ],
            PageKind::Theme => vec![
                Part::new(PartKind::Children),
                Part::new(PartKind::Text),
                Part::hidden(PartKind::News),
            ],
            _ => return None,
        };
        Some(Self(parts))
    }

    /// This layout with the parts that it does not name at their end, left out: a later version of
    /// the program may know more of them. Parts that the kind of page has not are dropped.
    pub(crate) fn complete(mut self, kind: PageKind) -> Self {
        let usual = Self::usual(kind).map(|usual| usual.0).unwrap_or_default();
        let known = |part: PartKind| usual.iter().any(|own| own.part == part);
        self.0
            .retain(|part| part.part == PartKind::Links || known(part.part));
        for part in &usual {
            if !self.0.iter().any(|own| own.part == part.part) {
                self.0.push(Part::hidden(part.part));
            }
        }
        self
    }

    /// The pages that its links lead to.
    pub(crate) fn pages(&self) -> impl Iterator<Item = PageId> + '_ {
        self.0
            .iter()
            .flat_map(|part| part.links.iter().filter_map(Link::page))
    }

    /// What is wrong with it, by field: the part's number, then what, then the number of the line.
    pub(crate) fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong =
            |field: String, message: Message| errors.push(FieldError { field, message });
        let groups = self.0.iter().filter(|part| part.part == PartKind::Links);
        if groups.count() > MOST_GROUPS || self.0.len() > MOST_PARTS {
            let message = Message::new("navigation-groups-many").with("most", MOST_GROUPS);
            wrong("parts".to_owned(), message);
        }
        for (at, part) in self.0.iter().enumerate() {
            if part.heading.chars().count() > LONGEST_HEADING {
                let message = Message::new("navigation-text-long").with("limit", LONGEST_HEADING);
                wrong(format!("part_{at}_heading"), message);
            }
            if part.part == PartKind::Links && part.heading.is_empty() && !part.links.is_empty() {
                let message = Message::new("navigation-heading-missing");
                wrong(format!("part_{at}_heading"), message);
            }
            if part.count > MOST_SHOWN {
                let message = Message::new("navigation-count").with("most", MOST_SHOWN);
                wrong(format!("part_{at}_count"), message);
            }
            if part.categories.len() > MOST_CATEGORIES {
                let message = Message::new("navigation-too-many").with("most", MOST_CATEGORIES);
                wrong(format!("part_{at}_categories"), message);
            }
            if part.links.len() > MOST_LINKS {
                let message = Message::new("navigation-too-many").with("most", MOST_LINKS);
                wrong(format!("part_{at}_links"), message);
                continue;
            }
            for (line, link) in part.links.iter().enumerate() {
                if let Err(message) = link.check() {
                    wrong(format!("part_{at}_links_{line}"), message);
                }
            }
        }
        errors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::navigation::link::Room;

    #[test]
    fn a_layout_is_completed_with_what_it_does_not_name() {
        let own = Layout(vec![
            Part::new(PartKind::News),
            Part::new(PartKind::Children),
            Part {
                heading: "Genvägar".to_owned(),
                links: vec![Link::room(Room::Search)],
                ..Part::new(PartKind::Links)
            },
        ]);
        let whole = own.complete(PageKind::Start);
        let kinds: Vec<(&str, bool)> = whole
            .0
            .iter()
            .map(|part| (part.part.as_str(), part.hidden))
            .collect();
        assert_eq!(
            kinds,
            [
                ("news", false),
                ("links", false),
                ("text", true),
                ("contact", true),
                ("stories", true),
                ("themes", true),
            ]
        );
        assert!(Layout::usual(PageKind::Article).is_none());
        let json = serde_json::to_string(&whole).expect("writes");
        let again: Layout = serde_json::from_str(&json).expect("reads");
        assert_eq!(again, whole);
    }

    #[test]
    fn what_is_too_much_is_named() {
        let many = Part {
            heading: "x".repeat(LONGEST_HEADING + 1),
            links: vec![Link::room(Room::Search); 1_000],
            count: MOST_SHOWN + 1,
            ..Part::new(PartKind::Links)
        };
        let nameless = Part {
            links: vec![Link::room(Room::Search)],
            ..Part::new(PartKind::Links)
        };
        let errors = Layout(vec![many, nameless]).errors();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "part_0_heading",
                "part_0_count",
                "part_0_links",
                "part_1_heading"
            ]
        );
        let groups = Layout(vec![Part::new(PartKind::Links); MOST_GROUPS + 1]).errors();
        assert_eq!(groups[0].field, "parts");
    }
}
