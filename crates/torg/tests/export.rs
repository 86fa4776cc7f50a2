//! Everything comes back: an export taken into an empty city gives the same bytes everywhere.

mod city;

use std::collections::BTreeSet;

use city::{Answer, City};
use torg::city::Files;
use torg::migrator::Migrator;
use torg::{city as files, export};
use torg_kernel::Timestamp;
use torg_testkit::{TestDatabase, both};

/// Tuesday 17 November 2026, 10.30 in the city: most of the demo's news is out, some is to come.
const NOVEMBER: Timestamp = Timestamp::from_micros(1_794_907_800_000_000);

/// The demo city, with small pictures but one, and a page with a file to take home.
fn demo() -> Files {
    let mut files = files::demo_files();
    let small = include_bytes!("city/small.jpg");
    let pictures = files
        .iter_mut()
        .filter(|(path, _)| path.ends_with(".jpg"))
        .skip(1);
    for (_, bytes) in pictures {
        *bytes = small.to_vec();
    }
    files.insert("files/plan.csv".into(), b"ort;antal\nHisingen;3\n".to_vec());
    files.insert(
        "files/files.csv".into(),
        b"file,title\nplan.csv,Plan f\xc3\xb6r lekplatser\n".to_vec(),
    );
    files.insert(
        "pages/sv/bygga-bo-och-miljo/avfall/ta-med.md".into(),
        "---\ntitle: Ta med\n---\n:::download /files/plan.csv | Planen\n:::\n".into(),
    );
    files
}

/// Every address of pages and units, also of pages whose time is still to come or over.
async fn addresses(city: &City) -> Vec<String> {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let pages = torg_site::list_addresses(&*snapshot).await.expect("lists");
    let mut paths: Vec<String> = pages.into_iter().map(|page| page.address).collect();
    for unit in torg_directory::list(&*snapshot).await.expect("lists") {
        paths.push(unit.href(torg_kernel::Locale::SV));
        paths.push(unit.href(torg_kernel::Locale::EN));
    }
    let others = [
        "/hitta",
        "/sprak",
        "/anslagstavla",
        "/anslagstavla.atom",
        "/kalendarium",
        "/kalendarium/manad",
        "/en/events",
        "/en/notice-board.atom",
        "/sitemap.xml",
        "/robots.txt",
    ];
    paths.extend(others.map(str::to_owned));
    paths
}

/// Where a page leads and what it loads: lists with their pages, years and categories, feeds,
/// pictures, files, notices.
fn links(answer: &Answer) -> Vec<String> {
    let mut links = answer.attributes("[href]", "href");
    links.extend(answer.attributes("img[src]", "src"));
    for set in answer.attributes("[srcset]", "srcset") {
        let each = set
            .split(',')
            .filter_map(|one| one.split_whitespace().next());
        links.extend(each.map(str::to_owned));
    }
    links
        .into_iter()
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        // Not what only staff see, searches, of which there is no end, nor forms of
        // readers, which have a number of their own each time.
        .filter(|link| link.starts_with('/') && !link.starts_with("/admin"))
        .filter(|link| {
            let form = ["/sok?", "/en/search?", "/kommentera", "/en/comment"];
            // Choices of the calendar and the map can be put together without end too; of those of
            // the service guide one at a time is enough.
            let begins = |starts: &[&str]| starts.iter().any(|start| link.starts_with(start));
            let without_end = [
                "/kalendarium",
                "/en/events",
                "/karta",
                "/en/map",
                "/mitt-omrade",
            ];
            let choice = link.contains('?')
                && (begins(&without_end)
                    || begins(&["/en/my-area", "/hitta/jamfor", "/en/find/compare"])
                    || begins(&["/hitta", "/en/find"]) && link.contains('&'));
            let sending = ["/kalendarium/tipsa", "/en/events/submit"].contains(&link.as_str())
                || link.ends_with("/stammer-inte")
                || link.ends_with("/wrong");
            !choice && !sending && !form.iter().any(|start| link.starts_with(start))
        })
        .collect()
}

/// Walks through all that is public in both cities and compares the bytes.
async fn assert_same(city: &City, twin: &City) -> BTreeSet<String> {
    let mut waiting = addresses(city).await;
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    while let Some(path) = waiting.pop() {
        let (one, other) = (city.get(&path).await, twin.get(&path).await);
        assert_eq!(one.status, other.status, "{path}");
        // What is over says so, and stays an answer.
        assert!([200, 404, 410].contains(&one.status), "{path} is there");
        if one.body != other.body {
            let same = one.body.chars().zip(other.body.chars());
            let same = same.take_while(|(one, other)| one == other).count();
            let from = same.saturating_sub(80);
            let near = |body: &str| body.chars().skip(from).take(240).collect::<String>();
            panic!("{path}: {} | {}", near(&one.body), near(&other.body));
        }
        for header in ["etag", "content-type", "location"] {
            assert_eq!(one.header(header), other.header(header), "{path}: {header}");
        }
        if one.header("content-type").starts_with("text/html") {
            for link in links(&one) {
                if seen.insert(link.clone()) {
                    waiting.push(link);
                }
            }
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_gives_the_same_city() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::empty(test).await;
        // A day on which most of the demo's news is out, and some is still to come.
        city.clock.set(NOVEMBER);
        city.take_in(&demo()).await;
        let importer = city.importer();
        importer
            .demo_events()
            .await
            .expect("the calendar is filled");
        city.follow().await;
        // A page that was changed and moved, so that versions, notices and redirects are there.
        city.clock.advance_seconds(86_400);
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let form = city.page_form(&cookie, "Sophämtning").await;
        let mut fields = city.get_as(&cookie, &form).await.fields();
        city::set(
            &mut fields,
            "address",
            "/bygga-bo-och-miljo/avfall/hamtning",
        );
        city::set(&mut fields, "description", "En ny ingress.");
        city::set(&mut fields, "search_confirmed", "yes");
        city::set(&mut fields, "then", "publish");
        assert_eq!(city.post_as(&cookie, &form, &fields).await.status, 303);

        let folder = city.test.folder.path().join("export");
        let written = export::write_city(
            &city.node.app.database,
            &city.node.accounts,
            &city.node.media.blobs,
            &folder,
            export::Personal::None,
            &mut |_| {},
        )
        .await
        .expect("exports");
        let taken = files::read_files(&folder).expect("reads");
        assert_eq!(
            taken.keys().filter(|name| name.ends_with(".md")).count(),
            written
        );
        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.clock.set(torg_kernel::Clock::now(&*city.clock));
        twin.take_in(&taken).await;
        twin.follow().await;
        let seen = assert_same(&city, &twin).await;
        for (kind, start) in [
            ("a feed", "/nyheter.atom"),
            ("a year", "/nyheter/ar/"),
            ("a category", "/nyheter/amne/"),
            ("a vacancy", "/lediga-jobb/"),
            ("a story", "/magasinet/"),
            ("a notice", "/anslagstavla/"),
            ("an event", "/kalendarium/kulturkvallen-000"),
            ("a picture", "/media/"),
            ("a file", "/files/"),
            ("a unit's colour", "/units/accent/"),
        ] {
            assert!(seen.iter().any(|path| path.starts_with(start)), "{kind}");
        }
        let old = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(old.status, 301);
        let old = twin.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(
            old.header("location"),
            "/bygga-bo-och-miljo/avfall/hamtning"
        );

        // And once more into the same: nothing happens.
        let snapshot = twin.node.app.database.snapshot().await.expect("reads");
        let before = torg_log::head(&*snapshot).await.expect("reads");
        drop(snapshot);
        twin.take_in(&taken).await;
        let snapshot = twin.node.app.database.snapshot().await.expect("reads");
        assert_eq!(torg_log::head(&*snapshot).await.expect("reads"), before);
    });
}
