//! The staff's search finds what is written and not yet public, within seconds and for those who
//! may see it; and nobody else finds any of it anywhere. On both databases.

mod city;

use std::time::{Duration, Instant};

use city::{City, encoded, set};
use serde_json::Value;
use torg::city::demo_files;
use torg::migrator::Migrator;
use torg_kernel::{Actor, Ids, SystemIds};
use torg_testkit::{TestDatabase, both};

const POOL: &str = "/bada/valhalla";

fn page(title: &str, kind: &str, owner: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\ntype: {kind}\nowner: {owner}\n---\n{body}\n").into_bytes()
}

async fn small(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    let mut files = demo_files();
    files.retain(|path, _| path == "organisations.csv");
    for (path, bytes) in [
        ("sv/index.md", page("Staden", "start", "goteborg", "Hej.")),
        (
            "sv/bada/index.md",
            page("Bada", "theme", "kommunstyrelsen", "Här badar man."),
        ),
        (
            "sv/bada/valhalla.md",
            page(
                "Valhallabadet",
                "article",
                "kommunstyrelsen",
                "Badet har bastu.",
            ),
        ),
    ] {
        files.insert(format!("pages/{path}"), bytes);
    }
    city.take_in(&files).await;
    city.follow().await;
    city
}

async fn somebody(city: &City, email: &str, role: &str, organisation: &str) -> String {
    let cookie = city.log_in(email, None).await;
    let (accounts, actor) = (&city.node.accounts, Actor::system("test"));
    let granted = accounts.grant(&actor, email, role, organisation, None, None);
    granted.await.expect("a grant");
    cookie
}

/// What the search under Ctrl-K finds: titles with their notes.
async fn found(city: &City, cookie: &str, words: &str) -> Vec<(String, String)> {
    let path = format!("/admin/find.json?q={}", encoded(words));
    let answer = city.get_as(cookie, &path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).expect("JSON");
    let groups = value["groups"].as_array().expect("groups");
    let hits = groups
        .iter()
        .flat_map(|group| group["hits"].as_array().expect("hits"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    hits.map(|hit| (text(&hit["title"]), text(&hit["note"])))
        .collect()
}

async fn titles(city: &City, cookie: &str, words: &str) -> Vec<String> {
    let found = found(city, cookie, words).await;
    found.into_iter().map(|(title, _)| title).collect()
}

/// Waits until something holds: some seconds pass before what was typed is found.
async fn soon<F: AsyncFn() -> bool>(what: &str, holds: F) {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(10) {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("within some seconds: {what}");
}

/// Saves a draft with the plain form.
async fn write(city: &City, cookie: &str, form: &str, changes: &[(&str, &str)], then: &str) {
    let mut fields = city.get_as(cookie, form).await.fields();
    fields.retain(|(name, _)| name != "then" && !name.starts_with("settle:") && name != "comments");
    for (name, value) in changes {
        set(&mut fields, name, value);
    }
    fields.push(("then".to_owned(), then.to_owned()));
    let answer = city.post_as(cookie, form, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
}

async fn step(city: &City, cookie: &str, path: &str, more: &[(&str, &str)]) {
    let request = SystemIds.uuid(city.clock_now()).to_string();
    let mut fields = vec![("request_id".to_owned(), request)];
    for (name, value) in more {
        set(&mut fields, name, value);
    }
    let answer = city.post_as(cookie, path, &fields).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
}

/// Nobody finds words in public, by any of the ways in which one asks.
async fn never_public(city: &City, words: &str) {
    for path in [
        "/sok?q=",
        "/api/v1/search?lang=sv&q=",
        "/api/v1/search/suggestions?lang=sv&q=",
    ] {
        let answer = city.get(&format!("{path}{}", encoded(words))).await;
        assert!(
            !answer.body.contains("Valhallabadet"),
            "{path}: {}",
            answer.body
        );
        assert!(!answer.body.contains("Ångbåten"), "{path}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_are_found_as_they_are_written_by_those_who_may_see_them() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let other = somebody(&city, "kim@stad.example", "publisher", "arkivnamnden").await;
        let form = city.page_form(&own, "Valhallabadet").await;
        // What is public is found by its words, by all staff.
        for cookie in [&own, &other] {
            assert_eq!(titles(&city, cookie, "bastun").await, ["Valhallabadet"]);
        }

        let words = [(
            "text",
            "Badet har bastu.\n\nNu också med vattenrutschkanor.",
        )];
        write(&city, &own, &form, &words, "save").await;
        soon("the draft's words", async || {
            titles(&city, &own, "vattenrutschkana").await == ["Valhallabadet"]
        })
        .await;
        let hits = found(&city, &own, "vattenrutschkana").await;
        assert!(
            hits[0].1.contains("i det som skrivs") && hits[0].1.contains("vattenrutschkanor"),
            "{hits:?}"
        );
        assert!(titles(&city, &other, "vattenrutschkana").await.is_empty());
        never_public(&city, "vattenrutschkanor").await;

        // Other fields too, and what was overwritten is found no longer.
        let words = [
            ("text", "Badet har bastu."),
            ("description", "Med kallbadhus."),
        ];
        write(&city, &own, &form, &words, "save").await;
        soon("the draft's lead", async || {
            titles(&city, &own, "kallbadhuset").await == ["Valhallabadet"]
                && titles(&city, &own, "vattenrutschkana").await.is_empty()
        })
        .await;
        assert!(titles(&city, &other, "kallbadhuset").await.is_empty());

        // What is published is everybody's, and what is thrown away nobody's.
        step(&city, &own, &format!("{form}/discard"), &[]).await;
        soon("the draft is gone", async || {
            titles(&city, &own, "kallbadhuset").await.is_empty()
        })
        .await;
        let words = [("text", "Badet har bastu och relax.")];
        write(&city, &own, &form, &words, "publish").await;
        soon("what is public now", async || {
            titles(&city, &other, "relax").await == ["Valhallabadet"]
        })
        .await;
        // Nothing is left in the index of what is not public.
        soon("the index is empty", async || {
            city.node.staff_index.is_empty()
        })
        .await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_planned_unpublished_and_trashed_texts_are_found_as_long_as_they_are_there() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let other = somebody(&city, "kim@stad.example", "publisher", "arkivnamnden").await;
        let new = city.get_as(&own, "/admin/pages/new").await;
        let mut fields = new.fields();
        for (name, value) in [
            ("title", "Ångbåten"),
            ("kind", "article"),
            ("parent", "/bada"),
            ("locale", "sv"),
            ("variant", "standard"),
        ] {
            set(&mut fields, name, value);
        }
        let owners = new.attributes("select[name=organisation] option", "value");
        set(&mut fields, "organisation", &owners[0]);
        let made = city.post_as(&own, "/admin/pages/new", &fields).await;
        assert_eq!(made.status, 303, "{}", made.body);
        let form = made
            .header("location")
            .split('?')
            .next()
            .unwrap_or_default()
            .to_owned();
        let words = [
            ("text", "Sjösättning i gryningen."),
            ("description", "En båt."),
        ];
        write(&city, &own, &form, &words, "save").await;
        soon("a page that was never public", async || {
            titles(&city, &own, "sjösättningen").await == ["Ångbåten"]
        })
        .await;

        // What is planned, and what was written since the plan was made.
        step(
            &city,
            &own,
            &format!("{form}/schedule"),
            &[("publish_at", "2026-03-05T09:00")],
        )
        .await;
        write(
            &city,
            &own,
            &form,
            &[("text", "Jungfrufärd vid skymning.")],
            "save",
        )
        .await;
        soon("the plan and the draft", async || {
            titles(&city, &own, "jungfrufärd").await == ["Ångbåten"]
                && titles(&city, &own, "sjösättningen").await == ["Ångbåten"]
        })
        .await;
        for words in ["jungfrufärd", "sjösättning", "ångbåten"] {
            assert!(titles(&city, &other, words).await.is_empty(), "{words}");
            never_public(&city, words).await;
        }

        // Taken away from readers: staff of others no longer find it, its own do.
        let pool = city.page_form(&own, "Valhallabadet").await;
        step(&city, &own, &format!("{pool}/unpublish"), &[]).await;
        soon("no longer public", async || {
            titles(&city, &other, "bastu").await.is_empty()
        })
        .await;
        soon("for its own", async || {
            let hits = found(&city, &own, "bastu").await;
            hits.len() == 1 && hits[0].1.contains("inte publicerad")
        })
        .await;
        soon("not in public", async || {
            !city.get("/sok?q=bastu").await.body.contains(POOL)
        })
        .await;
        never_public(&city, "bastu").await;

        // In the trash it is found by nobody, nor what went there while it was public.
        step(&city, &own, &format!("{form}/delete"), &[]).await;
        soon("in the trash", async || {
            titles(&city, &own, "jungfrufärd").await.is_empty()
        })
        .await;
        step(&city, &own, &format!("{pool}/publish"), &[]).await;
        soon("public again", async || {
            city.get("/sok?q=bastu").await.body.contains(POOL)
        })
        .await;
        step(&city, &own, &format!("{pool}/delete"), &[]).await;
        soon("the public index lets it go", async || {
            !city.get("/sok?q=bastu").await.body.contains(POOL)
                && titles(&city, &own, "bastu").await.is_empty()
        })
        .await;
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_right_that_is_lost_closes_the_search_at_once() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let (accounts, actor) = (&city.node.accounts, Actor::system("test"));
        // What is left lets her into the workspace.
        let granted = accounts.grant(
            &actor,
            "anna@stad.example",
            "reader",
            "arkivnamnden",
            None,
            None,
        );
        granted.await.expect("a grant");
        let form = city.page_form(&own, "Valhallabadet").await;
        let words = [("text", "Nattbad med fackelsken.")];
        write(&city, &own, &form, &words, "save").await;
        soon("found", async || {
            titles(&city, &own, "fackelsken").await == ["Valhallabadet"]
        })
        .await;
        accounts
            .revoke_role(&actor, "anna@stad.example", "publisher", "kommunstyrelsen")
            .await
            .expect("is taken away");
        assert!(titles(&city, &own, "fackelsken").await.is_empty());
    });
}
