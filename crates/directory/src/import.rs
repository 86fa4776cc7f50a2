//! `units.json`: the directory as a file, there and back. An import is all or nothing, and one
//! that changes nothing writes nothing.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value};
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Problem, Result, Timestamp, UnitId, slugify,
};
use torg_log::Author;
use torg_web::OrganisationList;

use crate::check::{check, is_key, tidy};
use crate::import_text::Handwritten;
use crate::model::{Unit, UnitData, UnitKind};
use crate::text::UnitPlaces;
use crate::{service, store};

/// A unit as a file wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitInput {
    /// The id, when the file comes from an export.
    pub id: Option<UnitId>,
    /// The key.
    pub key: String,
    /// The part of the address, when the file comes from an export.
    pub slug: Option<String>,
    /// The kind.
    pub kind: UnitKind,
    /// The key of the organisation.
    pub organisation: String,
    /// When it was last changed, when the file comes from an export; counts for a unit that is new
    /// here.
    pub updated_at: Option<Timestamp>,
    /// The rest, tidy and checked.
    pub data: UnitData,
    /// What in it is still to be found: see [`import_unit_texts`].
    pub by_hand: Handwritten,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Keys of units that are new.
    pub created: Vec<String>,
    /// Keys of units that were changed.
    pub changed: Vec<String>,
    /// How many were as they should be.
    pub unchanged: usize,
}

/// What is wrong with a field of an item; named `ITEM:KEY:FIELD` with items counted from 1.
pub(crate) fn at_item(item: usize, key: &str, field: &str, message: Message) -> FieldError {
    FieldError {
        field: format!("{item}:{key}:{field}"),
        message: message
            .with("item", item)
            .with("unit", key)
            .with("field", field),
    }
}

/// Reads a file whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the messages hold `item`,
/// `unit` and `field`.
pub fn parse_units(bytes: &[u8]) -> Result<Vec<UnitInput>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let items: Vec<Value> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("unit-import-unreadable").with("detail", error);
        Problem::field("file", message)
    })?;
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    let mut units = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        let item_number = at + 1;
        match parse_item(item_number, item) {
            Ok(unit) => {
                if !seen.insert(unit.key.clone()) {
                    let message = Message::new("unit-import-key-twice");
                    errors.push(at_item(item_number, &unit.key, "key", message));
                }
                units.push(unit);
            }
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() {
        Ok(units)
    } else {
        Err(Problem::Invalid(errors))
    }
}

fn parse_item(number: usize, item: Value) -> Result<UnitInput, Vec<FieldError>> {
    let Value::Object(mut object) = item else {
        let message = Message::new("unit-import-no-object");
        return Err(vec![at_item(number, "", "", message)]);
    };
    let key = take(&mut object, "key").unwrap_or_default();
    let fault = |field: &str, message: Message| at_item(number, &key, field, message);
    let mut errors = Vec::new();
    if !is_key(&key) {
        errors.push(fault("key", Message::new("unit-import-key")));
    }
    let id = match object.remove("id") {
        None | Some(Value::Null) => None,
        Some(id) => {
            let read = id.as_str().and_then(|id| id.parse().ok());
            if read.is_none() {
                errors.push(fault("id", Message::new("unit-import-id")));
            }
            read
        }
    };
    let slug = take(&mut object, "slug");
    if slug.as_deref().is_some_and(|slug| !is_key(slug)) {
        errors.push(fault("slug", Message::new("unit-import-key")));
    }
    let kind = take(&mut object, "kind").and_then(|kind| UnitKind::parse(&kind));
    if kind.is_none() {
        errors.push(fault("kind", Message::new("unit-import-kind")));
    }
    let organisation = take(&mut object, "organisation").unwrap_or_default();
    let updated_at = object.remove("updated_at");
    let updated_at = updated_at.and_then(|at| at.as_i64().map(Timestamp::from_micros));
    let by_hand = Handwritten::take(&mut object);
    let data: Option<UnitData> = match serde_path_to_error::deserialize(Value::Object(object)) {
        Ok(data) => Some(tidy(data)),
        Err(error) => {
            let message = Message::new("unit-import-field").with("detail", error.inner());
            errors.push(fault(&error.path().to_string(), message));
            None
        }
    };
    for error in data.iter().flat_map(check) {
        errors.push(fault(&error.field, error.message));
    }
    match (kind, data) {
        (Some(kind), Some(data)) if errors.is_empty() => Ok(UnitInput {
            id,
            key,
            slug,
            kind,
            organisation,
            updated_at,
            data,
            by_hand,
        }),
        _ => Err(errors),
    }
}

pub(crate) fn take(object: &mut Map<String, Value>, name: &str) -> Option<String> {
    match object.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// What becomes of an item.
pub(crate) enum Step {
    Create(Box<Unit>),
    Change(Box<Unit>, Box<Unit>),
    Nothing,
}

/// What there is, while an import is planned.
struct Plan<'a> {
    existing: Vec<Unit>,
    ids: HashMap<UnitId, usize>,
    keys: HashMap<String, usize>,
    slugs: HashSet<String>,
    organisations: &'a OrganisationList,
}

impl<'a> Plan<'a> {
    fn new(existing: Vec<Unit>, organisations: &'a OrganisationList) -> Self {
        let by = |of: fn(&Unit) -> String| {
            let pairs = existing.iter().enumerate();
            pairs.map(|(at, unit)| (of(unit), at)).collect()
        };
        Self {
            ids: existing
                .iter()
                .enumerate()
                .map(|(at, unit)| (unit.id, at))
                .collect(),
            keys: by(|unit| unit.key.clone()),
            slugs: existing.iter().map(|unit| unit.slug.clone()).collect(),
            existing,
            organisations,
        }
    }

    fn step(&mut self, author: Author<'_>, input: UnitInput) -> Result<Step, (&str, Message)> {
        let organisation = self.organisations.by_key(&input.organisation).ok_or((
            "organisation",
            Message::new("unit-import-organisation").with("value", &input.organisation),
        ))?;
        let owner = (organisation.id, organisation.authority);
        if let Some(at) = self.known(&input)? {
            let before = self.existing[at].clone();
            if input.slug.as_ref().is_some_and(|it| *it != before.slug) {
                self.reserve(&input)?;
            }
            let after = Unit {
                key: input.key,
                slug: input.slug.unwrap_or_else(|| before.slug.clone()),
                kind: input.kind,
                organisation: owner.0,
                authority: owner.1,
                data: input.data,
                ..before.clone()
            };
            if after == before {
                return Ok(Step::Nothing);
            }
            return Ok(Step::Change(Box::new(before), Box::new(after)));
        }
        let slug = match &input.slug {
            Some(slug) => {
                self.reserve(&input)?;
                slug.clone()
            }
            None => self.free_slug(&input),
        };
        Ok(Step::Create(Box::new(new_unit(author, input, slug, owner))))
    }

    /// Which of the units that there are is meant.
    fn known(&self, input: &UnitInput) -> Result<Option<usize>, (&'static str, Message)> {
        let by_key = self.keys.get(&input.key).copied();
        let by_id = input.id.and_then(|id| self.ids.get(&id).copied());
        match (input.id, by_id, by_key) {
            (None, _, known) => Ok(known),
            (Some(_), own, None) => Ok(own),
            (Some(_), Some(own), Some(other)) if own == other => Ok(Some(own)),
            // The key belongs to a unit with another id.
            (Some(_), _, Some(_)) => Err(("id", Message::new("unit-import-other-id"))),
        }
    }

    /// Finds what was written by hand in an item, or leaves it as it is in the rows.
    fn found(
        &self,
        author: Author<'_>,
        input: &mut UnitInput,
        places: Option<&UnitPlaces>,
    ) -> Result<(), Vec<FieldError>> {
        if input.by_hand.is_empty() {
            return Ok(());
        }
        let known = self.known(input).ok().flatten();
        let existing = known.map(|at| &self.existing[at].data);
        let Some(places) = places else {
            input.by_hand.later(&mut input.data, existing);
            return Ok(());
        };
        let by_hand = &input.by_hand;
        by_hand.resolve(&mut input.data, existing, places, author.ids, author.now)?;
        input.data = tidy(std::mem::take(&mut input.data));
        let errors = check(&input.data);
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    fn reserve(&mut self, input: &UnitInput) -> Result<(), (&'static str, Message)> {
        let slug = input.slug.clone().unwrap_or_default();
        if !is_taken(&slug) && self.slugs.insert(slug) {
            Ok(())
        } else {
            Err(("slug", Message::new("unit-import-slug-taken")))
        }
    }

    /// From the Swedish name, else the key, else the key with a number.
    fn free_slug(&mut self, input: &UnitInput) -> String {
        let name = slugify(input.data.name.get(Locale::SV));
        let mut candidates = [name, input.key.clone()]
            .into_iter()
            .chain((2..).map(|number| format!("{}-{number}", input.key)));
        let slug = candidates
            .find(|slug| !(slug.is_empty() || is_taken(slug) || self.slugs.contains(slug)))
            .expect("numbers do not end");
        self.slugs.insert(slug.clone());
        slug
    }

    /// What a unit names and that neither is there nor comes with the same file.
    fn dangling(&self, input: &UnitInput, coming: &HashSet<String>) -> Option<FieldError> {
        let closed = input.data.closed.as_ref();
        let instead = closed.and_then(|closed| closed.instead.as_ref());
        let named = |field, key| (field, key);
        let mut all = input.data.related.iter().map(|key| named("related", key));
        let there = |key: &String| {
            *key != input.key && (coming.contains(key) || self.keys.contains_key(key))
        };
        let wrong = all
            .by_ref()
            .chain(instead.map(|key| named("closed.instead", key)))
            .find(|(_, key)| !there(key))?;
        Some(FieldError {
            field: wrong.0.to_owned(),
            message: Message::new("unit-error-related").with("value", wrong.1),
        })
    }
}

/// Parts of addresses that lists of the directory have.
pub(crate) fn is_taken(slug: &str) -> bool {
    const OWN: [&str; 8] = [
        "tjanst", "tjanster", "jamfor", "andrat", "service", "services", "compare", "changed",
    ];
    OWN.contains(&slug)
}

fn new_unit(
    author: Author<'_>,
    input: UnitInput,
    slug: String,
    owner: (OrganisationId, Option<torg_kernel::AuthorityId>),
) -> Unit {
    Unit {
        id: input
            .id
            .unwrap_or_else(|| UnitId::new(author.ids, author.now)),
        key: input.key,
        slug,
        kind: input.kind,
        organisation: owner.0,
        authority: owner.1,
        data: input.data,
        version: 1,
        updated_at: input.updated_at.map_or(author.now, |at| at.min(author.now)),
    }
}

pub(crate) async fn plan<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    inputs: Vec<UnitInput>,
    organisations: &OrganisationList,
    places: Option<&UnitPlaces>,
) -> Result<(Vec<Step>, ImportReport)> {
    let mut plan = Plan::new(store::list(on).await?, organisations);
    let mut errors = Vec::new();
    let mut steps = Vec::with_capacity(inputs.len());
    let mut report = ImportReport::default();
    let coming: HashSet<String> = inputs.iter().map(|input| input.key.clone()).collect();
    for (at, mut input) in inputs.into_iter().enumerate() {
        if let Some(error) = plan.dangling(&input, &coming) {
            errors.push(at_item(at + 1, &input.key, &error.field, error.message));
            continue;
        }
        if places.is_some() && input.by_hand.is_empty() {
            continue;
        }
        let key = input.key.clone();
        if let Err(wrong) = plan.found(author, &mut input, places) {
            let named = |error: FieldError| at_item(at + 1, &key, &error.field, error.message);
            errors.extend(wrong.into_iter().map(named));
            continue;
        }
        match plan.step(author, input) {
            Ok(step) => {
                match step {
                    Step::Create(_) => report.created.push(key),
                    Step::Change(..) => report.changed.push(key),
                    Step::Nothing => report.unchanged += 1,
                }
                steps.push(step);
            }
            Err((field, message)) => errors.push(at_item(at + 1, &key, field, message)),
        }
    }
    if errors.is_empty() {
        Ok((steps, report))
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// What an import would do, without doing it.
///
/// # Errors
/// As [`import_units`].
pub async fn preview_units<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    units: Vec<UnitInput>,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    Ok(plan(on, author, units, organisations, None).await?.1)
}

/// Makes the units be as the file wants them. Units that it does not name are left alone. A unit
/// is known again by its id, or by its key when the file gives no id. What was written by hand and
/// needs pages, facts or pictures stays as it is in the rows; [`import_unit_texts`] takes it in.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the job must then fail as a
/// whole.
pub async fn import_units(
    context: &WriteContext,
    author: Author<'_>,
    units: Vec<UnitInput>,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    let planned = plan(&**context, author, units, organisations, None).await?;
    carry_out(context, author, planned).await
}

/// Takes in the units of the same file that hold texts or pictures written by hand, when all that
/// they point at is there.
///
/// # Errors
/// As [`import_units`], and for what the texts point at and that is not there.
pub async fn import_unit_texts(
    context: &WriteContext,
    author: Author<'_>,
    units: Vec<UnitInput>,
    organisations: &OrganisationList,
    places: &UnitPlaces,
) -> Result<ImportReport> {
    let planned = plan(&**context, author, units, organisations, Some(places)).await?;
    carry_out(context, author, planned).await
}

pub(crate) async fn carry_out(
    context: &WriteContext,
    author: Author<'_>,
    (steps, report): (Vec<Step>, ImportReport),
) -> Result<ImportReport> {
    for step in steps {
        match step {
            Step::Create(unit) => service::create(context, author, &unit).await?,
            Step::Change(before, after) => {
                service::change(context, author, &before, *after).await?;
            }
            Step::Nothing => {}
        }
    }
    Ok(report)
}
