//! Why a file was refused: what, where, and what to do. English by `Display`, other languages by
//! key (`crates/markup/translations`).

use torg_kernel::Message;

/// A file that could not be read as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The file, as given.
    pub path: String,
    /// Line, from 1, where one can be named.
    pub line: Option<u32>,
    /// What is wrong.
    pub kind: ErrorKind,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.kind),
            None => write!(f, "{}: {}", self.path, self.kind),
        }
    }
}

impl std::error::Error for ParseError {}

impl ParseError {
    pub(crate) fn new(path: &str, line: Option<u32>, kind: ErrorKind) -> Self {
        Self {
            path: path.to_owned(),
            line,
            kind,
        }
    }

    /// The sentence as a translation key, with `path` and (0 where unknown) `line` among the
    /// values.
    #[must_use]
    pub fn message(&self) -> Message {
        self.kind
            .message()
            .with("path", &self.path)
            .with("line", self.line.unwrap_or(0))
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
    /// No known ending.
    UnknownExtension { /** What was found. */ extension: String } = "markup-error-extension",
        "“.{extension}” is not a kind of page: use .md, .markdown, .html, .htm or .txt";
    /// Nothing in it.
    Empty {} = "markup-error-empty", "the file is empty: write something in it or take it away";
    /// Too large.
    TooLarge { /** Its size in bytes. */ size: usize, /** The most that is read, in bytes. */ limit: usize } = "markup-error-too-large",
        "the file is {size} bytes and at most {limit} are read: split it into several pages";
    /// Not text.
    Binary {} = "markup-error-binary", "the file is not text: save it as plain text, Markdown or HTML";
    /// Tags nested beyond reason.
    TooDeep { /** The deepest nesting that is read. */ limit: usize } = "markup-error-too-deep",
        "more than {limit} HTML tags stand inside each other: the file is broken";
    /// No closing line.
    FrontMatterUnclosed {} = "markup-error-front-unclosed",
        "the front matter is not closed: end it with a line of three hyphens";
    /// A line that is no `key: value`.
    FrontMatterLine { /** The line. */ text: String } = "markup-error-front-line",
        "“{text}” is not front matter: write a key, a colon and a value";
    /// A key nobody knows.
    UnknownKey { /** As written. */ key: String, /** The most like it. */ nearest: String } = "markup-error-key",
        "there is no key “{key}”: did you mean “{nearest}”?";
    /// The same key twice.
    DoubleKey { /** The key. */ key: String } = "markup-error-double-key",
        "“{key}” stands twice: keep one of them";
    /// Not a date.
    BadDate { /** As written. */ value: String } = "markup-error-date",
        "“{value}” is not a date: write it as 2026-03-01";
    /// Not a language.
    BadLanguage { /** As written. */ value: String } = "markup-error-language",
        "“{value}” is not a language tag: write for example sv, en or zh-hant";
    /// Not a type of page.
    BadType { /** As written. */ value: String } = "markup-error-type",
        "“{value}” is not a type of page: use start, theme, article, info, guide, section, magazine, news, post, story or vacancy";
    /// Not a variant.
    BadVariant { /** As written. */ value: String } = "markup-error-variant",
        "“{value}” is not a variant: use standard, easy_to_read or sign_language";
    /// Not an address.
    BadAddress { /** As written. */ value: String, /** Why. */ reason: String } = "markup-error-address",
        "“{value}” cannot be an address: {reason}";
    /// Not a time.
    BadTime { /** As written. */ value: String } = "markup-error-time",
        "“{value}” is not a date or time: write it as 2026-03-01 or 2026-03-01 09:00";
    /// Not one of the words that a key takes.
    BadWord { /** The key. */ key: String, /** As written. */ value: String, /** What it takes. */ known: String } = "markup-error-word",
        "“{value}” does not fit “{key}”: use {known}";
    /// Not a whole number.
    BadOrder { /** As written. */ value: String } = "markup-error-order",
        "“{value}” is not a place among siblings: write a whole number";
    /// A directive nobody knows.
    UnknownDirective { /** As written. */ name: String, /** The most like it. */ nearest: String } = "markup-error-directive",
        "there is no “:::{name}”: did you mean “:::{nearest}”?";
    /// A directive without its closing line.
    DirectiveUnclosed { /** Its name. */ name: String } = "markup-error-directive-unclosed",
        "“:::{name}” is not closed: end it with a line of three colons";
    /// A line in a directive that does not fit.
    DirectiveLine { /** Its name. */ name: String, /** The line. */ text: String, /** What fits. */ wanted: String } = "markup-error-directive-line",
        "“{text}” does not fit in “:::{name}”: write {wanted}";
    /// Directives in directives beyond reason.
    DirectiveTooDeep { /** How many may lie in each other. */ limit: usize } = "markup-error-directive-deep",
        "more than {limit} “:::” parts lie in each other: take some of them out";
    /// A table of pages without the column that names the file.
    NoFileColumn {} = "markup-error-csv-file", "the first column has to be “file”";
    /// A column nobody knows.
    UnknownColumn { /** As written. */ column: String, /** The most like it. */ nearest: String } = "markup-error-csv-column",
        "there is no column “{column}”: did you mean “{nearest}”?";
    /// The same column or file twice.
    DoubleEntry { /** The column or file. */ name: String } = "markup-error-csv-double",
        "“{name}” stands twice: keep one of them";
    /// A row that is too short or long, or not readable.
    BadRow { /** What the reader says. */ reason: String } = "markup-error-csv-row",
        "the row cannot be read: {reason}";
}

/// The most like of some names, for "did you mean".
pub(crate) fn nearest(name: &str, known: &[&str]) -> String {
    known
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(name, a).total_cmp(&strsim::jaro_winkler(name, b)))
        .map_or_else(String::new, |known| (*known).to_owned())
}
