//! An answer of a server as it lies in an archive: status, headers, and a body that may be in chunks
//! and packed. Archives lie about both, since some tools unpack and keep the headers; what does not
//! fit what the header says is taken as it stands.

use std::io::Read;

use super::LARGEST;

/// An answer without its body.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Media type in lower case, without parameters.
    pub(super) fn media_type(&self) -> String {
        media_type(self.header("Content-Type").unwrap_or_default())
    }

    /// Encoding that the server names.
    pub(super) fn charset(&self) -> Option<String> {
        charset(self.header("Content-Type")?)
    }
}

pub(super) fn media_type(value: &str) -> String {
    let kind = value.split(';').next().unwrap_or_default().trim();
    kind.to_ascii_lowercase()
}

pub(super) fn charset(value: &str) -> Option<String> {
    let lower = value.to_ascii_lowercase();
    let (_, name) = lower.split_once("charset=")?;
    let name = name.split(';').next().unwrap_or_default();
    Some(name.trim().trim_matches(['"', '\'']).to_owned()).filter(|name| !name.is_empty())
}

/// Splits an answer into head and the place where its body begins.
pub(super) fn head(bytes: &[u8]) -> Result<(Head, usize), String> {
    let mut slots = [httparse::EMPTY_HEADER; 256];
    let mut response = httparse::Response::new(&mut slots);
    let config = {
        let mut config = httparse::ParserConfig::default();
        config
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .ignore_invalid_headers_in_responses(true);
        config
    };
    let length = match config.parse_response(&mut response, bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Err("HTTP headers without end".to_owned()),
        Err(error) => return Err(format!("HTTP: {error}")),
    };
    let headers = response
        .headers
        .iter()
        .map(|header| {
            let value = String::from_utf8_lossy(header.value).into_owned();
            (header.name.to_owned(), value)
        })
        .collect();
    let status = response.code.unwrap_or(0);
    Ok((Head { status, headers }, length))
}

/// Why a body cannot be had.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BodyFault {
    TooLarge,
    Unknown(String),
}

/// The body as it was meant, out of chunks and unpacked.
pub(super) fn body(head: &Head, raw: &[u8]) -> Result<Vec<u8>, BodyFault> {
    let chunked = head
        .header("Transfer-Encoding")
        .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let joined = if chunked { unchunk(raw) } else { None };
    let bytes = joined.as_deref().unwrap_or(raw);
    let coding = head.header("Content-Encoding").unwrap_or_default();
    let coding = coding.trim().to_ascii_lowercase();
    let unpacked = match coding.as_str() {
        "" | "identity" | "none" | "utf-8" => None,
        "gzip" | "x-gzip" => read_all(flate2::read::MultiGzDecoder::new(bytes)),
        "deflate" => read_all(flate2::read::ZlibDecoder::new(bytes))
            .or_else(|| read_all(flate2::read::DeflateDecoder::new(bytes))),
        "br" => read_all(brotli::Decompressor::new(bytes, 4096)),
        // As text such a body is no use.
        other if std::str::from_utf8(bytes).is_err() => {
            return Err(BodyFault::Unknown(other.to_owned()));
        }
        _ => None,
    };
    let bytes = unpacked.unwrap_or_else(|| bytes.to_vec());
    if bytes.len() > LARGEST {
        return Err(BodyFault::TooLarge);
    }
    Ok(bytes)
}

/// Unpacks at most one byte more than is read, so that a small file cannot become a large one.
fn read_all(reader: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let read = reader.take(LARGEST as u64 + 1).read_to_end(&mut out);
    (read.is_ok() && !out.is_empty()).then_some(out)
}

/// Joins chunks; `None` where these are none.
fn unchunk(raw: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let end = rest.iter().take(64).position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let chunk = rest.get(..size)?;
        out.extend_from_slice(chunk);
        rest = rest.get(size..)?;
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn answer(headers: &str, body: &[u8]) -> Result<Vec<u8>, BodyFault> {
        let mut bytes = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
        bytes.extend_from_slice(body);
        let (head, at) = head(&bytes).expect("well written");
        super::body(&head, &bytes[at..])
    }

    #[test]
    fn bodies_come_out_of_chunks_and_packing() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"hej").expect("memory");
        let packed = packed.finish().expect("memory");
        assert_eq!(
            answer("Content-Encoding: gzip\r\n", &packed),
            Ok(b"hej".to_vec())
        );
        let mut br = Vec::new();
        brotli::BrotliCompress(&mut &b"hej"[..], &mut br, &Default::default()).expect("memory");
        assert_eq!(answer("Content-Encoding: br\r\n", &br), Ok(b"hej".to_vec()));
        let chunks = b"3\r\nhej\r\n1;x=y\r\n!\r\n0\r\n\r\n";
        assert_eq!(
            answer("Transfer-Encoding: chunked\r\n", chunks),
            Ok(b"hej!".to_vec())
        );
        // Unpacked by the tool, with the headers left as they were.
        let lies = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
        assert_eq!(answer(lies, b"hej"), Ok(b"hej".to_vec()));
        assert_eq!(
            answer("Content-Encoding: zstd\r\n", b"\xff\xfe\xfd"),
            Err(BodyFault::Unknown("zstd".into()))
        );
    }

    #[test]
    fn a_small_file_does_not_become_a_large_one() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let zeros = vec![b' '; 1024 * 1024];
        for _ in 0..64 {
            packed.write_all(&zeros).expect("memory");
        }
        let packed = packed.finish().expect("memory");
        assert_eq!(
            answer("Content-Encoding: gzip\r\n", &packed),
            Err(BodyFault::TooLarge)
        );
    }
}
