//! `/api/openapi.json`: all that programs may ask of the city, described as OpenAPI 3.1 has it. The
//! descriptions stand beside each other in `paths` and a test holds them against the routes that
//! there are, parameter by parameter; what the answers hold is told in outline, and whole in the guide
//! for integrators.

mod paths;

use serde_json::{Map, Value, json};
use torg_web::{Outcome, Page, PageRequest, Routes};

use paths::{Answer, Kind, OPERATIONS, Operation};

/// The route.
pub fn routes() -> Routes {
    Routes::new().page("/api/openapi.json", &[], |request| {
        Box::pin(async move { Ok(describe(request)) })
    })
}

/// How a value is written.
fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Yes => json!({"type": "boolean", "default": false}),
        Kind::Id => json!({"type": "string", "format": "uuid"}),
        Kind::Language => json!({"type": "string", "default": "sv"}),
        Kind::List => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Numbers(least) => {
            json!({"type": "array", "items": {"type": "number"}, "minItems": least, "maxItems": least})
        }
        Kind::Number(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Usual(usual, least, most) => {
            json!({"type": "integer", "default": usual, "minimum": least, "maximum": most})
        }
        Kind::One(values) => json!({"type": "string", "enum": values}),
    }
}

fn parameter(place: &str, (name, about, kind): &(&str, &str, Kind)) -> Value {
    let mut own = json!({
        "name": name,
        "in": place,
        "description": about,
        "required": place == "path",
        "schema": schema(*kind),
    });
    if matches!(kind, Kind::List | Kind::Numbers(_)) {
        // `a,b,c` and not one parameter for each.
        own["explode"] = false.into();
        own["style"] = "form".into();
    }
    own
}

/// The parameters of a path, as `{id}`.
fn of_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?;
        name.strip_suffix('}')
    })
}

fn answer(operation: &Operation) -> Value {
    let good = match operation.answer {
        Answer::Nothing => return json!({"description": operation.told}),
        Answer::Json(fields) => {
            let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
            let fields: Map<String, Value> = fields
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), json!({"type": kind})))
                .collect();
            let own = json!({"type": "object", "required": names, "properties": fields});
            json!({"application/json": {"schema": own}})
        }
        Answer::Features => json!({"application/geo+json": {"schema": {
            "type": "object",
            "description": "A FeatureCollection (RFC 7946)",
            "required": ["type", "features"],
            "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
        }}}),
        Answer::As(kind) => json!({kind: {}}),
    };
    json!({"description": operation.told, "content": good})
}

fn responses(operation: &Operation) -> Value {
    let problem = |about: &str| {
        json!({"description": about, "content": {"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/problem"},
        }}})
    };
    let status = match operation.answer {
        Answer::Nothing => "204",
        _ => "200",
    };
    let mut all = Map::new();
    all.insert(status.to_owned(), answer(operation));
    if operation.path.contains('{') {
        all.insert("404".to_owned(), problem("There is no such thing"));
    }
    if operation.refuses {
        all.insert(
            "422".to_owned(),
            problem("A parameter that cannot be used; each is named"),
        );
    }
    if operation.limited {
        let about = "Too many questions from one source; Retry-After says when to ask again";
        all.insert("429".to_owned(), problem(about));
    }
    Value::Object(all)
}

fn operation(own: &Operation, base: &str) -> Value {
    let path = of_path(own.path).map(|name| {
        let about = own.of_path;
        parameter("path", &(name, about, Kind::Text))
    });
    let query = own.query.iter().map(|each| parameter("query", each));
    let parameters: Vec<Value> = path.chain(query).collect();
    let mut told = json!({
        "summary": own.summary,
        "operationId": own.id,
        "tags": [own.tag],
        "parameters": parameters,
        "responses": responses(own),
    });
    if !own.form.is_empty() {
        let fields = own.form.iter();
        let names: Vec<&str> = own.form.iter().map(|(name, ..)| *name).collect();
        let fields: Map<String, Value> = fields
            .map(|(name, about, kind)| {
                let mut value = schema(*kind);
                value["description"] = (*about).into();
                ((*name).to_owned(), value)
            })
            .collect();
        let schema = json!({"type": "object", "required": names, "properties": fields});
        told["requestBody"] = json!({"required": true, "content": {
            "application/x-www-form-urlencoded": {"schema": schema},
        }});
    }
    if let Some((about, to)) = own.more {
        let url = match to.starts_with('/') {
            true => format!("{base}{to}"),
            false => to.to_owned(),
        };
        told["externalDocs"] = json!({"description": about, "url": url});
    }
    told
}

fn describe(request: &PageRequest) -> Outcome {
    let settings = &request.app.settings;
    let mut paths = Map::new();
    for own in OPERATIONS {
        let path = paths
            .entry(own.path.to_owned())
            .or_insert_with(|| json!({}));
        path[own.method] = operation(own, &settings.base_url);
    }
    let body = json!({
        "openapi": "3.1.0",
        "info": {
            "title": settings.city,
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": settings.base_url}],
        "paths": paths,
        "components": {"schemas": {"problem": {
            "type": "object",
            "description": "What is wrong (RFC 9457)",
            "required": ["type", "title", "status"],
            "properties": {
                "type": {"type": "string", "format": "uri-reference"},
                "title": {"type": "string"},
                "status": {"type": "integer"},
                "detail": {"type": "string"},
            },
        }}},
    });
    Outcome::Page(Page {
        content_type: "application/json",
        ..Page::html(body.to_string(), vec![])
    })
}
