//! The way through the house: from a changed fact to every page and search, on both databases.

mod city;

use city::{City, field, set};
use torg::city::{Files, parse_pages};
use torg::migrator::Migrator;
use torg_testkit::{TestDatabase, both};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resident_finds_the_way() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let start = city.get("/").await;
        assert_eq!(start.status, 200);
        assert_eq!(start.header("cache-control"), "no-cache");
        assert!(
            start.header("set-cookie").is_empty(),
            "no cookie for readers"
        );
        let article = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(article.texts("h1"), ["Sophämtning"]);
        let crumbs = article.attributes("nav.crumbs a", "href");
        assert_eq!(
            crumbs,
            ["/", "/bygga-bo-och-miljo", "/bygga-bo-och-miljo/avfall"]
        );
        let alternates = article.attributes("link[rel=alternate][hreflang]", "hreflang");
        assert_eq!(alternates, ["ar", "en", "fi", "sv", "x-default"]);
        for (path, lang) in [("/", "sv"), ("/en", "en")] {
            let page = city.get(path).await;
            assert_eq!(page.attributes("html", "lang"), [lang]);
        }
        // Every page links the accessibility statement and the page on personal data.
        for path in [
            "/",
            "/en",
            "/hitta",
            "/sok",
            "/bygga-bo-och-miljo/bygglov",
            "/finns-inte",
        ] {
            let page = city.get(path).await;
            let links = page.attributes("footer a", "href");
            for wanted in ["accessib", "tillganglighet"] {
                if links.iter().any(|link| link.contains(wanted)) {
                    break;
                }
                assert_ne!(wanted, "tillganglighet", "{path}: {links:?}");
            }
        }
        for (query, first) in [
            (
                "när hämtas soporna",
                "/bygga-bo-och-miljo/avfall/sophamtning",
            ),
            ("öppettider biblotek", "/uppleva-och-gora/bibliotek"),
            (
                "parkeringstillstond",
                "/trafik-och-resor/parkering/boendeparkering",
            ),
        ] {
            let found = city.get(&format!("/sok?q={}", city::encoded(query))).await;
            let links = found.attributes("main h2 a, main h3 a", "href");
            assert!(
                links.iter().take(3).any(|link| link == first),
                "{query}: {links:?}"
            );
        }
        let unit = city.get("/hitta/hisingens-bibliotek").await;
        assert_eq!(unit.texts("h1"), ["Hisingens bibliotek"]);
        assert!(
            unit.body.contains("Öppet nu till 19"),
            "Tuesday half past two"
        );
        // The words change at closing time, without any event.
        city.clock.advance_seconds(5 * 3_600);
        let later = city.get("/hitta/hisingens-bibliotek").await;
        assert!(!later.body.contains("Öppet nu"), "half past seven");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_phone_drops_exactly_the_pages_that_show_it() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = city
            .log_in("alma@stad.example", Some("administrator"))
            .await;
        let sitemap = city.get("/sitemap.xml").await;
        let paths: Vec<String> = sitemap
            .body
            .split("<loc>https://stad.example")
            .skip(1)
            .filter_map(|rest| rest.split("</loc>").next())
            .map(|path| {
                if path.is_empty() {
                    "/".to_owned()
                } else {
                    path.to_owned()
                }
            })
            .collect();
        assert!(paths.len() > 120, "{}", paths.len());
        for path in &paths {
            assert_eq!(city.get(path).await.status, 200, "{path}");
        }
        let list = city
            .get_as(&cookie, "/admin/units?q=hisingens+bibliotek")
            .await;
        let form = list
            .attributes("main table a", "href")
            .into_iter()
            .find(|href| href.starts_with("/admin/units/"))
            .expect("the unit is in the list");
        let mut fields = city.get_as(&cookie, &form).await.fields();
        let old = field(&fields, "phone").to_owned();
        assert!(old.starts_with("031-390 06"), "{old}");
        let mut shown = Vec::new();
        for path in &paths {
            let page = city.get(path).await;
            assert_eq!(page.header("x-cache"), "hit", "{path}");
            if page.body.contains(&old) {
                shown.push(path.clone());
            }
        }
        assert!(
            shown.len() >= 2 && shown.len() < paths.len() / 2,
            "{shown:?}"
        );
        set(&mut fields, "phone", "031-390 06 49");
        let saved = city.post_as(&cookie, &form, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        // Sent twice by a double click: the same answer, and one event.
        let again = city.post_as(&cookie, &form, &fields).await;
        assert_eq!(again.status, 303, "{}", again.body);
        for path in &paths {
            let page = city.get(path).await;
            assert!(!page.body.contains(&old), "{path} still says {old}");
            let lists_units = path == "/hitta" || path == "/en/find";
            if shown.contains(path) {
                assert_eq!(page.header("x-cache"), "miss", "{path} shows the number");
            } else if !lists_units && !page.body.contains("031-390 06 49") {
                // A page that shows the unit in another way may be made anew as well.
                let shows_unit = page.body.contains("hisingens-bibliotek");
                assert!(
                    shows_unit || page.header("x-cache") == "hit",
                    "{path} was not touched"
                );
            }
        }
        let id = form.rsplit('/').next().expect("an id");
        let log = city.get_as(&cookie, &format!("/admin/log/unit/{id}")).await;
        assert_eq!(log.status, 200);
        assert_eq!(
            log.body.matches("031-390 06 49").count(),
            1,
            "one event, after a double click"
        );
        city.within_a_second("search finds the new number", async || {
            city.get("/sok?q=0313900649")
                .await
                .body
                .contains("/hitta/hisingens-bibliotek")
        })
        .await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_editor_changes_and_moves_a_page_and_nothing_written_is_lost() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = city.log_in("edvin@stad.example", Some("publisher")).await;
        let form = city.page_form(&cookie, "Sophämtning").await;
        let opened = city.get_as(&cookie, &form).await;
        let fields = opened.fields();

        // Published as it is: nothing happens, and the page is the same to the byte.
        let before = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        let mut fields = fields;
        set(&mut fields, "then", "publish");
        assert_eq!(city.post_as(&cookie, &form, &fields).await.status, 303);
        let after = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(before.body, after.body);
        assert_eq!(after.header("x-cache"), "hit", "no event, nothing dropped");

        // Wrong in several ways: everything written stands there again.
        let mut wrong = city.get_as(&cookie, &form).await.fields();
        set(&mut wrong, "then", "publish");
        set(&mut wrong, "title", "");
        set(&mut wrong, "reviewed", "i går");
        set(
            &mut wrong,
            "text",
            "Mitt nya stycke med [länk](/finns-inte).",
        );
        let refused = city.post_as(&cookie, &form, &wrong).await;
        assert_eq!(refused.status, 422);
        assert_eq!(field(&refused.fields(), "reviewed"), "i går");
        assert!(field(&refused.fields(), "text").contains("Mitt nya stycke"));
        assert!(
            !refused
                .texts("[role=alert] a, .errsum a, .errors a")
                .is_empty(),
            "linked errors"
        );

        // What was written is in the draft, which nobody else sees, until it is thrown away.
        let public = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(public.body, before.body);
        let discard = format!("{form}/discard");
        let again = city.get_as(&cookie, &form).await.fields();
        let thrown = city.post_as(&cookie, &discard, &again).await;
        assert_eq!(thrown.status, 303, "{}", thrown.body);

        let mut mine = city.get_as(&cookie, &form).await.fields();
        let mut theirs = city.get_as(&cookie, &form).await.fields();
        let text = format!(
            "{}\n\nVi tömmer kärlen tidigt på morgonen.\n",
            field(&mine, "text")
        );
        set(&mut mine, "text", &text);
        set(&mut mine, "description", "En ny ingress.");
        set(&mut mine, "then", "publish");
        set(&mut mine, "search_confirmed", "yes");
        let published = city.post_as(&cookie, &form, &mine).await;
        assert_eq!(published.status, 303, "{}", published.body);
        let page = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert!(page.body.contains("Vi tömmer kärlen tidigt"));
        // A page that was changed is kept again, as soon as this node has followed the change.
        city.within_a_second("the changed page is kept", async || {
            let path = "/bygga-bo-och-miljo/avfall/sophamtning";
            city.get(path).await.header("x-cache") == "hit"
        })
        .await;
        // The same form under the same id with another text is no resend: it is not called saved.
        let mut other = mine.clone();
        set(&mut other, "description", "Ändrad efter ett steg bakåt.");
        let refused = city.post_as(&cookie, &form, &other).await;
        assert_eq!(refused.status, 409, "{}", refused.body);
        assert_eq!(
            field(&refused.fields(), "description"),
            "Ändrad efter ett steg bakåt."
        );
        city.within_a_second("search finds the new words", async || {
            city.get("/sok?q=k%C3%A4rlen+tidigt+p%C3%A5+morgonen")
                .await
                .body
                .contains("/bygga-bo-och-miljo/avfall/sophamtning")
        })
        .await;

        // The log-in ends while somebody writes: everything stands there, to be sent again.
        let last = if cookie.ends_with('0') { "1" } else { "0" };
        let gone = format!("{}{last}", &cookie[..cookie.len() - 1]);
        let late = city.post_as(&gone, &form, &mine).await;
        assert_eq!(late.status, 401);
        // A stranger's form is not given back: that would be work for nothing.
        assert_eq!(city.post_as("", &form, &mine).await.status, 303);
        assert_eq!(field(&late.fields(), "text"), field(&mine, "text"));
        assert_eq!(
            field(&late.fields(), "request_id"),
            field(&mine, "request_id")
        );

        // The other one opened the form before that: where only one of them wrote, both are there;
        // where both did, both texts are shown, and neither is lost.
        set(&mut theirs, "then", "publish");
        set(&mut theirs, "description", "En annan ingress.");
        let text = field(&theirs, "text").replacen("\n\n", "\n\nDet andra stycket.\n\n", 1);
        set(&mut theirs, "text", &text);
        let conflict = city.post_as(&cookie, &form, &theirs).await;
        assert_eq!(conflict.status, 409, "{}", conflict.body);
        let shown = conflict.fields();
        assert_eq!(field(&shown, "description"), "En ny ingress.");
        assert!(field(&shown, "text").contains("Vi tömmer kärlen tidigt"));
        assert!(field(&shown, "text").contains("Det andra stycket."));
        assert_eq!(
            conflict.texts(".clash pre"),
            ["En ny ingress.", "En annan ingress."]
        );
        // Nothing is published before somebody has chosen.
        let open = city
            .post_as(&cookie, &format!("{form}/publish"), &shown)
            .await;
        assert_eq!(open.status, 409, "{}", open.body);
        let page = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert!(page.body.contains("En ny ingress.") && !page.body.contains("Det andra stycket."));
        // The writer chooses, has seen what search would lose, and means it.
        let mut again = open.fields();
        let named = open.body.split("name=\"settle:").nth(1);
        let choice = named.and_then(|rest| rest.split('"').next());
        let choice = format!("settle:{}", choice.expect("a choice"));
        set(&mut again, &choice, "other");
        set(&mut again, "then", "publish");
        set(&mut again, "search_confirmed", "yes");
        let settled = city.post_as(&cookie, &form, &again).await;
        assert_eq!(settled.status, 303, "{}", settled.body);
        let page = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert!(
            page.body.contains("En annan ingress.") && page.body.contains("Det andra stycket.")
        );

        // The translation is older than its source now, and says so with a date.
        let english = page
            .attributes("link[rel=alternate][hreflang=en]", "href")
            .pop()
            .expect("an English page");
        let path = english
            .trim_start_matches("https://stad.example")
            .to_owned();
        let translation = city.get(&path).await;
        assert!(
            translation
                .body
                .replace('\u{a0}', " ")
                .contains("3 March 2026"),
            "the notice names the date"
        );

        // Moved with all that lies below it, and redirected for good.
        let form = city.page_form(&cookie, "Avfall och återvinning").await;
        let mut fields = city.get_as(&cookie, &form).await.fields();
        set(&mut fields, "address", "/bygga-bo-och-miljo/sopor");
        set(&mut fields, "then", "publish");
        let moved = city.post_as(&cookie, &form, &fields).await;
        assert_eq!(moved.status, 303, "{}", moved.body);
        let old = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
        assert_eq!(
            (old.status, old.header("location")),
            (301, "/bygga-bo-och-miljo/sopor/sophamtning")
        );
        assert_eq!(
            city.get("/bygga-bo-och-miljo/sopor/sophamtning")
                .await
                .status,
            200
        );
        let start = city.get("/").await;
        assert!(
            start.body.contains("/bygga-bo-och-miljo/sopor/sophamtning"),
            "links follow"
        );
        let report = torg_log::verify(&city.node.app.database, &mut |_| {})
            .await
            .expect("verifies");
        assert_eq!(report.findings, []);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_changed_file_is_on_its_page_and_in_search_within_a_second() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let path = "sv/bygga-bo-och-miljo/avfall/sophamtning.md";
        let demo = torg::city::demo_files();
        let text = demo
            .get(&format!("pages/{path}"))
            .expect("the page is in the demo");
        let text = String::from_utf8(text.clone()).expect("text");
        let parse = |text: &str| {
            let files: Files = [(path.to_owned(), text.as_bytes().to_vec())].into();
            parse_pages(&files, &mut |_| {}).expect("parses")
        };
        let same = city
            .importer()
            .pages(parse(&text), vec![])
            .await
            .expect("imports");
        assert_eq!(same.count("same"), 1, "importing again changes nothing");
        assert_eq!(
            city.get("/bygga-bo-och-miljo/avfall/sophamtning")
                .await
                .status,
            200
        );
        let changed = format!("{text}\nKvasthållaren är ett nytt ord på sidan.\n");
        let report = city
            .importer()
            .pages(parse(&changed), vec![])
            .await
            .expect("imports");
        assert_eq!(report.count("changed"), 1);
        city.within_a_second("the page and search show it", async || {
            let page = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
            let found = city.get("/api/v1/search?q=kvasth%C3%A5llaren").await;
            page.body.contains("Kvasthållaren")
                && found
                    .body
                    .contains("/bygga-bo-och-miljo/avfall/sophamtning")
        })
        .await;
    });
}

/// Each reader asks for a page whose parts are not in memory yet. With a second connection taken
/// while one is held, four readers at once would wait for each other for ever.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_at_a_cold_start_is_served() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = std::sync::Arc::new(City::demo(test).await);
        let paths = [
            "/",
            "/en",
            "/bygga-bo-och-miljo/avfall/sophamtning",
            "/hitta",
            "/sok?q=sopor",
        ];
        let crowd = (0..64).map(|n: usize| {
            let (city, path) = (city.clone(), paths[n % 5]);
            tokio::spawn(async move { city.get(path).await.status })
        });
        for reader in crowd.collect::<Vec<_>>() {
            let answer = tokio::time::timeout(std::time::Duration::from_secs(8), reader).await;
            assert_eq!(answer.expect("in time").expect("no panic"), 200);
        }
    });
}
