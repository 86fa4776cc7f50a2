//! Open or closed, and until when.

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use torg_kernel::{Timestamp, civil_date, zone};

use super::schedule::Plan;
use super::span::{DAY, State, clock};

/// How many days ahead an opening is looked for.
const AHEAD: usize = 400;
/// A state that does not change for so many days counts as one that never does.
const ALWAYS: usize = 8;

/// The answer at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// What one meets; `None` when it is closed.
    pub state: Option<State>,
    /// When that changes; `None` when it does not within a week, or no opening is planned within
    /// 400 days.
    pub until: Option<Timestamp>,
    /// What comes then.
    pub then: Option<State>,
}

/// When the next day begins in the city.
#[must_use]
pub fn next_midnight(now: Timestamp) -> Timestamp {
    instant(&zone(), civil_date(now), DAY)
}

/// The first instant when the clocks show that time of that day, or a later one.
pub(super) fn instant(zone: &TimeZone, date: Date, minutes: u16) -> Timestamp {
    let mut day = date;
    for _ in 0..minutes / DAY {
        day = day.tomorrow().unwrap_or(day);
    }
    let ambiguous = zone.to_ambiguous_timestamp(day.to_datetime(clock(minutes)));
    let Ok(mut at) = ambiguous.compatible() else {
        return Timestamp::default();
    };
    if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
        // The clocks jump over this time; it is reached when they jump.
        let after = at
            .saturating_add(jiff::SignedDuration::from_secs(1))
            .unwrap_or(at);
        at = zone
            .preceding(after)
            .next()
            .map_or(at, |jump| jump.timestamp());
    }
    Timestamp::from_micros(at.as_microsecond())
}

/// A span on a day, as instants.
struct Piece {
    from: Timestamp,
    to: Timestamp,
    state: State,
}

/// What one meets at an instant: where two pieces lie over each other, what began last.
fn state_at(pieces: &[Piece], at: Timestamp) -> Option<State> {
    pieces
        .iter()
        .filter(|piece| piece.from <= at && at < piece.to)
        .max_by_key(|piece| piece.from)
        .map(|piece| piece.state)
}

impl Plan<'_> {
    fn pieces(self, zone: &TimeZone, day: Date, pieces: &mut Vec<Piece>) {
        for span in &*self.on(day).spans {
            let from = instant(zone, day, span.from());
            let to = instant(zone, day, span.to());
            // Nothing is left of a span within the hour that the clocks jump over.
            if from < to {
                let state = span.state();
                pieces.push(Piece { from, to, state });
            }
        }
    }

    /// What one meets at `now`, and when that changes.
    #[must_use]
    pub fn status(self, now: Timestamp) -> Status {
        let zone = zone();
        let mut day = civil_date(now);
        let mut pieces = Vec::new();
        self.pieces(&zone, day.yesterday().unwrap_or(day), &mut pieces);
        self.pieces(&zone, day, &mut pieces);
        let state = state_at(&pieces, now);
        for ahead in 0..AHEAD {
            // What begins after this is not known yet.
            let horizon = instant(&zone, day, DAY);
            let edges = pieces.iter().flat_map(|piece| [piece.from, piece.to]);
            let mut edges: Vec<Timestamp> = edges.filter(|at| *at > now && *at < horizon).collect();
            edges.sort_unstable();
            for at in edges {
                let then = state_at(&pieces, at);
                if then != state {
                    let until = Some(at);
                    return Status { state, until, then };
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            if state.is_some() && ahead > ALWAYS {
                break;
            }
            pieces.retain(|piece| piece.to >= horizon);
            day = next;
            self.pieces(&zone, day, &mut pieces);
        }
        Status {
            state,
            until: None,
            then: None,
        }
    }
}
