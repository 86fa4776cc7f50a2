//! What a file says about itself before its text begins: `key: value` lines between lines of
//! three hyphens. Not YAML: a value is the rest of its line, so that nothing has to be quoted, at
//! the price that no value has more than one line.

use std::fmt::Write as _;

use jiff::civil::Date;
use torg_kernel::{Address, Locale, Variant, squeeze};

use crate::error::{ErrorKind, nearest};

/// The kinds of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PageType {
    /// The start page of a language.
    Start,
    /// A page that leads on to others.
    Theme,
    /// An ordinary page.
    #[default]
    Article,
    /// About the site itself, such as the accessibility statement.
    Info,
}

impl PageType {
    /// The name as written in front matter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Theme => "theme",
            Self::Article => "article",
            Self::Info => "info",
        }
    }

    /// The type with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Start, Self::Theme, Self::Article, Self::Info]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// What a file or a row of `pages.csv` says about a page; `None` is "not said".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// The page's title.
    pub title: Option<String>,
    /// Where it lies; otherwise the file's place says.
    pub address: Option<Address>,
    /// What kind of page it is.
    pub page_type: Option<PageType>,
    /// Its language.
    pub locale: Option<Locale>,
    /// Key of the organisation that answers for it.
    pub owner: Option<String>,
    /// When somebody last read it through.
    pub reviewed: Option<Date>,
    /// The lead. An empty text means that there is none and none is to be made.
    pub description: Option<String>,
    /// Address of the Swedish page this is a translation of.
    pub translates: Option<Address>,
    /// Ordinary, easy to read or sign language.
    pub variant: Option<Variant>,
    /// Place among siblings, low first.
    pub order: Option<i32>,
    /// More words that search shall find it by.
    pub keywords: Option<Vec<String>>,
    /// Name of a Lucide icon.
    pub icon: Option<String>,
}

impl FrontMatter {
    /// Every key, in the order they are written.
    pub const KEYS: &'static [&'static str] = &[
        "title",
        "address",
        "type",
        "lang",
        "owner",
        "reviewed",
        "description",
        "translates",
        "variant",
        "order",
        "keywords",
        "icon",
    ];

    /// Sets one value from text.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Result<(), ErrorKind> {
        let value = squeeze(unquote(value.trim()));
        if !Self::KEYS.contains(&key) {
            return Err(ErrorKind::UnknownKey {
                key: key.to_owned(),
                nearest: nearest(key, Self::KEYS),
            });
        }
        if value.is_empty() && key != "description" {
            return Ok(());
        }
        match key {
            "title" => self.title = Some(value),
            "address" => self.address = Some(address(value)?),
            "type" => {
                self.page_type = Some(PageType::parse(&value).ok_or(ErrorKind::BadType { value })?);
            }
            "lang" => {
                self.locale = Some(
                    value
                        .parse()
                        .map_err(|_| ErrorKind::BadLanguage { value })?,
                );
            }
            "owner" => self.owner = Some(value),
            "reviewed" => {
                self.reviewed = Some(date(&value).ok_or(ErrorKind::BadDate { value })?);
            }
            "description" => self.description = Some(value),
            "translates" => self.translates = Some(address(value)?),
            "variant" => {
                self.variant = Some(Variant::parse(&value).ok_or(ErrorKind::BadVariant { value })?);
            }
            "order" => {
                self.order = Some(value.parse().map_err(|_| ErrorKind::BadOrder { value })?);
            }
            "keywords" => {
                self.keywords = Some(
                    value
                        .split(',')
                        .map(|word| word.trim().to_owned())
                        .filter(|word| !word.is_empty())
                        .collect(),
                );
            }
            _ => self.icon = Some(value),
        }
        Ok(())
    }

    /// These values, and where one is not said that of `other`.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            title: self.title.or_else(|| other.title.clone()),
            address: self.address.or_else(|| other.address.clone()),
            page_type: self.page_type.or(other.page_type),
            locale: self.locale.or(other.locale),
            owner: self.owner.or_else(|| other.owner.clone()),
            reviewed: self.reviewed.or(other.reviewed),
            description: self.description.or_else(|| other.description.clone()),
            translates: self.translates.or_else(|| other.translates.clone()),
            variant: self.variant.or(other.variant),
            order: self.order.or(other.order),
            keywords: self.keywords.or_else(|| other.keywords.clone()),
            icon: self.icon.or_else(|| other.icon.clone()),
        }
    }

    /// Written as front matter with its lines of hyphens; empty when nothing is said.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        let mut put = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                let value = squeeze(&value);
                let quoted = unquote(&value) != value;
                let value = if quoted {
                    format!("\"{value}\"")
                } else {
                    value
                };
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{}", format!("{key}: {value}").trim_end());
            }
        };
        put("title", self.title.clone());
        put("address", self.address.as_ref().map(ToString::to_string));
        put("type", self.page_type.map(|kind| kind.as_str().to_owned()));
        put("lang", self.locale.map(|locale| locale.to_string()));
        put("owner", self.owner.clone());
        put("reviewed", self.reviewed.map(|date| date.to_string()));
        put("description", self.description.clone());
        put(
            "translates",
            self.translates.as_ref().map(ToString::to_string),
        );
        put("variant", self.variant.map(|v| v.as_str().to_owned()));
        put("order", self.order.map(|order| order.to_string()));
        put("keywords", self.keywords.as_ref().map(|k| k.join(", ")));
        put("icon", self.icon.clone());
        if out.is_empty() {
            out
        } else {
            format!("---\n{out}---\n")
        }
    }
}

fn address(value: String) -> Result<Address, ErrorKind> {
    Address::parse(&value).map_err(|error| ErrorKind::BadAddress {
        value,
        reason: error.to_string(),
    })
}

/// A date in exactly the form `2026-03-01`.
fn date(value: &str) -> Option<Date> {
    (value.len() == 10)
        .then(|| value.parse::<Date>().ok())
        .flatten()
        .filter(|date| date.to_string() == value)
}

fn unquote(value: &str) -> &str {
    value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(value)
}

/// Front matter, the text after it, and the line (from 1) on which that begins.
pub(crate) type Split<'a> = (FrontMatter, &'a str, u32);

/// Takes the front matter off a text. `strict` readers (Markdown) take any first line of three
/// hyphens for its beginning; others only where a known key follows.
pub(crate) fn split(text: &str, strict: bool) -> Result<Split<'_>, (u32, ErrorKind)> {
    let mut front = FrontMatter::default();
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Ok((front, text, 1));
    }
    let second = lines.clone().next().and_then(|line| line.split_once(':'));
    if !strict && !second.is_some_and(|(key, _)| FrontMatter::KEYS.contains(&key.trim())) {
        return Ok((front, text, 1));
    }
    let mut at = first.len();
    let mut seen: Vec<&str> = Vec::new();
    for (number, line) in (2_u32..).zip(lines) {
        at += line.len();
        let line = line.trim();
        if line == "---" {
            return Ok((front, &text[at..], number + 1));
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            let closed = text[at..].lines().any(|line| line.trim_end() == "---");
            let kind = if closed {
                ErrorKind::FrontMatterLine {
                    text: line.chars().take(80).collect(),
                }
            } else {
                ErrorKind::FrontMatterUnclosed {}
            };
            return Err((if closed { number } else { 1 }, kind));
        };
        let key = key.trim();
        if seen.contains(&key) {
            return Err((
                number,
                ErrorKind::DoubleKey {
                    key: key.to_owned(),
                },
            ));
        }
        front.set(key, value).map_err(|kind| (number, kind))?;
        seen.push(key);
    }
    Err((1, ErrorKind::FrontMatterUnclosed {}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(text: &str) -> (u32, String) {
        let (line, kind) = split(text, true).expect_err("written to be wrong");
        (line, kind.to_string())
    }

    #[test]
    fn all_keys_go_there_and_back() {
        let text = "---\ntitle: \"\"Lov\" och så\"\naddress: /bo/lov\ntype: theme\nlang: en\n\
                    owner: byggnad\nreviewed: 2026-02-28\ndescription:\ntranslates: /bo\n\
                    variant: easy_to_read\norder: -3\nkeywords: bygga, altan\nicon: house\n---\nText";
        let (front, body, line) = split(text, true).expect("well written");
        assert_eq!((body, line), ("Text", 15));
        assert_eq!(front.description.as_deref(), Some(""));
        let (again, _, _) = split(&front.to_text(), true).expect("written by us");
        assert_eq!(again, front);
        assert_eq!(FrontMatter::default().to_text(), "");
    }

    #[test]
    fn errors_name_line_and_remedy() {
        let (line, text) = fails("---\ntitle: A\nadress: /a\n---\n");
        assert_eq!(line, 3);
        assert!(text.contains("did you mean “address”"), "{text}");
        assert_eq!(fails("---\ntitle: A\n\nSome text").0, 1);
        assert!(fails("---\ntitle: A\n\nSome text").1.contains("not closed"));
        assert!(
            fails("---\ntitle: A\nSome text\n---\n")
                .1
                .contains("Some text")
        );
        assert!(
            fails("---\nreviewed: 2026-02-30\n---\n")
                .1
                .contains("2026-02-30")
        );
        assert!(
            fails("---\nreviewed: 20260228\n---\n")
                .1
                .contains("20260228")
        );
        assert!(
            fails("---\nlang: svenska språket\n---\n")
                .1
                .contains("language")
        );
        assert!(fails("---\ntype: blog\n---\n").1.contains("start, theme"));
        assert!(fails("---\ntitle: A\ntitle: B\n---\n").1.contains("twice"));
        assert!(
            fails("---\naddress: /admin/x\n---\n")
                .1
                .contains("program itself")
        );
        assert!(fails("---\norder: first\n---\n").1.contains("whole number"));
        assert!(
            fails("---\nvariant: short\n---\n")
                .1
                .contains("easy_to_read")
        );
    }
}
