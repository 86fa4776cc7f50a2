//! The map's whole flow, on both databases: a layer and addresses come in, stand on the map and in the
//! list, answer programs, and tell what is near.

mod town;

use serde_json::Value;
use torg_geo::Point;
use torg_kernel::Problem;
use torg_map::{Ask, read_layer, wanted};
use torg_testkit::TestDatabase;
use town::{AREAS, NOW, Town, input};

macro_rules! story {
    ($name:ident, |$town:ident| $body:block) => {
        #[tokio::test]
        async fn $name() {
            torg_testkit::both!(town::Migrator, |test: TestDatabase| async move {
                let $town = Town::new(test.database.clone());
                $body
            });
        }
    };
}

story!(a_layer_comes_in_whole_or_not_at_all, |town| {
    let report = town.layer(AREAS).await.expect("imports");
    assert_eq!((report.added, report.changed, report.removed), (2, 0, 0));
    assert_eq!(report.name_from, "namn");
    // Once more changes nothing, and writes no event.
    let events = town.count("SELECT COUNT(*) FROM event").await;
    let report = town.layer(AREAS).await.expect("imports");
    assert_eq!((report.added, report.unchanged), (0, 2));
    assert_eq!(town.count("SELECT COUNT(*) FROM event").await, events);
    // One faulty feature, and nothing is taken.
    let crossed = AREAS.replace(
        "[11.9,57.65],[12,57.65],[12,57.72],[11.9,57.72]",
        "[11.9,57.65],[12,57.72],[12,57.65],[11.9,57.72]",
    );
    let Err(Problem::Invalid(errors)) = town.layer(&crossed).await else {
        panic!("it was taken");
    };
    assert_eq!(
        errors[0].field,
        "a.geojson:2 features[0].geometry.coordinates[0]"
    );
    assert_eq!(errors[0].message.key, "geo-fault-self-crossing");
    assert_eq!(town.count("SELECT COUNT(*) FROM map_feature").await, 2);
    // A new shape replaces the old; what is gone from the file is gone.
    let moved = AREAS.replace("11.95", "11.96");
    let one = moved.replace(
        r#","properties":{"namn":"Öster"}"#,
        r#","properties":{"namn":"Österut"}"#,
    );
    let report = town.layer(&one).await.expect("imports");
    assert_eq!(
        (
            report.added,
            report.changed,
            report.unchanged,
            report.removed
        ),
        (0, 2, 0, 0)
    );
    town.remove("delar").await.expect("removes");
    assert_eq!(town.count("SELECT COUNT(*) FROM map_feature").await, 0);
    assert!(matches!(town.remove("delar").await, Err(Problem::NotFound)));
});

story!(what_a_file_lacks_is_told, |town| {
    let keys = |result: torg_kernel::Result<torg_map::AreaReport>| match result {
        Err(Problem::Invalid(errors)) => {
            errors.iter().map(|own| own.message.key).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let unnamed = AREAS.replace("\"namn\":", "\"kod\":");
    assert_eq!(
        keys(town.layer(&unnamed).await),
        ["map-error-no-name", "map-error-no-name"]
    );
    let twice = AREAS.replace("\"id\":2", "\"id\":1");
    assert_eq!(keys(town.layer(&twice).await), ["map-error-id-twice"]);
    let foreign = AREAS.replace(
        "\"features\"",
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3006\"}},\"features\"",
    );
    assert_eq!(keys(town.layer(&foreign).await), ["geo-file-system"]);
    let swapped = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"namn":"A"},"geometry":{"type":"Point","coordinates":[57.7,11.97]}}]}"#;
    assert_eq!(keys(town.layer(swapped).await), ["geo-fault-swapped"]);
    let mut nameless = input();
    nameless.data = None;
    assert_eq!(
        keys(town.layer_as(AREAS, nameless).await),
        ["map-error-layer-name"]
    );
    let mut bad_key = input();
    bad_key.key = "Å".to_owned();
    assert_eq!(
        keys(town.layer_as(AREAS, bad_key).await),
        ["map-error-layer-key"]
    );
    town.layer(AREAS).await.expect("imports");
    let mut others = input();
    others.organisation = town::other_organisation();
    assert_eq!(
        keys(town.layer_as(AREAS, others).await),
        ["map-error-layer-owner"]
    );
});

story!(map_and_list_say_the_same, |town| {
    town.layer(AREAS).await.expect("imports");
    let page = town.page("/karta").await;
    assert_eq!(
        page.texts(".mapitems .name"),
        ["Biblioteket", "Simhallen", "Väster", "Öster"]
    );
    assert_eq!(page.texts(".mappicture .number"), ["4", "3", "2", "1"]);
    // A view shows what lies in it, in both.
    let page = town.page("/karta?lat=57.7&lon=11.95&z=15").await;
    assert_eq!(
        page.texts(".mapitems .name"),
        ["Biblioteket", "Väster", "Öster"]
    );
    // Of the areas only their edges are seen here.
    assert_eq!(page.texts(".mappicture .number"), ["1"]);
    let page = town.page("/karta?layers=library&q=simhall").await;
    assert!(page.texts(".mapitems .name").is_empty() && page.has(".none"));
    let page = town.page("/en/map?layers=library,pool&q=simhallen").await;
    assert_eq!(page.texts(".mapitems .name"), ["The pool"]);
    assert_eq!(page.texts(".mapitems .open"), ["Open"]);
    // The features of the script are those of the list.
    let json: Value = serde_json::from_str(
        &town
            .get("/karta/features.geojson?bbox=11.94,57.69,11.96,57.71&layers=library")
            .await
            .1,
    )
    .expect("JSON");
    assert_eq!(json["features"].as_array().map(Vec::len), Some(1));
    // Nonsense in the address is as if it were not there.
    for path in [
        "/karta?lat=x&lon=y",
        "/karta?lat=11.95&lon=57.7",
        "/karta?page=99999",
        "/karta?layers=%00,ÅÄÖ",
        "/karta?bbox=1",
    ] {
        assert_eq!(town.get(path).await.0, 200, "{path}");
    }
    // A changed layer shows at once.
    town.remove("delar").await.expect("removes");
    assert_eq!(town.page("/karta").await.texts(".mapitems .name").len(), 2);
});

story!(other_sites_may_frame_the_embedded_map_only, |town| {
    let policy = |headers: &http::HeaderMap| {
        headers["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned()
    };
    assert!(policy(&town.ask("/karta", None).await.1).contains("frame-ancestors 'none'"));
    let framed = policy(&town.ask("/karta/inbaddad", None).await.1);
    assert!(
        framed.contains("frame-ancestors https://example.org;"),
        "{framed}"
    );
    assert!(
        framed.contains("connect-src 'self' https://tiles.example.org;"),
        "{framed}"
    );
    let page = town.page("/karta/badda-in?layers=pool").await;
    let code = page.texts("textarea").remove(0);
    assert!(
        code.contains("/karta/inbaddad?layers=pool") && code.contains("title=\"Karta\""),
        "{code}"
    );
});

story!(addresses_are_found_and_tell_what_is_near, |town| {
    town.layer(AREAS).await.expect("imports");
    let report = town.addresses("street,number,letter,lat,lon\nÖstra gatan,1,,57.7,11.98\nÖstra gatan,1,B,57.7,11.981\nÖstra gränd,2,,57.71,11.98\nStorgatan,3,,57.7,11.92\n").await;
    assert_eq!(report.expect("imports").added, 4);
    let found = town.find_addresses(&wanted("o. gatan 1b")).await;
    assert_eq!(found, ["Östra gatan 1 B"]);
    assert_eq!(town.find_addresses(&wanted("östra g")).await.len(), 3);
    let page = town.page("/mitt-omrade?q=Storgatan+3").await;
    assert_eq!(page.texts(".areahead h2"), ["Storgatan 3"]);
    assert_eq!(page.texts(".districts dd"), ["Väster"]);
    assert_eq!(page.texts(".areaunits h3"), ["Biblioteket", "Simhallen"]);
    // Several fit: one chooses. Almost: one is helped. Nothing else is said.
    let page = town.page("/mitt-omrade?q=östra+gatan").await;
    assert_eq!(
        page.texts(".areachoices li"),
        ["Östra gatan 1", "Östra gatan 1 B"]
    );
    let page = town.page("/mitt-omrade?q=Östa+gatan+1").await;
    assert_eq!(page.texts(".areachoices li")[0], "Östra gatan");
    let page = town.page("/mitt-omrade?at=57.7,11.98").await;
    assert_eq!(page.texts(".districts dd"), ["Öster"]);
    for (query, said) in [
        ("at=11.98,57.7", "bytt plats"),
        ("at=52.5,13.4", "utanför Sverige"),
        ("q=57.7", "inte i registret"),
    ] {
        let page = town.page(&format!("/mitt-omrade?{query}")).await;
        assert!(page.text().contains(said), "{query}: {}", page.text());
    }
    // A faulty register changes nothing.
    let Err(Problem::Invalid(errors)) = town
        .addresses("street,number,lat,lon\nA,1,57.7,11.9\nB,x,57.7,11.9\n")
        .await
    else {
        panic!("it was taken");
    };
    assert_eq!(
        (errors[0].field.as_str(), errors.len()),
        ("a.csv:3 number", 1)
    );
    assert_eq!(town.count("SELECT COUNT(*) FROM map_address").await, 4);
});

story!(programs_read_the_same_features, |town| {
    town.layer(AREAS).await.expect("imports");
    let json = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
    let landing = json(&town.get("/api/ogc").await.1);
    let rels: Vec<&str> = landing["links"]
        .as_array()
        .expect("links")
        .iter()
        .filter_map(|link| link["rel"].as_str())
        .collect();
    for rel in [
        "self",
        "alternate",
        "service-desc",
        "service-doc",
        "conformance",
        "data",
    ] {
        assert!(rels.contains(&rel), "{rel}");
    }
    let all = json(&town.get("/api/ogc/collections").await.1);
    let ids: Vec<&str> = all["collections"]
        .as_array()
        .expect("them")
        .iter()
        .filter_map(|own| own["id"].as_str())
        .collect();
    assert_eq!(ids, ["library", "pool", "delar"]);
    let items = "/api/ogc/collections/delar/items";
    let first = json(&town.get(&format!("{items}?limit=1")).await.1);
    assert_eq!(
        (
            first["numberMatched"].as_i64(),
            first["numberReturned"].as_i64()
        ),
        (Some(2), Some(1))
    );
    let next = first["links"]
        .as_array()
        .expect("links")
        .iter()
        .find(|link| link["rel"] == "next")
        .expect("next");
    let next = next["href"]
        .as_str()
        .expect("text")
        .strip_prefix("http://127.0.0.1")
        .expect("ours")
        .to_owned();
    let second = json(&town.get(&next).await.1);
    assert_ne!(first["features"][0]["id"], second["features"][0]["id"]);
    assert!(
        !second["links"]
            .as_array()
            .expect("links")
            .iter()
            .any(|link| link["rel"] == "next")
    );
    assert_eq!(
        json(
            &town
                .get(&format!("{items}?bbox=11.91,57.66,11.93,57.7"))
                .await
                .1
        )["numberMatched"],
        1
    );
    let one = json(&town.get(&format!("{items}/1")).await.1);
    assert_eq!(one["properties"]["title"], "Väster");
    let (status, headers, _) = town.ask(items, None).await;
    assert_eq!(
        (status, &headers["content-type"]),
        (200, &http::HeaderValue::from_static("application/geo+json"))
    );
    assert_eq!(headers["access-control-allow-origin"], "*");
    let (_, headers, _) = town.ask(items, Some("text/html")).await;
    assert!(
        headers["content-type"]
            .to_str()
            .expect("text")
            .starts_with("text/html")
    );
    for (path, status, code) in [
        (format!("{items}?bbox=1,2,3"), 400, "InvalidParameterValue"),
        (
            format!("{items}?datetime=igår"),
            400,
            "InvalidParameterValue",
        ),
        (format!("{items}?limit=0"), 400, "InvalidParameterValue"),
        (format!("{items}?limit=-1"), 400, "InvalidParameterValue"),
        (
            format!("{items}?frobnicate=1"),
            400,
            "InvalidParameterValue",
        ),
        (format!("{items}?f=xml"), 400, "InvalidParameterValue"),
        (format!("{items}/99"), 404, "NotFound"),
        ("/api/ogc/collections/nej/items".to_owned(), 404, "NotFound"),
    ] {
        let (got, text) = town.get(&path).await;
        assert_eq!(
            (got, json(&text)["code"].as_str()),
            (status, Some(code)),
            "{path}"
        );
    }
    assert_eq!(town.ask("/api/ogc", Some("application/xml")).await.0, 406);
    let api = json(&town.get("/api/ogc/api").await.1);
    assert_eq!(api["openapi"], "3.0.3");
    assert!(api["paths"]["/collections/delar/items"]["get"]["responses"]["200"].is_object());
});

story!(what_is_exported_comes_in_again, |town| {
    town.layer(AREAS).await.expect("imports");
    town.addresses("street,number,lat,lon\nStorgatan,3,57.7,11.92\n")
        .await
        .expect("imports");
    let (layers, addresses) = town.export().await;
    let [(key, text)] = &layers[..] else {
        panic!("{layers:?}")
    };
    let again = torg_map::input_of(key, text.as_bytes(), &town::organisations()).expect("reads");
    let report = town.layer_as(text, again).await.expect("imports");
    assert_eq!((report.unchanged, report.added, report.changed), (2, 0, 0));
    assert_eq!(
        town.addresses(&addresses.expect("there are some"))
            .await
            .expect("imports")
            .unchanged,
        1
    );
    // What the log says last is what the rows say.
    assert_eq!(town.canonical().await.len(), 2);
});

/// The real borders of a region, where they are at hand: `TORG_TEST_REGION` names the file.
#[tokio::test]
async fn a_real_region_comes_in() {
    let Ok(file) = std::env::var("TORG_TEST_REGION") else {
        return;
    };
    let bytes = std::fs::read(&file).expect("reads");
    let read = read_layer("region.geojson", &bytes, input());
    let read = read.expect("a real file is good");
    let test = torg_testkit::sqlite::<town::Migrator>().await;
    let town = Town::new(test.database.clone());
    let report = town.write(read).await.expect("writes");
    assert_eq!((report.added, report.name_from.as_str()), (13, "kom_namn"));
    let atlas = town.atlas(NOW).await;
    let found = atlas.at(Point::new(11.9746, 57.7089), "delar");
    assert_eq!(found.len(), 1);
    let keys = ["delar".to_owned()];
    assert_eq!(
        atlas
            .find(&Ask {
                layers: &keys,
                ..Ask::default()
            })
            .len(),
        13
    );
}
