//! Documents that were read from their text before.

use std::sync::{Arc, LazyLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use torg_kernel::Document;

/// Bytes of texts whose documents are remembered.
const REMEMBERED: u64 = 16 * 1024 * 1024;

#[derive(Clone)]
struct TextBytes;

impl Weighter<String, Arc<Document>> for TextBytes {
    fn weight(&self, text: &String, _: &Arc<Document>) -> u64 {
        text.len() as u64
    }
}

/// The document that a text means. The text itself is the key, so nothing can be out of date;
/// reading it anew takes longer than everything else that is done with a page.
pub(super) fn parsed(text: String) -> serde_json::Result<Arc<Document>> {
    static KNOWN: LazyLock<Cache<String, Arc<Document>, TextBytes>> =
        LazyLock::new(|| Cache::with_weighter(2_000, REMEMBERED, TextBytes));
    if let Some(document) = KNOWN.get(&text) {
        return Ok(document);
    }
    let document: Arc<Document> = Arc::new(serde_json::from_str(&text)?);
    KNOWN.insert(text, Arc::clone(&document));
    Ok(document)
}
