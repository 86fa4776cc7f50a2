//! Importing, exporting and reading the tree of organisations.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Serialize;
use torg_db::WriteContext;
use torg_kernel::{
    Actor, AuthorityId, FieldError, OrganisationId, Problem, Result, Subject, Timestamp,
};
use torg_log::{NewEvent, PayloadClass};
use torg_web::ORGANISATIONS_TAG;

use super::grants::end_grant;
use super::{Accounts, Pen};
use crate::organisation::{self, Organisation, OrganisationKind, OrganisationTree, Wanted};
use crate::store;

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Organisations that are new.
    pub added: usize,
    /// Organisations that changed, those whose authority changed with a parent included.
    pub changed: usize,
    /// Organisations in the file that were as the file says.
    pub unchanged: usize,
}

/// An organisation as events tell of it.
#[derive(Serialize)]
struct Told<'a> {
    key: &'a str,
    kind: &'a str,
    parent: Option<OrganisationId>,
    authority: Option<AuthorityId>,
    name_sv: &'a str,
    name_en: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at: Option<Timestamp>,
}

fn told(organisation: &Organisation) -> Result<String> {
    Ok(serde_json::to_string(&Told {
        key: &organisation.key,
        kind: organisation.kind.as_str(),
        parent: organisation.parent,
        authority: organisation.authority,
        name_sv: &organisation.name_sv,
        name_en: &organisation.name_en,
        ended_at: organisation.ended_at,
    })?)
}

impl Accounts {
    /// Takes in `organisations.csv` (`key,kind,parent,name_sv,name_en`, and `id,ended` where an
    /// export wrote them), all or nothing. What the database has already is changed where the file
    /// says otherwise and left alone elsewhere; organisations that the file does not name stay. One
    /// that the file ends loses the grants for it, as by hand; no file takes one up again.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
    pub async fn import_organisations(&self, actor: &Actor, file: &[u8]) -> Result<ImportReport> {
        let wanted = organisation::read(file)?;
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| Box::pin(async move { import(context, &pen, wanted).await }))
            .await
    }

    /// The tree as `organisations.csv`; importing it gives the same tree again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn export_organisations(&self) -> Result<String> {
        organisation::write(&*self.organisations().await?)
    }

    /// The tree, at most two seconds old.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisations(&self) -> Result<Arc<OrganisationTree>> {
        let now = self.now();
        if let Some(tree) = self.0.caches.tree(now) {
            return Ok(tree);
        }
        let generation = self.0.caches.generation();
        let snapshot = self.0.database.snapshot().await?;
        let tree = Arc::new(store::organisation::load_tree(&*snapshot).await?);
        snapshot.end().await?;
        self.0.caches.keep_tree(generation, now, &tree);
        Ok(tree)
    }
}

async fn import(context: &WriteContext, pen: &Pen, wanted: Vec<Wanted>) -> Result<ImportReport> {
    let old = store::organisation::load_tree(&**context).await?;
    let new = merged(&old, &wanted, pen)?;
    let named: HashSet<&str> = wanted.iter().map(|wanted| wanted.key.as_str()).collect();
    let unchanged = new
        .list()
        .into_iter()
        .filter(|it| old.find(it.id) == Some(it) && named.contains(it.key.as_str()))
        .count();
    let (added, changed) = save_tree(context, pen, &old, &new).await?;
    Ok(ImportReport {
        added,
        changed,
        unchanged,
    })
}

/// Writes what of a tree is new or other than it was, each after what it belongs to. What was granted
/// for one that ends by it ends too, however it came about. Returns how many were added and changed.
pub(super) async fn save_tree(
    context: &WriteContext,
    pen: &Pen,
    old: &OrganisationTree,
    new: &OrganisationTree,
) -> Result<(usize, usize)> {
    let (mut added, mut changed) = (0, 0);
    for organisation in new.list() {
        let before = old.find(organisation.id);
        if before == Some(organisation) {
            continue;
        }
        let kind = match before {
            None => "organisation.added",
            Some(before) => match (before.ended_at, organisation.ended_at) {
                (None, Some(_)) => "organisation.ended",
                (Some(_), None) => "organisation.reopened",
                _ => "organisation.changed",
            },
        };
        *if before.is_some() {
            &mut changed
        } else {
            &mut added
        } += 1;
        if let Some(before) = before.filter(|_| kind == "organisation.ended") {
            end_grants_for(context, pen, before).await?;
        }
        store::organisation::save(&**context, organisation).await?;
        let event = NewEvent {
            kind,
            subject: Subject::new("organisation", organisation.id),
            organisation: Some(organisation.id),
            authority: organisation.authority,
            class: PayloadClass::Public,
            before: before.map(told).transpose()?,
            after: Some(told(organisation)?),
            tags: vec![
                ORGANISATIONS_TAG.to_owned(),
                format!("organisation:{}", organisation.id),
            ],
        };
        pen.note(context, event).await?;
    }
    Ok((added, changed))
}

async fn end_grants_for(
    context: &WriteContext,
    pen: &Pen,
    organisation: &Organisation,
) -> Result<()> {
    for record in store::role::records_of_organisation(&**context, organisation.id).await? {
        if record.ended_at.is_none() {
            end_grant(context, pen, &record.grant, organisation.authority).await?;
        }
    }
    Ok(())
}

/// The tree as it will be: what is there, changed and added to by the file. Refuses a tree with a
/// missing parent, a circle, two cities, a kind where it does not belong, or something open below
/// what has ended.
fn merged(old: &OrganisationTree, wanted: &[Wanted], pen: &Pen) -> Result<OrganisationTree> {
    let mut all: HashMap<OrganisationId, Organisation> = old
        .list()
        .into_iter()
        .map(|organisation| (organisation.id, organisation.clone()))
        .collect();
    let mut ids: HashMap<String, OrganisationId> = all
        .values()
        .map(|organisation| (organisation.key.clone(), organisation.id))
        .collect();
    for organisation in wanted {
        // An id that is another's already is not taken from it.
        let own = organisation.id.filter(|id| !all.contains_key(id));
        ids.entry(organisation.key.clone())
            .or_insert_with(|| own.unwrap_or_else(|| OrganisationId::new(&*pen.ids, pen.now)));
    }
    let mut lines = HashMap::new();
    let mut errors = Vec::new();
    for organisation in wanted {
        let id = ids[&organisation.key];
        let parent = organisation.parent.as_ref().and_then(|key| ids.get(key));
        if let (Some(key), None) = (&organisation.parent, parent) {
            errors.push(organisation.error("parent", "organisation-parent-unknown", key));
        }
        if organisation.ended.is_some_and(|at| at > pen.now) {
            errors.push(organisation.error("ended", "organisation-ended-later", ""));
        }
        lines.insert(id, organisation);
        all.insert(
            id,
            Organisation {
                id,
                key: organisation.key.clone(),
                kind: organisation.kind,
                parent: parent.copied(),
                authority: None,
                name_sv: organisation.name_sv.clone(),
                name_en: organisation.name_en.clone(),
                ended_at: organisation
                    .ended
                    .or_else(|| old.find(id).and_then(|old| old.ended_at)),
            },
        );
    }
    errors.extend(misplaced(&all, wanted, &lines, &ids));
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    Ok(arranged(all))
}

/// Organisations without a circle among them as a tree, each with the authority that it lies in.
pub(super) fn arranged(all: HashMap<OrganisationId, Organisation>) -> OrganisationTree {
    let authorities: HashMap<OrganisationId, Option<AuthorityId>> =
        all.keys().map(|id| (*id, authority(&all, *id))).collect();
    let mut sorted: Vec<Organisation> = all
        .into_values()
        .map(|organisation| Organisation {
            authority: authorities[&organisation.id],
            ..organisation
        })
        .collect();
    sorted.sort_by_cached_key(|organisation| {
        (
            torg_kernel::sort_key(&organisation.name_sv),
            organisation.key.clone(),
        )
    });
    OrganisationTree::new(sorted)
}

/// The organisations that lie where they cannot. One that the file does not name can be misplaced
/// by it, when its parent changes kind; the parent's line is then the one to mend.
fn misplaced(
    all: &HashMap<OrganisationId, Organisation>,
    wanted: &[Wanted],
    lines: &HashMap<OrganisationId, &Wanted>,
    ids: &HashMap<String, OrganisationId>,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let cities = all
        .values()
        .filter(|organisation| organisation.kind == OrganisationKind::City)
        .count();
    if cities != 1 && !wanted.is_empty() {
        let at = wanted
            .iter()
            .rfind(|organisation| organisation.kind == OrganisationKind::City)
            .unwrap_or(&wanted[0]);
        errors.push(at.error("kind", "organisation-one-city", &cities.to_string()));
    }
    for organisation in all.values() {
        let Some(parent) = organisation.parent.and_then(|id| all.get(&id)) else {
            continue;
        };
        let own = lines.get(&organisation.id);
        let above = lines.get(&parent.id);
        if organisation.ended_at.is_none() && parent.ended_at.is_some() {
            if let Some(own) = own {
                errors.push(own.error("parent", "organisation-parent-ended", &parent.key));
            } else if let Some(above) = above {
                errors.push(above.error("ended", "organisation-child-open", &organisation.key));
            }
        }
        if organisation.kind.fits_under(parent.kind) {
            continue;
        }
        if let Some(own) = own {
            errors.push(own.error("parent", "organisation-parent-kind", &parent.key));
        } else if let Some(above) = above {
            errors.push(above.error("kind", "organisation-child-kind", &organisation.key));
        }
    }
    for organisation in wanted {
        if in_circle(all, ids[&organisation.key]) {
            let parent = organisation.parent.as_deref().unwrap_or_default();
            errors.push(organisation.error("parent", "organisation-circle", parent));
        }
    }
    errors.sort_by_key(|error| {
        error
            .field
            .split(':')
            .next()
            .and_then(|line| line.parse::<u64>().ok())
    });
    errors
}

/// Whether going upwards from an organisation never ends.
pub(super) fn in_circle(
    all: &HashMap<OrganisationId, Organisation>,
    start: OrganisationId,
) -> bool {
    let mut seen = HashSet::new();
    let mut next = Some(start);
    while let Some(id) = next {
        if !seen.insert(id) {
            return true;
        }
        next = all.get(&id).and_then(|organisation| organisation.parent);
    }
    false
}

/// The nearest authority from an organisation upwards; only asked of trees without circles.
fn authority(
    all: &HashMap<OrganisationId, Organisation>,
    start: OrganisationId,
) -> Option<AuthorityId> {
    let mut next = all.get(&start);
    while let Some(organisation) = next {
        if organisation.kind.is_authority() {
            return Some(AuthorityId(organisation.id.0));
        }
        next = organisation.parent.and_then(|id| all.get(&id));
    }
    None
}
