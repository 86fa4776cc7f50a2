//! From plain HTML with pieces to a page.

use torg_kernel::{Address, Locale, squeeze};
use torg_markup::{
    Counts, DescriptionFrom, FrontMatter, PageType, ParsedPage, RawAction, RawBlock, RawContent,
    RawInline, RawItem, SourceFile,
};

use crate::html::{Piece, Simple, is_film, take_marks};
use crate::links::{each_run, inner_mut};
use crate::remark::{Remark, RemarkKind};

/// What kind of page it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page in the tree.
    Page,
    /// A dated post.
    Post,
    /// The page that lists posts.
    Section,
}

/// What is known of a page beside its text.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// Its old address.
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) address: Address,
    pub(crate) locale: Locale,
    pub(crate) owner: Option<String>,
    /// Empty for none said.
    pub(crate) description: String,
    pub(crate) order: Option<i32>,
    pub(crate) categories: Vec<String>,
    /// When it was published, in UTC.
    pub(crate) published: Option<jiff::Timestamp>,
    /// Address of the Swedish page that it translates.
    pub(crate) translates: Option<Address>,
    /// Address of its lead picture.
    pub(crate) picture: Option<String>,
}

/// A page with what was found on it.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) page: ParsedPage,
    pub(crate) remarks: Vec<Remark>,
    /// Pictures that it shows.
    pub(crate) pictures: Vec<Piece>,
}

/// Front matter from facts. This is the one place where the kinds of pages and the keys of front
/// matter are chosen.
fn front(facts: &Facts) -> FrontMatter {
    FrontMatter {
        title: Some(facts.title.clone()).filter(|title| !title.is_empty()),
        address: Some(facts.address.clone()),
        page_type: match facts.kind {
            Kind::Page if facts.address == Address::start(facts.locale) => Some(PageType::Start),
            Kind::Page => None,
            // Dated pages have to have a date.
            Kind::Post => facts.published.map(|_| PageType::News),
            Kind::Section => Some(PageType::Section),
        },
        locale: Some(facts.locale),
        owner: facts.owner.clone(),
        description: Some(facts.description.clone()).filter(|text| !text.is_empty()),
        translates: facts.translates.clone(),
        order: facts.order,
        published: facts
            .published
            .filter(|_| facts.kind == Kind::Post)
            .map(|at| at.to_zoned(torg_kernel::zone()).datetime()),
        categories: Some(facts.categories.clone()).filter(|list| !list.is_empty()),
        ..FrontMatter::default()
    }
}

/// The block of a piece. This is the one place where pictures and films get their blocks. What a
/// picture's address means is for the one who takes the pages in to say, as with links.
fn block_of(piece: &Piece, remarks: &mut Vec<Remark>) -> RawContent {
    match piece {
        Piece::Picture {
            address,
            alt,
            caption,
        } => RawContent::Picture {
            src: address.clone(),
            alt: match alt.as_deref() {
                None => String::new(),
                Some("") => "-".to_owned(),
                Some(words) => words.to_owned(),
            },
            caption: if caption.is_empty() {
                Vec::new()
            } else {
                vec![RawInline::text(caption)]
            },
        },
        Piece::Media { address, title } => {
            let words = if title.is_empty() { address } else { title };
            if is_film(address) {
                return RawContent::Video {
                    link: RawAction {
                        icon: String::new(),
                        label: words.clone(),
                        href: address.clone(),
                        note: String::new(),
                        line: None,
                    },
                    sign_language: false,
                    text: Vec::new(),
                };
            }
            let address = address.clone();
            remarks.push(
                RemarkKind::MediaLinked {
                    address: address.clone(),
                }
                .into(),
            );
            RawContent::Paragraph {
                text: vec![RawInline::Link {
                    href: address,
                    text: vec![RawInline::text(words)],
                    line: None,
                }],
            }
        }
    }
}

/// Makes a page. The error is the reason why it cannot be read.
pub(crate) fn make(facts: &Facts, simple: &Simple) -> Result<Made, String> {
    let html = format!("<html><body><main>{}</main></body></html>", simple.html);
    let file = SourceFile {
        path: "page.html".to_owned(),
        bytes: html.into_bytes(),
    };
    let mut page =
        torg_markup::parse(&file, &front(facts)).map_err(|error| error.kind.to_string())?;
    page.path.clone_from(&facts.path);
    let mut remarks: Vec<Remark> = page
        .notes
        .drain(..)
        .map(|note| Remark::Markup(note.kind))
        .collect();
    page.blocks = place_pieces(std::mem::take(&mut page.blocks), simple, &mut remarks);
    // Marks of pieces may have come into what was taken for the lead.
    if page.description_from == DescriptionFrom::FirstParagraph {
        match page.description.take().map(|text| plain(&text)) {
            Some(text) if leads_with(&page.blocks, &text) => {
                page.description = Some(text);
                page.take_lead();
            }
            _ => page.description_from = DescriptionFrom::Nothing,
        }
    }
    say_once(&mut page);
    page.counts = Counts::of(&page.blocks);
    if page.blocks.is_empty() && page.description.is_none() {
        remarks.push(RemarkKind::NoText {}.into());
    }
    let mut said: Vec<Remark> = Vec::with_capacity(remarks.len());
    for remark in remarks {
        if !said.contains(&remark) {
            said.push(remark);
        }
    }
    Ok(Made {
        page,
        remarks: said,
        pictures: simple
            .pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Picture { .. }))
            .cloned()
            .collect(),
    })
}

fn plain(text: &str) -> String {
    let mut run = vec![RawInline::text(text)];
    take_marks(&mut run, &mut Vec::new());
    squeeze(&RawInline::plain(&run))
}

/// A page shows its description above its text: words that stand first in the text as well would be
/// read twice. Where they hold a link the text keeps them, since a description holds none.
fn say_once(page: &mut ParsedPage) {
    let Some(said) = page.description.as_deref().map(squeeze) else {
        return;
    };
    let first = page
        .blocks
        .iter()
        .position(|block| !matches!(block.content, RawContent::Picture { .. }));
    let Some((at, RawContent::Paragraph { text })) = first.map(|at| (at, &page.blocks[at].content))
    else {
        return;
    };
    if said.is_empty() || squeeze(&RawInline::plain(text)) != said {
        return;
    }
    let only_words = text
        .iter()
        .all(|inline| matches!(inline, RawInline::Text { .. } | RawInline::Break));
    if only_words {
        page.blocks.remove(at);
    } else {
        page.description = None;
        page.description_from = DescriptionFrom::Nothing;
    }
}

fn leads_with(blocks: &[RawBlock], text: &str) -> bool {
    !text.is_empty()
        && matches!(blocks.first().map(|block| &block.content),
            Some(RawContent::Paragraph { text: first }) if squeeze(&RawInline::plain(first)) == text)
}

/// Puts pieces where their marks stand: in a paragraph of their own in its place, else behind the
/// block.
fn place_pieces(
    blocks: Vec<RawBlock>,
    simple: &Simple,
    remarks: &mut Vec<Remark>,
) -> Vec<RawBlock> {
    let mut out = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        for inner in inner_mut(&mut block.content) {
            *inner = place_pieces(std::mem::take(inner), simple, remarks);
        }
        let mut found = Vec::new();
        each_run(&mut block.content, &mut |run| take_marks(run, &mut found));
        let empty = match &mut block.content {
            RawContent::Paragraph { text }
            | RawContent::Heading { text, .. }
            | RawContent::Quote { text, .. } => text.is_empty(),
            RawContent::List { items, .. } if !found.is_empty() => {
                prune(items);
                items.is_empty()
            }
            _ => false,
        };
        let line = block.line;
        if found.is_empty() || !empty {
            out.push(block);
        }
        for piece in found.iter().filter_map(|number| simple.pieces.get(*number)) {
            let content = block_of(piece, remarks);
            out.push(RawBlock { line, content });
        }
    }
    out
}

/// Takes away items that held nothing but a piece.
fn prune(items: &mut Vec<RawItem>) {
    items.retain_mut(|item| {
        prune(&mut item.items);
        !item.text.is_empty() || !item.items.is_empty()
    });
}
