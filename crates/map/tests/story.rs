//! The map's whole flow, on both databases: a layer and addresses come in, stand on the map and in the
//! list, answer programs, and tell what is near.

mod town;

use serde_json::Value;
use torg_geo::Point;
use torg_kernel::Problem;
use torg_map::{Ask, MapSettings, TileKind, Tiles, read_layer, wanted};
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
    // Other pages lead to a point, and the calendar to a choice of events.
    let page = town.page("/karta?at=57.7,11.95").await;
    assert_eq!(
        page.texts(".mapitems .name"),
        ["Biblioteket", "Väster", "Öster"]
    );
    let page = town
        .page("/karta?layers=library,pool&events=when%3Dweekend")
        .await;
    assert_eq!(page.texts(".mapitems .name"), ["Biblioteket"]);
    assert!(page.has(".selection a[href='/kalendarium?when=weekend']"));
    assert!(page.has("input[name=events][value='when=weekend']"));
    // Nonsense in the address is as if it were not there.
    for path in [
        "/karta?events=%00%FF&at=x",
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
    assert_eq!(page.texts(".areaevents h3"), ["Bron är lagad"]);
    assert_eq!(page.texts(".areaevents .line"), ["16\u{a0}november 2026"]);
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
    // The city of this story has opened its register: there it is, as soon as it has come in.
    town.addresses("street,number,letter,postcode,city,lat,lon\nStorgatan,3,B,41101,Göteborg,57.7,11.92\nStorgatan,5,,,,57.7,11.93\n")
        .await
        .expect("imports");
    let addresses = "/api/ogc/collections/addresses/items";
    let some = json(
        &town
            .get(&format!("{addresses}?bbox=11.91,57.69,11.925,57.71"))
            .await
            .1,
    );
    assert_eq!(some["numberMatched"], 1);
    assert_eq!(
        some["features"][0]["properties"]["title"],
        "Storgatan 3 B, 411 01 Göteborg"
    );
    let id = some["features"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let one = json(&town.get(&format!("{addresses}/{id}")).await.1);
    assert_eq!(one["properties"]["number"], 3);
    // On the map's own page they are found by searching and are no layer.
    assert!(!town.page("/karta").await.has(".chip[href*='addresses']"));
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

/// A PMTiles file of one tile, after its specification (version 3): a heading of 127 bytes, a directory
/// of one entry, nothing known of it, and the tile.
fn tiny_tiles() -> Vec<u8> {
    let tile = b"\x89PNG of one tile";
    // One entry: tile 0, one of it, so many bytes, from the first (its offset plus one).
    let directory = [1, 0, 1, u8::try_from(tile.len()).expect("a short tile"), 1];
    let metadata = b"{}";
    let mut file = b"PMTiles\x03".to_vec();
    let (mut at, heading) = (127_u64, 127);
    for length in [directory.len(), metadata.len(), 0, tile.len()] {
        let length = u64::try_from(length).expect("short");
        file.extend(at.to_le_bytes());
        file.extend(length.to_le_bytes());
        at += length;
    }
    // How many addressed tiles, entries and contents there are; clustered, nothing packed, PNG.
    for count in [1_u64, 1, 1] {
        file.extend(count.to_le_bytes());
    }
    file.extend([1, 1, 1, 2, 0, 0]);
    for degrees in [11.2_f64, 57.3, 12.7, 58.1] {
        let place = (degrees * 1e7) as i32;
        file.extend(place.to_le_bytes());
    }
    file.push(0);
    file.extend(((11.97 * 1e7) as i32).to_le_bytes());
    file.extend(((57.7 * 1e7) as i32).to_le_bytes());
    assert_eq!(file.len(), heading);
    file.extend(directory);
    file.extend(metadata);
    file.extend(tile);
    file
}

#[tokio::test]
async fn tiles_of_our_own_go_out_part_by_part() {
    let test = torg_testkit::sqlite::<town::Migrator>().await;
    let folder = tempfile::tempdir().expect("a folder");
    let whole = tiny_tiles();
    let last = whole.len() - 1;
    for name in ["stad.pmtiles", "annan.pmtiles"] {
        std::fs::write(folder.path().join(name), &whole).expect("writes");
    }
    let settings = MapSettings {
        tiles: Some(Tiles {
            from: "stad.pmtiles".to_owned(),
            kind: TileKind::Raster,
            attribution: "© Staden".to_owned(),
        }),
        folder: folder.path().to_owned(),
        ..MapSettings::default()
    };
    let town = Town::with(test.database.clone(), settings);
    let at = "/karta/tiles/stad.pmtiles";
    let ask = async |range: &str| town.bytes(at, &[("range", range)]).await;

    // As the script reads it: the heading first, then the directory that it names, then the tile.
    let (status, headers, heading) = ask("bytes=0-126").await;
    assert_eq!((status, heading.len()), (206, 127));
    assert_eq!(
        headers["content-range"],
        format!("bytes 0-126/{}", whole.len())
    );
    assert_eq!(headers["accept-ranges"], "bytes");
    let number = |from: usize| {
        let bytes: [u8; 8] = heading[from..from + 8].try_into().expect("eight bytes");
        u64::from_le_bytes(bytes)
    };
    let (from, length) = (number(56), number(64));
    let range = format!("bytes={from}-{}", from + length - 1);
    let (status, _, tile) = ask(&range).await;
    assert_eq!(
        (status, tile.as_slice()),
        (206, &b"\x89PNG of one tile"[..])
    );
    assert_eq!(ask("bytes=-4").await.2, b"tile");
    assert_eq!(ask(&format!("bytes={last}-99999")).await.2, b"e");

    // What is not there is told with how much there is; what cannot be read is as if it were not said.
    let (status, headers, body) = ask("bytes=99999-").await;
    assert_eq!((status, body.len()), (416, 0));
    assert_eq!(headers["content-range"], format!("bytes */{}", whole.len()));
    for wrong in ["bytes=9-1", "bytes=0-1,5-6", "bytes=a-b", "pages=1-2"] {
        let (status, _, body) = ask(wrong).await;
        assert_eq!((status, body.len()), (200, whole.len()), "{wrong}");
    }
    // A file that was changed in between is not mixed with the one before.
    let etag = headers_etag(&town, at).await;
    let with = [("range", "bytes=0-6"), ("if-match", etag.as_str())];
    assert_eq!(town.bytes(at, &with).await.2, b"PMTiles");
    let with = [("range", "bytes=0-6"), ("if-match", "\"an-older-one\"")];
    assert_eq!(town.bytes(at, &with).await.0, 412);
    let with = [("range", "bytes=0-6"), ("if-range", "\"an-older-one\"")];
    assert_eq!(town.bytes(at, &with).await.0, 200);
    // Only the file that the city has chosen, and nothing beside its folder.
    for other in ["annan.pmtiles", "..%2Fstad.pmtiles", ".pmtiles", "stad.txt"] {
        let path = format!("/karta/tiles/{other}");
        assert_eq!(town.bytes(&path, &[]).await.0, 404, "{other}");
    }
    let page = town.page("/karta").await;
    assert!(page.text().contains("© Staden"));
    assert!(page.has("#map[data-tiles='/karta/tiles/stad.pmtiles'][data-file]"));
}

async fn headers_etag(town: &Town, path: &str) -> String {
    let (_, headers, _) = town.bytes(path, &[]).await;
    headers["etag"].to_str().expect("text").to_owned()
}

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
