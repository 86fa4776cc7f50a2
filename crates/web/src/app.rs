//! The program as a request sees it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use torg_db::{Database, Snapshot};
use torg_kernel::{Clock, Ids, Locale, Result};
use torg_ui::Chrome;

use crate::organisations::{ORGANISATIONS_TAG, OrganisationList, Organisations};
use crate::reading::Reading;
use crate::{Facts, Identity, PageCache, Reads, TagCache, Telemetry};

/// What the city has settled.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme and host by which readers reach us, without a slash at the end.
    pub base_url: String,
    /// The sender's name.
    pub city: String,
    /// Whether every page says that this is a demonstration.
    pub demo: bool,
    /// Hosts that are answered; empty for all. Others get `421`.
    pub hosts: Vec<String>,
    /// Token for figures and probes from other machines.
    pub operator_token: Option<String>,
    /// The largest form that is read, in bytes.
    pub body_limit: usize,
}

impl Settings {
    /// Whether readers reach the site at this machine's own address only. Behind a proxy every
    /// reader seems to come from this machine, so nothing may be granted for that.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let host = self.base_url.split("://").nth(1).unwrap_or_default();
        ["127.", "localhost", "[::1]"]
            .iter()
            .any(|local| host.starts_with(local))
    }

    /// Whether readers come by HTTPS, so that cookies must too.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https:")
    }
}

/// Makes the frame round public pages. Answered by `site`, which knows the themes.
#[async_trait]
pub trait ChromeSource: Send + Sync {
    /// The frame for a language, with the tags for which it must be made anew.
    ///
    /// # Errors
    /// When the database fails.
    async fn chrome(
        &self,
        app: &App,
        reading: &Reading,
        locale: Locale,
    ) -> Result<(Arc<Chrome>, Vec<String>)>;
}

/// What an error page is drawn from.
#[derive(Debug, Clone)]
pub struct Draw {
    /// The HTTP status.
    pub status: u16,
    /// The path that was asked for.
    pub path: String,
    /// The reader's language.
    pub locale: Locale,
    /// The number by which the log knows the request.
    pub request_id: String,
    /// The frame, unless the database failed.
    pub chrome: Option<Arc<Chrome>>,
}

/// Draws error pages; must not fail and must not ask the database. Answered by `site`.
pub trait ErrorPages: Send + Sync {
    /// The page as HTML.
    fn draw(&self, draw: Draw) -> String;

    /// The page for a form that could not be taken: what was written, why it was not saved (by
    /// the status: 401 logged out, 500 a fault), and a button that sends it once more.
    fn kept(&self, draw: Draw, fields: Vec<(String, String)>) -> String;
}

/// What the binary wires together.
pub struct AppParts {
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<dyn Ids>,
    /// Who is asking.
    pub identity: Arc<dyn Identity>,
    /// Rooms that own facts.
    pub facts: Facts,
    /// The city's organisations.
    pub organisations: Arc<dyn Organisations>,
    /// Frames.
    pub chrome: Arc<dyn ChromeSource>,
    /// Error pages.
    pub errors: Arc<dyn ErrorPages>,
    /// What the city has settled.
    pub settings: Settings,
    /// The most bytes that kept pages may take; 0 keeps none.
    pub cache_bytes: u64,
}

type Frame = (Arc<Chrome>, Vec<String>);
type Watcher = Arc<dyn Fn(&str, i64) + Send + Sync>;

/// The program.
pub struct App {
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and randomness.
    pub ids: Arc<dyn Ids>,
    /// Who is asking.
    pub identity: Arc<dyn Identity>,
    /// Rooms that own facts.
    pub facts: Facts,
    /// Error pages.
    pub errors: Arc<dyn ErrorPages>,
    /// What the city has settled.
    pub settings: Settings,
    /// Finished pages.
    pub pages: PageCache,
    /// Figures.
    pub telemetry: Telemetry,
    /// How often texts were read.
    pub reads: Reads,
    pub(crate) cache_is_on: bool,
    /// All that events up to here made stale has been dropped; see `follow_views`.
    pub(crate) followed: AtomicI64,
    frames: TagCache<Locale, Frame>,
    frame_source: Arc<dyn ChromeSource>,
    organisations: TagCache<u8, Arc<OrganisationList>>,
    organisation_source: Arc<dyn Organisations>,
    watchers: RwLock<Vec<Watcher>>,
}

impl App {
    /// Puts the parts together and makes the caches follow what is committed here.
    #[must_use]
    pub fn new(parts: AppParts) -> Arc<Self> {
        let app = Arc::new(Self {
            database: parts.database,
            clock: parts.clock,
            ids: parts.ids,
            identity: parts.identity,
            facts: parts.facts,
            errors: parts.errors,
            settings: parts.settings,
            pages: PageCache::new(parts.cache_bytes),
            telemetry: Telemetry::new(),
            reads: Reads::default(),
            cache_is_on: parts.cache_bytes > 0,
            followed: AtomicI64::new(0),
            frames: TagCache::new(32, 32),
            frame_source: parts.chrome,
            organisations: TagCache::new(1, 1),
            organisation_source: parts.organisations,
            watchers: RwLock::default(),
        });
        let weak = Arc::downgrade(&app);
        app.database.writer().on_commit(Arc::new(move |tags| {
            if let Some(app) = weak.upgrade() {
                for tag in tags {
                    app.drop_tag(&tag.name, tag.position);
                }
            }
        }));
        app
    }

    /// The position up to which this node has followed the log.
    #[must_use]
    pub fn followed(&self) -> i64 {
        self.followed.load(Ordering::SeqCst)
    }

    /// A reading for one page, begun now.
    #[must_use]
    pub fn reading(&self) -> Reading {
        Reading::following(&self.database, self.followed())
    }

    /// Tells a room that keeps something in memory of each tag that is dropped, with its position.
    pub fn watch_tags(&self, watcher: impl Fn(&str, i64) + Send + Sync + 'static) {
        let mut watchers = self
            .watchers
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        watchers.push(Arc::new(watcher));
    }

    /// Makes everything that shows what `tag` names be made anew.
    pub fn drop_tag(&self, tag: &str, position: i64) {
        self.frames.drop_tag(tag, position);
        self.organisations.drop_tag(tag, position);
        for room in &self.facts.0 {
            room.drop_tag(tag, position);
        }
        let watchers = self
            .watchers
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for watcher in watchers {
            watcher(tag, position);
        }
        let gone = self.pages.drop_tag(tag, position);
        self.telemetry.dropped(gone);
    }

    /// The frame for a language: kept between pages, since every page needs it. Gives also its
    /// tags and the position it was made from.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chrome(
        &self,
        reading: &Reading,
        locale: Locale,
    ) -> Result<(Arc<Chrome>, Vec<String>, i64)> {
        if let Some(((chrome, tags), position)) = self.frames.get(&locale) {
            return Ok((chrome, tags, reading.made_from_kept(position)));
        }
        let part = reading.part();
        part.snapshot().await?;
        let (chrome, tags) = self.frame_source.chrome(self, &part, locale).await?;
        let position = part.position();
        self.frames.insert(
            locale,
            (chrome.clone(), tags.clone()),
            tags.clone(),
            position,
            1,
        );
        Ok((chrome, tags, position))
    }

    /// The city's organisations, if they are in memory.
    pub(crate) fn kept_organisations(&self) -> Option<(Arc<OrganisationList>, i64)> {
        self.organisations.get(&0)
    }

    /// The city's organisations, with the position they were read at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisations(&self, on: &Snapshot) -> Result<(Arc<OrganisationList>, i64)> {
        if let Some(kept) = self.organisations.get(&0) {
            return Ok(kept);
        }
        let position = torg_log::head(&**on).await?;
        let list = self.organisation_source.list(on).await?;
        let tags = vec![ORGANISATIONS_TAG.to_owned()];
        self.organisations
            .insert(0, list.clone(), tags, position, 1);
        Ok((list, position))
    }
}
