//! What a city settles about log-ins beside the numbers.

use std::collections::BTreeSet;

use torg_kernel::FieldError;
use torg_kernel::Message;

/// Whether people log in with more than a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondFactorRule {
    /// None can be added; those who have one are still asked for it.
    Off,
    /// Whoever wants one adds it.
    #[default]
    Offered,
    /// Roles give nothing in a log-in without one; see [`crate::AccountSettings::demands_factor`].
    Required,
}

impl std::str::FromStr for SecondFactorRule {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "off" => Ok(Self::Off),
            "offered" => Ok(Self::Offered),
            "required" => Ok(Self::Required),
            _ => Err(()),
        }
    }
}

/// A role that those in a group at the identity provider have for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRule {
    /// The group as the provider names it.
    pub group: String,
    /// The role's key.
    pub role: String,
    /// The organisation's key.
    pub organisation: String,
}

/// Reads rules from CSV whose first line is `group,role,organisation`. A group may have several
/// lines; the same line twice is one rule.
///
/// # Errors
/// One error for each line that is no rule, with its number.
pub fn read_group_rules(file: &[u8]) -> Result<Vec<GroupRule>, Vec<FieldError>> {
    let wrong = |line: u64, key: &'static str| FieldError {
        field: line.to_string(),
        message: Message::new(key).with("line", line),
    };
    // Spreadsheets put a mark before the first column's name.
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file);
    let header: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_owned).collect(),
        Err(_) => return Err(vec![wrong(1, "group-rules-unreadable")]),
    };
    if header != ["group", "role", "organisation"] {
        return Err(vec![wrong(1, "group-rules-columns")]);
    }
    let (mut rules, mut errors) = (BTreeSet::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                let part = |at: usize| record.get(at).unwrap_or_default().to_owned();
                if record.iter().any(str::is_empty) {
                    errors.push(wrong(line, "group-rules-empty"));
                    continue;
                }
                rules.insert(GroupRule {
                    group: part(0),
                    role: part(1),
                    organisation: part(2),
                });
            }
            Err(fault) => {
                let line = fault.position().map_or(0, csv::Position::line);
                errors.push(wrong(line, "group-rules-unreadable"));
            }
        }
    }
    if errors.is_empty() {
        Ok(rules.into_iter().collect())
    } else {
        Err(errors)
    }
}

/// The city's identity provider (OpenID Connect), by which people log in without a password of
/// ours. What it says of a person's groups is believed at each log-in and not between them.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// What it is called on the log-in page: "Stadens inloggning".
    pub name: String,
    /// The issuer, whose discovery document lies at `/.well-known/openid-configuration` under it.
    pub issuer: String,
    /// The id under which this site is known there.
    pub client_id: String,
    /// The secret that belongs to it; empty for a client without one.
    pub client_secret: String,
    /// Scopes asked for beside `openid`.
    pub scopes: Vec<String>,
    /// The claim that names a person's groups.
    pub groups_claim: String,
    /// What groups give.
    pub groups: Vec<GroupRule>,
    /// Whether e-mail is believed although the provider does not say that it is verified. For
    /// providers that keep their people's addresses themselves and send no `email_verified`.
    pub trusts_email: bool,
    /// Certificates in PEM of an authority of the city's own; nothing for those of the machine.
    pub authority: Option<Vec<u8>>,
}

impl std::fmt::Debug for ProviderSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProviderSettings({})", self.issuer)
    }
}

/// Whether an address of the provider may be used: HTTPS, or plain HTTP on this machine for tests.
#[must_use]
pub fn is_safe_issuer(issuer: &str) -> bool {
    let Ok(url) = url::Url::parse(issuer) else {
        return false;
    };
    let local = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.scheme() == "https" || url.scheme() == "http" && local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_rules_are_read_and_faults_named_by_line() {
        let rule = |group: &str, role: &str| GroupRule {
            group: group.to_owned(),
            role: role.to_owned(),
            organisation: "stad".to_owned(),
        };
        let file = "\u{feff}group,role,organisation\n\
            \"CN=Webb,OU=Grupper\",editor,stad\nwebb, publisher ,stad\nwebb,publisher,stad\n";
        assert_eq!(
            read_group_rules(file.as_bytes()),
            Ok(vec![
                rule("CN=Webb,OU=Grupper", "editor"),
                rule("webb", "publisher")
            ])
        );
        let lines = |file: &str| -> Vec<String> {
            let errors = read_group_rules(file.as_bytes()).expect_err("is refused");
            errors.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(lines("group,role\na,b\n"), ["1"]);
        assert_eq!(
            lines("group,role,organisation\na,editor,stad\nb,,stad\nc,editor\n"),
            ["3", "4"]
        );
    }

    #[test]
    fn providers_are_reached_by_https() {
        for safe in [
            "https://login.stad.example",
            "http://localhost:9000/a",
            "http://127.0.0.1:9000",
        ] {
            assert!(is_safe_issuer(safe), "{safe}");
        }
        for not in [
            "http://login.stad.example",
            "ftp://localhost",
            "",
            "login.stad.example",
        ] {
            assert!(!is_safe_issuer(not), "{not}");
        }
    }
}
