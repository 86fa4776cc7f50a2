//! This room's only SQL.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_geo::{Point, read_geometry};
use torg_kernel::{Message, OrganisationId, Problem, Result, Subject, Timestamp};
use uuid::Uuid;

use crate::address::{Address, Wanted};
use crate::register::Register;
use crate::stored::{StoredFeature, StoredLayer};

/// Rows of one INSERT: PostgreSQL takes 65 535 values, and a statement should stay readable.
const ROWS: usize = 200;

#[derive(FromQueryResult)]
struct LayerRow {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    data: String,
    features: i64,
    digest: String,
    version: i64,
    updated_at: i64,
}

impl LayerRow {
    fn layer(self) -> Result<StoredLayer> {
        Ok(StoredLayer {
            id: self.id,
            key: self.key,
            organisation: OrganisationId(self.organisation_id),
            data: serde_json::from_str(&self.data)?,
            features: self.features,
            digest: self.digest,
            version: self.version,
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

async fn layers<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<StoredLayer>> {
    let sql = format!(
        "SELECT id, key, organisation_id, data, features, digest, version, updated_at \
         FROM map_layer {rest}"
    );
    let rows: Vec<LayerRow> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(LayerRow::layer).collect()
}

/// All imported layers, by key.
///
/// # Errors
/// When the database fails.
pub async fn list_layers<C: ConnectionTrait>(on: &C) -> Result<Vec<StoredLayer>> {
    layers(on, "ORDER BY key", vec![]).await
}

/// The imported layer with a key.
///
/// # Errors
/// When the database fails.
pub async fn find_layer<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<StoredLayer>> {
    // PostgreSQL refuses a text with a null character.
    if key.contains('\0') {
        return Ok(None);
    }
    Ok(layers(on, "WHERE key = $1", vec![key.into()]).await?.pop())
}

/// The features of a layer in the order of their file.
///
/// # Errors
/// When the database fails, or a geometry was changed past the program.
pub async fn list_features<C: ConnectionTrait>(on: &C, layer: Uuid) -> Result<Vec<StoredFeature>> {
    #[derive(FromQueryResult)]
    struct Row {
        key: String,
        data: String,
        geometry: String,
    }
    let sql = "SELECT key, data, geometry FROM map_feature WHERE layer_id = $1 ORDER BY position";
    let rows: Vec<Row> = fetch_all(on, sql, vec![layer.into()]).await?;
    rows.into_iter()
        .map(|row| {
            let shape = read_geometry(&row.geometry).map_err(|fault| {
                let why = format!("map_feature {}: {fault:?}", row.key);
                Problem::internal(why)
            })?;
            Ok(StoredFeature {
                data: serde_json::from_str(&row.data)?,
                key: row.key,
                shape,
            })
        })
        .collect()
}

fn layer_values(layer: &StoredLayer) -> Result<Vec<SqlValue>> {
    Ok(vec![
        layer.id.into(),
        layer.key.clone().into(),
        layer.organisation.0.into(),
        serde_json::to_string(&layer.data)?.into(),
        layer.features.into(),
        layer.digest.clone().into(),
        layer.version.into(),
        layer.updated_at.micros().into(),
    ])
}

/// Writes a layer that is new, or over the version before its own.
pub(crate) async fn put_layer<C: ConnectionTrait>(on: &C, layer: &StoredLayer) -> Result<()> {
    let changed = if layer.version == 1 {
        execute(
            on,
            "INSERT INTO map_layer (id, key, organisation_id, data, features, digest, version, \
             updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            layer_values(layer)?,
        )
        .await?
    } else {
        execute(
            on,
            "UPDATE map_layer SET key = $2, organisation_id = $3, data = $4, features = $5, \
             digest = $6, version = $7, updated_at = $8 WHERE id = $1 AND version = $7 - 1",
            layer_values(layer)?,
        )
        .await?
    };
    if changed == 1 {
        Ok(())
    } else {
        Err(Problem::Conflict(Message::new("map-error-version")))
    }
}

/// Takes a layer away with all its features.
pub(crate) async fn delete_layer<C: ConnectionTrait>(on: &C, layer: Uuid) -> Result<()> {
    delete_features(on, layer).await?;
    execute(
        on,
        "DELETE FROM map_layer WHERE id = $1",
        vec![layer.into()],
    )
    .await?;
    Ok(())
}

async fn delete_features<C: ConnectionTrait>(on: &C, layer: Uuid) -> Result<()> {
    let sql = "DELETE FROM map_feature WHERE layer_id = $1";
    execute(on, sql, vec![layer.into()]).await?;
    Ok(())
}

/// Puts features in the place of all that a layer had.
pub(crate) async fn replace_features<C: ConnectionTrait>(
    on: &C,
    layer: Uuid,
    features: &[StoredFeature],
) -> Result<()> {
    delete_features(on, layer).await?;
    for (chunk, some) in features.chunks(ROWS).enumerate() {
        let mut values: Vec<SqlValue> = Vec::with_capacity(some.len() * 5);
        for (at, feature) in some.iter().enumerate() {
            let (data, geometry) = feature.texts()?;
            let position = i64::try_from(chunk * ROWS + at)?;
            values.extend([
                layer.into(),
                feature.key.clone().into(),
                position.into(),
                data.into(),
                geometry.into(),
            ]);
        }
        let into = "map_feature (layer_id, key, position, data, geometry)";
        insert_rows(on, into, 5, values).await?;
    }
    Ok(())
}

async fn insert_rows<C: ConnectionTrait>(
    on: &C,
    into: &str,
    columns: usize,
    values: Vec<SqlValue>,
) -> Result<()> {
    let rows: Vec<String> = (0..values.len() / columns)
        .map(|row| {
            let marks: Vec<String> = (1..=columns)
                .map(|column| format!("${}", row * columns + column))
                .collect();
            format!("({})", marks.join(", "))
        })
        .collect();
    let sql = format!("INSERT INTO {into} VALUES {}", rows.join(", "));
    execute(on, &sql, values).await?;
    Ok(())
}

/// Every imported layer, and the register of addresses, as a subject with its canonical JSON: what
/// the last event about it must say.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    let mut all = Vec::new();
    for layer in list_layers(on).await? {
        all.push((layer.subject(), layer.canonical()?));
    }
    if let Some(register) = find_register(on).await? {
        all.push((Register::subject(), register.canonical()?));
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct AddressRow {
    id: i64,
    street: String,
    number: i64,
    letter: String,
    postcode: String,
    city: String,
    lon: i64,
    lat: i64,
}

impl AddressRow {
    fn address(self) -> (i64, Address) {
        let degrees = |millionths: i64| millionths as f64 / 1e6;
        let address = Address {
            street: self.street,
            number: u32::try_from(self.number).unwrap_or_default(),
            letter: self.letter,
            postcode: self.postcode,
            city: self.city,
            point: Point::new(degrees(self.lon), degrees(self.lat)),
        };
        (self.id, address)
    }
}

async fn addresses<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<(i64, Address)>> {
    let sql = format!(
        "SELECT id, street, number, letter, postcode, city, lon, lat FROM map_address {rest}"
    );
    let rows: Vec<AddressRow> = fetch_all(on, &sql, values).await?;
    Ok(rows.into_iter().map(AddressRow::address).collect())
}

/// Addresses whose street is or begins as what is wanted, with its number and letter where they are
/// given; the street that is it first, then by street and number.
///
/// # Errors
/// When the database fails.
pub async fn find_addresses<C: ConnectionTrait>(
    on: &C,
    wanted: &Wanted,
    most: i64,
) -> Result<Vec<(i64, Address)>> {
    if wanted.street.is_empty() || wanted.street.contains('\0') {
        return Ok(Vec::new());
    }
    let any = SqlValue::BigInt(None);
    let number = wanted.number.map_or(any, |number| i64::from(number).into());
    let letter = wanted.letter.clone().unwrap_or_default();
    // Everything that begins with a text lies between it and the same text with the last letter there is.
    addresses(
        on,
        "WHERE street_key >= $1 AND street_key < $2 \
         AND (CAST($3 AS BIGINT) IS NULL OR number = $3) AND ($4 = '' OR letter = $4) \
         ORDER BY CASE WHEN street_key = $1 THEN 0 ELSE 1 END, street_key, number, letter, id \
         LIMIT $5",
        vec![
            wanted.street.clone().into(),
            format!("{}\u{10ffff}", wanted.street).into(),
            number,
            letter.into(),
            most.into(),
        ],
    )
    .await
}

/// All streets as they are looked for.
///
/// # Errors
/// When the database fails.
pub async fn list_streets<C: ConnectionTrait>(on: &C) -> Result<Vec<(String, String)>> {
    #[derive(FromQueryResult)]
    struct Row {
        street_key: String,
        street: String,
    }
    let sql = "SELECT street_key, MIN(street) AS street FROM map_address GROUP BY street_key \
               ORDER BY street_key";
    let rows: Vec<Row> = fetch_all(on, sql, vec![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.street_key, row.street))
        .collect())
}

/// All addresses in the order of their register.
///
/// # Errors
/// When the database fails.
pub async fn list_addresses<C: ConnectionTrait>(on: &C) -> Result<Vec<Address>> {
    let all = addresses(on, "ORDER BY id", vec![]).await?;
    Ok(all.into_iter().map(|(_, address)| address).collect())
}

/// What is known of the register; none while there are no addresses.
///
/// # Errors
/// When the database fails.
pub async fn find_register<C: ConnectionTrait>(on: &C) -> Result<Option<Register>> {
    #[derive(FromQueryResult)]
    struct Row {
        addresses: i64,
        digest: String,
        source: String,
        version: i64,
    }
    let sql = "SELECT addresses, digest, source, version FROM map_register";
    let row: Option<Row> = fetch_one(on, sql, vec![]).await?;
    Ok(row.map(|row| Register {
        addresses: row.addresses,
        digest: row.digest,
        source: row.source,
        version: row.version,
    }))
}

/// Puts a register in the place of the one that there was.
pub(crate) async fn replace_register<C: ConnectionTrait>(
    on: &C,
    register: &Register,
    all: &[Address],
    now: Timestamp,
) -> Result<()> {
    execute(on, "DELETE FROM map_address", vec![]).await?;
    execute(on, "DELETE FROM map_register", vec![]).await?;
    execute(
        on,
        "INSERT INTO map_register (id, addresses, digest, source, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        vec![
            Register::subject().id.into(),
            register.addresses.into(),
            register.digest.clone().into(),
            register.source.clone().into(),
            register.version.into(),
            now.micros().into(),
        ],
    )
    .await?;
    let millionths = |degrees: f64| (degrees * 1e6).round() as i64;
    for (chunk, some) in all.chunks(ROWS).enumerate() {
        let mut values: Vec<SqlValue> = Vec::with_capacity(some.len() * 9);
        for (at, own) in some.iter().enumerate() {
            values.extend([
                i64::try_from(chunk * ROWS + at + 1)?.into(),
                own.street.clone().into(),
                crate::address::street_key(&own.street).into(),
                i64::from(own.number).into(),
                own.letter.clone().into(),
                own.postcode.clone().into(),
                own.city.clone().into(),
                millionths(own.point.lon).into(),
                millionths(own.point.lat).into(),
            ]);
        }
        let into = "map_address (id, street, street_key, number, letter, postcode, city, lon, lat)";
        insert_rows(on, into, 9, values).await?;
    }
    Ok(())
}
