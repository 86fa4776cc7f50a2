//! What else a unit tells of itself: more phones, addresses on the web, entrances, facts of how one
//! gets in, a notice for a time, and its end.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::{Position, Words};

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// A fact of how one gets in and around that people filter by. What cannot be said with
        /// one of these is said in words beside it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Feature { $($(#[$doc])* $name),+ }

        impl Feature {
            /// Every fact, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

features! {
    /// In by an entrance without steps.
    StepFree = "step_free";
    /// A door that opens by a button or by itself.
    DoorOpener = "door_opener";
    /// A lift to all floors that the public uses.
    Lift = "lift";
    /// A toilet for wheelchairs.
    AccessibleToilet = "accessible_toilet";
    /// Parking for permit holders near the entrance.
    AccessibleParking = "accessible_parking";
    /// A hearing loop.
    HearingLoop = "hearing_loop";
    /// Guide paths or signs to feel.
    Tactile = "tactile";
    /// A quiet place to withdraw to.
    QuietPlace = "quiet_place";
    /// A room to change nappies.
    BabyCare = "baby_care";
}

impl Feature {
    /// The fact with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|feature| feature.as_str() == name)
    }
}

/// A number beside the first, with what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedPhone {
    /// Who answers, such as “Reception”.
    pub name: Words,
    /// The number as it is written.
    pub number: String,
}

/// An address on the web, with what one finds there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebLink {
    /// What one finds there.
    pub name: Words,
    /// The address, `https://…`, or a path of this site.
    pub url: String,
}

/// A way in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrance {
    /// What it is called, such as “Main entrance”.
    pub name: Words,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// How one gets in by it.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub note: Words,
}

/// Something that is true for a time, said above everything else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// What is said.
    pub text: Words,
    /// Its first day; none is at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Its last day; none is until somebody takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Notice {
    /// Whether it is said on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The first day after `day` on which that becomes otherwise.
    #[must_use]
    pub fn next_change(&self, day: Date) -> Option<Date> {
        let end = self.until.and_then(|until| until.tomorrow().ok());
        [self.from, end]
            .into_iter()
            .flatten()
            .filter(|change| *change > day)
            .min()
    }
}

/// The end of a unit: it is not taken away, since others point at it, and its address goes on to
/// say what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// The first day on which it is no more.
    pub on: Date,
    /// Why.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub reason: Words,
    /// The key of the unit to go to instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_notice_holds_for_its_days_and_says_when_that_changes() {
        let notice = Notice {
            from: Some(date(2026, 3, 10)),
            until: Some(date(2026, 3, 12)),
            ..Notice::default()
        };
        let holds: Vec<bool> = (9..=13)
            .map(|day| notice.holds_on(date(2026, 3, day)))
            .collect();
        assert_eq!(holds, [false, true, true, true, false]);
        assert_eq!(
            notice.next_change(date(2026, 3, 1)),
            Some(date(2026, 3, 10))
        );
        assert_eq!(
            notice.next_change(date(2026, 3, 10)),
            Some(date(2026, 3, 13))
        );
        assert_eq!(notice.next_change(date(2026, 3, 13)), None);
        assert!(Notice::default().holds_on(date(2026, 3, 1)));
    }
}
