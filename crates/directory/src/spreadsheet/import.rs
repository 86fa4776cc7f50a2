//! A table into units: what it would change is worked out first, and shown; then all of it is done
//! or nothing.

use std::collections::HashMap;

use serde::Serialize;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{FieldError, Message, OrganisationId, Problem, Result};
use torg_log::Author;
use torg_web::OrganisationList;

use super::columns::Column;
use super::table::Table;
use super::write::{column_of, position, says_where};
use crate::check::{check, is_key, tidy};
use crate::import::{Step, UnitInput, carry_out, plan};
use crate::import_text::Handwritten;
use crate::model::{Unit, UnitKind};
use crate::store;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A new unit.
    Created,
    /// A unit that is otherwise than before.
    Changed,
    /// A unit that gets an end.
    Closed,
    /// A unit that is as it was.
    Same,
}

impl What {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Closed => "closed",
            Self::Same => "same",
        }
    }
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LineReport {
    /// Its number; the heading is 1.
    pub line: usize,
    /// The unit's key.
    pub key: String,
    /// The unit's name.
    pub name: String,
    /// What becomes of it.
    pub what: What,
    /// Columns that change: name, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CsvReport {
    /// Lines that change something, in the file's order.
    pub lines: Vec<LineReport>,
    /// How many units are new.
    pub created: usize,
    /// How many are otherwise than before.
    pub changed: usize,
    /// How many get an end.
    pub closed: usize,
    /// How many are as they were.
    pub same: usize,
}

/// Whether the one who imports may change units of an organisation.
pub type May<'a> = &'a (dyn Fn(OrganisationId) -> bool + Send + Sync);

fn at(line: usize, column: Column, message: Message) -> FieldError {
    FieldError {
        field: format!("{line}:{}", column.name()),
        message,
    }
}

/// A row as a unit that is wanted, from the unit that there is.
fn input(
    table: &Table,
    (line, cells): &(usize, Vec<String>),
    known: &HashMap<&str, &Unit>,
    organisations: &OrganisationList,
) -> std::result::Result<UnitInput, Vec<FieldError>> {
    let cell = |column| table.at(column).map(|at| cells[at].clone());
    let key = cell(Column::Key).unwrap_or_default();
    let mut errors = Vec::new();
    if !is_key(&key) {
        errors.push(at(*line, Column::Key, Message::new("csv-error-key")));
    }
    let before = known.get(key.as_str()).copied();
    let kind = match cell(Column::Kind).filter(|it| !it.is_empty()) {
        None => before.map(|before| before.kind),
        Some(name) => UnitKind::parse(&name),
    };
    if kind.is_none() {
        let known: Vec<&str> = UnitKind::ALL.iter().map(|it| it.as_str()).collect();
        let value = cell(Column::Kind).unwrap_or_default();
        let message = Message::new("csv-error-kind").with("value", value);
        errors.push(at(
            *line,
            Column::Kind,
            message.with("known", known.join(", ")),
        ));
    }
    let organisation = match cell(Column::Organisation).filter(|it| !it.is_empty()) {
        Some(key) => Some(key),
        None => before
            .and_then(|before| organisations.find(before.organisation))
            .map(|own| own.key.clone()),
    };
    let organisation = organisation.unwrap_or_default();
    if organisations.by_key(&organisation).is_none() {
        let message = Message::new("csv-error-organisation").with("value", &organisation);
        errors.push(at(*line, Column::Organisation, message));
    }
    let mut data = before.map(|before| before.data.clone()).unwrap_or_default();
    for (column, cell) in table.columns.iter().zip(cells) {
        if let Err(message) = column.write(&mut data, cell) {
            errors.push(at(*line, *column, message));
        }
    }
    if says_where(&table.columns) {
        match position(cell) {
            // A file that rounds must not move what it only carries along.
            Ok(said) if same_place(said, data.position) => {}
            Ok(said) => data.position = said,
            Err((column, message)) => errors.push(at(*line, column, message)),
        }
    }
    let data = tidy(data);
    let faults = check(&data).into_iter();
    errors.extend(faults.map(|fault| at(*line, column_of(&fault.field), fault.message)));
    match kind {
        Some(kind) if errors.is_empty() => Ok(UnitInput {
            id: before.map(|before| before.id),
            key,
            slug: None,
            kind,
            organisation,
            updated_at: None,
            data,
            by_hand: Handwritten::default(),
        }),
        _ => Err(errors),
    }
}

fn same_place(one: Option<crate::model::Position>, other: Option<crate::model::Position>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            (one.lat - other.lat).abs() < 6e-7 && (one.lon - other.lon).abs() < 6e-7
        }
        _ => false,
    }
}

/// Works out what a file would do.
async fn planned<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    bytes: &[u8],
    organisations: &OrganisationList,
    may: May<'_>,
) -> Result<(Vec<Step>, crate::ImportReport, CsvReport)> {
    let table = Table::read(bytes)?;
    let existing = store::list(on).await?;
    let known: HashMap<&str, &Unit> = existing.iter().map(|it| (it.key.as_str(), it)).collect();
    let mut errors = Vec::new();
    let mut inputs = Vec::with_capacity(table.rows.len());
    let mut lines = Vec::with_capacity(table.rows.len());
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let input = match input(&table, row, &known, organisations) {
            Ok(input) => input,
            Err(faults) => {
                errors.extend(faults);
                continue;
            }
        };
        if let Some(first) = seen.insert(input.key.clone(), row.0) {
            let message = Message::new("csv-error-twice").with("first", first);
            errors.push(at(row.0, Column::Key, message));
            continue;
        }
        let before = known
            .get(input.key.as_str())
            .map(|before| before.organisation);
        let after = organisations.by_key(&input.organisation).map(|own| own.id);
        if !before.into_iter().chain(after).all(may) {
            errors.push(at(
                row.0,
                Column::Organisation,
                Message::new("csv-error-right"),
            ));
            continue;
        }
        lines.push(row.0);
        inputs.push(input);
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let (steps, report) = plan(on, author, inputs, organisations, None)
        .await
        .map_err(|problem| by_line(problem, &lines))?;
    let said = told(&steps, &lines, organisations);
    Ok((steps, report, said))
}

/// Faults of items as faults of lines.
fn by_line(problem: Problem, lines: &[usize]) -> Problem {
    let Problem::Invalid(errors) = problem else {
        return problem;
    };
    let moved = errors.into_iter().map(|error| {
        let mut parts = error.field.splitn(3, ':');
        let item = parts.next().and_then(|item| item.parse::<usize>().ok());
        let line = item.and_then(|item| lines.get(item.checked_sub(1)?));
        let field = parts.nth(1).unwrap_or_default().to_owned();
        match line {
            Some(line) => at(*line, column_of(&field), error.message),
            None => error,
        }
    });
    Problem::Invalid(moved.collect())
}

fn told(steps: &[Step], lines: &[usize], organisations: &OrganisationList) -> CsvReport {
    let mut report = CsvReport::default();
    for (step, line) in steps.iter().zip(lines) {
        let (before, after, what) = match step {
            Step::Nothing => {
                report.same += 1;
                continue;
            }
            Step::Create(unit) => (None, unit, What::Created),
            Step::Change(before, after) => {
                let ends = before.data.closed.is_none() && after.data.closed.is_some();
                let what = if ends { What::Closed } else { What::Changed };
                (Some(before), after, what)
            }
        };
        match what {
            What::Created => report.created += 1,
            What::Closed => report.closed += 1,
            _ => report.changed += 1,
        }
        let key = |unit: &Unit| {
            let own = organisations.find(unit.organisation);
            own.map(|own| own.key.clone()).unwrap_or_default()
        };
        let changes = Column::ALL.iter().filter_map(|column| {
            let old = before
                .map(|unit| column.read(unit, &key(unit)))
                .unwrap_or_default();
            let new = column.read(after, &key(after));
            (old != new).then(|| (column.name().to_owned(), old, new))
        });
        report.lines.push(LineReport {
            line: *line,
            key: after.key.clone(),
            name: after.name(torg_kernel::Locale::SV).to_owned(),
            what,
            changes: changes.collect(),
        });
    }
    report
}

/// What a file would do, without doing it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `LINE:COLUMN` for each fault.
pub async fn preview_csv<C: ConnectionTrait>(
    on: &C,
    author: Author<'_>,
    bytes: &[u8],
    organisations: &OrganisationList,
    may: May<'_>,
) -> Result<CsvReport> {
    Ok(planned(on, author, bytes, organisations, may).await?.2)
}

/// Makes the units be as a file wants them: all or nothing.
///
/// # Errors
/// As [`preview_csv`]; the job must then fail as a whole.
pub async fn import_csv(
    context: &WriteContext,
    author: Author<'_>,
    bytes: &[u8],
    organisations: &OrganisationList,
    may: May<'_>,
) -> Result<CsvReport> {
    let (steps, report, said) = planned(&**context, author, bytes, organisations, may).await?;
    carry_out(context, author, (steps, report)).await?;
    Ok(said)
}
