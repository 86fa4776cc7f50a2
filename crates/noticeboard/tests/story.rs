//! Announcements from a file or a form to the board, down again by themselves, and the proof of it, on
//! both databases.

mod board;

use std::sync::Arc;

use board::{
    Migrator, NOW, Town, at, attribute, count, fields, import, organisations, set, tell, texts,
};
use torg_jobs::{JobOptions, Worker};
use torg_kernel::{Clock, Locale, Problem, SystemIds};
use torg_log::seal_days;
use torg_noticeboard::{
    Proof, ProofFault, check_proof, export_announcements, find_by_key, jobs, list_canonical,
    list_current, posted_since, search_documents, sitemap_entries,
};
use torg_testkit::{TestDatabase, both};
use torg_ui::T;
use torg_ui::sample::show;

const FILE: &str = r###"[
  {"key":"kultur-12-november","kind":"minutes","organisation":"kulturnamnden","title":{"sv":"Protokoll från 12 november är justerat","en":"Minutes of 12 November are adjusted"},
   "text":"## Ärenden\n\n- Bibliotekens öppettider\n- Stöd till [fria scener](/uppleva-och-gora)","meeting":"2026-11-12","adjusted":"2026-11-14","posted":"2026-11-16","kept_at":"Kulturförvaltningen, Norra Hamngatan 8","contact":"kontaktcenter"},
  {"key":"miljo-25-november","kind":"minutes","organisation":"miljonamnden","title":"Protokoll från 25 november är justerat","meeting":"2026-11-25","posted":"2026-11-30","kept_at":"Miljöförvaltningen"},
  {"key":"badplats","kind":"announcement","organisation":"miljonamnden","title":"Förslag om en ny badplats","text":"Säg vad du tycker före den 20 november.","posted":"2026-11-10","removed":"2026-11-21"},
  {"key":"gammalt","kind":"announcement","organisation":"miljonamnden","title":"Gammalt anslag","posted":"2025-11-10","removed":"2025-11-21"}
]"###;

async fn kinds(test: &TestDatabase, key: &str) -> Vec<String> {
    let snapshot = test.database.snapshot().await.expect("reads");
    let found = find_by_key(&*snapshot, key).await.expect("reads");
    let subject = found.expect("is there").subject();
    let mut events: Vec<String> = torg_log::history(&*snapshot, &subject, &[], 100)
        .await
        .expect("reads")
        .into_iter()
        .map(|event| event.kind.trim_start_matches("announcement.").to_owned())
        .collect();
    events.reverse();
    events
}

#[tokio::test]
async fn a_file_comes_in_once_and_comes_back_as_it_went() {
    both!(Migrator, |test: TestDatabase| async move {
        let report = import(&test.database, FILE, NOW).await.expect("imports");
        assert_eq!(report.created.len(), 4);
        let events = count(&test.database, "SELECT count(*) FROM event").await;
        let again = import(&test.database, FILE, NOW.plus_seconds(60)).await;
        assert_eq!(again.expect("imports").unchanged, 4);
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM event").await,
            events,
            "nothing changed, nothing written"
        );
        let snapshot = test.database.snapshot().await.expect("reads");
        let units = |id| (id == board::unit()).then(|| "kontaktcenter".to_owned());
        let exported = export_announcements(&*snapshot, &organisations(), &units)
            .await
            .expect("exports");
        // The rows say what the log said last.
        for (subject, json) in list_canonical(&*snapshot).await.expect("reads") {
            let class = [torg_log::PayloadClass::Public];
            let last = torg_log::history(&*snapshot, &subject, &class, 1)
                .await
                .expect("reads");
            let torg_log::PayloadState::Whole { after, .. } = &last[0].payload else {
                panic!("is whole");
            };
            assert_eq!(after.as_deref(), Some(json.as_str()));
        }
        snapshot.end().await.expect("ends");
        let empty = torg_testkit::sqlite::<Migrator>().await;
        import(&empty.database, &exported, NOW)
            .await
            .expect("imports");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = export_announcements(&*snapshot, &organisations(), &units)
            .await
            .expect("exports");
        assert_eq!(copy, exported);
        drop(snapshot);

        let lost = FILE
            .replace("kulturnamnden", "ingen")
            .replace("\"kontaktcenter\"", "\"x\"");
        let Err(Problem::Invalid(errors)) = import(&empty.database, &lost, NOW).await else {
            panic!("there is no such organisation");
        };
        assert_eq!(errors[0].field, "1:kultur-12-november:organisation");
        assert_eq!(
            kinds(&test, "gammalt").await,
            ["created"],
            "it never stood here"
        );
    });
}

#[tokio::test]
async fn it_goes_up_and_comes_down_on_its_day_though_nothing_else_runs() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, FILE, NOW).await.expect("imports");
        let town = Town::build(test.database.clone());
        let (status, page) = town.get("/anslagstavla").await;
        assert_eq!(status, 200);
        show("notice-board", T::SV, &page);
        assert_eq!(texts(&page, ".notices h3").len(), 2);
        assert_eq!(
            texts(&page, ".boardlist h2"),
            ["Kulturnämnden", "Miljönämnden"]
        );
        assert!(page.contains("inom 3 veckor"));
        let (status, one) = town.get("/anslagstavla/kultur-12-november").await;
        assert_eq!(status, 200);
        show("notice", T::SV, &one);
        assert_eq!(
            texts(&one, ".noticefacts dd"),
            [
                "Kulturnämnden",
                "torsdag 12 november 2026",
                "lördag 14 november 2026",
                "måndag 16 november 2026",
                "måndag 7 december 2026",
                "tisdag 8 december 2026",
                "Kulturförvaltningen, Norra Hamngatan 8"
            ]
        );
        assert!(texts(&one, "aside .tel")[0].contains("031-390 06 00"));
        assert_eq!(attribute(&one, ".prose a", "href"), ["/uppleva-och-gora"]);
        let data = texts(&one, "script[type='application/ld+json']");
        let data: serde_json::Value = serde_json::from_str(&data[0]).expect("JSON-LD is JSON");
        assert_eq!(data["expires"], "2026-12-07T23:00:00Z");
        let (_, english) = town.get("/en/notice-board/kultur-12-november").await;
        assert_eq!(
            texts(&english, "h1"),
            ["Minutes of 12 November are adjusted"]
        );
        assert_eq!(attribute(&english, ".prose", "lang"), ["sv"]);
        assert_eq!(town.get("/anslagstavla/miljo-25-november").await.0, 404);
        assert_eq!(
            town.get("/anslagstavla/gammalt").await.0,
            410,
            "its days are over"
        );
        assert_eq!(town.get("/anslagstavla/ingenting").await.0, 404);
        assert_eq!(town.get("/anslagstavla/%00").await.0, 404);

        // A second before midnight and at midnight; the page was in the cache.
        town.clock.set(at("2026-11-20T23:59:59"));
        assert!(town.get("/anslagstavla").await.1.contains("badplats"));
        assert_eq!(town.get("/anslagstavla/badplats").await.0, 200);
        town.clock.set(at("2026-11-21T00:00:00"));
        assert!(!town.get("/anslagstavla").await.1.contains("badplats"));
        let (status, gone) = town.get("/anslagstavla/badplats").await;
        assert_eq!(status, 410);
        show("notice-gone", T::SV, &gone);
        assert!(!gone.contains("ny badplats"), "removed is removed");
        assert!(gone.contains("Miljönämnden") && gone.contains("21\u{a0}november 2026"));
        assert_eq!(
            attribute(&gone, "meta[name=robots]", "content"),
            ["noindex"]
        );

        town.clock.set(at("2026-11-29T23:59:59"));
        assert!(!town.get("/anslagstavla").await.1.contains("25 november"));
        town.clock.set(at("2026-11-30T00:00:00"));
        assert!(town.get("/anslagstavla").await.1.contains("25 november"));
        assert_eq!(town.get("/anslagstavla/miljo-25-november").await.0, 200);
        town.clock.set(at("2026-12-07T23:59:59"));
        assert_eq!(town.get("/anslagstavla/kultur-12-november").await.0, 200);
        town.clock.set(at("2026-12-08T00:00:00"));
        assert_eq!(town.get("/anslagstavla/kultur-12-november").await.0, 410);
    });
}

#[tokio::test]
async fn the_board_is_filtered_searched_and_followed() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, FILE, NOW).await.expect("imports");
        let town = Town::build(test.database.clone());
        let shown = async |query: &str| {
            let (status, page) = town.get(&format!("/anslagstavla?{query}")).await;
            assert_eq!(status, 200);
            texts(&page, ".notices h3").len()
        };
        assert_eq!(shown("organisation=kulturnamnden").await, 1);
        assert_eq!(shown("kind=announcement").await, 1);
        assert_eq!(shown("q=BIBLIOTEKENS").await, 1);
        assert_eq!(shown("q=badplats&kind=minutes").await, 0);
        assert_eq!(shown("kind=nonsense&organisation=ingen").await, 2);
        assert_eq!(shown("q=%00%22%3Cb%3E").await, 0);
        let (status, feed) = town.get("/anslagstavla.atom").await;
        assert_eq!((status, feed.matches("<entry>").count()), (200, 2));
        let (_, feed) = town
            .get("/en/notice-board.atom?organisation=kulturnamnden")
            .await;
        assert_eq!(feed.matches("<entry>").count(), 1);
        assert!(feed.contains("Minutes of 12 November"));
        assert_eq!(
            town.get("/anslagstavla.atom?organisation=ingen").await.0,
            404
        );

        let snapshot = test.database.snapshot().await.expect("reads");
        let current = list_current(&*snapshot, NOW).await.expect("reads");
        let documents = search_documents(&current[0], &organisations(), NOW);
        assert_eq!(documents.len(), 2);
        assert!(documents[0].body.contains("öppettider"));
        assert!(
            search_documents(&current[0], &organisations(), at("2027-01-01T00:00:00")).is_empty()
        );
        assert_eq!(
            sitemap_entries(&*snapshot, NOW).await.expect("reads").len(),
            3
        );
        let since = posted_since(
            &*snapshot,
            None,
            Locale::SV,
            at("2026-11-15T23:59:59"),
            at("2026-11-16T00:00:00"),
        )
        .await
        .expect("reads");
        assert_eq!(since.len(), 1);
        assert_eq!(since[0].href, "/anslagstavla/kultur-12-november");
    });
}

#[tokio::test]
async fn events_about_its_days_are_written_once_however_late_the_job_is() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, FILE, NOW).await.expect("imports");
        assert_eq!(
            kinds(&test, "kultur-12-november").await,
            ["created", "posted"]
        );
        assert_eq!(kinds(&test, "miljo-25-november").await, ["created"]);
        // The night the clocks were put back is long past; the job was away for a year.
        let late = at("2027-12-01T12:00:00");
        let town = Town::build(test.database.clone());
        town.clock.set(late);
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let options = JobOptions::default();
        let worker = Worker::new(
            test.database.clone(),
            jobs(),
            town.clock.clone(),
            Arc::new(SystemIds),
            options,
        );
        let running = tokio::spawn(worker.run(stopping));
        for _ in 0..500 {
            let left = "SELECT count(*) FROM announcement WHERE told < 2";
            if count(&test.database, left).await == 0 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        stop.send(true).expect("it runs");
        running.await.expect("ends");
        for (key, events) in [
            ("kultur-12-november", &["created", "posted", "removed"][..]),
            ("miljo-25-november", &["created", "posted", "removed"][..]),
            ("badplats", &["created", "posted", "removed"][..]),
            ("gammalt", &["created"][..]),
        ] {
            assert_eq!(kinds(&test, key).await, events, "{key}");
        }
        assert_eq!(tell(&test.database, late).await, 0, "done is done");
        let events = count(&test.database, "SELECT count(*) FROM event").await;
        tell(&test.database, late).await;
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM event").await,
            events
        );
    });
}

/// Fills the form for new minutes.
async fn new_form(town: &Town) -> Vec<(String, String)> {
    let (status, page) = town.get("/admin/notice-board/new").await;
    assert_eq!(status, 200);
    let mut form = fields(&page, "/admin/notice-board/new");
    set(
        &mut form,
        "title_sv",
        "Protokoll från 13 november är justerat",
    );
    set(
        &mut form,
        "text_sv",
        "Nämnden beslutade om **stöd till scener**.",
    );
    set(&mut form, "meeting", "2026-11-13");
    set(&mut form, "adjusted", "2026-11-16");
    set(&mut form, "kept_at_sv", "Kulturförvaltningen");
    form
}

#[tokio::test]
async fn staff_post_at_once_correct_and_take_down_and_the_proof_tells() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        assert_ne!(town.get("/admin/notice-board").await.0, 200);
        town.log_in("kulturnamnden");
        let new = "/admin/notice-board/new";
        let mut form = new_form(&town).await;
        let choices = attribute(
            &town.get(new).await.1,
            "#field_organisation option",
            "value",
        );
        assert_eq!(choices.len(), 1, "only the own committee");

        // Wrong: everything stays, each error at its field.
        let mut wrong = form.clone();
        set(&mut wrong, "meeting", "i fjol");
        set(&mut wrong, "text_sv", "{{fact:avgift:value}} <b>");
        let (status, again) = town.post(new, &wrong).await;
        assert_eq!(status, 422);
        show("notice-edit-wrong", T::SV, &again);
        assert_eq!(
            attribute(&again, "#field_meeting", "aria-invalid"),
            ["true"]
        );
        assert!(texts(&again, "#field_text_sv")[0].contains("{{fact:avgift:value}} <b>"));
        set(&mut wrong, "meeting", "2026-11-13");
        set(&mut wrong, "text_sv", "x");
        set(&mut wrong, "removed", "2026-11-30");
        let (status, again) = town.post(new, &wrong).await;
        assert_eq!(status, 422);
        assert!(texts(&again, "#field_removed_error")[0].contains("2026-12-08"));

        // A look first; nothing is saved.
        let mut look = form.clone();
        look.push(("do".to_owned(), "preview".to_owned()));
        let (status, preview) = town.post(new, &look).await;
        assert_eq!(status, 200);
        show("notice-preview", T::SV, &preview);
        assert!(texts(&preview, ".preview dd").contains(&"måndag 7 december 2026".to_owned()));
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM announcement").await,
            0
        );

        // For another committee: refused.
        let list = organisations();
        let other = list
            .by_key("miljonamnden")
            .expect("is there")
            .id
            .to_string();
        let mut foreign = form.clone();
        set(&mut foreign, "organisation", &other);
        assert_eq!(town.post(new, &foreign).await.0, 403);

        // Sent twice, posted once, and public.
        set(&mut form, "when", "now");
        let (status, to) = town.post(new, &form).await;
        assert_eq!(status, 303, "{to}");
        assert_eq!(town.post(new, &form).await, (303, to.clone()));
        assert_eq!(
            count(&test.database, "SELECT count(*) FROM announcement").await,
            1
        );
        let edit = to.split('?').next().expect("a path").to_owned();
        let key = "protokoll-fran-13-november-ar-justerat-2026-11-16";
        let public = format!("/anslagstavla/{key}");
        let (status, page) = town.get(&public).await;
        assert_eq!(status, 200);
        assert!(page.contains("<strong>stöd till scener</strong>"));
        assert_eq!(kinds(&test, key).await, ["created", "posted"]);

        // Corrected an hour later; another had the form open since before.
        let (_, page) = town.get(&edit).await;
        show("notice-edit", T::SV, &page);
        let opened = fields(&page, &edit);
        assert!(
            !opened.iter().any(|(name, _)| name == "posted"),
            "its day is fixed"
        );
        town.clock.set(NOW.plus_seconds(3_600));
        let mut first = opened.clone();
        set(
            &mut first,
            "title_sv",
            "Protokoll från 13 november är justerat (rättat)",
        );
        assert_eq!(town.post(&edit, &first).await.0, 303);
        assert!(town.get(&public).await.1.contains("(rättat)"));
        let mut second = opened.clone();
        set(&mut second, "request_id", &town.request_id());
        set(&mut second, "text_sv", "En annan rättelse.");
        let (status, conflict) = town.post(&edit, &second).await;
        assert_eq!(status, 409);
        show("notice-conflict", T::SV, &conflict);
        assert!(texts(&conflict, "#field_text_sv")[0].contains("En annan rättelse."));
        assert!(texts(&conflict, ".conflict h3")[0].contains("(rättat)"));
        let mut resolved = fields(&conflict, &edit);
        set(
            &mut resolved,
            "title_sv",
            "Protokoll från 13 november är justerat (rättat)",
        );
        town.clock.set(NOW.plus_seconds(7_200));
        assert_eq!(town.post(&edit, &resolved).await.0, 303);

        // Taken down early: with a reason, once.
        let down = format!("{edit}/withdraw");
        let (_, page) = town.get(&edit).await;
        let mut form = fields(&page, &down);
        let (status, again) = town.post(&down, &form).await;
        assert_eq!(status, 422);
        assert_eq!(attribute(&again, "#field_reason", "aria-invalid"), ["true"]);
        let mut form_again = fields(&again, &down);
        set(&mut form_again, "reason", "Fel protokoll blev anslaget.");
        form = form_again;
        town.clock.set(NOW.plus_seconds(86_400));
        let (status, to) = town.post(&down, &form).await;
        assert_eq!(status, 303, "{to}");
        assert_eq!(
            town.post(&down, &form).await.0,
            303,
            "a double click is answered alike"
        );
        assert_eq!(town.get(&public).await.0, 410);
        assert!(!town.get("/anslagstavla").await.1.contains("13 november"));
        assert_eq!(
            kinds(&test, key).await,
            [
                "created",
                "posted",
                "changed",
                "changed",
                "withdrawn",
                "removed"
            ]
        );
        assert_eq!(
            town.post(&edit, &resolved).await.0,
            303,
            "known form, known answer"
        );
        set(&mut resolved, "request_id", &town.request_id());
        assert_ne!(town.post(&edit, &resolved).await.0, 303, "down is down");

        proof_of(&test, &town, &edit).await;
    });
}

async fn proof_of(test: &TestDatabase, town: &Town, edit: &str) {
    let now = NOW.plus_seconds(2 * 86_400);
    town.clock.set(now);
    test.database
        .write(move |context| Box::pin(async move { seal_days(context, now).await }))
        .await
        .expect("seals");
    let (status, page) = town.get(&format!("{edit}/proof")).await;
    assert_eq!(status, 200);
    show("notice-proof", T::SV, &page);
    assert_eq!(attribute(&page, ".verdict", "data-holds"), ["true"]);
    assert_eq!(texts(&page, ".span").len(), 3, "three texts stood there");
    let (status, json) = town.get(&format!("{edit}/proof.json")).await;
    assert_eq!(status, 200);
    let proof: Proof = serde_json::from_str(&json).expect("JSON");
    let spans: Vec<_> = proof.shown.iter().map(|it| (it.from, it.until)).collect();
    let hour = |hours: i64| NOW.plus_seconds(hours * 3_600);
    assert_eq!(
        spans,
        [
            (hour(0), Some(hour(1))),
            (hour(1), Some(hour(2))),
            (hour(2), Some(hour(24)))
        ]
    );
    assert!(proof.events.iter().all(|event| event.seal.is_some()));
    let snapshot = test.database.snapshot().await.expect("reads");
    assert_eq!(check_proof(&*snapshot, &proof).await.expect("checks"), []);

    // Whatever is changed in the copy is found.
    type Change = fn(&mut Proof);
    let changes: [Change; 6] = [
        |it| it.shown[0].notice.kept_at = torg_noticeboard::Words::swedish("Annanstans"),
        |it| {
            let after = it.events[1].after.clone().expect("is there");
            it.events[1].after = Some(after.replace("Kultur", "Miljö"));
        },
        |it| it.events[0].at = it.events[0].at.plus_seconds(-60),
        |it| it.events[0].chain = it.events[1].chain.clone(),
        |it| {
            let seal = it.events[0].seal.as_mut().expect("is sealed");
            seal.root = seal.root.replace(['0', '1', '2'], "3");
        },
        |it| {
            it.events.remove(2);
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut forged = proof.clone();
        change(&mut forged);
        let faults = check_proof(&*snapshot, &forged).await.expect("checks");
        assert!(!faults.is_empty(), "change {at} was not seen");
    }
    let mut other = proof.clone();
    other.format = "x".to_owned();
    assert_eq!(
        check_proof(&*snapshot, &other).await.expect("checks"),
        [ProofFault::Format]
    );
}

#[tokio::test]
async fn nights_when_the_clocks_change_have_one_midnight() {
    both!(Migrator, |test: TestDatabase| async move {
        let file = r#"[{"key":"var","kind":"announcement","organisation":"staden","title":"Vår","posted":"2026-03-29","removed":"2026-03-30"},
            {"key":"host","kind":"announcement","organisation":"staden","title":"Höst","posted":"2026-10-25","removed":"2026-10-26"}]"#;
        let start = at("2026-03-01T12:00:00");
        import(&test.database, file, start).await.expect("imports");
        let town = Town::build(test.database.clone());
        for (key, from, hours) in [
            ("var", at("2026-03-29T00:00:00"), 23),
            ("host", at("2026-10-25T00:00:00"), 25),
        ] {
            let address = format!("/anslagstavla/{key}");
            for (offset, status) in [
                (-1, 404),
                (0, 200),
                (hours * 3_600 - 1, 200),
                (hours * 3_600, 410),
            ] {
                town.clock.set(from.plus_seconds(offset));
                let (found, _) = town.get(&address).await;
                assert_eq!(
                    found,
                    status,
                    "{key} {offset} {}",
                    town.clock.now().rfc3339()
                );
            }
        }
    });
}

#[tokio::test]
async fn what_is_taken_back_before_its_day_was_never_there() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden");
        let mut form = new_form(&town).await;
        set(&mut form, "when", "date");
        set(&mut form, "posted", "2026-11-15");
        let (status, again) = town.post("/admin/notice-board/new", &form).await;
        assert_eq!(status, 422);
        assert_eq!(attribute(&again, "#field_posted", "aria-invalid"), ["true"]);
        set(&mut form, "posted", "2026-11-18");
        let (status, to) = town.post("/admin/notice-board/new", &form).await;
        assert_eq!(status, 303, "{to}");
        let edit = to.split('?').next().expect("a path").to_owned();
        let (_, list) = town.get("/admin/notice-board?state=coming").await;
        show("notices-admin", T::SV, &list);
        assert_eq!(texts(&list, "tbody th").len(), 1);
        assert_eq!(texts(&list, ".chips .count"), ["1", "1", "0", "0"]);
        // Another day moves the others along.
        let (_, page) = town.get(&edit).await;
        let mut form = fields(&page, &edit);
        set(&mut form, "posted", "2026-11-19");
        assert_eq!(town.post(&edit, &form).await.0, 303);
        let (_, page) = town.get(&edit).await;
        assert!(page.contains("tas ner 11\u{a0}december 2026"));
        let down = format!("{edit}/withdraw");
        let mut form = fields(&page, &down);
        set(&mut form, "reason", "Sammanträdet ställdes in.");
        assert_eq!(town.post(&down, &form).await.0, 303);
        let key = "/anslagstavla/protokoll-fran-13-november-ar-justerat-2026-11-18";
        for day in ["2026-11-18T12:00:00", "2026-12-24T12:00:00"] {
            town.clock.set(at(day));
            assert_eq!(town.get(key).await.0, 404);
            tell(&test.database, at(day)).await;
        }
        assert_eq!(
            kinds(&test, key.trim_start_matches("/anslagstavla/")).await,
            ["created", "changed", "withdrawn"]
        );
        let (_, page) = town.get(&format!("{edit}/proof")).await;
        assert_eq!(texts(&page, ".span").len(), 0);
        assert!(page.contains("har inte visats"));
    });
}

#[tokio::test]
async fn nobody_is_said_to_have_put_up_what_others_did() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, FILE, NOW).await.expect("imports");
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden");
        let (_, to) = town
            .post("/admin/notice-board/new", &new_form(&town).await)
            .await;
        let edit = to.split('?').next().expect("a path").to_owned();
        // The other committee's day has come; the job has not been there yet.
        town.clock.set(at("2026-11-30T00:00:20"));
        let (_, page) = town.get(&edit).await;
        let mut form = fields(&page, &edit);
        set(&mut form, "title_sv", "Protokollet är justerat");
        let (status, again) = town.post(&edit, &form).await;
        assert_eq!(status, 303, "{again}");
        assert_eq!(kinds(&test, "miljo-25-november").await, ["created"]);
        assert_ne!(tell(&test.database, at("2026-11-30T00:00:30")).await, 0);
        assert_eq!(
            kinds(&test, "miljo-25-november").await,
            ["created", "posted"]
        );
    });
}

/// Minutes with their appendices: added several at once, shown on the board and in the proof with the
/// digest of their bytes, in the file and back; what cannot be taken is told at the field.
#[tokio::test]
async fn files_stand_on_the_board_in_the_proof_and_in_the_file() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone());
        town.log_in("kulturnamnden");
        let mut form = new_form(&town).await;
        set(&mut form, "when", "now");
        let (status, to) = town.post("/admin/notice-board/new", &form).await;
        assert_eq!(status, 303, "{to}");
        let edit = to.split('?').next().expect("a path").to_owned();
        let action = format!("{edit}/files");
        let pdf: &[u8] = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";
        let csv: &[u8] = b"post;kronor\nscener;120000\n";
        let chosen: [(&str, &[u8]); 2] = [("Protokoll_16_nov.pdf", pdf), ("bilaga 1.csv", csv)];

        let fresh = || async { fields(&town.get(&edit).await.1, &action) };
        let mut sent = fresh().await;
        sent.retain(|(name, _)| name != "files");
        let program: [(&str, &[u8]); 1] = [("protokoll.pdf", b"MZ\x90\x00\x03")];
        for wrong in [&[][..], &program[..]] {
            let (status, again) = town.upload(&action, &sent, wrong).await;
            assert_eq!(status, 422, "{again}");
            assert_eq!(attribute(&again, "#field_files", "aria-invalid"), ["true"]);
            sent = fields(&again, &action);
            sent.retain(|(name, _)| name != "files");
        }
        let (status, to) = town.upload(&action, &sent, &chosen).await;
        assert_eq!(status, 303, "{to}");
        assert_eq!(town.upload(&action, &sent, &chosen).await.0, 303);
        let files = "SELECT count(*) FROM file";
        assert_eq!(
            count(&test.database, files).await,
            2,
            "sent twice, added once"
        );

        let public = "/anslagstavla/protokoll-fran-13-november-ar-justerat-2026-11-16";
        let (_, page) = town.get(public).await;
        let titles = texts(&page, ".noticefiles a span");
        assert_eq!(titles, ["Protokoll 16 nov", "bilaga 1"]);
        assert!(texts(&page, ".noticefiles .quiet")[0].contains("PDF, 1 kB"));
        let links = attribute(&page, ".noticefiles a", "href");
        assert!(
            links[0].starts_with("/files/") && links[0].contains("?v="),
            "{links:?}"
        );
        let (_, proof) = town.get(&format!("{edit}/proof.json")).await;
        let digest = torg_files::BlobId::of(pdf).to_string();
        assert!(proof.contains(&digest), "{proof}");
        let (_, shown) = town.get(&format!("{edit}/proof")).await;
        assert!(texts(&shown, ".noticefiles").join(" ").contains(&digest));

        // The same bytes once more, and somebody who had the form open since before.
        let (status, again) = town
            .upload(&action, &fresh_fields(&fresh().await), &chosen[..1])
            .await;
        assert_eq!(status, 422);
        assert!(again.contains("Protokoll 16 nov"));
        let mut late = fresh_fields(&fresh().await);
        set(&mut late, "version", "1");
        let other: [(&str, &[u8]); 1] = [("bilaga 2.csv", b"a;b\n1;2\n")];
        assert_eq!(town.upload(&action, &late, &other).await.0, 409);
        assert_eq!(
            count(&test.database, files).await,
            2,
            "nothing is half done"
        );

        // There and back; a file that is not there is told.
        let snapshot = test.database.snapshot().await.expect("reads");
        let list = organisations();
        let written = export_announcements(&*snapshot, &list, &|_| None).await;
        snapshot.end().await.expect("ends");
        let written = written.expect("exports");
        assert!(written.contains(&digest));
        let report = import(&test.database, &written, NOW)
            .await
            .expect("taken in");
        assert_eq!(report.unchanged, 1, "{report:?}");
        let changed = written.replace(&digest, &torg_files::BlobId::of(b"x").to_string());
        let refused = import(&test.database, &changed, NOW).await;
        assert!(matches!(refused, Err(torg_kernel::Problem::Invalid(_))));

        // Taken away; the bytes stay for the proof.
        let (_, page) = town.get(&edit).await;
        let remove = attribute(&page, ".files li form", "action");
        assert_eq!(remove.len(), 2);
        for _ in 0..2 {
            assert_eq!(town.post(&remove[1], &[]).await.0, 303);
        }
        let (_, page) = town.get(public).await;
        assert_eq!(texts(&page, ".noticefiles a span"), ["Protokoll 16 nov"]);
        assert_eq!(count(&test.database, files).await, 2);
        town.log_in("miljonamnden");
        assert_eq!(town.post(&remove[0], &[]).await.0, 403, "another committee");
    });
}

/// What a browser sends of a form beside the files themselves.
fn fresh_fields(form: &[(String, String)]) -> Vec<(String, String)> {
    let text = form.iter().filter(|(name, _)| name != "files");
    text.cloned().collect()
}
