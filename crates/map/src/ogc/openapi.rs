//! The description of the API (OpenAPI 3.0), made from the collections that there are.

use serde_json::{Map, Value, json};
use torg_ui::NavLink;
use torg_web::{Context, Reply};

use super::answer::{self, GEOJSON, HTML, JSON, OPENAPI, Row, at};
use super::documents::root_crumb;
use super::question::{Form, MOST, Refusal, USUAL, form, only};
use crate::web::MapRoom;

fn responses(kind: &str, ok: &str, fault: &str) -> Value {
    let schema = json!({ "type": "object" });
    let said = |status: &str| json!({ "description": status, "content": { JSON: { "schema": { "$ref": "#/components/schemas/exception" } } } });
    json!({
        "200": { "description": ok, "content": { kind: { "schema": schema }, HTML: { "schema": { "type": "string" } } } },
        "400": said(fault),
        "default": said(fault),
    })
}

fn operation(id: &str, summary: &str, kind: &str, parameters: &[&str], fault: &str) -> Value {
    let mut parameters: Vec<Value> = parameters
        .iter()
        .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }))
        .collect();
    parameters.push(json!({ "$ref": "#/components/parameters/f" }));
    json!({ "get": {
        "operationId": id, "summary": summary, "parameters": parameters,
        "responses": responses(kind, summary, fault),
    }})
}

pub(super) async fn describe(room: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    let form = form(context)?;
    let atlas = room.atlas_of(context).await?;
    let t = context.t();
    let say = |key: &str| t.get(key).into_owned();
    let fault = say("ogc-error-any");
    let mut paths = Map::new();
    let mut path = |at: &str, operation: Value| paths.insert(at.to_owned(), operation);
    path(
        "/",
        operation("landing", &say("ogc-title"), JSON, &[], &fault),
    );
    path(
        "/conformance",
        operation("conformance", &say("ogc-conformance"), JSON, &[], &fault),
    );
    path(
        "/collections",
        operation("collections", &say("ogc-collections"), JSON, &[], &fault),
    );
    for own in atlas.layers() {
        let (key, name) = (&own.key, own.name.get(t.locale()));
        let base = format!("/collections/{key}");
        path(
            &base,
            operation(&format!("collection.{key}"), name, JSON, &[], &fault),
        );
        let many = ["bbox", "datetime", "limit", "offset"];
        path(
            &format!("{base}/items"),
            operation(&format!("items.{key}"), name, GEOJSON, &many, &fault),
        );
        path(
            &format!("{base}/items/{{featureId}}"),
            operation(
                &format!("item.{key}"),
                name,
                GEOJSON,
                &["featureId"],
                &fault,
            ),
        );
    }
    if form == Form::Html {
        let rows = paths.iter().map(|(path, operation)| Row {
            label: format!("GET {}", at(path)),
            href: String::new(),
            text: operation
                .pointer("/get/summary")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        });
        let links = vec![NavLink::new("OpenAPI 3.0", at("/api?f=json"))];
        return answer::html(
            context,
            &say("ogc-api"),
            &say("ogc-api-about"),
            rows.collect(),
            links,
            vec![root_crumb(context)],
        )
        .await;
    }
    let query = |name: &str, about: &str, schema: Value| {
        json!({
            "name": name, "in": "query", "required": false, "description": about, "schema": schema,
        })
    };
    let mut bbox = query(
        "bbox",
        &say("ogc-bbox"),
        json!({
            "type": "array", "minItems": 4, "maxItems": 6, "items": { "type": "number" },
        }),
    );
    bbox["style"] = "form".into();
    bbox["explode"] = false.into();
    let mut limit = query(
        "limit",
        &say("ogc-limit"),
        json!({
            "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL,
        }),
    );
    let mut datetime = query(
        "datetime",
        &say("ogc-datetime"),
        json!({ "type": "string" }),
    );
    for own in [&mut limit, &mut datetime] {
        own["style"] = "form".into();
        own["explode"] = false.into();
    }
    let said = json!({
        "openapi": "3.0.3",
        "info": { "title": say("ogc-title"), "description": say("ogc-about"), "version": "1.0.0" },
        "servers": [{ "url": format!("{}{}", context.app.settings.base_url, super::ROOT) }],
        "paths": paths,
        "components": {
            "parameters": {
                "bbox": bbox, "limit": limit, "datetime": datetime,
                "offset": query("offset", &say("ogc-offset"), json!({ "type": "integer", "minimum": 0, "default": 0 })),
                "f": query("f", &say("ogc-f"), json!({ "type": "string", "enum": ["json", "html"] })),
                "featureId": { "name": "featureId", "in": "path", "required": true, "schema": { "type": "string" } },
            },
            "schemas": { "exception": {
                "type": "object", "required": ["code"],
                "properties": { "code": { "type": "string" }, "description": { "type": "string" } },
            }},
        },
    });
    answer::json(OPENAPI, &said)
}
