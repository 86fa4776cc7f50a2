//! Settings: from `torg.toml`, from `TORG_*` variables, from the command line, the later ones
//! winning. A name that is no setting is an error with the nearest right one, since a misspelt
//! setting that is passed over in silence is found too late.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A setting that the program knows: name, default, what it is.
pub struct Known {
    /// Its name in `torg.toml`; in the environment `TORG_` and the name in capitals.
    pub name: &'static str,
    /// The value when nothing is said.
    pub default: &'static str,
    /// What it is.
    pub about: &'static str,
}

const fn known(name: &'static str, default: &'static str, about: &'static str) -> Known {
    Known {
        name,
        default,
        about,
    }
}

/// Every setting.
pub const SETTINGS: &[Known] = &[
    known(
        "data",
        "torg-data",
        "folder for the database, the search index and files",
    ),
    known(
        "database",
        "",
        "sqlite:PATH or postgres://USER@HOST/NAME; empty: torg.db in the data folder",
    ),
    known("listen", "127.0.0.1:8080", "address and port to listen on"),
    known(
        "base_url",
        "",
        "scheme and host by which readers reach the site; empty: http and the listen address",
    ),
    known(
        "hosts",
        "",
        "host names that are answered, parted by commas; empty: all",
    ),
    known("city", "Göteborgs Stad", "the sender's name"),
    known(
        "demo",
        "false",
        "whether every page says that this is a demonstration",
    ),
    known(
        "cache_bytes",
        "268435456",
        "most bytes of finished pages kept in memory; 0 keeps none",
    ),
    known(
        "file_store",
        "",
        "bucket for the bytes of pictures and files, s3://BUCKET, with the usual AWS_* variables; empty: files in the data folder",
    ),
    known("readers", "4", "connections for reading from the database"),
    known(
        "body_limit",
        "2097152",
        "largest form that is read, in bytes",
    ),
    known(
        "operator_token",
        "",
        "token for /metrics from other machines; empty: only from this one",
    ),
    known("log_format", "text", "text or json"),
    known(
        "log_level",
        "info",
        "error, warn, info, debug, or as in RUST_LOG",
    ),
    known(
        "accessibility_page",
        "/tillganglighet",
        "Swedish address of the accessibility statement",
    ),
    known(
        "privacy_page",
        "/personuppgifter",
        "Swedish address of the page on personal data",
    ),
    known(
        "map_view",
        "57.70, 11.93, 10.3",
        "latitude, longitude and zoom of the map when nobody has chosen",
    ),
    known(
        "map_tiles",
        "",
        "base map above the coast that comes along: an address with {z}, {x} and {y}, or a .pmtiles file in the folder tiles of the data folder; empty: none",
    ),
    known(
        "map_tiles_kind",
        "raster",
        "what the tiles hold: raster (pictures) or vector (shapes after the schema of Protomaps)",
    ),
    known(
        "map_attribution",
        "",
        "whose data the tiles are, as their licence wants it said",
    ),
    known(
        "map_addresses_open",
        "false",
        "whether other programs get the register of addresses as a collection of /api/ogc",
    ),
    known(
        "map_framed_by",
        "*",
        "sites that may show the embedded map in a frame, parted by spaces; * for all, empty for none",
    ),
    known(
        "session_idle_minutes",
        "480",
        "minutes without a request after which a log-in ends",
    ),
    known(
        "session_hours",
        "24",
        "hours after which a log-in ends in any case",
    ),
    known(
        "second_factor",
        "offered",
        "whether people log in with more than a password: off, offered or required",
    ),
    known(
        "second_factor_roles",
        "",
        "roles that demand a second factor when it is required, parted by commas; empty: all",
    ),
    known(
        "secret_key",
        "",
        "64 hexadecimal digits, the same on every node, that seal the secrets of code apps in the database; empty: they lie open there",
    ),
    known(
        "oidc_issuer",
        "",
        "address of the city's identity provider (OpenID Connect); empty: none",
    ),
    known(
        "oidc_name",
        "stadens inloggning",
        "what the identity provider is called on the log-in page",
    ),
    known("oidc_client_id", "", "id of this site at the provider"),
    known(
        "oidc_client_secret",
        "",
        "secret of this site at the provider; empty: a client without one",
    ),
    known(
        "oidc_scopes",
        "profile email",
        "scopes asked for beside openid, parted by spaces",
    ),
    known(
        "oidc_groups_claim",
        "groups",
        "claim that names a person's groups",
    ),
    known(
        "oidc_groups",
        "",
        "CSV file with the columns group, role and organisation; empty: groups give nothing",
    ),
    known(
        "oidc_trust_email",
        "false",
        "whether e-mail is believed although the provider does not say that it is verified",
    ),
    known(
        "oidc_authority",
        "",
        "PEM file with the certificate of an authority of your own for the provider; empty: those of the machine",
    ),
    known(
        "mail_from",
        "",
        "address that mail comes from; empty: no-reply at the host of base_url",
    ),
    known(
        "mail_reply_to",
        "",
        "address that answers go to; empty: the sender's",
    ),
    known(
        "mail_bounce_address",
        "",
        "address that delivery reports go to; empty: the sender's",
    ),
    known(
        "mail_smtp",
        "",
        "mail server as HOST:PORT; empty: mail is written to the folder mail in the data folder",
    ),
    known(
        "mail_smtp_tls",
        "starttls",
        "starttls, tls (from the first byte) or none",
    ),
    known(
        "mail_smtp_user",
        "",
        "user at the mail server; empty: no log-in",
    ),
    known("mail_smtp_password", "", "password at the mail server"),
    known(
        "mail_smtp_authority",
        "",
        "PEM file with the certificate of an authority of your own; empty: those of the machine",
    ),
    known(
        "mail_connections",
        "4",
        "connections to the mail server at the same time",
    ),
    known(
        "mail_give_up_hours",
        "72",
        "hours after which a mail that cannot be sent is given up",
    ),
    known(
        "mail_keep_days",
        "7",
        "days that sent mail is kept, so that delivery reports find it",
    ),
    known(
        "mail_bounces",
        "3",
        "days with bounces after which a subscription is paused",
    ),
    known(
        "digest_hour",
        "7",
        "hour at which daily and weekly digests are made",
    ),
    known(
        "digest_weekday",
        "1",
        "day of weekly digests, 1 for Monday to 7 for Sunday",
    ),
    known(
        "subscription_unconfirmed_days",
        "7",
        "days after which a subscription that nobody confirmed is forgotten",
    ),
    known(
        "subscription_weeding_decision",
        "ended subscription",
        "decision by which the log is weeded of a person when a subscription ends",
    ),
    known(
        "comments_per_source",
        "10",
        "comments and reports that are taken from one source within an hour",
    ),
    known(
        "comments_per_page",
        "60",
        "comments that are taken on one page within an hour",
    ),
    known(
        "comments_waiting",
        "200",
        "comments that may wait on one page before no more are taken",
    ),
    known(
        "comments_shown",
        "500",
        "comments shown on a page, after which it takes no more",
    ),
    known(
        "comment_links",
        "2",
        "links in a comment; with more it is held apart from the others that wait",
    ),
    known(
        "comment_weeding_days",
        "30",
        "days after which rejected and withdrawn comments are weeded",
    ),
    known(
        "unit_confirm_months",
        "12",
        "months after which a unit's details are to be confirmed anew",
    ),
    known(
        "unit_reminders",
        "true",
        "whether those who answer for units are reminded by mail to confirm them",
    ),
    known(
        "unit_report_weeding_days",
        "365",
        "days after which settled reports of faults in units are weeded",
    ),
    known(
        "unit_report_weeding_decision",
        "",
        "number of the decision to weed settled reports (arkivlagen 1990:782, section 10); empty: they are kept",
    ),
    known(
        "comment_weeding_decision",
        "",
        "number of the decision to weed rejected comments (arkivlagen 1990:782, section 10); empty: they are kept",
    ),
    known(
        "trash_days",
        "30",
        "days that a page lies in the trash before it is gone for good",
    ),
    known(
        "preview_days",
        "60",
        "the most days that a secret link to a draft lasts",
    ),
    known(
        "request_days",
        "30",
        "days that the answer to a write is kept for a resend",
    ),
    known(
        "notice_appeal_days",
        "21",
        "days for appeal from the posting of adjusted minutes (kommunallagen 13:5)",
    ),
    known(
        "notice_adjusted_days",
        "2",
        "days within which adjusted minutes must be posted (kommunallagen 8:12)",
    ),
    known(
        "notice_council_days",
        "7",
        "days before a council meeting by which it must be posted (kommunallagen 5:13)",
    ),
    known(
        "notice_days",
        "21",
        "days that other notices stay when nothing else is said",
    ),
    known(
        "appeal_page",
        "/kommun-och-politik/overklaga-beslut",
        "Swedish address of the page on how to appeal; empty: none",
    ),
    known(
        "appeal_page_english",
        "/en/appeal",
        "English address of the page on how to appeal; empty: none",
    ),
    known(
        "documents_program",
        "",
        "the program that makes PDF; empty: torg-documents beside torg itself",
    ),
];

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No such setting.
    #[error("there is no setting “{name}” ({place}){}", nearest.as_ref().map(|n| format!("; did you mean “{n}”?")).unwrap_or_default())]
    Unknown {
        /// As it was written.
        name: String,
        /// Where.
        place: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// A value that does not fit.
    #[error("the setting “{name}” ({place}) is “{value}”, but must be {must}")]
    Value {
        /// Which.
        name: String,
        /// Where it was set.
        place: String,
        /// As written.
        value: String,
        /// What it must be.
        must: &'static str,
    },
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {reason}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Variables that begin with `TORG_` and are for tests of the program itself.
const NOT_SETTINGS: [&str; 3] = ["TORG_TEST_", "TORG_SEEDS", "TORG_GALLERY"];

/// The settings in force, each with where it was set.
#[derive(Debug, Clone)]
pub struct Config {
    values: BTreeMap<&'static str, (String, String)>,
}

fn find(name: &str, place: &str) -> Result<&'static str, ConfigError> {
    SETTINGS
        .iter()
        .map(|known| known.name)
        .find(|known| *known == name)
        .ok_or_else(|| {
            let nearest = SETTINGS
                .iter()
                .map(|known| {
                    (
                        strsim::jaro_winkler(known.name, &name.to_lowercase()),
                        known.name,
                    )
                })
                .filter(|(score, _)| *score > 0.75)
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, nearest)| {
                    if place == "environment" {
                        format!("TORG_{}", nearest.to_uppercase())
                    } else {
                        nearest.to_owned()
                    }
                });
            let name = if place == "environment" {
                format!("TORG_{}", name.to_uppercase())
            } else {
                name.to_owned()
            };
            ConfigError::Unknown {
                name,
                place: place.to_owned(),
                nearest,
            }
        })
}

impl Config {
    /// Reads the settings. `file` is named on the command line and must then be there; otherwise
    /// `torg.toml` in the working folder is read if it is there.
    ///
    /// # Errors
    /// For a file that cannot be read, a name that is no setting, a value that is no text, number
    /// or truth value.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: &[(&'static str, Option<String>)],
    ) -> Result<Self, ConfigError> {
        let mut values: BTreeMap<&'static str, (String, String)> = SETTINGS
            .iter()
            .map(|known| (known.name, (known.default.to_owned(), "default".to_owned())))
            .collect();
        let path = file.unwrap_or(Path::new("torg.toml"));
        if file.is_some() || path.exists() {
            let failed = |reason: String| ConfigError::File {
                path: path.to_owned(),
                reason,
            };
            let text = std::fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
            let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
                failed(error.to_string().trim_end().to_owned())
            })?;
            let place = path.display().to_string();
            for (name, value) in table {
                let known = find(&name, &place)?;
                values.insert(known, (plain(known, &place, value)?, place.clone()));
            }
        }
        for (name, value) in environment {
            let ours = name.strip_prefix("TORG_");
            if let Some(setting) =
                ours.filter(|_| !NOT_SETTINGS.iter().any(|not| name.starts_with(not)))
            {
                let known = find(&setting.to_lowercase(), "environment")?;
                values.insert(known, (value, name));
            }
        }
        for (name, value) in flags {
            if let Some(value) = value {
                let place = format!("--{}", name.replace('_', "-"));
                values.insert(find(name, "command line")?, (value.clone(), place));
            }
        }
        Ok(Self { values })
    }

    /// A setting's text.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.values
            .get(name)
            .map_or("", |(value, _)| value.as_str())
    }

    /// Puts a default of the caller's own where nothing was said.
    pub fn prefer(&mut self, name: &'static str, value: &str) {
        if let Some(entry) = self
            .values
            .get_mut(name)
            .filter(|(_, place)| place == "default")
        {
            entry.0 = value.to_owned();
        }
    }

    pub(crate) fn wrong(&self, name: &str, must: &'static str) -> ConfigError {
        let (value, place) = self.values.get(name).cloned().unwrap_or_default();
        ConfigError::Value {
            name: name.to_owned(),
            place,
            value,
            must,
        }
    }

    /// A setting's number.
    ///
    /// # Errors
    /// When it is no whole number from 0 on.
    pub fn number(&self, name: &str) -> Result<u64, ConfigError> {
        let text = self.text(name).replace('_', "");
        text.parse().map_err(|_| self.wrong(name, "a whole number"))
    }

    /// A setting that is on or off.
    ///
    /// # Errors
    /// When it is neither `true` nor `false`.
    pub fn flag(&self, name: &str) -> Result<bool, ConfigError> {
        match self.text(name) {
            "true" | "1" | "yes" => Ok(true),
            "false" | "0" | "no" | "" => Ok(false),
            _ => Err(self.wrong(name, "true or false")),
        }
    }

    /// An address of a page.
    ///
    /// # Errors
    /// When it is none.
    pub fn address(&self, name: &str) -> Result<torg_kernel::Address, ConfigError> {
        torg_kernel::Address::parse(self.text(name))
            .map_err(|_| self.wrong(name, "an address such as /tillganglighet"))
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        PathBuf::from(self.text("data"))
    }

    /// The database's address.
    #[must_use]
    pub fn database(&self) -> String {
        match self.text("database") {
            "" => format!("sqlite:{}", self.data().join("torg.db").display()),
            url => url.to_owned(),
        }
    }

    /// Scheme and host for whole addresses, without a slash at the end.
    ///
    /// # Errors
    /// When it does not start with `http://` or `https://`.
    pub fn base_url(&self, listening: &str) -> Result<String, ConfigError> {
        match self.text("base_url").trim_end_matches('/') {
            "" => Ok(format!("http://{listening}")),
            url if url.starts_with("http://") || url.starts_with("https://") => Ok(url.to_owned()),
            _ => Err(self.wrong(
                "base_url",
                "an address that starts with https:// or http://",
            )),
        }
    }
}

fn plain(name: &str, place: &str, value: toml::Value) -> Result<String, ConfigError> {
    Ok(match value {
        toml::Value::String(text) => text,
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(flag) => flag.to_string(),
        toml::Value::Array(list) => {
            let parts: Result<Vec<String>, _> = list
                .into_iter()
                .map(|value| plain(name, place, value))
                .collect();
            parts?.join(",")
        }
        other => {
            return Err(ConfigError::Value {
                name: name.to_owned(),
                place: place.to_owned(),
                value: other.to_string(),
                must: "a text, a number, true or false",
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("torg.toml");
        std::fs::write(&path, toml).unwrap();
        let environment = environment
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Config::load(
            Some(&path),
            environment,
            &[("listen", Some("[::1]:1".to_owned()))],
        )
    }

    #[test]
    fn later_places_win() {
        let config = load(
            "city = \"Mölndal\"\nreaders = 8\nlisten = \"a\"",
            &[
                ("TORG_READERS", "2"),
                ("PATH", "x"),
                ("TORG_TEST_POSTGRES", "y"),
            ],
        )
        .unwrap();
        assert_eq!(config.text("city"), "Mölndal");
        assert_eq!(config.number("readers").unwrap(), 2);
        assert_eq!(config.text("listen"), "[::1]:1");
        assert_eq!(config.base_url("h:1").unwrap(), "http://h:1");
    }

    #[test]
    fn a_misspelt_setting_is_named_with_the_nearest() {
        let said = load("lissten = \"x\"", &[]).unwrap_err().to_string();
        assert!(
            said.contains("lissten") && said.contains("“listen”"),
            "{said}"
        );
        let said = load("", &[("TORG_DATABSE", "x")]).unwrap_err().to_string();
        assert!(
            said.contains("TORG_DATABSE") && said.contains("“TORG_DATABASE”"),
            "{said}"
        );
        let said = load("", &[("TORG_READERS", "many")])
            .unwrap()
            .number("readers");
        assert!(said.unwrap_err().to_string().contains("a whole number"));
    }
}
