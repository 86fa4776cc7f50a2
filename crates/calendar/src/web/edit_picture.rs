//! An event's picture, chosen from the media bank in the event's own form.

use torg_db::Snapshot;
use torg_kernel::{Permission, PictureId, Result};
use torg_ui::{DeskSection, PictureView};
use torg_web::{Context, Reading, Wanted};

use super::Calendar;
use crate::neighbours::PictureEntry;
use crate::views::{EventFields, PictureChoice};

/// Pictures that are shown to choose from at most.
const SHOWN: usize = 24;

/// What a pressed button means for the picture: one that is taken stands in the field at once, and the
/// key that ends a line looks for pictures while words for them are written.
pub(super) fn press(fields: &mut EventFields, button: &str) -> String {
    if let Some(name) = button.strip_prefix("take:") {
        fields.set("picture", name.to_owned());
        fields.set("picture_words", String::new());
        return "taken".to_owned();
    }
    match button {
        "enter" if fields.get("picture_words").trim().is_empty() => "dates".to_owned(),
        "enter" => "pictures".to_owned(),
        other => other.to_owned(),
    }
}

/// The picture that is named in the form: by its name, its id, or an address that ends with that.
pub(super) async fn named(
    calendar: &Calendar,
    on: &Snapshot,
    fields: &EventFields,
) -> Result<Option<PictureEntry>> {
    let name = fields.get("picture").trim();
    if name.is_empty() {
        return Ok(None);
    }
    let neighbours = &calendar.neighbours;
    match neighbours.picture(on, name).await? {
        Some(found) => Ok(Some(found)),
        None => {
            let last = name.rsplit('/').next().unwrap_or(name);
            neighbours.picture(on, last).await
        }
    }
}

/// Pictures as pages show them, in the same order; those that may not be shown are left out.
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

/// The picture of a form, and others when they were asked for.
pub(super) struct Offered {
    chosen: Option<PictureEntry>,
    found: Option<Vec<PictureEntry>>,
}

/// What the form can show of pictures; the one that it names stands there by its name from then on.
pub(super) async fn offered(
    calendar: &Calendar,
    context: &Context,
    on: &Snapshot,
    fields: &mut EventFields,
    asked: bool,
) -> Result<Offered> {
    let chosen = named(calendar, on, fields).await?;
    if let Some(own) = &chosen {
        fields.set("picture", own.name.clone());
    }
    let found = if asked {
        let (words, now) = (fields.get("picture_words").trim(), context.now);
        let neighbours = &calendar.neighbours;
        Some(neighbours.find_pictures(on, words, now, SHOWN).await?)
    } else {
        None
    };
    Ok(Offered { chosen, found })
}

/// What the form says of its picture before anybody was asked for it.
pub(super) fn picture(context: &Context, fields: &EventFields, action: &str) -> PictureChoice {
    let caller = context.caller();
    let may = caller.is_ok_and(|caller| caller.has(Permission::MediaEdit));
    PictureChoice {
        t: context.t(),
        action: action.to_owned(),
        name: fields.get("picture").to_owned(),
        shown: None,
        ended: false,
        media_href: may.then(|| DeskSection::Media.href().to_owned()),
        words: fields.get("picture_words").to_owned(),
        found: None,
    }
}

/// Draws the pictures of a form.
pub(super) async fn draw(
    context: &Context,
    offered: Offered,
    choice: &mut PictureChoice,
) -> Result<()> {
    let Offered { chosen, found } = offered;
    if let Some(own) = chosen {
        choice.shown = shown(context, &[own.id]).await?.pop().map(|(_, it)| it);
        choice.ended = choice.shown.is_none();
    }
    if let Some(found) = found {
        let ids: Vec<PictureId> = found.iter().map(|own| own.id).collect();
        let name = |id| found.iter().find(|own| own.id == id);
        let pictures = shown(context, &ids).await?.into_iter();
        let pictures = pictures.filter_map(|(id, view)| Some((name(id)?.name.clone(), view)));
        choice.found = Some(pictures.collect());
    }
    Ok(())
}
