//! What a unit's page holds beside the facts: its own sections, and the order of all parts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockContent, Document, LinkTarget, Locale, PageId, PictureId};

use crate::model::{UnitData, Words};

/// Sections of its own that a page may have at most: more would be a page that nobody finds in.
pub const MOST_SECTIONS: usize = 12;

/// A text in several languages, as blocks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Locale, Document>);

/// A section of the unit's own: a heading and what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Of level 2; Swedish is always there.
    pub heading: Words,
    /// Headings in it begin at level 3. A language that has no text is shown the Swedish one.
    pub text: Texts,
}

/// A part of a unit's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// Opening hours.
    Hours,
    /// What one can do there.
    Services,
    /// Address, the way there and the map.
    FindHere,
    /// How one gets in and around.
    Accessibility,
    /// The contact card. It stands at the side where there is room.
    Contact,
    /// One of the unit's own.
    Section(Section),
}

impl Part {
    /// The parts that the program makes, in the order of a page that nobody arranged.
    pub const BUILT_IN: [Self; 5] = [
        Self::Hours,
        Self::Services,
        Self::FindHere,
        Self::Accessibility,
        Self::Contact,
    ];

    /// The name of its kind, as files and forms have it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Services => "services",
            Self::FindHere => "find_here",
            Self::Accessibility => "accessibility",
            Self::Contact => "contact",
            Self::Section(_) => "section",
        }
    }

    /// The part that the program makes under a name.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().find(|part| part.kind() == name)
    }
}

impl Section {
    /// Swedish, and every language that something is written in.
    #[must_use]
    pub fn languages(&self) -> Vec<Locale> {
        let written = self.heading.0.keys().chain(self.text.0.keys());
        let mut all: Vec<Locale> = written.copied().chain([Locale::SV]).collect();
        all.sort_unstable_by_key(|locale| (*locale != Locale::SV, *locale));
        all.dedup();
        all
    }

    /// The heading and text for readers of a language, with the language that they are in.
    #[must_use]
    pub fn shown(&self, locale: Locale) -> Option<(&str, &Document, Locale)> {
        [locale, Locale::SV].into_iter().find_map(|locale| {
            let heading = self.heading.own(locale)?;
            Some((heading, self.text.0.get(&locale)?, locale))
        })
    }
}

impl UnitData {
    /// The parts of the page in order: what is not named is hidden, and where nobody arranged
    /// anything all that the program makes is shown.
    #[must_use]
    pub fn parts(&self) -> Vec<&Part> {
        if self.parts.is_empty() {
            const USUAL: &[Part] = &Part::BUILT_IN;
            return USUAL.iter().collect();
        }
        self.parts.iter().collect()
    }

    /// The unit's own sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.parts.iter().filter_map(|part| match part {
            Part::Section(section) => Some(section),
            _ => None,
        })
    }

    /// All texts of the sections, in all languages.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.sections().flat_map(|section| section.text.0.values())
    }

    /// Every picture that the page shows.
    #[must_use]
    pub fn pictures(&self) -> Vec<PictureId> {
        let inside = self.documents().flat_map(Document::pictures);
        self.picture.into_iter().chain(inside).collect()
    }

    /// Every page of the site that its sections link to.
    #[must_use]
    pub fn linked_pages(&self) -> Vec<PageId> {
        let links = self.documents().flat_map(Document::links);
        let mut pages: Vec<PageId> = links
            .filter_map(|link| match link {
                LinkTarget::Page { id, .. } => Some(*id),
                _ => None,
            })
            .collect();
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}

/// Moves headings one level down where the text begins at level 2: that is the section's own.
pub(crate) fn below_heading(document: &mut Document) {
    fn level(block: &Block) -> Option<u8> {
        match block.content {
            BlockContent::Heading { level, .. } => Some(level),
            _ => None,
        }
    }
    let mut least = u8::MAX;
    document.walk(&mut |block| least = least.min(level(block).unwrap_or(least)));
    let down = 3_u8.saturating_sub(least);
    if down == 0 {
        return;
    }
    document.walk_mut(&mut |block| {
        if let BlockContent::Heading { level, .. } = &mut block.content {
            *level = level.saturating_add(down).min(4);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{BlockId, Inline};
    use uuid::Uuid;

    fn heading(level: u8) -> Block {
        Block {
            id: BlockId(Uuid::nil()),
            v: BlockContent::VERSION,
            content: BlockContent::Heading {
                level,
                text: vec![Inline::text("Rubrik")],
            },
        }
    }

    fn levels(document: &Document) -> Vec<u8> {
        let levels = document.blocks.iter().map(|block| match block.content {
            BlockContent::Heading { level, .. } => level,
            _ => 0,
        });
        levels.collect()
    }

    #[test]
    fn headings_in_a_section_begin_at_level_three() {
        let mut document = Document {
            blocks: [2, 3, 4].map(heading).to_vec(),
        };
        below_heading(&mut document);
        assert_eq!(levels(&document), [3, 4, 4]);
        below_heading(&mut document);
        assert_eq!(levels(&document), [3, 4, 4], "once is enough");
    }

    #[test]
    fn parts_are_written_with_their_kind() {
        let parts = vec![
            Part::Contact,
            Part::Section(Section {
                heading: Words(BTreeMap::from([(Locale::SV, "Barn".to_owned())])),
                ..Section::default()
            }),
        ];
        let json = serde_json::to_string(&parts).expect("writes");
        assert_eq!(
            json,
            r#"[{"part":"contact"},{"part":"section","heading":{"sv":"Barn"},"text":{}}]"#
        );
        assert_eq!(
            serde_json::from_str::<Vec<Part>>(&json).expect("reads"),
            parts
        );
        for wrong in [r#"{"part":"news"}"#, r#"{"part":"section","headline":{}}"#] {
            assert!(serde_json::from_str::<Part>(wrong).is_err(), "{wrong}");
        }
        for part in Part::BUILT_IN {
            assert_eq!(Part::built_in(part.kind()), Some(part));
        }
        let empty = UnitData::default();
        assert_eq!(
            empty.parts().len(),
            5,
            "a page that nobody arranged has all"
        );
    }
}
