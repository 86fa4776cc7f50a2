//! Who signed up to what.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, scalar};
use torg_forms::Form;
use torg_kernel::{EventId, Locale, Result, Timestamp};
use uuid::Uuid;

use super::event::marks;
use crate::signup::{SIGN_UP_KEPT, SignUp, SignUpState};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    event_id: Uuid,
    of_start: String,
    email: String,
    name: String,
    party: i64,
    answers: String,
    locale: String,
    state: String,
    place_until: Option<i64>,
    queued_at: Option<i64>,
    created_at: i64,
    confirmed_at: Option<i64>,
    cancelled_at: Option<i64>,
    told: String,
    told_version: i64,
    weed_at: i64,
}

const COLUMNS: &str = "s.id, s.event_id, s.of_start, s.email, s.name, s.party, s.answers, s.locale, \
                       s.state, s.place_until, s.queued_at, s.created_at, s.confirmed_at, \
                       s.cancelled_at, s.told, s.told_version, s.weed_at";

impl Row {
    fn sign_up(self) -> Result<SignUp> {
        let at = Timestamp::from_micros;
        Ok(SignUp {
            id: self.id,
            event: EventId(self.event_id),
            of: self.of_start,
            email: self.email,
            name: self.name,
            party: self.party,
            answers: serde_json::from_str(&self.answers)?,
            locale: self.locale.parse().unwrap_or(Locale::SV),
            // What a newer version wrote takes no place here.
            state: SignUpState::parse(&self.state).unwrap_or(SignUpState::Cancelled),
            place_until: self.place_until.map(at),
            queued_at: self.queued_at.map(at),
            created_at: at(self.created_at),
            confirmed_at: self.confirmed_at.map(at),
            cancelled_at: self.cancelled_at.map(at),
            told: self.told,
            told_version: self.told_version,
            weed_at: at(self.weed_at),
        })
    }
}

async fn many<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<SignUp>> {
    let sql = format!("SELECT {COLUMNS} FROM calendar_signup s {rest}");
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::sign_up).collect()
}

/// The sign-up with an id.
pub(crate) async fn find_sign_up<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<Option<SignUp>> {
    Ok(many(on, "WHERE s.id = $1", vec![id.into()]).await?.pop())
}

/// The sign-up that a link in a mail belongs to.
pub(crate) async fn find_sign_up_by_key<C: ConnectionTrait>(
    on: &C,
    digest: &str,
) -> Result<Option<SignUp>> {
    let rest = "JOIN calendar_signup_key k ON k.signup_id = s.id WHERE k.token_digest = $1";
    Ok(many(on, rest, vec![digest.into()]).await?.pop())
}

/// Those who signed up to an occasion and are not taken off, the first before the others.
pub(crate) async fn list_sign_ups<C: ConnectionTrait>(
    on: &C,
    event: EventId,
    of: &str,
) -> Result<Vec<SignUp>> {
    let rest = "WHERE s.event_id = $1 AND s.of_start = $2 AND s.state <> 'cancelled' \
                ORDER BY s.created_at, s.id";
    many(on, rest, vec![event.0.into(), of.into()]).await
}

/// Everybody who signed up to an event, those who were taken off included.
pub(crate) async fn list_sign_ups_of<C: ConnectionTrait>(
    on: &C,
    event: EventId,
) -> Result<Vec<SignUp>> {
    let rest = "WHERE s.event_id = $1 ORDER BY s.created_at, s.id";
    many(on, rest, vec![event.0.into()]).await
}

/// How many places are taken, for each occasion of an event that anybody signed up to.
pub(crate) async fn count_taken<C: ConnectionTrait>(
    on: &C,
    event: EventId,
    now: Timestamp,
) -> Result<Vec<(String, i64)>> {
    #[derive(FromQueryResult)]
    struct Taken {
        of_start: String,
        taken: i64,
    }
    let sql = "SELECT of_start, CAST(COALESCE(SUM(party), 0) AS BIGINT) AS taken FROM calendar_signup \
               WHERE event_id = $1 AND (state = 'confirmed' OR (state IN ('waiting_confirmation', \
               'offered') AND place_until > $2)) GROUP BY of_start";
    let found: Vec<Taken> = fetch_all(on, sql, vec![event.0.into(), now.micros().into()]).await?;
    Ok(found
        .into_iter()
        .map(|own| (own.of_start, own.taken))
        .collect())
}

/// How many sign-ups one address made since an instant.
pub(crate) async fn count_sign_ups_of<C: ConnectionTrait>(
    on: &C,
    email_key: &str,
    since: Timestamp,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM calendar_signup WHERE email_key = $1 AND created_at > $2";
    Ok(scalar(on, sql, vec![email_key.into(), since.micros().into()]).await?)
}

fn micros(at: Option<Timestamp>) -> SqlValue {
    SqlValue::BigInt(at.map(Timestamp::micros))
}

pub(crate) async fn insert_sign_up<C: ConnectionTrait>(
    on: &C,
    own: &SignUp,
    email_key: &str,
) -> Result<()> {
    execute(
        on,
        "INSERT INTO calendar_signup (id, event_id, of_start, email, email_key, name, party, answers, \
         form_version, locale, state, place_until, queued_at, created_at, confirmed_at, cancelled_at, \
         told, told_version, weed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
         $14, $15, $16, $17, $18, $19)",
        vec![
            own.id.into(),
            own.event.0.into(),
            own.of.clone().into(),
            own.email.clone().into(),
            email_key.into(),
            own.name.clone().into(),
            own.party.into(),
            serde_json::to_string(&own.answers)?.into(),
            own.answers.version.clone().into(),
            own.locale.to_string().into(),
            own.state.as_str().into(),
            micros(own.place_until),
            micros(own.queued_at),
            own.created_at.micros().into(),
            micros(own.confirmed_at),
            micros(own.cancelled_at),
            own.told.clone().into(),
            own.told_version.into(),
            own.weed_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what may change of a sign-up.
pub(crate) async fn update_sign_up<C: ConnectionTrait>(on: &C, own: &SignUp) -> Result<()> {
    execute(
        on,
        "UPDATE calendar_signup SET of_start = $2, party = $3, answers = $4, state = $5, \
         place_until = $6, queued_at = $7, confirmed_at = $8, cancelled_at = $9, told = $10, \
         told_version = $11, weed_at = $12 WHERE id = $1",
        vec![
            own.id.into(),
            own.of.clone().into(),
            own.party.into(),
            serde_json::to_string(&own.answers)?.into(),
            own.state.as_str().into(),
            micros(own.place_until),
            micros(own.queued_at),
            micros(own.confirmed_at),
            micros(own.cancelled_at),
            own.told.clone().into(),
            own.told_version.into(),
            own.weed_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn insert_key<C: ConnectionTrait>(on: &C, digest: &str, id: Uuid) -> Result<()> {
    let sql = "INSERT INTO calendar_signup_key (token_digest, signup_id) VALUES ($1, $2)";
    execute(on, sql, vec![digest.into(), id.into()]).await?;
    Ok(())
}

/// Keeps the questions as they were answered.
pub(crate) async fn keep_form<C: ConnectionTrait>(on: &C, form: &Form) -> Result<()> {
    let sql = "INSERT INTO calendar_form (version, form) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    let values = vec![form.version().into(), serde_json::to_string(form)?.into()];
    execute(on, sql, values).await?;
    Ok(())
}

/// The forms with these versions.
pub(crate) async fn list_forms<C: ConnectionTrait>(
    on: &C,
    versions: &[String],
) -> Result<Vec<Form>> {
    #[derive(FromQueryResult)]
    struct Kept {
        form: String,
    }
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let marks = marks(1, versions.len());
    let sql = format!("SELECT form FROM calendar_form WHERE version IN ({marks}) ORDER BY version");
    let values = versions
        .iter()
        .map(|version| version.clone().into())
        .collect();
    let found: Vec<Kept> = fetch_all(on, &sql, values).await?;
    found
        .into_iter()
        .map(|own| Ok(serde_json::from_str(&own.form)?))
        .collect()
}

/// Occasions at which a place was held or offered until now.
pub(crate) async fn list_late<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(EventId, String)>> {
    let sql = "SELECT DISTINCT event_id, of_start FROM calendar_signup WHERE place_until <= $1 \
               ORDER BY event_id, of_start LIMIT $2";
    occasions(on, sql, vec![now.micros().into(), most.into()]).await
}

async fn occasions<C: ConnectionTrait>(
    on: &C,
    sql: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<(EventId, String)>> {
    #[derive(FromQueryResult)]
    struct Of {
        event_id: Uuid,
        of_start: String,
    }
    let found: Vec<Of> = fetch_all(on, sql, values).await?;
    Ok(found
        .into_iter()
        .map(|own| (EventId(own.event_id), own.of_start))
        .collect())
}

/// Sign-ups whose event was changed since they were told of it.
pub(crate) async fn list_untold<C: ConnectionTrait>(on: &C, most: i64) -> Result<Vec<SignUp>> {
    let rest = "JOIN calendar_event e ON e.id = s.event_id WHERE s.told_version <> e.version \
                ORDER BY s.event_id, s.id LIMIT $1";
    many(on, rest, vec![most.into()]).await
}

/// Forgets sign-ups that are over, and those that nobody confirmed. Returns whose they were.
pub(crate) async fn delete_old_sign_ups<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<Uuid>> {
    #[derive(FromQueryResult)]
    struct Gone {
        id: Uuid,
    }
    let unconfirmed = now.plus_seconds(-SIGN_UP_KEPT * 86_400);
    let values = || vec![now.micros().into(), unconfirmed.micros().into()];
    let old = "weed_at < $1 OR (state = 'waiting_confirmation' AND created_at < $2)";
    let sql = format!("SELECT id FROM calendar_signup WHERE {old}");
    let gone: Vec<Gone> = fetch_all(on, &sql, values()).await?;
    let keys = format!(
        "DELETE FROM calendar_signup_key WHERE signup_id IN (SELECT id FROM calendar_signup WHERE {old})"
    );
    execute(on, &keys, values()).await?;
    let sql = format!("DELETE FROM calendar_signup WHERE {old}");
    execute(on, &sql, values()).await?;
    // A form that no answer is to is nobody's.
    let forms =
        "DELETE FROM calendar_form WHERE version NOT IN (SELECT form_version FROM calendar_signup)";
    execute(on, forms, vec![]).await?;
    Ok(gone.into_iter().map(|own| own.id).collect())
}

/// Takes one sign-up away with its links.
pub(crate) async fn delete_sign_up<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<()> {
    let sql = "DELETE FROM calendar_signup_key WHERE signup_id = $1";
    execute(on, sql, vec![id.into()]).await?;
    let sql = "DELETE FROM calendar_signup WHERE id = $1";
    execute(on, sql, vec![id.into()]).await?;
    Ok(())
}
