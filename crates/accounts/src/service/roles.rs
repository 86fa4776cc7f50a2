//! The roles that the program brings with it.

use std::collections::HashSet;

use serde::Serialize;
use torg_db::WriteContext;
use torg_kernel::{Actor, Result, RoleId, Subject};
use torg_log::{NewEvent, PayloadClass};

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
