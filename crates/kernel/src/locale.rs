//! Languages of content. Any number of them; the interface itself is in Swedish and English.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language tag in BCP 47 form, lower case, at most 15 characters (`sv`, `en`, `zh-hant`).
/// Small enough to be copied; longer tags with extensions are refused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    bytes: [u8; 15],
    len: u8,
}

/// Why a language tag was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a language tag: write for example sv, en or zh-hant")]
pub struct LocaleError(pub String);

impl Locale {
    /// Swedish, the city's own language, whose pages have no prefix in their address.
    pub const SV: Self = Self::known(b"sv");
    /// English.
    pub const EN: Self = Self::known(b"en");

    const fn known(tag: &[u8; 2]) -> Self {
        let mut bytes = [0; 15];
        bytes[0] = tag[0];
        bytes[1] = tag[1];
        Self { bytes, len: 2 }
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)])
            .expect("only ASCII letters, digits and hyphens are let in")
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        matches!(
            self.as_str().split('-').next(),
            Some("ar" | "fa" | "he" | "ur" | "ckb" | "ps" | "yi" | "sd" | "ug")
        )
    }

    /// The language's own name for itself, for the languages a Swedish city commonly writes in;
    /// the tag where it is not known.
    #[must_use]
    pub fn endonym(&self) -> &str {
        match self.as_str() {
            "sv" => "Svenska",
            "en" => "English",
            "fi" => "Suomi",
            "ar" => "العربية",
            "so" => "Soomaali",
            "fa" => "فارسی",
            "uk" => "Українська",
            "pl" => "Polski",
            "es" => "Español",
            "de" => "Deutsch",
            "fr" => "Français",
            other => other,
        }
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, LocaleError> {
        let refuse = || LocaleError(text.chars().take(40).collect());
        let lower = text.trim().to_ascii_lowercase();
        if lower.len() > 15 {
            return Err(refuse());
        }
        let mut parts = lower.split('-');
        let language = parts.next().unwrap_or_default();
        if !(2..=3).contains(&language.len())
            || !language.bytes().all(|byte| byte.is_ascii_lowercase())
            || !parts.all(|part| {
                (2..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
        {
            return Err(refuse());
        }
        let mut bytes = [0; 15];
        bytes[..lower.len()].copy_from_slice(lower.as_bytes());
        Ok(Self {
            bytes,
            len: u8::try_from(lower.len()).map_err(|_| refuse())?,
        })
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Locale({})", self.as_str())
    }
}

impl Serialize for Locale {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How a text is written for its readers. Easy-to-read is a variant, not a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// The ordinary text.
    Standard,
    /// Lättläst.
    EasyToRead,
    /// Sign language as video with its text.
    SignLanguage,
}

impl Variant {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::EasyToRead => "easy_to_read",
            Self::SignLanguage => "sign_language",
        }
    }

    /// The variant with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Standard, Self::EasyToRead, Self::SignLanguage]
            .into_iter()
            .find(|variant| variant.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_and_refused() {
        assert_eq!("SV".parse(), Ok(Locale::SV));
        assert_eq!(
            "zh-Hant".parse::<Locale>().map(|l| l.to_string()),
            Ok("zh-hant".to_owned())
        );
        for wrong in [
            "",
            "s",
            "svenska-språket",
            "sv_SE",
            "en-",
            "../..",
            "en-verylongextension",
        ] {
            assert!(wrong.parse::<Locale>().is_err(), "{wrong}");
        }
        assert!("ar".parse::<Locale>().is_ok_and(|l| l.is_rtl()));
    }
}
