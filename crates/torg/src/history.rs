//! Versions, previews and the trash as the city has settled them.

use torg_site::HistorySettings;

use crate::config::{Config, ConfigError};

/// How long the trash and secret links last.
///
/// # Errors
/// When a setting is no number.
pub fn settings(config: &Config) -> Result<HistorySettings, ConfigError> {
    let days = |name: &'static str| -> Result<i64, ConfigError> {
        Ok(i64::try_from(config.number(name)?.min(36_500)).unwrap_or(36_500))
    };
    Ok(HistorySettings {
        trash_days: days("trash_days")?,
        preview_days: days("preview_days")?,
    })
}
