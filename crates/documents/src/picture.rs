//! Pictures in documents.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::{tiny_skia, usvg};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{DocumentError, Result};
use crate::fonts;

/// What a picture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// A drawing: sharp at every size in PDF; dots in Word.
    Svg,
    /// Dots without loss.
    Png,
    /// A photograph.
    Jpeg,
}

/// A picture with its bytes. Nothing is fetched by address: what is printed comes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    kind: PictureKind,
    #[serde(serialize_with = "write_bytes", deserialize_with = "read_bytes")]
    bytes: Vec<u8>,
}

fn write_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn read_bytes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}

impl Picture {
    /// A drawing. Text in it is set in the document's own typeface; pictures in it, and what it would
    /// fetch, are left out.
    #[must_use]
    pub fn svg(drawing: impl Into<String>) -> Self {
        Self {
            kind: PictureKind::Svg,
            bytes: drawing.into().into_bytes(),
        }
    }

    /// A picture in PNG.
    #[must_use]
    pub const fn png(bytes: Vec<u8>) -> Self {
        Self {
            kind: PictureKind::Png,
            bytes,
        }
    }

    /// A picture in JPEG.
    #[must_use]
    pub const fn jpeg(bytes: Vec<u8>) -> Self {
        Self {
            kind: PictureKind::Jpeg,
            bytes,
        }
    }

    /// What it is written as.
    #[must_use]
    pub const fn kind(&self) -> PictureKind {
        self.kind
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Width and height in dots, or in a drawing's own units; nothing if it cannot be read.
    #[must_use]
    pub fn size(&self) -> Option<(u32, u32)> {
        let format = match self.kind {
            PictureKind::Svg => {
                let size = self.tree(usvg::fontdb::Database::new()).ok()?.size();
                let whole = size.to_int_size();
                return Some((whole.width(), whole.height()));
            }
            PictureKind::Png => image::ImageFormat::Png,
            PictureKind::Jpeg => image::ImageFormat::Jpeg,
        };
        image::ImageReader::with_format(Cursor::new(&self.bytes), format)
            .into_dimensions()
            .ok()
    }

    fn tree(&self, typefaces: usvg::fontdb::Database) -> Result<usvg::Tree> {
        let options = usvg::Options {
            font_family: fonts::FAMILY.to_owned(),
            fontdb: std::sync::Arc::new(typefaces),
            // Nothing is fetched, from the disk as little as from the net.
            resources_dir: None,
            image_href_resolver: usvg::ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..usvg::Options::default()
        };
        usvg::Tree::from_data(&self.bytes, &options)
            .map_err(|error| DocumentError::Failed(format!("a drawing: {error}")))
    }

    /// The picture as dots, for programs that cannot draw: PNG and JPEG as they are, a drawing as PNG
    /// `width` dots wide.
    ///
    /// # Errors
    /// [`DocumentError::Failed`] when a drawing cannot be drawn.
    pub fn dots(&self, width: u32) -> Result<(PictureKind, Vec<u8>)> {
        if self.kind != PictureKind::Svg {
            return Ok((self.kind, self.bytes.clone()));
        }
        let failed = |what: &str| DocumentError::Failed(format!("a drawing: {what}"));
        let mut typefaces = usvg::fontdb::Database::new();
        for font in fonts::OWN {
            typefaces.load_font_data(font.to_vec());
        }
        typefaces.set_sans_serif_family(fonts::FAMILY);
        typefaces.set_serif_family(fonts::FAMILY);
        let tree = self.tree(typefaces)?;
        let size = tree
            .size()
            .to_int_size()
            .scale_to_width(width)
            .ok_or_else(|| failed("its size"))?;
        // A drawing may be a thin tower.
        if size.height() > width.saturating_mul(4) {
            return Err(failed("it is more than four times as high as wide"));
        }
        let mut dots = tiny_skia::Pixmap::new(size.width(), size.height())
            .ok_or_else(|| failed("its size"))?;
        let scale = tiny_skia::Transform::from_scale(
            size.width() as f32 / tree.size().width(),
            size.height() as f32 / tree.size().height(),
        );
        resvg::render(&tree, scale, &mut dots.as_mut());
        let png = dots
            .encode_png()
            .map_err(|error| failed(&error.to_string()))?;
        Ok((PictureKind::Png, png))
    }
}
