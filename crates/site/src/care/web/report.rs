//! The report, as a page and as a file.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use torg_kernel::{
    ContentId, FieldError, OrganisationId, Permission, PersonId, Result, civil_date,
};
use torg_quality::Rule;
use torg_ui::{DeskSection, Field, FieldKind, NavLink, T, date, number};
use torg_web::{Context, Form, OrganisationList, Reply, desk};

use super::{panel, words};
use crate::care::model::{CarePerson, Cared, Looked, Standing};
use crate::care::reads::list_reads;
use crate::care::refresh::week;
use crate::care::report::{Asked, Show, shown_organisations, within};
use crate::care::service::holders;
use crate::care::settings::CareSettings;
use crate::care::store::{self, Week};
use crate::care::views::{CarePage, CareRow, Figure, OrganisationRow, TrendLine, WeekRow};
use crate::care::{Care, REPORT, RULES};
use crate::views::FilterChip;
use crate::web::page_number;

/// Rows on a page.
const ROWS: usize = 50;
/// Weeks that are shown.
const WEEKS: i64 = 26;

/// All that the report is made of.
struct Read {
    people: Vec<CarePerson>,
    settings: CareSettings,
    organisations: Arc<OrganisationList>,
    /// The texts that the caller may see, of all organisations.
    texts: Vec<Cared>,
    weeks: Vec<(Date, OrganisationId, Week)>,
    /// How often each text was read in twelve months.
    reads: HashMap<ContentId, i64>,
    today: Date,
    me: PersonId,
}

async fn read(care: &Care, context: &Context) -> Result<Read> {
    let people = care.people.people().await?;
    let today = civil_date(context.now);
    let since = today.saturating_sub((7 * WEEKS).days());
    let snapshot = context.app.database.snapshot().await?;
    let settings = CareSettings::find(&*snapshot).await?;
    let texts = store::list_cared(&*snapshot).await?;
    let weeks = store::list_weeks(&*snapshot, since).await?;
    let reads = list_reads(&*snapshot, today).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    let may_see = |organisation| caller.may(Permission::PageRead, organisation);
    Ok(Read {
        people,
        settings,
        texts: within(texts, &organisations, "", &may_see),
        weeks: weeks
            .into_iter()
            .filter(|(_, organisation, _)| may_see(*organisation))
            .collect(),
        organisations,
        reads,
        today,
        me: caller.person,
    })
}

impl Read {
    fn holds(&self, show: Show, text: &Cared) -> bool {
        show.holds(text, &self.settings, (self.today, self.me))
    }

    /// The texts of what the address asks for.
    fn listed<'a>(&self, asked: &Asked, own: &'a [Cared]) -> Vec<&'a Cared> {
        own.iter()
            .filter(|text| self.holds(asked.show, text) && breaks(text, asked.rule))
            .collect()
    }

    fn person(&self, id: Option<PersonId>) -> Option<&CarePerson> {
        let id = id?;
        self.people.iter().find(|person| person.id == id)
    }

    fn name(&self, t: T, organisation: OrganisationId) -> String {
        self.organisations
            .find(organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default()
    }
}

fn breaks(text: &Cared, rule: Option<Rule>) -> bool {
    rule.is_none_or(|rule| {
        let looked = text.looked.as_ref();
        looked.is_some_and(|looked| looked.rules.iter().any(|(own, _)| *own == rule))
    })
}

pub(in crate::care) async fn get(care: Arc<Care>, context: Context) -> Result<Reply> {
    let page = page(&care, &context, &Form::default(), Vec::new()).await?;
    Ok(Reply::html(page.render()?))
}

/// The report as a page.
pub(super) async fn page(
    care: &Care,
    context: &Context,
    sent: &Form,
    errors: Vec<FieldError>,
) -> Result<CarePage> {
    let t = context.t();
    let asked = Asked::of(|name| context.query(name));
    let read = read(care, context).await?;
    let own = within(
        read.texts.clone(),
        &read.organisations,
        &asked.organisation,
        &|_| true,
    );
    let listed = read.listed(&asked, &own);
    let number_of_page = page_number(context.query("page"));
    let pages = listed.len().div_ceil(ROWS);
    let count = i64::try_from(listed.len())?;
    let shown = listed.iter().skip((number_of_page - 1) * ROWS).take(ROWS);
    let rows: Vec<CareRow> = shown
        .map(|text| row(context, &read, text, sent))
        .collect::<Result<_>>()?;
    let caller = context.caller()?;
    let here = |path: &str| asked.href(path, number_of_page);
    let weeks = weeks(&read, &own);
    Ok(CarePage {
        desk: desk(context, DeskSection::Care, &t.get("desk-care"))?,
        rules_href: caller
            .has(Permission::QualityManage)
            .then(|| RULES.to_owned()),
        csv_href: asked.href(&format!("{REPORT}.csv"), 1),
        figures: figures(t, &read, &own),
        filters: filters(t, &read, &asked),
        show: (asked.show != Show::All).then(|| asked.show.as_str()),
        chips: chips(t, &read, &asked, &own),
        organisations: organisations(t, &read, &asked, &own),
        lines: lines(t, &weeks),
        unread_note: unread_note(t, &read),
        top: number(t, top(&weeks)),
        weeks: weeks
            .iter()
            .rev()
            .map(|(week, sum)| week_row(t, *week, *sum))
            .collect(),
        count: t.one("care-count", "count", count),
        empty: t
            .get(&format!("care-none-{}", asked.show.as_str()))
            .into_owned(),
        choice: bulk_choice(t, &read, &rows, &listed, sent, &errors),
        rows,
        paging: torg_ui::Paging {
            page: number_of_page,
            pages,
            previous_href: (number_of_page > 1).then(|| asked.href(REPORT, number_of_page - 1)),
            next_href: (number_of_page < pages).then(|| asked.href(REPORT, number_of_page + 1)),
        },
        right_action: here(&format!("{REPORT}/right")),
        reviewer_action: here(&format!("{REPORT}/reviewer")),
        request_id: context.new_request_id(),
        errors,
    })
}

/// The choice of who, if the caller may change any of the rows: those who can go through one of
/// them; whether through all that are chosen is asked when it is sent.
fn bulk_choice(
    t: T,
    read: &Read,
    rows: &[CareRow],
    listed: &[&Cared],
    sent: &Form,
    errors: &[FieldError],
) -> Option<Field> {
    if !rows.iter().any(|row| row.can_change) {
        return None;
    }
    let mut owners: Vec<OrganisationId> = listed.iter().map(|text| text.organisation).collect();
    owners.sort_unstable();
    owners.dedup();
    let mut candidates: Vec<&CarePerson> = Vec::new();
    for owner in owners {
        for person in holders(
            &read.people,
            &read.organisations,
            Permission::PageEdit,
            owner,
        ) {
            if candidates.iter().all(|own| own.id != person.id) {
                candidates.push(person);
            }
        }
    }
    candidates.sort_by(|a, b| a.name.cmp(&b.name));
    Some(panel::choice(
        t,
        &candidates,
        None,
        sent.text("reviewer"),
        errors,
    ))
}

fn row(context: &Context, read: &Read, text: &Cared, sent: &Form) -> Result<CareRow> {
    let t = context.t();
    let id = text.content.to_string();
    Ok(CareRow {
        title: text.title.clone(),
        href: format!("/admin/pages/{id}/quality"),
        address: text.address.clone(),
        lang: text.locale,
        owner: read.name(t, text.organisation),
        reviewer: match (read.person(text.reviewer), text.reviewer) {
            (Some(person), _) => person.name.clone(),
            (None, Some(_)) => t.get("care-gone").into_owned(),
            (None, None) => String::new(),
        },
        due: words::day_or(t, text.due_on(&read.settings), "care-not-due"),
        overdue: text.standing(&read.settings, read.today) == Standing::Overdue,
        findings: findings(t, text.looked.as_ref(), text.dead),
        stopped: text.looked.as_ref().is_some_and(|looked| looked.must > 0),
        lix: lix(text.looked.as_ref()),
        reads: number(t, read.reads.get(&text.content).copied().unwrap_or(0)),
        chosen: sent
            .0
            .iter()
            .any(|(name, value)| name == "content" && *value == id),
        can_change: context
            .caller()?
            .may(Permission::PageEdit, text.organisation),
        request_id: context.new_request_id(),
        content: id,
    })
}

fn lix(looked: Option<&Looked>) -> String {
    looked
        .and_then(|looked| looked.lix)
        .map_or_else(|| "–".to_owned(), |lix| lix.to_string())
}

fn findings(t: T, looked: Option<&Looked>, dead: i64) -> String {
    let Some(looked) = looked else {
        return t.get("care-not-looked").into_owned();
    };
    let mut parts = Vec::new();
    for (key, count) in [
        ("care-row-must", looked.must),
        ("care-row-should", looked.should),
        ("care-row-dead", dead),
    ] {
        if count > 0 {
            parts.push(t.one(key, "count", count));
        }
    }
    parts.join(", ")
}

fn figures(t: T, read: &Read, own: &[Cared]) -> Vec<Figure> {
    let all: Vec<&Cared> = own.iter().collect();
    let sum = week(&read.settings, &all, read.today);
    let share = |part: i64| {
        let percent = (100 * part + sum.pages / 2)
            .checked_div(sum.pages)
            .unwrap_or(0);
        t.one("care-percent", "percent", percent)
    };
    let figure = |key: &str, value: i64, note: String, bad: bool| Figure {
        label: t.get(key).into_owned(),
        value: number(t, value),
        note,
        bad,
    };
    let part = |key: &str, value: i64| figure(key, value, share(value), value > 0);
    let mut figures = vec![
        figure("care-texts", sum.pages, String::new(), false),
        part("care-without", sum.without_reviewer),
        part("care-overdue", sum.overdue),
        part("care-failing", sum.failing),
    ];
    figures.push(part("care-unread", sum.unread));
    figures.push(figure("care-dead", sum.dead, String::new(), sum.dead > 0));
    if let Some(mean) = mean(sum) {
        figures.push(figure(
            "care-lix",
            mean,
            t.get("care-lix-mean").into_owned(),
            false,
        ));
    }
    figures
}

/// What is called unread here; while nothing was counted for as long, from when that can be said.
fn unread_note(t: T, read: &Read) -> String {
    let months = i64::from(read.settings.unread);
    let note = t.one("care-unread-about", "months", months);
    let first = read
        .texts
        .iter()
        .filter_map(|text| text.counted_since)
        .min();
    let known = first.map(|first| first.saturating_add(months.months()));
    match known.filter(|known| *known > read.today) {
        Some(known) => format!(
            "{note} {}",
            t.one("care-unread-from", "date", date(t, known))
        ),
        None => note,
    }
}

/// The mean LIX, rounded.
fn mean(week: Week) -> Option<i64> {
    (week.lix_sum + week.lix_pages / 2).checked_div(week.lix_pages)
}

fn filters(t: T, read: &Read, asked: &Asked) -> Vec<Field> {
    let mut owners: Vec<(String, String)> = shown_organisations(&read.texts, &read.organisations)
        .into_iter()
        .filter_map(|id| read.organisations.find(id))
        .map(|entry| (entry.key.clone(), entry.name(t.locale()).to_owned()))
        .collect();
    owners.sort_by_key(|(_, name)| torg_kernel::sort_key(name));
    let any = |key: &str| (String::new(), t.get(key).into_owned());
    let found: std::collections::BTreeSet<Rule> = read
        .texts
        .iter()
        .filter_map(|text| text.looked.as_ref())
        .flat_map(|looked| looked.rules.iter().map(|(rule, _)| *rule))
        .collect();
    let rules = found
        .into_iter()
        .map(|rule| (rule.as_str().to_owned(), t.get(rule.title()).into_owned()));
    vec![
        Field::new(
            "org",
            FieldKind::Choice(
                std::iter::once(any("care-all-organisations"))
                    .chain(owners)
                    .collect(),
            ),
            t.get("care-owner"),
            asked.organisation.clone(),
        ),
        Field::new(
            "rule",
            FieldKind::Choice(
                std::iter::once(any("care-all-rules"))
                    .chain(rules)
                    .collect(),
            ),
            t.get("care-rule"),
            asked.rule.map(Rule::as_str).unwrap_or_default(),
        ),
    ]
}

fn chips(t: T, read: &Read, asked: &Asked, own: &[Cared]) -> Vec<FilterChip> {
    Show::ALL
        .into_iter()
        .map(|show| {
            let other = Asked {
                show,
                ..asked.clone()
            };
            let count = i64::try_from(read.listed(&other, own).len()).unwrap_or(i64::MAX);
            let words = t.get(&format!("care-show-{}", show.as_str()));
            FilterChip {
                label: format!("{words} ({})", number(t, count)),
                href: other.href(REPORT, 1),
                current: show == asked.show,
            }
        })
        .collect()
}

fn cells(t: T, sum: Week) -> [String; 7] {
    let mean = mean(sum).map_or_else(|| "–".to_owned(), |mean| mean.to_string());
    [
        number(t, sum.pages),
        number(t, sum.without_reviewer),
        number(t, sum.overdue),
        number(t, sum.failing),
        number(t, sum.dead),
        mean,
        number(t, sum.unread),
    ]
}

/// Each organisation that has texts itself, the one with the most to do first.
fn organisations(t: T, read: &Read, asked: &Asked, own: &[Cared]) -> Vec<OrganisationRow> {
    let mut by_owner: HashMap<OrganisationId, Vec<&Cared>> = HashMap::new();
    for text in own {
        by_owner.entry(text.organisation).or_default().push(text);
    }
    let mut sums: Vec<(String, String, Week)> = by_owner
        .into_iter()
        .filter_map(|(owner, texts)| {
            let entry = read.organisations.find(owner)?;
            let sum = week(&read.settings, &texts, read.today);
            Some((entry.name(t.locale()).to_owned(), entry.key.clone(), sum))
        })
        .collect();
    sums.sort_by(|(a, _, one), (b, _, other)| {
        let work = |sum: &Week| std::cmp::Reverse(sum.overdue + sum.failing + sum.without_reviewer);
        work(one).cmp(&work(other)).then_with(|| a.cmp(b))
    });
    sums.into_iter()
        .map(|(name, key, sum)| {
            let href = Asked {
                organisation: key,
                ..asked.clone()
            }
            .href(REPORT, 1);
            OrganisationRow {
                link: NavLink::new(name, href),
                cells: cells(t, sum),
            }
        })
        .collect()
}

/// The weeks of the organisations that are shown, together, the oldest first.
fn weeks(read: &Read, own: &[Cared]) -> Vec<(Date, Week)> {
    let shown: std::collections::HashSet<OrganisationId> =
        own.iter().map(|text| text.organisation).collect();
    let mut weeks: BTreeMap<Date, Week> = BTreeMap::new();
    for (day, organisation, week) in &read.weeks {
        if !shown.contains(organisation) {
            continue;
        }
        let sum = weeks.entry(*day).or_default();
        sum.pages += week.pages;
        sum.without_reviewer += week.without_reviewer;
        sum.overdue += week.overdue;
        sum.failing += week.failing;
        sum.dead += week.dead;
        sum.lix_sum += week.lix_sum;
        sum.lix_pages += week.lix_pages;
        sum.unread += week.unread;
    }
    weeks.into_iter().collect()
}

fn week_row(t: T, week: Date, sum: Week) -> WeekRow {
    WeekRow {
        week: date(t, week),
        cells: cells(t, sum),
    }
}

/// The highest number in the drawing.
fn top(weeks: &[(Date, Week)]) -> i64 {
    let highest = weeks
        .iter()
        .map(|(_, week)| week.without_reviewer.max(week.overdue).max(week.failing));
    highest.max().unwrap_or(0)
}

/// The lines of the drawing, in a box of 600 by 120.
fn lines(t: T, weeks: &[(Date, Week)]) -> Vec<TrendLine> {
    let top = top(weeks).max(1);
    let steps = i64::try_from(weeks.len())
        .unwrap_or(1)
        .saturating_sub(1)
        .max(1);
    let line = |class, key: &str, value: &dyn Fn(&Week) -> i64| {
        let points: Vec<String> = weeks
            .iter()
            .zip(0_i64..)
            .map(|((_, week), at)| {
                let (x, y) = (4 + at * 592 / steps, 116 - value(week) * 112 / top);
                format!("{x},{y}")
            })
            .collect();
        TrendLine {
            class,
            label: t.get(key).into_owned(),
            points: points.join(" "),
        }
    };
    vec![
        line("overdue", "care-overdue", &|week| week.overdue),
        line("failing", "care-failing", &|week| week.failing),
        line("without", "care-without", &|week| week.without_reviewer),
    ]
}

/// The report as a file, with the same choice.
pub(in crate::care) async fn csv(care: Arc<Care>, context: Context) -> Result<Reply> {
    let t = context.t();
    let asked = Asked::of(|name| context.query(name));
    let read = read(&care, &context).await?;
    let own = within(
        read.texts.clone(),
        &read.organisations,
        &asked.organisation,
        &|_| true,
    );
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record([
        "organisation",
        "title",
        "address",
        "language",
        "variant",
        "reviewer",
        "reviewed",
        "due",
        "overdue",
        "must",
        "should",
        "hints",
        "lix",
        "dead_links",
        "reads_12_months",
        "last_read",
        "rules",
    ])?;
    for text in read.listed(&asked, &own) {
        let looked = text.looked.clone().unwrap_or_default();
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let overdue = text.standing(&read.settings, read.today) == Standing::Overdue;
        let reviewer = read.person(text.reviewer).map(|person| person.name.clone());
        file.write_record([
            harmless(&read.name(t, text.organisation)),
            harmless(&text.title),
            text.address.clone(),
            text.locale.to_string(),
            text.variant.as_str().to_owned(),
            harmless(&reviewer.unwrap_or_default()),
            day(text.reviewed),
            day(text.due_on(&read.settings)),
            if overdue { "yes" } else { "no" }.to_owned(),
            looked.must.to_string(),
            looked.should.to_string(),
            looked.hint.to_string(),
            looked.lix.map(|lix| lix.to_string()).unwrap_or_default(),
            text.dead.to_string(),
            read.reads
                .get(&text.content)
                .copied()
                .unwrap_or(0)
                .to_string(),
            day(text.last_read),
            Looked::line(&looked.rules),
        ])?;
    }
    let bytes = file.into_inner().map_err(|error| error.into_error())?;
    let name = format!("attachment; filename=\"care-{}.csv\"", read.today);
    let reply = Reply::new(200, "text/csv; charset=utf-8", bytes);
    Ok(reply.with(http::header::CONTENT_DISPOSITION, &name))
}

/// Words that a spreadsheet takes for words: what begins as a formula would be worked out.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_formula() {
        assert_eq!(harmless("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(harmless("Bygga & bo"), "Bygga & bo");
    }

    #[test]
    fn the_drawing_stays_in_its_box() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let of = |overdue, failing| Week {
            overdue,
            failing,
            ..Week::default()
        };
        let weeks = [
            (day("2026-01-05"), of(0, 10)),
            (day("2026-01-12"), of(5, 0)),
            (day("2026-01-19"), of(10, 3)),
        ];
        let lines = lines(T::SV, &weeks);
        assert_eq!(lines[0].points, "4,116 300,60 596,4");
        assert_eq!(top(&weeks), 10);
        assert_eq!(super::lines(T::SV, &[])[0].points, "");
        assert_eq!(
            mean(Week {
                lix_sum: 77,
                lix_pages: 2,
                ..Week::default()
            }),
            Some(39)
        );
        assert_eq!(mean(Week::default()), None);
    }
}
