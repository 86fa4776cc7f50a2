//! The pages about care.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, NavLink, Paging, T};

use crate::views::FilterChip;

/// A number with its name and what it is measured against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
    /// What it is measured against; may be empty.
    pub note: String,
    /// Whether it is not as it should be.
    pub bad: bool,
}

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleGroup {
    /// The rule's stored name.
    pub rule: &'static str,
    /// `must`, `should` or `hint`.
    pub weight: &'static str,
    /// The weight in words.
    pub weight_words: String,
    /// The rule's name.
    pub name: String,
    /// Why it matters and what to do.
    pub why: String,
    /// What was found, each with the id of its block or the name of its field.
    pub findings: Vec<(String, String)>,
    /// How many more there are.
    pub more: u32,
}

/// A sentence that makes a text heavy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardSentence {
    /// The sentence in pieces, each with whether it is a long word.
    pub pieces: Vec<(String, bool)>,
    /// How many words it has, in words.
    pub note: String,
}

/// A link to somebody else's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLine {
    /// Where to.
    pub url: String,
    /// What came of trying it, in words.
    pub words: String,
    /// Whether it does not answer.
    pub dead: bool,
}

/// What the rules say of one text: a section of its own, wherever it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "quality_part.html", whitespace = "minimize")]
pub struct QualityPart {
    /// The words of the interface.
    pub t: T,
    /// The language of the text.
    pub lang: Locale,
    /// The text's id.
    pub content: String,
    /// What it comes to, in one sentence.
    pub verdict: String,
    /// `must`, `should` or `good`.
    pub state: &'static str,
    /// Whether this is about what is being written and not what is public.
    pub draft: bool,
    /// What was counted.
    pub figures: Vec<Figure>,
    /// What was found, the heaviest first.
    pub groups: Vec<RuleGroup>,
    /// The sentences that raise LIX most.
    pub hardest: Vec<HardSentence>,
    /// The long words that come most often, with how often in words.
    pub longest: Vec<(String, String)>,
    /// Links to others.
    pub links: Vec<LinkLine>,
    /// Said when links to others are not tried.
    pub links_off: bool,
}

impl askama::filters::HtmlSafe for QualityPart {}

/// Who looks after one text, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareBox {
    /// When it was gone through, in words.
    pub reviewed: String,
    /// When it is due, in words.
    pub due: String,
    /// Whether it is overdue.
    pub overdue: bool,
    /// Whose it is.
    pub owner: String,
    /// Who goes through it; shown where it cannot be changed.
    pub reviewer: String,
    /// The choice of who; none for those who may not.
    pub choice: Option<Field>,
    /// Whether it is public, so that it can be still right.
    pub public: bool,
    /// For the form that says that it is still right.
    pub right_request: String,
    /// For the form that settles who.
    pub reviewer_request: String,
}

/// The quality of one text.
#[derive(Template)]
#[template(path = "admin_quality.html", whitespace = "minimize")]
pub struct QualityPage {
    /// The frame.
    pub desk: Desk,
    /// Where the text is edited; none for those who may not.
    pub edit_href: Option<String>,
    /// The log of the page, if the person may read it.
    pub log_href: Option<String>,
    /// The text's id.
    pub content: String,
    /// What the rules say.
    pub part: QualityPart,
    /// Who looks after it.
    pub care: CareBox,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl QualityPage {
    const fn t(&self) -> T {
        self.desk.t
    }

    fn summary(&self) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &[], &self.errors)
    }
}

/// A text in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareRow {
    /// The text's id.
    pub content: String,
    /// Its title.
    pub title: String,
    /// Where its quality is shown.
    pub href: String,
    /// Its public address.
    pub address: String,
    /// Its language.
    pub lang: Locale,
    /// Whose it is.
    pub owner: String,
    /// Who goes through it; may be empty.
    pub reviewer: String,
    /// Where it stands, in words.
    pub due: String,
    /// Whether it is overdue.
    pub overdue: bool,
    /// Findings in words; empty when there are none.
    pub findings: String,
    /// Whether something stops it.
    pub stopped: bool,
    /// LIX.
    pub lix: String,
    /// How often it was read in twelve months.
    pub reads: String,
    /// Whether it was chosen before an error.
    pub chosen: bool,
    /// Whether the person may change its care.
    pub can_change: bool,
    /// For the button that says that it is still right.
    pub request_id: String,
}

/// An organisation in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Its name with the address of its own report.
    pub link: NavLink,
    /// Texts, without reviewer, overdue, failing, dead links, mean LIX, unread.
    pub cells: [String; 7],
}

/// A week of the trend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekRow {
    /// Its Monday, in words.
    pub week: String,
    /// Texts, without reviewer, overdue, failing, dead links, mean LIX, unread.
    pub cells: [String; 7],
}

/// A line of the drawing: its name in the style sheet, its words, its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendLine {
    /// Name in the style sheet.
    pub class: &'static str,
    /// What it shows.
    pub label: String,
    /// `x,y` pairs in a box of 600 by 120.
    pub points: String,
}

/// The report.
#[derive(Template)]
#[template(path = "admin_care.html", whitespace = "minimize")]
pub struct CarePage {
    /// The frame.
    pub desk: Desk,
    /// Where the rules are settled; none for those who may not.
    pub rules_href: Option<String>,
    /// The same as a file.
    pub csv_href: String,
    /// How it stands.
    pub figures: Vec<Figure>,
    /// The choice of organisation and rule.
    pub filters: Vec<Field>,
    /// Kept from the address while choosing.
    pub show: Option<&'static str>,
    /// Which texts.
    pub chips: Vec<FilterChip>,
    /// The organisations below, with their figures.
    pub organisations: Vec<OrganisationRow>,
    /// The weeks, the latest first.
    pub weeks: Vec<WeekRow>,
    /// The drawing of the weeks; empty while there is one week only.
    pub lines: Vec<TrendLine>,
    /// What is called unread, and from when that can be said.
    pub unread_note: String,
    /// The highest number in the drawing.
    pub top: String,
    /// How many texts there are in the list.
    pub count: String,
    /// Said when there are none.
    pub empty: String,
    /// The texts.
    pub rows: Vec<CareRow>,
    /// Where in the list this is.
    pub paging: Paging,
    /// Where the forms post to.
    pub right_action: String,
    /// Where the form that settles who posts to.
    pub reviewer_action: String,
    /// Who can be chosen; none where nobody may choose.
    pub choice: Option<Field>,
    /// For the form that settles who.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl CarePage {
    const fn t(&self) -> T {
        self.desk.t
    }

    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&Field> = self.choice.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}

/// Where the rules are settled.
#[derive(Template)]
#[template(path = "admin_quality_rules.html", whitespace = "minimize")]
pub struct RulesPage {
    /// The frame.
    pub desk: Desk,
    /// The rules: field and why it matters.
    pub rules: Vec<(Field, String)>,
    /// The limits.
    pub limits: Vec<Field>,
    /// Months between reviews by kind of page.
    pub months: Vec<Field>,
    /// Days and switches.
    pub others: Vec<Field>,
    /// Said when the operator does not let the program out.
    pub links_off: bool,
    /// The state that the form was opened on.
    pub version: String,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl RulesPage {
    const fn t(&self) -> T {
        self.desk.t
    }

    fn summary(&self) -> ErrorSummary {
        let rules = self.rules.iter().map(|(field, _)| field);
        let fields: Vec<&Field> = rules
            .chain(&self.limits)
            .chain(&self.months)
            .chain(&self.others)
            .collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}

/// Keys of the columns of organisations and weeks.
const HEADS: [&str; 7] = [
    "care-texts",
    "care-without",
    "care-overdue",
    "care-failing",
    "care-dead",
    "care-lix",
    "care-unread",
];

impl CarePage {
    const fn heads(&self) -> [&'static str; 7] {
        HEADS
    }

    fn headed<'a>(&self, cells: &'a [String; 7]) -> impl Iterator<Item = (&'static str, &'a str)> {
        HEADS.into_iter().zip(cells.iter().map(String::as_str))
    }
}
