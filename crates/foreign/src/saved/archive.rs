//! A WARC file as things of a site.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;
use url::Url;

use super::http::{self, BodyFault};
use super::warc::{End, Record, Records};
use super::{Body, LARGEST, Thing, Walked, What};
use crate::error::ForeignError;
use crate::remark::RemarkKind;

/// The longest head of an answer, in bytes.
const HEAD: usize = 64 * 1024;

/// The most of a packed or chunked page that is taken up, in bytes.
const RAW: usize = LARGEST + LARGEST / 8;

/// Largest file other than a page that is read when it is asked for, in bytes.
const LARGEST_FILE: usize = 256 * 1024 * 1024;

fn open(path: &Path) -> Result<Box<dyn BufRead>, ForeignError> {
    let failed = |error: std::io::Error| ForeignError::unreadable(path, &error);
    let mut file = BufReader::with_capacity(1 << 18, File::open(path).map_err(failed)?);
    let packed = file.fill_buf().map_err(failed)?.starts_with(b"\x1f\x8b");
    Ok(if packed {
        Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    })
}

/// Whether a file is a WARC.
pub(super) fn is_one(path: &Path) -> Result<bool, ForeignError> {
    let mut start = [0_u8; 5];
    let read = open(path)?.read_exact(&mut start);
    Ok(read.is_ok() && &start == b"WARC/")
}

/// Gives what an archive holds, record by record.
pub(super) fn walk(
    path: &Path,
    wanted: &dyn Fn(&Url) -> bool,
    sink: &mut dyn FnMut(Thing),
) -> Result<Walked, ForeignError> {
    let mut records = Records::new(open(path)?);
    let mut digests: HashMap<String, Url> = HashMap::new();
    let end = loop {
        let record = match records.next() {
            Ok(record) => record,
            Err(end) => break end,
        };
        match thing(&record, &mut records, &mut digests, wanted) {
            Ok(Some(thing)) => sink(thing),
            Ok(None) => {}
            Err(end) => break end,
        }
    };
    Ok(Walked {
        cut: match end {
            End::Whole => None,
            End::Cut(at) => Some(at),
        },
    })
}

fn thing(
    record: &Record,
    records: &mut Records<Box<dyn BufRead>>,
    digests: &mut HashMap<String, Url>,
    wanted: &dyn Fn(&Url) -> bool,
) -> Result<Option<Thing>, End> {
    let Some(url) = record.target() else {
        return Ok(None);
    };
    let what = match record.header("WARC-Type").unwrap_or_default() {
        "response" => response(record, records, wanted(&url), &url)?,
        "resource" => resource(record, records, wanted(&url))?,
        "revisit" => {
            let named = record.header("WARC-Refers-To-Target-URI");
            let named = named.map(|text| text.trim_start_matches('<').trim_end_matches('>'));
            let known = || digests.get(record.header("WARC-Payload-Digest")?).cloned();
            match named.and_then(crate::old::parse).or_else(known) {
                Some(same) => What::Same(same),
                None => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    if let (What::Page(_), Some(digest)) = (&what, record.header("WARC-Payload-Digest")) {
        digests
            .entry(digest.to_owned())
            .or_insert_with(|| url.clone());
    }
    Ok(Some(Thing { url, what }))
}

fn is_page(kind: &str) -> bool {
    matches!(kind, "text/html" | "application/xhtml+xml")
}

fn resource(
    record: &Record,
    records: &mut Records<Box<dyn BufRead>>,
    wanted: bool,
) -> Result<What, End> {
    let header = record.header("Content-Type").unwrap_or_default().to_owned();
    let kind = http::media_type(&header);
    if !is_page(&kind) {
        let bytes = wanted.then(|| records.body(LARGEST_FILE)).transpose()?;
        return Ok(What::Other(kind, bytes));
    }
    if record.length > LARGEST as u64 {
        return Ok(too_large());
    }
    Ok(What::Page(Body {
        bytes: records.body(LARGEST)?,
        charset: http::charset(&header),
        language: None,
    }))
}

fn response(
    record: &Record,
    records: &mut Records<Box<dyn BufRead>>,
    wanted: bool,
    url: &Url,
) -> Result<What, End> {
    // A head and the beginning of the body; the rest is read only for a page.
    let mut raw = records.body(HEAD)?;
    let (head, at) = match http::head(&raw) {
        Ok(read) => read,
        Err(reason) => {
            let offset = record.offset;
            return Ok(What::Fault(RemarkKind::BadRecord { offset, reason }));
        }
    };
    if (300..400).contains(&head.status) && head.status != 304 {
        let to = head
            .header("Location")
            .and_then(|to| url.join(to.trim()).ok());
        return Ok(to.map_or(What::Status(head.status), What::Moved));
    }
    if head.status != 200 {
        return Ok(What::Status(head.status));
    }
    let kind = head.media_type();
    if !is_page(&kind) {
        if !wanted {
            return Ok(What::Other(kind, None));
        }
        raw.extend(records.body(LARGEST_FILE)?);
        let bytes = http::body(&head, &raw[at..]).unwrap_or_else(|_| raw[at..].to_vec());
        return Ok(What::Other(kind, Some(bytes)));
    }
    if record.length > RAW as u64 {
        return Ok(too_large());
    }
    raw.extend(records.body(RAW)?);
    Ok(match http::body(&head, &raw[at..]) {
        Ok(bytes) => What::Page(Body {
            bytes,
            charset: head.charset(),
            language: head.header("Content-Language").map(str::to_owned),
        }),
        Err(BodyFault::TooLarge) => too_large(),
        Err(BodyFault::Unknown(coding)) => What::Fault(RemarkKind::Packed { coding }),
    })
}

fn too_large() -> What {
    What::Fault(RemarkKind::TooLarge {
        megabytes: LARGEST / 1_048_576,
    })
}
