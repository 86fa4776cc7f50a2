use super::*;

fn feature(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#)
}

fn polygon(rings: &str) -> String {
    feature(&format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#))
}

fn file(features: &[String]) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}",
        features.join(",\n")
    )
}

fn faults(features: &[String]) -> Vec<(usize, usize, String, Fault)> {
    read_geojson(file(features).as_bytes(), Limits::default())
        .expect("reads")
        .faults
        .into_iter()
        .map(|own| (own.number, own.line, own.place, own.fault))
        .collect()
}

fn fault(one: String) -> (String, Fault) {
    let mut all = faults(&[one]);
    assert_eq!(all.len(), 1, "{all:?}");
    let (_, _, place, fault) = all.remove(0);
    (place, fault)
}

const SQUARE: &str = "[[11,57],[12,57],[12,58],[11,58],[11,57]]";

#[test]
fn good_features_are_read_with_their_words() {
    let text = r#"{"type":"FeatureCollection","name":"x","features":[
        {"type":"Feature","id":7,"properties":{"name":"Örgryte"},
         "geometry":{"type":"Point","coordinates":[11.99,57.7,12.5]}},
        {"type":"Feature","id":"b","properties":null,
         "geometry":{"type":"MultiPolygon","coordinates":[[[[11,57],[11,58],[12,58],[12,57],[11,57]]]]}}
    ]}"#;
    let reading = read_geojson(text.as_bytes(), Limits::default()).expect("reads");
    assert_eq!(reading.faults, []);
    let [first, second] = &reading.features[..] else {
        panic!("{reading:?}");
    };
    assert_eq!(
        (first.id.as_deref(), first.line, second.line),
        (Some("7"), 2, 4)
    );
    assert_eq!(first.properties["name"], "Örgryte");
    assert_eq!(first.shape.as_point(), Some(Point::new(11.99, 57.7)));
    // Written with the outer ring against the clock, as RFC 7946 wants.
    assert_eq!(
        second.shape.to_geojson(),
        r#"{"type":"MultiPolygon","coordinates":[[[[11.0,57.0],[12.0,57.0],[12.0,58.0],[11.0,58.0],[11.0,57.0]]]]}"#
    );
    assert!(second.shape.holds(second.shape.centre()));
}

#[test]
fn each_fault_is_told_with_feature_line_and_place() {
    let all = faults(&[
        polygon(SQUARE),
        polygon("[[57,11],[57,12],[58,12],[57,11]]"),
        feature("null"),
        polygon("[[11,57],[12,58],[12,57],[11,58],[11,57]]"),
    ]);
    let told: Vec<(usize, usize, &str)> = all
        .iter()
        .map(|(number, line, place, _)| (*number, *line, place.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (2, 3, "geometry.coordinates[0][0]"),
            (3, 4, "geometry"),
            (4, 5, "geometry.coordinates[0]"),
        ]
    );
    assert_eq!(all[0].3, Fault::Swapped);
    assert_eq!(all[1].3, Fault::NoGeometry);
    assert_eq!(all[2].3, Fault::SelfCrossing);
}

#[test]
fn rings_are_closed_whole_and_apart() {
    let place = "geometry.coordinates[0]".to_owned();
    assert_eq!(
        fault(polygon("[[11,57],[12,57],[12,58],[11,58]]")),
        (place.clone(), Fault::Unclosed)
    );
    assert_eq!(
        fault(polygon("[[11,57],[12,57],[11,57]]")),
        (place, Fault::TooFewPoints)
    );
    let hole = "[[14,57],[15,57],[15,58],[14,57]]";
    assert_eq!(
        fault(polygon(&format!("{SQUARE},{hole}"))).1,
        Fault::HoleOutside
    );
    assert_eq!(fault(polygon("")).1, Fault::TooFewPoints);
    let overlap = format!(
        r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE}],[[[11.5,57.5],[12.5,57.5],[12.5,58.5],[11.5,57.5]]]]}}"#
    );
    assert_eq!(fault(feature(&overlap)).1, Fault::PartsOverlap);
}

#[test]
fn places_that_are_not_ours_are_told_apart() {
    let point = |text: &str| {
        fault(feature(&format!(
            r#"{{"type":"Point","coordinates":{text}}}"#
        )))
        .1
    };
    assert_eq!(point("[57.7,11.97]"), Fault::Swapped);
    assert_eq!(point("[319440,6399348]"), Fault::NotDegrees);
    assert_eq!(point("[13.4,52.5]"), Fault::Outside(Point::new(13.4, 52.5)));
    assert_eq!(point("[11.97]"), Fault::TooFewNumbers);
    assert!(matches!(point("[\"a\",1]"), Fault::Unreadable(_)));
    assert!(matches!(
        fault(feature(r#"{"type":"Circle","coordinates":[1,2]}"#)).1,
        Fault::Unreadable(_)
    ));
    assert!(matches!(
        fault(r#"{"type":"Punkt"}"#.to_owned()).1,
        Fault::Unreadable(_)
    ));
    assert_eq!(
        fault(feature(r#"{"type":"GeometryCollection","geometries":[]}"#)).1,
        Fault::Nested
    );
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let read = |text: &str| read_geojson(text.as_bytes(), Limits::default()).expect_err("refuses");
    assert!(matches!(
        read("{\"type\":\n  \"FeatureCollection\",\n oj}"),
        FileFault::NotJson { line: 3, .. }
    ));
    assert_eq!(read("[1,2]"), FileFault::NotGeoJson);
    assert_eq!(
        read(r#"{"type":"Topology","objects":{}}"#),
        FileFault::NotGeoJson
    );
    assert_eq!(
        read(r#"{"type":"FeatureCollection","features":[]}"#),
        FileFault::Empty
    );
    let system = |name: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}},"features":[{}]}}"#,
            polygon(SQUARE)
        )
    };
    assert_eq!(
        read(&system("urn:ogc:def:crs:EPSG::3006")),
        FileFault::ForeignSystem("urn:ogc:def:crs:EPSG::3006".to_owned())
    );
    for ours in [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG::4326",
    ] {
        let reading = read_geojson(system(ours).as_bytes(), Limits::default()).expect("reads");
        assert_eq!(reading.features.len(), 1);
    }
}

#[test]
fn more_than_the_limits_is_refused() {
    let few = Limits {
        bytes: 1000,
        features: 2,
        points_each: 4,
        points: 6,
    };
    let point = feature(r#"{"type":"Point","coordinates":[12,57]}"#);
    let read = |features: &[String]| read_geojson(file(features).as_bytes(), few);
    assert_eq!(
        read(&[point.clone(), point.clone(), point]),
        Err(FileFault::TooManyFeatures(2))
    );
    let reading = read(&[polygon(SQUARE)]).expect("reads");
    assert_eq!(reading.faults[0].fault, Fault::TooManyPoints(4));
    let line = feature(r#"{"type":"LineString","coordinates":[[11,57],[11,58],[12,58],[12,57]]}"#);
    assert_eq!(
        read(&[line.clone(), line]),
        Err(FileFault::TooManyPoints(6))
    );
    assert_eq!(
        read_geojson(&[b' '; 1001], few),
        Err(FileFault::TooLarge(1000))
    );
}
