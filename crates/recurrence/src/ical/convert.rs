//! One VEVENT into an entry, and changed occasions into their events.

use std::collections::HashMap;

use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use torg_kernel::{Message, Timestamp};

use super::line::{Line, list, unescape};
use super::moment::{self, Moment};
use super::read::{Event, Reading, Zones};
use super::{Entry, Status};
use crate::fault::Fault;
use crate::pattern::{Change, Pattern};
use crate::rule::Rule;

/// The longest text that a property may have, in octets.
const MOST_TEXT: usize = 100_000;

/// What a VEVENT was: an event, or one occasion of another.
pub struct Part {
    entry: Entry,
    of: Option<Moment>,
}

/// Makes an entry of one VEVENT; `None` when anything in it is wrong, which is told.
pub fn convert(event: Event<'_>, zones: &Zones, reading: &mut Reading) -> Option<Part> {
    let before = reading.errors.len();
    let full = before >= super::MOST_ERRORS;
    let mut making = Making {
        zones,
        reading,
        line: event.line,
        wrong: event.spoiled,
        entry: Entry {
            line: event.line,
            ..Entry::new("", "", Pattern::once(DateTime::ZERO, 0))
        },
        start: None,
        end: None,
        length: None,
        of: None,
        stamped: None,
        changed: None,
        rules: Vec::new(),
        lists: Vec::new(),
        places: event
            .lines
            .iter()
            .map(|line| (line.name.clone(), line.number))
            .collect(),
    };
    for line in &event.lines {
        making.property(line);
    }
    let part = making.finish();
    debug_assert!(part.is_some() || full || event.spoiled || reading.errors.len() > before);
    part
}

struct Making<'a, 'r> {
    zones: &'a Zones,
    reading: &'r mut Reading,
    line: usize,
    wrong: bool,
    entry: Entry,
    start: Option<(usize, Moment)>,
    end: Option<(usize, Moment)>,
    length: Option<i64>,
    of: Option<Moment>,
    stamped: Option<Timestamp>,
    changed: Option<Timestamp>,
    /// Rules are read last, since their UNTIL is in the zone of the start.
    rules: Vec<(usize, String)>,
    /// RDATE and EXDATE with their lines.
    lists: Vec<(usize, bool, Vec<Moment>)>,
    /// Where each property stands.
    places: Vec<(String, usize)>,
}

impl Making<'_, '_> {
    fn fail(&mut self, line: usize, property: &str, message: Message) {
        self.wrong = true;
        self.reading.wrong(line, property, message);
    }

    /// The line of a property, or else of the event.
    fn line_of(&self, property: &str) -> usize {
        let found = self.places.iter().find(|(name, _)| name == property);
        found.map_or(self.line, |(_, line)| *line)
    }

    fn property(&mut self, line: &Line<'_>) {
        if line.value.len() > MOST_TEXT {
            let message = Message::new("ical-long-text").with("most", MOST_TEXT);
            return self.fail(line.number, &line.name, message);
        }
        let text = || unescape(&line.value);
        match line.name.as_str() {
            "UID" => self.entry.uid = text().trim().to_owned(),
            "SUMMARY" => self.entry.summary = text(),
            "DESCRIPTION" => self.entry.description = text(),
            "LOCATION" => self.entry.location = text(),
            "URL" => line.value.trim().clone_into(&mut self.entry.url),
            "CATEGORIES" => self.entry.categories.extend(
                list(&line.value)
                    .into_iter()
                    .map(|word| word.trim().to_owned())
                    .filter(|word| !word.is_empty()),
            ),
            "ORGANIZER" => {
                self.entry.organiser = line
                    .parameter("CN")
                    .map(str::to_owned)
                    .filter(|name| !name.is_empty())
            }
            "IMAGE" | "ATTACH" => {
                let image = line.name == "IMAGE"
                    || line
                        .parameter("FMTTYPE")
                        .is_some_and(|kind| kind.starts_with("image/"));
                let address = line.value.trim();
                if image && address.starts_with("http") {
                    self.entry.image = Some(address.to_owned());
                }
            }
            "GEO" => self.position(line),
            "STATUS" => self.status(line),
            "SEQUENCE" => match line.value.trim().parse() {
                Ok(sequence) if sequence >= 0 => self.entry.sequence = sequence,
                _ => self.not_read(line),
            },
            "DTSTAMP" => self.stamped = self.instant(line),
            "LAST-MODIFIED" => self.changed = self.instant(line),
            "CREATED" => self.entry.created_at = self.instant(line),
            "DTSTART" => self.start = self.moment(line).map(|at| (line.number, at)),
            "DTEND" => self.end = self.moment(line).map(|at| (line.number, at)),
            "DURATION" => match moment::duration(&line.value) {
                Some(minutes) => self.length = Some(minutes),
                None => self.not_read(line),
            },
            "RECURRENCE-ID" => self.occasion(line),
            "RRULE" => self.rules.push((line.number, line.value.to_string())),
            "RDATE" => self.dates(line, false),
            "EXDATE" => self.dates(line, true),
            "EXRULE" => self.fail(line.number, "EXRULE", Message::new("ical-exrule")),
            _ => {}
        }
    }

    fn not_read(&mut self, line: &Line<'_>) {
        let value: String = line.value.chars().take(60).collect();
        self.fail(
            line.number,
            &line.name,
            Message::new("ical-value").with("value", value),
        );
    }

    fn position(&mut self, line: &Line<'_>) {
        let read = line.value.split_once([';', ',']).and_then(|(lat, lon)| {
            let (lat, lon): (f64, f64) = (lat.trim().parse().ok()?, lon.trim().parse().ok()?);
            ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
        });
        match read {
            // What programs write that know no place.
            Some((0.0, 0.0)) => {}
            Some(position) => self.entry.position = Some(position),
            None => self.not_read(line),
        }
    }

    fn status(&mut self, line: &Line<'_>) {
        self.entry.status = match line.value.trim().to_ascii_uppercase().as_str() {
            "CONFIRMED" => Status::Confirmed,
            "TENTATIVE" => Status::Tentative,
            "CANCELLED" | "CANCELED" => Status::Cancelled,
            _ => return self.not_read(line),
        };
    }

    fn moment(&mut self, line: &Line<'_>) -> Option<Moment> {
        let mut moments = self.moments(line)?;
        if moments.len() == 1 {
            return moments.pop();
        }
        self.not_read(line);
        None
    }

    fn moments(&mut self, line: &Line<'_>) -> Option<Vec<Moment>> {
        match moment::read(line, self.zones) {
            Ok(moments) => Some(moments),
            Err(message) => {
                self.fail(line.number, &line.name, message);
                None
            }
        }
    }

    fn instant(&mut self, line: &Line<'_>) -> Option<Timestamp> {
        let at = self.moment(line)?;
        let zone = TimeZone::get(&at.zone).ok()?;
        let at = zone.to_timestamp(at.at).ok()?;
        Some(Timestamp::from_micros(at.as_microsecond()))
    }

    fn occasion(&mut self, line: &Line<'_>) {
        if line.parameter("RANGE").is_some() {
            return self.fail(line.number, &line.name, Message::new("ical-range"));
        }
        self.of = self.moment(line);
    }

    fn dates(&mut self, line: &Line<'_>, except: bool) {
        if line
            .parameter("VALUE")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("PERIOD"))
        {
            self.reading
                .note(line.number, &line.name, Message::new("ical-period"));
        }
        if let Some(moments) = self.moments(line) {
            self.lists.push((line.number, except, moments));
        }
    }

    fn finish(mut self) -> Option<Part> {
        if self.entry.uid.is_empty() {
            self.fail(
                self.line,
                "UID",
                Message::new("ical-missing").with("property", "UID"),
            );
        }
        let Some((line, start)) = self.start.take() else {
            if !self.wrong {
                self.fail(
                    self.line,
                    "DTSTART",
                    Message::new("ical-missing").with("property", "DTSTART"),
                );
            }
            return None;
        };
        // A whole day has no zone of its own; a start in UTC that does not come again is said in
        // the clock of the city.
        let again = !self.rules.is_empty() || self.lists.iter().any(|(_, except, _)| !except);
        let zone = match () {
            () if !start.timed => self.zones.floating.clone(),
            () if start.utc && !again && self.of.is_none() => self.zones.floating.clone(),
            () => start.zone.clone(),
        };
        let Ok(tables) = TimeZone::get(&zone) else {
            self.fail(line, "DTSTART", Fault::Zone(zone).message());
            return None;
        };
        let start_at = start.in_zone(&tables);
        self.entry.pattern = Pattern {
            zone,
            all_day: !start.timed,
            ..Pattern::once(start_at, 0)
        };
        self.entry.pattern.minutes = self.minutes(&start, start_at, &tables);
        self.read_lists(start_at, &tables);
        self.read_rules(&tables);
        self.check();
        self.entry.changed_at = self.changed.or(self.stamped).unwrap_or_default();
        (!self.wrong).then_some(Part {
            entry: self.entry,
            of: self.of,
        })
    }

    /// The length: by the end, by DURATION, or a day for a whole day and nothing for a time.
    fn minutes(&mut self, start: &Moment, start_at: DateTime, zone: &TimeZone) -> u32 {
        let untold = if start.timed { 0 } else { 24 * 60 };
        let minutes = match (self.end.take(), self.length) {
            (Some((at, end)), _) if end.timed != start.timed => {
                self.fail(at, "DTEND", Message::new("ical-end-kind"));
                return untold;
            }
            (Some((_, end)), _) => {
                let length = end.in_zone(zone).duration_since(start_at).as_secs();
                // An end equal to the start is what many programs write for one whole day.
                if length == 0 {
                    i64::from(untold)
                } else {
                    length / 60
                }
            }
            (None, Some(minutes)) => minutes,
            (None, None) => i64::from(untold),
        };
        u32::try_from(minutes).unwrap_or_else(|_| {
            let property = if self.length.is_some() {
                "DURATION"
            } else {
                "DTEND"
            };
            let message = if minutes < 0 {
                Message::new("ical-end-before-start")
            } else {
                Fault::Long.message()
            };
            self.fail(self.line_of(property), property, message);
            untold
        })
    }

    fn read_lists(&mut self, start: DateTime, zone: &TimeZone) {
        for (line, except, moments) in std::mem::take(&mut self.lists) {
            for moment in moments {
                let at = match (self.entry.pattern.all_day, moment.timed) {
                    (true, _) => moment.in_zone(zone).date().to_datetime(Time::midnight()),
                    (false, true) => moment.in_zone(zone),
                    // A day alone means the occasion of that day.
                    (false, false) => moment.at.date().to_datetime(start.time()),
                };
                let pattern = &mut self.entry.pattern;
                if except {
                    pattern.except.push(at)
                } else {
                    pattern.dates.push(at)
                }
            }
            let most = crate::MOST_CHANGES;
            if self
                .entry
                .pattern
                .dates
                .len()
                .max(self.entry.pattern.except.len())
                > most
            {
                let property = if except { "EXDATE" } else { "RDATE" };
                return self.fail(line, property, Fault::ManyDates.message());
            }
        }
    }

    fn read_rules(&mut self, zone: &TimeZone) {
        for (line, text) in std::mem::take(&mut self.rules) {
            let all_day = self.entry.pattern.all_day;
            let start = self.entry.pattern.start;
            let rule = Rule::read(&text, |until, utc, timed| {
                Some(match (all_day, utc, timed) {
                    (true, ..) => until.date().to_datetime(Time::midnight()),
                    (false, true, _) => Offset::UTC
                        .to_timestamp(until)
                        .ok()?
                        .to_zoned(zone.clone())
                        .datetime(),
                    (false, false, true) => until,
                    // A day alone: the occasion of that day is the last.
                    (false, false, false) => until.date().to_datetime(start.time()),
                })
            });
            match rule {
                Ok(rule) => {
                    let mut faults = Vec::new();
                    rule.check(&mut faults);
                    self.entry.pattern.rules.push(rule);
                    self.faults(line, "RRULE", &faults);
                }
                Err(faults) => self.faults(line, "RRULE", &faults),
            }
        }
    }

    fn faults(&mut self, line: usize, property: &str, faults: &[Fault]) {
        for fault in faults {
            self.fail(line, property, fault.message());
        }
    }

    fn check(&mut self) {
        if self.wrong {
            return;
        }
        let pattern = std::mem::replace(&mut self.entry.pattern, Pattern::once(DateTime::ZERO, 0));
        self.entry.pattern = pattern.canonical();
        if let Err(faults) = self.entry.pattern.check() {
            for fault in faults {
                let property = match fault {
                    Fault::Long => "DTEND",
                    Fault::EndsBeforeStart | Fault::Never | Fault::ManyRules => "RRULE",
                    Fault::ManyDates => "EXDATE",
                    Fault::Change => "RDATE",
                    _ => "DTSTART",
                };
                self.fail(self.line_of(property), property, fault.message());
            }
        }
    }
}

/// Puts events and their changed occasions together, in the order of the file. Of an event that
/// stands twice the one with the highest SEQUENCE counts, the later of equals.
pub fn join(parts: Vec<Part>, reading: &mut Reading) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut by_uid: HashMap<String, usize> = HashMap::new();
    let mut changed = Vec::new();
    for part in parts {
        match (&part.of, by_uid.get(&part.entry.uid)) {
            (Some(_), _) => changed.push(part),
            (None, None) => {
                by_uid.insert(part.entry.uid.clone(), entries.len());
                entries.push(part.entry);
            }
            (None, Some(at)) => {
                let message = Message::new("ical-double").with("uid", &part.entry.uid);
                reading.note(part.entry.line, "UID", message);
                if part.entry.sequence >= entries[*at].sequence {
                    entries[*at] = part.entry;
                }
            }
        }
    }
    for part in changed {
        let Some(of) = part.of else { continue };
        match by_uid.get(&part.entry.uid) {
            Some(at) if entries[*at].pattern.repeats() => {
                change(&mut entries[*at], &part.entry, &of)
            }
            // The series is in another file: what is here is one event by itself.
            _ => {
                let mut entry = part.entry;
                entry.uid = format!("{}-{}", entry.uid, crate::rule_text::basic(of.at));
                by_uid.insert(entry.uid.clone(), entries.len());
                entries.push(entry);
            }
        }
    }
    for entry in &mut entries {
        let pattern = std::mem::replace(&mut entry.pattern, Pattern::once(DateTime::ZERO, 0));
        entry.pattern = pattern.canonical();
    }
    reading.calendar.entries = entries;
}

/// Lays a changed occasion into its series.
fn change(series: &mut Entry, occasion: &Entry, of: &Moment) {
    let pattern = &series.pattern;
    let (Some(zone), Some(own)) = (pattern.time_zone(), occasion.pattern.time_zone()) else {
        return;
    };
    let of = match (pattern.all_day, of.timed) {
        (true, _) => of.at.date().to_datetime(Time::midnight()),
        (false, true) => of.in_zone(&zone),
        (false, false) => of.at.date().to_datetime(pattern.start.time()),
    };
    let start = occasion.pattern.start;
    let to = if pattern.all_day || occasion.pattern.zone == pattern.zone {
        start
    } else {
        own.to_timestamp(start)
            .map_or(start, |at| at.to_zoned(zone).datetime())
    };
    let minutes = occasion.pattern.minutes;
    // What else is different is told in words.
    let mut note = String::new();
    if occasion.summary != series.summary && !occasion.summary.is_empty() {
        note.clone_from(&occasion.summary);
    }
    if let Some(said) = occasion.description.strip_suffix(&series.description)
        && !said.trim().is_empty()
    {
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(said.trim());
    }
    let place = (occasion.location != series.location && !occasion.location.is_empty())
        .then(|| occasion.location.clone());
    let change = Change {
        of,
        to: (to != of).then_some(to),
        minutes: (minutes != pattern.minutes).then_some(minutes),
        cancelled: occasion.status == Status::Cancelled,
        note,
        place,
    };
    series.sequence = series.sequence.max(occasion.sequence);
    series.pattern.changes.push(change);
}
