//! Calendars out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use torg_kernel::Timestamp;

use super::line::{escape, fold, quote};
use super::zone_text;
use super::{Calendar, Entry, Status};
use crate::pattern::{Change, Pattern};
use crate::rule_text::{basic, basic_date};

/// Who wrote the file.
const PRODUCT: &str = "-//Torg//Calendar//SV";

/// What stands for the address of somebody whose address is not told.
const NO_MAIL: &str = "invalid:nomail";

/// Octets that an entry mostly takes.
const ENTRY: usize = 900;

/// Writes a calendar: CRLF, lines of at most 75 octets, the zones that its times are in, each entry
/// followed by its changed occasions. The same calendar is the same bytes.
#[must_use]
pub fn write(calendar: &Calendar) -> String {
    let mut out = Out {
        text: String::with_capacity(1_000 + calendar.entries.len() * ENTRY),
        line: String::new(),
    };
    out.plain("BEGIN:VCALENDAR");
    out.plain("VERSION:2.0");
    out.property("PRODID", PRODUCT);
    out.plain("CALSCALE:GREGORIAN");
    out.plain("METHOD:PUBLISH");
    for name in ["NAME", "X-WR-CALNAME"] {
        out.text(name, &calendar.name);
    }
    for name in ["DESCRIPTION", "X-WR-CALDESC"] {
        out.text(name, &calendar.description);
    }
    out.uri("URL", &calendar.url);
    if calendar.refresh_minutes > 0 {
        out.plain(&format!(
            "REFRESH-INTERVAL;VALUE=DURATION:PT{}M",
            calendar.refresh_minutes
        ));
        out.plain(&format!("X-PUBLISHED-TTL:PT{}M", calendar.refresh_minutes));
    }
    let zones = zones(calendar);
    for (name, zone) in &zones {
        zone_text::write(name, &zone.tables, zone.first, zone.last, &mut out.text);
    }
    for entry in &calendar.entries {
        let zone = zones
            .get(entry.pattern.zone.as_str())
            .map(|zone| &zone.tables);
        event(entry, zone, &mut out);
    }
    out.plain("END:VCALENDAR");
    out.text
}

struct Out {
    text: String,
    /// The line that is being written, kept to be used again.
    line: String,
}

impl Out {
    fn plain(&mut self, line: &str) {
        fold(line, &mut self.text);
    }

    /// A property whose value needs no escapes.
    fn property(&mut self, name: &str, value: &str) {
        self.line.clear();
        self.line.push_str(name);
        self.line.push(':');
        self.line.push_str(value);
        fold(&self.line, &mut self.text);
    }

    /// A property of text; nothing when it is empty.
    fn text(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        self.line.clear();
        self.line.push_str(name);
        self.line.push(':');
        escape(value, &mut self.line);
        fold(&self.line, &mut self.text);
    }

    /// An address; nothing when it is empty or could break the line.
    fn uri(&mut self, name: &str, value: &str) {
        if !value.is_empty() && !value.chars().any(|c| c.is_control() || c.is_whitespace()) {
            self.property(name, value);
        }
    }
}

struct Zone {
    tables: TimeZone,
    first: DateTime,
    last: DateTime,
}

/// The zones that are not UTC, with the times between which they matter.
fn zones(calendar: &Calendar) -> BTreeMap<&str, Zone> {
    let mut zones: BTreeMap<&str, Zone> = BTreeMap::new();
    for entry in &calendar.entries {
        let pattern = &entry.pattern;
        if pattern.all_day || is_utc(pattern) {
            continue;
        }
        let moved = pattern.changes.iter().filter_map(|change| change.to);
        let last = pattern
            .dates
            .iter()
            .copied()
            .chain(moved)
            .max()
            .map_or(pattern.start, |at| at.max(pattern.start));
        if let Some(zone) = zones.get_mut(pattern.zone.as_str()) {
            zone.first = zone.first.min(pattern.start);
            zone.last = zone.last.max(last);
        } else if let Some(tables) = pattern.time_zone() {
            zones.insert(
                &pattern.zone,
                Zone {
                    tables,
                    first: pattern.start,
                    last,
                },
            );
        }
    }
    zones
}

fn is_utc(pattern: &Pattern) -> bool {
    matches!(pattern.zone.as_str(), "UTC" | "Etc/UTC")
}

/// One VEVENT, and one for each changed occasion.
fn event(entry: &Entry, zone: Option<&TimeZone>, out: &mut Out) {
    let pattern = &entry.pattern;
    let whole = pattern
        .changes
        .iter()
        .find(|change| !pattern.repeats() && change.of == pattern.start);
    let times = Times { pattern, zone };
    begin(entry, whole, out);
    times.span(whole, out);
    if whole.is_none() {
        times.recurrence(out);
    }
    words(entry, whole, out);
    if whole.is_some() {
        return;
    }
    for change in &pattern.changes {
        begin(entry, Some(change), out);
        times.moment("RECURRENCE-ID", change.of, out);
        times.span(Some(change), out);
        words(entry, Some(change), out);
    }
}

fn begin(entry: &Entry, change: Option<&Change>, out: &mut Out) {
    out.plain("BEGIN:VEVENT");
    out.text("UID", &entry.uid);
    out.property("DTSTAMP", &utc(entry.changed_at));
    if entry.sequence > 0 {
        out.property("SEQUENCE", &entry.sequence.to_string());
    }
    let cancelled =
        change.is_some_and(|change| change.cancelled) || entry.status == Status::Cancelled;
    out.property(
        "STATUS",
        match entry.status {
            _ if cancelled => "CANCELLED",
            Status::Tentative => "TENTATIVE",
            Status::Confirmed | Status::Cancelled => "CONFIRMED",
        },
    );
}

fn words(entry: &Entry, change: Option<&Change>, out: &mut Out) {
    out.text("SUMMARY", &entry.summary);
    match change
        .map(|change| change.note.as_str())
        .filter(|note| !note.is_empty())
    {
        Some(note) if entry.description.is_empty() => out.text("DESCRIPTION", note),
        Some(note) => out.text("DESCRIPTION", &format!("{note}\n\n{}", entry.description)),
        None => out.text("DESCRIPTION", &entry.description),
    }
    match change.and_then(|change| change.place.as_deref()) {
        Some(place) => out.text("LOCATION", place),
        None => {
            out.text("LOCATION", &entry.location);
            if let Some((lat, lon)) = entry
                .position
                .filter(|(lat, lon)| lat.is_finite() && lon.is_finite())
            {
                out.property("GEO", &format!("{lat:.6};{lon:.6}"));
            }
        }
    }
    out.uri("URL", &entry.url);
    if !entry.categories.is_empty() {
        out.line.clear();
        out.line.push_str("CATEGORIES:");
        for (at, category) in entry.categories.iter().enumerate() {
            if at > 0 {
                out.line.push(',');
            }
            escape(category, &mut out.line);
        }
        fold(&out.line, &mut out.text);
    }
    if let Some(name) = &entry.organiser {
        out.line.clear();
        out.line.push_str("ORGANIZER;CN=");
        quote(name, &mut out.line);
        // Writing into a string cannot fail.
        let _ = write!(out.line, ":{NO_MAIL}");
        fold(&out.line, &mut out.text);
    }
    if let Some(image) = &entry.image {
        out.uri("IMAGE;VALUE=URI;DISPLAY=BADGE", image);
    }
    if let Some(created) = entry.created_at {
        out.property("CREATED", &utc(created));
    }
    out.property("LAST-MODIFIED", &utc(entry.changed_at));
    out.plain("END:VEVENT");
}

fn utc(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.micros().div_euclid(1_000_000)).unwrap_or_default();
    format!("{}Z", basic(jiff::tz::Offset::UTC.to_datetime(at)))
}

/// Writes the times of one pattern.
struct Times<'a> {
    pattern: &'a Pattern,
    zone: Option<&'a TimeZone>,
}

impl Times<'_> {
    fn span(&self, change: Option<&Change>, out: &mut Out) {
        let start = change.map_or(self.pattern.start, |change| change.to.unwrap_or(change.of));
        let minutes = change
            .and_then(|change| change.minutes)
            .unwrap_or(self.pattern.minutes);
        self.moment("DTSTART", start, out);
        if minutes > 0
            && let Ok(end) = start.checked_add(Pattern::length(minutes))
        {
            self.moment("DTEND", end, out);
        }
    }

    fn moment(&self, name: &str, at: DateTime, out: &mut Out) {
        self.moments(name, &[at], out);
    }

    /// `RDATE;TZID=Europe/Stockholm:20260303T180000,20260310T180000`.
    fn moments(&self, name: &str, list: &[DateTime], out: &mut Out) {
        if list.is_empty() {
            return;
        }
        out.line.clear();
        out.line.push_str(name);
        if self.pattern.all_day {
            out.line.push_str(";VALUE=DATE");
        } else if self.zone.is_some() {
            out.line.push_str(";TZID=");
            out.line.push_str(&self.pattern.zone);
        }
        for (at, moment) in list.iter().enumerate() {
            out.line.push(if at == 0 { ':' } else { ',' });
            if self.pattern.all_day {
                out.line.push_str(&basic_date(moment.date()));
            } else {
                out.line.push_str(&basic(*moment));
                if self.zone.is_none() {
                    out.line.push('Z');
                }
            }
        }
        fold(&out.line, &mut out.text);
    }

    fn recurrence(&self, out: &mut Out) {
        for rule in &self.pattern.rules {
            out.line.clear();
            out.line.push_str("RRULE:");
            // Writing into a string cannot fail.
            let _ = rule.write(&mut out.line, |until| self.until(until));
            fold(&out.line, &mut out.text);
        }
        self.moments("RDATE", &self.pattern.dates, out);
        self.moments("EXDATE", &self.pattern.except, out);
    }

    /// UNTIL is a day for whole days and UTC for times in a zone (RFC 5545, section 3.3.10).
    fn until(&self, until: DateTime) -> String {
        if self.pattern.all_day {
            return basic_date(until.date());
        }
        let at = match self.zone {
            Some(zone) => zone.to_timestamp(until).unwrap_or(jiff::Timestamp::MAX),
            None => jiff::tz::Offset::UTC
                .to_timestamp(until)
                .unwrap_or(jiff::Timestamp::MAX),
        };
        format!("{}Z", basic(jiff::tz::Offset::UTC.to_datetime(at)))
    }
}
