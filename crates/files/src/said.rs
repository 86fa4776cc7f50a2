//! What people say of a picture: what it shows, who made it, what it is good for. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{FieldError, Locale, Message, Result, fold};

use crate::rights::Rights;

/// What a picture shows, in words, by language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AltTexts(pub BTreeMap<Locale, String>);

/// The longest alt text, in characters: what a screen reader reads in half a minute.
const LONGEST_ALT: usize = 500;
/// The longest credit, title or name, in characters.
pub(crate) const LONGEST_LINE: usize = 200;

impl AltTexts {
    /// The words for readers of a language: their own, else the Swedish, else none.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        self.own(locale)
            .or_else(|| self.own(Locale::SV))
            .unwrap_or_default()
    }

    /// The words in a language itself.
    #[must_use]
    pub fn own(&self, locale: Locale) -> Option<&str> {
        self.0.get(&locale).map(String::as_str)
    }

    /// Sets the words of a language; empty ones take it away. Runs of white space become one space.
    pub fn set(&mut self, locale: Locale, words: &str) {
        let words = one_line(words);
        if words.is_empty() {
            self.0.remove(&locale);
        } else {
            self.0.insert(locale, words);
        }
    }
}

pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The point that must be seen when a picture is cut: percent from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// From the left, 0 to 100.
    pub x: u8,
    /// From the top, 0 to 100.
    pub y: u8,
}

impl Default for Focus {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Focus {
    /// Reads the two numbers; empty ones mean the middle.
    ///
    /// # Errors
    /// The errors of the fields `focus_x` and `focus_y`.
    pub fn parse(x: &str, y: &str) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut read = |field: &str, text: &str| {
            let text = text.trim().trim_end_matches('%').trim_end();
            if text.is_empty() {
                return 50;
            }
            match text.parse::<u8>() {
                Ok(percent) if percent <= 100 => percent,
                _ => {
                    errors.push(FieldError {
                        field: field.to_owned(),
                        message: Message::new("picture-error-focus"),
                    });
                    50
                }
            }
        };
        let focus = Self {
            x: read("focus_x", x),
            y: read("focus_y", y),
        };
        if errors.is_empty() {
            Ok(focus)
        } else {
            Err(errors)
        }
    }
}

/// What people say of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureData {
    /// What it shows.
    pub alt: AltTexts,
    /// Whether it only adorns: it is then passed over for those who do not see it, whatever words
    /// there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decorative: bool,
    /// Who took or drew it; may be empty.
    pub credit: String,
    /// What must be seen of it.
    pub focus: Focus,
    /// Whether it is one of the standard pictures, for whoever has none of their own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standard: bool,
    /// Words by which it is found: subjects, events, seasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<String>,
    /// The right to show it. Nothing said is not written, as before there was anything to say.
    #[serde(default, skip_serializing_if = "Rights::is_unsaid")]
    pub rights: Rights,
}

/// The most themes of a picture, and the longest, in characters.
const MOST_THEMES: usize = 20;
const LONGEST_THEME: usize = 60;

/// Themes as they are written in one field, with commas between; each once.
#[must_use]
pub fn parse_themes(text: &str) -> Vec<String> {
    let mut themes: Vec<String> = Vec::new();
    for theme in text.split([',', ';', '\n']).map(one_line) {
        let is_new = !themes.iter().any(|own| fold(own) == fold(&theme));
        if !theme.is_empty() && is_new {
            themes.push(theme);
        }
    }
    themes
}

impl PictureData {
    /// The same with white space put in order.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.credit = one_line(&self.credit);
        for (locale, words) in std::mem::take(&mut self.alt.0) {
            self.alt.set(locale, &words);
        }
        self.themes = parse_themes(&self.themes.join(","));
        self.rights.tidy();
        self
    }

    /// Whether those who do not see it are told what it shows, or that there is nothing to tell: in
    /// Swedish at least, which other languages fall back to.
    #[must_use]
    pub fn is_described(&self) -> bool {
        self.decorative || self.alt.own(Locale::SV).is_some()
    }

    /// The words for readers of a language; none for a decoration.
    #[must_use]
    pub fn shown_alt(&self, locale: Locale) -> &str {
        if self.decorative {
            ""
        } else {
            self.alt.get(locale)
        }
    }

    /// Who made it, with what the licence wants to stand beside the name.
    #[must_use]
    pub fn shown_credit(&self) -> String {
        match self.rights.licence.mark() {
            Some(mark) => format!("{}, {mark}", self.credit),
            None => self.credit.clone(),
        }
    }

    /// What is wrong: names the fields `alt_LOCALE`, `credit`, `themes`, and those of the rights.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (locale, words) in &self.alt.0 {
            too_long(&format!("alt_{locale}"), words, LONGEST_ALT, &mut errors);
        }
        too_long("credit", &self.credit, LONGEST_LINE, &mut errors);
        if self.credit.is_empty() && self.rights.licence.mark().is_some() {
            errors.push(FieldError {
                field: "credit".to_owned(),
                message: Message::new("picture-error-credit"),
            });
        }
        let long = |theme: &String| theme.chars().count() > LONGEST_THEME || theme.contains('\0');
        if self.themes.len() > MOST_THEMES || self.themes.iter().any(long) {
            errors.push(FieldError {
                field: "themes".to_owned(),
                message: Message::new("picture-error-themes")
                    .with("most", MOST_THEMES)
                    .with("limit", LONGEST_THEME),
            });
        }
        self.rights.check(&mut errors);
        errors
    }
}

pub(crate) fn too_long(field: &str, text: &str, limit: usize, errors: &mut Vec<FieldError>) {
    if text.chars().count() > limit || text.contains('\0') {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new("file-error-too-long").with("limit", limit),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focus_is_two_percentages() {
        assert_eq!(Focus::parse("", " "), Ok(Focus::default()));
        assert_eq!(Focus::parse("0", "100 %"), Ok(Focus { x: 0, y: 100 }));
        let errors = Focus::parse("101", "left").unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["focus_x", "focus_y"]);
    }

    #[test]
    fn alt_texts_fall_back_to_swedish() {
        let mut alt = AltTexts::default();
        assert_eq!(alt.get(Locale::EN), "");
        alt.set(Locale::SV, " En  brygga\n");
        assert_eq!(alt.get(Locale::EN), "En brygga");
        alt.set(Locale::EN, "A jetty");
        assert_eq!(alt.get(Locale::EN), "A jetty");
        alt.set(Locale::EN, " ");
        assert_eq!(alt.own(Locale::EN), None);
    }
}
