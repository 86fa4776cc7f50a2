//! What one may not do, one may not do by a detour either: by planning it, by the trash, by taking
//! away what others need; and no detour shows what others write. On both databases.

mod city;

use std::sync::Arc;

use city::{Answer, City, PASSWORD, set};
use torg::city::demo_files;
use torg::migrator::Migrator;
use torg::planners::AccountPlanners;
use torg_accounts::NewPerson;
use torg_db::{FromQueryResult, execute, fetch_one, scalar};
use torg_kernel::{Actor, Ids, Problem, SystemIds};
use torg_site::Planners;
use torg_testkit::{TestDatabase, both};

type Fields = Vec<(String, String)>;

fn page(title: &str, kind: &str, owner: &str, more: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: {title}\ntype: {kind}\nowner: {owner}\n{more}---\n{body}\n").into_bytes()
}

const FACTS: &str = r#"[
    {"key": "avgift", "organisation": "kommunstyrelsen", "label": {"sv": "Avgift"},
     "value": {"sv": "450 kronor"}, "valid_from": "2026-01-01", "valid_to": null},
    {"key": "ledig", "organisation": "kommunstyrelsen", "label": {"sv": "Ledig"},
     "value": {"sv": "1 krona"}, "valid_from": "2026-01-01", "valid_to": null}
]"#;

/// A city with some pages of two organisations.
async fn small(test: TestDatabase) -> City {
    let city = City::empty(test).await;
    let mut files = demo_files();
    files.retain(|path, _| path == "organisations.csv");
    files.insert("facts.json".to_owned(), FACTS.as_bytes().to_vec());
    let own = "kommunstyrelsen";
    for (path, bytes) in [
        (
            "sv/index.md",
            page("Staden", "start", "goteborg", "", "Hej."),
        ),
        (
            "sv/bada/index.md",
            page("Bada", "theme", own, "", "Här badar man."),
        ),
        (
            "sv/bada/valhalla.md",
            page("Valhallabadet", "article", own, "", "Badet är öppet."),
        ),
        (
            "sv/bada/gamla.md",
            page(
                "Gamla badet",
                "article",
                "arkivnamnden",
                "",
                "Det är stängt.",
            ),
        ),
        (
            "sv/arkiv/index.md",
            page(
                "Arkivet",
                "theme",
                "arkivnamnden",
                "",
                "Kostar {{fact:avgift:value}}.",
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
                own,
                "translates: /bada/valhalla\n",
                "It is open.",
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

async fn one(city: &City, sql: &str, value: &str) -> String {
    #[derive(FromQueryResult)]
    struct Row {
        id: uuid::Uuid,
    }
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    let row: Option<Row> = fetch_one(&*snapshot, sql, vec![value.into()])
        .await
        .expect("asks");
    row.expect("is there").id.to_string()
}

async fn id_at(city: &City, address: &str) -> String {
    one(
        city,
        "SELECT id FROM page_content WHERE address = $1",
        address,
    )
    .await
}

async fn count(city: &City, sql: &str) -> i64 {
    let snapshot = city.node.app.database.snapshot().await.expect("reads");
    scalar(&*snapshot, sql, vec![]).await.expect("counts")
}

/// Changes rows as if somebody had done so meanwhile.
async fn change(city: &City, sql: &'static str, value: &str) {
    let value = value.to_owned();
    city.node
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                execute(&**context, sql, vec![value.into()]).await?;
                Ok::<_, Problem>(())
            })
        })
        .await
        .expect("changes");
}

/// Posts a form with an id of its own.
async fn post(city: &City, cookie: &str, path: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = pairs(more);
    let request = SystemIds.uuid(city.clock_now()).to_string();
    fields.push(("request_id".to_owned(), request));
    city.post_as(cookie, path, &fields).await
}

/// Saves what is written in the plain form.
async fn save(city: &City, cookie: &str, id: &str, changes: &[(&str, &str)]) -> Answer {
    let href = format!("/admin/pages/{id}");
    let form = city.get_as(cookie, &href).await;
    assert_eq!(form.status, 200, "{}", form.body);
    let mut fields: Fields = form.fields();
    fields.retain(|(name, _)| name != "then" && !name.starts_with("settle:") && name != "comments");
    for (name, value) in changes {
        set(&mut fields, name, value);
    }
    fields.push(("then".to_owned(), "save".to_owned()));
    city.post_as(cookie, &href, &fields).await
}

async fn run_due(city: &City) -> usize {
    let app = &city.node.app;
    let snapshot = app.database.snapshot().await.expect("reads");
    let (organisations, _) = app.organisations(&snapshot).await.expect("reads");
    snapshot.end().await.expect("reads");
    let planners: Arc<dyn Planners> = Arc::new(AccountPlanners(city.node.accounts.clone()));
    torg_site::run_due(
        &app.database,
        &organisations,
        &planners,
        &app.clock,
        &app.ids,
    )
    .await
    .expect("is looked at")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_not_be_published_cannot_be_planned() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let other = somebody(&city, "eva@stad.example", "publisher", "kommunstyrelsen").await;
        let theme = id_at(&city, "/bada").await;
        let theirs = one(
            &city,
            "SELECT id FROM organisation WHERE key = $1",
            "arkivnamnden",
        )
        .await;
        let schedule = format!("/admin/pages/{theme}/schedule");
        let at = [
            ("publish_at", "2026-03-04T09:00"),
            ("quality_reason", "prov"),
        ];
        let saved = save(&city, &own, &theme, &[("organisation", &theirs)]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_eq!(post(&city, &own, &schedule, &at).await.status, 403);
        post(&city, &own, &format!("/admin/pages/{theme}/discard"), &[]).await;
        // The old bath would move along, and is the archive's.
        save(&city, &own, &theme, &[("address", "/simma")]).await;
        let refused = post(&city, &own, &schedule, &at).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(refused.texts(".errsum").concat().contains("/bada/gamla"));
        assert_eq!(count(&city, "SELECT count(*) FROM page_schedule").await, 0);

        // What may be planned is done only if it still may be when the time comes.
        let pool = id_at(&city, "/bada/valhalla").await;
        save(&city, &own, &pool, &[("title", "Valhalla")]).await;
        let planned = post(&city, &own, &format!("/admin/pages/{pool}/schedule"), &at).await;
        assert_eq!(planned.status, 303, "{}", planned.body);
        let actor = Actor::system("test");
        city.node
            .accounts
            .revoke_role(&actor, "anna@stad.example", "publisher", "kommunstyrelsen")
            .await
            .expect("is taken away");
        city.clock.advance_seconds(20 * 3_600);
        assert_eq!(run_due(&city).await, 0);
        let renamed = "SELECT count(*) FROM page_content WHERE title = 'Valhalla'";
        assert_eq!(count(&city, renamed).await, 0);
        let fields = pairs(&[("email", "eva@stad.example"), ("password", PASSWORD)]);
        drop(other);
        let again = city.post_as("", "/admin/log-in", &fields).await;
        let other = again
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let calendar = city.get_as(&other, "/admin/pages/calendar").await;
        assert!(
            calendar.body.contains("får inte längre publicera"),
            "{}",
            calendar.body
        );
        // Somebody who may plans it again, and it is done.
        let later = [
            ("publish_at", "2026-03-04T23:00"),
            ("quality_reason", "prov"),
        ];
        let planned = post(
            &city,
            &other,
            &format!("/admin/pages/{pool}/schedule"),
            &later,
        )
        .await;
        assert_eq!(planned.status, 303, "{}", planned.body);
        city.clock.advance_seconds(20 * 3_600);
        assert_eq!(run_due(&city).await, 1);
        assert_eq!(count(&city, renamed).await, 1);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_only_writes_takes_away_nothing_that_readers_see() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let writer = somebody(&city, "vera@stad.example", "editor", "kommunstyrelsen").await;
        let publisher = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        // The Swedish text was never public, and its translation is.
        change(
            &city,
            "UPDATE page_content SET state = 'new' WHERE address = $1",
            "/bada/valhalla",
        )
        .await;
        let about = format!("/admin/pages/{id}/delete");
        assert_eq!(city.get_as(&writer, &about).await.status, 403);
        assert_eq!(post(&city, &writer, &about, &[]).await.status, 403);
        let history = city
            .get_as(&writer, &format!("/admin/pages/{id}/history"))
            .await;
        assert!(!history.body.contains(&about), "nor is it offered");
        let many = [("content", id.as_str()), ("action", "trash")];
        let told = post(&city, &writer, "/admin/pages/bulk", &many).await;
        assert!(
            told.texts(".outcomes")
                .concat()
                .contains("Du får inte göra det")
        );
        assert_eq!(count(&city, "SELECT count(*) FROM page_trash").await, 0);
        assert_eq!(city.get("/en/pool").await.status, 200);
        // Who publishes may; and who only writes does not bring back what was public.
        assert_eq!(post(&city, &publisher, &about, &[]).await.status, 303);
        let trash = city.get_as(&writer, "/admin/trash").await;
        let batch = trash.attributes("input[name=batch]", "value")[0].clone();
        let back = post(&city, &writer, "/admin/trash", &[("batch", &batch)]).await;
        assert_eq!(back.status, 403);
        let back = post(&city, &publisher, "/admin/trash", &[("batch", &batch)]).await;
        assert_eq!(back.status, 303, "{}", back.body);

        // The translation alone goes; then the page becomes the archive's.
        let english = id_at(&city, "/en/pool").await;
        let about = format!("/admin/pages/{english}/delete");
        assert_eq!(post(&city, &publisher, &about, &[]).await.status, 303);
        change(
            &city,
            "UPDATE page SET organisation_id = (SELECT id FROM organisation WHERE key = $1) \
             WHERE id = (SELECT page_id FROM page_content WHERE address = '/bada/valhalla')",
            "arkivnamnden",
        )
        .await;
        let trash = city.get_as(&publisher, "/admin/trash").await;
        let batch = trash.attributes("input[name=batch]", "value")[0].clone();
        let back = post(&city, &publisher, "/admin/trash", &[("batch", &batch)]).await;
        assert_eq!(back.status, 403);
        assert_eq!(count(&city, "SELECT count(*) FROM page_trash").await, 1);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_drafts_are_a_number_and_what_they_need_stays() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(
            &city,
            "anna@stad.example",
            "web_strategist",
            "kommunstyrelsen",
        )
        .await;
        let other = somebody(&city, "bo@stad.example", "publisher", "arkivnamnden").await;
        let facts = "SELECT id FROM fact WHERE key = $1";
        let fee = format!("/admin/facts/{}", one(&city, facts, "avgift").await);
        let free = format!("/admin/facts/{}", one(&city, facts, "ledig").await);
        let seen = city.get_as(&own, &fee).await;
        assert!(seen.body.contains("Arkivet"), "{}", seen.body);
        // Not public any more, and somebody else's.
        change(
            &city,
            "UPDATE page_content SET state = 'unpublished', title = 'Hemligt arkiv' \
             WHERE address = $1",
            "/arkiv",
        )
        .await;
        let seen = city.get_as(&own, &fee).await;
        assert!(!seen.body.contains("Hemligt arkiv") && !seen.body.contains("Kostar"));
        assert!(
            seen.body.contains("ett utkast som du inte får se"),
            "{}",
            seen.body
        );
        assert!(seen.attributes("button[value=remove]", "value").is_empty());
        let removed = post(&city, &own, &fee, &[("then", "remove")]).await;
        assert_eq!(removed.status, 422, "{}", removed.body);

        // A page of others below ours: a number too.
        change(
            &city,
            "UPDATE page_content SET state = 'new', title = 'Hemligt bad' WHERE address = $1",
            "/bada/gamla",
        )
        .await;
        let theme = id_at(&city, "/bada").await;
        let asked = city
            .get_as(&own, &format!("/admin/pages/{theme}/delete"))
            .await;
        assert!(!asked.body.contains("Hemligt bad"));
        assert!(asked.body.contains("Valhallabadet"));
        assert!(asked.body.contains("utkast under sidan som du inte får se"));

        // A fact that stands nowhere but in a draft is needed there.
        let seen = city.get_as(&own, &free).await;
        assert!(!seen.attributes("button[value=remove]", "value").is_empty());
        let archive = id_at(&city, "/arkiv").await;
        let draft = "Kostar {{fact:ledig:value}}.";
        let saved = save(&city, &other, &archive, &[("text", draft)]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let refused = post(&city, &own, &free, &[("then", "remove")]).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(!refused.body.contains("Kostar"));
        assert!(
            refused
                .attributes("button[value=remove]", "value")
                .is_empty()
        );
        let ended = post(&city, &own, &free, &[("then", "end")]).await;
        assert_eq!(ended.status, 303, "{}", ended.body);
        let kept = "SELECT count(*) FROM fact WHERE key = 'ledig'";
        assert_eq!(count(&city, kept).await, 1);
        let last = city.get_as(&own, &free).await;
        assert_eq!(last.attributes("input[name=to_0]", "value"), ["2026-03-03"]);
        // Thrown away and forgotten, nothing needs it.
        post(
            &city,
            &other,
            &format!("/admin/pages/{archive}/discard"),
            &[],
        )
        .await;
        let removed = post(&city, &own, &free, &[("then", "remove")]).await;
        assert_eq!(removed.status, 303, "{}", removed.body);
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_finished_is_seen_among_the_versions_and_comes_back() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        let lead = "En ingress som är för lång. ".repeat(30);
        let written = [("description", lead.as_str()), ("reviewed", "2026-")];
        assert_eq!(save(&city, &own, &id, &written).await.status, 303);
        let about = format!("/admin/pages/{id}");
        assert_eq!(
            post(&city, &own, &format!("{about}/discard"), &[])
                .await
                .status,
            303
        );
        let history = city.get_as(&own, &format!("{about}/history")).await;
        assert_eq!(history.texts(".unfinished").len(), 1, "{}", history.body);
        assert!(history.body.contains("2 fält som inte är färdiga"));
        let keys = history.attributes("input[name=old]", "value");
        let key = keys
            .iter()
            .find(|key| key.starts_with('v'))
            .expect("is kept");
        let compare = format!("{about}/compare?old=public&new={key}");
        let compared = city.get_as(&own, &compare).await;
        assert!(compared.body.contains("2026-"), "{}", compared.body);
        let back = post(
            &city,
            &own,
            &format!("{about}/restore"),
            &[("version", key)],
        )
        .await;
        assert_eq!(back.status, 303, "{}", back.body);
        let form = city.get_as(&own, &about).await;
        let there = form.texts("textarea[name=description]");
        assert_eq!(there[0].trim(), lead.trim());
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_of_twenty_thousand_blocks_is_refused_at_once_and_stays_in_the_form() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = small(test).await;
        let own = somebody(&city, "anna@stad.example", "publisher", "kommunstyrelsen").await;
        let id = id_at(&city, "/bada/valhalla").await;
        for blocks in [20_000, 230_000] {
            let many = "x\n\n".repeat(blocks);
            let started = std::time::Instant::now();
            let refused = save(&city, &own, &id, &[("text", &many)]).await;
            let took = started.elapsed();
            assert_eq!(refused.status, 422);
            assert!(took.as_secs() < 10, "{blocks}: {took:?}");
            assert!(refused.texts(".errsum").concat().contains("för stor"));
            assert_eq!(refused.texts("textarea[name=text]")[0].trim(), many.trim());
        }
        // In a box, where they are no blocks of their own.
        let inside = format!(":::box Mycket\n{}:::\n", "x\n\n".repeat(30_000));
        let refused = save(&city, &own, &id, &[("text", &inside)]).await;
        assert_eq!(refused.status, 422);
        assert_eq!(count(&city, "SELECT count(*) FROM draft").await, 0);
    });
}
