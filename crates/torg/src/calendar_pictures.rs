//! Where the calendar shows pictures of the media bank.

use torg_calendar::Event;
use torg_db::ConnectionTrait;
use torg_files::{MayRead, MediaRef, UnseenPlaces, UsePlace};
use torg_kernel::{Locale, PictureId, Result};

async fn events<C: ConnectionTrait>(on: &C, media: MediaRef) -> Result<Vec<Event>> {
    match media {
        MediaRef::Picture(id) => Ok(torg_calendar::list_with_picture(on, id).await?),
        MediaRef::File(_) => Ok(Vec::new()),
    }
}

/// The public events that show a picture.
pub(crate) async fn using<C: ConnectionTrait>(on: &C, media: MediaRef) -> Result<Vec<UsePlace>> {
    let events = events(on, media).await?;
    let place = |event: &Event| UsePlace {
        title: event.name(Locale::SV).to_owned(),
        href: event.href(Locale::SV),
    };
    let public = events.iter().filter(|event| event.is_public());
    Ok(public.map(place).collect())
}

/// Adds the events that are not public and would show a picture: drafts, what waits, the trash.
pub(crate) async fn unseen<C: ConnectionTrait>(
    on: &C,
    media: MediaRef,
    may_read: MayRead<'_>,
    places: &mut UnseenPlaces,
) -> Result<()> {
    for event in events(on, media).await? {
        if event.is_public() {
            continue;
        }
        if may_read(event.organisation) {
            places.seen.push(UsePlace {
                title: event.name(Locale::SV).to_owned(),
                href: format!("/admin/calendar/{}", event.id),
            });
        } else {
            places.hidden += 1;
        }
    }
    Ok(())
}

/// Every picture that some event shows, or that some public event does.
pub(crate) async fn pictures<C: ConnectionTrait>(on: &C, public: bool) -> Result<Vec<PictureId>> {
    let events = torg_calendar::list_pictured(on).await?;
    let shown = events.iter().filter(|event| !public || event.is_public());
    Ok(shown.filter_map(|event| event.data.picture).collect())
}
