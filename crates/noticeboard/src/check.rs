//! The rules for what may stand on the board, and for how long.
//!
//! An announcement has a shape that always holds ([`check`]) and rules for whoever writes one now
//! ([`check_change`]): an import may bring what was posted long ago, a person may not.

use jiff::civil::Date;
use torg_kernel::{FieldError, Locale, Message, Timestamp, civil_date};

use crate::deadline::{NoticeSettings, begins, plus_days};
use crate::model::{Announcement, Notice, NoticeKind, NoticeState};

/// Characters of a heading.
const TITLE: usize = 200;
/// Characters that say where minutes are kept.
const KEPT: usize = 500;
/// Bytes of one text as JSON.
const TEXT: usize = 200_000;
/// Characters of a reason, least and most.
const REASON: (usize, usize) = (10, 500);
/// The longest that anything may stand on the board, in days: a slip of the pen in the year is more.
const LONGEST: i32 = 366 * 3;

/// A key can stand in addresses and logs: a–z, 0–9 and hyphens, at most 80 characters.
pub(crate) fn is_key(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn error(field: &str, message: Message) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message,
    }
}

/// Fills in what follows from the rest: the time for appeal of minutes and the day of removal.
pub fn complete(
    notice: &mut Notice,
    kind: NoticeKind,
    removed_on: Option<Date>,
    settings: &NoticeSettings,
) {
    if kind == NoticeKind::Minutes && notice.appeal_until.is_none() {
        notice.appeal_until = Some(settings.appeal_until(notice.posted_on));
    }
    notice.removed_on = removed_on.unwrap_or_else(|| usual_removal(notice, kind, settings));
}

/// The day of removal when nothing else is said: the day after the time for appeal, the day after the
/// meeting, or some weeks on.
fn usual_removal(notice: &Notice, kind: NoticeKind, settings: &NoticeSettings) -> Date {
    match (notice.appeal_until, kind, notice.meeting_on) {
        (Some(until), ..) => plus_days(until, 1),
        (None, NoticeKind::CouncilMeeting, Some(meeting)) if meeting >= notice.posted_on => {
            plus_days(meeting, 1)
        }
        _ => plus_days(notice.posted_on, i32::from(settings.announcement_days)),
    }
}

/// What is wrong with an announcement whoever wrote it; fields as in the form.
#[must_use]
pub fn check(notice: &Notice, kind: NoticeKind, settings: &NoticeSettings) -> Vec<FieldError> {
    let mut errors = texts(notice);
    errors.extend(days(notice, kind, settings));
    if kind == NoticeKind::Minutes && notice.kept_at.own(Locale::SV).is_none() {
        errors.push(error("kept_at_sv", Message::new("notice-error-kept-at")));
    }
    errors
}

fn texts(notice: &Notice) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if notice.title.own(Locale::SV).is_none() {
        errors.push(error("title_sv", Message::new("notice-error-title")));
    }
    for (words, name, limit) in [
        (&notice.title, "title", TITLE),
        (&notice.kept_at, "kept_at", KEPT),
    ] {
        for (locale, text) in &words.0 {
            if text.chars().count() > limit {
                let message = Message::new("notice-error-too-long").with("limit", limit);
                errors.push(error(&format!("{name}_{locale}"), message));
            }
        }
    }
    for (locale, document) in &notice.text {
        let size = serde_json::to_string(document).map_or(usize::MAX, |json| json.len());
        if size > TEXT {
            let message = Message::new("notice-error-text-too-long");
            errors.push(error(&format!("text_{locale}"), message));
        }
    }
    errors
}

fn days(notice: &Notice, kind: NoticeKind, settings: &NoticeSettings) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let needs_meeting = kind != NoticeKind::Announcement;
    if needs_meeting && notice.meeting_on.is_none() {
        errors.push(error("meeting", Message::new("notice-error-meeting")));
    }
    if let (Some(meeting), Some(adjusted)) = (notice.meeting_on, notice.adjusted_on)
        && adjusted < meeting
    {
        errors.push(error("adjusted", Message::new("notice-error-adjusted")));
    }
    let earliest = notice.adjusted_on.or(notice.meeting_on);
    if kind == NoticeKind::Minutes && earliest.is_some_and(|day| notice.posted_on < day) {
        errors.push(error("posted", Message::new("notice-error-posted-early")));
    }
    if kind == NoticeKind::CouncilMeeting
        && notice.meeting_on.is_some_and(|day| day < notice.posted_on)
    {
        errors.push(error("meeting", Message::new("notice-error-meeting-past")));
    }
    if kind == NoticeKind::Minutes {
        let law = settings.appeal_until(notice.posted_on);
        if notice.appeal_until.is_none_or(|until| until < law) {
            let message = Message::new("notice-error-appeal").with("date", law);
            errors.push(error("appeal", message));
        }
    }
    if notice.removed_on <= notice.posted_on {
        errors.push(error("removed", Message::new("notice-error-removed-order")));
    } else if let Some(until) = notice.appeal_until
        && notice.removed_on <= until
    {
        // Kommunallagen 8:12: not before the time for appeal has passed.
        let message = Message::new("notice-error-removed-early").with("date", plus_days(until, 1));
        errors.push(error("removed", message));
    } else if notice.removed_on > plus_days(notice.posted_on, LONGEST) {
        errors.push(error("removed", Message::new("notice-error-removed-late")));
    }
    errors
}

/// What is wrong with what a person wants to write now, beside [`check`]. What is posted keeps its
/// kind, its committee and its first day: they are what the time for appeal hangs on.
#[must_use]
pub fn check_change(
    before: Option<&Announcement>,
    after: &Announcement,
    now: Timestamp,
) -> Vec<FieldError> {
    let today = civil_date(now);
    let mut errors = Vec::new();
    let Some(before) = before.filter(|before| before.state(now) != NoticeState::Coming) else {
        if after.notice.posted_on < today {
            errors.push(error("posted", Message::new("notice-error-posted-past")));
        }
        return errors;
    };
    if before.state(now) == NoticeState::Removed {
        errors.push(error("version", Message::new("notice-error-is-removed")));
        return errors;
    }
    if before.notice.shown_from() != after.notice.shown_from() {
        errors.push(error("posted", Message::new("notice-error-posted-fixed")));
    }
    if before.kind != after.kind {
        errors.push(error("kind", Message::new("notice-error-kind-fixed")));
    }
    if before.organisation != after.organisation {
        let message = Message::new("notice-error-organisation-fixed");
        errors.push(error("organisation", message));
    }
    if begins(after.notice.removed_on) <= now {
        errors.push(error("removed", Message::new("notice-error-removed-past")));
    }
    errors
}

/// What is wrong with a reason for taking something down.
#[must_use]
pub fn check_reason(reason: &str) -> Option<FieldError> {
    let length = reason.trim().chars().count();
    if length < REASON.0 {
        Some(error("reason", Message::new("notice-error-reason")))
    } else if length > REASON.1 {
        let message = Message::new("notice-error-too-long").with("limit", REASON.1);
        Some(error("reason", message))
    } else {
        None
    }
}

/// What the law wants that is not kept, though nothing can be done about it but to hurry: minutes
/// posted later than the second day, a council meeting posted less than a week before.
#[must_use]
pub fn remark(notice: &Notice, kind: NoticeKind, settings: &NoticeSettings) -> Option<Message> {
    match kind {
        NoticeKind::Minutes => {
            let by = settings.post_minutes_by(notice.adjusted_on?);
            (notice.posted_on > by).then(|| Message::new("notice-remark-minutes").with("date", by))
        }
        NoticeKind::CouncilMeeting => {
            let by = settings.post_meeting_by(notice.meeting_on?);
            (notice.posted_on > by).then(|| Message::new("notice-remark-meeting").with("date", by))
        }
        NoticeKind::Announcement => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Words;
    use jiff::civil::date;
    use torg_kernel::{AnnouncementId, Ids, OrganisationId, SeededIds};

    fn minutes() -> Notice {
        let mut notice = Notice {
            title: Words::swedish("Protokoll är justerat"),
            text: Default::default(),
            sender: Words::swedish("Kulturnämnden"),
            meeting_on: Some(date(2026, 11, 12)),
            adjusted_on: Some(date(2026, 11, 15)),
            posted_on: date(2026, 11, 16),
            posted_at: None,
            removed_on: Date::MIN,
            appeal_until: None,
            kept_at: Words::swedish("Kulturförvaltningen"),
            contact: None,
            attachments: Vec::new(),
            withdrawn: None,
        };
        complete(
            &mut notice,
            NoticeKind::Minutes,
            None,
            &NoticeSettings::default(),
        );
        notice
    }

    fn fields(notice: &Notice, kind: NoticeKind) -> Vec<String> {
        check(notice, kind, &NoticeSettings::default())
            .into_iter()
            .map(|error| error.field)
            .collect()
    }

    #[test]
    fn minutes_stay_until_the_time_for_appeal_has_passed() {
        let notice = minutes();
        assert_eq!(notice.appeal_until, Some(date(2026, 12, 7)));
        assert_eq!(notice.removed_on, date(2026, 12, 8));
        assert!(fields(&notice, NoticeKind::Minutes).is_empty());
        let wrong = |change: fn(&mut Notice)| {
            let mut notice = minutes();
            change(&mut notice);
            fields(&notice, NoticeKind::Minutes)
        };
        assert_eq!(wrong(|it| it.removed_on = date(2026, 12, 7)), ["removed"]);
        assert_eq!(wrong(|it| it.removed_on = date(2026, 11, 16)), ["removed"]);
        assert_eq!(wrong(|it| it.removed_on = date(2062, 12, 8)), ["removed"]);
        assert_eq!(
            wrong(|it| it.appeal_until = Some(date(2026, 12, 6))),
            ["appeal"]
        );
        assert!(wrong(|it| it.removed_on = date(2026, 12, 31)).is_empty());
        assert_eq!(wrong(|it| it.meeting_on = None), ["meeting"]);
        assert_eq!(wrong(|it| it.kept_at = Words::default()), ["kept_at_sv"]);
        assert_eq!(
            wrong(|it| it.adjusted_on = Some(date(2026, 11, 11))),
            ["adjusted"]
        );
        assert_eq!(
            wrong(|it| it.adjusted_on = Some(date(2026, 11, 17))),
            ["posted"]
        );
        assert_eq!(wrong(|it| it.title = Words::default()), ["title_sv"]);
    }

    #[test]
    fn others_go_when_they_have_said_what_they_say() {
        let mut notice = minutes();
        notice.appeal_until = None;
        let settings = NoticeSettings::default();
        complete(&mut notice, NoticeKind::Announcement, None, &settings);
        assert_eq!(notice.appeal_until, None);
        assert_eq!(notice.removed_on, date(2026, 12, 7));
        notice.meeting_on = Some(date(2026, 11, 26));
        notice.adjusted_on = None;
        complete(&mut notice, NoticeKind::CouncilMeeting, None, &settings);
        assert_eq!(notice.removed_on, date(2026, 11, 27));
        assert!(fields(&notice, NoticeKind::CouncilMeeting).is_empty());
        notice.meeting_on = Some(date(2026, 11, 15));
        assert_eq!(fields(&notice, NoticeKind::CouncilMeeting), ["meeting"]);
    }

    #[test]
    fn what_the_law_wants_sooner_is_remarked() {
        let settings = NoticeSettings::default();
        let mut notice = minutes();
        assert_eq!(remark(&notice, NoticeKind::Minutes, &settings), None);
        notice.adjusted_on = Some(date(2026, 11, 13));
        assert!(remark(&notice, NoticeKind::Minutes, &settings).is_some());
        notice.meeting_on = Some(date(2026, 11, 22));
        assert!(remark(&notice, NoticeKind::CouncilMeeting, &settings).is_some());
        notice.meeting_on = Some(date(2026, 11, 23));
        assert_eq!(remark(&notice, NoticeKind::CouncilMeeting, &settings), None);
    }

    #[test]
    fn what_is_posted_keeps_its_day() {
        let ids = SeededIds::new(1);
        let noon = |day: Date| begins(day).plus_seconds(12 * 3_600);
        let before = Announcement {
            id: AnnouncementId(ids.uuid(noon(date(2026, 11, 1)))),
            key: "a".to_owned(),
            kind: NoticeKind::Minutes,
            organisation: OrganisationId(ids.uuid(noon(date(2026, 11, 1)))),
            authority: None,
            notice: minutes(),
            version: 1,
            updated_at: Timestamp::default(),
        };
        let named = |before: Option<&Announcement>, after: &Announcement, day: Date| {
            check_change(before, after, noon(day))
                .into_iter()
                .map(|error| error.field)
                .collect::<Vec<_>>()
        };
        let mut after = before.clone();
        assert!(named(None, &after, date(2026, 11, 16)).is_empty());
        assert_eq!(named(None, &after, date(2026, 11, 17)), ["posted"]);
        after.notice.posted_on = date(2026, 11, 18);
        assert!(named(Some(&before), &after, date(2026, 11, 15)).is_empty());
        assert_eq!(named(Some(&before), &after, date(2026, 11, 16)), ["posted"]);
        let mut after = before.clone();
        after.kind = NoticeKind::Announcement;
        after.notice.removed_on = date(2026, 11, 17);
        assert_eq!(
            named(Some(&before), &after, date(2026, 11, 17)),
            ["kind", "removed"]
        );
        assert_eq!(
            named(Some(&before), &before, date(2026, 12, 8)),
            ["version"]
        );
        assert!(check_reason("för kort").is_some());
        assert!(check_reason("Protokollet hade fel bilaga.").is_none());
    }

    #[test]
    fn keys() {
        assert!(is_key("kulturnamnden-2026-11-12"));
        for wrong in ["", "-a", "a-", "Å", "a b", "a/b", &"a".repeat(81)] {
            assert!(!is_key(wrong), "{wrong}");
        }
    }
}
