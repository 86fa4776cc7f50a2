//! The languages of pages: which texts there are, which are older than their source, and a
//! translation beside what changed in its source.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Locale, Permission, Problem, Result, Variant, squeeze};
use torg_revision::compare;
use torg_ui::{DeskSection, NavLink, date};
use torg_web::{Context, Reply, desk};

use super::align::aligned;
use super::compare::{Things, block_rows, folded};
use super::store::{self, Text};
use super::versions::{self, about};
use super::views::{
    BesidePage, BesideRow, LanguageCell, SideView, TranslationRow, TranslationsPage,
};
use super::{frame, load, once, own};
use crate::model::Content;
use crate::store as pages;
use crate::web::{Site, page_number};

/// Pages of the overview.
const ROWS: usize = 50;

/// How a text stands to the one that it was made from.
fn status(text: &Text, source: &Text) -> &'static str {
    if text.state == "new" {
        return "new";
    }
    if text.state != "published" {
        return "away";
    }
    match text.source_version {
        Some(made) if made < source.words => "older",
        Some(_) => "current",
        None => "unknown",
    }
}

/// All Swedish texts that the caller may read, with their state in each language.
pub(super) async fn overview(_: Arc<Site>, context: Context) -> Result<Reply> {
    let t = context.t();
    let query: String = context
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let query = squeeze(&query);
    let number = page_number(context.query("page"));
    let own = own(&context, Permission::PageRead)?;
    let snapshot = context.app.database.snapshot().await?;
    let total = usize::try_from(store::count_sources(&*snapshot, &own, &query).await?)?;
    let window = (i64::try_from(ROWS)?, i64::try_from((number - 1) * ROWS)?);
    let sources = store::list_sources(&*snapshot, &own, &query, window).await?;
    let ids: Vec<_> = sources.iter().map(|source| source.page_id).collect();
    let texts = store::list_texts(&*snapshot, &ids).await?;
    let locales = store::list_locales(&*snapshot).await?;
    snapshot.end().await?;
    let columns: Vec<Locale> = locales
        .iter()
        .filter_map(|locale| locale.parse().ok())
        .filter(|locale| *locale != Locale::SV)
        .collect();
    let cell = |source: &Text, locale: Locale| -> Vec<LanguageCell> {
        texts
            .iter()
            .filter(|text| text.page_id == source.page_id && text.locale == locale.as_str())
            .map(|text| {
                let status = status(text, source);
                let variant = Variant::parse(&text.variant).unwrap_or(Variant::Standard);
                let words = t.get(&format!("translations-{status}"));
                LanguageCell {
                    href: format!("/admin/pages/{}/translation", text.id),
                    status,
                    title: text.title.clone(),
                    words: match variant {
                        Variant::Standard => words.into_owned(),
                        other => {
                            let name = t.get(&format!("variant-{}", other.as_str()));
                            format!("{name}: {words}")
                        }
                    },
                }
            })
            .collect()
    };
    let rows = sources
        .iter()
        .map(|source| TranslationRow {
            title: source.title.clone(),
            address: source.address.clone(),
            href: format!("/admin/pages/{}", source.id),
            cells: columns
                .iter()
                .map(|locale| (*locale, cell(source, *locale)))
                .collect(),
        })
        .collect();
    let mut frame = desk(&context, DeskSection::Pages, &t.get("translations-heading"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-pages"), DeskSection::Pages.href())];
    let page = TranslationsPage {
        desk: frame,
        paging: crate::web::paging("/admin/translations", &query, number, total.div_ceil(ROWS)),
        query,
        total,
        columns,
        rows,
    };
    Ok(Reply::html(page.render()?))
}

/// The ordinary Swedish text of a page.
async fn source_of(on: &torg_db::Snapshot, content: &Content) -> Result<Option<Content>> {
    if !content.has_source() {
        return Ok(None);
    }
    let texts = pages::list_of_pages(&**on, &[content.page]).await?;
    Ok(texts.into_iter().find(|text| !text.has_source()))
}

/// A translation beside its source, and what changed in the source since it was made.
pub(super) async fn beside(site: Arc<Site>, context: Context) -> Result<Reply> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageRead).await?;
    let source = source_of(&snapshot, &content)
        .await?
        .ok_or(Problem::NotFound)?;
    let readable = source.published
        || context
            .caller()?
            .may(Permission::PageRead, source.organisation);
    if !readable {
        return Err(Problem::Forbidden);
    }
    let words = source.text_version.unwrap_or(source.version);
    let older = content.source_version.filter(|made| *made < words);
    let before = match older {
        Some(made) => store::find_version_of(&*snapshot, (source.page, source.id), made).await?,
        None => None,
    };
    let own = versions::draft(&snapshot, &content).await?;
    let own = own.unwrap_or_else(|| content.clone());
    let mut texts = vec![&source, &own];
    texts.extend(before.as_ref());
    let things = Things::read(&site, &snapshot, t, texts).await?;
    snapshot.end().await?;
    let changes = before.as_ref().map(|before| {
        let mut rows = Vec::new();
        if before.title != source.title || before.description != source.description {
            rows.extend(head_rows(t, before, &source));
        }
        rows.extend(block_rows(
            t,
            &things,
            compare(&before.document, &source.document),
        ));
        folded(rows)
    });
    let mut rows = vec![BesideRow {
        block: None,
        left: Some(head_view(t, &source)),
        right: Some(head_view(t, &own)),
    }];
    let sides = |text: &Content| -> Vec<Option<SideView>> {
        let same = compare(&text.document, &text.document);
        let side =
            |row: &torg_revision::Difference| row.new.as_ref().map(|side| things.side(t, side));
        same.iter().map(side).collect()
    };
    let (mut left, mut right) = (sides(&source), sides(&own));
    for (l, r) in aligned(&source.document, &own.document) {
        rows.push(BesideRow {
            block: r
                .and_then(|at| own.document.blocks.get(at))
                .map(|block| block.id.to_string()),
            left: l.and_then(|at| left.get_mut(at)?.take()),
            right: r.and_then(|at| right.get_mut(at)?.take()),
        });
    }
    let page = BesidePage {
        desk: frame(&context, &content, &t.get("translation-heading"))?,
        about: about(&content),
        source_href: format!("{}/history", about(&source)),
        locale: content.locale,
        status: match (content.source_version, older) {
            (None, _) => "unknown",
            (_, Some(_)) => "older",
            _ => "current",
        },
        made: date(t, torg_kernel::civil_date(content.updated_at)),
        changes,
        rows,
        may_edit: context
            .caller()?
            .may(Permission::PageEdit, content.organisation),
        seen: words,
        request_id: context.new_request_id(),
    };
    Ok(Reply::html(page.render()?))
}

/// Title and lead as one part.
fn head_view(t: torg_ui::T, text: &Content) -> SideView {
    SideView {
        kind: t.get("review-whole").into_owned(),
        lines: vec![
            ("heading", vec![text.title.as_str().into()]),
            ("text", vec![text.description.as_str().into()]),
        ],
    }
}

fn head_rows(t: torg_ui::T, before: &Content, after: &Content) -> Vec<super::views::RowView> {
    vec![super::views::RowView {
        change: "changed",
        moved: false,
        old: Some(head_view(t, before)),
        new: Some(head_view(t, after)),
        folded: Vec::new(),
    }]
}

/// Says that a translation is right although its source changed.
pub(super) async fn settle(_: Arc<Site>, context: Context) -> Result<Reply> {
    let form = context.form();
    let seen: i64 = form.text("seen").parse().map_err(|_| Problem::NotFound)?;
    let request = form.request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageEdit).await?;
    let source = source_of(&snapshot, &content)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    // Only what was there to be seen: the source may have changed since the page was opened.
    let seen = seen.min(source.text_version.unwrap_or(source.version));
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let id = content.id;
    let operation = format!("page.still_right {id} {seen}");
    once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            let before = pages::find(&**write, id).await?.ok_or(Problem::NotFound)?;
            if before.source_version.is_some_and(|made| made >= seen) {
                return Ok(before.version);
            }
            let now = acting.author.now;
            let mut after = before.clone().next_after(&before, now);
            after.source_version = Some(seen);
            let (author, organisations) = (acting.author, acting.organisations);
            let kind = "page.changed";
            crate::service::put(write, author, organisations, kind, Some(&before), &after).await?;
            Ok(after.version)
        })
    })
    .await?;
    Ok(Reply::see_other(&format!(
        "{}/translation?done=translation-settled",
        about(&content)
    )))
}
