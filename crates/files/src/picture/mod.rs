//! Pictures: read with limits, cleaned of metadata, made into the sizes that pages send.
//!
//! All sizes are made once, when the picture comes in. That takes the sender a second and spares
//! every reader the wait; the price is some 600 kB a picture.

mod clean;
mod decode;
mod encode;
mod look;
mod svg;

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::Semaphore;
use torg_kernel::{Message, Problem, Result};

pub use decode::{LONGEST_SIDE, MOST_PIXELS};
pub use encode::{MadeVariant, PictureFormat, WIDTHS};
pub use look::look_alike;

use crate::kind::{FileKind, recognise};

/// A picture in all its sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadePicture {
    /// What is kept as the original: without metadata, one frame.
    pub original: Bytes,
    /// What kind of file the original is.
    pub kind: FileKind,
    /// In pixels, the right way up.
    pub width: u32,
    /// In pixels, the right way up.
    pub height: u32,
    /// Whether the file moved; only its first frame was taken.
    pub animated: bool,
    /// How it looks, to be compared by [`look_alike`]; `None` when it is nearly of one colour.
    pub look: Option<u64>,
    /// All sizes, from the smallest.
    pub variants: Vec<MadeVariant>,
}

/// Makes pictures, a few at a time: each may take half a gigabyte while it is read.
#[derive(Clone, Debug)]
pub struct PictureMaker {
    turns: Arc<Semaphore>,
}

impl PictureMaker {
    /// At most so many at once.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.max(1))),
        }
    }

    /// Reads a picture and makes all its sizes, on a thread of its own. A size that is too large is
    /// refused by the file's head, before anything is unpacked and without waiting for a turn.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for the field `file` when it is no picture, one that is not let in, too
    /// large or broken.
    pub async fn make(&self, name: &str, bytes: Bytes) -> Result<MadePicture> {
        let kind = picture_kind(name, &bytes)?;
        check_picture(name, &bytes)?;
        let _turn = self.turns.acquire().await?;
        match tokio::task::spawn_blocking(move || make(kind, &bytes)).await {
            Ok(made) => made,
            // A decoder that panics has met a file that it was not made for.
            Err(error) if error.is_panic() => Err(decode::broken()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The kind of a file that must be a picture.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`.
fn picture_kind(name: &str, bytes: &[u8]) -> Result<FileKind> {
    let kind = recognise(name, bytes)?;
    if kind.is_picture() {
        return Ok(kind);
    }
    let message = Message::new("picture-error-no-picture").with("found", kind.name());
    Err(Problem::field("file", message))
}

/// Looks at a picture by its head alone; nothing is unpacked.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file` when it is no picture, one that is not let in, or too
/// large.
pub fn check_picture(name: &str, bytes: &[u8]) -> Result<(u32, u32)> {
    decode::head(picture_kind(name, bytes)?, bytes)
}

fn make(kind: FileKind, bytes: &Bytes) -> Result<MadePicture> {
    let decoded = decode::decode(kind, bytes)?;
    let (original, kind) = match decoded.clean {
        Some(clean) => (clean, kind),
        None => (encode::png(&decoded.image)?, FileKind::Png),
    };
    Ok(MadePicture {
        original: original.into(),
        kind,
        width: decoded.image.width(),
        height: decoded.image.height(),
        animated: decoded.animated,
        look: look::of(&decoded.image),
        variants: encode::variants(&decoded.image)?,
    })
}
