//! Bytes of an export as clean UTF-8: any encoding that its first line or its byte order mark names,
//! without the characters that XML does not have and that WordPress lets through all the same
//! (XML 1.0, 2.2 Char). Bounds how much one piece of the file may take in memory.

use std::cell::Cell;
use std::io::{BufRead, Error, ErrorKind, Read, Result};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

const CHUNK: usize = 64 * 1024;

/// The most that one tag or one text may take, in bytes.
pub(crate) const LIMIT: u64 = 32 * 1024 * 1024;

/// What is counted on the way, seen from outside while the XML reader owns the stream.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Characters taken away since the beginning.
    pub(crate) bad: Cell<u64>,
    /// Bytes handed on since the last event.
    pub(crate) since: Cell<u64>,
}

/// The clean stream.
pub(crate) struct Clean<R> {
    source: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
    counts: Rc<Counts>,
}

impl<R: Read> Clean<R> {
    pub(crate) fn new(source: R, counts: Rc<Counts>) -> Self {
        Self {
            source,
            decoder: None,
            raw: vec![0; CHUNK],
            text: Vec::with_capacity(CHUNK * 2),
            at: 0,
            ended: false,
            counts,
        }
    }

    fn refill(&mut self) -> Result<()> {
        self.text.clear();
        self.at = 0;
        while self.text.is_empty() && !self.ended {
            let mut length = self.source.read(&mut self.raw)?;
            if self.decoder.is_none() {
                // The name of the encoding stands in the first line: enough of it has to be there.
                while length < 512 {
                    let more = self.source.read(&mut self.raw[length..])?;
                    if more == 0 {
                        break;
                    }
                    length += more;
                }
                self.decoder = Some(named(&self.raw[..length]).new_decoder());
            }
            self.ended = length == 0;
            self.decode(length);
        }
        Ok(())
    }

    fn decode(&mut self, length: usize) {
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let mut decoded = String::with_capacity(
            decoder
                .max_utf8_buffer_length(length)
                .unwrap_or(CHUNK * 3 + 16),
        );
        let mut from = 0;
        loop {
            let (result, read, replaced) =
                decoder.decode_to_string(&self.raw[from..length], &mut decoded, self.ended);
            from += read;
            let bad = &self.counts.bad;
            bad.set(bad.get() + u64::from(replaced));
            match result {
                CoderResult::InputEmpty => break,
                CoderResult::OutputFull => decoded.reserve(CHUNK),
            }
        }
        if decoded
            .bytes()
            .all(|byte| byte >= 0x20 || matches!(byte, 9 | 10 | 13))
            && !decoded.contains(['\u{fffe}', '\u{ffff}'])
        {
            self.text = decoded.into_bytes();
            return;
        }
        let before = decoded.chars().count();
        decoded.retain(allowed);
        let taken = before - decoded.chars().count();
        let bad = &self.counts.bad;
        bad.set(bad.get() + taken as u64);
        self.text = decoded.into_bytes();
    }
}

/// Whether XML 1.0 has the character.
pub(crate) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn named(start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    let line = &start[..start.len().min(200)];
    let line = String::from_utf8_lossy(line);
    let declared = line
        .split_once("?>")
        .and_then(|(declaration, _)| declaration.split_once("encoding="))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1))
        .and_then(|name| Encoding::for_label(name.as_bytes()));
    // A file that can be read so far is not in UTF-16, whatever it says.
    declared
        .filter(|encoding| encoding.is_ascii_compatible())
        .unwrap_or(UTF_8)
}

impl<R: Read> Read for Clean<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let there = self.fill_buf()?;
        let length = there.len().min(into.len());
        into[..length].copy_from_slice(&there[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Clean<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.counts.since.get() > LIMIT {
            return Err(Error::new(ErrorKind::FileTooLarge, "too large"));
        }
        if self.at >= self.text.len() {
            self.refill()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        let since = &self.counts.since;
        since.set(since.get() + amount as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(bytes: &[u8]) -> (String, u64) {
        let counts = Rc::new(Counts::default());
        let mut text = String::new();
        Clean::new(bytes, counts.clone())
            .read_to_string(&mut text)
            .expect("reads from memory");
        (text, counts.bad.get())
    }

    #[test]
    fn encodings_are_read_and_wrong_characters_taken_away() {
        assert_eq!(clean(b"a\x08b\x00\xc3\xa5"), ("abå".into(), 2));
        assert_eq!(clean(b"a\xffb"), ("a\u{fffd}b".into(), 1));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe5";
        assert!(clean(latin).0.ends_with("?>å"));
        let wide: Vec<u8> = b"\xff\xfe"
            .iter()
            .copied()
            .chain("Öl".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(clean(&wide), ("Öl".into(), 0));
        let long = "å".repeat(200_000);
        assert_eq!(clean(long.as_bytes()).0, long);
    }
}
