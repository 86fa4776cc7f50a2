//! What a reader takes out of a file: the kernel's blocks, but with links and facts still as they
//! were written, since only the one who knows every page and unit can say what they mean.

use torg_kernel::{FactField, FactSource, Mark, NoticeTone};

/// A piece of running text with symbolic links and facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawInline {
    /// Words with their marks, sorted and without doubles.
    Text {
        /// The words.
        text: String,
        /// Their marks.
        marks: Vec<Mark>,
    },
    /// A link as it was written.
    Link {
        /// Where to, untouched.
        href: String,
        /// What it says.
        text: Vec<RawInline>,
        /// Line in the file, from 1, where it is known.
        line: Option<u32>,
    },
    /// A fact by key.
    Fact {
        /// Whose it is.
        source: FactSource,
        /// Key (or id) of the unit or fact.
        key: String,
        /// Which part.
        field: FactField,
        /// Line in the file, from 1, where it is known.
        line: Option<u32>,
    },
    /// A line break.
    Break,
}

impl RawInline {
    /// Words without marks.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            marks: Vec::new(),
        }
    }

    /// The words of a run, without marks and facts.
    #[must_use]
    pub fn plain(run: &[Self]) -> String {
        let mut out = String::new();
        for inline in run {
            match inline {
                Self::Text { text, .. } => out.push_str(text),
                Self::Link { text, .. } => out.push_str(&Self::plain(text)),
                Self::Fact { .. } => {}
                Self::Break => out.push(' '),
            }
        }
        out
    }
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawItem {
    /// The item's own text.
    pub text: Vec<RawInline>,
    /// Items one level down.
    pub items: Vec<RawItem>,
    /// Whether those are numbered.
    pub ordered: bool,
}

/// A fact of the strip under the lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawFact {
    /// What it is.
    pub label: String,
    /// The value.
    pub value: Vec<RawInline>,
    /// A smaller line below.
    pub note: Vec<RawInline>,
}

/// An action or a task: a labelled link, for a task with icon and note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAction {
    /// Name of an icon; empty for actions.
    pub icon: String,
    /// What it says.
    pub label: String,
    /// Where to, as written.
    pub href: String,
    /// A smaller line below; empty for actions.
    pub note: String,
    /// Line in the file, from 1.
    pub line: Option<u32>,
}

/// One cell or other run of text.
pub type RawRun = Vec<RawInline>;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawContent {
    /// Running text.
    Paragraph {
        /// The text.
        text: RawRun,
    },
    /// A heading; readers give levels 1 to 6, a parsed page has 2 to 4.
    Heading {
        /// The level.
        level: u8,
        /// The text.
        text: RawRun,
    },
    /// A list.
    List {
        /// Numbered or not.
        ordered: bool,
        /// The items.
        items: Vec<RawItem>,
    },
    /// A table, every row as long as the header.
    Table {
        /// Shown above.
        caption: Option<String>,
        /// The header row.
        header: Vec<RawRun>,
        /// The rows.
        rows: Vec<Vec<RawRun>>,
    },
    /// Somebody's words.
    Quote {
        /// The words.
        text: RawRun,
        /// Whose.
        source: Option<String>,
    },
    /// Something set apart.
    Notice {
        /// Informs or warns.
        tone: NoticeTone,
        /// The text.
        text: RawRun,
    },
    /// The contact card of a unit.
    Contact {
        /// The unit's key (or id).
        key: String,
    },
    /// Facts under the lead.
    Facts {
        /// The facts.
        items: Vec<RawFact>,
    },
    /// What one can do here.
    Actions {
        /// The first is the main one.
        actions: Vec<RawAction>,
    },
    /// What most people come for.
    Tasks {
        /// In order of weight.
        items: Vec<RawAction>,
    },
    /// Searches that many make.
    Searches {
        /// The words.
        queries: Vec<String>,
    },
    /// A picture.
    Picture {
        /// Where it lies, as written.
        src: String,
        /// What it shows; empty where the picture's own words will do, a hyphen for a decoration.
        alt: String,
        /// Shown below.
        caption: RawRun,
    },
    /// Blocks in a box with a title.
    Box {
        /// The title.
        title: String,
        /// What it holds.
        blocks: Vec<RawBlock>,
    },
    /// Titles that open what lies below them.
    Accordion {
        /// Title and blocks of each.
        folds: Vec<(String, Vec<RawBlock>)>,
    },
    /// A film that lies with somebody else.
    Video {
        /// Title and address.
        link: RawAction,
        /// Whether it is in sign language.
        sign_language: bool,
        /// What it shows and says.
        text: RawRun,
    },
    /// A file to take home.
    Download {
        /// Title and where it lies.
        link: RawAction,
    },
    /// An e-service.
    Service {
        /// What one does there and where it is, with what is needed.
        link: RawAction,
    },
    /// A place that links can lead to.
    Anchor {
        /// Its name.
        name: String,
    },
}

/// A block and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// Line in the file, from 1, where it is known (not in HTML).
    pub line: Option<u32>,
    /// What it is.
    pub content: RawContent,
}

/// How much of each thing was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Headings, the title not counted.
    pub headings: usize,
    /// Paragraphs.
    pub paragraphs: usize,
    /// Lists, nested ones not counted.
    pub lists: usize,
    /// Tables.
    pub tables: usize,
    /// Links, those of actions and tasks included.
    pub links: usize,
    /// Everything else: quotes, notices, cards, facts, pictures, boxes and so on.
    pub others: usize,
}

impl Counts {
    /// Counts what stands in the blocks.
    #[must_use]
    pub fn of(blocks: &[RawBlock]) -> Self {
        let mut counts = Self::default();
        counts.add(blocks);
        counts
    }

    fn add(&mut self, blocks: &[RawBlock]) {
        let counts = self;
        for block in blocks {
            for inner in block.content.inner() {
                counts.add(inner);
            }
            match &block.content {
                RawContent::Heading { .. } => counts.headings += 1,
                RawContent::Paragraph { .. } => counts.paragraphs += 1,
                RawContent::List { .. } => counts.lists += 1,
                RawContent::Table { .. } => counts.tables += 1,
                RawContent::Actions { actions: list } | RawContent::Tasks { items: list } => {
                    counts.others += 1;
                    counts.links += list.len();
                }
                _ => counts.others += 1,
            }
            counts.links += block
                .content
                .runs()
                .into_iter()
                .flatten()
                .filter(|inline| matches!(inline, RawInline::Link { .. }))
                .count();
        }
    }
}

impl RawContent {
    /// The blocks that lie in this one.
    #[must_use]
    pub fn inner(&self) -> Vec<&[RawBlock]> {
        match self {
            Self::Box { blocks, .. } => vec![blocks],
            Self::Accordion { folds } => folds.iter().map(|(_, blocks)| &**blocks).collect(),
            _ => Vec::new(),
        }
    }

    /// Every run of text in the block itself.
    #[must_use]
    pub fn runs(&self) -> Vec<&[RawInline]> {
        fn walk<'a>(items: &'a [RawItem], out: &mut Vec<&'a [RawInline]>) {
            for item in items {
                out.push(&item.text);
                walk(&item.items, out);
            }
        }
        let mut out: Vec<&[RawInline]> = Vec::new();
        match self {
            Self::Paragraph { text }
            | Self::Heading { text, .. }
            | Self::Quote { text, .. }
            | Self::Notice { text, .. }
            | Self::Picture { caption: text, .. }
            | Self::Video { text, .. } => out.push(text),
            Self::List { items, .. } => walk(items, &mut out),
            Self::Table { header, rows, .. } => {
                out.extend(header.iter().map(Vec::as_slice));
                out.extend(rows.iter().flatten().map(Vec::as_slice));
            }
            Self::Facts { items } => {
                for item in items {
                    out.push(&item.value);
                    out.push(&item.note);
                }
            }
            Self::Contact { .. }
            | Self::Actions { .. }
            | Self::Tasks { .. }
            | Self::Searches { .. }
            | Self::Box { .. }
            | Self::Accordion { .. }
            | Self::Download { .. }
            | Self::Service { .. }
            | Self::Anchor { .. } => {}
        }
        out
    }
}
