//! The pages of history, review and trash.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging, Shell, T};

/// A version in the list.
pub(super) struct VersionRow {
    pub key: String,
    pub what: String,
    /// The name that somebody gave it, or what was said when it was handed on.
    pub name: String,
    /// What in it is half written, wrong or not settled, in words.
    pub unfinished: String,
    pub time: String,
    pub iso: String,
    pub person: String,
    /// Whether it is what is written or shown now.
    pub now: bool,
}

/// All versions of a text.
#[derive(Template)]
#[template(path = "admin_history.html", whitespace = "minimize")]
pub(super) struct HistoryPage {
    pub desk: Desk,
    /// Where all pages about the text begin.
    pub about: String,
    pub rows: Vec<VersionRow>,
    /// Chosen to begin with.
    pub old: String,
    pub new: String,
    pub may_edit: bool,
    pub may_delete: bool,
    pub request_id: String,
    pub today: String,
}

/// Words, marked or not.
pub(super) struct PieceView {
    pub text: String,
    pub marked: bool,
}

impl From<&str> for PieceView {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            marked: false,
        }
    }
}

/// Lines with what they are.
pub(super) type Lines = Vec<(&'static str, Vec<PieceView>)>;

/// A part in one version.
pub(super) struct SideView {
    pub kind: String,
    pub lines: Lines,
}

/// A part in both versions, or a stretch of parts that are the same.
pub(super) struct RowView {
    /// `added`, `deleted`, `changed`, `moved`, or nothing.
    pub change: &'static str,
    pub moved: bool,
    pub old: Option<SideView>,
    pub new: Option<SideView>,
    pub folded: Vec<RowView>,
}

impl RowView {
    /// What the change is called.
    fn change_words(&self, t: impl Into<T>) -> String {
        let t: T = t.into();
        let word = t.get(&format!("compare-{}", self.change)).into_owned();
        match (self.change, self.moved) {
            ("changed", true) => format!("{word}, {}", t.get("compare-moved").to_lowercase()),
            _ => word,
        }
    }
}

/// A text that stands beside another in a version, since nobody has chosen between them.
pub(super) struct UnsettledView {
    /// The version, and who wrote it.
    pub version: String,
    pub person: String,
    pub lines: Lines,
}

/// Two versions side by side.
#[derive(Template)]
#[template(path = "admin_compare.html", whitespace = "minimize")]
pub(super) struct ComparePage {
    pub desk: Desk,
    pub about: String,
    pub locale: Locale,
    pub old: String,
    pub new: String,
    /// The keys by which each side can be brought back.
    pub restore: [Option<String>; 2],
    pub same: bool,
    pub rows: Vec<RowView>,
    /// Texts for one place between which nobody has chosen, of either version.
    pub unsettled: Vec<UnsettledView>,
    pub request_id: String,
}

impl ComparePage {
    fn is_restorable(&self) -> bool {
        self.restore.iter().any(Option::is_some)
    }
}

/// Asks for a day.
#[derive(Template)]
#[template(path = "admin_as_of.html", whitespace = "minimize")]
pub(super) struct AsOfPage {
    pub desk: Desk,
    pub action: String,
    pub date: String,
    pub time: String,
    pub errors: Vec<FieldError>,
}

impl AsOfPage {
    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }

    fn fields(&self) -> Vec<Field> {
        let t = self.desk.t;
        vec![
            Field::new("date", FieldKind::Date, t.get("as-of-date"), &*self.date)
                .errors(t, &self.errors),
            Field::new("time", FieldKind::Text, t.get("as-of-time"), &*self.time)
                .hint(t.get("as-of-time-hint"))
                .optional()
                .errors(t, &self.errors),
        ]
    }
}

/// A secret link in the list.
pub(super) struct PreviewRow {
    pub id: String,
    pub note: String,
    pub person: String,
    pub made: String,
    pub ends: String,
    pub ended: Option<String>,
    pub open: bool,
}

/// The secret links of a draft.
#[derive(Template)]
#[template(path = "admin_preview.html", whitespace = "minimize")]
pub(super) struct PreviewPage {
    pub desk: Desk,
    pub about: String,
    /// The whole address of the link that was just made: it is shown this once.
    pub made: Option<String>,
    pub secret: String,
    pub note: String,
    pub ends: String,
    pub most: i64,
    pub may_edit: bool,
    pub rows: Vec<PreviewRow>,
    pub request_id: String,
    pub errors: Vec<FieldError>,
}

impl PreviewPage {
    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }

    fn fields(&self) -> Vec<Field> {
        let t = self.desk.t;
        vec![
            Field::new("note", FieldKind::Text, t.get("preview-note"), &*self.note)
                .hint(t.get("preview-note-hint"))
                .optional()
                .errors(t, &self.errors),
            Field::new("ends", FieldKind::Date, t.get("preview-ends"), &*self.ends)
                .hint(t.one("preview-ends-hint", "days", self.most))
                .errors(t, &self.errors),
        ]
    }
}

/// What a reader with a link that has ended is told.
#[derive(Template)]
#[template(path = "preview_ended.html", whitespace = "minimize")]
pub(super) struct EndedPage {
    pub shell: Shell,
}

/// Something said of a part, or suggested, with the answers.
pub(super) struct NoteView {
    pub id: String,
    pub person: String,
    pub time: String,
    pub iso: String,
    pub paragraphs: Vec<String>,
    pub suggestion: bool,
    pub before: Lines,
    pub after: Lines,
    pub open: bool,
    pub state: String,
    pub settled: Option<String>,
    pub may_speak: bool,
    pub may_decide: bool,
    pub replies: Vec<NoteView>,
}

/// The form for other words.
pub(super) struct SuggestionView {
    pub text: String,
    pub why: String,
    pub error: Option<String>,
}

/// A part of the draft with what was said of it.
pub(super) struct PartView {
    pub part: String,
    pub anchor: String,
    pub side: SideView,
    pub threads: Vec<NoteView>,
    pub body: String,
    pub body_error: Option<String>,
    pub suggestion: Option<SuggestionView>,
}

/// A draft with what was said of it.
#[derive(Template)]
#[template(path = "admin_review.html", whitespace = "minimize")]
pub(super) struct ReviewPage {
    pub desk: Desk,
    pub about: String,
    pub locale: Locale,
    pub open: usize,
    pub may_speak: bool,
    pub parts: Vec<PartView>,
    pub request_id: String,
    pub errors: Vec<FieldError>,
}

impl ReviewPage {
    fn summary(&self) -> ErrorSummary {
        let t = self.desk.t;
        let found = self.parts.iter().find_map(|part| {
            let suggested = part.suggestion.as_ref().and_then(|it| it.error.as_ref());
            let (field, error) = match (&part.body_error, suggested) {
                (Some(error), _) => ("body", error),
                (None, Some(error)) => ("text", error),
                (None, None) => return None,
            };
            Some((format!("{field}_{}", part.anchor), error.clone()))
        });
        match found {
            Some(error) => ErrorSummary {
                errors: vec![error],
            },
            None => ErrorSummary::of(t, &[], &self.errors),
        }
    }
}

/// A page that links here or lies below.
pub(super) struct LinkView {
    pub title: String,
    pub address: String,
    pub href: String,
    pub lang: Locale,
    /// Why readers do not see it, in words.
    pub state: Option<String>,
}

/// Asks before a text goes into the trash.
#[derive(Template)]
#[template(path = "admin_delete.html", whitespace = "minimize")]
pub(super) struct DeletePage {
    pub desk: Desk,
    pub about: String,
    /// Language or variant, title, address.
    pub texts: Vec<(String, String, String)>,
    pub linking: Vec<LinkView>,
    /// Drafts of others that link here.
    pub hidden: usize,
    pub below: Vec<LinkView>,
    /// Drafts of others that lie below.
    pub below_hidden: usize,
    pub lead: String,
    pub public: bool,
    pub request_id: String,
    pub errors: Vec<FieldError>,
}

impl DeletePage {
    fn field(&self) -> Field {
        let t = self.desk.t;
        Field::new("lead", FieldKind::Text, t.get("delete-lead"), &*self.lead)
            .hint(t.get("delete-lead-hint"))
            .optional()
            .errors(t, &self.errors)
    }

    fn summary(&self) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &[&self.field()], &self.errors)
    }
}

/// A text in the trash.
pub(super) struct TrashRow {
    pub batch: String,
    pub title: String,
    pub address: String,
    pub locale: Locale,
    pub owner: String,
    pub person: String,
    pub time: String,
    /// The day on which it goes for good.
    pub gone: String,
}

/// The trash.
#[derive(Template)]
#[template(path = "admin_trash.html", whitespace = "minimize")]
pub(super) struct TrashPage {
    pub desk: Desk,
    pub days: i64,
    pub rows: Vec<TrashRow>,
    pub request_id: String,
    pub errors: Vec<FieldError>,
}

impl TrashPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &[], &self.errors)
    }
}

/// What came of it for one page.
pub(super) struct BulkResult {
    pub title: String,
    pub href: Option<String>,
    pub good: bool,
    pub said: String,
}

/// Many pages at once: what shall be done, or what came of it.
#[derive(Template)]
#[template(path = "admin_bulk.html", whitespace = "minimize")]
pub(super) struct BulkPage {
    pub desk: Desk,
    /// Id, title, address of those that were chosen.
    pub list: Vec<(String, String, String)>,
    pub results: Vec<BulkResult>,
    pub done: usize,
    /// Organisations to which pages can be given.
    pub owners: Vec<(String, String)>,
    pub error: Option<String>,
    pub request_id: String,
}

/// A text of a page in a language.
pub(super) struct LanguageCell {
    pub href: String,
    pub status: &'static str,
    pub title: String,
    pub words: String,
}

/// A page with its languages.
pub(super) struct TranslationRow {
    pub title: String,
    pub address: String,
    pub href: String,
    pub cells: Vec<(Locale, Vec<LanguageCell>)>,
}

/// All pages with their languages.
#[derive(Template)]
#[template(path = "admin_translations.html", whitespace = "minimize")]
pub(super) struct TranslationsPage {
    pub desk: Desk,
    pub query: String,
    pub total: usize,
    pub columns: Vec<Locale>,
    pub rows: Vec<TranslationRow>,
    pub paging: Paging,
}

impl TranslationsPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("pages-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// A block of a translation beside the one of its source.
pub(super) struct BesideRow {
    /// The translation's block; none for title and lead, and where it has nothing.
    pub block: Option<String>,
    pub left: Option<SideView>,
    pub right: Option<SideView>,
}

/// A translation beside its source.
#[derive(Template)]
#[template(path = "admin_translation.html", whitespace = "minimize")]
pub(super) struct BesidePage {
    pub desk: Desk,
    pub about: String,
    pub source_href: String,
    pub locale: Locale,
    pub status: &'static str,
    pub made: String,
    /// What changed in the source since; none when it did not, or when that is not known.
    pub changes: Option<Vec<RowView>>,
    pub rows: Vec<BesideRow>,
    pub may_edit: bool,
    /// The version of the source's words that is shown.
    pub seen: i64,
    pub request_id: String,
}

impl BesidePage {
    fn is_current(&self) -> bool {
        self.status == "current"
    }

    fn status_key(&self) -> String {
        format!("translation-is-{}", self.status)
    }
}
