//! What a search is narrowed to, as it stands in the address: `/sok?q=…&typ=…&tema=…&org=…&fran=…
//! &till=…`, in English with English names. One value for each, so that an address stays short
//! and a chip is one click; another value takes its place.

use jiff::civil::Date;
use torg_kernel::{Locale, Timestamp};
use torg_search::Query;

/// Longest value of a filter, in characters: keys are short.
const LONGEST: usize = 80;

/// Names of the parameters in a language.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// The page's path.
    pub path: &'static str,
    /// Type of what is found.
    pub kind: &'static str,
    /// Theme.
    pub theme: &'static str,
    /// Organisation.
    pub organisation: &'static str,
    /// First day.
    pub from: &'static str,
    /// Last day.
    pub to: &'static str,
}

/// All parameters of the Swedish page, for its route.
pub const SWEDISH: &[&str] = &["q", "typ", "tema", "org", "fran", "till", "lang", "page"];
/// All parameters of the English page.
pub const ENGLISH: &[&str] = &["q", "type", "theme", "org", "from", "to", "page"];

/// The names in a language.
#[must_use]
pub const fn names(english: bool) -> Names {
    if english {
        Names {
            path: "/en/search",
            kind: "type",
            theme: "theme",
            organisation: "org",
            from: "from",
            to: "to",
        }
    } else {
        Names {
            path: "/sok",
            kind: "typ",
            theme: "tema",
            organisation: "org",
            from: "fran",
            to: "till",
        }
    }
}

/// A search as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// What is searched for.
    pub text: String,
    /// Type; empty for all.
    pub kind: String,
    /// Theme; empty for all.
    pub theme: String,
    /// Organisation; empty for all.
    pub organisation: String,
    /// First day as written; may be empty or no day at all.
    pub from: String,
    /// Last day as written.
    pub to: String,
    /// The language searched in, where it has no search page of its own.
    pub language: Option<Locale>,
}

impl Asked {
    /// Reads the parameters; `get` gives one by its name.
    pub fn read<'a>(names: Names, get: impl Fn(&str) -> Option<&'a str>) -> Self {
        let value = |name: &str| -> String {
            let text = get(name).unwrap_or_default().trim();
            text.chars().take(LONGEST).collect()
        };
        Self {
            text: cleaned(get("q").unwrap_or_default()),
            kind: value(names.kind),
            theme: value(names.theme),
            organisation: value(names.organisation),
            from: value(names.from),
            to: value(names.to),
            language: get("lang")
                .and_then(|tag| tag.parse().ok())
                .filter(|locale| ![Locale::SV, Locale::EN].contains(locale)),
        }
    }

    /// The same words in the same language, narrowed by nothing.
    #[must_use]
    pub fn of_words(&self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            language: self.language,
            ..Self::default()
        }
    }

    /// Whether anything is narrowed.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !(self.kind.is_empty()
            && self.theme.is_empty()
            && self.organisation.is_empty()
            && self.from.is_empty()
            && self.to.is_empty())
    }

    /// Whether a day as written is none, or the first comes after the last.
    #[must_use]
    pub fn wrong_dates(&self) -> Option<&'static str> {
        match (day(&self.from), day(&self.to)) {
            (Err(()), _) | (_, Err(())) => Some("search-date-wrong"),
            (Ok(Some(from)), Ok(Some(to))) if from > to => Some("search-date-order"),
            _ => None,
        }
    }

    /// The question to the index. Days that are wrong narrow nothing.
    #[must_use]
    pub fn query(&self, locale: Locale) -> Query {
        let one = |value: &String| -> Vec<String> {
            (!value.is_empty())
                .then(|| value.clone())
                .into_iter()
                .collect()
        };
        let mut query = Query::new(self.text.as_str(), locale);
        query.kinds = one(&self.kind);
        query.themes = one(&self.theme);
        query.organisations = one(&self.organisation);
        if self.wrong_dates().is_none() {
            query.published_from = day(&self.from).ok().flatten().and_then(beginning);
            query.published_before = day(&self.to)
                .ok()
                .flatten()
                .and_then(|day| beginning(day.tomorrow().ok()?));
        }
        query
    }

    /// The address of this search.
    #[must_use]
    pub fn href(&self, names: Names, page: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.pairs(names) {
            pairs.append_pair(name, value);
        }
        if page > 1 {
            pairs.append_pair("page", &page.to_string());
        }
        match pairs.finish() {
            pairs if pairs.is_empty() => names.path.to_owned(),
            pairs => format!("{}?{pairs}", names.path),
        }
    }

    /// The parameters that are not empty.
    #[must_use]
    pub fn pairs(&self, names: Names) -> Vec<(&'static str, &str)> {
        [
            ("lang", self.language.as_ref().map_or("", Locale::as_str)),
            ("q", self.text.as_str()),
            (names.kind, &self.kind),
            (names.theme, &self.theme),
            (names.organisation, &self.organisation),
            (names.from, &self.from),
            (names.to, &self.to),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }
}

/// The words that are searched for: control characters become spaces, the rest is kept as written
/// but cut where the index would cut it.
#[must_use]
pub fn cleaned(text: &str) -> String {
    torg_kernel::squeeze(&text.chars().take(300).collect::<String>())
}

/// A day as `2026-03-03`; none for nothing written.
fn day(text: &str) -> Result<Option<Date>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| ())
}

/// The first instant of a day in the city.
fn beginning(day: Date) -> Option<Timestamp> {
    let zoned = day.to_zoned(torg_kernel::zone()).ok()?;
    Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Asked {
        Asked::read(names(false), |name| {
            pairs
                .iter()
                .find(|(own, _)| *own == name)
                .map(|(_, value)| *value)
        })
    }

    #[test]
    fn an_address_is_read_and_written_the_same() {
        let asked = read(&[
            ("q", " bad  & bastu "),
            ("typ", "news"),
            ("fran", "2026-03-01"),
            ("till", "2026-03-29"),
        ]);
        assert_eq!(
            asked.href(names(false), 2),
            "/sok?q=bad+%26+bastu&typ=news&fran=2026-03-01&till=2026-03-29&page=2"
        );
        assert_eq!(
            asked.href(names(true), 1),
            "/en/search?q=bad+%26+bastu&type=news&from=2026-03-01&to=2026-03-29"
        );
        assert!(asked.is_narrowed());
        assert_eq!(Asked::default().href(names(false), 1), "/sok");
        let finnish = read(&[("q", "uimahalli"), ("lang", "fi"), ("typ", "unit")]);
        assert_eq!(
            finnish.of_words("kirjasto").href(names(false), 1),
            "/sok?lang=fi&q=kirjasto"
        );
        // Swedish and English have search pages of their own.
        assert_eq!(read(&[("lang", "en")]).language, None);
        let query = asked.query(Locale::SV);
        // The last day counts whole, with its summer time: 23 hours on 29 March.
        let hours = |at: Option<Timestamp>| at.map(|at| at.micros() / 3_600_000_000);
        let days = hours(query.published_before).zip(hours(query.published_from));
        assert_eq!(days.map(|(to, from)| to - from), Some(29 * 24 - 1));
        assert_eq!(query.kinds, ["news"]);
    }

    #[test]
    fn wrong_days_are_told_and_narrow_nothing() {
        let asked = read(&[("q", "bad"), ("fran", "igår")]);
        assert_eq!(asked.wrong_dates(), Some("search-date-wrong"));
        assert_eq!(asked.query(Locale::SV).published_from, None);
        let asked = read(&[("fran", "2026-03-02"), ("till", "2026-03-01")]);
        assert_eq!(asked.wrong_dates(), Some("search-date-order"));
        assert_eq!(read(&[("typ", "")]).wrong_dates(), None);
    }
}
