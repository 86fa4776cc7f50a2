//! A plan in OpenStreetMap's notation, `opening_hours`.
//!
//! There a later rule takes the whole of every calendar day that it matches, and hours that run past
//! midnight are lost where the next day has a later rule of its own. So spans are cut at midnight;
//! what repeats is written as rules, and each day of the year ahead on which these rules would say
//! something else than the plan is written out by date. The text is right for that year, whatever
//! is in the plan, and longer the more a plan differs from what rules can say. Where one may only call
//! it is closed. The notation knows nothing of the hour that comes twice in October: in it, hours
//! between 2 and 3 count twice.

use jiff::ToSpan as _;
use jiff::civil::Date;
use torg_almanac::{DayFacts, Kind};
use torg_ui::T;

use super::period::During;
use super::rule::{Instead, On};
use super::schedule::Plan;
use super::span::{DAY, Span, State, written};
use super::week::{DAY_NAMES, MonthDay, Turn, Weekly, When};

/// How many days ahead the text is right.
const AHEAD: i32 = 400;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// A piece of a calendar day: from and to in minutes after midnight, at most 1440.
type Bit = (u16, u16, State);

/// What happens on a calendar day of a plan: its own spans as far as midnight, and what is left of the
/// night before where they leave room.
fn bits(own: &[Span], before: &[Span]) -> Vec<Bit> {
    let mut bits: Vec<Bit> = own
        .iter()
        .map(|span| (span.from(), span.to().min(DAY), span.state()))
        .collect();
    for span in before.iter().filter(|span| span.to() > DAY) {
        let mut from = 0;
        let end = span.to() - DAY;
        for own in own {
            if from < own.from().min(end) {
                bits.push((from, own.from().min(end), span.state()));
            }
            from = from.max(own.to());
        }
        if from < end {
            bits.push((from, end, span.state()));
        }
    }
    bits.retain(|(from, to, state)| from < to && *state != State::Phone);
    bits.sort_unstable();
    let mut joined: Vec<Bit> = Vec::with_capacity(bits.len());
    for bit in bits {
        match joined.last_mut() {
            Some(last) if last.1 == bit.0 && last.2 == bit.2 => last.1 = bit.1,
            _ => joined.push(bit),
        }
    }
    joined
}

/// On which dates a rule is.
#[derive(Clone, Copy)]
enum Dates {
    Always,
    From(Date, Date),
    Yearly(MonthDay, MonthDay),
    Holidays,
}

struct OsmRule {
    dates: Dates,
    when: Option<When>,
    days: [bool; 7],
    bits: Vec<Bit>,
}

impl OsmRule {
    fn holds(&self, day: &DayFacts<'_>) -> bool {
        let own = MonthDay::of(day.date);
        let dated = match self.dates {
            Dates::Always => true,
            Dates::From(from, to) => from <= day.date && day.date <= to,
            Dates::Yearly(from, to) if from <= to => from <= own && own <= to,
            Dates::Yearly(from, to) => from <= own || own <= to,
            Dates::Holidays => day.names.iter().any(|name| name.kind() == Kind::Holiday),
        };
        dated && self.days[day.weekday] && self.when.is_none_or(|when| when.holds(day))
    }

    fn selector(&self) -> String {
        let mut parts = Vec::new();
        match self.dates {
            Dates::Always => {}
            Dates::From(from, to) if from == to => parts.push(dated(from)),
            Dates::From(from, to) => parts.push(format!("{}-{}", dated(from), dated(to))),
            Dates::Yearly(from, to) => parts.push(format!("{}-{}", yearly(from), yearly(to))),
            Dates::Holidays => parts.push("PH".to_owned()),
        }
        let mut after = String::new();
        match self.when {
            Some(When::OddWeeks) => parts.push("week 1-53/2".to_owned()),
            Some(When::EvenWeeks) => parts.push("week 2-52/2".to_owned()),
            Some(When::Last) => after.push_str("[-1]"),
            Some(when) => after = format!("[{}]", when.nth().unwrap_or(1)),
            None => {}
        }
        if !(self.days == [true; 7] && !parts.is_empty() && after.is_empty()) {
            parts.push(weekdays(self.days, &after));
        }
        parts.join(" ")
    }

    fn text(&self) -> String {
        // A text has one language; the city writes Swedish.
        let t = T::SV;
        let selector = self.selector();
        if self.bits.is_empty() {
            return format!("{selector} off");
        }
        let mixed = self.bits.iter().any(|bit| bit.2 != self.bits[0].2);
        let of = |state: State| {
            let own = self.bits.iter().filter(|bit| bit.2 == state);
            let spans: Vec<String> = own
                .map(|bit| format!("{}-{}", written(bit.0), written(bit.1)))
                .collect();
            let word = match state {
                State::Open if mixed => " open".to_owned(),
                State::Open => String::new(),
                State::SelfService => format!(" open \"{}\"", t.get("hours-osm-self-service")),
                State::Appointment | State::Phone => {
                    format!(" unknown \"{}\"", t.get("hours-osm-appointment"))
                }
            };
            (!spans.is_empty()).then(|| format!("{selector} {}{word}", spans.join(",")))
        };
        let parts: Vec<String> = State::ALL.into_iter().filter_map(of).collect();
        parts.join(", ")
    }
}

fn month(month: i8) -> &'static str {
    let at = usize::from(month.unsigned_abs()).saturating_sub(1);
    MONTHS.get(at).copied().unwrap_or_default()
}

fn dated(date: Date) -> String {
    format!("{} {} {:02}", date.year(), month(date.month()), date.day())
}

fn yearly(day: MonthDay) -> String {
    format!("{} {:02}", month(day.month), day.day)
}

/// `Mo-Fr,Su`, each with what stands behind.
fn weekdays(days: [bool; 7], after: &str) -> String {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < 7 {
        let run = days[at..].iter().take_while(|own| **own).count();
        match run {
            0 => {}
            1 => parts.push(format!("{}{after}", DAYS[at])),
            _ if after.is_empty() => parts.push(format!("{}-{}", DAYS[at], DAYS[at + run - 1])),
            _ => parts.extend((at..at + run).map(|day| format!("{}{after}", DAYS[day]))),
        }
        at += run.max(1);
    }
    parts.join(",")
}

/// A week as rules: one for each set of hours, those of days that take turns behind, in the order in
/// which later ones win. Closed days are told where something lies below.
fn week(rules: &mut Vec<OsmRule>, dates: Dates, weekly: &Weekly, turns: &[Turn]) {
    let days = weekly.days();
    let night = |at: usize| days[(at + 6) % 7].as_slice();
    let above = !matches!(dates, Dates::Always);
    let own = |at: usize| bits(days[at], night(at));
    grouped(rules, dates, None, [true; 7], &own, above);
    let mut turns: Vec<&Turn> = turns.iter().collect();
    turns.sort_by_key(|turn| std::cmp::Reverse(turn.when));
    for turn in turns {
        let about: [bool; 7] = std::array::from_fn(|at| {
            let name = DAY_NAMES[at];
            turn.days.iter().any(|day| day == name)
        });
        let own = |at: usize| bits(&turn.spans, night(at));
        grouped(rules, dates, Some(turn.when), about, &own, true);
    }
}

fn grouped(
    rules: &mut Vec<OsmRule>,
    dates: Dates,
    when: Option<When>,
    about: [bool; 7],
    own: &dyn Fn(usize) -> Vec<Bit>,
    closed_too: bool,
) {
    let mut groups: Vec<(Vec<Bit>, [bool; 7])> = Vec::new();
    for at in (0..7).filter(|at| about[*at]) {
        let bits = own(at);
        match groups.iter_mut().find(|(other, _)| *other == bits) {
            Some((_, days)) => days[at] = true,
            None => {
                let mut days = [false; 7];
                days[at] = true;
                groups.push((bits, days));
            }
        }
    }
    for (bits, days) in groups {
        if closed_too || !bits.is_empty() {
            rules.push(OsmRule {
                dates,
                when,
                days,
                bits,
            });
        }
    }
}

fn periods(rules: &mut Vec<OsmRule>, plan: Plan<'_>, from: Date, end: Date) {
    let mut periods: Vec<_> = plan.hours.periods.iter().enumerate().collect();
    // Those that win come last.
    periods.sort_by_key(|(at, period)| std::cmp::Reverse((period.during.rank(), *at)));
    for (_, period) in periods {
        let mut add = |dates| week(rules, dates, &period.weekly, &period.turns);
        match &period.during {
            During::Dates(first, last) => {
                let last = last.unwrap_or(end).min(end);
                if *first <= end && last >= from && *first <= last {
                    add(Dates::From(*first, last));
                }
            }
            During::Yearly(first, last) => add(Dates::Yearly(*first, *last)),
            During::Break(key) => {
                for entry in plan.almanac.breaks(from, end) {
                    if entry.data.key == *key {
                        add(Dates::From(entry.data.first, entry.data.last));
                    }
                }
            }
        }
    }
}

/// The plan in the notation of OpenStreetMap, right for the 400 days from a day on.
#[must_use]
pub fn osm(plan: Plan<'_>, from: Date) -> String {
    let end = from.checked_add(AHEAD.days()).unwrap_or(from);
    let mut rules = Vec::new();
    week(
        &mut rules,
        Dates::Always,
        &plan.hours.weekly,
        &plan.hours.turns,
    );
    periods(&mut rules, plan, from, end);
    let holidays = plan.hours.days.iter().find(|rule| rule.on == On::Holidays);
    if let Some(Instead::Spans(spans)) = holidays.map(|rule| &rule.said) {
        rules.push(OsmRule {
            dates: Dates::Holidays,
            when: None,
            days: [true; 7],
            bits: bits(spans, &[]),
        });
    }
    let mut patches: Vec<OsmRule> = Vec::new();
    let mut before = plan.on(from.yesterday().unwrap_or(from)).spans;
    let mut date = from;
    while date < end {
        let day = plan.day(date);
        let own = plan.hours.chosen(&day).spans;
        let real = bits(&own, &before);
        let told = rules.iter().rev().find(|rule| rule.holds(&day));
        if told.map_or(&[] as &[Bit], |rule| &rule.bits) != real.as_slice() {
            let yesterday = date.yesterday().ok();
            match patches.last_mut() {
                Some(OsmRule {
                    dates: Dates::From(_, last),
                    bits,
                    ..
                }) if Some(*last) == yesterday && *bits == real => *last = date,
                _ => patches.push(OsmRule {
                    dates: Dates::From(date, date),
                    when: None,
                    days: [true; 7],
                    bits: real,
                }),
            }
        }
        before = own;
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    rules.extend(patches);
    if rules.is_empty() {
        return "off".to_owned();
    }
    let texts: Vec<String> = rules.iter().map(OsmRule::text).collect();
    texts.join("; ")
}
