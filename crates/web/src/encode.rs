//! Packing bytes for the wire, once for each page.

use std::io::Write;

use bytes::Bytes;
use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Identity,
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

impl Packing {
    /// The name in `Content-Encoding`; none for the bytes as they are.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// The best packing that the reader takes. Weights are read only as far as refusal: `br;q=0`.
pub fn chosen(headers: &HeaderMap) -> Packing {
    let Some(value) = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
    else {
        return Packing::Identity;
    };
    let takes = |name: &str| {
        value.split(',').any(|part| {
            let mut part = part.split(';');
            let named = part
                .next()
                .is_some_and(|own| own.trim().eq_ignore_ascii_case(name));
            named && !part.any(|q| matches!(q.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    if takes("br") {
        Packing::Brotli
    } else if takes("gzip") {
        Packing::Gzip
    } else {
        Packing::Identity
    }
}

/// The body packed. Levels are chosen for pages that are packed once and sent often: Brotli 6 and
/// gzip 6 take about a millisecond for 20 kB.
pub fn pack(body: &[u8], packing: Packing) -> Bytes {
    match packing {
        Packing::Identity => Bytes::copy_from_slice(body),
        Packing::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder
                .write_all(body)
                .expect("writing to memory cannot fail");
            encoder
                .finish()
                .expect("writing to memory cannot fail")
                .into()
        }
        Packing::Brotli => {
            let mut out = Vec::new();
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: 6,
                lgwin: 18,
                ..Default::default()
            };
            let mut input = body;
            brotli::BrotliCompress(&mut input, &mut out, &parameters)
                .expect("writing to memory cannot fail");
            out.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_chooses() {
        let with = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, value.parse().expect("a header"));
            chosen(&headers)
        };
        assert_eq!(with("gzip, deflate, br, zstd"), Packing::Brotli);
        assert_eq!(with("gzip, br;q=0"), Packing::Gzip);
        assert_eq!(with("identity"), Packing::Identity);
        assert_eq!(chosen(&HeaderMap::new()), Packing::Identity);
    }
}
