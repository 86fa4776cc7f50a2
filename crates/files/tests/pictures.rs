//! Pictures that are not what they should be, and what is left of those that are.

use std::io::Cursor;
use std::time::{Duration, Instant};

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};
use torg_files::{FileKind, MadePicture, PictureFormat, PictureMaker, check_picture};
use torg_kernel::{Problem, Result};

/// 57.7089 degrees north as an Exif position: three fractions (CIPA DC-008, 4.6.6).
const NORTH: [u8; 24] = [
    0, 0, 0, 57, 0, 0, 0, 1, 0, 0, 0, 42, 0, 0, 0, 1, 0, 0, 0x0c, 0x7c, 0, 0, 0, 100,
];
const WORDS: [&[u8]; 4] = [b"GPSLatitude", b"Anna Andersson", b"Telefonen 9", b"8BIM"];

fn gradient(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let part = |at: u32, of: u32| u8::try_from(at * 255 / of.max(1)).unwrap_or(255);
        Rgb([part(x, width), part(y, height), 128])
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 90)
        .encode_image(image)
        .expect("the test makes it right");
    bytes
}

fn png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("the test makes it right");
    bytes.into_inner()
}

async fn make(name: &str, bytes: &[u8]) -> Result<MadePicture> {
    PictureMaker::new(1)
        .make(name, Bytes::copy_from_slice(bytes))
        .await
}

async fn key(name: &str, bytes: &[u8]) -> &'static str {
    match make(name, bytes).await {
        Err(Problem::Invalid(errors)) => {
            assert_eq!(errors[0].field, "file");
            errors[0].message.key
        }
        other => panic!("{name}: {:?}", other.map(|made| made.width)),
    }
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2)
        .expect("the test makes it right")
        .to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

/// A photograph as a telephone makes it: lying on its side, with position, maker, owner, a comment,
/// and a second picture after the first.
fn photograph() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    exif.extend_from_slice(&[0, 2]);
    // Turned by 90 degrees; where the positions lie.
    exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    exif.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    exif.extend_from_slice(&[0, 0, 0, 0]);
    exif.extend_from_slice(&[0, 1, 0, 2, 0, 5, 0, 0, 0, 3, 0, 0, 0, 56, 0, 0, 0, 0]);
    exif.extend_from_slice(&NORTH);
    exif.extend_from_slice(b"Telefonen 9");
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x GPSLatitude='57,42'/>";
    let base = jpeg(&gradient(400, 200));
    let mut bytes = base[..2].to_vec();
    bytes.extend(segment(0xe1, &exif));
    bytes.extend(segment(0xe1, xmp));
    bytes.extend(segment(0xed, b"Photoshop 3.0\x008BIM Anna Andersson"));
    bytes.extend(segment(0xfe, b"Anna Andersson"));
    bytes.extend_from_slice(&base[2..]);
    bytes.extend_from_slice(b"SEFT Anna Andersson GPSLatitude");
    bytes
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|part| part == what)
}

#[tokio::test]
async fn a_photograph_is_turned_and_says_nothing_of_who_and_where() {
    let sent = photograph();
    assert!(
        holds(&sent, &NORTH),
        "the test's own picture has a position"
    );
    let made = make("semester.jpg", &sent).await.unwrap();
    assert_eq!((made.width, made.height), (200, 400), "it stands upright");
    assert_eq!(made.kind, FileKind::Jpeg);
    assert!(!made.animated);
    let all = made.variants.iter().map(|variant| &variant.bytes[..]);
    for bytes in all.chain([&made.original[..]]) {
        for words in WORDS {
            assert!(!holds(bytes, words), "{}", String::from_utf8_lossy(words));
        }
        assert!(!holds(bytes, &NORTH), "a position is left");
    }
    for variant in &made.variants {
        assert!(!holds(&variant.bytes, b"Exif"));
        let format = match variant.format {
            PictureFormat::Webp => ImageFormat::WebP,
            PictureFormat::Jpeg => ImageFormat::Jpeg,
        };
        let read = image::load_from_memory_with_format(&variant.bytes, format).unwrap();
        assert_eq!(
            (read.width(), read.height()),
            (variant.width, variant.height)
        );
        // Turned to the right: what was the left edge, without red, is the upper one.
        let (top, bottom) = (
            read.to_rgb8().get_pixel(read.width() / 2, 2).0[0],
            read.to_rgb8()
                .get_pixel(read.width() / 2, read.height() - 3)
                .0[0],
        );
        assert!(top < 20 && bottom > 235, "{top} {bottom}");
    }
    // The original still knows how it is to be turned, and comes back the same.
    let again = make("semester.jpg", &made.original).await.unwrap();
    assert_eq!((again.width, again.height), (200, 400));
    assert_eq!(again.original, made.original);
    assert_eq!(again.variants, made.variants);
}

#[tokio::test]
async fn positions_go_from_png_and_webp_too() {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length[..], name, body, &[0, 0, 0, 0]].concat()
    };
    let plain = png(&DynamicImage::ImageRgb8(gradient(50, 40)));
    let mut sent = plain[..33].to_vec();
    sent.extend(chunk(b"tEXt", b"Comment\0Anna Andersson GPSLatitude"));
    sent.extend_from_slice(&plain[33..]);
    let made = make("a.png", &sent).await.unwrap();
    assert_eq!(made.original, plain, "nothing else went");

    let still = webp::Encoder::from_rgb(&gradient(50, 40), 50, 40).encode(80.0);
    let mut sent = still.to_vec();
    let exif = b"Exif\0\0 Anna Andersson GPSLatitude..";
    sent.extend_from_slice(b"EXIF");
    sent.extend_from_slice(&u32::try_from(exif.len()).unwrap().to_le_bytes());
    sent.extend_from_slice(exif);
    sent.resize(sent.len() + exif.len() % 2, 0);
    let size = u32::try_from(sent.len() - 8).unwrap().to_le_bytes();
    sent[4..8].copy_from_slice(&size);
    let made = make("a.webp", &sent).await.unwrap();
    assert_eq!(made.kind, FileKind::Webp);
    assert_eq!(&made.original[..], &still[..]);
    for words in WORDS {
        assert!(!holds(&made.original, words));
    }
}

#[tokio::test]
async fn sizes_are_made_down_from_the_picture_and_never_up() {
    let made = make("stor.jpg", &jpeg(&gradient(2_000, 1_000)))
        .await
        .unwrap();
    let widths = |format| {
        let own = made.variants.iter().filter(move |own| own.format == format);
        own.map(|own| (own.width, own.height)).collect::<Vec<_>>()
    };
    let expected = [
        (320, 160),
        (640, 320),
        (960, 480),
        (1_280, 640),
        (1_920, 960),
    ];
    assert_eq!(widths(PictureFormat::Webp), expected);
    assert_eq!(widths(PictureFormat::Jpeg), expected);
    let small = make(
        "liten.png",
        &png(&DynamicImage::ImageRgb8(gradient(90, 60))),
    )
    .await;
    let small = small.unwrap();
    assert_eq!(small.variants.len(), 2);
    assert!(
        small
            .variants
            .iter()
            .all(|own| (own.width, own.height) == (90, 60))
    );
}

#[tokio::test]
async fn what_lies_about_itself_is_told() {
    let real = jpeg(&gradient(20, 20));
    assert_eq!(key("bild.png", &real).await, "file-error-lying");
    assert_eq!(
        key("bild.jpg", b"%PDF-1.7\n%%EOF").await,
        "file-error-lying"
    );
    assert_eq!(
        key("plan", b"%PDF-1.7\n%%EOF").await,
        "picture-error-no-picture"
    );
    assert_eq!(
        key("a.svg", b"<svg xmlns='x'><script/></svg>").await,
        "picture-error-broken"
    );
    assert_eq!(key("a.png", b"<svg/>").await, "file-error-lying");
    assert_eq!(key("a.svg", b"<p><svg/></p>").await, "file-error-markup");
    assert_eq!(key("a.jpg", b"").await, "file-error-empty");
    let huge = vec![0xff; 100 * 1024 * 1024];
    assert_eq!(key("a.jpg", &huge).await, "file-error-too-large");
    // The head of one kind and the body of another.
    let mut mixed = b"\x89PNG\r\n\x1a\n".to_vec();
    mixed.extend_from_slice(&real);
    assert_eq!(key("a.png", &mixed).await, "picture-error-dimensions");
    assert_eq!(
        key("a.jpg", &[0xff, 0xd8, 0xff]).await,
        "picture-error-broken"
    );
}

/// A PNG of 50 000 × 50 000 whose pixels are all zero: 7.5 GB when unpacked.
fn bomb_png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend_from_slice(&[0, 0, 0, 13]);
    bytes.extend_from_slice(b"IHDR");
    bytes.extend_from_slice(&50_000_u32.to_be_bytes());
    bytes.extend_from_slice(&50_000_u32.to_be_bytes());
    bytes.extend_from_slice(&[8, 2, 0, 0, 0]);
    // The checksum over the chunk, as zlib would say.
    bytes.extend_from_slice(&[0; 4]);
    bytes
}

#[tokio::test]
async fn fifty_thousand_by_fifty_thousand_is_refused_at_once() {
    let mut jpeg = jpeg(&gradient(16, 16));
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xc3, 0x50, 0xc3, 0x50]);
    let mut gif = b"GIF89a".to_vec();
    gif.extend_from_slice(&[0x50, 0xc3, 0x50, 0xc3, 0, 0, 0]);
    // WebP can say no more than 16 384 in its frame, but more in the head round it.
    let mut webp = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
    webp.extend_from_slice(&[0x4f, 0xc3, 0, 0x4f, 0xc3, 0]);
    for (name, bytes) in [("a.png", bomb_png()), ("a.jpg", jpeg), ("a.gif", gif)] {
        let started = Instant::now();
        assert_eq!(
            key(name, &bytes).await,
            "picture-error-dimensions",
            "{name}"
        );
        assert!(started.elapsed() < Duration::from_millis(50), "{name}");
        assert!(check_picture(name, &bytes).is_err());
    }
    let started = Instant::now();
    assert!(make("a.webp", &webp).await.is_err());
    assert!(started.elapsed() < Duration::from_millis(50));
    // The same area in another shape, and one side that is too long.
    let mut long = bomb_png();
    long[20..24].copy_from_slice(&1_u32.to_be_bytes());
    assert_eq!(key("a.png", &long).await, "picture-error-dimensions");
    long[16..20].copy_from_slice(&0_u32.to_be_bytes());
    assert_eq!(key("a.png", &long).await, "picture-error-broken");
}

#[tokio::test]
async fn what_is_cut_short_is_broken_and_never_half_grey() {
    let base = jpeg(&gradient(300, 300));
    let png = png(&DynamicImage::ImageRgb8(gradient(300, 300)));
    let webp = webp::Encoder::from_rgb(&gradient(300, 300), 300, 300).encode(80.0);
    let progressive = include_bytes!("fixtures/progressive.jpg");
    assert!(make("a.jpg", progressive).await.is_ok());
    for (name, whole) in [
        ("a.jpg", &base[..]),
        ("p.jpg", progressive),
        ("a.png", &png),
        ("a.webp", &webp),
        ("a.gif", include_bytes!("fixtures/still.gif")),
    ] {
        for part in [3, 5, 9] {
            let cut = &whole[..whole.len() * part / 10];
            assert_eq!(
                key(name, cut).await,
                "picture-error-broken",
                "{name} {part}"
            );
        }
    }
}

#[tokio::test]
async fn a_moving_picture_stands_still_and_says_so() {
    for (name, bytes) in [
        ("a.gif", &include_bytes!("fixtures/moving.gif")[..]),
        ("a.png", include_bytes!("fixtures/moving.png")),
        ("a.webp", include_bytes!("fixtures/moving.webp")),
    ] {
        let made = make(name, bytes).await.unwrap();
        assert!(made.animated, "{name}");
        assert_eq!(made.kind, FileKind::Png, "{name}");
        let first = image::load_from_memory(&made.original).unwrap().to_rgb8();
        let [red, _, blue] = first.get_pixel(20, 15).0;
        assert!(red > 180 && blue < 60, "{name}: the first frame is red");
        let again = make("a.png", &made.original).await.unwrap();
        assert!(!again.animated, "{name}: what is kept stands still");
    }
    let still = make("a.gif", include_bytes!("fixtures/still.gif"))
        .await
        .unwrap();
    assert!(!still.animated);
}

#[tokio::test]
async fn colours_for_print_come_out_right() {
    let made = make("tryck.jpg", include_bytes!("fixtures/cmyk.jpg"))
        .await
        .unwrap();
    for variant in &made.variants {
        let read = image::load_from_memory(&variant.bytes).unwrap().to_rgb8();
        let near = |x: u32, y: u32, wanted: [u8; 3]| {
            let found = read.get_pixel(x, y).0;
            let apart = found.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max();
            assert!(apart < Some(40), "{x} {y}: {found:?} is not {wanted:?}");
        };
        near(16, 16, [0, 255, 255]);
        near(48, 16, [255, 0, 255]);
        near(16, 48, [255, 255, 0]);
        near(48, 48, [0, 0, 0]);
    }
}

#[tokio::test]
async fn colours_of_another_profile_become_srgb() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let image = RgbImage::from_pixel(64, 64, Rgb([120, 200, 80]));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_icc_profile(profile).unwrap();
    encoder.encode_image(&image).unwrap();
    let made = make("p3.jpg", &bytes).await.unwrap();
    let read = image::load_from_memory(&made.variants[0].bytes)
        .unwrap()
        .to_rgb8();
    let [red, green, blue] = read.get_pixel(32, 32).0;
    // Worked out by hand from the matrices of the two: P3 (120, 200, 80) is sRGB (89, 202, 56).
    assert!(
        red.abs_diff(89) < 4 && green.abs_diff(202) < 4 && blue.abs_diff(56) < 4,
        "{red} {green} {blue}"
    );
}

#[tokio::test]
async fn transparency_stays_in_webp_and_is_white_in_jpeg() {
    let mut image = image::RgbaImage::from_pixel(40, 40, image::Rgba([200, 0, 0, 255]));
    for pixel in image.pixels_mut().take(800) {
        pixel.0 = [0, 0, 0, 0];
    }
    let made = make("a.png", &png(&DynamicImage::ImageRgba8(image)))
        .await
        .unwrap();
    for variant in made.variants {
        let read = image::load_from_memory(&variant.bytes).unwrap();
        let pixel = read.to_rgba8().get_pixel(20, 5).0;
        match variant.format {
            PictureFormat::Webp => assert_eq!(pixel[3], 0),
            PictureFormat::Jpeg => assert!(pixel[..3].iter().all(|own| *own > 250)),
        }
    }
}

/// The encoder of the test's pictures is also the one that is tested: what comes out must be small.
#[tokio::test]
async fn the_preferred_format_is_the_smaller_one() {
    let noisy = RgbImage::from_fn(960, 640, |x, y| {
        let wave = (f64::from(x) / 17.0).sin() * 60.0 + (f64::from(y) / 9.0).cos() * 50.0;
        let grain = f64::from((x * 7_919 + y * 104_729) % 13);
        let tone = |base: f64| (base + wave + grain).clamp(0.0, 255.0).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        Rgb([tone(120.0) as u8, tone(140.0) as u8, tone(110.0) as u8])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .write_image(&noisy, 960, 640, image::ExtendedColorType::Rgb8)
        .unwrap();
    let made = make("a.jpg", &bytes).await.unwrap();
    for pair in made.variants.chunks(2) {
        assert_eq!(pair[0].format, PictureFormat::Webp);
        assert!(
            pair[0].bytes.len() < pair[1].bytes.len(),
            "{}",
            pair[0].width
        );
    }
}

fn drawing(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='200' height='100' onload=\"fetch('https://evil.example/')\">{inside}</svg>"
    )
}

#[tokio::test]
async fn a_drawing_becomes_dots_and_its_programs_are_gone() {
    let bytes = drawing(
        "<script>alert(1)</script><style>@import url(https://evil.example/a.css);</style>\
         <foreignObject width='200' height='100'><body xmlns='http://www.w3.org/1999/xhtml'>\
         <script>alert(2)</script></body></foreignObject>\
         <use xlink:href='https://evil.example/x.svg#a'/><use xlink:href='/etc/passwd#a'/>\
         <a xlink:href='javascript:alert(3)'>\
         <rect width='100' height='100' fill='#0000ff' onclick='alert(4)'/></a>",
    );
    let made = make("logo.svg", bytes.as_bytes()).await.expect("is drawn");
    assert_eq!((made.kind, made.animated), (FileKind::Png, false));
    assert_eq!((made.width, made.height), (1_920, 960));
    let seen = image::load_from_memory(&made.original).expect("a picture");
    let seen = seen.to_rgba8();
    assert_eq!(seen.get_pixel(100, 400).0, [0, 0, 255, 255]);
    assert_eq!(seen.get_pixel(1_900, 400).0[3], 0, "nothing is drawn there");
    let all = made.variants.iter().map(|own| &own.bytes[..]);
    for bytes in all.chain([&made.original[..]]) {
        assert_ne!(bytes[0], b'<');
        for word in ["script", "alert", "evil", "onload", "svg"] {
            let found = bytes
                .windows(word.len())
                .any(|part| part == word.as_bytes());
            assert!(!found, "{word}");
        }
    }
}

#[tokio::test]
async fn a_drawing_that_would_lose_something_is_told() {
    let told = async |inside: &str| key("a.svg", drawing(inside).as_bytes()).await;
    assert_eq!(
        told("<text x='1'>Hej</text>").await,
        "picture-error-svg-text"
    );
    let photo = "<image width='9' height='9' xlink:href='data:image/png;base64,AA=='/>";
    assert_eq!(told(photo).await, "picture-error-svg-image");
    assert_eq!(
        told(&"<filter/>".repeat(21)).await,
        "picture-error-svg-many"
    );
    assert_eq!(
        told(&"<g/>".repeat(300_000)).await,
        "picture-error-svg-many"
    );
    assert_eq!(told("<g>").await, "picture-error-broken");
    let large = format!("<!--{}-->", "x".repeat(6 * 1024 * 1024));
    assert_eq!(told(&large).await, "picture-error-svg-large");
}

#[tokio::test]
async fn drawings_made_to_hurt_end_soon() {
    let begun = Instant::now();
    // Each level uses the one below ten times: 10^9 rectangles.
    let mut levels = "<defs><g id='a0'><rect width='1' height='1'/></g>".to_owned();
    for level in 1..10 {
        let below = format!("<use xlink:href='#a{}'/>", level - 1).repeat(10);
        levels.push_str(&format!("<g id='a{level}'>{below}</g>"));
    }
    levels.push_str("</defs><use xlink:href='#a9'/>");
    let made = make("a.svg", drawing(&levels).as_bytes()).await;
    assert!(made.is_err(), "it is not drawn");
    // The same with entities of XML.
    let mut laughs = "<!DOCTYPE svg [<!ENTITY a0 'ha'>".to_owned();
    for level in 1..12 {
        let below = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} '{below}'>"));
    }
    laughs.push_str("]>\n<svg xmlns='http://www.w3.org/2000/svg'><title>&a11;</title></svg>");
    assert_eq!(
        key("a.svg", laughs.as_bytes()).await,
        "picture-error-broken"
    );
    // Sizes that nobody can draw are drawn as large as any other.
    let vast = "<svg xmlns='http://www.w3.org/2000/svg' width='50000' height='50000'>\
        <rect width='50000' height='50000' fill='red'/></svg>";
    let made = make("a.svg", vast.as_bytes()).await.expect("is drawn");
    assert_eq!((made.width, made.height), (1_920, 1_920));
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn what_is_packed_behind_a_picture_goes() {
    let mut bytes = jpeg(&gradient(60, 40));
    bytes.extend_from_slice(b"PK\x03\x04......evil.exe......PK\x05\x06");
    let made = make("a.jpg", &bytes).await.expect("a picture");
    let all = made.variants.iter().map(|own| &own.bytes[..]);
    for bytes in all.chain([&made.original[..]]) {
        assert!(!bytes.windows(8).any(|part| part == b"evil.exe"));
    }
}
