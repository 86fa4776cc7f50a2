//! Writes a document with one of everything, to be looked at: `cargo run -p torg-document --example
//! sample -- FOLDER [ROWS]` gives `sample.docx`, `sample.xlsx` and `sample.json`, the order that
//! `torg-documents` makes a PDF of. With ROWS it has a table of so many rows besides, to be measured.

#[path = "../tests/documents/sample.rs"]
#[expect(dead_code, reason = "the judges are asked by tests alone")]
mod sample;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use torg_document::{Block, Column, Number, Order, Row, Table, VERSION, excel, word};

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().ok_or("say the folder to write to")?);
    let mut document = sample::document();
    if let Some(rows) = words.next() {
        let rows: i64 = rows.parse()?;
        document.body.push(Block::heading(1, "Många rader"));
        document.body.push(Block::Table(Table {
            caption: "Kostnader per kund".to_owned(),
            columns: vec![
                Column::text("Kund"),
                Column::text("Tjänst"),
                Column::number("Volym"),
                Column::number("Kostnad (tkr)"),
                Column::number("Andel"),
            ],
            header_columns: 1,
            rows: (0..rows)
                .map(|at| {
                    Row::of(vec![
                        format!("Kund nummer {at}").into(),
                        "Extern service och kommunikation".into(),
                        Number::whole(at * 37).into(),
                        Number::of(at * 1_234, 1).into(),
                        torg_document::Cell::Percent(Number::of(at % 1_000, 1)),
                    ])
                })
                .collect(),
            ..Table::default()
        }));
    }
    let order = Order {
        version: VERSION,
        document: &document,
    };
    std::fs::write(folder.join("sample.json"), serde_json::to_vec(&order)?)?;
    let from = Instant::now();
    let file = word::write(&document)?;
    eprintln!("Word: {} bytes in {:?}", file.len(), from.elapsed());
    std::fs::write(folder.join("sample.docx"), file)?;
    let from = Instant::now();
    let file = excel::write(&document)?;
    eprintln!("Excel: {} bytes in {:?}", file.len(), from.elapsed());
    std::fs::write(folder.join("sample.xlsx"), file)?;
    Ok(())
}
