//! Who comes, as files.

use std::sync::Arc;

use http::header::CONTENT_DISPOSITION;
use torg_document::{Block, Cell, Column, Document, Number, Row, Table};
use torg_kernel::{Problem, Result, civil_date};
use torg_ui::T;
use torg_web::{Context, Reply};

use super::list::Coming;
use crate::web::Calendar;

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn safe(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

struct Sheet {
    headings: Vec<String>,
    /// Cells as text; the third is how many people.
    rows: Vec<Vec<String>>,
}

fn sheet(t: T, coming: &Coming) -> Sheet {
    let mut headings: Vec<String> = [
        "signup-name",
        "signup-email",
        "signups-party",
        "signups-state",
        "signups-since",
    ]
    .map(|key| t.get(key).into_owned())
    .to_vec();
    // Each question once, also those that are asked no more.
    let mut questions: Vec<String> = Vec::new();
    for form in &coming.forms {
        for question in &form.questions {
            let label = question.label.get(t.locale()).to_owned();
            if !questions.contains(&label) {
                questions.push(label);
            }
        }
    }
    let rows = coming.listed().into_iter().map(|own| {
        let entry = coming.entry(t, own);
        let since = own
            .created_at
            .zoned()
            .strftime("%Y-%m-%d %H:%M")
            .to_string();
        let mut cells = vec![
            entry.name,
            entry.email,
            entry.party.to_string(),
            entry.standing,
            since,
        ];
        for label in &questions {
            let found = entry.answers.iter().find(|(own, _)| own == label);
            cells.push(found.map(|(_, text)| text.clone()).unwrap_or_default());
        }
        cells
    });
    let rows = rows.collect();
    headings.extend(questions);
    Sheet { headings, rows }
}

async fn read(context: &Context) -> Result<Coming> {
    let of = context.query("occasion").unwrap_or_default().to_owned();
    let snapshot = context.app.database.snapshot().await?;
    let coming = Coming::read(context, &snapshot, &of).await?;
    snapshot.end().await?;
    Ok(coming)
}

fn attachment(reply: Reply, context: &Context, coming: &Coming, ending: &str) -> Reply {
    let day = civil_date(context.now);
    let name = format!("{}-{day}.{ending}", coming.event.key);
    reply.with(
        CONTENT_DISPOSITION,
        &format!("attachment; filename=\"{name}\""),
    )
}

/// As a table of text. The mark of UTF-8 before it is what Excel needs to read å, ä and ö.
pub(super) async fn csv(context: Context) -> Result<Reply> {
    let coming = read(&context).await?;
    let sheet = sheet(context.t(), &coming);
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(sheet.headings.into_iter().map(safe))?;
    for row in sheet.rows {
        out.write_record(row.into_iter().map(safe))?;
    }
    let bytes = out.into_inner().map_err(|error| error.into_error())?;
    let reply = Reply::new(200, "text/csv; charset=utf-8", bytes);
    Ok(attachment(reply, &context, &coming, "csv"))
}

/// As a workbook, in which text is never a formula.
pub(super) async fn excel(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let coming = read(&context).await?;
    let t = context.t();
    let sheet = sheet(t, &coming);
    let title = coming.event.name(t.locale()).to_owned();
    let words = crate::print::words(t);
    let mut document = Document::new(title, t.locale(), civil_date(context.now), words);
    document.subtitle = coming.when(t);
    document.look.city.clone_from(&context.app.settings.city);
    let columns = sheet
        .headings
        .iter()
        .enumerate()
        .map(|(at, heading)| match at {
            2 => Column::number(heading.clone()),
            _ => Column::text(heading.clone()),
        });
    let rows = sheet.rows.into_iter().map(|row| {
        let cells = row.into_iter().enumerate().map(|(at, cell)| match at {
            2 => cell
                .parse()
                .map_or(Cell::Empty, |number| Cell::Number(Number::whole(number))),
            _ => cell.into(),
        });
        Row::of(cells.collect())
    });
    let name = t.get("signups-sheet").into_owned();
    document.body.push(Block::Table(Table {
        caption: name.clone(),
        sheet: name,
        columns: columns.collect(),
        header_columns: 1,
        rows: rows.collect(),
        ..Table::default()
    }));
    let made = calendar.printer.excel(document).await;
    let bytes = made.map_err(|error| Problem::Internal(error.to_string().into()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let reply = Reply::new(200, kind, bytes);
    Ok(attachment(reply, &context, &coming, "xlsx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(safe("=HYPERLINK(\"x\")".to_owned()), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("+46 31".to_owned()), "'+46 31");
        assert_eq!(safe("Åsa".to_owned()), "Åsa");
    }
}
