//! All that the typesetter can see: one page's rules, one document, its pictures and the typefaces in this
//! program. There is no disk and no net behind it, and no clock.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};

/// Typefaces for what ours cannot write: Greek and Cyrillic, Arabic (SIL Open Font License 1.1,
/// `fonts/OFL.txt`).
const OTHERS: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];

/// Their names, in the order in which they are asked.
pub(crate) const FAMILIES: [&str; 3] = [
    torg_document::fonts::FAMILY,
    "Noto Sans",
    "Noto Sans Arabic",
];

/// What there is.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    files: BTreeMap<String, Bytes>,
}

/// All typefaces in this program.
pub(crate) fn fonts() -> Vec<Font> {
    torg_document::fonts::OWN
        .into_iter()
        .chain(OTHERS)
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .collect()
}

fn id(path: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{path}: {error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    /// Lays out what is needed for one document: `files` by their names.
    pub(crate) fn new(
        page: &str,
        fonts: Vec<Font>,
        files: BTreeMap<String, Bytes>,
    ) -> Result<Self, String> {
        // Headers of rows and summaries of tables are asked for by a switch of their own.
        let library = Library::builder()
            .with_features([Feature::A11yExtras].into_iter().collect())
            .build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(id("/page.typ")?, page.to_owned()),
            files,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files
            .get(id.get().vpath().get_without_slash())
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
