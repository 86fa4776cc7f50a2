//! Whoever may change units, and no pages, chooses a unit's picture from the media bank in the unit's own
//! form, without script.

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
