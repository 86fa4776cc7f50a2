//! Settings of log-ins.

use std::path::Path;

use torg_accounts::{
    AccountSettings, GroupRule, ProviderSettings, SealingKey, is_safe_issuer, read_group_rules,
};
use torg_ui::T;

use crate::config::{Config, ConfigError};

/// What the settings say of log-ins.
///
/// # Errors
/// When one of them is no good, or a file that they name cannot be read.
pub fn settings(config: &Config) -> Result<AccountSettings, ConfigError> {
    let second_factor = config
        .text("second_factor")
        .parse()
        .map_err(|()| config.wrong("second_factor", "off, offered or required"))?;
    let sealing_key = match config.text("secret_key") {
        "" => None,
        digits => Some(
            SealingKey::from_hex(digits)
                .ok_or_else(|| config.wrong("secret_key", "64 hexadecimal digits"))?,
        ),
    };
    Ok(AccountSettings {
        session_idle_seconds: i64::try_from(config.number("session_idle_minutes")?.min(525_600))
            .unwrap_or(480)
            * 60,
        session_absolute_seconds: i64::try_from(config.number("session_hours")?.min(8_760))
            .unwrap_or(24)
            * 3_600,
        second_factor,
        second_factor_roles: config
            .text("second_factor_roles")
            .split(',')
            .map(str::trim)
            .filter(|role| !role.is_empty())
            .map(str::to_owned)
            .collect(),
        sealing_key,
        city: config.text("city").to_owned(),
        base_url: config.base_url(config.text("listen"))?,
        provider: provider(config)?,
        ..AccountSettings::default()
    })
}

fn provider(config: &Config) -> Result<Option<ProviderSettings>, ConfigError> {
    let issuer = config.text("oidc_issuer");
    if issuer.is_empty() {
        return Ok(None);
    }
    if !is_safe_issuer(issuer) {
        return Err(config.wrong("oidc_issuer", "an address that starts with https://"));
    }
    if config.text("oidc_client_id").is_empty() {
        return Err(config.wrong("oidc_client_id", "the id of this site at the provider"));
    }
    Ok(Some(ProviderSettings {
        name: config.text("oidc_name").to_owned(),
        issuer: issuer.to_owned(),
        client_id: config.text("oidc_client_id").to_owned(),
        client_secret: config.text("oidc_client_secret").to_owned(),
        scopes: config
            .text("oidc_scopes")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        groups_claim: config.text("oidc_groups_claim").to_owned(),
        groups: groups(config.text("oidc_groups"))?,
        trusts_email: config.flag("oidc_trust_email")?,
        authority: match config.text("oidc_authority") {
            "" => None,
            path => Some(read(path)?),
        },
    }))
}

fn read(path: &str) -> Result<Vec<u8>, ConfigError> {
    std::fs::read(path).map_err(|error| ConfigError::File {
        path: Path::new(path).to_owned(),
        reason: error.to_string(),
    })
}

fn groups(path: &str) -> Result<Vec<GroupRule>, ConfigError> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    read_group_rules(&read(path)?).map_err(|errors| {
        let reasons: Vec<String> = errors
            .iter()
            .map(|error| T::EN.message(&error.message))
            .collect();
        ConfigError::File {
            path: Path::new(path).to_owned(),
            reason: reasons.join(" "),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_accounts::SecondFactorRule;

    fn config(values: &[(&str, &str)]) -> Config {
        let environment = values
            .iter()
            .map(|(name, value)| (format!("TORG_{name}"), (*value).to_owned()));
        Config::load(None, environment, &[]).expect("settings")
    }

    #[test]
    fn log_ins_are_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("groups.csv");
        std::fs::write(&file, "group,role,organisation\nwebb,editor,stad\n").expect("is written");
        let file = file.display().to_string();
        let key = "ab".repeat(32);
        let good = [
            ("SECOND_FACTOR", "required"),
            ("SECOND_FACTOR_ROLES", "administrator, publisher"),
            ("SECRET_KEY", &*key),
            ("OIDC_ISSUER", "https://login.stad.example"),
            ("OIDC_CLIENT_ID", "torg"),
            ("OIDC_GROUPS", &*file),
        ];
        let settings = settings(&config(&good)).expect("good settings");
        assert_eq!(settings.second_factor, SecondFactorRule::Required);
        assert_eq!(settings.second_factor_roles, ["administrator", "publisher"]);
        assert!(settings.sealing_key.is_some());
        let provider = settings.provider.expect("a provider");
        assert_eq!(provider.groups.len(), 1);
        assert_eq!(provider.scopes, ["profile", "email"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |values: &[(&str, &str)]| {
            settings(&config(values))
                .expect_err("is refused")
                .to_string()
        };
        assert!(wrong(&[("SECOND_FACTOR", "yes")]).contains("off, offered or required"));
        assert!(wrong(&[("SECRET_KEY", "short")]).contains("64 hexadecimal"));
        assert!(wrong(&[("OIDC_ISSUER", "http://login.example")]).contains("https://"));
        assert!(wrong(&[("OIDC_ISSUER", "https://login.example")]).contains("oidc_client_id"));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("groups.csv");
        std::fs::write(&file, "group,role,organisation\na,,b\n").expect("is written");
        let said = wrong(&[
            ("OIDC_ISSUER", "https://login.example"),
            ("OIDC_CLIENT_ID", "torg"),
            ("OIDC_GROUPS", &file.display().to_string()),
        ]);
        assert!(said.contains("Line 2"), "{said}");
        assert!(settings(&config(&[])).expect("defaults").provider.is_none());
    }
}
