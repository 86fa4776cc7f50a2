//! Addresses and telephone numbers in running text become links.

use std::ops::Range;

use crate::run::RunBuilder;

/// Endings of names that are taken for domains. A list, since "t.ex" has a full stop too.
const ENDINGS: &[&str] = &[
    "se", "nu", "com", "org", "net", "eu", "info", "gov", "int", "no", "dk", "fi", "io", "app",
    "dev", "tv", "example",
];

/// Adds a text to a run, with links where there are addresses.
pub(super) fn add_linked(text: &str, line: u32, run: &mut RunBuilder) {
    let mut at = 0;
    for (range, href) in links(text) {
        run.text(&text[at..range.start]);
        run.open_link(&href, Some(line));
        run.text(&text[range.clone()]);
        run.close_link();
        at = range.end;
    }
    run.text(&text[at..]);
}

/// Whether there is any address or number in a text.
pub(super) fn has_link(text: &str) -> bool {
    !links(text).is_empty()
}

fn links(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += token.len();
        let inner =
            token.trim_start_matches(|c: char| "(<[\"'“”«»‘’".contains(c) || c.is_whitespace());
        let begin = start + (token.len() - inner.len());
        let inner =
            inner.trim_end_matches(|c: char| ">]\"'“”«»‘’.,;:!?…".contains(c) || c.is_whitespace());
        let inner = if inner.contains('(') {
            inner
        } else {
            inner.trim_end_matches([')', '.', ',', ';', ':'])
        };
        if let Some(href) = address(inner) {
            found.push((begin..begin + inner.len(), href));
        }
    }
    let mut passed = 0;
    let addresses = found.len();
    for (range, href) in phones(text) {
        // Both are in order: no address is looked at twice.
        while passed < addresses && found[passed].0.end <= range.start {
            passed += 1;
        }
        if passed == addresses || found[passed].0.start >= range.end {
            found.push((range, href));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn address(word: &str) -> Option<String> {
    if let Some((local, host)) = word.split_once('@') {
        let local = local.strip_prefix("mailto:").unwrap_or(local);
        let good = !local.is_empty()
            && local
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._%+-".contains(c))
            && is_domain(host, true);
        return good.then(|| format!("mailto:{local}@{host}"));
    }
    let lower = word.to_lowercase();
    if let Some(rest) = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
    {
        let good = rest.starts_with(char::is_alphanumeric) && !word.contains(['<', '>', '"']);
        return good.then(|| word.to_owned());
    }
    let host_end = word.find(['/', '?', '#']).unwrap_or(word.len());
    let (host, path) = word.split_at(host_end);
    let open = host.to_lowercase().starts_with("www.");
    let good = is_domain(host, open) && !path.contains(['<', '>', '"']);
    good.then(|| format!("https://{}{path}", host.to_lowercase()))
}

fn is_domain(host: &str, any_ending: bool) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let Some((last, front)) = labels.split_last() else {
        return false;
    };
    let label = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || "åäöé".contains(c))
    };
    let ending = last.to_lowercase();
    let known = ENDINGS.contains(&ending.as_str());
    let plausible = any_ending && (2..=12).contains(&ending.len());
    (known || plausible)
        && ending.bytes().all(|b| b.is_ascii_alphabetic())
        && !front.is_empty()
        && front.iter().all(label)
        && front.iter().any(|label| label.len() > 1)
}

/// Swedish telephone numbers: `031-365 00 00`, `0771-11 00 00`, `031 365 00 00`,
/// `+46 (0)31 365 00 00`.
fn phones(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(['0', '+']).map(|at| at + from) {
        let before = text[..at].chars().next_back();
        let free = before.is_none_or(|c| !c.is_alphanumeric() && !"-–.,/+:%&=".contains(c));
        let number = if free { phone_at(&text[at..]) } else { None };
        match number {
            Some((length, href)) => {
                found.push((at..at + length, href));
                from = at + length;
            }
            None => from = at + 1,
        }
    }
    found
}

/// A number at the start of a text: its length in bytes and its `tel:` address.
fn phone_at(text: &str) -> Option<(usize, String)> {
    let (prefix, rest) = match text.strip_prefix("+46") {
        Some(rest) => {
            let trimmed = rest.trim_start_matches([' ', '-']);
            let trimmed = trimmed.strip_prefix("(0)").unwrap_or(trimmed);
            ("", trimmed.trim_start_matches(' '))
        }
        None => ("0", text.strip_prefix('0')?),
    };
    let area = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&area) {
        return None;
    }
    let mut digits = rest[..area].to_owned();
    let mut at = text.len() - rest.len() + area;
    let parted = text[at..]
        .strip_prefix(" - ")
        .or_else(|| text[at..].strip_prefix([' ', '-', '–', '/']))?;
    let hyphen = !text[at..].starts_with(' ') || text[at..].starts_with(" - ");
    at = text.len() - parted.len();
    loop {
        let group = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if !(2..=3).contains(&group) || digits.len() + group > 9 {
            // Written without spaces after the area code.
            if digits.len() == area && hyphen && (5..=8).contains(&group) && area + group <= 9 {
                digits.push_str(&text[at..at + group]);
                at += group;
            }
            break;
        }
        digits.push_str(&text[at..at + group]);
        at += group;
        let next = text[at..].strip_prefix([' ', '\u{a0}']);
        match next {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) && digits.len() < 9 => {
                at = text.len() - next.len();
            }
            _ => break,
        }
    }
    let number = text[..at].trim_end();
    let after = text[at..].chars().next();
    let clear = after.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '–');
    let least = if prefix.is_empty() || hyphen { 7 } else { 8 };
    (clear && digits.len() >= least && !number.is_empty())
        .then(|| (number.len(), format!("tel:+46{digits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        links(text)
            .into_iter()
            .map(|(range, href)| (&text[range], href))
            .collect()
    }

    #[test]
    fn addresses_and_numbers_are_found() {
        let one = |word: &'static str, href: &str| vec![(word, href.to_owned())];
        assert_eq!(
            found("Mejla (namn.efter@stad.example), tack."),
            one("namn.efter@stad.example", "mailto:namn.efter@stad.example")
        );
        assert_eq!(
            found("på www.bild.example/stad/ nu"),
            one("www.bild.example/stad/", "https://www.bild.example/stad/")
        );
        assert_eq!(
            found("till kalender.stad.example!"),
            one("kalender.stad.example", "https://kalender.stad.example")
        );
        assert_eq!(
            found("Ring 031-390 06 00 i dag"),
            one("031-390 06 00", "tel:+46313900600")
        );
        assert_eq!(
            found("Ring 0771-39 06 00."),
            one("0771-39 06 00", "tel:+46771390600")
        );
        assert_eq!(
            found("(+46 (0)31 390 06 00)"),
            one("+46 (0)31 390 06 00", "tel:+46313900600")
        );
        assert_eq!(
            found("08-123 45 67"),
            one("08-123 45 67", "tel:+4681234567")
        );
        assert_eq!(found("031-3900600"), one("031-3900600", "tel:+46313900600"));
    }

    #[test]
    fn what_only_looks_like_one_is_left() {
        for text in [
            "t.ex. och bl.a. m.m.",
            "2017-2020",
            "404 82 Göteborg",
            "klockan 8-16.30 och 08-16",
            "1.2 Status",
            "7 591 000 kronor",
            "212000-1355",
            "den 05-06 maj",
            "S.M.A.R.T",
            "och/eller",
            "100 000",
        ] {
            assert_eq!(found(text), Vec::new(), "{text}");
        }
    }
}
