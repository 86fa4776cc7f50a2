//! Three people write on one page at random, with lost answers, lost requests and restarts: every
//! word that somebody typed and nobody took away is in the page or in a named conflict.

use std::collections::{BTreeMap, BTreeSet};

use torg_db::DatabaseOptions;
use torg_kernel::{Ids, RequestId};
use torg_revision::{Draft, Held, Words, words_of, words_of_block};

use super::*;

/// Random numbers that can be repeated.
struct Dice<'a>(&'a SeededIds);

impl Dice<'_> {
    fn below(&self, most: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % (most.max(1) as u64)).expect("is small")
    }
}

/// A patch that was sent, with the blocks, order and title as they were then.
type Flying = (Patch, BTreeMap<BlockId, Block>, Vec<BlockId>, String);

/// One window of the editor, as it keeps things while it is open or away.
struct Client {
    name: String,
    /// What the next patch is made from.
    basis: Draft,
    generation: String,
    /// What is on the screen.
    order: Vec<BlockId>,
    blocks: BTreeMap<BlockId, Block>,
    title: String,
    /// A patch that has not been answered, with what was on the screen when it was made.
    flying: Option<Flying>,
}

impl Client {
    fn new(name: &str, opened: &Working) -> Self {
        let mut client = Self {
            name: name.to_owned(),
            basis: Draft::default(),
            generation: String::new(),
            order: Vec::new(),
            blocks: BTreeMap::new(),
            title: String::new(),
            flying: None,
        };
        client.show(opened);
        client
    }

    /// Shows what the server has.
    fn show(&mut self, working: &Working) {
        self.basis = working.draft.clone();
        self.generation = working.head.generation_name();
        self.order = working.draft.order.clone();
        let blocks = working.draft.blocks.iter();
        self.blocks = blocks.map(|(id, held)| (*id, held.value.clone())).collect();
        self.title = working.draft.field("title").to_owned();
    }

    fn document(&self) -> Document {
        Document {
            blocks: self
                .order
                .iter()
                .filter_map(|id| self.blocks.get(id).cloned())
                .collect(),
        }
    }

    /// Something that a person does.
    fn edit(&mut self, dice: &Dice<'_>, number: usize, world: &mut World) {
        let word = format!("{}{number}", self.name);
        let at = dice.below(self.order.len());
        match (dice.below(10), self.order.get(at).copied()) {
            (0, _) => {
                self.title = format!("{} {word}", self.title);
                world.typed.insert(word);
            }
            (1 | 2, _) | (_, None) => {
                let id = BlockId(SystemIds.uuid(NOW));
                let at = dice.below(self.order.len() + 1);
                self.order.insert(at, id);
                let mut block = paragraph(1, &word);
                block.id = id;
                self.blocks.insert(id, block);
                world.typed.insert(word);
            }
            (3, Some(id)) if self.order.len() > 2 => {
                // Whoever takes a paragraph away takes away the words that they see in it.
                self.order.remove(at);
                if let Some(block) = self.blocks.remove(&id) {
                    world.taken.extend(words_of_block(&block));
                }
            }
            (4, Some(id)) => {
                self.order.remove(at);
                let to = dice.below(self.order.len() + 1);
                self.order.insert(to, id);
            }
            (_, Some(id)) => {
                let old = self.blocks.get(&id).map(text_of).unwrap_or_default();
                let mut words: Vec<&str> = old.split(' ').collect();
                let place = dice.below(words.len() + 1);
                words.insert(place, &word);
                let mut block = paragraph(1, &words.join(" "));
                block.id = id;
                self.blocks.insert(id, block);
                world.typed.insert(word);
            }
        }
    }

    /// The patch that is to be sent: the one that was not answered, before anything new.
    fn patch(&mut self) -> Option<Patch> {
        if self.flying.is_none() {
            let id = RequestId(SystemIds.uuid(NOW));
            let fields = [("title", self.title.as_str())];
            let patch = patch_between(id, &*self.name, &self.basis, &self.document(), &fields);
            if patch.is_empty() {
                return None;
            }
            let (blocks, order) = (self.blocks.clone(), self.order.clone());
            self.flying = Some((patch, blocks, order, self.title.clone()));
        }
        self.flying.as_ref().map(|(patch, ..)| patch.clone())
    }

    /// Takes an answer in: where nothing was typed since, the server's text is shown; where
    /// something was, the next patch is made from what was sent.
    fn answered(&mut self, working: &Working) {
        let (_, sent, order, title) = self.flying.take().unwrap_or_else(|| {
            let patch = Patch::new(RequestId(SystemIds.uuid(NOW)), "");
            let (blocks, order) = (self.blocks.clone(), self.order.clone());
            (patch, blocks, order, self.title.clone())
        });
        let mine = (self.blocks.clone(), self.order.clone(), self.title.clone());
        self.show(working);
        let held = |value: &Block| Held {
            version: 0,
            value: value.clone(),
        };
        for (id, block) in &mine.0 {
            if sent.get(id) == Some(block) {
                continue;
            }
            self.blocks.insert(*id, block.clone());
            match sent.get(id) {
                Some(base) => {
                    self.basis.blocks.insert(*id, held(base));
                }
                None => {
                    self.basis.blocks.remove(id);
                }
            }
            if !self.order.contains(id) {
                let at = mine.1.iter().position(|other| other == id).unwrap_or(0);
                self.order.insert(at.min(self.order.len()), *id);
            }
        }
        for id in sent.keys().filter(|id| !mine.0.contains_key(*id)) {
            self.blocks.remove(id);
            self.order.retain(|other| other != id);
            if let Some(base) = sent.get(id) {
                self.basis.blocks.insert(*id, held(base));
            }
        }
        let _ = order;
        if mine.2 != title {
            self.title = mine.2;
            let base = Held {
                version: 0,
                value: title,
            };
            self.basis.fields.insert("title".to_owned(), base);
        }
    }
}

#[derive(Default)]
struct World {
    typed: BTreeSet<String>,
    taken: BTreeSet<String>,
}

async fn reopened(test: &TestDatabase, database: Database) -> Database {
    database.close().await;
    Database::open(&DatabaseOptions::new(&test.url))
        .await
        .expect("opens again")
}

async fn life(test: &TestDatabase, seed: u64) {
    let ids = SeededIds::new(seed);
    let dice = Dice(&ids);
    let mut page = page(&ids);
    page.address = Address::parse(&format!("/bad-{seed}")).expect("written here");
    let id = page.id;
    put(&test.database, &page).await;
    let mut database = Database::open(&DatabaseOptions::new(&test.url))
        .await
        .expect("opens");
    let opened = working(&database, id).await;
    let mut clients: Vec<Client> = ["anna", "bo", "cleo"]
        .iter()
        .map(|name| Client::new(name, &opened))
        .collect();
    let mut world = World::default();
    let mut repeated = 0;
    for step in 0..60 {
        let who = dice.below(3);
        let client = &mut clients[who];
        match dice.below(12) {
            0..=6 => client.edit(&dice, step, &mut world),
            // The request never came, or somebody is away.
            7 => {
                client.patch();
            }
            // The answer never came.
            8 => {
                if let Some(patch) = client.patch() {
                    send(&database, id, who as u128, NOW, vec![patch])
                        .await
                        .expect("is taken");
                }
            }
            9 if dice.below(3) == 0 => database = reopened(test, database).await,
            _ => repeated += sync(&database, id, who, client).await,
        }
    }
    // Everybody comes back, until nobody has anything to say.
    for _ in 0..4 {
        for (who, client) in clients.iter_mut().enumerate() {
            repeated += sync(&database, id, who, client).await;
        }
    }
    let end = working(&database, id).await;
    let mut found: BTreeSet<String> = words_of(&end.draft.document()).into_iter().collect();
    found.extend(end.draft.field("title").split(' ').map(str::to_owned));
    for kept in &end.conflicts {
        match &kept.conflict.other {
            Words::Text(text) => found.extend(text.split(' ').map(str::to_owned)),
            Words::Block(block) => found.extend(words_of_block(block)),
        }
    }
    let lost: Vec<&String> = world
        .typed
        .iter()
        .filter(|word| !found.contains(*word) && !world.taken.contains(*word))
        .collect();
    assert!(
        lost.is_empty(),
        "{} seed {seed}: {lost:?} are lost",
        test.engine
    );
    for client in &clients {
        assert_eq!(
            client.order, end.draft.order,
            "seed {seed}: all see the same"
        );
        assert_eq!(client.document(), end.draft.document());
    }
    REPEATED.fetch_add(repeated, std::sync::atomic::Ordering::Relaxed);
    CONFLICTS.fetch_add(end.conflicts.len(), std::sync::atomic::Ordering::Relaxed);
    database.close().await;
}

static REPEATED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
static CONFLICTS: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);

/// Sends what a client has and takes the answer in. Returns how many patches had come before.
async fn sync(database: &Database, id: ContentId, who: usize, client: &mut Client) -> usize {
    let patches: Vec<Patch> = client.patch().into_iter().collect();
    let (working, done) = send(database, id, who as u128, NOW, patches)
        .await
        .expect("is taken");
    client.answered(&working);
    done.iter().filter(|done| done.repeated).count()
}

#[tokio::test]
async fn every_word_that_was_typed_is_in_the_page_or_in_a_conflict() {
    both!(Migrator, |test: TestDatabase| async move {
        for seed in 1..=12 {
            life(&test, seed).await;
        }
    });
    // The lives were lived: patches were resent, and people met.
    assert!(REPEATED.load(std::sync::atomic::Ordering::Relaxed) > 5);
    assert!(CONFLICTS.load(std::sync::atomic::Ordering::Relaxed) > 5);
}
