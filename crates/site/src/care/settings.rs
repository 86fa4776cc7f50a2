//! What web strategists settle: rules with their weights and limits, how often pages are gone
//! through, and what is done by itself.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{FieldError, Message, Problem, Result};
use torg_log::Author;
use torg_quality::Settings as Rules;

use crate::model::PageKind;
use crate::service::save_setting;
use crate::store::find_setting;

/// Name of the setting that holds all of it, as CSV with `name,value`.
pub const CARE: &str = "care";
const HEADING: &str = "name,value";

/// Days before a page is due when its reviewer sees it coming.
pub(crate) const SOON: &str = "days-soon";
/// Days after a page was due when the organisation above is told.
pub(crate) const ABOVE: &str = "days-above";
/// Months without a reading after which a text is called unread.
pub(crate) const UNREAD: &str = "months-unread";
/// Whether links to others are tried.
pub(crate) const LINKS: &str = "links-outside";
/// Whether reminders go by mail.
pub(crate) const MAIL: &str = "mail";

/// Longest time between two reviews, in months: ten years.
const MOST_MONTHS: u32 = 120;
/// The least and the most of the days.
const DAYS: (u32, u32) = (1, 365);
/// The least and the most months without a reading.
pub(crate) const UNREAD_MONTHS: (u32, u32) = (1, 36);

/// Names of the months between reviews, by kind of page.
pub(crate) const fn months_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Start => "months-start",
        PageKind::Theme => "months-theme",
        PageKind::Article => "months-article",
        PageKind::Info => "months-info",
        PageKind::Guide => "months-guide",
        PageKind::Section => "months-section",
        PageKind::Magazine => "months-magazine",
        PageKind::News => "months-news",
        PageKind::Post => "months-post",
        PageKind::Story => "months-story",
        PageKind::Vacancy => "months-vacancy",
    }
}

/// What is settled about care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareSettings {
    /// Rules and limits.
    pub rules: Rules,
    months: BTreeMap<&'static str, u32>,
    /// Days before a page is due when its reviewer sees it coming.
    pub soon: u32,
    /// Days after a page was due when the organisation above is told.
    pub above: u32,
    /// Months without a reading after which a text is called unread.
    pub unread: u32,
    /// Whether links to others are tried.
    pub links: bool,
    /// Whether reminders go by mail.
    pub mail: bool,
}

impl Default for CareSettings {
    fn default() -> Self {
        Self {
            rules: Rules::default(),
            months: BTreeMap::new(),
            soon: 30,
            above: 21,
            unread: 12,
            links: false,
            mail: true,
        }
    }
}

impl CareSettings {
    /// What is settled now; a line that cannot be read is as usual, with a warning.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let text = find_setting(on, CARE).await?.unwrap_or_default();
        let mut settings = Self::default();
        for (name, value) in lines(&text) {
            if settings.set(&name, &value).is_err() {
                tracing::warn!(
                    name,
                    value,
                    "a setting of care cannot be read and is as usual"
                );
            }
        }
        Ok(settings)
    }

    /// Months between two reviews of a kind of page; 0 for never. Where nothing is settled, what
    /// belongs to a day is not reviewed, pages that lead on twice a year, others once.
    #[must_use]
    pub fn months(&self, kind: PageKind) -> u32 {
        self.months.get(kind.as_str()).copied().unwrap_or({
            if kind.is_dated() {
                0
            } else if matches!(kind, PageKind::Start | PageKind::Theme) || kind.lists() {
                6
            } else {
                12
            }
        })
    }

    /// Sets one thing by its stored name.
    ///
    /// # Errors
    /// The message for the field.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), Message> {
        let value = value.trim();
        let number = |(least, most): (u32, u32)| {
            let found = value.parse::<u32>().ok();
            found
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(|| out_of_range(least, most))
        };
        let switch = || match value {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(Message::new("care-error-choice")),
        };
        match name {
            SOON => self.soon = number(DAYS)?,
            ABOVE => self.above = number(DAYS)?,
            UNREAD => self.unread = number(UNREAD_MONTHS)?,
            LINKS => self.links = switch()?,
            MAIL => self.mail = switch()?,
            _ => {
                let kind = PageKind::ALL
                    .into_iter()
                    .find(|kind| months_name(*kind) == name);
                match kind {
                    Some(kind) => {
                        self.months.insert(kind.as_str(), number((0, MOST_MONTHS))?);
                    }
                    None => self
                        .rules
                        .set(name, value)
                        .map_err(|wrong| match wrong.range {
                            Some((least, most)) => out_of_range(least, most),
                            None => Message::new("care-error-choice"),
                        })?,
                }
            }
        }
        Ok(())
    }

    /// Everything as name and value, in the order of the form.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let switch = |on: bool| if on { "on" } else { "off" }.to_owned();
        let mut pairs = self.rules.pairs();
        pairs.extend(
            PageKind::ALL
                .into_iter()
                .map(|kind| (months_name(kind), self.months(kind).to_string())),
        );
        pairs.push((SOON, self.soon.to_string()));
        pairs.push((ABOVE, self.above.to_string()));
        pairs.push((UNREAD, self.unread.to_string()));
        pairs.push((LINKS, switch(self.links)));
        pairs.push((MAIL, switch(self.mail)));
        pairs
    }

    /// As it is stored and exported.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = format!("{HEADING}\n");
        for (name, value) in self.pairs() {
            text.push_str(&format!("{name},{value}\n"));
        }
        text
    }

    /// Reads a file of an export.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the number of the line.
    pub fn parse(text: &str) -> Result<Self> {
        let mut settings = Self::default();
        let mut errors = Vec::new();
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            if line.trim() == HEADING {
                continue;
            }
            let (name, value) = line.split_once(',').unwrap_or((line, ""));
            if let Err(message) = settings.set(name.trim(), value) {
                errors.push(FieldError {
                    field: format!("{}", at + 1),
                    message,
                });
            }
        }
        match errors.is_empty() {
            true => Ok(settings),
            false => Err(Problem::Invalid(errors)),
        }
    }

    /// Tells one state from another, so that nobody overwrites what somebody else has just saved.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.pairs().hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// Saves, if what is stored is still what `version` says.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when somebody saved in between; when the database fails.
    pub async fn save(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        version: &str,
    ) -> Result<bool> {
        let stored = Self::find(&**context).await?;
        if stored.version() != version {
            return Err(Problem::Conflict(Message::new("care-conflict")));
        }
        if stored == *self {
            return Ok(false);
        }
        save_setting(context, author, CARE, &self.csv()).await
    }
}

fn lines(text: &str) -> impl Iterator<Item = (String, String)> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
}

fn out_of_range(least: u32, most: u32) -> Message {
    Message::new("care-error-number")
        .with("least", least)
        .with("most", most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_quality::{Rule, Weight};

    #[test]
    fn settings_go_there_and_back_and_name_the_wrong_line() {
        let mut settings = CareSettings::default();
        settings.set("months-news", "24").expect("months");
        settings.set("lix", "must").expect("a weight");
        settings.set(LINKS, "on").expect("a switch");
        let again = CareSettings::parse(&settings.csv()).expect("its own words");
        assert_eq!(again.csv(), settings.csv());
        assert_eq!(again.version(), settings.version());
        assert_eq!(again.months(PageKind::News), 24);
        assert_eq!(again.rules.weight(Rule::Lix), Weight::Must);
        assert_ne!(again.version(), CareSettings::default().version());
        let wrong =
            CareSettings::parse("name,value\nmonths-news,-1\nlix,heavy\ndays-soon,9\nx,y\n");
        let Err(Problem::Invalid(errors)) = wrong else {
            panic!("{wrong:?}");
        };
        let lines: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(lines, ["2", "3", "5"]);
    }

    #[test]
    fn what_belongs_to_a_day_is_not_reviewed() {
        let settings = CareSettings::default();
        assert_eq!(settings.months(PageKind::News), 0);
        assert_eq!(settings.months(PageKind::Article), 12);
        assert_eq!(settings.months(PageKind::Theme), 6);
    }
}
