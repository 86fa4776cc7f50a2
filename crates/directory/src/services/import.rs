//! `services.json`: the services as a file, there and back. An import is all or nothing, and one
//! that changes nothing writes nothing.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::Value;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{FieldError, Locale, Message, Problem, Result, ServiceId, Timestamp, slugify};
use torg_log::Author;
use torg_web::OrganisationList;

use super::change::{change, create};
use super::check::{check, tidy};
use super::model::{Category, Service, ServiceData};
use super::store;
use crate::check::is_key;
use crate::import::{ImportReport, at_item, take};

/// A service as a file wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceInput {
    /// The id, when the file comes from an export.
    pub id: Option<ServiceId>,
    /// The key.
    pub key: String,
    /// The part of the address, when the file comes from an export.
    pub slug: Option<String>,
    /// What it is about.
    pub category: Category,
    /// The key of the organisation.
    pub organisation: String,
    /// When it was last changed, when the file comes from an export; counts for a service that is
    /// new here.
    pub updated_at: Option<Timestamp>,
    /// The rest, tidy and checked.
    pub data: ServiceData,
}

/// Reads a file whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault.
pub fn parse_services(bytes: &[u8]) -> Result<Vec<ServiceInput>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let items: Vec<Value> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("unit-import-unreadable").with("detail", error);
        Problem::field("file", message)
    })?;
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    let mut services = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        match parse_item(at + 1, item) {
            Ok(service) => {
                if !seen.insert(service.key.clone()) {
                    let message = Message::new("unit-import-key-twice");
                    errors.push(at_item(at + 1, &service.key, "key", message));
                }
                services.push(service);
            }
            Err(faults) => errors.extend(faults),
        }
    }
    match errors.is_empty() {
        true => Ok(services),
        false => Err(Problem::Invalid(errors)),
    }
}

fn parse_item(number: usize, item: Value) -> Result<ServiceInput, Vec<FieldError>> {
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
    let category = take(&mut object, "category").and_then(|name| Category::parse(&name));
    if category.is_none() {
        errors.push(fault("category", Message::new("service-import-category")));
    }
    let organisation = take(&mut object, "organisation").unwrap_or_default();
    let updated_at = object.remove("updated_at");
    let updated_at = updated_at.and_then(|at| at.as_i64().map(Timestamp::from_micros));
    let data: Option<ServiceData> = match serde_path_to_error::deserialize(Value::Object(object)) {
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
    match (category, data) {
        (Some(category), Some(data)) if errors.is_empty() => Ok(ServiceInput {
            id,
            key,
            slug,
            category,
            organisation,
            updated_at,
            data,
        }),
        _ => Err(errors),
    }
}

/// What there is, while an import is carried out.
struct Plan {
    existing: HashMap<String, Service>,
    slugs: HashSet<String>,
}

impl Plan {
    fn new(existing: Vec<Service>) -> Self {
        Self {
            slugs: existing.iter().map(|own| own.slug.clone()).collect(),
            existing: existing
                .into_iter()
                .map(|own| (own.key.clone(), own))
                .collect(),
        }
    }

    /// From the file, else the Swedish name, else the key, else the key with a number.
    fn slug(&mut self, input: &ServiceInput) -> Result<String, (&'static str, Message)> {
        if let Some(slug) = &input.slug {
            return match self.slugs.insert(slug.clone()) {
                true => Ok(slug.clone()),
                false => Err(("slug", Message::new("unit-import-slug-taken"))),
            };
        }
        let mut candidates = [slugify(input.data.name.get(Locale::SV)), input.key.clone()]
            .into_iter()
            .chain((2..).map(|number| format!("{}-{number}", input.key)));
        let slug = candidates
            .find(|slug| !slug.is_empty() && !self.slugs.contains(slug))
            .expect("numbers do not end");
        self.slugs.insert(slug.clone());
        Ok(slug)
    }

    /// The row before, if there is one, and the row that the file wants.
    fn wanted(
        &mut self,
        author: Author<'_>,
        input: ServiceInput,
        organisations: &OrganisationList,
    ) -> Result<(Option<Service>, Service), (&'static str, Message)> {
        let organisation = organisations.by_key(&input.organisation).ok_or((
            "organisation",
            Message::new("unit-import-organisation").with("value", &input.organisation),
        ))?;
        let before = self.existing.get(&input.key).cloned();
        let other = |before: &Service| input.id.is_some_and(|id| id != before.id);
        if before.as_ref().is_some_and(other) {
            return Err(("id", Message::new("unit-import-other-id")));
        }
        let slug = match &before {
            Some(before) if input.slug.as_ref().is_none_or(|it| *it == before.slug) => {
                before.slug.clone()
            }
            _ => self.slug(&input)?,
        };
        let after = Service {
            id: before.as_ref().map_or_else(
                || {
                    input
                        .id
                        .unwrap_or_else(|| ServiceId::new(author.ids, author.now))
                },
                |before| before.id,
            ),
            key: input.key,
            slug,
            category: input.category,
            organisation: organisation.id,
            authority: organisation.authority,
            data: input.data,
            version: before.as_ref().map_or(1, |before| before.version),
            updated_at: match &before {
                Some(before) => before.updated_at,
                None => input.updated_at.map_or(author.now, |at| at.min(author.now)),
            },
        };
        Ok((before, after))
    }
}

/// Makes the services be as the file wants them. Those that it does not name are left alone; one is
/// known again by its key.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the job must then fail as a
/// whole.
pub async fn import_services(
    context: &WriteContext,
    author: Author<'_>,
    inputs: Vec<ServiceInput>,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    let mut plan = Plan::new(store::list(&**context).await?);
    let keys: HashSet<String> = inputs.iter().map(|input| input.key.clone()).collect();
    let coming = |key: &str| keys.contains(key);
    let mut errors = Vec::new();
    let mut report = ImportReport::default();
    for (at, input) in inputs.into_iter().enumerate() {
        let key = input.key.clone();
        let wrong = |field: &str, message: Message| at_item(at + 1, &key, field, message);
        let (before, after) = match plan.wanted(author, input, organisations) {
            Ok(pair) => pair,
            Err((field, message)) => {
                errors.push(wrong(field, message));
                continue;
            }
        };
        let done = match &before {
            Some(before) => change(context, author, before, after, &coming).await,
            None => create(context, author, &after, &coming)
                .await
                .map(|()| true),
        };
        match done {
            Ok(true) if before.is_none() => report.created.push(key),
            Ok(true) => report.changed.push(key),
            Ok(false) => report.unchanged += 1,
            Err(Problem::Invalid(faults)) => {
                errors.extend(faults.into_iter().map(|it| wrong(&it.field, it.message)));
            }
            Err(other) => return Err(other),
        }
    }
    match errors.is_empty() {
        true => Ok(report),
        false => Err(Problem::Invalid(errors)),
    }
}

#[derive(Serialize)]
struct Exported<'a> {
    id: ServiceId,
    key: &'a str,
    slug: &'a str,
    category: Category,
    organisation: &'a str,
    updated_at: Timestamp,
    #[serde(flatten)]
    data: &'a ServiceData,
}

/// All services as a file that can be imported again, by key.
///
/// # Errors
/// When the database fails, or a service's organisation is not in the list.
pub async fn export_services<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
) -> Result<String> {
    let mut services = store::list(on).await?;
    services.sort_by(|one, other| one.key.cmp(&other.key));
    let mut exported = Vec::with_capacity(services.len());
    for service in &services {
        let organisation = organisations.find(service.organisation).ok_or_else(|| {
            Problem::internal(format!("service {} has no organisation", service.key))
        })?;
        exported.push(Exported {
            id: service.id,
            key: &service.key,
            slug: &service.slug,
            category: service.category,
            organisation: &organisation.key,
            updated_at: service.updated_at,
            data: &service.data,
        });
    }
    let mut json = serde_json::to_string_pretty(&exported)?;
    json.push('\n');
    Ok(json)
}
