//! What a file would do, worked out first and shown; then all of it is done or nothing.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use torg_db::{DatabaseTransaction, WriteContext};
use torg_kernel::{EventId, FieldError, Locale, Message, OrganisationId, Problem, Result, UnitId};
use torg_log::Author;
use torg_web::OrganisationList;

use super::record::Record;
use super::{ImportFile, fault};
use crate::check::check;
use crate::expand::window;
use crate::model::{Event, EventData, Organiser, Place, Words};
use crate::neighbours::Neighbours;
use crate::service;
use crate::store;
use crate::vocabulary::{Category, State};

/// What the one who imports says of all that the file does not.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The organisation that answers for new events of which the file names none.
    pub organisation: Option<OrganisationId>,
    /// The category of new events of which the file tells none.
    pub category: Category,
    /// Where new events stand.
    pub state: State,
}

/// What becomes of an event of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Created,
    /// It is otherwise than before.
    Changed,
    /// It is as it was.
    Same,
    /// It is over, and is left out.
    Past,
    /// It was changed here after the file was written, and is left as it is.
    Older,
}

/// An event of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineReport {
    /// Its line.
    pub line: usize,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub what: What,
}

/// What a file would do.
pub struct Planned {
    /// Each event of the file, in its order.
    pub lines: Vec<LineReport>,
    steps: Vec<Step>,
}

enum Step {
    Create(usize, Box<Event>),
    Change(usize, Box<Event>, Box<Event>),
}

impl Planned {
    /// How many events something becomes of.
    #[must_use]
    pub fn count(&self, what: What) -> usize {
        self.lines.iter().filter(|line| line.what == what).count()
    }
}

/// Whether the one who imports may have an event of an organisation stand so.
pub type May<'a> = &'a (dyn Fn(OrganisationId, State) -> bool + Send + Sync);

/// Works out what a file would do.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
pub async fn plan(
    on: &DatabaseTransaction,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    file: &ImportFile,
    options: &ImportOptions,
    organisations: &OrganisationList,
    may: May<'_>,
) -> Result<Planned> {
    let units = units(on, neighbours, &file.records).await?;
    let planning = Planning {
        author,
        options,
        organisations,
        units: &units,
        may,
    };
    let mut planned = Planned {
        lines: Vec::with_capacity(file.records.len()),
        steps: Vec::new(),
    };
    let mut errors = file.errors.clone();
    for record in &file.records {
        let known = match record.id {
            Some(id) => store::find(on, id).await?,
            None => None,
        };
        let known = match known {
            Some(known) => Some(known),
            None => store::find_by_key(on, &record.key).await?,
        };
        let key = known.as_ref().map_or(&record.key, |known| &known.key);
        let key = key.clone();
        match planning.step(record, known) {
            Ok((what, step)) => {
                planned.lines.push(LineReport {
                    line: record.line,
                    key,
                    name: record.name.clone(),
                    what,
                });
                planned.steps.extend(step);
            }
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() {
        Ok(planned)
    } else {
        errors.sort_by_cached_key(|error| {
            let line = error.field.split(':').next().unwrap_or_default();
            line.parse::<usize>().unwrap_or(0)
        });
        Err(Problem::Invalid(errors))
    }
}

/// The units that the file names, by their keys.
async fn units(
    on: &DatabaseTransaction,
    neighbours: &dyn Neighbours,
    records: &[Record],
) -> Result<HashMap<String, UnitId>> {
    if records
        .iter()
        .all(|record| record.at.is_none() && record.by.is_none())
    {
        return Ok(HashMap::new());
    }
    let places = neighbours.places(on, Locale::SV).await?;
    Ok(places
        .into_iter()
        .map(|place| (place.key, place.id))
        .collect())
}

struct Planning<'a> {
    author: Author<'a>,
    options: &'a ImportOptions,
    organisations: &'a OrganisationList,
    units: &'a HashMap<String, UnitId>,
    may: May<'a>,
}

impl Planning<'_> {
    fn step(
        &self,
        record: &Record,
        known: Option<Event>,
    ) -> Result<(What, Option<Step>), Vec<FieldError>> {
        let mut errors = Vec::new();
        let organisation = self.organisation(record, known.as_ref(), &mut errors);
        let at = self.unit(record, record.at.as_ref(), "unit", &mut errors);
        let by = self.unit(record, record.by.as_ref(), "organiser_unit", &mut errors);
        let Some(mut data) = self.data(record, known.as_ref(), &mut errors) else {
            return Err(errors);
        };
        if let Some(unit) = at {
            let room = match data.place.take() {
                Some(Place::Unit { room, .. }) => room,
                _ => Words::default(),
            };
            data.place = Some(Place::Unit { unit, room });
        }
        if let Some(unit) = by {
            data.organiser = Some(Organiser::Unit { unit });
        }
        if record.own.is_none() || known.is_none() {
            for set in &record.sets {
                set(&mut data);
            }
        } else if let Some(category) = record.category {
            data.category = category;
        }
        if errors.is_empty() && known.is_none() && is_past(&data, self.author) {
            return Ok((What::Past, None));
        }
        let own = self.organisations.find(organisation);
        let state = record
            .state
            .or(known.as_ref().map(|known| known.state))
            .unwrap_or(self.options.state);
        let event = Event {
            id: known
                .as_ref()
                .map_or_else(|| self.new_id(record), |known| known.id),
            key: known
                .as_ref()
                .map_or_else(|| record.key.clone(), |known| known.key.clone()),
            organisation,
            authority: own.and_then(|own| own.authority),
            state,
            data,
            version: known.as_ref().map_or(1, |known| known.version),
            created_at: known
                .as_ref()
                .map_or(self.author.now, |known| known.created_at),
            updated_at: known
                .as_ref()
                .map_or(self.author.now, |known| known.updated_at),
        };
        if errors.is_empty() && known.as_ref() == Some(&event) {
            // What stays as it is needs nobody's right.
            return Ok((What::Same, None));
        }
        let older = |known: &Event| record.own.as_ref().is_some_and(|own| own.is_older(known));
        if errors.is_empty() && known.as_ref().is_some_and(older) {
            return Ok((What::Older, None));
        }
        let before = known
            .as_ref()
            .map(|known| (known.organisation, known.state));
        if errors.is_empty()
            && !before
                .into_iter()
                .chain([(organisation, state)])
                .all(|(own, state)| (self.may)(own, state))
        {
            errors.push(fault(
                record.line,
                "organisation",
                Message::new("event-import-right"),
            ));
        }
        let faults = check(&event, self.author.now).into_iter();
        errors.extend(faults.map(|own| {
            let column = (record.named)(&own.field);
            fault(record.line, column, own.message)
        }));
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(match known {
            None => (
                What::Created,
                Some(Step::Create(record.line, Box::new(event))),
            ),
            Some(known) => (
                What::Changed,
                Some(Step::Change(record.line, Box::new(known), Box::new(event))),
            ),
        })
    }

    fn new_id(&self, record: &Record) -> EventId {
        record
            .id
            .unwrap_or_else(|| EventId::new(self.author.ids, self.author.now))
    }

    fn organisation(
        &self,
        record: &Record,
        known: Option<&Event>,
        errors: &mut Vec<FieldError>,
    ) -> OrganisationId {
        let found = match &record.organisation {
            Some(key) => self.organisations.by_key(key).map(|own| own.id),
            None => known
                .map(|known| known.organisation)
                .or(self.options.organisation),
        };
        found.unwrap_or_else(|| {
            let key = record.organisation.clone().unwrap_or_default();
            let message = Message::new("event-import-organisation").with("key", key);
            errors.push(fault(record.line, "organisation", message));
            OrganisationId(uuid::Uuid::nil())
        })
    }

    fn unit(
        &self,
        record: &Record,
        key: Option<&String>,
        column: &str,
        errors: &mut Vec<FieldError>,
    ) -> Option<UnitId> {
        let key = key?;
        let found = self.units.get(key).copied();
        if found.is_none() {
            let message = Message::new("event-error-unit-key").with("key", key);
            errors.push(fault(record.line, column, message));
        }
        found
    }

    /// The data that the file's words are laid upon.
    fn data(
        &self,
        record: &Record,
        known: Option<&Event>,
        errors: &mut Vec<FieldError>,
    ) -> Option<EventData> {
        if let (Some(known), Some(own)) = (known, &record.own) {
            let owner = |locale| {
                let found = self.organisations.find(known.organisation);
                found.map_or_else(String::new, |own| own.name(locale).to_owned())
            };
            return match own.data(known, &owner) {
                Ok(data) => Some(data),
                // An occasion that is gone: the file is from before.
                Err(_) if own.is_older(known) => Some(known.data.clone()),
                Err(faults) => {
                    errors.extend(faults);
                    None
                }
            };
        }
        if let Some(known) = known {
            let mut data = known.data.clone();
            if let Some(pattern) = &record.pattern {
                let mut pattern = pattern.clone();
                if pattern.changes.is_empty() && pattern.start == data.pattern.start {
                    // What the staff moved and called off here stays so.
                    pattern.changes.clone_from(&data.pattern.changes);
                }
                data.pattern = pattern.canonical();
            }
            return Some(data);
        }
        let Some(pattern) = record.pattern.clone() else {
            let message = Message::new("ical-missing").with("property", "start");
            errors.push(fault(record.line, "start", message));
            return None;
        };
        let category = record.category.unwrap_or(self.options.category);
        Some(EventData::new(Words::default(), category, pattern))
    }
}

/// Whether all occasions are over for longer than calendars remember.
fn is_past(data: &EventData, author: Author<'_>) -> bool {
    let (from, _) = window(author.now);
    let forever = jiff::civil::date(2200, 12, 31);
    matches!(data.pattern.occasions(from, forever, 1), Ok(found) if found.is_empty())
}

/// Does what was worked out.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN`; the job must then fail as a whole.
pub async fn carry_out(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    planned: Planned,
) -> Result<Vec<LineReport>> {
    let mut errors = Vec::new();
    for step in planned.steps {
        let (line, done) = match step {
            Step::Create(line, event) => (
                line,
                service::create(context, author, neighbours, &event).await,
            ),
            Step::Change(line, before, after) => {
                let kind = service::kind_of(before.state, after.state);
                let done =
                    service::change(context, author, neighbours, kind, &before, *after).await;
                (line, done.map(|_| ()))
            }
        };
        match done {
            Ok(()) => {}
            Err(Problem::Invalid(faults)) => {
                errors.extend(
                    faults
                        .into_iter()
                        .map(|own| fault(line, &own.field, own.message)),
                );
            }
            Err(problem) => return Err(problem),
        }
    }
    if errors.is_empty() {
        Ok(planned.lines)
    } else {
        Err(Problem::Invalid(errors))
    }
}
