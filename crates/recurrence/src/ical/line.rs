//! Content lines (RFC 5545, section 3.1): unfolding, names, parameters, values; and folding.

use std::borrow::Cow;

/// The octets that a line may have, its end not counted.
const WIDTH: usize = 75;

/// One property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its first line in the file, from 1.
    pub number: usize,
    /// Name in upper case.
    pub name: String,
    /// Parameters, names in upper case, values without quotes.
    pub parameters: Vec<(String, String)>,
    /// The value as it stands.
    pub value: Cow<'a, str>,
}

/// A line that is no property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub number: usize,
    /// Its beginning.
    pub text: String,
}

impl Line<'_> {
    /// The first value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The properties of a file. Line ends may be CRLF or LF; empty lines are passed over.
pub fn lines(text: &str) -> impl Iterator<Item = Result<Line<'_>, Broken>> {
    unfold(text).map(|(number, line)| parse(number, line))
}

fn unfold(text: &str) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let mut rest = text.lines().enumerate().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, first) = rest.next()?;
            if first.trim().is_empty() {
                continue;
            }
            let mut line = Cow::Borrowed(first);
            while let Some((_, next)) = rest.peek() {
                let Some(more) = next.strip_prefix([' ', '\t']) else {
                    break;
                };
                line.to_mut().push_str(more);
                rest.next();
            }
            return Some((at + 1, line));
        }
    })
}

fn parse(number: usize, line: Cow<'_, str>) -> Result<Line<'_>, Broken> {
    let broken = |line: &str| Broken {
        number,
        text: line.chars().take(60).collect(),
    };
    let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let end = line
        .bytes()
        .position(|byte| !name(byte))
        .unwrap_or(line.len());
    if end == 0 {
        return Err(broken(&line));
    }
    let Some((parameters, value)) = parameters(&line, end) else {
        return Err(broken(&line));
    };
    Ok(Line {
        number,
        name: line[..end].to_ascii_uppercase(),
        parameters,
        value: match line {
            Cow::Borrowed(line) => Cow::Borrowed(&line[value..]),
            Cow::Owned(line) => Cow::Owned(line[value..].to_owned()),
        },
    })
}

/// The parameters, and where the value begins.
fn parameters(line: &str, mut at: usize) -> Option<(Vec<(String, String)>, usize)> {
    let mut found = Vec::new();
    loop {
        match line.as_bytes().get(at)? {
            b':' => return Some((found, at + 1)),
            b';' => {}
            _ => return None,
        }
        let name_end = at + 1 + line[at + 1..].find(['=', ':', ';'])?;
        let name = line[at + 1..name_end].to_ascii_uppercase();
        if line.as_bytes()[name_end] != b'=' {
            // A parameter without a value (`;X-FLAG:`) says nothing.
            at = name_end;
            continue;
        }
        at = name_end + 1;
        let mut value = String::new();
        loop {
            match line.as_bytes().get(at)? {
                b'"' => {
                    let close = at + 1 + line[at + 1..].find('"')?;
                    value.push_str(&line[at + 1..close]);
                    at = close + 1;
                }
                b':' | b';' => break,
                _ => {
                    let end = at + line[at..].find(['"', ':', ';'])?;
                    value.push_str(&line[at..end]);
                    at = end;
                }
            }
        }
        found.push((name, uncaret(&value)));
    }
}

/// RFC 6868: `^n`, `^'` and `^^` in parameters.
fn uncaret(value: &str) -> String {
    if !value.contains('^') {
        return value.to_owned();
    }
    value
        .replace("^n", "\n")
        .replace("^'", "\"")
        .replace("^^", "^")
}

/// Text of a value: `\n`, `\,`, `\;` and `\\`.
pub fn unescape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            out.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}

/// The values of a list, which commas part unless they are escaped.
pub fn list(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for letter in value.chars() {
        if letter == ',' && !escaped {
            parts.push(String::new());
            continue;
        }
        escaped = letter == '\\' && !escaped;
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts.iter().map(|part| unescape(part)).collect()
}

/// Writes a value of text. Control characters other than line ends and tabs have no place in
/// iCalendar and are left out.
pub fn escape(text: &str, out: &mut String) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
}

/// Writes the value of a parameter, quoted, without what parameters may not hold.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    out.extend(text.chars().map(|letter| match letter {
        '"' => '\'',
        letter if letter.is_control() => ' ',
        letter => letter,
    }));
    out.push('"');
}

/// Writes a line, folded after 75 octets and never within a letter, with CRLF.
pub fn fold(line: &str, out: &mut String) {
    let mut rest = line;
    let mut width = WIDTH;
    while rest.len() > width {
        let cut = (1..=width)
            .rev()
            .find(|at| rest.is_char_boundary(*at))
            .unwrap_or(rest.len());
        out.push_str(&rest[..cut]);
        out.push_str("\r\n ");
        rest = &rest[cut..];
        // The space that begins the line counts.
        width = WIDTH - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Line<'_> {
        lines(text).next().expect("a line").expect("a property")
    }

    #[test]
    fn names_parameters_and_values() {
        let line =
            one("dtstart;tzid=\"Europe/Stockholm\";X-FLAG;VALUE=DATE-TIME:20260303T180000\r\n");
        assert_eq!(line.name, "DTSTART");
        assert_eq!(line.parameter("TZID"), Some("Europe/Stockholm"));
        assert_eq!(line.value, "20260303T180000");
        let line = one("ATTENDEE;CN=\"a:b;c, ^'d^'\":mailto:x@example.org");
        assert_eq!(line.parameter("CN"), Some("a:b;c, \"d\""));
        assert_eq!(line.value, "mailto:x@example.org");
    }

    #[test]
    fn broken_lines_are_told_by_number() {
        let text = "SUMMARY:a\n\n:no name\nno colon\nX;P=\"open:1\nDESCRIPTION:b\n c\n";
        let found: Vec<_> = lines(text).collect();
        let broken: Vec<usize> = found
            .iter()
            .filter_map(|line| Some(line.as_ref().err()?.number))
            .collect();
        assert_eq!(broken, [3, 4, 5]);
        let last = found
            .last()
            .and_then(|line| line.as_ref().ok())
            .expect("the last is good");
        assert_eq!((last.number, last.value.as_ref()), (6, "bc"));
    }

    #[test]
    fn text_comes_back() {
        for text in ["a, b; c\\d\nå", "", "\\n", "rad 1\n\nrad 3"] {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(unescape(&out), text);
        }
        assert_eq!(list("a\\,b,c,\\\\"), ["a,b", "c", "\\"]);
    }

    #[test]
    fn folding_counts_octets_and_keeps_letters() {
        let mut out = String::new();
        let line = format!("SUMMARY:{}", "åäö🎻".repeat(40));
        fold(&line, &mut out);
        assert!(out.ends_with("\r\n"));
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(one(&out).value, line["SUMMARY:".len()..]);
    }
}
