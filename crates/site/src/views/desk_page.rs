//! The staff's pages for one text on its way to the public.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field};

/// Field of the form that says that searches may lose the page. Errors under its name tell which.
pub const SEARCH_CONFIRMED: &str = "search_confirmed";

/// Two texts for one part, of which somebody has to choose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConflictView {
    /// Its name, as the form sends it back.
    pub name: String,
    /// What it is about: a field's label, or the beginning of a block.
    pub about: String,
    /// Who wrote what did not win; empty when it came from elsewhere.
    pub person: String,
    /// When, in words.
    pub time: String,
    /// What stands now.
    pub kept: String,
    /// What did not win.
    pub other: String,
}

/// Something that is planned, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanView {
    /// What is to be done, and when.
    pub words: String,
    /// Why it could not be done.
    pub failure: Option<String>,
}

/// What a person may do with a text as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a button that is there or not"
)]
pub struct Steps {
    /// Hand it on.
    pub submit: bool,
    /// Give it back, or say that it is good.
    pub review: bool,
    /// Make it public.
    pub publish: bool,
    /// Plan when it becomes public or goes.
    pub plan: bool,
    /// Take it away.
    pub unpublish: bool,
    /// Put it in the archive.
    pub archive: bool,
    /// Take it out of the archive.
    pub bring_back: bool,
    /// Throw the draft away.
    pub discard: bool,
}

/// The form for one page in one language, and what can be done with it.
#[derive(Template)]
#[template(path = "admin_page_edit.html", whitespace = "minimize")]
pub struct PageEditPage {
    /// The frame; its title is the page's.
    pub desk: Desk,
    /// Where the form posts to; steps have addresses below it.
    pub action: String,
    /// Where one goes without saving.
    pub cancel_href: String,
    /// The log of the page, if the person may read it.
    pub log_href: Option<String>,
    /// Other pages about the same text, with icon and words.
    pub links: Vec<(&'static str, String, String)>,
    /// The language of the content.
    pub locale: Locale,
    /// The name of its state: see the style sheet.
    pub state: &'static str,
    /// Its state in words.
    pub state_words: String,
    /// Sentences that say more: who wrote last, whether it was approved.
    pub facts: Vec<String>,
    /// What was said when it was handed on or back.
    pub note: String,
    /// Who else has it open.
    pub people: Vec<String>,
    /// What is planned.
    pub plans: Vec<PlanView>,
    /// When it is planned to become public, as a form writes it; may be empty.
    pub publish_at: String,
    /// When it is planned to go.
    pub unpublish_at: String,
    /// Title and lead.
    pub first: Vec<Field>,
    /// The text.
    pub text: Field,
    /// Everything else.
    pub more: Vec<Field>,
    /// Whether readers may comment; none where pages of the kind have no comments.
    pub comments: Option<bool>,
    /// Names and values that are sent back as they are.
    pub hidden: Vec<(String, String)>,
    /// What is wrong; names the fields.
    pub errors: Vec<FieldError>,
    /// Texts to choose between.
    pub conflicts: Vec<ConflictView>,
    /// What can be done.
    pub steps: Steps,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// The draft's revision that is shown.
    pub revision: i64,
    /// Whether the text can be written on at all.
    pub writable: bool,
}

impl PageEditPage {
    /// Whether the editor is to say that searches may lose the page.
    fn asks_about_search(&self) -> bool {
        self.errors
            .iter()
            .any(|error| error.field == SEARCH_CONFIRMED)
    }

    /// Whether the publisher is to say why the text is to be public although rules stop it.
    fn asks_for_reason(&self) -> bool {
        let stops = ["quality", crate::care::REASON];
        self.errors
            .iter()
            .any(|error| stops.contains(&error.field.as_str()))
    }

    /// Whether what is folded away has to be seen.
    fn more_is_wrong(&self) -> bool {
        self.more.iter().any(|field| field.error.is_some())
    }

    fn summary(&self) -> ErrorSummary {
        let mut fields: Vec<&Field> = self.first.iter().collect();
        fields.push(&self.text);
        fields.extend(&self.more);
        // What searches would lose is said where one answers it, once for all of them.
        let (lost, errors): (Vec<FieldError>, Vec<FieldError>) = self
            .errors
            .iter()
            .cloned()
            .partition(|error| error.field == SEARCH_CONFIRMED);
        let mut summary = ErrorSummary::of(self.desk.t, &fields, &errors);
        if !lost.is_empty() {
            let words = self.desk.t.one("searching-lost-count", "count", lost.len());
            summary.errors.push((SEARCH_CONFIRMED.to_owned(), words));
        }
        summary
    }
}

/// A new page, or a text of a page in another language.
#[derive(Template)]
#[template(path = "admin_page_new.html", whitespace = "minimize")]
pub struct PageNewPage {
    /// The frame.
    pub desk: Desk,
    /// The fields.
    pub fields: Vec<Field>,
    /// Names and values that are sent back as they are.
    pub hidden: Vec<(String, String)>,
    /// The text that it is a translation of, in words.
    pub source: Option<String>,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong; names the fields.
    pub errors: Vec<FieldError>,
}

impl PageNewPage {
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&Field> = self.fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}

/// A deed in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// The time of the day.
    pub time: String,
    /// What is to be done.
    pub deed: String,
    /// Whether it makes something public.
    pub publishes: bool,
    /// The page's title.
    pub title: String,
    /// Where it is edited, by those who may.
    pub href: Option<String>,
    /// Its language.
    pub locale: Locale,
    /// The owner's name.
    pub owner: String,
    /// Why it could not be done.
    pub failure: Option<String>,
}

/// A day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The day in words.
    pub day: String,
    /// Whether it is today.
    pub today: bool,
    /// In order of time.
    pub rows: Vec<CalendarRow>,
}

/// What will be published, day by day.
#[derive(Template)]
#[template(path = "admin_page_calendar.html", whitespace = "minimize")]
pub struct PageCalendarPage {
    /// The frame.
    pub desk: Desk,
    /// Days on which something happens.
    pub days: Vec<CalendarDay>,
    /// What failed and waits for somebody.
    pub failed: Vec<CalendarRow>,
    /// The weeks before, with words.
    pub earlier: Option<String>,
    /// The weeks after.
    pub later: String,
    /// Which days these are.
    pub span: String,
}
