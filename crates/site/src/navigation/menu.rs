//! The menus of each language: what stands in the top, beside it and in the foot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_kernel::{FieldError, Locale, Message, PageId, Problem, Result, hex};

use super::link::{Link, Room};

/// Name of the setting that holds the menus of all languages.
pub const MENUS: &str = "navigation.menus";
/// The most themes in the top menu. Seven are held in mind at a glance, nine with some care; a
/// longer menu is one that nobody reads.
pub(crate) const MOST_TOP: usize = 9;
/// The most links beside the menu: they share one line with the languages.
pub(crate) const MOST_QUICK: usize = 4;
/// The most links in the foot.
pub(crate) const MOST_FOOT: usize = 12;
/// The most languages with menus of their own in an import.
const MOST_LANGUAGES: usize = 60;

/// The menus of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Menu {
    /// The themes in the top menu in their order; none for all themes in the order of the tree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<Vec<PageId>>,
    /// Links beside it.
    pub quick: Vec<Link>,
    /// Links in the foot, before the themes.
    pub foot: Vec<Link>,
}

impl Default for Menu {
    fn default() -> Self {
        Self {
            top: None,
            quick: vec![Link::room(Room::Directory), Link::room(Room::Calendar)],
            foot: Room::ALL.map(Link::room).to_vec(),
        }
    }
}

impl Menu {
    /// The pages that it names.
    pub(crate) fn pages(&self) -> impl Iterator<Item = PageId> + '_ {
        let links = self.quick.iter().chain(&self.foot).filter_map(Link::page);
        self.top.iter().flatten().copied().chain(links)
    }

    /// What is wrong with it, by field; a field of a list ends with the number of the line.
    pub(crate) fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong =
            |field: String, message: Message| errors.push(FieldError { field, message });
        let many = |most: usize| Message::new("navigation-too-many").with("most", most);
        if let Some(top) = &self.top {
            if top.len() > MOST_TOP {
                wrong(
                    "top".to_owned(),
                    Message::new("navigation-top-many").with("most", MOST_TOP),
                );
            }
            if top.is_empty() {
                wrong("top".to_owned(), Message::new("navigation-top-none"));
            }
        }
        for (name, links, most) in [
            ("quick", &self.quick, MOST_QUICK),
            ("foot", &self.foot, MOST_FOOT),
        ] {
            if links.len() > most {
                wrong(name.to_owned(), many(most));
                continue;
            }
            for (at, link) in links.iter().enumerate() {
                if let Err(message) = link.check() {
                    wrong(format!("{name}_{at}"), message);
                }
            }
        }
        errors
    }

    /// Tells one state from another, so that nobody overwrites what somebody else has just saved.
    ///
    /// # Errors
    /// Never in practice: what it holds can be written.
    pub(crate) fn version(&self) -> Result<String> {
        let mut digest = hex(&Sha256::digest(serde_json::to_vec(self)?));
        digest.truncate(16);
        Ok(digest)
    }
}

/// The menus of all languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Menus(BTreeMap<String, Menu>);

impl Menus {
    /// Reads what is stored.
    ///
    /// # Errors
    /// When no version of this program wrote it.
    pub(crate) fn read(text: Option<&str>) -> Result<Self> {
        text.map_or_else(
            || Ok(Self::default()),
            |text| Ok(serde_json::from_str(text)?),
        )
    }

    /// Reads a file of an export.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with language and field.
    pub fn parse(text: &str) -> Result<Self> {
        let invalid = |field: String, message| FieldError { field, message };
        let menus: Self = serde_json::from_str(text).map_err(|error| {
            let message = Message::new("import-unreadable").with("reason", error);
            Problem::Invalid(vec![invalid(String::new(), message)])
        })?;
        let mut errors: Vec<FieldError> = Vec::new();
        if menus.0.len() > MOST_LANGUAGES {
            let message = Message::new("navigation-too-many").with("most", MOST_LANGUAGES);
            errors.push(invalid(String::new(), message));
        }
        for (language, menu) in &menus.0 {
            if language.parse::<Locale>().is_err() {
                errors.push(invalid(
                    language.clone(),
                    Message::new("navigation-language"),
                ));
            }
            let own = menu.errors().into_iter();
            errors.extend(own.map(|error| FieldError {
                field: format!("{language}.{}", error.field),
                ..error
            }));
        }
        match errors.is_empty() {
            true => Ok(menus),
            false => Err(Problem::Invalid(errors)),
        }
    }

    /// As it is stored and exported.
    ///
    /// # Errors
    /// Never in practice: what it holds can be written.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// The menu of a language; without one of its own it follows the Swedish, as far as there are
    /// pages and words in it. Says whether it is its own.
    pub(crate) fn of(&self, locale: Locale) -> (Menu, bool) {
        match self.0.get(locale.as_str()) {
            Some(menu) => (menu.clone(), true),
            None => {
                let swedish = self.0.get(Locale::SV.as_str()).cloned();
                (swedish.unwrap_or_default(), locale == Locale::SV)
            }
        }
    }

    /// Whether a language has a menu of its own.
    pub(crate) fn has(&self, locale: Locale) -> bool {
        self.0.contains_key(locale.as_str())
    }

    /// Sets a language's menu; none lets it follow the Swedish one, or be as usual.
    pub(crate) fn set(&mut self, locale: Locale, menu: Option<Menu>) {
        match menu {
            Some(menu) => self.0.insert(locale.as_str().to_owned(), menu),
            None => self.0.remove(locale.as_str()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn page(number: u128) -> PageId {
        PageId(Uuid::from_u128(number))
    }

    #[test]
    fn a_language_without_menus_follows_the_swedish_ones() {
        let mut menus = Menus::default();
        assert_eq!(menus.of(Locale::SV), (Menu::default(), true));
        assert_eq!(menus.of(Locale::EN), (Menu::default(), false));
        let own = Menu {
            top: Some(vec![page(1)]),
            ..Menu::default()
        };
        menus.set(Locale::SV, Some(own.clone()));
        assert_eq!(menus.of(Locale::EN), (own.clone(), false));
        menus.set(Locale::EN, Some(Menu::default()));
        assert_eq!(menus.of(Locale::EN), (Menu::default(), true));
        let again = Menus::parse(&menus.json().expect("writes")).expect("its own words");
        assert_eq!(again, menus);
        menus.set(Locale::SV, None);
        assert!(!menus.has(Locale::SV) && menus.has(Locale::EN));
        assert_ne!(
            own.version().expect("writes"),
            Menu::default().version().expect("writes")
        );
    }

    #[test]
    fn what_is_too_much_or_wrong_is_named() {
        let link = |url: &str| serde_json::json!({"to": "url", "url": url, "text": "Annan"});
        let many: Vec<_> = (0..1_000).map(|_| link("https://a.example")).collect();
        let top: Vec<String> = (0..10).map(|n| page(n).to_string()).collect();
        let text = serde_json::json!({
            "sv": {"top": top, "quick": [link("javascript:alert(1)")], "foot": many},
            "en": {"top": [], "quick": [], "foot": []},
            "?": {"quick": [], "foot": []},
        });
        let Err(Problem::Invalid(errors)) = Menus::parse(&text.to_string()) else {
            panic!("taken");
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["?", "en.top", "sv.top", "sv.quick_0", "sv.foot"]);
        assert!(matches!(Menus::parse("["), Err(Problem::Invalid(_))));
    }
}
