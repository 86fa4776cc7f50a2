//! Sets a document and writes it as PDF.

use std::collections::BTreeMap;

use torg_document::Document;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::glyphs::Glyphs;
use crate::sheet::Sheet;
use crate::world::{Desk, fonts};

/// How pages look.
const PAGE: &str = include_str!("page.typ");

/// A document as PDF: readable for all (PDF/UA-1, ISO 14289-1) and fit to be kept (PDF/A-2a, ISO 19005-2).
/// The same document gives the same bytes.
///
/// # Errors
/// What the typesetter said.
pub(crate) fn pdf(document: &Document) -> Result<Vec<u8>, String> {
    let fonts = fonts();
    let (sheet, pictures) = Sheet::new(document, &Glyphs::new(&fonts));
    let sheet = serde_json::to_vec(&sheet).map_err(|error| error.to_string())?;
    let mut files: BTreeMap<String, Bytes> = pictures
        .into_iter()
        .map(|(name, bytes)| (name, Bytes::new(bytes)))
        .collect();
    files.insert("document.json".to_owned(), Bytes::new(sheet));
    let desk = Desk::new(PAGE, fonts, files)?;
    let paged: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|errors| words(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|error| error.message().to_string())?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Torg".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|errors| words(&errors))
}

fn words(errors: &[SourceDiagnostic]) -> String {
    let errors: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    errors.join("; ")
}
