//! Bytes to text. UTF-8 and UTF-16 are recognised; what is neither is taken for Windows-1252,
//! which every older Swedish file is, at the price that other old encodings come out as garbage.

use crate::error::ErrorKind;

/// The upper part of Windows-1252 that differs from Latin-1. Codes it leaves open stay controls.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text and, where it was not UTF-8, what it was. Errors come with the line.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Option<&'static str>), (u32, ErrorKind)> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes).map(|text| (text, Some("UTF-16")));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes).map(|text| (text, Some("UTF-16")));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err((line_of(bytes, at), ErrorKind::Binary {}));
    }
    if controls * 50 > bytes.len() {
        let at = bytes.iter().position(|byte| is_control(*byte));
        return Err((line_of(bytes, at.unwrap_or(0)), ErrorKind::Binary {}));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), None)),
        Err(_) => Ok((
            bytes
                .iter()
                .map(|byte| match byte {
                    0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
                    byte => char::from(*byte),
                })
                .collect(),
            Some("Windows-1252"),
        )),
    }
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)) || byte == 0x7f
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    let before = bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(before).map_or(u32::MAX, |n| n.saturating_add(1))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, (u32, ErrorKind)> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    match text.find('\0') {
        Some(at) => Err((line_of(text.as_bytes(), at), ErrorKind::Binary {})),
        None => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("\u{feff}Åh".as_bytes()), Ok(("Åh".into(), None)));
        assert_eq!(
            decode(b"\x80 f\xf6r \x96 ja"),
            Ok(("€ för – ja".into(), Some("Windows-1252")))
        );
        let wide: Vec<u8> = b"\xff\xfe"
            .iter()
            .copied()
            .chain("Öl".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(&wide), Ok(("Öl".into(), Some("UTF-16"))));
        assert_eq!(decode(b"a\nb\0c"), Err((2, ErrorKind::Binary {})));
        assert_eq!(decode(b"\x01\x02\x03ab"), Err((1, ErrorKind::Binary {})));
    }
}
