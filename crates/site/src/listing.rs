//! Addresses of lists: what stands after a section's own address says which of its pages are
//! wanted. Part of the path and not of the query, so that each list is a page of its own, kept like
//! any other, and that an invented one is no page at all.

use torg_kernel::Locale;

/// The most pages that a list is cut into.
const MOST_PAGES: usize = 1_000;

/// Which of a section's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selection {
    /// A category as it stands in addresses.
    pub category: Option<String>,
    /// A year.
    pub year: Option<i64>,
    /// The page of the list, from 1; 0 counts as the first.
    pub page: usize,
}

struct Words {
    category: &'static str,
    year: &'static str,
    page: &'static str,
}

const fn words(english: bool) -> Words {
    if english {
        Words {
            category: "topic",
            year: "year",
            page: "page",
        }
    } else {
        Words {
            category: "amne",
            year: "ar",
            page: "sida",
        }
    }
}

/// What an address that is no page's may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Some of the pages of the section at the address.
    Some(String, Selection),
    /// The feed of the section at the address.
    Feed(String),
}

/// Takes an address apart. Whether there is such a section is for others to find out.
pub(crate) fn meaning(path: &str) -> Option<Meaning> {
    if let Some(section) = path.strip_suffix(".atom") {
        return Some(Meaning::Feed(section.to_owned()));
    }
    let mut selection = Selection::default();
    let mut rest = path;
    loop {
        let found = rest.rsplit_once('/').and_then(|(before, value)| {
            let (section, word) = before.rsplit_once('/')?;
            // What is left is a section's address: the `ar` of `/ar/news` is a language, no year.
            (!section.is_empty()).then_some((section, word, value))
        });
        let Some((section, word, value)) = found else {
            return (selection != Selection::default())
                .then(|| Meaning::Some(rest.to_owned(), selection));
        };
        let known = [words(false), words(true)];
        let is = |pick: fn(&Words) -> &'static str| known.iter().any(|words| pick(words) == word);
        // From the end: page, then year, then category, each at most once.
        if is(|words| words.page) && selection == Selection::default() {
            selection.page = value.parse().ok()?;
            if !(2..=MOST_PAGES).contains(&selection.page) || value.starts_with(['0', '+']) {
                return None;
            }
        } else if is(|words| words.year) && selection.year.is_none() && selection.category.is_none()
        {
            selection.year = value.parse().ok().filter(|_| value.len() == 4);
            selection.year?;
        } else if is(|words| words.category) && selection.category.is_none() && !value.is_empty() {
            selection.category = Some(value.to_owned());
        } else if is(|words| words.page) || is(|words| words.year) {
            return None;
        } else {
            return (selection != Selection::default())
                .then(|| Meaning::Some(rest.to_owned(), selection));
        }
        rest = section;
    }
}

impl Selection {
    /// The address of these pages of a section.
    pub(crate) fn href(&self, section: &str, locale: Locale) -> String {
        let words = words(locale != Locale::SV);
        let mut href = section.trim_end_matches('/').to_owned();
        let mut push = |word: &str, value: &str| {
            href.push('/');
            href.push_str(word);
            href.push('/');
            href.push_str(value);
        };
        if let Some(category) = &self.category {
            push(words.category, category);
        }
        if let Some(year) = self.year {
            push(words.year, &year.to_string());
        }
        if self.page > 1 {
            push(words.page, &self.page.to_string());
        }
        href
    }

    /// Whether all of the section's pages are wanted.
    pub(crate) fn is_all(&self) -> bool {
        self.category.is_none() && self.year.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_there_and_back() {
        let some = |category: Option<&str>, year, page| Selection {
            category: category.map(str::to_owned),
            year,
            page,
        };
        for selection in [
            some(Some("skola"), None, 0),
            some(None, Some(2025), 0),
            some(None, None, 2),
            some(Some("ar"), Some(2025), 3),
            some(Some("sida"), None, 2),
        ] {
            for section in ["/nyheter", "/a/nyheter"] {
                for locale in [Locale::SV, Locale::EN] {
                    let href = selection.href(section, locale);
                    let meant = Meaning::Some(section.to_owned(), selection.clone());
                    assert_eq!(meaning(&href), Some(meant), "{href}");
                }
            }
        }
        let arabic = "ar".parse().expect("a language tag");
        for (year, page) in [(None, 2), (Some(2025), 0), (Some(2025), 2)] {
            let selection = Selection {
                year,
                page,
                ..Selection::default()
            };
            let href = selection.href("/ar/news", arabic);
            let meant = Meaning::Some("/ar/news".to_owned(), selection);
            assert_eq!(meaning(&href), Some(meant), "{href}");
        }
        assert_eq!(
            meaning("/nyheter.atom"),
            Some(Meaning::Feed("/nyheter".to_owned()))
        );
        for wrong in [
            "/nyheter",
            "/nyheter/sida/1",
            "/nyheter/sida/0002",
            "/nyheter/sida/-2",
            "/nyheter/sida/99999999999999999999",
            "/nyheter/ar/25",
            "/nyheter/sida/2/ar/2025",
            "/nyheter/amne/",
            "/amne/skola",
            "/",
            "",
        ] {
            assert!(
                !matches!(meaning(wrong), Some(Meaning::Some(..))),
                "{wrong}"
            );
        }
    }
}
