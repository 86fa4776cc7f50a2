//! What the editor in the browser and the draft say to each other, with the fields that name other
//! things: the draft keeps their ids, people write addresses and keys.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use torg_db::Snapshot;
use torg_kernel::{PageId, Result};
use torg_web::{Context, Reply};

use super::page_edit::TextPages;
use super::page_words::{Places, REFERENCES, kept_value, shown_value};
use crate::desk::sync::{self, Asked, Told};
use crate::store;

/// `POST /admin/pages/{id}/draft`
pub(super) async fn post(pages: Arc<TextPages>, context: Context) -> Result<Reply> {
    match answer(&pages, &context).await {
        Ok(told) => Reply::json(&told),
        Err(problem) => sync::refused(context.t(), problem),
    }
}

async fn answer(pages: &TextPages, context: &Context) -> Result<Told> {
    let mut asked = sync::asked(context)?;
    resolve(pages, context, &mut asked).await?;
    let mut told = sync::answer(context, asked).await?;
    let named: BTreeMap<String, String> = REFERENCES
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), told.field(name)?.to_owned())))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    if !named.is_empty() {
        let snapshot = context.app.database.snapshot().await?;
        told.shown = shown(pages, &snapshot, &told, named).await?;
        snapshot.end().await?;
    }
    Ok(told)
}

/// Puts ids in place of the addresses and keys that were written. What names nothing stays as it is,
/// and is told when the text is handed on.
async fn resolve(pages: &TextPages, context: &Context, asked: &mut Asked) -> Result<()> {
    let fields = || {
        let all = asked.patches.iter().flat_map(|patch| &patch.fields);
        all.filter(|field| REFERENCES.contains(&field.name.as_str()))
    };
    if fields().next().is_none() {
        return Ok(());
    }
    let addresses: Vec<String> = fields()
        .filter(|field| field.name == "parent")
        .flat_map(|field| [Some(&field.value), field.base.as_ref()])
        .flatten()
        .map(|address| address.trim().to_owned())
        .filter(|address| address.starts_with('/'))
        .collect();
    let snapshot = context.app.database.snapshot().await?;
    let known = store::lookups::list_at(&*snapshot, &addresses, None).await?;
    let pages_at: HashMap<String, PageId> = known
        .into_iter()
        .map(|page| (page.address, PageId(page.page_id)))
        .collect();
    let places = Places {
        names: pages.names.get(&pages.site, &snapshot).await?,
        pages: pages_at,
    };
    snapshot.end().await?;
    for field in asked.patches.iter_mut().flat_map(|patch| &mut patch.fields) {
        field.value = kept_value(&field.name, &field.value, &places);
        field.base = field
            .base
            .take()
            .map(|base| kept_value(&field.name, &base, &places));
    }
    Ok(())
}

/// The same fields as people read them.
async fn shown(
    pages: &TextPages,
    on: &Snapshot,
    told: &Told,
    named: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>> {
    let names = match named.keys().any(|name| name != "parent") {
        true => pages.names.get(&pages.site, on).await?,
        false => Arc::default(),
    };
    let mut all = BTreeMap::new();
    for (name, value) in named {
        let parent = match (name.as_str(), value.parse::<PageId>()) {
            ("parent", Ok(parent)) => store::find_place(&**on, parent, told.locale()).await?,
            _ => None,
        };
        let words = shown_value(&name, &value, &names, parent.as_deref());
        all.insert(name, words);
    }
    Ok(all)
}
