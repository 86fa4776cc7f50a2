//! What residents see.

use askama::Template;
use torg_kernel::{Locale, Problem, Result, Timestamp, sort_key};
use torg_ui::{Alternate, Shell, T};
use torg_web::{Context, Outcome, Page, PageRequest, Reply};

use super::list_href;
use crate::accent::{stylesheet, stylesheet_of};
use crate::hours::open_status;
use crate::model::{Unit, UnitKind};
use crate::service::UNITS_TAG;
use crate::store;
use crate::views::{UnitGroup, UnitItem, UnitListPage};

pub(super) fn alternates(href: impl Fn(Locale) -> String) -> Vec<Alternate> {
    [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: href(locale),
        })
        .collect()
}

/// All units by kind.
pub(super) async fn list(request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let units = store::list(&**request.snapshot().await?).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get("units-title"), list_href(locale));
    shell.description = t.get("units-lede").into_owned();
    shell.alternates = alternates(|locale| list_href(locale).to_owned());
    let mut until: Option<Timestamp> = None;
    let mut groups = Vec::new();
    for kind in UnitKind::ALL {
        let mut own: Vec<&Unit> = units.iter().filter(|unit| unit.kind == *kind).collect();
        own.sort_by_cached_key(|unit| sort_key(unit.name(locale)));
        let items: Vec<UnitItem> = own
            .into_iter()
            .map(|unit| {
                let hours = unit.data.hours.as_ref();
                let said = hours.map(|hours| open_status(t, hours, request.now));
                if let Some(said) = &said {
                    until = Some(until.map_or(said.until, |until| until.min(said.until)));
                }
                UnitItem {
                    name: unit.name(locale).to_owned(),
                    href: unit.href(locale),
                    address: unit.data.place(),
                    open: said.map(|said| said.status),
                }
            })
            .collect();
        if !items.is_empty() {
            groups.push(UnitGroup {
                kind: kind.as_str().to_owned(),
                units: items,
            });
        }
    }
    tags.push(UNITS_TAG.to_owned());
    let mut page = Page::html(UnitListPage { shell, groups }.render()?, tags);
    page.fresh_until = until;
    Ok(Outcome::Page(page))
}

/// The style of a unit's colour: `/units/accent/COLOUR-VERSION.css`. It follows from the address
/// alone, so it is kept for a year; an address of another version of the program is asked for anew.
pub(super) async fn accent(context: Context) -> Result<Reply> {
    let file: String = context.param("file")?;
    let (colour, current) = stylesheet_of(&file).ok_or(Problem::NotFound)?;
    let css = Reply::new(200, "text/css; charset=utf-8", stylesheet(colour));
    Ok(if current {
        css.kept("public, max-age=31536000, immutable")
    } else {
        css.kept("no-cache")
    })
}
