//! Where the staff write a unit's page: lead, picture, colour, sections and their order.

use std::sync::Arc;

use torg_db::Snapshot;
use torg_kernel::{
    Actor, FieldError, Locale, Message, Permission, PictureId, Problem, Result, UnitId,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, PictureView};
use torg_web::{Context, PageRequest, Reading, Reply, Wanted, desk};

use super::Directory;
use super::page_form::{Deed, PageFields, PartFields};
use super::unit_page::drawn;
use crate::model::{Unit, UnitData};
use crate::profile::MOST_SECTIONS;
use crate::service::save_unit;
use crate::store;
use crate::text::UnitPlaces;
use crate::views::{EditPart, EditSection, PreviewBar, UnitPageEdit};

/// The unit, with the right to change it.
async fn load(context: &Context, on: &Snapshot) -> Result<(Unit, Actor)> {
    let id: UnitId = context.param("id")?;
    let unit = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::UnitEdit, unit.organisation)?;
    Ok((unit, actor))
}

/// The form.
pub(super) async fn get(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _) = load(&context, &snapshot).await?;
    let places = directory.around.places(&snapshot, &[]).await?;
    let linked = unit.data.linked_pages();
    let pages = directory.around.addresses(&snapshot, &linked).await?;
    snapshot.end().await?;
    let fields = PageFields::of(&unit, &places, &pages);
    let view = view(&context, &unit, &places, &fields, (Vec::new(), None)).await?;
    Ok(Reply::html(view))
}

/// What goes back when the form is shown again.
struct Again {
    errors: Vec<FieldError>,
    status: u16,
}

/// Saves the form, draws what it would be, or changes the form itself.
pub(super) async fn post(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let form = context.form();
    let mut fields = PageFields::sent(&form);
    let deed = fields.press(&form.text("do"));
    let choose = deed == Deed::Pictures;
    let snapshot = context.app.database.snapshot().await?;
    let (unit, actor) = load(&context, &snapshot).await?;
    let addresses = fields.addresses(&*context.app.ids);
    let places = directory.around.places(&snapshot, &addresses).await?;
    snapshot.end().await?;
    let ids = &*context.app.ids;
    let again = match deed {
        Deed::Again | Deed::Pictures => Again {
            errors: Vec::new(),
            status: 200,
        },
        Deed::Preview(locale) => match fields.apply(&unit.data, &places, ids, context.now) {
            Ok(data) => return preview(&directory, &context, unit, data, locale).await,
            Err(errors) => Again {
                errors,
                status: 422,
            },
        },
        Deed::Save => match save(&context, &unit, actor, &fields, &places).await {
            Ok(()) => {
                let to = format!("/admin/units/{}/page?done=unit-page-saved", unit.id);
                return Ok(Reply::see_other(&to));
            }
            Err(Problem::Invalid(errors)) => Again {
                errors,
                status: 422,
            },
            Err(Problem::Conflict(message)) => Again {
                errors: vec![FieldError {
                    field: "version".to_owned(),
                    message,
                }],
                status: 409,
            },
            Err(other) => return Err(other),
        },
    };
    // What was written stays in the form. Who saves it again has seen that the unit was changed, so
    // the form goes on from the version that is there now.
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _) = load(&context, &snapshot).await?;
    let found = match choose {
        true => {
            let (words, now) = (fields.picture_words.as_str(), context.now);
            let around = &directory.around;
            Some(around.pictures(&snapshot, words, now, SHOWN).await?)
        }
        false => None,
    };
    snapshot.end().await?;
    if again.status == 409 {
        fields.version = unit.version.to_string();
    }
    let body = view(&context, &unit, &places, &fields, (again.errors, found)).await?;
    Ok(Reply::new(again.status, "text/html; charset=utf-8", body))
}

/// The page that the form would make, for the one who writes it only. All that was written goes along
/// and comes back by the buttons above it.
async fn preview(
    directory: &Directory,
    context: &Context,
    unit: Unit,
    data: UnitData,
    locale: Locale,
) -> Result<Reply> {
    let request = PageRequest {
        app: context.app.clone(),
        path: unit.href(locale),
        params: Vec::new(),
        query: Vec::new(),
        reading: Reading::new(&context.app.database),
        now: context.now,
        asker: None,
    };
    let fields = context.form().0.into_iter();
    let bar = PreviewBar {
        action: format!("/admin/units/{}/page", unit.id),
        fields: fields.filter(|(name, _)| name != "do").collect(),
        t: context.t(),
    };
    let unit = Unit { data, ..unit };
    let page = drawn(directory, &request, &unit, locale, Some(bar)).await;
    request.reading.end().await?;
    Ok(Reply::html(page?.body))
}

async fn save(
    context: &Context,
    unit: &Unit,
    actor: Actor,
    fields: &PageFields,
    places: &UnitPlaces,
) -> Result<()> {
    let request = context.form().request_id()?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let data = fields
        .apply(&unit.data, places, &*ids, now)
        .map_err(Problem::Invalid)?;
    let version: i64 = fields
        .version
        .parse()
        .map_err(|_| Problem::Conflict(Message::new("unit-error-version")))?;
    let operation = format!("unit.page {} {}", unit.id, context.form().digest());
    let id = unit.id;
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
                        save_unit(context, author, id, version, data).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Pictures as pages show them, in the same order; those that are not to be shown are left out.
async fn shown(context: &Context, ids: &[PictureId]) -> Result<Vec<(PictureId, PictureView)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Wanted {
        pictures: ids.to_vec(),
        ..Wanted::default()
    };
    let reading = Reading::new(&context.app.database);
    let facts = &context.app.facts;
    let resolved = facts
        .resolve(&reading, &wanted, context.locale(), context.now)
        .await;
    reading.end().await?;
    let mut pictures = resolved?.pictures;
    let own = ids.iter();
    Ok(own
        .filter_map(|id| Some((*id, pictures.remove(id)?)))
        .collect())
}

async fn view(
    context: &Context,
    unit: &Unit,
    places: &UnitPlaces,
    fields: &PageFields,
    (errors, found): (Vec<FieldError>, Option<Vec<PictureId>>),
) -> Result<String> {
    let t = context.t();
    let title = t.one("unit-page-title", "name", unit.name(t.locale()));
    let mut frame = desk(context, DeskSection::Units, &title)?;
    let edit_href = format!("/admin/units/{}", unit.id);
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(unit.name(t.locale()), &*edit_href),
    ];
    frame.public_href = unit.href(t.locale());
    let caller = context.caller()?;
    let mut pictures: Vec<String> = places.pictures.keys().cloned().collect();
    pictures.sort_unstable();
    pictures.truncate(OFFERED);
    let view = UnitPageEdit {
        desk: frame,
        action: format!("{edit_href}/page"),
        edit_href,
        log_href: caller
            .may(Permission::LogRead, unit.organisation)
            .then(|| format!("/admin/log/unit/{}", unit.id)),
        media_href: caller
            .has(Permission::MediaEdit)
            .then(|| DeskSection::Media.href().to_owned()),
        lead: fields.lead.clone(),
        picture_name: fields.picture.clone(),
        pictures,
        picture: shown(context, places.picture(&fields.picture).as_slice())
            .await?
            .pop()
            .map(|(_, picture)| picture),
        picture_words: fields.picture_words.clone(),
        found: match found {
            None => None,
            Some(found) => {
                let found = shown(context, &found).await?.into_iter();
                Some(
                    found
                        .map(|(id, own)| (places.picture_name(id), own))
                        .collect(),
                )
            }
        },
        accent: fields.accent.clone(),
        accent_own: fields.accent_own.clone(),
        parts: fields.parts.iter().map(edit_part).collect(),
        can_add: fields.sections() < MOST_SECTIONS,
        version: fields.version.clone(),
        request_id: context.new_request_id(),
        errors,
    };
    Ok(askama::Template::render(&view)?)
}

fn edit_part(part: &PartFields) -> EditPart {
    match part {
        PartFields::BuiltIn { part, hidden } => EditPart {
            kind: part.kind(),
            hidden: *hidden,
            own: None,
        },
        PartFields::Own(own) => EditPart {
            kind: "section",
            hidden: false,
            own: Some(EditSection {
                heading: own.heading.clone(),
                text: own.text.clone(),
                from: own.from,
            }),
        },
    }
}

/// Names of pictures that the field offers at most.
const OFFERED: usize = 300;
/// Pictures that are shown to choose from at most.
const SHOWN: usize = 24;
