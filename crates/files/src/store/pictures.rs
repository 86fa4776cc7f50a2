//! Rows of pictures and their sizes.

use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{PictureId, Problem, Result, Timestamp};
use uuid::Uuid;

use super::{kind, marks, owner, signed};
use crate::PictureFormat;
use crate::model::{AltTexts, Focus, Picture, PictureData, PictureVariant, is_key};
use crate::rights::{Licence, People, Rights};

#[derive(FromQueryResult)]
struct PictureRow {
    id: Uuid,
    key: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    blob: String,
    source: String,
    kind: String,
    width: i32,
    height: i32,
    alt: String,
    decorative: bool,
    credit: String,
    focus_x: i32,
    focus_y: i32,
    standard: bool,
    themes: String,
    licence: String,
    terms: String,
    people: String,
    consent: String,
    valid_until: Option<String>,
    until_reason: String,
    look: Option<i64>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

#[derive(FromQueryResult)]
struct VariantRow {
    picture_id: Uuid,
    format: String,
    width: i32,
    height: i32,
    blob: String,
    bytes: i64,
}

const PICTURE: &str = "SELECT id, key, organisation_id, authority_id, blob, source, kind, width, \
     height, alt, decorative, credit, focus_x, focus_y, standard, themes, licence, terms, people, \
     consent, valid_until, until_reason, look, version, created_at, updated_at FROM picture";
const VARIANT: &str = "SELECT picture_id, format, width, height, blob, bytes FROM picture_variant";

fn pixels(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn unknown(what: &str, name: &str) -> Problem {
    Problem::internal(format!("the {what} “{name}” is unknown"))
}

impl PictureRow {
    fn rights(&self) -> Result<Rights> {
        let until: Option<Date> = self.valid_until.as_deref().map(str::parse).transpose()?;
        Ok(Rights {
            licence: Licence::parse(&self.licence)
                .ok_or_else(|| unknown("licence", &self.licence))?,
            terms: self.terms.clone(),
            people: People::parse(&self.people)
                .ok_or_else(|| unknown("kind of consent", &self.people))?,
            consent: self.consent.clone(),
            until,
            reason: self.until_reason.clone(),
        })
    }

    fn picture(self) -> Result<Picture> {
        let alt: AltTexts = serde_json::from_str(&self.alt)?;
        let rights = self.rights()?;
        let percent = |number: i32| u8::try_from(number.clamp(0, 100)).unwrap_or(50);
        Ok(Picture {
            id: PictureId(self.id),
            key: self.key,
            owner: owner(self.organisation_id, self.authority_id),
            blob: self.blob.parse()?,
            source: self.source.parse()?,
            kind: kind(&self.kind)?,
            width: pixels(self.width),
            height: pixels(self.height),
            data: PictureData {
                alt,
                decorative: self.decorative,
                credit: self.credit,
                focus: Focus {
                    x: percent(self.focus_x),
                    y: percent(self.focus_y),
                },
                standard: self.standard,
                themes: self.themes.lines().map(str::to_owned).collect(),
                rights,
            },
            look: self.look.map(i64::cast_unsigned),
            version: self.version,
            created_at: Timestamp::from_micros(self.created_at),
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }
}

impl VariantRow {
    fn variant(self) -> Result<PictureVariant> {
        let format =
            PictureFormat::parse(&self.format).ok_or_else(|| unknown("format", &self.format))?;
        Ok(PictureVariant {
            picture: PictureId(self.picture_id),
            format,
            width: pixels(self.width),
            height: pixels(self.height),
            blob: self.blob.parse()?,
            bytes: u64::try_from(self.bytes).unwrap_or_default(),
        })
    }
}

pub(super) async fn pictures<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Picture>> {
    let rows: Vec<PictureRow> = fetch_all(on, &format!("{PICTURE} {rest}"), values).await?;
    rows.into_iter().map(PictureRow::picture).collect()
}

/// The picture with an id.
///
/// # Errors
/// When the database fails.
pub async fn find_picture<C: ConnectionTrait>(on: &C, id: PictureId) -> Result<Option<Picture>> {
    let found = pictures(on, "WHERE id = $1", vec![id.0.into()]).await?;
    Ok(found.into_iter().next())
}

/// The picture with a key.
///
/// # Errors
/// When the database fails.
pub async fn find_picture_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Picture>> {
    if !is_key(key) {
        return Ok(None);
    }
    let found = pictures(on, "WHERE key = $1", vec![key.into()]).await?;
    Ok(found.into_iter().next())
}

/// Those of the pictures that there are, with their sizes, in two questions.
///
/// # Errors
/// When the database fails.
pub async fn list_pictures_by_id<C: ConnectionTrait>(
    on: &C,
    ids: &[PictureId],
) -> Result<Vec<(Picture, Vec<PictureVariant>)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let (marks, values) = marks(&ids);
    let found = pictures(on, &format!("WHERE id IN ({marks})"), values.clone()).await?;
    let sql = format!("{VARIANT} WHERE picture_id IN ({marks}) ORDER BY width");
    let rows: Vec<VariantRow> = fetch_all(on, &sql, values).await?;
    let mut variants: HashMap<PictureId, Vec<PictureVariant>> = HashMap::new();
    for row in rows {
        let variant = row.variant()?;
        variants.entry(variant.picture).or_default().push(variant);
    }
    Ok(found
        .into_iter()
        .map(|picture| {
            let own = variants.remove(&picture.id).unwrap_or_default();
            (picture, own)
        })
        .collect())
}

/// All pictures by key.
///
/// # Errors
/// When the database fails.
pub async fn list_pictures<C: ConnectionTrait>(on: &C) -> Result<Vec<Picture>> {
    pictures(on, "ORDER BY key", vec![]).await
}

/// One size of a picture in one format.
///
/// # Errors
/// When the database fails.
pub async fn find_variant<C: ConnectionTrait>(
    on: &C,
    picture: PictureId,
    format: PictureFormat,
    width: u32,
) -> Result<Option<PictureVariant>> {
    let sql = format!("{VARIANT} WHERE picture_id = $1 AND format = $2 AND width = $3");
    let values = vec![picture.0.into(), format.as_str().into(), signed(width)?];
    let row: Option<VariantRow> = fetch_one(on, &sql, values).await?;
    row.map(VariantRow::variant).transpose()
}

fn micros(at: Option<Timestamp>) -> SqlValue {
    SqlValue::BigInt(at.map(Timestamp::micros))
}

fn picture_columns(picture: &Picture) -> Result<Vec<SqlValue>> {
    let (data, rights) = (&picture.data, &picture.data.rights);
    Ok(vec![
        picture.id.0.into(),
        picture.key.clone().into(),
        picture.owner.organisation.0.into(),
        SqlValue::Uuid(picture.owner.authority.map(Into::into)),
        picture.blob.to_string().into(),
        picture.source.to_string().into(),
        picture.kind.as_str().into(),
        signed(picture.width)?,
        signed(picture.height)?,
        serde_json::to_string(&data.alt)?.into(),
        data.decorative.into(),
        data.is_described().into(),
        data.credit.clone().into(),
        i32::from(data.focus.x).into(),
        i32::from(data.focus.y).into(),
        data.standard.into(),
        data.themes.join("\n").into(),
        rights.licence.as_str().into(),
        rights.terms.clone().into(),
        rights.people.as_str().into(),
        rights.consent.clone().into(),
        SqlValue::String(rights.until.map(|until| until.to_string())),
        rights.reason.clone().into(),
        micros(rights.public_until()),
        SqlValue::BigInt(picture.look.map(u64::cast_signed)),
        picture.searched().into(),
        picture.version.into(),
        picture.created_at.micros().into(),
        picture.updated_at.micros().into(),
    ])
}

/// The columns of [`picture_columns`], in their order.
const COLUMNS: [&str; 29] = [
    "id",
    "key",
    "organisation_id",
    "authority_id",
    "blob",
    "source",
    "kind",
    "width",
    "height",
    "alt",
    "decorative",
    "described",
    "credit",
    "focus_x",
    "focus_y",
    "standard",
    "themes",
    "licence",
    "terms",
    "people",
    "consent",
    "valid_until",
    "until_reason",
    "public_until",
    "look",
    "searched",
    "version",
    "created_at",
    "updated_at",
];

pub(crate) async fn insert_picture<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    let marks: Vec<String> = (1..=COLUMNS.len()).map(|at| format!("${at}")).collect();
    let (columns, marks) = (COLUMNS.join(", "), marks.join(", "));
    let sql = format!("INSERT INTO picture ({columns}) VALUES ({marks})");
    execute(on, &sql, picture_columns(picture)?).await?;
    told_by_hand(on, picture).await
}

pub(crate) async fn update_picture<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .skip(1)
        .map(|(at, column)| format!("{column} = ${}", at + 1))
        .collect();
    let sql = format!("UPDATE picture SET {} WHERE id = $1", sets.join(", "));
    execute(on, &sql, picture_columns(picture)?).await?;
    told_by_hand(on, picture).await
}

/// What a person stopped is told of by that person's own event.
async fn told_by_hand<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    if picture.data.rights.is_stopped() {
        set_told(on, picture).await?;
    }
    Ok(())
}

/// Pictures whose time went out and of which the log was not told yet.
pub(crate) async fn list_untold<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    most: i64,
) -> Result<Vec<Picture>> {
    pictures(
        on,
        "WHERE public_until <= $1 AND (told_until IS NULL OR told_until <> public_until) \
         ORDER BY public_until, id LIMIT $2",
        vec![now.micros().into(), most.into()],
    )
    .await
}

/// Notes that the log was told of when a picture's time went out.
pub(crate) async fn set_told<C: ConnectionTrait>(on: &C, picture: &Picture) -> Result<()> {
    let until = micros(picture.data.rights.public_until());
    execute(
        on,
        "UPDATE picture SET told_until = $2 WHERE id = $1",
        vec![picture.id.0.into(), until],
    )
    .await?;
    Ok(())
}

pub(crate) async fn replace_variants<C: ConnectionTrait>(
    on: &C,
    picture: PictureId,
    variants: &[PictureVariant],
) -> Result<()> {
    delete_variants(on, picture).await?;
    for variant in variants {
        execute(
            on,
            "INSERT INTO picture_variant (picture_id, format, width, height, blob, bytes) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                picture.0.into(),
                variant.format.as_str().into(),
                signed(variant.width)?,
                signed(variant.height)?,
                variant.blob.to_string().into(),
                i64::try_from(variant.bytes)?.into(),
            ],
        )
        .await?;
    }
    Ok(())
}

async fn delete_variants<C: ConnectionTrait>(on: &C, picture: PictureId) -> Result<()> {
    let sql = "DELETE FROM picture_variant WHERE picture_id = $1";
    execute(on, sql, vec![picture.0.into()]).await?;
    Ok(())
}

pub(crate) async fn delete_picture<C: ConnectionTrait>(on: &C, id: PictureId) -> Result<()> {
    delete_variants(on, id).await?;
    execute(on, "DELETE FROM picture WHERE id = $1", vec![id.0.into()]).await?;
    Ok(())
}
