//! News of a district for the map, from the site's search.

use std::sync::Arc;

use async_trait::async_trait;
use torg_kernel::{Locale, Result, Timestamp};
use torg_map::{AreaNews, NewsOfAreas};
use torg_search::{Hit, Index, Query};

/// The public index.
pub(crate) struct NewsFromSearch(pub(crate) Arc<Index>);

/// What is older is no news, in seconds: some more than a year.
const OLDEST: i64 = 400 * 86_400;
/// Hits that are looked through.
const HITS: usize = 60;

/// Whether it says the name as a name is written: the index does not tell Backa from backa.
fn names(hit: &Hit, district: &str) -> bool {
    let extract = hit.extract.iter().map(|own| own.text.as_str());
    hit.title.contains(district) || extract.collect::<String>().contains(district)
}

#[async_trait]
impl NewsOfAreas for NewsFromSearch {
    async fn find(
        &self,
        district: &str,
        locale: Locale,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<AreaNews>> {
        let index = self.0.clone();
        let mut query = Query::new(district, locale);
        query.kinds = ["news", "announcement"].map(str::to_owned).to_vec();
        query.published_from = Some(now.plus_seconds(-OLDEST));
        query.limit = HITS;
        query.strict = true;
        query.best_bets = false;
        query.synonyms = false;
        // All computing: off the threads that answer requests.
        let found = tokio::task::spawn_blocking(move || index.search(&query)).await??;
        let mut found: Vec<Hit> = found.results;
        found.retain(|hit| names(hit, district));
        found.sort_by_key(|hit| std::cmp::Reverse(hit.published_at));
        let news = found.into_iter().take(most).map(|hit| AreaNews {
            title: hit.title,
            href: hit.url,
            published_at: hit.published_at,
        });
        Ok(news.collect())
    }
}
