//! Occasions: what any question about the calendar is asked of.

use jiff::civil::DateTime;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, scalar};
use torg_kernel::{EventId, Locale, OrganisationId, Problem, Result, Timestamp, UnitId};
use uuid::Uuid;

use super::event::marks;
use crate::filter::OccasionQuery;
use crate::model::{Ages, Event, Place, Price, Spot};
use crate::vocabulary::{Status, bits};

/// One occasion of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionRow {
    /// Of which event.
    pub event: EventId,
    /// When it begins by the event's pattern: which occasion it is, also when it is moved.
    pub of: DateTime,
    /// When it begins.
    pub start: DateTime,
    /// When it ends; the same when no end is told.
    pub end: DateTime,
    /// When it begins.
    pub begins_at: Timestamp,
    /// When it ends; without a told end it counts as an hour long.
    pub ends_at: Timestamp,
    /// Whether it has days and no times of day.
    pub all_day: bool,
    /// How it stands.
    pub status: Status,
    /// Why; may be empty.
    pub note: String,
    /// Where it is instead of the event's usual place.
    pub instead: Option<String>,
    /// Where it is.
    pub spot: Option<Spot>,
    /// The area that it lies in, by its key.
    pub area: Option<String>,
    /// Places that nobody has, where places are given out here.
    pub left: Option<i64>,
}

impl OccasionRow {
    /// As it is shown: without places left it is full, unless worse is told of it.
    pub(crate) fn shown(mut self) -> Self {
        if self.left == Some(0) && matches!(self.status, Status::Scheduled | Status::Moved) {
            self.status = Status::SoldOut;
        }
        self
    }
}

#[derive(FromQueryResult)]
struct Row {
    event_id: Uuid,
    of_start: String,
    start_civil: String,
    end_civil: String,
    begins_at: i64,
    ends_at: i64,
    all_day: i64,
    status: String,
    note: String,
    instead: Option<String>,
    lat: Option<i64>,
    lon: Option<i64>,
    area: Option<String>,
    places_left: Option<i64>,
}

const COLUMNS: &str = "event_id, of_start, start_civil, end_civil, begins_at, ends_at, all_day, status, \
                       note, instead, lat, lon, area, places_left";
/// How an occasion is shown, as [`OccasionRow::shown`] has it.
const SHOWN_STATUS: &str = "CASE WHEN places_left = 0 AND status IN ('scheduled', 'moved') \
                            THEN 'sold_out' ELSE status END";

impl Row {
    fn occasion(self) -> Result<OccasionRow> {
        let civil = |text: &str| text.parse::<DateTime>().map_err(Problem::internal);
        Ok(OccasionRow {
            event: EventId(self.event_id),
            of: civil(&self.of_start)?,
            start: civil(&self.start_civil)?,
            end: civil(&self.end_civil)?,
            begins_at: Timestamp::from_micros(self.begins_at),
            ends_at: Timestamp::from_micros(self.ends_at),
            all_day: self.all_day != 0,
            status: Status::parse(&self.status).unwrap_or(Status::Scheduled),
            note: self.note,
            instead: self.instead,
            spot: self.lat.zip(self.lon).map(|(lat, lon)| Spot { lat, lon }),
            area: self.area,
            left: self.places_left,
        }
        .shown())
    }
}

/// Conditions with their values.
struct Where {
    text: String,
    values: Vec<SqlValue>,
}

impl Where {
    fn next(&self) -> usize {
        self.values.len() + 1
    }

    /// Adds a condition, each `?` of which is a mark for the next value.
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = SqlValue>) {
        self.text.push_str(" AND ");
        let mut values = values.into_iter();
        for (at, part) in condition.split('?').enumerate() {
            if at > 0 {
                let mark = format!("${}", self.next());
                self.text.push_str(&mark);
                self.values.extend(values.next());
            }
            self.text.push_str(part);
        }
    }

    /// Adds that a column is one of some values.
    fn and_in(&mut self, column: &str, values: Vec<SqlValue>) {
        if values.is_empty() {
            // Nothing is in an empty list, and no engine wants to be asked.
            self.text.push_str(" AND 1 = 0");
            return;
        }
        let marks = marks(self.next(), values.len());
        self.text.push_str(&format!(" AND {column} IN ({marks})"));
        self.values.extend(values);
    }
}

fn condition(query: &OccasionQuery) -> Where {
    let mut wanted = Where {
        text: "public = 1".to_owned(),
        values: Vec::new(),
    };
    wanted.and("ends_at > ?", [query.from.micros().into()]);
    if let Some(until) = query.until {
        wanted.and("begins_at < ?", [until.micros().into()]);
    }
    for (column, set) in [
        ("category", query.categories),
        ("audiences", query.audiences),
    ] {
        if set != 0 {
            wanted.and(&format!("({column} & ?) <> 0"), [set.into()]);
        }
    }
    if query.ease != 0 {
        wanted.and("(ease & ?) = ?", [query.ease.into(), query.ease.into()]);
    }
    if let Some(age) = query.age {
        let age = i64::from(age);
        wanted.and("age_from <= ? AND age_to >= ?", [age.into(), age.into()]);
    }
    if query.free {
        wanted.and("free = ?", [1_i64.into()]);
    }
    if let Some(language) = query.language {
        wanted.and("languages LIKE ?", [format!("% {language} %").into()]);
    }
    if let Some(area) = &query.area {
        wanted.and("area = ?", [area.clone().into()]);
    }
    if let Some(unit) = query.place {
        wanted.and("place_unit_id = ?", [unit.0.into()]);
    }
    if let Some((spot, metres)) = query.near {
        near(&mut wanted, spot, metres);
    }
    if let Some(organisations) = &query.organisations {
        let ids = organisations.iter().map(|id| id.0.into()).collect();
        wanted.and_in("organisation_id", ids);
    }
    if let Some(events) = &query.events {
        wanted.and_in("event_id", events.iter().map(|id| id.0.into()).collect());
    }
    if !query.places.is_empty() {
        let units = query.places.iter().map(|id| id.0.into()).collect();
        wanted.and_in("place_unit_id", units);
    }
    if let Some((south_west, north_east)) = query.bounds {
        wanted.and(
            "lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?",
            [
                south_west.lat,
                north_east.lat,
                south_west.lon,
                north_east.lon,
            ]
            .map(SqlValue::from),
        );
    }
    if !query.statuses.is_empty() {
        let names = query.statuses.iter().map(|it| it.as_str().into());
        wanted.and_in(SHOWN_STATUS, names.collect());
    }
    if let Some(since) = query.changed_since {
        wanted.and(
            "event_id IN (SELECT id FROM calendar_event WHERE updated_at >= ?)",
            [since.micros().into()],
        );
    }
    wanted
}

/// Within a circle, in whole numbers that both engines count alike: on a plane in millionths of a
/// degree of latitude, with longitudes drawn together as they are at that latitude.
fn near(wanted: &mut Where, spot: Spot, metres: u32) {
    const METRES: f64 = 0.111_32;
    let reach = (f64::from(metres) / METRES) as i64;
    let narrow = (spot.lat().to_radians().cos() * 1_000.0).max(1.0) as i64;
    wanted.and(
        "lat BETWEEN ? AND ?",
        [(spot.lat - reach).into(), (spot.lat + reach).into()],
    );
    wanted.and(
        "(lat - ?) * (lat - ?) + ((lon - ?) * ? / 1000) * ((lon - ?) * ? / 1000) <= ?",
        [
            spot.lat.into(),
            spot.lat.into(),
            spot.lon.into(),
            narrow.into(),
            spot.lon.into(),
            narrow.into(),
            (reach * reach).into(),
        ],
    );
}

/// Public occasions, the first to begin first.
///
/// # Errors
/// When the database fails.
pub async fn list_occasions<C: ConnectionTrait>(
    on: &C,
    query: &OccasionQuery,
    offset: i64,
    most: i64,
) -> Result<Vec<OccasionRow>> {
    let wanted = condition(query);
    let limit = wanted.next();
    let order = if query.latest_first { " DESC" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar_occasion WHERE {} ORDER BY begins_at{order}, event_id{order} \
         LIMIT ${limit} OFFSET ${}",
        wanted.text,
        limit + 1
    );
    let mut values = wanted.values;
    values.extend([SqlValue::from(most), SqlValue::from(offset)]);
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::occasion).collect()
}

/// How many public occasions there are.
///
/// # Errors
/// When the database fails.
pub async fn count_occasions<C: ConnectionTrait>(on: &C, query: &OccasionQuery) -> Result<i64> {
    let wanted = condition(query);
    let sql = format!(
        "SELECT COUNT(*) FROM calendar_occasion WHERE {}",
        wanted.text
    );
    Ok(scalar(on, &sql, wanted.values).await?)
}

/// The occasions of an event that are known, those that are over included: about a month back.
///
/// # Errors
/// When the database fails.
pub async fn list_occasions_of<C: ConnectionTrait>(
    on: &C,
    event: EventId,
) -> Result<Vec<OccasionRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar_occasion WHERE event_id = $1 ORDER BY begins_at, of_start"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![event.0.into()]).await?;
    rows.into_iter().map(Row::occasion).collect()
}

/// What is at a unit between two instants, drafts included: for warning of doubles.
///
/// # Errors
/// When the database fails.
pub async fn list_at_place<C: ConnectionTrait>(
    on: &C,
    unit: UnitId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<OccasionRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar_occasion WHERE place_unit_id = $1 AND begins_at < $3 \
         AND ends_at > $2 ORDER BY begins_at, event_id LIMIT 5000"
    );
    let values = vec![unit.0.into(), from.micros().into(), until.micros().into()];
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::occasion).collect()
}

/// What goes on between two instants, drafts included: for warning of doubles.
///
/// # Errors
/// When the database fails.
pub async fn list_overlapping<C: ConnectionTrait>(
    on: &C,
    from: Timestamp,
    until: Timestamp,
    most: i64,
) -> Result<Vec<OccasionRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM calendar_occasion WHERE public IN (0, 1) AND begins_at < $2 \
         AND ends_at > $1 ORDER BY begins_at DESC, event_id LIMIT $3"
    );
    let values = vec![from.micros().into(), until.micros().into(), most.into()];
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::occasion).collect()
}

/// The organisations that have anything public from an instant on.
///
/// # Errors
/// When the database fails.
pub async fn list_organisations<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Owner {
        organisation_id: Uuid,
    }
    let sql = "SELECT DISTINCT organisation_id FROM calendar_occasion WHERE public = 1 AND ends_at > $1 \
               ORDER BY organisation_id";
    let owners: Vec<Owner> = fetch_all(on, sql, vec![now.micros().into()]).await?;
    Ok(owners
        .into_iter()
        .map(|owner| OrganisationId(owner.organisation_id))
        .collect())
}

/// The first instant after `now` at which something that is public begins or ends: until then a page
/// of what is on is true.
///
/// # Errors
/// When the database fails.
pub async fn next_change<C: ConnectionTrait>(on: &C, now: Timestamp) -> Result<Option<Timestamp>> {
    let mut next = None;
    for column in ["begins_at", "ends_at"] {
        let sql = format!(
            "SELECT COALESCE(MIN({column}), 0) FROM calendar_occasion WHERE public = 1 AND {column} > $1"
        );
        let at = scalar(on, &sql, vec![now.micros().into()]).await?;
        if at > 0 && next.is_none_or(|next| at < next) {
            next = Some(at);
        }
    }
    Ok(next.map(Timestamp::from_micros))
}

/// Writes how many places nobody has: of one occasion by its start by the pattern, or of all.
pub(crate) async fn set_places_left<C: ConnectionTrait>(
    on: &C,
    event: EventId,
    of: Option<DateTime>,
    left: i64,
) -> Result<()> {
    let sql = "UPDATE calendar_occasion SET places_left = $2 WHERE event_id = $1";
    match of {
        Some(of) => {
            let sql = format!("{sql} AND of_start = $3");
            let values = vec![event.0.into(), left.into(), of.to_string().into()];
            execute(on, &sql, values).await?;
        }
        None => {
            execute(on, sql, vec![event.0.into(), left.into()]).await?;
        }
    }
    Ok(())
}

/// Takes all occasions of an event away.
///
/// # Errors
/// When the database fails.
pub async fn delete_occasions<C: ConnectionTrait>(on: &C, event: EventId) -> Result<()> {
    let sql = "DELETE FROM calendar_occasion WHERE event_id = $1";
    execute(on, sql, vec![event.0.into()]).await?;
    Ok(())
}

const INSERTED: usize = 24;

/// Puts these occasions in the place of those that an event had.
pub(crate) async fn replace_occasions<C: ConnectionTrait>(
    on: &C,
    event: &Event,
    rows: &[OccasionRow],
) -> Result<()> {
    delete_occasions(on, event.id).await?;
    // SQLite takes 32 766 values in one statement.
    for rows in rows.chunks(200) {
        let places: Vec<String> = (0..rows.len())
            .map(|at| format!("({})", marks(at * INSERTED + 1, INSERTED)))
            .collect();
        let sql = format!(
            "INSERT INTO calendar_occasion ({COLUMNS}, public, category, audiences, age_from, age_to, \
             free, ease, languages, organisation_id, place_unit_id) VALUES {}",
            places.join(", ")
        );
        let values = rows.iter().flat_map(|row| values(event, row)).collect();
        execute(on, &sql, values).await?;
    }
    Ok(())
}

fn values(event: &Event, row: &OccasionRow) -> [SqlValue; INSERTED] {
    let data = &event.data;
    let Ages { from, to } = data.ages;
    let place = data.place.as_ref().and_then(Place::unit);
    let mut languages = String::from(" ");
    for language in &data.languages {
        languages.push_str(language.as_str());
        languages.push(' ');
    }
    if data.languages.is_empty() {
        languages.push_str(Locale::SV.as_str());
        languages.push(' ');
    }
    [
        event.id.0.into(),
        row.of.to_string().into(),
        row.start.to_string().into(),
        row.end.to_string().into(),
        row.begins_at.micros().into(),
        row.ends_at.micros().into(),
        i64::from(row.all_day).into(),
        row.status.as_str().into(),
        row.note.clone().into(),
        SqlValue::String(row.instead.clone()),
        SqlValue::BigInt(row.spot.map(|spot| spot.lat)),
        SqlValue::BigInt(row.spot.map(|spot| spot.lon)),
        SqlValue::String(row.area.clone()),
        SqlValue::BigInt(row.left),
        i64::from(event.is_public()).into(),
        data.category.bit().into(),
        bits(data.audiences.iter().map(|it| it.bit())).into(),
        i64::from(from.unwrap_or(0)).into(),
        i64::from(to.unwrap_or(200)).into(),
        i64::from(data.price == Price::Free).into(),
        bits(data.ease.iter().map(|it| it.bit())).into(),
        languages.into(),
        event.organisation.0.into(),
        SqlValue::Uuid(place.map(Into::into)),
    ]
}
