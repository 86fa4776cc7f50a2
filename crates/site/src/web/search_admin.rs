//! Where editors look at what people did not find, and settle what search shall know.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use torg_kernel::{
    Access, FieldError, Locale, Message, OrganisationId, Permission, Problem, Result,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, OrganisationList, Reply, Routes, StatusCode, desk};

use super::{Site, crumb};
use crate::searching::filters::{Asked, names};
use crate::searching::{Lists, Settings, WorkItem, mark_handled, work_list};
use crate::views::{FoundRow, SearchSettingsPage, SearchWorkPage};

/// Most queries on the list.
const ROWS: i64 = 200;
/// In the address: what nobody owns yet.
const UNASSIGNED: &str = "none";
const SETTINGS: &str = "/admin/search/settings";

pub(super) fn routes(site: &Arc<Site>) -> Routes {
    let access = Access::Needs(Permission::SearchManage);
    let [one, two, three, four] = std::array::from_fn(|_| site.clone());
    Routes::new()
        .get("/admin/search", access, move |context| {
            work(one.clone(), context)
        })
        .post("/admin/search", access, move |context| {
            handled(two.clone(), context)
        })
        .get(SETTINGS, access, move |context| {
            settings(three.clone(), context)
        })
        .post(SETTINGS, access, move |context| save(four.clone(), context))
}

/// The list, of one organisation if the address says so.
async fn work(site: Arc<Site>, context: Context) -> Result<Reply> {
    let page = work_page(&site, &context, Vec::new()).await?;
    Ok(Reply::html(page.render()?))
}

async fn work_page(
    site: &Arc<Site>,
    context: &Context,
    errors: Vec<FieldError>,
) -> Result<SearchWorkPage> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let items = work_list(&snapshot, &site.index, context.now, ROWS).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let own = |item: &WorkItem| item.organisation.clone().unwrap_or(UNASSIGNED.to_owned());
    let chosen = context.query("org").unwrap_or_default();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for item in &items {
        *counts.entry(own(item)).or_default() += 1;
    }
    let mut chips = vec![(
        NavLink::new(
            format!("{} ({})", t.get("searching-all"), items.len()),
            "/admin/search",
        ),
        chosen.is_empty(),
    )];
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    // Whoever has most to do first: on a phone only the first few are in sight.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for (key, count) in counts {
        let label = match organisations.by_key(&key) {
            Some(entry) => entry.name(t.locale()).to_owned(),
            None => t.get("searching-unassigned").into_owned(),
        };
        let query: String = form_urlencoded::byte_serialize(key.as_bytes()).collect();
        let link = NavLink::new(
            format!("{label} ({count})"),
            format!("/admin/search?org={query}"),
        );
        chips.push((link, key == chosen));
    }
    let rows = items
        .into_iter()
        .filter(|item| chosen.is_empty() || own(item) == chosen)
        .map(|item| row(context, item, &organisations))
        .collect();
    Ok(SearchWorkPage {
        desk: desk(context, DeskSection::Search, &t.get("desk-search"))?,
        settings_href: SETTINGS.to_owned(),
        organisations: chips,
        action: "/admin/search".to_owned(),
        rows,
        errors,
    })
}

fn row(context: &Context, item: WorkItem, organisations: &OrganisationList) -> FoundRow {
    let owner = item
        .organisation
        .and_then(|key| organisations.by_key(&key).cloned());
    let asked = Asked {
        text: item.query.clone(),
        ..Asked::default()
    };
    let pairs = form_urlencoded::Serializer::new(String::new())
        .append_pair("lang", item.locale.as_str())
        .append_pair("query", &item.query)
        .finish();
    FoundRow {
        href: asked.href(names(item.locale == Locale::EN), 1),
        settings_href: format!("{SETTINGS}?{pairs}"),
        query: item.query,
        locale: item.locale,
        searches: item.searches,
        no_result: item.no_result,
        clicks: item.clicks,
        nearest: item.nearest.map(|(title, href)| NavLink::new(title, href)),
        organisation: owner
            .map(|entry| entry.name(context.locale()).to_owned())
            .unwrap_or_default(),
        request_id: context.new_request_id(),
    }
}

/// Takes a query off the list.
async fn handled(site: Arc<Site>, context: Context) -> Result<Reply> {
    match mark(&site, &context).await {
        Ok(()) => Ok(Reply::see_other("/admin/search?done=search-handled")),
        Err(Problem::Invalid(errors)) => {
            let page = work_page(&site, &context, errors).await?;
            Ok(Reply::form_again(page.render()?))
        }
        Err(problem) => Err(problem),
    }
}

async fn mark(site: &Arc<Site>, context: &Context) -> Result<()> {
    let form = context.form();
    let request = form.request_id()?;
    let query = form.text("query");
    let locale: Locale = form
        .text("lang")
        .parse()
        .map_err(|_| Problem::field("lang", Message::new("search-lang-wrong")))?;
    let (owner, organisations) = owner_of(site, context, &query, locale).await?;
    let organisation = match owner {
        Some(owner) => owner,
        None => top(&organisations)?,
    };
    let actor = context.acting(Permission::SearchManage, organisation)?;
    let (how, note) = (form.text("how"), form.text("note"));
    let operation = format!("search.handled {}", form.digest());
    let (ids, now) = (context.app.ids.clone(), context.now);
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        let what = (locale, query.as_str());
                        let done = (how.as_str(), note.as_str());
                        mark_handled(write, author, owner, what, done).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Who owns the page nearest to a query.
async fn owner_of(
    site: &Arc<Site>,
    context: &Context,
    query: &str,
    locale: Locale,
) -> Result<(Option<OrganisationId>, Arc<OrganisationList>)> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let mut asked = torg_search::Query::new(query, locale);
    asked.limit = 1;
    let found = super::search::find(site, asked).await?;
    let owner = found
        .results
        .into_iter()
        .next()
        .and_then(|hit| hit.organisation)
        .and_then(|key| organisations.by_key(&key).map(|entry| entry.id));
    Ok((owner, organisations))
}

/// The city itself: what concerns everybody's search is settled for it.
fn top(organisations: &OrganisationList) -> Result<OrganisationId> {
    let root = organisations.root().ok_or(Problem::NotFound)?;
    Ok(root.id)
}

/// What stands in the form.
struct Written {
    lists: Lists,
    half_life: String,
    version: String,
}

fn language(context: &Context) -> Locale {
    context
        .query("lang")
        .and_then(|lang| lang.parse().ok())
        .unwrap_or(Locale::SV)
}

async fn settings(_: Arc<Site>, context: Context) -> Result<Reply> {
    let locale = language(&context);
    let snapshot = context.app.database.snapshot().await?;
    let stored = Settings::find(&*snapshot).await?;
    snapshot.end().await?;
    let mut lists = stored.lists(locale);
    if let Some(query) = context.query("query") {
        // A query from the list, ready to be given words that mean the same.
        let query: String = query.chars().take(80).filter(|c| *c != '|').collect();
        let query = torg_kernel::squeeze(&query);
        if !query.is_empty() {
            lists.synonyms = format!("{}\n{query} | ", lists.synonyms)
                .trim_start()
                .to_owned();
        }
    }
    let written = Written {
        lists,
        half_life: stored.half_life_days().to_string(),
        version: stored.version(),
    };
    let page = settings_page(&context, &stored, written, Vec::new())?;
    Ok(Reply::html(page.render()?))
}

fn settings_page(
    context: &Context,
    stored: &Settings,
    written: Written,
    errors: Vec<FieldError>,
) -> Result<SearchSettingsPage> {
    let t = context.t();
    let locale = language(context);
    let mut frame = desk(context, DeskSection::Search, &t.get("searching-settings"))?;
    frame.crumbs = vec![crumb(t, "desk-search", DeskSection::Search.href())];
    let mut locales = stored.locales();
    locales.extend([Locale::SV, Locale::EN, locale]);
    locales.sort_unstable();
    locales.dedup();
    let href = |locale: Locale| format!("{SETTINGS}?lang={locale}");
    Ok(SearchSettingsPage {
        desk: frame,
        action: href(locale),
        locale,
        languages: locales
            .into_iter()
            .map(|other| (other, href(other), other == locale))
            .collect(),
        synonyms: written.lists.synonyms,
        best_bets: written.lists.best_bets,
        must_find: written.lists.must_find,
        half_life: written.half_life,
        version: written.version,
        request_id: context.new_request_id(),
        errors,
    })
}

async fn save(site: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let written = Written {
        lists: Lists {
            synonyms: form.text("synonyms"),
            best_bets: form.text("best_bets"),
            must_find: form.text("must_find"),
        },
        half_life: form.text("half_life"),
        version: form.text("version"),
    };
    let (errors, conflict) = match settle(&site, &context, &written).await {
        Ok(()) => {
            let locale = language(&context);
            let to = format!("{SETTINGS}?lang={locale}&done=search-settled");
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (errors, false),
        Err(Problem::Conflict(message)) => {
            let field = "version".to_owned();
            (vec![FieldError { field, message }], true)
        }
        Err(problem) => return Err(problem),
    };
    let snapshot = context.app.database.snapshot().await?;
    let stored = Settings::find(&*snapshot).await?;
    snapshot.end().await?;
    // Whoever saves once more has been told that somebody else saved.
    let version = if conflict {
        stored.version()
    } else {
        written.version.clone()
    };
    let page = settings_page(&context, &stored, Written { version, ..written }, errors)?;
    let mut reply = Reply::form_again(page.render()?);
    if conflict {
        reply.status = StatusCode::CONFLICT;
    }
    Ok(reply)
}

async fn settle(site: &Arc<Site>, context: &Context, written: &Written) -> Result<()> {
    let snapshot = context.app.database.snapshot().await?;
    let stored = Settings::find(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::SearchManage, top(&organisations)?)?;
    let request = context.form().request_id()?;
    // A page that went since its line was written must not keep other lines from being saved.
    let known = stored.addresses();
    let is_there = |address: &str| {
        known.iter().any(|known| known == address)
            || site.index.has_address(address).unwrap_or(true)
    };
    let after = stored.written(
        language(context),
        &written.lists,
        &written.half_life,
        &is_there,
    )?;
    let version = written.version.clone();
    let operation = format!("search.settle {}", context.form().digest());
    let (ids, now) = (context.app.ids.clone(), context.now);
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        after.save(write, author, &version).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}
