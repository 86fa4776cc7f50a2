//! The staff's pages about the board.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging};

use super::public::{FileLine, NoticeView};

/// A way to narrow the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateChip {
    /// Key of its words.
    pub key: &'static str,
    /// How many there are.
    pub count: usize,
    /// The list of them.
    pub href: String,
    /// Whether it is what is shown.
    pub current: bool,
}

/// An announcement in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its heading.
    pub title: String,
    /// Where it is edited.
    pub edit_href: String,
    /// The state as stored, such as `posted`.
    pub state: &'static str,
    /// Whether it was taken down before its day.
    pub withdrawn: bool,
    /// The kind as stored.
    pub kind: &'static str,
    /// The committee.
    pub committee: String,
    /// The day of posting.
    pub posted: String,
    /// The day of removal.
    pub removed: String,
}

impl NoticeRow {
    fn kind_key(&self) -> String {
        format!("notice-kind-{}", self.kind)
    }
    fn state_key(&self) -> String {
        if self.withdrawn {
            "notice-state-withdrawn".to_owned()
        } else {
            format!("notice-state-{}", self.state)
        }
    }
}

/// The announcements that the person may change.
#[derive(Template)]
#[template(path = "admin_notices.html", whitespace = "minimize")]
pub struct NoticeListPage {
    /// The frame.
    pub desk: Desk,
    /// All, coming, posted, removed.
    pub chips: Vec<StateChip>,
    /// The state that is shown; may be empty.
    pub state: String,
    /// The words it is filtered by; may be empty.
    pub query: String,
    /// How many pass.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<NoticeRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

impl NoticeListPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("notices-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// What stands in the fields of the form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoticeFields {
    /// The kind, as stored.
    pub kind: String,
    /// The committee's id.
    pub organisation: String,
    /// The heading.
    pub title_sv: String,
    /// The heading in English.
    pub title_en: String,
    /// The text as Markdown.
    pub text_sv: String,
    /// The text in English.
    pub text_en: String,
    /// The day of the meeting.
    pub meeting: String,
    /// The day of the adjustment.
    pub adjusted: String,
    /// Where minutes are kept.
    pub kept_at_sv: String,
    /// The same in English.
    pub kept_at_en: String,
    /// `now` or `date`.
    pub when: String,
    /// The day of posting.
    pub posted: String,
    /// The day of removal; empty follows from the rest.
    pub removed: String,
    /// The last day for appeal; empty follows from the rest.
    pub appeal: String,
    /// The unit to ask, by id.
    pub contact: String,
    /// The version that the form was opened on; empty for a new one.
    pub version: String,
}

/// What somebody else saved in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeConflict {
    /// When.
    pub time: String,
    /// The heading as saved.
    pub title: String,
    /// The text as saved.
    pub text: String,
    /// The days as saved.
    pub days: String,
}

/// The form for an announcement, new or known.
#[derive(Template)]
#[template(path = "admin_notice_edit.html", whitespace = "minimize")]
pub struct NoticeEditPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// What it says about its days: when it goes up and down, in a sentence.
    pub standing: String,
    /// What the law wants that is not kept.
    pub remark: Option<String>,
    /// When the time for appeal would end if it were posted today.
    pub appeal_hint: String,
    /// Whether kind, committee and first day are fixed.
    pub is_posted: bool,
    /// Whether it is down for good: nothing can be changed.
    pub is_removed: bool,
    /// The public page, while it stands there.
    pub public_href: Option<String>,
    /// The proof, of what is saved.
    pub proof_href: Option<String>,
    /// The log of it, if the person may read it.
    pub log_href: Option<String>,
    /// Where it is withdrawn, while it can be.
    pub withdraw_href: Option<String>,
    /// Where files are added, while they can be.
    pub files_href: Option<String>,
    /// The files as saved.
    pub files: Vec<FileLine>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
    /// The fields as saved, or as written before an error.
    pub fields: NoticeFields,
    /// Kinds to choose from: value and label.
    pub kinds: Vec<(String, String)>,
    /// Committees to choose from: id and name.
    pub committees: Vec<(String, String)>,
    /// Units to choose from: id and name.
    pub units: Vec<(String, String)>,
    /// What is written as a reason for withdrawing.
    pub reason: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What somebody else saved.
    pub conflict: Option<NoticeConflict>,
    /// What it would look like: heading and content.
    pub preview: Option<(String, NoticeView)>,
}

struct Groups {
    what: Vec<Field>,
    texts: Vec<Field>,
    english: Vec<Field>,
    meeting: Vec<Field>,
    days: Vec<Field>,
    other: Vec<Field>,
}

impl Groups {
    fn all(&self) -> Vec<&Field> {
        [
            &self.what,
            &self.texts,
            &self.meeting,
            &self.days,
            &self.other,
            &self.english,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl NoticeEditPage {
    fn field(&self, name: &'static str, kind: FieldKind, key: &str, value: &str) -> Field {
        let t = self.desk.t;
        Field::new(name, kind, t.get(key), value).errors(t, &self.errors)
    }

    fn choice(
        &self,
        name: &'static str,
        key: &str,
        value: &str,
        from: &[(String, String)],
    ) -> Field {
        self.field(name, FieldKind::Choice(from.to_vec()), key, value)
    }

    fn groups(&self) -> Groups {
        let t = self.desk.t;
        let own = &self.fields;
        let line = |name, key: &str, value: &str| self.field(name, FieldKind::Text, key, value);
        let day =
            |name, key: &str, value: &str| self.field(name, FieldKind::Date, key, value).optional();
        let text = |name, key: &str, value: &str| {
            self.field(name, FieldKind::Lines(10), key, value)
                .optional()
        };
        let when = [("now", "notice-edit-now"), ("date", "notice-edit-date")]
            .map(|(value, key)| (value.to_owned(), t.get(key).into_owned()));
        let mut days = Vec::new();
        if !self.is_posted {
            days.push(self.choice("when", "notice-edit-when", &own.when, &when));
            days.push(
                day("posted", "notice-edit-posted", &own.posted)
                    .hint(t.get("notice-edit-posted-hint")),
            );
        }
        days.push(day("appeal", "notice-edit-appeal", &own.appeal).hint(self.appeal_hint.clone()));
        days.push(
            day("removed", "notice-edit-removed", &own.removed)
                .hint(t.get("notice-edit-removed-hint")),
        );
        let mut units = vec![(String::new(), t.get("notice-edit-no-contact").into_owned())];
        units.extend(self.units.iter().cloned());
        let mut what = Vec::new();
        if !self.is_posted {
            what.push(self.choice("kind", "notice-edit-kind", &own.kind, &self.kinds));
            what.push(self.choice(
                "organisation",
                "notice-edit-committee",
                &own.organisation,
                &self.committees,
            ));
        }
        Groups {
            what,
            texts: vec![
                line("title_sv", "notice-edit-title", &own.title_sv).lang(Locale::SV),
                text("text_sv", "notice-edit-text", &own.text_sv)
                    .lang(Locale::SV)
                    .hint(t.get("notice-edit-text-hint")),
            ],
            english: vec![
                line("title_en", "notice-edit-title-en", &own.title_en)
                    .lang(Locale::EN)
                    .optional(),
                text("text_en", "notice-edit-text-en", &own.text_en).lang(Locale::EN),
                line("kept_at_en", "notice-edit-kept-at-en", &own.kept_at_en)
                    .lang(Locale::EN)
                    .optional(),
            ],
            meeting: vec![
                day("meeting", "notice-edit-meeting", &own.meeting)
                    .hint(t.get("notice-edit-meeting-hint")),
                day("adjusted", "notice-edit-adjusted", &own.adjusted)
                    .hint(t.get("notice-edit-adjusted-hint")),
            ],
            days,
            other: vec![
                line("kept_at_sv", "notice-edit-kept-at", &own.kept_at_sv)
                    .lang(Locale::SV)
                    .hint(t.get("notice-edit-kept-at-hint"))
                    .optional(),
                self.choice("contact", "notice-edit-contact", &own.contact, &units)
                    .optional(),
            ],
        }
    }

    fn files_field(&self) -> Field {
        self.field("files", FieldKind::Text, "notice-edit-files-add", "")
            .hint(self.desk.t.get("notice-edit-files-hint"))
    }

    fn reason_field(&self) -> Field {
        self.field(
            "reason",
            FieldKind::Lines(3),
            "notice-edit-reason",
            &self.reason,
        )
        .hint(self.desk.t.get("notice-edit-reason-hint"))
    }

    fn summary(&self, groups: &Groups) -> ErrorSummary {
        let reason = self.reason_field();
        let mut all = groups.all();
        let files = self.files_field();
        if self.files_href.is_some() {
            all.push(&files);
        }
        if self.withdraw_href.is_some() {
            all.push(&reason);
        }
        ErrorSummary::of(self.desk.t, &all, &self.errors)
    }

    fn opens_english(&self) -> bool {
        let own = &self.fields;
        !(own.title_en.is_empty() && own.text_en.is_empty() && own.kept_at_en.is_empty())
            || self.errors.iter().any(|error| error.field.ends_with("_en"))
    }
}
