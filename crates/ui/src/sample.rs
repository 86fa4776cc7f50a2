//! Sample data for tests that draw pages. With `TORG_GALLERY=folder` set, every page drawn is
//! also written there, to be looked at.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use torg_kernel::Locale;

use crate::{
    Alternate, Chrome, ContactCard, Desk, DeskSection, NavLink, OpenStatus, Shell, T, assets,
};

/// A text in Swedish or English.
#[must_use]
pub const fn say<'a>(t: T, sv: &'a str, en: &'a str) -> &'a str {
    match t.language() {
        crate::UiLanguage::Swedish => sv,
        crate::UiLanguage::English => en,
    }
}

/// The two languages with their words.
#[must_use]
pub const fn languages() -> [T; 2] {
    [T::SV, T::EN]
}

/// What pages share.
#[must_use]
pub fn chrome(t: T) -> Arc<Chrome> {
    let theme = |sv: &str, en: &str| {
        let label = say(t, sv, en);
        NavLink::new(label, format!("/{}", torg_kernel::slugify(label)))
    };
    Arc::new(Chrome {
        locale: t.locale(),
        city: "Göteborgs Stad".to_owned(),
        base_url: "https://torg.example".to_owned(),
        home_href: say(t, "/", "/en").to_owned(),
        themes: vec![
            theme("Förskola och utbildning", "Preschool and education"),
            theme("Omsorg och stöd", "Care and support"),
            theme("Bygga, bo och miljö", "Building, housing and environment"),
            theme("Trafik och resor", "Traffic and travel"),
            theme("Uppleva och göra", "Things to do"),
            theme("Företag och jobb", "Business and jobs"),
            theme("Kommun och politik", "City and politics"),
        ],
        all_themes: vec![
            theme("Förskola och utbildning", "Preschool and education"),
            theme("Omsorg och stöd", "Care and support"),
        ],
        quick: vec![NavLink::new(
            say(t, "Hitta", "Find"),
            say(t, "/hitta", "/en/find"),
        )],
        find: vec![NavLink::new(
            say(t, "Enheter och öppettider", "Units and opening hours"),
            say(t, "/hitta", "/en/find"),
        )],
        search_href: say(t, "/sok", "/en/search").to_owned(),
        languages: vec![
            Alternate {
                locale: Locale::SV,
                href: "/".to_owned(),
            },
            Alternate {
                locale: Locale::EN,
                href: "/en".to_owned(),
            },
        ],
        phone: Some("031-390 06 00".to_owned()),
        phone_hours: Some(
            say(t, "Vi svarar vardagar 7–18.", "We answer weekdays 7–18.").to_owned(),
        ),
        accessibility_href: say(t, "/tillganglighet", "/en/accessibility").to_owned(),
        privacy_href: say(t, "/personuppgifter", "/en/personal-data").to_owned(),
        demo: true,
    })
}

/// A page's frame.
#[must_use]
pub fn shell(t: T, title: &str, path: &str) -> Shell {
    let mut shell = Shell::new(chrome(t), title, path);
    shell.description = say(t, "Vad sidan handlar om.", "What the page is about.").to_owned();
    shell
}

/// A page's frame in the workspace.
#[must_use]
pub fn desk(t: T, section: DeskSection, title: &str) -> Desk {
    Desk {
        t,
        city: "Göteborgs Stad".to_owned(),
        title: title.to_owned(),
        section,
        person: "Maryam Ek".to_owned(),
        sections: vec![DeskSection::Pages, DeskSection::Units],
        crumbs: Vec::new(),
        public_href: "/".to_owned(),
        done: None,
        demo: true,
    }
}

/// A full contact card.
#[must_use]
pub fn contact(t: T) -> ContactCard {
    ContactCard {
        name: say(t, "Odla i staden", "Grow in the city").to_owned(),
        href: Some("/hitta/odla-i-staden".to_owned()),
        heading: None,
        open: Some(OpenStatus {
            text: say(t, "Öppet nu till 16", "Open now until 16:00").to_owned(),
            open: true,
        }),
        phone: Some("031-390 06 24".to_owned()),
        email: Some("odla@goteborg.example".to_owned()),
        hours: vec![
            say(t, "Måndag–torsdag 9–16", "Monday–Thursday 9:00–16:00").to_owned(),
            say(t, "Fredag 9–12", "Friday 9:00–12:00").to_owned(),
        ],
        address: vec!["Kustgatan 8".to_owned(), "414 73 Göteborg".to_owned()],
        getting_there: Some(
            say(
                t,
                "Hållplats Klippan, 150 meter. Hiss finns.",
                "Klippan stop, 150 metres. There is a lift.",
            )
            .to_owned(),
        ),
        map_href: Some("https://www.openstreetmap.org/?mlat=57.69&mlon=11.91".to_owned()),
        wrong_href: Some("/hitta/odla-i-staden/stammer-inte".to_owned()),
    }
}

/// Checks what every page must have, and writes it to the gallery when there is one.
///
/// # Panics
/// When the page has no or several main headings, two elements with one id, a reference to an id
/// that is not there, or something that looks like an untranslated key.
pub fn show(name: &str, t: T, html: &str) {
    let values = |attribute: &str| -> Vec<&str> {
        html.split(&format!(" {attribute}=\""))
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect()
    };
    assert_eq!(html.matches("<h1").count(), 1, "{name}: main headings");
    let mut ids = HashSet::new();
    for id in values("id") {
        assert!(ids.insert(id), "{name}: id {id} stands twice");
    }
    for attribute in ["aria-labelledby", "aria-describedby", "for"] {
        for id in values(attribute)
            .into_iter()
            .flat_map(str::split_whitespace)
        {
            assert!(ids.contains(id), "{name}: {attribute} names {id}");
        }
    }
    for href in values("href") {
        if let Some(id) = href.strip_prefix('#') {
            assert!(ids.contains(id), "{name}: link to #{id}");
        }
    }
    for place in ["href", "src"] {
        assert!(!values(place).contains(&""), "{name}: empty {place}");
    }
    assert!(html.starts_with("<!doctype html>"), "{name}: doctype");
    assert!(html.trim_end().ends_with("</html>"), "{name}: end");
    assert!(!html.contains(" style=\""), "{name}: styles in the page");
    if let Some(folder) = std::env::var_os("TORG_GALLERY") {
        let folder = Path::new(&folder);
        let files = folder.join("static");
        std::fs::create_dir_all(&files).expect("the gallery can be written");
        for asset in assets() {
            let file = asset.url.trim_start_matches("/static/");
            std::fs::write(files.join(file), asset.bytes).expect("the gallery can be written");
        }
        let local = html.replace("\"/static/", "\"static/");
        let file = folder.join(format!("{name}-{}.html", t.locale()));
        std::fs::write(file, local).expect("the gallery can be written");
    }
}
