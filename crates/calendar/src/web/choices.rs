//! The choices of the list: fields, chips, and the addresses that they lead to.

use torg_kernel::{Locale, Timestamp, civil_date};
use torg_ui::{Field, FieldKind, T, date, date_range};

use crate::filter::{Filter, NamedDays, When};
use crate::model::calendar_href;
use crate::neighbours::AreaEntry;
use crate::views::{Chip, ChipRow};
use crate::vocabulary::{Audience, Category, Ease};

/// What is chosen, and what can be.
pub(super) struct Choices<'a> {
    pub t: T,
    pub filter: &'a Filter,
    /// The address that choices are put behind.
    pub path: &'a str,
    /// School breaks of the next months.
    pub breaks: &'a [NamedDays],
    pub areas: &'a [AreaEntry],
    pub now: Timestamp,
}

fn toggled<V: PartialEq + Copy + Ord>(list: &[V], value: V) -> Vec<V> {
    let mut list: Vec<V> = list.to_vec();
    if list.contains(&value) {
        list.retain(|own| *own != value);
    } else {
        list.push(value);
        list.sort_unstable();
    }
    list
}

impl Choices<'_> {
    fn chip(&self, label: String, on: bool, change: impl Fn(&mut Filter)) -> Chip {
        let mut filter = self.filter.clone();
        change(&mut filter);
        Chip {
            label,
            href: filter.href(self.path),
            on,
        }
    }

    fn when(&self, label: String, when: When) -> Chip {
        let on = self.filter.when == when;
        self.chip(label, on, |filter| {
            filter.when = if on { When::Coming } else { when.clone() };
        })
    }

    fn audience(&self, audience: Audience) -> Chip {
        let on = self.filter.audiences.contains(&audience);
        let label = self.t.get(&audience.key()).into_owned();
        self.chip(label, on, |filter| {
            filter.audiences = toggled(&filter.audiences, audience);
        })
    }

    fn ease(&self, ease: Ease) -> Chip {
        let on = self.filter.ease.contains(&ease);
        let label = self.t.get(&ease.key()).into_owned();
        self.chip(label, on, |filter| {
            filter.ease = toggled(&filter.ease, ease)
        })
    }

    /// What is chosen most, in one row.
    pub(super) fn quick(&self, with_days: bool) -> ChipRow {
        let t = self.t;
        let mut chips = Vec::new();
        if with_days {
            for (when, key) in [
                (When::Today, "calendar-when-today"),
                (When::Tomorrow, "calendar-when-tomorrow"),
                (When::Weekend, "calendar-when-weekend"),
                (When::ThisWeek, "calendar-when-week"),
                (When::NextWeek, "calendar-when-next-week"),
            ] {
                chips.push(self.when(t.get(key).into_owned(), when));
            }
            let today = civil_date(self.now);
            for span in self.breaks.iter().filter(|span| span.last >= today).take(2) {
                let mut letters = span.name.chars();
                let first = letters.next().map(|first| first.to_uppercase().to_string());
                let label = first.unwrap_or_default() + letters.as_str();
                chips.push(self.when(label, When::Named(span.key.clone())));
            }
        }
        let free = self.filter.free;
        chips.push(self.chip(t.get("event-free").into_owned(), free, |filter| {
            filter.free = !free;
        }));
        for audience in [Audience::Children, Audience::Youth, Audience::Seniors] {
            chips.push(self.audience(audience));
        }
        chips.push(self.ease(Ease::StepFree));
        chips.extend(self.taken_back());
        // What was chosen elsewhere and stands in no row here can be taken back here.
        if let Some(organisation) = &self.filter.organisation {
            let label = t.one("calendar-by", "who", organisation);
            chips.push(self.chip(label, true, |filter| filter.organisation = None));
        }
        if self.filter.place.is_some() {
            let label = t.get("calendar-at-place").into_owned();
            chips.push(self.chip(label, true, |filter| filter.place = None));
        }
        if let Some(age) = self.filter.age {
            let label = t.one("calendar-age", "age", i64::from(age));
            chips.push(self.chip(label, true, |filter| filter.age = None));
        }
        ChipRow {
            id: "quick",
            label: t.get("calendar-quick").into_owned(),
            chips,
        }
    }

    /// What is written in the form, to be taken back by a click: small screens show the form folded.
    fn taken_back(&self) -> Vec<Chip> {
        let mut chips = Vec::new();
        if !self.filter.words.is_empty() {
            let label = format!("\u{201d}{}\u{201d}", self.filter.words);
            chips.push(self.chip(label, true, |filter| filter.words.clear()));
        }
        if matches!(self.filter.when, When::Days(..)) {
            chips.push(self.chip(self.days(), true, |filter| filter.when = When::Coming));
        }
        if let Some(area) = &self.filter.area {
            let known = self.areas.iter().find(|own| own.key == *area);
            let label = known.map_or_else(|| area.clone(), |own| own.name.clone());
            chips.push(self.chip(label, true, |filter| filter.area = None));
        }
        chips
    }

    /// The rest, row by row, and whether any of it is chosen.
    pub(super) fn more(&self) -> (Vec<ChipRow>, bool) {
        let t = self.t;
        let row = |id, key: &str, chips| ChipRow {
            id,
            label: t.get(key).into_owned(),
            chips,
        };
        let categories = Category::ALL.iter().map(|category| {
            let on = self.filter.categories.contains(category);
            self.chip(t.get(&category.key()).into_owned(), on, |filter| {
                filter.categories = toggled(&filter.categories, *category);
            })
        });
        let audiences = Audience::ALL
            .iter()
            .filter(|it| !matches!(it, Audience::Children | Audience::Youth | Audience::Seniors));
        let eases = Ease::ALL.iter().filter(|it| **it != Ease::StepFree);
        let languages = ["sv", "en", "ar", "fi", "so", "uk"]
            .into_iter()
            .filter_map(|tag| tag.parse::<Locale>().ok())
            .map(|language| {
                let on = self.filter.language == Some(language);
                let label = t
                    .find(&format!("language-{language}"))
                    .map_or_else(|| language.endonym().to_owned(), str::to_owned);
                self.chip(label, on, |filter| {
                    filter.language = (!on).then_some(language);
                })
            });
        let rows = vec![
            row("sorts", "calendar-sorts", categories.collect()),
            row(
                "for_whom",
                "calendar-for-whom",
                audiences.map(|it| self.audience(*it)).collect(),
            ),
            row(
                "eases",
                "calendar-eases",
                eases.map(|it| self.ease(*it)).collect(),
            ),
            row("languages", "calendar-languages", languages.collect()),
        ];
        let opened = rows.iter().any(|row| row.chips.iter().any(|chip| chip.on));
        (rows, opened)
    }

    /// Words, days, area.
    pub(super) fn fields(&self) -> Vec<Field> {
        let t = self.t;
        let (from, to) = match &self.filter.when {
            When::Days(from, to) => (*from, *to),
            _ => (None, None),
        };
        let day =
            |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut fields = vec![
            Field::new(
                "q",
                FieldKind::Text,
                t.get("calendar-words"),
                &*self.filter.words,
            ),
            Field::new("from", FieldKind::Date, t.get("calendar-from"), day(from)),
            Field::new("to", FieldKind::Date, t.get("calendar-to"), day(to)),
        ];
        if !self.areas.is_empty() {
            let mut areas = vec![(String::new(), t.get("calendar-all-areas").into_owned())];
            let own = self.areas.iter();
            areas.extend(own.map(|area| (area.key.clone(), area.name.clone())));
            let chosen = self.filter.area.clone().unwrap_or_default();
            fields.push(Field::new(
                "area",
                FieldKind::Choice(areas),
                t.get("calendar-area"),
                chosen,
            ));
        }
        fields
    }

    /// What the form carries along: all that it has no field for.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let shown = |name: &str| matches!(name, "q" | "from" | "to" | "area");
        let mut pairs = self.filter.pairs();
        pairs.retain(|(name, _)| !shown(name));
        pairs
    }

    /// Which days these are, in words; empty for all that is coming.
    pub(super) fn days(&self) -> String {
        if self.filter.when == When::Coming {
            return String::new();
        }
        let (first, last) = self.filter.when.days(civil_date(self.now), self.breaks);
        match last {
            Some(last) if last == first => torg_ui::date_long(self.t, first),
            Some(last) => date_range(self.t, first, last),
            None => self.t.one("calendar-from-day", "day", date(self.t, first)),
        }
    }
}

/// The address of another view of the same, for readers of a language.
pub(super) fn view_path(locale: Locale, view: &str) -> String {
    let name = match (view, locale == Locale::EN) {
        ("month", true) => "month",
        ("month", false) => "manad",
        ("screen", true) => "screen",
        ("screen", false) => "skarm",
        (_, true) => "submit",
        (_, false) => "tipsa",
    };
    format!("{}/{name}", calendar_href(locale))
}
