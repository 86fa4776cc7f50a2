//! Where the staff settle breaks and the city's own days.

use askama::Template;
use jiff::civil::{Date, date};
use torg_almanac::{
    Almanac, BREAKS, Entry, EntryInput, Kind, Named, Sort, remove_entry, save_entry,
};
use torg_kernel::{
    Actor, AlmanacEntryId, FieldError, Message, Permission, Problem, Result, civil_date, slugify,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, T, date_long, date_range};
use torg_web::{Context, Form, Reply, desk};

use crate::hours::{During, Hours, On, capital, day_name};
use crate::model::Unit;
use crate::store;
use crate::views::{AlmanacEntryPage, AlmanacForm, AlmanacPage, AlmanacRow, CellKind, HoursField};

/// What is chosen for a break that is not one of every year's, and for a day of one's own.
const OTHER: &str = "other";
const OWN: &str = "own";

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
struct Fields {
    what: String,
    name_sv: String,
    name_en: String,
    key: String,
    first: String,
    last: String,
}

impl Fields {
    fn of(entry: &EntryInput) -> Self {
        let known = BREAKS.iter().any(|(key, _)| *key == entry.key);
        let what = match entry.sort {
            Sort::Own => OWN,
            Sort::Break if known => &entry.key,
            Sort::Break => OTHER,
        };
        Self {
            what: what.to_owned(),
            name_sv: entry.name_sv.clone(),
            name_en: entry.name_en.clone(),
            key: entry.key.clone(),
            first: entry.first.to_string(),
            last: entry.last.to_string(),
        }
    }

    fn sent(form: &Form) -> Self {
        Self {
            what: form.text("what"),
            name_sv: form.text("name_sv"),
            name_en: form.text("name_en"),
            key: form.text("key"),
            first: form.text("first"),
            last: form.text("last"),
        }
    }

    fn read(&self) -> Result<EntryInput, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, key| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new(key),
            });
        };
        let known = BREAKS.iter().any(|(key, _)| *key == self.what);
        let sort = match self.what.as_str() {
            OWN => Sort::Own,
            OTHER => Sort::Break,
            _ if known => Sort::Break,
            _ => {
                wrong("what", "almanac-error-what");
                Sort::Own
            }
        };
        // The key can follow from the name; whoever cares writes their own.
        let key = match self.key.trim() {
            _ if known => self.what.clone(),
            "" => slugify(&self.name_sv).replace('-', "_"),
            key => key.to_lowercase(),
        };
        let first = self.first.trim().parse::<Date>();
        if first.is_err() {
            wrong("first", "almanac-error-date");
        }
        let last = match self.last.trim() {
            "" => first.clone(),
            text => text.parse(),
        };
        if last.is_err() && first.is_ok() {
            wrong("last", "almanac-error-date");
        }
        match (first, last) {
            (Ok(first), Ok(last)) if errors.is_empty() => Ok(EntryInput {
                sort,
                key,
                name_sv: if known {
                    String::new()
                } else {
                    self.name_sv.clone()
                },
                name_en: if known {
                    String::new()
                } else {
                    self.name_en.clone()
                },
                first,
                last,
            }),
            _ => Err(errors),
        }
    }

    fn form(&self, context: &Context, action: String, errors: Vec<FieldError>) -> AlmanacForm {
        let t = context.t();
        let field = |name: &str, label: &str, value: &str| {
            HoursField::new(t, name, t.get(label), value).errors(&errors)
        };
        let mut what = vec![(String::new(), t.get("hours-edit-choose").into_owned())];
        let breaks = BREAKS.iter();
        what.extend(breaks.map(|(key, name)| ((*key).to_owned(), capital(&t.get(name)))));
        what.push((
            OTHER.to_owned(),
            t.get("almanac-what-other-break").into_owned(),
        ));
        what.push((OWN.to_owned(), t.get("almanac-what-own").into_owned()));
        let fields = vec![
            field("what", "almanac-what", &self.what)
                .must()
                .kind(CellKind::Choice(what)),
            field("first", "almanac-first", &self.first)
                .must()
                .kind(CellKind::Date),
            field("last", "almanac-last", &self.last)
                .kind(CellKind::Date)
                .hint(t.get("almanac-last-hint")),
            field("name_sv", "almanac-name-sv", &self.name_sv)
                .lang(torg_kernel::Locale::SV)
                .hint(t.get("almanac-name-hint")),
            field("name_en", "almanac-name-en", &self.name_en).lang(torg_kernel::Locale::EN),
            field("key", "almanac-key", &self.key).hint(t.get("almanac-key-hint")),
        ];
        AlmanacForm {
            action,
            fields,
            request_id: context.new_request_id(),
            errors,
        }
    }
}

/// The actor for what belongs to the city as a whole.
async fn acting(context: &Context) -> Result<Actor> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let caller = context.caller()?;
    let mut top = organisations
        .entries()
        .filter(|entry| entry.parent.is_none());
    let own = top.find(|entry| caller.may(Permission::AlmanacManage, entry.id));
    context.acting(Permission::AlmanacManage, own.ok_or(Problem::Forbidden)?.id)
}

async fn read(context: &Context) -> Result<(Almanac, Vec<Unit>)> {
    let snapshot = context.app.database.snapshot().await?;
    let almanac = torg_almanac::load(&*snapshot).await?;
    let units = store::list(&*snapshot).await?;
    snapshot.end().await?;
    Ok((almanac, units))
}

fn names(hours: &Hours, key: &str) -> bool {
    let period = hours
        .periods
        .iter()
        .any(|own| own.during == During::Break(key.to_owned()));
    period
        || hours
            .days
            .iter()
            .any(|rule| rule.on == On::Own(key.to_owned()))
}

/// How many units' hours name a day or a break.
fn used(units: &[Unit], key: &str) -> usize {
    let hours = units.iter().filter_map(|unit| unit.data.hours.as_ref());
    hours.filter(|hours| names(hours, key)).count()
}

fn entry_name(t: T, entry: &EntryInput) -> String {
    let name = match entry.fluent() {
        Some(key) => t.get(key).into_owned(),
        None => entry.name(t.locale()).to_owned(),
    };
    capital(&name)
}

fn own_row(t: T, units: &[Unit], entry: &Entry) -> AlmanacRow {
    let data = &entry.data;
    AlmanacRow {
        when: if data.first == data.last {
            date_long(t, data.first)
        } else {
            date_range(t, data.first, data.last)
        },
        name: entry_name(t, data),
        kind: match data.sort {
            Sort::Break => "almanac-kind-break",
            Sort::Own => "almanac-kind-own",
        },
        href: Some(format!("/admin/almanac/{}", entry.id)),
        used: used(units, &data.key),
    }
}

fn rule_rows(t: T, almanac: &Almanac, year: i16) -> Vec<AlmanacRow> {
    let mut rows = Vec::new();
    let mut on = date(year, 1, 1);
    while on.year() == year {
        let names = almanac.named(on).into_iter();
        rows.extend(
            names
                .filter(|name| !matches!(name, Named::Own(_)))
                .map(|name| AlmanacRow {
                    when: date_long(t, on),
                    name: capital(&day_name(t, &name)),
                    kind: match name.kind() {
                        Kind::Holiday => "almanac-kind-holiday",
                        Kind::Eve => "almanac-kind-eve",
                        Kind::BridgeDay => "almanac-kind-bridge",
                        Kind::Own => "almanac-kind-own",
                    },
                    href: None,
                    used: 0,
                }),
        );
        match on.tomorrow() {
            Ok(next) => on = next,
            Err(_) => break,
        }
    }
    rows
}

async fn page(context: &Context, fields: Fields, errors: Vec<FieldError>) -> Result<AlmanacPage> {
    let t = context.t();
    let (almanac, units) = read(context).await?;
    let now = civil_date(context.now).year();
    let asked = context.query("year").and_then(|year| year.parse().ok());
    let year: i16 = asked.unwrap_or(now).clamp(2005, 2199);
    let (first, last) = (date(year, 1, 1), date(year, 12, 31));
    let within = |entry: &&Entry| entry.data.first <= last && entry.data.last >= first;
    let entries: Vec<&Entry> = almanac.entries().iter().filter(within).collect();
    let begins = |key: &str| {
        let mut own = entries.iter();
        own.any(|entry| entry.data.key == key && entry.data.first >= first)
    };
    let missing: Vec<String> = BREAKS
        .iter()
        .filter(|(key, _)| !begins(key))
        .map(|(_, name)| t.get(name).into_owned())
        .collect();
    // A year that is past needs no breaks any more, and an empty one says so itself.
    let told = year >= now && !entries.is_empty();
    let mut frame = desk(context, DeskSection::Units, &t.get("almanac-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let years = (year - 1..=year + 2)
        .map(|year| NavLink::new(year.to_string(), format!("/admin/almanac?year={year}")));
    Ok(AlmanacPage {
        desk: frame,
        year: year.to_string(),
        years: years.collect(),
        missing: if told {
            missing.join(", ")
        } else {
            String::new()
        },
        own: entries
            .iter()
            .map(|entry| own_row(t, &units, entry))
            .collect(),
        days: rule_rows(t, &almanac, year),
        form: fields.form(context, "/admin/almanac".to_owned(), errors),
    })
}

/// The days of a year.
pub(super) async fn list(context: Context) -> Result<Reply> {
    acting(&context).await?;
    let page = page(&context, Fields::default(), Vec::new()).await?;
    Ok(Reply::html(page.render()?))
}

async fn save(context: &Context, own: Option<AlmanacEntryId>, fields: &Fields) -> Result<()> {
    let actor = acting(context).await?;
    let request = context.form().request_id()?;
    let entry = fields.read().map_err(Problem::Invalid)?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("almanac.save {own:?} {}", context.form().digest());
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let (id, _) = save_entry(context, author, own, entry).await?;
                        Ok(id)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

fn saved(fields: &Fields) -> Reply {
    let year = fields.first.get(..4).unwrap_or_default();
    Reply::see_other(&format!("/admin/almanac?year={year}&done=almanac-saved"))
}

/// Adds a break or a day.
pub(super) async fn add(context: Context) -> Result<Reply> {
    let fields = Fields::sent(&context.form());
    match save(&context, None, &fields).await {
        Ok(()) => Ok(saved(&fields)),
        Err(Problem::Invalid(errors)) => {
            let page = page(&context, fields, errors).await?;
            Ok(Reply::form_again(page.render()?))
        }
        Err(other) => Err(other),
    }
}

async fn entry_page(
    context: &Context,
    fields: Option<Fields>,
    errors: Vec<FieldError>,
) -> Result<AlmanacEntryPage> {
    acting(context).await?;
    let t = context.t();
    let id: AlmanacEntryId = context.param("id")?;
    let (almanac, units) = read(context).await?;
    let entry = almanac.entries().iter().find(|entry| entry.id == id);
    let entry = entry.ok_or(Problem::NotFound)?;
    let name = entry_name(t, &entry.data);
    let title = t.one("almanac-edit-title", "name", name);
    let mut frame = desk(context, DeskSection::Units, &title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(t.get("almanac-title"), "/admin/almanac"),
    ];
    let action = format!("/admin/almanac/{id}");
    let fields = fields.unwrap_or_else(|| Fields::of(&entry.data));
    Ok(AlmanacEntryPage {
        desk: frame,
        remove_action: format!("{action}/remove"),
        log_href: context
            .caller()?
            .has(Permission::LogRead)
            .then(|| format!("/admin/log/almanac_entry/{id}")),
        used: used(&units, &entry.data.key),
        form: fields.form(context, action, errors),
    })
}

/// The form for one.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let page = entry_page(&context, None, Vec::new()).await?;
    Ok(Reply::html(page.render()?))
}

/// Saves one.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let id: AlmanacEntryId = context.param("id")?;
    let fields = Fields::sent(&context.form());
    match save(&context, Some(id), &fields).await {
        Ok(()) => Ok(saved(&fields)),
        Err(Problem::Invalid(errors)) => {
            let page = entry_page(&context, Some(fields), errors).await?;
            Ok(Reply::form_again(page.render()?))
        }
        Err(other) => Err(other),
    }
}

/// Takes one away.
pub(super) async fn remove(context: Context) -> Result<Reply> {
    let id: AlmanacEntryId = context.param("id")?;
    let actor = acting(&context).await?;
    let request = context.form().request_id()?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("almanac.remove {id}");
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        remove_entry(context, author, id).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(Reply::see_other("/admin/almanac?done=almanac-removed"))
}
