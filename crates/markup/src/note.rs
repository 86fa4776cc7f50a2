//! What the report of an import says about a file: what was left out or made simpler. Nothing
//! that is dropped is dropped in silence.

use torg_kernel::Message;

/// One remark on a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line in the file, from 1, where it is known.
    pub line: Option<u32>,
    /// What happened.
    pub kind: NoteKind,
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

impl Note {
    pub(crate) fn new(line: Option<u32>, kind: NoteKind) -> Self {
        Self { line, kind }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* } = $key:literal, $english:literal;)+) => {
        /// The kinds of remarks.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum NoteKind {
            $($(#[$doc])* #[error($english)] $name { $($(#[$fdoc])* $field: $ty),* },)+
        }

        impl NoteKind {
            /// Every translation key there is.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// The sentence as a translation key with its values.
            #[must_use]
            pub fn message(&self) -> Message {
                match self {
                    $(Self::$name { $($field),* } => Message::new($key)$(.with(stringify!($field), $field))*,)+
                }
            }
        }
    };
}

kinds! {
    /// The file was not in UTF-8.
    Converted { /** What it was. */ encoding: String } = "markup-note-converted", "was read as {encoding} and converted";
    /// An image was left out.
    ImageDropped { /** Its address or words. */ image: String } = "markup-note-image", "the image “{image}” was left out";
    /// Script, style, form, frame or the like was left out.
    TagDropped { /** The tag. */ tag: String } = "markup-note-tag-dropped", "<{tag}> with its content was left out";
    /// A tag without meaning here: its content was kept.
    TagFlattened { /** The tag. */ tag: String } = "markup-note-tag-flattened", "<{tag}> was taken away, its text was kept";
    /// A link to a script, data or nothing: its text was kept.
    LinkDropped { /** Where it led. */ href: String } = "markup-note-link-dropped", "the link to “{href}” was taken away, its text was kept";
    /// The level of a heading changed.
    HeadingMoved { /** The heading. */ heading: String, /** Before. */ from: u8, /** After. */ to: u8 } = "markup-note-heading", "the heading “{heading}” was moved from level {from} to {to}";
    /// Cells over several columns or rows were repeated or padded.
    CellsSpanned {} = "markup-note-cells", "cells over several columns or rows were made single";
    /// Preformatted text became a paragraph.
    CodeFlattened {} = "markup-note-code", "a block of code became a paragraph";
    /// A list, table or heading inside something that cannot hold it became lines of text.
    Flattened { /** What. */ what: String } = "markup-note-flattened", "a {what} became lines of text";
    /// A rule between parts was left out.
    RuleDropped {} = "markup-note-rule", "a line between parts was left out";
    /// A list deeper than can be stored.
    ListTooDeep {} = "markup-note-deep", "a list was nested too deep: its innermost items became lines of text";
    /// A "skip to content" link or the like, copied along with the text.
    SkipLinkDropped { /** It. */ text: String } = "markup-note-skip", "“{text}” belongs to the page it was copied from and was left out";
    /// A place for a value that was never filled in.
    PlaceholderDropped { /** It. */ text: String } = "markup-note-placeholder", "the placeholder “{text}” was left out";
    /// A heading with nothing below it.
    HeadingBare { /** The heading. */ heading: String } = "markup-note-heading-bare", "nothing stands below the heading “{heading}”";
    /// A block without content.
    EmptyDropped { /** What. */ what: String } = "markup-note-empty", "an empty {what} was left out";
    /// The query of a link to a page of this site.
    QueryDropped { /** The link. */ href: String } = "markup-note-query", "“{href}” became a link to the page, without what stands after “?”";
    /// A link whose goal nobody knows.
    LinkMissing { /** As written. */ href: String } = "markup-note-link-missing", "the link to “{href}” leads nowhere";
    /// A picture nobody knows.
    PictureMissing { /** As written. */ src: String } = "markup-note-picture-missing", "there is no picture “{src}”: it was left out";
    /// A file nobody knows.
    FileMissing { /** As written. */ href: String } = "markup-note-file-missing", "there is no file “{href}”: the link to it was left out";
    /// A unit nobody knows.
    UnitUnknown { /** The key. */ key: String } = "markup-note-unit", "there is no unit “{key}”";
    /// A fact nobody knows.
    FactUnknown { /** The key. */ key: String } = "markup-note-fact", "there is no fact “{key}”";
}
