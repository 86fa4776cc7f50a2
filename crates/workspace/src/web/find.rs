//! One search over everything that the caller may see and do.

use std::sync::Arc;

use askama::Template;
use serde::Serialize;
use torg_kernel::{Result, squeeze};
use torg_ui::DeskSection;
use torg_web::{Context, Reply, desk};

use crate::views::FindPage;
use crate::{Ask, Group, Hit, Workspace, matches};

/// The longest query that is looked at, in characters.
const LONGEST: usize = 200;
/// Hits of each kind on the page, and in the dialogue that Ctrl-K opens.
const ON_PAGE: usize = 20;
const IN_DIALOGUE: usize = 6;

/// What the dialogue shows.
#[derive(Serialize)]
struct Answer {
    groups: Vec<Group>,
    /// How many there are, as a sentence to be read out.
    status: String,
    /// The page with more of them.
    more: String,
}

fn query(context: &Context) -> String {
    let asked = context.query("q").unwrap_or_default();
    squeeze(&asked.chars().take(LONGEST).collect::<String>())
}

fn page_of(query: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    format!("/admin/find?q={encoded}")
}

/// Parts of the workspace and things to begin whose names match; without a query, all of them.
fn places_to_go(workspace: &Workspace, ask: &Ask<'_>, query: &str) -> Result<Group> {
    let t = ask.context.t();
    let frame = desk(ask.context, DeskSection::Start, "")?;
    let sections = frame.items().map(|section| Hit {
        title: t.get(section.key()).into_owned(),
        lang: None,
        href: section.href().to_owned(),
        note: String::new(),
    });
    let begin = workspace.places.iter().flat_map(|place| place.begin(ask));
    let hits = begin
        .chain(sections)
        .filter(|hit| query.is_empty() || matches(&hit.title, query))
        .collect();
    Ok(Group {
        label: t.get("workspace-go").into_owned(),
        hits,
    })
}

async fn found(
    workspace: &Workspace,
    context: &Context,
    query: &str,
    most: usize,
) -> Result<Vec<Group>> {
    let snapshot = context.app.database.snapshot().await?;
    let ask = Ask {
        context,
        caller: context.caller()?,
        on: &snapshot,
    };
    let mut groups = vec![places_to_go(workspace, &ask, query)?];
    if !query.is_empty() {
        for place in &workspace.places {
            groups.extend(place.find(&ask, query, most).await?);
        }
    }
    snapshot.end().await?;
    groups.retain(|group| !group.hits.is_empty());
    Ok(groups)
}

pub(crate) async fn get(workspace: Arc<Workspace>, context: Context) -> Result<Reply> {
    let t = context.t();
    let query = query(&context);
    let groups = found(&workspace, &context, &query, ON_PAGE).await?;
    let count: usize = groups.iter().map(|group| group.hits.len()).sum();
    let page = FindPage {
        desk: desk(&context, DeskSection::Start, &t.get("workspace-find"))?,
        status: t.one("workspace-found", "count", count),
        nothing: groups.is_empty(),
        query,
        groups,
    };
    Ok(Reply::html(page.render()?))
}

pub(crate) async fn json(workspace: Arc<Workspace>, context: Context) -> Result<Reply> {
    let query = query(&context);
    let groups = found(&workspace, &context, &query, IN_DIALOGUE).await?;
    let count: usize = groups.iter().map(|group| group.hits.len()).sum();
    Reply::json(&Answer {
        status: context.t().one("workspace-found", "count", count),
        more: page_of(&query),
        groups,
    })
}
