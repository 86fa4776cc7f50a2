//! Features: many by bounds and time, page by page, and one by its id.

use serde_json::{Map, Value};
use torg_kernel::{Locale, Timestamp};
use torg_ui::NavLink;
use torg_web::{Context, Reply};

use super::answer::{self, GEOJSON, JSON, Link, Row, at, both};
use super::documents::root_crumb;
use super::question::{Form, ItemsQuestion, Refusal, form, items, only};
use crate::atlas::Ask;
use crate::model::Feature;
use crate::web::MapRoom;

/// An instant as RFC 3339 writes it.
pub(super) fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.micros())
        .map_or_else(|_| String::new(), |own| own.to_string())
}

fn properties(context: &Context, own: &Feature, locale: Locale) -> Map<String, Value> {
    let mut all = own.properties.clone();
    all.insert("title".to_owned(), own.title.get(locale).into());
    let line = own.line.get(locale);
    if !line.is_empty() {
        all.insert("line".to_owned(), line.into());
    }
    let href = own.href.get(locale);
    if !href.is_empty() {
        let whole = if href.starts_with('/') {
            format!("{}{href}", context.app.settings.base_url)
        } else {
            href.to_owned()
        };
        all.insert("url".to_owned(), whole.into());
    }
    if let Some((from, until)) = own.during {
        all.insert("start".to_owned(), instant(from).into());
        all.insert("end".to_owned(), instant(until).into());
    }
    all
}

/// The members of a feature object, without its braces.
fn members(context: &Context, own: &Feature) -> Result<String, Refusal> {
    let properties = properties(context, own, context.t().locale());
    Ok(format!(
        "\"type\":\"Feature\",\"id\":{},\"geometry\":{},\"properties\":{}",
        serde_json::to_string(&own.id)?,
        own.shape.to_geojson(),
        serde_json::to_string(&properties)?,
    ))
}

fn page_href(key: &str, question: &ItemsQuestion, context: &Context, offset: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["bbox", "datetime"] {
        if let Some(value) = context.query(name) {
            query.append_pair(name, value);
        }
    }
    query.append_pair("limit", &question.limit.to_string());
    query.append_pair("offset", &offset.to_string());
    at(&format!("/collections/{key}/items?{}", query.finish()))
}

pub(super) async fn list(room: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    let form = form(context)?;
    let question = items(context)?;
    let atlas = room.atlas_of(context).await?;
    let key: String = context.param("collection")?;
    let layer = atlas.layer(&key).ok_or(Refusal::NotFound)?;
    let keys = [key.clone()];
    let all = atlas.find(&Ask {
        layers: &keys,
        bounds: question.bounds,
        during: question.during,
        ..Ask::default()
    });
    let some: Vec<&&Feature> = all
        .iter()
        .skip(question.offset)
        .take(question.limit)
        .collect();
    let next = question.offset.saturating_add(question.limit);
    let next = (next < all.len()).then(|| page_href(&key, &question, context, next));
    let before = question.offset.saturating_sub(question.limit);
    let before = (question.offset > 0).then(|| page_href(&key, &question, context, before));
    if form == Form::Html {
        let t = context.t();
        let rows = some.iter().map(|own| Row {
            label: own.title.get(t.locale()).to_owned(),
            href: at(&format!("/collections/{key}/items/{}?f=html", own.id)),
            text: own.line.get(t.locale()).to_owned(),
        });
        let mut links = vec![NavLink::new(
            "GeoJSON",
            at(&format!("/collections/{key}/items?f=json")),
        )];
        links.extend(before.map(|own| NavLink::new(t.get("ogc-before"), format!("{own}&f=html"))));
        links.extend(next.map(|own| NavLink::new(t.get("ogc-next"), format!("{own}&f=html"))));
        let crumbs = vec![
            root_crumb(context),
            NavLink::new(t.get("ogc-collections"), at("/collections?f=html")),
        ];
        let count = t.one(
            "ogc-count",
            "count",
            i64::try_from(all.len()).unwrap_or(i64::MAX),
        );
        let name = layer.name.get(t.locale());
        return answer::html(context, name, &count, rows.collect(), links, crumbs).await;
    }
    let mut links = both(
        context,
        form,
        &page_href(&key, &question, context, question.offset),
        GEOJSON,
    );
    links.push(Link::new(
        context,
        "collection",
        JSON,
        &at(&format!("/collections/{key}")),
    ));
    links.extend(before.map(|own| Link::new(context, "prev", GEOJSON, &format!("{own}&f=json"))));
    links.extend(next.map(|own| Link::new(context, "next", GEOJSON, &format!("{own}&f=json"))));
    let mut body = format!(
        "{{\"type\":\"FeatureCollection\",\"timeStamp\":{},\"numberMatched\":{},\"numberReturned\":{},\"links\":{},\"features\":[",
        serde_json::to_string(&instant(context.now))?,
        all.len(),
        some.len(),
        serde_json::to_string(&links)?,
    );
    for (at, own) in some.iter().enumerate() {
        if at > 0 {
            body.push(',');
        }
        body.push('{');
        body.push_str(&members(context, own)?);
        body.push('}');
    }
    body.push_str("]}");
    Ok(Reply::new(200, GEOJSON, body))
}

pub(super) async fn one(room: &MapRoom, context: &Context) -> Result<Reply, Refusal> {
    only(context, &[])?;
    let form = form(context)?;
    let atlas = room.atlas_of(context).await?;
    let (key, id): (String, String) = (context.param("collection")?, context.param("feature")?);
    let layer = atlas.layer(&key).ok_or(Refusal::NotFound)?;
    let own = atlas.feature(&key, &id).ok_or(Refusal::NotFound)?;
    let path = at(&format!("/collections/{key}/items/{id}"));
    if form == Form::Html {
        let t = context.t();
        let rows = properties(context, own, t.locale())
            .into_iter()
            .map(|(label, value)| {
                let text = match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                let is_link = label == "url";
                Row {
                    href: if is_link { text.clone() } else { String::new() },
                    label,
                    text,
                }
            });
        let rows = rows.collect();
        let links = vec![NavLink::new("GeoJSON", format!("{path}?f=json"))];
        let crumbs = vec![
            root_crumb(context),
            NavLink::new(
                layer.name.get(t.locale()),
                at(&format!("/collections/{key}/items?f=html")),
            ),
        ];
        return answer::html(
            context,
            own.title.get(t.locale()),
            own.line.get(t.locale()),
            rows,
            links,
            crumbs,
        )
        .await;
    }
    let mut links = both(context, form, &path, GEOJSON);
    links.push(Link::new(
        context,
        "collection",
        JSON,
        &at(&format!("/collections/{key}")),
    ));
    let body = format!(
        "{{{},\"links\":{}}}",
        members(context, own)?,
        serde_json::to_string(&links)?
    );
    Ok(Reply::new(200, GEOJSON, body))
}
