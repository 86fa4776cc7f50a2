//! The map on other sites: the frame's page, and the page that gives the code for it.

use askama::Template;
use torg_kernel::{Locale, Result};
use torg_ui::{NavLink, Shell, T};
use torg_web::{Elsewhere, Outcome, Page, PageRequest};

use super::page::{attributions, data, find};
use super::{Asked, MapRoom, embed_href, embedded_href, map_href};
use crate::views::{EmbedCodePage, EmbeddedPage};

/// The page in the frame. It has no menus; its list says what the map shows, and its one link leads
/// to the whole map.
pub(super) async fn get(room: &MapRoom, request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let asked = Asked::read(request);
    let (atlas, _) = room.atlas_for(request, &asked, locale).await?;
    let found = find(room, &atlas, &asked);
    let t = T::of(locale);
    let first = Asked {
        page: 1,
        ..asked.clone()
    };
    let items = found.items(request, &atlas, &first, locale);
    let label = t.one("map-picture", "count", i64::try_from(items.len())?);
    let page = EmbeddedPage {
        t,
        locale,
        city: request.app.settings.city.clone(),
        demo: request.app.settings.demo,
        picture: found.picture(&items, &label),
        attributions: attributions(room, &atlas, &found.keys),
        data: data(room, &asked, &found, locale),
        total: found.all.len(),
        items,
        map_href: asked.href(map_href(locale)),
    };
    let mut answer = Page::html(page.render()?, Vec::new());
    answer.keep = false;
    answer.elsewhere = Some(Elsewhere {
        framed_by: room.settings.framed_by.clone(),
        ..room.settings.elsewhere()
    });
    Ok(Outcome::Page(answer))
}

/// The page that gives the code.
pub(super) async fn code(room: &MapRoom, request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let asked = Asked::read(request);
    let (chrome, tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get("map-embed-title"), embed_href(locale));
    shell.noindex = true;
    shell.crumbs = vec![NavLink::new(
        t.get("map-title"),
        asked.href(map_href(locale)),
    )];
    let src = asked.href(embedded_href(locale));
    let whole = format!("{}{src}", request.app.settings.base_url);
    let page = EmbedCodePage {
        code: format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"520\" loading=\"lazy\"></iframe>",
            torg_ui::escape(&whole),
            torg_ui::escape(&t.get("map-title")),
        ),
        sites: room.settings.framed_by.clone(),
        src,
        shell,
    };
    let mut answer = Page::html(page.render()?, tags);
    answer.keep = false;
    Ok(Outcome::Page(answer))
}
