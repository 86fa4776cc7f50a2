//! A unit's own page: written in a form, shown to readers, kept within its limits.

mod limits;

use serde_json::Value;
use torg_db::fetch_one;
use torg_directory::{Part, find_by_key, search_documents};
use torg_kernel::{Locale, Permission, Subject};
use torg_log::{PayloadClass, history};
use torg_testkit::{TestDatabase, both};
use torg_ui::T;
use torg_ui::sample::show;

use crate::town::{DEMO, Migrator, Town, import, import_texts, organisations, page, set};
use crate::{attribute, texts};

/// Presses a button of the form: what comes back.
pub async fn press(
    town: &Town,
    address: &str,
    fields: &[(String, String)],
    button: &str,
) -> (u16, String) {
    let mut fields = fields.to_vec();
    fields.push(("do".to_owned(), button.to_owned()));
    town.post(address, &fields).await
}

/// A town with somebody who writes the libraries' pages, and the address of one page's form.
pub async fn library(test: &TestDatabase, key: &str) -> (Town, String) {
    let town = Town::build(test.database.clone()).await;
    town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
    let id = town.unit(key).await.id;
    (town, format!("/admin/units/{id}/page"))
}

#[tokio::test]
async fn a_unit_gets_a_page_of_its_own() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, address) = library(&test, "angereds-bibliotek").await;
        let (status, form) = town.get(&address).await;
        assert_eq!(status, 200);
        show("admin-unit-page-bare", T::SV, &form);
        assert_eq!(texts(&form, ".parts h2").len(), 5, "what the program makes");
        assert!(attribute(&form, ".parts [name^=hide_]", "checked").is_empty());

        // A section of one's own, at the top, and no list of services.
        let (_, form) = press(&town, &address, &town.fields(&form), "add").await;
        let mut form = form;
        for at in (1..=5).rev() {
            let (_, moved) = press(&town, &address, &town.fields(&form), &format!("up:{at}")).await;
            form = moved;
        }
        let mut fields = town.fields(&form);
        set(&mut fields, "heading_sv_0", "Skapa i  verkstaden");
        set(
            &mut fields,
            "text_sv_0",
            "## Symaskiner\n\nLäs om [alla bibliotek](/uppleva-och-gora/bibliotek), ring \
             {{unit:stadsbiblioteket:phone}}.\n\n![](/pictures/bibliotek.jpg)\n\n\
             <script>alert(1)</script>",
        );
        set(&mut fields, "lead_sv", "Ett hus för hela <i>Angered</i>.");
        set(&mut fields, "picture", "simhall.jpg");
        set(&mut fields, "accent", "skog");
        fields.push(("hide_2".to_owned(), "yes".to_owned()));
        let before = town.unit("angereds-bibliotek").await;
        let (status, draft) = press(&town, &address, &fields, "preview:sv").await;
        assert_eq!(status, 200);
        show("unit-page-preview", T::SV, &draft);
        assert_eq!(texts(&draft, ".previewbar strong").len(), 1);
        assert_eq!(
            town.unit("angereds-bibliotek").await,
            before,
            "nothing is saved"
        );
        // And back to the form with all that was written.
        let kept = town.fields(&draft);
        let (_, again) = press(&town, &address, &kept, "edit").await;
        assert_eq!(
            attribute(&again, "#field_heading_sv_0", "value"),
            ["Skapa i  verkstaden"]
        );

        let (status, to) = press(&town, &address, &kept, "save").await;
        assert_eq!(
            (status, to.as_str()),
            (303, format!("{address}?done=unit-page-saved").as_str())
        );
        let (status, _) = press(&town, &address, &kept, "save").await;
        assert_eq!(status, 303, "a double click is answered alike");
        let unit = town.unit("angereds-bibliotek").await;
        assert_eq!(unit.version, 2, "and happens once");
        assert_eq!(unit.data.parts.len(), 5, "services are hidden");
        assert!(!unit.data.parts.contains(&Part::Services));
        assert_eq!(unit.data.linked_pages(), [page(0)]);
        let (_, done) = town.get(&to).await;
        assert_eq!(texts(&done, ".done").len(), 1);

        let (_, shown) = town.get("/hitta/angereds-bibliotek").await;
        show("unit-page", T::SV, &shown);
        assert_eq!(
            texts(&shown, ".unitbody h2")[..2],
            ["Skapa i verkstaden", "Öppettider"]
        );
        assert_eq!(texts(&shown, ".unitbody section.prose h3"), ["Symaskiner"]);
        assert!(
            !shown.contains("alert(1)") && shown.contains("&lt;i&gt;") | shown.contains("&#60;i")
        );
        assert_eq!(
            attribute(&shown, ".prose a[href^='/upp']", "href"),
            ["/uppleva-och-gora/bibliotek"]
        );
        assert_eq!(texts(&shown, ".prose a[href^=tel]"), ["031-390 06 01"]);
        assert_eq!(
            attribute(&shown, ".unitpicture img", "class"),
            ["fx3 fy7"],
            "cut round its focal point"
        );
        assert_eq!(
            attribute(&shown, ".prose img", "alt"),
            ["Bilden bibliotek.jpg"]
        );
        let style = attribute(&shown, "link[href^='/units/accent/']", "href");
        let (status, css) = town.get(&style[0]).await;
        assert_eq!(status, 200);
        assert!(css.contains("--accent:#2f6b3c") && css.contains("prefers-color-scheme:dark"));
        let data = texts(&shown, "script[type='application/ld+json']");
        let data: Value = serde_json::from_str(&data[0]).expect("JSON-LD is JSON");
        let image = data["image"].as_str().expect("the picture");
        assert!(image.starts_with("https://torg.example/media/"), "{image}");
        assert_eq!(data["telephone"], "031-390 06 03");
    });
}

#[tokio::test]
async fn a_page_that_moves_breaks_no_link_and_both_languages_are_shown() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, address) = library(&test, "stadsbiblioteket").await;
        let (_, swedish) = town.get("/hitta/stadsbiblioteket").await;
        show("unit-page-demo", T::SV, &swedish);
        let (_, english) = town.get("/en/find/stadsbiblioteket").await;
        show("unit-page-demo", T::EN, &english);
        assert_eq!(texts(&english, ".unitbody h2")[1], "New here?");
        assert!(attribute(&english, ".unitbody section", "lang").is_empty());
        assert!(english.contains("href=\"/en/libraries\""));
        town.around
            .move_page("/uppleva-och-gora/bibliotek", "/kultur/bibliotek");
        let (_, form) = town.get(&address).await;
        let fields = town.fields(&form);
        let text = fields.iter().find(|(name, _)| name == "text_sv_1");
        let text = &text.expect("the section").1;
        assert!(text.contains("(/kultur/bibliotek)"), "{text}");
        assert!(text.contains("{{fact:bibliotek-lanetid:value}}"), "{text}");

        // Sent back as it came, nothing changes.
        let (status, _) = press(&town, &address, &fields, "save").await;
        assert_eq!(status, 303);
        assert_eq!(
            town.unit("stadsbiblioteket").await.version,
            2,
            "as imported"
        );

        // Without English, readers of English get the Swedish text, marked as such.
        let mut fields = fields;
        set(&mut fields, "heading_en_1", "");
        set(&mut fields, "text_en_1", "");
        set(&mut fields, "request_id", &town.request_id());
        assert_eq!(press(&town, &address, &fields, "save").await.0, 303);
        let (_, english) = town.get("/en/find/stadsbiblioteket").await;
        assert_eq!(
            attribute(&english, ".unitbody section[lang]", "lang"),
            ["sv"]
        );
        let (_, swedish) = town.get("/hitta/stadsbiblioteket").await;
        assert!(
            swedish.contains("href=\"/kultur/bibliotek\""),
            "the reference held"
        );

        let unit = town.unit("stadsbiblioteket").await;
        let found = search_documents(&unit, &organisations());
        assert!(found[0].headings.contains(&"Ny här?".to_owned()));
        assert!(found[0].body.contains("Du behöver inget kort"));
        assert!(
            found[0].body.contains("Götaplatsen 3, 412 56 Göteborg.\n"),
            "an address is a line that ends: {}",
            found[0].body
        );
        let last = {
            let snapshot = test.database.snapshot().await.expect("reads");
            let subject = Subject::new("unit", unit.id);
            history(&*snapshot, &subject, &[PayloadClass::Public], 1)
                .await
                .expect("reads")
        };
        assert_eq!(last.len(), 1, "in the log");
    });
}

#[tokio::test]
async fn texts_by_hand_come_in_once_and_go_out_by_reference() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let before = crate::events(&test.database).await;
        let again = import(&test.database, &organisations(), DEMO, crate::NOW).await;
        let again = again.expect("imports");
        assert!(again.changed.is_empty(), "{:?}", again.changed);
        let again = import_texts(&test.database, &town.around, DEMO).await;
        assert_eq!(again.expect("imports").unchanged, 3);
        assert_eq!(
            crate::events(&test.database).await,
            before,
            "nothing happened"
        );
        let wrong = DEMO.replace("(/uppleva-och-gora/museer)", "(/borta)");
        let refused = import_texts(&test.database, &town.around, &wrong).await;
        let Err(torg_kernel::Problem::Invalid(errors)) = refused else {
            panic!("the page is not there");
        };
        assert!(
            errors[0]
                .field
                .ends_with(":goteborgs-konstmuseum:parts[3].text.sv"),
            "{}",
            errors[0].field
        );

        let snapshot = test.database.snapshot().await.expect("reads");
        let exported = torg_directory::export_units(&*snapshot, &organisations())
            .await
            .expect("exports");
        drop(snapshot);
        let empty = torg_testkit::sqlite::<Migrator>().await;
        import(&empty.database, &organisations(), &exported, crate::NOW)
            .await
            .expect("an export needs nothing else to be there");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = find_by_key(&*snapshot, "valhallabadet")
            .await
            .expect("reads");
        let copy = copy.expect("is there");
        assert_eq!(copy.data, town.unit("valhallabadet").await.data);
        assert!(copy.data.picture.is_some() && copy.data.sections().count() == 3);
    });
}

#[derive(sea_orm::FromQueryResult)]
struct Tags {
    tags: String,
}

#[tokio::test]
async fn only_lists_that_show_a_change_are_made_anew() {
    both!(Migrator, |test: TestDatabase| async move {
        let (town, page) = library(&test, "majornas-bibliotek").await;
        let unit = town.unit("majornas-bibliotek").await;
        let facts = format!("/admin/units/{}", unit.id);
        let tags = || async {
            let snapshot = test.database.snapshot().await.expect("reads");
            let sql = "SELECT tags FROM event ORDER BY position DESC LIMIT 1";
            let row: Option<Tags> = fetch_one(&*snapshot, sql, vec![]).await.expect("reads");
            let tags = row.expect("an event").tags;
            let tags: Vec<&str> = tags
                .split(|c: char| !"-:".contains(c) && !c.is_alphanumeric())
                .collect();
            let own = format!("unit:{}", unit.id);
            let [phone, hours] = ["phone", "hours"].map(|field| format!("{own}:{field}"));
            [&*own, &*phone, &*hours, "units", "unit-details"].map(|own| tags.contains(&own))
        };
        let (_, form) = town.get(&facts).await;
        let mut fields = town.fields(&form);
        set(&mut fields, "phone", "031-390 06 44");
        assert_eq!(town.post(&facts, &fields).await.0, 303);
        assert_eq!(
            tags().await,
            [true, true, false, false, true],
            "no list shows a phone"
        );

        let (_, form) = town.get(&page).await;
        let mut fields = town.fields(&form);
        set(&mut fields, "lead_sv", "Nära kajen.");
        assert_eq!(press(&town, &page, &fields, "save").await.0, 303);
        assert_eq!(
            tags().await,
            [true, false, false, false, true],
            "lists for programs tell the lead"
        );

        let (_, form) = town.get(&facts).await;
        let mut fields = town.fields(&form);
        set(&mut fields, "street", "Kajen 1");
        assert_eq!(town.post(&facts, &fields).await.0, 303);
        assert_eq!(tags().await, [true, false, false, true, true]);
        let (_, all) = town.get("/hitta?kind=library").await;
        assert!(all.contains("Kajen 1"));
        let english = town.unit("majornas-bibliotek").await;
        assert_eq!(english.data.summary.get(Locale::SV), "Nära kajen.");
    });
}
