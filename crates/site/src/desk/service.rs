//! Writing on a draft: patches are laid in, one after the other, and nothing of them is lost.

use std::collections::BTreeMap;

use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{ContentId, Ids, Message, PersonId, Problem, RequestId, Result, Timestamp};
use torg_revision::{
    Conflict, ConflictName, Draft, Part, PartResult, Patch, PatchId, patch_between,
};

use super::fields;
use super::model::{Head, Kept, Rest, Working};
use super::store as desk;
use crate::model::Content;
use crate::store;

/// The most blocks of a draft, those inside others not counted.
pub(crate) const MOST_BLOCKS: usize = 2_000;
/// The most bytes of one part.
const LARGEST_PART: usize = 256 * 1024;

/// Who writes; nobody when what is public was changed by other means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub person: Option<PersonId>,
    pub name: &'a str,
    pub now: Timestamp,
}

/// What became of a patch.
#[derive(Debug, Clone)]
pub(crate) struct Done {
    pub patch: PatchId,
    /// It had come through before.
    pub repeated: bool,
    pub parts: BTreeMap<Part, PartResult>,
}

/// A content's draft as it is; what is public where there is none.
pub(crate) async fn working<C: ConnectionTrait>(on: &C, id: ContentId) -> Result<Working> {
    let head = desk::find_head(on, id).await?.ok_or(Problem::NotFound)?;
    working_of(on, head).await
}

/// The same, when its head is known.
pub(crate) async fn working_of<C: ConnectionTrait>(on: &C, head: Head) -> Result<Working> {
    if !head.has_draft() {
        let content = store::find(on, head.content).await?;
        let content = content.ok_or(Problem::NotFound)?;
        return Ok(Working {
            draft: first(&content),
            conflicts: Vec::new(),
            head,
        });
    }
    let mut draft = desk::load(on, &head, 0).await?;
    let conflicts = conflicts_of(on, &head).await?;
    draft.conflicts = by_name(&conflicts);
    Ok(Working {
        draft,
        conflicts,
        head,
    })
}

/// What a draft of a content begins with.
pub(crate) fn first(content: &Content) -> Draft {
    Draft::new(&content.document, fields::of(content))
}

/// The open conflicts; asks nothing when there are none.
pub(crate) async fn conflicts_of<C: ConnectionTrait>(on: &C, head: &Head) -> Result<Vec<Kept>> {
    if head.conflicts == 0 {
        return Ok(Vec::new());
    }
    desk::list_conflicts(on, head.content).await
}

fn by_name(conflicts: &[Kept]) -> BTreeMap<ConflictName, Conflict> {
    let pairs = conflicts.iter().map(|kept| &kept.conflict);
    pairs
        .map(|conflict| (conflict.name.clone(), conflict.clone()))
        .collect()
}

/// Lays patches into a draft, in order; makes it if there is none and they change something. A
/// patch that came through before changes nothing.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] for a text in the archive; [`Problem::Invalid`] for
/// what is larger than any text.
pub(crate) async fn change(
    context: &WriteContext,
    by: By<'_>,
    ids: &dyn Ids,
    head: Head,
    patches: &[Patch],
) -> Result<(Working, Vec<Done>)> {
    let id = head.content;
    super::publish::at_hand(&head)?;
    patches.iter().try_for_each(bounded)?;
    let asked: Vec<PatchId> = patches.iter().map(|patch| patch.id).collect();
    let applied = desk::list_applied(&**context, id, &asked).await?;
    let fresh = !head.has_draft();
    let mut opened = working_of(&**context, head).await?;
    if !fresh {
        rebase(context, by, ids, &mut opened).await?;
    }
    let before = opened.draft.clone();
    let mut draft = opened.draft;
    draft.applied = applied.into_iter().collect();
    let mut done = Vec::with_capacity(patches.len());
    let mut changed: Vec<Part> = Vec::new();
    for patch in patches {
        let outcome = torg_revision::apply(&draft, patch);
        changed.extend(outcome.changed());
        if !outcome.repeated {
            let revision = outcome.draft.revision;
            desk::insert_patch(context, id, patch.id, revision, by.now).await?;
        }
        done.push(Done {
            patch: patch.id,
            repeated: outcome.repeated,
            parts: outcome.results,
        });
        draft = outcome.draft;
    }
    if draft.order.len() > MOST_BLOCKS {
        return Err(too_large());
    }
    changed.sort();
    changed.dedup();
    let moved = draft.order != before.order;
    let nothing = changed.is_empty() && !moved && draft.conflicts == before.conflicts;
    if !nothing {
        if fresh {
            let base = store::find(&**context, id)
                .await?
                .ok_or(Problem::NotFound)?;
            desk::begin(context, &opened.head, &base, &before).await?;
        }
        desk::save_parts(context, id, &draft, &changed).await?;
        desk::save_revision(context, id, &draft, by.person, by.now).await?;
        save_conflicts(context, id, by, &before, &draft).await?;
    }
    let head = desk::find_head(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let conflicts = conflicts_of(&**context, &head).await?;
    let working = Working {
        head,
        draft,
        conflicts,
    };
    Ok((working, done))
}

/// Says that a text is larger than any page.
pub(crate) fn too_large() -> Problem {
    Problem::field(
        "text",
        Message::new("desk-too-large").with("blocks", MOST_BLOCKS),
    )
}

fn bounded(patch: &Patch) -> Result<()> {
    let order = patch.order.as_ref().map_or(0, Vec::len);
    if patch.blocks.len() > MOST_BLOCKS || order > MOST_BLOCKS {
        return Err(too_large());
    }
    for changed in &patch.blocks {
        if serde_json::to_string(&changed.block)?.len() > LARGEST_PART {
            return Err(too_large());
        }
    }
    for field in &patch.fields {
        if !fields::FIELDS.contains(&field.name.as_str()) || field.value.len() > LARGEST_PART {
            return Err(Problem::field("text", Message::new("desk-field-unknown")));
        }
    }
    Ok(())
}

async fn save_conflicts(
    context: &WriteContext,
    id: ContentId,
    by: By<'_>,
    before: &Draft,
    after: &Draft,
) -> Result<()> {
    let ended: Vec<ConflictName> = before
        .conflicts
        .keys()
        .filter(|name| !after.conflicts.contains_key(*name))
        .cloned()
        .collect();
    desk::settle_conflicts(context, id, &ended).await?;
    let new: Vec<&Conflict> = after
        .conflicts
        .iter()
        .filter(|(name, conflict)| before.conflicts.get(*name) != Some(*conflict))
        .map(|(_, conflict)| conflict)
        .collect();
    desk::save_conflicts(context, id, &new, (by.person, by.name), by.now).await
}

/// Takes into a draft what became public since it was made: by an import, by somebody who moved
/// the page. What was changed in both is a conflict, in which the draft's text stands.
///
/// # Errors
/// When the database fails.
pub(crate) async fn rebase(
    context: &WriteContext,
    by: By<'_>,
    ids: &dyn Ids,
    working: &mut Working,
) -> Result<()> {
    let id = working.head.content;
    if working.head.base_version == working.head.public_version {
        return Ok(());
    }
    let now = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let Some(base) = desk::find_base(&**context, id).await? else {
        return desk::save_base(context, &now).await;
    };
    let values: Vec<(&str, String)> = fields::FIELDS
        .iter()
        .map(|name| (*name, fields::value(&now, name)))
        .collect();
    let named: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let patch = RequestId::new(ids, by.now);
    let patch = patch_between(patch, "public", &first(&base), &now.document, &named);
    let before = working.draft.clone();
    let outcome = torg_revision::apply(&before, &patch);
    let changed = outcome.changed();
    working.draft = outcome.draft;
    desk::save_parts(context, id, &working.draft, &changed).await?;
    desk::save_revision(context, id, &working.draft, working.head.person, by.now).await?;
    let nobody = By {
        person: None,
        name: "",
        now: by.now,
    };
    save_conflicts(context, id, nobody, &before, &working.draft).await?;
    desk::save_base(context, &now).await?;
    working.head.base_version = now.version;
    working.head.revision = working.draft.revision;
    if working.draft.conflicts != before.conflicts {
        working.conflicts = desk::list_conflicts(&**context, id).await?;
    }
    Ok(())
}

/// The text as it is being written; none where nobody writes. A field that is half written stays as
/// the public has it.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such content.
pub(crate) async fn draft_as_content<C: ConnectionTrait>(
    on: &C,
    id: ContentId,
) -> Result<Option<Content>> {
    let head = desk::find_head(on, id).await?.ok_or(Problem::NotFound)?;
    if !head.has_draft() {
        return Ok(None);
    }
    let before = store::find(on, id).await?.ok_or(Problem::NotFound)?;
    let draft = desk::load(on, &head, 0).await?;
    Ok(Some(fields::content_of(&draft, &before).0))
}

/// Lays the words of another text into the draft: of an older version, of an accepted suggestion.
/// Where it lies, whose it is and when it was reviewed stay. What was written besides that text and
/// was not finished comes back too, wherever it stood. Returns the draft's revision.
///
/// # Errors
/// As [`change`].
pub(crate) async fn put_words(
    context: &WriteContext,
    by: By<'_>,
    ids: &dyn Ids,
    head: Head,
    (words, rest): (&Content, &Rest),
    request: RequestId,
) -> Result<i64> {
    let working = working_of(&**context, head.clone()).await?;
    let place = ["address", "parent", "organisation", "reviewed"];
    let mut values: BTreeMap<&str, String> = fields::FIELDS
        .iter()
        .filter(|name| !place.contains(name))
        .map(|name| (*name, fields::value(words, name)))
        .collect();
    for (name, value) in &rest.fields {
        values.insert(name, value.clone());
    }
    let named: Vec<(&str, &str)> = values
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let client = request.to_string();
    let patch = patch_between(request, client, &working.draft, &words.document, &named);
    let (working, _) = change(context, by, ids, head, &[patch]).await?;
    put_conflicts(context, by, working, rest).await
}

/// Opens conflicts again that ended with the draft in which they were.
async fn put_conflicts(
    context: &WriteContext,
    by: By<'_>,
    working: Working,
    rest: &Rest,
) -> Result<i64> {
    let Working {
        head, mut draft, ..
    } = working;
    let id = head.content;
    let ended = |kept: &&Kept| !draft.conflicts.contains_key(&kept.conflict.name);
    let ended: Vec<&Kept> = rest.conflicts.iter().filter(ended).collect();
    if ended.is_empty() {
        return Ok(draft.revision);
    }
    if !head.has_draft() {
        let base = store::find(&**context, id).await?;
        desk::begin(context, &head, &base.ok_or(Problem::NotFound)?, &draft).await?;
    }
    for kept in ended {
        let who = (None, kept.person.as_str());
        desk::save_conflicts(context, id, &[&kept.conflict], who, kept.at).await?;
    }
    // Whoever has the text open is told of them with the next revision.
    draft.revision += 1;
    desk::save_revision(context, id, &draft, by.person, by.now).await?;
    Ok(draft.revision)
}
