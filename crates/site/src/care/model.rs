//! When a text is to be gone through, and how it stands.

use jiff::ToSpan;
use jiff::civil::Date;
use torg_kernel::{
    ContentId, Locale, OrganisationId, PageId, Permission, PersonId, Timestamp, Variant, civil_date,
};
use torg_quality::Rule;

use super::settings::CareSettings;
use crate::model::PageKind;

/// Somebody who works with pages, as the room of accounts knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarePerson {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// What was granted, for which organisation; it holds for all below it.
    pub grants: Vec<(Permission, OrganisationId)>,
}

/// A text with what care needs to know of it: everything but the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cared {
    /// The text.
    pub content: ContentId,
    /// Its page.
    pub page: PageId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What kind of page.
    pub kind: PageKind,
    /// Its language.
    pub locale: Locale,
    /// Its variant.
    pub variant: Variant,
    /// Its title.
    pub title: String,
    /// Where it lies.
    pub address: String,
    /// When it was last gone through.
    pub reviewed: Option<Date>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Who goes through it.
    pub reviewer: Option<PersonId>,
    /// The due day for which a reminder went.
    pub reminded_for: Option<Date>,
    /// The due day for which the organisation above was told.
    pub told_above_for: Option<Date>,
    /// What the rules last said; none before they have looked.
    pub looked: Option<Looked>,
    /// Links to others that do not answer.
    pub dead: i64,
    /// From which day its readings are counted.
    pub counted_since: Option<Date>,
    /// The day on which somebody last read it.
    pub last_read: Option<Date>,
}

/// What the rules last said of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// Findings that stop publishing.
    pub must: i64,
    /// Findings to mend.
    pub should: i64,
    /// Findings worth a thought.
    pub hint: i64,
    /// LIX, where the text is long enough.
    pub lix: Option<i64>,
    /// How many there are of each rule.
    pub rules: Vec<(Rule, u32)>,
}

impl Looked {
    /// The rules with their counts as one line: `lix:1 link-words:3`.
    pub(crate) fn line(rules: &[(Rule, u32)]) -> String {
        let parts: Vec<String> = rules
            .iter()
            .map(|(rule, count)| format!("{}:{count}", rule.as_str()))
            .collect();
        parts.join(" ")
    }

    /// Such a line read again; rules that this version does not know are left out.
    pub(crate) fn read_line(line: &str) -> Vec<(Rule, u32)> {
        line.split(' ')
            .filter_map(|part| {
                let (rule, count) = part.split_once(':')?;
                Some((Rule::parse(rule)?, count.parse().ok()?))
            })
            .collect()
    }
}

/// Where a text stands in its cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Pages of its kind are not gone through again.
    Never,
    /// It is some time till it is due.
    Fresh,
    /// It is due within the days that the city has settled.
    Soon,
    /// It is due today or was before.
    Overdue,
}

/// The day on which a text is to be gone through: so many months after it was last, or after it was
/// last changed if it never was. None for kinds that are not gone through.
#[must_use]
pub fn due_on(
    settings: &CareSettings,
    kind: PageKind,
    reviewed: Option<Date>,
    updated_at: Timestamp,
) -> Option<Date> {
    let months = settings.months(kind);
    if months == 0 {
        return None;
    }
    let from = reviewed.unwrap_or_else(|| civil_date(updated_at));
    // The last of January plus a month is the last of February.
    from.checked_add(i64::from(months).months()).ok()
}

impl Cared {
    /// The day on which it is due.
    #[must_use]
    pub fn due_on(&self, settings: &CareSettings) -> Option<Date> {
        due_on(settings, self.kind, self.reviewed, self.updated_at)
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, settings: &CareSettings, today: Date) -> Standing {
        let Some(due) = self.due_on(settings) else {
            return Standing::Never;
        };
        let soon = today.saturating_add(i64::from(settings.soon).days());
        if due <= today {
            Standing::Overdue
        } else if due <= soon {
            Standing::Soon
        } else {
            Standing::Fresh
        }
    }

    /// Whether somebody is wanted who goes through it.
    #[must_use]
    pub fn lacks_reviewer(&self, settings: &CareSettings) -> bool {
        self.reviewer.is_none() && settings.months(self.kind) > 0
    }

    /// Whether nobody read it for as many months as the city has settled, and readings were counted
    /// for as long.
    #[must_use]
    pub fn is_unread(&self, settings: &CareSettings, today: Date) -> bool {
        let before = today.saturating_sub(i64::from(settings.unread).months());
        self.counted_since.is_some_and(|since| since <= before)
            && self.last_read.is_none_or(|read| read <= before)
    }

    /// Whether a rule that must or should hold does not.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        self.looked
            .as_ref()
            .is_some_and(|looked| looked.must > 0 || looked.should > 0)
    }
}

/// The Monday of a day's week: what the figures of a week are stored under.
#[must_use]
pub fn week_of(day: Date) -> Date {
    let days = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(days.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn cared(kind: PageKind, reviewed: Option<&str>) -> Cared {
        Cared {
            content: ContentId(Uuid::nil()),
            page: PageId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            kind,
            locale: Locale::SV,
            variant: Variant::Standard,
            title: String::new(),
            address: String::new(),
            reviewed: reviewed.map(day),
            // 2026-03-03 23:30 UTC is the fourth in Göteborg.
            updated_at: Timestamp::from_micros(1_772_580_600_000_000),
            reviewer: None,
            reminded_for: None,
            told_above_for: None,
            looked: None,
            dead: 0,
            counted_since: None,
            last_read: None,
        }
    }

    #[test]
    fn a_page_is_due_a_year_after_it_was_gone_through() {
        let settings = CareSettings::default();
        let page = cared(PageKind::Article, Some("2024-02-29"));
        assert_eq!(page.due_on(&settings), Some(day("2025-02-28")));
        for (today, standing) in [
            ("2025-01-28", Standing::Fresh),
            ("2025-01-29", Standing::Soon),
            ("2025-02-27", Standing::Soon),
            ("2025-02-28", Standing::Overdue),
        ] {
            assert_eq!(page.standing(&settings, day(today)), standing, "{today}");
        }
        // Never gone through: from its last change, by the city's clocks.
        let page = cared(PageKind::Article, None);
        assert_eq!(page.due_on(&settings), Some(day("2027-03-04")));
        let news = cared(PageKind::News, None);
        assert_eq!(news.standing(&settings, day("2099-01-01")), Standing::Never);
        assert!(!news.lacks_reviewer(&settings) && page.lacks_reviewer(&settings));
        // Beyond the calendar nothing is due.
        let mut settings = settings;
        settings.set("months-article", "120").expect("months");
        assert_eq!(
            cared(PageKind::Article, Some("9999-12-31")).due_on(&settings),
            None
        );
    }

    #[test]
    fn weeks_begin_on_mondays_and_rules_go_there_and_back() {
        assert_eq!(week_of(day("2026-11-22")), day("2026-11-16"));
        assert_eq!(week_of(day("2026-11-16")), day("2026-11-16"));
        let rules = vec![(Rule::Lix, 1), (Rule::LinkWords, 12)];
        assert_eq!(Looked::read_line(&Looked::line(&rules)), rules);
        assert_eq!(Looked::read_line("gone:3 lix:x "), []);
    }
}
