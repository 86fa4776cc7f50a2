//! What the pages of the media bank look like: plain data in, HTML out.

mod files;
mod list;
mod picture;
mod upload;
mod words;

pub use files::{FileEditPage, FileListPage, FileRow, NewFile};
pub use list::{Badge, BadgeKind, PictureListPage, PictureRow, ShowChip};
pub use picture::{PictureEditPage, Standing};
pub use upload::{FileVerdict, ReportRow, UploadPage, UploadReportPage};
pub use words::{PictureWords, licence_name};

use torg_kernel::FieldError;
use torg_ui::{Field, FieldKind, T};

/// The field for a file; the template draws it, since it never holds a value.
fn file_field(t: T, errors: &[FieldError]) -> Field {
    Field::new("file", FieldKind::Text, t.get("media-file"), "").errors(t, errors)
}

/// What kinds of pictures a browser offers to choose.
const PICTURES: &str = "image/jpeg,image/png,image/webp,image/gif,image/svg+xml";
/// What kinds of files a browser offers to choose.
const FILES: &str = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.csv,.txt,.ics";
