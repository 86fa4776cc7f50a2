//! What the report says of one thing: the reason, and what to do about it. Nothing that is left out
//! or made simpler is so in silence.

use torg_kernel::Message;
use torg_markup::NoteKind;

/// How much a remark weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know; nothing was lost.
    Told,
    /// Something was made simpler or is missing.
    Simplified,
    /// The thing was not taken at all.
    LeftOut,
}

/// One remark on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Of this room.
    Own(RemarkKind),
    /// Of the reader of HTML.
    Markup(NoteKind),
}

impl Remark {
    /// How much it weighs.
    #[must_use]
    pub fn weight(&self) -> Weight {
        match self {
            Self::Own(kind) => kind.weight(),
            Self::Markup(NoteKind::HeadingMoved { .. } | NoteKind::Converted { .. }) => {
                Weight::Told
            }
            Self::Markup(_) => Weight::Simplified,
        }
    }

    /// The reason as a translation key with its values.
    #[must_use]
    pub fn reason(&self) -> Message {
        match self {
            Self::Own(kind) => kind.message(),
            Self::Markup(kind) => kind.message(),
        }
    }

    /// What to do, as a translation key.
    #[must_use]
    pub fn remedy(&self) -> Message {
        match self {
            Self::Own(kind) => kind.remedy(),
            Self::Markup(NoteKind::LinkMissing { .. }) => Message::new("foreign-do-link"),
            Self::Markup(NoteKind::PictureMissing { .. }) => Message::new("foreign-do-picture"),
            Self::Markup(NoteKind::FileMissing { .. }) => Message::new("foreign-do-file"),
            Self::Markup(NoteKind::HeadingMoved { .. } | NoteKind::Converted { .. }) => {
                Message::new("foreign-do-nothing")
            }
            Self::Markup(_) => Message::new("foreign-do-look"),
        }
    }

    /// Every translation key that remarks use beside those of the reader of HTML.
    #[must_use]
    pub fn keys() -> Vec<&'static str> {
        let own = ["foreign-do-link", "foreign-do-nothing", "foreign-do-look"];
        let mut keys: Vec<&'static str> = own
            .iter()
            .chain(RemarkKind::KEYS)
            .chain(RemarkKind::REMEDIES)
            .copied()
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl From<RemarkKind> for Remark {
    fn from(kind: RemarkKind) -> Self {
        Self::Own(kind)
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(kind) => kind.fmt(f),
            Self::Markup(kind) => kind.fmt(f),
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* } $weight:ident = $key:literal, $remedy:literal, $english:literal;)+) => {
        /// The kinds of remarks.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        pub enum RemarkKind {
            $($(#[$doc])* #[error($english)] $name { $($(#[$fdoc])* $field: $ty),* },)+
        }

        impl RemarkKind {
            /// Translation keys of the reasons.
            pub const KEYS: &'static [&'static str] = &[$($key),+];
            /// Translation keys of what to do; several reasons may share one.
            pub const REMEDIES: &'static [&'static str] = &[$($remedy),+];

            /// How much it weighs.
            #[must_use]
            pub fn weight(&self) -> Weight {
                match self {
                    $(Self::$name { .. } => Weight::$weight,)+
                }
            }

            /// The reason as a translation key with its values.
            #[must_use]
            pub fn message(&self) -> Message {
                match self {
                    $(Self::$name { $($field),* } => Message::new($key)$(.with(stringify!($field), $field))*,)+
                }
            }

            /// What to do, as a translation key.
            #[must_use]
            pub fn remedy(&self) -> Message {
                match self {
                    $(Self::$name { .. } => Message::new($remedy),)+
                }
            }
        }
    };
}

kinds! {
    /// A draft, private, planned or thrown-away post.
    NotPublished { /** As WordPress names it. */ status: String } LeftOut = "foreign-not-published", "foreign-do-publish",
        "it is not public in the old system ({status})";
    /// A post behind a password.
    Protected {} LeftOut = "foreign-protected", "foreign-do-protected",
        "it lies behind a password in the old system, and a page here is for everybody";
    /// A type of post that a plug-in made.
    UnknownType { /** As WordPress names it. */ name: String } LeftOut = "foreign-unknown-type", "foreign-do-type",
        "it is of the type “{name}”, which a plug-in of the old system made";
    /// Parts of the old system itself: menus, templates, styles.
    Settings { /** As WordPress names them. */ name: String, /** How many. */ count: usize } LeftOut = "foreign-settings", "foreign-do-nothing",
        "{count} of “{name}” belong to the old system's own looks and settings";
    /// Comments, which are not taken.
    Comments { /** How many. */ count: usize } Simplified = "foreign-comments", "foreign-do-comments",
        "comments left out: {count}";
    /// The names of those who wrote, which are never shown.
    Authors { /** How many. */ count: usize } Told = "foreign-authors", "foreign-do-nothing",
        "authors are not shown, an organisation answers for a page: {count}";
    /// A shortcode that nobody knows.
    Shortcode { /** Its name. */ name: String } Simplified = "foreign-shortcode", "foreign-do-shortcode",
        "the shortcode [{name}] was taken away; text inside it was kept";
    /// A block that WordPress fills in when somebody looks.
    Dynamic { /** Its name. */ name: String } Simplified = "foreign-dynamic", "foreign-do-dynamic",
        "the block “{name}” has no content of its own in the export";
    /// A block of a plug-in.
    ForeignBlock { /** Its name. */ name: String } Simplified = "foreign-block", "foreign-do-look",
        "the block “{name}” is of a plug-in: its text was kept, its looks were not";
    /// A block used on several pages that is not in the export.
    BlockMissing { /** Its number. */ id: String } Simplified = "foreign-block-missing", "foreign-do-block-missing",
        "the reusable block {id} is not in the export";
    /// Characters that XML does not have.
    BadCharacters { /** How many. */ count: u64 } Told = "foreign-characters", "foreign-do-nothing",
        "{count} control characters or broken bytes, which cannot be in XML, were taken away";
    /// An entity that a document type would have defined.
    Entity { /** Its name. */ name: String } Simplified = "foreign-entity", "foreign-do-entity",
        "“&{name};” was not filled in: entities are never looked up";
    /// A document type, passed over.
    DocumentType {} Told = "foreign-doctype", "foreign-do-entity",
        "the file has a document type (DTD), which no export has: it was passed over unread";
    /// A version of the export that is not known.
    Version { /** As written. */ version: String } Told = "foreign-version", "foreign-do-look",
        "the export is of version {version}; 1.0 to 1.2 are known";
    /// Kept at the top of lists in the old system.
    Sticky {} Told = "foreign-sticky", "foreign-do-sticky",
        "it is kept at the top of the list in the old system";
    /// A picture that the page shows.
    PictureElsewhere { /** Where it lies. */ address: String } Simplified = "foreign-picture", "foreign-do-picture",
        "the picture {address} is not on the page yet";
    /// A picture of a gallery that is not in the export.
    PictureMissing { /** Its number. */ id: String } Simplified = "foreign-picture-missing", "foreign-do-picture",
        "picture {id} of a gallery is not in the export";
    /// A film or sound became a link.
    MediaLinked { /** Where it lies. */ address: String } Simplified = "foreign-media", "foreign-do-media",
        "what plays at {address} became a link";
    /// A file that the page links to.
    FileElsewhere { /** Where it lies. */ address: String } Simplified = "foreign-file", "foreign-do-file",
        "the file {address} still lies with the old site";
    /// The wished address was taken.
    AddressTaken { /** The wished one. */ address: String } Told = "foreign-address-taken", "foreign-do-nothing",
        "another page took the address {address} first";
    /// The wished address is the program's own.
    AddressReserved { /** The wished one. */ address: String } Told = "foreign-address-reserved", "foreign-do-reserved",
        "{address} is an address of the program itself";
    /// It becomes the start page.
    StartPage {} Told = "foreign-start", "foreign-do-start",
        "it becomes the start page";
    /// An old address that is a page here.
    OldAddressUsed { /** The old one. */ from: String } Told = "foreign-old-used", "foreign-do-nothing",
        "the old address {from} is a page of its own here";
    /// An old address that is a page here which is not public.
    OldAddressHidden { /** The old one. */ from: String } Told = "foreign-old-hidden", "foreign-do-old-hidden",
        "the old address {from} is here an address of a page that is not public";
    /// A picture or file that the media bank does not take.
    MediaRefused { /** Where it lay. */ address: String, /** Why. */ reason: String } Simplified = "foreign-media-refused", "foreign-do-media-refused",
        "{address} was not taken into the media bank: {reason}";
    /// A picture without words for those who do not see it.
    PictureUndescribed { /** Where it lay. */ address: String } Simplified = "foreign-picture-undescribed", "foreign-do-picture-undescribed",
        "the picture {address} says nothing to those who do not see it";
    /// No text.
    NoText {} Told = "foreign-no-text", "foreign-do-no-text",
        "it has no text of its own";
    /// Tags nested beyond reason, or too much of it.
    Unreadable { /** Why. */ reason: String } LeftOut = "foreign-unreadable", "foreign-do-unreadable",
        "it cannot be read: {reason}";
    /// The server said that there is no such page.
    Status { /** What it answered. */ status: u16 } LeftOut = "foreign-status", "foreign-do-status",
        "the old server answered {status}";
    /// A redirect that ends nowhere.
    RedirectBroken { /** Where it leads. */ to: String } LeftOut = "foreign-redirect-broken", "foreign-do-status",
        "it leads on to {to}, which is not in the copy";
    /// The same text at another address.
    Duplicate { /** The other address. */ of: String } LeftOut = "foreign-duplicate", "foreign-do-duplicate",
        "it says the same as {of}, and its address leads there";
    /// Search engines are asked not to take it.
    NoIndex {} LeftOut = "foreign-noindex", "foreign-do-publish",
        "it asks search engines not to take it (noindex)";
    /// A further page of a list.
    ListPage {} LeftOut = "foreign-list-page", "foreign-do-nothing",
        "it is a list or a further page of one, which lists here make by themselves";
    /// A log-in form.
    LogIn {} LeftOut = "foreign-log-in", "foreign-do-nothing",
        "it is a form to log in to the old system";
    /// Things that are no pages.
    NotPages { /** Media type. */ kind: String, /** How many. */ count: usize } Told = "foreign-not-pages", "foreign-do-not-pages",
        "{count} of type {kind} are not pages";
    /// Repeated parts.
    Repeated { /** How many. */ count: usize, /** The first. */ sample: String } Told = "foreign-repeated", "foreign-do-repeated",
        "{count} parts that stand on many pages were left out, first “{sample}”";
    /// The main part was guessed.
    MainGuessed {} Told = "foreign-main-guessed", "foreign-do-look",
        "the page does not mark its main part: it was found by comparing pages and weighing text";
    /// The language was guessed.
    LanguageGuessed { /** Its tag. */ lang: String } Told = "foreign-language-guessed", "foreign-do-language",
        "the page does not say its language: it reads as “{lang}”";
    /// Reads as another language than it says.
    LanguageDiffers { /** What it reads as. */ lang: String } Told = "foreign-language-differs", "foreign-do-language-differs",
        "the site says another language, but the text reads as “{lang}”";
    /// Not in UTF-8.
    Encoding { /** What it was. */ encoding: String } Told = "foreign-encoding", "foreign-do-nothing",
        "it was read as {encoding}";
    /// Too large.
    TooLarge { /** The most, in megabytes. */ megabytes: usize } LeftOut = "foreign-too-large", "foreign-do-too-large",
        "it is larger than {megabytes} MB";
    /// The archive ends in the middle.
    CutShort { /** Byte of the last whole record's end. */ offset: u64 } Simplified = "foreign-cut-short", "foreign-do-cut-short",
        "the archive is cut short: what comes after byte {offset} cannot be read";
    /// A record that cannot be read.
    BadRecord { /** Where it begins. */ offset: u64, /** Why. */ reason: String } LeftOut = "foreign-bad-record", "foreign-do-unreadable",
        "the record at byte {offset} cannot be read: {reason}";
    /// Packed in a way that is not known.
    Packed { /** As named. */ coding: String } LeftOut = "foreign-packed", "foreign-do-unreadable",
        "it is packed with “{coding}”, which is not known";
}
