//! Taking metadata out of pictures without touching their pixels: positions, cameras, names of
//! people. Works from lists of what may stay, so that what is unknown goes.

/// A JPEG file without metadata (ITU-T T.81, annex B): comments and all application segments but
/// JFIF (APP0), the colour profile (APP2) and Adobe's colour transform (APP14) go, and what lies
/// after the end of the picture too, where telephones put films and second pictures. `None` when
/// the file ends before the picture does. `orientation` is the Exif value, 1 to 8, by which the
/// pixels must be turned when they are shown; it is all that is put back.
pub(super) fn jpeg(bytes: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(bytes.get(..2)?);
    if orientation != 1 {
        out.extend_from_slice(&exif_with_orientation(orientation));
    }
    let mut at = 2;
    loop {
        // Any number of fill bytes may come before a marker.
        while bytes.get(at)? == &0xff && bytes.get(at + 1)? == &0xff {
            at += 1;
        }
        let (0xff, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else {
            return None;
        };
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            at += 2;
            continue;
        }
        if marker == 0xd9 {
            // The end before any pixels.
            return None;
        }
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        let segment = bytes.get(at..at + 2 + length)?;
        if marker == 0xda {
            break;
        }
        let stays = match marker {
            0xe0 => segment.get(4..9) == Some(b"JFIF\0"),
            0xe2 => segment.get(4..16) == Some(b"ICC_PROFILE\0"),
            0xee => segment.get(4..9) == Some(b"Adobe"),
            0xe1 | 0xe3..=0xed | 0xef | 0xf0..=0xfe => false,
            _ => true,
        };
        if stays {
            out.extend_from_slice(segment);
        }
        at += 2 + length;
    }
    // Within the pixels a byte 0xff is followed by 0 or a restart; this pair is the end alone.
    let end = memchr::memmem::find(&bytes[at..], &[0xff, 0xd9])? + at + 2;
    out.extend_from_slice(&bytes[at..end]);
    Some(out)
}

/// An Exif segment (CIPA DC-008) that holds the orientation and nothing else.
fn exif_with_orientation(orientation: u8) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend_from_slice(b"Exif\0\0MM\0*\0\0\0\x08");
    // One entry: tag 0x0112, a short, once.
    segment.extend_from_slice(&[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    segment.extend_from_slice(&[0, 0, 0, 0]);
    segment
}

/// A PNG file with the chunks that make its picture and its colours (PNG, third edition, 11) and no
/// others. `None` when it ends before its end chunk.
pub(super) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const STAYS: [&[u8; 4]; 12] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
        b"cICP", b"bKGD",
    ];
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let name: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at
            .checked_add(usize::try_from(length).ok()?)?
            .checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        if STAYS.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(out);
        }
        at = end;
    }
}

/// A still WebP file with its pixels and its colour profile alone (RFC 9649, section 2). `None` when
/// it ends too early.
pub(super) fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    let whole = usize::try_from(size).ok()?.checked_add(8)?;
    let bytes = bytes.get(..whole)?;
    let mut out = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let name = bytes.get(at..at + 4)?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?);
        let length = usize::try_from(length).ok()?;
        let padded = length.checked_add(length % 2)?;
        let end = at.checked_add(8)?.checked_add(padded)?;
        let chunk = bytes.get(at..end)?;
        match name {
            b"VP8X" => {
                let from = out.len();
                out.extend_from_slice(chunk);
                // The flags that say that there is Exif (bit 3) and XMP (bit 2).
                *out.get_mut(from + 8)? &= !0b1100;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ICCP" => out.extend_from_slice(chunk),
            _ => {}
        }
        at = end;
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}
