//! News, vacancies and the like: lists, feeds, pages that come and go by the clock, languages and
//! variants, on both databases.

mod city;

use city::{City, TUESDAY};
use torg::city::Files;
use torg::migrator::Migrator;
use torg_kernel::{Actor, SystemIds};
use torg_log::Author;
use torg_testkit::{TestDatabase, both};
use torg_web::Organisations;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn page(files: &mut Files, path: &str, front: &str, text: &str) {
    let bytes = format!("---\n{front}\n---\n{text}\n").into_bytes();
    files.insert(format!("pages/{path}"), bytes);
}

/// A small city with news, a blog and vacancies; "now" is Tuesday 3 March 2026, 14.30.
fn files() -> Files {
    let mut files = Files::new();
    let organisations = "key,kind,parent,name_sv,name_en\ngoteborg,city,,Staden,The city\n";
    files.insert("organisations.csv".into(), organisations.into());
    files.insert(
        "pictures/hamn.jpg".into(),
        include_bytes!("city/small.jpg").to_vec(),
    );
    let pictures =
        "file,alt_sv,alt_en,credit,focus_x,focus_y\nhamn.jpg,En hamn,A harbour,Torg,50,50\n";
    files.insert("pictures/pictures.csv".into(), pictures.into());
    page(
        &mut files,
        "sv/index.md",
        "title: Staden\ntype: start",
        "Välkommen.",
    );
    page(
        &mut files,
        "en/index.md",
        "title: The city\ntype: start\ntranslates: /",
        "Welcome.",
    );
    page(
        &mut files,
        "sv/bo.md",
        "title: Bo\ntype: theme",
        "Om att bo.",
    );
    page(
        &mut files,
        "sv/nyheter/index.md",
        "title: Nyheter\ntype: section\ndescription: Nytt",
        "",
    );
    page(
        &mut files,
        "en/news.md",
        "title: News\ntype: section\ntranslates: /nyheter",
        "",
    );
    for number in 1..=22 {
        page(
            &mut files,
            &format!("sv/nyheter/gammal-{number}.md"),
            &format!(
                "title: Gammal nyhet {number}\ntype: news\npublished: 2025-01-{number:02}\ncategories: Arkiv & mer"
            ),
            "En gång var det så.",
        );
    }
    page(
        &mut files,
        "sv/nyheter/bron.md",
        "title: Bron öppnar\ntype: news\npublished: 2026-03-02 08:00\nuntil: 2026-03-05\n\
         categories: Trafik\npicture: /pictures/hamn.jpg\ndescription: Bron öppnar för gående.",
        "Se också [sidan om att bo](/bo).",
    );
    page(
        &mut files,
        "en/news/bridge.md",
        "title: The bridge opens\ntype: news\ntranslates: /nyheter/bron\ntranslated_by: machine\ncategories: Traffic",
        "The bridge opens.",
    );
    page(
        &mut files,
        "sv/nyheter/kommande.md",
        "title: Kommer i morgon\ntype: news\npublished: 2026-03-04 09:00",
        "Ännu inte.",
    );
    page(
        &mut files,
        "sv/jobb/index.md",
        "title: Lediga jobb\ntype: section",
        "",
    );
    page(
        &mut files,
        "sv/jobb/lots.md",
        "title: Lots\ntype: vacancy\npublished: 2026-03-01\nemployment: temporary\nextent: Heltid\n\
         positions: 2\nreference: A-7\napply_until: 2026-03-10\napply: jobb@stad.example",
        "Du lotsar båtar.",
    );
    page(
        &mut files,
        "sv/lattlast/bo.md",
        "title: Bo, lättläst\nvariant: easy_to_read\ntranslates: /bo",
        "Du bor.",
    );
    files
}

async fn small_city(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    city.take_in(&files()).await;
    city.follow().await;
    city
}

/// What the job does each minute.
async fn tell(city: &City) -> usize {
    let organisations = {
        let snapshot = city.node.app.database.snapshot().await.expect("a snapshot");
        city.node
            .accounts
            .list(&snapshot)
            .await
            .expect("organisations")
    };
    let now = city.clock_now();
    city.node
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let actor = Actor::system("test");
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &SystemIds,
                };
                torg_site::tell_due(context, author, &organisations).await
            })
        })
        .await
        .expect("the log is told")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_has_topics_years_pages_and_a_feed() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small_city(test).await;
        let list = city.get("/nyheter").await;
        assert_eq!(list.status, 200);
        let titles = list.texts("ul.dated h3");
        assert_eq!(titles.len(), 20);
        assert_eq!(titles[0], "Bron öppnar");
        assert!(
            !list.body.contains("Kommer i morgon"),
            "its time has not come"
        );
        assert_eq!(list.texts(".count"), ["23 nyheter"]);
        let topics = list.attributes(".choices a", "href");
        assert_eq!(
            topics,
            [
                "/nyheter",
                "/nyheter/amne/arkiv-mer",
                "/nyheter/amne/trafik"
            ]
        );
        let years = list.attributes(".years a", "href");
        assert_eq!(years, ["/nyheter", "/nyheter/ar/2026", "/nyheter/ar/2025"]);
        let second = city.get("/nyheter/sida/2").await;
        assert_eq!(
            second.texts("ul.dated h3"),
            ["Gammal nyhet 3", "Gammal nyhet 2", "Gammal nyhet 1"]
        );
        let traffic = city.get("/nyheter/amne/trafik").await;
        assert_eq!(traffic.texts("ul.dated h3"), ["Bron öppnar"]);
        assert_eq!(
            city.get("/nyheter/ar/2026").await.texts("ul.dated h3"),
            ["Bron öppnar"]
        );
        for nothing in [
            "/nyheter/amne/finns-inte",
            "/nyheter/ar/1999",
            "/nyheter/sida/3",
            "/bo/sida/2",
            "/bo.atom",
        ] {
            assert_eq!(city.get(nothing).await.status, 404, "{nothing}");
        }
        let feed = city.get("/nyheter.atom").await;
        assert_eq!(
            feed.header("content-type"),
            "application/atom+xml; charset=utf-8"
        );
        assert!(
            feed.body.contains("<title>Bron öppnar</title>"),
            "{}",
            feed.body
        );
        assert!(feed.body.contains("https://stad.example/nyheter/bron"));
        assert!(!feed.body.contains("Kommer i morgon"));
        // The start page shows the latest; articles are not in it.
        let start = city.get("/").await;
        assert_eq!(
            start.texts("ul.stories h3"),
            ["Bron öppnar", "Gammal nyhet 22", "Gammal nyhet 21"]
        );
        assert_eq!(
            city.get("/en/news").await.texts("ul.dated h3"),
            ["The bridge opens"]
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_comes_and_goes_by_the_clock() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small_city(test).await;
        let coming = "/nyheter/kommande";
        assert_eq!(city.get(coming).await.status, 404);
        assert_eq!(city.get("/nyheter/bron").await.status, 200);
        assert!(!city.get("/sitemap.xml").await.body.contains(coming));
        let hits = async |query: &str| {
            city.get(&format!("/api/v1/search?q={query}&lang=sv"))
                .await
                .body
        };
        assert!(!hits("kommer%20i%20morgon").await.contains(coming));
        assert_eq!(tell(&city).await, 0, "nothing is due");

        // The next day at nine: seen at once, whatever the job does.
        city.clock.set(TUESDAY.plus_seconds(DAY));
        assert_eq!(city.get(coming).await.status, 200);
        assert_eq!(
            city.get("/nyheter").await.texts("ul.dated h3")[0],
            "Kommer i morgon"
        );
        assert_eq!(
            city.get("/").await.texts("ul.stories h3")[0],
            "Kommer i morgon"
        );
        assert!(
            city.get("/nyheter.atom")
                .await
                .body
                .contains("Kommer i morgon")
        );
        assert_eq!(tell(&city).await, 1);
        assert_eq!(tell(&city).await, 0, "told once");
        city.within_a_second("search finds it", async || {
            hits("kommer%20i%20morgon").await.contains(coming)
        })
        .await;
        city.within_a_second("the sitemap has it", async || {
            city.get("/sitemap.xml").await.body.contains(coming)
        })
        .await;

        // After its last day it is gone, from lists too.
        city.clock.set(TUESDAY.plus_seconds(3 * DAY));
        assert_eq!(city.get("/nyheter/bron").await.status, 404);
        assert!(!city.get("/nyheter").await.body.contains("Bron öppnar"));
        assert!(!city.get("/nyheter.atom").await.body.contains("Bron öppnar"));
        assert_eq!(tell(&city).await, 2, "both languages end");
        city.within_a_second("search forgets it", async || {
            !hits("bron").await.contains("/nyheter/bron")
        })
        .await;
        assert_eq!(tell(&city).await, 0);
        let found = torg::rows::differing(&city.node.app.database)
            .await
            .expect("compares");
        assert!(found.is_empty(), "rows and log say the same: {found:?}");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_gives_another_away_before_its_time() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small_city(test).await;
        let mut more = Files::new();
        page(
            &mut more,
            "sv/bo/snart.md",
            "title: Snart hemlig\npublished: 2026-03-04 09:00",
            "Ännu inte.",
        );
        page(
            &mut more,
            "sv/bo/lank.md",
            "title: Om länkar",
            "Läs [den som kommer](/nyheter/kommande).",
        );
        more.insert(
            "redirects.csv".into(),
            "from,to\n/gammal/adress,/nyheter/kommande\n".into(),
        );
        city.take_in(&more).await;
        city.follow().await;
        assert_eq!(city.get("/gammal/adress").await.status, 404);
        let told = async |path: &str, word: &str| city.get(path).await.body.contains(word);
        assert!(!told("/bo", "Snart hemlig").await, "in the list below");
        assert!(
            !told("/bo/lank", "Snart hemlig").await,
            "among the siblings"
        );
        assert!(!told("/bo/lank", "/nyheter/kommande").await, "as a link");
        city.clock.set(TUESDAY.plus_seconds(DAY));
        assert_eq!(tell(&city).await, 2);
        assert_eq!(city.get("/gammal/adress").await.status, 301);
        city.within_a_second("it is named", async || told("/bo", "Snart hemlig").await)
            .await;
        assert!(told("/bo/lank", "/nyheter/kommande").await);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_and_vacancies_tell_machines_what_they_are() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small_city(test).await;
        let data = |answer: &city::Answer| -> serde_json::Value {
            let json = &answer.texts("script[type='application/ld+json']")[0];
            serde_json::from_str(json).expect("JSON-LD")
        };
        let news = city.get("/nyheter/bron").await;
        let said = &data(&news)["@graph"][0];
        assert_eq!(said["@type"], "NewsArticle");
        assert_eq!(said["datePublished"], "2026-03-02T07:00:00Z");
        assert!(
            said["image"]
                .as_str()
                .expect("a picture")
                .starts_with("https://stad.example/media/")
        );
        assert_eq!(
            news.attributes("meta[property='og:type']", "content"),
            ["article"]
        );
        assert_eq!(
            news.attributes("meta[property='og:image']", "content")
                .len(),
            1
        );
        assert_eq!(
            news.attributes("figure.leadpicture img", "alt"),
            ["En hamn"]
        );
        let related = news.texts(".related h3");
        assert!(
            related.is_empty(),
            "nothing else is about traffic: {related:?}"
        );
        let old = city.get("/nyheter/gammal-9").await;
        assert_eq!(
            old.texts(".related h3"),
            ["Gammal nyhet 22", "Gammal nyhet 21", "Gammal nyhet 20"]
        );

        let job = city.get("/jobb/lots").await;
        let said = &data(&job)["@graph"][0];
        assert_eq!(said["@type"], "JobPosting");
        assert_eq!(said["title"], "Lots");
        assert_eq!(said["datePosted"], "2026-03-01");
        assert_eq!(said["validThrough"], "2026-03-10T23:00:00Z");
        assert_eq!(said["employmentType"], "TEMPORARY");
        assert_eq!(said["identifier"]["value"], "A-7");
        assert_eq!(
            job.attributes("p.act a", "href")[0],
            "mailto:jobb@stad.example"
        );
        city.clock.set(TUESDAY.plus_seconds(8 * DAY));
        assert_eq!(
            city.get("/jobb/lots").await.status,
            404,
            "nobody applies after the last day"
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn languages_and_variants_lead_to_each_other() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small_city(test).await;
        let easy = city.get("/lattlast/bo").await;
        assert_eq!(easy.attributes(".variants a", "href"), ["/bo"]);
        let machine = city.get("/en/news/bridge").await;
        let notice = machine.texts(".notice");
        assert_eq!(notice.len(), 1, "{notice:?}");
        assert!(notice[0].contains("machine translated"), "{notice:?}");
        assert_eq!(machine.attributes(".notice a", "href"), ["/nyheter/bron"]);
        let tongues = city.get("/sprak").await;
        assert_eq!(tongues.texts(".tongue h2"), ["Lättläst", "English"]);
        assert_eq!(
            tongues.attributes(".tongue:first-of-type li a", "href"),
            ["/lattlast/bo"]
        );
        assert_eq!(city.get("/en/languages").await.status, 200);
        // A changed source is told of, in the variant too.
        city.clock.advance_seconds(HOUR);
        let mut changed = files();
        page(
            &mut changed,
            "sv/bo.md",
            "title: Bo\ntype: theme",
            "Om att bo, och mer.",
        );
        city.take_in(&changed).await;
        city.within_a_second("the variant says that it is older", async || {
            city.get("/lattlast/bo")
                .await
                .body
                .contains("class=\"notice warn older\"")
        })
        .await;
    });
}
