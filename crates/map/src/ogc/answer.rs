//! Links and headers that all answers share.

use askama::Template;
use http::HeaderName;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, VARY};
use serde::Serialize;
use torg_ui::{NavLink, Shell};
use torg_web::{Context, Reply};

use super::ROOT;
use super::question::{Form, Refusal};

pub(super) const JSON: &str = "application/json";
pub(super) const GEOJSON: &str = "application/geo+json";
pub(super) const HTML: &str = "text/html";
pub(super) const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// A link of the standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Link {
    pub href: String,
    pub rel: &'static str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
}

impl Link {
    pub(super) fn new(
        context: &Context,
        rel: &'static str,
        kind: &'static str,
        path: &str,
    ) -> Self {
        Self {
            href: format!("{}{path}", context.app.settings.base_url),
            rel,
            kind,
            title: String::new(),
        }
    }

    pub(super) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }
}

/// Where a resource is: its path below the root.
pub(super) fn at(path: &str) -> String {
    format!("{ROOT}{path}")
}

/// The links of a resource to itself and to its other form.
pub(super) fn both(context: &Context, form: Form, path: &str, json: &'static str) -> Vec<Link> {
    let separator = if path.contains('?') { '&' } else { '?' };
    let link = |own: Form, rel| match own {
        Form::Json => Link::new(context, rel, json, &format!("{path}{separator}f=json")),
        Form::Html => Link::new(context, rel, HTML, &format!("{path}{separator}f=html")),
    };
    match form {
        Form::Json => vec![link(Form::Json, "self"), link(Form::Html, "alternate")],
        Form::Html => vec![link(Form::Html, "self"), link(Form::Json, "alternate")],
    }
}

/// Any site may read what is open data, and may see how the answer was reached.
pub(super) fn open(reply: Reply) -> Reply {
    reply
        .with(ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .with(ACCESS_CONTROL_EXPOSE_HEADERS, "content-crs, link")
        .with(VARY, "accept, accept-language")
        .with(
            HeaderName::from_static("content-crs"),
            "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>",
        )
        .kept("no-cache")
}

pub(super) fn json(kind: &'static str, value: &impl Serialize) -> Result<Reply, Refusal> {
    Ok(Reply::new(200, kind, serde_json::to_vec(value)?))
}

/// A row of a page that people read: what, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub label: String,
    pub href: String,
    pub text: String,
}

/// A resource for people.
#[derive(Template)]
#[template(path = "ogc.html", whitespace = "minimize")]
struct OgcPage {
    shell: Shell,
    text: String,
    rows: Vec<Row>,
    links: Vec<NavLink>,
}

/// The page of a resource, in the city's frame.
pub(super) async fn html(
    context: &Context,
    title: &str,
    text: &str,
    rows: Vec<Row>,
    links: Vec<NavLink>,
    crumbs: Vec<NavLink>,
) -> Result<Reply, Refusal> {
    let reading = context.app.reading();
    let chrome = context.app.chrome(&reading, context.t().locale()).await;
    reading.end().await?;
    let (chrome, _, _) = chrome?;
    let mut shell = Shell::new(chrome, title, context.path.clone());
    shell.noindex = true;
    shell.crumbs = crumbs;
    let page = OgcPage {
        shell,
        text: text.to_owned(),
        rows,
        links,
    };
    Ok(Reply::html(page.render()?))
}
