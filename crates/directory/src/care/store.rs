//! The SQL of care.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{OrganisationId, PersonId, Result, Timestamp, UnitId};
use uuid::Uuid;

use super::report::{Report, ReportState};
use super::stewards::Steward;

#[derive(FromQueryResult)]
struct CareRow {
    unit_id: Uuid,
    person_id: Option<Uuid>,
    role: String,
    reminded_for: Option<String>,
}

impl CareRow {
    fn steward(self) -> (UnitId, Steward) {
        let steward = Steward {
            person: self.person_id.map(PersonId),
            role: self.role,
            reminded_for: self.reminded_for.and_then(|day| day.parse().ok()),
        };
        (UnitId(self.unit_id), steward)
    }
}

const CARE: &str = "unit_id, person_id, role, reminded_for";

pub(super) async fn find_steward<C: ConnectionTrait>(
    on: &C,
    unit: UnitId,
) -> Result<Option<Steward>> {
    let sql = format!("SELECT {CARE} FROM unit_care WHERE unit_id = $1");
    let row: Option<CareRow> = fetch_one(on, &sql, vec![unit.0.into()]).await?;
    Ok(row.map(|row| row.steward().1))
}

pub(super) async fn list_stewards<C: ConnectionTrait>(on: &C) -> Result<Vec<(UnitId, Steward)>> {
    let sql = format!("SELECT {CARE} FROM unit_care");
    let rows: Vec<CareRow> = fetch_all(on, &sql, vec![]).await?;
    Ok(rows.into_iter().map(CareRow::steward).collect())
}

pub(super) async fn put_steward<C: ConnectionTrait>(
    on: &C,
    unit: UnitId,
    steward: &Steward,
) -> Result<()> {
    execute(
        on,
        "INSERT INTO unit_care (unit_id, person_id, role, reminded_for) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (unit_id) DO UPDATE SET person_id = excluded.person_id, \
         role = excluded.role, reminded_for = excluded.reminded_for",
        vec![
            unit.0.into(),
            SqlValue::Uuid(steward.person.map(|person| person.0)),
            steward.role.clone().into(),
            steward.reminded_for.map(|day| day.to_string()).into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes that a reminder went out for a due day.
pub(super) async fn note_reminded<C: ConnectionTrait>(
    on: &C,
    unit: UnitId,
    due: Date,
) -> Result<()> {
    execute(
        on,
        "INSERT INTO unit_care (unit_id, person_id, role, reminded_for) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (unit_id) DO UPDATE SET reminded_for = excluded.reminded_for",
        vec![
            unit.0.into(),
            SqlValue::Uuid(None),
            "".into(),
            due.to_string().into(),
        ],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct ReportRow {
    id: Uuid,
    unit_id: Uuid,
    organisation_id: Uuid,
    locale: String,
    state: String,
    text: String,
    email: Option<String>,
    answer: String,
    created_at: i64,
    decided_at: Option<i64>,
}

impl ReportRow {
    fn report(self) -> Report {
        Report {
            id: self.id,
            unit: UnitId(self.unit_id),
            organisation: OrganisationId(self.organisation_id),
            locale: self.locale.parse().unwrap_or(torg_kernel::Locale::SV),
            state: ReportState::parse(&self.state).unwrap_or(ReportState::Open),
            text: self.text,
            email: self.email,
            answer: self.answer,
            created_at: Timestamp::from_micros(self.created_at),
            decided_at: self.decided_at.map(Timestamp::from_micros),
        }
    }
}

const REPORT: &str = "id, unit_id, organisation_id, locale, state, text, email, answer, \
                      created_at, decided_at";

/// The report with an id.
///
/// # Errors
/// When the database fails.
pub(crate) async fn find_report<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<Option<Report>> {
    let sql = format!("SELECT {REPORT} FROM unit_report WHERE id = $1");
    let row: Option<ReportRow> = fetch_one(on, &sql, vec![id.into()]).await?;
    Ok(row.map(ReportRow::report))
}

/// Reports of a state, the oldest first; of those that are settled the newest first. At most 500.
///
/// # Errors
/// When the database fails.
pub(crate) async fn list_reports<C: ConnectionTrait>(
    on: &C,
    state: ReportState,
) -> Result<Vec<Report>> {
    let order = match state {
        ReportState::Open => "created_at, id",
        _ => "decided_at DESC, id",
    };
    let sql =
        format!("SELECT {REPORT} FROM unit_report WHERE state = $1 ORDER BY {order} LIMIT 500");
    let rows: Vec<ReportRow> = fetch_all(on, &sql, vec![state.as_str().into()]).await?;
    Ok(rows.into_iter().map(ReportRow::report).collect())
}

pub(super) async fn insert_report<C: ConnectionTrait>(on: &C, report: &Report) -> Result<()> {
    execute(
        on,
        "INSERT INTO unit_report (id, unit_id, organisation_id, locale, state, text, email, \
         answer, created_at, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        vec![
            report.id.into(),
            report.unit.0.into(),
            report.organisation.0.into(),
            report.locale.as_str().into(),
            report.state.as_str().into(),
            report.text.clone().into(),
            report.email.clone().into(),
            report.answer.clone().into(),
            report.created_at.micros().into(),
            report.decided_at.map(Timestamp::micros).into(),
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn settle_report<C: ConnectionTrait>(on: &C, report: &Report) -> Result<()> {
    execute(
        on,
        "UPDATE unit_report SET state = $2, answer = $3, email = $4, decided_at = $5 \
         WHERE id = $1",
        vec![
            report.id.into(),
            report.state.as_str().into(),
            report.answer.clone().into(),
            report.email.clone().into(),
            report.decided_at.map(Timestamp::micros).into(),
        ],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Ripe {
    id: Uuid,
}

/// Reports that were settled before a time, the oldest first.
pub(super) async fn list_ripe<C: ConnectionTrait>(
    on: &C,
    before: Timestamp,
    most: i64,
) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM unit_report WHERE state <> $1 AND decided_at < $2 \
               ORDER BY decided_at, id LIMIT $3";
    let open = ReportState::Open.as_str();
    let values = vec![open.into(), before.micros().into(), most.into()];
    let rows: Vec<Ripe> = fetch_all(on, sql, values).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

pub(super) async fn delete_report<C: ConnectionTrait>(on: &C, id: Uuid) -> Result<()> {
    execute(on, "DELETE FROM unit_report WHERE id = $1", vec![id.into()]).await?;
    Ok(())
}
