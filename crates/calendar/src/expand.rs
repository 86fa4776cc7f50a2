//! From patterns to the rows that everything is asked of.

use jiff::civil::Date;
use torg_kernel::{Timestamp, civil_date};
use torg_recurrence::{Occasion, State as Happens};

use crate::filter::plus;
use crate::model::{Event, Spot};
use crate::store::OccasionRow;
use crate::vocabulary::{State, Status};

/// Days back that stay in the table, so that a calendar that is subscribed to keeps what just was.
const BACK: i32 = 31;
/// Days ahead, two years: patterns without end stop there and go on as time does.
const AHEAD: i32 = 731;
/// The most occasions of one event within these days: daily for two years, and some.
pub const MOST_OCCASIONS: usize = 1_000;
/// Without a told end an occasion counts as this long, so that it stays in the list while people come.
const UNTOLD: i64 = 3_600;

/// The days that the table of occasions holds, seen from an instant.
#[must_use]
pub fn window(now: Timestamp) -> (Date, Date) {
    let today = civil_date(now);
    (plus(today, -BACK), plus(today, AHEAD))
}

/// How one occasion stands, the whole event's standing first.
fn status(event: &Event, occasion: &Occasion) -> Status {
    let data = &event.data;
    if data.status.is_off() {
        return data.status;
    }
    match occasion.state {
        Happens::Cancelled => Status::Cancelled,
        _ if data.full.contains(&occasion.of) => Status::SoldOut,
        Happens::Moved => Status::Moved,
        Happens::Planned => data.status,
    }
}

/// The rows of an event, none for one in the trash. What is more than [`MOST_OCCASIONS`] is left out:
/// checks keep that from being saved, but days pass and rules are long.
#[must_use]
pub fn expand(
    event: &Event,
    now: Timestamp,
    spot: Option<Spot>,
    area: Option<&str>,
) -> Vec<OccasionRow> {
    if event.state == State::Trash {
        return Vec::new();
    }
    let (from, to) = window(now);
    let pattern = &event.data.pattern;
    let mut last = to;
    // Halving the days finds a part that fits; it happens only to what a newer version let in.
    let occasions = loop {
        match pattern.occasions(from, last, MOST_OCCASIONS) {
            Ok(occasions) => break occasions,
            Err(_) => {
                let days = (last - from).get_days() / 2;
                if days < 1 {
                    break Vec::new();
                }
                last = plus(from, days);
            }
        }
    };
    occasions
        .into_iter()
        .map(|occasion| row(event, occasion, spot, area))
        .collect()
}

fn row(event: &Event, occasion: Occasion, spot: Option<Spot>, area: Option<&str>) -> OccasionRow {
    let status = status(event, &occasion);
    let elsewhere = occasion.place.is_some();
    let ends_at = if occasion.ends_at > occasion.begins_at {
        occasion.ends_at
    } else {
        occasion.begins_at.plus_seconds(UNTOLD)
    };
    OccasionRow {
        event: event.id,
        of: occasion.of,
        start: occasion.start,
        end: occasion.end,
        begins_at: occasion.begins_at,
        ends_at,
        all_day: event.data.pattern.all_day,
        status,
        note: occasion.note,
        instead: occasion.place,
        // Nobody shall be led to where it is not.
        spot: spot.filter(|_| !elsewhere),
        area: area.filter(|_| !elsewhere).map(str::to_owned),
        left: None,
    }
}
