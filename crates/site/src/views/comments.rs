//! Comments: under a page, in their form, and before whoever decides about them.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, NavLink, Paging, Shell, T};

/// A comment as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentView {
    /// The name of its place on the page.
    pub anchor: String,
    /// Who wrote it, as written; `None` for one that is gone.
    pub name: Option<String>,
    /// The day in words.
    pub day: String,
    /// The day as machines read it.
    pub iso: String,
    /// What it says, as plain paragraphs.
    pub paragraphs: Vec<String>,
    /// Where one says that it breaks the rules.
    pub report_href: String,
}

/// The comments below a page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_comments.html", whitespace = "minimize")]
pub struct CommentsPart {
    /// The words of the interface.
    pub t: T,
    /// How many there are to read.
    pub count: usize,
    /// All of them, oldest first, with gaps where one is gone.
    pub comments: Vec<CommentView>,
    /// Where one writes; `None` where no more are taken.
    pub write_href: Option<String>,
}

impl HtmlSafe for CommentsPart {}

/// The form for a comment. Posts `name`, `email`, `text`, `website`, `key` and `request_id`.
#[derive(Template)]
#[template(path = "comment_form.html", whitespace = "minimize")]
pub struct CommentFormPage {
    /// The frame.
    pub shell: Shell,
    /// What the page is called.
    pub page: String,
    /// Its language.
    pub page_lang: Locale,
    /// Its address.
    pub back: String,
    /// Whether it takes comments.
    pub open: bool,
    /// Where the form posts to.
    pub action: String,
    /// Made for one reader.
    pub request_id: String,
    /// By which the writer finds the comment again.
    pub key: String,
    /// As written before an error.
    pub name: String,
    /// As written before an error.
    pub email: String,
    /// As written before an error.
    pub text: String,
    /// Most characters of a name.
    pub longest_name: usize,
    /// Most characters of a text.
    pub longest_text: usize,
    /// By what comments are judged.
    pub rules: Vec<String>,
    /// The page on personal data.
    pub privacy_href: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl CommentFormPage {
    fn fields(&self) -> Vec<Field> {
        let t = self.shell.t();
        let field = |name, kind, value: &str| {
            Field::new(name, kind, t.get(&format!("comment-{name}")), value)
        };
        let most = |key, most: usize| {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            t.one(key, "most", torg_ui::number(t, most))
        };
        vec![
            field("name", FieldKind::Text, &self.name)
                .hint(most("comment-name-hint", self.longest_name))
                .autocomplete("nickname")
                .errors(t, &self.errors),
            field("email", FieldKind::Email, &self.email)
                .hint(t.get("comment-email-hint"))
                .autocomplete("email")
                .optional()
                .errors(t, &self.errors),
            field("text", FieldKind::Lines(8), &self.text)
                .hint(most("comment-text-hint", self.longest_text))
                .lang(self.page_lang)
                .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.shell.t(), &fields, &self.errors)
    }
}

/// One's own comment: what becomes of it, and how it is taken back.
#[derive(Template)]
#[template(path = "comment_own.html", whitespace = "minimize")]
pub struct OwnCommentPage {
    /// The frame; its title says where the comment stands.
    pub shell: Shell,
    /// What that means.
    pub said: String,
    /// The rule that it broke.
    pub rule: Option<String>,
    /// What it says; empty when it was weeded.
    pub paragraphs: Vec<String>,
    /// The page, while there is one.
    pub page: Option<NavLink>,
    /// Where the button for taking it back posts to.
    pub take_back: Option<String>,
}

/// Where a reader says which rule a comment breaks. Posts `rule` and `request_id`.
#[derive(Template)]
#[template(path = "comment_report.html", whitespace = "minimize")]
pub struct ReportCommentPage {
    /// The frame.
    pub shell: Shell,
    /// Whether it was said just now.
    pub done: bool,
    /// The comment on its page.
    pub back: String,
    /// The page's language.
    pub lang: Locale,
    /// Where the form posts to.
    pub action: String,
    /// The comment.
    pub comment: CommentView,
    /// The rule that was chosen before an error.
    pub chosen: String,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// Names and keys of the rules, as a choice.
fn rules(t: T) -> Vec<(String, String)> {
    crate::comments::rules()
        .map(|(name, key)| (name.to_owned(), t.get(key).into_owned()))
        .to_vec()
}

impl ReportCommentPage {
    fn field(&self) -> Field {
        let t = self.shell.t();
        let kind = FieldKind::Choice(with_none(t));
        let label = t.get("comment-report-rule");
        Field::new("rule", kind, label, &*self.chosen).errors(t, &self.errors)
    }

    fn summary(&self, field: &Field) -> ErrorSummary {
        ErrorSummary::of(self.shell.t(), &[field], &self.errors)
    }
}

fn with_none(t: T) -> Vec<(String, String)> {
    let none = (String::new(), t.get("comment-rule-choose").into_owned());
    std::iter::once(none).chain(rules(t)).collect()
}

/// A queue as a chip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentChip {
    /// Its name.
    pub label: String,
    /// How long it is.
    pub count: i64,
    /// Its address.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
}

/// How the last decision is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Where the button posts to.
    pub action: String,
    /// The decision.
    pub decision: String,
    /// The queue to come back to.
    pub show: String,
}

/// A comment before whoever decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// Its id.
    pub id: String,
    /// Whether it was chosen before an error.
    pub chosen: bool,
    /// Who wrote it; empty when weeded.
    pub name: String,
    /// For an answer; may be empty.
    pub email: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// The page's language.
    pub lang: Locale,
    /// The page, if it is there still.
    pub page: Option<NavLink>,
    /// Whose page it is.
    pub organisation: String,
    /// When it came.
    pub time: String,
    /// When it came, for machines.
    pub iso: String,
    /// When it was decided about.
    pub decided: Option<String>,
    /// Where it stands, in words.
    pub state: String,
    /// Whether it is rejected.
    pub is_rejected: bool,
    /// Readers who said that it breaks the rules.
    pub reports: i64,
    /// The rule that the last of them named.
    pub report_rule: Option<String>,
    /// The rule by which it was rejected.
    pub rule: Option<String>,
    /// What was noted about that.
    pub note: String,
    /// Whether its words are gone for good.
    pub weeded: bool,
    /// Its history.
    pub log_href: String,
}

/// The staff's queues. Posts `approve` or `reject` with an id and `rule_ID`, or `all` with
/// `comment` for each chosen, `rule` and `note`; always `request_id`.
#[derive(Template)]
#[template(path = "admin_comments.html", whitespace = "minimize")]
pub struct CommentsDeskPage {
    /// The frame.
    pub desk: Desk,
    /// How the last decision is taken back.
    pub undo: Option<Undo>,
    /// The queues.
    pub chips: Vec<CommentChip>,
    /// Where the form posts to.
    pub action: String,
    /// What an empty queue says.
    pub empty: String,
    /// Whether comments of this queue can be approved.
    pub can_approve: bool,
    /// Whether they can be rejected.
    pub can_reject: bool,
    /// Approving means that a reported comment stays.
    pub keep: bool,
    /// The comments.
    pub rows: Vec<CommentRow>,
    /// Where in the queue this is.
    pub paging: Paging,
    /// As written before an error.
    pub rule: String,
    /// As written before an error.
    pub note: String,
    /// What becomes of rejected comments.
    pub weeding: String,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl CommentsDeskPage {
    const fn t(&self) -> T {
        self.desk.t
    }

    fn rules(&self) -> Vec<(String, String)> {
        with_none(self.t())
    }

    fn fields(&self) -> [Field; 2] {
        let t = self.t();
        let choice = FieldKind::Choice(self.rules());
        [
            Field::new("rule", choice, t.get("comments-rule"), &*self.rule).errors(t, &self.errors),
            Field::new("note", FieldKind::Text, t.get("comments-note"), &*self.note)
                .hint(t.get("comments-note-hint"))
                .optional()
                .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field; 2]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.t(), &fields, &self.errors)
    }

    const fn approve_key(&self) -> &'static str {
        if self.keep {
            "comments-keep"
        } else {
            "comments-approve"
        }
    }

    const fn approve_all_key(&self) -> &'static str {
        if self.keep {
            "comments-keep-all"
        } else {
            "comments-approve-all"
        }
    }
}
