//! A draft as the fields of a form, and what was written in the form as a patch of the draft.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use torg_db::{ConnectionTrait, Snapshot};
use torg_kernel::{
    Block, BlockId, Document, FieldError, Ids, LinkTarget, PageId, Problem, RequestId, Result,
    Timestamp,
};
use torg_markup::{Goal, NoteKind, RawBlock, Resolver, body_to_markdown, parse_markdown_body};
use torg_revision::{ChangedBlock, ChangedField, ConflictName, DeletedBlock, Draft, Patch, Words};
use torg_web::Form;

use super::Site;
use crate::desk::fields;
use crate::desk::service::{MOST_BLOCKS, too_large};
use crate::export::FormNames;
use crate::import::{ImportNames, media};
use crate::model::Content;
use crate::store;

/// The field of a form that holds the text as it was shown.
const BASE_TEXT: &str = "base_text";
/// The ids of the blocks as they were shown, in order.
const BASE_IDS: &str = "base_ids";
/// The other fields as they were shown, as JSON.
const BASE_FIELDS: &str = "base_fields";

/// The most blocks of a form's text, those inside others counted: more than any page has, and few
/// enough to be compared while somebody waits.
const MOST_BLOCKS_IN_ALL: usize = 10 * MOST_BLOCKS;

/// What was shown when a form was opened: what was written since is the difference to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub text: String,
    pub ids: String,
    pub fields: String,
}

impl Shown {
    /// What a form shows of a draft.
    pub(super) fn of(draft: &Draft, text: &str, values: &BTreeMap<String, String>) -> Self {
        let ids: Vec<String> = draft
            .order
            .iter()
            .map(|id| id.0.simple().to_string())
            .collect();
        Self {
            text: text.to_owned(),
            ids: ids.join(" "),
            fields: serde_json::to_string(values).unwrap_or_default(),
        }
    }

    /// What was shown when this form was opened.
    pub(super) fn told(form: &Form) -> Self {
        Self {
            text: form.text(BASE_TEXT),
            ids: form.text(BASE_IDS),
            fields: form.text(BASE_FIELDS),
        }
    }

    /// Names and values of the hidden fields that remember it.
    pub(crate) fn hidden(&self) -> [(&'static str, &str); 3] {
        [
            (BASE_TEXT, &self.text),
            (BASE_IDS, &self.ids),
            (BASE_FIELDS, &self.fields),
        ]
    }
}

/// Keys of what a text can point at, kept until the log tells of a change: a city has thousands, and
/// reading them takes longer than everything else that is done with a text.
#[derive(Default)]
pub(super) struct KeptNames(Mutex<Option<(i64, Arc<ImportNames>)>>);

impl KeptNames {
    /// The keys as the snapshot has them.
    pub(super) async fn get(&self, site: &Site, on: &Snapshot) -> Result<Arc<ImportNames>> {
        let position = torg_log::head(&**on).await?;
        let kept = self.kept().clone();
        if let Some((at, names)) = kept
            && at == position
        {
            return Ok(names);
        }
        let names = Arc::new(site.neighbours.names(on).await?);
        *self.kept() = Some((position, names.clone()));
        Ok(names)
    }

    fn kept(&self) -> MutexGuard<'_, Option<(i64, Arc<ImportNames>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keys of what a text can point at, and addresses of pages.
pub(super) struct Places {
    pub names: Arc<ImportNames>,
    pub pages: HashMap<String, PageId>,
}

/// A document as it stands in the form.
pub(super) async fn markdown<C: ConnectionTrait>(
    on: &C,
    content: &Content,
    document: &Document,
    names: &ImportNames,
) -> Result<String> {
    let mut pages: Vec<_> = document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Page { id, .. } => Some(id.0),
            _ => None,
        })
        .collect();
    pages.sort_unstable();
    pages.dedup();
    let mut pages = match pages.is_empty() {
        true => Vec::new(),
        false => store::list_elsewhere(on, &pages).await?,
    };
    // The content's own language first: that is the address a link is written with.
    pages.sort_by_key(|page| page.locale != content.locale.as_str());
    Ok(body_to_markdown(document, &form_names(pages, names)))
}

pub(super) fn form_names(pages: Vec<store::Elsewhere>, names: &ImportNames) -> FormNames {
    let units = names.units.iter();
    let facts = names.facts.iter();
    let pictures = names.pictures.iter();
    let files = names.files.iter();
    FormNames {
        pages,
        units: units.map(|(key, id)| (*id, key.clone())).collect(),
        facts: facts.map(|(key, id)| (*id, key.clone())).collect(),
        pictures: pictures.map(|(key, id)| (*id, key.clone())).collect(),
        files: files.map(|(key, id)| (*id, key.clone())).collect(),
    }
}

/// Fields that are ids in the draft, and addresses or keys where people write them.
pub(super) const REFERENCES: [&str; 3] = ["parent", "picture", "workplace"];

/// A field as a form shows it: what is an id in the draft is a key or an address there.
pub(super) fn shown_value(
    name: &str,
    value: &str,
    names: &ImportNames,
    parent: Option<&str>,
) -> String {
    match name {
        "parent" if !value.is_empty() => parent.unwrap_or(value).to_owned(),
        "picture" => key_of(&names.pictures, value),
        "workplace" => key_of(&names.units, value),
        _ => value.to_owned(),
    }
}

fn key_of<Id: ToString>(keys: &HashMap<String, Id>, value: &str) -> String {
    let known = keys.iter().find(|(_, id)| id.to_string() == value);
    known.map_or(value, |(key, _)| key).to_owned()
}

/// A field as the draft keeps it; what names nothing stays as it was written, and is told when the
/// text is handed on.
pub(super) fn kept_value(name: &str, value: &str, places: &Places) -> String {
    let value = value.trim();
    let found = match name {
        "parent" => places.pages.get(value).map(ToString::to_string),
        "picture" => places.names.pictures.get(value).map(ToString::to_string),
        "workplace" => places.names.units.get(value).map(ToString::to_string),
        _ => None,
    };
    found.unwrap_or_else(|| value.to_owned())
}

/// A page that is laid below another moves there: its address follows, unless it was another than the
/// place says, or was changed in the same form.
fn follow_parent(form: &Form, shown: &BTreeMap<String, String>, draft: &Draft, patch: &mut Patch) {
    let changes = |name: &str| patch.fields.iter().any(|field| field.name == name);
    if !changes("parent") || changes("address") {
        return;
    }
    let (to, from) = (form.text("parent"), shown.get("parent"));
    let (to, from) = (to.trim(), from.map_or("", String::as_str).trim());
    let address = draft.field("address");
    let Some((above, own)) = address.rsplit_once('/') else {
        return;
    };
    if !to.starts_with('/') || own.is_empty() || above != from.trim_end_matches('/') {
        return;
    }
    patch.fields.push(ChangedField {
        name: "address".to_owned(),
        value: format!("{}/{own}", to.trim_end_matches('/')),
        from: 0,
        base: Some(address.to_owned()),
    });
}

/// Everything that was written in a form, as a patch of the draft that it was made from.
///
/// # Errors
/// [`Problem::Invalid`] when the text points at what is not there, or is larger than any page.
pub(super) fn written(
    form: &Form,
    request: RequestId,
    draft: &Draft,
    places: &Places,
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<Patch> {
    let mut patch = Patch::new(request, request.to_string());
    let shown = Shown::told(form);
    let values: BTreeMap<String, String> = serde_json::from_str(&shown.fields).unwrap_or_default();
    for name in fields::FIELDS {
        // A box that is not ticked is not sent.
        let sent = form.has(name) || (name == "comments" && form.has("title"));
        if !sent {
            continue;
        }
        let value = kept_value(name, &form.text(name), places);
        let base = values.get(name).map(|base| kept_value(name, base, places));
        let base = base.unwrap_or_default();
        if value != base {
            patch.fields.push(ChangedField {
                name: name.to_owned(),
                value,
                from: 0,
                base: Some(base),
            });
        }
    }
    follow_parent(form, &values, draft, &mut patch);
    let text = form.text("text");
    if form.has("text") && text.trim() != shown.text.trim() {
        // Before anything is compared: that takes its time.
        let (before, after) = (parsed(&shown.text)?, parsed(&text)?);
        let missing = missing_links(draft);
        let read = |blocks: &[RawBlock]| read(blocks, &missing, places, ids, now);
        let mut before = read(&before)?;
        name_blocks(&mut before, &shown.ids, draft);
        let mut after = read(&after)?;
        after.keep_ids(&before);
        blocks(&mut patch, draft, &before, &after);
    }
    patch.settled = form
        .0
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("settle:"))
        .map(|name| ConflictName(name.to_owned()))
        .collect();
    settle(&mut patch, form, draft);
    Ok(patch)
}

/// Where somebody chose the text that had not won, it becomes the part's text.
fn settle(patch: &mut Patch, form: &Form, draft: &Draft) {
    for name in patch.settled.clone() {
        let chosen = form.text(&format!("settle:{name}"));
        let Some(conflict) = draft.conflicts.get(&name) else {
            continue;
        };
        if chosen != "other" {
            continue;
        }
        match (&conflict.part, &conflict.other) {
            (torg_revision::Part::Field(field), Words::Text(text)) => {
                patch.fields.retain(|changed| changed.name != *field);
                patch.fields.push(ChangedField {
                    name: field.clone(),
                    value: text.clone(),
                    from: 0,
                    base: Some(draft.field(field).to_owned()),
                });
            }
            (torg_revision::Part::Block(id), Words::Block(block)) => {
                patch.blocks.retain(|changed| changed.block.id != *id);
                patch.deleted.retain(|deleted| deleted.id != *id);
                patch.blocks.push(ChangedBlock {
                    block: (**block).clone(),
                    from: 0,
                    base: draft.blocks.get(id).map(|held| held.value.clone()),
                });
            }
            _ => {}
        }
    }
}

/// A text of a form in blocks, when no page is larger.
fn parsed(text: &str) -> Result<Vec<RawBlock>> {
    fn count(blocks: &[RawBlock]) -> usize {
        let inner =
            |block: &RawBlock| -> usize { block.content.inner().into_iter().map(count).sum() };
        blocks.len() + blocks.iter().map(inner).sum::<usize>()
    }
    let (blocks, _) =
        parse_markdown_body(text).map_err(|error| Problem::field("text", error.message()))?;
    if blocks.len() > MOST_BLOCKS || count(&blocks) > MOST_BLOCKS_IN_ALL {
        return Err(too_large());
    }
    Ok(blocks)
}

/// The links of a draft that lead nowhere, as they were written.
fn missing_links(draft: &Draft) -> HashSet<String> {
    let document = draft.document();
    let missing = |link: &LinkTarget| match link {
        LinkTarget::Missing { original } => Some(original.clone()),
        _ => None,
    };
    document.links().into_iter().filter_map(missing).collect()
}

/// Reads the blocks of a form's text.
fn read(
    blocks: &[RawBlock],
    missing: &HashSet<String>,
    places: &Places,
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<Document> {
    let resolver = FormResolver {
        pages: &places.pages,
        names: &places.names,
    };
    let (document, notes) = torg_markup::resolve("", blocks, &resolver, ids, now);
    let unknown: Vec<FieldError> = notes
        .iter()
        .filter(|note| leads_nowhere(&note.kind, missing))
        .map(|note| FieldError {
            field: "text".to_owned(),
            message: note.kind.message(),
        })
        .collect();
    if unknown.is_empty() {
        Ok(document)
    } else {
        Err(Problem::Invalid(unknown))
    }
}

/// Whether a remark says that the writer pointed at something that is not there. A link that was
/// broken before may stay: it is not this writer's fault, and the text must still be savable.
fn leads_nowhere(kind: &NoteKind, missing: &HashSet<String>) -> bool {
    match kind {
        NoteKind::UnitUnknown { .. } | NoteKind::FactUnknown { .. } => true,
        NoteKind::LinkMissing { href } => !missing.contains(href),
        _ => false,
    }
}

/// Gives the blocks of the text that was shown the ids that they had.
fn name_blocks(document: &mut Document, ids: &str, draft: &Draft) {
    let ids: Vec<BlockId> = ids
        .split_whitespace()
        .filter_map(|id| id.parse().ok())
        .collect();
    if ids.len() == document.blocks.len() {
        for (block, id) in document.blocks.iter_mut().zip(ids) {
            block.id = id;
            // What lies inside is compared as a whole, but keeps its ids where it can.
            if let Some(held) = draft.blocks.get(&id) {
                let mut one = Document {
                    blocks: vec![block.clone()],
                };
                one.keep_ids(&Document {
                    blocks: vec![held.value.clone()],
                });
                if let Some(named) = one.blocks.pop().filter(|named| named.id == id) {
                    *block = named;
                }
            }
        }
    } else {
        document.keep_ids(&draft.document());
    }
}

/// What differs between the text that was shown and the text that came back.
fn blocks(patch: &mut Patch, draft: &Draft, before: &Document, after: &Document) {
    let named: HashMap<BlockId, &Block> = before
        .blocks
        .iter()
        .map(|block| (block.id, block))
        .collect();
    // A text that went through the form can have lost what the form does not show. Where nobody
    // else changed a block, it was made from the block itself, not from its likeness.
    let base = |likeness: &Block| match draft.blocks.get(&likeness.id) {
        Some(held) if held.value == *likeness => held.value.clone(),
        Some(held) if is_likeness(likeness, &held.value) => held.value.clone(),
        _ => likeness.clone(),
    };
    for block in &after.blocks {
        match named.get(&block.id).copied() {
            Some(likeness) if likeness == block => {}
            likeness => patch.blocks.push(ChangedBlock {
                block: block.clone(),
                from: 0,
                base: likeness.map(base),
            }),
        }
    }
    let order: Vec<BlockId> = after.blocks.iter().map(|block| block.id).collect();
    let left: HashSet<BlockId> = order.iter().copied().collect();
    for gone in before.blocks.iter().filter(|gone| !left.contains(&gone.id)) {
        patch.deleted.push(DeletedBlock {
            id: gone.id,
            from: 0,
            base: Some(base(gone)),
        });
    }
    let order_base: Vec<BlockId> = before.blocks.iter().map(|block| block.id).collect();
    if order != order_base {
        patch.order = Some(order);
        patch.order_base = Some(order_base);
    }
}

/// Whether two blocks have the same words, whatever the form could not show of one of them.
fn is_likeness(likeness: &Block, block: &Block) -> bool {
    torg_revision::words_of_block(likeness) == torg_revision::words_of_block(block)
}

/// Where the text of a draft points at things that have keys, so that keys have to be looked up.
pub(super) fn needs_names(draft: &Draft) -> bool {
    let document = draft.document();
    !(document.units().is_empty()
        && document.facts().is_empty()
        && document.pictures().is_empty()
        && document.files().is_empty()
        && ["picture", "workplace"]
            .iter()
            .all(|name| draft.field(name).is_empty()))
}

struct FormResolver<'a> {
    pages: &'a HashMap<String, PageId>,
    names: &'a ImportNames,
}

impl Resolver for FormResolver<'_> {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        let address = match goal {
            Goal::Address(address) => address.to_owned(),
            Goal::File(path) => format!("/{path}"),
            Goal::Url(_) | Goal::Key(_) => return None,
        };
        let address = if address.len() > 1 {
            address.trim_end_matches('/')
        } else {
            &address
        };
        self.pages.get(address).map(|id| LinkTarget::Page {
            id: *id,
            fragment: None,
        })
    }
    fn unit(&self, key: &str) -> Option<torg_kernel::UnitId> {
        let known = self.names.units.get(key).copied();
        known.or_else(|| key.parse().ok())
    }
    fn picture(&self, goal: Goal<'_>) -> Option<torg_kernel::PictureId> {
        media(goal, &self.names.pictures)
    }
    fn file(&self, goal: Goal<'_>) -> Option<torg_kernel::FileId> {
        media(goal, &self.names.files)
    }
    fn fact(&self, key: &str) -> Option<torg_kernel::FactId> {
        let known = self.names.facts.get(key).copied();
        known.or_else(|| key.parse().ok())
    }
}
