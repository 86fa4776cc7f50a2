//! A picture's last day, seen from all pages that show it: through the cache, at the turn of the clock.

mod city;

use city::{City, set};
use torg::migrator::Migrator;
use torg_kernel::{Clock, Ids, SystemIds, Timestamp};
use torg_testkit::{TestDatabase, both};

/// Article with a picture in its text, magazine with the same as the picture of a story, and the story.
const PAGES: [&str; 3] = [
    "/uppleva-och-gora/turistinformation",
    "/magasinet",
    "/magasinet/kranforaren",
];

/// Whether a page names any size of a picture.
async fn shows(city: &City, path: &str, picture: &str) -> bool {
    let page = city.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    page.body.contains(&format!("/media/{picture}/"))
}

/// Tuesday 17 November 2026, 10.30 in the city: the story of the magazine is out.
const NOVEMBER: Timestamp = Timestamp::from_micros(1_794_907_800_000_000);

/// Somebody who looks after pictures; a log-in does not last from day to day.
async fn log_in(city: &City) -> String {
    let email = format!("bild{}@stad.example", city.clock.now().micros());
    city.log_in(&email, Some("administrator")).await
}

/// Saves the form of a picture with its last day.
async fn last_day(city: &City, cookie: &str, picture: &str, day: &str) {
    let path = format!("/admin/media/pictures/{picture}");
    let form = city.get_as(cookie, &path).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let mut fields = form.fields();
    // Boxes that are not ticked are not sent.
    fields.retain(|(name, _)| name != "decorative" && name != "standard");
    set(&mut fields, "until", day);
    let saved = city.post_as(cookie, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_leaves_every_page_at_midnight() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        city.clock.set(NOVEMBER);
        let page = city.get(PAGES[0]).await;
        let src = page.attributes("figure.picture img", "src").remove(0);
        let picture = src.split('/').nth(2).expect("an id").to_owned();
        for path in PAGES {
            assert!(shows(&city, path, &picture).await, "{path}");
        }
        let today = torg_kernel::civil_date(city.clock.now());
        let cookie = log_in(&city).await;
        last_day(&city, &cookie, &picture, &today.to_string()).await;
        let midnight = today.tomorrow().expect("a day");
        let midnight = midnight.to_zoned(torg_kernel::zone()).expect("a time");
        let midnight = Timestamp::from_micros(midnight.timestamp().as_microsecond());

        // Into the cache, and out of it when the day ends.
        city.clock
            .set(Timestamp::from_micros(midnight.micros() - 1));
        for path in PAGES {
            assert!(shows(&city, path, &picture).await, "{path} on the last day");
            assert!(shows(&city, path, &picture).await, "{path} once more");
        }
        city.clock.set(midnight);
        for path in PAGES {
            assert!(!shows(&city, path, &picture).await, "{path} the day after");
        }
        let page = city.get(PAGES[0]).await;
        assert!(
            page.attributes("figure.picture img", "src")
                .iter()
                .all(|src| !src.is_empty()),
            "no empty frame is left"
        );
        assert!(
            !page.body.contains("Ta färjan över älven"),
            "nor its caption"
        );
        assert_eq!(city.get(&src).await.status, 410);

        // Whoever looks after it is told, and gets it back with a later day.
        let cookie = log_in(&city).await;
        let start = city.get_as(&cookie, "/admin").await;
        let href = format!("/admin/media/pictures/{picture}");
        assert!(start.attributes("a", "href").contains(&href));
        let chosen = city
            .get_as(
                &cookie,
                "/admin/lookups/search?kinds=picture&locale=sv&q=hamn",
            )
            .await;
        assert!(!chosen.body.contains(&picture), "no editor chooses it");
        let standard = city
            .get_as(
                &cookie,
                "/admin/lookups/search?kinds=standard&locale=sv&q=bad",
            )
            .await;
        assert!(standard.body.contains("\"items\":[{"), "{}", standard.body);
        last_day(&city, &cookie, &picture, "2030-12-31").await;
        for path in PAGES {
            assert!(shows(&city, path, &picture).await, "{path} again");
        }
    });
}

/// What the page of a picture says needs it, and whether it can be removed.
async fn needs(city: &City, cookie: &str, path: &str) -> (Vec<String>, bool) {
    let page = city.get_as(cookie, path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let remove = format!("{path}/remove");
    let removable = page.attributes("form", "action").contains(&remove);
    (
        page.attributes("[aria-labelledby=media_used] .places a", "href"),
        removable,
    )
}

/// The id of the text at an address.
async fn id_at(city: &City, address: &str) -> String {
    #[derive(torg_db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let sql = "SELECT id FROM page_content WHERE address = $1";
    let row: Option<Row> = torg_db::fetch_one(&*snapshot, sql, vec![address.into()])
        .await
        .expect("reads");
    row.expect("a page lies there").id.to_string()
}

/// Saves a draft with the plain form.
async fn write(city: &City, cookie: &str, form: &str, text: &str) {
    let mut fields = city.get_as(cookie, form).await.fields();
    fields.retain(|(name, _)| name != "then" && !name.starts_with("settle:") && name != "comments");
    set(&mut fields, "text", text);
    fields.push(("then".to_owned(), "save".to_owned()));
    let answer = city.post_as(cookie, form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

async fn step(city: &City, cookie: &str, path: &str, more: &[(&str, &str)]) {
    let request = SystemIds.uuid(city.clock.now()).to_string();
    let mut fields = vec![("request_id".to_owned(), request)];
    for (name, value) in more {
        set(&mut fields, name, value);
    }
    let answer = city.post_as(cookie, path, &fields).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_stays_as_long_as_any_text_needs_it() {
    const PICTURE: &str = "![En scen](/pictures/scen.jpg)";
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = log_in(&city).await;
        let shown = "/uppleva-och-gora/kulturskola";
        let src = city
            .get(shown)
            .await
            .attributes("figure.picture img", "src")
            .remove(0);
        let id = src.split('/').nth(2).expect("an id");
        let path = format!("/admin/media/pictures/{id}");
        let remove = format!("{path}/remove");
        let school = format!("/admin/pages/{}", id_at(&city, shown).await);
        assert_eq!(
            needs(&city, &cookie, &path).await,
            (vec![shown.to_owned()], false)
        );

        // A page that readers no longer see.
        step(&city, &cookie, &format!("{school}/unpublish"), &[]).await;
        assert_eq!(
            needs(&city, &cookie, &path).await,
            (vec![school.clone()], false)
        );
        assert_eq!(city.post_as(&cookie, &remove, &[]).await.status, 409);
        let unused = city.get_as(&cookie, "/admin/media?show=unused").await;
        assert!(!unused.body.contains(id), "nobody is asked to remove it");

        // The trash, from which the page can be brought back.
        step(&city, &cookie, &format!("{school}/delete"), &[]).await;
        let trash = "/admin/trash".to_owned();
        assert_eq!(
            needs(&city, &cookie, &path).await,
            (vec![trash.clone()], false)
        );
        assert_eq!(city.post_as(&cookie, &remove, &[]).await.status, 409);

        // A draft, and what is planned when the draft says something else by now.
        let waste = city.page_form(&cookie, "Sophämtning").await;
        write(&city, &cookie, &waste, PICTURE).await;
        let both = (vec![waste.clone(), trash.clone()], false);
        assert_eq!(needs(&city, &cookie, &path).await, both);
        let at = [("publish_at", "2026-12-20T09:00")];
        step(&city, &cookie, &format!("{waste}/schedule"), &at).await;
        write(&city, &cookie, &waste, "Ingen bild längre.").await;
        assert_eq!(needs(&city, &cookie, &path).await, both, "what is planned");
        let gone = [("deed", "publish")];
        step(&city, &cookie, &format!("{waste}/unschedule"), &gone).await;
        assert_eq!(needs(&city, &cookie, &path).await, (vec![trash], false));

        // When the trash is emptied nothing needs it any more.
        city.clock.advance_seconds(31 * 86_400);
        let (history, now) = (&city.node.history, city.clock.now());
        let emptied = history.empty_trash(&city.node.app.database, now).await;
        emptied.expect("empties");
        let cookie = log_in(&city).await;
        assert_eq!(needs(&city, &cookie, &path).await, (Vec::new(), true));
        assert_eq!(city.post_as(&cookie, &remove, &[]).await.status, 303);
    });
}
