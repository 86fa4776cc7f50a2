//! What stands on the map: layers, and features in them. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use torg_geo::Shape;
use torg_kernel::{Locale, Timestamp, squeeze};
use torg_ui::{OpenStatus, T};

/// One text in several languages. Swedish stands for the languages that have none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<Locale, String>);

impl Words {
    /// The text in Swedish, and in English where there is one.
    #[must_use]
    pub fn new(swedish: &str, english: &str) -> Self {
        let mut words = Self::default();
        words.set(Locale::SV, swedish);
        words.set(Locale::EN, english);
        words
    }

    /// The text in a language, or in Swedish; may be empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        let own = self.0.get(&locale).or_else(|| self.0.get(&Locale::SV));
        own.map_or("", String::as_str)
    }

    /// Puts a text in, its white space tidied; an empty one takes the language away.
    pub fn set(&mut self, locale: Locale, text: &str) {
        let text = squeeze(text);
        if text.is_empty() {
            self.0.remove(&locale);
        } else {
            self.0.insert(locale, text);
        }
    }

    /// Whether there is no text in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a layer is about: decides where it stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Places and services.
    Units,
    /// What happens.
    Events,
    /// Ground: districts and whatever else was imported.
    Areas,
}

impl Group {
    /// All groups, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Units, Self::Events, Self::Areas];

    /// Its name in addresses and keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Events => "events",
            Self::Areas => "areas",
        }
    }
}

/// A layer of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerInfo {
    /// Its name in addresses: small letters, digits, `_` and `-`. Never changes.
    pub key: String,
    /// Its name.
    pub name: Words,
    /// What it holds, in a sentence; may be empty.
    pub about: Words,
    /// What it is about.
    pub group: Group,
    /// Its icon in lists.
    pub icon: &'static str,
    /// Whose data it is, as its licence wants it said; may be empty.
    pub attribution: String,
    /// Whether it is chosen when nobody has chosen.
    pub shown: bool,
    /// Whether its areas are districts of the city, which every address lies in.
    pub districts: bool,
}

/// Says how a feature stands right now, where that follows the clock.
pub trait Now: Send + Sync + std::fmt::Debug {
    /// Such as "öppet nu till 18", and until when the words hold.
    fn status(&self, t: T, now: Timestamp) -> Option<(OpenStatus, Timestamp)>;
}

/// Something at a place.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Its id within its layer: fit for an address, and the same for as long as the thing is there.
    pub id: String,
    /// The key of its layer.
    pub layer: String,
    /// What it is called.
    pub title: Words,
    /// Its own page, by language; may be empty.
    pub href: Words,
    /// A second line, such as an address; may be empty.
    pub line: Words,
    /// Other words by which it is found; never shown.
    pub words: String,
    /// Where it is.
    pub shape: Shape,
    /// From when until when it is, for what happens.
    pub during: Option<(Timestamp, Timestamp)>,
    /// What is said of it to other programs.
    pub properties: Map<String, Value>,
    /// How it stands now.
    pub now: Option<Arc<dyn Now>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swedish_stands_for_what_is_missing() {
        let words = Words::new("  Stads\tdel ", "");
        assert_eq!(words.get(Locale::EN), "Stads del");
        assert!(Words::new("", " ").is_empty());
    }
}
