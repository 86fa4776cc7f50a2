//! Layers that were imported, as they are stored. Pure.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use torg_geo::Shape;
use torg_kernel::{OrganisationId, Result, Subject, Timestamp, hex};
use uuid::Uuid;

use crate::model::Words;

/// What is said of a layer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LayerData {
    /// Its name; Swedish always.
    pub name: Words,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub about: Words,
    /// Whose data it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attribution: String,
    /// Whether its areas are districts of the city.
    #[serde(default)]
    pub districts: bool,
    /// Whether it is chosen when nobody has chosen.
    #[serde(default)]
    pub shown: bool,
}

/// A layer that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLayer {
    /// The id.
    pub id: Uuid,
    /// Its name in addresses.
    pub key: String,
    /// Who answers for it.
    pub organisation: OrganisationId,
    /// What is said of it.
    pub data: LayerData,
    /// How many features it holds.
    pub features: i64,
    /// The SHA-256 of all of them in order.
    pub digest: String,
    /// Counted up by each change.
    pub version: i64,
    /// The last change.
    pub updated_at: Timestamp,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: Uuid,
    key: &'a str,
    organisation: OrganisationId,
    data: &'a LayerData,
    features: i64,
    digest: &'a str,
    version: i64,
}

impl StoredLayer {
    /// The layer as a subject of events.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("map_layer", self.id)
    }

    /// All of it as JSON but the features, which the digest stands for: a log that held every
    /// coastline twice would be mostly coastline.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(&Canonical {
            id: self.id,
            key: &self.key,
            organisation: self.organisation,
            data: &self.data,
            features: self.features,
            digest: &self.digest,
            version: self.version,
        })?)
    }
}

/// What is said of a feature of such a layer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FeatureData {
    /// What it is called.
    pub name: Words,
    /// Its own page; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub href: String,
    /// All that its file said of it.
    #[serde(default)]
    pub properties: Map<String, Value>,
}

/// A feature of such a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFeature {
    /// Its id within the layer.
    pub key: String,
    /// What is said of it.
    pub data: FeatureData,
    /// Where it is.
    pub shape: Shape,
}

impl StoredFeature {
    /// Both parts as they lie in the table.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn texts(&self) -> Result<(String, String)> {
        Ok((serde_json::to_string(&self.data)?, self.shape.to_geojson()))
    }
}

/// The SHA-256 of features in order.
///
/// # Errors
/// When one cannot be written as JSON, which does not happen.
pub fn digest(features: &[StoredFeature]) -> Result<String> {
    let mut hasher = Sha256::new();
    for feature in features {
        let (data, geometry) = feature.texts()?;
        for part in [feature.key.as_str(), &data, &geometry] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    Ok(hex(&hasher.finalize()))
}
