//! The staff's search: an index of its own for what the public does not see, and how both indexes
//! are asked together.
//!
//! Autosaves are not in the log, so this index looks for drafts that were written in since it last
//! looked, besides following the log. The price is that what was typed is found some seconds later,
//! and that the index is made anew at each start, from the few texts that are not public.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use torg_accounts::Accounts;
use torg_db::Database;
use torg_kernel::{ContentId, Locale, PageId, Permission, Problem, Result, Timestamp};
use torg_log::Follower;
use torg_search::{Change, Index, Query};
use torg_site::searching::apply_settings;
use torg_site::{DraftMark, NamedPage, PageForSearch, TextsWanted};
use torg_workspace::{Ask, Hit};
use uuid::Uuid;

/// How often drafts are looked for.
const EVERY: Duration = Duration::from_secs(2);
/// How long after its time a draft may still come to be seen, in seconds: a transaction that is
/// slow, a node whose clock is behind.
const LATE: i64 = 120;
/// How often words that nobody can find any more are taken off the disk.
const PURGE: Duration = Duration::from_secs(3_600);
/// Texts of one kind that are read at once.
const AT_ONCE: usize = 200;

fn change(text: PageForSearch) -> Change {
    match text.document {
        Some(document) => Change::put(document),
        None => Change::Delete { key: text.key },
    }
}

/// How far the index has come.
struct Place {
    position: i64,
    /// The drafts as they are in the index, of the time that is looked at again.
    seen: HashSet<DraftMark>,
    since: Timestamp,
}

/// Follows drafts and the log.
struct Staff<'a> {
    database: &'a Database,
    accounts: &'a Accounts,
    index: &'a Arc<Index>,
}

impl Staff<'_> {
    async fn write(&self, changes: Vec<Change>, position: Option<i64>) -> Result<()> {
        let index = self.index.clone();
        let position = position.map(u64::try_from).transpose()?;
        tokio::task::spawn_blocking(move || match position {
            Some(position) => index.apply(&changes, position),
            None => index.stage(&changes),
        })
        .await??;
        Ok(())
    }

    /// Makes the index anew. What was in it stays searchable until the new one is whole.
    async fn rebuild(&self) -> Result<Place> {
        let now = self.accounts.now();
        let since = now.plus_seconds(-LATE);
        let snapshot = self.database.snapshot().await?;
        let position = torg_log::head(&*snapshot).await?;
        let seen = torg_site::list_drafts_since(&*snapshot, since).await?;
        apply_settings(&*snapshot, self.index).await?;
        self.write(vec![Change::Clear], None).await?;
        let mut after = Uuid::nil();
        loop {
            let wanted = TextsWanted::After(after);
            let (texts, last) = torg_site::staff_texts(&snapshot, wanted, now).await?;
            let Some(last) = last else { break };
            after = last;
            self.write(texts.into_iter().map(change).collect(), None)
                .await?;
        }
        snapshot.end().await?;
        self.write(Vec::new(), Some(position)).await?;
        Ok(Place {
            position,
            seen: seen.into_iter().collect(),
            since,
        })
    }

    /// Takes in what happened since. Returns whether there was anything.
    async fn step(&self, place: &mut Place) -> Result<bool> {
        let mut follower = Follower::new(self.database, place.position, &[]);
        let mut pages: HashSet<PageId> = HashSet::new();
        let mut settings = false;
        loop {
            let events = follower.ready().await?;
            if events.is_empty() {
                break;
            }
            for event in events {
                settings |= event.subject.kind == "setting";
                if event.subject.kind == "page" {
                    pages.insert(PageId(event.subject.id));
                }
            }
        }
        let now = self.accounts.now();
        let snapshot = self.database.snapshot().await?;
        if settings {
            apply_settings(&*snapshot, self.index).await?;
        }
        let seen = torg_site::list_drafts_since(&*snapshot, place.since).await?;
        let seen: HashSet<DraftMark> = seen.into_iter().collect();
        let new = seen.difference(&place.seen);
        let drafts: Vec<ContentId> = new.map(|mark| mark.content).collect();
        let pages: Vec<PageId> = pages.into_iter().collect();
        let mut changes = Vec::new();
        for some in pages.chunks(AT_ONCE) {
            let wanted = TextsWanted::Pages(some);
            let (texts, _) = torg_site::staff_texts(&snapshot, wanted, now).await?;
            changes.extend(texts.into_iter().map(change));
        }
        for some in drafts.chunks(AT_ONCE) {
            let wanted = TextsWanted::Texts(some);
            let (texts, _) = torg_site::staff_texts(&snapshot, wanted, now).await?;
            changes.extend(texts.into_iter().map(change));
        }
        snapshot.end().await?;
        let changed = !changes.is_empty();
        if changed {
            self.write(changes, Some(follower.position())).await?;
        }
        *place = Place {
            position: follower.position(),
            seen,
            since: now.plus_seconds(-LATE),
        };
        Ok(changed)
    }

    async fn purge(&self) -> Result<()> {
        let index = self.index.clone();
        Ok(tokio::task::spawn_blocking(move || index.purge()).await??)
    }
}

/// Builds the staff's index and lets it follow until aborted.
pub async fn follow(database: Database, accounts: Accounts, index: Arc<Index>) {
    let staff = Staff {
        database: &database,
        accounts: &accounts,
        index: &index,
    };
    let failed = |problem: &Problem| {
        tracing::error!(%problem, "the staff's search index could not be changed; trying again");
    };
    let mut place = loop {
        match staff.rebuild().await {
            Ok(place) => break place,
            Err(problem) => failed(&problem),
        }
        tokio::time::sleep(EVERY).await;
    };
    let (mut dirty, mut purged) = (false, Instant::now());
    loop {
        tokio::time::sleep(EVERY).await;
        match staff.step(&mut place).await {
            Ok(changed) => dirty |= changed,
            Err(problem) => failed(&problem),
        }
        if dirty && purged.elapsed() >= PURGE {
            match staff.purge().await {
                Ok(()) => (dirty, purged) = (false, Instant::now()),
                Err(problem) => failed(&problem),
            }
        }
    }
}

/// Both indexes, for the staff's search.
pub(crate) struct StaffSearch {
    /// What everybody finds.
    pub public: Arc<Index>,
    /// What is not public.
    pub staff: Arc<Index>,
}

/// A document that holds the words.
struct Found {
    id: ContentId,
    title: String,
    extract: String,
    /// From the index of what is not public.
    beside: bool,
}

/// The languages of an index, those first that the caller reads.
fn languages(index: &Index, own: Locale) -> Result<Vec<Locale>> {
    let mut locales = index.locales()?;
    locales.sort_by_key(|locale| (*locale != own, *locale != Locale::SV));
    Ok(locales)
}

/// Documents of pages that hold every word, in any language. `own` are the organisations whose
/// documents count; `None` for all.
fn asked(
    index: &Index,
    (words, most, locale): (&str, usize, Locale),
    own: Option<&[String]>,
) -> Result<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    for locale in languages(index, locale)? {
        let query = Query {
            limit: most,
            organisations: own.unwrap_or_default().to_vec(),
            best_bets: false,
            strict: true,
            ..Query::new(words, locale)
        };
        for hit in index.search(&query)?.results {
            let id = hit.key.strip_prefix("page:").map(str::parse);
            let Some(Ok(id)) = id else { continue };
            let extract = hit.extract.into_iter().map(|piece| piece.text);
            found.push(Found {
                id,
                title: hit.title,
                extract: extract.collect(),
                beside: own.is_some(),
            });
        }
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

impl StaffSearch {
    /// Texts of both indexes that hold the words and that the caller may see, at most `most` of each.
    async fn texts(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Found>> {
        let locale = ask.context.locale();
        let scope = ask.caller.scopes.get(&Permission::PageRead);
        let own: Vec<String> = scope.map_or_else(Vec::new, |scope| {
            scope
                .organisations
                .keys()
                .map(ToString::to_string)
                .collect()
        });
        let (public, staff) = (self.public.clone(), self.staff.clone());
        let words = words.to_owned();
        tokio::task::spawn_blocking(move || {
            let mut found = Vec::new();
            // An empty filter would let everything through.
            if !own.is_empty() {
                found = asked(&staff, (&words, most, locale), Some(&own))?;
            }
            found.extend(asked(&public, (&words, most, locale), None)?);
            Ok(found)
        })
        .await?
    }

    /// Pages that have the words in their title or address, then those that have them anywhere in
    /// what the caller may see of them.
    ///
    /// # Errors
    /// When the database or an index fails.
    pub(crate) async fn pages(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Hit>> {
        let caller = ask.caller.clone();
        let may_read = move |organisation| caller.may(Permission::PageRead, organisation);
        let named = torg_site::named_pages(&**ask.on, words, most, &may_read).await?;
        let mut found: BTreeMap<ContentId, Found> = BTreeMap::new();
        let mut order: Vec<ContentId> = Vec::new();
        for text in self.texts(ask, words, most).await? {
            let known = named.iter().any(|page| page.id == text.id);
            if !known && !found.contains_key(&text.id) {
                order.push(text.id);
                found.insert(text.id, text);
            }
        }
        let mut hits: Vec<Hit> = named.iter().map(|page| hit(ask, page, None)).collect();
        let pages = torg_site::named_texts(&**ask.on, &order).await?;
        for id in order {
            let (Some(page), Some(text)) = (pages.iter().find(|own| own.id == id), found.get(&id))
            else {
                continue;
            };
            // The rows know what happened since the index was told.
            let may_see = may_read(page.organisation) || (page.published && !text.beside);
            if may_see {
                hits.push(hit(ask, page, Some(text)));
            }
        }
        hits.truncate(most);
        Ok(hits)
    }
}

fn hit(ask: &Ask<'_>, page: &NamedPage, text: Option<&Found>) -> Hit {
    let t = ask.context.t();
    let own = ask.caller.may(Permission::PageRead, page.organisation);
    let beside = text.is_some_and(|text| text.beside);
    let title = match text {
        // A page that was never public is known by what its draft calls it.
        Some(text) if !page.published => text.title.clone(),
        _ => page.title.clone(),
    };
    let mut note = page.address.clone();
    let state = match (page.published, beside) {
        (false, _) => Some("workspace-not-public"),
        (true, true) => Some("workspace-in-draft"),
        (true, false) => None,
    };
    if let Some(state) = state {
        note.push_str(", ");
        note.push_str(&t.get(state));
    }
    if let Some(text) = text
        && !text.extract.is_empty()
    {
        note.push_str(": ");
        note.push_str(&text.extract);
    }
    Hit {
        title,
        lang: Some(page.locale),
        href: if own {
            format!("/admin/pages/{}", page.id)
        } else {
            page.address.clone()
        },
        note,
    }
}
