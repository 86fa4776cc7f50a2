//! The page of a picture.

use askama::Template;
use torg_files::{UnseenPlaces, UsePlace};
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, Html, PictureView};

use super::words::{PictureWords, WordFields};
use super::{PICTURES, file_field};

/// How long readers see a picture, when that is not for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether they do not see it any longer.
    pub is_stopped: bool,
    /// Since when or until when, and why, in sentences.
    pub words: Vec<String>,
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
    /// How long readers see it.
    pub standing: Option<Standing>,
    /// The pages that use it.
    pub places: Vec<UsePlace>,
    pub unseen: UnseenPlaces,
    /// Pictures that look much like it: name and address.
    pub alike: Vec<(String, String)>,
    /// As saved, or as written before an error.
    pub words: PictureWords,
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
    words: WordFields,
}

impl PictureEditPage {
    const ACCEPT: &'static str = PICTURES;

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
        PictureFields {
            file: file_field(t, &self.errors),
            words: self.words.fields(t, &self.errors),
        }
    }

    fn summary(&self, fields: &PictureFields) -> ErrorSummary {
        let t = self.desk.t;
        let is_alt = |error: &&FieldError| error.field.starts_with("alt_");
        let others: Vec<FieldError> = self
            .errors
            .iter()
            .filter(|error| !is_alt(error))
            .cloned()
            .collect();
        let mut all: Vec<&Field> = fields.words.plain().to_vec();
        all.push(&fields.file);
        let mut summary = ErrorSummary::of(t, &all, &others);
        let alts = fields.words.alts.iter().filter_map(|alt| {
            let error = alt.error.as_ref()?;
            Some((alt.id.clone(), format!("{}: {error}", alt.locale.endonym())))
        });
        summary.errors.splice(0..0, alts);
        summary
    }
}
