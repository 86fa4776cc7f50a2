//! `/api/v1/units.csv`: units as a table for spreadsheets.

use torg_kernel::Result;
use torg_web::{Outcome, PageRequest};

use super::question;
use crate::spreadsheet::export_csv;
use crate::web::Directory;

/// Lines of one answer at most: all units of a city.
const MOST: usize = 10_000;

/// The units that the question asks for, in all columns that an import reads.
pub(in crate::web) async fn units(directory: &Directory, request: &PageRequest) -> Result<Outcome> {
    let asked = question::units(directory, request, MOST).await?;
    let part: &[_] = match request.query("limit") {
        None => &asked.found[asked.offset.min(asked.found.len())..],
        Some(_) => asked.part(),
    };
    let units: Vec<_> = part
        .iter()
        .take(MOST)
        .map(|(entry, _)| &entry.unit)
        .collect();
    let body = export_csv(&units, &asked.organisations)?;
    Ok(asked.page(request, "text/csv; charset=utf-8; header=present", body))
}
