//! What residents see of a unit, and the list of all units.

use askama::Template;
use torg_kernel::Locale;
use torg_ui::{ContactCard, Html, OpenStatus, PictureView, Shell, T};

use super::unit_more::UnitMore;

/// The icon of a kind of unit.
#[must_use]
pub fn kind_icon(kind: &str) -> &'static str {
    match kind {
        "library" => "library",
        "museum" => "landmark",
        "swimming_pool" => "waves",
        "recycling_centre" => "recycle",
        "citizen_office" => "users",
        "school" => "school",
        "preschool" => "baby",
        "sports_hall" => "dumbbell",
        "park" => "trees",
        "health" => "heart-pulse",
        "culture" => "theater",
        "contact_centre" => "phone",
        "beach" => "umbrella",
        "social_service" => "hand-heart",
        "theatre" => "drama",
        "arena" => "ticket",
        "ice_rink" => "snowflake",
        "meeting_place" => "sofa",
        "care_home" => "house",
        "playground" => "party-popper",
        "nature" => "tree-pine",
        "adult_education" => "graduation-cap",
        "market" => "shopping-bag",
        _ => "building-2",
    }
}

/// One day of the week's hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow {
    /// The weekday's name with a capital: "Tisdag".
    pub day: String,
    /// Hours such as "10–18"; empty means closed.
    pub spans: Vec<String>,
    /// Whether it is today.
    pub today: bool,
    /// Why the day differs from the usual week, such as "skärtorsdag".
    pub note: Option<String>,
}

/// A coming day, or run of days, with other hours than the usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// "torsdag 2 april, skärtorsdag".
    pub when: String,
    /// "10–15", or the word for closed.
    pub hours: String,
}

/// A line in a list of what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it is.
    pub label: String,
    /// A smaller line below; may be empty.
    pub note: String,
}

/// A part of a unit's page, in the unit's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartView {
    /// The week's hours and what deviates.
    Hours,
    /// What one can do here.
    Services,
    /// Address, the way, the map.
    FindHere,
    /// How one gets in and around.
    Accessibility,
    /// The contact card.
    Contact,
    /// A section of the unit's own, its heading of level 2 included.
    Own {
        /// The heading's id.
        id: String,
        /// Heading and text.
        html: Html,
        /// The language, where it is not the page's.
        lang: Option<Locale>,
    },
}

/// What stands above a page that is not saved: where everything of the form goes back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewBar {
    /// Where the form posts to.
    pub action: String,
    /// Names and values of all that was written.
    pub fields: Vec<(String, String)>,
    /// The language of the one who writes.
    pub t: T,
}

/// The page of one unit.
#[derive(Template)]
#[template(path = "unit.html", whitespace = "minimize")]
pub struct UnitPage {
    /// The frame; its title is the unit's name.
    pub shell: Shell,
    /// The kind as stored, such as `library`; chooses the icon.
    pub kind: String,
    /// The style of the page's own colour.
    pub accent_href: Option<String>,
    /// The picture that leads the page.
    pub lead: Option<PictureView>,
    /// What the unit is; may be empty.
    pub summary: String,
    /// Whether it is open now.
    pub open: Option<OpenStatus>,
    /// "Vecka 10, 2–8 mars 2026".
    pub week: String,
    /// Monday to Sunday; empty when hours are not known.
    pub days: Vec<DayRow>,
    /// Coming deviations, in order of date.
    pub deviations: Vec<Deviation>,
    /// What one can do here.
    pub services: Vec<Point>,
    /// How one gets in and around.
    pub accessibility: Vec<Point>,
    /// The contact card; its heading is set by the page.
    pub contact: ContactCard,
    /// What the page holds, in order.
    pub parts: Vec<PartView>,
    /// When the details were confirmed, in words.
    pub confirmed: Option<String>,
    /// The organisation that answers for the unit.
    pub owner: Option<String>,
    /// Said above it while it is not saved.
    pub preview: Option<PreviewBar>,
    /// What else there is.
    pub more: UnitMore,
}

/// What stands where a unit was.
#[derive(Template)]
#[template(path = "unit_gone.html", whitespace = "minimize")]
pub struct UnitGonePage {
    /// The frame; its title is the unit's name.
    pub shell: Shell,
    /// When it ended, why, and where to go instead.
    pub more: UnitMore,
}

impl UnitPage {
    /// How wide the leading picture is shown, for the browser's choice of a size.
    const fn lead_sizes(&self) -> &'static str {
        "(min-width: 60rem) 36rem, 100vw"
    }

    /// Whether there is a week to go to from the head.
    fn shows_hours(&self) -> bool {
        !self.days.is_empty() && self.parts.contains(&PartView::Hours)
    }

    fn icon(&self) -> &'static str {
        kind_icon(&self.kind)
    }

    fn card(&self) -> ContactCard {
        ContactCard {
            heading: Some(self.shell.t().get("contact-heading").into_owned()),
            href: None,
            // It stands with what else is said of the page as a whole.
            wrong_href: None,
            ..self.contact.clone()
        }
    }
}
