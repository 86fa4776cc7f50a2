//! Calendars in: components, zones, and everything that is wrong at once.

use std::collections::HashMap;

use torg_kernel::{Message, ZONE};

use super::convert::{Part, convert, join};
use super::line::{Line, lines, unescape};
use super::windows::{by_offsets, known_zone};
use super::{Calendar, LineError};

/// The largest file that is read.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// The most events of one file.
pub const MOST_ENTRIES: usize = 50_000;

/// The most errors that are told; a file with more is another sort of file.
pub const MOST_ERRORS: usize = 1_000;

/// Lines that one event may have.
const MOST_LINES: usize = 5_000;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The calendar with the events that could be read; changed occasions belong to their event.
    pub calendar: Calendar,
    /// What is wrong, by line. An event with anything wrong is not among the calendar's.
    pub errors: Vec<LineError>,
    /// What was read in another way than it was written, or passed over.
    pub notes: Vec<LineError>,
}

impl Reading {
    /// Adds an error, up to the most that are told.
    pub(crate) fn wrong(&mut self, line: usize, property: &str, message: Message) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(LineError {
                line,
                property: property.to_owned(),
                message,
            });
        }
    }

    pub(crate) fn note(&mut self, line: usize, property: &str, message: Message) {
        if self.notes.len() < MOST_ERRORS {
            self.notes.push(LineError {
                line,
                property: property.to_owned(),
                message,
            });
        }
    }
}

/// The zones that a file names, and the one for times without any.
pub struct Zones {
    named: HashMap<String, Option<String>>,
    /// IANA name for times without a zone.
    pub floating: String,
}

impl Zones {
    /// The IANA name of a TZID.
    pub fn find(&self, name: &str) -> Option<String> {
        match self.named.get(name) {
            Some(zone) => zone.clone(),
            None => known_zone(name),
        }
    }
}

/// Reads a file. Never fails: what cannot be used is told by line and property, all of it. Times
/// without a zone are read in the calendar's own (X-WR-TIMEZONE) or else the city's.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    if text.len() > MOST_BYTES {
        let most = MOST_BYTES / 1024 / 1024;
        reading.wrong(0, "", Message::new("ical-file-large").with("most", most));
        return reading;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut file = File::default();
    for line in lines(text) {
        match line {
            Ok(line) => file.take(line, &mut reading),
            Err(broken) => {
                file.spoil();
                reading.wrong(
                    broken.number,
                    "",
                    Message::new("ical-broken-line").with("text", broken.text),
                );
            }
        }
    }
    if !file.seen {
        reading.wrong(1, "", Message::new("ical-no-calendar"));
        return reading;
    }
    if let Some(open) = file.open.last() {
        reading.wrong(
            open.1,
            "BEGIN",
            Message::new("ical-not-ended").with("name", &open.0),
        );
    }
    let zones = file.zones();
    let parts: Vec<Part> = file
        .events
        .into_iter()
        .filter_map(|event| convert(event, &zones, &mut reading))
        .collect();
    join(parts, &mut reading);
    reading.errors.sort_by_key(|error| error.line);
    reading.notes.sort_by_key(|note| note.line);
    reading
}

/// The lines of one VEVENT.
pub struct Event<'a> {
    /// Line of its BEGIN.
    pub line: usize,
    /// Its properties, those of alarms within it left out.
    pub lines: Vec<Line<'a>>,
    /// Whether a line within it was broken, which is told already.
    pub spoiled: bool,
}

#[derive(Default)]
struct ZoneText {
    name: String,
    location: Option<String>,
    winter: Option<i32>,
    summer: Option<i32>,
}

#[derive(Default)]
struct File<'a> {
    /// Components that are open, with their lines.
    open: Vec<(String, usize)>,
    seen: bool,
    event: Option<Event<'a>>,
    events: Vec<Event<'a>>,
    zone: ZoneText,
    named: HashMap<String, Option<String>>,
    own_zone: Option<String>,
    full: bool,
}

impl<'a> File<'a> {
    fn spoil(&mut self) {
        if let Some(event) = &mut self.event {
            event.spoiled = true;
        }
    }

    fn take(&mut self, line: Line<'a>, reading: &mut Reading) {
        match line.name.as_str() {
            "BEGIN" => self.begin(&line),
            "END" => self.end(&line, reading),
            _ => self.property(line, reading),
        }
    }

    fn begin(&mut self, line: &Line<'_>) {
        let name = line.value.trim().to_ascii_uppercase();
        match (name.as_str(), self.inner()) {
            ("VCALENDAR", _) => self.seen = true,
            // An event within an event: the first has lost its end.
            ("VEVENT", _) => {
                if let Some(at) = self.open.iter().position(|(open, _)| open == "VEVENT") {
                    self.open.truncate(at);
                    self.spoil();
                    self.events.extend(self.event.take());
                }
                self.event = Some(Event {
                    line: line.number,
                    lines: Vec::new(),
                    spoiled: false,
                });
            }
            ("VTIMEZONE", _) => self.zone = ZoneText::default(),
            _ => {}
        }
        self.open.push((name, line.number));
    }

    fn end(&mut self, line: &Line<'_>, reading: &mut Reading) {
        let name = line.value.trim().to_ascii_uppercase();
        let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) else {
            reading.wrong(
                line.number,
                "END",
                Message::new("ical-not-begun").with("name", name),
            );
            return;
        };
        for (lost, begun) in self.open.drain(at..).skip(1) {
            reading.wrong(
                begun,
                "BEGIN",
                Message::new("ical-not-ended").with("name", lost),
            );
            if let Some(event) = &mut self.event {
                event.spoiled = true;
            }
        }
        match name.as_str() {
            "VEVENT" => self.end_event(line.number, reading),
            "VTIMEZONE" => {
                let zone = std::mem::take(&mut self.zone);
                self.named.insert(zone.name.clone(), zone.resolve());
            }
            _ => {}
        }
    }

    fn end_event(&mut self, line: usize, reading: &mut Reading) {
        let Some(event) = self.event.take() else {
            return;
        };
        if self.events.len() < MOST_ENTRIES {
            self.events.push(event);
        } else if !self.full {
            self.full = true;
            reading.wrong(
                line,
                "BEGIN",
                Message::new("ical-many-events").with("most", MOST_ENTRIES),
            );
        }
    }

    fn inner(&self) -> &str {
        self.open.last().map_or("", |(name, _)| name.as_str())
    }

    fn property(&mut self, line: Line<'a>, reading: &mut Reading) {
        match self.inner() {
            "VEVENT" => {
                if let Some(event) = &mut self.event {
                    if event.lines.len() < MOST_LINES {
                        event.lines.push(line);
                    } else if !event.spoiled {
                        event.spoiled = true;
                        reading.wrong(
                            line.number,
                            &line.name,
                            Message::new("ical-many-lines").with("most", MOST_LINES),
                        );
                    }
                }
            }
            "VTIMEZONE" => match line.name.as_str() {
                "TZID" => self.zone.name = line.value.trim().to_owned(),
                "X-LIC-LOCATION" => self.zone.location = Some(line.value.trim().to_owned()),
                _ => {}
            },
            "STANDARD" if line.name == "TZOFFSETTO" => self.zone.winter = hours(&line.value),
            "DAYLIGHT" if line.name == "TZOFFSETTO" => self.zone.summer = hours(&line.value),
            "VCALENDAR" => self.calendar(&line, reading),
            _ => {}
        }
    }

    fn calendar(&mut self, line: &Line<'_>, reading: &mut Reading) {
        let calendar = &mut reading.calendar;
        match line.name.as_str() {
            "X-WR-CALNAME" | "NAME" => calendar.name = unescape(&line.value),
            "X-WR-CALDESC" | "DESCRIPTION" => calendar.description = unescape(&line.value),
            "URL" => line.value.trim().clone_into(&mut calendar.url),
            "X-WR-TIMEZONE" => {
                self.own_zone = known_zone(&unescape(&line.value));
                if self.own_zone.is_none() {
                    let zone = line.value.trim();
                    reading.note(
                        line.number,
                        &line.name,
                        Message::new("ical-zone-unknown").with("zone", zone),
                    );
                }
            }
            _ => {}
        }
    }

    fn zones(&mut self) -> Zones {
        Zones {
            named: std::mem::take(&mut self.named),
            floating: self.own_zone.take().unwrap_or_else(|| ZONE.to_owned()),
        }
    }
}

impl ZoneText {
    fn resolve(self) -> Option<String> {
        let named = known_zone(&self.name).or_else(|| known_zone(self.location.as_deref()?));
        named.or_else(|| {
            let winter = self.winter?;
            by_offsets(winter, self.summer.unwrap_or(winter)).map(str::to_owned)
        })
    }
}

/// Whole hours of `+0100`; `None` for others, which are no zone that is known by its hours.
fn hours(offset: &str) -> Option<i32> {
    let offset = offset.trim();
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    digits
        .get(2..4)
        .filter(|minutes| *minutes == "00")
        .map(|_| sign * hours)
}
