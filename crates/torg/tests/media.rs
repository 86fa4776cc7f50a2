//! A picture's last day, seen from all pages that show it: through the cache, at the turn of the clock.

mod city;

use city::{City, set};
use torg::migrator::Migrator;
use torg_kernel::{Clock, Timestamp};
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
