//! The calendar among the other rooms: units, school breaks and holidays, search.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use jiff::ToSpan;
use jiff::civil::Date;
use torg_almanac::{Kind, Named};
use torg_calendar::{
    AreaEntry, Event, ImportReport, NamedDay, NamedDays, Neighbours, PictureEntry, Place,
    PlaceEntry, Spot, event_of_search_key, import_events, parse_events,
};
use torg_db::{ConnectionTrait, DatabaseTransaction};
use torg_directory::Unit;
use torg_files::{Picture, PictureFilter, PictureShow};
use torg_kernel::{EventId, Locale, Result, Timestamp, UnitId, Variant, sort_key};
use torg_search::{Change, Index, Query, SearchDocument};
use torg_ui::T;
use torg_web::OrganisationList;

use crate::calendar_areas::Districts;
use crate::city::Importer;

/// Hits of one question to the index.
const HITS: usize = 100;

/// What the calendar asks, answered by the directory, the almanac and the index.
pub struct CalendarNeighbours {
    /// The site's search.
    index: Arc<Index>,
    /// The parts of the city.
    districts: Districts,
}

impl CalendarNeighbours {
    /// With an index to search in.
    #[must_use]
    pub fn new(index: Arc<Index>) -> Self {
        Self {
            index,
            districts: Districts::default(),
        }
    }
}

fn place(unit: &Unit, locale: Locale) -> PlaceEntry {
    let at = unit.data.position;
    PlaceEntry {
        id: unit.id,
        key: unit.key.clone(),
        name: unit.name(locale).to_owned(),
        address: unit.data.place(),
        spot: at.and_then(|at| Spot::degrees(at.lat, at.lon)),
        organisation: Some(unit.organisation),
    }
}

fn named(picture: Picture) -> PictureEntry {
    PictureEntry {
        id: picture.id,
        name: picture.key,
    }
}

fn day_name(named: &Named<'_>, locale: Locale) -> String {
    match named.fluent() {
        Some(key) => T::of(locale).get(key).into_owned(),
        None => named.own_name(locale).unwrap_or_default().to_owned(),
    }
}

#[async_trait]
impl Neighbours for CalendarNeighbours {
    async fn places(&self, on: &DatabaseTransaction, locale: Locale) -> Result<Vec<PlaceEntry>> {
        let units = torg_directory::list(on).await?;
        let mut places: Vec<PlaceEntry> = units.iter().map(|unit| place(unit, locale)).collect();
        places.sort_by_cached_key(|place| sort_key(&place.name));
        Ok(places)
    }

    async fn known(
        &self,
        on: &DatabaseTransaction,
        units: &[UnitId],
        locale: Locale,
    ) -> Result<Vec<PlaceEntry>> {
        let units = torg_directory::list_by_id(on, units).await?;
        Ok(units.iter().map(|unit| place(unit, locale)).collect())
    }

    async fn areas(&self, on: &DatabaseTransaction, locale: Locale) -> Result<Vec<AreaEntry>> {
        self.districts.entries(on, locale).await
    }

    async fn area_at(&self, on: &DatabaseTransaction, spot: Spot) -> Result<Option<String>> {
        self.districts.at(on, spot).await
    }

    async fn breaks(
        &self,
        on: &DatabaseTransaction,
        locale: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDays>> {
        let almanac = torg_almanac::load(on).await?;
        let breaks = almanac.breaks(from, to).into_iter().map(|entry| NamedDays {
            key: format!("{}-{}", entry.data.key, entry.data.first.year()),
            name: entry.data.fluent().map_or_else(
                || entry.data.name(locale).to_owned(),
                |key| T::of(locale).get(key).into_owned(),
            ),
            first: entry.data.first,
            last: entry.data.last,
        });
        Ok(breaks.collect())
    }

    async fn holidays(
        &self,
        on: &DatabaseTransaction,
        locale: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDay>> {
        let almanac = torg_almanac::load(on).await?;
        let days = from.series(1.day()).take_while(|day| *day <= to);
        Ok(days
            .filter_map(|day| {
                let names = almanac.named(day);
                let named = names.iter().find(|named| named.kind() != Kind::BridgeDay)?;
                Some(NamedDay {
                    day,
                    name: day_name(named, locale),
                })
            })
            .collect())
    }

    async fn find_events(&self, words: &str, locale: Locale, most: usize) -> Result<Vec<EventId>> {
        let index = self.index.clone();
        let mut query = Query::new(words, locale);
        query.kinds = vec!["event".to_owned()];
        query.limit = HITS;
        query.best_bets = false;
        // All computing: off the threads that answer requests.
        let found = tokio::task::spawn_blocking(move || {
            let mut keys = Vec::new();
            while query.offset < most {
                let answer = index.search(&query)?;
                let last = answer.results.len() < HITS;
                keys.extend(answer.results.into_iter().map(|hit| hit.key));
                if last {
                    break;
                }
                query.offset += HITS;
            }
            Ok::<_, torg_search::SearchError>(keys)
        });
        let keys = found.await??;
        Ok(keys
            .iter()
            .filter_map(|key| event_of_search_key(key))
            .collect())
    }

    async fn find_pictures(
        &self,
        on: &DatabaseTransaction,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<PictureEntry>> {
        let filter = PictureFilter {
            words,
            show: PictureShow::Public,
            organisations: None,
            now,
        };
        let found = torg_files::filter_pictures(on, &filter, &HashSet::new(), 0, most).await?;
        Ok(found.items.into_iter().map(named).collect())
    }

    async fn picture(&self, on: &DatabaseTransaction, name: &str) -> Result<Option<PictureEntry>> {
        let by_key = torg_files::find_picture_by_key(on, name).await?;
        let found = match (by_key, name.parse()) {
            (None, Ok(id)) => torg_files::find_picture(on, id).await?,
            (found, _) => found,
        };
        Ok(found.map(named))
    }
}

/// The names of units, for the documents of events.
pub(crate) struct PlaceNames(HashMap<UnitId, Unit>);

impl PlaceNames {
    /// All units.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn read<C: ConnectionTrait>(on: &C) -> Result<Self> {
        let units = torg_directory::list(on).await?;
        Ok(Self(
            units.into_iter().map(|unit| (unit.id, unit)).collect(),
        ))
    }

    /// An event as the index takes it in, in each language.
    pub(crate) fn documents(
        &self,
        event: &Event,
        organisations: &OrganisationList,
        now: Timestamp,
    ) -> Vec<Change> {
        let unit = event.data.place.as_ref().and_then(Place::unit);
        let name = |locale: Locale| {
            let unit = self.0.get(&unit?)?;
            Some(unit.name(locale).to_owned())
        };
        torg_calendar::search_documents(event, organisations, &name, now)
            .into_iter()
            .map(|found| {
                Change::put(SearchDocument {
                    key: found.key,
                    kind: "event".to_owned(),
                    locale: found.locale,
                    variant: Variant::Standard,
                    url: found.url,
                    title: found.title,
                    headings: Vec::new(),
                    description: found.description,
                    keywords: found.keywords,
                    body: found.body,
                    organisation: found.organisation,
                    theme: None,
                    published_at: None,
                    updated_at: found.updated_at,
                })
            })
            .collect()
    }
}

/// The changes in the index for some events of the calendar.
///
/// # Errors
/// When the database fails.
pub(crate) async fn index_changes<C: ConnectionTrait>(
    on: &C,
    ids: &[EventId],
    organisations: &OrganisationList,
    now: Timestamp,
) -> Result<Vec<Change>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let names = PlaceNames::read(on).await?;
    let there = torg_calendar::list_by_id(on, ids).await?;
    let mut changes: Vec<Change> = ids
        .iter()
        .flat_map(|id| torg_calendar::search_keys(*id))
        .map(|key| Change::Delete { key })
        .collect();
    changes.extend(
        there
            .iter()
            .flat_map(|event| names.documents(event, organisations, now)),
    );
    Ok(changes)
}

impl Importer {
    /// Takes in events as `events.json` holds them: all or nothing.
    ///
    /// # Errors
    /// [`torg_kernel::Problem::Invalid`] with a field for each fault.
    pub async fn events(&self, bytes: &[u8]) -> Result<ImportReport> {
        self.event_inputs(parse_events(bytes)?).await
    }

    /// Takes in events that were read already.
    pub(crate) async fn event_inputs(
        &self,
        inputs: Vec<torg_calendar::EventInput>,
    ) -> Result<ImportReport> {
        let importer = self.clone();
        let organisations = self.organisations().await?;
        let neighbours = CalendarNeighbours::new(Arc::new(Index::in_memory()?));
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let units: HashMap<String, UnitId> = torg_directory::list(&**context)
                        .await?
                        .into_iter()
                        .map(|unit| (unit.key, unit.id))
                        .collect();
                    let author = importer.author();
                    import_events(context, author, &neighbours, inputs, &organisations, &units)
                        .await
                })
            })
            .await
    }
}
