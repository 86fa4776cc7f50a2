//! The frame round public pages: the themes, the languages, the contact centre.

use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{Address, Locale, Result};
use torg_ui::{Alternate, Chrome, NavLink, T};
use torg_web::{App, ChromeSource, Reading, Wanted};

use crate::model::PageKind;
use crate::store::{self, Framed};
use crate::web::languages;

/// Makes frames from the pages themselves: themes are the pages of that kind, languages are those
/// that have a start page, and the contact centre is the first contact card on the start page.
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
        let t = T::of(locale);
        let on = reading.snapshot().await?;
        let mut tags = vec!["frame".to_owned()];
        let themes = store::list_of_kind(&**on, PageKind::Theme).await?;
        let starts = store::list_of_kind(&**on, PageKind::Start).await?;
        let info = store::list_of_kind(&**on, PageKind::Info).await?;
        let here = |page: &&Framed| page.locale == locale.as_str();
        let themes = themes
            .iter()
            .filter(here)
            .map(|page| NavLink::new(&*page.title, &*page.address))
            .collect();
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
        // The program's own pages are in Swedish and English; readers of other languages meet the
        // words of the interface in the language that `T` has for them.
        let english = t.language() == torg_ui::UiLanguage::English;
        let own =
            |swedish: &'static str, other: &'static str| if english { other } else { swedish };
        let directory = own("/hitta", "/en/find");
        let search = if t.is_foreign() {
            format!("/sok?lang={locale}")
        } else {
            own("/sok", "/en/search").to_owned()
        };
        let board = own("/anslagstavla", "/en/notice-board");
        let subscribe = own("/prenumerera", "/en/subscribe");
        let tongues = own(languages::SWEDISH, languages::ENGLISH);
        let chrome = Chrome {
            locale,
            city: app.settings.city.clone(),
            base_url: app.settings.base_url.clone(),
            home_href: Address::start(locale).to_string(),
            themes,
            quick: vec![NavLink::new(t.get("chrome-directory"), directory)],
            find: vec![
                NavLink::new(t.get("chrome-directory"), directory),
                NavLink::new(t.get("chrome-search"), search.as_str()),
                NavLink::new(t.get("chrome-board"), board),
                NavLink::new(t.get("chrome-subscribe"), subscribe),
                NavLink::new(t.get("chrome-languages"), tongues),
            ],
            search_href: search,
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
