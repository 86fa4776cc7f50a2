//! The colour of a unit's page: what may be chosen, what can be read, and the style it gives.
//!
//! Light mode shows the colour that was chosen, as lines and marks and under white text. Dark mode
//! shows the same hue so much lighter that it holds there too. No single colour holds in both: what
//! carries white text on paper is too dark on a dark page.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use torg_quality::{Colour, ENOUGH_FOR_PARTS, ENOUGH_FOR_TEXT, Settings, check_accent, ratio};

/// The city's own colours for units, by name. `hav` and `tegel` are those of the theme.
pub const PALETTE: [(&str, &str); 6] = [
    ("hav", "#1f6f78"),
    ("tegel", "#b4532a"),
    ("skog", "#2f6b3c"),
    ("ljung", "#7a4a8c"),
    ("hallon", "#a63a5c"),
    ("skiffer", "#46566b"),
];

/// Raised when [`stylesheet`] writes other bytes for the same colour: the address that is kept for a
/// year holds it.
const VERSION: u32 = 1;

const WHITE: Colour = Colour {
    red: 255,
    green: 255,
    blue: 255,
};
/// The page itself in dark mode: `--paper` in `web/css/tokens.css`.
const NIGHT: Colour = Colour {
    red: 0x11,
    green: 0x18,
    blue: 0x1d,
};

/// A colour as a unit has it: a name of the palette, or `#rrggbb`. Holds what was written until it is
/// checked, so that a form can show it again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Accent(pub String);

impl Accent {
    /// The colour; `None` when it is neither a name of the palette nor a number.
    #[must_use]
    pub fn colour(&self) -> Option<Colour> {
        let known = PALETTE.iter().find(|(name, _)| *name == self.0);
        known.map_or(self.0.as_str(), |(_, hex)| hex).parse().ok()
    }

    /// The name in the palette, if it is one of those.
    #[must_use]
    pub fn named(&self) -> Option<&'static str> {
        let known = PALETTE.iter().find(|(name, _)| *name == self.0);
        known.map(|(name, _)| *name)
    }

    /// Trims it and writes numbers in one way.
    pub(crate) fn tidy(&mut self) {
        let text = self.0.trim().to_lowercase();
        self.0 = match text.parse::<Colour>() {
            Ok(colour) => colour.to_string(),
            Err(()) => text,
        };
    }
}

/// What contrast a colour has, and the nearest that can be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// White text on it, and the colour itself on white.
    pub light: f64,
    /// The lighter colour of dark mode on the dark page.
    pub dark: f64,
    /// Whether the colour may be used.
    pub passes: bool,
    /// The nearest colour of the same hue that may; the colour itself when it passes.
    pub nearest: Colour,
}

/// Judges a colour by WCAG 2.2: 1.4.3 asks for 4.5:1 between text and what it stands on, 1.4.11 for
/// 3:1 of lines and marks.
#[must_use]
pub fn judge(colour: Colour) -> Judgement {
    let nearest = nearest(colour);
    Judgement {
        light: ratio(colour, WHITE),
        dark: ratio(at_night(nearest), NIGHT),
        passes: passes(colour),
        nearest,
    }
}

fn passes(colour: Colour) -> bool {
    check_accent(colour, &[WHITE], &Settings::default()).is_none()
        && ratio(colour, tint(colour, WHITE, DAY_TINT)) >= ENOUGH_FOR_PARTS
}

/// The same hue, only so much darker that it passes.
fn nearest(colour: Colour) -> Colour {
    let (hue, saturation, lightness) = hsl(colour);
    (0..=500_u32)
        .map(|step| lightness - f64::from(step) / 500.0)
        .map(|lightness| rgb(hue, saturation, lightness))
        .find(|colour| passes(*colour))
        .filter(|_| !passes(colour))
        .unwrap_or(colour)
}

/// The colour of dark mode: the same hue, only so much lighter that it can be read on the dark page
/// and told from its own tint there.
fn at_night(colour: Colour) -> Colour {
    let (hue, saturation, lightness) = hsl(colour);
    let holds = |colour: Colour| {
        ratio(colour, NIGHT) >= ENOUGH_FOR_TEXT
            && ratio(colour, tint(colour, NIGHT, NIGHT_TINT)) >= ENOUGH_FOR_PARTS
    };
    (0..=500_u32)
        .map(|step| lightness + f64::from(step) / 500.0)
        .map(|lightness| rgb(hue, saturation, lightness))
        .find(|colour| holds(*colour))
        .unwrap_or(WHITE)
}

/// How much of the colour lies in the tint of the page's head.
const DAY_TINT: f64 = 0.13;
const NIGHT_TINT: f64 = 0.16;
/// How much of it lies in the lines behind the head.
const LINE: f64 = 0.45;

/// A share of a colour in the ground that it lies on.
fn tint(colour: Colour, ground: Colour, share: f64) -> Colour {
    let mix =
        |over: u8, under: u8| byte(f64::from(over) * share + f64::from(under) * (1.0 - share));
    Colour {
        red: mix(colour.red, ground.red),
        green: mix(colour.green, ground.green),
        blue: mix(colour.blue, ground.blue),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held within a byte before"
)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// Hue in sixths of the circle, saturation and lightness from 0 to 1.
fn hsl(colour: Colour) -> (f64, f64, f64) {
    let [red, green, blue] =
        [colour.red, colour.green, colour.blue].map(|part| f64::from(part) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let (span, lightness) = (most - least, f64::midpoint(most, least));
    if span == 0.0 {
        return (0.0, 0.0, lightness);
    }
    let saturation = span / (1.0 - (2.0 * lightness - 1.0).abs());
    let hue = if most.total_cmp(&red).is_eq() {
        ((green - blue) / span).rem_euclid(6.0)
    } else if most.total_cmp(&green).is_eq() {
        (blue - red) / span + 2.0
    } else {
        (red - green) / span + 4.0
    };
    (hue, saturation, lightness)
}

fn rgb(hue: f64, saturation: f64, lightness: f64) -> Colour {
    let lightness = lightness.clamp(0.0, 1.0);
    let chroma = (1.0 - (2.0 * lightness - 1.0).abs()) * saturation;
    let second = chroma * (1.0 - (hue.rem_euclid(2.0) - 1.0).abs());
    let (red, green, blue) = match hue {
        hue if hue < 1.0 => (chroma, second, 0.0),
        hue if hue < 2.0 => (second, chroma, 0.0),
        hue if hue < 3.0 => (0.0, chroma, second),
        hue if hue < 4.0 => (0.0, second, chroma),
        hue if hue < 5.0 => (second, 0.0, chroma),
        _ => (chroma, 0.0, second),
    };
    let least = lightness - chroma / 2.0;
    let part = |value: f64| byte((value + least) * 255.0);
    Colour {
        red: part(red),
        green: part(green),
        blue: part(blue),
    }
}

/// Where the style of a colour is. The address says all of it, so that it may be kept for a year and
/// a colour that is not saved yet can be shown.
#[must_use]
pub fn stylesheet_href(colour: Colour) -> String {
    let colour = colour.to_string();
    format!(
        "/units/accent/{}-{VERSION}.css",
        colour.trim_start_matches('#')
    )
}

/// The colour that the last part of such an address names, and whether it is this program's version
/// of it. `None` for a colour that no page may have.
#[must_use]
pub fn stylesheet_of(file: &str) -> Option<(Colour, bool)> {
    let (digits, version) = file.strip_suffix(".css")?.split_once('-')?;
    let version: u32 = version.parse().ok()?;
    let right = digits.len() == 6 && digits.bytes().all(|byte| !byte.is_ascii_uppercase());
    let colour: Colour = format!("#{digits}").parse().ok().filter(|_| right)?;
    passes(colour).then_some((colour, version == VERSION))
}

/// The style of a colour: the variables that `web/css/unit.css` reads, for light and for dark.
#[must_use]
pub fn stylesheet(colour: Colour) -> String {
    let mut css = String::with_capacity(320);
    let night = at_night(colour);
    for (before, colour, ground, share, after) in [
        ("", colour, WHITE, DAY_TINT, ""),
        (
            "@media (prefers-color-scheme:dark){",
            night,
            NIGHT,
            NIGHT_TINT,
            "}",
        ),
    ] {
        let (surface, line) = (tint(colour, ground, share), tint(colour, ground, LINE));
        let _ = writeln!(
            css,
            "{before}.unitpage{{--accent:{colour};--accent-surface:{surface};--accent-line:{line}}}{after}"
        );
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().expect("a colour")
    }

    /// What stands on the tinted head, light and dark: ink, text, quiet text, link, open, closed.
    const ON_TINT: [[&str; 6]; 2] = [
        [
            "#00283f", "#24313a", "#4c5b66", "#00619c", "#056d13", "#8a1c1c",
        ],
        [
            "#eef5fa", "#dde5ea", "#a9b8c2", "#8cc4ea", "#7fd08b", "#f19a9a",
        ],
    ];

    #[test]
    fn the_palette_may_be_used() {
        for (name, hex) in PALETTE {
            assert!(judge(colour(hex)).passes, "{name}");
            assert_eq!(Accent(name.to_owned()).colour(), Some(colour(hex)));
        }
        let theme = include_str!("../../../web/theme.config.json").to_lowercase();
        for name in ["hav", "tegel"] {
            let own = Accent(name.to_owned()).colour().expect("is there");
            assert!(theme.contains(&format!("\"{name}\": \"{own}\"")), "{name}");
        }
    }

    #[test]
    fn what_fails_gets_the_nearest_of_its_hue() {
        for wrong in ["red", "#12", "", "#", "rgb(1,2,3)", "#12345g", "url(x)"] {
            assert_eq!(Accent(wrong.to_owned()).colour(), None, "{wrong}");
        }
        let yellow = judge(colour("#ffd500"));
        assert!(!yellow.passes && yellow.light < 1.5);
        let near = judge(yellow.nearest);
        assert!(
            near.passes && near.light < 5.0,
            "only as dark as it must be"
        );
        assert_eq!(near.nearest, yellow.nearest);
        let hue = |colour| hsl(colour).0;
        assert!((hue(yellow.nearest) - hue(colour("#ffd500"))).abs() < 0.05);
        let blue = judge(colour("#0069a8"));
        assert!(blue.passes && (blue.light - 5.8).abs() < 0.2);
        assert_eq!(judge(WHITE).nearest, judge(judge(WHITE).nearest).nearest);
        let mut own = Accent(" #0A6 ".to_owned());
        own.tidy();
        assert_eq!(own.0, "#00aa66");
    }

    #[test]
    fn every_colour_that_passes_can_be_read_everywhere() {
        let steps: Vec<u8> = (0..=255).step_by(17).collect();
        for red in &steps {
            for green in &steps {
                for blue in &steps {
                    let chosen = Colour {
                        red: *red,
                        green: *green,
                        blue: *blue,
                    };
                    let day = judge(chosen).nearest;
                    let night = at_night(day);
                    for (own, ground, share, texts) in [
                        (day, WHITE, DAY_TINT, ON_TINT[0]),
                        (night, NIGHT, NIGHT_TINT, ON_TINT[1]),
                    ] {
                        let surface = tint(own, ground, share);
                        assert!(ratio(own, ground) >= ENOUGH_FOR_TEXT, "{chosen} {own}");
                        assert!(ratio(own, surface) >= ENOUGH_FOR_PARTS, "{chosen} {own}");
                        for text in texts {
                            let text = colour(text);
                            let read = ratio(text, surface);
                            assert!(read >= ENOUGH_FOR_TEXT, "{text} on {surface}: {read}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_address_of_a_style_says_all_of_it() {
        let hav = colour("#1f6f78");
        let href = stylesheet_href(hav);
        assert_eq!(href, "/units/accent/1f6f78-1.css");
        let file = href.rsplit('/').next().expect("a file");
        assert_eq!(stylesheet_of(file), Some((hav, true)));
        assert_eq!(stylesheet_of("1f6f78-0.css"), Some((hav, false)));
        for wrong in [
            "ffd500-1.css",
            "1F6F78-1.css",
            "1f6f78.css",
            "fff-1.css",
            "x",
            "-.css",
        ] {
            assert_eq!(stylesheet_of(wrong), None, "{wrong}");
        }
        // Whoever changes this raises the version.
        assert_eq!(
            stylesheet(hav),
            ".unitpage{--accent:#1f6f78;--accent-surface:#e2eced;--accent-line:#9abec2}\n\
             @media (prefers-color-scheme:dark){.unitpage{--accent:#278c98;--accent-surface:#152b31;--accent-line:#1b4c54}}\n"
        );
    }
}
