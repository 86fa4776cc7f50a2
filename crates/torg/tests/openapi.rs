//! `/api/openapi.json` tells of every address that programs may ask, and of no other.

mod city;

use std::collections::{BTreeMap, BTreeSet};

use city::City;
use serde_json::Value;
use torg::assemble;
use torg::migrator::Migrator;
use torg_testkit::{TestDatabase, both};

/// The public addresses of the API by the committed table of routes: method and path.
fn public_routes() -> BTreeSet<(String, String)> {
    let table = include_str!("access.csv");
    let rows = table.lines().skip(1).map(|line| line.split(',').take(3));
    rows.filter_map(|row| {
        let [method, path, needs] = row.collect::<Vec<_>>()[..] else {
            return None;
        };
        let own = path.starts_with("/api/") && needs == "public";
        own.then(|| (method.to_lowercase(), path.to_owned()))
    })
    .collect()
}

fn operations(told: &Value) -> BTreeMap<(String, String), &Value> {
    let paths = told["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods
                .iter()
                .map(|(method, own)| ((method.clone(), path.clone()), own))
        })
        .collect()
}

fn names<'a>(operation: &'a Value, place: &str) -> BTreeSet<&'a str> {
    let all = operation["parameters"].as_array().expect("a list");
    all.iter()
        .filter(|own| own["in"] == place)
        .map(|own| own["name"].as_str().expect("a name"))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_public_address_of_the_api_is_described() {
    both!(Migrator, |test: TestDatabase| async move {
        let city = City::demo(test).await;
        let answer = city.get("/api/openapi.json").await;
        assert_eq!(answer.status, 200);
        let told: Value = serde_json::from_str(&answer.body).expect("JSON");
        let described = operations(&told);
        let routes = public_routes();
        assert!(routes.len() > 20, "the table has them");
        let own: BTreeSet<_> = described.keys().cloned().collect();
        let missing: Vec<_> = routes.difference(&own).collect();
        assert!(missing.is_empty(), "not described: {missing:?}");
        let invented: Vec<_> = own.difference(&routes).collect();
        assert!(
            invented.is_empty(),
            "described, but not there: {invented:?}"
        );

        let ids = described
            .values()
            .filter_map(|own| own["operationId"].as_str());
        let ids: BTreeSet<&str> = ids.collect();
        assert_eq!(ids.len(), described.len(), "each has a name of its own");

        // Parameters are those that the routes declare, and those of the path.
        for route in assemble::routes(&city.node).declared() {
            let key = (route.method.as_str().to_lowercase(), route.path.clone());
            let Some(own) = described.get(&key) else {
                continue;
            };
            if let Some(query) = route.query {
                let query: BTreeSet<&str> = query.iter().copied().collect();
                assert_eq!(names(own, "query"), query, "{}", route.path);
            }
            let parts = route.path.split('/');
            let of_path: BTreeSet<&str> = parts
                .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
                .collect();
            assert_eq!(names(own, "path"), of_path, "{}", route.path);
        }

        // What is asked without anything answers as it is described.
        for ((method, path), own) in &described {
            if method != "get" || path.contains('{') {
                continue;
            }
            let answer = city.get(path).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            let good = own["responses"]["200"]["content"].as_object();
            let (kind, content) = good.and_then(|it| it.iter().next()).expect("a type");
            let bare = |kind: &str| kind.split(';').next().unwrap_or_default().to_owned();
            assert_eq!(bare(answer.header("content-type")), bare(kind), "{path}");
            let Some(required) = content["schema"]["required"].as_array() else {
                continue;
            };
            let body: Value = serde_json::from_str(&answer.body).expect("JSON");
            for field in required {
                let field = field.as_str().expect("a name");
                assert!(!body[field].is_null(), "{path} has no {field}");
            }
        }

        // What cannot be read is refused where that is said.
        let refusing = [
            ("/api/v1/units?kind=castle", 422),
            ("/api/v1/units.geojson?bbox=1,2", 422),
            ("/api/v1/services?limit=0", 422),
            ("/api/hsds/v3/services?page=x", 422),
            ("/api/v1/events?keyword=nonsense", 422),
            ("/api/v1/units/none", 404),
            ("/api/v1/services/none", 404),
            ("/api/hsds/v3/organizations/none", 404),
        ];
        for (path, status) in refusing {
            let answer = city.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(
                answer.header("content-type"),
                "application/problem+json",
                "{path}"
            );
        }
    });
}
