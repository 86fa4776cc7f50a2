//! Units from a file to pages and back, on both databases.

mod cards;
mod guide;
mod hours;
mod pages;
mod town;

use scraper::{Html, Selector};
use torg_directory::{
    UnitFacts, export_units, find_by_key, list, list_canonical, parse_units, preview_units,
    remove_unit, search_documents, search_keys,
};
use torg_kernel::{
    Actor, FactField, FactRef, FactSource, Locale, Permission, Problem, Timestamp, UnitId,
};
use torg_log::{PayloadClass, PayloadState, history};
use torg_testkit::{TestDatabase, both};
use torg_ui::T;
use torg_ui::sample::show;
use torg_web::{FactResolver, Reading, Resolved, Wanted};
use town::{DEMO, Migrator, NOW, Pages, Town, author, events, import, organisations};

#[tokio::test]
async fn a_file_comes_in_once_and_comes_back_as_it_went() {
    both!(Migrator, |test: TestDatabase| async move {
        let database = &test.database;
        let tree = organisations();
        let report = import(database, &tree, DEMO, NOW).await.expect("imports");
        let count = report.created.len();
        assert!(count > 40, "the demo city has its units");
        assert_eq!(events(database).await, i64::try_from(count).expect("small"));

        // The few made-up numbers serve several units; this one is the library's alone.
        let changed = DEMO.replacen("031-390 06 03", "031-390 99 03", 1);
        assert_ne!(changed, DEMO);
        let snapshot = database.snapshot().await.expect("reads");
        let actor = Actor::system("test");
        let inputs = parse_units(changed.as_bytes()).expect("still right");
        let preview = preview_units(&*snapshot, author(&actor, NOW), inputs, &tree)
            .await
            .expect("plans");
        drop(snapshot);
        assert_eq!(preview.changed, ["angereds-bibliotek"]);
        assert_eq!(
            events(database).await,
            i64::try_from(count).expect("small"),
            "only a plan"
        );

        let later = NOW.plus_seconds(60);
        let report = import(database, &tree, &changed, later)
            .await
            .expect("imports");
        assert_eq!(report, preview);
        assert_eq!(report.unchanged, count - 1);
        assert_eq!(
            events(database).await,
            i64::try_from(count).expect("small") + 1
        );

        let snapshot = database.snapshot().await.expect("reads");
        let unit = find_by_key(&*snapshot, "angereds-bibliotek")
            .await
            .expect("reads");
        let unit = unit.expect("is there");
        assert_eq!((unit.version, unit.updated_at), (2, later));
        assert_eq!(unit.slug, "angereds-bibliotek");
        for (subject, now) in list_canonical(&*snapshot).await.expect("reads") {
            let last = history(&*snapshot, &subject, &[PayloadClass::Public], 1)
                .await
                .expect("reads");
            let PayloadState::Whole { after, .. } = &last[0].payload else {
                panic!("the payload is there");
            };
            assert_eq!(after.as_deref(), Some(now.as_str()), "{}", test.engine);
        }
        let exported = export_units(&*snapshot, &tree).await.expect("exports");
        drop(snapshot);
        let again = import(database, &tree, &exported, later)
            .await
            .expect("imports");
        assert_eq!((again.unchanged, again.changed.len()), (count, 0));

        let empty = torg_testkit::sqlite::<Migrator>().await;
        import(&empty.database, &tree, &exported, later)
            .await
            .expect("imports");
        let snapshot = empty.database.snapshot().await.expect("reads");
        let copy = export_units(&*snapshot, &tree).await.expect("exports");
        assert_eq!(copy, exported, "ids and addresses are kept");
    });
}

#[tokio::test]
async fn a_file_with_faults_changes_nothing_and_each_fault_is_named() {
    both!(Migrator, |test: TestDatabase| async move {
        let tree = organisations();
        let unit = |rest: &str| format!(r#"{{"kind":"library","name":{{"sv":"A"}},{rest}}}"#);
        let fields = |json: String| match parse_units(json.as_bytes()) {
            Err(Problem::Invalid(errors)) => {
                errors.into_iter().map(|it| it.field).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(fields("{".to_owned()), ["file"]);
        let wrong = format!(
            "[3,{},{},{},{}]",
            unit(
                r#""key":"a","organisation":"x","phone":"ring","hours":{"weekly":{"tue":["14:00-10"],"mon":["x"]}}"#
            ),
            unit(r#""key":"b","organisation":"x","phone":"ring"}"#).replace("}}", "}"),
            unit(r#""key":"b","organisation":"x"}"#).replace("}}", "}"),
            unit(r#""key":"b","organisation":"x","fone":"1"}"#).replace("}}", "}"),
        );
        let found = fields(wrong);
        for field in ["1::", "2:a:hours.weekly.mon[0]", "3:b:phone", "5:b:fone"] {
            assert!(found.iter().any(|own| own == field), "{field} in {found:?}");
        }
        let lost = format!("[{}]", unit(r#""key":"a","organisation":"nowhere""#));
        let refused = import(&test.database, &tree, &lost, NOW).await;
        let Err(Problem::Invalid(errors)) = refused else {
            panic!("there is no such organisation");
        };
        assert_eq!(errors[0].field, "1:a:organisation");
        assert_eq!(events(&test.database).await, 0, "nothing was written");
    });
}

fn wanted(id: UnitId) -> Wanted {
    let fields = [
        FactField::Name,
        FactField::Phone,
        FactField::Email,
        FactField::Address,
        FactField::Hours,
    ];
    Wanted {
        facts: fields
            .into_iter()
            .map(|field| FactRef {
                source: FactSource::Unit,
                id: id.0,
                field,
            })
            .collect(),
        contacts: vec![id],
        unit_links: vec![id],
        ..Wanted::default()
    }
}

#[tokio::test]
async fn documents_show_what_units_say() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, &organisations(), DEMO, NOW)
            .await
            .expect("imports");
        let snapshot = test.database.snapshot().await.expect("reads");
        let unit = find_by_key(&*snapshot, "angereds-bibliotek")
            .await
            .expect("reads");
        let unit = unit.expect("is there");
        let wanted = wanted(unit.id);
        let mut resolved = Resolved::default();
        UnitFacts::default()
            .resolve(
                &Reading::new(&test.database),
                &wanted,
                Locale::EN,
                NOW,
                &mut resolved,
            )
            .await
            .expect("resolves");
        let said: Vec<&str> = wanted
            .facts
            .iter()
            .filter_map(|fact| resolved.facts.get(fact).map(String::as_str))
            .collect();
        assert_eq!(
            said,
            [
                "Angered Library",
                "031-390 06 03",
                "angereds.bibliotek@goteborg.example",
                "Angereds torg 12, 424 65 Göteborg",
                "Monday–Thursday 10:00–19:00, Friday 10:00–17:00, Saturday 11:00–16:00, Sunday 12:00–16:00",
            ]
        );
        let card = &resolved.contacts[&unit.id];
        assert_eq!(
            card.open.as_ref().map(|open| open.text.as_str()),
            Some("Open now until 19:00")
        );
        assert_eq!(resolved.unit_links[&unit.id], "/en/find/angereds-bibliotek");
        assert_eq!(resolved.tags, [format!("unit:{}", unit.id)]);
        let mut less = Resolved::default();
        let wanted = Wanted {
            facts: vec![wanted.facts[4]],
            unit_links: vec![unit.id],
            ..Wanted::default()
        };
        let reading = Reading::new(&test.database);
        UnitFacts::default()
            .resolve(&reading, &wanted, Locale::SV, NOW, &mut less)
            .await
            .expect("resolves");
        let own = |what: &str| format!("unit:{}:{what}", unit.id);
        assert_eq!(less.tags, [own("hours"), own("link")], "what shows less");
        let closing = resolved.fresh_until.expect("it closes");
        assert_eq!(closing.zoned().time().to_string(), "19:00:00");

        let documents = search_documents(&unit, &organisations());
        let keys: Vec<String> = documents.iter().map(|it| it.key.clone()).collect();
        assert_eq!(keys, search_keys(unit.id));
        assert!(documents[0].body.contains("031-390 06 03"));
    });
}

#[tokio::test]
async fn a_unit_in_use_stays() {
    both!(Migrator, |test: TestDatabase| async move {
        import(&test.database, &organisations(), DEMO, NOW)
            .await
            .expect("imports");
        let snapshot = test.database.snapshot().await.expect("reads");
        let id = list(&*snapshot).await.expect("reads")[0].id;
        drop(snapshot);
        let remove = |pages: i64| {
            test.database.write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("test");
                    remove_unit(context, author(&actor, NOW), id, &Pages(pages)).await
                })
            })
        };
        assert!(matches!(remove(1).await, Err(Problem::Invalid(_))));
        remove(0).await.expect("nobody uses it");
        assert!(matches!(remove(0).await, Err(Problem::NotFound)));
    });
}

fn texts(html: &str, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .map(|found| {
            found
                .text()
                .collect::<String>()
                .trim()
                .replace('\u{a0}', " ")
        })
        .collect()
}

fn attribute(html: &str, css: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .filter_map(|found| found.attr(name).map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn residents_see_units_that_are_true_until_closing_time() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let (status, page) = town.get("/hitta/angereds-bibliotek").await;
        assert_eq!(status, 200);
        show("unit-story", T::SV, &page);
        assert_eq!(texts(&page, "h1"), ["Angereds bibliotek"]);
        assert_eq!(texts(&page, ".status .open"), ["Öppet nu till 19"]);
        assert_eq!(texts(&page, "table.hours tr.today th"), ["Tisdag, i dag"]);
        assert_eq!(
            attribute(&page, "link[rel=canonical]", "href"),
            ["https://torg.example/hitta/angereds-bibliotek"]
        );
        let others = attribute(&page, "link[hreflang=en]", "href");
        assert_eq!(others, ["https://torg.example/en/find/angereds-bibliotek"]);
        let data = texts(&page, "script[type='application/ld+json']");
        let data: serde_json::Value = serde_json::from_str(&data[0]).expect("JSON-LD is JSON");
        assert_eq!(data["@type"], "Library");
        assert_eq!(data["telephone"], "031-390 06 03");

        town.clock
            .set(Timestamp::from_micros(NOW.micros()).plus_seconds(7 * 3_600));
        let (_, page) = town.get("/hitta/angereds-bibliotek").await;
        assert_eq!(
            texts(&page, ".status .shut"),
            ["Öppnar i morgon kl. 10"],
            "without any event"
        );
        let (status, english) = town.get("/en/find/angereds-bibliotek").await;
        assert_eq!(
            (status, texts(&english, "h1")),
            (200, vec!["Angered Library".to_owned()])
        );
        assert_eq!(town.get("/hitta/ingenstans").await.0, 404);
        assert_eq!(town.get("/hitta/%00").await.0, 404);

        let (_, all) = town.get("/en/find").await;
        show("units-story", T::EN, &all);
        let (_, all) = town.get("/hitta").await;
        assert!(texts(&all, "ul.kinds a").len() > 20);
        let (_, all) = town.get("/hitta?sort=name").await;
        assert_eq!(texts(&all, "ul.units h2").len(), 30);
        assert!(!all.contains("unit-kind-"), "a key shows");
        let (status, json) = town.get("/api/v1/units?kind=library&limit=2").await;
        assert_eq!(status, 200);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["units"].as_array().map(Vec::len), Some(2));
        assert!(json["total"].as_u64() > Some(2));
        assert_eq!(town.get("/api/v1/units?limit=9000").await.0, 422);
    });
}

#[tokio::test]
async fn staff_change_a_phone_number_and_every_page_follows() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        let id = town.unit("angereds-bibliotek").await.id;
        let address = format!("/admin/units/{id}");
        assert_ne!(town.get(&address).await.0, 200, "nobody is logged in");
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let (_, listed) = town.get("/admin/units?q=angered%20bibl").await;
        assert_eq!(texts(&listed, "tbody th"), ["Angereds bibliotek"]);
        let foreign = town.unit("kontaktcenter").await.id;
        assert_eq!(town.get(&format!("/admin/units/{foreign}")).await.0, 403);

        let (status, form) = town.get(&address).await;
        assert_eq!(status, 200);
        assert_eq!(attribute(&form, "#field_postcode", "value"), ["424 65"]);
        let mut fields = town.fields(&form);
        let (_, before) = town.get("/hitta/angereds-bibliotek").await;
        assert!(before.contains("031-390 06 03"));

        // A slip of the pen keeps what was written.
        town::set(&mut fields, "phone", "ring oss");
        town::set(&mut fields, "postcode", "4246");
        town::set(&mut fields, "name_en", "Angered <b>Library");
        let (status, again) = town.post(&address, &fields).await;
        assert_eq!(status, 422);
        assert_eq!(attribute(&again, "#field_phone", "value"), ["ring oss"]);
        assert_eq!(
            attribute(&again, "#field_postcode", "aria-invalid"),
            ["true"]
        );
        assert_eq!(town.unit("angereds-bibliotek").await.version, 1);

        let mut fields = town.fields(&again);
        town::set(&mut fields, "phone", "031-390 77 77");
        town::set(&mut fields, "postcode", "42466");
        let (status, to) = town.post(&address, &fields).await;
        assert_eq!(
            (status, to.as_str()),
            (303, format!("{address}?done=unit-saved").as_str())
        );
        let (status, _) = town.post(&address, &fields).await;
        assert_eq!(status, 303, "a double click is answered alike");
        let unit = town.unit("angereds-bibliotek").await;
        assert_eq!(unit.version, 2, "and happens once");
        let (_, after) = town.get("/hitta/angereds-bibliotek").await;
        assert!(after.contains("031-390 77 77") && !after.contains("031-390 06 03"));
        assert!(after.contains("424 66"));
        let (_, done) = town.get(&to).await;
        assert_eq!(texts(&done, ".done").len(), 1);

        // Somebody else had the form open since before.
        let mut stale = fields.clone();
        town::set(&mut stale, "request_id", &town.request_id());
        town::set(&mut stale, "city", "Angered");
        let (status, conflict) = town.post(&address, &stale).await;
        assert_eq!(status, 409);
        assert_eq!(attribute(&conflict, "#field_city", "value"), ["Angered"]);
        assert_eq!(attribute(&conflict, "input[name=version]", "value"), ["2"]);
        let (_, all) = town.get("/hitta?kind=library").await;
        assert!(all.contains("Angereds torg 12, Göteborg"));
        let (status, _) = town.post(&address, &town.fields(&conflict)).await;
        assert_eq!(status, 303, "who saves again has been told");
        let (_, all) = town.get("/hitta?kind=library").await;
        assert!(
            all.contains("Angereds torg 12, Angered"),
            "the list follows too"
        );
        let unit = town.unit("angereds-bibliotek").await;
        assert_eq!(unit.version, 3);
        assert!(
            unit.data
                .hours
                .is_some_and(|hours| !hours.exceptions.is_empty()),
            "what the form does not show stays"
        );
    });
}
