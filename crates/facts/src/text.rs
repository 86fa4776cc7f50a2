//! A text in as many languages as somebody has written it in. Swedish is always there: it is what
//! readers get whose language is missing, marked as Swedish.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use torg_kernel::{Locale, squeeze};

/// A text by language. Empty texts are none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text(BTreeMap<Locale, String>);

impl Text {
    /// The text in some languages.
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = (Locale, String)>) -> Self {
        let texts = texts.into_iter();
        Self(texts.filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn find(&self, locale: Locale) -> Option<&str> {
        self.0.get(&locale).map(String::as_str)
    }

    /// The text for readers of a language, and the language that it is in: their own, else that
    /// language without its region or script, else Swedish.
    #[must_use]
    pub fn get(&self, locale: Locale) -> (&str, Locale) {
        let wider = locale.as_str().split('-').next();
        let wider = wider.and_then(|language| language.parse().ok());
        [Some(locale), wider, Some(Locale::SV)]
            .into_iter()
            .flatten()
            .find_map(|locale| Some((self.find(locale)?, locale)))
            .unwrap_or(("", Locale::SV))
    }

    /// The text in every language, Swedish first, then English, then the others by their tags.
    pub fn all(&self) -> impl Iterator<Item = (Locale, &str)> {
        let first = [Locale::SV, Locale::EN];
        let others = self.others();
        first
            .into_iter()
            .filter_map(|locale| Some((locale, self.find(locale)?)))
            .chain(others)
    }

    /// The text in other languages than Swedish and English, by their tags.
    pub(crate) fn others(&self) -> impl Iterator<Item = (Locale, &str)> {
        let texts = self.0.iter().map(|(locale, text)| (*locale, text.as_str()));
        texts.filter(|(locale, _)| ![Locale::SV, Locale::EN].contains(locale))
    }

    pub(crate) fn tidy(self) -> Self {
        let texts = self.0.into_iter();
        Self::new(texts.map(|(locale, text)| (locale, squeeze(&text))))
    }
}

// The order is part of what the log keeps of a fact: Swedish always and first.
impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("sv", self.find(Locale::SV).unwrap_or_default())?;
        for (locale, text) in self.all().filter(|(locale, _)| *locale != Locale::SV) {
            map.serialize_entry(locale.as_str(), text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(BTreeMap::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Locale {
        text.parse().expect("a language tag")
    }

    #[test]
    fn readers_get_their_language_or_one_near_it_or_swedish() {
        let json = r#"{"sv":"tio dagar","en":"ten days","ar":"عشرة أيام","fi":""}"#;
        let text: Text = serde_json::from_str(json).expect("reads");
        assert_eq!(text.get(tag("ar")), ("عشرة أيام", tag("ar")));
        assert_eq!(text.get(tag("en-gb")), ("ten days", Locale::EN));
        assert_eq!(text.get(tag("fi")), ("tio dagar", Locale::SV));
        assert_eq!(Text::default().get(Locale::EN), ("", Locale::SV));
    }

    #[test]
    fn swedish_stands_first_as_it_did_when_there_were_two_languages() {
        let written = |json: &str| {
            let text: Text = serde_json::from_str(json).expect("reads");
            serde_json::to_string(&text).expect("writes")
        };
        assert_eq!(
            written(r#"{"fi":"c","en":"b","ar":"d","sv":"a"}"#),
            r#"{"sv":"a","en":"b","ar":"d","fi":"c"}"#
        );
        assert_eq!(written(r#"{"sv":"a","en":""}"#), r#"{"sv":"a"}"#);
        assert_eq!(written("{}"), r#"{"sv":""}"#);
        for wrong in [r#"{"sv":1}"#, r#"{"sv":"a","no such":"b"}"#, r#""a""#] {
            assert!(serde_json::from_str::<Text>(wrong).is_err(), "{wrong}");
        }
    }
}
