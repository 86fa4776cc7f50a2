//! Records of a WARC file (ISO 28500): a line of version, header lines, a body of a stated length.
//! The crate `warc` would bring a second gzip (libflate) beside the one that is here; the format is
//! small. This reads a body only where it is asked for and says at which byte a file is cut short.

use std::io::{BufRead, ErrorKind, Read};

/// The longest header of a record, in bytes.
const HEADER: u64 = 256 * 1024;

/// Header lines of one record.
#[derive(Debug, Default)]
pub(super) struct Record {
    headers: Vec<(String, String)>,
    /// Length of the body in bytes.
    pub(super) length: u64,
    /// Where the record begins in the unpacked stream.
    pub(super) offset: u64,
}

impl Record {
    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The address that the record is about. Version 1.0 was often written with angle brackets.
    pub(super) fn target(&self) -> Option<url::Url> {
        let text = self.header("WARC-Target-URI")?;
        crate::old::parse(text.trim_start_matches('<').trim_end_matches('>'))
    }
}

/// Why there are no more records.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All were read.
    Whole,
    /// The file is cut short or broken behind this byte.
    Cut(u64),
}

/// The stream of records.
pub(super) struct Records<R> {
    stream: R,
    at: u64,
    /// What is left of the body of the last record.
    left: u64,
    /// End of the last whole record.
    good: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(stream: R) -> Self {
        Self {
            stream,
            at: 0,
            left: 0,
            good: 0,
        }
    }

    /// The next record, its body still to be read.
    pub(super) fn next(&mut self) -> Result<Record, End> {
        self.skip()?;
        self.good = self.at;
        let cut = End::Cut(self.good);
        let mut line = Vec::new();
        // Empty lines end the record before.
        loop {
            line.clear();
            match self.line(&mut line, HEADER) {
                Ok(0) => return Err(End::Whole),
                Ok(_) if line.trim_ascii().is_empty() => self.good = self.at,
                Ok(_) => break,
                Err(_) => return Err(cut),
            }
        }
        let version = line.trim_ascii();
        if version != b"WARC/1.0" && version != b"WARC/1.1" {
            return Err(cut);
        }
        let mut record = Record {
            offset: self.good,
            ..Record::default()
        };
        let mut room = HEADER;
        loop {
            line.clear();
            let length = self
                .line(&mut line, room)
                .map_err(|_| End::Cut(record.offset))?;
            room = room.saturating_sub(length as u64);
            if length == 0 || !line.ends_with(b"\n") {
                return Err(End::Cut(record.offset));
            }
            let text = String::from_utf8_lossy(&line);
            if text.trim().is_empty() {
                break;
            }
            if text.starts_with([' ', '\t'])
                && let Some((_, value)) = record.headers.last_mut()
            {
                value.push(' ');
                value.push_str(text.trim());
            } else if let Some((name, value)) = text.split_once(':') {
                record
                    .headers
                    .push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        let length = record.header("Content-Length").and_then(|n| n.parse().ok());
        record.length = length.ok_or(End::Cut(record.offset))?;
        self.left = record.length;
        self.good = record.offset;
        Ok(record)
    }

    fn line(&mut self, line: &mut Vec<u8>, most: u64) -> std::io::Result<usize> {
        let length = (&mut self.stream).take(most).read_until(b'\n', line)?;
        self.at += length as u64;
        Ok(length)
    }

    /// Up to `most` bytes of what is left of the body.
    pub(super) fn body(&mut self, most: usize) -> Result<Vec<u8>, End> {
        let wanted = self.left.min(most as u64);
        let mut bytes = Vec::new();
        let read = (&mut self.stream).take(wanted).read_to_end(&mut bytes);
        self.at += bytes.len() as u64;
        self.left -= bytes.len() as u64;
        match read {
            Ok(read) if read as u64 == wanted => Ok(bytes),
            _ => Err(End::Cut(self.good)),
        }
    }

    /// Passes over what is left of the body.
    fn skip(&mut self) -> Result<(), End> {
        while self.left > 0 {
            let there = match self.stream.fill_buf() {
                Ok([]) => return Err(End::Cut(self.good)),
                Ok(there) => there.len() as u64,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(_) => return Err(End::Cut(self.good)),
            };
            let step = there.min(self.left);
            self.stream
                .consume(usize::try_from(step).unwrap_or(usize::MAX));
            self.left -= step;
            self.at += step;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(body: &str) -> String {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    #[test]
    fn records_are_read_and_cuts_found_at_any_place() {
        let text = format!("{}{}", record("ett"), record("två"));
        let first = record("ett").len() as u64;
        let mut records = Records::new(text.as_bytes());
        let one = records.next().expect("the first");
        assert_eq!(
            one.target().map(String::from),
            Some("http://a.example/".into())
        );
        assert_eq!(records.body(100).as_deref(), Ok("ett".as_bytes()));
        assert_eq!(records.next().expect("the second").offset, first);
        assert_eq!(records.next().err(), Some(End::Whole));
        // The line endings after the last body are all that may be missing.
        for length in 1..text.len() - 4 {
            let mut records = Records::new(&text.as_bytes()[..length]);
            let end = loop {
                if let Err(end) = records.next() {
                    break end;
                }
            };
            let between = length as u64 >= first - 4 && length as u64 <= first;
            assert_eq!(end == End::Whole, between, "{length}");
        }
    }
}
