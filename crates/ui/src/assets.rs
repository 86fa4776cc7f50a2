//! The static files, inside the binary. Each has an address with a part of its hash, so that it
//! can be cached for ever; the price is that a new look needs a new binary.

use std::io::Write as _;
use std::sync::{LazyLock, OnceLock};

use sha2::{Digest, Sha256};

/// How bytes are packed on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

/// One static file.
#[derive(Debug)]
pub struct Asset {
    /// Its name in `static/`.
    pub name: &'static str,
    /// Its path with the hash: `/static/torg.0123456789ab.css`.
    pub url: String,
    /// Its media type.
    pub mime: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
    gzip: OnceLock<Vec<u8>>,
    brotli: OnceLock<Vec<u8>>,
}

impl Asset {
    /// The bytes in an encoding; packed once, at the first call. Fonts and pictures are packed already
    /// and come as they are, so look at the encoding that is given back.
    #[must_use]
    pub fn encoded(&self, encoding: Encoding) -> (Encoding, &[u8]) {
        if matches!(self.mime, "font/woff2" | "image/png") {
            return (Encoding::Identity, self.bytes);
        }
        match encoding {
            Encoding::Identity => (encoding, self.bytes),
            Encoding::Gzip => (encoding, self.gzip.get_or_init(|| gzip(self.bytes))),
            Encoding::Brotli => (encoding, self.brotli.get_or_init(|| brotli(self.bytes))),
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer
        .write_all(bytes)
        .and_then(|()| packer.finish())
        .expect("writing to memory cannot fail")
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut packer = brotli::CompressorWriter::new(&mut out, 4096, 11, 22);
    packer
        .write_all(bytes)
        .and_then(|()| packer.flush())
        .expect("writing to memory cannot fail");
    drop(packer);
    out
}

macro_rules! embedded {
    ($($name:literal $mime:literal),+ $(,)?) => {
        &[$(($name, $mime, include_bytes!(concat!("../../../static/", $name)))),+]
    };
}

const FILES: &[(&str, &str, &[u8])] = embedded![
    "torg.css" "text/css; charset=utf-8",
    "workspace.css" "text/css; charset=utf-8",
    "atkinson-latin.woff2" "font/woff2",
    "atkinson-latin-ext.woff2" "font/woff2",
    "land.svg" "image/svg+xml",
    "depth.svg" "image/svg+xml",
    "favicon.svg" "image/svg+xml",
    "card.png" "image/png",
    "event-civic.svg" "image/svg+xml",
    "event-craft.svg" "image/svg+xml",
    "event-exhibition.svg" "image/svg+xml",
    "event-festival.svg" "image/svg+xml",
    "event-film.svg" "image/svg+xml",
    "event-literature.svg" "image/svg+xml",
    "event-meet.svg" "image/svg+xml",
    "event-music.svg" "image/svg+xml",
    "event-outdoors.svg" "image/svg+xml",
    "event-play.svg" "image/svg+xml",
    "event-sport.svg" "image/svg+xml",
    "event-stage.svg" "image/svg+xml",
    "event-swim.svg" "image/svg+xml",
    "event-talk.svg" "image/svg+xml",
    "event-tour.svg" "image/svg+xml",
    "calendar.js" "text/javascript; charset=utf-8",
    "calendar-desk.js" "text/javascript; charset=utf-8",
    "search.js" "text/javascript; charset=utf-8",
    "find.js" "text/javascript; charset=utf-8",
    "menu.js" "text/javascript; charset=utf-8",
    "keep.js" "text/javascript; charset=utf-8",
    "near.js" "text/javascript; charset=utf-8",
    "pick.js" "text/javascript; charset=utf-8",
    "upload.js" "text/javascript; charset=utf-8",
    "passkey.js" "text/javascript; charset=utf-8",
    "editor.js" "text/javascript; charset=utf-8",
    "editor.css" "text/css; charset=utf-8",
    "map.js" "text/javascript; charset=utf-8",
    "map-worker.js" "text/javascript; charset=utf-8",
    "map.css" "text/css; charset=utf-8",
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|&(name, mime, bytes)| {
            let hash = torg_kernel::hex(&Sha256::digest(bytes)[..6]);
            let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
            Asset {
                name,
                url: format!("/static/{stem}.{hash}.{end}"),
                mime,
                bytes,
                gzip: OnceLock::new(),
                brotli: OnceLock::new(),
            }
        })
        .collect()
});

/// Every static file.
#[must_use]
pub fn assets() -> &'static [Asset] {
    &ASSETS
}

/// The file at a path such as `/static/torg.0123456789ab.css`; `None` for any other hash, so that
/// an old page never gets a new file under the old name.
#[must_use]
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.url == path)
}

/// The path of a file by its name in `static/`; empty for a name that is not there.
#[must_use]
pub fn asset_url(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.url.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_hashed_path_only() {
        let css = asset(asset_url("torg.css")).expect("it is embedded");
        assert_eq!(css.name, "torg.css");
        assert!(asset("/static/torg.css").is_none());
        assert!(asset("/static/torg.000000000000.css").is_none());
        assert_eq!(asset_url("nothing"), "");
    }

    #[test]
    fn what_the_style_sheets_ask_for_is_there() {
        for asset_file in assets().iter().filter(|a| a.name.ends_with(".css")) {
            let css = std::str::from_utf8(asset_file.bytes).expect("CSS is text");
            for part in css.split("url(").skip(1) {
                let target = part.split(')').next().unwrap_or("").trim_matches('"');
                if target.starts_with("data:") {
                    continue;
                }
                assert!(
                    asset(&format!("/static/{target}")).is_some(),
                    "{} asks for {target}",
                    asset_file.name
                );
            }
        }
    }

    #[test]
    fn packed_bytes_unpack_to_the_same() {
        let css = asset(asset_url("workspace.css")).expect("it is embedded");
        let (_, packed) = css.encoded(Encoding::Gzip);
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed), &mut plain).unwrap();
        assert_eq!(plain, css.bytes);
        let (_, packed) = css.encoded(Encoding::Brotli);
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut brotli::Decompressor::new(packed, 4096), &mut plain)
            .unwrap();
        assert_eq!(plain, css.bytes);
        let font = asset(asset_url("atkinson-latin.woff2")).expect("it is embedded");
        assert_eq!(font.encoded(Encoding::Brotli).0, Encoding::Identity);
    }

    #[test]
    fn an_ordinary_first_visit_is_small() {
        let total: usize = [
            "torg.css",
            "atkinson-latin.woff2",
            "depth.svg",
            "favicon.svg",
        ]
        .iter()
        .filter_map(|name| asset(asset_url(name)))
        .map(|asset| asset.encoded(Encoding::Gzip).1.len())
        .sum();
        // 100 kB is the budget; a page of 18 kB packs to about 6.
        assert!(total < 90_000, "{total} bytes before the page itself");
        let css = asset(asset_url("torg.css")).expect("it is embedded");
        assert!(css.encoded(Encoding::Gzip).1.len() < 20_000);
    }
}
