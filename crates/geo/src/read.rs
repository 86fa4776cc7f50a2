//! What people write when they mean a place: degrees with decimals or with minutes and seconds,
//! decimal points or commas, or the numbers of the national grid.

use torg_kernel::Message;

use crate::grid::{Grid, GridPoint};
use crate::point::Point;

/// Why a text is no point in the country. Each has a sentence that says what to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PointFault {
    /// Nothing is written.
    Empty,
    /// Not two numbers that can be told apart.
    Unreadable,
    /// Minutes or seconds of 60 or more, or degrees that the globe does not have.
    OutOfRange,
    /// Longitude where latitude should be: meant is this point.
    Swapped(Point),
    /// A point, but not in Sweden.
    Outside(Point),
    /// Numbers of RT 90, the grid before 2007.
    OldGrid,
    /// Numbers of a local zone of SWEREF 99, which cannot be told apart by themselves.
    LocalGrid,
}

impl PointFault {
    /// What is wrong and what to do, as a key with its values.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Empty => Message::new("geo-point-empty"),
            Self::Unreadable => Message::new("geo-point-unreadable"),
            Self::OutOfRange => Message::new("geo-point-range"),
            Self::Swapped(meant) => Message::new("geo-point-swapped").with("meant", meant),
            Self::Outside(point) => Message::new("geo-point-outside").with("point", point),
            Self::OldGrid => Message::new("geo-point-old-grid"),
            Self::LocalGrid => Message::new("geo-point-local-grid"),
        }
    }
}

/// Longer texts are no two numbers.
const LONGEST: usize = 120;

/// Where a metre value is a number of SWEREF 99 TM, with room on all sides.
const NORTHS: std::ops::RangeInclusive<f64> = 6_000_000.0..=7_800_000.0;
const EASTS: std::ops::RangeInclusive<f64> = 240_000.0..=1_000_000.0;
/// Metres east in a local zone: false east of 150 000, and a zone is 150 km wide at most.
const LOCAL_EASTS: std::ops::RangeInclusive<f64> = 50_000.0..=240_000.0;
/// Metres east in RT 90 2,5 gon V.
const OLD_EASTS: std::ops::RangeInclusive<f64> = 1_150_000.0..=1_950_000.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Northward,
    Eastward,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Number {
    value: f64,
    way: Option<Way>,
}

/// Reads a point from what somebody wrote. Two numbers without names are latitude and longitude, or
/// north and east: the order in which maps and telephones give them. That costs one question where
/// somebody has them the other way round; nothing is guessed.
///
/// # Errors
/// [`PointFault`], which tells what was probably meant.
pub fn read_point(text: &str) -> Result<Point, PointFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(PointFault::Empty);
    }
    if text.len() > LONGEST {
        return Err(PointFault::Unreadable);
    }
    let (plain, zone) = without_names(text);
    let (first, second) = pair(&plain).ok_or(PointFault::Unreadable)??;
    let (first, second) = match (first.way, second.way) {
        (Some(one), Some(other)) if one == other => return Err(PointFault::Unreadable),
        (Some(Way::Eastward), _) | (_, Some(Way::Northward)) => {
            return settle(second.value, first.value, true, zone);
        }
        _ => (first, second),
    };
    let named = first.way.is_some() || second.way.is_some();
    settle(first.value, second.value, named, zone)
}

fn settle(north: f64, east: f64, named: bool, zone: bool) -> Result<Point, PointFault> {
    if north.abs() > 360.0 || east.abs() > 360.0 {
        return plane(north, east, zone);
    }
    let point = Point::new(east, north);
    let other = Point::new(north, east);
    if point.in_sweden() {
        Ok(point)
    } else if !named && other.in_sweden() {
        Err(PointFault::Swapped(other))
    } else if north.abs() > 90.0 || east.abs() > 180.0 {
        Err(PointFault::OutOfRange)
    } else {
        Err(PointFault::Outside(point))
    }
}

fn plane(north: f64, east: f64, zone: bool) -> Result<Point, PointFault> {
    let grid = if zone { Grid::TWELVE } else { Grid::TM };
    let located = |north, east| grid.locate(GridPoint { north, east });
    let fits = |east: f64| {
        if zone {
            LOCAL_EASTS.contains(&east)
        } else {
            EASTS.contains(&east)
        }
    };
    if NORTHS.contains(&north) && fits(east) {
        let point = located(north, east);
        return if point.in_sweden() {
            Ok(point)
        } else {
            Err(PointFault::Outside(point))
        };
    }
    if NORTHS.contains(&east) && fits(north) {
        let meant = located(east, north);
        if meant.in_sweden() {
            return Err(PointFault::Swapped(meant));
        }
    }
    for (north, east) in [(north, east), (east, north)] {
        if NORTHS.contains(&north) && OLD_EASTS.contains(&east) {
            return Err(PointFault::OldGrid);
        }
        if NORTHS.contains(&north) && LOCAL_EASTS.contains(&east) {
            return Err(PointFault::LocalGrid);
        }
    }
    Err(PointFault::OutOfRange)
}

/// Takes names of systems away, and tells whether it was the local zone of 12 00.
fn without_names(text: &str) -> (String, bool) {
    let mut plain = text.to_uppercase();
    plain = plain.strip_prefix("GEO:").unwrap_or(&plain).to_owned();
    let zone = ["SWEREF 99 12 00", "SWEREF99 12 00", "EPSG:3007"];
    let local = zone.iter().any(|name| plain.contains(name));
    for name in zone.into_iter().chain([
        "SWEREF 99 TM",
        "SWEREF99 TM",
        "SWEREF99TM",
        "SWEREF 99",
        "SWEREF99",
        "SWEREF",
        "EPSG:3006",
        "EPSG:4326",
        "WGS 84",
        "WGS84",
    ]) {
        plain = plain.replace(name, " ");
    }
    for (name, letter) in [
        ("LATITUDE", "N"),
        ("LATITUD", "N"),
        ("LAT", "N"),
        ("LONGITUDE", "E"),
        ("LONGITUD", "E"),
        ("LONG", "E"),
        ("LNG", "E"),
        ("LON", "E"),
    ] {
        plain = plain.replace(name, letter);
    }
    let tidy: String = plain
        .chars()
        .filter(|sign| !matches!(sign, ':' | '=' | '(' | ')'))
        .map(|sign| match sign {
            '\u{ba}' | '\u{2da}' => '°',
            '\u{2032}' | '\u{2019}' | '\u{b4}' => '\'',
            '\u{2033}' | '\u{201d}' => '"',
            '\u{2212}' => '-',
            '\n' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            sign => sign,
        })
        .collect();
    (tidy.replace("''", "\"").trim().to_owned(), local)
}

/// The two numbers, by the first way of parting the text that gives two.
fn pair(text: &str) -> Option<Result<(Number, Number), PointFault>> {
    let parted = |at: usize, width: usize| (&text[..at], &text[at + width..]);
    let mut ways: Vec<(&str, &str)> = Vec::new();
    ways.extend(text.find([';', '/']).map(|at| parted(at, 1)));
    ways.extend(text.find(", ").map(|at| parted(at, 2)));
    ways.extend(text.find(" ,").map(|at| parted(at, 2)));
    ways.extend(
        text.find(['N', 'S'])
            .filter(|at| *at > 0)
            .map(|at| parted(at + 1, 0)),
    );
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    match commas[..] {
        [one] => ways.push(parted(one, 1)),
        // 57,7089,11,9746
        [_, middle, _] => ways.push(parted(middle, 1)),
        _ => {}
    }
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    // The middle first: thousands are often parted by spaces.
    let middle = spaces.len() / 2;
    ways.extend(spaces[middle..].iter().map(|at| parted(*at, 1)));
    ways.extend(spaces[..middle].iter().rev().map(|at| parted(*at, 1)));
    let mut wrong = None;
    for (first, second) in ways {
        match (number(first), number(second)) {
            (Some(Ok(first)), Some(Ok(second))) => return Some(Ok((first, second))),
            (Some(Err(fault)), Some(_)) | (Some(_), Some(Err(fault))) => {
                wrong = wrong.or(Some(Err(fault)));
            }
            _ => {}
        }
    }
    wrong
}

fn number(text: &str) -> Option<Result<Number, PointFault>> {
    let mut rest = text.trim().trim_matches(',').trim();
    let mut way = None;
    let mut sign = 1.0;
    for letter in ['N', 'S', 'E', 'W', 'Ö', 'O', 'V'] {
        let cut = rest
            .strip_prefix(letter)
            .or_else(|| rest.strip_suffix(letter));
        if let Some(cut) = cut {
            rest = cut.trim();
            let (found, factor) = match letter {
                'N' => (Way::Northward, 1.0),
                'S' => (Way::Northward, -1.0),
                'W' | 'V' => (Way::Eastward, -1.0),
                _ => (Way::Eastward, 1.0),
            };
            (way, sign) = (Some(found), factor);
            break;
        }
    }
    let degrees = rest.contains('°') || rest.contains('\'');
    let value = if degrees {
        sexagesimal(rest)?
    } else {
        Ok(decimal(rest)?)
    };
    Some(value.map(|value| Number {
        value: sign * value,
        way,
    }))
}

/// `57°42'31,4"`.
fn sexagesimal(text: &str) -> Option<Result<f64, PointFault>> {
    let (degrees, rest) = text.split_once('°')?;
    let degrees = decimal(degrees.trim())?;
    let (minutes, rest) = match rest.split_once('\'') {
        Some((minutes, rest)) => (decimal(minutes.trim())?, rest),
        None if rest.trim().is_empty() => (0.0, ""),
        None => (decimal(rest.trim())?, ""),
    };
    let seconds = match rest.trim().trim_end_matches('"').trim() {
        "" => 0.0,
        seconds => decimal(seconds)?,
    };
    if !(0.0..60.0).contains(&minutes) || !(0.0..60.0).contains(&seconds) {
        return Some(Err(PointFault::OutOfRange));
    }
    let size = degrees.abs() + minutes / 60.0 + seconds / 3600.0;
    Some(Ok(size.copysign(degrees)))
}

/// Digits with a point or a comma, and with thousands parted by spaces.
fn decimal(text: &str) -> Option<f64> {
    let mut parts = text.split(' ');
    let mut digits = parts.next()?.to_owned();
    for part in parts {
        let whole = part.split(['.', ',']).next()?;
        if whole.len() != 3 || digits.is_empty() || digits.contains(['.', ',']) {
            return None;
        }
        digits.push_str(part);
    }
    let digits = digits.replace(',', ".");
    let plain = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-' | '+');
    let has_digit = digits.bytes().any(|byte| byte.is_ascii_digit());
    (has_digit && digits.chars().all(plain)).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(text: &str, lat: f64, lon: f64, metres: f64) {
        let point = read_point(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let off = point.distance(Point::new(lon, lat));
        assert!(off < metres, "{text}: {point} is {off} m off");
    }

    #[test]
    fn degrees_are_read_as_people_write_them() {
        for text in [
            "57.7, 11.97",
            "57.7,11.97",
            "57.7 11.97",
            "57,7 11,97",
            "57,7; 11,97",
            "57,7, 11,97",
            "57,70,11,97",
            "  57.70\t11.97 ",
            "57.7° 11.97°",
            "57°42' 11°58'12\"",
            "57° 42′ N, 11° 58,2′ E",
            "N 57°42'00.0\" E 11°58'12.0\"",
            "57°42'N 11°58'12''Ö",
            "57.7N 11.97E",
            "11.97 E, 57.7 N",
            "E 11.97 N 57.7",
            "lat 57.7, lon 11.97",
            "lat: 57.7 long: 11.97",
            "lon=11.97; lat=57.7",
            "Latitud 57,7 Longitud 11,97",
            "geo:57.7,11.97",
            "WGS 84 57.7, 11.97",
            "(57.7, 11.97)",
        ] {
            near(text, 57.7, 11.97, 1.0);
        }
    }

    #[test]
    fn the_grid_is_read_with_and_without_its_name() {
        for text in [
            "SWEREF 6399348, 319440",
            "6399348 319440",
            "6 399 348, 319 440",
            "6 399 348 319 440",
            "N 6399348 E 319440",
            "SWEREF 99 TM 6399348,06 319439,77",
            "E 319440, N 6399348",
            "SWEREF 99 12 00 6397870,568 148211,202",
        ] {
            near(text, 57.7, 11.97, 2.0);
        }
    }

    #[test]
    fn swapped_numbers_are_told_with_what_was_meant() {
        for text in [
            "11.97, 57.7",
            "11,97 57,7",
            "319440, 6399348",
            "319 440 6 399 348",
        ] {
            let Err(PointFault::Swapped(meant)) = read_point(text) else {
                panic!("{text}: {:?}", read_point(text));
            };
            assert!(meant.distance(Point::new(11.97, 57.7)) < 2.0, "{text}");
        }
    }

    #[test]
    fn other_places_other_grids_and_nonsense_have_their_own_faults() {
        for (text, fault) in [
            ("", PointFault::Empty),
            ("  ", PointFault::Empty),
            ("Avenyn", PointFault::Unreadable),
            ("57.7", PointFault::Unreadable),
            ("57.7, elva", PointFault::Unreadable),
            ("57.7.1, 11.97", PointFault::Unreadable),
            ("1 2 3 4 5 6", PointFault::Unreadable),
            ("N 57.7 N 11.97", PointFault::Unreadable),
            ("57°61' 11°58'", PointFault::OutOfRange),
            ("57°42'60\" 11°58'", PointFault::OutOfRange),
            ("157.7, 211.97", PointFault::OutOfRange),
            ("52.5, 13.4", PointFault::Outside(Point::new(13.4, 52.5))),
            (
                "S 57.7 E 11.97",
                PointFault::Outside(Point::new(11.97, -57.7)),
            ),
            ("6404000 1271000", PointFault::OldGrid),
            ("1271000 6404000", PointFault::OldGrid),
            ("6397870 148211", PointFault::LocalGrid),
            ("63993480 319440", PointFault::OutOfRange),
        ] {
            assert_eq!(read_point(text), Err(fault), "{text}");
        }
        assert_eq!(read_point(&"5".repeat(500)), Err(PointFault::Unreadable));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9NSEWÖ°'\", .;:/\\-+a-zé]{0,40}") {
            let _ = read_point(&text);
        }

        #[test]
        fn what_is_written_by_a_point_is_read_again(lon in 10.5..24.0, lat in 55.1..69.0) {
            let point = Point::new(lon, lat);
            let read = read_point(&point.to_string()).expect("reads");
            prop_assert!(read.distance(point) < 0.2);
        }
    }
}
