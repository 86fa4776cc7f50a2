//! The form for an announcement: text on one side, typed data on the other.

use jiff::civil::Date;
use torg_kernel::{
    AnnouncementId, FieldError, Ids, Locale, Message, OrganisationId, Timestamp, UnitId, civil_date,
};
use torg_web::{Form, OrganisationList};

use crate::check::complete;
use crate::deadline::{NoticeSettings, plus_days};
use crate::import::sender;
use crate::model::{Announcement, Notice, NoticeKind, NoticeState, Words};
use crate::text::{read_text, write_text};
use crate::views::NoticeFields;

impl NoticeFields {
    /// An empty form.
    pub(super) fn new(organisation: Option<OrganisationId>, now: Timestamp) -> Self {
        Self {
            kind: NoticeKind::Minutes.as_str().to_owned(),
            organisation: organisation.map(|id| id.to_string()).unwrap_or_default(),
            when: "now".to_owned(),
            posted: civil_date(now).to_string(),
            ..Self::default()
        }
    }

    /// The announcement as it is.
    pub(super) fn of(announcement: &Announcement) -> Self {
        let notice = &announcement.notice;
        let own = |words: &Words, locale| words.own(locale).unwrap_or_default().to_owned();
        let text = |locale| notice.text.get(&locale).map(write_text).unwrap_or_default();
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            kind: announcement.kind.as_str().to_owned(),
            organisation: announcement.organisation.to_string(),
            title_sv: own(&notice.title, Locale::SV),
            title_en: own(&notice.title, Locale::EN),
            text_sv: text(Locale::SV),
            text_en: text(Locale::EN),
            meeting: day(notice.meeting_on),
            adjusted: day(notice.adjusted_on),
            kept_at_sv: own(&notice.kept_at, Locale::SV),
            kept_at_en: own(&notice.kept_at, Locale::EN),
            when: "date".to_owned(),
            posted: notice.posted_on.to_string(),
            removed: notice.removed_on.to_string(),
            appeal: day(notice.appeal_until),
            contact: notice.contact.map(|id| id.to_string()).unwrap_or_default(),
            version: announcement.version.to_string(),
        }
    }

    /// The same, but days that were worked out and not chosen are left to be worked out again: another
    /// day of posting then moves them along. For what is not on the board yet.
    pub(super) fn of_coming(announcement: &Announcement, settings: &NoticeSettings) -> Self {
        let mut fields = Self::of(announcement);
        let notice = &announcement.notice;
        let mut usual = Notice {
            appeal_until: None,
            ..notice.clone()
        };
        complete(&mut usual, announcement.kind, None, settings);
        if usual.appeal_until == notice.appeal_until {
            fields.appeal.clear();
            if usual.removed_on == notice.removed_on {
                fields.removed.clear();
            }
        }
        fields
    }

    /// What was sent. What a form for something posted does not ask for is taken from `before`.
    pub(super) fn sent(form: &Form, before: Option<&Announcement>) -> Self {
        let known = before.map(Self::of);
        let text = |name: &str, own: fn(&Self) -> &String| match &known {
            Some(known) if !form.has(name) => own(known).clone(),
            _ => form.text(name),
        };
        Self {
            kind: text("kind", |it| &it.kind),
            organisation: text("organisation", |it| &it.organisation),
            title_sv: form.text("title_sv"),
            title_en: form.text("title_en"),
            text_sv: form.text("text_sv"),
            text_en: form.text("text_en"),
            meeting: form.text("meeting"),
            adjusted: form.text("adjusted"),
            kept_at_sv: form.text("kept_at_sv"),
            kept_at_en: form.text("kept_at_en"),
            when: text("when", |it| &it.when),
            posted: text("posted", |it| &it.posted),
            removed: form.text("removed"),
            appeal: form.text("appeal"),
            contact: form.text("contact"),
            version: form.text("version"),
        }
    }
}

/// What the fields are read with.
pub(super) struct Reading<'a> {
    pub organisations: &'a OrganisationList,
    pub settings: &'a NoticeSettings,
    pub before: Option<&'a Announcement>,
    pub ids: &'a dyn Ids,
    pub now: Timestamp,
}

struct Errors(Vec<FieldError>);

impl Errors {
    fn add(&mut self, field: &str, key: &'static str) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    }

    fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let day = text.parse().ok();
        if day.is_none() {
            self.add(field, "notice-error-date");
        }
        day
    }
}

impl Reading<'_> {
    /// The announcement that the fields say, its key still to be chosen when it is new.
    pub(super) fn announcement(
        &self,
        fields: &NoticeFields,
    ) -> Result<Announcement, Vec<FieldError>> {
        let mut errors = Errors(Vec::new());
        let kind = NoticeKind::parse(&fields.kind);
        if kind.is_none() {
            errors.add("kind", "notice-error-kind");
        }
        let owner = fields
            .organisation
            .parse::<OrganisationId>()
            .ok()
            .and_then(|id| self.organisations.find(id));
        if owner.is_none() {
            errors.add("organisation", "notice-error-organisation");
        }
        let (posted_on, posted_at) = self.posting(fields, &mut errors);
        let contact: Option<UnitId> = match fields.contact.as_str() {
            "" => None,
            id => {
                let unit = id.parse().ok();
                if unit.is_none() {
                    errors.add("contact", "notice-error-contact");
                }
                unit
            }
        };
        let mut notice = Notice {
            title: words(&fields.title_sv, &fields.title_en),
            text: Default::default(),
            sender: owner.map(|owner| self.sender(owner)).unwrap_or_default(),
            meeting_on: errors.day("meeting", &fields.meeting),
            adjusted_on: errors.day("adjusted", &fields.adjusted),
            posted_on,
            posted_at,
            removed_on: plus_days(posted_on, 1),
            appeal_until: errors.day("appeal", &fields.appeal),
            kept_at: words(&fields.kept_at_sv, &fields.kept_at_en),
            contact,
            attachments: self
                .before
                .map(|before| before.notice.attachments.clone())
                .unwrap_or_default(),
            withdrawn: self
                .before
                .and_then(|before| before.notice.withdrawn.clone()),
        };
        let removed_on = errors.day("removed", &fields.removed);
        for (field, locale, markdown) in [
            ("text_sv", Locale::SV, &fields.text_sv),
            ("text_en", Locale::EN, &fields.text_en),
        ] {
            match read_text(field, markdown, self.ids, self.now) {
                Ok(mut document) => {
                    if let Some(old) = self.before.and_then(|it| it.notice.text.get(&locale)) {
                        document.keep_ids(old);
                    }
                    if !document.blocks.is_empty() {
                        notice.text.insert(locale, document);
                    }
                }
                Err(error) => errors.0.push(error),
            }
        }
        let (Some(kind), Some(owner), true) = (kind, owner, errors.0.is_empty()) else {
            return Err(errors.0);
        };
        complete(&mut notice, kind, removed_on, self.settings);
        Ok(Announcement {
            id: self.before.map_or_else(
                || AnnouncementId::new(self.ids, self.now),
                |before| before.id,
            ),
            key: self
                .before
                .map(|before| before.key.clone())
                .unwrap_or_default(),
            kind,
            organisation: owner.id,
            authority: owner.authority,
            notice,
            version: self.before.map_or(1, |before| before.version),
            updated_at: self.now,
        })
    }

    /// The committee keeps the name under which it posted.
    fn sender(&self, owner: &torg_web::OrganisationEntry) -> Words {
        self.before
            .filter(|before| {
                before.organisation == owner.id && before.state(self.now) != NoticeState::Coming
            })
            .map_or_else(|| sender(owner), |before| before.notice.sender.clone())
    }

    /// The day of posting, and the instant when it is at once. Today means now: nothing has stood on
    /// the board since last midnight that is written at noon.
    fn posting(&self, fields: &NoticeFields, errors: &mut Errors) -> (Date, Option<Timestamp>) {
        let today = civil_date(self.now);
        if let Some(before) = self.before
            && before.state(self.now) != NoticeState::Coming
        {
            return (before.notice.posted_on, before.notice.posted_at);
        }
        if fields.when == "now" {
            return (today, Some(self.now));
        }
        match errors.day("posted", &fields.posted) {
            Some(day) if day == today => (today, Some(self.now)),
            Some(day) => (day, None),
            None => {
                if fields.posted.trim().is_empty() {
                    errors.add("posted", "notice-error-posted");
                }
                (today, None)
            }
        }
    }
}

fn words(sv: &str, en: &str) -> Words {
    let mut words = Words::swedish(sv);
    words.set(Locale::EN, en);
    words
}
