//! What editors settle about search: kept as the city's settings, with an event for each change,
//! and in force on every node as soon as it has read the event.

use std::hash::{DefaultHasher, Hash, Hasher};

use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{Locale, Message, Problem, Result};
use torg_log::Author;
use torg_search::{BestBets, HALF_LIFE_DAYS, Index, Synonyms};

use super::lists::{Lists, replaced, rows};
use crate::service::save_setting;
use crate::store::{SYNONYMS, find_setting};

/// Name of the setting that holds the pages chosen for queries, as CSV.
pub const BEST_BETS: &str = "search.best_bets";
/// Name of the setting that holds the queries that must find, as CSV.
pub const MUST_FIND: &str = "search.must_find";
/// Name of the setting that holds the days after which the lead of news has halved.
pub const HALF_LIFE: &str = "search.half_life_days";

/// Longest half-life that makes sense, in days: ten years.
const LONGEST_HALF_LIFE: u32 = 3_650;

const SYNONYMS_HEADING: &str = "lang,words";
const BEST_BETS_HEADING: &str = "lang,query,address";
const MUST_FIND_HEADING: &str = "lang,query,address,within";

/// All of it as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Settings {
    synonyms: String,
    best_bets: String,
    must_find: String,
    half_life: String,
}

impl Settings {
    /// What is settled now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let mut found = Self::default();
        for (name, into) in [
            (SYNONYMS, &mut found.synonyms),
            (BEST_BETS, &mut found.best_bets),
            (MUST_FIND, &mut found.must_find),
            (HALF_LIFE, &mut found.half_life),
        ] {
            *into = find_setting(on, name).await?.unwrap_or_default();
        }
        Ok(found)
    }

    /// Tells one state from another, so that nobody overwrites what somebody else has just saved.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// The lists of a language.
    #[must_use]
    pub fn lists(&self, locale: Locale) -> Lists {
        Lists::of(locale, &self.synonyms, &self.best_bets, &self.must_find)
    }

    /// Days after which the lead of news has halved.
    #[must_use]
    pub fn half_life_days(&self) -> u32 {
        half_life(&self.half_life).unwrap_or(HALF_LIFE_DAYS)
    }

    /// Languages that any list has lines in.
    #[must_use]
    pub fn locales(&self) -> Vec<Locale> {
        let mut locales: Vec<Locale> = [&self.synonyms, &self.best_bets, &self.must_find]
            .into_iter()
            .flat_map(|csv| rows(csv))
            .filter_map(|row| row.first()?.parse().ok())
            .collect();
        locales.sort_unstable();
        locales.dedup();
        locales
    }

    /// Addresses that any list has already.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        [&self.best_bets, &self.must_find]
            .into_iter()
            .flat_map(|csv| rows(csv))
            .filter_map(|row| row.get(2).cloned())
            .collect()
    }

    /// The same with the lists of a language and the half-life as they were written in the form.
    /// `is_there` says whether a page lies at an address.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with field and line.
    pub fn written(
        &self,
        locale: Locale,
        lists: &Lists,
        half_life_days: &str,
        is_there: &dyn Fn(&str) -> bool,
    ) -> Result<Self> {
        let mut errors = Vec::new();
        let days = half_life(half_life_days.trim());
        if days.is_none() {
            let message = Message::new("searching-error-half-life").with("most", LONGEST_HALF_LIFE);
            errors.push(torg_kernel::FieldError {
                field: "half_life".to_owned(),
                message,
            });
        }
        match (lists.parsed(locale, is_there), days) {
            (Ok([synonyms, best_bets, must_find]), Some(days)) => Ok(Self {
                synonyms: replaced(&self.synonyms, SYNONYMS_HEADING, locale, synonyms),
                best_bets: replaced(&self.best_bets, BEST_BETS_HEADING, locale, best_bets),
                must_find: replaced(&self.must_find, MUST_FIND_HEADING, locale, must_find),
                half_life: days.to_string(),
            }),
            (parsed, _) => {
                errors.extend(parsed.err().into_iter().flatten());
                Err(Problem::Invalid(errors))
            }
        }
    }

    /// Saves what differs from what is stored, if that is still what `version` says.
    ///
    /// # Errors
    /// [`Problem::Conflict`] when somebody saved in between; when the database fails.
    pub async fn save(
        &self,
        context: &WriteContext,
        author: Author<'_>,
        version: &str,
    ) -> Result<usize> {
        let stored = Self::find(&**context).await?;
        if stored.version() != version {
            return Err(Problem::Conflict(Message::new("searching-conflict")));
        }
        let mut changed = 0;
        for (name, before, after) in [
            (SYNONYMS, &stored.synonyms, &self.synonyms),
            (BEST_BETS, &stored.best_bets, &self.best_bets),
            (MUST_FIND, &stored.must_find, &self.must_find),
            (HALF_LIFE, &stored.half_life, &self.half_life),
        ] {
            // Lists that were never written stay so while they are empty.
            let empty = before.is_empty() && rows(after).is_empty() && name != HALF_LIFE;
            let usual =
                name == HALF_LIFE && before.is_empty() && half_life(after) == Some(HALF_LIFE_DAYS);
            if !empty && !usual && save_setting(context, author, name, after).await? {
                changed += 1;
            }
        }
        Ok(changed)
    }
}

fn half_life(text: &str) -> Option<u32> {
    text.parse()
        .ok()
        .filter(|days| (1..=LONGEST_HALF_LIFE).contains(days))
}

/// Puts what is settled into force in an index. What cannot be read stays as it was, with a
/// warning: an index must follow the log whatever a setting holds.
///
/// # Errors
/// When the database fails.
pub async fn apply_settings<C: ConnectionTrait>(on: &C, index: &Index) -> Result<()> {
    let settings = Settings::find(on).await?;
    match Synonyms::parse_csv(&settings.synonyms) {
        Ok(synonyms) => index.set_synonyms(synonyms),
        Err(error) => tracing::warn!(%error, "the synonyms cannot be read and stay as they were"),
    }
    match BestBets::parse_csv(&settings.best_bets) {
        Ok(best_bets) => index.set_best_bets(best_bets),
        Err(error) => {
            tracing::warn!(%error, "the chosen pages cannot be read and stay as they were");
        }
    }
    index.set_half_life(settings.half_life_days());
    Ok(())
}
