//! The frame round public pages: the menus, the languages, the contact centre.

use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{Address, Locale, Result};
use torg_ui::{Alternate, Chrome};
use torg_web::{App, ChromeSource, Reading, Wanted};

use crate::model::PageKind;
use crate::navigation::{self, Room};
use crate::store::{self, Framed};

/// Makes frames from the pages themselves and from what editors have settled about menus: languages
/// are those that have a start page, and the contact centre is the first contact card on the start
/// page.
#[derive(Debug, Clone)]
pub struct SiteChrome {
    /// The accessibility statement's Swedish address.
    pub accessibility: Address,
    /// The Swedish address of the page on personal data.
    pub privacy: Address,
}

impl SiteChrome {
    /// Where a page is in a language, else in Swedish.
    fn in_language(pages: &[Framed], swedish: &Address, locale: Locale) -> String {
        let page = pages.iter().find(|page| page.address == swedish.as_str());
        page.and_then(|page| {
            pages
                .iter()
                .find(|other| other.page_id == page.page_id && other.locale == locale.as_str())
        })
        .map_or_else(|| swedish.to_string(), |page| page.address.clone())
    }
}

#[async_trait]
impl ChromeSource for SiteChrome {
    async fn chrome(
        &self,
        app: &App,
        reading: &Reading,
        locale: Locale,
    ) -> Result<(Arc<Chrome>, Vec<String>)> {
        let on = reading.snapshot().await?;
        let mut tags = vec!["frame".to_owned()];
        let framing = navigation::framing(&**on, locale, app.clock.now()).await?;
        tags.extend(framing.tags);
        let framing = framing.shown;
        let starts = store::list_of_kind(&**on, PageKind::Start).await?;
        let info = store::list_of_kind(&**on, PageKind::Info).await?;
        let here = |page: &&Framed| page.locale == locale.as_str();
        let languages = starts
            .iter()
            .filter_map(|page| {
                let locale = page.locale.parse().ok()?;
                Some(Alternate {
                    locale,
                    href: page.address.clone(),
                })
            })
            .collect();
        let (mut phone, mut phone_hours) = (None, None);
        if let Some(start) = starts.iter().find(here) {
            let start = store::find_by_address(&**on, &start.address).await?;
            let unit = start.and_then(|start| start.document.units().first().copied());
            if let Some(unit) = unit {
                let wanted = Wanted {
                    contacts: vec![unit],
                    ..Wanted::default()
                };
                let now = app.clock.now();
                let mut found = app.facts.resolve(reading, &wanted, locale, now).await?;
                if let Some(card) = found.contacts.remove(&unit) {
                    phone = card.phone;
                    phone_hours = card.hours.into_iter().next();
                }
                tags.append(&mut found.tags);
            }
        }
        let chrome = Chrome {
            locale,
            city: app.settings.city.clone(),
            base_url: app.settings.base_url.clone(),
            home_href: Address::start(locale).to_string(),
            themes: framing.top,
            all_themes: framing.all,
            quick: framing.quick,
            find: framing.foot,
            search_href: Room::Search.href(locale),
            languages,
            phone,
            phone_hours,
            accessibility_href: Self::in_language(&info, &self.accessibility, locale),
            privacy_href: Self::in_language(&info, &self.privacy, locale),
            demo: app.settings.demo,
        };
        Ok((Arc::new(chrome), tags))
    }
}
