//! What a file says about itself before its text begins: `key: value` lines between lines of
//! three hyphens. Not YAML: a value is the rest of its line, so that nothing has to be quoted, at
//! the price that no value has more than one line.

use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
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
    /// Something done in steps; each heading of level 2 is a step.
    Guide,
    /// A list of the dated pages below it.
    Section,
    /// Front page of a magazine.
    Magazine,
    /// A piece of news.
    News,
    /// A post of a blog.
    Post,
    /// A story of a magazine.
    Story,
    /// A vacancy.
    Vacancy,
}

impl PageType {
    /// Every type.
    pub const ALL: [Self; 11] = [
        Self::Start,
        Self::Theme,
        Self::Article,
        Self::Info,
        Self::Guide,
        Self::Section,
        Self::Magazine,
        Self::News,
        Self::Post,
        Self::Story,
        Self::Vacancy,
    ];

    /// The name as written in front matter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Theme => "theme",
            Self::Article => "article",
            Self::Info => "info",
            Self::Guide => "guide",
            Self::Section => "section",
            Self::Magazine => "magazine",
            Self::News => "news",
            Self::Post => "post",
            Self::Story => "story",
            Self::Vacancy => "vacancy",
        }
    }

    /// The type with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether pages of the type belong to a day: they stand in lists, newest first.
    #[must_use]
    pub const fn is_dated(self) -> bool {
        matches!(self, Self::News | Self::Post | Self::Story | Self::Vacancy)
    }
}

/// What a vacancy says beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VacancyFront {
    /// `permanent`, `temporary`, `hourly` or `internship`.
    pub employment: Option<String>,
    /// How much of full time.
    pub extent: Option<String>,
    /// Key of the unit where the work is.
    pub workplace: Option<String>,
    /// How many are wanted.
    pub positions: Option<u32>,
    /// When it begins.
    pub starts: Option<String>,
    /// What is paid.
    pub salary: Option<String>,
    /// The employer's own number for it.
    pub reference: Option<String>,
    /// The last day to apply.
    pub apply_until: Option<Date>,
    /// Where to apply: a whole address or a mail address.
    pub apply: Option<String>,
}

impl VacancyFront {
    /// The forms of employment.
    pub const EMPLOYMENTS: &'static [&'static str] =
        &["permanent", "temporary", "hourly", "internship"];

    fn or(self, other: &Self) -> Self {
        Self {
            employment: self.employment.or_else(|| other.employment.clone()),
            extent: self.extent.or_else(|| other.extent.clone()),
            workplace: self.workplace.or_else(|| other.workplace.clone()),
            positions: self.positions.or(other.positions),
            starts: self.starts.or_else(|| other.starts.clone()),
            salary: self.salary.or_else(|| other.salary.clone()),
            reference: self.reference.or_else(|| other.reference.clone()),
            apply_until: self.apply_until.or(other.apply_until),
            apply: self.apply.or_else(|| other.apply.clone()),
        }
    }

    fn set(&mut self, key: &str, value: String) -> Result<(), ErrorKind> {
        match key {
            "employment" => {
                self.employment = Some(one_of(key, value, Self::EMPLOYMENTS)?);
            }
            "extent" => self.extent = Some(value),
            "workplace" => self.workplace = Some(value),
            "positions" => {
                let wrong = |_| ErrorKind::BadOrder {
                    value: value.clone(),
                };
                self.positions = Some(value.parse().map_err(wrong)?);
            }
            "starts" => self.starts = Some(value),
            "salary" => self.salary = Some(value),
            "reference" => self.reference = Some(value),
            "apply_until" => {
                self.apply_until = Some(date(&value).ok_or(ErrorKind::BadDate { value })?);
            }
            _ => self.apply = Some(value),
        }
        Ok(())
    }
}

/// A word out of some.
fn one_of(key: &str, value: String, known: &[&str]) -> Result<String, ErrorKind> {
    if known.contains(&value.as_str()) {
        return Ok(value);
    }
    Err(ErrorKind::BadWord {
        key: key.to_owned(),
        value,
        known: known.join(", "),
    })
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
    /// When a dated page was or will be published, by the clock of the city.
    pub published: Option<DateTime>,
    /// The last day it is shown.
    pub until: Option<Date>,
    /// What it is about, in the page's language.
    pub categories: Option<Vec<String>>,
    /// The leading picture, as a link to its file.
    pub picture: Option<String>,
    /// `off` or `moderated`.
    pub comments: Option<String>,
    /// `person` or `machine`.
    pub translated_by: Option<String>,
    /// What only vacancies say.
    pub vacancy: VacancyFront,
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
        "published",
        "until",
        "categories",
        "picture",
        "comments",
        "translated_by",
        "employment",
        "extent",
        "workplace",
        "positions",
        "starts",
        "salary",
        "reference",
        "apply_until",
        "apply",
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
                self.keywords = Some(words(&value));
            }
            "icon" => self.icon = Some(value),
            "published" => {
                self.published = Some(moment(&value).ok_or(ErrorKind::BadTime { value })?);
            }
            "until" => self.until = Some(date(&value).ok_or(ErrorKind::BadDate { value })?),
            "categories" => self.categories = Some(words(&value)),
            "picture" => self.picture = Some(value),
            "comments" => self.comments = Some(one_of(key, value, &["off", "moderated"])?),
            "translated_by" => {
                self.translated_by = Some(one_of(key, value, &["person", "machine"])?);
            }
            _ => self.vacancy.set(key, value)?,
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
            published: self.published.or(other.published),
            until: self.until.or(other.until),
            categories: self.categories.or_else(|| other.categories.clone()),
            picture: self.picture.or_else(|| other.picture.clone()),
            comments: self.comments.or_else(|| other.comments.clone()),
            translated_by: self.translated_by.or_else(|| other.translated_by.clone()),
            vacancy: self.vacancy.or(&other.vacancy),
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
        put("published", self.published.map(moment_text));
        put("until", self.until.map(|date| date.to_string()));
        put("categories", self.categories.as_ref().map(|c| c.join(", ")));
        put("picture", self.picture.clone());
        put("comments", self.comments.clone());
        put("translated_by", self.translated_by.clone());
        let vacancy = &self.vacancy;
        put("employment", vacancy.employment.clone());
        put("extent", vacancy.extent.clone());
        put("workplace", vacancy.workplace.clone());
        put(
            "positions",
            vacancy.positions.map(|count| count.to_string()),
        );
        put("starts", vacancy.starts.clone());
        put("salary", vacancy.salary.clone());
        put("reference", vacancy.reference.clone());
        put(
            "apply_until",
            vacancy.apply_until.map(|date| date.to_string()),
        );
        put("apply", vacancy.apply.clone());
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

/// A date, or a date and a time by the clock: `2026-03-01 09:00`, with `T` between them too.
fn moment(value: &str) -> Option<DateTime> {
    if let Some(date) = date(value) {
        return Some(date.at(0, 0, 0, 0));
    }
    let (day, time) = value.split_once([' ', 'T'])?;
    let time: jiff::civil::Time = format!("{}:00", time.trim()).parse().ok()?;
    (time.hour() < 24).then_some(date(day)?.to_datetime(time))
}

fn moment_text(moment: DateTime) -> String {
    if moment.time() == jiff::civil::Time::midnight() {
        moment.date().to_string()
    } else {
        format!(
            "{} {:02}:{:02}",
            moment.date(),
            moment.hour(),
            moment.minute()
        )
    }
}

fn words(value: &str) -> Vec<String> {
    value
        .split(',')
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect()
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
                    variant: easy_to_read\norder: -3\nkeywords: bygga, altan\nicon: house\n\
                    published: 2026-03-01T09:05\nuntil: 2026-04-01\ncategories: bygga, bo\n\
                    picture: /pictures/hus.jpg\ncomments: moderated\ntranslated_by: machine\n\
                    employment: hourly\nextent: Halvtid\nworkplace: hamnen\npositions: 2\n\
                    starts: Snarast\nsalary: 30 000\nreference: A-1\napply_until: 2026-03-30\n\
                    apply: jobb@goteborg.example\n---\nText";
        let (front, body, line) = split(text, true).expect("well written");
        assert_eq!((body, line), ("Text", 30));
        let published = front.published.expect("written").to_string();
        assert_eq!(published, "2026-03-01T09:05:00");
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
            fails("---\npublished: 2026-03-01 25:00\n---\n")
                .1
                .contains("09:00")
        );
        assert!(
            fails("---\ncomments: on\n---\n")
                .1
                .contains("off, moderated")
        );
        assert!(
            fails("---\nvariant: short\n---\n")
                .1
                .contains("easy_to_read")
        );
    }
}
