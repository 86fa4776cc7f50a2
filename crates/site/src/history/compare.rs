//! Two versions side by side, and an old one back into the draft.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use torg_db::{Snapshot, WriteContext};
use torg_kernel::{ContentId, Document, Message, Permission, Problem, RequestId, Result};
use torg_revision::{
    Change, Difference, Line, Piece, PieceKind, Role, Side, Words, compare, compare_text,
};
use torg_ui::T;
use torg_web::{Context, Reply};
use uuid::Uuid;

use super::versions::{self, Key, Version, about};
use super::views::{ComparePage, Lines, PieceView, RowView, SideView, UnsettledView};
use super::{frame, load, once};
use crate::desk::publish::Acting;
use crate::desk::service::{By, put_words};
use crate::desk::{fields, store as desk_store};
use crate::model::Content;
use crate::store as pages;
use crate::web::Site;

/// Unchanged blocks beside a changed one that are shown; the others are folded away.
const AROUND: usize = 1;

fn key(context: &Context, name: &str, otherwise: Key) -> Result<Key> {
    match context.query(name) {
        None => Ok(otherwise),
        Some(text) => text.parse().map_err(|()| Problem::NotFound),
    }
}

pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let t = context.t();
    let old = key(&context, "old", Key::Public)?;
    let new = key(&context, "new", Key::Draft)?;
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let find = async |key| -> Result<Version> {
        let found = versions::find(&snapshot, &content, key).await?;
        // Where nobody writes, the draft says what is public.
        let found = match (found, key) {
            (None, Key::Draft) => versions::find(&snapshot, &content, Key::Public).await?,
            (found, _) => found,
        };
        found.ok_or(Problem::NotFound)
    };
    let (mut old, mut new) = (find(old).await?, find(new).await?);
    // Older to the left, however they were chosen.
    if let (Some(one), Some(other)) = (old.at, new.at)
        && one > other
    {
        std::mem::swap(&mut old, &mut new);
    } else if old.at.is_none() && new.at.is_some() {
        std::mem::swap(&mut old, &mut new);
    }
    let things = Things::read(&site, &snapshot, t, [&old.content, &new.content]).await?;
    snapshot.end().await?;
    let mut others = unsettled(t, &things, &old);
    others.extend(unsettled(t, &things, &new));
    let mut rows = field_rows(t, &old, &new);
    rows.extend(block_rows(
        t,
        &things,
        compare(&old.content.document, &new.content.document),
    ));
    let may_edit = context
        .caller()?
        .may(Permission::PageEdit, content.organisation);
    let restorable = |version: &Version| {
        (may_edit && !matches!(version.key, Key::Draft)).then(|| version.key.to_string())
    };
    let labels = match (old.label(t), new.label(t)) {
        (one, other) if one == other => (old.exact_label(t), new.exact_label(t)),
        labels => labels,
    };
    let page = ComparePage {
        desk: {
            let mut frame = frame(&context, &content, &t.get("compare-heading"))?;
            let history = format!("{}/history", about(&content));
            let back = torg_ui::NavLink::new(t.get("history-heading"), history);
            frame.crumbs.push(back);
            frame
        },
        about: about(&content),
        locale: content.locale,
        old: labels.0,
        new: labels.1,
        restore: [restorable(&old), restorable(&new)],
        same: others.is_empty() && rows.iter().all(|row| row.change.is_empty()),
        rows: folded(rows),
        unsettled: others,
        request_id: context.new_request_id(),
    };
    Ok(Reply::html(page.render()?))
}

/// What the ids in a text stand for, in words.
pub(super) struct Things {
    t: T,
    known: HashMap<String, String>,
}

impl Things {
    pub(super) async fn read<'a>(
        site: &Site,
        on: &Snapshot,
        t: T,
        texts: impl IntoIterator<Item = &'a Content>,
    ) -> Result<Self> {
        let names = site.neighbours.names(on).await?;
        let mut known: HashMap<String, String> = HashMap::new();
        let units = names
            .units
            .iter()
            .map(|(key, id)| (format!("unit:{id}"), key));
        let pictures = names.pictures.iter();
        let pictures = pictures.map(|(key, id)| (format!("picture:{id}"), key));
        let files = names
            .files
            .iter()
            .map(|(key, id)| (format!("file:{id}"), key));
        let facts = names.facts.iter();
        let facts = facts.map(|(key, id)| (format!("fact:{id}"), key));
        for (id, key) in units.chain(pictures).chain(files).chain(facts) {
            known.insert(id, key.clone());
        }
        let mut linked: Vec<Uuid> = Vec::new();
        for text in texts {
            for link in text.document.links() {
                if let torg_kernel::LinkTarget::Page { id, .. } = link {
                    linked.push(id.0);
                }
            }
        }
        linked.sort_unstable();
        linked.dedup();
        for page in super::store::list_texts(&**on, &linked).await? {
            known.insert(format!("page:{}", page.page_id), page.address);
        }
        Ok(Self { t, known })
    }

    fn name(&self, text: &str) -> String {
        let (id, fragment) = text.split_once('#').unwrap_or((text, ""));
        match self.known.get(id) {
            Some(name) if fragment.is_empty() => name.clone(),
            Some(name) => format!("{name}#{fragment}"),
            None => text.to_owned(),
        }
    }

    /// A fact by what it belongs to: `[bibliotek-forsening]`, `[valhallabadet: telefon]`.
    fn fact(&self, text: &str) -> String {
        let (owner, field) = text.rsplit_once(':').unwrap_or((text, ""));
        let name = self.name(owner);
        match self.t.find(&format!("editor-fact-{field}")) {
            Some(words) => format!("[{name}: {words}]"),
            None => format!("[{name}]"),
        }
    }

    /// A line as it is shown.
    pub(super) fn line(&self, line: &Line) -> (&'static str, Vec<PieceView>) {
        let class = match line.role {
            Role::Heading(_) => "heading",
            Role::Title => "title",
            Role::Item(_) => "item",
            Role::Row | Role::Text => "text",
            Role::Note | Role::Target => "aside",
        };
        let pieces = line.pieces.iter().map(|piece| self.piece(piece)).collect();
        (class, pieces)
    }

    fn piece(&self, piece: &Piece) -> PieceView {
        let text = match piece.kind {
            PieceKind::Words => piece.text.clone(),
            PieceKind::Target => format!(" ({}) ", self.name(&piece.text)),
            PieceKind::Fact => self.fact(&piece.text),
            PieceKind::Thing => format!("[{}]", self.name(&piece.text)),
        };
        PieceView {
            text,
            marked: piece.marked,
        }
    }

    pub(super) fn side(&self, t: T, side: &Side) -> SideView {
        SideView {
            kind: kind(t, &side.block),
            lines: side.lines.iter().map(|line| self.line(line)).collect(),
        }
    }
}

/// What a block is, in words.
pub(super) fn kind(t: T, block: &torg_kernel::Block) -> String {
    let name = serde_json::to_value(&block.content)
        .ok()
        .and_then(|value| value.get("type")?.as_str().map(str::to_owned))
        .unwrap_or_default();
    t.get(&format!("part-{}", name.replace('_', "-")))
        .into_owned()
}

/// Fields beside the blocks that differ.
fn field_rows(t: T, old: &Version, new: &Version) -> Vec<RowView> {
    let mut rows = Vec::new();
    for name in fields::FIELDS {
        let (before, after) = (old.value(name), new.value(name));
        if before == after {
            continue;
        }
        let label = t.get(&format!("desk-field-{name}")).into_owned();
        let (before, after) = compare_text(&before, &after);
        let side = |pieces: Vec<Piece>| {
            let view = |piece: Piece| PieceView {
                text: piece.text,
                marked: piece.marked,
            };
            Some(SideView {
                kind: label.clone(),
                lines: vec![("text", pieces.into_iter().map(view).collect())],
            })
        };
        rows.push(RowView {
            change: "changed",
            moved: false,
            old: side(before),
            new: side(after),
            folded: Vec::new(),
        });
    }
    rows
}

/// The texts of a version between which nobody has chosen.
fn unsettled(t: T, things: &Things, version: &Version) -> Vec<UnsettledView> {
    let lines = |words: &Words| -> Lines {
        match words {
            Words::Text(text) => vec![("text", vec![PieceView::from(text.as_str())])],
            Words::Block(block) => {
                let other = Document {
                    blocks: vec![(**block).clone()],
                };
                let sides = block_rows(t, things, compare(&Document::default(), &other));
                let sides = sides.into_iter().filter_map(|row| row.new);
                sides.flat_map(|side| side.lines).collect()
            }
        }
    };
    let conflicts = version.rest.conflicts.iter();
    conflicts
        .map(|kept| UnsettledView {
            version: version.label(t),
            person: kept.person.clone(),
            lines: lines(&kept.conflict.other),
        })
        .collect()
}

/// The rows of blocks.
pub(super) fn block_rows(t: T, things: &Things, differences: Vec<Difference>) -> Vec<RowView> {
    differences
        .into_iter()
        .map(|row| RowView {
            change: match (row.change, row.moved) {
                (Change::Same, false) => "",
                (Change::Same, true) => "moved",
                (Change::Added, _) => "added",
                (Change::Deleted, _) => "deleted",
                (Change::Changed, _) => "changed",
            },
            moved: row.moved,
            old: row.old.as_ref().map(|side| things.side(t, side)),
            new: row.new.as_ref().map(|side| things.side(t, side)),
            folded: Vec::new(),
        })
        .collect()
}

/// Long stretches without a change become one row that can be opened.
pub(super) fn folded(rows: Vec<RowView>) -> Vec<RowView> {
    let changed: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.change.is_empty())
        .map(|(at, _)| at)
        .collect();
    let near = |at: usize| changed.iter().any(|other| other.abs_diff(at) <= AROUND);
    let mut out: Vec<RowView> = Vec::new();
    for (at, row) in rows.into_iter().enumerate() {
        if near(at) {
            out.push(row);
            continue;
        }
        match out.last_mut() {
            Some(last) if !last.folded.is_empty() => last.folded.push(row),
            _ => out.push(RowView {
                change: "",
                moved: false,
                old: None,
                new: None,
                folded: vec![row],
            }),
        }
    }
    out
}

/// Lays the words of a version into the draft. What somebody else is writing meanwhile is not
/// written over: it becomes a conflict there.
pub(super) async fn restore(_: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let key: Key = form
        .text("version")
        .parse()
        .map_err(|()| Problem::NotFound)?;
    let request = form.request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageEdit).await?;
    let version = versions::find(&snapshot, &content, key)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let name = context.caller()?.name.clone();
    let operation = format!("page.restore {} {key}", content.id);
    once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move { lay(write, acting, &name, content.id, version, request).await })
    })
    .await?;
    let id: ContentId = context.param("id")?;
    Ok(Reply::see_other(&format!(
        "/admin/pages/{id}?done=version-restored"
    )))
}

async fn lay(
    write: &WriteContext,
    acting: Acting<'_>,
    name: &str,
    id: ContentId,
    version: Version,
    request: RequestId,
) -> Result<i64> {
    let head = desk_store::find_head(&**write, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let before = head.revision;
    let by = By {
        person: acting.person(),
        name,
        now: acting.author.now,
    };
    let ids = acting.author.ids;
    let words = (&version.content, &version.rest);
    let revision = put_words(write, by, ids, head, words, request).await?;
    if before == revision {
        return Err(Problem::Conflict(Message::new(
            "history-nothing-to-restore",
        )));
    }
    let public = pages::find(&**write, id).await?.ok_or(Problem::NotFound)?;
    let more = serde_json::json!({"version": version.key.to_string()});
    acting.tell(write, "page.restored", &public, more).await?;
    Ok(revision)
}
