//! This room's only SQL. A value is never overwritten: it is superseded, so that what was said on
//! a day can be told afterwards.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all};
use torg_kernel::{AuthorityId, FactId, Ids, Locale, OrganisationId, Result, Subject, Timestamp};
use uuid::Uuid;

use crate::import::is_key;
use crate::model::{Fact, FactValue};
use crate::text::Text;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    label_sv: Option<String>,
    label_en: Option<String>,
    value_sv: Option<String>,
    value_en: Option<String>,
    label_others: Option<String>,
    value_others: Option<String>,
    valid_from: Option<String>,
    valid_to: Option<String>,
}

fn day(text: Option<String>) -> Result<Option<Date>> {
    Ok(text.map(|text| text.parse()).transpose()?)
}

fn text(sv: String, en: Option<String>, others: Option<String>) -> Result<Text> {
    let others: BTreeMap<Locale, String> = match others {
        Some(json) => serde_json::from_str(&json)?,
        None => BTreeMap::new(),
    };
    let own = [(Locale::SV, sv), (Locale::EN, en.unwrap_or_default())];
    Ok(Text::new(own.into_iter().chain(others)))
}

/// The other languages as they are stored; null when there are none.
fn others(text: &Text) -> Result<SqlValue> {
    let others: BTreeMap<Locale, &str> = text.others().collect();
    let json = (!others.is_empty()).then(|| serde_json::to_string(&others));
    Ok(json.transpose()?.into())
}

fn facts(rows: Vec<Row>) -> Result<Vec<Fact>> {
    let mut facts: BTreeMap<String, Fact> = BTreeMap::new();
    for row in rows {
        let fact = facts.entry(row.key.clone()).or_insert_with(|| Fact {
            id: FactId(row.id),
            key: row.key,
            organisation: OrganisationId(row.organisation_id),
            authority: row.authority_id.map(AuthorityId),
            values: Vec::new(),
        });
        if let (Some(label), Some(value)) = (row.label_sv, row.value_sv) {
            fact.values.push(FactValue {
                label: text(label, row.label_en, row.label_others)?,
                value: text(value, row.value_en, row.value_others)?,
                valid_from: day(row.valid_from)?,
                valid_to: day(row.valid_to)?,
            });
        }
    }
    let mut facts: Vec<Fact> = facts.into_values().collect();
    for fact in &mut facts {
        fact.values.sort_by_key(|value| value.valid_from);
    }
    Ok(facts)
}

async fn read<C: ConnectionTrait>(
    on: &C,
    holds: &str,
    condition: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Fact>> {
    let sql = format!(
        "SELECT f.id, f.key, f.organisation_id, f.authority_id, v.label_sv, v.label_en, \
         v.value_sv, v.value_en, v.label_others, v.value_others, v.valid_from, v.valid_to FROM fact f \
         LEFT JOIN fact_value v ON v.fact_id = f.id AND {holds} {condition}"
    );
    facts(fetch_all(on, &sql, values).await?)
}

const NOW: &str = "v.superseded_at IS NULL";

/// All facts by key, as they are known now.
///
/// # Errors
/// When the database fails.
pub async fn list<C: ConnectionTrait>(on: &C) -> Result<Vec<Fact>> {
    read(on, NOW, "", vec![]).await
}

/// The fact with an id, as it is known now.
///
/// # Errors
/// When the database fails.
pub async fn find<C: ConnectionTrait>(on: &C, id: FactId) -> Result<Option<Fact>> {
    let facts = read(on, NOW, "WHERE f.id = $1", vec![id.0.into()]).await?;
    Ok(facts.into_iter().next())
}

/// The fact with a key: what `fact:KEY` in files means.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Fact>> {
    // PostgreSQL refuses some texts, such as one with a null character.
    if !is_key(key) {
        return Ok(None);
    }
    let facts = read(on, NOW, "WHERE f.key = $1", vec![key.into()]).await?;
    Ok(facts.into_iter().next())
}

/// The fact as it was known at an instant: what a page of that time said.
///
/// # Errors
/// When the database fails.
pub async fn find_as_known<C: ConnectionTrait>(
    on: &C,
    id: FactId,
    at: Timestamp,
) -> Result<Option<Fact>> {
    let facts = read(
        on,
        "v.recorded_at <= $2 AND (v.superseded_at IS NULL OR v.superseded_at > $2)",
        "WHERE f.id = $1",
        vec![id.0.into(), at.micros().into()],
    )
    .await?;
    Ok(facts.into_iter().next())
}

/// Those of the ids that there are, in one question.
///
/// # Errors
/// When the database fails.
pub async fn list_by_id<C: ConnectionTrait>(on: &C, ids: &[FactId]) -> Result<Vec<Fact>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let condition = format!("WHERE f.id IN ({})", marks.join(", "));
    let values = ids.iter().map(|id| id.0.into()).collect();
    read(on, NOW, &condition, values).await
}

/// Every fact as a subject with its canonical JSON: what the last event about it must say too.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list(on)
        .await?
        .iter()
        .map(|fact| Ok((Subject::new("fact", fact.id), fact.canonical()?)))
        .collect()
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, fact: &Fact) -> Result<()> {
    execute(
        on,
        "INSERT INTO fact (id, key, organisation_id, authority_id) VALUES ($1, $2, $3, $4)",
        columns(fact),
    )
    .await?;
    Ok(())
}

pub(crate) async fn update<C: ConnectionTrait>(on: &C, fact: &Fact) -> Result<()> {
    execute(
        on,
        "UPDATE fact SET key = $2, organisation_id = $3, authority_id = $4 WHERE id = $1",
        columns(fact),
    )
    .await?;
    Ok(())
}

fn columns(fact: &Fact) -> Vec<SqlValue> {
    vec![
        fact.id.0.into(),
        fact.key.clone().into(),
        fact.organisation.0.into(),
        SqlValue::Uuid(fact.authority.map(Into::into)),
    ]
}

/// Takes a fact away with all its values.
pub(crate) async fn delete<C: ConnectionTrait>(on: &C, id: FactId) -> Result<()> {
    for sql in [
        "DELETE FROM fact_value WHERE fact_id = $1",
        "DELETE FROM fact WHERE id = $1",
    ] {
        execute(on, sql, vec![id.0.into()]).await?;
    }
    Ok(())
}

/// Says of a value that it is no longer what we know.
pub(crate) async fn supersede<C: ConnectionTrait>(
    on: &C,
    fact: FactId,
    value: &FactValue,
    now: Timestamp,
) -> Result<()> {
    // Values of one fact never share a first day, and null is a day of its own here.
    execute(
        on,
        "UPDATE fact_value SET superseded_at = $1 WHERE fact_id = $2 \
         AND COALESCE(valid_from, '') = $3 AND superseded_at IS NULL",
        vec![
            now.micros().into(),
            fact.0.into(),
            value
                .valid_from
                .map(|day| day.to_string())
                .unwrap_or_default()
                .into(),
        ],
    )
    .await?;
    Ok(())
}

/// A text in one of the two languages that have columns of their own.
fn own(text: &Text, locale: Locale) -> SqlValue {
    text.find(locale).unwrap_or_default().to_owned().into()
}

pub(crate) async fn insert_value<C: ConnectionTrait>(
    on: &C,
    ids: &dyn Ids,
    fact: FactId,
    value: &FactValue,
    now: Timestamp,
) -> Result<()> {
    execute(
        on,
        "INSERT INTO fact_value (id, fact_id, label_sv, label_en, value_sv, value_en, \
         valid_from, valid_to, recorded_at, superseded_at, label_others, value_others) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL, $10, $11)",
        vec![
            ids.uuid(now).into(),
            fact.0.into(),
            own(&value.label, Locale::SV),
            own(&value.label, Locale::EN),
            own(&value.value, Locale::SV),
            own(&value.value, Locale::EN),
            value.valid_from.map(|day| day.to_string()).into(),
            value.valid_to.map(|day| day.to_string()).into(),
            now.micros().into(),
            others(&value.label)?,
            others(&value.value)?,
        ],
    )
    .await?;
    Ok(())
}
