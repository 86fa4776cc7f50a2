use askama::Template;
use torg_kernel::{FieldError, Message};
use torg_ui::sample::{contact, desk, languages, say, shell, show};
use torg_ui::{ContactCard, DeskSection, NavLink, OpenStatus, Paging, T};

use super::*;

fn point(t: T, sv: &'static str, en: &'static str, note: &str) -> Point {
    Point {
        label: say(t, sv, en).to_owned(),
        note: note.to_owned(),
    }
}

fn open(t: T) -> OpenStatus {
    OpenStatus {
        text: say(t, "Öppet nu till 18", "Open now until 18:00").to_owned(),
        open: true,
    }
}

fn unit(t: T) -> UnitPage {
    let day = |sv: &'static str, en: &'static str, spans: &[&str], today| DayRow {
        day: say(t, sv, en).to_owned(),
        spans: spans.iter().map(|span| (*span).to_owned()).collect(),
        today,
        note: None,
    };
    let mut frame = shell(t, "Klippans bibliotek", "/hitta/klippans-bibliotek");
    frame.crumbs = vec![NavLink::new(say(t, "Hitta", "Find"), "/hitta")];
    let mut days = vec![
        day("Måndag", "Monday", &["10–19"], false),
        day("Tisdag", "Tuesday", &["10–18"], true),
        day("Onsdag", "Wednesday", &["10–13", "15–19"], false),
        day("Torsdag", "Thursday", &["13–18"], false),
        day("Fredag", "Friday", &["10–16"], false),
        day("Lördag", "Saturday", &["11–15"], false),
        day("Söndag", "Sunday", &[], false),
    ];
    days[3].note = Some(say(t, "möte på morgonen", "meeting in the morning").to_owned());
    UnitPage {
        shell: frame,
        kind: "library".to_owned(),
        more: UnitMore {
            notice: Some("Hissen är trasig.".to_owned()),
            wrong_href: "/hitta/klippans-bibliotek/stammer-inte".to_owned(),
            changed_href: "/hitta?sort=changed".to_owned(),
            ..UnitMore::default()
        },
        accent_href: Some("/units/accent/1f6f78-1.css".to_owned()),
        lead: None,
        summary: say(
            t,
            "Ett litet bibliotek vid älven med sagor, skapande och lugna platser att läsa på.",
            "A small library by the river with stories, crafts and quiet places to read.",
        )
        .to_owned(),
        open: Some(open(t)),
        week: say(t, "Vecka 10, 2–8 mars 2026", "Week 10, 2–8 March 2026").to_owned(),
        days,
        deviations: vec![
            Deviation {
                when: say(t, "torsdag 2 april, skärtorsdag", "Thursday 2 April").to_owned(),
                hours: "10–15".to_owned(),
            },
            Deviation {
                when: say(t, "3–6 april, påsk", "3–6 April, Easter").to_owned(),
                hours: say(t, "Stängt", "Closed").to_owned(),
            },
        ],
        services: vec![
            point(
                t,
                "Låna och lämna",
                "Borrow and return",
                "Lådan vid dörren är öppen dygnet runt",
            ),
            point(t, "Skriva ut och kopiera", "Print and copy", "2 kr"),
            point(t, "Låna dator", "Use a computer", ""),
        ],
        accessibility: vec![
            point(t, "Ingång utan trappsteg", "Step-free entrance", ""),
            point(t, "Hörslinga", "Hearing loop", "I stora rummet"),
        ],
        contact: ContactCard {
            name: "Klippans bibliotek".to_owned(),
            ..contact(t)
        },
        parts: vec![
            PartView::Hours,
            PartView::Services,
            PartView::FindHere,
            PartView::Accessibility,
            PartView::Contact,
        ],
        confirmed: Some(say(t, "18 februari 2026", "18 February 2026").to_owned()),
        owner: Some(say(t, "Kulturförvaltningen", "Culture Department").to_owned()),
        preview: None,
    }
}

#[test]
fn units_are_drawn() {
    for t in languages() {
        let page = unit(t);
        let html = page.render().unwrap();
        assert!(html.contains("href=\"/units/accent/1f6f78-1.css\""));
        assert!(html.contains("class=\"today\""));
        assert_eq!(html.matches("tel:+46313900624").count(), 1);
        show("unit", t, &html);
        let bare = UnitPage {
            accent_href: None,
            kind: "park".to_owned(),
            summary: String::new(),
            open: Some(OpenStatus {
                text: say(
                    t,
                    "Stängt, öppnar i morgon 10",
                    "Closed, opens tomorrow 10:00",
                )
                .to_owned(),
                open: false,
            }),
            days: Vec::new(),
            deviations: Vec::new(),
            services: Vec::new(),
            accessibility: Vec::new(),
            contact: ContactCard {
                name: "Slottsskogen".to_owned(),
                ..ContactCard::default()
            },
            confirmed: None,
            owner: None,
            ..unit(t)
        };
        let html = bare.render().unwrap();
        assert!(
            !html.contains("href=\"#unit_hours\""),
            "there is no week to go to"
        );
        show("unit-bare", t, &html);
        let preview = UnitPage {
            preview: Some(PreviewBar {
                action: "/admin/units/1/page".to_owned(),
                fields: vec![("lead_sv".to_owned(), "\" onload=\"x".to_owned())],
                t: T::SV,
            }),
            parts: vec![PartView::Contact],
            ..unit(t)
        };
        let html = preview.render().unwrap();
        assert!(!html.contains("\" onload"), "what was written is text");
        assert!(!html.contains("<table") && html.contains("unit_contact"));
        show("unit-preview", t, &html);
    }
}

#[test]
fn the_list_is_drawn() {
    for t in languages() {
        let item = |name: &str, with_hours: bool| UnitItem {
            name: name.to_owned(),
            href: format!("/hitta/{}", torg_kernel::slugify(name)),
            kind: "library".to_owned(),
            address: "Kustgatan 8, Göteborg".to_owned(),
            open: with_hours.then(|| open(t)),
            distance: with_hours.then(|| "350 m".to_owned()),
            changed: None,
            compare: Some(choice("klippans-bibliotek", "Jämför")),
        };
        let finder = Finder {
            t,
            action: "/hitta".to_owned(),
            q: "\" onfocus=\"x".to_owned(),
            place: String::new(),
            place_note: None,
            place_unknown: false,
            kinds: vec![choice("library", "Bibliotek")],
            several_kinds: None,
            organisations: vec![choice("kultur", "Kulturförvaltningen")],
            districts: Vec::new(),
            open: true,
            sorted: false,
            hidden: Vec::new(),
            access: vec![choice("step_free", "Ingång utan trappsteg")],
            chosen: vec![NavLink::new("Öppet nu", "/hitta")],
            clear_href: "/hitta".to_owned(),
        };
        let mut page = UnitListPage {
            shell: shell(t, say(t, "Hitta", "Find"), say(t, "/hitta", "/en/find")),
            finder,
            tiles: Vec::new(),
            services: Vec::new(),
            changed: Vec::new(),
            changed_href: "/hitta?sort=changed".to_owned(),
            total: 2,
            units: vec![
                item("Klippans bibliotek", true),
                item("Älvens bibliotek", false),
            ],
            orders: vec![choice("", "Efter namn")],
            print_href: "/hitta?view=print".to_owned(),
            compare: vec![NavLink::new("Klippans bibliotek", "/hitta")],
            compare_href: None,
            compare_clear: "/hitta".to_owned(),
            paging: Paging::default(),
        };
        let html = page.render().unwrap();
        assert!(!html.contains("unit-kind-"), "a key shows");
        assert!(!html.contains("\" onfocus"), "what was written is text");
        show("units", t, &html);
        page.units.clear();
        show("units-none", t, &page.render().unwrap());
        page.tiles = vec![KindTile {
            kind: "library".to_owned(),
            href: "/hitta?kind=library".to_owned(),
            count: 24,
        }];
        show("units-first", t, &page.render().unwrap());
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        count: 3,
        href: format!("/hitta?x={value}"),
        chosen: false,
    }
}

#[test]
fn every_kind_has_a_name_and_an_icon() {
    for kind in crate::UnitKind::ALL.iter().map(|kind| kind.as_str()) {
        for t in languages() {
            assert!(t.find(&format!("unit-kind-{kind}")).is_some(), "{kind}");
        }
        assert!(!torg_ui::icon(kind_icon(kind)).is_empty(), "{kind}");
    }
}

#[test]
fn staff_pages_are_drawn() {
    for t in languages() {
        let mut page = UnitsAdminListPage {
            desk: desk(t, DeskSection::Units, say(t, "Enheter", "Units")),
            query: String::new(),
            almanac_href: None,
            total: 1,
            rows: vec![UnitRow {
                name: "Klippans bibliotek".to_owned(),
                edit_href: "/admin/units/1".to_owned(),
                kind: "library".to_owned(),
                phone: "031-390 06 41".to_owned(),
                organisation: "Kulturförvaltningen".to_owned(),
                confirmed: None,
            }],
            paging: Paging::default(),
        };
        show("admin-units", t, &page.render().unwrap());
        page.rows.clear();
        show("admin-units-empty", t, &page.render().unwrap());
        let mut frame = desk(t, DeskSection::Units, "Klippans bibliotek");
        frame.crumbs = vec![NavLink::new(say(t, "Enheter", "Units"), "/admin/units")];
        let mut edit = UnitEditPage {
            desk: frame,
            action: "/admin/units/1".to_owned(),
            cancel_href: "/admin/units".to_owned(),
            page_href: "/admin/units/1/page".to_owned(),
            hours_href: "/admin/units/1/hours".to_owned(),
            confirm_id: "r-3".to_owned(),
            log_href: Some("/admin/log/unit/1".to_owned()),
            used_on: 3,
            name_sv: "Klippans bibliotek".to_owned(),
            name_en: String::new(),
            phone: "031-390 06 41".to_owned(),
            email: "klippan@goteborg.example".to_owned(),
            street: "Kustgatan 8".to_owned(),
            postcode: "414 73".to_owned(),
            city: "Göteborg".to_owned(),
            version: "4".to_owned(),
            request_id: "r-2".to_owned(),
            errors: Vec::new(),
        };
        show("admin-unit-edit", t, &edit.render().unwrap());
        edit.phone = "ring oss".to_owned();
        edit.errors = ["phone", "email"]
            .map(|field| FieldError {
                field: field.to_owned(),
                message: Message::new("error-required"),
            })
            .to_vec();
        let html = edit.render().unwrap();
        assert!(html.contains("value=\"ring oss\"") && html.contains("href=\"#field_email\""));
        show("admin-unit-error", t, &html);
    }
}
