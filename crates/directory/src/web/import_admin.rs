//! Importing a table of units: first what it would do, then the button that does it.

use askama::Template;
use torg_kernel::{FieldError, Permission, Problem, Result};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Form, Reply, desk};

use crate::spreadsheet::{CsvReport, import_csv, preview_csv};
use crate::views::UnitImportPage;

/// Bytes of a file at most.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;
/// Faults that are shown at most.
const SHOWN: usize = 200;
const HERE: &str = "/admin/units/import";

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    Ok(Reply::html(
        view(&context, String::new(), None, Vec::new())?.render()?,
    ))
}

fn view(
    context: &Context,
    csv: String,
    report: Option<CsvReport>,
    errors: Vec<FieldError>,
) -> Result<UnitImportPage> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::Units, &t.get("units-import-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let fault = |error: &FieldError| {
        let (line, column) = error.field.split_once(':').unwrap_or((&error.field, ""));
        (
            line.to_owned(),
            column.to_owned(),
            t.message(&error.message),
        )
    };
    Ok(UnitImportPage {
        desk: frame,
        action: HERE.to_owned(),
        request_id: context.new_request_id(),
        export_href: "/api/v1/units.csv".to_owned(),
        csv,
        report,
        faults: errors.iter().take(SHOWN).map(fault).collect(),
        fault_count: errors.len(),
    })
}

/// Tries a file, or does what was tried.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let upload = context.upload().await?;
    let file = upload.file("file").map(|file| file.bytes.to_vec());
    let form = upload.form.clone();
    // A browser sends line ends of a field as CRLF; CSV reads both.
    let bytes = file.unwrap_or_else(|| form.text("csv").into_bytes());
    let doing = form.text("do") == "import";
    let said = match doing {
        true => carry_out(&context, &form, bytes.clone()).await,
        false => try_out(&context, bytes.clone()).await,
    };
    let csv = String::from_utf8_lossy(&bytes).into_owned();
    match said {
        Ok(_) if doing => Ok(Reply::see_other("/admin/units?done=units-imported")),
        Ok(report) => {
            // What is sent back must be text that is read alike.
            let csv = csv.trim_start_matches('\u{feff}').to_owned();
            let csv = match std::str::from_utf8(&bytes) {
                Ok(_) => csv,
                Err(_) => wide(&bytes),
            };
            Ok(Reply::html(
                view(&context, csv, Some(report), Vec::new())?.render()?,
            ))
        }
        Err(Problem::Invalid(errors)) => {
            let view = view(&context, csv, None, errors)?;
            Ok(Reply::new(422, "text/html; charset=utf-8", view.render()?))
        }
        Err(other) => Err(other),
    }
}

/// A file of UTF-16 as text.
fn wide(bytes: &[u8]) -> String {
    let big = bytes.starts_with(&[0xfe, 0xff]);
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }
    };
    let units = bytes.get(2..).unwrap_or_default().chunks_exact(2).map(unit);
    char::decode_utf16(units)
        .map(|c| c.unwrap_or('\u{fffd}'))
        .collect()
}

/// What a file would do for the one who sends it.
async fn try_out(context: &Context, bytes: Vec<u8>) -> Result<CsvReport> {
    let caller = context.caller()?.clone();
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let actor = torg_kernel::Actor::system("preview");
    let author = Author {
        actor: &actor,
        now: context.now,
        ids: &*context.app.ids,
    };
    let may = |organisation| caller.may(Permission::UnitEdit, organisation);
    let report = preview_csv(&*snapshot, author, &bytes, &organisations, &may).await;
    snapshot.end().await?;
    report
}

async fn carry_out(context: &Context, form: &Form, bytes: Vec<u8>) -> Result<CsvReport> {
    let caller = context.caller()?.clone();
    let request = form.request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("unit.import {}", form.digest());
    let once = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let actor = torg_kernel::Actor::Person {
                    id: caller.person,
                    role: None,
                    organisation: None,
                    on_behalf_of: None,
                };
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let may = |organisation| caller.may(Permission::UnitEdit, organisation);
                        let report = import_csv(write, author, &bytes, &organisations, &may);
                        let report = report.await?;
                        // The answer that is kept need not hold every line.
                        Ok((report.created, report.changed, report.closed, report.same))
                    })
                })
                .await
            })
        })
        .await?;
    let (created, changed, closed, same) = once.answer;
    Ok(CsvReport {
        created,
        changed,
        closed,
        same,
        lines: Vec::new(),
    })
}
