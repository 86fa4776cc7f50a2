//! The services that the staff write, as a list.

use askama::Template;
use torg_kernel::{Permission, Result, fold};
use torg_ui::{DeskSection, Field, FieldKind, NavLink, Paging};
use torg_web::{Context, Reply, desk};

use super::service_page::words;
use crate::services::{self, Service};
use crate::views::DeskList;

/// Services on one page of the list.
const ROWS: usize = 50;
/// Where they are.
pub(super) const HERE: &str = "/admin/services";

/// The services that the person may change.
pub(super) async fn list(context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut all = services::list(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let wanted = fold(&query);
    all.retain(|own| {
        caller.may(Permission::UnitEdit, own.organisation)
            && wanted
                .split_whitespace()
                .all(|word| words(own).contains(word))
    });
    let t = context.t();
    let pages = all.len().div_ceil(ROWS).max(1);
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: usize = page.unwrap_or(1).clamp(1, pages);
    let at = |page: usize| {
        let mut parts = form_urlencoded::Serializer::new(String::new());
        parts
            .append_pair("q", &query)
            .append_pair("page", &page.to_string());
        format!("{HERE}?{}", parts.finish())
    };
    let row = |own: &Service| {
        let owner = organisations.find(own.organisation);
        let link = NavLink::new(own.name(t.locale()), format!("{HERE}/{}", own.id));
        let cells = vec![
            t.get(&format!("service-category-{}", own.category.as_str()))
                .into_owned(),
            owner
                .map(|owner| owner.name(t.locale()).to_owned())
                .unwrap_or_default(),
            own.data
                .confirmed
                .map(|day| torg_ui::date(t, day))
                .unwrap_or_default(),
        ];
        (link, cells)
    };
    let mut frame = desk(&context, DeskSection::Units, &t.get("services-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let columns = [
        "units-name",
        "service-category",
        "units-organisation",
        "units-confirmed",
    ];
    let view = DeskList {
        desk: frame,
        tools: vec![(
            "plus",
            t.get("service-new").into_owned(),
            format!("{HERE}/new"),
        )],
        filter: Field::new("q", FieldKind::Text, t.get("services-filter"), &*query),
        total: all.len(),
        columns: columns.map(|key| t.get(key).into_owned()).to_vec(),
        rows: all
            .iter()
            .skip((page - 1) * ROWS)
            .take(ROWS)
            .map(row)
            .collect(),
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| at(page - 1)),
            next_href: (page < pages).then(|| at(page + 1)),
        },
    };
    Ok(Reply::html(view.render()?))
}
