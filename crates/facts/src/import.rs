//! `facts.json`: facts as a file, there and back. Each item is what one fact says during a time,
//! so a key may stand in several items. An import is all or nothing, and one that changes nothing
//! writes nothing.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{FactId, FieldError, Message, Problem, Result};
use torg_log::Author;
use torg_web::OrganisationList;

use crate::model::{Fact, FactValue};
use crate::{service, store};

/// An item of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactInput {
    /// The id, when the file comes from an export.
    pub id: Option<FactId>,
    /// The key.
    pub key: String,
    /// The key of the organisation.
    pub organisation: String,
    /// What it says, tidy and checked.
    pub value: FactValue,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Keys of facts that are new.
    pub created: Vec<String>,
    /// Keys of facts that were changed.
    pub changed: Vec<String>,
    /// How many were as they should be.
    pub unchanged: usize,
}

/// What is wrong with a field of an item; named `ITEM:KEY:FIELD` with items counted from 1.
fn at_item(item: usize, key: &str, field: &str, message: Message) -> FieldError {
    FieldError {
        field: format!("{item}:{key}:{field}"),
        message: message
            .with("item", item)
            .with("fact", key)
            .with("field", field),
    }
}

/// Reads a file whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the messages hold `item`,
/// `fact` and `field`.
pub fn parse_facts(bytes: &[u8]) -> Result<Vec<FactInput>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let items: Vec<Value> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("fact-import-unreadable").with("detail", error);
        Problem::field("file", message)
    })?;
    let mut errors = Vec::new();
    let mut facts = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        match parse_item(at + 1, item) {
            Ok(fact) => facts.push(fact),
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() {
        Ok(facts)
    } else {
        Err(Problem::Invalid(errors))
    }
}

fn parse_item(number: usize, item: Value) -> Result<FactInput, Vec<FieldError>> {
    let Value::Object(mut object) = item else {
        let message = Message::new("fact-import-no-object");
        return Err(vec![at_item(number, "", "", message)]);
    };
    let mut take = |name: &str| match object.remove(name) {
        Some(Value::String(text)) => text,
        Some(Value::Null) | None => String::new(),
        // Something else is no text, and no id or key either.
        Some(_) => "?".to_owned(),
    };
    let (key, id, organisation) = (take("key"), take("id"), take("organisation"));
    let fault = |field: &str, message: Message| at_item(number, &key, field, message);
    let mut errors = Vec::new();
    if !is_key(&key) {
        errors.push(fault("key", Message::new("fact-import-key")));
    }
    let id = if id.is_empty() {
        None
    } else {
        let read = id.parse().ok();
        if read.is_none() {
            errors.push(fault("id", Message::new("fact-import-id")));
        }
        read
    };
    let value: Result<FactValue, _> = serde_path_to_error::deserialize(Value::Object(object));
    match value {
        Ok(value) => {
            let value = value.tidy();
            for error in value.check() {
                errors.push(fault(&error.field, error.message));
            }
            if errors.is_empty() {
                return Ok(FactInput {
                    id,
                    key,
                    organisation,
                    value,
                });
            }
        }
        Err(error) => {
            let message = Message::new("fact-import-field").with("detail", error.inner());
            errors.push(fault(&error.path().to_string(), message));
        }
    }
    Err(errors)
}

/// A key can stand in links and logs: a–z, 0–9 and hyphens, at most 80 characters.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Puts what a file says among what was known: a value with the same first day takes the place of
/// the old one, and a value without a last day ends when the next one begins.
fn merge(known: &[FactValue], new: Vec<FactValue>) -> Result<Vec<FactValue>, Message> {
    let mut values = BTreeMap::new();
    for value in known {
        values.insert(value.valid_from, value.clone());
    }
    let mut seen = Vec::new();
    for value in new {
        if seen.contains(&value.valid_from) {
            return Err(Message::new("fact-import-day-twice"));
        }
        seen.push(value.valid_from);
        values.insert(value.valid_from, value);
    }
    let mut values: Vec<FactValue> = values.into_values().collect();
    for at in 1..values.len() {
        if values[at - 1].valid_to.is_none() {
            let begins = values[at].valid_from;
            values[at - 1].valid_to = begins.and_then(|day| day.yesterday().ok());
        }
        if values[at - 1].overlaps(&values[at]) {
            return Err(Message::new("fact-import-overlap"));
        }
    }
    Ok(values)
}

/// The items of one key.
struct Group {
    item: usize,
    id: Option<FactId>,
    organisation: String,
    values: Vec<FactValue>,
}

fn grouped(inputs: Vec<FactInput>, errors: &mut Vec<FieldError>) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (at, input) in inputs.into_iter().enumerate() {
        let group = groups.entry(input.key.clone()).or_insert_with(|| Group {
            item: at + 1,
            id: input.id,
            organisation: input.organisation.clone(),
            values: Vec::new(),
        });
        if group.id != input.id || group.organisation != input.organisation {
            let message = Message::new("fact-import-two-owners");
            errors.push(at_item(at + 1, &input.key, "organisation", message));
        }
        group.values.push(input.value);
    }
    groups
}

struct Step {
    before: Option<Fact>,
    after: Fact,
}

fn step(
    author: Author<'_>,
    known: &[Fact],
    organisations: &OrganisationList,
    key: &str,
    group: Group,
) -> Result<Step, (&'static str, Message)> {
    let owner = organisations.by_key(&group.organisation).ok_or((
        "organisation",
        Message::new("fact-import-organisation").with("value", &group.organisation),
    ))?;
    let by_key = known.iter().find(|fact| fact.key == key);
    let before = match (group.id, by_key) {
        (Some(id), Some(fact)) if fact.id != id => {
            return Err(("id", Message::new("fact-import-other-id")));
        }
        (Some(id), None) => known.iter().find(|fact| fact.id == id),
        (_, fact) => fact,
    };
    let values = merge(
        before
            .map(|fact| fact.values.as_slice())
            .unwrap_or_default(),
        group.values,
    )
    .map_err(|message| ("valid_from", message))?;
    Ok(Step {
        after: Fact {
            id: before
                .map(|fact| fact.id)
                .or(group.id)
                .unwrap_or_else(|| FactId::new(author.ids, author.now)),
            key: key.to_owned(),
            organisation: owner.id,
            authority: owner.authority,
            values,
        },
        before: before.cloned(),
    })
}

async fn plan<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    inputs: Vec<FactInput>,
    organisations: &OrganisationList,
) -> Result<(Vec<Step>, ImportReport)> {
    let known = store::list(on).await?;
    let mut errors = Vec::new();
    let mut steps = Vec::new();
    let mut report = ImportReport::default();
    for (key, group) in grouped(inputs, &mut errors) {
        let item = group.item;
        match step(author, &known, organisations, &key, group) {
            Ok(step) => {
                match &step.before {
                    None => report.created.push(key),
                    Some(before) if *before == step.after => report.unchanged += 1,
                    Some(_) => report.changed.push(key),
                }
                steps.push(step);
            }
            Err((field, message)) => errors.push(at_item(item, &key, field, message)),
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
/// As [`import_facts`].
pub async fn preview_facts<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    facts: Vec<FactInput>,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    Ok(plan(on, author, facts, organisations).await?.1)
}

/// Makes the facts say what the file says. Facts and times that it does not name are left alone;
/// a value without a last day ends when the next one begins.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the job must then fail as a
/// whole.
pub async fn import_facts(
    context: &WriteContext,
    author: Author<'_>,
    facts: Vec<FactInput>,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    let (steps, report) = plan(&**context, author, facts, organisations).await?;
    for step in steps {
        match step.before {
            None => service::create(context, author, &step.after).await?,
            Some(before) => {
                service::change(context, author, &before, &step.after).await?;
            }
        }
    }
    Ok(report)
}

#[derive(Serialize)]
struct Exported<'a> {
    id: FactId,
    key: &'a str,
    organisation: &'a str,
    #[serde(flatten)]
    value: &'a FactValue,
}

/// All facts as a file that can be imported again, by key and first day. What was superseded is
/// not in it.
///
/// # Errors
/// When the database fails, or a fact's organisation is not in the list.
pub async fn export_facts<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
) -> Result<String> {
    let facts = store::list(on).await?;
    let mut exported = Vec::new();
    for fact in &facts {
        let organisation = organisations.find(fact.organisation).ok_or_else(|| {
            Problem::internal(format!("the fact {} has an unknown organisation", fact.key))
        })?;
        exported.extend(fact.values.iter().map(|value| Exported {
            id: fact.id,
            key: &fact.key,
            organisation: &organisation.key,
            value,
        }));
    }
    let mut text = serde_json::to_string_pretty(&exported)?;
    text.push('\n');
    Ok(text)
}
