//! Care of pages: the quality of a text, who goes through it, reminders, links to others and the
//! report, on both databases.

mod city;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use city::{Answer, City, field, set};
use torg::city::{Files, demo_files};
use torg::migrator::Migrator;
use torg_kernel::{Actor, Ids, SystemIds};
use torg_notify::{MailState, list_mails};
use torg_site::{Care, Probe, ProbeSettings, look_at_pages, note_week, write_reads};
use torg_testkit::{TestDatabase, both};

type Fields = Vec<(String, String)>;

const HEAVY: &str = "Verksamheten tillhandahåller erforderliga informationsinsatser avseende \
    kommuninvånarnas rättigheter i samband med förändringar av verksamhetens organisation.";

fn page(title: &str, more: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\ntype: article\nowner: kulturnamnden\ndescription: Här läser du om {title}.\n{more}---\n{text}\n"
    )
}

/// A small city: a start page, a good article, a bad one, and one of another organisation.
async fn small(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    let mut files = demo_files();
    files.retain(|path, _| path == "organisations.csv");
    pages(&mut files);
    city.take_in(&files).await;
    city.follow().await;
    look(&city).await;
    city
}

fn pages(files: &mut Files) {
    let bad = format!(
        "{HEAVY} {HEAVY} {HEAVY} {HEAVY}\n\n#### Långt ner\n\n[Klicka här](/finns-inte) eller \
         [läs hos andra](https://annan.example/sida).\n"
    );
    let theirs = page("Parker", "reviewed: 2025-01-01\n", "Parken är öppen.")
        .replace("kulturnamnden", "idrottsnamnden");
    for (path, text) in [
        (
            "index.md",
            "---\ntitle: Staden\ntype: start\nowner: goteborg\ndescription: Staden.\nreviewed: 2026-02-01\n---\nHej.\n".to_owned(),
        ),
        ("bok.md", page("Böcker", "reviewed: 2026-02-01\n", "Du kan låna böcker hos oss.")),
        ("film.md", page("Film", "reviewed: 2025-01-15\n", &bad)),
        ("park.md", theirs),
    ] {
        files.insert(format!("pages/sv/{path}"), text.into_bytes());
    }
}

async fn look(city: &City) {
    let database = &city.node.app.database;
    look_at_pages(database, &*city.clock).await.expect("looks");
    note_week(database, &*city.clock).await.expect("notes");
}

/// Somebody with a role for one organisation.
async fn of(city: &City, email: &str, role: &str, organisation: &str) -> String {
    let cookie = city.log_in(email, None).await;
    let actor = Actor::system("test");
    let grant = city
        .node
        .accounts
        .grant(&actor, email, role, organisation, None, None);
    grant.await.expect("a grant");
    cookie
}

async fn panel(city: &City, cookie: &str, title: &str) -> (String, Answer) {
    let list = city.get_as(cookie, "/admin/care").await;
    assert_eq!(list.status, 200, "{}", list.body);
    let names = list.texts(".caring tbody th a");
    let at = names.iter().position(|name| name == title);
    let at = at.unwrap_or_else(|| panic!("{title} in {names:?}"));
    let href = list.attributes(".caring tbody th a", "href")[at].clone();
    let answer = city.get_as(cookie, &href).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    (href, answer)
}

/// The fields of the form with an action.
fn form(answer: &Answer, action: &str) -> Fields {
    let of = |name: &str| {
        let selector = format!("form[action^=\"{action}\"] [name={name}]");
        answer
            .attributes(&selector, "value")
            .into_iter()
            .map(move |value| (name.to_owned(), value))
            .collect::<Vec<_>>()
    };
    ["request_id", "content"]
        .into_iter()
        .flat_map(|name| of(name).into_iter().take(1))
        .collect()
}

async fn count(city: &City, sql: &str) -> i64 {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    torg_db::scalar(&*snapshot, sql, vec![])
        .await
        .expect("counts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_is_told_what_to_mend_and_is_stopped_by_what_must_be() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let publisher = of(&city, "p@stad.example", "publisher", "kulturnamnden").await;
        let (href, bad) = panel(&city, &publisher, "Film").await;
        assert_eq!(bad.texts(".verdict").len(), 1);
        assert!(
            bad.attributes(".verdict", "class")[0].contains("must"),
            "{}",
            bad.body
        );
        let rules = bad.attributes(".rulings > li", "data-rule");
        for rule in [
            "link-broken",
            "lix",
            "heading-order",
            "link-words",
            "plain-word",
        ] {
            assert!(rules.iter().any(|own| own == rule), "{rule} in {rules:?}");
        }
        assert!(!bad.texts(".hard mark").is_empty());
        assert!(bad.texts(".outside li")[0].contains("https://annan.example/sida"));
        // The same as a part, for a script that puts it beside the text.
        let part = city.get_as(&publisher, &format!("{href}?part=1")).await;
        assert!(part.body.starts_with("<section") && !part.body.contains("<html"));
        let (_, good) = panel(&city, &publisher, "Böcker").await;
        assert!(
            good.attributes(".verdict", "class")[0].contains("good"),
            "{}",
            good.body
        );

        // Publishing a change stops, and goes on with a reason, which is written in the log.
        let edit = href.trim_end_matches("/quality").to_owned();
        let mut fields: Fields = city.get_as(&publisher, &edit).await.fields();
        set(&mut fields, "title", "Film och bio");
        set(&mut fields, "then", "publish");
        fields.retain(|(name, _)| name != "q");
        let stopped = city.post_as(&publisher, &edit, &fields).await;
        assert_eq!(stopped.status, 422, "{}", stopped.body);
        assert!(stopped.body.contains("quality_reason"), "{}", stopped.body);
        let sql = "SELECT count(*) FROM event WHERE kind = 'page.published_despite'";
        assert_eq!(count(&city, sql).await, 0);
        let mut fields = stopped.fields();
        fields.retain(|(name, _)| name != "q");
        set(&mut fields, "then", "publish");
        set(&mut fields, "quality_reason", "Sidan behövs i kväll.");
        let published = city.post_as(&publisher, &edit, &fields).await;
        assert_eq!(published.status, 303, "{}", published.body);
        assert_eq!(count(&city, sql).await, 1);
        assert!(city.get("/film").await.body.contains("Film och bio"));
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_has_a_reviewer_and_is_still_right_with_one_press() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let editor = of(&city, "r@stad.example", "editor", "kulturnamnden").await;
        of(&city, "annan@stad.example", "editor", "idrottsnamnden").await;
        let report = city.get_as(&editor, "/admin/care?show=overdue").await;
        assert_eq!(
            report.texts(".caring tbody th a"),
            ["Film"],
            "{}",
            report.body
        );
        assert!(report.texts(".caring .late").len() == 1);

        // Nobody can be chosen who may not change the page; what was chosen stays chosen.
        let (href, shown) = panel(&city, &editor, "Film").await;
        let names = shown.texts(".carebox option");
        assert!(
            names.iter().any(|name| name == "Prov r@stad.example"),
            "{names:?}"
        );
        assert!(
            !names.iter().any(|name| name == "Prov annan@stad.example"),
            "{names:?}"
        );
        let people = city.node.care.people.people().await.expect("people");
        let id = |email: &str| {
            let person = people.iter().find(|person| person.email == email);
            person.expect(email).id.to_string()
        };
        let action = "/admin/care/reviewer";
        let mut fields = form(&shown, action);
        set(&mut fields, "reviewer", &id("annan@stad.example"));
        let wrong = city
            .post_as(&editor, &format!("{action}?show=overdue"), &fields)
            .await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(wrong.texts(".errsum li").len(), 1);
        assert_eq!(wrong.attributes(".caring input[checked]", "value").len(), 1);
        let mut fields = form(&shown, action);
        set(&mut fields, "reviewer", &id("r@stad.example"));
        for _ in 0..2 {
            let saved = city
                .post_as(&editor, &format!("{action}?from=panel"), &fields)
                .await;
            assert_eq!(saved.status, 303, "{}", saved.body);
            assert_eq!(
                saved.header("location"),
                format!("{href}?done=care-reviewer")
            );
        }
        let events = "SELECT count(*) FROM event WHERE kind = 'page.reviewer_set'";
        assert_eq!(count(&city, events).await, 1);
        let mine = city.get_as(&editor, "/admin/care?show=mine").await;
        assert_eq!(mine.texts(".caring tbody th a"), ["Film"]);

        let (_, shown) = panel(&city, &editor, "Film").await;
        let fields = form(&shown, "/admin/care/right");
        for _ in 0..2 {
            let right = city.post_as(&editor, "/admin/care/right", &fields).await;
            assert_eq!(right.status, 303, "{}", right.body);
        }
        let events = "SELECT count(*) FROM event WHERE kind = 'page.reviewed'";
        assert_eq!(count(&city, events).await, 1);
        assert!(city.get("/film").await.body.contains("3\u{a0}mars 2026"));
        let none = city.get_as(&editor, "/admin/care?show=overdue").await;
        assert_eq!(none.texts(".empty").len(), 1, "{}", none.body);
        // The rows are as the log says.
        let differing = torg::rows::differing(&city.node.app.database)
            .await
            .expect("compares");
        assert_eq!(differing.len(), 0, "{differing:?}");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_another_organisations_stays_so() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = of(&city, "k@stad.example", "editor", "kulturnamnden").await;
        let root = city.log_in("alla@stad.example", Some("publisher")).await;
        let list = city.get_as(&own, "/admin/care").await;
        assert_eq!(list.texts(".caring tbody th a"), ["Böcker", "Film"]);
        let all = city.get_as(&root, "/admin/care").await;
        assert_eq!(all.texts(".caring tbody th a").len(), 4);
        let file = city.get_as(&own, "/admin/care.csv").await;
        assert!(
            file.body.contains("Böcker") && !file.body.contains("Parker"),
            "{}",
            file.body
        );
        assert!(
            file.header("content-disposition")
                .contains("care-2026-03-03.csv")
        );
        let chosen = city.get_as(&root, "/admin/care?org=idrottsnamnden").await;
        assert_eq!(chosen.texts(".caring tbody th a"), ["Parker"]);
        let broken = city.get_as(&root, "/admin/care?rule=link-broken").await;
        assert_eq!(broken.texts(".caring tbody th a"), ["Film"]);
        // Whoever guesses an address is told nothing.
        let (href, shown) = panel(&city, &root, "Parker").await;
        assert_eq!(city.get_as(&own, &href).await.status, 403);
        let fields = form(&shown, "/admin/care/right");
        assert_eq!(
            city.post_as(&own, "/admin/care/right", &fields)
                .await
                .status,
            403
        );
        assert_eq!(
            city.post_as(&own, "/admin/care/reviewer", &fields)
                .await
                .status,
            403
        );
        assert_eq!(city.get_as(&own, "/admin/quality").await.status, 403);
        assert_eq!(city.get_as("", "/admin/care.csv").await.status, 303);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn web_strategists_settle_what_rules_weigh() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let strategist = city.log_in("w@stad.example", Some("web_strategist")).await;
        let page = city.get_as(&strategist, "/admin/quality").await;
        assert_eq!(page.status, 200, "{}", page.body);
        let opened: Fields = page.fields();
        assert_eq!(field(&opened, "lix"), "should");
        let mut fields = opened.clone();
        set(&mut fields, "limit-lix-sv", "400");
        set(&mut fields, "lix", "heavy");
        let wrong = city.post_as(&strategist, "/admin/quality", &fields).await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(wrong.texts(".errsum li").len(), 2);
        assert_eq!(field(&wrong.fields(), "limit-lix-sv"), "400");
        let mut fields = opened.clone();
        set(&mut fields, "plain-word", "off");
        set(&mut fields, "months-article", "6");
        let saved = city.post_as(&strategist, "/admin/quality", &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        // Whoever opened the form before is told, and keeps what was written.
        let mut late = opened;
        set(
            &mut late,
            "request_id",
            &SystemIds.uuid(city.clock_now()).to_string(),
        );
        set(&mut late, "limit-lix-sv", "45");
        let conflict = city.post_as(&strategist, "/admin/quality", &late).await;
        assert_eq!(conflict.status, 409);
        assert_eq!(field(&conflict.fields(), "limit-lix-sv"), "45");

        look(&city).await;
        let (_, shown) = panel(&city, &strategist, "Film").await;
        let rules = shown.attributes(".rulings > li", "data-rule");
        assert!(!rules.iter().any(|rule| rule == "plain-word"), "{rules:?}");
        // The settings go along in an export and come back.
        let to = city.test.folder.path().join("export");
        let node = &city.node;
        let (database, blobs) = (&node.app.database, &node.media.blobs);
        torg::export::write_city(
            database,
            &node.accounts,
            blobs,
            &to,
            torg::export::Personal::None,
            &mut |_| {},
        )
        .await
        .expect("exports");
        let text = std::fs::read_to_string(to.join("care/settings.csv")).expect("a file");
        assert!(
            text.contains("plain-word,off") && text.contains("months-article,6"),
            "{text}"
        );
        let settings = torg_site::CareSettings::parse(&text).expect("its own file");
        assert_eq!(settings.csv(), text);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_go_once_and_then_to_the_organisation_above() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        of(&city, "k@stad.example", "publisher", "kulturnamnden").await;
        city.log_in("w@stad.example", Some("web_strategist")).await;
        let database = city.node.app.database.clone();
        let ids: Arc<dyn Ids> = Arc::new(SystemIds);
        let remind = async || {
            let care = &city.node.care;
            care.remind(&database, &*city.clock, &ids)
                .await
                .expect("reminds")
        };
        let waiting = async || {
            let snapshot = database.snapshot().await.expect("reads");
            let mails = list_mails(&*snapshot, MailState::Waiting, 50)
                .await
                .expect("lists");
            let mut to: Vec<(String, String)> = mails
                .into_iter()
                .map(|mail| (mail.recipient, mail.subject))
                .collect();
            to.sort();
            to
        };
        // Film and Parker are overdue since long: their publishers are told, and those above.
        assert_eq!(remind().await, 3);
        let mails = waiting().await;
        let told: Vec<(&str, &str)> = mails
            .iter()
            .map(|(to, subject)| (to.as_str(), subject.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "k@stad.example",
                    "1 sida behöver granskas / 1 page needs to be reviewed"
                ),
                (
                    "w@stad.example",
                    "1 sida behöver granskas / 1 page needs to be reviewed"
                ),
                (
                    "w@stad.example",
                    "2 sidor har inte granskats i tid / 2 pages were not reviewed in time",
                ),
            ]
        );
        assert_eq!(remind().await, 0);
        // A year on the good article is due: its publisher at once, those above after three weeks.
        city.clock.advance_seconds(340 * 86_400);
        // And the start page, which is gone through twice a year, both to those of the city.
        assert_eq!(remind().await, 3);
        city.clock.advance_seconds(30 * 86_400);
        assert_eq!(remind().await, 1);
        assert_eq!(remind().await, 0);
    });
}

/// A server that answers one path well and all others with 404, until the test ends.
fn other_people() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            let _ = BufReader::new(stream.try_clone().expect("the same")).read_line(&mut line);
            let status = if line.contains("/finns") {
                "200 OK"
            } else {
                "404 Not Found"
            };
            let _ = stream.write_all(
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    .as_bytes(),
            );
        }
    });
    port
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_to_others_are_tried_when_the_city_wants_it() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let port = other_people();
        let mut files = Files::new();
        let text = format!(
            "Se [museet](http://127.0.0.1:{port}/finns#topp) och [arkivet](http://127.0.0.1:{port}/borta)."
        );
        files.insert(
            "pages/sv/museum.md".to_owned(),
            page("Museum", "", &text).into_bytes(),
        );
        city.take_in(&files).await;
        look(&city).await;
        let database = &city.node.app.database;
        let settings = ProbeSettings {
            agent: "test".to_owned(),
            timeout: Duration::from_secs(2),
            inside: true,
        };
        let own = &city.node.care;
        let care = Care {
            people: own.people.clone(),
            organisations: own.organisations.clone(),
            city: own.city.clone(),
            base_url: own.base_url.clone(),
            probe: Some(Probe::new(settings).expect("TLS")),
            pause: Duration::from_millis(1),
        };
        // Off until somebody switches it on.
        assert_eq!(
            care.try_links(database, &*city.clock).await.expect("asks"),
            0
        );
        let strategist = city.log_in("w@stad.example", Some("web_strategist")).await;
        let mut fields: Fields = city.get_as(&strategist, "/admin/quality").await.fields();
        set(&mut fields, "links-outside", "on");
        assert_eq!(
            city.post_as(&strategist, "/admin/quality", &fields)
                .await
                .status,
            303
        );
        assert!(care.try_links(database, &*city.clock).await.expect("asks") >= 2);
        // Not again until its time has come.
        assert_eq!(
            care.try_links(database, &*city.clock).await.expect("asks"),
            0
        );
        let (_, shown) = panel(&city, &strategist, "Museum").await;
        assert_eq!(shown.texts(".outside .dead").len(), 1, "{}", shown.body);
        let rules = shown.attributes(".rulings > li", "data-rule");
        assert!(rules.iter().any(|rule| rule == "link-dead"), "{rules:?}");
        let dead = city.get_as(&strategist, "/admin/care?show=dead").await;
        assert_eq!(dead.texts(".caring tbody th a"), ["Museum"]);
        city.clock.advance_seconds(86_400);
        assert!(care.try_links(database, &*city.clock).await.expect("asks") >= 1);

        // Weeks are kept side by side. The log-in of last week is over.
        city.clock.advance_seconds(7 * 86_400);
        look(&city).await;
        let strategist = city.log_in("w2@stad.example", Some("web_strategist")).await;
        let report = city.get_as(&strategist, "/admin/care").await;
        assert_eq!(report.attributes(".trend polyline", "points").len(), 3);
        let report = torg_site::city_report(
            &*database.snapshot().await.expect("reads"),
            torg_kernel::civil_date(city.clock_now()),
        )
        .await
        .expect("looks");
        assert_eq!(report.texts, 5);
        assert_eq!(report.stopped, 1);
    });
}

/// A browser that goes to a page, with a cookie or none.
async fn reads(city: &City, path: &str, more: &[(&'static str, &str)]) {
    let mut request = http::Request::get(path)
        .header("host", "stad.example")
        .header("sec-fetch-mode", "navigate");
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    let request = request.body(axum::body::Body::empty());
    let answer = city.ask(request.expect("a request")).await;
    assert_eq!(answer.status, 200, "{path}");
}

async fn written(city: &City) -> usize {
    let app = &city.node.app;
    write_reads(&app.reads, &app.database, &*city.clock)
        .await
        .expect("counts are written")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_nobody_reads_are_found_without_knowing_who_reads() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let strategist = city.log_in("w@stad.example", Some("web_strategist")).await;
        // Made for a reader, kept for the next, fetched ahead, gathered by a program, staff's own.
        reads(&city, "/bok", &[]).await;
        reads(&city, "/bok", &[("cookie", "ui=sv")]).await;
        reads(&city, "/bok", &[("sec-purpose", "prefetch")]).await;
        reads(&city, "/bok", &[("cookie", strategist.as_str())]).await;
        assert_eq!(city.get("/film").await.status, 200);
        assert_eq!(written(&city).await, 1);
        assert_eq!(written(&city).await, 0, "nothing is counted twice");
        let sum = "SELECT CAST(COALESCE(SUM(reads), 0) AS BIGINT) FROM page_reads";
        assert_eq!(count(&city, sum).await, 2);
        // Counting began today: nothing can be called unread yet, and it is said from when.
        let report = city.get_as(&strategist, "/admin/care?show=unread").await;
        assert!(report.texts(".caring tbody th a").is_empty());
        assert!(report.body.contains("2027"), "{}", report.body);
        city.clock.advance_seconds(200 * 86_400);
        reads(&city, "/bok", &[]).await;
        assert_eq!(written(&city).await, 1);
        city.clock.advance_seconds(170 * 86_400);
        look(&city).await;
        let strategist = city.log_in("v@stad.example", Some("web_strategist")).await;
        let report = city.get_as(&strategist, "/admin/care?show=unread").await;
        let unread = report.texts(".caring tbody th a");
        assert_eq!(unread, ["Film", "Parker", "Staden"]);
        let all = city.get_as(&strategist, "/admin/care.csv").await;
        let book = all.body.lines().find(|line| line.contains("/bok,"));
        let book = book.expect("the book's line");
        assert!(
            book.contains(",1,2026-"),
            "the first two are over a year old: {book}"
        );
        let noted = "SELECT CAST(SUM(unread) AS BIGINT) FROM care_week WHERE unread > 0";
        assert_eq!(count(&city, noted).await, 3);
    });
}
