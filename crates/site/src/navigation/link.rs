//! Links that editors gather in menus and on pages: references, so that a move breaks none.

use serde::{Deserialize, Serialize};
use torg_kernel::{Locale, Message, PageId};
use torg_ui::T;

use crate::web::languages;

/// The longest text of a link, in characters: longer ones break over lines in menus.
pub(crate) const LONGEST_TEXT: usize = 60;
/// The longest line about a link, in characters.
pub(crate) const LONGEST_ABOUT: usize = 160;
/// The longest outside address, in characters.
pub(crate) const LONGEST_URL: usize = 1_000;

/// One of the program's own rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Room {
    /// The directory of units.
    Directory,
    /// The map.
    Map,
    /// The calendar of events.
    Calendar,
    /// The search page.
    Search,
    /// The notice board.
    NoticeBoard,
    /// Subscriptions.
    Subscribe,
    /// The languages of the site.
    Languages,
}

impl Room {
    /// Every room.
    pub const ALL: [Self; 7] = [
        Self::Directory,
        Self::Map,
        Self::Calendar,
        Self::Search,
        Self::NoticeBoard,
        Self::Subscribe,
        Self::Languages,
    ];

    /// Its paths in Swedish and in English.
    const fn paths(self) -> (&'static str, &'static str) {
        match self {
            Self::Directory => ("/hitta", "/en/find"),
            Self::Map => ("/karta", "/en/map"),
            Self::Calendar => ("/kalendarium", "/en/events"),
            Self::Search => ("/sok", "/en/search"),
            Self::NoticeBoard => ("/anslagstavla", "/en/notice-board"),
            Self::Subscribe => ("/prenumerera", "/en/subscribe"),
            Self::Languages => (languages::SWEDISH, languages::ENGLISH),
        }
    }

    /// Where it is for readers of a language. The program's own pages are in Swedish and English;
    /// the search page speaks others when it is asked.
    pub(crate) fn href(self, locale: Locale) -> String {
        let t = T::of(locale);
        let (swedish, english) = self.paths();
        match self {
            Self::Search if t.is_foreign() => format!("{swedish}?lang={locale}"),
            _ if t.language() == torg_ui::UiLanguage::English => english.to_owned(),
            _ => swedish.to_owned(),
        }
    }

    /// What it is called for readers of a language.
    pub(crate) fn label(self, t: T) -> String {
        let key = match self {
            Self::Directory => "chrome-directory",
            Self::Map => "map-title",
            Self::Calendar => "calendar-title",
            Self::Search => "chrome-search",
            Self::NoticeBoard => "chrome-board",
            Self::Subscribe => "chrome-subscribe",
            Self::Languages => "chrome-languages",
        };
        t.get(key).into_owned()
    }

    /// The room at a path, in either language.
    pub(crate) fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|room| {
            let (swedish, english) = room.paths();
            path == swedish || path == english
        })
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "lowercase")]
pub enum Target {
    /// A page, wherever it lies now.
    Page {
        /// The page, shared by its languages.
        id: PageId,
    },
    /// One of the program's own rooms.
    Room {
        /// Which.
        room: Room,
    },
    /// Somebody else's address.
    Url {
        /// With its scheme, `https` or `http`.
        url: String,
    },
}

/// A link with what an editor says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    #[serde(flatten)]
    pub target: Target,
    /// Its words; empty takes those of the page or room.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// A line about it, where there is room for one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

impl Link {
    /// A link to a room, in the room's own words.
    pub(crate) const fn room(room: Room) -> Self {
        Self {
            target: Target::Room { room },
            text: String::new(),
            about: String::new(),
        }
    }

    /// The page that it leads to.
    pub(crate) const fn page(&self) -> Option<PageId> {
        match self.target {
            Target::Page { id } => Some(id),
            _ => None,
        }
    }

    /// Says what is wrong with it: words that are too long, an outside address without words, or one
    /// that is no address of the web.
    ///
    /// # Errors
    /// The message for whoever wrote it.
    pub(crate) fn check(&self) -> Result<(), Message> {
        let long = |text: &str, limit: usize| text.chars().count() > limit;
        if long(&self.text, LONGEST_TEXT) {
            return Err(Message::new("navigation-text-long").with("limit", LONGEST_TEXT));
        }
        if long(&self.about, LONGEST_ABOUT) {
            return Err(Message::new("navigation-about-long").with("limit", LONGEST_ABOUT));
        }
        let Target::Url { url } = &self.target else {
            return Ok(());
        };
        if !is_web(url) {
            return Err(Message::new("navigation-link-wrong"));
        }
        if self.text.is_empty() {
            return Err(Message::new("navigation-text-missing"));
        }
        Ok(())
    }
}

/// Whether an address is one of the web that a page may link to: `https` or `http` with a host.
pub(crate) fn is_web(address: &str) -> bool {
    address.chars().count() <= LONGEST_URL
        && torg_ui::safe_href(address)
        && url::Url::parse(address).is_ok_and(|parsed| {
            matches!(parsed.scheme(), "https" | "http")
                && parsed.host_str().is_some_and(|host| !host.is_empty())
                && parsed.username().is_empty()
                && parsed.password().is_none()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outside(url: &str, text: &str) -> Link {
        Link {
            target: Target::Url {
                url: url.to_owned(),
            },
            text: text.to_owned(),
            about: String::new(),
        }
    }

    #[test]
    fn only_addresses_of_the_web_lead_out() {
        assert!(
            outside("https://annan.example/sida?a=b#c", "Annan")
                .check()
                .is_ok()
        );
        for wrong in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "https://",
            "//annan.example",
            "https://annan.example/ sida",
            "https://a@annan.example/",
            "mailto:a@b.example",
            "annan.example",
            "",
        ] {
            let message = outside(wrong, "Annan").check().expect_err(wrong);
            assert_eq!(message.key, "navigation-link-wrong", "{wrong}");
        }
        let bare = outside("https://annan.example", "").check();
        assert_eq!(bare.expect_err("no words").key, "navigation-text-missing");
        let long = outside("https://annan.example", &"å".repeat(LONGEST_TEXT + 1)).check();
        assert_eq!(long.expect_err("too long").key, "navigation-text-long");
    }

    #[test]
    fn links_are_stored_as_they_are_read() {
        let links = vec![
            Link::room(Room::NoticeBoard),
            outside("https://annan.example", "Annan"),
            Link {
                target: Target::Page {
                    id: PageId(uuid::Uuid::from_u128(7)),
                },
                text: String::new(),
                about: "Om sidan".to_owned(),
            },
        ];
        let json = serde_json::to_string(&links).expect("writes");
        assert!(
            json.contains("\"to\":\"room\",\"room\":\"notice-board\""),
            "{json}"
        );
        let again: Vec<Link> = serde_json::from_str(&json).expect("reads");
        assert_eq!(again, links);
    }

    #[test]
    fn a_room_is_found_by_its_path_in_both_languages() {
        assert_eq!(Room::at("/hitta"), Some(Room::Directory));
        assert_eq!(Room::at("/en/notice-board"), Some(Room::NoticeBoard));
        assert_eq!(Room::at("/hitta/skola"), None);
        let arabic: Locale = "ar".parse().expect("a language tag");
        assert_eq!(Room::Search.href(arabic), "/sok?lang=ar");
        assert_eq!(Room::Search.href(Locale::EN), "/en/search");
    }
}
