//! Workbooks as openpyxl reads them.

use crate::sample;

use serde_json::{Value, json};
use torg_document::{Block, Cell, Column, Number, Row, Table, excel};

fn cell<'a>(sheet: &'a Value, at: &str) -> &'a Value {
    &sheet["cells"][at]
}

#[test]
fn a_workbook_holds_the_tables_with_numbers_as_numbers() {
    let document = sample::document();
    let bytes = excel::write(&document).expect("the sample is a document");
    assert_eq!(
        bytes,
        excel::write(&document).expect("again"),
        "the same bytes"
    );
    let facts = sample::judged("xlsx", &bytes);
    assert_eq!(facts["title"], "Årlig analys 2024");
    assert_eq!(facts["created"], "2024-03-01T00:00:00");
    let names: Vec<&Value> = facts["sheets"]
        .as_array()
        .expect("sheets")
        .iter()
        .map(|sheet| &sheet["name"])
        .collect();
    assert_eq!(
        names,
        ["Om dokumentet", "Kostnader", "Pågående förändringsinsats 1"]
    );

    let about = &facts["sheets"][0];
    assert_eq!(cell(about, "A1")[0], "Årlig analys 2024");
    assert!(
        about["cells"]
            .as_object()
            .expect("cells")
            .values()
            .any(|cell| cell[0] == "Kostnader" && cell[4] == "'Kostnader'!A1"),
        "the list of sheets leads to them: {about:#}"
    );

    let costs = &facts["sheets"][1];
    assert_eq!(costs["frozen"], "B7");
    assert_eq!(costs["repeated"], "$5:$6");
    assert_eq!(costs["merged"], json!(["B5:D5", "E5:F5"]));
    assert_eq!(
        cell(costs, "A6"),
        &json!(["Namn", "s", "General", true, null])
    );
    assert_eq!(
        cell(costs, "B7"),
        &json!([759_100, "n", "#,##0.0", false, null])
    );
    assert_eq!(
        cell(costs, "C7"),
        &json!([0.06, "n", "#,##0.0%", false, null])
    );
    assert_eq!(cell(costs, "D7")[2], "\"cirka \"#,##0");
    assert_eq!(
        cell(costs, "E7"),
        &json!(["2024-05-31 00:00:00", "d", "yyyy-mm-dd", false, null])
    );
    assert_eq!(cell(costs, "F7")[4], "https://stad.example/data?a=1&b=2");
    // Text that looks like a formula is text; a number that Excel would round is text too.
    assert_eq!(
        cell(costs, "A8"),
        &json!(["=1+1 är ett namn", "s", "General", true, null])
    );
    assert_eq!(cell(costs, "B8")[1], "s");
    assert_eq!(cell(costs, "D8")[0], json!(-0.05));
    assert_eq!(cell(costs, "A9")[3], true, "the sum is bold");
    // Excel's own table covers what is no sum.
    let tables = costs["tables"].as_object().expect("tables");
    assert_eq!(tables.values().collect::<Vec<_>>(), ["A6:F8"]);
}

#[test]
fn headings_twice_and_odd_dates_are_written_all_the_same() {
    let mut document = sample::document();
    document.body = vec![Block::Table(Table {
        caption: "Lika: [1]".to_owned(),
        columns: vec![
            Column::text("År"),
            Column::number("2024"),
            Column::number("2024"),
        ],
        header_columns: 1,
        rows: vec![Row::of(vec![
            Cell::Date(jiff::civil::date(1621, 6, 4)),
            Number::whole(1).into(),
            Cell::Percent(Number::of(i64::MAX, 9)),
        ])],
        ..Table::default()
    })];
    let facts = sample::judged("xlsx", &excel::write(&document).expect("a document"));
    let sheet = &facts["sheets"][1];
    assert_eq!(sheet["name"], "Lika 1");
    assert_eq!(cell(sheet, "A5")[0], "1621-06-04");
    assert_eq!(
        cell(sheet, "C5")[0],
        "9\u{a0}223\u{a0}372\u{a0}036,854775807\u{a0}%"
    );
    assert_eq!(sheet["tables"], json!({}));
}

#[test]
fn fifty_thousand_rows_are_a_workbook() {
    let mut document = sample::document();
    let rows = (0..50_000)
        .map(|at| Row::of(vec![format!("Rad {at}").into(), Number::whole(at).into()]))
        .collect();
    document.body = vec![Block::Table(Table {
        caption: "Många".to_owned(),
        columns: vec![Column::text("Namn"), Column::number("Antal")],
        rows,
        ..Table::default()
    })];
    let bytes = excel::write(&document).expect("as many as may be");
    assert!(bytes.len() > 500_000);
}
