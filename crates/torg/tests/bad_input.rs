//! What is wrong gets a clear answer, and nothing half done.

mod city;

use axum::body::Body;
use city::City;
use http::Request;
use torg::migrator::Migrator;

async fn raw(city: &City, uri: &str) -> u16 {
    match Request::get(uri)
        .header("host", "stad.example")
        .body(Body::empty())
    {
        Ok(request) => city.ask(request).await.status,
        // No server can get such a line: the parser before us refuses it.
        Err(_) => 400,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_that_are_no_addresses() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let long = format!("/{}", "a".repeat(5_000));
    for (uri, status) in [
        (long.as_str(), 414),
        ("/%zz", 400),
        ("/%ff%fe", 400),
        ("/a%2", 400),
        ("/../../etc/passwd", 404),
        ("/..%2f..%2fetc%2fpasswd", 404),
        ("/%00", 404),
        ("/nyheter/amne/%00", 404),
        ("/hitta/a%00b", 404),
        ("/.env", 404),
        ("/admin/pages/not-an-id", 303),
        ("/hitta/finns-inte", 404),
        ("//ond.example/", 404),
        ("/static/../Cargo.toml", 404),
        ("/sitemap-x.xml", 404),
        ("/api/v1/nothing", 404),
    ] {
        assert_eq!(raw(&city, uri).await, status, "{uri}");
    }
    let page = city.get("/finns/inte").await;
    assert!(
        !page
            .attributes("main form[action='/sok']", "action")
            .is_empty(),
        "a way on"
    );
    let english = city.get("/en/nothing").await;
    assert_eq!(english.attributes("html", "lang"), ["en"]);
    let api = city.get("/api/v1/nothing").await;
    assert_eq!(api.header("content-type"), "application/problem+json");
    // A slash at the end or a capital leads to the page, never to another host.
    let near = city.get("/Bygga-bo-och-miljo/").await;
    assert_eq!(
        (near.status, near.header("location")),
        (301, "/bygga-bo-och-miljo")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_null_character_reaches_no_database() {
    torg_testkit::both!(Migrator, |test: torg_testkit::TestDatabase| async move {
        let city = City::empty(test).await;
        for uri in [
            "/%00",
            "/a%00b.atom",
            "/x/amne/%00",
            "/hitta/%00",
            "/sok?q=%00",
        ] {
            assert!(raw(&city, uri).await < 500, "{uri}");
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn queries_that_are_no_questions() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let long = "sopor ".repeat(300);
    for query in [
        "",
        "   ",
        "AND OR NOT",
        "\"(*:",
        "🦆🦆",
        "\u{1}\u{2}",
        long.as_str(),
        "%",
        "<script>",
    ] {
        for path in ["/sok", "/en/search", "/api/v1/search"] {
            let answer = city
                .get(&format!("{path}?q={}", city::encoded(query)))
                .await;
            assert_eq!(answer.status, 200, "{path} {query:?}");
            assert!(!answer.body.contains("<script>"), "{path} {query:?}");
        }
    }
    let ten_thousand = "a".repeat(10_000);
    assert_eq!(
        city.get(&format!("/sok?q={ten_thousand}")).await.status,
        200
    );
    for wrong in [
        "limit=-1",
        "limit=101",
        "limit=x",
        "lang=svenska_",
        "offset=99999",
    ] {
        let answer = city.get(&format!("/api/v1/search?q=sopor&{wrong}")).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let name = wrong.split('=').next().expect("a name");
        assert!(
            answer.body.contains(&format!("\"field\":\"{name}\"")),
            "{}",
            answer.body
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_that_are_no_forms() {
    let city = City::demo(torg_testkit::sqlite::<Migrator>().await).await;
    let cookie = city
        .log_in("alma@stad.example", Some("administrator"))
        .await;
    let form = city.page_form(&cookie, "Sophämtning").await;
    let empty = city.post_as(&cookie, &form, &[]).await;
    assert_eq!(empty.status, 422);
    let mut fields = city.get_as(&cookie, &form).await.fields();
    city::set(&mut fields, "then", "publish");
    city::set(&mut fields, "title", &"å".repeat(5_000));
    let long = city.post_as(&cookie, &form, &fields).await;
    assert_eq!(long.status, 422);
    assert!(
        city::field(&long.fields(), "title").len() >= 10_000,
        "what was written is kept"
    );
    city::set(&mut fields, "text", &"a".repeat(3_000_000));
    assert_eq!(city.post_as(&cookie, &form, &fields).await.status, 413);
    let page = city.get("/bygga-bo-och-miljo/avfall/sophamtning").await;
    assert_eq!(page.texts("h1"), ["Sophämtning"]);
}
