//! Accounts from the command line: how the first administrator comes in.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Date;
use torg_accounts::{GrantEntry, NewPerson};
use torg_kernel::Actor;

use super::maintain::current;
use super::{Failure, say};
use crate::app::{self, Surroundings};
use crate::config::Config;

/// What to do with accounts.
#[derive(Subcommand)]
pub enum User {
    /// Make an account with a role; prints a password made for it
    Add {
        /// E-mail, by which the person logs in
        email: String,
        /// Name as it is shown
        #[arg(long)]
        name: String,
        /// Role, such as administrator or editor
        #[arg(long, default_value = "administrator")]
        role: String,
        /// Key of the organisation the role is for [default: the city]
        #[arg(long)]
        organisation: Option<String>,
    },
    /// Make a new password for somebody, and print it
    Password {
        /// Whose
        email: String,
    },
    /// Take away all second factors of somebody who has lost them, and end their log-ins
    ResetSecondFactor {
        /// Whose
        email: String,
    },
    /// Part an account from the identity at the city's identity provider, so that another can log in to it
    Unlink {
        /// Whose
        email: String,
    },
    /// Give somebody a role for an organisation and all under it
    Grant {
        /// Whom
        email: String,
        /// Role
        role: String,
        /// Key of the organisation
        organisation: String,
        /// First day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<Date>,
        /// Last day [default: until further notice]
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<Date>,
    },
    /// Take a role away
    Revoke {
        /// From whom
        email: String,
        /// Role
        role: String,
        /// Key of the organisation
        organisation: String,
    },
    /// Close an account: the person is logged out and cannot log in
    #[command(alias = "disable")]
    Close {
        /// Whose
        email: String,
    },
    /// Open a closed account again
    #[command(alias = "enable")]
    Open {
        /// Whose
        email: String,
    },
    /// List accounts and what they may do
    List {
        /// Only those with a role for this organisation or something under it, by its key
        #[arg(long, value_name = "KEY")]
        organisation: Option<String>,
        /// Only those with this role
        #[arg(long)]
        role: Option<String>,
    },
    /// List roles and what they hold
    Roles,
}

/// `torg user …`.
pub async fn user(config: &Config, what: User) -> Result<ExitCode, Failure> {
    let database = current(config).await?;
    let accounts = app::accounts(config, &database, &Surroundings::default())?;
    let actor = Actor::system("command");
    match what {
        User::Add {
            email,
            name,
            role,
            organisation,
        } => {
            accounts.ensure_roles(&actor).await.map_err(Failure::of)?;
            let tree = accounts.organisations().await.map_err(Failure::of)?;
            let organisation = match organisation {
                Some(key) => key,
                None => tree.root().map(|root| root.key.clone()).ok_or_else(|| {
                    Failure(
                        "there are no organisations yet: take them in first with \
                         torg import organisations FILE"
                            .to_owned(),
                    )
                })?,
            };
            let known = accounts.roles().await.map_err(Failure::of)?;
            if !known.iter().any(|own| own.key == role) {
                let names: Vec<_> = known.iter().map(|role| role.key.as_str()).collect();
                return Err(Failure(format!(
                    "there is no role “{role}”; there are {}",
                    names.join(", ")
                )));
            }
            if tree.find_by_key(&organisation).is_none() {
                return Err(Failure(format!(
                    "there is no organisation “{organisation}”"
                )));
            }
            let password = accounts.generate_password();
            let new = NewPerson {
                email: email.clone(),
                name,
            };
            accounts
                .add_person(&actor, &new)
                .await
                .map_err(Failure::of)?;
            accounts
                .set_password(&actor, &email, &password)
                .await
                .map_err(Failure::of)?;
            accounts
                .grant(&actor, &email, &role, &organisation, None, None)
                .await
                .map_err(Failure::of)?;
            say::line(&format!(
                "{email} is {role} for {organisation}; password: {password}"
            ));
        }
        User::Password { email } => {
            let password = accounts.generate_password();
            accounts
                .set_password(&actor, &email, &password)
                .await
                .map_err(Failure::of)?;
            say::line(&format!("new password for {email}: {password}"));
        }
        User::ResetSecondFactor { email } => {
            let reset = accounts.remove_factors_by_email(&actor, &email).await;
            reset.map_err(Failure::of)?;
            say::line(&format!(
                "{email} logs in with the password alone, and is logged out"
            ));
        }
        User::Unlink { email } => {
            let gone = accounts.unlink_identities(&actor, &email).await;
            let gone = gone.map_err(Failure::of)?;
            say::line(&format!("{gone} parted"));
        }
        User::Grant {
            email,
            role,
            organisation,
            from,
            to,
        } => {
            let granted = accounts
                .grant(&actor, &email, &role, &organisation, from, to)
                .await;
            granted.map_err(Failure::of)?;
            say::line("granted");
        }
        User::Revoke {
            email,
            role,
            organisation,
        } => {
            let revoked = accounts
                .revoke_role(&actor, &email, &role, &organisation)
                .await;
            if revoked.map_err(Failure::of)? == 0 {
                return Err(Failure(format!(
                    "{email} does not have the role “{role}” for {organisation}"
                )));
            }
            say::line("taken away");
        }
        User::Close { email } => {
            accounts
                .set_disabled(&actor, &email, true)
                .await
                .map_err(Failure::of)?;
            say::line("closed");
        }
        User::Open { email } => {
            accounts
                .set_disabled(&actor, &email, false)
                .await
                .map_err(Failure::of)?;
            say::line("open");
        }
        User::List { organisation, role } => {
            let tree = accounts.organisations().await.map_err(Failure::of)?;
            let place = match &organisation {
                Some(key) => Some(
                    tree.find_by_key(key)
                        .ok_or_else(|| Failure(format!("there is no organisation “{key}”")))?
                        .id,
                ),
                None => None,
            };
            let passes = |own: &GrantEntry| {
                role.as_ref().is_none_or(|role| own.role.key == *role)
                    && place.is_none_or(|place| {
                        let own = own.organisation.id;
                        own == place || tree.ancestors(own).iter().any(|above| above.id == place)
                    })
            };
            for entry in accounts.list_people().await.map_err(Failure::of)? {
                if (role.is_some() || place.is_some()) && !entry.grants.iter().any(passes) {
                    continue;
                }
                let closed = if entry.person.disabled_at.is_some() {
                    " (closed)"
                } else {
                    ""
                };
                say::line(&format!(
                    "{} · {}{closed}",
                    entry.person.email, entry.person.name
                ));
                for grant in entry.grants {
                    let to = grant
                        .grant
                        .valid_to
                        .map(|to| format!("–{to}"))
                        .unwrap_or_default();
                    say::line(&format!(
                        "    {} for {} from {}{to}",
                        grant.role.key, grant.organisation.key, grant.grant.valid_from
                    ));
                }
            }
        }
        User::Roles => {
            for role in accounts.roles().await.map_err(Failure::of)? {
                let names: Vec<_> = role.permissions.iter().map(|p| p.as_str()).collect();
                say::line(&format!("{:<16} {}", role.key, names.join(" ")));
            }
        }
    }
    database.close().await;
    Ok(ExitCode::SUCCESS)
}
