//! What pictures and files are, and the rules for them. Pure.

use serde::{Deserialize, Serialize};
use torg_kernel::{
    AuthorityId, FieldError, FileId, Message, OrganisationId, PictureId, Result, Timestamp, fold,
    slugify,
};

pub use crate::said::{AltTexts, Focus, PictureData, parse_themes};
use crate::said::{LONGEST_LINE, one_line, too_long};
use crate::{BlobId, FileKind, PictureFormat};

/// Whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that it belongs to.
    pub authority: Option<AuthorityId>,
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
    /// How it looks, to be compared by [`crate::look_alike`]; made from its pixels.
    #[serde(skip)]
    pub look: Option<u64>,
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

    /// Whether readers may see it at an instant.
    #[must_use]
    pub fn is_public(&self, now: Timestamp) -> bool {
        let until = self.data.rights.public_until();
        until.is_none_or(|until| now < until)
    }

    /// Whether its last day comes within [`crate::WARNING_DAYS`].
    #[must_use]
    pub fn is_ending(&self, now: Timestamp) -> bool {
        let until = self.data.rights.public_until();
        until.is_some_and(|until| now < until && until <= warned_until(now))
    }

    pub(crate) fn searched(&self) -> String {
        let words = self.data.alt.0.values().map(String::as_str);
        let mut text: Vec<&str> = vec![&self.key, &self.data.credit, &self.data.rights.terms];
        text.extend(words);
        text.extend(self.data.themes.iter().map(String::as_str));
        fold(&text.join(" "))
    }
}

/// The end of the time in which a picture that goes out is warned for.
pub(crate) const fn warned_until(now: Timestamp) -> Timestamp {
    now.plus_seconds(crate::WARNING_DAYS * 86_400)
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
}
