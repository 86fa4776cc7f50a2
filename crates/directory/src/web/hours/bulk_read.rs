//! The page on which many units are changed at once: what it is made from.

use jiff::civil::Date;
use torg_almanac::Almanac;
use torg_kernel::{FieldError, Locale, OrganisationId, Permission, Result, civil_date, fold};
use torg_ui::{DeskSection, NavLink, T, date_long, date_range, date_time};
use torg_web::{Context, OrganisationList, desk};

use super::bulk_fields::Fields;
use crate::hours::{capital, is_silent};
use crate::model::{Unit, UnitKind};
use crate::service_hours::{HoursChange, list_changes};
use crate::store;
use crate::views::{BulkDone, BulkUnit, CellKind, HoursBulkPage, HoursField};

/// Earlier changes that are shown.
const SHOWN_CHANGES: i64 = 30;

/// What is there, for whoever asks.
pub(super) struct Read {
    units: Vec<Unit>,
    organisations: std::sync::Arc<OrganisationList>,
    pub almanac: Almanac,
    changes: Vec<HoursChange>,
}

pub(super) async fn read(context: &Context) -> Result<Read> {
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
    pub(super) fn chosen(&self, fields: &Fields, first: Date) -> Vec<&Unit> {
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

    pub(super) fn page(
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
