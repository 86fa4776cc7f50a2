//! Layers from GeoJSON files, there and back. An import is all or nothing; what a file says replaces
//! what the layer had, so that the file is the layer. One that changes nothing writes nothing.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use torg_db::{ConnectionTrait, WriteContext};
use torg_geo::{FeatureFault, Limits, ReadFeature, read_geojson};
use torg_kernel::{FieldError, Locale, Message, OrganisationId, Problem, Result, slugify, squeeze};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::OrganisationList;

use crate::model::Words;
use crate::store;
use crate::stored::{FeatureData, LayerData, StoredFeature, StoredLayer, digest};

/// The tag of everything that shows imported layers.
pub const MAP_TAG: &str = "map-layers";

/// What a file is to become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerInput {
    /// The layer's name in addresses.
    pub key: String,
    /// Who answers for it; for a layer that is there already, it must be whoever does so now.
    pub organisation: OrganisationId,
    /// What is said of it; `None` keeps what is said of a layer that is there.
    pub data: Option<LayerData>,
    /// The property that names each feature; empty finds one by itself.
    pub name_from: String,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AreaReport {
    /// The layer's name in addresses.
    pub layer: String,
    /// Features that were not there.
    pub added: usize,
    /// Features that are not as they were.
    pub changed: usize,
    /// Features that are as they were.
    pub unchanged: usize,
    /// Features that are gone.
    pub removed: usize,
    /// The property that names were taken from.
    pub name_from: String,
}

/// A layer and its features, ready to be written.
#[derive(Debug, Clone)]
pub struct ReadLayer {
    input: LayerInput,
    features: Vec<StoredFeature>,
    name_from: String,
}

/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most characters of what a file says of one feature.
const LONGEST_PROPERTIES: usize = 20_000;
/// The most faults that are told: who has more has one mistake many times.
const MOST_FAULTS: usize = 100;

/// Whether a text can be a layer's name in addresses.
#[must_use]
pub fn is_key(key: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    !key.is_empty() && key.len() <= 60 && key.bytes().all(fits)
}

fn of_layer(layer: &str, message: Message) -> FieldError {
    FieldError {
        field: layer.to_owned(),
        message,
    }
}

/// A feature's fault as people find it in the file: line, number and place.
fn located(name: &str, fault: &FeatureFault) -> FieldError {
    let mut field = format!("{name}:{} features[{}]", fault.line, fault.number - 1);
    if !fault.place.is_empty() {
        field.push('.');
        field.push_str(&fault.place);
    }
    FieldError {
        field,
        message: fault.fault.message(),
    }
}

/// Reads a file. `name` stands in what is told of faults.
///
/// # Errors
/// [`Problem::Invalid`] with line, feature and place for each fault.
pub fn read_layer(name: &str, bytes: &[u8], input: LayerInput) -> Result<ReadLayer> {
    if !is_key(&input.key) {
        return Err(Problem::field("layer", Message::new("map-error-layer-key")));
    }
    if input
        .data
        .as_ref()
        .is_some_and(|data| data.name.get(Locale::SV).is_empty())
    {
        return Err(Problem::field(
            "name_sv",
            Message::new("map-error-layer-name"),
        ));
    }
    let reading = read_geojson(bytes, Limits::default())
        .map_err(|fault| Problem::field(name, fault.message()))?;
    let mut errors: Vec<FieldError> = reading
        .faults
        .iter()
        .map(|fault| located(name, fault))
        .collect();
    let name_from = match input.name_from.trim() {
        "" => naming_property(&reading.features),
        given => given.to_owned(),
    };
    let mut keys = HashSet::new();
    let mut features = Vec::with_capacity(reading.features.len());
    for own in reading.features {
        let place = format!(
            "{name}:{} features[{}].properties",
            own.line,
            own.number - 1
        );
        match feature(own, &name_from, &mut keys) {
            Ok(feature) => features.push(feature),
            Err(message) => errors.push(of_layer(&place, message)),
        }
    }
    let more = errors.len().saturating_sub(MOST_FAULTS);
    if more > 0 {
        errors.truncate(MOST_FAULTS);
        errors.push(of_layer(
            name,
            Message::new("map-error-more").with("count", more),
        ));
    }
    if errors.is_empty() {
        Ok(ReadLayer {
            input,
            features,
            name_from,
        })
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// The property that most probably names features: by what it is called, and held by all of them.
fn naming_property(features: &[ReadFeature]) -> String {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for own in features {
        for (key, value) in &own.properties {
            if value.as_str().is_some_and(|text| !text.trim().is_empty()) {
                *held.entry(key).or_default() += 1;
            }
        }
    }
    let rank = |key: &str| match key.to_lowercase().as_str() {
        "name" | "namn" | "name_sv" => 0,
        "title" | "titel" | "rubrik" => 1,
        other if other.ends_with("namn") || other.ends_with("name") => 2,
        _ => 3,
    };
    held.into_iter()
        .filter(|(key, count)| *count == features.len() && rank(key) < 3)
        .min_by_key(|(key, _)| rank(key))
        .map(|(key, _)| key.to_owned())
        .unwrap_or_default()
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => squeeze(text),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn feature(
    own: ReadFeature,
    name_from: &str,
    keys: &mut HashSet<String>,
) -> Result<StoredFeature, Message> {
    let said = |key: &str| text_of(own.properties.get(key));
    let name = said(name_from);
    if name_from.is_empty() || name.is_empty() {
        return Err(Message::new("map-error-no-name").with("property", name_from));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Message::new("map-error-long-name").with("most", LONGEST_NAME));
    }
    let size = serde_json::to_string(&own.properties).map_or(usize::MAX, |text| text.len());
    if size > LONGEST_PROPERTIES {
        return Err(Message::new("map-error-long-properties").with("most", LONGEST_PROPERTIES));
    }
    let href = said("href");
    let href = if href.starts_with("https://") || (href.starts_with('/') && !href.starts_with("//"))
    {
        href
    } else {
        String::new()
    };
    let given = own.id.clone().unwrap_or_else(|| said("id"));
    let mut key = slugify(&given);
    if key.is_empty() {
        key = slugify(&name);
    }
    if key.is_empty() {
        key = format!("o{}", own.number);
    }
    if !keys.insert(key.clone()) {
        if !given.is_empty() {
            return Err(Message::new("map-error-id-twice").with("id", given));
        }
        let free = (2..)
            .map(|more| format!("{key}-{more}"))
            .find(|next| !keys.contains(next));
        key = free.unwrap_or(key);
        keys.insert(key.clone());
    }
    let data = FeatureData {
        name: Words::new(&name, &said("name_en")),
        href,
        properties: own.properties,
    };
    Ok(StoredFeature {
        key,
        data,
        shape: own.shape,
    })
}

/// What writing it would do, with the layer as it is.
///
/// # Errors
/// [`Problem::Invalid`] when the layer is somebody else's, or is new and has no name.
pub async fn preview_layer<C: ConnectionTrait>(
    on: &C,
    read: &ReadLayer,
) -> Result<(AreaReport, Option<StoredLayer>)> {
    let before = store::find_layer(on, &read.input.key).await?;
    let mut report = AreaReport {
        layer: read.input.key.clone(),
        name_from: read.name_from.clone(),
        ..AreaReport::default()
    };
    let mut had = BTreeMap::new();
    match &before {
        Some(layer) => {
            if layer.organisation != read.input.organisation {
                let message = Message::new("map-error-layer-owner");
                return Err(Problem::field("layer", message));
            }
            for own in store::list_features(on, layer.id).await? {
                had.insert(own.key.clone(), own.texts()?);
            }
        }
        None if read.input.data.is_none() => {
            return Err(Problem::field(
                "name_sv",
                Message::new("map-error-layer-name"),
            ));
        }
        None => {}
    }
    for own in &read.features {
        match had.remove(&own.key) {
            None => report.added += 1,
            Some(texts) if texts == own.texts()? => report.unchanged += 1,
            Some(_) => report.changed += 1,
        }
    }
    report.removed = had.len();
    Ok((report, before))
}

/// Writes a layer with its event. The caller has checked that the author may do so for its
/// organisation.
///
/// # Errors
/// As [`preview_layer`]; [`Problem::Conflict`] when somebody else changed it in between.
pub async fn write_layer(
    context: &WriteContext,
    author: Author<'_>,
    read: ReadLayer,
) -> Result<AreaReport> {
    let (report, before) = preview_layer(&**context, &read).await?;
    let kept = before.as_ref().map(|layer| layer.data.clone());
    let after = StoredLayer {
        id: before
            .as_ref()
            .map_or_else(|| author.ids.uuid(author.now), |layer| layer.id),
        key: read.input.key,
        organisation: read.input.organisation,
        data: read.input.data.or(kept).unwrap_or_default(),
        features: i64::try_from(read.features.len())?,
        digest: digest(&read.features)?,
        version: before.as_ref().map_or(1, |layer| layer.version + 1),
        updated_at: author.now,
    };
    let alike = before
        .as_ref()
        .is_some_and(|layer| layer.data == after.data && layer.digest == after.digest);
    if alike {
        return Ok(report);
    }
    store::put_layer(&**context, &after).await?;
    store::replace_features(&**context, after.id, &read.features).await?;
    record(
        context,
        author,
        "map_layer.imported",
        before.as_ref(),
        Some(&after),
    )
    .await?;
    Ok(report)
}

/// Takes an imported layer away. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove_layer(context: &WriteContext, author: Author<'_>, key: &str) -> Result<()> {
    let layer = store::find_layer(&**context, key)
        .await?
        .ok_or(Problem::NotFound)?;
    store::delete_layer(&**context, layer.id).await?;
    record(context, author, "map_layer.removed", Some(&layer), None).await
}

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&StoredLayer>,
    after: Option<&StoredLayer>,
) -> Result<()> {
    let Some(layer) = after.or(before) else {
        return Ok(());
    };
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: layer.subject(),
            organisation: Some(layer.organisation),
            authority: None,
            class: PayloadClass::Public,
            before: before.map(StoredLayer::canonical).transpose()?,
            after: after.map(StoredLayer::canonical).transpose()?,
            tags: vec![MAP_TAG.to_owned()],
        },
    )
    .await?;
    Ok(())
}

/// What a file of an export says of its layer, beside what GeoJSON has (RFC 7946, section 6.1).
#[derive(Debug, Serialize, Deserialize)]
struct About {
    organisation: String,
    #[serde(flatten)]
    data: LayerData,
    name_from: String,
}

/// The name under which an export keeps what a feature is called.
const NAME: &str = "name";

/// A layer as a file that can be taken in again: ids, names and all that was said of features.
///
/// # Errors
/// When the database fails.
pub async fn export_layers<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for layer in store::list_layers(on).await? {
        let owner = organisations.find(layer.organisation);
        let mut features = Vec::new();
        let all = store::list_features(on, layer.id).await?;
        // A property that holds the name already is not written twice.
        let holds = |property: &str| {
            all.iter().all(|own| {
                text_of(own.data.properties.get(property)) == own.data.name.get(Locale::SV)
            })
        };
        let own: Option<&String> = all
            .first()
            .and_then(|first| first.data.properties.keys().find(|key| holds(key)));
        let name_from = own.cloned().unwrap_or_else(|| NAME.to_owned());
        for own in &all {
            let mut properties = own.data.properties.clone();
            let name = Value::from(own.data.name.get(Locale::SV));
            properties.entry(name_from.clone()).or_insert(name);
            let geometry: Value = serde_json::from_str(&own.shape.to_geojson())?;
            features.push(serde_json::json!({
                "type": "Feature", "id": own.key, "geometry": geometry, "properties": properties,
            }));
        }
        let about = About {
            organisation: owner.map(|entry| entry.key.clone()).unwrap_or_default(),
            data: layer.data,
            name_from,
        };
        let file = serde_json::json!({
            "type": "FeatureCollection", "torg": about, "features": features,
        });
        files.push((layer.key, serde_json::to_string(&file)?));
    }
    Ok(files)
}

/// What a file of [`export_layers`], or one of the demo city, is to become. `key` is its name without
/// the ending.
///
/// # Errors
/// [`Problem::Invalid`] when it says nothing of its layer, or names no organisation that there is.
pub fn input_of(key: &str, bytes: &[u8], organisations: &OrganisationList) -> Result<LayerInput> {
    #[derive(Deserialize)]
    struct File {
        torg: Option<Map<String, Value>>,
    }
    let file = format!("{key}.geojson");
    let unreadable = |reason: String| {
        Problem::field(
            &file,
            Message::new("import-unreadable").with("reason", reason),
        )
    };
    let own: File = serde_json::from_slice(bytes).map_err(|error| unreadable(error.to_string()))?;
    let about = own
        .torg
        .ok_or_else(|| Problem::field(&file, Message::new("map-error-layer-name")))?;
    let about: About = serde_json::from_value(Value::Object(about))
        .map_err(|error| unreadable(error.to_string()))?;
    let owner = organisations.by_key(&about.organisation).ok_or_else(|| {
        let message = Message::new("map-error-organisation");
        Problem::field(&file, message.with("key", &about.organisation))
    })?;
    Ok(LayerInput {
        key: key.to_owned(),
        organisation: owner.id,
        data: Some(about.data),
        name_from: about.name_from,
    })
}
