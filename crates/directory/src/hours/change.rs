//! One change of hours for many units: what becomes of a plan, and how it is taken back. Pure.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_almanac::Almanac;
use uuid::Uuid;

use super::cell::Cell;
use super::schedule::{Exception, Hours};
use super::span::Span;
use crate::model::Words;

/// What is to hold on some days, whatever the plans say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What is to hold; never empty.
    pub what: Cell,
    /// Why.
    pub note: Words,
}

/// Days in a row of one order at most.
pub(crate) const LONGEST: i32 = 100;

/// Each day from one to another, both included.
fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    let next = |day: &Date| day.tomorrow().ok();
    std::iter::successors(Some(first), next).take_while(move |day| *day <= last)
}

/// Parts of exceptions outside some days, and those within them.
fn cut(exceptions: Vec<Exception>, first: Date, last: Date) -> (Vec<Exception>, Vec<Exception>) {
    let (mut outside, mut within) = (Vec::new(), Vec::new());
    for own in exceptions {
        let part = |from: Date, to: Date| Exception {
            date: from,
            to: (from != to).then_some(to),
            ..own.clone()
        };
        let (from, to) = (own.date, own.last());
        if to < first || last < from {
            outside.push(own);
            continue;
        }
        if let Some(before) = first.yesterday().ok().filter(|before| from <= *before) {
            outside.push(part(from, before));
        }
        if let Some(after) = last.tomorrow().ok().filter(|after| *after <= to) {
            outside.push(part(after, to));
        }
        within.push(part(from.max(first), to.min(last)));
    }
    (outside, within)
}

impl Order {
    /// What it means for a plan: the exceptions that it brings.
    fn exceptions(&self, hours: &Hours, almanac: &Almanac, change: Uuid) -> Vec<Exception> {
        let own = |date: Date, to: Option<Date>, spans: Vec<Span>, as_usual: bool| Exception {
            date,
            to,
            spans,
            as_usual,
            note: self.note.clone(),
            change: Some(change),
        };
        let to = Some(self.last).filter(|last| *last != self.first);
        let end = match &self.what {
            Cell::Empty | Cell::Closed => return vec![own(self.first, to, Vec::new(), false)],
            Cell::AsUsual => return vec![own(self.first, to, Vec::new(), true)],
            Cell::Spans(spans) => return vec![own(self.first, to, spans.clone(), false)],
            Cell::Until(end) => *end,
        };
        let mut exceptions: Vec<Exception> = Vec::new();
        for date in days(self.first, self.last) {
            let before = hours.with(almanac).on(date).spans.into_owned();
            let after: Vec<Span> = before.iter().filter_map(|span| span.until(end)).collect();
            // What closes earlier anyway is left as it is.
            if after == before {
                continue;
            }
            match exceptions.last_mut() {
                Some(run) if run.last().tomorrow().ok() == Some(date) && run.spans == after => {
                    run.to = Some(date);
                }
                _ => exceptions.push(own(date, None, after, false)),
            }
        }
        exceptions
    }

    /// The plan with the order carried out, and the exceptions that it takes the place of; `None` when
    /// nothing would change.
    pub(crate) fn apply(
        &self,
        hours: &Hours,
        almanac: &Almanac,
        change: Uuid,
    ) -> Option<(Hours, Vec<Exception>)> {
        let mut after = hours.clone();
        let mut replaced = Vec::new();
        let brought = self.exceptions(hours, almanac, change);
        if brought.is_empty() {
            return None;
        }
        for own in brought {
            let (outside, within) = cut(after.exceptions, own.date, own.last());
            after.exceptions = outside;
            replaced.extend(within);
            after.exceptions.push(own);
        }
        after.tidy();
        let (one, other) = (hours.with(almanac), after.with(almanac));
        // The same hours for another reason are a change too: somebody has thought of the day.
        let same = |date: Date| {
            let (one, other) = (one.on(date), other.on(date));
            let settled = !matches!(one.by, super::By::Week | super::By::Turn(_));
            one.spans == other.spans && settled
        };
        (!days(self.first, self.last).all(same)).then_some((after, replaced))
    }
}

/// The plan with a change taken back from a day on. What it took the place of comes back, where nobody
/// has written anything else since. `None` when nothing of the change is left.
pub(crate) fn take_back(
    hours: &Hours,
    change: Uuid,
    replaced: &[Exception],
    from: Date,
) -> Option<Hours> {
    let (own, others): (Vec<_>, Vec<_>) = hours
        .exceptions
        .iter()
        .cloned()
        .partition(|other| other.change == Some(change));
    let (past, gone) = cut(own, from, Date::MAX);
    if gone.is_empty() {
        return None;
    }
    let mut after = hours.clone();
    after.exceptions = others;
    after.exceptions.extend(past);
    let (_, back) = cut(replaced.to_vec(), from, Date::MAX);
    for own in back {
        let over = |other: &Exception| other.date <= own.last() && own.date <= other.last();
        if !after.exceptions.iter().any(over) {
            after.exceptions.push(own);
        }
    }
    after.tidy();
    Some(after)
}

/// What a change did, as it is kept for taking it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Done {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What was to hold, as it was written.
    pub what: String,
    /// Why.
    pub note: Words,
    /// The units, each with what the change took the place of.
    pub units: Vec<DoneUnit>,
}

/// What a change did to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DoneUnit {
    /// Which unit.
    pub unit: torg_kernel::UnitId,
    /// What it took the place of.
    pub replaced: Vec<Exception>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn hours(json: &str) -> Hours {
        let mut hours: Hours = serde_json::from_str(json).expect("the test's own JSON");
        hours.tidy();
        hours
    }

    fn order(first: Date, last: Date, what: &str) -> Order {
        Order {
            first,
            last,
            what: Cell::read(what).expect("understood"),
            note: Words::default(),
        }
    }

    fn on(hours: &Hours, date: Date) -> Vec<String> {
        let almanac = Almanac::default();
        let spans = hours.with(&almanac).on(date).spans;
        spans.iter().map(ToString::to_string).collect()
    }

    const LIBRARY: &str = r#"{"weekly":{"tue":["10:00-19:00"],"wed":["10:00-14:00","16:00-20:00"]},
        "days":[{"on":"christmas_eve","spans":[]}],
        "exceptions":[{"date":"2026-12-21","to":"2026-12-23","spans":["08:00-20:00"]},{"date":"2026-12-30","spans":["12:00-13:00"]}]}"#;

    #[test]
    fn all_close_at_three_and_open_again_when_it_is_taken_back() {
        let (almanac, change) = (Almanac::default(), Uuid::from_u128(1));
        let before = hours(LIBRARY);
        let close = order(date(2026, 12, 22), date(2026, 12, 24), "till 15");
        let (after, replaced) = close.apply(&before, &almanac, change).expect("a change");
        assert_eq!(on(&after, date(2026, 12, 21)), ["08:00-20:00"]);
        assert_eq!(on(&after, date(2026, 12, 22)), ["08:00-15:00"]);
        assert_eq!(on(&after, date(2026, 12, 23)), ["08:00-15:00"]);
        assert!(
            on(&after, date(2026, 12, 24)).is_empty(),
            "closed before and after"
        );
        assert_eq!(after.exceptions.len(), 3, "two days in one");
        assert!(after.faults().is_empty());
        let back = take_back(&after, change, &replaced, date(2026, 12, 1)).expect("undone");
        for day in days(date(2026, 12, 20), date(2026, 12, 31)) {
            assert_eq!(on(&back, day), on(&before, day), "{day}");
        }
        let ended = take_back(&after, change, &replaced, date(2026, 12, 23)).expect("ended");
        assert_eq!(
            on(&ended, date(2026, 12, 22)),
            ["08:00-15:00"],
            "that day is past"
        );
        assert_eq!(on(&ended, date(2026, 12, 23)), ["08:00-20:00"]);
        assert_eq!(take_back(&back, change, &replaced, date(2026, 12, 1)), None);
        assert_eq!(
            take_back(&ended, change, &replaced, date(2026, 12, 23)),
            None
        );
    }

    #[test]
    fn what_somebody_wrote_since_stays() {
        let (almanac, change) = (Almanac::default(), Uuid::from_u128(1));
        let before = hours(LIBRARY);
        let close = order(date(2026, 12, 30), date(2026, 12, 30), "stängt");
        let (mut after, replaced) = close.apply(&before, &almanac, change).expect("a change");
        assert!(on(&after, date(2026, 12, 30)).is_empty());
        assert_eq!(replaced.len(), 1);
        let mut own = hours(r#"{"exceptions":[{"date":"2026-12-30","spans":["09:00-10:00"]}]}"#);
        after.exceptions.retain(|other| other.change.is_none());
        after.exceptions.append(&mut own.exceptions);
        assert_eq!(
            take_back(&after, change, &replaced, date(2026, 12, 1)),
            None
        );
        assert_eq!(on(&after, date(2026, 12, 30)), ["09:00-10:00"]);
    }

    #[test]
    fn nothing_is_done_where_nothing_changes() {
        let (almanac, change) = (Almanac::default(), Uuid::from_u128(1));
        let plan = hours(LIBRARY);
        let none = |order: Order| order.apply(&plan, &almanac, change).is_none();
        assert!(none(order(
            date(2026, 12, 24),
            date(2026, 12, 24),
            "stängt"
        )));
        assert!(none(order(date(2026, 12, 1), date(2026, 12, 1), "till 20")));
        // An ordinary day that is confirmed is a change: the plan said nothing of it.
        assert!(!none(order(
            date(2026, 12, 1),
            date(2026, 12, 1),
            "som vanligt"
        )));
        let spans = order(date(2026, 12, 1), date(2026, 12, 2), "12-14 självservice");
        let (after, _) = spans.apply(&plan, &almanac, change).expect("a change");
        assert_eq!(on(&after, date(2026, 12, 2)), ["12:00-14:00 self_service"]);
    }
}
