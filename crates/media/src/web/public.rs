//! What readers fetch.

use std::sync::Arc;

use http::header::{CONTENT_DISPOSITION, ETAG, IF_NONE_MATCH};
use torg_files::{BlobId, Picture, PictureFormat};
use torg_kernel::{FileId, PictureId, Problem, Result};
use torg_web::{Context, Reply};

use super::Media;

/// For addresses that name the bytes: they never mean others.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For addresses without: ask each time whether they are still the same.
const ASK: &str = "no-cache";
/// Files larger than this come piece by piece, in bytes.
const WHOLE: u64 = 256 * 1024;

fn tag(blob: BlobId) -> String {
    format!("\"{}\"", blob.short())
}

/// The reply for whoever has the bytes already.
fn unchanged(context: &Context, blob: BlobId) -> Option<Reply> {
    let known = context.headers.get(IF_NONE_MATCH)?.to_str().ok()?;
    let tag = tag(blob);
    let has = known
        .split(',')
        .any(|known| known.trim().trim_start_matches("W/") == tag);
    has.then(|| {
        let mut reply = Reply::new(304, "text/plain", "");
        reply.headers.remove(http::header::CONTENT_TYPE);
        labelled(context, reply, blob)
    })
}

fn labelled(context: &Context, reply: Reply, blob: BlobId) -> Reply {
    let named = context.query("v").is_some_and(|v| v == blob.short());
    reply
        .kept(if named { FOR_EVER } else { ASK })
        .with(ETAG, &tag(blob))
}

fn lost(blob: BlobId) -> Problem {
    Problem::internal(format!("the blob {blob} is not in the store"))
}

/// For pictures that go out some day: kept for an hour, so that copies elsewhere go soon after.
const AN_HOUR: &str = "public, max-age=3600";
/// For the staff alone.
const PRIVATE: &str = "private, no-cache";

/// A size of a picture as an address asks for it.
struct Size {
    picture: Picture,
    format: PictureFormat,
    blob: BlobId,
}

async fn size(media: &Media, context: &Context) -> Result<Size> {
    let id: PictureId = context.param("id")?;
    let file: String = context.param("file")?;
    let (width, ending) = file.split_once('.').ok_or(Problem::NotFound)?;
    let width: u32 = width.parse().map_err(|_| Problem::NotFound)?;
    let format = PictureFormat::ALL
        .into_iter()
        .find(|format| format.ending() == ending)
        .ok_or(Problem::NotFound)?;
    let reading = context.app.reading();
    let found = media.facts.pictures(&reading, &[id]).await?;
    reading.end().await?;
    let (picture, variants) = &**found.first().ok_or(Problem::NotFound)?;
    let variant = variants
        .iter()
        .find(|variant| variant.format == format && variant.width == width)
        .ok_or(Problem::NotFound)?;
    Ok(Size {
        picture: picture.clone(),
        format,
        blob: variant.blob,
    })
}

/// One size of a picture: `/media/{id}/{width}.{ending}`. A picture whose time went out, or to which
/// somebody took back the consent, is gone (410) and not kept by anybody.
pub(super) async fn picture(media: Arc<Media>, context: Context) -> Result<Reply> {
    let size = size(&media, &context).await?;
    if !size.picture.is_public(context.now) {
        let words = context.t().get("media-gone").into_owned();
        return Ok(Reply::new(410, "text/plain; charset=utf-8", words));
    }
    let ends = size.picture.data.rights.public_until();
    let kept = match ends {
        Some(ends) if ends < context.now.plus_seconds(3_600) => Some(ASK),
        Some(_) => Some(AN_HOUR),
        None => None,
    };
    let reply = match unchanged(&context, size.blob) {
        Some(reply) => reply,
        None => {
            let bytes = media.blobs.get(size.blob).await?;
            let bytes = bytes.ok_or_else(|| lost(size.blob))?;
            labelled(
                &context,
                Reply::new(200, size.format.mime(), bytes),
                size.blob,
            )
        }
    };
    Ok(match kept {
        Some(kept) => reply.kept(kept),
        None => reply,
    })
}

/// The same for whoever looks after the bank, whether readers see the picture or not:
/// `/admin/media/sizes/{id}/{width}.{ending}`.
pub(super) async fn staff_picture(media: Arc<Media>, context: Context) -> Result<Reply> {
    let size = size(&media, &context).await?;
    let bytes = media.blobs.get(size.blob).await?;
    let bytes = bytes.ok_or_else(|| lost(size.blob))?;
    Ok(Reply::new(200, size.format.mime(), bytes).kept(PRIVATE))
}

/// A file to take home: `/files/{id}/{name}`. The id finds it; the name may be an older one.
pub(super) async fn file(media: Arc<Media>, context: Context) -> Result<Reply> {
    let id: FileId = context.param("id")?;
    let reading = context.app.reading();
    let found = media.facts.files(&reading, &[id]).await?;
    reading.end().await?;
    let file = found.first().ok_or(Problem::NotFound)?;
    let blob = file.blob;
    if let Some(reply) = unchanged(&context, blob) {
        return Ok(reply);
    }
    let reply = if file.bytes > WHOLE {
        let stream = media.blobs.stream(blob).await?.ok_or_else(|| lost(blob))?;
        Reply::streamed(file.kind.mime(), stream.length, stream.pieces)
    } else {
        let bytes = media.blobs.get(blob).await?.ok_or_else(|| lost(blob))?;
        Reply::new(200, file.kind.mime(), bytes)
    };
    // Never opened in the page's own place: a document may hold what the browser would run.
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    Ok(labelled(&context, reply, blob).with(CONTENT_DISPOSITION, &disposition))
}
