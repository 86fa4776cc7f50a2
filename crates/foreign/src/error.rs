//! Why nothing could be read: what, where, and what to do. English by `Display`, other languages by
//! key.

use torg_kernel::Message;

/// A source that could not be read as a whole. What is wrong with one page of it is a remark in the
/// report instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignError {
    /// The file, as given.
    pub path: String,
    /// Line and column, from 1, where they can be named.
    pub at: Option<(u64, u64)>,
    /// What is wrong.
    pub kind: ErrorKind,
}

impl std::fmt::Display for ForeignError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.path, self.kind),
            None => write!(f, "{}: {}", self.path, self.kind),
        }
    }
}

impl std::error::Error for ForeignError {}

impl ForeignError {
    pub(crate) fn new(path: &str, kind: ErrorKind) -> Self {
        Self {
            path: path.to_owned(),
            at: None,
            kind,
        }
    }

    pub(crate) fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Self {
        let reason = error.to_string();
        Self::new(
            &path.display().to_string(),
            ErrorKind::Unreadable { reason },
        )
    }

    /// The place as `path:line:column`.
    #[must_use]
    pub fn place(&self) -> String {
        match self.at {
            Some((line, column)) => format!("{}:{line}:{column}", self.path),
            None => self.path.clone(),
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* } = $key:literal, $english:literal;)+) => {
        /// The kinds of errors.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum ErrorKind {
            $($(#[$doc])* #[error($english)] $name { $($(#[$fdoc])* $field: $ty),* },)+
        }

        impl ErrorKind {
            /// Every translation key there is.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// The sentence as a translation key with its values.
            #[must_use]
            pub fn message(&self) -> Message {
                match self {
                    $(Self::$name { $($field),* } => Message::new($key)$(.with(stringify!($field), $field))*,)+
                }
            }
        }
    };
}

kinds! {
    /// The file or folder cannot be read.
    Unreadable { /** What the system says. */ reason: String } = "foreign-error-unreadable",
        "cannot be read: {reason}";
    /// Not well-formed.
    Xml { /** What the reader says. */ reason: String } = "foreign-error-xml",
        "the XML is broken here: {reason}; make the export again, or mend the file";
    /// Ends before its last tag.
    XmlCut {} = "foreign-error-xml-cut",
        "the file ends in the middle: copy or make the export again";
    /// XML, but not an export of WordPress.
    NotWxr { /** The tag it begins with. */ root: String } = "foreign-error-not-wxr",
        "this is not an export of WordPress: it begins with <{root}>, an export with <rss> and has a <wp:wxr_version>";
    /// One text is larger than any page.
    TextTooLarge { /** The most, in megabytes. */ megabytes: u64 } = "foreign-error-text-too-large",
        "a single text here is larger than {megabytes} MB: no page is, so the file is broken";
    /// Tags nested beyond reason.
    TooDeep { /** The deepest that is read. */ limit: usize } = "foreign-error-too-deep",
        "more than {limit} tags stand inside each other: the file is broken";
    /// No WARC and no folder.
    NotWarc {} = "foreign-error-not-warc",
        "this is neither a folder nor a WARC file: a WARC begins with “WARC/1.0” or “WARC/1.1”, packed with gzip or not";
    /// Nothing in it that could be a page.
    NoPages {} = "foreign-error-no-pages",
        "there are no pages in it";
    /// Nothing near the old address is free.
    NoAddress { /** The address that was wanted. */ address: String } = "foreign-error-no-address",
        "no address near {address} is free: put everything below another address with --under";
}
