//! Links between pages of the old site, once all of them have their new addresses.

use std::collections::{HashMap, HashSet};

use torg_kernel::Address;
use torg_markup::{ParsedPage, RawBlock, RawContent, RawInline, RawItem};

use crate::old;

/// Endings of files that one takes home.
const FILES: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "csv", "zip",
    "jpg", "jpeg", "png", "gif", "webp", "svg", "mp3", "mp4", "mov", "txt", "ics", "epub",
];

/// Where old addresses lead.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// New addresses by [`old::key`].
    pub(crate) pages: HashMap<String, Address>,
    /// The old site's own hosts.
    pub(crate) hosts: HashSet<String>,
}

impl Links {
    /// What a link becomes, and the file it leads to if it leads to one of the old site.
    fn target(&self, href: &str, files: &mut Vec<(String, String)>, words: &str) -> Option<String> {
        let url = old::parse(href)?;
        if !self.hosts.contains(&old::host(&url)) {
            return None;
        }
        let fragment = url.fragment().map(|f| format!("#{f}")).unwrap_or_default();
        if let Some(address) = self.pages.get(&old::key(&url)) {
            return Some(format!("{address}{fragment}"));
        }
        if is_file(url.path()) {
            let mut plain = url.clone();
            plain.set_fragment(None);
            files.push((plain.to_string(), words.to_owned()));
            return None;
        }
        // Perhaps a page that is here already: whoever takes the pages in knows, and says so if not.
        // What only follows readers about must not make another page of it.
        let mut plain = url.clone();
        let query = old::query(&url);
        plain.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        Some(format!("{}{fragment}", old::path_and_query(&plain)))
    }

    /// Turns the links of a page into new addresses. Gives the old site's files that it links to,
    /// with what the links say.
    pub(crate) fn settle(&self, page: &mut ParsedPage) -> Vec<(String, String)> {
        let mut files = Vec::new();
        self.blocks(&mut page.blocks, &mut files);
        files.sort();
        files.dedup_by(|a, b| a.0 == b.0);
        files
    }

    fn blocks(&self, blocks: &mut [RawBlock], files: &mut Vec<(String, String)>) {
        for block in blocks {
            for inner in inner_mut(&mut block.content) {
                self.blocks(inner, files);
            }
            if let RawContent::Actions { actions: list } | RawContent::Tasks { items: list } =
                &mut block.content
            {
                for action in list {
                    if let Some(href) = self.target(&action.href, files, &action.label) {
                        action.href = href;
                    }
                }
            }
            each_run(&mut block.content, &mut |run| self.run(run, files));
        }
    }

    fn run(&self, run: &mut [RawInline], files: &mut Vec<(String, String)>) {
        for inline in run {
            if let RawInline::Link { href, text, .. } = inline {
                let words = RawInline::plain(text);
                if let Some(to) = self.target(href, files, &words) {
                    *href = to;
                }
            }
        }
    }
}

/// Whether a path ends as a file does that one takes home.
pub(crate) fn is_file(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .is_some_and(|(_, ending)| FILES.iter().any(|file| file.eq_ignore_ascii_case(ending)))
}

/// The lists of blocks that lie in a block.
pub(crate) fn inner_mut(content: &mut RawContent) -> Vec<&mut Vec<RawBlock>> {
    match content {
        RawContent::Box { blocks, .. } => vec![blocks],
        RawContent::Accordion { folds } => folds.iter_mut().map(|(_, blocks)| blocks).collect(),
        _ => Vec::new(),
    }
}

/// Does something to every run of text in a block.
pub(crate) fn each_run(content: &mut RawContent, act: &mut dyn FnMut(&mut Vec<RawInline>)) {
    fn walk(items: &mut [RawItem], act: &mut dyn FnMut(&mut Vec<RawInline>)) {
        for item in items {
            act(&mut item.text);
            walk(&mut item.items, act);
        }
    }
    match content {
        RawContent::Paragraph { text }
        | RawContent::Heading { text, .. }
        | RawContent::Quote { text, .. }
        | RawContent::Notice { text, .. }
        | RawContent::Picture { caption: text, .. }
        | RawContent::Video { text, .. } => act(text),
        RawContent::List { items, .. } => walk(items, act),
        RawContent::Table { header, rows, .. } => {
            header.iter_mut().for_each(&mut *act);
            rows.iter_mut().flatten().for_each(&mut *act);
        }
        RawContent::Facts { items } => {
            for item in items {
                act(&mut item.value);
                act(&mut item.note);
            }
        }
        _ => {}
    }
}
