//! The place that somebody writes: what it is taken for, and how near that comes. A house number that
//! nobody has a point for is no reason to find nothing: the nearest number on the street will do, or
//! the street's middle, as long as it is said.

use torg_geo::Point;
use torg_kernel::{Locale, fold};

use super::select::point;
use crate::register::Everything;

/// How near a found place comes to what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nearness {
    /// It is what was written.
    #[default]
    Itself,
    /// The number was not found; it is the nearest one on the street.
    Number,
    /// It is the middle of the street.
    Street,
}

/// What was meant by words for a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceFound {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub point: Point,
    /// How near that comes to what was written.
    pub nearness: Nearness,
}

impl PlaceFound {
    /// The very place that was written.
    #[must_use]
    pub fn new(label: impl Into<String>, point: Point) -> Self {
        Self {
            label: label.into(),
            point,
            nearness: Nearness::Itself,
        }
    }
}

/// A house on a street.
#[derive(Debug, Clone, PartialEq)]
pub struct House {
    /// Street and number as they are written.
    pub line: String,
    /// The street alone.
    pub street: String,
    /// The number, if it has one.
    pub number: Option<u32>,
    /// Where it is.
    pub point: Point,
}

/// What stands for a number on a street whose houses these are: the nearest number, or the house in
/// the middle where no number is asked for or known; nothing where there are no houses.
#[must_use]
pub fn on_street(houses: &[House], number: Option<u32>) -> Option<PlaceFound> {
    if let Some(wanted) = number {
        let numbered = houses.iter().filter_map(|own| Some((own.number?, own)));
        let nearest = numbered.min_by_key(|(own, _)| (own.abs_diff(wanted), *own));
        if let Some((_, own)) = nearest {
            return Some(PlaceFound {
                nearness: Nearness::Number,
                ..PlaceFound::new(own.line.as_str(), own.point)
            });
        }
    }
    // A house, and not the mean of all points: a street that bends would have its middle beside it.
    #[expect(clippy::cast_precision_loss, reason = "a street has few houses")]
    let count = houses.len().max(1) as f64;
    let mean = |part: fn(&Point) -> f64| {
        let sum: f64 = houses.iter().map(|own| part(&own.point)).sum();
        sum / count
    };
    let centre = Point::new(mean(|own| own.lon), mean(|own| own.lat));
    let far = |own: &House| own.point.distance(centre);
    let middle = houses
        .iter()
        .min_by(|one, other| far(one).total_cmp(&far(other)))?;
    Some(PlaceFound {
        nearness: Nearness::Street,
        ..PlaceFound::new(middle.street.as_str(), middle.point)
    })
}

/// Street and number of what is written, before a comma: “Kustgatan 12 B, Göteborg”.
fn parsed(text: &str) -> (String, Option<u32>) {
    let before = text.split(',').next().unwrap_or_default();
    let words: Vec<&str> = before.split_whitespace().collect();
    let numbered = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let Some(at) = (1..words.len()).find(|at| numbered(words[*at])) else {
        return (words.join(" "), None);
    };
    let digits: String = words[at].chars().take_while(char::is_ascii_digit).collect();
    (words[..at].join(" "), digits.parse().ok())
}

/// The place that somebody wrote, as far as the directory itself knows it: coordinates of either
/// kind, the name of a unit, or a street on which one lies.
#[must_use]
pub fn known_place(all: &Everything, locale: Locale, words: &str) -> Option<PlaceFound> {
    if let Ok(point) = torg_geo::read_point(words) {
        return Some(PlaceFound::new(point.to_string(), point));
    }
    let wanted = fold(words);
    let placed = || {
        let units = all.units.iter();
        units.filter_map(|it| Some((it, point(it.unit.data.position?))))
    };
    let named = placed().find(|(it, _)| {
        let mut names = it.unit.data.name.0.values();
        names.any(|name| fold(name) == wanted)
    });
    if let Some((it, point)) = named {
        return Some(PlaceFound::new(it.unit.name(locale), point));
    }
    let (street, number) = parsed(words);
    if street.is_empty() {
        return None;
    }
    let street = fold(&street);
    let houses: Vec<House> = placed()
        .filter_map(|(it, point)| {
            let line = &it.unit.data.address.as_ref()?.street;
            let (own, number) = parsed(line);
            (fold(&own) == street).then(|| House {
                line: line.clone(),
                street: own,
                number,
                point,
            })
        })
        .collect();
    let mut numbered = houses
        .iter()
        .filter(|own| number.is_some() && own.number == number);
    match numbered.next() {
        Some(own) => Some(PlaceFound::new(own.line.as_str(), own.point)),
        None => on_street(&houses, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn houses() -> Vec<House> {
        let house = |number: u32| House {
            line: format!("Kustgatan {number}"),
            street: "Kustgatan".to_owned(),
            number: Some(number),
            point: Point::new(11.9 + f64::from(number) / 10_000.0, 57.69),
        };
        [1, 2, 8, 20, 31].map(house).to_vec()
    }

    #[test]
    fn the_nearest_number_or_the_middle_stands_for_what_is_not_there() {
        let found = |number| on_street(&houses(), number).expect("there are houses");
        let told = |number| (found(number).label, found(number).nearness);
        assert_eq!(told(Some(9)), ("Kustgatan 8".to_owned(), Nearness::Number));
        assert_eq!(
            told(Some(999)),
            ("Kustgatan 31".to_owned(), Nearness::Number)
        );
        assert_eq!(
            told(Some(14)),
            ("Kustgatan 8".to_owned(), Nearness::Number),
            "the lower of two"
        );
        assert_eq!(told(None), ("Kustgatan".to_owned(), Nearness::Street));
        let middle = found(None).point;
        assert!(
            houses()
                .iter()
                .any(|own| own.number == Some(8) && own.point == middle)
        );
        assert_eq!(on_street(&[], Some(3)), None);
        assert_eq!(on_street(&[], None), None);
        let bare = House {
            number: None,
            ..houses()[0].clone()
        };
        let found = on_street(&[bare], Some(3)).expect("the street");
        assert_eq!(found.nearness, Nearness::Street);
    }

    #[test]
    fn what_is_written_is_street_and_number() {
        let is = |text: &str, street: &str, number| {
            assert_eq!(parsed(text), (street.to_owned(), number), "{text}");
        };
        is("Kustgatan 12 B, Göteborg", "Kustgatan", Some(12));
        is(" Södra  vägen 12B", "Södra vägen", Some(12));
        is("Kustgatan", "Kustgatan", None);
        is("4", "4", None);
        is("", "", None);
        is("Kustgatan 99999999999", "Kustgatan", None);
    }
}
