//! The form for an event.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, T};

use super::edit_picture::PictureChoice;
use super::public::Prose;

/// What stands in the fields of the form, by name; what is empty is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFields(BTreeMap<&'static str, String>);

impl EventFields {
    /// What is written; empty when nothing is.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Writes into a field.
    pub fn set(&mut self, name: &'static str, value: String) {
        if value.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name, value);
        }
    }
}

/// A box to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name in the form.
    pub name: String,
    /// What it says.
    pub label: String,
    /// Whether it is ticked.
    pub on: bool,
}

/// An event that may be the same, or that belongs to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its name.
    pub title: String,
    /// Where the staff see it.
    pub href: String,
    /// When it is, in words.
    pub when: String,
}

/// A date that what is written gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateLine {
    /// The day and hour in words.
    pub text: String,
    /// The holiday or break it falls on; may be empty.
    pub name: String,
}

/// The dates that what is written gives: shown in the form, and sent alone while somebody writes.
#[derive(Template)]
#[template(path = "event_dates.html", whitespace = "minimize")]
pub struct DatesView {
    /// The words.
    pub t: T,
    /// How it comes back, in words; may be empty.
    pub words: String,
    /// The dates, as many as are shown.
    pub dates: Vec<DateLine>,
    /// How many there are in all.
    pub count: usize,
    /// What is wrong, in words.
    pub errors: Vec<String>,
    /// Events that may be the same.
    pub doubles: Vec<Seen>,
}

impl HtmlSafe for DatesView {}

impl DatesView {
    fn rest(&self) -> usize {
        self.count.saturating_sub(self.dates.len())
    }
}

/// An occasion that can be cancelled, moved or filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionEdit {
    /// Which one: its start by the pattern.
    pub of: String,
    /// When, in words.
    pub text: String,
    /// How it stands, in words; may be empty.
    pub flag: String,
    /// Whether it is cancelled.
    pub off: bool,
}

/// How it would look: name, when and text.
pub struct Look {
    /// The name.
    pub title: String,
    /// What stands below it, line by line.
    pub lines: Vec<String>,
    /// The text.
    pub prose: Prose,
}

/// The form for an event, new or known.
#[derive(Template)]
#[template(path = "admin_event_edit.html", whitespace = "minimize")]
pub struct EventEditPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The state as stored; empty for a new one.
    pub state: &'static str,
    /// Whether the person may make it public.
    pub may_publish: bool,
    /// Whether the person may change it as it stands.
    pub may_change: bool,
    /// The public page, while there is one.
    pub public_href: Option<String>,
    /// The log of it, if the person may read it.
    pub log_href: Option<String>,
    /// Where it is copied to new dates.
    pub copy_href: Option<String>,
    /// Who comes, and how places are given out.
    pub sign_ups_href: Option<String>,
    /// Where its state is changed.
    pub state_href: Option<String>,
    /// Where single occasions are changed.
    pub occasion_href: Option<String>,
    /// Who sent it in, in words; may be empty.
    pub sender: String,
    /// The fields as saved, or as written before an error.
    pub fields: EventFields,
    /// Organisations to choose from: id and name.
    pub organisations: Vec<(String, String)>,
    /// Sorts to choose from.
    pub categories: Vec<(String, String)>,
    /// Places to choose from.
    pub places: Vec<(String, String)>,
    /// Organisers to choose from.
    pub organisers: Vec<(String, String)>,
    /// Ways of coming back.
    pub repeats: Vec<(String, String)>,
    /// How it stands.
    pub statuses: Vec<(String, String)>,
    /// Days of the week.
    pub weekdays: Vec<Check>,
    /// For whom.
    pub audiences: Vec<Check>,
    /// What makes it possible to come.
    pub eases: Vec<Check>,
    /// The dates that this gives.
    pub dates: DatesView,
    /// How it would look.
    pub look: Option<Look>,
    /// The picture, and others to choose from.
    pub picture: PictureChoice,
    /// Occasions from now on.
    pub occasions: Vec<OccasionEdit>,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// When somebody else saved in between, in words.
    pub conflict: Option<String>,
}

struct Groups {
    what: Vec<Field>,
    day: Vec<Field>,
    repeat: Vec<Field>,
    dates: Vec<Field>,
    place: Vec<Field>,
    other_place: Vec<Field>,
    price: Vec<Field>,
    text: Vec<Field>,
    whom: Vec<Field>,
    sign_up: Vec<Field>,
    organiser: Vec<Field>,
    picture: Vec<Field>,
    english: Vec<Field>,
    standing: Vec<Field>,
}

impl Groups {
    fn all(&self) -> Vec<&Field> {
        [
            &self.what,
            &self.day,
            &self.repeat,
            &self.dates,
            &self.place,
            &self.other_place,
            &self.price,
            &self.text,
            &self.whom,
            &self.sign_up,
            &self.organiser,
            &self.picture,
            &self.english,
            &self.standing,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl EventEditPage {
    fn field(&self, name: &'static str, kind: FieldKind) -> Field {
        let t = self.desk.t;
        let key = format!("event-edit-{}", name.replace('_', "-"));
        let value = self.fields.get(name);
        let mut field = Field::new(name, kind, t.get(&key), value).errors(t, &self.errors);
        if let Some(hint) = t.find(&format!("{key}-hint")) {
            field = field.hint(hint);
        }
        field
    }

    fn text(&self, name: &'static str) -> Field {
        self.field(name, FieldKind::Text)
    }

    fn free(&self, name: &'static str) -> Field {
        self.text(name).optional()
    }

    fn lines(&self, name: &'static str, lines: u16) -> Field {
        self.field(name, FieldKind::Lines(lines)).optional()
    }

    fn date(&self, name: &'static str) -> Field {
        self.field(name, FieldKind::Date)
    }

    fn choice(&self, name: &'static str, from: &[(String, String)]) -> Field {
        self.field(name, FieldKind::Choice(from.to_vec()))
    }

    fn groups(&self) -> Groups {
        let english = |field: Field| field.lang(Locale::EN);
        Groups {
            what: vec![
                self.text("name_sv").lang(Locale::SV),
                self.choice("category", &self.categories),
                self.free("summary_sv").lang(Locale::SV),
            ],
            day: vec![
                self.date("start_date"),
                self.text("start_time"),
                self.free("end_time"),
                self.date("end_date").optional(),
            ],
            repeat: vec![
                self.choice("repeat", &self.repeats),
                self.date("until").optional(),
            ],
            dates: vec![self.lines("dates", 3), self.lines("except", 3)],
            place: vec![
                self.choice("place_unit", &self.places),
                self.free("room_sv"),
            ],
            other_place: vec![
                self.free("place_name"),
                self.free("place_street"),
                self.free("place_postcode"),
                self.free("place_city"),
                self.free("place_point"),
                self.free("online_url"),
            ],
            price: vec![
                self.free("price"),
                self.free("price_to"),
                self.free("price_note_sv"),
            ],
            text: vec![self.lines("text_sv", 8).lang(Locale::SV)],
            whom: vec![
                self.free("age_from"),
                self.free("age_to"),
                self.free("languages"),
            ],
            sign_up: vec![
                self.free("registration_url"),
                self.date("registration_until").optional(),
                self.free("more_url"),
            ],
            organiser: vec![
                self.choice("organisation", &self.organisations),
                self.choice("organiser_unit", &self.organisers),
                self.free("organiser_name"),
                self.free("organiser_url"),
                self.lines("co_organisers", 3),
                self.free("contact_name"),
                self.field("contact_phone", FieldKind::Tel).optional(),
                self.field("contact_email", FieldKind::Email).optional(),
                self.free("part_of"),
            ],
            picture: vec![self.free("picture")],
            english: vec![
                english(self.free("name_en")),
                english(self.free("summary_en")),
                english(self.lines("text_en", 6)),
                english(self.free("room_en")),
                english(self.free("price_note_en")),
            ],
            standing: vec![
                self.choice("status", &self.statuses),
                self.free("status_note_sv"),
            ],
        }
    }

    fn summary(&self, groups: &Groups) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &groups.all(), &self.errors)
    }

    /// Whether a part that is folded must be open: something is written in it, or wrong.
    fn opens(&self, fields: &[Field]) -> bool {
        let plain = ["organisation", "status", "organiser_unit"];
        fields.iter().any(|field| {
            field.error.is_some()
                || (!field.value.is_empty() && !plain.contains(&field.name))
                || (field.name == "status" && field.value != "scheduled")
                || (field.name == "organiser_unit" && !field.value.is_empty())
        })
    }

    fn ticked(&self, name: &str) -> bool {
        self.fields.on(name)
    }

    fn state_key(&self) -> String {
        format!("event-state-{}", self.state)
    }
}

/// Last term's series to new dates.
#[derive(Template)]
#[template(path = "admin_event_copy.html", whitespace = "minimize")]
pub struct CopyPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The first and the last day.
    pub fields: Vec<Field>,
    /// Whether breaks are left out.
    pub skip_breaks: bool,
    /// Whether holidays are left out.
    pub skip_holidays: bool,
    /// The dates that this gives.
    pub dates: DatesView,
    /// Dates that are left out.
    pub left_out: Vec<DateLine>,
    /// Whether the person may make it public at once.
    pub may_publish: bool,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: ErrorSummary,
}
