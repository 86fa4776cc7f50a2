//! Search as readers, programs and editors meet it, over the demo city on both databases.

mod city;

use std::net::SocketAddr;

use axum::body::Body;
use city::{City, encoded, set};
use http::Request;
use torg::migrator::Migrator;
use torg::{city as files, export};
use torg_kernel::{Clock, Locale};
use torg_site::searching::{self, BEST_BETS, MUST_FIND};
use torg_testkit::{TestDatabase, both};

const SETTINGS: &str = "/admin/search/settings?lang=sv";

async fn counted(city: &City) -> Vec<(String, i64, i64, i64)> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        query: String,
        searches: i64,
        clicks: i64,
        no_result: i64,
    }
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let rows: Vec<Row> = torg_db::fetch_all(
        &*snapshot,
        "SELECT query, CAST(SUM(searches) AS BIGINT) AS searches, \
         CAST(SUM(clicks) AS BIGINT) AS clicks, CAST(SUM(no_result) AS BIGINT) AS no_result \
         FROM search_count GROUP BY query ORDER BY query",
        vec![],
    )
    .await
    .expect("reads");
    rows.into_iter()
        .map(|row| (row.query, row.searches, row.clicks, row.no_result))
        .collect()
}

async fn setting(city: &City, name: &str) -> Option<String> {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    torg_site::find_setting(&*snapshot, name)
        .await
        .expect("reads")
}

async fn flush(city: &City) -> usize {
    let database = &city.node.app.database;
    city.node.searching.flush(database).await.expect("written")
}

fn click(query: &str, url: &str) -> Vec<(String, String)> {
    [
        ("q", query),
        ("lang", "sv"),
        ("position", "1"),
        ("url", url),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// Everybody's searches are counted without anybody's name, and become a list to work through.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_are_counted_and_worked_through() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        search(&city, 4, "Qwxzqwxz%20Vrqz").await;
        search(&city, 6, "simhall").await;
        for private in ["19121212-1212", "031-390 06 41", "namn@stad.example"] {
            city.get(&format!("/sok?q={}", encoded(private))).await;
        }
        city.get("/sok?q=en%20enda").await;
        // Narrowing and leafing are the same search.
        city.get("/sok?q=simhall&typ=unit").await;
        city.get("/sok?q=simhall&page=2").await;
        let url = city
            .get("/sok?q=simhall")
            .await
            .attributes("ol.results h2 a", "href");
        for (query, to) in [("simhall", url[0].as_str()), ("simhall", "/finns-inte")] {
            let answer = city
                .post_as("", "/api/v1/search/click", &click(query, to))
                .await;
            assert_eq!(answer.status, 204, "{}", answer.body);
        }
        // A click cannot put a query into the table.
        let stray = click("aldrig sökt", &url[0]);
        city.post_as("", "/api/v1/search/click", &stray).await;
        assert!(
            counted(&city).await.is_empty(),
            "nothing is written by a search"
        );
        assert!(flush(&city).await > 0);
        let rows = counted(&city).await;
        let row = |query: &str| rows.iter().find(|row| row.0 == query).cloned();
        assert_eq!(
            row("qwxzqwxz vrqz"),
            Some(("qwxzqwxz vrqz".to_owned(), 4, 0, 4))
        );
        assert_eq!(row("simhall"), Some(("simhall".to_owned(), 7, 1, 0)));
        assert_eq!(rows.len(), 3, "{rows:?}");

        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let list = city.get_as(&cookie, "/admin/search").await;
        let shown = list.texts("tbody th a");
        assert!(shown.contains(&"qwxzqwxz vrqz".to_owned()), "{}", list.body);
        assert!(
            !shown.contains(&"en enda".to_owned()),
            "rare searches are hidden"
        );
        assert!(!shown.contains(&"simhall".to_owned()), "{shown:?}");
        let mut fields = list.fields();
        set(&mut fields, "how", "nonsense");
        set(&mut fields, "note", "Vi har inga mattor");
        let answer = city.post_as(&cookie, "/admin/search", &fields).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.texts(".errsum li").len(), 1);
        set(&mut fields, "how", "synonym");
        let answer = city.post_as(&cookie, "/admin/search", &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let list = city.get_as(&cookie, "/admin/search").await;
        assert!(
            !list
                .texts("tbody th a")
                .contains(&"qwxzqwxz vrqz".to_owned())
        );
        // It fails again from the next day on: it comes back.
        city.clock.advance_seconds(86_400);
        let cookie = city.log_in("ella@stad.example", Some("publisher")).await;
        search(&city, 3, "qwxzqwxz%20vrqz").await;
        flush(&city).await;
        let list = city.get_as(&cookie, "/admin/search").await;
        assert!(
            list.texts("tbody th a")
                .contains(&"qwxzqwxz vrqz".to_owned())
        );

        // What many search for is suggested to others.
        let database = &city.node.app.database;
        read_common(&city).await;
        let answer = city.get("/api/v1/suggest?q=simh&lang=sv").await;
        let found: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
        assert_eq!(found["suggestions"][0]["type"], "query", "{found}");
        assert_eq!(found["suggestions"][0]["url"], "/sok?q=simhall");
        let empty = city.get("/sok?q=qwxzqwxz").await;
        assert!(empty.texts(".helps .chip").contains(&"simhall".to_owned()));

        // Rare queries go after a month, all after a bit more than a year.
        for (days, left) in [(31, 2), (380, 0)] {
            city.clock.advance_seconds(days * 86_400);
            let now = city.clock.now();
            database
                .write(move |context| {
                    Box::pin(async move { Ok(searching::weed_counts(&**context, now).await?) })
                })
                .await
                .expect("weeded");
            assert_eq!(counted(&city).await.len(), left);
        }
    });
}

/// One person's words are not put into everybody's mouth: a source counts once a day, and only what
/// stands on the site is suggested, however many ask for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn suggestions_cannot_be_poisoned() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let url = city
        .get("/sok?q=simhall")
        .await
        .attributes("ol.results h2 a", "href")
        .remove(0);
    for _ in 0..30 {
        from(&city, [192, 0, 2, 7], "/sok?q=simhallar").await;
        // Letters in upper case and more spaces are the same query.
        from(&city, [192, 0, 2, 7], "/sok?q=%20SIMHALLAR").await;
        from(&city, [192, 0, 2, 7], "/en/search?q=swimming").await;
        from(&city, [192, 0, 2, 7], "/sok?q=simhall%20kommunalfusk").await;
        let one = click("simhallar", &url);
        city.post_as("", "/api/v1/search/click", &one).await;
    }
    search(&city, 9, "simhall%20kommunalfusk").await;
    search(&city, 9, "simhall%20barn").await;
    flush(&city).await;
    let rows = counted(&city).await;
    let row = |query: &str| rows.iter().find(|row| row.0 == query).cloned();
    assert_eq!(row("simhallar"), Some(("simhallar".to_owned(), 1, 1, 0)));
    assert_eq!(row("swimming").map(|row| row.1), Some(1));
    assert_eq!(row("simhall kommunalfusk").map(|row| row.1), Some(10));
    read_common(&city).await;
    let suggested = |body: &str| {
        let found: serde_json::Value = serde_json::from_str(body).expect("JSON");
        let list = found["suggestions"].as_array().expect("a list").clone();
        list.into_iter()
            .filter(|one| one["type"] == "query")
            .map(|one| one["text"].as_str().expect("a text").to_owned())
            .collect::<Vec<_>>()
    };
    let answer = city.get("/api/v1/suggest?q=simh&lang=sv").await;
    assert_eq!(suggested(&answer.body), ["simhall barn"]);
    let empty = city.get("/sok?q=qwxzqwxz").await;
    let chips = empty.texts(".helps .chip");
    assert!(chips.iter().all(|chip| !chip.contains("fusk")), "{chips:?}");
    // The next day the same person counts once more.
    city.clock.advance_seconds(86_400);
    for _ in 0..3 {
        from(&city, [192, 0, 2, 7], "/sok?q=simhallar").await;
    }
    flush(&city).await;
    let rows = counted(&city).await;
    let times: Vec<i64> = rows
        .iter()
        .filter(|row| row.0 == "simhallar")
        .map(|row| row.1)
        .collect();
    assert_eq!(times, [2]);
}

/// Synonyms, chosen pages and queries that must find: told at the field when wrong, in force at
/// once when right, and in the export.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn editors_settle_what_search_knows() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let form = city.get_as(&cookie, SETTINGS).await;
        assert_eq!(form.status, 200);
        let fields = form.fields();
        assert!(city::field(&fields, "synonyms").contains("sopor | avfall"));
        assert!(
            !city::field(&fields, "must_find").is_empty(),
            "the demo brings its queries"
        );
        let mut wrong = fields.clone();
        set(&mut wrong, "synonyms", "sopor | avfall\nensam");
        set(&mut wrong, "best_bets", "flygande mattor | /finns-inte");
        set(&mut wrong, "half_life", "snart");
        let answer = city.post_as(&cookie, SETTINGS, &wrong).await;
        assert_eq!(answer.status, 422);
        let told = answer.texts(".field .err");
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("Rad 2"), "{told:?}");
        assert_eq!(
            city::field(&answer.fields(), "synonyms"),
            "sopor | avfall\nensam"
        );

        let mut late = city.get_as(&cookie, SETTINGS).await.fields();
        let mut right = fields.clone();
        let more = format!("{}\nflygmatta | simhall", city::field(&fields, "synonyms"));
        set(&mut right, "synonyms", &more);
        let bet = "flygande mattor | /bygga-bo-och-miljo/avfall/sophamtning/";
        set(&mut right, "best_bets", bet);
        set(&mut right, "half_life", "14");
        let answer = city.post_as(&cookie, SETTINGS, &right).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        // Sent twice, it happens once.
        assert_eq!(city.post_as(&cookie, SETTINGS, &right).await.status, 303);
        city::within_a_second("the chosen page goes first", async || {
            let found = city.get("/sok?q=flygande%20mattor").await;
            found.texts("li.best h2").first().map(String::as_str) == Some("Sophämtning")
        })
        .await;
        let found = city.get("/sok?q=flygmatta").await;
        assert!(!found.texts("ol.results h2").is_empty(), "{}", found.body);
        // Who had the form open from before is told, and loses nothing.
        set(&mut late, "best_bets", "sopor | /bygga-bo-och-miljo/avfall");
        let answer = city.post_as(&cookie, SETTINGS, &late).await;
        assert_eq!(answer.status, 409, "{}", answer.body);
        assert!(city::field(&answer.fields(), "best_bets").starts_with("sopor |"));

        let folder = city.test.folder.path().join("export");
        let database = &city.node.app.database;
        let (accounts, blobs) = (&city.node.accounts, &city.node.media.blobs);
        export::write_city(
            database,
            accounts,
            blobs,
            &folder,
            export::Personal::None,
            &mut |_| {},
        )
        .await
        .expect("exports");
        let taken = files::read_files(&folder).expect("reads");
        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.take_in(&taken).await;
        for name in [
            torg_site::SYNONYMS,
            BEST_BETS,
            MUST_FIND,
            searching::HALF_LIFE,
        ] {
            let own = setting(&city, name).await;
            assert!(own.is_some(), "{name}");
            assert_eq!(own, setting(&twin, name).await, "{name}");
        }
    });
}

/// A change that would take a page out of a search that must find it is told before it is saved.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_not_lost_from_search_unawares() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
    let form = city.page_form(&cookie, "Sophämtning").await;
    let mut fields = city.get_as(&cookie, &form).await.fields();
    set(&mut fields, "reviewed", "2026-03-02");
    set(&mut fields, "then", "publish");
    let answer = city.post_as(&cookie, &form, &fields).await;
    assert_eq!(
        answer.status, 303,
        "a harmless change is just saved: {}",
        answer.body
    );
    let mut fields = city.get_as(&cookie, &form).await.fields();
    set(&mut fields, "then", "publish");
    set(&mut fields, "title", "Information");
    set(&mut fields, "description", "");
    set(&mut fields, "text", "Här kommer det snart något.\n");
    let answer = city.post_as(&cookie, &form, &fields).await;
    assert_eq!(answer.status, 422);
    assert!(
        !answer.texts("form fieldset li").is_empty(),
        "{}",
        answer.body
    );
    let told = answer.texts("form fieldset li");
    assert!(told.iter().any(|line| line.contains("sopor")), "{told:?}");
    let mut again = answer.fields();
    assert_eq!(
        city::field(&again, "title"),
        "Information",
        "nothing is lost"
    );
    assert!(
        answer.body.contains("name=\"search_confirmed\""),
        "a box to tick"
    );
    let ticked = again.iter().any(|(name, _)| name == "search_confirmed");
    assert!(!ticked, "and nobody has ticked it for them");
    // Ticked.
    set(&mut again, "search_confirmed", "yes");
    set(&mut again, "then", "publish");
    let answer = city.post_as(&cookie, &form, &again).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// So many people search for the same, each from a place of their own.
async fn search(city: &City, people: u8, query: &str) {
    for person in 0..people {
        from(city, [198, 51, 100, person], &format!("/sok?q={query}")).await;
    }
}

async fn read_common(city: &City) {
    let (node, now) = (&city.node, city.clock.now());
    let read = node
        .searching
        .read_common(&node.app.database, &node.index, now);
    read.await.expect("read");
}

async fn from(city: &City, peer: [u8; 4], path: &str) -> (u16, String, String) {
    let request = Request::get(path)
        .header("host", "stad.example")
        .body(Body::empty())
        .expect("a request");
    let peer = SocketAddr::from((peer, 40_000));
    let response = city.service.answer(Some(peer), request).await;
    let status = response.status().as_u16();
    let after = response.headers().get("retry-after");
    let after = after
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let after = after.to_owned();
    let body = http_body_util::BodyExt::collect(response.into_body());
    let body = body.await.expect("a body").to_bytes();
    (status, after, String::from_utf8_lossy(&body).into_owned())
}

/// Ten thousand suggestions a second from one address: that one is sent away, others are served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_who_asks_too_much_hurts_nobody_else() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let path = "/api/v1/suggest?q=sim&lang=sv";
    let mut refused = 0;
    for _ in 0..10_000 {
        // The clock stands still: all of it within one instant.
        let (status, after, _) = from(&city, [192, 0, 2, 7], path).await;
        match status {
            200 => {}
            429 => {
                assert_eq!(after, "1");
                refused += 1;
            }
            other => panic!("status {other}"),
        }
    }
    assert!(refused >= 9_900, "{refused}");
    let (status, _, body) = from(&city, [192, 0, 2, 8], path).await;
    assert_eq!(status, 200);
    let found: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let list = found["suggestions"].as_array().expect("a list");
    assert!(!list.is_empty() && list.len() <= 8, "{found}");
    for item in list {
        for name in ["text", "url", "type"] {
            assert!(item[name].is_string(), "{item}");
        }
    }
    city.clock.advance_seconds(2);
    assert_eq!(from(&city, [192, 0, 2, 7], path).await.0, 200);
    for bad in ["/api/v1/suggest", "/api/v1/suggest?q=%00%22%5B&lang=sv"] {
        assert_eq!(from(&city, [192, 0, 2, 9], bad).await.0, 200, "{bad}");
    }
    assert_eq!(
        from(&city, [192, 0, 2, 9], "/api/v1/suggest?lang=!")
            .await
            .0,
        422
    );
}

/// Filters stand in the address, are counted, and are told when wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_is_narrowed_in_its_address() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let page = city.get("/sok?q=parkering").await;
    let chips = page.attributes(".narrow .chip", "href");
    assert!(
        chips
            .iter()
            .any(|href| href.starts_with("/sok?q=parkering&typ=")),
        "{chips:?}"
    );
    for href in chips {
        let narrowed = city.get(&href).await;
        let chosen = narrowed.texts(".narrow .chip[aria-current] .count span[aria-hidden]");
        let count: usize = chosen[0].parse().expect("a count");
        let tally = narrowed.texts(".tally");
        assert!(
            tally[0].starts_with(&format!("{count} träff")),
            "{href}: {tally:?}"
        );
        assert_eq!(
            narrowed.attributes(".chosen .chip", "href")[0],
            "/sok?q=parkering"
        );
    }
    let wrong = city.get("/sok?q=parkering&fran=igår").await;
    assert_eq!(wrong.texts(".narrow[open] .err").len(), 1, "{}", wrong.body);
    assert!(!wrong.texts("ol.results li").is_empty(), "the results stay");
    let answer = city
        .get("/api/v1/search?q=parkering&type=article&facets=true")
        .await;
    let found: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let results = found["results"].as_array().expect("a list");
    assert!(!results.is_empty() && results.iter().all(|hit| hit["type"] == "article"));
    assert!(
        found["facets"]["org"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
    assert_eq!(city.get("/api/v1/search?q=a&from=igår").await.status, 422);
    let english = city.get("/en/search?q=parking&type=article").await;
    assert_eq!(english.status, 200);
    assert!(english.attributes(".chosen .chip", "href")[0].starts_with("/en/search?q=parking"));
    assert_eq!(Locale::EN.as_str(), "en");
}

/// Who reads another language than those of the interface searches in it, from any page in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_search_in_the_language_they_read() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    for (tag, word) in [("fi", "kirjasto"), ("ar", "مكتبة")] {
        let home = city.get(&format!("/{tag}")).await;
        let field = "form.find input[name=lang]";
        assert_eq!(home.attributes(field, "value"), [tag]);
        let popular = home.attributes(".popular a", "href");
        assert!(!popular.is_empty(), "{tag}");
        for href in popular {
            assert!(href.starts_with(&format!("/sok?lang={tag}&q=")), "{href}");
            let found = city.get(&href).await;
            assert!(!found.texts("ol.results li").is_empty(), "{href}");
        }
        let found = city
            .get(&format!("/sok?lang={tag}&q={}", encoded(word)))
            .await;
        assert_eq!(found.attributes("html", "lang"), [tag]);
        let first = &found.attributes("ol.results h2 a", "href")[0];
        assert!(first.starts_with(&format!("/{tag}/")), "{first}");
        // Swedish readers are told that there is something in that language.
        let swedish = city.get(&format!("/sok?q={}", encoded(word))).await;
        let offered = swedish.attributes(".tongues a", "href");
        assert!(
            offered
                .iter()
                .any(|href| href.starts_with(&format!("/sok?lang={tag}&q="))),
            "{offered:?}"
        );
    }
    // What is told in Swedish only comes after, marked as that.
    let found = city.get("/sok?lang=fi&q=stadsbiblioteket").await;
    let languages = found.attributes("ol.results h2 a", "lang");
    assert!(languages.iter().any(|lang| lang == "sv"), "{}", found.body);
    // A language that nobody writes in here is no frame to keep.
    let other = city.get("/sok?lang=tlh&q=bibliotek").await;
    assert_eq!(other.attributes("html", "lang"), ["sv"]);
}
