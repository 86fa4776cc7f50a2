//! Addresses of public pages.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Locale, slugify};

/// The path of a public page: starts with a slash, never ends with one (but for `/`), and holds
/// only lower-case letters a–z, digits and hyphens between slashes, so that it survives being
/// read aloud, printed and mailed. At most 400 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why an address was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// More than [`Address::MAX`] characters.
    #[error("the address is longer than {} characters", Address::MAX)]
    TooLong,
    /// Something other than a–z, 0–9, hyphen and slash, or an empty part.
    #[error("“{0}” is not an address: use a–z, 0–9 and hyphens between slashes")]
    Malformed(String),
    /// The first part belongs to the program itself.
    #[error("“{0}” is an address that the program itself uses")]
    Reserved(String),
}

/// First parts that belong to the program, in any language.
const RESERVED: &[&str] = &[
    "admin",
    "api",
    "sok",
    "search",
    "static",
    "hitta",
    "karta",
    "kalendarium",
    "kontakt",
    "arende",
    "e-tjanster",
    "mina-sidor",
    "forslag",
    "anslagstavla",
    "notice-board",
    "prenumerera",
    "subscribe",
    "sprak",
    "languages",
    "media",
    "files",
    "oppna-data",
    "healthz",
    "readyz",
    "metrics",
    "log-in",
    "find",
];

impl Address {
    /// The longest address, in characters.
    pub const MAX: usize = 400;

    /// Checks and takes an address as it would be stored.
    ///
    /// # Errors
    /// When it is too long, malformed or reserved.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if text.len() > Self::MAX {
            return Err(AddressError::TooLong);
        }
        let malformed = || AddressError::Malformed(text.chars().take(80).collect());
        if text == "/" {
            return Ok(Self(text.to_owned()));
        }
        let inner = text.strip_prefix('/').ok_or_else(malformed)?;
        let good = inner.split('/').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        });
        if !good {
            return Err(malformed());
        }
        let mut parts = inner.split('/');
        let first = parts.next().unwrap_or_default();
        // A two-letter first part is a language prefix; what follows it counts.
        let telling = if first.len() == 2 {
            parts.next().unwrap_or_default()
        } else {
            first
        };
        if RESERVED.contains(&telling) {
            return Err(AddressError::Reserved(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The nearest address to free text such as a file path or a title: `Bygga & bo/Lov` becomes
    /// `/bygga-bo/lov`. Falls back to `/` when nothing is left.
    #[must_use]
    pub fn from_words(text: &str) -> Self {
        let mut path = String::new();
        for part in text.split('/').map(slugify).filter(|part| !part.is_empty()) {
            if path.len() + part.len() + 1 > Self::MAX {
                break;
            }
            path.push('/');
            path.push_str(&part);
        }
        if path.is_empty() {
            Self("/".to_owned())
        } else {
            Self(path)
        }
    }

    /// The start page of a language: `/` in Swedish, `/en` in English.
    #[must_use]
    pub fn start(locale: Locale) -> Self {
        if locale == Locale::SV {
            Self("/".to_owned())
        } else {
            Self(format!("/{locale}"))
        }
    }

    /// The address one level below this, with a part made from `words`.
    #[must_use]
    pub fn child(&self, words: &str) -> Self {
        Self::from_words(&format!("{}/{}", self.0, slugify(words)))
    }

    /// The address one level up; `None` for the start page.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.0 == "/" {
            return None;
        }
        let at = self.0.rfind('/').unwrap_or(0);
        Some(Self(if at == 0 {
            "/".to_owned()
        } else {
            self.0[..at].to_owned()
        }))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_and_bad_addresses() {
        for good in ["/", "/en", "/bygga-och-bo/lov", "/en/housing", "/a/1"] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "", "x", "/A", "/a/", "//", "/a//b", "/a/../b", "/å", "/a b", "/a%20b",
        ] {
            assert!(
                matches!(Address::parse(bad), Err(AddressError::Malformed(_))),
                "{bad}"
            );
        }
        for taken in ["/admin", "/admin/x", "/sok", "/en/search", "/api/v1"] {
            assert!(
                matches!(Address::parse(taken), Err(AddressError::Reserved(_))),
                "{taken}"
            );
        }
        assert_eq!(
            Address::parse(&format!("/{}", "a".repeat(500))),
            Err(AddressError::TooLong)
        );
        assert_eq!(
            Address::from_words("Bygga & bo/Lov för altan").as_str(),
            "/bygga-bo/lov-for-altan"
        );
        let address = Address::parse("/a/b").expect("written here");
        assert_eq!(
            address.parent().map(|a| a.to_string()),
            Some("/a".to_owned())
        );
    }

    proptest! {
        #[test]
        fn words_always_become_an_address(text in ".{0,600}") {
            let made = Address::from_words(&text);
            prop_assert!(!matches!(
                Address::parse(made.as_str()),
                Err(AddressError::Malformed(_) | AddressError::TooLong)
            ));
        }
    }
}
