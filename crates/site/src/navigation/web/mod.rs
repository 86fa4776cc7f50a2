//! The staff's pages of navigation.

mod arrange;
mod form;
mod menus;
mod tree;

use std::sync::Arc;

use torg_kernel::{Access, PageId, Permission, Problem, Result};
use torg_ui::{Chrome, NavLink, Standing, T, date_time};
use torg_web::{Caller, Context, OrganisationList, Outcome, PageRequest, Reading, Reply, Routes};

use super::store::Version;
use super::views::{Tab, VersionRow};
use crate::history::names;
use crate::model::Content;
use crate::read;
use crate::web::Site;

/// The tree, and where its forms go.
const TREE: &str = "/admin/navigation";
const ORDER: &str = "/admin/navigation/order";
const PAGE: &str = "/admin/navigation/page";
/// The menus.
const MENUS_PAGE: &str = "/admin/navigation/menus";
const MENUS_PREVIEW: &str = "/admin/navigation/menus/preview";

/// Leads to the parts of the Swedish start page.
const START: &str = "/admin/navigation/start";

/// Where the order of the pages below one is set.
fn order_href(page: PageId) -> String {
    format!("{TREE}?at={page}")
}

/// Where a text's parts are put together.
fn layout_href(content: torg_kernel::ContentId) -> String {
    format!("{TREE}/layout/{content}")
}

pub(crate) fn routes(site: &Arc<Site>) -> Routes {
    let needs = Access::Needs(Permission::NavigationEdit);
    let [
        menus_get,
        menus_post,
        menus_preview,
        parts_get,
        parts_post,
        parts_preview,
    ] = std::array::from_fn(|_| site.clone());
    let layout = format!("{TREE}/layout/{{id}}");
    Routes::new()
        .get(TREE, needs, tree::get)
        .post(ORDER, needs, tree::order)
        .post(PAGE, needs, tree::page)
        .get(START, needs, arrange::start)
        .get(MENUS_PAGE, needs, move |context| {
            menus::get(menus_get.clone(), context)
        })
        .post(MENUS_PAGE, needs, move |context| {
            menus::post(menus_post.clone(), context)
        })
        .post(MENUS_PREVIEW, needs, move |context| {
            menus::preview(menus_preview.clone(), context)
        })
        .get(&layout, needs, move |context| {
            arrange::get(parts_get.clone(), context)
        })
        .post(&layout, needs, move |context| {
            arrange::post(parts_post.clone(), context)
        })
        .post(&format!("{layout}/preview"), needs, move |context| {
            arrange::preview(parts_preview.clone(), context)
        })
}

/// Whether somebody may change the menus of the whole site.
fn may_menus(caller: &Caller, organisations: &OrganisationList) -> bool {
    organisations
        .root()
        .is_some_and(|root| caller.may(Permission::NavigationEdit, root.id))
}

/// The way to a page below the tree.
fn crumbs(t: T) -> Vec<NavLink> {
    vec![NavLink::new(t.get("desk-navigation"), TREE)]
}

/// The pages of navigation that this person may use.
fn tabs(t: T, here: &str, menus: bool) -> Vec<Tab> {
    let tab = |href: &str, key: &str| Tab {
        label: t.get(key).into_owned(),
        href: href.to_owned(),
        current: here == href,
    };
    let mut tabs = vec![tab(TREE, "navigation-tree")];
    if menus {
        tabs.push(tab(MENUS_PAGE, "navigation-menus"));
        tabs.push(tab(START, "navigation-start"));
    }
    tabs
}

/// Earlier versions with who made them.
async fn version_rows(
    site: &Site,
    context: &Context,
    on: &torg_db::Snapshot,
    versions: Vec<Version>,
    href: impl Fn(i64) -> String,
) -> Result<Vec<VersionRow>> {
    let t = context.t();
    let people = names(site, on, versions.iter().map(|version| version.person)).await?;
    Ok(versions
        .into_iter()
        .map(|version| VersionRow {
            href: href(version.position),
            time: date_time(t, version.at),
            iso: version.at.rfc3339(),
            person: people.name(t, version.person),
        })
        .collect())
}

/// A text as the page that it would be, in a frame that may be another than readers see now.
async fn preview(
    context: &Context,
    text: Content,
    chrome: Option<Arc<Chrome>>,
    back: String,
) -> Result<Reply> {
    let t = context.t();
    let standing = Standing {
        icon: "eye",
        heading: t.get("navigation-preview-heading").into_owned(),
        lines: vec![t.get("navigation-preview-text").into_owned()],
        link: Some(NavLink::new(t.get("navigation-preview-back"), back)),
    };
    let request = PageRequest {
        app: context.app.clone(),
        path: text.address.to_string(),
        params: Vec::new(),
        query: Vec::new(),
        reading: Reading::new(&context.app.database),
        now: context.now,
        asker: None,
    };
    let outcome = read::drawn_in(&request, text, standing, chrome).await;
    request.reading.end().await?;
    match outcome? {
        Outcome::Page(page) => Ok(Reply::html(page.body)),
        _ => Err(Problem::NotFound),
    }
}
