//! The SQL of drafts.

mod around;
mod kept;
mod list;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{
    Block, BlockId, ContentId, OrganisationId, PersonId, Problem, Result, Timestamp,
};
use torg_revision::{Deleted, Draft, Held, Part, PatchId};
use uuid::Uuid;

use super::model::{Head, Stage};
use crate::model::{Away, Content, PageKind};

pub(crate) use around::{list_conflicts, list_present, save_conflicts, see, settle_conflicts};
pub(crate) use kept::{
    Planned, delete_schedule, fail_schedule, find_version, insert_version, list_due, list_schedule,
    list_schedules, list_versions, put_off_schedule, save_schedule,
};
pub(crate) use list::{Listed, Wanted, list_pages};

/// A draft that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("the draft of {0} is stored in a form that cannot be read: {1}")]
pub(super) struct Unreadable(pub Uuid, pub String);

#[derive(FromQueryResult)]
struct HeadRow {
    id: Uuid,
    organisation_id: Uuid,
    page_type: String,
    locale: String,
    version: i64,
    public_state: String,
    generation: Option<i64>,
    state: Option<String>,
    revision: Option<i64>,
    block_order: Option<String>,
    base_version: Option<i64>,
    note: Option<String>,
    approved_revision: Option<i64>,
    person_id: Option<Uuid>,
    updated_at: Option<i64>,
    conflicts: i64,
    publish_at: Option<i64>,
    plans: i64,
}

/// What is known of a content and its draft, in one statement.
pub(crate) async fn find_head<C: ConnectionTrait>(on: &C, id: ContentId) -> Result<Option<Head>> {
    let row: Option<HeadRow> = fetch_one(
        on,
        "SELECT c.id, p.organisation_id, p.page_type, c.locale, c.version, \
         c.state AS public_state, d.generation, d.state, d.revision, d.block_order, \
         d.base_version, d.note, d.approved_revision, d.person_id, d.updated_at, \
         (SELECT count(*) FROM draft_conflict k WHERE k.content_id = c.id) AS conflicts, \
         (SELECT s.at FROM page_schedule s WHERE s.content_id = c.id AND s.action = 'publish') \
         AS publish_at, \
         (SELECT count(*) FROM page_schedule s WHERE s.content_id = c.id) AS plans \
         FROM page_content c JOIN page p ON p.id = c.page_id \
         LEFT JOIN draft d ON d.content_id = c.id WHERE c.id = $1",
        vec![id.0.into()],
    )
    .await?;
    row.map(HeadRow::into_head).transpose()
}

impl HeadRow {
    fn into_head(self) -> Result<Head> {
        let bad = |what: &str| Problem::internal(Unreadable(self.id, what.to_owned()));
        let stage = Stage::parse(self.state.as_deref().unwrap_or_default());
        Ok(Head {
            content: ContentId(self.id),
            organisation: OrganisationId(self.organisation_id),
            kind: PageKind::parse(&self.page_type).ok_or_else(|| bad("page_type"))?,
            locale: self.locale.parse().map_err(|_| bad("locale"))?,
            public_version: self.version,
            published: self.public_state == "published",
            away: match self.public_state.as_str() {
                "new" => Some(Away::New),
                "archived" => Some(Away::Archived),
                _ => None,
            },
            generation: self.generation.unwrap_or(0),
            stage,
            revision: self
                .revision
                .filter(|_| stage != Stage::Closed)
                .unwrap_or(1),
            order: self.block_order.unwrap_or_default(),
            base_version: self.base_version.unwrap_or(self.version),
            note: self.note.unwrap_or_default(),
            approved_revision: self.approved_revision,
            person: self.person_id.map(PersonId),
            updated_at: Timestamp::from_micros(self.updated_at.unwrap_or(0)),
            conflicts: self.conflicts,
            publish_at: self.publish_at.map(Timestamp::from_micros),
            plans: self.plans,
        })
    }
}

fn order_text(order: &[BlockId]) -> String {
    let ids: Vec<String> = order.iter().map(|id| id.0.simple().to_string()).collect();
    ids.join(" ")
}

#[derive(FromQueryResult)]
struct PartRow {
    part: String,
    version: i64,
    body: Option<String>,
    after_id: Option<Uuid>,
}

/// The draft of a head that has one: the parts that are newer than a revision, with the whole
/// order. Conflicts and patches are read apart.
pub(crate) async fn load<C: ConnectionTrait>(on: &C, head: &Head, since: i64) -> Result<Draft> {
    let id = head.content.0;
    let bad = |what: String| Problem::internal(Unreadable(id, what));
    let rows: Vec<PartRow> = fetch_all(
        on,
        "SELECT part, version, body, after_id FROM draft_part \
         WHERE content_id = $1 AND version > $2",
        vec![id.into(), since.into()],
    )
    .await?;
    let mut draft = Draft {
        revision: head.revision,
        ..Draft::default()
    };
    for id in head.order.split_whitespace() {
        let id = Uuid::parse_str(id).map_err(|_| bad("order".to_owned()))?;
        draft.order.push(BlockId(id));
    }
    for row in rows {
        let version = row.version;
        match (row.part.parse(), row.body) {
            (Ok(Part::Field(name)), Some(value)) => {
                draft.fields.insert(name, Held { version, value });
            }
            (Ok(Part::Block(id)), Some(body)) => {
                let value: Block =
                    serde_json::from_str(&body).map_err(|error| bad(error.to_string()))?;
                draft.blocks.insert(id, Held { version, value });
            }
            (Ok(Part::Block(id)), None) => {
                let after = row.after_id.map(BlockId);
                draft.deleted.insert(id, Deleted { version, after });
            }
            _ => return Err(bad(row.part)),
        }
    }
    Ok(draft)
}

/// Rows of parts that go into one statement: engines bound the number of values.
const PARTS_AT_ONCE: usize = 1_000;

/// Writes parts of a draft as they stand in it.
pub(crate) async fn save_parts(
    context: &WriteContext,
    id: ContentId,
    draft: &Draft,
    parts: &[Part],
) -> Result<()> {
    for chunk in parts.chunks(PARTS_AT_ONCE) {
        let mut values: Vec<SqlValue> = Vec::with_capacity(chunk.len() * 5);
        for part in chunk {
            let (version, body, after) = match part {
                Part::Field(name) => match draft.fields.get(name) {
                    Some(held) => (held.version, Some(held.value.clone()), None),
                    None => continue,
                },
                Part::Block(block) => match (draft.blocks.get(block), draft.deleted.get(block)) {
                    (Some(held), _) => (
                        held.version,
                        Some(serde_json::to_string(&held.value)?),
                        None,
                    ),
                    (None, Some(deleted)) => (deleted.version, None, deleted.after),
                    (None, None) => continue,
                },
            };
            values.extend([
                id.0.into(),
                part.to_string().into(),
                version.into(),
                SqlValue::String(body),
                SqlValue::Uuid(after.map(|after| after.0)),
            ]);
        }
        if values.is_empty() {
            continue;
        }
        let rows: Vec<String> = (0..values.len() / 5)
            .map(|row| {
                let at = row * 5;
                let (a, b, c, d, e) = (at + 1, at + 2, at + 3, at + 4, at + 5);
                format!("(${a}, ${b}, ${c}, ${d}, ${e})")
            })
            .collect();
        execute(
            &**context,
            &format!(
                "INSERT INTO draft_part (content_id, part, version, body, after_id) VALUES {} \
                 ON CONFLICT (content_id, part) DO UPDATE SET version = excluded.version, \
                 body = excluded.body, after_id = excluded.after_id",
                rows.join(", ")
            ),
            values,
        )
        .await?;
    }
    Ok(())
}

/// Begins a draft of what is public now.
pub(crate) async fn begin(
    context: &WriteContext,
    head: &Head,
    base: &Content,
    draft: &Draft,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO draft (content_id, generation, state, revision, block_order, base_version, \
         base, note, approved_revision, person_id, updated_at) \
         VALUES ($1, $2, 'draft', $3, $4, $5, $6, '', NULL, NULL, $7) \
         ON CONFLICT (content_id) DO UPDATE SET state = 'draft', revision = excluded.revision, \
         block_order = excluded.block_order, base_version = excluded.base_version, \
         base = excluded.base, note = '', approved_revision = NULL, person_id = NULL, \
         updated_at = excluded.updated_at",
        vec![
            head.content.0.into(),
            head.generation.into(),
            draft.revision.into(),
            order_text(&draft.order).into(),
            base.version.into(),
            serde_json::to_string(base)?.into(),
            base.updated_at.micros().into(),
        ],
    )
    .await?;
    let fields = draft.fields.keys().cloned().map(Part::Field);
    let blocks = draft.blocks.keys().copied().map(Part::Block);
    let parts: Vec<Part> = fields.chain(blocks).collect();
    save_parts(context, head.content, draft, &parts).await
}

/// Notes that a draft is further on.
pub(crate) async fn save_revision(
    context: &WriteContext,
    id: ContentId,
    draft: &Draft,
    person: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE draft SET revision = $2, block_order = $3, person_id = $4, updated_at = $5 \
         WHERE content_id = $1",
        vec![
            id.0.into(),
            draft.revision.into(),
            order_text(&draft.order).into(),
            SqlValue::Uuid(person.map(|person| person.0)),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// What a draft was made from.
pub(crate) async fn find_base<C: ConnectionTrait>(
    on: &C,
    id: ContentId,
) -> Result<Option<Content>> {
    #[derive(FromQueryResult)]
    struct Row {
        base: Option<String>,
    }
    let row: Option<Row> = fetch_one(
        on,
        "SELECT base FROM draft WHERE content_id = $1",
        vec![id.0.into()],
    )
    .await?;
    let base = row.and_then(|row| row.base);
    Ok(base.map(|base| serde_json::from_str(&base)).transpose()?)
}

/// Says that a draft is now a change of another public version.
pub(crate) async fn save_base(context: &WriteContext, base: &Content) -> Result<()> {
    execute(
        &**context,
        "UPDATE draft SET base = $2, base_version = $3 WHERE content_id = $1",
        vec![
            base.id.0.into(),
            serde_json::to_string(base)?.into(),
            base.version.into(),
        ],
    )
    .await?;
    Ok(())
}

/// How far a draft has come, with what was said.
pub(crate) async fn save_stage(
    context: &WriteContext,
    id: ContentId,
    stage: Stage,
    note: &str,
    approved: Option<i64>,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE draft SET state = $2, note = $3, approved_revision = $4 WHERE content_id = $1",
        vec![
            id.0.into(),
            stage.as_str().into(),
            note.into(),
            SqlValue::BigInt(approved),
        ],
    )
    .await?;
    Ok(())
}

/// How long a patch is remembered after its draft is closed, in seconds: a browser may have kept
/// it all the while.
const REMEMBERED: i64 = 90 * 86_400;

/// Ends a draft: it was published or thrown away.
pub(crate) async fn close(context: &WriteContext, id: ContentId, now: Timestamp) -> Result<()> {
    execute(
        &**context,
        "UPDATE draft SET state = 'closed', generation = generation + 1, revision = 1, \
         block_order = '', base = NULL, note = '', approved_revision = NULL, person_id = NULL, \
         updated_at = $2 WHERE content_id = $1",
        vec![id.0.into(), now.micros().into()],
    )
    .await?;
    for table in ["draft_part", "draft_conflict"] {
        execute(
            &**context,
            &format!("DELETE FROM {table} WHERE content_id = $1"),
            vec![id.0.into()],
        )
        .await?;
    }
    execute(
        &**context,
        "DELETE FROM draft_patch WHERE content_id = $1 AND at < $2",
        vec![id.0.into(), now.plus_seconds(-REMEMBERED).micros().into()],
    )
    .await?;
    Ok(())
}

/// Which of these patches came through, with the revision after each.
pub(crate) async fn list_applied<C: ConnectionTrait>(
    on: &C,
    id: ContentId,
    patches: &[PatchId],
) -> Result<Vec<(PatchId, i64)>> {
    #[derive(FromQueryResult)]
    struct Row {
        patch_id: Uuid,
        revision: i64,
    }
    if patches.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (0..patches.len())
        .map(|at| format!("${}", at + 2))
        .collect();
    let mut values: Vec<SqlValue> = vec![id.0.into()];
    values.extend(patches.iter().map(|patch| SqlValue::from(patch.0)));
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT patch_id, revision FROM draft_patch \
             WHERE content_id = $1 AND patch_id IN ({})",
            places.join(", ")
        ),
        values,
    )
    .await?;
    let known = rows.into_iter();
    Ok(known
        .map(|row| (torg_kernel::RequestId(row.patch_id), row.revision))
        .collect())
}

/// Remembers that a patch came through.
pub(crate) async fn insert_patch(
    context: &WriteContext,
    id: ContentId,
    patch: PatchId,
    revision: i64,
    now: Timestamp,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO draft_patch (content_id, patch_id, revision, at) VALUES ($1, $2, $3, $4)",
        vec![
            id.0.into(),
            patch.0.into(),
            revision.into(),
            now.micros().into(),
        ],
    )
    .await?;
    Ok(())
}
