//! One file in, one page out.

use torg_kernel::{Document, squeeze};
use torg_kernel::{Ids, Timestamp};

use crate::encoding;
use crate::error::{ErrorKind, ParseError};
use crate::front::{self, FrontMatter};
use crate::html;
use crate::markdown;
use crate::note::{Note, NoteKind};
use crate::raw::{Counts, RawBlock, RawContent, RawInline};
use crate::resolve::{Resolver, resolve};
use crate::text;

/// The largest file that is read, in bytes. A page of a book's length is a tenth of it.
pub const SIZE_LIMIT: usize = 10 * 1024 * 1024;

/// A file of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path from the root of the import, with `/` between its parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Where a title was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleFrom {
    /// Front matter or `pages.csv`.
    FrontMatter,
    /// The first heading of level 1, or a text's first line.
    Text,
    /// The head of an HTML file.
    Meta,
    /// The file's name, for want of better.
    FileName,
}

/// Where a description was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptionFrom {
    /// Front matter or `pages.csv`; also when these say that there is none.
    FrontMatter,
    /// The head of an HTML file.
    Meta,
    /// The first paragraph, which still stands in the blocks: see [`ParsedPage::take_lead`].
    FirstParagraph,
    /// Nowhere: there is none.
    Nothing,
}

/// A page as its file tells it, with links and facts still symbolic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedPage {
    /// The file.
    pub path: String,
    /// What front matter and defaults say, for HTML also what its head says of language.
    pub front: FrontMatter,
    /// The title; never empty.
    pub title: String,
    /// Where that was found.
    pub title_from: TitleFrom,
    /// The lead, if any; never empty.
    pub description: Option<String>,
    /// Where that was found.
    pub description_from: DescriptionFrom,
    /// The text.
    pub blocks: Vec<RawBlock>,
    /// How much was taken.
    pub counts: Counts,
    /// What was simplified or left out.
    pub notes: Vec<Note>,
}

impl ParsedPage {
    /// Takes the first paragraph out of the blocks when it is the description, for pages that
    /// show their description as a lead and should not say it twice.
    pub fn take_lead(&mut self) {
        if self.description_from == DescriptionFrom::FirstParagraph && !self.blocks.is_empty() {
            self.blocks.remove(0);
        }
    }

    /// The document, with what could not be found: see [`resolve`].
    #[must_use]
    pub fn resolve(
        &self,
        resolver: &dyn Resolver,
        ids: &dyn Ids,
        now: Timestamp,
    ) -> (Document, Vec<Note>) {
        resolve(&self.path, &self.blocks, resolver, ids, now)
    }
}

/// What a reader hands on.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) blocks: Vec<RawBlock>,
    pub(crate) notes: Vec<Note>,
    /// A title that does not stand in the blocks.
    pub(crate) title: Option<(String, TitleFrom)>,
    pub(crate) description: Option<String>,
    pub(crate) locale: Option<torg_kernel::Locale>,
}

/// Reads a file as a page. `defaults` (a row of `pages.csv`, say) count where its own front
/// matter says nothing.
///
/// # Errors
/// When the file is of no known kind, empty, too large or not text, or its front matter or
/// directives are wrong; with line where there is one.
pub fn parse(file: &SourceFile, defaults: &FrontMatter) -> Result<ParsedPage, ParseError> {
    let fail = |line: Option<u32>, kind: ErrorKind| ParseError::new(&file.path, line, kind);
    let name = file.path.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let extension = extension.to_ascii_lowercase();
    let size = file.bytes.len();
    if size > SIZE_LIMIT {
        let limit = SIZE_LIMIT;
        return Err(fail(None, ErrorKind::TooLarge { size, limit }));
    }
    if !["md", "markdown", "html", "htm", "txt"].contains(&extension.as_str()) {
        return Err(fail(None, ErrorKind::UnknownExtension { extension }));
    }
    let at = |(line, kind): (u32, ErrorKind)| fail(Some(line), kind);
    let (text, encoding) = encoding::decode(&file.bytes).map_err(at)?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(fail(None, ErrorKind::Empty {}));
    }
    let markdown = matches!(extension.as_str(), "md" | "markdown");
    let (front, body, first) = front::split(&text, markdown).map_err(at)?;
    let front = front.or(defaults);
    let mut found = match extension.as_str() {
        "md" | "markdown" => {
            let read = markdown::read(body, first).map_err(at)?;
            Found {
                blocks: read.blocks,
                notes: read.notes,
                ..Found::default()
            }
        }
        "txt" => text::read(body, first),
        _ => html::read_page(body, first).map_err(at)?,
    };
    if let Some(encoding) = encoding {
        let encoding = encoding.to_owned();
        found
            .notes
            .insert(0, Note::new(None, NoteKind::Converted { encoding }));
    }
    Ok(finish(&file.path, stem, front, found))
}

/// Reads the text of a form for editing: Markdown without front matter, whose headings of level 1
/// become level 2.
///
/// # Errors
/// When a directive is wrong; the path in the error is empty.
pub fn parse_markdown_body(text: &str) -> Result<(Vec<RawBlock>, Vec<Note>), ParseError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut read =
        markdown::read(&text, 1).map_err(|(line, kind)| ParseError::new("", Some(line), kind))?;
    level_headings(&mut read.blocks, &mut read.notes);
    Ok((read.blocks, read.notes))
}

fn finish(path: &str, stem: &str, mut front: FrontMatter, mut found: Found) -> ParsedPage {
    front.locale = front.locale.or(found.locale);
    let (title, title_from) = take_title(&front, stem, &mut found);
    level_headings(&mut found.blocks, &mut found.notes);
    found.notes.sort_by_key(|note| note.line);
    let lead = first_paragraph(&found.blocks);
    let (description, description_from) = match (&front.description, found.description, lead) {
        (Some(said), _, _) => (Some(said.clone()), DescriptionFrom::FrontMatter),
        (None, Some(meta), _) => (Some(squeeze(&meta)), DescriptionFrom::Meta),
        (None, None, Some(lead)) => (Some(lead), DescriptionFrom::FirstParagraph),
        (None, None, None) => (None, DescriptionFrom::Nothing),
    };
    ParsedPage {
        path: path.to_owned(),
        front,
        title,
        title_from,
        description: description.filter(|text| !text.is_empty()),
        description_from,
        counts: Counts::of(&found.blocks),
        blocks: found.blocks,
        notes: found.notes,
    }
}

/// The title, taken out of the blocks when it is the first heading of level 1.
fn take_title(front: &FrontMatter, stem: &str, found: &mut Found) -> (String, TitleFrom) {
    let heading = found
        .blocks
        .iter()
        .position(|block| matches!(block.content, RawContent::Heading { level: 1, .. }));
    let words = heading.map(|at| match &found.blocks[at].content {
        RawContent::Heading { text, .. } => squeeze(&RawInline::plain(text)),
        _ => String::new(),
    });
    if let Some(title) = &front.title {
        // The same words once more right at the beginning are the title, not a section.
        if let (Some(0), Some(words)) = (heading, &words)
            && torg_kernel::fold(words) == torg_kernel::fold(title)
        {
            found.blocks.remove(0);
        }
        return (title.clone(), TitleFrom::FrontMatter);
    }
    if let (Some(at), Some(words)) = (heading, words)
        && !words.is_empty()
    {
        found.blocks.remove(at);
        return (words, TitleFrom::Text);
    }
    if let Some((title, from)) = found.title.take() {
        return (title, from);
    }
    let words = squeeze(&stem.replace(['-', '_'], " "));
    let mut chars = words.chars();
    let title = match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => "?".to_owned(),
    };
    (title, TitleFrom::FileName)
}

/// Brings headings to the levels 2 to 4. What stands below a further heading of level 1 sinks
/// with it.
fn level_headings(blocks: &mut [RawBlock], notes: &mut Vec<Note>) {
    let mut sunk = 0;
    for block in blocks {
        if let RawContent::Heading { level, text } = &mut block.content {
            let from = *level;
            if from == 1 {
                sunk = 1;
            }
            *level = (from + sunk).clamp(2, 4);
            if *level != from {
                let kind = NoteKind::HeadingMoved {
                    heading: RawInline::plain(text),
                    from,
                    to: *level,
                };
                notes.push(Note::new(block.line, kind));
            }
        }
    }
}

/// The first paragraph when it can stand as a lead: plain words, neither a scrap nor a screenful,
/// not leading into a list, and with more after it.
fn first_paragraph(blocks: &[RawBlock]) -> Option<String> {
    let [first, _, ..] = blocks else {
        return None;
    };
    let RawContent::Paragraph { text } = &first.content else {
        return None;
    };
    let [RawInline::Text { text, marks }] = text.as_slice() else {
        return None;
    };
    let good = marks.is_empty()
        && (30..=400).contains(&text.chars().count())
        && text.ends_with(['.', '!', '?', '…']);
    good.then(|| text.clone())
}
