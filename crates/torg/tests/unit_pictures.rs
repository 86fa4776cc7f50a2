//! Whoever may change units or events, and no pages, chooses a picture from the media bank in the thing's
//! own form, without script; the media bank knows where it is shown, and takes it away there.

mod city;

use city::{City, set};
use torg::migrator::Migrator;
use torg_testkit::{TestDatabase, both};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_editor_chooses_a_picture() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let editor = city.log_in("enhet@stad.example", Some("unit_editor")).await;
        let lookups = "/admin/lookups/search?kinds=picture&locale=sv&q=";
        assert_eq!(
            city.get_as(&editor, lookups).await.status,
            403,
            "those are for pages"
        );

        let unit = city.get("/api/v1/units/valhallabadet").await.body;
        let unit: serde_json::Value = serde_json::from_str(&unit).expect("JSON");
        let form = format!("/admin/units/{}/page", unit["id"].as_str().expect("an id"));
        let mut fields = city.get_as(&editor, &form).await.fields();
        set(&mut fields, "lead_sv", "Ett bad för alla");
        set(&mut fields, "picture_words", "");
        set(&mut fields, "do", "pictures");
        let shown = city.post_as(&editor, &form, &fields).await;
        assert_eq!(shown.status, 200);
        let all = shown.attributes(".pickpicture button", "value");
        assert!(all.len() > 5, "{all:?}");
        let seen = shown.attributes(".pickpicture img", "src");
        assert_eq!(seen.len(), all.len(), "each is seen");

        // By words; none fits; the key that ends a line searches and does not save.
        set(&mut fields, "picture_words", "xyzzy");
        set(&mut fields, "do", "enter");
        let none = city.post_as(&editor, &form, &fields).await;
        assert_eq!(none.status, 200);
        assert_eq!(none.texts(".pickpicture button").len(), 0);
        let mut fields = none.fields();
        assert!(fields.contains(&("lead_sv".to_owned(), "Ett bad för alla".to_owned())));

        // The one that is pressed stands in the field, and is saved with the rest.
        set(&mut fields, "do", &all[0]);
        let taken = city.post_as(&editor, &form, &fields).await;
        let mut fields = taken.fields();
        let name = all[0].strip_prefix("take:").expect("a name").to_owned();
        assert!(fields.contains(&("picture".to_owned(), name)));
        set(&mut fields, "do", "save");
        let saved = city.post_as(&editor, &form, &fields).await;
        assert_eq!(saved.status, 303, "{:?}", saved.texts(".err"));
        let page = city.get("/hitta/valhallabadet").await;
        assert!(page.body.contains("Ett bad för alla"));
    });
}

async fn save_media(city: &City, token: &str, path: &str, over: &[(&str, &str)]) -> u16 {
    let mut fields = city.get_as(token, path).await.fields();
    for (name, value) in over {
        set(&mut fields, name, value);
    }
    city.post_as(token, path, &fields).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_shows_a_picture_as_long_as_it_may_be_shown() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let editor = city
            .log_in("kalender@stad.example", Some("unit_editor"))
            .await;
        city.importer()
            .demo_events()
            .await
            .expect("the calendar is filled");
        city.follow().await;
        let snapshot = city.test.database.snapshot().await.expect("reads");
        let events = torg_calendar::list_all(&*snapshot).await.expect("reads");
        snapshot.end().await.expect("ends");
        let event = events
            .iter()
            .find(|own| own.is_public() && own.data.picture.is_none())
            .expect("the demo has such");
        let form = format!("/admin/calendar/{}", event.id);
        let opened = city.get_as(&editor, &form).await;
        let page = opened.attributes(".tools a", "href")[0].clone();
        assert_eq!(
            city.get(&page)
                .await
                .attributes(".eventpic picture", "class")
                .len(),
            0
        );
        let mut fields = opened.fields();
        set(&mut fields, "do", "pictures");
        let shown = city.post_as(&editor, &form, &fields).await;
        assert_eq!(shown.status, 200, "{:?}", shown.texts("h1"));
        let all = shown.attributes(".pickpicture button", "value");
        assert!(all.len() > 5, "{all:?}");
        let name = all[0].strip_prefix("take:").expect("a name").to_owned();
        set(&mut fields, "do", &all[0]);
        let mut fields = city.post_as(&editor, &form, &fields).await.fields();
        set(&mut fields, "do", "save");
        let saved = city.post_as(&editor, &form, &fields).await;
        assert_eq!(saved.status, 303, "{:?}", saved.texts(".err"));
        let drawn = city.get(&page).await;
        assert_eq!(drawn.attributes(".eventpic picture img", "src").len(), 1);

        // The media bank says that it stands there, and does not let it go.
        let snapshot = city.test.database.snapshot().await.expect("reads");
        let picture = torg_files::find_picture_by_key(&*snapshot, &name).await;
        let picture = picture.expect("reads").expect("is there");
        snapshot.end().await.expect("ends");
        let keeper = city
            .log_in("bild@stad.example", Some("web_strategist"))
            .await;
        let bank = format!("/admin/media/pictures/{}", picture.id);
        let told = city.get_as(&keeper, &bank).await;
        assert!(
            told.attributes("main a", "href").contains(&page),
            "{page} is told"
        );

        // Its last day passes: no page shows it from midnight.
        let status = save_media(
            &city,
            &keeper,
            &bank,
            &[
                ("until", "2026-03-03"),
                ("until_reason", "Avtal 7"),
                ("do", "save"),
            ],
        )
        .await;
        assert_eq!(status, 303);
        let drawn = city.get(&page).await;
        assert_eq!(drawn.attributes(".eventpic picture img", "src").len(), 1);
        city.clock.advance_seconds(12 * 3_600);
        let drawn = city.get(&page).await;
        assert_eq!(drawn.status, 200);
        assert_eq!(drawn.attributes(".eventpic picture img", "src").len(), 0);
        let feed = city.get(&format!("{page}.ics")).await;
        assert!(!feed.body.contains("IMAGE;"), "{}", feed.body);
        let editor = city
            .log_in("kalender.igen@stad.example", Some("unit_editor"))
            .await;
        let opened = city.get_as(&editor, &form).await;
        assert!(opened.body.contains("Bilden får inte visas nu"));
    });
}
