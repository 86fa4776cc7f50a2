//! PMTiles from a file of the city's own, by ranges of bytes (RFC 9110, section 14): the script reads
//! the file's directory and then only the tiles that it shows, so no tile server is needed.

use std::io::SeekFrom;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderName;
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_MATCH, IF_RANGE, LAST_MODIFIED, RANGE};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use torg_kernel::{Problem, Result};
use torg_web::{Context, Reply};

use super::MapRoom;

/// The most bytes of one answer: directories and tiles are far smaller.
const MOST: u64 = 8 * 1024 * 1024;
const TYPE: &str = "application/vnd.pmtiles";

/// What is asked for of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// From the first of these bytes to the last.
    Bytes(u64, u64),
    /// Bytes that are not there.
    Nothing,
}

/// Reads `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-LENGTH`. `None` for anything else, several
/// ranges included: then the header is as if it were not there (RFC 9110, section 14.2).
fn range(text: &str, length: u64) -> Option<Wanted> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse().ok())?
    };
    let (first, last) = match (first, last) {
        ("", tail) => {
            let tail = number(tail)?;
            if tail == 0 {
                return Some(Wanted::Nothing);
            }
            (length.saturating_sub(tail), length.saturating_sub(1))
        }
        (first, "") => (number(first)?, length.saturating_sub(1)),
        (first, last) => (number(first)?, number(last)?),
    };
    if last < first && first < length {
        return None;
    }
    if first >= length {
        return Some(Wanted::Nothing);
    }
    Some(Wanted::Bytes(
        first,
        last.min(length - 1).min(first + MOST - 1),
    ))
}

fn header(context: &Context, name: &HeaderName) -> Option<String> {
    let value = context.headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}

/// `GET /karta/tiles/NAME.pmtiles`.
pub(super) async fn get(room: Arc<MapRoom>, context: Context) -> Result<Reply> {
    let name: String = context.param("file")?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = name.ends_with(".pmtiles") && !name.starts_with('.') && name.bytes().all(fits);
    // Only the file that the city has chosen is shown to anybody.
    let chosen = room
        .settings
        .tiles
        .as_ref()
        .is_some_and(|own| own.is_file() && own.from == name);
    if !is_name || !chosen {
        return Err(Problem::NotFound);
    }
    answer(&room.settings.folder.join(&name), &context).await
}

async fn answer(path: &Path, context: &Context) -> Result<Reply> {
    let Ok(mut file) = File::open(path).await else {
        return Err(Problem::NotFound);
    };
    let about = file.metadata().await?;
    if !about.is_file() {
        return Err(Problem::NotFound);
    }
    let length = about.len();
    let changed = about.modified().ok().and_then(|at| {
        at.duration_since(std::time::UNIX_EPOCH)
            .ok()
            .map(|since| since.as_secs())
    });
    // The script asks for many parts of one file; a new file in its place must not be mixed in.
    let etag = format!("\"{:x}-{length:x}\"", changed.unwrap_or_default());
    if header(context, &IF_MATCH).is_some_and(|tag| tag != etag && tag != "*") {
        return Ok(Reply::new(412, TYPE, Bytes::new()));
    }
    let fresh = header(context, &IF_RANGE).is_none_or(|tag| tag == etag);
    let asked = header(context, &RANGE).filter(|_| fresh);
    let wanted = asked.and_then(|text| range(&text, length));
    let dressed = |reply: Reply| {
        let reply = reply
            .kept("public, max-age=300")
            .with(ACCEPT_RANGES, "bytes")
            .with(ETAG, &etag);
        match changed.and_then(|at| jiff::Timestamp::from_second(i64::try_from(at).ok()?).ok()) {
            Some(at) => {
                let at = at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                reply.with(LAST_MODIFIED, &at)
            }
            None => reply,
        }
    };
    match wanted {
        Some(Wanted::Nothing) => {
            let reply = Reply::new(416, TYPE, Bytes::new());
            Ok(reply.with(CONTENT_RANGE, &format!("bytes */{length}")))
        }
        Some(Wanted::Bytes(first, last)) => {
            let mut bytes = vec![0; usize::try_from(last - first + 1)?];
            file.seek(SeekFrom::Start(first)).await?;
            file.read_exact(&mut bytes).await?;
            let reply = Reply::new(206, TYPE, bytes);
            Ok(dressed(reply.with(
                CONTENT_RANGE,
                &format!("bytes {first}-{last}/{length}"),
            )))
        }
        None => {
            let pieces = futures::stream::try_unfold(file, |mut file| async move {
                let mut piece = vec![0; 256 * 1024];
                let read = file.read(&mut piece).await?;
                piece.truncate(read);
                Ok((read > 0).then(|| (Bytes::from(piece), file)))
            });
            Ok(dressed(Reply::streamed(TYPE, length, pieces)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (text, wanted) in [
            ("bytes=0-99", Some(Wanted::Bytes(0, 99))),
            ("bytes=0-", Some(Wanted::Bytes(0, 999))),
            ("bytes=-100", Some(Wanted::Bytes(900, 999))),
            ("bytes=-5000", Some(Wanted::Bytes(0, 999))),
            ("bytes=990-2000", Some(Wanted::Bytes(990, 999))),
            ("bytes=1000-", Some(Wanted::Nothing)),
            ("bytes=-0", Some(Wanted::Nothing)),
            ("bytes=9-1", None),
            ("bytes=0-1,5-6", None),
            ("bytes=a-b", None),
            ("bytes=+1-2", None),
            ("pages=1-2", None),
            ("bytes=-", None),
        ] {
            assert_eq!(range(text, 1000), wanted, "{text}");
        }
        let much = range("bytes=0-", u64::MAX);
        assert_eq!(much, Some(Wanted::Bytes(0, MOST - 1)));
    }
}
