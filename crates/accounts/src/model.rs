//! People, roles, grants and sessions as types. Pure.

use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;
use torg_kernel::{
    Actor, GrantId, Locale, OrganisationId, Permission, PersonId, RoleId, SessionId, Timestamp,
};

use crate::factor::SealingKey;
use crate::settings::{ProviderSettings, SecondFactorRule};

/// A person who acts on their own account, for no organisation.
pub(crate) const fn own(person: PersonId) -> Actor {
    Actor::Person {
        id: person,
        role: None,
        organisation: None,
        on_behalf_of: None,
    }
}

/// Somebody with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// E-mail in lower case: what the person logs in with.
    pub email: String,
    /// Name as it is shown.
    pub name: String,
    /// When the account was made.
    pub created_at: Timestamp,
    /// Since when the account is closed; nothing while it is open.
    pub disabled_at: Option<Timestamp>,
    /// Whether the person can log in with a password.
    pub has_password: bool,
}

/// A named set of permissions. Roles are data: a city may change what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The id.
    pub id: RoleId,
    /// Short name for commands and files.
    pub key: String,
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English.
    pub name_en: String,
    /// What it lets one do, in the kernel's order.
    pub permissions: Vec<Permission>,
}

impl Role {
    /// The name in a language: Swedish for Swedish, English for all others.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::SV {
            &self.name_sv
        } else {
            &self.name_en
        }
    }
}

/// A role given to a person for an organisation and all that lies under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grant {
    /// The id.
    pub id: GrantId,
    /// To whom.
    pub person: PersonId,
    /// Which role.
    pub role: RoleId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// First day, in the city's time.
    pub valid_from: Date,
    /// Last day, itself included; nothing for a grant without end.
    pub valid_to: Option<Date>,
}

impl Grant {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// How somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogInMethod {
    /// With a password alone.
    #[default]
    Password,
    /// With a password and a code from an app.
    AppCode,
    /// With a password and a passkey.
    Passkey,
    /// With a password and a recovery code.
    RecoveryCode,
    /// By the city's identity provider, whose matter it is what that asks for.
    Provider,
}

impl LogInMethod {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AppCode => "app_code",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery_code",
            Self::Provider => "provider",
        }
    }

    /// Whether it is more than a password.
    #[must_use]
    pub fn is_strong(self) -> bool {
        self != Self::Password
    }
}

impl FromStr for LogInMethod {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [
            Self::Password,
            Self::AppCode,
            Self::Passkey,
            Self::RecoveryCode,
            Self::Provider,
        ]
        .into_iter()
        .find(|method| method.as_str() == text)
        .ok_or(())
    }
}

/// A log-in that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The id, which is no secret; the token is.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// When the person logged in.
    pub created_at: Timestamp,
    /// When it was last used, to within [`AccountSettings::session_touch_seconds`].
    pub last_seen_at: Timestamp,
    /// When it ends however much it is used.
    pub expires_at: Timestamp,
    /// What the browser calls itself, cut to 200 characters.
    pub user_agent: String,
    /// How the person came in, or what was proved since.
    pub method: LogInMethod,
}

impl Session {
    /// Whether it can still be used.
    #[must_use]
    pub fn is_open(&self, now: Timestamp, settings: &AccountSettings) -> bool {
        now < self.expires_at
            && now
                < self
                    .last_seen_at
                    .plus_seconds(settings.session_idle_seconds)
    }
}

/// The numbers of this room and its ways to log in, which a city may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSettings {
    /// A session ends when it has not been used for so many seconds. Default 8 hours, a working
    /// day: shorter costs people their unsaved work, longer leaves more open screens. (OWASP's
    /// Session Management Cheat Sheet names 15 to 30 minutes for low-risk and 2 to 5 for high-value
    /// applications; a city that wants that sets it.)
    pub session_idle_seconds: i64,
    /// A session ends so many seconds after the log-in in any case. Default 24 hours.
    pub session_absolute_seconds: i64,
    /// A session's last use is written down at most this often, in seconds. Default 60: one write
    /// a minute for each person at work.
    pub session_touch_seconds: i64,
    /// The fewest characters in a password. Default 15, what NIST SP 800-63B-4, section 3.1.1.2,
    /// asks of a password that is the only factor.
    pub password_min_chars: usize,
    /// Wrong log-ins for an account from one source before it is slowed down. Default 3.
    pub free_attempts: i64,
    /// The longest wait between attempts, in seconds. Default 15 minutes.
    pub longest_wait_seconds: i64,
    /// Wrong log-ins are forgotten after so many seconds without any. Default 24 hours.
    pub attempts_kept_seconds: i64,
    /// Passwords that are checked at the same time; each takes 19 MiB and a core. Default 2.
    pub checks_at_once: usize,
    /// How long after logging in somebody may change their password and second factors, in
    /// seconds; later they log in once more, so that an open screen is not enough to take an
    /// account over. Default 15 minutes.
    pub fresh_log_in_seconds: i64,
    /// How long a log-in waits for its second step, in seconds. Default 10 minutes.
    pub log_in_step_seconds: i64,
    /// Whether there are second factors.
    pub second_factor: SecondFactorRule,
    /// The keys of the roles that demand one when it is [`SecondFactorRule::Required`]; none for
    /// all.
    pub second_factor_roles: Vec<String>,
    /// The key for secrets in the database; nothing stores them open.
    pub sealing_key: Option<SealingKey>,
    /// The sender's name, as code apps and browsers show it.
    pub city: String,
    /// Scheme and host by which people reach us, without a slash at the end. Passkeys belong to it;
    /// without it, or with a bare IP address, there are none (WebAuthn Level 2, section 5.1.2).
    pub base_url: String,
    /// The city's identity provider, if it has one.
    pub provider: Option<ProviderSettings>,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self {
            session_idle_seconds: 8 * 3_600,
            session_absolute_seconds: 24 * 3_600,
            session_touch_seconds: 60,
            password_min_chars: 15,
            free_attempts: 3,
            longest_wait_seconds: 15 * 60,
            attempts_kept_seconds: 24 * 3_600,
            checks_at_once: 2,
            fresh_log_in_seconds: 15 * 60,
            log_in_step_seconds: 10 * 60,
            second_factor: SecondFactorRule::default(),
            second_factor_roles: Vec::new(),
            sealing_key: None,
            city: "Torg".to_owned(),
            base_url: String::new(),
            provider: None,
        }
    }
}

impl AccountSettings {
    /// Whether a role gives something only to those who logged in with a second factor.
    #[must_use]
    pub fn demands_factor(&self, role_key: &str) -> bool {
        self.second_factor == SecondFactorRule::Required
            && (self.second_factor_roles.is_empty()
                || self.second_factor_roles.iter().any(|own| own == role_key))
    }

    /// How long one has to wait after so many wrong log-ins in a row, in seconds: 1, 2, 4 … up to
    /// the longest.
    #[must_use]
    pub fn wait_after(&self, failures: i64) -> i64 {
        let over = failures - self.free_attempts;
        if over < 0 {
            return 0;
        }
        // 2^40 seconds are longer than any longest wait.
        let doubled = 1_i64 << over.min(40);
        doubled.min(self.longest_wait_seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest() {
        let settings = AccountSettings::default();
        let waits: Vec<i64> = [0, 2, 3, 4, 5, 12, 13, i64::MAX]
            .into_iter()
            .map(|failures| settings.wait_after(failures))
            .collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 512, 900, 900]);
    }
}
