//! Tables out of HTML: a header row and rows of the same length.

use scraper::ElementRef;

use crate::html::walk::{Walker, strip_strong};
use crate::note::NoteKind;
use crate::raw::{RawContent, RawInline, RawRun};

/// More columns than this are cut: nobody reads them.
const COLUMNS: usize = 60;
/// The most rows that one cell is repeated over.
const ROW_SPAN: usize = 200;

impl Walker<'_> {
    pub(super) fn table(&mut self, element: ElementRef<'_>, depth: usize) {
        let mut rows: Vec<ElementRef<'_>> = Vec::new();
        let mut caption = None;
        for child in element.child_elements() {
            match child.value().name() {
                "caption" => caption = Some(child),
                "tr" => rows.push(child),
                "thead" | "tbody" | "tfoot" => {
                    rows.extend(child.child_elements().filter(|e| e.value().name() == "tr"));
                }
                _ => {}
            }
        }
        let cells = |row: &ElementRef<'_>| {
            row.child_elements()
                .filter(|cell| matches!(cell.value().name(), "td" | "th"))
                .count()
        };
        let layout = element.value().attr("role") == Some("presentation")
            || rows.iter().map(cells).max().unwrap_or(0) < 2;
        if self.inline > 0 || layout {
            if self.inline > 0 {
                let what = "table".to_owned();
                self.note(None, NoteKind::Flattened { what });
            }
            self.children(*element, depth);
            return;
        }
        let caption = caption
            .map(|caption| RawInline::plain(&self.gather(caption, depth)))
            .filter(|caption| !caption.is_empty());
        let grid = self.grid(&rows, depth);
        self.place_table(caption, grid);
    }

    /// All cells in rows of one length.
    fn grid(&mut self, rows: &[ElementRef<'_>], depth: usize) -> Vec<Vec<RawRun>> {
        let mut grid: Vec<Vec<RawRun>> = Vec::new();
        let mut hanging: Vec<(usize, RawRun)> = Vec::new();
        let mut spanned = false;
        for row in rows {
            let mut line: Vec<RawRun> = Vec::new();
            let mut cells = row
                .child_elements()
                .filter(|cell| matches!(cell.value().name(), "td" | "th"));
            loop {
                let column = line.len();
                if let Some((left, text)) = hanging.get_mut(column)
                    && *left > 0
                {
                    *left -= 1;
                    line.push(text.clone());
                    continue;
                }
                let Some(cell) = cells.next() else {
                    break;
                };
                let span = |key: &str, most: usize| {
                    let value = cell.value().attr(key).and_then(|n| n.trim().parse().ok());
                    value.unwrap_or(1_usize).clamp(1, most)
                };
                let (wide, high) = (span("colspan", COLUMNS), span("rowspan", ROW_SPAN));
                spanned |= wide > 1 || high > 1;
                let text = self.gather(cell, depth + 2);
                for extra in 0..wide {
                    let at = line.len();
                    if hanging.len() <= at {
                        hanging.resize(at + 1, (0, Vec::new()));
                    }
                    let text = if extra == 0 { text.clone() } else { Vec::new() };
                    hanging[at] = (high - 1, text.clone());
                    line.push(text);
                }
            }
            line.truncate(COLUMNS);
            if line.iter().any(|cell| !cell.is_empty()) {
                grid.push(line);
            }
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        for line in &mut grid {
            spanned |= line.len() < width;
            line.resize(width, Vec::new());
        }
        if spanned {
            self.note(None, NoteKind::CellsSpanned {});
        }
        grid
    }

    fn place_table(&mut self, caption: Option<String>, grid: Vec<Vec<RawRun>>) {
        let mut rows = grid.into_iter();
        let Some(mut header) = rows.next() else {
            let what = "table".to_owned();
            self.note(None, NoteKind::EmptyDropped { what });
            return;
        };
        header.iter_mut().for_each(strip_strong);
        self.block(RawContent::Table {
            caption,
            header,
            rows: rows.collect(),
        });
    }
}
