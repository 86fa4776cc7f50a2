//! From a text as WordPress stores it to plain HTML.

use std::collections::HashMap;

use scraper::Html;

use super::media::Medium;
use super::shortcode::Shown;
use super::{autop, blocks, shortcode};
use crate::html::{Simple, Simplifier, check_nesting, words_of};
use crate::remark::RemarkKind;

/// What a text may refer to.
pub(crate) struct Shared<'a> {
    pub(crate) media: &'a HashMap<u64, Medium>,
    pub(crate) reusable: &'a HashMap<u64, String>,
}

/// Plain HTML of a text; `Err` when its tags are nested beyond reason.
pub(crate) fn simple(
    text: &str,
    shared: &Shared<'_>,
    own: &[u64],
    whole: &dyn Fn(&str) -> String,
    remarks: &mut Vec<RemarkKind>,
) -> Result<Simple, ()> {
    let by_blocks = blocks::has_blocks(text);
    let text = blocks::html(text, shared.reusable, remarks);
    let shown = Shown {
        media: shared.media,
        own,
    };
    let mut text = shortcode::html(&text, &shown, remarks);
    if !by_blocks {
        text = autop::paragraphs(&text);
    }
    if !check_nesting(&text) {
        return Err(());
    }
    let html = Html::parse_fragment(&text);
    Ok(Simplifier::new(whole, &|_| false).inside(html.root_element()))
}

/// The words of a short text that may hold tags.
pub(crate) fn words(text: &str) -> String {
    if !check_nesting(text) {
        return String::new();
    }
    let html = Html::parse_fragment(text);
    torg_kernel::squeeze(&words_of(html.root_element()))
}
