//! The encoding of a page, by the order of the HTML standard: byte order mark, what the server said,
//! what the page says of itself, and where nothing is said what the bytes can be.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page its own word on its encoding may stand, in bytes (HTML, 13.2.3.2).
const START: usize = 1024;

/// The text of a page, and the name of its encoding where that is not UTF-8.
pub(super) fn decode(bytes: &[u8], said: Option<&str>) -> (String, Option<&'static str>) {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| said.and_then(|name| Encoding::for_label(name.trim().as_bytes())))
        .or_else(|| in_page(bytes))
        .unwrap_or_else(|| {
            if std::str::from_utf8(bytes).is_ok() {
                UTF_8
            } else {
                WINDOWS_1252
            }
        });
    let (text, used, broken) = encoding.decode(bytes);
    // Pages that say UTF-8 and are not are common where old files were moved to a new server.
    if broken && used == UTF_8 {
        let (text, used, _) = WINDOWS_1252.decode(bytes);
        let mostly = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        if mostly * 10 < bytes.len() * 9 {
            return (text.into_owned(), Some(used.name()));
        }
    }
    (text.into_owned(), (used != UTF_8).then(|| used.name()))
}

fn in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(START)]).to_ascii_lowercase();
    let at = start.match_indices("charset=").find(|(at, _)| {
        let tag = start[..*at].rfind('<').map_or("", |open| &start[open..*at]);
        tag.starts_with("<meta") || tag.starts_with("<?xml")
    });
    let rest = &start[at?.0 + "charset=".len()..];
    let name: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    let encoding = Encoding::for_label(name.as_bytes())?;
    // What could be read as ASCII so far is not UTF-16.
    Some(if encoding.is_ascii_compatible() {
        encoding
    } else {
        UTF_8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found_in_their_order() {
        let latin = b"<meta charset=\"iso-8859-1\">\xe5";
        assert_eq!(decode(latin, None).1, Some("windows-1252"));
        assert!(decode(latin, None).0.ends_with('å'));
        assert_eq!(decode("<p>å".as_bytes(), None), ("<p>å".into(), None));
        assert!(decode(b"<p>\xe5", None).0.ends_with('å'));
        assert!(decode(b"<p>\xe5", Some("latin1")).0.ends_with('å'));
        assert!(
            decode("\u{feff}<meta charset=latin1>å".as_bytes(), Some("latin1"))
                .0
                .ends_with('å')
        );
    }
}
