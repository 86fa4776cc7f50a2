//! What the block editor asks of other rooms: everybody finds what is public, and drafts only of their
//! own organisations.

mod city;

use axum::body::Body;
use city::{Answer, City, encoded};
use http::Request;
use serde_json::{Value, json};
use torg::migrator::Migrator;
use torg_kernel::{Actor, Ids, SystemIds};
use torg_testkit::{TestDatabase, both};

fn parsed(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).expect("JSON")
}

async fn find(city: &City, cookie: &str, kinds: &str, words: &str) -> Vec<Value> {
    let path = format!(
        "/admin/lookups/search?kinds={kinds}&locale=sv&q={}",
        encoded(words)
    );
    let found = parsed(&city.get_as(cookie, &path).await);
    found["items"].as_array().expect("a list").clone()
}

async fn shown(city: &City, cookie: &str, body: String) -> Answer {
    let request = Request::post("/admin/lookups/shown")
        .header("host", "stad.example")
        .header("cookie", cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .body(Body::from(body))
        .expect("a request");
    city.ask(request).await
}

fn titles(found: &[Value]) -> Vec<&str> {
    found
        .iter()
        .filter_map(|item| item["title"].as_str())
        .collect()
}

/// Somebody who edits for one organisation only.
async fn editor_of(city: &City, email: &str, organisation: &str) -> String {
    let cookie = city.log_in(email, None).await;
    let accounts = &city.node.accounts;
    accounts
        .grant(
            &Actor::system("test"),
            email,
            "editor",
            organisation,
            None,
            None,
        )
        .await
        .expect("a grant");
    cookie
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_editor_finds() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let admin = city
            .log_in("admin@stad.example", Some("administrator"))
            .await;
        let own = editor_of(&city, "park@stad.example", "stadsmiljoforvaltningen").await;

        let words = parsed(&city.get_as(&own, "/admin/lookups/words").await);
        assert_eq!(words["words"]["editor-bold"], "Fet");
        assert!(
            words["words"]["editor-saved"]
                .as_str()
                .is_some_and(|saved| saved.contains("{time}"))
        );

        // Everything that is public is found: by the beginning of its title before others.
        let pages = find(&city, &own, "page", "odlings").await;
        assert!(
            titles(&pages)[0].to_lowercase().contains("odlings"),
            "{pages:?}"
        );
        assert!(
            pages
                .iter()
                .all(|page| page["kind"] == "page" && page["href"].is_string())
        );
        assert!(find(&city, &own, "page", "%").await.is_empty());
        let facts = find(&city, &own, "fact", "odlingslott").await;
        assert_eq!(facts[0]["value"], "450 kronor");
        let units = find(&city, &own, "unit", "valhallabadet").await;
        assert_eq!(titles(&units), ["Valhallabadet"]);
        let phones = find(&city, &own, "fact", "valhallabadet").await;
        assert!(
            titles(&phones).contains(&"Valhallabadet: telefon"),
            "{phones:?}"
        );
        let pictures = find(&city, &own, "picture", "").await;
        assert!(
            pictures[0]["src"]
                .as_str()
                .is_some_and(|src| src.starts_with("/media/"))
        );

        // What each reference shows now.
        let unit = units[0]["id"].as_str().expect("an id");
        let page = pages[0]["id"].as_str().expect("an id");
        let refs = json!({ "locale": "sv", "refs": [
            format!("unit:{unit}"), format!("value:unit:{unit}:phone"), format!("page:{page}"),
            format!("path:{}", pages[0]["href"].as_str().expect("an address")),
            "page:00000000-0000-0000-0000-000000000000", "nonsense", "value:unit:x:y",
        ]});
        let all = parsed(&shown(&city, &own, refs.to_string()).await);
        let all = all["shown"].as_object().expect("an object");
        assert_eq!(all.len(), 4, "{all:?}");
        let card = all[&format!("unit:{unit}")]["card"]
            .as_str()
            .expect("a card");
        assert!(
            card.contains("Valhallabadet") && card.contains("tel:"),
            "{card}"
        );
        for bad in [
            "",
            "[]",
            "{\"locale\":1}",
            "{\"locale\":\"sv\",\"refs\":{}}",
        ] {
            assert_eq!(
                shown(&city, &own, bad.to_owned()).await.status,
                422,
                "{bad}"
            );
        }
        let many = json!({ "locale": "sv", "refs": vec!["page:x"; 501] });
        assert_eq!(shown(&city, &own, many.to_string()).await.status, 422);

        // Where a fact is shown; where it is changed, for those who may.
        let uses = format!("/admin/lookups/uses?source=unit&id={unit}&field=phone");
        let seen = parsed(&city.get_as(&own, &uses).await);
        assert!(seen["total"].as_u64().is_some_and(|total| total > 0));
        assert_eq!(seen["edit_href"], Value::Null);
        let seen = parsed(&city.get_as(&admin, &uses).await);
        assert_eq!(seen["edit_href"], format!("/admin/units/{unit}"));
        let bad = city
            .get_as(&own, "/admin/lookups/uses?source=unit&id=x&field=phone")
            .await;
        assert_eq!(bad.status, 404);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_of_others_are_not_found() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let admin = city
            .log_in("admin@stad.example", Some("administrator"))
            .await;
        let own = editor_of(&city, "park@stad.example", "stadsmiljoforvaltningen").await;
        let (secret, mine) = ("Krisberedskap", "Odlingslott");
        let mut ids = Vec::new();
        for title in [secret, mine] {
            let before = find(&city, &own, "page", title).await;
            let page = before
                .first()
                .unwrap_or_else(|| panic!("{title} is public"));
            ids.push(page["id"].as_str().expect("an id").to_owned());
            let form = city
                .page_form(&admin, page["title"].as_str().expect("a title"))
                .await;
            let fields = [(
                "request_id".to_owned(),
                SystemIds.uuid(city.clock_now()).to_string(),
            )];
            let away = city
                .post_as(&admin, &format!("{form}/unpublish"), &fields)
                .await;
            assert_eq!(away.status, 303, "{}", away.body);
        }
        assert!(find(&city, &own, "page", secret).await.is_empty());
        let refs = json!({ "locale": "sv", "refs": ids.iter().map(|id| format!("page:{id}")).collect::<Vec<_>>() });
        let seen = parsed(&shown(&city, &own, refs.to_string()).await);
        assert!(
            seen["shown"].get(format!("page:{}", ids[0])).is_none(),
            "{seen}"
        );
        assert!(
            seen["shown"].get(format!("page:{}", ids[1])).is_some(),
            "{seen}"
        );
        let all = find(&city, &admin, "page", secret).await;
        assert!(!all.is_empty());
        assert_eq!(all[0]["href"], Value::Null);
    });
}
