//! Word files (WordprocessingML, ECMA-376): real styles for headings, lists and captions, tables with
//! repeated header rows, pictures with alternative texts, links, and the language of every text.
//!
//! Written by ourselves: the library that was meant for it writes no language, no alternative texts and
//! no header rows, and numbers its parts from a counter of the whole program, so that no two files are the
//! same (decision 0024). The table of contents leads to its headings and has no page numbers, since only
//! Word knows its pages; Word adds them when somebody updates it.

mod body;
mod parts;
mod styles;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use torg_kernel::Locale;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::check::check;
use crate::error::{DocumentError, Result};
use crate::model::Document;

/// Writes a document as a Word file (`.docx`).
///
/// # Errors
/// What [`check`] finds, and [`DocumentError::Failed`] when a drawing cannot be drawn.
pub fn write(document: &Document) -> Result<Vec<u8>> {
    check(document)?;
    let body = body::Body::new(document).write()?;
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            parts::content_types(&body),
        ),
        ("_rels/.rels".to_owned(), parts::root_relations()),
        ("docProps/core.xml".to_owned(), parts::core(document)),
        ("docProps/app.xml".to_owned(), parts::app(document)),
        ("word/document.xml".to_owned(), body.xml),
        (
            "word/_rels/document.xml.rels".to_owned(),
            parts::relations(&body.links, &body.pictures),
        ),
        ("word/styles.xml".to_owned(), styles::styles(document)),
        ("word/settings.xml".to_owned(), parts::settings(document)),
        (
            "word/numbering.xml".to_owned(),
            parts::numbering(&body.numbered),
        ),
        ("word/fontTable.xml".to_owned(), parts::fonts()),
        ("word/header1.xml".to_owned(), parts::header(document)),
        ("word/footer1.xml".to_owned(), parts::footer(document)),
    ];
    for picture in body.pictures {
        parts.push((format!("word/{}", picture.target()), picture.bytes));
    }
    pack(&parts)
}

/// All parts in one file, always with the same time on them.
fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let failed =
        |error: &dyn std::fmt::Display| DocumentError::Failed(format!("the file: {error}"));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        file.start_file(name.as_str(), options)
            .map_err(|error| failed(&error))?;
        file.write_all(bytes).map_err(|error| failed(&error))?;
    }
    let written = file.finish().map_err(|error| failed(&error))?;
    Ok(written.into_inner())
}

/// A language as Word wants it: with a country where one is usual.
fn language(locale: Locale) -> String {
    match locale.as_str() {
        "sv" => "sv-SE".to_owned(),
        "en" => "en-GB".to_owned(),
        "fi" => "fi-FI".to_owned(),
        "de" => "de-DE".to_owned(),
        "fr" => "fr-FR".to_owned(),
        "es" => "es-ES".to_owned(),
        "pl" => "pl-PL".to_owned(),
        "ar" => "ar-SA".to_owned(),
        "fa" => "fa-IR".to_owned(),
        "so" => "so-SO".to_owned(),
        "uk" => "uk-UA".to_owned(),
        other => other.to_owned(),
    }
}
