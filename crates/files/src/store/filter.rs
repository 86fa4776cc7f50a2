//! Which pictures somebody wants to see, and which of them look the same.

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, fetch_all, scalar};
use torg_kernel::{OrganisationId, PictureId, Result, Timestamp, fold};
use uuid::Uuid;

use super::Found;
use super::pictures::pictures;
use crate::BlobId;
use crate::model::{Picture, warned_until};
use crate::picture::look_alike;
use crate::service::ReadyPicture;

/// A part of the media bank's pictures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PictureShow {
    /// All of them, the latest first.
    #[default]
    All,
    /// Those that readers may see now, standard ones first: what an editor chooses from.
    Public,
    /// Standard pictures that readers may see now.
    Standard,
    /// Those that nobody has described in Swedish and that are no decorations.
    NoAlt,
    /// Those whose ground or people are still to be told.
    NoRights,
    /// Those whose last day comes within [`crate::WARNING_DAYS`], the first to go first.
    Ending,
    /// Those that readers do not see any longer, the last gone first.
    Ended,
    /// Those that no public page uses.
    Unused,
}

/// Which pictures somebody wants to see.
#[derive(Debug, Clone, Copy)]
pub struct PictureFilter<'a> {
    /// Words that all stand somewhere in what is said of a picture.
    pub words: &'a str,
    /// Which part.
    pub show: PictureShow,
    /// Only of these organisations; `None` for all.
    pub organisations: Option<&'a [OrganisationId]>,
    /// What time it is.
    pub now: Timestamp,
}

/// A condition under construction, with its values.
#[derive(Default)]
struct Conditions {
    parts: Vec<String>,
    values: Vec<SqlValue>,
}

impl Conditions {
    fn value(&mut self, value: impl Into<SqlValue>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn words(&mut self, query: &str) {
        for word in fold(query).split_whitespace().take(8) {
            let mut pattern = String::from("%");
            for c in word.chars().filter(|c| *c != '\0') {
                if matches!(c, '%' | '_' | '!') {
                    pattern.push('!');
                }
                pattern.push(c);
            }
            pattern.push('%');
            let mark = self.value(pattern);
            self.parts.push(format!("searched LIKE {mark} ESCAPE '!'"));
        }
    }

    fn done(self) -> (String, Vec<SqlValue>) {
        if self.parts.is_empty() {
            (String::new(), self.values)
        } else {
            (format!("WHERE {}", self.parts.join(" AND ")), self.values)
        }
    }
}

/// A condition that each word stands somewhere, and the words as the database wants them.
pub(super) fn condition(query: &str) -> (String, Vec<SqlValue>) {
    let mut conditions = Conditions::default();
    conditions.words(query);
    conditions.done()
}

impl PictureFilter<'_> {
    fn condition(&self) -> (String, Vec<SqlValue>) {
        let mut all = Conditions::default();
        all.words(self.words);
        let now = self.now.micros();
        match self.show {
            PictureShow::All | PictureShow::Unused => {}
            PictureShow::Public | PictureShow::Standard => {
                let mark = all.value(now);
                all.parts
                    .push(format!("(public_until IS NULL OR public_until > {mark})"));
                if self.show == PictureShow::Standard {
                    all.parts.push("standard = TRUE".to_owned());
                }
            }
            PictureShow::NoAlt => all.parts.push("described = FALSE".to_owned()),
            PictureShow::NoRights => all
                .parts
                .push("(licence = 'unknown' OR people = 'unknown')".to_owned()),
            PictureShow::Ending => {
                let (from, to) = (all.value(now), all.value(warned_until(self.now).micros()));
                all.parts
                    .push(format!("public_until > {from} AND public_until <= {to}"));
            }
            PictureShow::Ended => {
                let mark = all.value(now);
                all.parts.push(format!("public_until <= {mark}"));
            }
        }
        if let Some(organisations) = self.organisations {
            let marks: Vec<String> = organisations.iter().map(|id| all.value(id.0)).collect();
            // Nobody's: a list that may be empty is no SQL.
            all.parts.push(match marks.is_empty() {
                true => "1 = 0".to_owned(),
                false => format!("organisation_id IN ({})", marks.join(", ")),
            });
        }
        all.done()
    }

    const fn order(&self) -> &'static str {
        match self.show {
            PictureShow::Ending => "public_until, id",
            PictureShow::Ended => "public_until DESC, updated_at DESC, id",
            PictureShow::Public => "standard DESC, created_at DESC, id",
            _ => "created_at DESC, id",
        }
    }
}

/// How many pictures pass a filter; not for [`PictureShow::Unused`], which the database cannot tell.
///
/// # Errors
/// When the database fails.
pub async fn count_pictures<C: ConnectionTrait>(
    on: &C,
    filter: &PictureFilter<'_>,
) -> Result<usize> {
    let (condition, values) = filter.condition();
    let sql = format!("SELECT count(*) FROM picture {condition}");
    Ok(usize::try_from(scalar(on, &sql, values).await?).unwrap_or_default())
}

/// A part of the pictures that pass a filter. `used` are those that some page uses; only
/// [`PictureShow::Unused`] looks at it, and goes through the ids of all.
///
/// # Errors
/// When the database fails.
pub async fn filter_pictures<C: ConnectionTrait>(
    on: &C,
    filter: &PictureFilter<'_>,
    used: &HashSet<PictureId>,
    offset: usize,
    limit: usize,
) -> Result<Found<Picture>> {
    if filter.show == PictureShow::Unused {
        return unused(on, filter, used, offset, limit).await;
    }
    let total = count_pictures(on, filter).await?;
    let (condition, values) = filter.condition();
    let order = filter.order();
    let rest = format!("{condition} ORDER BY {order} LIMIT {limit} OFFSET {offset}");
    Ok(Found {
        items: pictures(on, &rest, values).await?,
        total,
    })
}

async fn unused<C: ConnectionTrait>(
    on: &C,
    filter: &PictureFilter<'_>,
    used: &HashSet<PictureId>,
    offset: usize,
    limit: usize,
) -> Result<Found<Picture>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    let (condition, values) = filter.condition();
    let sql = format!(
        "SELECT id FROM picture {condition} ORDER BY {}",
        filter.order()
    );
    let mut rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.retain(|row| !used.contains(&PictureId(row.id)));
    let ids: Vec<Uuid> = rows
        .iter()
        .skip(offset)
        .take(limit)
        .map(|row| row.id)
        .collect();
    let mut items = Vec::new();
    if !ids.is_empty() {
        let (marks, values) = super::marks(&ids);
        let rest = format!("WHERE id IN ({marks}) ORDER BY {}", filter.order());
        items = pictures(on, &rest, values).await?;
    }
    Ok(Found {
        items,
        total: rows.len(),
    })
}

/// Pictures in which each word of the query stands, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn search_pictures<C: ConnectionTrait>(
    on: &C,
    query: &str,
    offset: usize,
    limit: usize,
) -> Result<Found<Picture>> {
    let filter = PictureFilter {
        words: query,
        show: PictureShow::All,
        organisations: None,
        now: Timestamp::default(),
    };
    filter_pictures(on, &filter, &HashSet::new(), offset, limit).await
}

/// Pictures that hold the same as a file: the very bytes that were sent, an original that was exported,
/// or, when the sizes are made, the same pixels in another wrapping.
///
/// # Errors
/// When the database fails.
pub async fn list_same<C: ConnectionTrait>(
    on: &C,
    source: BlobId,
    ready: Option<&ReadyPicture>,
) -> Result<Vec<Picture>> {
    let mut values: Vec<SqlValue> = vec![source.to_string().into()];
    let mut condition = "source = $1 OR blob = $1".to_owned();
    if let Some(pixels) = ready.and_then(ReadyPicture::pixels) {
        values.push(pixels.to_string().into());
        condition.push_str(" OR id IN (SELECT picture_id FROM picture_variant WHERE blob = $2)");
    }
    pictures(
        on,
        &format!("WHERE {condition} ORDER BY created_at, id"),
        values,
    )
    .await
}

/// Pictures that look much like another, at most `most`. Goes through the looks of all, which are
/// sixteen bytes each.
///
/// # Errors
/// When the database fails.
pub async fn list_alike<C: ConnectionTrait>(
    on: &C,
    look: u64,
    except: PictureId,
    most: usize,
) -> Result<Vec<PictureId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        look: i64,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT id, look FROM picture WHERE look IS NOT NULL AND id <> $1 ORDER BY created_at, id",
        vec![except.0.into()],
    )
    .await?;
    let alike = rows
        .into_iter()
        .filter(|row| look_alike(look, row.look.cast_unsigned()));
    Ok(alike.take(most).map(|row| PictureId(row.id)).collect())
}
