//! The roles that the program brings with it.

use serde::Serialize;
use torg_kernel::{Actor, Permission, Result, RoleId, Subject};
use torg_log::{NewEvent, PayloadClass};

use super::{ACCOUNTS_TAG, Accounts};
use crate::model::Role;
use crate::roles::DELIVERED;
use crate::store;

#[derive(Serialize)]
struct Told {
    key: String,
    name_sv: String,
    name_en: String,
    permissions: Vec<&'static str>,
}

impl Accounts {
    /// Puts the delivered roles in place that are not there. A role that is there is left as the
    /// city has made it, but for the administrator, who always has every permission: otherwise a
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
                    let mut written = 0;
                    for delivered in DELIVERED {
                        let found = there.iter().find(|role| role.key == delivered.key);
                        let whole = found.is_none_or(|role| {
                            delivered.permissions == Permission::ALL
                                && role.permissions != Permission::ALL
                        });
                        if !whole {
                            continue;
                        }
                        let role = Role {
                            id: found
                                .map_or_else(|| RoleId::new(&*pen.ids, pen.now), |role| role.id),
                            key: delivered.key.to_owned(),
                            name_sv: delivered.name_sv.to_owned(),
                            name_en: delivered.name_en.to_owned(),
                            permissions: delivered.permissions.to_vec(),
                        };
                        store::role::save(&**context, &role).await?;
                        let event = NewEvent {
                            kind: if found.is_some() {
                                "role.changed"
                            } else {
                                "role.added"
                            },
                            subject: Subject::new("role", role.id),
                            organisation: None,
                            authority: None,
                            class: PayloadClass::Internal,
                            before: found.map(told).transpose()?,
                            after: Some(told(&role)?),
                            tags: vec![ACCOUNTS_TAG.to_owned()],
                        };
                        pen.note(context, event).await?;
                        written += 1;
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
