//! Lists: which lines are items, and how deep each lies.

use super::lines::{Line, Marker, marker};
use super::run_of;
use crate::markdown::LIST_DEPTH;
use crate::raw::{RawContent, RawItem};

/// For each line its marker, when it is an item of a list. A bullet always is; dashes and numbers
/// only where another item goes on from them, since "– Ja, säger hon" and "1. Inledning" are not,
/// or right after words that lead into a list.
pub(super) fn markers(lines: &[Line]) -> Vec<Option<Marker>> {
    let bare: Vec<Option<Marker>> = lines
        .iter()
        .map(|line| marker(&line.text).map(|(marker, _)| marker))
        .collect();
    let mut good: Vec<Option<Marker>> = bare
        .iter()
        .map(|marker| marker.filter(|marker| *marker == Marker::Bullet))
        .collect();
    for at in 0..lines.len() {
        let Some(this) = bare[at] else { continue };
        if this == Marker::Bullet {
            continue;
        }
        if let Some(next) = next_of(lines, &bare, at, this) {
            good[at] = Some(this);
            good[next] = bare[next];
        }
        let lead = lines[..at].iter().rev().find(|line| !line.is_blank());
        if matches!(this, Marker::Dash(_)) && lead.is_some_and(|line| line.text.ends_with(':')) {
            good[at] = Some(this);
        }
    }
    good
}

/// The item that goes on from this one: with other items between, or the rest of its own words.
fn next_of(lines: &[Line], bare: &[Option<Marker>], at: usize, this: Marker) -> Option<usize> {
    let mut blank = false;
    // Far enough for a long item, near enough to stay linear.
    for next in at + 1..lines.len().min(at + 60) {
        if lines[next].is_blank() {
            blank = true;
        } else if let Some(other) = bare[next] {
            if this.goes_on(other) && lines[next].indent.abs_diff(lines[at].indent) <= 1 {
                return Some(next);
            }
            blank = false;
        } else if blank && lines[next].indent <= lines[at].indent {
            return None;
        }
    }
    None
}

/// An item as it was found.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) line: u32,
    pub(super) indent: usize,
    pub(super) ordered: bool,
    pub(super) text: String,
}

/// Nests the items by their indentation.
pub(super) fn nest(items: Vec<Item>) -> RawContent {
    let ordered = items.first().is_some_and(|item| item.ordered);
    let mut root = RawItem {
        ordered,
        ..RawItem::default()
    };
    let mut levels: Vec<usize> = Vec::new();
    for item in items {
        while levels.last().is_some_and(|indent| item.indent < *indent) {
            levels.pop();
        }
        if levels.last().is_none_or(|indent| item.indent > *indent) && levels.len() < LIST_DEPTH {
            levels.push(item.indent);
        }
        let mut parent = &mut root;
        for _ in 1..levels.len() {
            if parent.items.is_empty() {
                break;
            }
            let last = parent.items.len() - 1;
            parent = &mut parent.items[last];
        }
        if parent.items.is_empty() {
            parent.ordered = item.ordered;
        }
        parent.items.push(RawItem {
            text: run_of(&item.text, item.line),
            ..RawItem::default()
        });
    }
    RawContent::List {
        ordered,
        items: root.items,
    }
}
