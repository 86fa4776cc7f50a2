//! The map as a picture (SVG) that needs no script and nobody else's server: land and water, areas,
//! and numbered marks. The same picture stands in pages, where their style colours it, and alone as
//! a file, where it has colours of its own, since a picture does not see the page round it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use askama::filters::HtmlSafe;
use torg_geo::{Bounds, Limits, Point, Shape, read_geojson};
use torg_ui::escape;

use crate::view::{Size, View};

/// Whose data the base map is (the licence ODbL 1.0 wants it said wherever it is shown).
pub const LAND_ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL";

/// The land of the city and round it; `data/README.md` tells where it comes from.
pub const LAND: &str = include_str!("../data/land.geojson");

static RINGS: LazyLock<Vec<(Bounds, Vec<Point>)>> = LazyLock::new(|| {
    read_geojson(LAND.as_bytes(), Limits::default())
        .map(|read| read.features)
        .unwrap_or_default()
        .iter()
        .flat_map(|own| own.shape.lines())
        .filter_map(|ring| Some((Bounds::of(ring.iter().copied())?, ring)))
        .collect()
});

/// A drawn picture. Only [`draw`] makes one, and it escapes all words: so it may stand in a page as it
/// is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Svg(String);

impl Svg {
    /// The picture as a file.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

impl std::fmt::Display for Svg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Svg {}

/// What the picture is to be coloured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Classes, which the page's style colours.
    Page,
    /// Colours of its own on a light ground.
    Light,
    /// The same for those who want it dark.
    Dark,
}

/// A numbered mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where.
    pub point: Point,
    /// What stands in it, such as `3`; empty for one without a number.
    pub label: String,
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    /// Which part of the world.
    pub view: View,
    /// How large.
    pub size: Size,
    /// Areas and lines, below the marks.
    pub shapes: &'a [&'a Shape],
    /// Small marks without numbers.
    pub dots: &'a [Point],
    /// Marks, the first on top.
    pub marks: &'a [Mark],
    /// What the picture is, in words, for those who do not see it.
    pub label: &'a str,
    /// How it is coloured.
    pub look: Look,
}

struct Colours {
    water: &'static str,
    land: &'static str,
    coast: &'static str,
    area: &'static str,
    mark: &'static str,
    number: &'static str,
    word: &'static str,
}

const LIGHT: Colours = Colours {
    water: "#cfe3ee",
    land: "#f6f4ee",
    coast: "#8fa9b5",
    area: "#005a92",
    mark: "#005a92",
    number: "#ffffff",
    word: "#2b3a42",
};

const DARK: Colours = Colours {
    water: "#0e2230",
    land: "#22313a",
    coast: "#5b7482",
    area: "#7cc4f5",
    mark: "#7cc4f5",
    number: "#0b1b26",
    word: "#dbe6ec",
};

impl Look {
    fn paint(self, class: &str, style: impl Fn(&Colours) -> String) -> String {
        match self {
            Self::Page => format!(" class=\"{class}\""),
            Self::Light => format!(" {}", style(&LIGHT)),
            Self::Dark => format!(" {}", style(&DARK)),
        }
    }
}

/// How far outside the picture lines are still drawn, in pixels: their own width is cut off there.
const EDGE: f64 = 12.0;

/// Draws it.
#[must_use]
pub fn draw(drawing: &Drawing<'_>) -> Svg {
    let Size { width, height } = drawing.size;
    let look = drawing.look;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\"{}>",
        escape(drawing.label),
        if look == Look::Page {
            " class=\"mappicture\""
        } else {
            ""
        },
    );
    let water = look.paint("water", |own| format!("fill=\"{}\"", own.water));
    push(
        &mut svg,
        format_args!("<rect width=\"{width}\" height=\"{height}\"{water}/>"),
    );
    land(&mut svg, drawing);
    shapes(&mut svg, drawing);
    let dot = look.paint("dot", |own| {
        format!("fill=\"{}\" stroke=\"{}\"", own.mark, own.number)
    });
    for point in drawing.dots {
        let (x, y) = drawing.view.place(*point, drawing.size);
        if inside(x, y, drawing.size) {
            push(
                &mut svg,
                format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"{dot}/>"),
            );
        }
    }
    for mark in drawing.marks.iter().rev() {
        draw_mark(&mut svg, drawing, mark);
    }
    scale(&mut svg, drawing);
    if look != Look::Page {
        let word = look.paint("", |own| format!("fill=\"{}\"", own.word));
        let (x, y) = (width - 6, height - 6);
        push(
            &mut svg,
            format_args!(
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\" font-family=\"sans-serif\" font-size=\"10\"{word}>{LAND_ATTRIBUTION}</text>"
            ),
        );
    }
    svg.push_str("</svg>");
    Svg(svg)
}

fn push(svg: &mut String, what: std::fmt::Arguments<'_>) {
    svg.write_fmt(what).expect("writing to memory cannot fail");
}

fn inside(x: f64, y: f64, size: Size) -> bool {
    (-EDGE..=f64::from(size.width) + EDGE).contains(&x)
        && (-EDGE..=f64::from(size.height) + EDGE).contains(&y)
}

fn land(svg: &mut String, drawing: &Drawing<'_>) {
    let shown = drawing.view.bounds(drawing.size);
    let mut path = String::new();
    for (bounds, ring) in RINGS.iter().filter(|(bounds, _)| bounds.meets(&shown)) {
        let _ = bounds;
        push_ring(&mut path, ring, drawing);
    }
    if !path.is_empty() {
        let paint = drawing.look.paint("land", |own| {
            format!(
                "fill=\"{}\" stroke=\"{}\" stroke-width=\"1\"",
                own.land, own.coast
            )
        });
        push(
            svg,
            format_args!("<path fill-rule=\"evenodd\" d=\"{path}\"{paint}/>"),
        );
    }
}

fn shapes(svg: &mut String, drawing: &Drawing<'_>) {
    for shape in drawing.shapes {
        let mut path = String::new();
        let closed = shape.is_area();
        for line in shape.lines() {
            if closed {
                push_ring(&mut path, &line, drawing);
            } else {
                push_line(&mut path, &line, drawing);
            }
        }
        if path.is_empty() {
            continue;
        }
        let class = if closed { "area" } else { "line" };
        let paint = drawing.look.paint(class, |own| {
            let fill = if closed { own.area } else { "none" };
            format!(
                "fill=\"{fill}\" fill-opacity=\"0.1\" stroke=\"{}\" stroke-width=\"1.5\"",
                own.area
            )
        });
        push(
            svg,
            format_args!("<path fill-rule=\"evenodd\" d=\"{path}\"{paint}/>"),
        );
    }
}

fn placed(points: &[Point], drawing: &Drawing<'_>) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    for point in points {
        let (x, y) = drawing.view.place(*point, drawing.size);
        // Nobody sees less than three quarters of a pixel.
        let near = all
            .last()
            .is_some_and(|(last_x, last_y)| (last_x - x).abs() < 0.75 && (last_y - y).abs() < 0.75);
        if !near {
            all.push((x, y));
        }
    }
    all
}

fn push_ring(path: &mut String, ring: &[Point], drawing: &Drawing<'_>) {
    let cut = clipped(placed(ring, drawing), drawing.size);
    if cut.len() < 3 {
        return;
    }
    push_points(path, &cut);
    path.push('Z');
}

fn push_line(path: &mut String, line: &[Point], drawing: &Drawing<'_>) {
    let all = placed(line, drawing);
    if all.len() > 1 && all.iter().any(|(x, y)| inside(*x, *y, drawing.size)) {
        push_points(path, &all);
    }
}

fn push_points(path: &mut String, points: &[(f64, f64)]) {
    for (at, (x, y)) in points.iter().enumerate() {
        let sign = if at == 0 { 'M' } else { 'L' };
        push(path, format_args!("{sign}{x:.1} {y:.1}"));
    }
}

/// A ring cut off at the edges (Sutherland and Hodgman): a country is larger than any picture. Where
/// it leaves and comes back it runs along the edge, which lies outside of what is seen.
fn clipped(ring: Vec<(f64, f64)>, size: Size) -> Vec<(f64, f64)> {
    let (right, bottom) = (f64::from(size.width) + EDGE, f64::from(size.height) + EDGE);
    let sides: [(bool, f64, f64); 4] = [
        (true, -EDGE, 1.0),
        (true, right, -1.0),
        (false, -EDGE, 1.0),
        (false, bottom, -1.0),
    ];
    let mut ring = ring;
    for (across, edge, sign) in sides {
        let depth = |(x, y): (f64, f64)| sign * (if across { x } else { y } - edge);
        let mut cut = Vec::with_capacity(ring.len());
        for at in 0..ring.len() {
            let here = ring[at];
            let before = ring[(at + ring.len() - 1) % ring.len()];
            let (own, last) = (depth(here), depth(before));
            if (own < 0.0) != (last < 0.0) {
                let part = last / (last - own);
                cut.push((
                    before.0 + (here.0 - before.0) * part,
                    before.1 + (here.1 - before.1) * part,
                ));
            }
            if own >= 0.0 {
                cut.push(here);
            }
        }
        ring = cut;
    }
    ring
}

fn draw_mark(svg: &mut String, drawing: &Drawing<'_>, mark: &Mark) {
    let (x, y) = drawing.view.place(mark.point, drawing.size);
    if !inside(x, y, drawing.size) {
        return;
    }
    let look = drawing.look;
    let paint = look.paint("mark", |own| {
        format!(
            "fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"",
            own.mark, own.number
        )
    });
    if mark.label.is_empty() {
        // A drop whose point is the place.
        let (left, right, top) = (x - 10.0, x + 10.0, y - 18.0);
        push(
            svg,
            format_args!(
                "<path d=\"M{x:.1} {y:.1}C{x:.1} {:.1} {left:.1} {:.1} {left:.1} {top:.1}A10 10 0 0 1 {right:.1} {top:.1}C{right:.1} {:.1} {x:.1} {:.1} {x:.1} {y:.1}Z\"{paint}/>",
                y - 6.0,
                y - 11.0,
                y - 11.0,
                y - 6.0,
            ),
        );
        return;
    }
    let radius = if mark.label.len() > 2 { 14 } else { 11 };
    let word = look.paint("number", |own| {
        format!(
            "fill=\"{}\" font-family=\"sans-serif\" font-size=\"12\" font-weight=\"700\"",
            own.number
        )
    });
    push(
        svg,
        format_args!(
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"{paint}/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\"{word}>{}</text>",
            y + 4.2,
            escape(&mark.label),
        ),
    );
}

/// A length that is 1, 2 or 5 with noughts and at most this many metres.
fn round_length(most: f64) -> f64 {
    let unit = 10_f64.powf(most.log10().floor());
    [5.0, 2.0, 1.0]
        .into_iter()
        .map(|times| times * unit)
        .find(|length| *length <= most)
        .unwrap_or(unit)
}

fn scale(svg: &mut String, drawing: &Drawing<'_>) {
    let metres = drawing.view.metres();
    let length = round_length(metres * f64::from(drawing.size.width.min(600)) / 5.0);
    let pixels = length / metres;
    let words = if length >= 1_000.0 {
        format!("{} km", length / 1_000.0)
    } else {
        format!("{length} m")
    };
    let bottom = f64::from(drawing.size.height) - 10.0;
    let line = drawing.look.paint("scale", |own| {
        format!("fill=\"none\" stroke=\"{}\" stroke-width=\"2\"", own.word)
    });
    let word = drawing.look.paint("scaleword", |own| {
        format!(
            "fill=\"{}\" font-family=\"sans-serif\" font-size=\"11\"",
            own.word
        )
    });
    push(
        svg,
        format_args!(
            "<path d=\"M10 {:.1}V{bottom:.1}H{:.1}V{:.1}\"{line}/><text x=\"14\" y=\"{:.1}\"{word}>{words}</text>",
            bottom - 6.0,
            10.0 + pixels,
            bottom - 6.0,
            bottom - 5.0,
        ),
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIZE: Size = Size {
        width: 400,
        height: 300,
    };

    fn drawn(view: View, look: Look, marks: &[Mark]) -> String {
        draw(&Drawing {
            view,
            size: SIZE,
            shapes: &[],
            dots: &[],
            marks,
            label: "Karta \"här\"",
            look,
        })
        .into_text()
    }

    #[test]
    fn the_base_map_is_the_coast_of_the_city() {
        assert!(RINGS.len() > 50, "{}", RINGS.len());
        let on_land = |lon, lat| {
            let point = Point::new(lon, lat);
            let read = read_geojson(LAND.as_bytes(), Limits::default()).expect("reads");
            assert_eq!(read.faults, []);
            read.features.iter().any(|own| own.shape.holds(point))
        };
        // Järntorget, Angered and Vrångö are dry; Rivöfjorden is not.
        assert!(on_land(11.953, 57.699) && on_land(12.05, 57.797) && on_land(11.787, 57.575));
        assert!(!on_land(11.75, 57.665));
    }

    #[test]
    fn a_picture_has_land_marks_scale_and_whose_data_it_is() {
        let view = View {
            centre: Point::new(11.9, 57.68),
            zoom: 11.0,
        };
        let marks = [Mark {
            point: view.centre,
            label: "7".to_owned(),
        }];
        let alone = drawn(view, Look::Dark, &marks);
        assert!(
            alone.contains("OpenStreetMap") && alone.contains(">7</text>"),
            "{alone}"
        );
        assert!(alone.contains("<path fill-rule=\"evenodd\"") && alone.contains(" km</text>"));
        assert!(!alone.contains("class=") && alone.contains("Karta &quot;här&quot;"));
        let page = drawn(view, Look::Page, &marks);
        assert!(page.contains("class=\"land\"") && !page.contains("#cfe3ee"));
        // In the middle of the country there is nothing but land, and no long path.
        let inland = drawn(
            View {
                centre: Point::new(12.1, 57.75),
                zoom: 15.0,
            },
            Look::Page,
            &[],
        );
        assert!(
            inland.contains("class=\"land\"") && inland.len() < 2_000,
            "{inland}"
        );
    }

    #[test]
    fn lengths_are_round() {
        for (most, length) in [
            (130.0, 100.0),
            (999.0, 500.0),
            (2_000.0, 2_000.0),
            (4_999.0, 2_000.0),
        ] {
            assert_eq!(round_length(most), length);
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_off_is_what_lies_outside(
            ring in prop::collection::vec((-900.0..1300.0, -900.0..1200.0), 3..40),
        ) {
            let cut = clipped(ring.clone(), SIZE);
            for (x, y) in &cut {
                prop_assert!((-EDGE - 1e-6..=400.0 + EDGE + 1e-6).contains(x));
                prop_assert!((-EDGE - 1e-6..=300.0 + EDGE + 1e-6).contains(y));
            }
            for corner in ring.iter().filter(|(x, y)| inside(*x, *y, SIZE)) {
                prop_assert!(cut.contains(corner));
            }
        }
    }
}
