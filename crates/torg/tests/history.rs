//! What a text was and what becomes of it, on both databases: versions, restoring, previews,
//! review, the trash, copies, many pages at once, languages; and that nobody of another
//! organisation gets at any of it.

mod city;

use city::{Answer, City, PASSWORD, set};
use torg::city::demo_files;
use torg::migrator::Migrator;
use torg_accounts::NewPerson;
use torg_kernel::Actor;
use torg_testkit::{TestDatabase, both};

type Fields = Vec<(String, String)>;

const SECRET: usize = 32;

fn page(title: &str, kind: &str, owner: &str, more: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\ntype: {kind}\nowner: {owner}\n{more}---\n{body}\n").into_bytes()
}

/// A city with some pages of two organisations.
async fn small(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    let mut files = demo_files();
    files.retain(|path, _| path == "organisations.csv");
    for (path, bytes) in [
        (
            "sv/index.md",
            page("Staden", "start", "goteborg", "", "Hej."),
        ),
        (
            "sv/bada/index.md",
            page("Bada", "theme", "kommunstyrelsen", "", "Här badar man."),
        ),
        (
            "sv/bada/valhalla.md",
            page(
                "Valhallabadet",
                "article",
                "kommunstyrelsen",
                "",
                "Badet är öppet varje dag.\n\n## Bra att veta\n\nTa med lås.\n\n[Arkivet](/arkiv)",
            ),
        ),
        (
            "sv/arkiv/index.md",
            page(
                "Arkivet",
                "theme",
                "arkivnamnden",
                "",
                "Läs om [badet](/bada/valhalla).",
            ),
        ),
        (
            "en/index.md",
            page("The city", "start", "goteborg", "translates: /\n", "Hello."),
        ),
        (
            "en/pool.md",
            page(
                "The pool",
                "article",
                "kommunstyrelsen",
                "translates: /bada/valhalla\n",
                "The pool is open every day.",
            ),
        ),
    ] {
        files.insert(format!("pages/{path}"), bytes);
    }
    city.take_in(&files).await;
    torg_web::spawn_view_follower(&city.node.app)
        .await
        .expect("follows");
    city
}

/// Somebody with a role for one organisation.
async fn somebody(city: &City, email: &str, role: &str, organisation: &str) -> String {
    let accounts = &city.node.accounts;
    let actor = Actor::system("test");
    let new = NewPerson {
        email: email.to_owned(),
        name: format!("Prov {email}"),
    };
    accounts.add_person(&actor, &new).await.expect("a person");
    accounts
        .set_password(&actor, email, PASSWORD)
        .await
        .expect("a password");
    accounts
        .grant(&actor, email, role, organisation, None, None)
        .await
        .expect("a grant");
    logged_in(city, email).await
}

/// Logs in somebody who has an account: a log-in ends after a day.
async fn logged_in(city: &City, email: &str) -> String {
    let fields = pairs(&[("email", email), ("password", PASSWORD)]);
    let answer = city.post_as("", "/admin/log-in", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let cookie = answer.header("set-cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}

fn pairs(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

async fn id_at(city: &City, address: &str) -> String {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    #[derive(torg_db::FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let row: Option<Row> = torg_db::fetch_one(
        &*snapshot,
        "SELECT id FROM page_content WHERE address = $1",
        vec![address.into()],
    )
    .await
    .expect("asks");
    row.expect("a page lies there").id.to_string()
}

async fn count(city: &City, sql: &str) -> i64 {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    torg_db::scalar(&*snapshot, sql, vec![])
        .await
        .expect("counts")
}

/// Writes in the plain form, and does a step with it.
async fn write(city: &City, cookie: &str, id: &str, changes: &[(&str, &str)], then: &str) {
    let href = format!("/admin/pages/{id}");
    let form = city.get_as(cookie, &href).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let mut fields: Fields = form.fields();
    fields.retain(|(name, _)| name != "then" && !name.starts_with("settle:") && name != "comments");
    for (name, value) in changes {
        set(&mut fields, name, value);
    }
    fields.push(("then".to_owned(), then.to_owned()));
    let answer = city.post_as(cookie, &href, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

/// A fresh id for a form, from a page that has one.
async fn request(city: &City, cookie: &str, path: &str) -> String {
    let answer = city.get_as(cookie, path).await;
    let ids = answer.attributes("main input[name=request_id]", "value");
    ids.first()
        .unwrap_or_else(|| panic!("a form on {path}: {}", answer.body))
        .clone()
}

/// The versions on the page: key and what it is.
fn versions(answer: &Answer) -> Vec<(String, String)> {
    let keys = answer.attributes("input[name=old]", "value");
    let words = answer.texts("tbody th");
    keys.into_iter().zip(words).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_are_compared_and_brought_back_into_the_draft() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let writer = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}");
        let first = city.get_as(&writer, &format!("{about}/history")).await;
        assert_eq!(first.status, 200, "{}", first.body);
        assert!(first.body.contains("Det finns bara en version än"));

        city.clock.advance_seconds(86_400);
        let writer = logged_in(&city, "anna@stad.example").await;
        let text = "Badet är öppet varje vardag.\n\n## Bra att veta\n\nTa med lås.\n\nNytt stycke.";
        write(&city, &writer, &id, &[("text", text)], "publish").await;
        city.clock.advance_seconds(60);
        let other = format!("{text}\n\nBara i utkastet.");
        write(
            &city,
            &writer,
            &id,
            &[("text", &other), ("title", "Valhalla")],
            "save",
        )
        .await;

        let list = city.get_as(&writer, &format!("{about}/history")).await;
        let found = versions(&list);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[0].0, "draft");
        assert!(found[1].0.starts_with('e') && found[2].0.starts_with('e'));

        // Any two, the older to the left, however they were chosen.
        let (new, old) = (&found[1].0, &found[2].0);
        let compared = city
            .get_as(&writer, &format!("{about}/compare?old={new}&new={old}"))
            .await;
        assert_eq!(compared.texts("ins"), ["vardag", "Nytt stycke."]);
        let gone = compared.texts("del");
        assert_eq!(gone[0], "dag");
        assert!(gone.concat().contains("Arkivet"), "{gone:?}");
        // The draft against what is public, without asking for anything.
        let draft = city.get_as(&writer, &format!("{about}/compare")).await;
        assert!(draft.body.contains("Bara i utkastet."));
        assert!(
            draft
                .texts("tbody th")
                .iter()
                .any(|row| row.contains("Titel"))
        );

        // Back into the draft, never straight to readers; a double click does it once.
        let fields = pairs(&[
            ("version", old),
            (
                "request_id",
                &request(&city, &writer, &format!("{about}/compare")).await,
            ),
        ]);
        for _ in 0..2 {
            let done = city
                .post_as(&writer, &format!("{about}/restore"), &fields)
                .await;
            assert_eq!(done.status, 303, "{}", done.body);
        }
        let told = "SELECT count(*) FROM event WHERE kind = 'page.restored'";
        assert_eq!(count(&city, told).await, 1);
        let form = city.get_as(&writer, &about).await;
        assert!(form.texts("textarea[name=text]")[0].contains("öppet varje dag"));
        assert!(
            city.get("/bada/valhalla")
                .await
                .body
                .contains("varje vardag")
        );
        let same = pairs(&[
            ("version", old),
            (
                "request_id",
                &request(&city, &writer, &format!("{about}/compare")).await,
            ),
        ]);
        let again = city
            .post_as(&writer, &format!("{about}/restore"), &same)
            .await;
        assert_eq!(again.status, 409, "there is nothing to restore");
        for wrong in [
            "e1",
            "v00000000-0000-0000-0000-000000000001",
            "x",
            "e999999",
        ] {
            let missing = city
                .get_as(&writer, &format!("{about}/compare?old={wrong}"))
                .await;
            assert_eq!(missing.status, 404, "{wrong}");
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_as_it_stood_on_a_day() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}");
        city.clock.advance_seconds(2 * 86_400);
        let writer = logged_in(&city, "anna@stad.example").await;
        write(
            &city,
            &writer,
            &id,
            &[("text", "Nu är allt annorlunda.")],
            "publish",
        )
        .await;

        let to = city
            .get_as(&writer, &format!("{about}/as-of?date=2026-03-04"))
            .await;
        assert_eq!(to.status, 303, "{}", to.body);
        let stood = city.get_as(&writer, to.header("location")).await;
        assert_eq!(stood.status, 200, "{}", stood.body);
        assert!(stood.body.contains("Badet är öppet varje dag."));
        assert!(!stood.body.contains("annorlunda"));
        let banner = stood.texts(".standing").concat();
        assert!(banner.contains("Så här såg sidan ut"), "{banner}");
        assert!(banner.contains("Den här texten stod på webbplatsen"));
        assert_eq!(stood.header("x-robots-tag"), "noindex, nofollow, noarchive");
        assert_eq!(stood.header("cache-control"), "no-store");
        let today = city
            .get_as(&writer, &format!("{about}/as-of/page?date=2026-03-05"))
            .await;
        assert!(today.body.contains("annorlunda"));

        let before = city
            .get_as(&writer, &format!("{about}/as-of?date=2026-03-01"))
            .await;
        assert_eq!(before.status, 422);
        assert!(before.texts(".errsum").concat().contains("fanns inte"));
        let wrong = city
            .get_as(&writer, &format!("{about}/as-of?date=i+g%C3%A5r"))
            .await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.attributes("#field_date", "value"), ["i går"]);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_link_shows_the_draft_until_it_ends() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let writer = somebody(&city, "anna@stad.example", "editor", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}/preview");
        write(&city, &writer, &id, &[("text", "Hemligt utkast.")], "save").await;

        let form = city.get_as(&writer, &about).await;
        let secret = form.attributes("input[name=secret]", "value")[0].clone();
        assert_eq!(secret.len(), SECRET, "128 bits as hexadecimal digits");
        let mut fields = pairs(&[
            (
                "request_id",
                &form.attributes("input[name=request_id]", "value")[0],
            ),
            ("secret", &secret),
            ("note", "Fotografen"),
            ("ends", "2026-03-04"),
        ]);
        // The answer shows the link, also the second time; only its digest is in the database.
        let mut shown = Vec::new();
        for _ in 0..2 {
            let made = city.post_as(&writer, &about, &fields).await;
            assert_eq!(made.status, 200, "{}", made.body);
            shown = made.attributes("a.secret", "href");
        }
        assert_eq!(
            shown,
            [format!("https://stad.example/admin/preview/{secret}")]
        );
        let kept = format!(
            "SELECT (SELECT count(*) FROM preview_link WHERE digest LIKE '%{secret}%') \
             + (SELECT count(*) FROM request_result WHERE answer LIKE '%{secret}%' OR operation LIKE '%{secret}%') \
             + (SELECT count(*) FROM event_payload WHERE after LIKE '%{secret}%')"
        );
        assert_eq!(
            count(&city, &kept).await,
            0,
            "the secret is stored somewhere"
        );
        assert_eq!(count(&city, "SELECT count(*) FROM preview_link").await, 1);

        let path = format!("/admin/preview/{secret}");
        let open = city.get(&path).await;
        assert_eq!(open.status, 200, "{}", open.body);
        assert!(open.body.contains("Hemligt utkast."));
        assert!(open.texts(".standing").concat().contains("Förhandsvisning"));
        assert_eq!(open.header("x-robots-tag"), "noindex, nofollow, noarchive");
        assert_eq!(open.header("cache-control"), "no-store");
        assert_eq!(open.header("referrer-policy"), "no-referrer");
        assert_eq!(open.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert!(!city.get("/bada/valhalla").await.body.contains("Hemligt"));
        // What is written later is seen by the same link.
        write(&city, &writer, &id, &[("text", "Nyare utkast.")], "save").await;
        assert!(city.get(&path).await.body.contains("Nyare utkast."));

        // A guess is no page; a link whose day is over says so and no more.
        assert_eq!(
            city.get(&format!("/admin/preview/{}", "0".repeat(SECRET)))
                .await
                .status,
            404
        );
        assert_eq!(city.get("/admin/preview/abc").await.status, 404);
        city.clock.advance_seconds(2 * 86_400);
        let over = city.get(&path).await;
        assert_eq!(over.status, 410);
        assert_eq!(over.texts("h1"), ["Länken gäller inte längre"]);
        assert!(!over.body.contains("utkast.") && !over.body.contains("Valhalla"));
        assert_eq!(over.header("x-robots-tag"), "noindex, nofollow, noarchive");

        // One that is ended before its time.
        let writer = logged_in(&city, "anna@stad.example").await;
        let form = city.get_as(&writer, &about).await;
        let secret = form.attributes("input[name=secret]", "value")[0].clone();
        set(
            &mut fields,
            "request_id",
            &form.attributes("input[name=request_id]", "value")[0],
        );
        set(&mut fields, "secret", &secret);
        set(&mut fields, "ends", "2026-03-09");
        city.post_as(&writer, &about, &fields).await;
        let path = format!("/admin/preview/{secret}");
        assert_eq!(city.get(&path).await.status, 200);
        let list = city.get_as(&writer, &about).await;
        let link = list.attributes("input[name=link]", "value")[0].clone();
        let end = pairs(&[
            (
                "request_id",
                &list.attributes("input[name=request_id]", "value")[0],
            ),
            ("link", &link),
        ]);
        let ended = city.post_as(&writer, &format!("{about}/end"), &end).await;
        assert_eq!(ended.status, 303, "{}", ended.body);
        assert_eq!(city.get(&path).await.status, 410);
        // Not longer than the city allows, and not a secret of one's own choice.
        for (field, value) in [
            ("ends", "2027-03-09"),
            ("ends", "2026-01-01"),
            ("secret", "1234"),
        ] {
            let mut wrong = fields.clone();
            set(&mut wrong, field, value);
            set(
                &mut wrong,
                "request_id",
                &request(&city, &writer, &about).await,
            );
            assert_eq!(
                city.post_as(&writer, &about, &wrong).await.status,
                422,
                "{field}"
            );
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reviewers_comment_and_suggest_and_writers_decide() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let writer = somebody(&city, "anna@stad.example", "contributor", "kommunstyrelsen").await;
        let reviewer = somebody(&city, "bo@stad.example", "editor", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}/review");
        let page = city.get_as(&reviewer, &about).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let parts = page.attributes(".review > li", "id");
        let part = parts[1].replacen('-', ":", 1);
        let say = async |cookie: &str, more: &[(&str, &str)]| -> Answer {
            let mut fields = pairs(more);
            fields.push((
                "request_id".to_owned(),
                request(&city, cookie, &about).await,
            ));
            city.post_as(cookie, &about, &fields).await
        };
        // A comment, an answer, and done.
        let said = say(
            &reviewer,
            &[
                ("do", "comment"),
                ("part", &part),
                ("body", "Stämmer <b>det</b>?"),
            ],
        )
        .await;
        assert_eq!(said.status, 303, "{}", said.body);
        let empty = say(
            &reviewer,
            &[("do", "comment"), ("part", &part), ("body", " ")],
        )
        .await;
        assert_eq!(empty.status, 422);
        let seen = city.get_as(&writer, &about).await;
        assert!(
            seen.texts(".thread")
                .concat()
                .contains("Stämmer <b>det</b>?")
        );
        let thread = seen.attributes(".verdicts input[name=note]", "value")[0].clone();
        say(
            &writer,
            &[
                ("do", "reply"),
                ("note", &thread),
                ("part", &part),
                ("body", "Ja."),
            ],
        )
        .await;
        say(&writer, &[("do", "resolve"), ("note", &thread)]).await;
        let seen = city.get_as(&reviewer, &about).await;
        assert_eq!(seen.texts(".thread.done .reply").len(), 1, "{}", seen.body);
        assert!(seen.body.contains("Inget väntar på svar"));

        // A suggestion comes into the draft when a writer takes it in.
        let text = "Badet är öppet varje vardag.";
        let suggested = say(
            &reviewer,
            &[
                ("do", "suggest"),
                ("part", &part),
                ("text", text),
                ("why", "Helger är stängt"),
            ],
        )
        .await;
        assert_eq!(suggested.status, 303, "{}", suggested.body);
        let seen = city.get_as(&writer, &about).await;
        assert_eq!(seen.texts(".words ins"), ["vardag"]);
        let form = format!("/admin/pages/{id}");
        assert!(
            !city
                .get_as(&writer, &form)
                .await
                .texts("textarea[name=text]")[0]
                .contains("vardag")
        );
        let accept = "input[name=note]:has(+ button[value=accept])";
        let note = seen.attributes(accept, "value")[0].clone();
        let fields = pairs(&[
            ("do", "accept"),
            ("note", &note),
            ("request_id", &request(&city, &writer, &about).await),
        ]);
        for _ in 0..2 {
            let done = city.post_as(&writer, &about, &fields).await;
            assert_eq!(done.status, 303, "{}", done.body);
            assert!(done.header("location").contains("suggestion-accepted"));
        }
        assert!(
            city.get_as(&writer, &form)
                .await
                .texts("textarea[name=text]")[0]
                .contains("vardag")
        );
        let late = say(&writer, &[("do", "decline"), ("note", &note)]).await;
        assert_eq!(late.status, 409, "it was taken in");
        // What was suggested for words that somebody changed since is a conflict, and nothing is lost.
        say(
            &reviewer,
            &[
                ("do", "suggest"),
                ("part", &part),
                ("text", "Badet är öppet varje helg."),
            ],
        )
        .await;
        let ids = city.get_as(&writer, &about).await;
        let note = ids.attributes(accept, "value")[0].clone();
        write(
            &city,
            &writer,
            &id,
            &[(
                "text",
                "Badet är öppet varje natt.\n\n## Bra att veta\n\nTa med lås.\n\n[Arkivet](/arkiv)",
            )],
            "save",
        )
        .await;
        let done = say(&writer, &[("do", "accept"), ("note", &note)]).await;
        assert!(
            done.header("location").contains("suggestion-conflict"),
            "{}",
            done.body
        );
        assert_eq!(count(&city, "SELECT count(*) FROM draft_conflict").await, 1);
        for wrong in [
            [
                ("do", "suggest"),
                ("part", part.as_str()),
                ("text", "ett\n\ntvå"),
            ],
            [("do", "suggest"), ("part", part.as_str()), ("text", "")],
        ] {
            assert_eq!(say(&reviewer, &wrong).await.status, 422);
        }
        // No word of a comment lies in the log.
        let logged = "SELECT count(*) FROM event_payload WHERE after LIKE '%Helger%' OR after LIKE '%Stämmer%'";
        assert_eq!(count(&city, logged).await, 0);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn into_the_trash_with_a_redirect_and_back() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let publisher = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}/delete");
        let ask = city.get_as(&publisher, &about).await;
        assert_eq!(ask.status, 200, "{}", ask.body);
        assert!(
            ask.texts("main").concat().contains("Arkivet"),
            "who links here"
        );
        assert!(
            ask.texts("main").concat().contains("The pool"),
            "the translation goes along"
        );
        let send = async |path: &str, more: &[(&str, &str)]| -> Answer {
            let mut fields = pairs(more);
            fields.push((
                "request_id".to_owned(),
                request(&city, &publisher, path).await,
            ));
            city.post_as(&publisher, path, &fields).await
        };
        assert_eq!(send(&about, &[("lead", "/finns-inte")]).await.status, 422);
        let theme = id_at(&city, "/bada").await;
        let with_below = format!("/admin/pages/{theme}/delete");
        let refused = city.get_as(&publisher, &with_below).await;
        assert!(refused.body.contains("Först måste sidorna under"));

        write(&city, &publisher, &id, &[("text", "Ett utkast.")], "save").await;
        let gone = send(&about, &[("lead", "/arkiv")]).await;
        assert_eq!(gone.status, 303, "{}", gone.body);
        for (path, to) in [("/bada/valhalla", "/arkiv"), ("/en/pool", "/arkiv")] {
            let moved = city.get(path).await;
            assert_eq!(
                (moved.status, moved.header("location")),
                (301, to),
                "{path}"
            );
        }
        assert_eq!(
            count(
                &city,
                "SELECT count(*) FROM page_content WHERE address LIKE '%valhalla%'"
            )
            .await,
            0
        );
        let differing = torg::rows::differing(&city.node.app.database)
            .await
            .expect("compares");
        assert_eq!(differing, [], "rows say what the log says");
        assert_eq!(
            city.get_as(&publisher, &format!("/admin/pages/{id}"))
                .await
                .status,
            404
        );

        let trash = city.get_as(&publisher, "/admin/trash").await;
        assert_eq!(trash.texts("tbody tr").len(), 2, "{}", trash.body);
        let batch = trash.attributes("input[name=batch]", "value")[0].clone();
        // Where another page lies now it cannot come back.
        let back = send("/admin/trash", &[("batch", &batch)]).await;
        assert_eq!(back.status, 303, "{}", back.body);
        assert_eq!(
            city.get("/bada/valhalla").await.status,
            404,
            "it is not public"
        );
        let text = city.get_as(&publisher, &format!("/admin/pages/{id}")).await;
        assert!(text.body.contains("Badet är öppet varje dag."));
        let differing = torg::rows::differing(&city.node.app.database)
            .await
            .expect("compares");
        assert_eq!(differing, []);
        // The draft that was thrown away with it is among the versions.
        let list = city
            .get_as(&publisher, &format!("/admin/pages/{id}/history"))
            .await;
        assert!(list.body.contains("Utkastet slängdes"));

        // After its days it is gone for good, with what was kept of it.
        send(&about, &[]).await;
        assert_eq!(count(&city, "SELECT count(*) FROM page_trash").await, 2);
        city.clock.advance_seconds(29 * 86_400);
        empty(&city).await;
        assert_eq!(count(&city, "SELECT count(*) FROM page_trash").await, 2);
        city.clock.advance_seconds(2 * 86_400);
        empty(&city).await;
        let left = "SELECT (SELECT count(*) FROM page_trash) + (SELECT count(*) FROM page_version)";
        assert_eq!(count(&city, left).await, 0);
    });
}

/// What the nightly job does.
async fn empty(city: &City) {
    let now = city.clock_now();
    let history = &city.node.history;
    history
        .empty_trash(&city.node.app.database, now)
        .await
        .expect("empties");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_and_many_pages_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let publisher = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let about = format!("/admin/pages/{id}");
        let fields = pairs(&[("request_id", &request(&city, &publisher, &about).await)]);
        let one = city
            .post_as(&publisher, &format!("{about}/copy"), &fields)
            .await;
        let same = city
            .post_as(&publisher, &format!("{about}/copy"), &fields)
            .await;
        assert_eq!(one.status, 303, "{}", one.body);
        assert_eq!(one.header("location"), same.header("location"));
        let copy = city.get_as(&publisher, one.header("location")).await;
        assert_eq!(
            copy.attributes("input[name=title]", "value"),
            ["Kopia av Valhallabadet"]
        );
        assert_eq!(
            city.get("/bada/valhalla-kopia").await.status,
            404,
            "a copy is not public"
        );
        let copied = id_at(&city, "/bada/valhalla-kopia").await;

        // The archive is another organisation's: it is told, and the others are done.
        let theirs = id_at(&city, "/arkiv").await;
        let list = city.get_as(&publisher, "/admin/pages").await;
        assert!(
            list.attributes(
                "form[action='/admin/pages/bulk'] input[name=content]",
                "value"
            )
            .contains(&copied)
        );
        let chosen = |action: &str, request: &str| {
            pairs(&[
                ("content", &copied),
                ("content", &theirs),
                ("content", &id),
                ("action", action),
                ("request_id", request),
            ])
        };
        let asked = city
            .post_as(
                &publisher,
                "/admin/pages/bulk",
                &chosen("", &request(&city, &publisher, "/admin/pages").await),
            )
            .await;
        assert_eq!(asked.status, 200, "{}", asked.body);
        assert_eq!(asked.attributes("input[name=action]", "value").len(), 5);
        let sent = chosen("publish", &request(&city, &publisher, "/admin/pages").await);
        for _ in 0..2 {
            let done = city.post_as(&publisher, "/admin/pages/bulk", &sent).await;
            assert_eq!(done.texts(".outcomes .good").len(), 1, "{}", done.body);
            assert!(
                done.texts(".outcomes")
                    .concat()
                    .contains("Du får inte göra det")
            );
            assert!(
                done.texts(".outcomes")
                    .concat()
                    .contains("Inget behövde göras")
            );
        }
        assert_eq!(city.get("/bada/valhalla-kopia").await.status, 200);
        assert_eq!(
            count(
                &city,
                "SELECT count(*) FROM event WHERE kind = 'page.published'"
            )
            .await,
            1
        );
        let sent = chosen("trash", &request(&city, &publisher, "/admin/pages").await);
        let done = city.post_as(&publisher, "/admin/pages/bulk", &sent).await;
        assert_eq!(done.texts(".outcomes .good").len(), 2, "{}", done.body);
        assert_eq!(city.get("/arkiv").await.status, 200);
        let none = pairs(&[
            ("action", "publish"),
            (
                "request_id",
                &request(&city, &publisher, "/admin/pages").await,
            ),
        ]);
        assert_eq!(
            city.post_as(&publisher, "/admin/pages/bulk", &none)
                .await
                .status,
            422
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn translations_know_what_changed_in_their_source() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let publisher = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let source = id_at(&city, "/bada/valhalla").await;
        let english = id_at(&city, "/en/pool").await;
        let overview = city.get_as(&publisher, "/admin/translations").await;
        assert_eq!(overview.status, 200, "{}", overview.body);
        assert_eq!(
            overview.texts(".status.current").len(),
            1,
            "{}",
            overview.body
        );
        assert!(
            !overview.body.contains("Arkivet"),
            "others' pages are not listed"
        );
        write(
            &city,
            &publisher,
            &source,
            &[(
                "text",
                "Badet är öppet varje vardag.\n\n## Bra att veta\n\nTa med lås.",
            )],
            "publish",
        )
        .await;
        let overview = city.get_as(&publisher, "/admin/translations").await;
        assert_eq!(
            overview.texts(".status.older").len(),
            1,
            "{}",
            overview.body
        );

        let path = format!("/admin/pages/{english}/translation");
        let beside = city.get_as(&publisher, &path).await;
        assert_eq!(beside.status, 200, "{}", beside.body);
        assert_eq!(beside.texts("ins:not(.whole)"), ["vardag"]);
        assert!(
            beside
                .texts(".beside")
                .concat()
                .contains("The pool is open every day.")
        );
        assert!(city.get("/en/pool").await.body.contains("older"));
        let fields = pairs(&[
            (
                "request_id",
                &beside.attributes("main input[name=request_id]", "value")[0],
            ),
            ("seen", &beside.attributes("input[name=seen]", "value")[0]),
        ]);
        let done = city.post_as(&publisher, &path, &fields).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(
            !city
                .get("/en/pool")
                .await
                .body
                .contains("notice warn older")
        );
        let overview = city.get_as(&publisher, "/admin/translations").await;
        assert_eq!(overview.texts(".status.current").len(), 1);
        assert_eq!(
            city.get_as(&publisher, &format!("/admin/pages/{source}/translation"))
                .await
                .status,
            404
        );
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_of_another_organisation_gets_at_drafts_history_previews_or_comments() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let owner = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let other = somebody(&city, "bo@stad.example", "publisher", "arkivnamnden").await;
        let id = id_at(&city, "/bada/valhalla").await;
        write(&city, &owner, &id, &[("text", "Hemligt utkast.")], "save").await;
        let about = format!("/admin/pages/{id}");
        let events = city.get_as(&owner, &format!("{about}/history")).await;
        let event = versions(&events)[1].0.clone();
        let part = city.get_as(&owner, &format!("{about}/review")).await;
        let part = part.attributes(".review > li", "id")[1].replacen('-', ":", 1);
        let said = pairs(&[
            ("do", "comment"),
            ("part", &part),
            ("body", "Internt"),
            (
                "request_id",
                &request(&city, &owner, &format!("{about}/review")).await,
            ),
        ]);
        assert_eq!(
            city.post_as(&owner, &format!("{about}/review"), &said)
                .await
                .status,
            303
        );
        // Reading.
        for rest in [
            "history",
            "compare",
            "as-of",
            "as-of/page?date=2026-03-03",
            "preview",
            "preview/page",
            "review",
            "delete",
            "translation",
        ] {
            let path = format!("{about}/{rest}");
            assert!(
                matches!(city.get_as(&owner, &path).await.status, 200 | 404),
                "{path}"
            );
            let refused = city.get_as(&other, &path).await;
            assert!(
                matches!(refused.status, 403 | 404),
                "{path}: {}",
                refused.status
            );
            assert!(!refused.body.contains("Hemligt") && !refused.body.contains("Internt"));
            assert!(matches!(city.get(&path).await.status, 303 | 401), "{path}");
        }
        let own = id_at(&city, "/arkiv").await;
        // Another text's version does not come by way of one's own text.
        let crossed = city
            .get_as(
                &other,
                &format!("/admin/pages/{own}/compare?old={event}&new=public"),
            )
            .await;
        assert_eq!(crossed.status, 404);
        // Writing.
        let fresh = async || request(&city, &other, "/admin/pages").await;
        for (rest, more) in [
            ("restore", vec![("version", event.as_str())]),
            (
                "preview",
                vec![
                    ("secret", "00000000000000000000000000000000"),
                    ("ends", "2026-03-04"),
                ],
            ),
            (
                "preview/end",
                vec![("link", "00000000-0000-0000-0000-000000000001")],
            ),
            (
                "review",
                vec![("do", "comment"), ("part", part.as_str()), ("body", "Hej")],
            ),
            ("delete", vec![]),
            ("copy", vec![]),
            ("translation", vec![("seen", "1")]),
        ] {
            let mut fields = pairs(&more);
            fields.push(("request_id".to_owned(), fresh().await));
            let refused = city
                .post_as(&other, &format!("{about}/{rest}"), &fields)
                .await;
            assert!(
                matches!(refused.status, 403 | 404),
                "{rest}: {}",
                refused.status
            );
        }
        let bulk = pairs(&[
            ("content", &id),
            ("action", "unpublish"),
            ("request_id", &fresh().await),
        ]);
        let done = city.post_as(&other, "/admin/pages/bulk", &bulk).await;
        assert_eq!(done.texts(".outcomes .good").len(), 0);
        assert!(!done.body.contains("Valhallabadet"), "not even its title");
        assert_eq!(city.get("/bada/valhalla").await.status, 200);
        // The trash of others is not there.
        let request = request(&city, &owner, &format!("{about}/delete")).await;
        let gone = city
            .post_as(
                &owner,
                &format!("{about}/delete"),
                &pairs(&[("request_id", &request)]),
            )
            .await;
        assert_eq!(gone.status, 303, "{}", gone.body);
        let batch = city
            .get_as(&owner, "/admin/trash")
            .await
            .attributes("input[name=batch]", "value")[0]
            .clone();
        let trash = city.get_as(&other, "/admin/trash").await;
        assert!(!trash.body.contains("Valhallabadet"));
        let back = pairs(&[("batch", &batch), ("request_id", &fresh().await)]);
        assert_eq!(
            city.post_as(&other, "/admin/trash", &back).await.status,
            403
        );
    });
}
