//! What pictures and files are, and the rules for them. Pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_kernel::{
    AuthorityId, FieldError, FileId, Locale, Message, OrganisationId, PictureId, Result, Timestamp,
    fold, slugify,
};

use crate::{BlobId, FileKind, PictureFormat};

/// What a picture shows, in words, by language. Empty in every language means a decoration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AltTexts(pub BTreeMap<Locale, String>);

/// The longest alt text, in characters: what a screen reader reads in half a minute.
const LONGEST_ALT: usize = 500;
/// The longest credit, title or name, in characters.
const LONGEST_LINE: usize = 200;

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

fn one_line(text: &str) -> String {
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

/// Whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that it belongs to.
    pub authority: Option<AuthorityId>,
}

/// What people say of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureData {
    /// What it shows.
    pub alt: AltTexts,
    /// Who took or drew it; may be empty.
    pub credit: String,
    /// What must be seen of it.
    pub focus: Focus,
}

impl PictureData {
    /// The same with white space put in order.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.credit = one_line(&self.credit);
        for (locale, words) in std::mem::take(&mut self.alt.0) {
            self.alt.set(locale, &words);
        }
        self
    }

    /// What is wrong: names the fields `alt_LOCALE` and `credit`.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        for (locale, words) in &self.alt.0 {
            too_long(&format!("alt_{locale}"), words, LONGEST_ALT, &mut errors);
        }
        too_long("credit", &self.credit, LONGEST_LINE, &mut errors);
        errors
    }
}

fn too_long(field: &str, text: &str, limit: usize, errors: &mut Vec<FieldError>) {
    if text.chars().count() > limit || text.contains('\0') {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new("file-error-too-long").with("limit", limit),
        });
    }
}

/// A picture of the media bank: one motive, however many sizes it is sent in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Its id.
    pub id: PictureId,
    /// Its name in imports and exports, such as `pictures/bad.jpg`.
    pub key: String,
    /// Whose it is.
    #[serde(flatten)]
    pub owner: Owner,
    /// The original, without metadata.
    pub blob: BlobId,
    /// The file as it was sent, which is not kept: tells whether a file was taken in before.
    pub source: BlobId,
    /// What kind of file the original is.
    pub kind: FileKind,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What people say of it.
    #[serde(flatten)]
    pub data: PictureData,
    /// Counts changes, from 1.
    #[serde(skip)]
    pub version: i64,
    /// When it came in.
    #[serde(skip)]
    pub created_at: Timestamp,
    /// When it was changed last.
    #[serde(skip)]
    pub updated_at: Timestamp,
}

impl Picture {
    /// The picture as the log keeps it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// Whether a file holds what the picture holds: as it was sent first, or as it was exported.
    #[must_use]
    pub fn is_made_from(&self, source: BlobId) -> bool {
        self.source == source || self.blob == source
    }

    pub(crate) fn searched(&self) -> String {
        let words = self.data.alt.0.values().map(String::as_str);
        let mut text: Vec<&str> = vec![&self.key, &self.data.credit];
        text.extend(words);
        fold(&text.join(" "))
    }
}

/// One size of a picture in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureVariant {
    /// Of which picture.
    pub picture: PictureId,
    /// The format.
    pub format: PictureFormat,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its bytes.
    pub blob: BlobId,
    /// How many they are.
    pub bytes: u64,
}

impl PictureVariant {
    /// Where it is sent from; changes with its bytes, so it may be kept for ever.
    #[must_use]
    pub fn href(&self) -> String {
        format!(
            "/media/{}/{}.{}?v={}",
            self.picture,
            self.width,
            self.format.ending(),
            self.blob.short()
        )
    }
}

/// A file to take home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its id.
    pub id: FileId,
    /// Its name in imports and exports, such as `files/plan.pdf`.
    pub key: String,
    /// Whose it is.
    #[serde(flatten)]
    pub owner: Owner,
    /// Its bytes.
    pub blob: BlobId,
    /// The name under which it is taken home, without folders.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub bytes: u64,
    /// What it is called.
    pub title: String,
    /// Counts changes, from 1.
    #[serde(skip)]
    pub version: i64,
    /// When it came in.
    #[serde(skip)]
    pub created_at: Timestamp,
    /// When it was changed last.
    #[serde(skip)]
    pub updated_at: Timestamp,
}

impl StoredFile {
    /// The file as the log keeps it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// Where it is sent from; the name is for people, the id finds it.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/files/{}/{}?v={}", self.id, self.name, self.blob.short())
    }

    pub(crate) fn searched(&self) -> String {
        fold(&[&*self.key, &*self.name, &*self.title].join(" "))
    }

    /// What is wrong with it: names the fields `title` and `name`.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.title.is_empty() {
            errors.push(FieldError {
                field: "title".to_owned(),
                message: Message::new("file-error-title"),
            });
        }
        too_long("title", &self.title, LONGEST_LINE, &mut errors);
        errors
    }
}

/// A title with white space in order.
#[must_use]
pub fn tidy_title(title: &str) -> String {
    one_line(title)
}

/// A file's name as it can stand in an address and on any disk: the last part of a path, with
/// a–z, digits and hyphens, and the ending of its kind.
#[must_use]
pub fn safe_name(name: &str, kind: FileKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let safe = slugify(stem);
    let safe = if safe.is_empty() { "file" } else { &safe };
    format!("{safe}.{}", kind.ending())
}

/// Whether a key can name a picture or a file in folders of files: parts with slashes between
/// them, none of which leads upwards.
#[must_use]
pub fn is_key(key: &str) -> bool {
    (1..=300).contains(&key.len())
        && !key.chars().any(char::is_control)
        && !key.contains('\\')
        && key.split('/').all(|part| !matches!(part, "" | "." | ".."))
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
    fn names_are_safe_in_addresses_and_on_disks() {
        for (name, safe) in [
            ("Årsplan 2026 (slutlig).PDF", "arsplan-2026-slutlig.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Temp\\a.pdf", "a.pdf"),
            ("رسالة", "file.pdf"),
            ("", "file.pdf"),
        ] {
            assert_eq!(safe_name(name, FileKind::Pdf), safe);
        }
    }

    #[test]
    fn keys_never_lead_upwards() {
        for good in ["a.jpg", "pictures/å b.jpg", "wp:12"] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", "../a", "a/../b", "a\\b", "a\nb"] {
            assert!(!is_key(bad), "{bad}");
        }
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
