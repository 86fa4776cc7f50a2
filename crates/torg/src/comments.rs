//! Comments as the city has settled them.

use torg_site::CommentSettings;

use crate::config::{Config, ConfigError};

/// The limits and days of comments as the city has set them.
///
/// # Errors
/// When a setting is no number.
pub fn settings(config: &Config) -> Result<CommentSettings, ConfigError> {
    let least = CommentSettings::default();
    let number = |name: &'static str, most: u64| -> Result<i64, ConfigError> {
        Ok(i64::try_from(config.number(name)?.min(most)).unwrap_or(i64::MAX))
    };
    let share = |name: &'static str| -> Result<u32, ConfigError> {
        Ok(u32::try_from(config.number(name)?).unwrap_or(u32::MAX))
    };
    Ok(CommentSettings {
        per_source: share("comments_per_source")?,
        per_page: share("comments_per_page")?,
        most_waiting: number("comments_waiting", 10_000)?,
        most: number("comments_shown", 5_000)?,
        links: number("comment_links", 100)?,
        weeding_days: number("comment_weeding_days", 36_500)?,
        weeding_decision: config.text("comment_weeding_decision").trim().to_owned(),
        ..least
    })
}
