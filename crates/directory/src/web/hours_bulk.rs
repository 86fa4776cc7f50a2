//! Where the staff change the hours of many units at once, and take that back.

use askama::Template;
use jiff::ToSpan as _;
use jiff::civil::Date;
use torg_almanac::Almanac;
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, civil_date, fold,
};
use torg_log::write_once;
use torg_ui::{DeskSection, NavLink, T, date_long, date_range, date_time};
use torg_web::{Context, Form, OrganisationList, Reply, desk};
use uuid::Uuid;

use super::hours_form::read_date;
use crate::hours::change::{LONGEST, Order};
use crate::hours::{Cell, Hours, capital, day_hours, is_silent};
use crate::model::{Unit, UnitKind, Words};
use crate::service_hours::{
    Bulk, HoursChange, ToChange, change_many, find_change, list_changes, take_back_many,
};
use crate::store;
use crate::views::{BulkDone, BulkUnit, CellKind, HoursBulkPage, HoursField};

/// Days of a unit that are shown one by one.
const SHOWN_DAYS: usize = 7;
/// Earlier changes that are shown.
const SHOWN_CHANGES: i64 = 30;

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
struct Fields {
    kind: String,
    organisation: String,
    words: String,
    silent: bool,
    first: String,
    last: String,
    what: String,
    note: [String; 2],
}

impl Fields {
    /// What the address says: a link can fill in a day.
    fn asked(context: &Context) -> Self {
        let own = |name| context.query(name).unwrap_or_default().to_owned();
        Self {
            kind: own("kind"),
            organisation: own("organisation"),
            first: own("first"),
            silent: context.query("silent").is_some(),
            ..Self::default()
        }
    }

    fn sent(form: &Form) -> Self {
        Self {
            kind: form.text("kind"),
            organisation: form.text("organisation"),
            words: form.text("words"),
            silent: form.has("silent"),
            first: form.text("first"),
            last: form.text("last"),
            what: form.text("what"),
            note: [form.text("note_sv"), form.text("note_en")],
        }
    }

    fn order(&self) -> Result<Order, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: Message| {
            let field = field.to_owned();
            errors.push(FieldError { field, message });
        };
        let what = match Cell::read(&self.what) {
            Some(Cell::Empty) | None => {
                wrong("what", Message::new("hours-error-rule"));
                Cell::Empty
            }
            Some(Cell::Spans(mut spans)) => {
                spans.sort_unstable();
                if spans.windows(2).any(|pair| pair[1].from() < pair[0].to()) {
                    wrong("what", Message::new("unit-error-hours-overlap"));
                }
                Cell::Spans(spans)
            }
            Some(other) => other,
        };
        for (field, note) in ["note_sv", "note_en"].iter().zip(&self.note) {
            if note.chars().count() > 300 {
                wrong(field, Message::new("unit-error-hours-note"));
            }
        }
        let first = read_date(&mut errors, "first".to_owned(), &self.first);
        let last = match self.last.trim() {
            "" => first,
            text => read_date(&mut errors, "last".to_owned(), text),
        };
        if let (Some(first), Some(last)) = (first, last) {
            let mut wrong = |key| {
                let message = Message::new(key);
                let field = "last".to_owned();
                errors.push(FieldError { field, message });
            };
            if last < first {
                wrong("unit-error-hours-backwards");
            } else if (last - first).get_days() >= LONGEST {
                wrong("hours-bulk-long");
            }
        }
        let mut note = Words::default();
        note.set(Locale::SV, &self.note[0]);
        note.set(Locale::EN, &self.note[1]);
        match (first, last) {
            (Some(first), Some(last)) if errors.is_empty() => Ok(Order {
                first,
                last,
                what,
                note,
            }),
            _ => Err(errors),
        }
    }
}

/// What is there, for whoever asks.
struct Read {
    units: Vec<Unit>,
    organisations: std::sync::Arc<OrganisationList>,
    almanac: Almanac,
    changes: Vec<HoursChange>,
}

async fn read(context: &Context) -> Result<Read> {
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut units = store::list(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let almanac = torg_almanac::load(&*snapshot).await?;
    let changes = list_changes(&*snapshot, SHOWN_CHANGES).await?;
    snapshot.end().await?;
    let today = civil_date(context.now);
    units.retain(|unit| {
        caller.may(Permission::UnitEdit, unit.organisation) && !unit.is_closed_on(today)
    });
    Ok(Read {
        units,
        organisations,
        almanac,
        changes,
    })
}

impl Read {
    /// Whether an organisation is another one or belongs to it.
    fn within(&self, own: OrganisationId, wanted: OrganisationId) -> bool {
        let mut at = Some(own);
        // As deep as any tree of organisations is.
        for _ in 0..20 {
            match at {
                Some(id) if id == wanted => return true,
                Some(id) => at = self.organisations.find(id).and_then(|entry| entry.parent),
                None => return false,
            }
        }
        false
    }

    /// The units that the fields choose.
    fn chosen(&self, fields: &Fields, first: Date) -> Vec<&Unit> {
        let kind = UnitKind::parse(&fields.kind);
        let organisation: Option<OrganisationId> = fields.organisation.parse().ok();
        let words = fold(&fields.words);
        let fits = |unit: &&Unit| {
            let name = fold(unit.name(Locale::SV));
            kind.is_none_or(|kind| unit.kind == kind)
                && organisation.is_none_or(|wanted| self.within(unit.organisation, wanted))
                && words.split_whitespace().all(|word| name.contains(word))
                && unit.data.hours.as_ref().is_some_and(|hours| {
                    !fields.silent || is_silent(hours.with(&self.almanac), first)
                })
        };
        self.units.iter().filter(fits).collect()
    }

    fn page(
        &self,
        context: &Context,
        fields: &Fields,
        errors: Vec<FieldError>,
        found: Option<(Vec<BulkUnit>, usize)>,
    ) -> Result<HoursBulkPage> {
        let t = context.t();
        let title = t.get("hours-bulk-title");
        let mut frame = desk(context, DeskSection::Units, &title)?;
        frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
        let field = |name: &str, label: &str, value: &str| {
            HoursField::new(t, name, t.get(label), value).errors(&errors)
        };
        let first = field("first", "hours-edit-date", &fields.first).must();
        let what = field("what", "hours-edit-hours", &fields.what).must();
        let (found, unchanged) = match found {
            Some((found, unchanged)) => (Some(found), unchanged),
            None => (None, 0),
        };
        let note = |at: usize, name: &str, label: &str, lang| {
            field(name, label, &fields.note[at]).lang(lang)
        };
        let notes = [
            note(0, "note_sv", "hours-bulk-note-sv", Locale::SV),
            note(1, "note_en", "hours-bulk-note-en", Locale::EN),
        ];
        Ok(HoursBulkPage {
            which: vec![
                field("kind", "hours-bulk-kind", &fields.kind)
                    .kind(CellKind::Choice(self.kinds(t))),
                field(
                    "organisation",
                    "hours-bulk-organisation",
                    &fields.organisation,
                )
                .kind(CellKind::Choice(self.owners(t))),
                field("words", "hours-bulk-words", &fields.words),
            ],
            silent: fields.silent,
            days: vec![
                first.kind(CellKind::Date),
                field("last", "hours-edit-to", &fields.last).kind(CellKind::Date),
            ],
            what: std::iter::once(what.hint(t.get("hours-bulk-what-hint")))
                .chain(notes)
                .collect(),
            found,
            unchanged,
            done: self.done(context, t)?,
            request_id: context.new_request_id(),
            errors,
            desk: frame,
        })
    }

    /// Kinds that there are units of.
    fn kinds(&self, t: T) -> Vec<(String, String)> {
        let own = UnitKind::ALL.iter();
        let own = own.filter(|kind| self.units.iter().any(|unit| unit.kind == **kind));
        let own = own.map(|kind| {
            let key = format!("unit-kind-{}", kind.as_str());
            (kind.as_str().to_owned(), t.get(&key).into_owned())
        });
        let all = (String::new(), t.get("hours-bulk-all-kinds").into_owned());
        std::iter::once(all).chain(own).collect()
    }

    /// Organisations that have units, and those above them.
    fn owners(&self, t: T) -> Vec<(String, String)> {
        let own = self.organisations.entries();
        let own = own.filter(|entry| {
            let mut units = self.units.iter();
            units.any(|unit| self.within(unit.organisation, entry.id))
        });
        let mut own: Vec<(String, String)> = own
            .map(|entry| (entry.id.to_string(), entry.name(t.locale()).to_owned()))
            .collect();
        own.sort_by_key(|(_, name)| torg_kernel::sort_key(name));
        own.insert(
            0,
            (
                String::new(),
                t.get("hours-bulk-all-organisations").into_owned(),
            ),
        );
        own
    }

    /// Whether every unit of a change that is still there is the caller's.
    fn is_own(&self, change: &HoursChange) -> bool {
        let own = |id| self.units.iter().any(|unit| unit.id == id);
        change.done.units.iter().any(|unit| own(unit.unit))
    }

    fn done(&self, context: &Context, t: T) -> Result<Vec<BulkDone>> {
        let today = civil_date(context.now);
        context.caller()?;
        let own = self.changes.iter().filter(|change| self.is_own(change));
        let told = own.map(|change| {
            let done = &change.done;
            let days = if done.first == done.last {
                date_long(t, done.first)
            } else {
                date_range(t, done.first, done.last)
            };
            let open = change.ended_at.is_none() && done.last >= today;
            BulkDone {
                made: format!("{}, {}", date_time(t, change.made_at), change.person),
                what: capital(&format!("{days}: {}", done.what)),
                note: done.note.get(t.locale()).to_owned(),
                units: done.units.len(),
                undo: open.then(|| format!("/admin/hours/{}/undo", change.id)),
                begun: done.first < today,
                ended: change.ended_at.map(|at| date_time(t, at)),
            }
        });
        Ok(told.collect())
    }
}

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let read = read(&context).await?;
    let fields = Fields::asked(&context);
    let page = read.page(&context, &fields, Vec::new(), None)?;
    Ok(Reply::html(page.render()?))
}

/// What would become of each unit, and how many would stay as they are.
fn preview(
    t: T,
    read: &Read,
    fields: &Fields,
    order: &Order,
    checked: impl Fn(&Unit) -> bool,
) -> (Vec<BulkUnit>, usize) {
    let chosen = read.chosen(fields, order.first);
    let mut found = Vec::new();
    let all = chosen.len();
    let empty = Hours::default();
    for unit in chosen {
        let before = unit.data.hours.as_ref().unwrap_or(&empty);
        let Some((after, _)) = order.apply(before, &read.almanac, Uuid::nil()) else {
            continue;
        };
        let mut days = Vec::new();
        let mut date = order.first;
        while date <= order.last {
            let hours = |plan: &Hours| day_hours(t, &plan.with(&read.almanac).on(date).spans);
            let (one, other) = (hours(before), hours(&after));
            days.push((capital(&date_long(t, date)), one, other));
            let Ok(next) = date.checked_add(1.day()) else {
                break;
            };
            date = next;
        }
        let more = days.len().saturating_sub(SHOWN_DAYS);
        days.truncate(SHOWN_DAYS);
        found.push(BulkUnit {
            id: unit.id.to_string(),
            version: unit.version,
            name: unit.name(t.locale()).to_owned(),
            href: format!("/admin/units/{}/hours", unit.id),
            checked: checked(unit),
            days,
            more,
        });
    }
    let unchanged = all - found.len();
    (found, unchanged)
}

/// Shows what would become of each unit, or does it.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let read = read(&context).await?;
    let form = context.form();
    let fields = Fields::sent(&form);
    let t = context.t();
    let again = |status, page: HoursBulkPage| -> Result<Reply> {
        Ok(Reply::new(
            status,
            "text/html; charset=utf-8",
            page.render()?,
        ))
    };
    let order = match fields.order() {
        Ok(order) => order,
        Err(errors) => return again(422, read.page(&context, &fields, errors, None)?),
    };
    if form.text("do") != "save" {
        let found = preview(t, &read, &fields, &order, |_| true);
        return again(200, read.page(&context, &fields, Vec::new(), Some(found))?);
    }
    let ticked = |unit: &Unit| form.has(&format!("unit_{}", unit.id));
    let (errors, status) = match save(&context, &read, &fields, order.clone()).await {
        Ok(_) => return Ok(Reply::see_other("/admin/hours?done=hours-bulk")),
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => {
            let field = "units".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let found = preview(t, &read, &fields, &order, ticked);
    again(status, read.page(&context, &fields, errors, Some(found))?)
}

async fn save(context: &Context, read: &Read, fields: &Fields, order: Order) -> Result<usize> {
    let form = context.form();
    let request = form.request_id()?;
    let caller = context.caller()?;
    let mut units = Vec::new();
    for unit in read.chosen(fields, order.first) {
        let sent = form.text(&format!("unit_{}", unit.id));
        if sent.is_empty() {
            continue;
        }
        let version = sent
            .parse()
            .map_err(|_| Problem::Conflict(Message::new("hours-bulk-version")))?;
        units.push(ToChange {
            unit: unit.id,
            version,
            actor: context.acting(Permission::UnitEdit, unit.organisation)?,
        });
    }
    let Some(who) = units.first().map(|own| own.actor.clone()) else {
        return Err(Problem::field("units", Message::new("hours-bulk-none")));
    };
    let bulk = Bulk {
        order,
        what: fields.what.trim().to_owned(),
        person: caller.name.clone(),
        units,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("hours.bulk {}", form.digest());
    let once = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move { change_many(context, bulk, now, &*ids).await })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}

/// Takes a change back: whole when it has not begun, else from today on.
pub(super) async fn undo(context: Context) -> Result<Reply> {
    let id: Uuid = context.param("id")?;
    let request = context.form().request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let change = find_change(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let ids: Vec<_> = change.done.units.iter().map(|unit| unit.unit).collect();
    let units = store::list_by_id(&*snapshot, &ids).await?;
    snapshot.end().await?;
    // Nobody takes back for others what they may not change themselves.
    let actors = units
        .iter()
        .map(|unit| {
            Ok((
                unit.id,
                context.acting(Permission::UnitEdit, unit.organisation)?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    let Some(who) = actors.first().map(|(_, actor)| actor.clone()) else {
        return Err(Problem::NotFound);
    };
    let today = civil_date(context.now);
    let from = today.max(change.done.first);
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("hours.bulk.undo {id}");
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(
                        async move { take_back_many(context, id, from, &actors, now, &*ids).await },
                    )
                })
                .await
            })
        })
        .await?;
    Ok(Reply::see_other("/admin/hours?done=hours-undone"))
}
