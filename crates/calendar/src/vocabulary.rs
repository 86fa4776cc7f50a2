//! The fixed words of the calendar: what sort of event, for whom, how one gets in, how it stands.
//!
//! They are types and not rows, so that every category has a picture, a name in both languages and a
//! class of schema.org, which the compiler and the tests see to; a new category needs a new version.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that is stored and stands in addresses and files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The one with a stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|own| own.as_str() == name)
            }

            /// Its bit in a set that is stored as one number.
            #[must_use]
            pub const fn bit(self) -> i64 {
                1 << (self as u32)
            }
        }
    };
}

words! {
    /// What sort of event it is.
    Category {
        /// Konserter and singing together.
        Music = "music";
        /// Teater, dans, cirkus.
        Stage = "stage";
        /// Film.
        Film = "film";
        /// Utställningar.
        Exhibition = "exhibition";
        /// Böcker och berättande.
        Literature = "literature";
        /// Föreläsningar och samtal.
        Talk = "talk";
        /// Skapa och lära: workshops and courses.
        Craft = "craft";
        /// Träffas: language cafés, open houses.
        Meet = "meet";
        /// Idrott och rörelse.
        Sport = "sport";
        /// Bad och simning.
        Swim = "swim";
        /// Natur och friluftsliv.
        Outdoors = "outdoors";
        /// Visningar och vandringar.
        Tour = "tour";
        /// Lek och spel.
        Play = "play";
        /// Marknad och fest.
        Festival = "festival";
        /// Dialog och politik.
        Civic = "civic";
    }
}

words! {
    /// For whom an event is made. None of them means everybody.
    Audience {
        /// Barn.
        Children = "children";
        /// Unga.
        Youth = "youth";
        /// Vuxna.
        Adults = "adults";
        /// Äldre.
        Seniors = "seniors";
        /// Familjer.
        Families = "families";
        /// Nya i Sverige.
        Newcomers = "newcomers";
    }
}

words! {
    /// What makes it possible for more people to come.
    Ease {
        /// Utan trappsteg.
        StepFree = "step_free";
        /// Tillgänglig toalett.
        Toilet = "toilet";
        /// Hörslinga.
        HearingLoop = "hearing_loop";
        /// Teckenspråkstolkat.
        SignLanguage = "sign_language";
        /// Syntolkat.
        Described = "described";
        /// Lätt svenska.
        EasySwedish = "easy_swedish";
        /// Lugn miljö.
        Calm = "calm";
        /// Ledsagare går in gratis.
        Companion = "companion";
    }
}

words! {
    /// How an event, or one occasion of it, stands. All of them stay visible.
    Status {
        /// As planned.
        Scheduled = "scheduled";
        /// Inställt.
        Cancelled = "cancelled";
        /// Flyttat to another time or place.
        Moved = "moved";
        /// Fullt.
        SoldOut = "sold_out";
        /// Uppskjutet; the new day is not known.
        Postponed = "postponed";
    }
}

words! {
    /// Where an event stands on its way to the public.
    State {
        /// Written, for the staff only.
        Draft = "draft";
        /// Sent in by somebody outside, or written by somebody who may not publish.
        Waiting = "waiting";
        /// Public.
        Published = "published";
        /// Taken away; can be brought back.
        Trash = "trash";
    }
}

/// A set of words as one number, to ask by.
#[must_use]
pub fn bits<I: IntoIterator<Item = i64>>(bits: I) -> i64 {
    bits.into_iter().fold(0, |all, bit| all | bit)
}

impl Category {
    /// The class of schema.org that fits best (<https://schema.org/Event>).
    #[must_use]
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Music => "MusicEvent",
            Self::Stage => "TheaterEvent",
            Self::Film => "ScreeningEvent",
            Self::Exhibition => "ExhibitionEvent",
            Self::Literature => "LiteraryEvent",
            Self::Talk | Self::Craft => "EducationEvent",
            Self::Sport | Self::Swim => "SportsEvent",
            Self::Play => "ChildrensEvent",
            Self::Festival => "Festival",
            Self::Meet | Self::Tour | Self::Civic => "SocialEvent",
            Self::Outdoors => "Event",
        }
    }

    /// The key of its name in the translations.
    #[must_use]
    pub fn key(self) -> String {
        format!("event-category-{}", self.as_str())
    }
}

impl Audience {
    /// The key of its name in the translations.
    #[must_use]
    pub fn key(self) -> String {
        format!("event-audience-{}", self.as_str())
    }
}

impl Ease {
    /// The key of its name in the translations.
    #[must_use]
    pub fn key(self) -> String {
        format!("event-ease-{}", self.as_str())
    }
}

impl Status {
    /// The key of its name in the translations.
    #[must_use]
    pub fn key(self) -> String {
        format!("event-status-{}", self.as_str())
    }

    /// Its name in schema.org (<https://schema.org/EventStatusType>). A full event takes place.
    #[must_use]
    pub const fn schema(self) -> &'static str {
        match self {
            Self::Scheduled | Self::SoldOut => "https://schema.org/EventScheduled",
            Self::Cancelled => "https://schema.org/EventCancelled",
            Self::Moved => "https://schema.org/EventRescheduled",
            Self::Postponed => "https://schema.org/EventPostponed",
        }
    }

    /// Whether somebody who goes there meets a closed door.
    #[must_use]
    pub const fn is_off(self) -> bool {
        matches!(self, Self::Cancelled | Self::Postponed)
    }
}

impl State {
    /// The key of its name in the translations.
    #[must_use]
    pub fn key(self) -> String {
        format!("event-state-{}", self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_bits_are_apart() {
        for category in Category::ALL {
            assert_eq!(Category::parse(category.as_str()), Some(*category));
        }
        assert_eq!(Category::parse("Music"), None);
        let all = bits(Ease::ALL.iter().map(|ease| ease.bit()));
        assert_eq!(all.count_ones() as usize, Ease::ALL.len());
        assert_eq!(bits([]), 0);
    }
}
