//! The rules and what they weigh.

use serde::{Deserialize, Serialize};

/// How much a rule weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A page that breaks it is not published, unless somebody gives a reason.
    Must,
    /// It should be mended, now or at the next review.
    Should,
    /// Worth a thought.
    Hint,
    /// The city has switched the rule off.
    Off,
}

impl Weight {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 4] = [Self::Must, Self::Should, Self::Hint, Self::Off];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Hint => "hint",
            Self::Off => "off",
        }
    }

    /// The weight with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $text:literal $weight:ident),+ $(,)?) => {
        /// What is looked at. The key of its words is `quality-` and its name; `-why` after it says
        /// why it matters and what to do.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule { $($(#[$doc])* $name),+ }

        impl Rule {
            /// Every rule, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Key of the sentence that says what was found.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("quality-", $text)),+ }
            }

            /// Key of the sentences that say why it matters and what to do.
            #[must_use]
            pub const fn why(self) -> &'static str {
                match self { $(Self::$name => concat!("quality-", $text, "-why")),+ }
            }

            /// Key of the rule's short name.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => concat!("quality-", $text, "-name")),+ }
            }

            /// What it weighs where the city has settled nothing. `Must` is kept for what shuts
            /// somebody out (WCAG 2.2, level A) or leads nowhere.
            #[must_use]
            pub const fn usual(self) -> Weight {
                match self { $(Self::$name => Weight::$weight),+ }
            }
        }
    };
}

rules! {
    /// The page has no title (WCAG 2.4.2).
    TitleMissing = "title-missing" Must,
    /// The title is longer than lists and tabs show.
    TitleLong = "title-long" Should,
    /// Another page has the same title.
    TitleSame = "title-same" Should,
    /// There is no lead, which lists and search engines show.
    DescriptionMissing = "description-missing" Should,
    /// The lead is longer than search engines show.
    DescriptionLong = "description-long" Hint,
    /// Another page has the same lead.
    DescriptionSame = "description-same" Hint,
    /// The text is heavy to read.
    Lix = "lix" Should,
    /// A sentence is long.
    SentenceLong = "sentence-long" Hint,
    /// There is a plainer word.
    PlainWord = "plain-word" Hint,
    /// A paragraph is long.
    ParagraphLong = "paragraph-long" Should,
    /// Whole words and sentences in capitals.
    AllCaps = "all-caps" Should,
    /// It takes long to read.
    ReadingLong = "reading-long" Hint,
    /// A heading skips a level (WCAG 1.3.1).
    HeadingOrder = "heading-order" Should,
    /// A heading without words (WCAG 2.4.6).
    HeadingEmpty = "heading-empty" Must,
    /// A heading as long as a sentence.
    HeadingLong = "heading-long" Hint,
    /// Much text and no heading.
    HeadingNone = "heading-none" Should,
    /// A bold paragraph that looks like a heading and is none (WCAG 1.3.1).
    HeadingFake = "heading-fake" Should,
    /// A picture without words for what it shows (WCAG 1.1.1).
    AltMissing = "alt-missing" Must,
    /// What a picture shows is said in another language than the page's (WCAG 3.1.2).
    AltLanguage = "alt-language" Should,
    /// What a picture shows is said in a way that helps nobody.
    AltPoor = "alt-poor" Should,
    /// A film without words for those who do not see or hear it (WCAG 1.2.1).
    VideoText = "video-text" Should,
    /// A link without words (WCAG 2.4.4).
    LinkEmpty = "link-empty" Must,
    /// A link that says "click here" (WCAG 2.4.4).
    LinkWords = "link-words" Should,
    /// An address as the words of a link.
    LinkBare = "link-bare" Should,
    /// The same words lead to different places (WCAG 2.4.4).
    LinkSame = "link-same" Should,
    /// A link within the site leads nowhere.
    LinkBroken = "link-broken" Must,
    /// A link to somebody else's page did not answer when it was tried.
    LinkDead = "link-dead" Should,
    /// Two places have the same name (WCAG 4.1.2).
    AnchorSame = "anchor-same" Must,
    /// A table without words in its header row (WCAG 1.3.1).
    TableHeader = "table-header" Must,
    /// A table that does not say what it shows.
    TableCaption = "table-caption" Hint,
    /// A table with more columns than a phone shows.
    TableWide = "table-wide" Hint,
    /// The pictures are heavy to fetch.
    PageHeavy = "page-heavy" Should,
    /// The accent of a unit cannot be told from what it lies on (WCAG 1.4.3, 1.4.11).
    Contrast = "contrast" Must,
}

impl Rule {
    /// The rule with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str() == name)
    }
}
