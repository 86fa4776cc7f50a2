//! What the pages of the media bank look like: plain data in, HTML out.

use askama::Template;
use torg_files::UsePlace;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Html, Paging, PictureView, T};

/// A picture or a file in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRow {
    /// What it shows, or what it is called.
    pub title: String,
    /// Where it is changed.
    pub href: String,
    /// A small size of a picture: address, width, height.
    pub thumb: Option<(String, u32, u32)>,
    /// Smaller lines below.
    pub note: Vec<String>,
    /// When it came in, in words.
    pub date: String,
}

/// The fields for something new, empty or as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMedia {
    /// Organisations to choose from: id and name.
    pub organisations: Vec<(String, String)>,
    /// The one that is chosen.
    pub organisation: String,
    /// What a picture shows, in Swedish.
    pub alt_sv: String,
    /// What a picture shows, in English.
    pub alt_en: String,
    /// Who took or drew a picture.
    pub credit: String,
    /// Percent from the left.
    pub focus_x: String,
    /// Percent from the top.
    pub focus_y: String,
    /// What a file is called.
    pub title: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// The largest file, in megabytes.
    pub limit: usize,
}

/// What a picture's form asks for in words.
struct Words<'a> {
    alt_sv: &'a str,
    alt_en: &'a str,
    credit: &'a str,
    focus_x: &'a str,
    focus_y: &'a str,
}

impl Words<'_> {
    fn fields(&self, t: T, errors: &[FieldError]) -> (Vec<Field>, Vec<Field>) {
        let text = |name, key: &str, value: &str| {
            Field::new(name, FieldKind::Text, t.get(key), value)
                .optional()
                .errors(t, errors)
        };
        let alt = |name, key: &str, value: &str| Field {
            kind: FieldKind::Lines(3),
            ..text(name, key, value)
        };
        let words = vec![
            alt("alt_sv", "media-alt-sv", self.alt_sv)
                .hint(t.get("media-alt-hint"))
                .lang(Locale::SV),
            alt("alt_en", "media-alt-en", self.alt_en).lang(Locale::EN),
            text("credit", "media-credit", self.credit),
        ];
        let focus = vec![
            text("focus_x", "media-focus-x", self.focus_x),
            text("focus_y", "media-focus-y", self.focus_y),
        ];
        (words, focus)
    }
}

/// The field for a file; the template draws it, since it never holds a value.
fn file_field(t: T, errors: &[FieldError]) -> Field {
    Field::new("file", FieldKind::Text, t.get("media-file"), "").errors(t, errors)
}

fn summary(t: T, fields: &[&Field], errors: &[FieldError]) -> ErrorSummary {
    ErrorSummary::of(t, fields, errors)
}

/// Pictures or files, with the form for a new one.
#[derive(Template)]
#[template(path = "admin_media.html", whitespace = "minimize")]
pub struct MediaListPage {
    /// The frame.
    pub desk: Desk,
    /// Files rather than pictures.
    pub files: bool,
    /// What the list is filtered by; may be empty.
    pub query: String,
    /// How many pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<MediaRow>,
    /// Where in the list this is.
    pub paging: Paging,
    /// The form.
    pub new: NewMedia,
    /// Whether to show the form.
    pub may_add: bool,
    /// What is wrong with the form.
    pub errors: Vec<FieldError>,
}

struct NewFields {
    file: Field,
    words: Vec<Field>,
    focus: Vec<Field>,
    organisation: Field,
}

impl MediaListPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("media-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }

    fn fields(&self) -> NewFields {
        let (t, new) = (self.desk.t, &self.new);
        let (words, focus) = if self.files {
            let title = Field::new("title", FieldKind::Text, t.get("media-title"), &*new.title);
            (vec![title.errors(t, &self.errors)], Vec::new())
        } else {
            let words = Words {
                alt_sv: &new.alt_sv,
                alt_en: &new.alt_en,
                credit: &new.credit,
                focus_x: &new.focus_x,
                focus_y: &new.focus_y,
            };
            words.fields(t, &self.errors)
        };
        let organisation = Field::new(
            "organisation",
            FieldKind::Choice(new.organisations.clone()),
            t.get("media-organisation"),
            &*new.organisation,
        );
        NewFields {
            file: file_field(t, &self.errors),
            words,
            focus,
            organisation: organisation.errors(t, &self.errors),
        }
    }

    fn summary(&self, fields: &NewFields) -> ErrorSummary {
        let mut all = vec![&fields.file];
        all.extend(&fields.words);
        all.extend(&fields.focus);
        all.push(&fields.organisation);
        summary(self.desk.t, &all, &self.errors)
    }
}

/// The form for a picture.
#[derive(Template)]
#[template(path = "admin_picture.html", whitespace = "minimize")]
pub struct PictureEditPage {
    /// The frame; its title is the picture's key.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The log of the picture, if the person may read it.
    pub log_href: Option<String>,
    /// The picture.
    pub view: PictureView,
    /// Its name in imports and exports.
    pub key: String,
    /// Its width and height.
    pub size: (u32, u32),
    /// When it came in, in words.
    pub added: String,
    /// The pages that use it.
    pub places: Vec<UsePlace>,
    /// As saved, or as written before an error.
    pub alt_sv: String,
    /// As saved, or as written before an error.
    pub alt_en: String,
    /// As saved, or as written before an error.
    pub credit: String,
    /// As saved, or as written before an error.
    pub focus_x: String,
    /// As saved, or as written before an error.
    pub focus_y: String,
    /// The largest file, in megabytes.
    pub limit: usize,
    /// The version that the form was opened on.
    pub version: i64,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

struct PictureFields {
    file: Field,
    words: Vec<Field>,
    focus: Vec<Field>,
}

impl PictureEditPage {
    /// The picture once more, to be cut by its box; it says nothing that the first did not.
    fn crop(&self, sizes: &str) -> Html {
        let view = PictureView {
            alt: String::new(),
            ..self.view.clone()
        };
        view.html(sizes, false)
    }

    fn file_hint(&self) -> String {
        let t = self.desk.t;
        let hint = t.one("media-picture-hint", "limit", self.limit);
        format!("{hint} {}", t.get("media-replace-hint"))
    }

    fn fields(&self) -> PictureFields {
        let t = self.desk.t;
        let words = Words {
            alt_sv: &self.alt_sv,
            alt_en: &self.alt_en,
            credit: &self.credit,
            focus_x: &self.focus_x,
            focus_y: &self.focus_y,
        };
        let (words, focus) = words.fields(t, &self.errors);
        PictureFields {
            file: file_field(t, &self.errors),
            words,
            focus,
        }
    }

    fn summary(&self, fields: &PictureFields) -> ErrorSummary {
        let mut all = vec![&fields.file];
        all.extend(&fields.words);
        all.extend(&fields.focus);
        summary(self.desk.t, &all, &self.errors)
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
        summary(self.desk.t, &[&fields.0, &fields.1], &self.errors)
    }
}
