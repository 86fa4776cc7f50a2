//! What a file is, by its bytes. A name proves nothing: it is only compared with the bytes, and
//! one that says something else is told to whoever sends the file.

use memchr::memmem;
use serde::{Deserialize, Serialize};
use torg_kernel::{Message, Problem, Result};

/// The largest file that is taken, in bytes: 50 MiB.
pub const LARGEST: usize = 50 * 1024 * 1024;

/// The kinds of files that are let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A GIF picture.
    Gif,
    /// An SVG drawing; comes in, and is kept as PNG.
    Svg,
    /// A document as PDF.
    Pdf,
    /// A Word document without macros.
    Docx,
    /// An Excel workbook without macros.
    Xlsx,
    /// A PowerPoint presentation without macros.
    Pptx,
    /// An OpenDocument text.
    Odt,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A table as text.
    Csv,
    /// Plain text.
    Text,
    /// Calendar events (RFC 5545).
    Calendar,
}

impl FileKind {
    const ALL: [Self; 14] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::Svg,
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Csv,
        Self::Text,
        Self::Calendar,
    ];

    /// Name as people know it, stored name, media type, and endings, the usual one first.
    const fn row(
        self,
    ) -> (
        &'static str,
        &'static str,
        &'static str,
        &'static [&'static str],
    ) {
        match self {
            Self::Jpeg => (
                "JPEG",
                "jpeg",
                "image/jpeg",
                &["jpg", "jpeg", "jpe", "jfif"],
            ),
            Self::Png => ("PNG", "png", "image/png", &["png", "apng"]),
            Self::Webp => ("WebP", "webp", "image/webp", &["webp"]),
            Self::Gif => ("GIF", "gif", "image/gif", &["gif"]),
            Self::Svg => ("SVG", "svg", "image/svg+xml", &["svg"]),
            Self::Pdf => ("PDF", "pdf", "application/pdf", &["pdf"]),
            Self::Docx => (
                "Word",
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                &["docx"],
            ),
            Self::Xlsx => (
                "Excel",
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                &["xlsx"],
            ),
            Self::Pptx => (
                "PowerPoint",
                "pptx",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                &["pptx"],
            ),
            Self::Odt => (
                "ODT",
                "odt",
                "application/vnd.oasis.opendocument.text",
                &["odt"],
            ),
            Self::Ods => (
                "ODS",
                "ods",
                "application/vnd.oasis.opendocument.spreadsheet",
                &["ods"],
            ),
            Self::Csv => ("CSV", "csv", "text/csv; charset=utf-8", &["csv"]),
            Self::Text => ("TXT", "text", "text/plain; charset=utf-8", &["txt"]),
            Self::Calendar => ("ICS", "calendar", "text/calendar; charset=utf-8", &["ics"]),
        }
    }

    /// The name that people know it by, the same in all languages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.row().1
    }

    /// The media type that it is sent with.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        self.row().2
    }

    /// The usual ending of its names, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        self.row().3[0]
    }

    /// The kind with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it is a picture.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(
            self,
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif | Self::Svg
        )
    }

    const fn is_text(self) -> bool {
        matches!(self, Self::Csv | Self::Text | Self::Calendar)
    }

    /// What a name claims by its ending; `None` for an ending of nothing that is let in.
    fn claimed(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.row().3.contains(&ending.as_str()))
    }
}

/// Finds out what a file is, and compares it with what its name says.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`: empty, too large, of a kind that is not let in,
/// broken, or with a name that lies.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<FileKind> {
    let refuse = |message: Message| Err(Problem::field("file", message.with("name", shown(name))));
    if bytes.is_empty() {
        return refuse(Message::new("file-error-empty"));
    }
    if bytes.len() > LARGEST {
        let message = Message::new("file-error-too-large").with("limit", LARGEST / 1024 / 1024);
        return refuse(message);
    }
    let kind = match by_content(bytes) {
        Ok(kind) => kind,
        Err(message) => return refuse(message),
    };
    match FileKind::claimed(name) {
        Some(claimed) if !recognisable(name, kind) => refuse(
            Message::new("file-error-lying")
                .with("claimed", claimed.name())
                .with("found", kind.name()),
        ),
        _ => Ok(kind),
    }
}

/// Whether a name does not lie about being of a kind.
pub(crate) fn recognisable(name: &str, kind: FileKind) -> bool {
    FileKind::claimed(name)
        .is_none_or(|claimed| claimed == kind || (claimed.is_text() && kind.is_text()))
}

/// A name short enough for a sentence.
fn shown(name: &str) -> String {
    name.chars().take(80).collect()
}

fn by_content(bytes: &[u8]) -> Result<FileKind, Message> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Ok(FileKind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(FileKind::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(FileKind::Gif);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(FileKind::Webp);
    }
    if bytes.starts_with(b"%PDF-") {
        // A whole file ends with this line, whatever programs add after it (ISO 32000-2, 7.5.5).
        let end = &bytes[bytes.len().saturating_sub(2_048)..];
        return match memmem::find(end, b"%%EOF") {
            Some(_) => Ok(FileKind::Pdf),
            None => Err(Message::new("file-error-broken")),
        };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return packed(bytes);
    }
    if let Some(brand) = bytes.get(4..12).filter(|head| head.starts_with(b"ftyp")) {
        return Err(match &brand[4..] {
            b"avif" | b"avis" => Message::new("file-error-format").with("found", "AVIF"),
            b"heic" | b"heix" | b"heif" | b"mif1" | b"msf1" | b"hevc" => {
                Message::new("file-error-format").with("found", "HEIC")
            }
            _ => Message::new("file-error-unknown"),
        });
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return Err(Message::new("file-error-format").with("found", "TIFF"));
    }
    text(bytes)
}

/// Office documents are ZIP archives; the names in them stand uncompressed.
fn packed(bytes: &[u8]) -> Result<FileKind, Message> {
    let holds = |name: &[u8]| memmem::find(bytes, name).is_some();
    // The first entry of an OpenDocument file tells its type (ODF 1.3, part 2, 3.3).
    if bytes.get(30..38) == Some(b"mimetype") {
        let kind = &bytes[38..];
        for known in [FileKind::Odt, FileKind::Ods] {
            if kind.starts_with(known.mime().as_bytes()) && !holds(b"Basic/Standard") {
                // A template's type begins alike.
                let rest = &kind[known.mime().len()..];
                if !rest.starts_with(b"-") {
                    return Ok(known);
                }
            }
        }
    }
    if holds(b"[Content_Types].xml") {
        if holds(b"vbaProject.bin") {
            return Err(Message::new("file-error-macros"));
        }
        for (part, kind) in [
            (b"word/document.xml".as_slice(), FileKind::Docx),
            (b"xl/workbook.xml", FileKind::Xlsx),
            (b"ppt/presentation.xml", FileKind::Pptx),
        ] {
            if holds(part) {
                return Ok(kind);
            }
        }
    }
    Err(Message::new("file-error-unknown"))
}

fn text(bytes: &[u8]) -> Result<FileKind, Message> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let control = |byte: &u8| *byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 12);
    if bytes.iter().any(control) {
        return Err(Message::new("file-error-unknown"));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Message::new("file-error-not-utf8"));
    };
    let start = text.trim_start();
    if start.starts_with('<') {
        // What else a browser may take for a page; a drawing is never sent on as it is.
        return match first_element(start) {
            Some("svg") => Ok(FileKind::Svg),
            _ => Err(Message::new("file-error-markup")),
        };
    }
    if start.starts_with("BEGIN:VCALENDAR") {
        return Ok(FileKind::Calendar);
    }
    Ok(if is_table(start) {
        FileKind::Csv
    } else {
        FileKind::Text
    })
}

/// The name of the first element of a text in XML, without its prefix: what stands before it is
/// passed over (declaration, document type, comments).
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let inner = rest.strip_prefix('<')?;
        if inner.starts_with("!--") {
            rest = &rest[rest.find("-->")? + 3..];
        } else if inner.starts_with('?') {
            rest = &rest[rest.find("?>")? + 2..];
        } else if inner.starts_with('!') {
            // What it declares stands in brackets and may hold the sign itself.
            let end = rest.find('>')?;
            let declared = rest.find('[').filter(|at| *at < end);
            let end = match declared {
                Some(at) => at + rest[at..].find("]>")? + 1,
                None => end,
            };
            rest = &rest[end + 1..];
        } else {
            let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
            let name = &inner[..end];
            return Some(name.rsplit(':').next().unwrap_or(name));
        }
    }
}

/// Whether the first lines all have as many of one separator.
fn is_table(text: &str) -> bool {
    [';', ',', '\t'].into_iter().any(|separator| {
        let mut counts = text
            .lines()
            .take(20)
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.matches(separator).count());
        let first = counts.next().unwrap_or(0);
        let mut rows = 1;
        let even = counts.all(|count| {
            rows += 1;
            count == first
        });
        first > 0 && rows > 1 && even
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, bytes: &[u8]) -> &'static str {
        match recognise(name, bytes) {
            Err(Problem::Invalid(errors)) => errors[0].message.key,
            other => panic!("{name}: {other:?}"),
        }
    }

    fn odf(mime: &str) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30, 0);
        bytes.extend_from_slice(b"mimetype");
        bytes.extend_from_slice(mime.as_bytes());
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes
    }

    #[test]
    fn kinds_are_told_by_their_bytes() {
        let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n";
        let docx = b"PK\x03\x04......[Content_Types].xml....word/document.xml";
        for (name, bytes, kind) in [
            ("a.pdf", pdf.as_slice(), FileKind::Pdf),
            ("A.PDF", pdf, FileKind::Pdf),
            ("no ending", pdf, FileKind::Pdf),
            ("a.docx", docx, FileKind::Docx),
            ("a.csv", b"a;b\n1;2\n", FileKind::Csv),
            ("a.txt", b"a;b\n1;2\n", FileKind::Csv),
            ("a.txt", "Åttio, nittio\nhundra".as_bytes(), FileKind::Text),
            (
                "a.ics",
                b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
                FileKind::Calendar,
            ),
            ("a.jfif", b"\xff\xd8\xff\xe0", FileKind::Jpeg),
            (
                "a.svg",
                b"<?xml version='1.0'?>\n<!-- a --><svg></svg>",
                FileKind::Svg,
            ),
            (
                "a.svg",
                b"<!DOCTYPE svg [<!ENTITY ns 'http://x/>'>]>\n<svg:svg/>",
                FileKind::Svg,
            ),
        ] {
            assert_eq!(recognise(name, bytes).unwrap(), kind, "{name}");
        }
        assert_eq!(
            recognise("a.odt", &odf("application/vnd.oasis.opendocument.text")).unwrap(),
            FileKind::Odt
        );
        assert_eq!(
            key(
                "a.odt",
                &odf("application/vnd.oasis.opendocument.text-template")
            ),
            "file-error-unknown"
        );
        for kind in FileKind::ALL {
            assert_eq!(FileKind::parse(kind.as_str()), Some(kind));
        }
    }

    #[test]
    fn what_is_not_let_in_is_told_why() {
        assert_eq!(key("a.txt", b""), "file-error-empty");
        assert_eq!(key("a.pdf", b"\x89PNG\r\n\x1a\n..."), "file-error-lying");
        assert_eq!(key("a.png", b"%PDF-1.7 %%EOF"), "file-error-lying");
        assert_eq!(key("a.pdf", b"%PDF-1.7\n1 0 obj"), "file-error-broken");
        assert_eq!(key("a.png", b"<svg onload='x()'/>"), "file-error-lying");
        assert_eq!(
            key("a.svg", b"<html><svg></svg></html>"),
            "file-error-markup"
        );
        assert_eq!(key("a.svg", b"<!-- <svg> --><p>"), "file-error-markup");
        assert_eq!(
            key("a.txt", b"<!doctype html><script>"),
            "file-error-markup"
        );
        assert_eq!(key("a.exe", b"MZ\x90\0\x03"), "file-error-unknown");
        assert_eq!(key("a.zip", b"PK\x03\x04......x"), "file-error-unknown");
        assert_eq!(key("a.csv", b"\xc5ngstr\xf6m;1"), "file-error-not-utf8");
        assert_eq!(
            key("a.heic", b"\0\0\0\x18ftypheic...."),
            "file-error-format"
        );
        assert_eq!(
            key("a.avif", b"\0\0\0\x18ftypavif...."),
            "file-error-format"
        );
        let macros = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin";
        assert_eq!(key("a.docx", macros), "file-error-macros");
        assert_eq!(
            key("a.jpg", &vec![0xff; 100 * 1024 * 1024]),
            "file-error-too-large"
        );
    }
}
