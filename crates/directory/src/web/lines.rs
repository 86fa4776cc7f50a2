//! Lists of a unit as lines of a text field: `Namn / Name | value`, one for each.

use torg_kernel::{FieldError, Locale, Message};

use crate::details::{Entrance, NamedPhone, WebLink};
use crate::finding::point;
use crate::model::{Position, Words};

/// A name in both languages as it stands in a line.
fn name(words: &Words) -> String {
    let sv = words.own(Locale::SV).unwrap_or_default();
    match words.own(Locale::EN) {
        Some(en) => format!("{sv} / {en}"),
        None => sv.to_owned(),
    }
}

fn words(text: &str) -> Words {
    let mut words = Words::default();
    let (sv, en) = text.split_once(" / ").unwrap_or((text, ""));
    words.set(Locale::SV, sv);
    words.set(Locale::EN, en);
    words
}

fn join(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

pub(super) fn write_phones(phones: &[NamedPhone]) -> String {
    join(
        phones
            .iter()
            .map(|own| format!("{} | {}", name(&own.name), own.number)),
    )
}

pub(super) fn write_web(links: &[WebLink]) -> String {
    join(
        links
            .iter()
            .map(|own| format!("{} | {}", name(&own.name), own.url)),
    )
}

pub(super) fn write_entrances(entrances: &[Entrance]) -> String {
    join(entrances.iter().map(|own| {
        let at = own
            .position
            .map(|at| point(at).to_string())
            .unwrap_or_default();
        let line = format!("{} | {at} | {}", name(&own.name), name(&own.note));
        line.trim_end_matches([' ', '|', '/']).to_owned()
    }))
}

/// The lines of a field, each as its parts between bars.
fn parts(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| (at + 1, line.split('|').map(str::trim).collect()))
}

fn wrong(field: &'static str, line: usize) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: Message::new("unit-error-line").with("line", line),
    }
}

pub(super) fn read_phones(text: &str, errors: &mut Vec<FieldError>) -> Vec<NamedPhone> {
    let mut all = Vec::new();
    for (line, parts) in parts(text) {
        match parts[..] {
            [name, number] if !name.is_empty() => all.push(NamedPhone {
                name: words(name),
                number: number.to_owned(),
            }),
            _ => errors.push(wrong("phones", line)),
        }
    }
    all
}

pub(super) fn read_web(text: &str, errors: &mut Vec<FieldError>) -> Vec<WebLink> {
    let mut all = Vec::new();
    for (line, parts) in parts(text) {
        match parts[..] {
            [name, url] if !name.is_empty() => all.push(WebLink {
                name: words(name),
                url: url.to_owned(),
            }),
            _ => errors.push(wrong("web", line)),
        }
    }
    all
}

pub(super) fn read_entrances(text: &str, errors: &mut Vec<FieldError>) -> Vec<Entrance> {
    let mut all = Vec::new();
    for (line, parts) in parts(text) {
        let (name, at, note) = match parts[..] {
            [name] => (name, "", ""),
            [name, at] => (name, at, ""),
            [name, at, note] => (name, at, note),
            _ => {
                errors.push(wrong("entrances", line));
                continue;
            }
        };
        match read_place(at) {
            Ok(position) => all.push(Entrance {
                name: words(name),
                position,
                note: words(note),
            }),
            Err(message) => errors.push(FieldError {
                field: "entrances".to_owned(),
                message,
            }),
        }
    }
    all
}

/// A point as people write it; empty is none.
pub(super) fn read_place(text: &str) -> Result<Option<Position>, Message> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let at = torg_geo::read_point(text)
        .map_err(|fault| fault.message())?
        .rounded();
    Ok(Some(Position {
        lat: at.lat,
        lon: at.lon,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_go_to_lines_and_back() {
        let mut errors = Vec::new();
        let text = "Kassan / Box office | 031-390 06 41\nVakten | 031-390 06 42";
        let phones = read_phones(text, &mut errors);
        assert_eq!(write_phones(&phones), text);
        let text = "Huvudentrén / Main entrance | 57.700000, 11.970000 | Ramp / Ramp\nNorra";
        assert_eq!(write_entrances(&read_entrances(text, &mut errors)), text);
        let text = "Boka / Book | https://bad.example/boka";
        assert_eq!(write_web(&read_web(text, &mut errors)), text);
        assert!(errors.is_empty());
        read_phones("031-390 06 41\n\n| 1\na | b | c", &mut errors);
        let lines: Vec<_> = errors
            .iter()
            .map(|it| it.message.args[0].1.clone())
            .collect();
        assert_eq!(lines, ["1", "3", "4"]);
        errors.clear();
        read_entrances("Norra | 11.97, 57.70", &mut errors);
        assert_eq!(errors[0].message.key, "geo-point-swapped");
        // The national grid.
        let at = read_place("6397600 319500")
            .expect("reads")
            .expect("a point");
        assert!(
            (at.lat - 57.68).abs() < 0.05 && (at.lon - 11.97).abs() < 0.05,
            "{at:?}"
        );
    }
}
