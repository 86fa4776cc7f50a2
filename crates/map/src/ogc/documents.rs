//! The landing page, what we conform to, and the collections.

use serde_json::{Value, json};
use torg_geo::Bounds;
use torg_ui::NavLink;
use torg_web::{Context, Reply};

use super::answer::{self, GEOJSON, HTML, JSON, Link, OPENAPI, Row, at, both};
use super::question::{Form, Refusal, form, only};
use crate::atlas::{Ask, Atlas};
use crate::model::LayerInfo;
use crate::web::MapRoom;

/// The system of all coordinates.
const CRS: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// The requirements classes that are met.
const CLASSES: [&str; 4] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
];

pub(super) fn root_crumb(context: &Context) -> NavLink {
    NavLink::new(context.t().get("ogc-title"), at("?f=html"))
}

pub(super) async fn landing(_: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    let form = form(context)?;
    let t = context.t();
    let parts = [
        ("service-desc", OPENAPI, "/api", "ogc-api"),
        ("service-doc", HTML, "/api?f=html", "ogc-api"),
        ("conformance", JSON, "/conformance", "ogc-conformance"),
        ("data", JSON, "/collections", "ogc-collections"),
    ];
    if form == Form::Html {
        let row = |path: &str, key: &str, about: &str| Row {
            label: t.get(key).into_owned(),
            href: at(path),
            text: t.get(about).into_owned(),
        };
        let rows = vec![
            row(
                "/collections?f=html",
                "ogc-collections",
                "ogc-collections-about",
            ),
            row("/api?f=html", "ogc-api", "ogc-api-about"),
            row(
                "/conformance?f=html",
                "ogc-conformance",
                "ogc-conformance-about",
            ),
        ];
        let links = vec![NavLink::new("JSON", at("?f=json"))];
        return answer::html(
            context,
            &t.get("ogc-title"),
            &t.get("ogc-about"),
            rows,
            links,
            Vec::new(),
        )
        .await;
    }
    let mut links = both(context, form, super::ROOT, JSON);
    links.extend(
        parts.into_iter().map(|(rel, kind, path, key)| {
            Link::new(context, rel, kind, &at(path)).titled(t.get(key))
        }),
    );
    let title = format!("{} – {}", t.get("ogc-title"), context.app.settings.city);
    let said = json!({ "title": title, "description": t.get("ogc-about"), "links": links });
    answer::json(JSON, &said)
}

pub(super) async fn conformance(_: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    if form(context)? == Form::Html {
        let t = context.t();
        let rows = CLASSES.iter().map(|class| Row {
            label: class.rsplit('/').next().unwrap_or_default().to_owned(),
            href: String::new(),
            text: (*class).to_owned(),
        });
        let links = vec![NavLink::new("JSON", at("/conformance?f=json"))];
        let crumbs = vec![root_crumb(context)];
        return answer::html(
            context,
            &t.get("ogc-conformance"),
            &t.get("ogc-conformance-about"),
            rows.collect(),
            links,
            crumbs,
        )
        .await;
    }
    answer::json(JSON, &json!({ "conformsTo": CLASSES }))
}

/// The rectangle round all features of a layer, and the time from the first to the last.
fn extent(atlas: &Atlas, key: &str) -> Value {
    let keys = [key.to_owned()];
    let all = atlas.find(&Ask {
        layers: &keys,
        ..Ask::default()
    });
    let edges = all
        .iter()
        .map(|own| own.shape.bounds())
        .reduce(|all, one| all.with(&one));
    let mut extent = serde_json::Map::new();
    if let Some(Bounds {
        west,
        south,
        east,
        north,
    }) = edges
    {
        extent.insert(
            "spatial".to_owned(),
            json!({ "bbox": [[west, south, east, north]], "crs": CRS }),
        );
    }
    let times = || all.iter().filter_map(|own| own.during);
    if let (Some(from), Some(until)) = (
        times().map(|own| own.0).min(),
        times().map(|own| own.1).max(),
    ) {
        let trs = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";
        let interval = [[super::items::instant(from), super::items::instant(until)]];
        extent.insert(
            "temporal".to_owned(),
            json!({ "interval": interval, "trs": trs }),
        );
    }
    Value::Object(extent)
}

fn document(context: &Context, atlas: &Atlas, layer: &LayerInfo, form: Form) -> Value {
    let locale = context.t().locale();
    let path = at(&format!("/collections/{}", layer.key));
    let mut links = both(context, form, &path, JSON);
    let title = layer.name.get(locale);
    links.push(Link::new(context, "items", GEOJSON, &format!("{path}/items?f=json")).titled(title));
    links.push(Link::new(context, "items", HTML, &format!("{path}/items?f=html")).titled(title));
    let mut said = json!({
        "id": layer.key, "title": title, "itemType": "feature", "crs": [CRS], "links": links,
    });
    let about = layer.about.get(locale);
    if !about.is_empty() {
        said["description"] = about.into();
    }
    if !layer.attribution.is_empty() {
        said["attribution"] = layer.attribution.clone().into();
    }
    let extent = extent(atlas, &layer.key);
    if extent.as_object().is_some_and(|own| !own.is_empty()) {
        said["extent"] = extent;
    }
    said
}

pub(super) async fn collections(room: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    let form = form(context)?;
    let atlas = room.atlas_of(context).await?;
    let t = context.t();
    if form == Form::Html {
        let rows = atlas.layers().into_iter().map(|own| Row {
            label: own.name.get(t.locale()).to_owned(),
            href: at(&format!("/collections/{}?f=html", own.key)),
            text: own.about.get(t.locale()).to_owned(),
        });
        let links = vec![NavLink::new("JSON", at("/collections?f=json"))];
        let rows = rows.collect();
        let crumbs = vec![root_crumb(context)];
        return answer::html(
            context,
            &t.get("ogc-collections"),
            &t.get("ogc-collections-about"),
            rows,
            links,
            crumbs,
        )
        .await;
    }
    let all: Vec<Value> = atlas
        .layers()
        .into_iter()
        .map(|own| document(context, &atlas, own, form))
        .collect();
    let links = both(context, form, &at("/collections"), JSON);
    answer::json(JSON, &json!({ "links": links, "collections": all }))
}

pub(super) async fn collection(room: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    let form = form(context)?;
    let atlas = room.atlas_of(context).await?;
    let key: String = context.param("collection")?;
    let layer = atlas.layer(&key).ok_or(Refusal::NotFound)?;
    if form == Form::Html {
        let t = context.t();
        let path = at(&format!("/collections/{key}"));
        let rows = vec![Row {
            label: t.get("ogc-items").into_owned(),
            href: format!("{path}/items?f=html"),
            text: layer.attribution.clone(),
        }];
        let links = vec![NavLink::new("JSON", format!("{path}?f=json"))];
        let crumbs = vec![
            root_crumb(context),
            NavLink::new(t.get("ogc-collections"), at("/collections?f=html")),
        ];
        let (name, about) = (layer.name.get(t.locale()), layer.about.get(t.locale()));
        return answer::html(context, name, about, rows, links, crumbs).await;
    }
    answer::json(JSON, &document(context, &atlas, layer, form))
}
