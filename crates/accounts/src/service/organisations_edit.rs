//! Changing the tree of organisations one by one.

use std::collections::HashMap;

use futures::future::BoxFuture;
use serde_json::json;
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{
    Actor, FieldError, Message, OrganisationId, Permission, Problem, RequestId, Result, hex,
    squeeze,
};
use torg_log::write_once;

use super::organisations::{arranged, in_circle, save_tree};
use super::rights::Rights;
use super::{Accounts, Pen};
use crate::organisation::{Organisation, OrganisationKind, OrganisationTree, is_key};

/// What an organisation is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationChange {
    /// What it is in the city's order.
    pub kind: OrganisationKind,
    /// What it belongs to; nothing for the city.
    pub parent: Option<OrganisationId>,
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English; empty where there is none.
    pub name_en: String,
}

impl OrganisationChange {
    fn digest(&self, key: &str) -> String {
        let text = json!([
            key,
            self.kind.as_str(),
            self.parent,
            self.name_sv,
            self.name_en
        ]);
        hex(&Sha256::digest(text.to_string().as_bytes()))
    }
}

/// An organisation in a few characters: another as soon as somebody changes it.
pub(crate) fn fingerprint(organisation: &Organisation) -> String {
    OrganisationChange {
        kind: organisation.kind,
        parent: organisation.parent,
        name_sv: organisation.name_sv.clone(),
        name_en: organisation.name_en.clone(),
    }
    .digest(&organisation.key)
}

impl Accounts {
    /// Adds an organisation, once for each request.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming `key`, `kind`, `parent`, `name_sv` or `name_en`;
    /// [`Problem::Forbidden`] for whoever may not change what it is to belong to.
    pub async fn add_organisation(
        &self,
        actor: &Actor,
        request: RequestId,
        key: &str,
        wanted: OrganisationChange,
    ) -> Result<OrganisationId> {
        let (pen, key) = (self.pen(actor), key.trim().to_owned());
        let operation = format!("organisation.new {}", wanted.digest(&key));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let (actor, now) = (pen.actor.clone(), pen.now);
                    let work = || -> BoxFuture<'_, Result<OrganisationId>> {
                        Box::pin(async move { add(context, &pen, key, wanted).await })
                    };
                    let done = write_once(context, request, &operation, &actor, now, work).await?;
                    Ok(done.answer)
                })
            })
            .await
    }

    /// Renames or moves an organisation, or changes what it is. Grants follow the new tree at once.
    /// `seen` is the fingerprint of the organisation as the actor saw it.
    ///
    /// # Errors
    /// As [`Accounts::add_organisation`], [`Problem::NotFound`], and [`Problem::Conflict`] when
    /// somebody else changed it meanwhile.
    pub async fn change_organisation(
        &self,
        actor: &Actor,
        id: OrganisationId,
        seen: &str,
        wanted: OrganisationChange,
    ) -> Result<()> {
        let (pen, seen) = (self.pen(actor), seen.to_owned());
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let rights = Rights::load(&**context, &pen).await?;
                    let old = rights.tree.find(id).ok_or(Problem::NotFound)?;
                    rights.needs(Permission::OrganisationManage, id)?;
                    let new = Organisation {
                        kind: wanted.kind,
                        parent: wanted.parent,
                        name_sv: squeeze(&wanted.name_sv),
                        name_en: squeeze(&wanted.name_en),
                        ..old.clone()
                    };
                    if new == *old {
                        return Ok(());
                    }
                    if fingerprint(old) != seen {
                        let message = Message::new("organisation-changed-meanwhile");
                        return Err(Problem::Conflict(message));
                    }
                    // Another place or another kind moves the border of an authority: that is for
                    // whoever may change what lies above, on both sides.
                    if new.parent != old.parent || new.kind != old.kind {
                        for above in [old.parent, new.parent].into_iter().flatten() {
                            if rights.tree.find(above).is_some() {
                                rights.needs(Permission::OrganisationManage, above)?;
                            }
                        }
                    }
                    let tree = with(&rights.tree, new)?;
                    save_tree(context, &pen, &rights.tree, &tree).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Ends an organisation: nothing new is granted for it, and what was granted for it ends now.
    /// What it owns stays until it is handed over by whoever is above it. One that has ended stays
    /// as it is.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Forbidden`], or [`Problem::Conflict`] for the city and for
    /// one under which others have not ended.
    pub async fn end_organisation(&self, actor: &Actor, id: OrganisationId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| Box::pin(async move { end(context, &pen, id).await }))
            .await
    }

    /// Takes up an organisation that has ended. The grants that ended with it stay ended.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Forbidden`], or [`Problem::Conflict`] under one that has
    /// ended.
    pub async fn reopen_organisation(&self, actor: &Actor, id: OrganisationId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let rights = Rights::load(&**context, &pen).await?;
                    let old = changed_from_above(&rights, id)?;
                    let above = old.parent.and_then(|above| rights.tree.find(above));
                    if above.is_some_and(|above| above.ended_at.is_some()) {
                        return Err(Problem::Conflict(Message::new("organisation-above-ended")));
                    }
                    let new = Organisation {
                        ended_at: None,
                        ..old.clone()
                    };
                    let tree = replaced(&rights.tree, new);
                    save_tree(context, &pen, &rights.tree, &tree).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// An organisation other than the city that the actor may end or take up: from above.
fn changed_from_above(rights: &Rights, id: OrganisationId) -> Result<&Organisation> {
    let found = rights.tree.find(id).ok_or(Problem::NotFound)?;
    rights.needs(Permission::OrganisationManage, id)?;
    let Some(above) = found.parent else {
        return Err(Problem::Conflict(Message::new("organisation-city-stays")));
    };
    rights.needs(Permission::OrganisationManage, above)?;
    Ok(found)
}

async fn end(context: &WriteContext, pen: &Pen, id: OrganisationId) -> Result<()> {
    let rights = Rights::load(&**context, pen).await?;
    let old = changed_from_above(&rights, id)?;
    if old.ended_at.is_some() {
        return Ok(());
    }
    if let Some(below) = rights
        .tree
        .children(Some(id))
        .find(|child| child.ended_at.is_none())
    {
        let message = Message::new("organisation-has-below").with("name", &below.name_sv);
        return Err(Problem::Conflict(message));
    }
    let new = Organisation {
        ended_at: Some(pen.now),
        ..old.clone()
    };
    let tree = replaced(&rights.tree, new);
    save_tree(context, pen, &rights.tree, &tree).await?;
    Ok(())
}

async fn add(
    context: &WriteContext,
    pen: &Pen,
    key: String,
    wanted: OrganisationChange,
) -> Result<OrganisationId> {
    let rights = Rights::load(&**context, pen).await?;
    let above = wanted.parent.and_then(|id| rights.tree.find(id));
    match above {
        Some(above) => rights.needs(Permission::OrganisationManage, above.id)?,
        None => rights.needs_for_city(Permission::OrganisationManage)?,
    }
    let new = Organisation {
        id: OrganisationId::new(&*pen.ids, pen.now),
        key,
        kind: wanted.kind,
        parent: wanted.parent,
        authority: None,
        name_sv: squeeze(&wanted.name_sv),
        name_en: squeeze(&wanted.name_en),
        ended_at: None,
    };
    let key = if !is_key(&new.key) {
        Some("organisation-key-shape")
    } else if rights.tree.find_by_key(&new.key).is_some() {
        Some("organisation-key-taken")
    } else {
        None
    };
    let id = new.id;
    let tree = match (with(&rights.tree, new), key) {
        (Ok(tree), None) => tree,
        (Err(Problem::Invalid(errors)), Some(key)) => {
            return Err(Problem::Invalid(
                std::iter::once(wrong("key", key)).chain(errors).collect(),
            ));
        }
        (Err(problem), _) => return Err(problem),
        (Ok(_), Some(key)) => return Err(Problem::Invalid(vec![wrong("key", key)])),
    };
    save_tree(context, pen, &rights.tree, &tree).await?;
    Ok(id)
}

fn wrong(field: &str, key: &'static str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: Message::new(key),
    }
}

fn replaced(old: &OrganisationTree, new: Organisation) -> OrganisationTree {
    let mut all: HashMap<OrganisationId, Organisation> = old
        .list()
        .into_iter()
        .map(|organisation| (organisation.id, organisation.clone()))
        .collect();
    all.insert(new.id, new);
    arranged(all)
}

/// The tree with one organisation new or changed.
///
/// # Errors
/// [`Problem::Invalid`] where it cannot be so.
fn with(old: &OrganisationTree, new: Organisation) -> Result<OrganisationTree> {
    let mut errors = Vec::new();
    if new.name_sv.is_empty() || new.name_sv.chars().count() > 200 {
        errors.push(wrong("name_sv", "organisation-name-size"));
    }
    if new.name_en.chars().count() > 200 {
        errors.push(wrong("name_en", "organisation-name-size"));
    }
    let before = old.find(new.id);
    let is_city = before.is_some_and(|before| before.kind == OrganisationKind::City);
    if is_city != (new.kind == OrganisationKind::City) {
        errors.push(wrong("kind", "organisation-city-one"));
    }
    let above = new.parent.and_then(|id| old.find(id));
    match above {
        None if is_city && new.parent.is_none() => {}
        None => errors.push(wrong("parent", "organisation-above-missing")),
        Some(_) if is_city => errors.push(wrong("parent", "organisation-city-on-top")),
        Some(above) if !new.kind.fits_under(above.kind) => {
            errors.push(wrong("parent", "organisation-above-kind"));
        }
        Some(above)
            if above.ended_at.is_some() && before.is_none_or(|old| old.parent != new.parent) =>
        {
            errors.push(wrong("parent", "organisation-above-ended"));
        }
        Some(_) => {}
    }
    if old
        .children(Some(new.id))
        .any(|child| !child.kind.fits_under(new.kind))
    {
        errors.push(wrong("kind", "organisation-below-kind"));
    }
    let mut all: HashMap<OrganisationId, Organisation> = old
        .list()
        .into_iter()
        .map(|organisation| (organisation.id, organisation.clone()))
        .collect();
    let id = new.id;
    all.insert(id, new);
    if in_circle(&all, id) {
        errors.push(wrong("parent", "organisation-in-itself"));
    }
    if errors.is_empty() {
        Ok(arranged(all))
    } else {
        Err(Problem::Invalid(errors))
    }
}
