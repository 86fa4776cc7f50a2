//! Units as a table for spreadsheets, there and back: CSV with a line for each unit and a column for
//! each property. A file may hold any of the columns in any order; what it has no column for stays as
//! it is, so that hundreds of phone numbers can be changed with two columns. An import is all or
//! nothing and says line and column.

mod columns;
mod hours;
mod import;
mod table;
mod write;

pub use columns::Column;
pub use import::{CsvReport, LineReport, What, import_csv, preview_csv};
pub use table::{MOST_LINES, Table};

use crate::model::Unit;
use torg_web::OrganisationList;

/// All units as CSV with every column: UTF-8 with a byte order mark and semicolons, which the
/// spreadsheets of a Swedish office open by a double click.
///
/// # Errors
/// When a row cannot be written, which memory does not refuse.
pub fn export_csv(
    units: &[&Unit],
    organisations: &OrganisationList,
) -> torg_kernel::Result<String> {
    let mut out = csv::WriterBuilder::new()
        .delimiter(b';')
        .from_writer(b"\xef\xbb\xbf".to_vec());
    out.write_record(Column::ALL.iter().map(|column| column.name()))?;
    for unit in units {
        let own = organisations.find(unit.organisation);
        let own = own.map(|own| own.key.as_str()).unwrap_or_default();
        let cells = Column::ALL
            .iter()
            .map(|column| safe(column.read(unit, own)));
        out.write_record(cells)?;
    }
    let bytes = out.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8(bytes)?)
}

/// A cell that a spreadsheet will not take for a formula: a mark before it, which an import takes
/// away again. Phone numbers with a plus sign are left alone.
fn safe(cell: String) -> String {
    let formula = cell.starts_with(['=', '@', '\t', '\r'])
        || (cell.starts_with(['+', '-']) && cell.chars().any(char::is_alphabetic));
    match formula {
        true => format!("'{cell}"),
        false => cell,
    }
}
