//! Running text into Markdown: escapes what would be read as a mark, and nothing else, since
//! people read and edit the result.

use torg_kernel::{FactId, FactSource, Inline, LinkTarget, Mark, UnitId};

use super::NameLookup;
use crate::href::{is_local, is_own};

/// Where a run stands, which decides what has to be escaped and how a break is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Whole lines of its own.
    Lines,
    /// After the marks of a heading.
    Heading,
    /// One line of a directive, from its start.
    Line,
    /// Within a line: a cell, a caption, a value.
    Middle,
    /// One of several words parted by commas.
    Query,
}

pub(super) struct Writer<'a> {
    pub(super) names: &'a dyn NameLookup,
}

impl Writer<'_> {
    pub(super) fn run(&self, run: &[Inline], place: Place) -> String {
        let mut out = String::new();
        self.push(run, place, &mut out);
        out
    }

    fn push(&self, run: &[Inline], place: Place, out: &mut String) {
        for (at, inline) in run.iter().enumerate() {
            match inline {
                Inline::Text { text, marks } => {
                    let before = at.checked_sub(1).map(|at| &run[at]);
                    self.words(text, marks, before, run.get(at + 1), place, out);
                }
                Inline::Link { target, text } => out.push_str(&self.link(target, text, place)),
                Inline::Fact { fact } => {
                    let name = match fact.source {
                        FactSource::Unit => self.names.unit(UnitId(fact.id)),
                        FactSource::Fact => self.names.fact(FactId(fact.id)),
                    };
                    let written = fact.to_string();
                    let written = match name.filter(|name| crate::markdown::is_key(name)) {
                        Some(name) => written.replace(&fact.id.to_string(), &name),
                        None => written,
                    };
                    out.push_str(&format!("{{{{{written}}}}}"));
                }
                Inline::Break if place == Place::Lines => out.push_str("\\\n"),
                Inline::Break => out.push_str("<br>"),
            }
        }
    }

    fn words(
        &self,
        text: &str,
        marks: &[Mark],
        before: Option<&Inline>,
        after: Option<&Inline>,
        place: Place,
        out: &mut String,
    ) {
        let line_start = matches!(place, Place::Lines | Place::Line | Place::Query)
            && (out.is_empty() || out.ends_with('\n'));
        let link_next = after.is_some_and(|next| matches!(next, Inline::Link { .. }));
        if marks.is_empty() {
            escape(text, place, line_start, link_next, out);
            return;
        }
        let simple =
            is_edge(before, false) && is_edge(after, true) && can_flank(text, before, after);
        let code = marks.contains(&Mark::Code);
        let raw = code
            && (marks.len() > 1
                || place == Place::Query
                || text.contains(['|', '`', '\\', '\u{a0}', '\u{202f}']));
        if !simple || raw {
            let tags: Vec<&str> = marks.iter().map(|mark| tag(*mark)).collect();
            tags.iter()
                .for_each(|tag| out.push_str(&format!("<{tag}>")));
            escape(text, place, false, false, out);
            tags.iter()
                .rev()
                .for_each(|tag| out.push_str(&format!("</{tag}>")));
            return;
        }
        let stars = match (
            marks.contains(&Mark::Strong),
            marks.contains(&Mark::Emphasis),
        ) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        out.push_str(stars);
        if code {
            out.push_str(&format!("`{text}`"));
        } else {
            escape(text, place, false, false, out);
        }
        out.push_str(stars);
    }

    pub(super) fn label(&self, label: &str, target: &LinkTarget) -> String {
        self.link(target, &[Inline::text(label)], Place::Middle)
    }

    /// A labelled goal that is never shortened, for the first line of a directive.
    pub(super) fn labelled(&self, label: &str, target: &LinkTarget) -> String {
        self.labelled_to(label, &self.goal(target))
    }

    pub(super) fn labelled_to(&self, label: &str, goal: &str) -> String {
        let label = self.run(&[Inline::text(label)], Place::Middle);
        format!("[{label}]({})", destination(goal))
    }

    fn link(&self, target: &LinkTarget, text: &[Inline], place: Place) -> String {
        if let (LinkTarget::Url { url }, [Inline::Text { text, marks }]) = (target, text)
            && marks.is_empty()
            && let Some(short) = autolink(url, text)
        {
            return short;
        }
        let goal = self.goal(target);
        let inner = self.run(
            text,
            if place == Place::Query {
                place
            } else {
                Place::Middle
            },
        );
        format!("[{inner}]({})", destination(&goal))
    }

    fn goal(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Page { id, fragment } => {
                let mut goal = self.names.page(*id).unwrap_or_else(|| format!("page:{id}"));
                if let Some(fragment) = fragment {
                    goal.push('#');
                    goal.push_str(fragment);
                }
                goal
            }
            LinkTarget::Unit { id } => format!("unit:{}", self.unit_key(*id)),
            LinkTarget::Path { path } if is_own(path) => path.clone(),
            LinkTarget::Path { path } => format!("path:{path}"),
            LinkTarget::Url { url } => url.clone(),
            // Asked for again when it is read, so that it comes to life when its page does.
            LinkTarget::Missing { original }
                if is_local(original) || original.starts_with("unit:") =>
            {
                original.clone()
            }
            LinkTarget::Missing { original } => format!("missing:{original}"),
        }
    }

    pub(super) fn unit_key(&self, id: UnitId) -> String {
        self.names
            .unit(id)
            .filter(|key| crate::markdown::is_key(key))
            .unwrap_or_else(|| id.to_string())
    }
}

fn tag(mark: Mark) -> &'static str {
    match mark {
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Code => "code",
    }
}

/// Whether a neighbour leaves no doubt where a mark begins or ends.
fn is_edge(neighbour: Option<&Inline>, after: bool) -> bool {
    match neighbour {
        None | Some(Inline::Break) => true,
        Some(Inline::Text { text, marks }) => {
            let next = if after {
                text.chars().next()
            } else {
                text.chars().next_back()
            };
            marks.is_empty() && next.is_some_and(|c| c != '*' && c != '_' && c != '`')
        }
        Some(_) => false,
    }
}

/// CommonMark's rule of flanking, on the safe side.
fn can_flank(text: &str, before: Option<&Inline>, after: Option<&Inline>) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    if first.is_whitespace() || last.is_whitespace() {
        return false;
    }
    let open = |neighbour: Option<&Inline>, after: bool| match neighbour {
        Some(Inline::Text { text, .. }) => {
            let mut chars = text.chars();
            let c = if after {
                chars.next()
            } else {
                chars.next_back()
            };
            c.is_some_and(|c| c.is_whitespace() || c.is_ascii_punctuation())
        }
        _ => true,
    };
    (first.is_alphanumeric() || open(before, false))
        && (last.is_alphanumeric() || open(after, true))
}

/// A link that says what it leads to, in pointed brackets.
fn autolink(url: &str, text: &str) -> Option<String> {
    let safe = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~/?#=%:+@".contains(c))
    };
    let web = url.starts_with("https://") || url.starts_with("http://");
    if web && text == url && safe(url) {
        return Some(format!("<{url}>"));
    }
    let mail = url.strip_prefix("mailto:")?;
    let (local, host) = mail.split_once('@')?;
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-.".contains(c))
    };
    let host_good = plain(host)
        && host
            .split('.')
            .all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'));
    (text == mail && plain(local) && host_good).then(|| format!("<{mail}>"))
}

pub(super) fn destination(goal: &str) -> String {
    let bare = !goal.is_empty()
        && goal
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !"<>()\\".contains(c));
    let mut out = String::new();
    for c in goal.chars() {
        if matches!(
            c,
            '\\' | '<' | '>' | '&' | '|' | '`' | '*' | '_' | '[' | ']'
        ) && !(bare && matches!(c, '_' | '&') && !entity_like(goal))
        {
            out.push('\\');
        }
        out.push(c);
    }
    if bare { out } else { format!("<{out}>") }
}

fn entity_like(text: &str) -> bool {
    text.contains('&') && text.contains(';')
}

/// Writes words with whatever could be read as a mark escaped.
fn escape(text: &str, place: Place, line_start: bool, link_next: bool, out: &mut String) {
    let start = out.len();
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let must = match c {
            '\\' | '`' | '*' | '[' | ']' | '|' => true,
            '_' => !(word(before) && word(after)),
            '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => after.is_none_or(|c| c.is_ascii_alphanumeric() || c == '#'),
            '{' => after.is_none_or(|c| matches!(c, '{' | '#')) || before == Some('{'),
            '!' => (after.is_none() && link_next) || after == Some('['),
            '#' => place == Place::Heading,
            ',' => place == Place::Query,
            _ => false,
        };
        if must {
            out.push('\\');
        }
        out.push(c);
    }
    if line_start {
        escape_start(out, place, start);
    }
}

/// Escapes what would begin a block at the start of a line.
fn escape_start(out: &mut String, place: Place, start: usize) {
    let line = &out[start..];
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return;
    };
    let second = chars.next();
    let parted = second.is_none_or(char::is_whitespace);
    let at = match first {
        ':' => (second.is_none_or(|c| matches!(c, ':' | '-'))).then_some(start),
        // Only colons begin something in the lines of a directive.
        _ if place != Place::Lines => None,
        '>' => Some(start),
        '#' | '+' | '-' | '=' | '~' => (parted || second == Some(first)).then_some(start),
        c if c.is_ascii_digit() => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let mut rest = line[digits..].chars();
            let marked = matches!(rest.next(), Some('.' | ')'));
            let parted = rest.next().is_none_or(char::is_whitespace);
            (marked && parted).then_some(start + digits)
        }
        _ => None,
    };
    if let Some(at) = at {
        out.insert(at, '\\');
    }
}
