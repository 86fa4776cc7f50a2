//! Where a file lies says where its page lies.

use torg_kernel::{Address, Locale};

/// Folder names that are languages. Not every tag: `bo` is Tibetan, but a Swedish folder named so
/// is about living.
const LANGUAGES: &[&str] = &[
    "sv", "en", "fi", "ar", "fa", "uk", "pl", "es", "de", "fr", "se", "fit", "rom", "yi", "ru",
    "tr", "zh", "bs", "hr", "sr", "ku", "ti", "da", "nb", "ro", "vi", "th", "hu", "so",
];

/// The language and address that a file's place gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The language its top folder names, if any.
    pub locale: Option<Locale>,
    /// Its address, with the prefix of the language unless that is Swedish.
    pub address: Address,
}

impl Place {
    /// The place of a file (`en/housing/permits.md` → English, `/en/housing/permits`;
    /// `index` is its folder). Characters that cannot stand in an address are replaced.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let (top, rest) = path.split_once('/').unwrap_or(("", path));
        let locale: Option<Locale> = LANGUAGES
            .contains(&top.to_ascii_lowercase().as_str())
            .then(|| top.parse().ok())
            .flatten();
        let inner = if locale.is_some() { rest } else { path };
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let stem = if stem.eq_ignore_ascii_case("index") {
            ""
        } else {
            stem
        };
        let prefix = match locale {
            Some(locale) if locale != Locale::SV => locale.to_string(),
            _ => String::new(),
        };
        Self {
            locale,
            address: Address::from_words(&format!("{prefix}/{folder}/{stem}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_become_addresses() {
        for (path, locale, address) in [
            ("index.md", None, "/"),
            ("en/index.md", Some(Locale::EN), "/en"),
            (
                "sv/bygga och bo/Lov.html",
                Some(Locale::SV),
                "/bygga-och-bo/lov",
            ),
            ("bo/index.txt", None, "/bo"),
            (
                "en/housing/permits.md",
                Some(Locale::EN),
                "/en/housing/permits",
            ),
        ] {
            let place = Place::of(path);
            assert_eq!(
                (place.locale, place.address.as_str()),
                (locale, address),
                "{path}"
            );
        }
    }
}
