//! What reviewers say of a draft, block by block, and the words that they suggest.

use std::sync::Arc;

use askama::Template;
use torg_db::WriteContext;
use torg_kernel::{
    Actor, ContentId, FieldError, Message, Permission, Problem, RequestId, Result, Timestamp,
};
use torg_revision::{ChangedBlock, Draft, Part, PartResult, Patch, lines};
use torg_ui::{T, date_time};
use torg_web::{Context, Form, Reply};
use uuid::Uuid;

use super::compare::{Things, kind};
use super::store::{self, Note, NoteKind, NoteState};
use super::suggestion::{proposal, written};
use super::versions::about;
use super::views::{NoteView, PartView, ReviewPage, SideView, SuggestionView};
use super::{People, frame, load, names, once};
use crate::desk::publish::Acting;
use crate::desk::service::{By, change, working};
use crate::desk::store as desk_store;
use crate::model::Content;
use crate::store as pages;
use crate::web::Site;

/// The longest comment, in characters.
const LONGEST: usize = 4_000;
/// The most that is said of one draft.
const MOST: usize = 900;
/// The part that comments about the whole text are at.
const WHOLE: &str = "title";

/// What somebody may do here.
#[derive(Debug, Clone, Copy)]
struct May {
    /// Say something and suggest.
    speak: bool,
    /// Take a suggestion in or not.
    decide: bool,
}

fn may(context: &Context, content: &Content) -> Result<May> {
    let caller = context.caller()?;
    let edit = caller.may(Permission::PageEdit, content.organisation);
    Ok(May {
        speak: edit || caller.may(Permission::PageReview, content.organisation),
        decide: edit,
    })
}

pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let html = draw(&site, &context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(html))
}

async fn draw(
    site: &Site,
    context: &Context,
    sent: &Form,
    errors: Vec<FieldError>,
) -> Result<String> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(context, &snapshot, Permission::PageRead).await?;
    let working = working(&*snapshot, content.id).await?;
    let notes = store::list_notes(&*snapshot, content.id).await?;
    let people = notes.iter().flat_map(|note| [note.person, note.settled_by]);
    let people = names(site, &snapshot, people).await?;
    let text = crate::desk::fields::content_of(&working.draft, &content).0;
    let things = Things::read(site, &snapshot, t, [&text]).await?;
    snapshot.end().await?;
    let may = may(context, &content)?;
    let drawing = Drawing {
        t,
        notes: &notes,
        people: &people,
        things: &things,
        sent,
        errors: &errors,
        may,
    };
    let open = notes
        .iter()
        .filter(|note| note.thread.is_none() && note.state == NoteState::Open)
        .count();
    let page = ReviewPage {
        desk: frame(context, &content, &t.get("review-heading"))?,
        about: about(&content),
        locale: content.locale,
        open,
        may_speak: may.speak,
        parts: drawing.parts(&working.draft),
        request_id: context.new_request_id(),
        errors: errors.clone(),
    };
    Ok(page.render()?)
}

/// All that a part of the page is drawn from.
struct Drawing<'a> {
    t: T,
    notes: &'a [Note],
    people: &'a People,
    things: &'a Things,
    sent: &'a Form,
    errors: &'a [FieldError],
    may: May,
}

impl Drawing<'_> {
    fn parts(&self, draft: &Draft) -> Vec<PartView> {
        let t = self.t;
        let mut parts = vec![self.part(
            Part::Field(WHOLE.to_owned()),
            SideView {
                kind: t.get("review-whole").into_owned(),
                lines: vec![("heading", vec![draft.field(WHOLE).into()])],
            },
            None,
        )];
        for id in &draft.order {
            let Some(held) = draft.blocks.get(id) else {
                continue;
            };
            let block = &held.value;
            let side = SideView {
                kind: kind(t, block),
                lines: lines(block)
                    .iter()
                    .map(|line| self.things.line(line))
                    .collect(),
            };
            parts.push(self.part(Part::Block(*id), side, Some(written(block))));
        }
        // What was said of blocks that are gone stays to be read.
        let gone = |part: &Part| match part {
            Part::Block(id) => !draft.blocks.contains_key(id),
            Part::Field(name) => name != WHOLE,
        };
        let mut lost: Vec<&Part> = self
            .notes
            .iter()
            .map(|note| &note.part)
            .filter(|part| gone(part))
            .collect();
        lost.sort();
        lost.dedup();
        for part in lost {
            let side = SideView {
                kind: t.get("review-gone").into_owned(),
                lines: Vec::new(),
            };
            parts.push(self.part(part.clone(), side, None));
        }
        parts
    }

    fn part(&self, part: Part, side: SideView, written: Option<String>) -> PartView {
        let name = part.to_string();
        let here = self.sent.text("part") == name;
        let error = |field: &str| {
            let found = self.errors.iter().find(|error| error.field == field);
            found
                .filter(|_| here)
                .map(|error| self.t.message(&error.message))
        };
        let suggests = self.sent.text("do") == "suggest";
        let first = self.notes.iter().filter(|note| note.part == part);
        let threads: Vec<NoteView> = first
            .filter(|note| note.thread.is_none())
            .map(|note| self.thread(note))
            .collect();
        PartView {
            anchor: name.replace(':', "-"),
            side,
            body: match here && !suggests {
                true => self.sent.text("body"),
                false => String::new(),
            },
            body_error: error("body"),
            suggestion: written.map(|written| SuggestionView {
                text: match here && suggests {
                    true => self.sent.text("text"),
                    false => written,
                },
                why: match here && suggests {
                    true => self.sent.text("why"),
                    false => String::new(),
                },
                error: error("text"),
            }),
            part: name,
            threads,
        }
    }

    fn thread(&self, note: &Note) -> NoteView {
        let t = self.t;
        let replies = self
            .notes
            .iter()
            .filter(|reply| reply.thread == Some(note.id));
        let (before, after) = match &note.blocks {
            Some((base, wanted)) => self.marked(base, wanted),
            None => (Vec::new(), Vec::new()),
        };
        NoteView {
            id: note.id.to_string(),
            person: self.people.name(t, note.person),
            time: date_time(t, note.made_at),
            iso: note.made_at.rfc3339(),
            paragraphs: note.body.lines().map(str::to_owned).collect(),
            suggestion: note.kind == NoteKind::Suggestion,
            before,
            after,
            open: note.state == NoteState::Open,
            state: t
                .get(&format!("review-state-{}", note.state.as_str()))
                .into_owned(),
            settled: note.settled_at.map(|at| {
                let who = self.people.name(t, note.settled_by);
                t.two("review-settled", "person", who, "time", date_time(t, at))
            }),
            may_speak: self.may.speak,
            may_decide: self.may.decide,
            replies: replies.map(|reply| self.thread(reply)).collect(),
        }
    }

    fn marked(
        &self,
        base: &torg_kernel::Block,
        wanted: &torg_kernel::Block,
    ) -> (super::views::Lines, super::views::Lines) {
        let document = |block: &torg_kernel::Block| torg_kernel::Document {
            blocks: vec![block.clone()],
        };
        let rows = torg_revision::compare(&document(base), &document(wanted));
        let Some(row) = rows.into_iter().next() else {
            return (Vec::new(), Vec::new());
        };
        let side = |side: Option<torg_revision::Side>| {
            side.map_or_else(Vec::new, |side| self.things.side(self.t, &side).lines)
        };
        (side(row.old), side(row.new))
    }
}

/// What a form of this page asks for.
enum Asked {
    Comment(Note),
    Suggest(Note),
    Settle(Note, NoteState),
}

/// Says, suggests, settles. What was written stays in its form when something is wrong with it.
pub(super) async fn post(site: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let may = may(&context, &content)?;
    if !may.speak {
        return Err(Problem::Forbidden);
    }
    let draft = working(&*snapshot, content.id).await?.draft;
    let notes = store::list_notes(&*snapshot, content.id).await?;
    snapshot.end().await?;
    let asked = match asked(&context, &form, &content, &draft, &notes, may) {
        Ok(asked) => asked,
        Err(Problem::Invalid(errors)) => {
            let html = draw(&site, &context, &form, errors).await?;
            return Ok(Reply::form_again(html));
        }
        Err(other) => return Err(other),
    };
    let actor = speaking(&context, &content)?;
    let name = context.caller()?.name.clone();
    let request = form.request_id()?;
    let operation = format!("review {} {}", content.id, form.digest());
    let id = content.id;
    let done = once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move { act(write, acting, &name, id, asked, request).await })
    })
    .await?;
    let (anchor, said) = done.answer;
    let to = format!("{}/review?done={said}#{anchor}", about(&content));
    Ok(Reply::see_other(&to))
}

/// The actor of somebody who reviews or writes.
fn speaking(context: &Context, content: &Content) -> Result<Actor> {
    context
        .acting(Permission::PageReview, content.organisation)
        .or_else(|_| context.acting(Permission::PageEdit, content.organisation))
}

fn words(form: &Form, field: &str, needed: bool) -> Result<String> {
    let text = form.text(field).trim().to_owned();
    let wrong = |message| Err(Problem::field(field, message));
    if needed && text.is_empty() {
        return wrong(Message::new("review-text-missing"));
    }
    if text.chars().count() > LONGEST {
        return wrong(Message::new("edit-too-long").with("limit", LONGEST));
    }
    Ok(text)
}

fn asked(
    context: &Context,
    form: &Form,
    content: &Content,
    draft: &Draft,
    notes: &[Note],
    may: May,
) -> Result<Asked> {
    let what = form.text("do");
    if let Some(state) = settling(&what) {
        let id: Uuid = form.text("note").parse().map_err(|_| Problem::NotFound)?;
        let note = notes.iter().find(|note| note.id == id);
        let note = note.ok_or(Problem::NotFound)?.clone();
        let suggestion = note.kind == NoteKind::Suggestion;
        let decides = matches!(state, NoteState::Accepted | NoteState::Declined);
        if decides != suggestion && state != NoteState::Open {
            return Err(Problem::NotFound);
        }
        if decides && !may.decide {
            return Err(Problem::Forbidden);
        }
        return Ok(Asked::Settle(note, state));
    }
    if notes.len() >= MOST {
        return Err(Problem::field("body", Message::new("review-too-many")));
    }
    let part: Part = form.text("part").parse().map_err(|_| Problem::NotFound)?;
    let mut note = Note {
        id: context.app.ids.uuid(context.now),
        content: content.id,
        part,
        thread: None,
        kind: NoteKind::Comment,
        body: String::new(),
        blocks: None,
        person: Some(context.caller()?.person),
        made_at: context.now,
        state: NoteState::Open,
        settled_by: None,
        settled_at: None,
    };
    let known = match &note.part {
        Part::Block(id) => draft.blocks.get(id).map(|held| &held.value),
        Part::Field(name) if name == WHOLE => None,
        Part::Field(_) => return Err(Problem::NotFound),
    };
    match what.as_str() {
        "reply" => {
            let id: Uuid = form.text("note").parse().map_err(|_| Problem::NotFound)?;
            let first = notes.iter().find(|first| first.id == id);
            let first = first.ok_or(Problem::NotFound)?;
            note.thread = Some(first.thread.unwrap_or(first.id));
            note.part = first.part.clone();
            note.body = words(form, "body", true)?;
            Ok(Asked::Comment(note))
        }
        "suggest" => {
            let base = known.ok_or(Problem::NotFound)?;
            note.kind = NoteKind::Suggestion;
            note.body = words(form, "why", false)?;
            let text = form.text("text");
            let wanted = proposal(base, &text, &*context.app.ids, context.now)?;
            note.blocks = Some((base.clone(), wanted));
            Ok(Asked::Suggest(note))
        }
        "comment" => {
            if known.is_none() && matches!(note.part, Part::Block(_)) {
                return Err(Problem::field("body", Message::new("review-block-gone")));
            }
            note.body = words(form, "body", true)?;
            Ok(Asked::Comment(note))
        }
        _ => Err(Problem::NotFound),
    }
}

fn settling(what: &str) -> Option<NoteState> {
    match what {
        "resolve" => Some(NoteState::Resolved),
        "reopen" => Some(NoteState::Open),
        "accept" => Some(NoteState::Accepted),
        "decline" => Some(NoteState::Declined),
        _ => None,
    }
}

async fn act(
    write: &WriteContext,
    acting: Acting<'_>,
    name: &str,
    id: ContentId,
    asked: Asked,
    request: RequestId,
) -> Result<(String, String)> {
    let public = pages::find(&**write, id).await?.ok_or(Problem::NotFound)?;
    let now = acting.author.now;
    let (note, kind, done) = match asked {
        Asked::Comment(note) => {
            store::insert_note(write, &note).await?;
            (note, "page.commented", "commented")
        }
        Asked::Suggest(note) => {
            store::insert_note(write, &note).await?;
            (note, "page.suggested", "suggested")
        }
        Asked::Settle(note, state) => {
            // Somebody may have been quicker.
            let stands = store::find_note(&**write, note.id).await?;
            let stands = stands.ok_or(Problem::NotFound)?;
            if (stands.state == NoteState::Open) == (state == NoteState::Open) {
                return Err(Problem::Conflict(Message::new("review-settled-already")));
            }
            let mut done = "note-settled";
            if state == NoteState::Accepted {
                done = accept(write, acting, name, &stands, request, now).await?;
            }
            store::settle_note(write, note.id, state, acting.person(), now).await?;
            let kind = match state {
                NoteState::Accepted => "page.suggestion_accepted",
                NoteState::Declined => "page.suggestion_declined",
                NoteState::Resolved => "page.thread_resolved",
                NoteState::Open => "page.thread_reopened",
            };
            (stands, kind, done)
        }
    };
    let more = serde_json::json!({"note": note.id, "part": note.part.to_string()});
    acting.tell(write, kind, &public, more).await?;
    let anchor = note.part.to_string().replace(':', "-");
    Ok((anchor, done.to_owned()))
}

/// Lays a suggestion into the draft: where somebody changed the same words meanwhile, it becomes a
/// conflict there.
async fn accept(
    write: &WriteContext,
    acting: Acting<'_>,
    name: &str,
    note: &Note,
    request: RequestId,
    now: Timestamp,
) -> Result<&'static str> {
    let Some((base, wanted)) = note.blocks.clone() else {
        return Err(Problem::NotFound);
    };
    let head = desk_store::find_head(&**write, note.content).await?;
    let head = head.ok_or(Problem::NotFound)?;
    let mut patch = Patch::new(request, "suggestion");
    patch.blocks.push(ChangedBlock {
        block: wanted,
        from: 0,
        base: Some(base),
    });
    let by = By {
        person: acting.person(),
        name,
        now,
    };
    let (_, done) = change(write, by, acting.author.ids, head, &[patch]).await?;
    let conflict = done
        .iter()
        .flat_map(|done| done.parts.values())
        .any(|result| *result == PartResult::Conflict);
    Ok(match conflict {
        true => "suggestion-conflict",
        false => "suggestion-accepted",
    })
}
