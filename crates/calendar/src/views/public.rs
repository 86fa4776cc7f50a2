//! What residents see.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::Locale;
use torg_ui::{ContactCard, Field, Html, NavLink, PictureView, Shell, T};

use super::signup::SignUpBlock;
use crate::prose::{Passage, Piece};

/// A fact about an event in few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Name of an icon.
    pub icon: &'static str,
    /// What it says.
    pub text: String,
}

/// An occasion in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventItem {
    /// When, in a few characters.
    pub time: String,
    /// The same for programs, as in `2026-03-04T10:00`.
    pub datetime: String,
    /// Its name.
    pub title: String,
    /// The language of the name when it is not the page's.
    pub lang: Option<Locale>,
    /// Its page.
    pub href: String,
    /// Where, in one line; may be empty.
    pub place: String,
    /// What has happened to it: cancelled, moved, full.
    pub flag: Option<String>,
    /// Whether one meets a closed door.
    pub off: bool,
    /// Price, for whom and the like.
    pub tags: Vec<Tag>,
    /// The address of its drawing.
    pub drawing: &'static str,
    /// Its own picture instead.
    pub picture: Option<PictureView>,
}

impl EventItem {
    fn picture_html(&self) -> Html {
        let picture = self.picture.as_ref();
        picture.map_or_else(Html::default, |it| it.html("136px", false))
    }
}

/// A day of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayBlock {
    /// The weekday, or what the day is called.
    pub weekday: String,
    /// The day of the month.
    pub number: String,
    /// Month and year.
    pub month: String,
    /// The day for programs.
    pub datetime: String,
    /// The holiday or break; may be empty.
    pub name: String,
    /// What is on, the earliest first.
    pub items: Vec<EventItem>,
}

/// A choice that a click makes or takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What it says.
    pub label: String,
    /// The address with the choice made, or taken back.
    pub href: String,
    /// Whether it is made.
    pub on: bool,
}

/// Choices that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChipRow {
    /// Its id in the page.
    pub id: &'static str,
    /// What they are about.
    pub label: String,
    /// The choices.
    pub chips: Vec<Chip>,
}

/// The ways to see the same: list, month, map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Views {
    /// As a list.
    pub list: String,
    /// As a month.
    pub month: String,
    /// On the map.
    pub map: String,
}

/// The selection in one's own calendar and elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// What is followed, in words.
    pub text: String,
    /// As a calendar.
    pub ics: String,
    /// As a feed.
    pub atom: String,
    /// For screens.
    pub screen: String,
    /// On paper, as PDF, where the program that makes it is there.
    pub pdf: Option<String>,
    /// On paper, as Word.
    pub docx: String,
    /// Where one sends in an event of one's own.
    pub send: String,
}

/// What one looks through, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many occasions.
    pub count: usize,
    /// Which days, in words; may be empty.
    pub days: String,
}

/// The calendar as a list.
#[derive(Template)]
#[template(path = "calendar.html", whitespace = "minimize")]
pub struct CalendarPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Words, days, area.
    pub fields: Vec<Field>,
    /// Choices that the form carries along: name and value.
    pub carried: Vec<(&'static str, String)>,
    /// Whether anything is asked for.
    pub filtered: bool,
    /// Quick choices.
    pub quick: ChipRow,
    /// More choices.
    pub more: Vec<ChipRow>,
    /// Whether one of those is made.
    pub opened: bool,
    /// The address that "near me" is put into, where `{near}` stands; with nothing chosen.
    pub near_href: String,
    /// Whether it is near somebody now, and the address without.
    pub near_on: Option<String>,
    /// How many.
    pub tally: Tally,
    /// Other ways to see it.
    pub views: Views,
    /// What began before these days and goes on.
    pub ongoing: Vec<EventItem>,
    /// The days.
    pub days: Vec<DayBlock>,
    /// The next part of the list.
    pub next_href: Option<String>,
    /// The part before.
    pub previous_href: Option<String>,
    /// Calendars, feeds and paper.
    pub follow: Follow,
}

/// A day of the month's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCell {
    /// The day of the month.
    pub number: String,
    /// The whole date, for those who hear the page.
    pub label: String,
    /// The day for programs.
    pub datetime: String,
    /// The list of the day.
    pub href: String,
    /// Whether it is of this month.
    pub inside: bool,
    /// Whether it is today.
    pub today: bool,
    /// The holiday or break; may be empty.
    pub name: String,
    /// What is on, as much as there is room for.
    pub items: Vec<EventItem>,
    /// How many more.
    pub more: usize,
}

/// The calendar as a month.
#[derive(Template)]
#[template(path = "calendar_month.html", whitespace = "minimize")]
pub struct MonthPage {
    /// The frame.
    pub shell: Shell,
    /// The month in words.
    pub month: String,
    /// The month before, if there is any.
    pub previous: Option<NavLink>,
    /// The month after.
    pub next: Option<NavLink>,
    /// Quick choices.
    pub quick: ChipRow,
    /// Other ways to see it.
    pub views: Views,
    /// Names of the weekdays, long and short.
    pub weekdays: Vec<(String, String)>,
    /// The weeks: number and seven days.
    pub weeks: Vec<(i8, Vec<MonthCell>)>,
    /// How many occasions there are.
    pub count: usize,
}

/// A line of what is known about an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactLine {
    /// Name of an icon.
    pub icon: &'static str,
    /// What it is about.
    pub label: String,
    /// What it says, each on a line.
    pub lines: Vec<String>,
    /// Where the first line leads; may be empty.
    pub href: String,
    /// The language of the lines when it is not the page's.
    pub lang: Option<Locale>,
}

/// One occasion on the event's own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionLine {
    /// The day, in words.
    pub day: String,
    /// The hours, in words.
    pub time: String,
    /// For programs.
    pub datetime: String,
    /// What has happened to it.
    pub flag: Option<String>,
    /// Why, or where instead; may be empty.
    pub note: String,
    /// Whether one meets a closed door.
    pub off: bool,
}

/// The text in passages.
#[derive(Template)]
#[template(path = "event_prose.html", whitespace = "minimize")]
pub struct Prose {
    /// Paragraphs and lists.
    pub passages: Vec<Passage>,
}

impl HtmlSafe for Prose {}

/// One event.
#[derive(Template)]
#[template(path = "event.html", whitespace = "minimize")]
pub struct EventPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// The language of what it says when it is not the page's.
    pub lang: Option<Locale>,
    /// What sort it is.
    pub category: String,
    /// The sentence.
    pub summary: String,
    /// The drawing, when there is no picture.
    pub drawing: &'static str,
    /// The picture.
    pub picture: Option<PictureView>,
    /// What has happened to all of it.
    pub flag: Option<String>,
    /// Why; may be empty.
    pub flag_note: String,
    /// Whether it is over.
    pub over: bool,
    /// The next occasions.
    pub occasions: Vec<OccasionLine>,
    /// Those after.
    pub later: Vec<OccasionLine>,
    /// How it comes back, in words; may be empty.
    pub recurs: String,
    /// Signing up, where places are given out here.
    pub signup: Option<SignUpBlock>,
    /// What it says.
    pub prose: Prose,
    /// What is known.
    pub facts: Vec<FactLine>,
    /// Where it is, when it is a unit.
    pub card: Option<ContactCard>,
    /// Where it is, else: name and address in lines.
    pub place: Vec<String>,
    /// The room; may be empty.
    pub room: String,
    /// The place on the map; may be empty.
    pub map_href: String,
    /// Where one signs up; may be empty.
    pub register_href: String,
    /// The last day to sign up; may be empty.
    pub register_until: String,
    /// Where one watches; may be empty.
    pub online_href: String,
    /// In one's own calendar.
    pub ics_href: String,
    /// The larger event.
    pub whole: Option<NavLink>,
    /// The parts of a larger event.
    pub parts: Vec<EventItem>,
    /// Others like it.
    pub related: Vec<EventItem>,
}

impl EventPage {
    fn picture_html(&self) -> Html {
        let picture = self.picture.as_ref();
        picture.map_or_else(Html::default, |it| {
            it.html("(min-width: 62rem) 44rem, 100vw", true)
        })
    }
    fn card_html(&self, t: T) -> Html {
        let card = self.card.as_ref();
        card.map_or_else(Html::default, |card| card.html(t, 2, "event_place"))
    }
}
