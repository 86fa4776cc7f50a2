//! Three people write one text at random, with answers and requests that are lost, resent patches
//! and hours offline. In the end all see the same, and every word that anybody typed is in the text
//! or in a named conflict, unless somebody who saw it took it away.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use torg_kernel::{Block, BlockContent, BlockId, Document, Inline};
use torg_revision::{
    ChangedBlock, ChangedField, Conflict, DeletedBlock, Draft, Patch, PatchId, Words, apply,
    merge_order, words_of, words_of_block,
};
use uuid::Uuid;

fn paragraph(id: BlockId, words: &[String]) -> Block {
    Block {
        id,
        v: BlockContent::VERSION,
        content: BlockContent::Paragraph {
            text: vec![Inline::text(words.join(" "))],
        },
    }
}

/// What happens to a patch on its way.
#[derive(Debug, Clone, Copy)]
enum Way {
    There,
    RequestLost,
    AnswerLost,
    Twice,
}

#[derive(Debug, Clone)]
enum Act {
    Type { block: usize, at: usize },
    Cut { block: usize, at: usize },
    Add { after: usize },
    Delete { block: usize },
    Move { block: usize, to: usize },
    Title,
    Settle { which: usize },
    Sync(Way),
}

/// A window of somebody: what the server said, what was made of it, and what is on its way.
struct Client {
    name: String,
    revision: i64,
    server: BTreeMap<BlockId, (i64, Block)>,
    server_title: (i64, String),
    /// What the local text of each block was made from, with the version, or 0 if it is not the
    /// server's.
    base: BTreeMap<BlockId, (i64, Block)>,
    base_title: (i64, String),
    order_base: Vec<BlockId>,
    order: Vec<BlockId>,
    local: BTreeMap<BlockId, Block>,
    title: String,
    conflicts: Vec<Conflict>,
    settled: Vec<torg_revision::ConflictName>,
    pending: Option<Patch>,
}

impl Client {
    fn new(name: &str, draft: &Draft) -> Self {
        let blocks: BTreeMap<BlockId, (i64, Block)> = draft
            .blocks
            .iter()
            .map(|(id, held)| (*id, (held.version, held.value.clone())))
            .collect();
        let title = (1, draft.field("title").to_owned());
        Self {
            name: name.to_owned(),
            revision: draft.revision,
            base: blocks.clone(),
            local: blocks
                .iter()
                .map(|(id, (_, block))| (*id, block.clone()))
                .collect(),
            server: blocks,
            server_title: title.clone(),
            title: title.1.clone(),
            base_title: title,
            order_base: draft.order.clone(),
            order: draft.order.clone(),
            conflicts: Vec::new(),
            settled: Vec::new(),
            pending: None,
        }
    }

    fn patch(&mut self, id: PatchId) -> Patch {
        let mut patch = Patch::new(id, self.name.clone());
        for (id, block) in &self.local {
            let base = self.base.get(id);
            if base.is_some_and(|(_, base)| base == block) {
                continue;
            }
            patch.blocks.push(ChangedBlock {
                block: block.clone(),
                from: base.map_or(0, |(version, _)| *version),
                base: base.map(|(_, base)| base.clone()),
            });
        }
        for (id, (from, base)) in &self.base {
            if !self.local.contains_key(id) {
                patch.deleted.push(DeletedBlock {
                    id: *id,
                    from: *from,
                    base: Some(base.clone()),
                });
            }
        }
        if self.title != self.base_title.1 {
            patch.fields.push(ChangedField {
                name: "title".to_owned(),
                value: self.title.clone(),
                from: self.base_title.0,
                base: Some(self.base_title.1.clone()),
            });
        }
        if self.order != self.order_base {
            patch.order = Some(self.order.clone());
            patch.order_base = Some(self.order_base.clone());
        }
        patch.settled = std::mem::take(&mut self.settled);
        patch
    }

    /// The answer to the patch that is on its way.
    fn hear(&mut self, draft: &Draft) {
        let sent = self.pending.take().expect("an answer is to something");
        let changes = draft.since(self.revision);
        self.revision = changes.revision;
        for held in changes.blocks {
            self.server
                .insert(held.value.id, (held.version, held.value));
        }
        for id in &changes.deleted {
            self.server.remove(id);
        }
        if let Some(held) = changes.fields.get("title") {
            self.server_title = (held.version, held.value.clone());
        }
        let ids: BTreeSet<BlockId> = self
            .server
            .keys()
            .chain(self.local.keys())
            .chain(self.base.keys())
            .copied()
            .collect();
        for id in ids {
            self.meet(id, &sent);
        }
        let sent_title = sent
            .fields
            .first()
            .map_or(&self.base_title.1, |field| &field.value);
        if self.title == *sent_title {
            self.title = self.server_title.1.clone();
            self.base_title = self.server_title.clone();
        } else {
            self.base_title = (0, sent_title.clone());
        }
        let order = sent.order.unwrap_or_else(|| self.order_base.clone());
        self.order = merge_order(&order, &self.order, &changes.order);
        let local = &self.local;
        self.order.retain(|id| local.contains_key(id));
        for id in local.keys() {
            if !self.order.contains(id) {
                self.order.push(*id);
            }
        }
        self.order_base = changes.order;
        self.conflicts = changes.conflicts;
    }

    /// One block after an answer: the server's text where nothing was typed since, and otherwise
    /// the own text as made from what was sent.
    fn meet(&mut self, id: BlockId, sent: &Patch) {
        let changed = sent.blocks.iter().find(|changed| changed.block.id == id);
        let deleted = sent.deleted.iter().any(|deleted| deleted.id == id);
        let was_sent: Option<Block> = match changed {
            Some(changed) => Some(changed.block.clone()),
            None if deleted => None,
            None => self.base.get(&id).map(|(_, base)| base.clone()),
        };
        let server = self.server.get(&id).cloned();
        if self.local.get(&id) == was_sent.as_ref() {
            match server {
                Some((version, block)) => {
                    self.local.insert(id, block.clone());
                    self.base.insert(id, (version, block));
                }
                None => {
                    self.local.remove(&id);
                    self.base.remove(&id);
                }
            }
        } else if let Some(block) = was_sent {
            let version = server
                .filter(|(_, text)| *text == block)
                .map_or(0, |(version, _)| version);
            self.base.insert(id, (version, block));
        } else {
            self.base.remove(&id);
        }
    }
}

struct World {
    draft: Draft,
    clients: Vec<Client>,
    typed: BTreeSet<String>,
    /// Words that somebody took away who saw them.
    gone: BTreeSet<String>,
    next: u128,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            draft: Draft::default(),
            clients: Vec::new(),
            typed: BTreeSet::new(),
            gone: BTreeSet::new(),
            next: 0,
        };
        let blocks = (0..3)
            .map(|_| {
                let words: Vec<String> = (0..5).map(|_| world.word()).collect();
                paragraph(BlockId(world.id()), &words)
            })
            .collect();
        let title = world.word();
        world.draft = Draft::new(&Document { blocks }, [("title".to_owned(), title)]);
        world.clients = ["a", "b", "c"]
            .map(|name| Client::new(name, &world.draft))
            .into();
        world
    }

    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    fn word(&mut self) -> String {
        self.next += 1;
        let word = format!("w{}", self.next);
        self.typed.insert(word.clone());
        word
    }

    fn act(&mut self, who: usize, act: &Act) {
        match *act {
            Act::Sync(way) => self.sync(who, way),
            Act::Title => {
                let word = self.word();
                let title = &mut self.clients[who].title;
                *title = format!("{title} {word}");
            }
            Act::Add { after } => {
                let block = paragraph(BlockId(self.id()), &[self.word()]);
                let client = &mut self.clients[who];
                let place = after.min(client.order.len());
                client.order.insert(place, block.id);
                client.local.insert(block.id, block);
            }
            Act::Move { block, to } => {
                let order = &mut self.clients[who].order;
                if !order.is_empty() {
                    let id = order.remove(block % order.len());
                    order.insert(to % (order.len() + 1), id);
                }
            }
            Act::Settle { which } => self.settle(who, which),
            Act::Type { block, at } => {
                if self.clients[who].order.is_empty() {
                    return;
                }
                let word = self.word();
                self.edit(who, block, |words| {
                    words.insert(at % (words.len() + 1), word)
                });
            }
            Act::Cut { block, at } => {
                let mut cut = None;
                self.edit(who, block, |words| {
                    if !words.is_empty() {
                        cut = Some(words.remove(at % words.len()));
                    }
                });
                self.gone.extend(cut);
            }
            Act::Delete { block } => {
                let client = &mut self.clients[who];
                if !client.order.is_empty() {
                    let id = client.order.remove(block % client.order.len());
                    let block = client
                        .local
                        .remove(&id)
                        .expect("the order is of local blocks");
                    self.gone.extend(words_of_block(&block));
                }
            }
        }
    }

    fn edit(&mut self, who: usize, block: usize, change: impl FnOnce(&mut Vec<String>)) {
        let client = &mut self.clients[who];
        if client.order.is_empty() {
            return;
        }
        let id = client.order[block % client.order.len()];
        let mut words = words_of_block(&client.local[&id]);
        change(&mut words);
        client.local.insert(id, paragraph(id, &words));
    }

    /// Takes the other text of a conflict into the own one, and ends it.
    fn settle(&mut self, who: usize, which: usize) {
        let client = &mut self.clients[who];
        if client.conflicts.is_empty() {
            return;
        }
        let at = which % client.conflicts.len();
        let conflict = client.conflicts.remove(at);
        match conflict.other {
            Words::Text(text) => client.title = format!("{} {text}", client.title),
            Words::Block(other) => {
                let mut words = client
                    .local
                    .get(&other.id)
                    .map_or_else(Vec::new, words_of_block);
                words.extend(words_of_block(&other));
                if client
                    .local
                    .insert(other.id, paragraph(other.id, &words))
                    .is_none()
                {
                    client.order.push(other.id);
                }
            }
        }
        client.settled.push(conflict.name);
    }

    fn sync(&mut self, who: usize, way: Way) {
        let id = self.id();
        let client = &mut self.clients[who];
        if client.pending.is_none() {
            client.pending = Some(client.patch(torg_kernel::RequestId(id)));
        }
        let patch = client.pending.clone().expect("just made");
        if matches!(way, Way::RequestLost) {
            return;
        }
        let outcome = apply(&self.draft, &patch);
        // The same patch once more changes nothing.
        let again = apply(&outcome.draft, &patch);
        assert!(again.repeated);
        assert_eq!(again.draft, outcome.draft);
        self.draft = outcome.draft;
        self.hold();
        if matches!(way, Way::Twice) {
            // The first answer was lost, somebody else may write, and it is sent again.
            self.draft = apply(&self.draft, &patch).draft;
        }
        if !matches!(way, Way::AnswerLost) {
            self.clients[who].hear(&self.draft);
        }
    }

    /// What holds after every write.
    fn hold(&self) {
        let order: BTreeSet<BlockId> = self.draft.order.iter().copied().collect();
        assert_eq!(order.len(), self.draft.order.len(), "a block stands twice");
        assert_eq!(order, self.draft.blocks.keys().copied().collect());
        assert!(self.draft.deleted.keys().all(|id| !order.contains(id)));
        let versions = self.draft.blocks.values().map(|held| held.version);
        assert!(versions.max().unwrap_or(0) <= self.draft.revision);
    }

    fn written(&self) -> BTreeSet<String> {
        let text = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let words = |words: &Words| match words {
            Words::Text(value) => text(value),
            Words::Block(block) => words_of_block(block),
        };
        let mut all: BTreeSet<String> = words_of(&self.draft.document()).into_iter().collect();
        all.extend(text(self.draft.field("title")));
        for conflict in self.draft.conflicts.values() {
            all.extend(words(&conflict.kept));
            all.extend(words(&conflict.other));
        }
        all
    }
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![
        4 => Just(Way::There),
        1 => Just(Way::RequestLost),
        2 => Just(Way::AnswerLost),
        1 => Just(Way::Twice),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (0..9_usize, 0..20_usize).prop_map(|(block, at)| Act::Type { block, at }),
        2 => (0..9_usize, 0..20_usize).prop_map(|(block, at)| Act::Cut { block, at }),
        1 => (0..9_usize).prop_map(|after| Act::Add { after }),
        1 => (0..9_usize).prop_map(|block| Act::Delete { block }),
        1 => (0..9_usize, 0..9_usize).prop_map(|(block, to)| Act::Move { block, to }),
        1 => Just(Act::Title),
        1 => (0..4_usize).prop_map(|which| Act::Settle { which }),
        6 => way().prop_map(Act::Sync),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nobodys_words_are_lost(
        acts in proptest::collection::vec((0..3_usize, act()), 1..80)
    ) {
        let mut world = World::new();
        for (who, act) in &acts {
            world.act(*who, act);
        }
        // All come back and wait until nothing is left to send.
        for _ in 0..4 {
            for who in 0..3 {
                world.sync(who, Way::There);
            }
        }
        let written = world.written();
        let lost: Vec<&String> = world
            .typed
            .iter()
            .filter(|word| !written.contains(*word) && !world.gone.contains(*word))
            .collect();
        prop_assert!(lost.is_empty(), "lost: {lost:?}");
        let document = world.draft.document();
        for client in &world.clients {
            let local = Document {
                blocks: client.order.iter().map(|id| client.local[id].clone()).collect(),
            };
            prop_assert_eq!(&local, &document, "{} sees something else", client.name);
            prop_assert_eq!(&client.title, world.draft.field("title"));
        }
    }
}
