//! Documents into readable Markdown, in the dialect that the reader takes: what is written here
//! comes back the same. Where Markdown's own marks would be ambiguous, HTML tags are written.

mod inline;

use torg_kernel::{
    Block, BlockContent, Cell, Document, FactId, FactItem, FileId, Fold, Inline, LinkTarget,
    ListItem, NoticeTone, PageId, PictureId, TaskItem, UnitId,
};

use crate::front::FrontMatter;
use inline::{Place, Writer};

/// Names to write for ids; `None` writes the id itself, which is read back as well.
pub trait NameLookup {
    /// Address of a page.
    fn page(&self, id: PageId) -> Option<String>;
    /// Key of a unit.
    fn unit(&self, id: UnitId) -> Option<String>;
    /// Key of a fact.
    fn fact(&self, id: FactId) -> Option<String>;
    /// Where a picture lies, as pages write it (`/pictures/hamn.jpg`).
    fn picture(&self, _id: PictureId) -> Option<String> {
        None
    }
    /// Where a file lies, as pages write it (`/files/plan.pdf`).
    fn file(&self, _id: FileId) -> Option<String> {
        None
    }
}

/// Knows no names: everything is written by id.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNames;

impl NameLookup for NoNames {
    fn page(&self, _: PageId) -> Option<String> {
        None
    }
    fn unit(&self, _: UnitId) -> Option<String> {
        None
    }
    fn fact(&self, _: FactId) -> Option<String> {
        None
    }
}

/// A whole file: front matter, an empty line, the text.
#[must_use]
pub fn to_markdown(document: &Document, front: &FrontMatter, names: &dyn NameLookup) -> String {
    let head = front.to_text();
    let body = body_to_markdown(document, names);
    if head.is_empty() || body.is_empty() {
        format!("{head}{body}")
    } else {
        format!("{head}\n{body}")
    }
}

/// The text alone, as a form for editing shows it. Ends with a newline unless it is empty.
#[must_use]
pub fn body_to_markdown(document: &Document, names: &dyn NameLookup) -> String {
    Writer { names }.blocks(&document.blocks)
}

impl Writer<'_> {
    fn blocks(&self, blocks: &[Block]) -> String {
        let mut out = String::new();
        let mut lists = 0_usize;
        let mut blocks = blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            // Neighbouring lists would flow together: every second one gets other marks.
            lists = match &block.content {
                BlockContent::List { .. } => lists + 1,
                _ => 0,
            };
            let table_next = blocks
                .peek()
                .is_some_and(|next| matches!(next.content, BlockContent::Table { .. }));
            let text = self.block(&block.content, lists.is_multiple_of(2), table_next);
            if !text.is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(&text);
            }
        }
        out
    }

    fn block(&self, content: &BlockContent, alternate: bool, table_next: bool) -> String {
        match content {
            BlockContent::Paragraph { text } => {
                let written = self.run(text, Place::Lines);
                if table_next && crate::markdown::is_caption(&written) {
                    return format!("{}\n", written.replacen(':', "\\:", 1));
                }
                line(written)
            }
            BlockContent::Heading { level, text } => {
                let marks = "#".repeat(usize::from((*level).clamp(2, 4)));
                format!("{marks} {}\n", self.run(text, Place::Heading))
            }
            BlockContent::List { ordered, items } => {
                let mut out = String::new();
                self.items(items, *ordered, alternate, 0, &mut out);
                out
            }
            BlockContent::Table {
                caption,
                header,
                rows,
            } => self.table(caption.as_deref(), header, rows),
            BlockContent::Quote { text, source } => {
                let mut out = quoted(&self.run(text, Place::Lines));
                if let Some(source) = source {
                    out.push_str(">\n> — ");
                    out.push_str(&self.plain(source, Place::Middle));
                    out.push('\n');
                }
                out
            }
            BlockContent::Notice { tone, text } => {
                let tone = match tone {
                    NoticeTone::Info => "NOTE",
                    NoticeTone::Warning => "WARNING",
                };
                format!("> [!{tone}]\n{}", quoted(&self.run(text, Place::Lines)))
            }
            BlockContent::Contact { unit } => format!("{{{{contact:{}}}}}\n", self.unit_key(*unit)),
            BlockContent::Facts { items } => {
                directive("facts", items.iter().map(|item| self.fact_line(item)))
            }
            BlockContent::Actions { actions } => directive(
                "actions",
                actions
                    .iter()
                    .map(|action| self.label(&action.label, &action.target)),
            ),
            BlockContent::Tasks { items } => {
                directive("tasks", items.iter().map(|item| self.task_line(item)))
            }
            BlockContent::Searches { queries } => {
                let words: Vec<String> = queries
                    .iter()
                    .map(|query| self.plain(query, Place::Query))
                    .collect();
                directive("searches", std::iter::once(words.join(", ")))
            }
            BlockContent::Picture {
                picture,
                alt,
                caption,
            } => self.picture(*picture, alt.as_deref(), caption),
            BlockContent::Box { title, blocks } => {
                let title = self.plain(title, Place::Middle);
                format!(":::box {title}\n{}:::\n", self.blocks(blocks))
            }
            BlockContent::Accordion { folds } => {
                let folds: Vec<String> = folds.iter().map(|fold| self.fold(fold)).collect();
                format!(":::accordion\n{}:::\n", folds.join("\n"))
            }
            BlockContent::Video {
                url,
                title,
                sign_language,
                text,
            } => {
                let url = LinkTarget::Url { url: url.clone() };
                let link = self.labelled(title, &url);
                let mark = if *sign_language {
                    " | sign_language"
                } else {
                    ""
                };
                let text = line(self.run(text, Place::Lines));
                format!(":::video {link}{mark}\n{text}:::\n")
            }
            BlockContent::Download { file, title } => {
                let href = self.names.file(*file);
                let href = href.unwrap_or_else(|| format!("file:{file}"));
                format!(":::download {}\n:::\n", self.labelled_to(title, &href))
            }
            BlockContent::Service {
                label,
                target,
                note,
            } => {
                let mut words = self.labelled(label, target);
                if !note.is_empty() {
                    words.push_str(" | ");
                    words.push_str(&self.plain(note, Place::Middle));
                }
                format!(":::service {words}\n:::\n")
            }
            BlockContent::Anchor { name } => format!("{{#{name}}}\n"),
        }
    }

    /// A caption stands in Markdown's place for a title, as running text.
    fn picture(&self, picture: PictureId, alt: Option<&str>, caption: &[Inline]) -> String {
        let src = self.names.picture(picture);
        let src = inline::destination(&src.unwrap_or_else(|| format!("picture:{picture}")));
        let alt = match alt {
            None => String::new(),
            Some("") => "-".to_owned(),
            Some(words) => self.plain(words, Place::Middle),
        };
        let mut title = String::new();
        for c in self.run(caption, Place::Middle).chars() {
            if matches!(c, '\\' | '"' | '&') {
                title.push('\\');
            }
            title.push(c);
        }
        if !title.is_empty() {
            title = format!(" \"{title}\"");
        }
        format!("![{alt}]({src}{title})\n")
    }

    fn fold(&self, fold: &Fold) -> String {
        let title = self.plain(&fold.title, Place::Heading);
        let text = self.blocks(&fold.blocks);
        if text.is_empty() {
            format!("### {title}\n")
        } else {
            format!("### {title}\n\n{text}")
        }
    }

    fn items(
        &self,
        items: &[ListItem],
        ordered: bool,
        alternate: bool,
        indent: usize,
        out: &mut String,
    ) {
        for (number, item) in (1_u32..).zip(items) {
            let mark = match (ordered, alternate) {
                (false, false) => "- ".to_owned(),
                (false, true) => "* ".to_owned(),
                (true, false) => format!("{number}. "),
                (true, true) => format!("{number}) "),
            };
            let inner = indent + mark.len();
            let text = self.run(&item.text, Place::Lines);
            out.push_str(&" ".repeat(indent));
            out.push_str(&mark);
            out.push_str(&text.replace('\n', &format!("\n{}", " ".repeat(inner))));
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            self.items(&item.items, item.ordered, false, inner, out);
        }
    }

    fn table(&self, caption: Option<&str>, header: &[Cell], rows: &[Vec<Cell>]) -> String {
        let mut out = String::new();
        if header.is_empty() {
            return out;
        }
        if let Some(caption) = caption {
            out.push_str("Table: ");
            out.push_str(&self.plain(caption, Place::Middle));
            out.push_str("\n\n");
        }
        self.row(header, &mut out);
        out.push('|');
        out.push_str(&" --- |".repeat(header.len()));
        out.push('\n');
        for row in rows {
            self.row(row, &mut out);
        }
        out
    }

    fn row(&self, cells: &[Cell], out: &mut String) {
        out.push('|');
        for cell in cells {
            out.push(' ');
            out.push_str(&self.run(&cell.text, Place::Middle));
            out.push_str(" |");
        }
        out.push('\n');
    }

    fn fact_line(&self, item: &FactItem) -> String {
        let mut out = format!(
            "{} | {}",
            self.plain(&item.label, Place::Line),
            self.run(&item.value, Place::Middle)
        );
        if !item.note.is_empty() {
            out.push_str(" | ");
            out.push_str(&self.run(&item.note, Place::Middle));
        }
        out
    }

    fn task_line(&self, item: &TaskItem) -> String {
        let mut out = format!(
            "{} | {}",
            self.plain(&item.icon, Place::Line),
            self.label(&item.label, &item.target)
        );
        if !item.note.is_empty() {
            out.push_str(" | ");
            out.push_str(&self.plain(&item.note, Place::Middle));
        }
        out
    }

    fn plain(&self, text: &str, place: Place) -> String {
        self.run(&[Inline::text(text)], place)
    }
}

fn line(text: String) -> String {
    if text.is_empty() {
        text
    } else {
        format!("{text}\n")
    }
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}

fn directive(name: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("{}\n", line.trim_end())).collect();
    format!(":::{name}\n{lines}:::\n")
}
