//! The facts that a person may change.

use askama::Template;
use torg_kernel::{Permission, Result, civil_date, fold};
use torg_ui::{DeskSection, Paging, date};
use torg_web::{Context, Reply, desk};

use crate::model::Fact;
use crate::store;
use crate::views::{FactRow, FactsPage};

/// Facts on one page of the list.
const ROWS: usize = 50;

pub(super) async fn get(context: Context) -> Result<Reply> {
    let t = context.t();
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut facts = store::list(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let query: String = context
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let words = fold(query.trim());
    facts.retain(|fact| {
        let text = looked_at(fact);
        caller.may(Permission::FactEdit, fact.organisation)
            && words.split_whitespace().all(|word| text.contains(word))
    });
    let today = civil_date(context.now);
    let pages = facts.len().div_ceil(ROWS);
    let number: usize = context
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1)
        .clamp(1, pages.max(1));
    let rows = facts
        .iter()
        .skip((number - 1) * ROWS)
        .take(ROWS)
        .map(|fact| {
            let shown = fact.on(today).or(fact.values.last());
            let (label, value) = shown.map_or(("", ""), |shown| {
                (shown.label.get(t.locale()).0, shown.value.get(t.locale()).0)
            });
            let note = match (fact.on(today), fact.next_change(today)) {
                (None, None) => t.get("facts-ended").into_owned(),
                (_, Some(day)) => t.one("facts-changes", "date", date(t, day)),
                (Some(_), None) => String::new(),
            };
            FactRow {
                label: if label.is_empty() {
                    fact.key.clone()
                } else {
                    label.to_owned()
                },
                key: fact.key.clone(),
                href: format!("/admin/facts/{}", fact.id),
                value: value.to_owned(),
                note,
                organisation: organisations
                    .find(fact.organisation)
                    .map(|entry| entry.name(t.locale()).to_owned())
                    .unwrap_or_default(),
            }
        });
    let page = FactsPage {
        desk: desk(&context, DeskSection::Facts, &t.get("desk-facts"))?,
        total: facts.len(),
        rows: rows.collect(),
        paging: Paging {
            page: number,
            pages,
            previous_href: (number > 1).then(|| href(&query, number - 1)),
            next_href: (number < pages).then(|| href(&query, number + 1)),
        },
        query,
    };
    Ok(Reply::html(page.render()?))
}

/// The words by which the list is filtered.
fn looked_at(fact: &Fact) -> String {
    let mut text = fact.key.clone();
    for value in &fact.values {
        for (_, words) in value.label.all().chain(value.value.all()) {
            text.push(' ');
            text.push_str(words);
        }
    }
    fold(&text)
}

fn href(query: &str, page: usize) -> String {
    let mut parts = form_urlencoded::Serializer::new(String::new());
    if !query.is_empty() {
        parts.append_pair("q", query);
    }
    parts.append_pair("page", &page.to_string());
    format!("/admin/facts?{}", parts.finish())
}
