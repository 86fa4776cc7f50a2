//! The roles that the program brings with it, and those that a city makes or changes.

use std::collections::HashSet;

use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{
    Actor, FieldError, Message, Permission, Problem, RequestId, Result, RoleId, Subject, hex,
    squeeze,
};
use torg_log::{NewEvent, PayloadClass, write_once};

use super::rights::Rights;
use super::{ACCOUNTS_TAG, Accounts, Pen};
use crate::model::Role;
use crate::roles::{ADMINISTRATOR, DELIVERED, GREW_FROM};
use crate::store;

#[derive(Serialize)]
struct Told {
    key: String,
    name_sv: String,
    name_en: String,
    permissions: Vec<&'static str>,
}

/// What a role is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleChange {
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English.
    pub name_en: String,
    /// What it lets one do.
    pub permissions: Vec<Permission>,
}

impl RoleChange {
    fn digest(&self, key: &str) -> String {
        let names: Vec<&str> = self.permissions.iter().map(|it| it.as_str()).collect();
        let text = json!([key, self.name_sv, self.name_en, names]).to_string();
        hex(&Sha256::digest(text.as_bytes()))
    }
}

impl Accounts {
    /// Puts the delivered roles in place, and gives each the permissions that are new since it was
    /// put there. Each role and each permission of a role is offered to a city once: what the city
    /// has changed or taken away stays so. Only the administrator always has every permission, or a
    /// new permission could be given by nobody. Returns how many roles were written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ensure_roles(&self, actor: &Actor) -> Result<usize> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let there = store::role::list(&**context).await?;
                    let offered = store::role::offers(&**context).await?;
                    let mut written = 0;
                    for role in offer(&there, &offered, &pen) {
                        let before = there.iter().find(|old| old.id == role.id);
                        write_role(context, &pen, before, &role).await?;
                        written += 1;
                    }
                    for delivered in DELIVERED {
                        let names = delivered.permissions.iter().map(|it| it.as_str());
                        for name in [""].into_iter().chain(names) {
                            let new = (delivered.key.to_owned(), name.to_owned());
                            if !offered.contains(&new) {
                                store::role::insert_offer(&**context, &new.0, &new.1).await?;
                            }
                        }
                    }
                    Ok(written)
                })
            })
            .await
    }

    /// Makes a role, once for each request.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming `key`, `name_sv`, `name_en` or `permissions`;
    /// [`Problem::Forbidden`] for whoever may not change roles.
    pub async fn add_role(
        &self,
        actor: &Actor,
        request: RequestId,
        key: &str,
        wanted: RoleChange,
    ) -> Result<RoleId> {
        let (pen, key) = (self.pen(actor), key.trim().to_owned());
        let operation = format!("role.new {}", wanted.digest(&key));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let (actor, now) = (pen.actor.clone(), pen.now);
                    let work = || -> BoxFuture<'_, Result<RoleId>> {
                        Box::pin(async move { add_role(context, &pen, key, wanted).await })
                    };
                    let done = write_once(context, request, &operation, &actor, now, work).await?;
                    Ok(done.answer)
                })
            })
            .await
    }

    /// Changes a role for all who have it, at once. `seen` is the fingerprint of the role as the
    /// actor saw it.
    ///
    /// # Errors
    /// As [`Accounts::add_role`], [`Problem::NotFound`], and [`Problem::Conflict`] when somebody
    /// else changed the role meanwhile.
    pub async fn change_role(
        &self,
        actor: &Actor,
        id: RoleId,
        seen: &str,
        wanted: RoleChange,
    ) -> Result<()> {
        let (pen, seen) = (self.pen(actor), seen.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let rights = Rights::load(&**context, &pen).await?;
                    rights.needs_for_city(Permission::SettingManage)?;
                    let old = rights.roles.iter().find(|role| role.id == id);
                    let old = old.ok_or(Problem::NotFound)?;
                    let role = Role {
                        id,
                        key: old.key.clone(),
                        name_sv: squeeze(&wanted.name_sv),
                        name_en: squeeze(&wanted.name_en),
                        permissions: in_order(&wanted.permissions),
                    };
                    if *old == role {
                        return Ok(());
                    }
                    if fingerprint(old) != seen {
                        return Err(Problem::Conflict(Message::new("role-changed-meanwhile")));
                    }
                    let errors = faults(&rights, Some(old), &role);
                    if !errors.is_empty() {
                        return Err(Problem::Invalid(errors));
                    }
                    write_role(context, &pen, Some(old), &role).await
                })
            })
            .await
    }

    /// All roles, by key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn roles(&self) -> Result<Vec<Role>> {
        let snapshot = self.0.database.snapshot().await?;
        let roles = store::role::list(&*snapshot).await?;
        snapshot.end().await?;
        Ok(roles)
    }
}

/// The roles that are new or get something new, as they are to be.
fn offer(there: &[Role], offered: &HashSet<(String, String)>, pen: &Pen) -> Vec<Role> {
    let known =
        |key: &str, permission: &str| offered.contains(&(key.to_owned(), permission.to_owned()));
    let mut roles = there.to_vec();
    for (new, older) in GREW_FROM {
        let first = !offered.is_empty() && !known(ADMINISTRATOR, new.as_str());
        for role in roles.iter_mut().filter(|_| first) {
            if role.permissions.contains(older) && !role.permissions.contains(new) {
                role.permissions.push(*new);
            }
        }
    }
    for delivered in DELIVERED {
        let found = roles.iter_mut().find(|role| role.key == delivered.key);
        let always = delivered.key == ADMINISTRATOR;
        match found {
            Some(role) => {
                let missing = delivered.permissions.iter().filter(|new| {
                    always || known(delivered.key, "") && !known(delivered.key, new.as_str())
                });
                for new in missing {
                    if !role.permissions.contains(new) {
                        role.permissions.push(*new);
                    }
                }
            }
            None if always || !known(delivered.key, "") => roles.push(Role {
                id: RoleId::new(&*pen.ids, pen.now),
                key: delivered.key.to_owned(),
                name_sv: delivered.name_sv.to_owned(),
                name_en: delivered.name_en.to_owned(),
                permissions: delivered.permissions.to_vec(),
            }),
            None => {}
        }
    }
    for role in &mut roles {
        role.permissions.sort_unstable();
    }
    roles.retain(|role| {
        there
            .iter()
            .find(|old| old.id == role.id)
            .is_none_or(|old| old.permissions != role.permissions)
    });
    roles
}

fn in_order(permissions: &[Permission]) -> Vec<Permission> {
    Permission::ALL
        .iter()
        .copied()
        .filter(|permission| permissions.contains(permission))
        .collect()
}

/// A role in a few characters: another as soon as somebody changes it.
pub(crate) fn fingerprint(role: &Role) -> String {
    RoleChange {
        name_sv: role.name_sv.clone(),
        name_en: role.name_en.clone(),
        permissions: role.permissions.clone(),
    }
    .digest(&role.key)
}

/// A key is for commands and files: a–z, 0–9 and underscores, at most 60 characters.
fn is_role_key(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// What is wrong with a role. Nobody puts into a role what they do not have for the whole city.
fn faults(rights: &Rights, old: Option<&Role>, role: &Role) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key: &'static str| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    for (field, name) in [("name_sv", &role.name_sv), ("name_en", &role.name_en)] {
        if name.is_empty() || name.chars().count() > 100 {
            wrong(field, "role-name-length");
        }
    }
    if role.permissions.is_empty() {
        wrong("permissions", "role-permissions-none");
    }
    let before = old
        .map(|old| old.permissions.as_slice())
        .unwrap_or_default();
    if role.key == ADMINISTRATOR && before != role.permissions {
        wrong("permissions", "role-administrator-whole");
    } else if role
        .permissions
        .iter()
        .any(|new| !before.contains(new) && !rights.has_for_city(*new))
    {
        wrong("permissions", "role-more-than-own");
    }
    errors
}

async fn add_role(
    context: &WriteContext,
    pen: &Pen,
    key: String,
    wanted: RoleChange,
) -> Result<RoleId> {
    let rights = Rights::load(&**context, pen).await?;
    rights.needs_for_city(Permission::SettingManage)?;
    let role = Role {
        id: RoleId::new(&*pen.ids, pen.now),
        key,
        name_sv: squeeze(&wanted.name_sv),
        name_en: squeeze(&wanted.name_en),
        permissions: in_order(&wanted.permissions),
    };
    let mut errors = faults(&rights, None, &role);
    let taken = rights.roles.iter().any(|other| other.key == role.key);
    if taken || !is_role_key(&role.key) {
        let key = if taken {
            "role-key-taken"
        } else {
            "role-key-form"
        };
        errors.push(FieldError {
            field: "key".to_owned(),
            message: Message::new(key),
        });
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    write_role(context, pen, None, &role).await?;
    Ok(role.id)
}

/// Writes a role and tells the log.
pub(super) async fn write_role(
    context: &WriteContext,
    pen: &Pen,
    before: Option<&Role>,
    role: &Role,
) -> Result<()> {
    store::role::save(&**context, role).await?;
    let event = NewEvent {
        kind: if before.is_some() {
            "role.changed"
        } else {
            "role.added"
        },
        subject: Subject::new("role", role.id),
        organisation: None,
        authority: None,
        class: PayloadClass::Internal,
        before: before.map(told).transpose()?,
        after: Some(told(role)?),
        tags: vec![ACCOUNTS_TAG.to_owned()],
    };
    pen.note(context, event).await?;
    Ok(())
}

fn told(role: &Role) -> Result<String> {
    Ok(serde_json::to_string(&Told {
        key: role.key.clone(),
        name_sv: role.name_sv.clone(),
        name_en: role.name_en.clone(),
        permissions: role
            .permissions
            .iter()
            .map(|permission| permission.as_str())
            .collect(),
    })?)
}
