//! How a picture looks, in 64 bits: pictures that look alike differ in few of them.
//!
//! A difference hash: the picture in 9 × 8 grey dots, and for each dot whether the next in its row is
//! brighter. It survives other sizes, formats and qualities, not turning or cutting, which is enough
//! for a hint to a person.

use image::{DynamicImage, imageops::FilterType};

/// Bits that may differ between two that look alike, of 64.
const ALIKE: u32 = 6;
/// Steps of grey, of 255, that a picture must span; a flatter one looks like all flat ones.
const SPAN: u8 = 24;

/// The look of a picture; `None` for one that is nearly of one colour.
pub(super) fn of(image: &DynamicImage) -> Option<u64> {
    // First an average, which is quick on many pixels; then the small one.
    let small = image.thumbnail_exact(72, 64);
    let grey = small.resize_exact(9, 8, FilterType::Triangle).to_luma8();
    let dots = || grey.pixels().map(|dot| dot.0[0]);
    let span = dots().max()?.saturating_sub(dots().min()?);
    if span < SPAN {
        return None;
    }
    let mut look = 0;
    for y in 0..8 {
        for x in 0..8 {
            let brighter = grey.get_pixel(x + 1, y).0[0] > grey.get_pixel(x, y).0[0];
            look = (look << 1) | u64::from(brighter);
        }
    }
    Some(look)
}

/// Whether two pictures look alike.
#[must_use]
pub fn look_alike(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() <= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// Stripes in one direction, or in the other.
    fn stripes(width: u32, height: u32, lying: bool) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, y| {
            let at = if lying {
                y * 7 / height + x * 2 / width
            } else {
                x * 5 / width
            };
            let light = if at.is_multiple_of(2) { 30 } else { 220 };
            Rgb([light, light / 2, 255 - light])
        })
        .into()
    }

    #[test]
    fn another_size_looks_alike_and_another_motive_does_not() {
        let one = of(&stripes(900, 600, false)).unwrap();
        assert!(look_alike(one, of(&stripes(330, 220, false)).unwrap()));
        assert!(!look_alike(one, of(&stripes(900, 600, true)).unwrap()));
        let flat = RgbImage::from_pixel(50, 50, Rgb([9, 9, 9]));
        assert_eq!(of(&flat.into()), None);
    }
}
