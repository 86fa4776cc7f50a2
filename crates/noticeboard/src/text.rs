//! The text of an announcement: Markdown in, blocks kept.
//!
//! Nothing in it is by reference: a fee or a telephone number is written out. A fact by reference would
//! change what stands on the board without anybody having changed the announcement, and no proof
//! could tell. Links to other pages are kept as addresses for the same reason.

use torg_kernel::{Document, FactId, FieldError, Ids, LinkTarget, Message, Timestamp, UnitId};
use torg_markup::{Goal, NoNames, NoteKind, Resolver, body_to_markdown, parse_markdown_body};

struct Addresses;

impl Resolver for Addresses {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        match goal {
            Goal::Address(path) => Some(LinkTarget::Path {
                path: path.to_owned(),
            }),
            _ => None,
        }
    }
    fn unit(&self, _: &str) -> Option<UnitId> {
        None
    }
    fn fact(&self, _: &str) -> Option<FactId> {
        None
    }
}

/// Reads the Markdown of a field.
///
/// # Errors
/// What is wrong, at `field`: a directive that cannot be read, something by reference.
pub fn read_text(
    field: &str,
    markdown: &str,
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<Document, FieldError> {
    let wrong = |message: Message| FieldError {
        field: field.to_owned(),
        message,
    };
    let (blocks, _) = parse_markdown_body(markdown).map_err(|error| wrong(error.message()))?;
    let (document, notes) = torg_markup::resolve("", &blocks, &Addresses, ids, now);
    if let Some(note) = notes.iter().find(|note| {
        matches!(
            note.kind,
            NoteKind::UnitUnknown { .. }
                | NoteKind::FactUnknown { .. }
                | NoteKind::PictureMissing { .. }
                | NoteKind::FileMissing { .. }
        )
    }) {
        let line = note.line.unwrap_or(1);
        return Err(wrong(
            Message::new("notice-error-reference").with("line", line),
        ));
    }
    let by_reference = !document.facts().is_empty()
        || !document.units().is_empty()
        || !document.pictures().is_empty()
        || !document.files().is_empty()
        || document
            .links()
            .iter()
            .any(|link| matches!(link, LinkTarget::Unit { .. } | LinkTarget::Page { .. }));
    if by_reference {
        return Err(wrong(
            Message::new("notice-error-reference").with("line", 1),
        ));
    }
    if let Some(LinkTarget::Missing { original }) = document
        .links()
        .into_iter()
        .find(|link| matches!(link, LinkTarget::Missing { .. }))
    {
        let message = Message::new("notice-error-link").with("address", original);
        return Err(wrong(message));
    }
    Ok(document)
}

/// The text as Markdown, as it is written in the form and in files.
#[must_use]
pub fn write_text(document: &Document) -> String {
    let mut document = document.clone();
    // Written as people write them; the writer would mark them as paths of the program.
    document.change_links(&mut |link| {
        if let LinkTarget::Path { path } = link {
            *link = LinkTarget::Url {
                url: std::mem::take(path),
            };
        }
    });
    body_to_markdown(&document, &NoNames)
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::SeededIds;

    fn read(markdown: &str) -> Result<Document, FieldError> {
        read_text(
            "text_sv",
            markdown,
            &SeededIds::new(1),
            Timestamp::default(),
        )
    }

    #[test]
    fn markdown_comes_back_and_references_are_refused() {
        let text = "## Ärenden\n\n- Ett [beslut](/kommun-och-politik)\n- Två\n";
        assert_eq!(write_text(&read(text).expect("is read")), text);
        for wrong in [
            "Avgiften är {{fact:avgift:value}}.",
            "{{contact:stadsbiblioteket}}",
            "[Biblioteket](unit:stadsbiblioteket)",
            "[Sidan](annan-sida.md)",
        ] {
            let error = read(wrong).expect_err(wrong);
            assert_eq!(error.field, "text_sv");
        }
    }
}
