//! Comments from the form to the page and off it again, on both databases.

mod city;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use city::{Answer, City, encoded, field, set};
use http::Request;
use http_body_util::BodyExt;
use torg::city::demo_files;
use torg::migrator::Migrator;
use torg_kernel::{Actor, Clock, Ids, SystemIds};
use torg_site::{CommentSettings, Comments};
use torg_testkit::{TestDatabase, both};

type Fields = Vec<(String, String)>;

const POST: &str = "/blogg/en-dag";

/// A city with one blog: a post with comments, and one in English.
async fn blog(test: TestDatabase, comments: &str) -> City {
    let city = City::empty(test).await;
    let mut files = demo_files();
    files.retain(|path, _| path == "organisations.csv");
    take_in(&city, files, comments).await;
    torg_web::spawn_view_follower(&city.node.app)
        .await
        .expect("follows");
    city
}

async fn take_in(city: &City, mut files: torg::city::Files, comments: &str) {
    let post = |title: &str, more: &str| {
        format!(
            "---\ntitle: {title}\ntype: post\nowner: kulturnamnden\npublished: 2026-03-01 09:00\ncomments: {comments}\n{more}---\nVi prövade en ny väg.\n"
        )
    };
    for (path, text) in [
        (
            "index.md",
            "---\ntitle: Staden\ntype: start\nowner: goteborg\n---\nHej.\n".to_owned(),
        ),
        (
            "blogg/index.md",
            "---\ntitle: Bloggen\ntype: section\nowner: kulturnamnden\n---\nOm bygget.\n"
                .to_owned(),
        ),
        ("blogg/en-dag.md", post("En dag", "")),
        ("blogg/en-natt.md", post("En natt", "")),
    ] {
        files.insert(format!("pages/sv/{path}"), text.into_bytes());
    }
    city.take_in(&files).await;
}

/// The form of a page, filled in by somebody who takes their time.
async fn form(city: &City, page: &str, text: &str) -> (String, Fields) {
    let href = city.get(page).await.attributes(".comments .act a", "href");
    let href = href.first().expect("a way to write").clone();
    let answer = city.get(&href).await;
    assert_eq!(answer.status, 200);
    let mut fields = own_fields(&answer);
    set(&mut fields, "name", "Eva <b>");
    set(&mut fields, "email", "eva@post.example");
    set(&mut fields, "text", text);
    city.clock.advance_seconds(20);
    (href, fields)
}

/// The fields of the form, without those of the search in the frame.
fn own_fields(answer: &Answer) -> Fields {
    let mut fields = answer.fields();
    fields.retain(|(name, _)| name != "q");
    fields
}

async fn write(city: &City, page: &str, text: &str) -> String {
    let (href, fields) = form(city, page, text).await;
    let answer = city.post_as("", &href, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

async fn count(city: &City, sql: &str) -> i64 {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    torg_db::scalar(&*snapshot, sql, vec![])
        .await
        .expect("counts")
}

fn pairs(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

async fn errors(city: &City, href: &str, fields: &[(String, String)]) -> (Answer, Vec<String>) {
    let answer = city.post_as("", href, fields).await;
    let errors = answer.texts(".errsum li");
    (answer, errors)
}

/// Posts a decision about the only comment of a queue.
async fn decide(city: &City, cookie: &str, queue: &str, button: &str, rule: &str) -> Answer {
    let href = format!("/admin/comments?show={queue}");
    let desk = city.get_as(cookie, &href).await;
    assert_eq!(desk.status, 200, "{}", desk.body);
    let id = desk.attributes(".queue input[name=comment]", "value");
    let id = id.first().expect("a comment in the queue").clone();
    let request = desk.attributes(".moderation input[name=request_id]", "value");
    let fields = pairs(&[
        ("request_id", &request[0]),
        (button, &id),
        (&format!("rule_{id}"), rule),
    ]);
    city.post_as(cookie, &href, &fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_comment_is_read_by_a_person_before_it_is_shown() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = blog(test, "moderated").await;
        let staff = city
            .log_in("granskare@stad.example", Some("publisher"))
            .await;
        let before = city.get(POST).await;
        assert!(before.body.contains("Ingen har kommenterat"));
        assert!(before.header("set-cookie").is_empty());

        let (href, fields) = form(&city, POST, "Bra!\n\n<script>alert(1)</script>").await;
        let first = city.post_as("", &href, &fields).await;
        let again = city.post_as("", &href, &fields).await;
        assert_eq!(first.header("location"), again.header("location"));
        assert_eq!(
            count(&city, "SELECT count(*) FROM comment").await,
            1,
            "sent twice"
        );
        let own = first.header("location").to_owned();
        assert_eq!(city.get(&own).await.texts("h1"), ["Tack för din kommentar"]);
        assert!(
            !city.get(POST).await.body.contains("Bra!"),
            "nobody has read it"
        );

        // Shown at once, with markup as words and without the mail address; nothing else is made anew.
        let list = city.get("/blogg").await.header("etag").to_owned();
        let done = decide(&city, &staff, "waiting", "approve", "").await;
        assert_eq!(done.status, 303, "{}", done.body);
        let page = city.get(POST).await;
        assert_eq!(
            page.texts(".comments .said"),
            ["Bra!", "<script>alert(1)</script>"]
        );
        assert_eq!(page.texts(".comments b"), ["Eva <b>"]);
        assert!(!page.body.contains("post.example"));
        assert_eq!(city.get("/blogg").await.header("etag"), list);
        let tags = "SELECT count(*) FROM event WHERE kind LIKE 'comment.%' AND tags <> ''";
        assert_eq!(
            count(&city, tags).await,
            1,
            "only the approval changes a page"
        );
        let public =
            "SELECT count(*) FROM event WHERE kind LIKE 'comment.%' AND class <> 'internal'";
        assert_eq!(count(&city, public).await, 0);

        // Undone, and done again.
        let undo = done
            .header("location")
            .split("undo=")
            .nth(1)
            .expect("a decision");
        let undone = pairs(&[("decision", undo), ("show", "waiting")]);
        let answer = city.post_as(&staff, "/admin/comments/undo", &undone).await;
        assert!(answer.header("location").contains("done=comments-undone"));
        assert!(
            !city.get(POST).await.body.contains("comment-"),
            "no gap is left"
        );
        decide(&city, &staff, "waiting", "approve", "").await;

        // A reader reports it; it stays until somebody looks, then it goes and leaves a gap.
        let report = city.get(POST).await.attributes(".comments .tell a", "href");
        let asked = city.get(&report[0]).await;
        let mut fields = own_fields(&asked);
        assert_eq!(
            city.post_as("", &report[0], &fields).await.status,
            422,
            "no rule chosen"
        );
        set(&mut fields, "rule", "private");
        let told = city.post_as("", &report[0], &fields).await;
        assert_eq!(told.status, 303, "{}", told.body);
        city.post_as("", &report[0], &fields).await;
        assert_eq!(
            count(&city, "SELECT reports FROM comment").await,
            1,
            "sent twice"
        );
        assert!(city.get(POST).await.body.contains("Bra!"));
        let without = decide(&city, &staff, "reported", "reject", "").await;
        assert_eq!(without.status, 422, "a rejection needs a rule");
        assert_eq!(
            decide(&city, &staff, "reported", "reject", "private")
                .await
                .status,
            303
        );
        let page = city.get(POST).await;
        assert_eq!(
            page.texts(".comments li p:last-child"),
            ["Kommentaren är borttagen."]
        );
        assert!(!page.body.contains("Bra!") && !page.body.contains("Eva"));
        assert!(
            city.get(&own).await.body.contains("privatliv"),
            "its writer sees why"
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_taken_back_closed_and_weeded() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = blog(test, "moderated").await;
        let staff = city
            .log_in("granskare@stad.example", Some("publisher"))
            .await;
        let own = write(&city, POST, "Hemlighet ett").await;
        decide(&city, &staff, "waiting", "approve", "").await;
        write(&city, POST, "Den här blir kvar").await;
        decide(&city, &staff, "waiting", "approve", "").await;
        assert_eq!(city.get("/kommentera/min?key=0").await.status, 404);
        let button = city
            .get(&own)
            .await
            .attributes("main form[method=post]", "action");
        assert_eq!(city.post_as("", &button[0], &[]).await.status, 303);
        assert_eq!(city.post_as("", &button[0], &[]).await.status, 303);
        let kind = "SELECT count(*) FROM event WHERE kind = 'comment.withdrawn'";
        assert_eq!(count(&city, kind).await, 1, "taken back once");
        let page = city.get(POST).await;
        assert!(page.body.contains("Kommentaren är borttagen") && !page.body.contains("Hemlighet"));

        // Whoever may moderate for another organisation only sees nothing of it.
        let other = city.log_in("annan@stad.example", None).await;
        let (actor, accounts) = (Actor::system("test"), &city.node.accounts);
        let granted = accounts.grant(
            &actor,
            "annan@stad.example",
            "publisher",
            "arkivnamnden",
            None,
            None,
        );
        granted.await.expect("a grant");
        let desk = city.get_as(&other, "/admin/comments?show=approved").await;
        assert_eq!((desk.status, desk.texts(".queue h2").len()), (200, 0));
        let id = city.get_as(&staff, "/admin/comments?show=approved").await;
        let id = id.attributes(".queue input[name=comment]", "value");
        let request = desk.attributes("input[name=request_id]", "value");
        let request = request
            .first()
            .cloned()
            .unwrap_or_else(|| SystemIds.uuid(city.clock_now()).to_string());
        let fields = pairs(&[
            ("request_id", &request),
            ("comment", &id[0]),
            ("all", "reject"),
            ("rule", "crime"),
        ]);
        assert_eq!(
            city.post_as(&other, "/admin/comments", &fields)
                .await
                .status,
            403
        );

        // With the page its comments go to the organisation that owns it now.
        let moved = "---\ntitle: En dag\ntype: post\nowner: arkivnamnden\n\
             published: 2026-03-01 09:00\ncomments: moderated\n---\nVi prövade en ny väg.\n";
        let file = ("pages/sv/blogg/en-dag.md".to_owned(), moved.into());
        city.take_in(&torg::city::Files::from([file])).await;
        let desk = city.get_as(&other, "/admin/comments?show=approved").await;
        assert_eq!(desk.texts(".queue h2").len(), 1);

        // Weeded only by a decision, and only when the days are over.
        let (clock, ids): (Arc<dyn Clock>, Arc<dyn Ids>) =
            (city.clock.clone(), Arc::new(SystemIds));
        let database = &city.node.app.database;
        let without = Comments::new(CommentSettings::default());
        let with = Comments::new(CommentSettings {
            weeding_decision: "KN 12/26".to_owned(),
            ..CommentSettings::default()
        });
        let left = "SELECT count(*) FROM comment WHERE body LIKE 'Hemlighet%'";
        let logged = "SELECT count(*) FROM event_payload WHERE after LIKE '%Hemlighet%'";
        with.weed(database, &clock, &ids).await.expect("weeds");
        city.clock.advance_seconds(31 * 86_400);
        without
            .weed(database, &clock, &ids)
            .await
            .expect("does nothing");
        assert_eq!(
            (count(&city, left).await, count(&city, logged).await > 0),
            (1, true)
        );
        with.weed(database, &clock, &ids).await.expect("weeds");
        assert_eq!(
            (count(&city, left).await, count(&city, logged).await),
            (0, 0)
        );
        assert_eq!(count(&city, "SELECT count(*) FROM comment").await, 2);
        assert!(
            city.get(POST)
                .await
                .body
                .contains("Kommentaren är borttagen")
        );
        assert_eq!(city.get(&own).await.status, 404, "its key is forgotten");

        // Off: what was approved stays, and no form.
        take_in(&city, torg::city::Files::new(), "off").await;
        let page = city.get(POST).await;
        assert!(
            page.body.contains("Den här blir kvar")
                && page.attributes(".comments .act a", "href").is_empty()
        );
        assert!(
            !city
                .get("/blogg/en-natt")
                .await
                .body
                .contains("comments_heading")
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_comes_back_with_all_that_was_written() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = blog(test, "moderated").await;
        let (href, good) = form(&city, POST, "Hej").await;
        let with = |name: &str, value: &str| {
            let mut fields = good.clone();
            set(&mut fields, name, value);
            fields
        };
        let (answer, said) = errors(&city, &href, &with("text", " \n\u{202e}\n")).await;
        assert_eq!((answer.status, said.len()), (422, 1));
        assert_eq!(answer.attributes(".errsum a", "href"), ["#field_text"]);
        assert_eq!(answer.attributes("#field_name", "value"), ["Eva <b>"]);
        assert_eq!(
            answer.attributes("#field_email", "value"),
            ["eva@post.example"]
        );
        let long = "å".repeat(500_000 / 6);
        let (answer, said) = errors(&city, &href, &with("text", &long)).await;
        assert_eq!((answer.status, said.len()), (422, 1));
        assert_eq!(
            answer.texts("#field_text")[0].len(),
            long.len(),
            "nothing is lost"
        );
        let megabyte = city
            .post_as("", &href, &with("text", &"x".repeat(1 << 20)))
            .await;
        assert_eq!(megabyte.status, 422);
        assert_eq!(
            errors(&city, &href, &with("email", "eva@\r\nBcc: x@y.example"))
                .await
                .0
                .status,
            422
        );
        assert_eq!(
            errors(&city, &href, &with("website", "http://x.example"))
                .await
                .0
                .status,
            422
        );
        assert_eq!(
            errors(&city, &href, &with("request_id", "x"))
                .await
                .0
                .status,
            422
        );
        assert_eq!(errors(&city, &href, &with("key", "x")).await.0.status, 422);
        let empty = city.post_as("", &href, &[]).await;
        assert_eq!(empty.status, 422);
        assert!(
            !field(&own_fields(&empty), "request_id").is_empty(),
            "a new form"
        );
        let id = href.split('=').nth(1).expect("an id");
        let english = city.get(&format!("/en/comment?page={id}")).await;
        assert_eq!(english.texts("h1"), ["Write a comment"]);
        assert_eq!(english.attributes("html", "lang"), ["en"]);
        // Sooner than anybody writes.
        let quick = own_fields(&city.get(&href).await);
        let (answer, said) = errors(&city, &href, &quick).await;
        assert_eq!(answer.status, 422);
        assert!(said[0].contains("fortare"), "{said:?}");
        for address in [
            "/kommentera",
            "/kommentera?sida=x",
            "/en/comment?page=00000000-0000-0000-0000-000000000000",
            "/kommentera/anmal?comment=x",
        ] {
            assert_eq!(city.get(address).await.status, 404, "{address}");
        }
        assert_eq!(count(&city, "SELECT count(*) FROM comment").await, 0);

        // What cannot be stored or would turn the page round goes; the words stay.
        let odd = with(
            "text",
            "Ett\u{0}\u{202e}två\u{7} & <img src=x onerror=alert(1)> https://a.example http://b.example www.c.example",
        );
        assert_eq!(city.post_as("", &href, &odd).await.status, 303);
        assert_eq!(
            count(
                &city,
                "SELECT count(*) FROM comment WHERE held = 1 AND body LIKE 'Etttvå & <img%'"
            )
            .await,
            1
        );
        // The same form with other words is no resend.
        let (answer, said) = errors(&city, &href, &with("text", "Något annat")).await;
        assert_eq!((answer.status, said.len()), (409, 1));
        assert_ne!(
            field(&own_fields(&answer), "request_id"),
            field(&good, "request_id")
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_ten_thousand_does_no_harm() {
    let city = blog(torg_testkit::sqlite::<Migrator>().await, "moderated").await;
    let (href, fields) = form(&city, POST, "Köp nu!").await;
    let (_, other) = form(&city, "/blogg/en-natt", "Hej").await;
    let started = Instant::now();
    let (mut taken, mut refused) = (0, 0);
    for number in 0..10_000_u32 {
        let mut own = fields.clone();
        set(
            &mut own,
            "request_id",
            &SystemIds
                .uuid(city.clock_now().plus_seconds(-20))
                .to_string(),
        );
        let body: Vec<String> = own
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let request = Request::post(href.as_str())
            .header("host", "stad.example")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .expect("a request");
        // A hundred machines, one hundred comments each.
        let peer = SocketAddr::from((
            [192, 0, 2, u8::try_from(number % 100).expect("is small")],
            1,
        ));
        let answer = city.service.answer(Some(peer), request).await;
        match answer.status().as_u16() {
            303 => taken += 1,
            429 => refused += 1,
            status => panic!(
                "{status}: {:?}",
                answer
                    .into_body()
                    .collect()
                    .await
                    .expect("a body")
                    .to_bytes()
            ),
        }
    }
    let took = started.elapsed();
    assert_eq!(
        (taken, refused),
        (60, 9_940),
        "the share of one page for one hour"
    );
    assert_eq!(count(&city, "SELECT count(*) FROM comment").await, 60);
    assert!(took < Duration::from_secs(120), "{took:?}");
    // Another page is open still, and this one is again in an hour.
    let quiet = city
        .get("/blogg/en-natt")
        .await
        .attributes(".comments .act a", "href");
    assert_eq!(city.post_as("", &quiet[0], &other).await.status, 303);
    city.clock.advance_seconds(3_600);
    write(&city, POST, "Nu då?").await;
}

/// What readers see of comments comes back with an export, gaps included; what they never see stays
/// at home unless somebody says otherwise; and a row that was changed past the program is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comments_come_back_and_are_verified() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = blog(test, "moderated").await;
        let staff = city.log_in("edvin@stad.example", Some("publisher")).await;
        for text in ["Väl skrivet.", "Det här var fel."] {
            write(&city, POST, text).await;
            decide(&city, &staff, "waiting", "approve", "").await;
        }
        // The latest decision comes first in the queue.
        decide(&city, &staff, "approved", "reject", "private").await;
        write(&city, POST, "Ingen har läst det.").await;
        let page = city.get(POST).await;
        assert!(page.body.contains("Väl skrivet.") && !page.body.contains("var fel"));

        let export = async |name: &str, personal: torg::export::Personal| {
            let to = city.test.folder.path().join(name);
            let (database, blobs) = (&city.node.app.database, &city.node.media.blobs);
            let accounts = &city.node.accounts;
            torg::export::write_city(database, accounts, blobs, &to, personal, &mut |_| {})
                .await
                .expect("exports");
            torg::city::read_files(&to).expect("reads")
        };
        let files = export("out", torg::export::Personal::None).await;
        let written = String::from_utf8(files["comments.json"].clone()).expect("text");
        assert!(written.contains("Väl skrivet.") && written.contains("Eva <b>"));
        for hidden in ["eva@post.example", "var fel", "Ingen har"] {
            assert!(!written.contains(hidden), "{hidden}: {written}");
        }
        let personal = export("all", torg::export::Personal::Addresses).await;
        let personal = String::from_utf8(personal["comments.json"].clone()).expect("text");
        assert!(personal.contains("eva@post.example") && !personal.contains("var fel"));

        let twin = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        twin.clock.set(city.clock.now());
        twin.take_in(&files).await;
        assert_eq!(count(&twin, "SELECT count(*) FROM comment").await, 2);
        let main = |answer: &Answer| answer.texts("#comments, .comments").join("\n");
        let same = twin.get(POST).await;
        assert_eq!(main(&same), main(&city.get(POST).await));
        assert!(main(&same).contains("Väl skrivet."));
        let events = count(&twin, "SELECT count(*) FROM event").await;
        twin.take_in(&files).await;
        assert_eq!(count(&twin, "SELECT count(*) FROM event").await, events);

        // What no export wrote is told, and nothing of it is kept.
        let mut wrong = files.clone();
        let text = written
            .replace("approved", "waiting")
            .replace("Eva <b>", "");
        wrong.insert("comments.json".to_owned(), text.into_bytes());
        let fresh = City::empty(torg_testkit::sqlite::<Migrator>().await).await;
        let refused = fresh.importer().city(&wrong, &mut |_| {}).await;
        let Err(torg_kernel::Problem::Invalid(errors)) = refused else {
            panic!("it was taken");
        };
        assert_eq!(errors[0].field, "comments.json:1:state");
        assert_eq!(count(&fresh, "SELECT count(*) FROM comment").await, 0);

        for place in [&city, &twin] {
            let database = &place.node.app.database;
            let differing = torg::rows::differing(database).await.expect("compares");
            assert!(differing.is_empty(), "{differing:?}");
        }
        let database = &city.node.app.database;
        database
            .write(|context| {
                Box::pin(async move {
                    let sql = "UPDATE comment SET body = 'Något annat' WHERE state = 'approved'";
                    Ok(torg_db::execute(&**context, sql, vec![]).await?)
                })
            })
            .await
            .expect("the tamperer has the file");
        let differing = torg::rows::differing(database).await.expect("compares");
        assert_eq!(differing.len(), 1, "{differing:?}");
        assert_eq!(differing[0].0.kind, "comment");
    });
}
