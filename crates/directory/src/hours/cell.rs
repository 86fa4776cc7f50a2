//! The hours of a day as people write them in a form: “10–14, 18–22 självservice”, “stängt”, “till 13”,
//! “som vanligt”, “dygnet runt”.

use super::span::{DAY, Span, minutes};

/// What was written in a field for hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Closed.
    Closed,
    /// As usual.
    AsUsual,
    /// As usual, but not longer than to so many minutes after midnight.
    Until(u16),
    /// These hours.
    Spans(Vec<Span>),
}

impl Cell {
    /// Reads a field in Swedish or English; `None` when it cannot be understood.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        match text.as_str() {
            "" => return Some(Self::Empty),
            "stängt" | "stängd" | "stänger" | "closed" => return Some(Self::Closed),
            "som vanligt" | "vanligt" | "as usual" | "usual" => return Some(Self::AsUsual),
            _ => {}
        }
        let until = ["till ", "stänger ", "until ", "closes at ", "closes "];
        if let Some(rest) = until.iter().find_map(|word| text.strip_prefix(word)) {
            let rest = rest.trim();
            let rest = rest
                .strip_prefix("kl.")
                .or_else(|| rest.strip_prefix("kl "))
                .unwrap_or(rest);
            return minutes(rest).filter(|end| *end > 0).map(Self::Until);
        }
        let text = text.replace(" och ", ",").replace(" and ", ",");
        let spans: Option<Vec<Span>> = text
            .split([',', ';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(one)
            .collect();
        spans.filter(|spans| !spans.is_empty()).map(Self::Spans)
    }

    /// The hours of a day of a week: nothing written is closed. `None` for what a week cannot say.
    pub(crate) fn spans(self) -> Option<Vec<Span>> {
        match self {
            Self::Empty | Self::Closed => Some(Vec::new()),
            Self::Spans(spans) => Some(spans),
            Self::AsUsual | Self::Until(_) => None,
        }
    }
}

fn one(text: &str) -> Option<Span> {
    for word in ["dygnet runt", "around the clock", "24 h"] {
        if let Some(rest) = text.strip_prefix(word) {
            let state = super::State::parse(rest)?;
            return Some(Span::new(0, DAY)?.with(state));
        }
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::State;

    #[test]
    fn what_people_write_is_understood() {
        let span = |from: u16, to: u16| Span::new(from * 60, to * 60).expect("a span");
        let is = |text: &str, cell: Option<Cell>| assert_eq!(Cell::read(text), cell, "{text}");
        is(" ", Some(Cell::Empty));
        is("Stängt", Some(Cell::Closed));
        is("som vanligt", Some(Cell::AsUsual));
        is("till 13", Some(Cell::Until(780)));
        is("till kl. 13.30", Some(Cell::Until(810)));
        is("closes at 15:00", Some(Cell::Until(900)));
        is(
            "10–12 och 13-16",
            Some(Cell::Spans(vec![span(10, 12), span(13, 16)])),
        );
        is(
            "10–18, 18–22 självservice",
            Some(Cell::Spans(vec![
                span(10, 18),
                span(18, 22).with(State::SelfService),
            ])),
        );
        is(
            "9-11 bara bokade besök",
            Some(Cell::Spans(vec![span(9, 11).with(State::Appointment)])),
        );
        is("dygnet runt", Some(Cell::Spans(vec![span(0, 24)])));
        is(
            "Dygnet runt självservice",
            Some(Cell::Spans(vec![span(0, 24).with(State::SelfService)])),
        );
        for wrong in ["öppet", "10", "10-25", "till sent", "10–12 ibland", ","] {
            is(wrong, None);
        }
    }
}
