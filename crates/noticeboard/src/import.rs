//! `announcements.json`: announcements as a file, there and back. An import is all or nothing, and one
//! that changes nothing writes nothing. What is past may be brought in; the rules that the law makes
//! hold for it all the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    AnnouncementId, FieldError, Locale, Message, Problem, Result, Timestamp, UnitId, civil_date,
};
use torg_log::Author;
use torg_web::OrganisationList;

use crate::check::{check, complete, is_key};
use crate::deadline::{NoticeSettings, plus_days};
use crate::model::{Announcement, Attachment, Notice, NoticeKind, NoticeState, Withdrawal, Words};
use crate::service;
use crate::store::{self, Told};
use crate::text::{read_text, write_text};

/// A text in Swedish alone, or by language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(BTreeMap<Locale, String>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Many(BTreeMap::new())
    }
}

impl Texts {
    fn by_language(self) -> BTreeMap<Locale, String> {
        match self {
            Self::One(text) => BTreeMap::from([(Locale::SV, text)]),
            Self::Many(texts) => texts,
        }
    }

    fn words(self) -> Words {
        let mut words = Words::default();
        for (locale, text) in self.by_language() {
            words.set(locale, &text);
        }
        words
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Many(texts) if texts.is_empty())
    }
}

/// An item as it stands in a file.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Item {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<AnnouncementId>,
    key: String,
    kind: NoticeKind,
    organisation: String,
    title: Texts,
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    text: Texts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sender: Option<Words>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    adjusted: Option<String>,
    posted: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    posted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    removed: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    appeal_until: Option<String>,
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    kept_at: Texts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    withdrawn: Option<Withdrawal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
}

/// An announcement of a file, checked as far as it can be by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementInput {
    id: Option<AnnouncementId>,
    key: String,
    kind: NoticeKind,
    organisation: String,
    text: BTreeMap<Locale, String>,
    contact: Option<String>,
    sender: Option<Words>,
    notice: Notice,
    changed: Option<Timestamp>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    /// Keys of announcements that are new.
    pub created: Vec<String>,
    /// Keys of announcements that were changed.
    pub changed: Vec<String>,
    /// How many were as they should be.
    pub unchanged: usize,
}

/// What is wrong with a field of an item; named `ITEM:KEY:FIELD` with items counted from 1.
fn at_item(item: usize, key: &str, field: &str, message: Message) -> FieldError {
    FieldError {
        field: format!("{item}:{key}:{field}"),
        message,
    }
}

/// Which days a file may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileDays {
    /// Days of the calendar only.
    Calendar,
    /// Also days counted from this one: `today`, `today-3`, `today+18`. For a city that is made to be
    /// shown.
    From(Date),
}

impl FileDays {
    fn read(self, text: &str) -> Option<Date> {
        let text = text.trim();
        match (self, text.strip_prefix("today")) {
            (Self::From(today), Some("")) => Some(today),
            (Self::From(today), Some(rest)) => {
                let signed = rest.starts_with(['+', '-']);
                let days: i32 = rest.parse().ok().filter(|_| signed)?;
                Some(plus_days(today, days))
            }
            _ => text
                .parse()
                .ok()
                .filter(|day: &Date| day.to_string() == text),
        }
    }
}

/// Reads a file whole; says all that is wrong with it.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault, items counted from 1.
pub fn parse_announcements(
    bytes: &[u8],
    days: FileDays,
    settings: &NoticeSettings,
) -> Result<Vec<AnnouncementInput>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let items: Vec<Value> = serde_json::from_slice(bytes).map_err(|error| {
        let message = Message::new("notice-import-unreadable").with("detail", error);
        Problem::field("file", message)
    })?;
    let mut errors = Vec::new();
    let mut inputs = Vec::with_capacity(items.len());
    let mut keys = HashSet::new();
    for (at, item) in items.into_iter().enumerate() {
        let key = item
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        match parse_item(item, days, settings) {
            Ok(input) => inputs.push(input),
            Err(faults) => errors.extend(
                faults
                    .into_iter()
                    .map(|fault| at_item(at + 1, &key, &fault.field, fault.message)),
            ),
        }
        if !key.is_empty() && !keys.insert(key.clone()) {
            let message = Message::new("notice-import-key-twice");
            errors.push(at_item(at + 1, &key, "key", message));
        }
    }
    if errors.is_empty() {
        Ok(inputs)
    } else {
        Err(Problem::Invalid(errors))
    }
}

fn parse_item(
    item: Value,
    days: FileDays,
    settings: &NoticeSettings,
) -> Result<AnnouncementInput, Vec<FieldError>> {
    let item: Item = serde_path_to_error::deserialize(item).map_err(|error| {
        vec![FieldError {
            field: error.path().to_string(),
            message: Message::new("notice-import-field").with("detail", error.inner()),
        }]
    })?;
    let mut errors = Vec::new();
    if !is_key(&item.key) {
        errors.push(FieldError {
            field: "key".to_owned(),
            message: Message::new("notice-import-key"),
        });
    }
    let mut day = |field: &str, text: Option<&String>| -> Option<Date> {
        let read = days.read(text?);
        if read.is_none() {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new("notice-error-date"),
            });
        }
        read
    };
    let meeting_on = day("meeting", item.meeting.as_ref());
    let adjusted_on = day("adjusted", item.adjusted.as_ref());
    let removed_on = day("removed", item.removed.as_ref());
    let appeal_until = day("appeal", item.appeal_until.as_ref());
    let posted_on = day("posted", Some(&item.posted));
    if let (Some(posted_on), Some(at)) = (posted_on, item.posted_at)
        && civil_date(at) != posted_on
    {
        errors.push(FieldError {
            field: "posted_at".to_owned(),
            message: Message::new("notice-import-posted-at"),
        });
    }
    let Some(posted_on) = posted_on else {
        return Err(errors);
    };
    let mut notice = Notice {
        title: item.title.words(),
        text: BTreeMap::new(),
        sender: Words::default(),
        meeting_on,
        adjusted_on,
        posted_on,
        posted_at: item.posted_at,
        removed_on: Date::MAX,
        appeal_until,
        kept_at: item.kept_at.words(),
        contact: None,
        attachments: item.attachments,
        withdrawn: item.withdrawn,
    };
    complete(&mut notice, item.kind, removed_on, settings);
    errors.extend(check(&notice, item.kind, settings));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(AnnouncementInput {
        id: item.id,
        key: item.key,
        kind: item.kind,
        organisation: item.organisation,
        text: item.text.by_language(),
        contact: item.contact,
        sender: item.sender,
        notice,
        changed: item.changed,
    })
}

struct Step {
    before: Option<Announcement>,
    after: Announcement,
}

/// The name of an organisation as it goes on the board.
pub(crate) fn sender(organisation: &torg_web::OrganisationEntry) -> Words {
    let mut words = Words::swedish(&organisation.name_sv);
    words.set(Locale::EN, &organisation.name_en);
    words
}

fn step(
    author: Author<'_>,
    known: &[Announcement],
    organisations: &OrganisationList,
    units: &HashMap<String, UnitId>,
    input: AnnouncementInput,
) -> Result<Step, FieldError> {
    let wrong = |field: &str, message: Message| FieldError {
        field: field.to_owned(),
        message,
    };
    let owner = organisations.by_key(&input.organisation).ok_or_else(|| {
        let message = Message::new("notice-import-organisation");
        wrong("organisation", message.with("value", &input.organisation))
    })?;
    let by_key = known.iter().find(|it| it.key == input.key);
    let before = match (input.id, by_key) {
        (Some(id), Some(found)) if found.id != id => {
            return Err(wrong("id", Message::new("notice-import-other-id")));
        }
        (Some(id), None) if known.iter().any(|it| it.id == id) => {
            return Err(wrong("key", Message::new("notice-import-other-id")));
        }
        (_, found) => found,
    };
    let mut notice = input.notice;
    notice.contact = match &input.contact {
        None => None,
        Some(key) => Some(*units.get(key).ok_or_else(|| {
            let message = Message::new("notice-import-contact").with("value", key);
            wrong("contact", message)
        })?),
    };
    for (locale, markdown) in input.text {
        let field = format!("text.{locale}");
        let mut document = read_text(&field, &markdown, author.ids, author.now)?;
        if let Some(old) = before.and_then(|before| before.notice.text.get(&locale)) {
            document.keep_ids(old);
        }
        if !document.blocks.is_empty() {
            notice.text.insert(locale, document);
        }
    }
    let same_owner = before.filter(|before| before.organisation == owner.id);
    notice.sender = input
        .sender
        .or_else(|| same_owner.map(|before| before.notice.sender.clone()))
        .unwrap_or_else(|| sender(owner));
    if let Some(before) = before {
        // A file cannot put up again what was taken down, nor move the instant of a posting.
        notice.withdrawn = notice.withdrawn.or_else(|| before.notice.withdrawn.clone());
        if notice.posted_on == before.notice.posted_on {
            notice.posted_at = notice.posted_at.or(before.notice.posted_at);
        }
    }
    Ok(Step {
        after: Announcement {
            id: before
                .map(|before| before.id)
                .or(input.id)
                .unwrap_or_else(|| AnnouncementId::new(author.ids, author.now)),
            key: input.key,
            kind: input.kind,
            organisation: owner.id,
            authority: owner.authority,
            notice,
            version: before.map_or(1, |before| before.version),
            // What comes from an export was changed when it says, so that feeds say so too.
            updated_at: before.map_or_else(
                || input.changed.map_or(author.now, |at| at.min(author.now)),
                |before| before.updated_at,
            ),
        },
        before: before.cloned(),
    })
}

/// Makes the board say what the file says. Announcements that it does not name are left alone, and
/// one that was withdrawn stays withdrawn. `units` are ids by key, for the contacts.
///
/// # Errors
/// [`Problem::Invalid`] with a field `ITEM:KEY:FIELD` for each fault; the job must then fail as a
/// whole.
pub async fn import_announcements(
    context: &WriteContext,
    author: Author<'_>,
    inputs: Vec<AnnouncementInput>,
    organisations: &OrganisationList,
    units: &HashMap<String, UnitId>,
) -> Result<ImportReport> {
    let known = store::list_all(&**context).await?;
    let mut errors = Vec::new();
    let mut steps = Vec::new();
    for (at, input) in inputs.into_iter().enumerate() {
        let key = input.key.clone();
        for attachment in &input.notice.attachments {
            let found = torg_files::find_file(&**context, attachment.file).await?;
            if found.is_none_or(|file| file.blob != attachment.sha256) {
                let message = Message::new("notice-import-attachment");
                let message = message.with("value", &attachment.name);
                errors.push(at_item(at + 1, &key, "attachments", message));
            }
        }
        match step(author, &known, organisations, units, input) {
            Ok(step) => steps.push(step),
            Err(fault) => errors.push(at_item(at + 1, &key, &fault.field, fault.message)),
        }
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let mut report = ImportReport::default();
    for step in steps {
        let key = step.after.key.clone();
        let Some(before) = step.before else {
            service::create(context, author, &step.after).await?;
            report.created.push(key);
            continue;
        };
        let coming = step.after.state(author.now) == NoticeState::Coming;
        let id = before.id;
        if service::change(context, author, "announcement.changed", &before, step.after).await? {
            report.changed.push(key);
            if coming {
                // Its day comes again.
                store::set_told(&**context, id, Told::Nothing).await?;
            }
        } else {
            report.unchanged += 1;
        }
    }
    Ok(report)
}

/// All announcements as a file that can be imported again, by key. `units` are keys by id.
///
/// # Errors
/// When the database fails, or an announcement's organisation is not in the list.
pub async fn export_announcements<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
    units: &(dyn Fn(UnitId) -> Option<String> + Sync),
) -> Result<String> {
    let mut all = store::list_all(on).await?;
    all.sort_by(|one, other| one.key.cmp(&other.key));
    let mut items = Vec::with_capacity(all.len());
    for announcement in all {
        let organisation = organisations
            .find(announcement.organisation)
            .ok_or_else(|| {
                Problem::internal(format!(
                    "the announcement {} has an unknown organisation",
                    announcement.key
                ))
            })?;
        let notice = announcement.notice;
        let text = notice
            .text
            .iter()
            .map(|(locale, document)| (*locale, write_text(document)))
            .collect();
        items.push(Item {
            id: Some(announcement.id),
            key: announcement.key,
            kind: announcement.kind,
            organisation: organisation.key.clone(),
            title: Texts::Many(notice.title.0),
            text: Texts::Many(text),
            sender: Some(notice.sender),
            meeting: notice.meeting_on.map(|day| day.to_string()),
            adjusted: notice.adjusted_on.map(|day| day.to_string()),
            posted: notice.posted_on.to_string(),
            posted_at: notice.posted_at,
            removed: Some(notice.removed_on.to_string()),
            appeal_until: notice.appeal_until.map(|day| day.to_string()),
            kept_at: Texts::Many(notice.kept_at.0),
            contact: notice.contact.and_then(units),
            attachments: notice.attachments,
            withdrawn: notice.withdrawn,
            changed: Some(announcement.updated_at),
        });
    }
    let mut text = serde_json::to_string_pretty(&items)?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn fields(json: &str, days: FileDays) -> Vec<String> {
        match parse_announcements(json.as_bytes(), days, &NoticeSettings::default()) {
            Ok(found) => panic!("{found:?}"),
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.field).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn every_fault_is_named() {
        assert_eq!(fields("{", FileDays::Calendar), ["file"]);
        let json = r#"[
            {"key":"a","kind":"minutes","organisation":"x","title":"T","posted":"2026-11-16","removed":"2026-12-07","meeting":"2026-11-31"},
            {"key":"A","kind":"announcement","organisation":"x","title":{"en":"T"},"posted":"2026-11-16"},
            {"key":"c","kind":"poster","organisation":"x","title":"T","posted":"2026-11-16"},
            {"key":"d","kind":"announcement","organisation":"x","title":"T","posted":"today-3"},
            {"key":"e","kind":"announcement","organisation":"x","title":"T","posted":"2026-11-16","colour":"red"},
            {"key":"e","kind":"announcement","organisation":"x","title":"T","posted":"2026-11-16"},
            3
        ]"#;
        let found = fields(json, FileDays::Calendar);
        for field in [
            "1:a:meeting",
            "1:a:removed",
            "1:a:kept_at_sv",
            "2:A:key",
            "2:A:title_sv",
            "3:c:kind",
            "4:d:posted",
            "5:e:colour",
            "6:e:key",
            "7::.",
        ] {
            assert!(found.iter().any(|own| own == field), "{field} in {found:?}");
        }
    }

    #[test]
    fn a_shown_city_counts_from_today() {
        let today = date(2026, 11, 19);
        let days = FileDays::From(today);
        assert_eq!(days.read("today"), Some(today));
        assert_eq!(days.read("today-3"), Some(date(2026, 11, 16)));
        assert_eq!(days.read("today+18"), Some(date(2026, 12, 7)));
        for wrong in ["today3", "today+", "today+x", "yesterday", "2026-1-1", ""] {
            assert_eq!(days.read(wrong), None, "{wrong}");
        }
        assert_eq!(FileDays::Calendar.read("today"), None);
        let json = r#"[{"key":"a","kind":"minutes","organisation":"x","title":"T","kept_at":"Här","meeting":"today-9","posted":"today-3"}]"#;
        let found =
            parse_announcements(json.as_bytes(), days, &NoticeSettings::default()).expect("right");
        assert_eq!(found[0].notice.appeal_until, Some(date(2026, 12, 7)));
        assert_eq!(found[0].notice.removed_on, date(2026, 12, 8));
    }
}
