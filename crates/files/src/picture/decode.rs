//! From bytes to pixels: sizes are looked at before anything is unpacked, colours become sRGB, the
//! picture is turned as its camera meant.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use torg_kernel::{Message, Problem, Result};

use super::{clean, svg};
use crate::FileKind;

/// The longest side that is taken, in pixels.
pub const LONGEST_SIDE: u32 = 16_384;
/// The most pixels that are taken: what the largest telephones take (8064 × 6048) and a little more.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The most memory that unpacked pixels may take, in bytes.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// A picture's pixels, and what the file is without metadata.
pub(super) struct Decoded {
    /// sRGB, eight bits, the right way up; with alpha when the file has it.
    pub image: DynamicImage,
    /// The file without metadata; `None` when only its first frame is kept.
    pub clean: Option<Vec<u8>>,
    /// Whether the file held more frames than the one that was taken.
    pub animated: bool,
}

pub(super) fn broken() -> Problem {
    Problem::field("file", Message::new("picture-error-broken"))
}

fn refused(error: ImageError) -> Problem {
    tracing::debug!(%error, "a picture could not be read");
    match error {
        ImageError::Limits(_) => Problem::field("file", Message::new("picture-error-memory")),
        _ => broken(),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(2 * MOST_BYTES);
    limits
}

/// Refuses what is too large, by the file's head alone.
fn check_size(width: u32, height: u32) -> Result<()> {
    if width == 0 || height == 0 {
        return Err(broken());
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > LONGEST_SIDE || height > LONGEST_SIDE || pixels > MOST_PIXELS {
        let message = Message::new("picture-error-dimensions")
            .with("width", width)
            .with("height", height)
            .with("side", LONGEST_SIDE)
            .with("pixels", MOST_PIXELS / 1_000_000);
        return Err(Problem::field("file", message));
    }
    Ok(())
}

/// Width and height as the file's head gives them, before it is turned; for JPEG, PNG and GIF
/// without a decoder, since some allocate for what a head claims.
fn size_in_head(kind: FileKind, bytes: &[u8]) -> Option<(u32, u32)> {
    let be = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let pair = |at: usize| Some([*bytes.get(at)?, *bytes.get(at + 1)?]);
    match kind {
        FileKind::Png => Some((be(16)?, be(20)?)),
        FileKind::Gif => Some((
            u16::from_le_bytes(pair(6)?).into(),
            u16::from_le_bytes(pair(8)?).into(),
        )),
        FileKind::Jpeg => {
            let mut at = 2;
            loop {
                let [first, marker] = pair(at)?;
                if first != 0xff {
                    return None;
                }
                if matches!(marker, 0xff) {
                    at += 1;
                    continue;
                }
                if matches!(marker, 0x01 | 0xd0..=0xd8) {
                    at += 2;
                    continue;
                }
                // Start of frame, all kinds; the other three of the row are tables.
                if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                    let height = u16::from_be_bytes(pair(at + 5)?).into();
                    return Some((u16::from_be_bytes(pair(at + 7)?).into(), height));
                }
                at += 2 + usize::from(u16::from_be_bytes(pair(at + 2)?));
            }
        }
        _ => None,
    }
}

/// The size of a picture, by its head alone.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file` when it is too large or cannot be read.
pub(super) fn head(kind: FileKind, bytes: &[u8]) -> Result<(u32, u32)> {
    let (width, height) = match kind {
        FileKind::Webp => WebPDecoder::new(Cursor::new(bytes))
            .map_err(refused)?
            .dimensions(),
        FileKind::Svg => svg::head(bytes)?,
        kind => size_in_head(kind, bytes).ok_or_else(broken)?,
    };
    check_size(width, height)?;
    Ok((width, height))
}

/// Reads a picture whole.
///
/// # Errors
/// As [`head`], or when the pixels are not all there.
pub(super) fn decode(kind: FileKind, bytes: &[u8]) -> Result<Decoded> {
    if kind == FileKind::Svg {
        return Ok(Decoded {
            image: svg::draw(bytes)?,
            clean: None,
            animated: false,
        });
    }
    head(kind, bytes)?;
    let cursor = Cursor::new(bytes);
    match kind {
        FileKind::Jpeg => {
            let (image, turned) = pixels(JpegDecoder::new(cursor).map_err(refused)?)?;
            // The decoder fills up what is missing with grey; the walk finds it out.
            let clean = clean::jpeg(bytes, turned.to_exif()).ok_or_else(broken)?;
            Ok(Decoded {
                image,
                clean: Some(clean),
                animated: false,
            })
        }
        FileKind::Png => {
            let decoder = PngDecoder::with_limits(cursor, limits()).map_err(refused)?;
            let animated = decoder.is_apng().map_err(refused)?;
            let (image, turned) = pixels(decoder)?;
            let clean = clean::png(bytes).ok_or_else(broken)?;
            Ok(still(image, turned, animated, clean))
        }
        FileKind::Webp => {
            let decoder = WebPDecoder::new(cursor).map_err(refused)?;
            let animated = decoder.has_animation();
            let (image, turned) = pixels(decoder)?;
            let clean = clean::webp(bytes).ok_or_else(broken)?;
            Ok(still(image, turned, animated, clean))
        }
        FileKind::Gif => {
            let mut decoder = GifDecoder::new(cursor).map_err(refused)?;
            decoder.set_limits(limits()).map_err(refused)?;
            let mut frames = decoder.into_frames();
            let first = frames.next().ok_or_else(broken)?.map_err(refused)?;
            Ok(Decoded {
                image: DynamicImage::ImageRgba8(first.into_buffer()),
                clean: None,
                animated: frames.next().is_some(),
            })
        }
        _ => Err(broken()),
    }
}

/// A file that must be turned, or that moves, is kept as its first frame alone.
fn still(image: DynamicImage, turned: Orientation, animated: bool, clean: Vec<u8>) -> Decoded {
    let as_it_is = !animated && turned == Orientation::NoTransforms;
    Decoded {
        image,
        clean: as_it_is.then_some(clean),
        animated,
    }
}

fn pixels<D: ImageDecoder>(mut decoder: D) -> Result<(DynamicImage, Orientation)> {
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    if decoder.total_bytes() > MOST_BYTES {
        return Err(Problem::field("file", Message::new("picture-error-memory")));
    }
    decoder.set_limits(limits()).map_err(refused)?;
    // What cannot be read of these is as if it were not there.
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let has_alpha = decoder.color_type().has_alpha();
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let mut image = if has_alpha {
        DynamicImage::ImageRgba8(image.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(image.into_rgb8())
    };
    if let Some(profile) = profile {
        image = to_srgb(image, &profile);
    }
    image.apply_orientation(turned);
    Ok((image, turned))
}

/// The same colours in sRGB, since the profile goes. A profile for other than RGB belongs to
/// pixels that the decoder has turned into RGB already; one that cannot be read is passed over.
fn to_srgb(image: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(from) = ColorProfile::new_from_slice(profile) else {
        return image;
    };
    if from.color_space != DataColorSpace::Rgb {
        return image;
    }
    let to = ColorProfile::new_srgb();
    let layout = if image.color().has_alpha() {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    let options = TransformOptions::default();
    let Ok(transform) = from.create_transform_8bit(layout, &to, layout, options) else {
        return image;
    };
    let mut bytes = vec![0; image.as_bytes().len()];
    if transform.transform(image.as_bytes(), &mut bytes).is_err() {
        return image;
    }
    let (width, height) = (image.width(), image.height());
    let made = match layout {
        Layout::Rgba => {
            image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
        }
        _ => image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
    };
    made.unwrap_or(image)
}
