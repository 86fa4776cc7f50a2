//! The versions of a text: which there are, and what each says.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{Permission, PersonId, Result, Timestamp};
use torg_ui::{T, UiLanguage, date_time};
use torg_web::{Context, Reply};
use uuid::Uuid;

use super::store::{self, Happened};
use super::views::{HistoryPage, VersionRow};
use super::{People, frame, load, names};
use crate::desk::model::{Rest, SavedVersion};
use crate::desk::{fields, service as desk_service, store as desk_store};
use crate::model::Content;
use crate::web::Site;

/// Versions on the page.
const MOST: i64 = 200;

/// A version of a text, as addresses name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// What readers see, or saw last.
    Public,
    /// What is being written.
    Draft,
    /// What the desk kept.
    Saved(Uuid),
    /// What the event at this position left.
    Event(i64),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Draft => f.write_str("draft"),
            Self::Saved(id) => write!(f, "v{id}"),
            Self::Event(position) => write!(f, "e{position}"),
        }
    }
}

impl FromStr for Key {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "public" => Ok(Self::Public),
            "draft" => Ok(Self::Draft),
            _ => {
                let (kind, rest) = text.split_at_checked(1).ok_or(())?;
                match kind {
                    "v" => rest.parse().map(Self::Saved).map_err(|_| ()),
                    "e" => rest.parse().map(Self::Event).map_err(|_| ()),
                    _ => Err(()),
                }
            }
        }
    }
}

/// A version with all that it says.
pub(super) struct Version {
    pub key: Key,
    /// When it was left; none for the draft.
    pub at: Option<Timestamp>,
    pub content: Content,
    /// What was written in it besides and is not finished.
    pub rest: Rest,
}

impl Version {
    /// What stands in a field, finished or not.
    pub fn value(&self, name: &str) -> String {
        match self.rest.fields.get(name) {
            Some(written) => written.clone(),
            None => fields::value(&self.content, name),
        }
    }

    /// What a version is called in a heading.
    pub fn label(&self, t: T) -> String {
        match (self.key, self.at) {
            (Key::Draft, _) => t.get("history-draft").into_owned(),
            (Key::Public, _) => t.get(now_key(&self.content)).into_owned(),
            (_, Some(at)) => date_time(t, at),
            (_, None) => String::new(),
        }
    }

    /// The same where another is called so too.
    pub fn exact_label(&self, t: T) -> String {
        match (self.key, self.at) {
            (Key::Saved(_) | Key::Event(_), Some(at)) => exact(t, at),
            _ => self.label(t),
        }
    }
}

/// A moment with its seconds: two versions are often of the same minute.
pub(super) fn exact(t: T, at: Timestamp) -> String {
    let colon = match t.language() {
        UiLanguage::Swedish => '.',
        UiLanguage::English => ':',
    };
    format!("{}{colon}{:02}", date_time(t, at), at.zoned().second())
}

/// The words for what stands in the rows.
fn now_key(content: &Content) -> &'static str {
    if content.published {
        "history-public"
    } else {
        "history-not-public"
    }
}

/// A version of a text; none when there is no such version, or when it is another text's.
///
/// # Errors
/// When the database fails.
pub(super) async fn find(on: &Snapshot, content: &Content, key: Key) -> Result<Option<Version>> {
    let ids = (content.page, content.id);
    let whole = |(at, text)| (Some(at), text, Rest::default());
    let found = match key {
        Key::Public => Some(whole((content.updated_at, content.clone()))),
        Key::Draft => {
            let draft = written(on, content).await?;
            draft.map(|(text, rest)| (None, text, rest))
        }
        Key::Saved(id) => desk_store::find_version(&**on, id)
            .await?
            .filter(|(saved, _)| saved.content == content.id)
            .map(|(saved, text)| (Some(saved.made_at), text, saved.rest)),
        Key::Event(position) => store::find_event(&**on, ids, position).await?.map(whole),
    };
    Ok(found.map(|(at, content, rest)| Version {
        key,
        at,
        content,
        rest,
    }))
}

/// The text as it is being written, with what is not finished in it.
async fn written(on: &Snapshot, content: &Content) -> Result<Option<(Content, Rest)>> {
    let working = desk_service::working(&**on, content.id).await?;
    if !working.head.has_draft() {
        return Ok(None);
    }
    let (text, errors) = fields::content_of(&working.draft, content);
    let rest = Rest::of(&working, &errors).unwrap_or_default();
    Ok(Some((text, rest)))
}

/// The text as it is being written; none when nobody writes on it.
///
/// # Errors
/// When the database fails.
pub(super) async fn draft(on: &Snapshot, content: &Content) -> Result<Option<Content>> {
    Ok(written(on, content).await?.map(|(text, _)| text))
}

/// What is not finished in a version, in words; nothing when all of it is.
fn unfinished(t: T, rest: &Rest) -> String {
    let mut words = Vec::new();
    for (key, count) in [
        ("history-unfinished-fields", rest.fields.len()),
        ("history-unfinished-conflicts", rest.conflicts.len()),
    ] {
        if count > 0 {
            words.push(t.one(key, "count", count));
        }
    }
    words.join(" ")
}

/// The list of versions, each to be looked at, compared and restored.
pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let written = desk_service::working(&*snapshot, content.id).await?;
    let (_, errors) = fields::content_of(&written.draft, &content);
    let rest = Rest::of(&written, &errors).unwrap_or_default();
    let may_delete = super::trash::deletable(&context, &snapshot, &content).await?;
    let events = store::list_events(&*snapshot, (content.page, content.id), MOST).await?;
    let saved = desk_store::list_versions(&*snapshot, content.id, MOST).await?;
    let everybody = events.iter().map(|event| event.person);
    let everybody = everybody.chain(saved.iter().map(|saved| saved.person));
    let everybody = everybody.chain([written.head.person]);
    let people = names(&site, &snapshot, everybody).await?;
    snapshot.end().await?;
    let mut rows = Vec::new();
    if written.head.has_draft() {
        rows.push(VersionRow {
            key: Key::Draft.to_string(),
            what: t.get("history-draft").into_owned(),
            name: String::new(),
            unfinished: unfinished(t, &rest),
            time: date_time(t, written.head.updated_at),
            iso: written.head.updated_at.rfc3339(),
            person: people.name(t, written.head.person),
            now: true,
        });
    }
    rows.extend(past(t, &content, events, saved, &people));
    let page = HistoryPage {
        desk: frame(&context, &content, &t.get("history-heading"))?,
        about: about(&content),
        old: rows.get(1).map_or_else(String::new, |row| row.key.clone()),
        new: rows.first().map_or_else(String::new, |row| row.key.clone()),
        may_edit: context
            .caller()?
            .may(Permission::PageEdit, content.organisation),
        may_delete,
        request_id: context.new_request_id(),
        today: torg_kernel::civil_date(context.now).to_string(),
        rows,
    };
    Ok(Reply::html(page.render()?))
}

/// Where all pages about a text begin.
pub(super) fn about(content: &Content) -> String {
    format!("/admin/pages/{}", content.id)
}

fn past(
    t: T,
    content: &Content,
    events: Vec<Happened>,
    saved: Vec<SavedVersion>,
    people: &People,
) -> Vec<VersionRow> {
    let mut rows: Vec<(Timestamp, VersionRow)> = Vec::new();
    for (at, event) in events.into_iter().enumerate() {
        let row = VersionRow {
            key: Key::Event(event.position).to_string(),
            what: kind(t, &event.kind),
            name: String::new(),
            unfinished: String::new(),
            time: date_time(t, event.at),
            iso: event.at.rfc3339(),
            person: author(t, people, event.person, &event.system),
            now: at == 0 && content.published,
        };
        rows.push((event.at, row));
    }
    // What became public, or stopped being so, the log tells.
    let told = |saved: &SavedVersion| matches!(saved.reason.as_str(), "published" | "unpublished");
    for saved in saved.into_iter().filter(|saved| !told(saved)) {
        let row = VersionRow {
            key: Key::Saved(saved.id).to_string(),
            what: t
                .get(&format!("history-reason-{}", saved.reason))
                .into_owned(),
            time: date_time(t, saved.made_at),
            iso: saved.made_at.rfc3339(),
            person: author(t, people, saved.person, ""),
            unfinished: unfinished(t, &saved.rest),
            name: saved.name,
            now: false,
        };
        rows.push((saved.made_at, row));
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let times: Vec<String> = rows.iter().map(|(_, row)| row.time.clone()).collect();
    for (place, (at, row)) in rows.iter_mut().enumerate() {
        let alike =
            |near: Option<usize>| near.and_then(|near| times.get(near)) == Some(&times[place]);
        if alike(place.checked_sub(1)) || alike(Some(place + 1)) {
            row.time = exact(t, *at);
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

fn author(t: T, people: &People, person: Option<PersonId>, system: &str) -> String {
    match (person, system) {
        (None, "") => String::new(),
        (None, system) => t.one("log-actor-system", "name", system),
        (person, _) => people.name(t, person),
    }
}

/// What an event is called.
fn kind(t: T, kind: &str) -> String {
    let key = format!("log-kind-{}", kind.replace(['.', '_'], "-"));
    t.find(&key).map_or_else(|| kind.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_versions_of_a_minute_are_told_apart() {
        // Tuesday 3 March 2026, 14.30 and seven seconds in the city.
        let at = Timestamp::from_micros(1_772_544_607_000_000);
        let swedish = exact(T::SV, at);
        assert!(swedish.ends_with("14.30.07"), "{swedish}");
        let english = exact(T::of(torg_kernel::Locale::EN), at);
        assert!(english.ends_with("14:30:07"), "{english}");
    }

    #[test]
    fn keys_go_there_and_back_and_nothing_else_is_one() {
        for key in [
            Key::Public,
            Key::Draft,
            Key::Event(17),
            Key::Saved(Uuid::from_u128(5)),
        ] {
            assert_eq!(key.to_string().parse(), Ok(key));
        }
        for wrong in ["", "e", "v1", "x1", "é", "e1x", "publik"] {
            assert_eq!(wrong.parse::<Key>(), Err(()), "{wrong}");
        }
    }
}
