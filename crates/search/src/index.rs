//! The index on disk: one writer, any number of readers, and the log position it stands at.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};
use torg_kernel::{Locale, Timestamp};

use crate::analysis::Analyser;
use crate::best_bets::BestBets;
use crate::change::Change;
use crate::error::SearchError;
use crate::fresh::{Freshness, HALF_LIFE_DAYS};
use crate::schema::{Fields, TERMS, Terms, VERSION, schema, to_engine};
use crate::swedish::Dictionary;
use crate::synonyms::Synonyms;

/// The file that says which version of schema and word list an index was made with.
const VERSION_FILE: &str = "torg-search-version";

/// How an index is opened.
#[derive(Debug, Clone)]
pub struct IndexOptions {
    /// Words that mean the same; may be replaced later with [`Index::set_synonyms`].
    pub synonyms: Synonyms,
    /// Bytes of memory for documents not yet written; at least 15 MB.
    pub writer_memory: usize,
}

impl Default for IndexOptions {
    fn default() -> Self {
        Self {
            synonyms: Synonyms::default(),
            writer_memory: 50_000_000,
        }
    }
}

/// A search index. Cheap to share behind an `Arc`: searching takes `&self` and no lock on the
/// writer. One `Index` per folder writes; a commit costs a few file syncs, so feed it in batches.
pub struct Index {
    pub(crate) fields: Fields,
    pub(crate) synonyms: RwLock<Arc<Synonyms>>,
    pub(crate) best_bets: RwLock<Arc<BestBets>>,
    engine: tantivy::Index,
    reader: IndexReader,
    writer: Option<Mutex<Writer>>,
    position: AtomicU64,
    half_life_days: AtomicU32,
}

struct Writer {
    /// `None` after a failure: what was staged is dropped, and the next write starts a new one.
    engine: Option<IndexWriter>,
    analysers: HashMap<Locale, Analyser>,
    memory: usize,
    dir: Option<PathBuf>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

/// What [`VERSION_FILE`] must hold.
fn version() -> String {
    format!("{VERSION} {:016x}\n", Dictionary::digest())
}

impl Index {
    /// Opens the index in a folder for reading and writing, or makes it. An index of another
    /// version of this program, and one that cannot be read, is emptied: its position is 0.
    ///
    /// # Errors
    /// The folder is being written by another process, or cannot be made or read.
    pub fn open(dir: &Path, options: IndexOptions) -> Result<Self, SearchError> {
        let folder = |source| SearchError::Folder {
            path: dir.to_owned(),
            source,
        };
        fs::create_dir_all(dir).map_err(folder)?;
        let marker = dir.join(VERSION_FILE);
        let current = fs::read_to_string(&marker).is_ok_and(|found| found == version());
        let existing = if current {
            tantivy::Index::open_in_dir(dir).ok()
        } else {
            None
        };
        let engine = match existing {
            Some(engine) => engine,
            None => {
                tracing::info!(folder = %dir.display(), "the search index is made anew");
                make_empty(dir)?;
                let (schema, _) = schema();
                let engine = tantivy::Index::create_in_dir(dir, schema)?;
                fs::write(&marker, version()).map_err(folder)?;
                engine
            }
        };
        Self::start(engine, Some(dir), options)
    }

    /// Opens the index in a folder for reading only, beside a process that writes it. It shows
    /// what was committed when [`Index::refresh`] was last called.
    ///
    /// # Errors
    /// There is no index of this version, or it cannot be read.
    pub fn open_read_only(dir: &Path, options: IndexOptions) -> Result<Self, SearchError> {
        let missing = || SearchError::Missing(dir.to_owned());
        let marker = fs::read_to_string(dir.join(VERSION_FILE)).map_err(|_| missing())?;
        if marker != version() {
            return Err(missing());
        }
        let engine = tantivy::Index::open_in_dir(dir)?;
        Self::finish(engine, None, options.synonyms)
    }

    /// An index in memory, for tests and for a handful of documents.
    ///
    /// # Errors
    /// The engine's thread could not be started.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, _) = schema();
        Self::start(
            tantivy::Index::create_in_ram(schema),
            None,
            IndexOptions::default(),
        )
    }

    fn start(
        engine: tantivy::Index,
        dir: Option<&Path>,
        options: IndexOptions,
    ) -> Result<Self, SearchError> {
        engine.tokenizers().register(TERMS, Terms);
        let writer = Writer {
            engine: Some(writer(&engine, options.writer_memory, dir)?),
            analysers: HashMap::new(),
            memory: options.writer_memory,
            dir: dir.map(Path::to_owned),
        };
        Self::finish(engine, Some(writer), options.synonyms)
    }

    fn finish(
        engine: tantivy::Index,
        writer: Option<Writer>,
        synonyms: Synonyms,
    ) -> Result<Self, SearchError> {
        let (_, fields) = schema();
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let position = stored_position(&engine)?;
        Ok(Self {
            fields,
            synonyms: RwLock::new(Arc::new(synonyms)),
            best_bets: RwLock::default(),
            engine,
            reader,
            writer: writer.map(Mutex::new),
            position: AtomicU64::new(position),
            half_life_days: AtomicU32::new(HALF_LIFE_DAYS),
        })
    }

    /// The log position of the last commit; 0 for an empty index.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position.load(Ordering::Acquire)
    }

    /// How many documents can be found.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The languages of the documents, by tag. That of a document that is gone stays until its
    /// part of the index is written anew.
    ///
    /// # Errors
    /// The index could not be read.
    pub fn locales(&self) -> Result<Vec<Locale>, SearchError> {
        let mut found = BTreeSet::new();
        for segment in self.searcher().segment_readers() {
            let terms = segment.inverted_index(self.fields.locale)?;
            let mut tags = terms.terms().stream().map_err(TantivyError::from)?;
            while tags.advance() {
                let tag = std::str::from_utf8(tags.key()).ok();
                found.extend(tag.and_then(|tag| tag.parse::<Locale>().ok()));
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Applies changes in order and commits them with the log position they reach. Searches see
    /// them when it returns; after a crash the index is at the last position committed.
    ///
    /// # Errors
    /// The index is read-only, or could not be written; then it stands where it stood before, and
    /// the changes since [`Index::position`] have to be applied again.
    pub fn apply(&self, changes: &[Change], position: u64) -> Result<(), SearchError> {
        self.stage(changes)?;
        self.commit(position)
    }

    /// Takes changes in without committing: for building from many documents, in batches of any
    /// size, with the memory of [`IndexOptions::writer_memory`]. Whatever is staged becomes
    /// visible with the next [`Index::commit`] or [`Index::apply`].
    ///
    /// # Errors
    /// The index is read-only, or could not be written; everything staged is then dropped.
    pub fn stage(&self, changes: &[Change]) -> Result<(), SearchError> {
        self.write(|engine, analysers| stage(changes, &self.fields, engine, analysers))
    }

    /// Makes all that is staged durable and visible, at a log position.
    ///
    /// # Errors
    /// The index is read-only, or could not be written; everything staged is then dropped.
    pub fn commit(&self, position: u64) -> Result<(), SearchError> {
        self.write(|engine, _| {
            let mut prepared = engine.prepare_commit()?;
            prepared.set_payload(&position.to_string());
            prepared.commit()?;
            Ok(())
        })?;
        self.reader.reload()?;
        self.position.store(position, Ordering::Release);
        Ok(())
    }

    /// Writes all segments anew without what was deleted or replaced, so that weeded text is gone
    /// from the disk too. Costs as much as copying the index.
    ///
    /// # Errors
    /// The index is read-only, or could not be written.
    pub fn purge(&self) -> Result<(), SearchError> {
        self.write(|engine, _| {
            let segments = self.engine.searchable_segment_ids()?;
            if !segments.is_empty() {
                engine.merge(&segments).wait()?;
            }
            self.reader.reload()?;
            engine.garbage_collect_files().wait()?;
            Ok(())
        })
    }

    /// Shows what another process has committed since; only needed after
    /// [`Index::open_read_only`].
    ///
    /// # Errors
    /// The index could not be read.
    pub fn refresh(&self) -> Result<(), SearchError> {
        self.reader.reload()?;
        self.position
            .store(stored_position(&self.engine)?, Ordering::Release);
        Ok(())
    }

    /// Replaces the synonyms for all queries from now on.
    pub fn set_synonyms(&self, synonyms: Synonyms) {
        *self
            .synonyms
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(synonyms);
    }

    /// Replaces the pages that editors have chosen, for all queries from now on.
    pub fn set_best_bets(&self, best_bets: BestBets) {
        *self
            .best_bets
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(best_bets);
    }

    /// Sets after how many days the lead of something new has halved, from now on.
    pub fn set_half_life(&self, days: u32) {
        self.half_life_days.store(days.max(1), Ordering::Relaxed);
    }

    /// How old things are at an instant.
    #[must_use]
    pub fn freshness(&self, now: Timestamp) -> Freshness {
        Freshness {
            now,
            half_life_days: self.half_life_days.load(Ordering::Relaxed),
        }
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Runs a step of writing. If it fails, the engine's writer is thrown away with all that is
    /// staged, since a writer that has met a full disk takes no more work.
    fn write(
        &self,
        step: impl FnOnce(&mut IndexWriter, &mut HashMap<Locale, Analyser>) -> Result<(), SearchError>,
    ) -> Result<(), SearchError> {
        let writer = self.writer.as_ref().ok_or(SearchError::ReadOnly)?;
        let mut writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let writer = &mut *writer;
        let mut engine = match writer.engine.take() {
            Some(engine) => engine,
            None => self::writer(&self.engine, writer.memory, writer.dir.as_deref())?,
        };
        step(&mut engine, &mut writer.analysers)?;
        writer.engine = Some(engine);
        Ok(())
    }
}

fn stage(
    changes: &[Change],
    fields: &Fields,
    engine: &IndexWriter,
    analysers: &mut HashMap<Locale, Analyser>,
) -> Result<(), SearchError> {
    for change in changes {
        match change {
            Change::Put(document) => {
                engine.delete_term(Term::from_field_text(fields.key, &document.key));
                let analyser = analysers
                    .entry(document.locale)
                    .or_insert_with(|| Analyser::new(document.locale));
                engine.add_document(to_engine(document, fields, analyser))?;
            }
            Change::Delete { key } => {
                engine.delete_term(Term::from_field_text(fields.key, key));
            }
            Change::Clear => {
                engine.delete_query(Box::new(tantivy::query::AllQuery))?;
            }
        }
    }
    Ok(())
}

fn stored_position(engine: &tantivy::Index) -> Result<u64, SearchError> {
    let payload = engine.load_metas()?.payload;
    Ok(payload
        .and_then(|position| position.parse().ok())
        .unwrap_or(0))
}

fn writer(
    engine: &tantivy::Index,
    memory: usize,
    dir: Option<&Path>,
) -> Result<IndexWriter, SearchError> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(memory.max(15_000_000))
        .build();
    engine
        .writer_with_options(options)
        .map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                SearchError::Locked(dir.map_or_else(PathBuf::new, Path::to_owned))
            }
            other => SearchError::Engine(other),
        })
}

/// Removes the files of an old index, and nothing else: only names that the engine gives.
fn make_empty(dir: &Path) -> Result<(), SearchError> {
    let folder = |source| SearchError::Folder {
        path: dir.to_owned(),
        source,
    };
    // Nobody may be writing while the files go.
    if let Ok(old) = tantivy::Index::open_in_dir(dir) {
        drop(writer(&old, 0, Some(dir))?);
    }
    for entry in fs::read_dir(dir).map_err(folder)? {
        let entry = entry.map_err(folder)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let of_segment = name.len() > 33
            && name.as_bytes()[..32].iter().all(u8::is_ascii_hexdigit)
            && name.as_bytes()[32] == b'.';
        if of_segment || matches!(&*name, "meta.json" | ".managed.json" | VERSION_FILE) {
            fs::remove_file(entry.path()).map_err(folder)?;
        }
    }
    Ok(())
}
