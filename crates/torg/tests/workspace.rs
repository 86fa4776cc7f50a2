//! The staff's start page and the search over everything, on both databases.

mod city;

use city::{City, encoded, set};
use serde_json::Value;
use torg::migrator::Migrator;
use torg_kernel::Actor;
use torg_testkit::{TestDatabase, both};

/// Titles found under Ctrl-K, by kind.
async fn found(city: &City, cookie: &str, words: &str) -> Vec<(String, String, String)> {
    let answer = city
        .get_as(cookie, &format!("/admin/find.json?q={}", encoded(words)))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).expect("JSON");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let groups = value["groups"].as_array().expect("groups").clone();
    groups
        .iter()
        .flat_map(|group| {
            let label = text(&group["label"]);
            let hits = group["hits"].as_array().expect("hits").clone();
            hits.into_iter()
                .map(move |hit| (label.clone(), text(&hit["title"]), text(&hit["href"])))
        })
        .collect()
}

/// Somebody with a role for one organisation only.
async fn colleague(city: &City, email: &str, role: &str, organisation: &str) -> String {
    let cookie = city.log_in(email, None).await;
    let granted = city
        .node
        .accounts
        .grant(
            &Actor::system("test"),
            email,
            role,
            organisation,
            None,
            None,
        )
        .await;
    granted.expect("a grant");
    cookie
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_changed_is_found_again_and_others_see_it() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let publisher = city
            .log_in("publicist@stad.example", Some("publisher"))
            .await;
        let empty = city.get_as(&publisher, "/admin").await;
        assert_eq!(empty.status, 200, "{}", empty.body);
        assert!(empty.texts(".lately .recent li").is_empty());
        assert_eq!(empty.texts("[aria-labelledby=mine] .empty").len(), 1);

        let units = city.get_as(&publisher, "/admin/find?q=majorna").await;
        assert_eq!(units.status, 200);
        let administrator = city
            .log_in("chef@stad.example", Some("administrator"))
            .await;
        let list = city.get_as(&administrator, "/admin/units?q=majornas").await;
        let unit = list.attributes("main table a", "href");
        let unit = unit
            .iter()
            .find(|href| href.starts_with("/admin/units/"))
            .expect("a unit");
        let mut fields = city.get_as(&administrator, unit).await.fields();
        fields.retain(|(name, _)| name != "q");
        set(&mut fields, "phone", "031-390 06 49");
        let saved = city.post_as(&administrator, unit, &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.body);

        let mine = city.get_as(&administrator, "/admin").await;
        let links = mine.attributes("[aria-labelledby=mine] .recent a", "href");
        assert_eq!(links, std::slice::from_ref(unit));
        // Whoever may not change units has no door to one, and is not shown it.
        let theirs = city.get_as(&publisher, "/admin").await;
        let links = theirs.attributes("[aria-labelledby=others] .recent a", "href");
        assert!(!links.contains(unit), "{links:?}");
        let strategist = city
            .log_in("strateg@stad.example", Some("web_strategist"))
            .await;
        let theirs = city.get_as(&strategist, "/admin").await;
        let links = theirs.attributes("[aria-labelledby=others] .recent a", "href");
        assert!(links.contains(unit), "{links:?}");
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_search_finds_what_one_may_see_and_nothing_else() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let administrator = city
            .log_in("chef@stad.example", Some("administrator"))
            .await;
        let all = found(&city, &administrator, "sophämtning").await;
        assert!(
            all.iter().any(|(kind, title, href)| kind == "Sidor"
                && title == "Sophämtning"
                && href.starts_with("/admin/pages/")),
            "{all:?}"
        );
        let people = found(&city, &administrator, "chef@stad").await;
        assert!(
            people.iter().any(|(kind, ..)| kind == "Personer"),
            "{people:?}"
        );
        let committees = found(&city, &administrator, "kulturnämnden").await;
        assert!(
            committees
                .iter()
                .any(|(kind, _, href)| kind == "Organisationer"
                    && href.starts_with("/admin/organisations/")),
            "{committees:?}"
        );
        // Without words: where one can go, and nothing else.
        let places = found(&city, &administrator, "").await;
        assert!(places.iter().all(|(kind, ..)| kind == "Gå till"));
        assert!(places.iter().any(|(_, _, href)| href == "/admin/media"));
        // Percent signs and underscores are letters like others.
        for words in ["%_%", "__", "%%%", &"qxzw ".repeat(400)] {
            let some = found(&city, &administrator, words).await;
            assert!(some.is_empty(), "{words}: {some:?}");
        }
        let none = found(&city, &administrator, "\u{0}").await;
        assert!(none.iter().all(|(kind, ..)| kind == "Gå till"), "{none:?}");

        let reader = colleague(&city, "ny@stad.example", "reader", "kulturnamnden").await;
        let some = found(&city, &reader, "chef@stad").await;
        assert!(
            some.iter()
                .all(|(kind, _, href)| kind == "Sidor" && !href.starts_with("/admin/")),
            "pages for everybody that speak of a boss: {some:?}"
        );
        let some = found(&city, &reader, "sophämtning").await;
        assert!(
            some.iter().all(|(.., href)| !href.starts_with("/admin/")),
            "a page of another organisation leads to what the public sees: {some:?}"
        );
        let hidden = city.page_form(&administrator, "Sophämtning").await;
        let id = hidden.rsplit('/').next().expect("an id");
        city.node
            .app
            .database
            .write({
                let id: uuid::Uuid = id.parse().expect("an id");
                move |context| {
                    Box::pin(async move {
                        torg_db::execute(
                            &**context,
                            "UPDATE page_content SET state = 'unpublished' WHERE id = $1",
                            vec![id.into()],
                        )
                        .await?;
                        Ok::<_, torg_kernel::Problem>(())
                    })
                }
            })
            .await
            .expect("taken away");
        let some = found(&city, &reader, "sophämtning").await;
        assert!(
            !some.iter().any(|(_, title, _)| title == "Sophämtning"),
            "{some:?}"
        );
        let nobody = city.get("/admin/find.json?q=sop").await;
        assert_eq!(nobody.status, 303);
    });
}
