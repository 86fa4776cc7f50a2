//! Events.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, scalar};
use torg_kernel::{
    AuthorityId, EventId, Locale, Message, OrganisationId, PictureId, Problem, Result, Subject,
    Timestamp, UnitId, fold,
};
use uuid::Uuid;

use crate::check::is_key;
use crate::model::{Event, Organiser, Place};
use crate::vocabulary::{Category, State};

const COLUMNS: &str = "e.id, e.key, e.organisation_id, e.authority_id, e.state, e.data, e.version, \
                       e.created_at, e.updated_at";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    state: String,
    data: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl Row {
    fn event(self) -> Result<Event> {
        Ok(Event {
            id: EventId(self.id),
            key: self.key,
            organisation: OrganisationId(self.organisation_id),
            authority: self.authority_id.map(AuthorityId),
            // What a newer version wrote is shown to nobody outside.
            state: State::parse(&self.state).unwrap_or(State::Draft),
            data: serde_json::from_str(&self.data)?,
            version: self.version,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

async fn many<C: ConnectionTrait>(on: &C, rest: &str, values: Vec<SqlValue>) -> Result<Vec<Event>> {
    let sql = format!("SELECT {COLUMNS} FROM calendar_event e {rest}");
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::event).collect()
}

/// The marks `$first, …` for so many values.
pub(super) fn marks(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|at| format!("${at}")).collect();
    marks.join(", ")
}

/// The event with an id, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find<C: ConnectionTrait>(on: &C, id: EventId) -> Result<Option<Event>> {
    Ok(many(on, "WHERE e.id = $1", vec![id.0.into()]).await?.pop())
}

/// The event with a key, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Event>> {
    // PostgreSQL refuses some texts, such as one with a null character.
    if !is_key(key) {
        return Ok(None);
    }
    Ok(many(on, "WHERE e.key = $1", vec![key.into()]).await?.pop())
}

/// The events with these ids, whatever their state, in no order.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id<C: ConnectionTrait>(on: &C, ids: &[EventId]) -> Result<Vec<Event>> {
    let mut found = Vec::with_capacity(ids.len());
    // An engine takes some tens of thousands of values in one statement.
    for ids in ids.chunks(5_000) {
        let rest = format!("WHERE e.id IN ({})", marks(1, ids.len()));
        found.extend(many(on, &rest, ids.iter().map(|id| id.0.into()).collect()).await?);
    }
    Ok(found)
}

/// Every event, those that were made first before the others.
///
/// # Errors
/// When the database fails.
pub async fn list_all<C: ConnectionTrait>(on: &C) -> Result<Vec<Event>> {
    many(on, "ORDER BY e.id", vec![]).await
}

/// Events in the order of their ids, after one of them: for going through all of them.
///
/// # Errors
/// When the database fails.
pub async fn list_after<C: ConnectionTrait>(
    on: &C,
    after: Option<EventId>,
    most: i64,
) -> Result<Vec<Event>> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    let rest = "WHERE e.id > $1 ORDER BY e.id LIMIT $2";
    many(on, rest, vec![after.into(), most.into()]).await
}

/// The public parts of a larger event, such as a festival.
///
/// # Errors
/// When the database fails.
pub async fn list_parts<C: ConnectionTrait>(on: &C, whole: EventId) -> Result<Vec<Event>> {
    let rest = "WHERE e.part_of = $1 AND e.state = 'published' ORDER BY e.id LIMIT 200";
    many(on, rest, vec![whole.0.into()]).await
}

/// The events that are at a unit, or arranged by it.
///
/// # Errors
/// When the database fails.
pub async fn list_pointing_at<C: ConnectionTrait>(on: &C, unit: UnitId) -> Result<Vec<Event>> {
    let rest = "WHERE e.place_unit_id = $1 OR e.organiser_unit_id = $1 ORDER BY e.id";
    many(on, rest, vec![unit.0.into()]).await
}

/// The events that show a picture of the media bank, whatever their state.
///
/// # Errors
/// When the database fails.
pub async fn list_with_picture<C: ConnectionTrait>(
    on: &C,
    picture: PictureId,
) -> Result<Vec<Event>> {
    let like = format!("%\"picture\":\"{picture}\"%");
    let rest = "WHERE e.data LIKE $1 ORDER BY e.id";
    let mut found = many(on, rest, vec![like.into()]).await?;
    found.retain(|event| event.data.picture == Some(picture));
    Ok(found)
}

/// The events that show some picture of the media bank, whatever their state: most show the drawing of
/// their kind.
///
/// # Errors
/// When the database fails.
pub async fn list_pictured<C: ConnectionTrait>(on: &C) -> Result<Vec<Event>> {
    let rest = "WHERE e.data LIKE $1 ORDER BY e.id";
    let mut found = many(on, rest, vec!["%\"picture\":\"%".into()]).await?;
    found.retain(|event| event.data.picture.is_some());
    Ok(found)
}

/// Every event as a subject with its canonical JSON: what the last log event about it must say.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list_all(on)
        .await?
        .iter()
        .map(|event| Ok((event.subject(), event.canonical()?)))
        .collect()
}

/// What the staff look for.
#[derive(Debug, Clone, Default)]
pub struct EventQuery {
    /// In this state; else all but the trash.
    pub state: Option<State>,
    /// Of these organisations; none means none.
    pub organisations: Vec<OrganisationId>,
    /// Of this category.
    pub category: Option<Category>,
    /// At this unit.
    pub unit: Option<UnitId>,
    /// Only those that are over.
    pub past: bool,
    /// All of these words in name or place.
    pub words: String,
}

/// An event in the staff's list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The event.
    pub event: Event,
    /// When its next occasion begins; for what is over, when its last began.
    pub next: Option<Timestamp>,
    /// How many occasions are known from now on.
    pub left: i64,
}

#[derive(FromQueryResult)]
struct ListedRow {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    state: String,
    data: String,
    version: i64,
    created_at: i64,
    updated_at: i64,
    next_at: Option<i64>,
    left_count: Option<i64>,
}

/// Conditions and their values, with `$1` taken by the present instant.
fn conditions(query: &EventQuery) -> (String, Vec<SqlValue>) {
    let mut parts = Vec::new();
    let mut values: Vec<SqlValue> = Vec::new();
    let mut at = 2;
    let mut one = |text: &str, value: SqlValue, values: &mut Vec<SqlValue>, at: &mut usize| {
        parts.push(text.replace('?', &format!("${at}")));
        values.push(value);
        *at += 1;
    };
    match query.state {
        Some(state) => one("e.state = ?", state.as_str().into(), &mut values, &mut at),
        None => one(
            "e.state <> ?",
            State::Trash.as_str().into(),
            &mut values,
            &mut at,
        ),
    }
    if let Some(category) = query.category {
        let value = category.as_str().into();
        one("e.category = ?", value, &mut values, &mut at);
    }
    if let Some(unit) = query.unit {
        one("e.place_unit_id = ?", unit.0.into(), &mut values, &mut at);
    }
    for word in fold(&query.words).split_whitespace().take(8) {
        let escaped: String = word
            .chars()
            .filter(|c| *c != '\0')
            .flat_map(|c| {
                let escape = matches!(c, '%' | '_' | '\\').then_some('\\');
                escape.into_iter().chain([c])
            })
            .collect();
        let value = format!("%{escaped}%").into();
        one("e.words LIKE ? ESCAPE '\\'", value, &mut values, &mut at);
    }
    if query.past {
        parts.push("o.left_count IS NULL AND e.state = 'published'".to_owned());
    }
    parts.push(format!(
        "e.organisation_id IN ({})",
        marks(at, query.organisations.len())
    ));
    values.extend(query.organisations.iter().map(|id| SqlValue::from(id.0)));
    (parts.join(" AND "), values)
}

const NEXT: &str = "LEFT JOIN (SELECT event_id, MIN(begins_at) AS next_at, COUNT(*) AS left_count \
                    FROM calendar_occasion WHERE ends_at > $1 GROUP BY event_id) o ON o.event_id = e.id";

/// A part of what the staff look for, next occasion first and what has none last, with how many there
/// are in all.
///
/// # Errors
/// When the database fails.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    query: &EventQuery,
    now: Timestamp,
    offset: i64,
    most: i64,
) -> Result<(Vec<Listed>, i64)> {
    if query.organisations.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let (conditions, more) = conditions(query);
    let mut values: Vec<SqlValue> = vec![now.micros().into()];
    values.extend(more);
    let count = format!("SELECT COUNT(*) FROM calendar_event e {NEXT} WHERE {conditions}");
    let total = scalar(on, &count, values.clone()).await?;
    let (limit, skip) = (values.len() + 1, values.len() + 2);
    values.extend([SqlValue::from(most), SqlValue::from(offset)]);
    let sql = format!(
        "SELECT {COLUMNS}, o.next_at, o.left_count FROM calendar_event e {NEXT} WHERE {conditions} \
         ORDER BY CASE WHEN o.next_at IS NULL THEN 1 ELSE 0 END, o.next_at, e.updated_at DESC, e.id \
         LIMIT ${limit} OFFSET ${skip}"
    );
    let rows: Vec<ListedRow> = fetch_all(on, &sql, values).await?;
    let rows = rows.into_iter().map(|row| {
        Ok(Listed {
            next: row.next_at.map(Timestamp::from_micros),
            left: row.left_count.unwrap_or(0),
            event: Row {
                id: row.id,
                key: row.key,
                organisation_id: row.organisation_id,
                authority_id: row.authority_id,
                state: row.state,
                data: row.data,
                version: row.version,
                created_at: row.created_at,
                updated_at: row.updated_at,
            }
            .event()?,
        })
    });
    Ok((rows.collect::<Result<_>>()?, total))
}

/// How many events these organisations have in each state.
///
/// # Errors
/// When the database fails.
pub async fn count_by_state<C: ConnectionTrait>(
    on: &C,
    organisations: &[OrganisationId],
) -> Result<Vec<(State, i64)>> {
    #[derive(FromQueryResult)]
    struct Count {
        state: String,
        number: i64,
    }
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT state, COUNT(*) AS number FROM calendar_event WHERE organisation_id IN ({}) \
         GROUP BY state",
        marks(1, organisations.len())
    );
    let values = organisations.iter().map(|id| id.0.into()).collect();
    let counts: Vec<Count> = fetch_all(on, &sql, values).await?;
    Ok(counts
        .into_iter()
        .filter_map(|count| Some((State::parse(&count.state)?, count.number)))
        .collect())
}

/// What the staff's list is searched by.
fn words(event: &Event) -> String {
    let data = &event.data;
    let mut text = event.key.clone();
    for words in data.name.0.values() {
        text.push(' ');
        text.push_str(words);
    }
    match &data.place {
        Some(Place::Free { name, street, .. }) => {
            text.push(' ');
            text.push_str(name.get(Locale::SV));
            text.push(' ');
            text.push_str(street);
        }
        Some(Place::Unit { .. } | Place::Online { .. }) | None => {}
    }
    if let Some(Organiser::Free { name, .. }) = &data.organiser {
        text.push(' ');
        text.push_str(name);
    }
    fold(&text)
}

fn values(event: &Event) -> Result<Vec<SqlValue>> {
    let data = &event.data;
    let place = data.place.as_ref().and_then(Place::unit);
    let organiser = match data.organiser {
        Some(Organiser::Unit { unit }) => Some(unit),
        _ => None,
    };
    Ok(vec![
        event.id.0.into(),
        event.key.clone().into(),
        event.organisation.0.into(),
        SqlValue::Uuid(event.authority.map(Into::into)),
        event.state.as_str().into(),
        data.category.as_str().into(),
        SqlValue::Uuid(data.part_of.map(Into::into)),
        SqlValue::Uuid(place.map(Into::into)),
        SqlValue::Uuid(organiser.map(Into::into)),
        words(event).into(),
        serde_json::to_string(data)?.into(),
        event.version.into(),
        event.created_at.micros().into(),
        event.updated_at.micros().into(),
    ])
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, event: &Event) -> Result<()> {
    execute(
        on,
        "INSERT INTO calendar_event (id, key, organisation_id, authority_id, state, category, part_of, \
         place_unit_id, organiser_unit_id, words, data, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        values(event)?,
    )
    .await?;
    Ok(())
}

/// Writes an event over the version before its own.
pub(crate) async fn update<C: ConnectionTrait>(on: &C, event: &Event) -> Result<()> {
    let changed = execute(
        on,
        "UPDATE calendar_event SET key = $2, organisation_id = $3, authority_id = $4, state = $5, \
         category = $6, part_of = $7, place_unit_id = $8, organiser_unit_id = $9, words = $10, \
         data = $11, version = $12, created_at = $13, updated_at = $14 \
         WHERE id = $1 AND version = $12 - 1",
        values(event)?,
    )
    .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Problem::Conflict(Message::new("event-error-version")))
    }
}
