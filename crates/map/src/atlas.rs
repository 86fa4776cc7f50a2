//! Everything on the map, in memory, with an index by place. Each source is read whole and kept until
//! one of its tags is dropped: a city has thousands of features, and a question must not wait for as
//! many rows. That costs some hundred bytes for each, and one reading after each change.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Mutex;
use torg_db::Snapshot;
use torg_geo::{AreaIndex, Bounds, Point};
use torg_kernel::{Locale, Result, Timestamp, fold, sort_key};
use torg_web::{PageRequest, Reading, TagCache};

use crate::model::{Feature, LayerInfo};

/// What a source has.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Its layers, in order.
    pub layers: Vec<LayerInfo>,
    /// Features of all its layers.
    pub features: Vec<Feature>,
    /// When one of these is dropped, it is read anew.
    pub tags: Vec<String>,
    /// When it becomes untrue by itself.
    pub fresh_until: Option<Timestamp>,
}

/// A room that has something to show on the map. Owned here, answered by whoever has it.
#[async_trait]
pub trait Layers: Send + Sync {
    /// All its layers with all that is public in them.
    ///
    /// # Errors
    /// When the database fails.
    async fn load(&self, on: &Snapshot, now: Timestamp) -> Result<Loaded>;

    /// Only what a question in the source's own words asks for, such as `when=weekend&free=1`; `None`
    /// where it understands none. It is read for each who asks and not kept.
    ///
    /// # Errors
    /// When the database or the index fails.
    async fn narrowed(
        &self,
        _request: &PageRequest,
        _locale: Locale,
        _question: &[(String, String)],
    ) -> Result<Option<Narrowed>> {
        Ok(None)
    }
}

/// What a source has for a question in its own words.
#[derive(Debug)]
pub struct Narrowed {
    /// The same layers, with only the features that were asked for.
    pub loaded: Loaded,
    /// Where the same question is answered as a list.
    pub list_href: String,
}

/// A source as it is kept.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its layers.
    pub layers: Vec<LayerInfo>,
    /// Its features, by Swedish title.
    pub features: Vec<Feature>,
    /// For each feature what it is sorted by, so that sheets are merged and not sorted anew.
    keys: Vec<String>,
    /// For each feature the words to look through.
    folded: Vec<String>,
    index: AreaIndex,
    /// The tags of all of it.
    pub tags: Vec<String>,
    /// When it becomes untrue by itself.
    pub fresh_until: Option<Timestamp>,
}

impl Sheet {
    fn new(loaded: Loaded) -> Self {
        let mut keyed: Vec<(String, Feature)> = loaded
            .features
            .into_iter()
            .map(|own| (sort_key(own.title.get(Locale::SV)), own))
            .collect();
        keyed.sort_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
        let (keys, features): (Vec<String>, Vec<Feature>) = keyed.into_iter().unzip();
        let folded = features.iter().map(words_of).collect();
        let shapes = features.iter().map(|own| own.shape.clone());
        Self {
            index: AreaIndex::new(shapes.collect()),
            keys,
            folded,
            layers: loaded.layers,
            features,
            tags: loaded.tags,
            fresh_until: loaded.fresh_until,
        }
    }

    /// Numbers of the features that answer a question, by title.
    fn find(&self, ask: &Ask<'_>, words: &[String]) -> Vec<usize> {
        let candidates = match &ask.bounds {
            Some(bounds) => self.index.within(bounds),
            None => (0..self.features.len()).collect(),
        };
        candidates
            .into_iter()
            .filter(|at| {
                let own = &self.features[*at];
                ask.layers.contains(&own.layer)
                    && ask.during.is_none_or(|span| span.meets(own.during))
                    && words.iter().all(|word| self.folded[*at].contains(word))
            })
            .collect()
    }

    /// The features of a layer that a point lies in.
    pub fn at(&self, point: Point, layer: &str) -> impl Iterator<Item = &Feature> {
        self.index
            .at(point)
            .into_iter()
            .map(|at| &self.features[at])
            .filter(move |own| own.layer == layer)
    }
}

fn words_of(own: &Feature) -> String {
    let mut all = String::new();
    for text in own.title.0.values().chain(own.line.0.values()) {
        all.push_str(text);
        all.push('\n');
    }
    all.push_str(&own.words);
    fold(&all)
}

/// A span of time, open at an end that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// From then.
    pub from: Option<Timestamp>,
    /// Until then, it included.
    pub until: Option<Timestamp>,
}

impl Span {
    /// Whether the two have a moment in common. What knows no time is always there (OGC API Features,
    /// requirement 26 D).
    fn meets(self, during: Option<(Timestamp, Timestamp)>) -> bool {
        during.is_none_or(|(from, until)| {
            self.from.is_none_or(|own| until >= own) && self.until.is_none_or(|own| from <= own)
        })
    }
}

/// A question for features.
#[derive(Debug, Clone, Default)]
pub struct Ask<'a> {
    /// Keys of the layers to look in.
    pub layers: &'a [String],
    /// Only what lies here.
    pub bounds: Option<Bounds>,
    /// Only what holds all these words.
    pub words: &'a str,
    /// Only what is then.
    pub during: Option<Span>,
    /// Nearest to this first; otherwise by title.
    pub near: Option<Point>,
}

/// All sources at one moment.
#[derive(Debug, Clone)]
pub struct Atlas(pub Vec<Arc<Sheet>>);

impl Atlas {
    /// All layers, by group.
    #[must_use]
    pub fn layers(&self) -> Vec<&LayerInfo> {
        let mut all: Vec<&LayerInfo> = self.0.iter().flat_map(|own| &own.layers).collect();
        all.sort_by_key(|own| own.group);
        all
    }

    /// The layer with a key.
    #[must_use]
    pub fn layer(&self, key: &str) -> Option<&LayerInfo> {
        self.layers().into_iter().find(|own| own.key == key)
    }

    /// The features that answer a question.
    #[must_use]
    pub fn find(&self, ask: &Ask<'_>) -> Vec<&Feature> {
        let words: Vec<String> = fold(ask.words)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let mut keyed: Vec<(&str, &Feature)> = Vec::new();
        for sheet in &self.0 {
            let own = sheet.find(ask, &words).into_iter();
            keyed.extend(own.map(|at| (sheet.keys[at].as_str(), &sheet.features[at])));
        }
        // Each sheet is sorted already; the stable sort finds such runs and only merges them.
        if ask.near.is_none() && self.0.len() > 1 {
            keyed.sort_by(|a, b| a.0.cmp(b.0));
        }
        let mut found: Vec<&Feature> = keyed.into_iter().map(|(_, own)| own).collect();
        if let Some(here) = ask.near {
            found.sort_by_cached_key(|own| metres(own.shape.centre().distance(here)));
        }
        found
    }

    /// One feature of a layer.
    #[must_use]
    pub fn feature(&self, layer: &str, id: &str) -> Option<&Feature> {
        let all = self.0.iter().flat_map(|own| &own.features);
        all.into_iter()
            .find(|own| own.layer == layer && own.id == id)
    }

    /// The areas of a layer that a point lies in.
    #[must_use]
    pub fn at(&self, point: Point, layer: &str) -> Vec<&Feature> {
        self.0.iter().flat_map(|own| own.at(point, layer)).collect()
    }

    /// When the first of it becomes untrue by itself.
    #[must_use]
    pub fn fresh_until(&self) -> Option<Timestamp> {
        self.0.iter().filter_map(|own| own.fresh_until).min()
    }
}

/// Whole metres, for sorting.
#[must_use]
pub fn metres(distance: f64) -> u64 {
    // A float that is too large or no number becomes the nearest that fits: last.
    distance as u64
}

/// The sources, and what is kept of them.
pub struct Sources {
    sources: Vec<Arc<dyn Layers>>,
    kept: TagCache<usize, Arc<Sheet>>,
    /// One reads a source anew, the others wait for it.
    turns: Vec<Mutex<()>>,
}

impl Sources {
    /// These sources, of which nothing is read yet.
    #[must_use]
    pub fn new(sources: Vec<Arc<dyn Layers>>) -> Self {
        let most = u64::try_from(sources.len()).unwrap_or(u64::MAX).max(1) * 2;
        Self {
            kept: TagCache::new(sources.len() * 2, most),
            turns: sources.iter().map(|_| Mutex::new(())).collect(),
            sources,
        }
    }

    /// Forgets what showed what a tag names.
    pub fn drop_tag(&self, tag: &str, position: i64) {
        self.kept.drop_tag(tag, position);
    }

    fn kept(&self, at: usize, now: Timestamp) -> Option<(Arc<Sheet>, i64)> {
        let (sheet, position) = self.kept.get(&at)?;
        let holds = sheet.fresh_until.is_none_or(|until| until > now);
        holds.then_some((sheet, position))
    }

    /// All that is on the map now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn atlas(&self, reading: &Reading, now: Timestamp) -> Result<Atlas> {
        let mut sheets = Vec::with_capacity(self.sources.len());
        for (at, source) in self.sources.iter().enumerate() {
            if let Some((sheet, position)) = self.kept(at, now) {
                reading.made_from_kept(position);
                sheets.push(sheet);
                continue;
            }
            // The connection first: whoever holds the turn must not wait for one.
            let snapshot = reading.snapshot().await?;
            let _turn = self.turns[at].lock().await;
            if let Some((sheet, position)) = self.kept(at, now) {
                reading.made_from_kept(position);
                sheets.push(sheet);
                continue;
            }
            let position = reading.snapshot_position().await?;
            let sheet = Arc::new(Sheet::new(source.load(snapshot, now).await?));
            let tags = sheet.tags.clone();
            self.kept.insert(at, sheet.clone(), tags, position, 1);
            sheets.push(sheet);
        }
        Ok(Atlas(sheets))
    }

    /// The same with the sources that understand a question narrowed by it, and where the first of them
    /// answers it as a list.
    ///
    /// # Errors
    /// When the database or the index fails.
    pub async fn narrowed(
        &self,
        request: &PageRequest,
        locale: Locale,
        question: &str,
    ) -> Result<(Atlas, Option<String>)> {
        let mut atlas = self.atlas(&request.reading, request.now).await?;
        let mut list_href = None;
        if question.is_empty() {
            return Ok((atlas, list_href));
        }
        let question: Vec<(String, String)> = form_urlencoded::parse(question.as_bytes())
            .into_owned()
            .collect();
        for (sheet, source) in atlas.0.iter_mut().zip(&self.sources) {
            if let Some(found) = source.narrowed(request, locale, &question).await? {
                *sheet = Arc::new(Sheet::new(found.loaded));
                list_href.get_or_insert(found.list_href);
            }
        }
        Ok((atlas, list_href))
    }
}

#[cfg(test)]
mod tests {
    use torg_geo::Shape;

    use super::*;
    use crate::model::{Group, Words};

    fn feature(layer: &str, title: &str, lon: f64, lat: f64) -> Feature {
        Feature {
            id: title.to_lowercase(),
            layer: layer.to_owned(),
            title: Words::new(title, ""),
            href: Words::default(),
            line: Words::new("Kungsportsavenyn 1", ""),
            words: String::new(),
            shape: Shape::point(Point::new(lon, lat)),
            during: None,
            properties: serde_json::Map::new(),
            now: None,
        }
    }

    fn atlas() -> Atlas {
        let mut event = feature("events", "Konsert", 11.98, 57.7);
        let at = Timestamp::from_micros;
        event.during = Some((at(100), at(200)));
        let loaded = Loaded {
            layers: vec![LayerInfo {
                key: "library".to_owned(),
                name: Words::new("Bibliotek", "Libraries"),
                about: Words::default(),
                group: Group::Units,
                icon: "library",
                attribution: String::new(),
                shown: true,
                districts: false,
            }],
            features: vec![
                feature("library", "Öbiblioteket", 11.9, 57.7),
                feature("library", "Angered", 12.05, 57.8),
                event,
            ],
            ..Loaded::default()
        };
        Atlas(vec![Arc::new(Sheet::new(loaded))])
    }

    fn titles(ask: &Ask<'_>) -> Vec<String> {
        let atlas = atlas();
        let found = atlas.find(ask);
        found
            .iter()
            .map(|own| own.title.get(Locale::SV).to_owned())
            .collect()
    }

    #[test]
    fn questions_are_answered_by_layer_place_words_and_time() {
        let both = ["library".to_owned(), "events".to_owned()];
        let one = ["library".to_owned()];
        let ask = |layers| Ask {
            layers,
            ..Ask::default()
        };
        assert_eq!(titles(&ask(&one)), ["Angered", "Öbiblioteket"]);
        assert_eq!(titles(&ask(&both)), ["Angered", "Konsert", "Öbiblioteket"]);
        assert!(titles(&ask(&[])).is_empty());
        let near = Some(Point::new(11.9, 57.7));
        assert_eq!(
            titles(&Ask { near, ..ask(&one) }),
            ["Öbiblioteket", "Angered"]
        );
        let bounds = Bounds::parse("12,57.7,12.1,57.9").ok();
        assert_eq!(
            titles(&Ask {
                bounds,
                ..ask(&both)
            }),
            ["Angered"]
        );
        assert_eq!(
            titles(&Ask {
                words: "obib AVENYN",
                ..ask(&one)
            }),
            ["Öbiblioteket"]
        );
        assert!(
            titles(&Ask {
                words: "obib angered",
                ..ask(&one)
            })
            .is_empty()
        );
        let during = |from, until| {
            Some(Span {
                from: Some(Timestamp::from_micros(from)),
                until: Some(Timestamp::from_micros(until)),
            })
        };
        let layers = ["events".to_owned()];
        for (from, until, there) in [
            (0, 99, 0),
            (0, 100, 1),
            (150, 160, 1),
            (200, 300, 1),
            (201, 300, 0),
        ] {
            let ask = Ask {
                during: during(from, until),
                ..ask(&layers)
            };
            assert_eq!(titles(&ask).len(), there, "{from} {until}");
        }
        // What knows no time is always there.
        assert_eq!(
            titles(&Ask {
                during: during(0, 1),
                ..ask(&one)
            })
            .len(),
            2
        );
    }
}
