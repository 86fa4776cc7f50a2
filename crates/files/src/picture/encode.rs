//! From pixels to the sizes that pages send: WebP for all who take it, JPEG for the rest. Both are
//! written from pixels alone, so no metadata can come along.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageEncoder, RgbImage};
use serde::{Deserialize, Serialize};
use torg_kernel::Result;

/// Widths that are made, in pixels; never wider than the picture itself.
pub const WIDTHS: [u32; 5] = [320, 640, 960, 1_280, 1_920];

/// Quality of JPEG, 1 to 100.
const JPEG_QUALITY: u8 = 80;
/// Quality of WebP, 0 to 100; looks like the JPEG at about three quarters of its bytes.
const WEBP_QUALITY: f32 = 78.0;

/// A format that pictures are sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// Lossy WebP: smaller, for all browsers since 2020.
    Webp,
    /// JPEG: for all others, and for mail and cards of links.
    Jpeg,
}

impl PictureFormat {
    /// All, the one to be preferred first.
    pub const ALL: [Self; 2] = [Self::Webp, Self::Jpeg];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpeg",
        }
    }

    /// The format with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// The media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The ending in addresses, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

/// A picture in one size and format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeVariant {
    /// The format.
    pub format: PictureFormat,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The widths for a picture so wide: those of [`WIDTHS`] that are not wider, and its own when it lies
/// between two of them with something to gain.
fn widths(own: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|width| *width <= own).collect();
    let last = widths.last().copied().unwrap_or(0);
    if own < WIDTHS[WIDTHS.len() - 1] && own > last + last / 10 {
        widths.push(own);
    }
    widths
}

/// All sizes in both formats, from the smallest.
///
/// # Errors
/// When an encoder fails, which is a fault of the program.
pub(super) fn variants(image: &DynamicImage) -> Result<Vec<MadeVariant>> {
    let widths = widths(image.width());
    let mut made = Vec::with_capacity(widths.len() * PictureFormat::ALL.len());
    // From the widest down, each from the one before: a tenth of the work, and as sharp.
    let mut from = shrunk(image, widths.last().copied().unwrap_or(1));
    for width in widths.into_iter().rev() {
        let height = scaled(image.height(), width, image.width());
        let sized = if (from.width(), from.height()) == (width, height) {
            from
        } else {
            from.resize_exact(width, height, FilterType::Lanczos3)
        };
        for format in PictureFormat::ALL {
            made.push(MadeVariant {
                format,
                width,
                height,
                bytes: match format {
                    PictureFormat::Webp => webp(&sized)?,
                    PictureFormat::Jpeg => jpeg(&sized)?,
                },
            });
        }
        from = sized;
    }
    made.sort_by_key(|variant| (variant.width, variant.format));
    Ok(made)
}

/// The height that goes with a width, at least one pixel.
fn scaled(height: u32, width: u32, own_width: u32) -> u32 {
    let scaled = (u64::from(height) * u64::from(width) + u64::from(own_width) / 2)
        / u64::from(own_width.max(1));
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

/// Large pictures are first averaged down to twice the widest size, which is quick and takes little
/// memory; the fine filter does the rest.
fn shrunk(image: &DynamicImage, widest: u32) -> DynamicImage {
    let twice = widest * 2;
    if image.width() <= twice {
        return image.clone();
    }
    image.thumbnail_exact(twice, scaled(image.height(), twice, image.width()))
}

fn webp(image: &DynamicImage) -> Result<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let encoder = match image {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        // Every picture was made into one of these two when it was read.
        other => {
            return webp(&DynamicImage::ImageRgba8(other.to_rgba8()));
        }
    };
    let made = encoder
        .encode_simple(false, WEBP_QUALITY)
        .map_err(|error| torg_kernel::Problem::internal(format!("libwebp: {error:?}")))?;
    Ok(made.to_vec())
}

fn jpeg(image: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let pixels = match image {
        DynamicImage::ImageRgba8(pixels) => on_white(pixels),
        other => other.to_rgb8(),
    };
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).write_image(
        &pixels,
        pixels.width(),
        pixels.height(),
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

/// What is transparent becomes white: JPEG knows no transparency.
fn on_white(pixels: &image::RgbaImage) -> RgbImage {
    let mut out = RgbImage::new(pixels.width(), pixels.height());
    for (from, to) in pixels.pixels().zip(out.pixels_mut()) {
        let [r, g, b, alpha] = from.0.map(u32::from);
        let mix = |colour: u32| {
            u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(255)
        };
        to.0 = [mix(r), mix(g), mix(b)];
    }
    out
}

/// The pixels as a PNG file, for originals of which only one frame is kept.
///
/// # Errors
/// When the encoder fails, which is a fault of the program.
pub(super) fn png(image: &DynamicImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(
        image.as_bytes(),
        image.width(),
        image.height(),
        image.color().into(),
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_never_wider_than_the_picture() {
        assert_eq!(widths(1), [1]);
        assert_eq!(widths(319), [319]);
        assert_eq!(widths(330), [320]);
        assert_eq!(widths(1_000), [320, 640, 960]);
        assert_eq!(widths(1_100), [320, 640, 960, 1_100]);
        assert_eq!(widths(1_920), WIDTHS);
        assert_eq!(widths(8_000), WIDTHS);
        assert_eq!(scaled(1, 320, 8_000), 1);
        assert_eq!(scaled(600, 320, 800), 240);
    }

    #[test]
    fn transparent_is_white() {
        let pixels = image::RgbaImage::from_fn(2, 1, |x, _| {
            image::Rgba([10, 20, 30, if x == 0 { 0 } else { 255 }])
        });
        let flat = on_white(&pixels);
        assert_eq!(flat.get_pixel(0, 0).0, [255, 255, 255]);
        assert_eq!(flat.get_pixel(1, 0).0, [10, 20, 30]);
    }
}
