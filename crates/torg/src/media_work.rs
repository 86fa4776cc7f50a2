//! What the media bank has to do for whoever looks after pictures.

use std::collections::HashSet;

use torg_files::{MediaRef, MediaUse, Picture, PictureFilter, PictureShow, filter_pictures};
use torg_kernel::{Locale, OrganisationId, Permission, Result};
use torg_workspace::{Ask, Urgency, Waiting, WaitingItem};

use crate::assemble::SiteMediaUse;

/// The most pictures that are named of each kind.
const NAMED: usize = 5;
/// The most stopped pictures of which it is looked whether pages still name them, the last first.
const ASKED: usize = 200;

fn item(picture: &Picture, locale: Locale, note: String) -> WaitingItem {
    let alt = &picture.data.alt;
    let (title, lang) = match [locale, Locale::SV]
        .into_iter()
        .find(|own| alt.own(*own).is_some())
    {
        Some(locale) => (alt.get(locale).to_owned(), Some(locale)),
        None => (picture.key.clone(), None),
    };
    WaitingItem {
        title,
        lang,
        href: format!("/admin/media/pictures/{}", picture.id),
        note,
    }
}

struct Bank<'a> {
    ask: &'a Ask<'a>,
    own: Vec<OrganisationId>,
}

impl Bank<'_> {
    async fn found(&self, show: PictureShow, most: usize) -> Result<(Vec<Picture>, usize)> {
        let filter = PictureFilter {
            words: "",
            show,
            organisations: Some(&self.own),
            now: self.ask.context.now,
        };
        let found = filter_pictures(&**self.ask.on, &filter, &HashSet::new(), 0, most).await?;
        Ok((found.items, found.total))
    }

    fn waiting(&self, key: &str, show: &str, count: usize, urgency: Urgency) -> Result<Waiting> {
        Ok(Waiting {
            label: self.ask.context.t().get(key).into_owned(),
            href: format!("/admin/media?show={show}"),
            count: i64::try_from(count)?,
            urgency,
            symbol: "image",
            items: Vec::new(),
        })
    }

    /// Pictures that readers do not see any longer although pages name them.
    async fn missed(&self) -> Result<Waiting> {
        let t = self.ask.context.t();
        let (mut pictures, _) = self.found(PictureShow::Ended, ASKED).await?;
        if !pictures.is_empty() {
            let used = SiteMediaUse.used_pictures(self.ask.on).await?;
            pictures.retain(|picture| used.contains(&picture.id));
        }
        let count = pictures.len();
        let mut waiting = self.waiting("workspace-media-missed", "ended", count, Urgency::Late)?;
        for picture in pictures.iter().take(NAMED) {
            let what = MediaRef::Picture(picture.id);
            let places = SiteMediaUse.places(self.ask.on, what).await?;
            let note = t.one("media-used-note", "count", places.len());
            waiting.items.push(item(picture, t.locale(), note));
        }
        Ok(waiting)
    }

    async fn ending(&self) -> Result<Waiting> {
        let t = self.ask.context.t();
        let (pictures, count) = self.found(PictureShow::Ending, NAMED).await?;
        let mut waiting =
            self.waiting("workspace-media-ending", "ending", count, Urgency::Waits)?;
        waiting.items = pictures
            .iter()
            .map(|picture| {
                let until = picture.data.rights.until;
                let note = until.map_or_else(String::new, |until| torg_ui::date(t, until));
                item(picture, t.locale(), note)
            })
            .collect();
        Ok(waiting)
    }

    async fn undescribed(&self) -> Result<Waiting> {
        let t = self.ask.context.t();
        let (pictures, count) = self.found(PictureShow::NoAlt, NAMED).await?;
        let mut waiting =
            self.waiting("workspace-media-no-alt", "no-alt", count, Urgency::Later)?;
        waiting.items = pictures
            .iter()
            .map(|picture| item(picture, t.locale(), String::new()))
            .collect();
        Ok(waiting)
    }
}

/// Pictures that went out or go out, and those that nobody has described.
///
/// # Errors
/// When the database fails.
pub(crate) async fn waiting(ask: &Ask<'_>) -> Result<Vec<Waiting>> {
    let Some(scope) = ask.caller.scopes.get(&Permission::MediaEdit) else {
        return Ok(Vec::new());
    };
    let bank = Bank {
        ask,
        own: scope.organisations.keys().copied().collect(),
    };
    Ok(vec![
        bank.missed().await?,
        bank.ending().await?,
        bank.undescribed().await?,
    ])
}
