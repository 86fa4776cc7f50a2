//! Many pictures at once: the form, and the report of what became of each file.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind};

use super::words::{PictureWords, WordFields};
use super::{PICTURES, file_field};

/// The form for new pictures.
#[derive(Template)]
#[template(path = "admin_media_upload.html", whitespace = "minimize")]
pub struct UploadPage {
    /// The frame.
    pub desk: Desk,
    /// What holds for all of them.
    pub words: PictureWords,
    /// Organisations to choose from: id and name.
    pub organisations: Vec<(String, String)>,
    /// The one that is chosen.
    pub organisation: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// The largest file, and all of them together, in megabytes.
    pub limits: (usize, usize),
    /// The most files.
    pub most: usize,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

struct UploadFields {
    file: Field,
    words: WordFields,
    organisation: Field,
}

impl UploadPage {
    const ACCEPT: &'static str = PICTURES;

    fn file_hint(&self) -> String {
        let t = self.desk.t;
        let kinds = t.one("media-picture-hint", "limit", self.limits.0);
        let many = t.two("media-many-hint", "most", self.most, "total", self.limits.1);
        format!("{many} {kinds}")
    }

    fn fields(&self) -> UploadFields {
        let t = self.desk.t;
        let organisation = Field::new(
            "organisation",
            FieldKind::Choice(self.organisations.clone()),
            t.get("media-organisation"),
            &*self.organisation,
        );
        UploadFields {
            file: file_field(t, &self.errors),
            words: self.words.fields(t, &self.errors),
            organisation: organisation.errors(t, &self.errors),
        }
    }

    fn summary(&self, fields: &UploadFields) -> ErrorSummary {
        // What must be seen of a picture is not asked for here: the block editor sends it along.
        let asked = fields.words.plain().into_iter();
        let mut all = vec![&fields.file, &fields.organisation];
        all.extend(asked.filter(|field| !field.name.starts_with("focus")));
        ErrorSummary::of(self.desk.t, &all, &self.errors)
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileVerdict {
    /// It is a picture of the bank now.
    Taken,
    /// The bank has it already.
    Same,
    /// It was not taken.
    Refused,
}

impl FileVerdict {
    /// Its name in the style.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Same => "same",
            Self::Refused => "refused",
        }
    }
}

/// A file and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The file's name as it was sent.
    pub name: String,
    /// What became of it.
    pub verdict: FileVerdict,
    /// Why, or what to know.
    pub words: Vec<String>,
    /// The picture in the bank, if the person may change it.
    pub href: Option<String>,
    /// A small size of it.
    pub thumb: Option<(String, u32, u32)>,
}

/// What became of many files.
#[derive(Template)]
#[template(path = "admin_media_report.html", whitespace = "minimize")]
pub struct UploadReportPage {
    /// The frame.
    pub desk: Desk,
    /// Each file, in the order in which it was sent.
    pub rows: Vec<ReportRow>,
}

/// Files of which the same became.
struct ReportGroup<'a> {
    name: &'static str,
    heading: String,
    rows: Vec<&'a ReportRow>,
}

impl UploadReportPage {
    fn taken(&self) -> usize {
        let taken = |row: &&ReportRow| row.verdict == FileVerdict::Taken;
        self.rows.iter().filter(taken).count()
    }

    /// What somebody has to do something about stands first.
    fn groups(&self) -> Vec<ReportGroup<'_>> {
        let t = self.desk.t;
        [
            (FileVerdict::Refused, "media-report-refused"),
            (FileVerdict::Same, "media-report-same"),
            (FileVerdict::Taken, "media-report-taken"),
        ]
        .into_iter()
        .filter_map(|(verdict, key)| {
            let own = |row: &&ReportRow| row.verdict == verdict;
            let rows: Vec<&ReportRow> = self.rows.iter().filter(own).collect();
            (!rows.is_empty()).then(|| ReportGroup {
                name: verdict.as_str(),
                heading: t.one(key, "count", rows.len()),
                rows,
            })
        })
        .collect()
    }
}
