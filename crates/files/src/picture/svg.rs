//! Drawings in SVG become pictures of dots: what a drawing can do besides being seen (programs, web
//! pages within it, things fetched from elsewhere) is gone with the format.
//!
//! Drawn by `resvg`, which knows no scripts and fetches nothing. What it would have to leave out
//! although people would miss it, text that needs a typeface and pictures within the drawing, is told
//! instead. The price: a drawing is as sharp as its widest size, no sharper.

use image::{DynamicImage, RgbaImage};
use resvg::{tiny_skia, usvg};
use torg_kernel::{Message, Problem, Result};
use usvg::roxmltree;

use super::decode::broken;

/// How wide a drawing is made, in pixels: the widest size that pages show.
const WIDTH: f32 = 1_920.0;
/// The longest side that it is made with, in pixels.
const LONGEST: f32 = 4_096.0;
/// The most bytes of a drawing: larger ones are maps or photographs in disguise.
const MOST_BYTES: usize = 5 * 1024 * 1024;
/// The most elements and texts in a drawing.
const MOST_NODES: u32 = 200_000;
/// The most filters in a drawing: each may go over all dots several times.
const MOST_FILTERS: usize = 20;

fn refuse(key: &'static str) -> Problem {
    Problem::field("file", Message::new(key))
}

/// Reads the drawing as XML, refuses what cannot be drawn, and gives it on.
fn parsed<T>(bytes: &[u8], then: impl FnOnce(&roxmltree::Document<'_>) -> Result<T>) -> Result<T> {
    if bytes.len() > MOST_BYTES {
        let limit = MOST_BYTES / 1024 / 1024;
        let message = Message::new("picture-error-svg-large").with("limit", limit);
        return Err(Problem::field("file", message));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?;
    let options = roxmltree::ParsingOptions {
        // Drawing programs write a document type; what it declares is bounded by the reader.
        allow_dtd: true,
        nodes_limit: MOST_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options).map_err(|error| {
        tracing::debug!(%error, "a drawing could not be read");
        match error {
            roxmltree::Error::NodesLimitReached => refuse("picture-error-svg-many"),
            _ => broken(),
        }
    })?;
    check(&document)?;
    then(&document)
}

/// The drawing as a tree, with everything from outside left alone.
fn tree(document: &roxmltree::Document<'_>) -> Result<usvg::Tree> {
    let options = usvg::Options {
        // Nothing is fetched, from the disk as little as from the net.
        resources_dir: None,
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_xmltree(document, &options).map_err(|error| {
        tracing::debug!(%error, "a drawing could not be understood");
        match error {
            usvg::Error::ElementsLimitReached => refuse("picture-error-svg-many"),
            _ => broken(),
        }
    })
}

/// Refuses what would be missed if it were left out.
fn check(document: &roxmltree::Document<'_>) -> Result<()> {
    let mut filters = 0;
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        match element.tag_name().name() {
            "text" if has_words(element) => return Err(refuse("picture-error-svg-text")),
            "image" => return Err(refuse("picture-error-svg-image")),
            "filter" => filters += 1,
            _ => {}
        }
    }
    if filters > MOST_FILTERS {
        return Err(refuse("picture-error-svg-many"));
    }
    Ok(())
}

/// Whether there is anything to read in an element.
fn has_words(element: roxmltree::Node<'_, '_>) -> bool {
    let mut texts = element.descendants().filter(roxmltree::Node::is_text);
    texts.any(|node| node.text().is_some_and(|text| !text.trim().is_empty()))
}

/// How much a drawing is enlarged or made smaller, and its size in dots.
fn scaled(size: usvg::Size) -> (f32, u32, u32) {
    let scale = (WIDTH / size.width()).min(LONGEST / size.height());
    let dots = |length: f32| (length * scale).round().clamp(1.0, LONGEST) as u32;
    (scale, dots(size.width()), dots(size.height()))
}

/// Looks at a drawing without drawing it. Returns the largest that it may become: how large it is
/// comes out when it is drawn.
///
/// # Errors
/// [`Problem::Invalid`] for the field `file`.
pub(super) fn head(bytes: &[u8]) -> Result<(u32, u32)> {
    parsed(bytes, |_| Ok(()))?;
    Ok((WIDTH as u32, LONGEST as u32))
}

/// The drawing in dots; where nothing is drawn it is transparent.
///
/// # Errors
/// As [`head`].
pub(super) fn draw(bytes: &[u8]) -> Result<DynamicImage> {
    let tree = parsed(bytes, tree)?;
    let (scale, width, height) = scaled(tree.size());
    let mut dots = tiny_skia::Pixmap::new(width, height).ok_or_else(broken)?;
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut dots.as_mut());
    let pixels = dots
        .pixels()
        .iter()
        .flat_map(|dot| {
            let plain = dot.demultiply();
            [plain.red(), plain.green(), plain.blue(), plain.alpha()]
        })
        .collect();
    let image = RgbaImage::from_raw(width, height, pixels).ok_or_else(broken)?;
    Ok(DynamicImage::ImageRgba8(image))
}
