//! A text in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{Locale, squeeze};

/// A text in several languages. Swedish stands for the languages that have none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<Locale, String>);

impl Words {
    /// The text in Swedish alone, in one line.
    #[must_use]
    pub fn swedish(text: &str) -> Self {
        let mut words = Self::default();
        words.set(Locale::SV, text);
        words
    }

    /// The text in a language, or in Swedish; may be empty.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        self.own(locale)
            .or_else(|| self.own(Locale::SV))
            .or_else(|| self.0.values().next().map(String::as_str))
            .unwrap_or_default()
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn own(&self, locale: Locale) -> Option<&str> {
        self.0.get(&locale).map(String::as_str)
    }

    /// The language in which [`Words::get`] answers, when it is not the one that is asked for.
    #[must_use]
    pub fn other_language(&self, locale: Locale) -> Option<Locale> {
        if self.0.contains_key(&locale) || self.0.is_empty() {
            return None;
        }
        let swedish = self.0.contains_key(&Locale::SV).then_some(Locale::SV);
        swedish.or_else(|| self.0.keys().next().copied())
    }

    /// Puts one line in; an empty one takes the language away.
    pub fn set(&mut self, locale: Locale, text: &str) {
        self.put(locale, squeeze(text));
    }

    /// Puts several lines in: line ends stay, white space within lines is tidied, and no more than one
    /// empty line stands between paragraphs.
    pub fn set_lines(&mut self, locale: Locale, text: &str) {
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines().map(squeeze) {
            if !(line.is_empty() && lines.last().is_none_or(String::is_empty)) {
                lines.push(line);
            }
        }
        self.put(locale, lines.join("\n").trim_end().to_owned());
    }

    fn put(&mut self, locale: Locale, text: String) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fall_back_and_say_so() {
        let mut words = Words::swedish(" Sagostund \n på svenska ");
        assert_eq!(words.get(Locale::EN), "Sagostund på svenska");
        assert_eq!(words.other_language(Locale::EN), Some(Locale::SV));
        words.set(Locale::EN, "Story time");
        assert_eq!(words.other_language(Locale::EN), None);
        words.set(Locale::SV, "");
        assert_eq!(words.get(Locale::SV), "Story time");
        words.set_lines(Locale::SV, "\r\nEtt  stycke\n\n\n\n- en punkt\n\n");
        assert_eq!(words.get(Locale::SV), "Ett stycke\n\n- en punkt");
    }
}
