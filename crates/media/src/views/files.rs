//! Files to take home: the list with the form for a new one, and the page of one.

use askama::Template;
use torg_files::{UnseenPlaces, UsePlace};
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging};

use super::{FILES, file_field};

/// A file in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// What it is called.
    pub title: String,
    /// Where it is changed.
    pub href: String,
    /// Smaller lines below.
    pub note: Vec<String>,
    /// When it came in, in words.
    pub date: String,
}

/// The fields for a new file, empty or as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Organisations to choose from: id and name.
    pub organisations: Vec<(String, String)>,
    /// The one that is chosen.
    pub organisation: String,
    /// What it is called.
    pub title: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// The largest file, in megabytes.
    pub limit: usize,
}

/// Files, with the form for a new one.
#[derive(Template)]
#[template(path = "admin_files.html", whitespace = "minimize")]
pub struct FileListPage {
    /// The frame.
    pub desk: Desk,
    /// What the list is filtered by; may be empty.
    pub query: String,
    /// How many pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<FileRow>,
    /// Where in the list this is.
    pub paging: Paging,
    /// The form.
    pub new: NewFile,
    /// What is wrong with the form.
    pub errors: Vec<FieldError>,
}

struct NewFields {
    file: Field,
    title: Field,
    organisation: Field,
}

impl FileListPage {
    const ACCEPT: &'static str = FILES;

    fn filter(&self) -> Field {
        let label = self.desk.t.get("media-filter-files");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }

    fn fields(&self) -> NewFields {
        let (t, new) = (self.desk.t, &self.new);
        let title = Field::new("title", FieldKind::Text, t.get("media-title"), &*new.title);
        let organisation = Field::new(
            "organisation",
            FieldKind::Choice(new.organisations.clone()),
            t.get("media-organisation"),
            &*new.organisation,
        );
        NewFields {
            file: file_field(t, &self.errors),
            title: title.errors(t, &self.errors),
            organisation: organisation.errors(t, &self.errors),
        }
    }

    fn summary(&self, fields: &NewFields) -> ErrorSummary {
        let all = [&fields.file, &fields.title, &fields.organisation];
        ErrorSummary::of(self.desk.t, &all, &self.errors)
    }
}

/// The form for a file.
#[derive(Template)]
#[template(path = "admin_file.html", whitespace = "minimize")]
pub struct FileEditPage {
    /// The frame; its title is the file's.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The log of the file, if the person may read it.
    pub log_href: Option<String>,
    /// Where the file is taken home from.
    pub href: String,
    /// The name under which it is taken home.
    pub name: String,
    /// Kind and size in words.
    pub note: String,
    /// When it came in, in words.
    pub added: String,
    /// The pages that use it.
    pub places: Vec<UsePlace>,
    pub unseen: UnseenPlaces,
    /// As saved, or as written before an error.
    pub title: String,
    /// The largest file, in megabytes.
    pub limit: usize,
    /// The version that the form was opened on.
    pub version: i64,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl FileEditPage {
    const ACCEPT: &'static str = FILES;

    fn file_hint(&self) -> String {
        let t = self.desk.t;
        let hint = t.one("media-file-hint", "limit", self.limit);
        format!("{hint} {}", t.get("media-replace-hint"))
    }

    fn fields(&self) -> (Field, Field) {
        let t = self.desk.t;
        let title = Field::new("title", FieldKind::Text, t.get("media-title"), &*self.title);
        (title.errors(t, &self.errors), file_field(t, &self.errors))
    }

    fn summary(&self, fields: &(Field, Field)) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &[&fields.0, &fields.1], &self.errors)
    }
}
