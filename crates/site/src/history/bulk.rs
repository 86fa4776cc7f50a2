//! Something done with many pages at once, and what came of it for each.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{ContentId, Message, OrganisationId, Permission, Problem, RequestId, Result};
use torg_ui::{DeskSection, NavLink, T};
use torg_web::{Caller, Context, Form, Reply, desk};
use uuid::Uuid;

use super::views::{BulkPage, BulkResult};
use super::{once, own, owner, trash};
use crate::desk::publish::{Gate, Published, publish, unpublish};
use crate::desk::store as desk_store;
use crate::model::{Away, Content};
use crate::store as pages;
use crate::web::Site;

/// The most pages in one go.
const MOST: usize = 200;

/// What is done with each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Publish,
    Unpublish,
    Archive,
    Owner(OrganisationId),
    Trash,
}

impl Deed {
    fn asked(form: &Form) -> Result<Option<Self>> {
        Ok(Some(match form.text("action").as_str() {
            "" => return Ok(None),
            "publish" => Self::Publish,
            "unpublish" => Self::Unpublish,
            "archive" => Self::Archive,
            "trash" => Self::Trash,
            "owner" => {
                let organisation = form.text("organisation").parse();
                Self::Owner(organisation.map_err(|_| {
                    Problem::field("organisation", Message::new("bulk-organisation-missing"))
                })?)
            }
            _ => return Err(Problem::NotFound),
        }))
    }

    const fn done(self) -> &'static str {
        match self {
            Self::Publish => "bulk-published",
            Self::Unpublish => "bulk-unpublished",
            Self::Archive => "bulk-archived",
            Self::Owner(_) => "bulk-owner-changed",
            Self::Trash => "bulk-trashed",
        }
    }
}

/// Asks what shall be done with the chosen pages, or does it.
pub(super) async fn post(_: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let request = form.request_id()?;
    let mut chosen: Vec<ContentId> = form
        .0
        .iter()
        .filter(|(name, _)| name == "content")
        .filter_map(|(_, id)| id.parse().ok())
        .collect();
    chosen.sort_unstable();
    chosen.dedup();
    let deed = match Deed::asked(&form) {
        Ok(_) if chosen.is_empty() => Err(Message::new("bulk-none")),
        Ok(_) if chosen.len() > MOST => Err(Message::new("bulk-too-many").with("most", MOST)),
        Ok(deed) => Ok(deed),
        Err(Problem::Invalid(errors)) => Err(errors
            .into_iter()
            .next()
            .map_or(Message::new("bulk-none"), |error| error.message)),
        Err(other) => return Err(other),
    };
    chosen.truncate(MOST);
    let (results, error) = match deed {
        Ok(Some(deed)) => (run(&context, &chosen, deed, request).await?, None),
        Ok(None) => (Vec::new(), None),
        Err(message) => (Vec::new(), Some(context.t().message(&message))),
    };
    let failed = error.is_some();
    let html = draw(&context, &chosen, results, error).await?;
    Ok(match failed {
        true => Reply::form_again(html),
        false => Reply::html(html),
    })
}

async fn draw(
    context: &Context,
    chosen: &[ContentId],
    results: Vec<BulkResult>,
    error: Option<String>,
) -> Result<String> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let mut list = Vec::new();
    if results.is_empty() {
        for id in chosen {
            let Some(content) = pages::find(&*snapshot, *id).await? else {
                continue;
            };
            let caller = context.caller()?;
            if caller.may(Permission::PageRead, content.organisation) {
                let address = content.address.to_string();
                list.push((content.id.to_string(), content.title, address));
            }
        }
    }
    snapshot.end().await?;
    let mut owners: Vec<(String, String)> = own(context, Permission::PagePublish)?
        .into_iter()
        .map(|id| (id.to_string(), owner(&organisations, id, t)))
        .collect();
    owners.sort_by(|a, b| a.1.cmp(&b.1));
    let mut frame = desk(context, DeskSection::Pages, &t.get("bulk-heading"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-pages"), DeskSection::Pages.href())];
    let page = BulkPage {
        desk: frame,
        done: results.iter().filter(|result| result.good).count(),
        list,
        results,
        owners,
        error,
        request_id: context.new_request_id(),
    };
    Ok(page.render()?)
}

async fn run(
    context: &Context,
    chosen: &[ContentId],
    deed: Deed,
    request: RequestId,
) -> Result<Vec<BulkResult>> {
    let t = context.t();
    let mut results = Vec::with_capacity(chosen.len());
    for id in chosen {
        let snapshot = context.app.database.snapshot().await?;
        let content = pages::find(&*snapshot, *id).await?;
        snapshot.end().await?;
        let caller = context.caller()?;
        let seen = content
            .as_ref()
            .filter(|content| caller.may(Permission::PageRead, content.organisation));
        // Each page has an id of its own in the one form, so that sending it twice does it once.
        let own = RequestId(Uuid::from_u128(request.0.as_u128() ^ id.0.as_u128()));
        let outcome = match &content {
            Some(content) => one(context, caller, content, deed, own).await,
            None => Err(Problem::NotFound),
        };
        let (good, said) = match outcome {
            Ok(key) => (key == deed.done(), t.get(key).into_owned()),
            Err(problem) => (false, told(t, problem)?),
        };
        results.push(BulkResult {
            title: seen.map_or_else(|| id.to_string(), |content| content.title.clone()),
            href: seen
                .filter(|_| deed != Deed::Trash || !good)
                .map(|content| format!("/admin/pages/{}", content.id)),
            good,
            said,
        });
    }
    Ok(results)
}

/// Why something was not done, in words. What is the program's own fault is not the page's.
fn told(t: T, problem: Problem) -> Result<String> {
    Ok(match problem {
        Problem::NotFound => t.get("bulk-gone").into_owned(),
        Problem::Forbidden | Problem::LogInNeeded => t.get("bulk-forbidden").into_owned(),
        Problem::Conflict(message) => t.message(&message),
        Problem::Invalid(errors) => {
            let words: Vec<String> = errors
                .iter()
                .map(|error| t.message(&error.message))
                .collect();
            words.join(" ")
        }
        internal => return Err(internal),
    })
}

async fn one(
    context: &Context,
    caller: &Caller,
    content: &Content,
    deed: Deed,
    request: RequestId,
) -> Result<&'static str> {
    if deed == Deed::Trash {
        trash::remove(context, content, None, request).await?;
        return Ok(deed.done());
    }
    let actor = context.acting(Permission::PagePublish, content.organisation)?;
    if let Deed::Owner(to) = deed
        && !caller.may(Permission::PagePublish, to)
    {
        return Err(Problem::Forbidden);
    }
    let caller = caller.clone();
    let id = content.id;
    let operation = format!("page.bulk {id} {deed:?}");
    let done = once(context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            let head = desk_store::find_head(&**write, id).await?;
            let head = head.ok_or(Problem::NotFound)?;
            match deed {
                Deed::Publish => {
                    if head.published && !head.has_draft() {
                        return Ok("bulk-nothing".to_owned());
                    }
                    let may = |organisation| caller.may(Permission::PagePublish, organisation);
                    return Ok(
                        match publish(write, acting, head, &may, Gate::Ask("")).await? {
                            Published::Version(_) => deed.done().to_owned(),
                            Published::Conflict => "bulk-conflict".to_owned(),
                        },
                    );
                }
                Deed::Unpublish => unpublish(write, acting, &head, None).await?,
                Deed::Archive => unpublish(write, acting, &head, Some(Away::Archived)).await?,
                Deed::Owner(to) => {
                    let before = pages::find(&**write, id).await?.ok_or(Problem::NotFound)?;
                    if acting.organisations.find(to).is_none() {
                        return Err(Problem::NotFound);
                    }
                    if before.organisation == to {
                        return Ok("bulk-nothing".to_owned());
                    }
                    let now = acting.author.now;
                    let after = Content {
                        organisation: to,
                        ..before.clone()
                    }
                    .next_after(&before, now);
                    let organisations = acting.organisations;
                    crate::service::put(
                        write,
                        acting.author,
                        organisations,
                        "page.changed",
                        Some(&before),
                        &after,
                    )
                    .await?;
                }
                Deed::Trash => {}
            }
            Ok(deed.done().to_owned())
        })
    })
    .await?;
    Ok(match done.answer.as_str() {
        "bulk-nothing" => "bulk-nothing",
        "bulk-conflict" => "bulk-conflict",
        _ => deed.done(),
    })
}
