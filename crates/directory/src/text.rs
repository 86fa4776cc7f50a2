//! The texts of a unit's sections as people write them: Markdown in, blocks kept, Markdown back.
//! Pages, units, facts, pictures and files are kept by id, so that a move breaks nothing.

use std::cell::RefCell;
use std::collections::HashMap;

use torg_kernel::{
    Document, FactId, FieldError, FileId, Ids, LinkTarget, Message, PageId, PictureId, Timestamp,
    UnitId,
};
use torg_markup::{
    Goal, NameLookup, NoteKind, RawBlock, Resolver, body_to_markdown, parse_markdown_body, resolve,
};

use crate::profile::below_heading;

/// Characters in one text at most.
pub const LONGEST_TEXT: usize = 20_000;

/// What texts may point at, by the names that people write.
#[derive(Debug, Clone, Default)]
pub struct UnitPlaces {
    /// Pages by address.
    pub pages: HashMap<String, PageId>,
    /// Units by key.
    pub units: HashMap<String, UnitId>,
    /// Facts by key.
    pub facts: HashMap<String, FactId>,
    /// Pictures by key.
    pub pictures: HashMap<String, PictureId>,
    /// Files by key.
    pub files: HashMap<String, FileId>,
}

/// Where a page is in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAddress {
    /// The page.
    pub page: PageId,
    /// The language.
    pub locale: torg_kernel::Locale,
    /// Its path.
    pub address: String,
}

/// The last part of a path, or the whole when there is none.
fn last(words: &str) -> &str {
    words.rsplit('/').next().unwrap_or(words)
}

fn media<T: Copy>(goal: Goal<'_>, known: &HashMap<String, T>) -> Option<T> {
    let words = match goal {
        Goal::File(words) | Goal::Address(words) | Goal::Url(words) | Goal::Key(words) => words,
    };
    known.get(words).or_else(|| known.get(last(words))).copied()
}

fn address(goal: Goal<'_>) -> Option<String> {
    let address = match goal {
        Goal::Address(address) => address.to_owned(),
        Goal::File(path) => format!("/{path}"),
        Goal::Url(_) | Goal::Key(_) => return None,
    };
    Some(match address.trim_end_matches('/') {
        "" => "/".to_owned(),
        short => short.to_owned(),
    })
}

impl UnitPlaces {
    /// The picture that somebody names: by its key, its place in exports (`/pictures/KEY`) or its id.
    /// An id counts only where there is such a picture.
    #[must_use]
    pub fn picture(&self, words: &str) -> Option<PictureId> {
        let words = words.trim();
        let by_key = self
            .pictures
            .get(words)
            .or_else(|| self.pictures.get(last(words)));
        by_key.copied().or_else(|| {
            let id = words.parse().ok()?;
            self.pictures.values().find(|own| **own == id).copied()
        })
    }

    /// How a picture is named in a form: its key, or its id when it is gone.
    #[must_use]
    pub fn picture_name(&self, id: PictureId) -> String {
        key_of(&self.pictures, id).unwrap_or_else(|| id.to_string())
    }
}

impl Resolver for UnitPlaces {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        let id = *self.pages.get(&address(goal)?)?;
        Some(LinkTarget::Page { id, fragment: None })
    }
    fn unit(&self, key: &str) -> Option<UnitId> {
        self.units.get(key).copied()
    }
    fn fact(&self, key: &str) -> Option<FactId> {
        self.facts.get(key).copied()
    }
    fn picture(&self, goal: Goal<'_>) -> Option<PictureId> {
        media(goal, &self.pictures)
    }
    fn file(&self, goal: Goal<'_>) -> Option<FileId> {
        media(goal, &self.files)
    }
}

fn key_of<Id: Copy + PartialEq>(known: &HashMap<String, Id>, id: Id) -> Option<String> {
    known
        .iter()
        .filter(|(_, own)| **own == id)
        .map(|(key, _)| key.clone())
        .min()
}

/// Writes ids as the names of [`UnitPlaces`], and pages as their addresses.
struct Names<'a> {
    places: &'a UnitPlaces,
    pages: &'a [PageAddress],
    locale: torg_kernel::Locale,
}

impl NameLookup for Names<'_> {
    fn page(&self, id: PageId) -> Option<String> {
        let own = self.pages.iter().filter(|page| page.page == id);
        own.min_by_key(|page| page.locale != self.locale)
            .map(|page| page.address.clone())
    }
    fn unit(&self, id: UnitId) -> Option<String> {
        key_of(&self.places.units, id)
    }
    fn fact(&self, id: FactId) -> Option<String> {
        key_of(&self.places.facts, id)
    }
    fn picture(&self, id: PictureId) -> Option<String> {
        key_of(&self.places.pictures, id).map(|key| format!("/pictures/{key}"))
    }
    fn file(&self, id: FileId) -> Option<String> {
        key_of(&self.places.files, id).map(|key| format!("/files/{key}"))
    }
}

/// A text as it stands in a form.
#[must_use]
pub fn written(
    document: &Document,
    places: &UnitPlaces,
    pages: &[PageAddress],
    locale: torg_kernel::Locale,
) -> String {
    let names = Names {
        places,
        pages,
        locale,
    };
    body_to_markdown(document, &names)
}

/// A text that was read, before it is known what it points at.
#[derive(Debug, Clone, Default)]
pub struct Unresolved {
    blocks: Vec<RawBlock>,
}

/// Notes the addresses that a text asks for.
#[derive(Default)]
struct Asked(RefCell<Vec<String>>);

impl Resolver for Asked {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        self.0.borrow_mut().extend(address(goal));
        None
    }
    fn unit(&self, _: &str) -> Option<UnitId> {
        None
    }
    fn fact(&self, _: &str) -> Option<FactId> {
        None
    }
}

impl Unresolved {
    /// Reads Markdown.
    ///
    /// # Errors
    /// What is wrong with it: too long, or a directive that cannot be read.
    pub fn read(markdown: &str) -> Result<Self, Message> {
        if markdown.chars().count() > LONGEST_TEXT {
            return Err(Message::new("unit-error-too-long").with("limit", LONGEST_TEXT));
        }
        let (blocks, _) = parse_markdown_body(markdown).map_err(|error| error.message())?;
        Ok(Self { blocks })
    }

    /// Addresses of pages that it links to.
    #[must_use]
    pub fn addresses(&self, ids: &dyn Ids) -> Vec<String> {
        let asked = Asked::default();
        let _ = resolve("", &self.blocks, &asked, ids, Timestamp::default());
        asked.0.into_inner()
    }

    /// The text as blocks, with the ids of `old` where they are the same.
    ///
    /// # Errors
    /// Something that it points at and that is not there, each at `field`. A link that led nowhere
    /// before may stay: the text must be savable by whoever mends something else.
    pub fn resolve(
        &self,
        places: &UnitPlaces,
        old: Option<&Document>,
        ids: &dyn Ids,
        now: Timestamp,
        field: &str,
    ) -> Result<Document, Vec<FieldError>> {
        let (mut document, notes) = resolve("", &self.blocks, places, ids, now);
        let errors: Vec<FieldError> = notes
            .iter()
            .filter(|note| leads_nowhere(&note.kind, old))
            .map(|note| FieldError {
                field: field.to_owned(),
                message: said(&note.kind),
            })
            .collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        below_heading(&mut document);
        if let Some(old) = old {
            document.keep_ids(old);
        }
        Ok(document)
    }
}

/// What is said of it here, where nothing is left out: it is refused.
fn said(kind: &NoteKind) -> Message {
    match kind {
        NoteKind::PictureMissing { src } => {
            Message::new("unit-error-text-picture").with("value", src)
        }
        NoteKind::FileMissing { href } => Message::new("unit-error-text-file").with("value", href),
        other => other.message(),
    }
}

fn leads_nowhere(kind: &NoteKind, before: Option<&Document>) -> bool {
    match kind {
        NoteKind::UnitUnknown { .. }
        | NoteKind::FactUnknown { .. }
        | NoteKind::PictureMissing { .. }
        | NoteKind::FileMissing { .. } => true,
        NoteKind::LinkMissing { href } => !before.is_some_and(|before| {
            before
                .links()
                .into_iter()
                .any(|link| matches!(link, LinkTarget::Missing { original } if original == href))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{Locale, SeededIds};
    use uuid::Uuid;

    fn places() -> UnitPlaces {
        let id = |number| Uuid::from_u128(number);
        UnitPlaces {
            pages: HashMap::from([("/bad/simhallar".to_owned(), PageId(id(1)))]),
            units: HashMap::from([("valhallabadet".to_owned(), UnitId(id(2)))]),
            facts: HashMap::from([("bad-pris".to_owned(), FactId(id(3)))]),
            pictures: HashMap::from([("simhall.jpg".to_owned(), PictureId(id(4)))]),
            files: HashMap::new(),
        }
    }

    fn read(markdown: &str) -> Result<Document, Vec<FieldError>> {
        let ids = SeededIds::new(1);
        let text = Unresolved::read(markdown).expect("reads");
        text.resolve(&places(), None, &ids, Timestamp::default(), "text")
    }

    const TEXT: &str = "## Priser\n\nVuxna: {{fact:bad-pris:value}}. Läs om [alla \
        simhallar](/bad/simhallar).\n\n![](/pictures/simhall.jpg)\n\n- Bad\n- Bastu\n";

    #[test]
    fn a_text_goes_there_and_back_by_reference() {
        let document = read(TEXT).expect("all is known");
        assert_eq!(document.pictures(), [PictureId(Uuid::from_u128(4))]);
        assert_eq!(document.facts().len(), 1);
        let ids = SeededIds::new(1);
        let asked = Unresolved::read(TEXT).expect("reads").addresses(&ids);
        assert_eq!(asked, ["/bad/simhallar"]);
        let moved = [PageAddress {
            page: PageId(Uuid::from_u128(1)),
            locale: Locale::SV,
            address: "/uppleva/simhallar".to_owned(),
        }];
        let back = written(&document, &places(), &moved, Locale::SV);
        assert!(
            back.contains("[alla simhallar](/uppleva/simhallar)"),
            "{back}"
        );
        assert!(
            back.starts_with("### Priser"),
            "below the section's own: {back}"
        );
        assert!(back.contains("{{fact:bad-pris:value}}") && back.contains("simhall.jpg"));
        let again = Unresolved::read(&written(&document, &places(), &[], Locale::SV));
        let again = again.expect("reads").resolve(
            &places(),
            Some(&document),
            &ids,
            Timestamp::default(),
            "text",
        );
        assert_eq!(again.expect("still known"), document, "and keeps its ids");
    }

    #[test]
    fn what_is_not_there_is_told() {
        for wrong in [
            "[nytt](/nytt)",
            "{{unit:nobody:phone}}",
            "{{fact:nothing:value}}",
            "![x](/pictures/simhall.jpg)\n\n![x](/pictures/gone.jpg)",
        ] {
            let errors = read(wrong).expect_err(wrong);
            assert_eq!(
                (errors.len(), errors[0].field.as_str()),
                (1, "text"),
                "{wrong}"
            );
        }
        let long = "å".repeat(LONGEST_TEXT + 1);
        assert_eq!(
            Unresolved::read(&long).expect_err("too long").key,
            "unit-error-too-long"
        );
        let script = read("Hej <script>alert(1)</script> <b onclick=x>du</b>").expect("reads");
        let back = written(&script, &places(), &[], Locale::SV);
        assert!(
            !back.contains("<script") && !back.contains("onclick"),
            "{back}"
        );
        assert_eq!(
            places().picture(" /pictures/simhall.jpg"),
            places().picture("simhall.jpg")
        );
        assert_eq!(
            places().picture(&Uuid::from_u128(2).to_string()),
            None,
            "a unit's id"
        );
        assert!(places().picture(&Uuid::from_u128(4).to_string()).is_some());
    }
}
