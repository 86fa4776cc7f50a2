//! The form for what else a unit tells: more phones, where it is, entrances, what belongs together,
//! a notice, its end, and who answers for it.

use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    Actor, FieldError, Locale, Message, Permission, PersonId, Problem, Result, UnitId,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, NavLink, T};
use torg_web::{Context, Form, Reply, desk};

use super::Directory;
use super::lines::{
    read_entrances, read_phones, read_place, read_web, write_entrances, write_phones, write_web,
};
use crate::care::{Steward, UnitPerson, save_steward, steward};
use crate::details::{Closure, Feature, Notice};
use crate::finding::point;
use crate::model::{Unit, UnitData};
use crate::service::save_unit;
use crate::store;
use crate::views::{DeskForm, FieldSet};

/// The names of the form's fields, which are also those of their labels.
const FIELDS: [&str; 18] = [
    "phones",
    "web",
    "position",
    "entrances",
    "way_sv",
    "way_en",
    "related",
    "keywords",
    "notice_sv",
    "notice_en",
    "notice_from",
    "notice_until",
    "closed_on",
    "closed_reason_sv",
    "closed_reason_en",
    "closed_instead",
    "steward",
    "role",
];

/// What stands in the fields.
#[derive(Debug, Clone)]
struct Written {
    texts: Vec<(&'static str, String)>,
    features: Vec<Feature>,
    version: String,
}

fn day(day: Option<jiff::civil::Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl Written {
    fn of(unit: &Unit, steward: &Steward) -> Self {
        let data = &unit.data;
        let way = |locale| {
            data.getting_there
                .own(locale)
                .unwrap_or_default()
                .to_owned()
        };
        let notice = data.notice.clone().unwrap_or_default();
        let said = |locale| notice.text.own(locale).unwrap_or_default().to_owned();
        let closed = data.closed.as_ref();
        let reason = |locale| {
            let own = closed.and_then(|closed| closed.reason.own(locale));
            own.unwrap_or_default().to_owned()
        };
        let text = |name: &str| match name {
            "phones" => write_phones(&data.phones),
            "web" => write_web(&data.web),
            "position" => data
                .position
                .map(|at| point(at).to_string())
                .unwrap_or_default(),
            "entrances" => write_entrances(&data.entrances),
            "way_sv" => way(Locale::SV),
            "way_en" => way(Locale::EN),
            "related" => data.related.join("\n"),
            "keywords" => data.keywords.join(", "),
            "notice_sv" => said(Locale::SV),
            "notice_en" => said(Locale::EN),
            "notice_from" => day(notice.from),
            "notice_until" => day(notice.until),
            "closed_on" => day(closed.map(|closed| closed.on)),
            "closed_reason_sv" => reason(Locale::SV),
            "closed_reason_en" => reason(Locale::EN),
            "closed_instead" => closed.and_then(|it| it.instead.clone()).unwrap_or_default(),
            "steward" => steward.person.map(|id| id.to_string()).unwrap_or_default(),
            "role" => steward.role.clone(),
            _ => String::new(),
        };
        Self {
            texts: FIELDS.iter().map(|name| (*name, text(name))).collect(),
            features: data.features.clone(),
            version: unit.version.to_string(),
        }
    }

    fn sent(form: &Form) -> Self {
        let ticked = |own: &Feature| form.has(&format!("feature_{}", own.as_str()));
        Self {
            texts: FIELDS
                .iter()
                .map(|name| (*name, form.text(name).trim().to_owned()))
                .collect(),
            features: Feature::ALL.iter().copied().filter(ticked).collect(),
            version: form.text("version"),
        }
    }

    fn get(&self, name: &str) -> &str {
        let own = self.texts.iter().find(|(own, _)| *own == name);
        own.map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    fn date(&self, name: &'static str, errors: &mut Vec<FieldError>) -> Option<jiff::civil::Date> {
        let text = self.get(name);
        if text.is_empty() {
            return None;
        }
        let read = text.parse().ok();
        if read.is_none() {
            let message = Message::new("csv-error-day").with("value", text);
            errors.push(FieldError {
                field: name.to_owned(),
                message,
            });
        }
        read
    }

    /// The unit's data with what the fields say put in.
    fn apply(&self, before: &UnitData) -> Result<UnitData, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut data = before.clone();
        data.phones = read_phones(self.get("phones"), &mut errors);
        data.web = read_web(self.get("web"), &mut errors);
        data.entrances = read_entrances(self.get("entrances"), &mut errors);
        match read_place(self.get("position")) {
            Ok(position) => data.position = position,
            Err(message) => errors.push(FieldError {
                field: "position".to_owned(),
                message,
            }),
        }
        data.getting_there.set(Locale::SV, self.get("way_sv"));
        data.getting_there.set(Locale::EN, self.get("way_en"));
        data.features.clone_from(&self.features);
        let list = |name| {
            let parts = self.get(name).split([',', '\n']).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        data.related = list("related");
        data.keywords = list("keywords");
        let mut notice = Notice {
            from: self.date("notice_from", &mut errors),
            until: self.date("notice_until", &mut errors),
            ..Notice::default()
        };
        notice.text.set(Locale::SV, self.get("notice_sv"));
        notice.text.set(Locale::EN, self.get("notice_en"));
        data.notice = Some(notice);
        let mut reason = crate::model::Words::default();
        reason.set(Locale::SV, self.get("closed_reason_sv"));
        reason.set(Locale::EN, self.get("closed_reason_en"));
        let instead = Some(self.get("closed_instead")).filter(|key| !key.is_empty());
        let on = self.date("closed_on", &mut errors);
        if on.is_none()
            && self.get("closed_on").is_empty()
            && (!reason.is_empty() || instead.is_some())
        {
            errors.push(FieldError {
                field: "closed_on".to_owned(),
                message: Message::new("csv-error-not-closed"),
            });
        }
        data.closed = on.map(|on| Closure {
            on,
            reason,
            instead: instead.map(str::to_owned),
        });
        match errors.is_empty() {
            true => Ok(data),
            false => Err(errors),
        }
    }
}

/// Names of fields as the form has them.
fn in_form(errors: Vec<FieldError>) -> Vec<FieldError> {
    let name = |field: &str| match field.split(['[']).next().unwrap_or(field) {
        "notice.text.sv" => "notice_sv".to_owned(),
        "notice.text.en" => "notice_en".to_owned(),
        "notice.until" => "notice_until".to_owned(),
        "getting_there.sv" => "way_sv".to_owned(),
        "getting_there.en" => "way_en".to_owned(),
        "closed.instead" => "closed_instead".to_owned(),
        "closed.reason.en" => "closed_reason_en".to_owned(),
        "closed.reason.sv" => "closed_reason_sv".to_owned(),
        other => other.to_owned(),
    };
    errors
        .into_iter()
        .map(|error| FieldError {
            field: name(&error.field),
            ..error
        })
        .collect()
}

async fn load(context: &Context, on: &Snapshot) -> Result<(Unit, Steward, Actor)> {
    let id: UnitId = context.param("id")?;
    let unit = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::UnitEdit, unit.organisation)?;
    let steward = steward(&**on, id).await?;
    Ok((unit, steward, actor))
}

/// The form.
pub(super) async fn get(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let people = directory.people.people().await?;
    let snapshot = context.app.database.snapshot().await?;
    let (unit, steward, _) = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let written = Written::of(&unit, &steward);
    let view = view(&context, &unit, &people, &written, Vec::new())?;
    Ok(Reply::html(view.render()?))
}

fn view(
    context: &Context,
    unit: &Unit,
    people: &[UnitPerson],
    written: &Written,
    errors: Vec<FieldError>,
) -> Result<DeskForm> {
    let t = context.t();
    let title = t.one("unit-details-title", "name", unit.name(t.locale()));
    let mut frame = desk(context, DeskSection::Units, &title)?;
    let own = format!("/admin/units/{}", unit.id);
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(unit.name(t.locale()), own.clone()),
    ];
    frame.public_href = unit.href(t.locale());
    let mut errors = errors;
    // A conflict has no field of its own; it stands at the top.
    errors.sort_by_key(|error| error.field != "version");
    Ok(DeskForm {
        tools: vec![
            (
                "eye",
                t.get("unit-edit-see").into_owned(),
                unit.href(t.locale()),
            ),
            (
                "phone",
                t.get("unit-page-to-facts").into_owned(),
                own.clone(),
            ),
        ],
        intro: t.get("unit-details-intro").into_owned(),
        action: format!("{own}/details"),
        hidden: vec![
            ("version", written.version.clone()),
            ("request_id", context.new_request_id()),
        ],
        sets: sets(t, people, written, &errors),
        save: t.get("desk-save").into_owned(),
        cancel_href: own,
        errors,
        desk: frame,
    })
}

fn sets(t: T, people: &[UnitPerson], written: &Written, errors: &[FieldError]) -> Vec<FieldSet> {
    let field = |name: &'static str, kind: FieldKind| {
        let field = Field::new(
            name,
            kind,
            t.get(&format!("unit-details-{name}")),
            written.get(name),
        );
        let hint = t.find(&format!("unit-details-{name}-hint"));
        let field = field.optional().errors(t, errors);
        match hint {
            Some(hint) => field.hint(hint),
            None => field,
        }
    };
    let set = |key: &str, fields: Vec<Field>| FieldSet {
        legend: Some(t.get(key).into_owned()),
        hint: None,
        fields,
        ticks: Vec::new(),
        error: None,
    };
    let lines = FieldKind::Lines;
    let mut choices = vec![(
        String::new(),
        t.get("unit-details-steward-none").into_owned(),
    )];
    choices.extend(
        people
            .iter()
            .map(|person| (person.id.to_string(), person.name.clone())),
    );
    let access = FieldSet {
        ticks: Feature::ALL
            .iter()
            .map(|own| {
                let label = t.get(&format!("unit-feature-{}", own.as_str()));
                let name = format!("feature_{}", own.as_str());
                (name, label.into_owned(), written.features.contains(own))
            })
            .collect(),
        ..set("unit-accessibility", Vec::new())
    };
    vec![
        set(
            "unit-details-reach",
            vec![field("phones", lines(3)), field("web", lines(3))],
        ),
        set(
            "unit-details-where",
            vec![
                field("position", FieldKind::Text),
                field("entrances", lines(3)),
                field("way_sv", lines(2)).lang(Locale::SV),
                field("way_en", lines(2)).lang(Locale::EN),
            ],
        ),
        access,
        set(
            "unit-details-find",
            vec![field("related", lines(3)), field("keywords", lines(3))],
        ),
        set(
            "unit-details-notice",
            vec![
                field("notice_sv", lines(2)).lang(Locale::SV),
                field("notice_en", lines(2)).lang(Locale::EN),
                field("notice_from", FieldKind::Date),
                field("notice_until", FieldKind::Date),
            ],
        ),
        set(
            "unit-details-care",
            vec![
                field("steward", FieldKind::Choice(choices)),
                field("role", FieldKind::Text),
            ],
        ),
        FieldSet {
            hint: Some(t.get("unit-details-end-hint").into_owned()),
            ..set(
                "unit-details-end",
                vec![
                    field("closed_on", FieldKind::Date),
                    field("closed_instead", FieldKind::Text),
                    field("closed_reason_sv", lines(2)).lang(Locale::SV),
                    field("closed_reason_en", lines(2)).lang(Locale::EN),
                ],
            )
        },
    ]
}

/// Saves the form.
pub(super) async fn post(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let people = directory.people.people().await?;
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _, actor) = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let mut written = Written::sent(&context.form());
    let (errors, status) = match save(&context, &unit, &people, actor, &written).await {
        Ok(()) => {
            let to = format!("/admin/units/{}/details?done=unit-saved", unit.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (in_form(errors), 422),
        Err(Problem::Conflict(message)) => {
            // Who saves it again has seen that somebody was quicker.
            let snapshot = context.app.database.snapshot().await?;
            let (unit, ..) = load(&context, &snapshot).await?;
            snapshot.end().await?;
            written.version = unit.version.to_string();
            let field = "version".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let view = view(&context, &unit, &people, &written, errors)?;
    let body = view.render()?;
    Ok(Reply::new(status, "text/html; charset=utf-8", body))
}

async fn save(
    context: &Context,
    unit: &Unit,
    people: &[UnitPerson],
    actor: Actor,
    written: &Written,
) -> Result<()> {
    let form = context.form();
    let request = form.request_id()?;
    let data = written.apply(&unit.data).map_err(Problem::Invalid)?;
    let conflict = |_| Problem::Conflict(Message::new("unit-error-version"));
    let version: i64 = written.version.parse().map_err(conflict)?;
    let person: Option<PersonId> = written.get("steward").parse().ok();
    let known = person.filter(|id| people.iter().any(|own| own.id == *id));
    if person != known || (person.is_none() && !written.get("steward").is_empty()) {
        return Err(Problem::field(
            "steward",
            Message::new("unit-error-steward"),
        ));
    }
    let named = Steward {
        person: known,
        role: torg_kernel::squeeze(written.get("role"))
            .chars()
            .take(120)
            .collect(),
        reminded_for: None,
    };
    let (ids, now, id) = (context.app.ids.clone(), context.now, unit.id);
    let operation = format!("unit.details {id} {}", form.digest());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let changed = save_unit(write, author, id, version, data).await?;
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let named = save_steward(write, author, id, named).await?;
                        Ok(changed || named)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}
