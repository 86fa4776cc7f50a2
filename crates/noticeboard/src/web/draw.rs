//! From an announcement to what is drawn: the same for the board, the preview and the proof.

use jiff::civil::Date;
use torg_kernel::{FactRef, LinkTarget, Locale, UnitId};
use torg_ui::{ContactCard, Html, Resolve, ResolvedLink, T, date, date_time, render_document};

use crate::deadline::plus_days;
use crate::model::{Notice, NoticeKind, Words};
use crate::views::{FactLine, FileLine, NoticeView};

/// Nothing in an announcement is by reference: addresses lead where they say.
struct Plain;

impl Resolve for Plain {
    fn link(&self, target: &LinkTarget) -> Option<ResolvedLink> {
        match target {
            LinkTarget::Path { path } => Some(ResolvedLink {
                href: path.clone(),
                lang: None,
            }),
            _ => None,
        }
    }
    fn fact(&self, _: &FactRef) -> Option<String> {
        None
    }
    fn contact(&self, _: UnitId) -> Option<ContactCard> {
        None
    }
}

/// The language of some words when it is not that of the page.
pub(super) fn other_language(words: &Words, locale: Locale) -> Option<Locale> {
    (words.own(locale).is_none() && locale != Locale::SV).then_some(Locale::SV)
}

/// What an announcement says to readers of a language.
pub(super) fn notice_view(t: T, notice: &Notice, kind: NoticeKind) -> NoticeView {
    let locale = t.locale();
    let text = notice.text_in(locale);
    NoticeView {
        t,
        facts: facts(t, notice, kind),
        text: text.map_or_else(Html::default, |(own, document)| {
            render_document(document, &Plain, own).html
        }),
        lang: text.map(|(own, _)| own).filter(|own| *own != t.locale()),
        files: files(t, notice),
        digests: false,
    }
}

/// The files of an announcement, with kind and size.
pub(super) fn files(t: T, notice: &Notice) -> Vec<FileLine> {
    notice
        .attachments
        .iter()
        .map(|file| FileLine {
            id: file.file.to_string(),
            href: file.href(),
            title: file.title.clone(),
            note: format!("{}, {}", file.ending(), torg_ui::file_size(t, file.bytes)),
            sha256: file.sha256.to_string(),
        })
        .collect()
}

/// The whole text as HTML, for the feed.
pub(super) fn text_html(notice: &Notice, locale: Locale) -> Option<String> {
    let (own, document) = notice.text_in(locale)?;
    let html = render_document(document, &Plain, own).html;
    Some(html.as_str().to_owned())
}

fn facts(t: T, notice: &Notice, kind: NoticeKind) -> Vec<FactLine> {
    let locale = t.locale();
    let mut lines = vec![FactLine {
        label: t.get("notice-committee").into_owned(),
        value: notice.sender.get(locale).to_owned(),
        note: String::new(),
        lang: other_language(&notice.sender, locale),
    }];
    let mut add = |key: &str, value: String, note: String| {
        lines.push(FactLine {
            label: t.get(key).into_owned(),
            value,
            note,
            lang: None,
        });
    };
    let mut day = |key: &str, day: Option<Date>, note: String| {
        if let Some(day) = day {
            add(key, torg_ui::date_long(t, day), note);
        }
    };
    day("notice-meeting", notice.meeting_on, String::new());
    if kind == NoticeKind::Minutes {
        day("notice-adjusted", notice.adjusted_on, String::new());
    }
    let posted_note = notice
        .posted_at
        .map(|at| torg_ui::time(t, at.zoned().time()))
        .unwrap_or_default();
    day("notice-posted", Some(notice.posted_on), posted_note);
    day("notice-appeal-until", notice.appeal_until, String::new());
    day("notice-removed", Some(notice.removed_on), String::new());
    if !notice.kept_at.is_empty() {
        lines.push(FactLine {
            label: t.get("notice-kept-at").into_owned(),
            value: notice.kept_at.get(locale).to_owned(),
            note: String::new(),
            lang: other_language(&notice.kept_at, locale),
        });
    }
    lines
}

/// The last whole day on which it stands there, in words.
pub(super) fn last_day(t: T, notice: &Notice) -> String {
    date(t, plus_days(notice.removed_on, -1))
}

/// An instant in words, to the second: `… kl. 14.30.12`. A proof needs more than minutes.
pub(super) fn instant(t: T, at: torg_kernel::Timestamp) -> String {
    let seconds = format!("{:02}", at.zoned().second());
    t.two(
        "proof-instant",
        "time",
        date_time(t, at),
        "seconds",
        seconds,
    )
}
