//! Tables: header, caption, width.

use torg_kernel::{Block, BlockContent, Cell, Inline};

use crate::check::{Check, Place, Told};
use crate::{Limit, Rule};

fn says_something(cell: &Cell) -> bool {
    let facts = cell
        .text
        .iter()
        .any(|run| matches!(run, Inline::Fact { .. }));
    facts || Inline::plain(&cell.text).contains(char::is_alphanumeric)
}

pub(crate) fn look(check: &mut Check<'_>, block: &Block) {
    let BlockContent::Table {
        caption,
        header,
        rows,
    } = &block.content
    else {
        return;
    };
    let place = Place::Block(block.id);
    let columns = rows
        .iter()
        .map(Vec::len)
        .max()
        .unwrap_or(0)
        .max(header.len());
    // The corner over a column of names may be empty; a column of one has no corner.
    let corner = usize::from(columns > 1);
    let named = header.len() >= columns && header.iter().skip(corner).all(says_something);
    if columns > 0 && !named {
        let shown = caption.clone().unwrap_or_default();
        check.found(Rule::TableHeader, place, || Told::excerpt(shown));
    }
    if caption
        .as_deref()
        .is_none_or(|words| words.trim().is_empty())
    {
        let named = header.iter().map(|cell| Inline::plain(&cell.text));
        let named: Vec<String> = named.filter(|words| !words.trim().is_empty()).collect();
        let shown = named.join(", ");
        check.found(Rule::TableCaption, place, || Told::excerpt(shown));
    }
    let (columns, most) = (
        u32::try_from(columns).unwrap_or(u32::MAX),
        check.limit(Limit::Columns),
    );
    if columns > most {
        let told = || {
            Told::excerpt(caption.clone().unwrap_or_default())
                .with("columns", columns)
                .with("most", most)
        };
        check.found(Rule::TableWide, place, told);
    }
}
