//! The selection as a document: a heading for each month, the days as parts of its table, so that a day's
//! name stands again at the top of the next page.

use jiff::civil::Date;
use torg_document::{
    Block, Cell, Column, Document, Heading, Piece, Row, Style, Table, Text, Words,
};
use torg_kernel::{Locale, Result, civil_date};
use torg_ui::{T, date, date_long, date_range};
use torg_web::PageRequest;

use crate::filter::When;
use crate::model::{Event, calendar_href};
use crate::neighbours::NamedDay;
use crate::store::{self, OccasionRow};
use crate::web::draw::{Shown, flag, last_day};
use crate::web::{Asked, Calendar, age_words, audience_words, hours, price_words};

/// The most occasions on paper: some hundred pages.
const MOST: i64 = 2_000;

/// Everything that is written from.
struct Writer<'a> {
    t: T,
    base: &'a str,
    shown: &'a Shown,
    holidays: Vec<NamedDay>,
}

/// The document of a selection.
///
/// # Errors
/// When the database or the search fails.
pub(super) async fn document(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
    asked: &Asked,
) -> Result<Document> {
    let t = T::of(locale);
    let settings = &request.app.settings;
    let snapshot = request.snapshot().await?;
    let rows = store::list_occasions(&**snapshot, &asked.query, 0, MOST).await?;
    let count = store::count_occasions(&**snapshot, &asked.query).await?;
    let shown = Shown::read(calendar, request, locale, &rows).await?;
    let today = civil_date(request.now);
    let (first, _) = asked.filter.when.days(today, &asked.breaks);
    let last = rows.iter().map(|row| row.start.date()).max();
    let holidays = match last {
        Some(last) if last >= first => {
            let neighbours = &calendar.neighbours;
            neighbours.holidays(snapshot, locale, first, last).await?
        }
        _ => Vec::new(),
    };
    let organisations = request.organisations().await?;
    let sender = organisations
        .root()
        .map(|root| root.name(locale).to_owned());
    let writer = Writer {
        t,
        base: &settings.base_url,
        shown: &shown,
        holidays,
    };
    let mut document = Document::new(t.get("calendar-title"), locale, today, words(t));
    document.subtitle = selection(t, asked, today);
    document.description = t.get("calendar-lede").into_owned();
    document.author = sender.unwrap_or_else(|| settings.city.clone());
    document.look.city.clone_from(&settings.city);
    if settings.demo {
        document.mark = t.get("document-mark-demo").into_owned();
    }
    document.body = writer.body(&rows, first, count);
    let address = format!(
        "{}{}",
        settings.base_url,
        asked.filter.href(calendar_href(locale))
    );
    let source =
        Text::from(format!("{} ", t.get("calendar-print-source"))).link(&*address, &*address);
    document.body.push(Block::styled(Style::Small, source));
    Ok(document)
}

/// The words that every document adds.
pub(crate) fn words(t: T) -> Words {
    Words {
        contents: t.get("document-contents").into_owned(),
        page: t.two("document-page", "page", "{page}", "pages", "{pages}"),
        about: t.get("document-about").into_owned(),
        about_document: t.get("document-about-document").into_owned(),
        tables: t.get("document-tables").into_owned(),
        date: t.get("document-date").into_owned(),
        author: t.get("document-author").into_owned(),
    }
}

/// What was asked for, in words.
fn selection(t: T, asked: &Asked, today: Date) -> String {
    let filter = &asked.filter;
    let mut parts: Vec<String> = Vec::new();
    if filter.when != When::Coming {
        let (first, last) = filter.when.days(today, &asked.breaks);
        parts.push(match last {
            Some(last) if last == first => date_long(t, first),
            Some(last) => date_range(t, first, last),
            None => t.one("calendar-from-day", "day", date(t, first)),
        });
    }
    if !filter.words.is_empty() {
        parts.push(format!("”{}”", filter.words));
    }
    let named = |key: String| t.get(&key).into_owned();
    parts.extend(filter.categories.iter().map(|own| named(own.key())));
    parts.extend(filter.audiences.iter().map(|own| named(own.key())));
    parts.extend(filter.ease.iter().map(|own| named(own.key())));
    if filter.free {
        parts.push(named("event-free".to_owned()));
    }
    if let Some(age) = filter.age {
        parts.push(t.one("calendar-age", "age", i64::from(age)));
    }
    if let Some(language) = filter.language {
        parts.push(language.endonym().to_owned());
    }
    if let Some(key) = &filter.area {
        let area = asked.areas.iter().find(|own| own.key == *key);
        parts.extend(area.map(|area| area.name.clone()));
    }
    if filter.near.is_some() {
        parts.push(named("calendar-near".to_owned()));
    }
    if filter.place.is_some() {
        parts.push(named("calendar-at-place".to_owned()));
    }
    if let Some(organisation) = &filter.organisation {
        parts.push(t.one("calendar-by", "who", organisation));
    }
    parts.join(" · ")
}

impl Writer<'_> {
    /// What goes on first, then the days.
    fn body(&self, rows: &[OccasionRow], first: Date, count: i64) -> Vec<Block> {
        let t = self.t;
        let all = usize::try_from(count).unwrap_or(0);
        let mut body = Vec::new();
        if rows.is_empty() {
            body.push(Block::styled(Style::Lead, t.get("calendar-none").as_ref()));
            return body;
        }
        let told = if rows.len() < all {
            t.two("calendar-print-first", "shown", rows.len(), "count", all)
        } else {
            t.one("calendar-count", "count", all)
        };
        body.push(Block::paragraph(told));
        let (ongoing, coming): (Vec<&OccasionRow>, Vec<&OccasionRow>) =
            rows.iter().partition(|row| row.start.date() < first);
        if !ongoing.is_empty() {
            let lines = ongoing
                .iter()
                .filter_map(|row| self.line(row, true))
                .collect();
            body.extend(self.section(
                "pagar".to_owned(),
                t.get("calendar-ongoing").into_owned(),
                lines,
            ));
        }
        for month in coming.chunk_by(|one, next| {
            let (one, next) = (one.start.date(), next.start.date());
            one.first_of_month() == next.first_of_month()
        }) {
            let Some(day) = month.first().map(|row| row.start.date()) else {
                continue;
            };
            let name = format!("{} {}", torg_ui::month_name(t, day.month()), day.year());
            let anchor = format!("m-{:04}-{:02}", day.year(), day.month());
            body.extend(self.section(anchor, capital(&name), self.days(month)));
        }
        body
    }

    /// A heading and its table.
    fn section(&self, anchor: String, heading: String, rows: Vec<Row>) -> [Block; 2] {
        let t = self.t;
        let table = Table {
            caption: t.one("calendar-print-caption", "period", heading.clone()),
            columns: vec![
                Column::text(t.get("calendar-print-when")).wide(14),
                Column::text(t.get("calendar-print-what")).wide(46),
                Column::text(t.get("calendar-print-where")).wide(28),
            ],
            header_columns: 1,
            rows,
            ..Table::default()
        };
        let heading = Heading {
            level: 1,
            text: heading.into(),
            anchor,
        };
        [Block::Heading(heading), Block::Table(table)]
    }

    /// The days of a month, each with what is on.
    fn days(&self, rows: &[&OccasionRow]) -> Vec<Row> {
        let mut lines = Vec::new();
        let mut last = None;
        for row in rows {
            let day = row.start.date();
            let Some(line) = self.line(row, false) else {
                continue;
            };
            if last != Some(day) {
                last = Some(day);
                let named = self.holidays.iter().find(|own| own.day == day);
                let name = named.map(|own| format!(" · {}", own.name));
                let heading = capital(&date_long(self.t, day));
                lines.push(Row::part(format!("{heading}{}", name.unwrap_or_default())));
            }
            lines.push(line);
        }
        lines
    }

    /// One occasion; nothing when its event is gone.
    fn line(&self, row: &OccasionRow, ongoing: bool) -> Option<Row> {
        let event = self.shown.event(row.event)?;
        let when = if ongoing {
            let day = date(self.t, last_day(row));
            self.t.one("event-until", "day", day)
        } else {
            hours(self.t, row)
        };
        Some(Row::of(vec![
            when.into(),
            Cell::Text(self.what(event, row)),
            Cell::from(self.shown.place(self.t, event, row)),
        ]))
    }

    /// What it is: what has happened to it first, then its name, a sentence, and for whom at what price.
    fn what(&self, event: &Event, row: &OccasionRow) -> Text {
        let (t, data) = (self.t, &event.data);
        let locale = t.locale();
        let mut text = Text::default();
        if let Some(flag) = flag(t, row) {
            text = text.bold(format!("{flag} "));
        }
        text.0.push(Piece {
            text: event.name(locale).to_owned(),
            bold: true,
            struck: row.status.is_off(),
            link: format!("{}{}", self.base, event.href(locale)),
            language: data.name.other_language(locale),
            ..Piece::default()
        });
        let reason = if row.note.is_empty() {
            data.status_note.get(locale)
        } else {
            &row.note
        };
        if flag(t, row).is_some() && !reason.is_empty() {
            text = text.then(format!("\n{reason}"));
        }
        let summary = data.summary.get(locale);
        if !summary.is_empty() {
            text.0.push(Piece {
                text: format!("\n{summary}"),
                language: data.summary.other_language(locale),
                ..Piece::default()
            });
        }
        let ages = age_words(t, data.ages);
        let whom = if ages.is_empty() {
            audience_words(t, data)
        } else {
            ages
        };
        text.italic(format!("\n{} · {whom}", price_words(t, data.price)))
    }
}

/// The words with a capital letter first: headings begin so.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
