//! From draft to public as people go it: who may do what, who sees what when, and that nothing that
//! was written is lost on the way. On both databases.

mod city;

use city::{Answer, City, field, set};
use http::Request;
use serde_json::{Value, json};
use torg::migrator::Migrator;
use torg_kernel::{Actor, Ids, SystemIds};
use torg_testkit::{TestDatabase, both};

const ARTICLE: &str = "/bygga-bo-och-miljo/avfall/sophamtning";
const OWNER: &str = "kretsloppsnamnden";

/// Somebody with a role for one organisation.
async fn colleague(city: &City, email: &str, role: &str, organisation: &str) -> String {
    let cookie = city.log_in(email, None).await;
    let accounts = &city.node.accounts;
    let actor = Actor::system("test");
    let granted = accounts.grant(&actor, email, role, organisation, None, None);
    granted.await.expect("a grant");
    cookie
}

/// What the editor in the browser sends.
async fn sync(city: &City, cookie: &str, form: &str, body: &Value) -> (u16, Value) {
    let request = Request::post(format!("{form}/draft"))
        .header("host", "stad.example")
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.to_string()))
        .expect("a request");
    let answer = city.ask(request).await;
    let told = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    (answer.status, told)
}

fn new_id(city: &City) -> String {
    SystemIds.uuid(city.clock_now()).to_string()
}

/// A patch that adds a paragraph at the end.
fn added(city: &City, client: &str, told: &Value, words: &str) -> Value {
    let block = new_id(city);
    let mut order: Vec<Value> = told["changes"]["order"].as_array().expect("ids").clone();
    order.push(json!(block));
    json!({
        "id": new_id(city), "client": client,
        "blocks": [{"from": 0, "block": {"id": block, "v": 1, "type": "paragraph",
            "text": [{"type": "text", "text": words}]}}],
        "order": order, "order_base": told["changes"]["order"],
    })
}

/// Takes a step with the small form of its own.
async fn step(city: &City, cookie: &str, form: &str, step: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("request_id".to_owned(), new_id(city))];
    for (name, value) in more {
        set(&mut fields, name, value);
    }
    city.post_as(cookie, &format!("{form}/{step}"), &fields)
        .await
}

async fn state(city: &City, cookie: &str, form: &str) -> String {
    let page = city.get_as(cookie, form).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.attributes("#draft_state", "data-state")
        .pop()
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_is_written_reviewed_approved_and_published_by_those_who_may() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let writer = colleague(&city, "vera@stad.example", "contributor", OWNER).await;
        let reviewer = colleague(&city, "rolf@stad.example", "editor", OWNER).await;
        let publisher = colleague(&city, "petra@stad.example", "publisher", OWNER).await;
        let form = city.page_form(&writer, "Sophämtning").await;
        assert_eq!(state(&city, &writer, &form).await, "published");
        let before = city.get(ARTICLE).await.body;

        let (status, opened) =
            sync(&city, &writer, &form, &json!({"client": "v", "since": 0})).await;
        assert_eq!(status, 200, "{opened}");
        assert_eq!(
            opened["may"],
            json!({"edit": true, "review": false, "publish": false})
        );
        let patch = added(&city, "v", &opened, "Nytt om kärlen.");
        let body = json!({"client": "v", "at": "field:title", "since": 1, "patches": [patch]});
        let (status, written) = sync(&city, &writer, &form, &body).await;
        assert_eq!(
            (status, &written["state"]),
            (200, &json!("draft")),
            "{written}"
        );
        // Lost on the way and sent again: once.
        let (_, again) = sync(&city, &writer, &form, &body).await;
        assert_eq!(again["results"][0]["repeated"], json!(true));
        assert_eq!(again["revision"], written["revision"]);
        assert_eq!(city.get(ARTICLE).await.body, before, "nobody else sees it");

        // A contributor hands on and may do no more.
        for (name, more) in [
            ("publish", ""),
            ("approve", ""),
            ("schedule", "2026-03-04T09:00"),
        ] {
            let more = [("revision", "2"), ("publish_at", more)];
            assert_eq!(
                step(&city, &writer, &form, name, &more).await.status,
                403,
                "{name}"
            );
        }
        let mut fields = city.get_as(&writer, &form).await.fields();
        set(&mut fields, "then", "publish");
        assert_eq!(city.post_as(&writer, &form, &fields).await.status, 403);
        let handed = step(&city, &writer, &form, "submit", &[("note", "Klar!")]).await;
        assert_eq!(handed.status, 303, "{}", handed.body);
        assert_eq!(state(&city, &writer, &form).await, "in_review");

        // The reviewer sees who else is there, and gives it back with a word on why.
        let page = city.get_as(&reviewer, &form).await;
        assert!(
            page.texts(".people li")
                .iter()
                .any(|name| name.contains("vera@"))
        );
        assert_eq!(page.texts(".note"), ["Klar!"]);
        let silent = step(&city, &reviewer, &form, "return", &[]).await;
        assert_eq!(silent.status, 422);
        let back = step(
            &city,
            &reviewer,
            &form,
            "return",
            &[("note", "Vilka kärl?")],
        )
        .await;
        assert_eq!(back.status, 303, "{}", back.body);
        assert_eq!(state(&city, &writer, &form).await, "draft");
        let (_, now) = sync(&city, &writer, &form, &json!({"client": "v", "since": 0})).await;
        let patch = added(&city, "v", &now, "De gröna kärlen.");
        let body = json!({"client": "v", "since": now["revision"], "patches": [patch]});
        let (_, written) = sync(&city, &writer, &form, &body).await;
        step(&city, &writer, &form, "submit", &[]).await;
        // Approved is the text that was looked at.
        let old = step(&city, &reviewer, &form, "approve", &[("revision", "2")]).await;
        assert_eq!(old.status, 409, "{}", old.body);
        let seen = written["revision"].to_string();
        let approved = step(&city, &reviewer, &form, "approve", &[("revision", &seen)]).await;
        assert_eq!(approved.status, 303, "{}", approved.body);
        assert_eq!(
            step(&city, &reviewer, &form, "publish", &[]).await.status,
            403
        );

        let published = step(&city, &publisher, &form, "publish", &[]).await;
        assert_eq!(published.status, 303, "{}", published.body);
        assert_eq!(state(&city, &writer, &form).await, "published");
        let page = city.get(ARTICLE).await;
        assert!(page.body.contains("Nytt om kärlen.") && page.body.contains("De gröna kärlen."));
        city.within_a_second("search finds it", async || {
            let found = city.get("/sok?q=gr%C3%B6na+k%C3%A4rlen").await;
            found.body.contains(ARTICLE)
        })
        .await;
        let report = torg_log::verify(&city.node.app.database, &mut |_| {}).await;
        assert_eq!(report.expect("verifies").findings, []);
        let differing = torg::rows::differing(&city.node.app.database).await;
        assert_eq!(differing.expect("compares"), []);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_organisation_gets_nothing_and_what_is_taken_away_is_gone_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let own = colleague(&city, "vera@stad.example", "publisher", OWNER).await;
        let other = colleague(&city, "kim@stad.example", "publisher", "kulturnamnden").await;
        let form = city.page_form(&own, "Sophämtning").await;
        // A new page of one's own, which the public and others do not see.
        let new = city.get_as(&own, "/admin/pages/new").await;
        let mut fields = new.fields();
        for (name, value) in [
            ("title", "Hemliga kärl"),
            ("kind", "article"),
            ("parent", "/bygga-bo-och-miljo/avfall"),
            ("locale", "sv"),
            ("variant", "standard"),
        ] {
            set(&mut fields, name, value);
        }
        let owners = new.attributes("select[name=organisation] option", "value");
        set(&mut fields, "organisation", &owners[0]);
        let made = city.post_as(&own, "/admin/pages/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let again = city.post_as(&own, "/admin/pages/new", &fields).await;
        assert_eq!(again.header("location"), made.header("location"), "once");
        let secret = made
            .header("location")
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
        assert_eq!(state(&city, &own, &secret).await, "draft");
        let address = "/bygga-bo-och-miljo/avfall/hemliga-karl";
        assert_eq!(city.get(address).await.status, 404);
        let above = city.get("/bygga-bo-och-miljo/avfall").await;
        assert!(!above.body.contains("Hemliga kärl"));
        assert!(!city.get("/sitemap.xml").await.body.contains("hemliga-karl"));
        let list = city.get_as(&own, "/admin/pages?q=hemliga").await;
        assert!(list.body.contains("Hemliga kärl"));
        let (_, opened) = sync(&city, &own, &secret, &json!({"client": "v", "since": 0})).await;
        let patch = added(&city, "v", &opened, "Hemligt stycke.");
        let body = json!({"client": "v", "since": 1, "patches": [patch]});
        assert_eq!(sync(&city, &own, &secret, &body).await.0, 200);
        let planned = [("publish_at", "2026-03-05T09:00")];
        assert_eq!(
            step(&city, &own, &secret, "schedule", &planned)
                .await
                .status,
            303
        );
        assert!(
            city.get_as(&own, "/admin/pages/calendar")
                .await
                .body
                .contains("Hemliga kärl")
        );

        for page in [&form, &secret] {
            let seen = city.get_as(&other, page).await;
            assert!(matches!(seen.status, 403 | 404), "{page}: {}", seen.status);
            let (status, told) =
                sync(&city, &other, page, &json!({"client": "k", "since": 0})).await;
            assert!(matches!(status, 403 | 404), "{told}");
            assert!(told.get("changes").is_none());
            let (status, _) = sync(&city, &other, page, &body).await;
            assert!(matches!(status, 403 | 404));
            for name in [
                "submit",
                "return",
                "approve",
                "publish",
                "schedule",
                "unschedule",
                "unpublish",
                "archive",
                "unarchive",
                "discard",
                "name",
            ] {
                let more = [
                    ("publish_at", "2026-03-05T09:00"),
                    ("name", "x"),
                    ("note", "x"),
                ];
                let answer = step(&city, &other, page, name, &more).await;
                assert!(
                    matches!(answer.status, 403 | 404),
                    "{name}: {}",
                    answer.status
                );
                assert!(!answer.body.contains("Hemligt"));
            }
            let fields = vec![("request_id".to_owned(), new_id(&city))];
            assert!(matches!(
                city.post_as(&other, page, &fields).await.status,
                403 | 404
            ));
        }
        let id = secret.rsplit('/').next().unwrap_or_default();
        for path in [
            "/admin/pages?q=hemliga".to_owned(),
            "/admin/pages?state=scheduled".to_owned(),
            "/admin/pages/calendar".to_owned(),
            format!("/admin/pages/new?of={id}"),
            format!("/admin/pages/new?below={id}"),
        ] {
            let seen = city.get_as(&other, &path).await;
            assert!(!seen.body.contains("Hemlig"), "{path}");
        }
        let public = city.get_as(&other, "/admin/pages?q=soph%C3%A4mtning").await;
        assert!(public.body.contains("Sophämtning") && !public.body.contains(&form));

        // The role is taken away while somebody writes: closed at once, for reading too.
        let accounts = &city.node.accounts;
        let actor = Actor::system("test");
        accounts
            .revoke_role(&actor, "vera@stad.example", "publisher", OWNER)
            .await
            .expect("is taken away");
        assert_eq!(sync(&city, &own, &secret, &body).await.0, 403);
        assert_eq!(city.get_as(&own, &secret).await.status, 403);
        let report = torg::rows::differing(&city.node.app.database).await;
        assert_eq!(report.expect("compares"), []);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_page_a_translation_the_archive_and_back() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = city.log_in("petra@stad.example", Some("publisher")).await;
        let mut fields = city.get_as(&cookie, "/admin/pages/new").await.fields();
        set(&mut fields, "title", "");
        set(&mut fields, "parent", "/finns-inte");
        let refused = city.post_as(&cookie, "/admin/pages/new", &fields).await;
        assert_eq!(refused.status, 422);
        assert_eq!(field(&refused.fields(), "parent"), "/finns-inte");
        let owners = refused.attributes("select[name=organisation] option", "value");
        for (name, value) in [
            ("title", "Ny badplats"),
            ("kind", "news"),
            ("parent", "/nyheter"),
            ("organisation", owners[0].as_str()),
            ("locale", "sv"),
            ("variant", "standard"),
        ] {
            set(&mut fields, name, value);
        }
        let made = city.post_as(&cookie, "/admin/pages/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let form = made
            .header("location")
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut fields = city.get_as(&cookie, &form).await.fields();
        set(&mut fields, "text", "Nu öppnar badet.\n");
        set(&mut fields, "categories", "Bad, Fritid");
        set(&mut fields, "until", "2026-13-01");
        set(&mut fields, "then", "publish");
        let wrong = city.post_as(&cookie, &form, &fields).await;
        assert_eq!(wrong.status, 422, "{}", wrong.body);
        assert_eq!(field(&wrong.fields(), "until"), "2026-13-01");
        assert_eq!(city.get("/nyheter/ny-badplats").await.status, 404);
        let mut fields = wrong.fields();
        set(&mut fields, "until", "2026-03-20");
        set(&mut fields, "then", "publish");
        let published = city.post_as(&cookie, &form, &fields).await;
        assert_eq!(published.status, 303, "{}", published.body);
        let page = city.get("/nyheter/ny-badplats").await;
        assert!(page.body.contains("Nu öppnar badet."), "{}", page.body);
        assert!(page.body.contains("Fritid"));

        // In English: the text comes along, and is nobody's until it is published.
        let id = form.rsplit('/').next().unwrap_or_default().to_owned();
        let new = city
            .get_as(&cookie, &format!("/admin/pages/new?of={id}"))
            .await;
        let mut fields = new.fields();
        set(&mut fields, "title", "A new place to swim");
        set(&mut fields, "address", "/en/news-swim");
        let made = city.post_as(&cookie, "/admin/pages/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let english = made
            .header("location")
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut fields = city.get_as(&cookie, &english).await.fields();
        assert!(field(&fields, "text").contains("Nu öppnar badet."));
        assert!(
            !city
                .get("/nyheter/ny-badplats")
                .await
                .body
                .contains("news-swim")
        );
        set(&mut fields, "text", "The bath opens.\n");
        set(&mut fields, "then", "publish");
        let published = city.post_as(&cookie, &english, &fields).await;
        assert_eq!(published.status, 303, "{}", published.body);
        assert!(
            city.get("/en/news-swim")
                .await
                .body
                .contains("The bath opens.")
        );
        assert!(
            city.get("/nyheter/ny-badplats")
                .await
                .body
                .contains("news-swim")
        );
        let twice = city
            .get_as(&cookie, &format!("/admin/pages/new?of={id}"))
            .await;
        let mut fields = twice.fields();
        set(&mut fields, "title", "Once more");
        let taken = city.post_as(&cookie, "/admin/pages/new", &fields).await;
        assert_eq!(taken.status, 422, "the language is there already");

        for (name, public) in [("unpublish", 404), ("publish", 200), ("archive", 404)] {
            let done = step(&city, &cookie, &form, name, &[]).await;
            assert_eq!(done.status, 303, "{name}: {}", done.body);
            assert_eq!(
                city.get("/nyheter/ny-badplats").await.status,
                public,
                "{name}"
            );
        }
        assert_eq!(state(&city, &cookie, &form).await, "archived");
        let fields = city.get_as(&cookie, &form).await.fields();
        assert!(
            !fields.iter().any(|(name, _)| name == "then"),
            "nothing to press"
        );
        assert_eq!(
            step(&city, &cookie, &form, "publish", &[]).await.status,
            409
        );
        assert_eq!(
            step(&city, &cookie, &form, "unarchive", &[]).await.status,
            303
        );
        assert_eq!(state(&city, &cookie, &form).await, "unpublished");
        assert_eq!(
            step(&city, &cookie, &form, "publish", &[]).await.status,
            303
        );
        assert_eq!(city.get("/nyheter/ny-badplats").await.status, 200);
        let report = torg::rows::differing(&city.node.app.database).await;
        assert_eq!(report.expect("compares"), []);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_survives_a_session_that_ended() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let cookie = city.log_in("vera@stad.example", Some("contributor")).await;
    let form = city.page_form(&cookie, "Sophämtning").await;
    let (_, opened) = sync(&city, &cookie, &form, &json!({"client": "v", "since": 0})).await;
    let patch = added(&city, "v", &opened, "En timmes arbete.");
    let body = json!({"client": "v", "since": 1, "patches": [patch]});
    let mut fields = city.get_as(&cookie, &form).await.fields();
    let text = format!("{}\n\nSkrivet utan skript.\n", field(&fields, "text"));
    set(&mut fields, "text", &text);
    // The session ends by itself; both ways of writing are told, and nothing is taken in.
    city.clock.advance_seconds(100 * 3_600);
    assert_eq!(sync(&city, &cookie, &form, &body).await.0, 401);
    let late = city.post_as(&cookie, &form, &fields).await;
    assert_eq!(late.status, 401);
    let sorted = |mut fields: Vec<(String, String)>| {
        fields.sort();
        fields
    };
    // All of it, what was compared with too.
    assert_eq!(sorted(late.fields()), sorted(fields));
    let log_in = [("email", "vera@stad.example"), ("password", city::PASSWORD)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = city.post_as("", "/admin/log-in", &log_in).await;
    let cookie = answer
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    let (status, told) = sync(&city, &cookie, &form, &body).await;
    assert_eq!(status, 200, "{told}");
    let sent = city.post_as(&cookie, &form, &late.fields()).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let draft = city.get_as(&cookie, &form).await.fields();
    let text = field(&draft, "text");
    assert!(text.contains("En timmes arbete.") && text.contains("Skrivet utan skript."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_patch_is_refused() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let cookie = city.log_in("vera@stad.example", Some("contributor")).await;
    let form = city.page_form(&cookie, "Sophämtning").await;
    let (_, opened) = sync(&city, &cookie, &form, &json!({"client": "v", "since": 0})).await;
    let good = added(&city, "v", &opened, "x");
    let mut unknown = good.clone();
    unknown["blocks"][0]["block"]["type"] = json!("script");
    let mut field = good.clone();
    field["fields"] = json!([{"name": "published_by", "value": "x"}]);
    let mut deep = json!({"id": new_id(&city), "v": 1, "type": "paragraph", "text": []});
    for _ in 0..400 {
        deep = json!({"id": new_id(&city), "v": 1, "type": "box", "title": "", "blocks": [deep]});
    }
    let mut nested = good.clone();
    nested["blocks"][0]["block"] = deep;
    for body in [
        json!(null),
        json!({"client": 7}),
        json!({"client": "x".repeat(1_000)}),
        json!({"client": "v", "patches": [{"id": "no", "client": "v"}]}),
        json!({"client": "v", "patches": [unknown]}),
        json!({"client": "v", "patches": [field]}),
        json!({"client": "v", "patches": [nested]}),
        json!({"client": "v", "patches": vec![good.clone(); 60]}),
    ] {
        let (status, told) = sync(&city, &cookie, &form, &body).await;
        assert_eq!(status, 422, "{told}");
        assert_eq!(told["error"], json!("invalid"));
        assert!(!told["message"].as_str().unwrap_or_default().is_empty());
    }
    let nobody = new_id(&city);
    let (status, _) = sync(
        &city,
        &cookie,
        &format!("/admin/pages/{nobody}"),
        &json!({"client": "v"}),
    )
    .await;
    assert_eq!(status, 404);
    assert_eq!(
        state(&city, &cookie, &form).await,
        "published",
        "nothing was begun"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_laid_below_another_takes_its_address_along() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let cookie = city.log_in("petra@stad.example", Some("publisher")).await;
        let form = city.page_form(&cookie, "Sophämtning").await;
        let moved = async |changes: &[(&str, &str)]| -> String {
            let mut fields = city.get_as(&cookie, &form).await.fields();
            fields.retain(|(name, _)| name != "comments");
            set(&mut fields, "then", "save");
            for (name, value) in changes {
                set(&mut fields, name, value);
            }
            let answer = city.post_as(&cookie, &form, &fields).await;
            assert_eq!(answer.status, 303, "{}", answer.body);
            let after = city.get_as(&cookie, &form).await.fields();
            field(&after, "address").to_owned()
        };
        assert_eq!(
            moved(&[("parent", "/trafik-och-resor")]).await,
            "/trafik-och-resor/sophamtning"
        );
        // Who writes both means both, and an address of one's own stays when the page moves again.
        assert_eq!(
            moved(&[("parent", "/omsorg-och-stod"), ("address", "/sopor")]).await,
            "/sopor"
        );
        assert_eq!(moved(&[("parent", "/trafik-och-resor")]).await, "/sopor");
    });
}
