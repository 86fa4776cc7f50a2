//! How many hits there are of each kind, theme and organisation. What is chosen within one of them
//! does not narrow its own counts, so that a reader sees what another choice would give; all
//! counts come from one pass over the hits.

use std::collections::HashMap;

use serde::Serialize;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::schema::{KIND, ORGANISATION, PUBLISHED, THEME};
use crate::search::Query;

/// A value with how many hits have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value, such as `news`.
    pub value: String,
    /// How many hits choosing it would give.
    pub count: usize,
}

/// The hits of a search by what they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Facets {
    /// Kinds, the commonest first.
    pub kinds: Vec<FacetCount>,
    /// Themes, the commonest first.
    pub themes: Vec<FacetCount>,
    /// Organisations, the commonest first.
    pub organisations: Vec<FacetCount>,
    /// Hits that have a date, whatever dates are asked for.
    pub dated: usize,
}

/// Counts while the engine goes through the hits.
pub(crate) struct Counter {
    /// What is chosen of kinds, themes and organisations; empty for all.
    chosen: [Vec<String>; 3],
    from: Option<i64>,
    before: Option<i64>,
}

/// Counts as they are added up.
#[derive(Default)]
pub(crate) struct Counts {
    values: [HashMap<String, usize>; 3],
    dated: usize,
}

impl Counter {
    pub(crate) fn new(query: &Query) -> Self {
        Self {
            chosen: [
                query.kinds.clone(),
                query.themes.clone(),
                query.organisations.clone(),
            ],
            from: query.published_from.map(|at| at.micros()),
            before: query.published_before.map(|at| at.micros()),
        }
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        for (own, more) in self.values.iter_mut().zip(other.values) {
            for (value, count) in more {
                *own.entry(value).or_default() += count;
            }
        }
        self.dated += other.dated;
    }
}

impl From<Counts> for Facets {
    fn from(counts: Counts) -> Self {
        let [kinds, themes, organisations] = counts.values.map(|values| {
            let mut list: Vec<FacetCount> = values
                .into_iter()
                .map(|(value, count)| FacetCount { value, count })
                .collect();
            list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
            list
        });
        Self {
            kinds,
            themes,
            organisations,
            dated: counts.dated,
        }
    }
}

/// One of the three, within a segment.
struct Dimension {
    column: Option<StrColumn>,
    /// The chosen values by their number in this segment; `None` for all.
    chosen: Option<Vec<u64>>,
    counts: Vec<usize>,
}

impl Dimension {
    fn open(segment: &SegmentReader, name: &str, chosen: &[String]) -> tantivy::Result<Self> {
        let column = segment.fast_fields().str(name)?;
        let numbers = |column: &StrColumn| -> tantivy::Result<Vec<u64>> {
            let mut numbers = Vec::with_capacity(chosen.len());
            for value in chosen {
                numbers.extend(column.dictionary().term_ord(value.as_bytes())?);
            }
            Ok(numbers)
        };
        Ok(Self {
            chosen: if chosen.is_empty() {
                None
            } else {
                Some(column.as_ref().map_or(Ok(Vec::new()), numbers)?)
            },
            counts: vec![0; column.as_ref().map_or(0, |column| column.num_terms())],
            column,
        })
    }

    fn value(&self, document: DocId) -> Option<u64> {
        self.column.as_ref()?.ords().first(document)
    }

    fn passes(&self, value: Option<u64>) -> bool {
        self.chosen
            .as_ref()
            .is_none_or(|chosen| value.is_some_and(|value| chosen.contains(&value)))
    }

    fn count(&mut self, value: Option<u64>) {
        let place = value.and_then(|value| usize::try_from(value).ok());
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }

    fn named(self) -> HashMap<String, usize> {
        let Some(column) = self.column else {
            return HashMap::new();
        };
        let mut named = HashMap::new();
        for (at, count) in self.counts.into_iter().enumerate() {
            let mut name = String::new();
            let number = u64::try_from(at).unwrap_or(u64::MAX);
            if count > 0 && column.ord_to_str(number, &mut name).unwrap_or(false) {
                named.insert(name, count);
            }
        }
        named
    }
}

pub(crate) struct SegmentCounter {
    dimensions: [Dimension; 3],
    published: Column<i64>,
    from: Option<i64>,
    before: Option<i64>,
    dated: usize,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Counts;

    fn collect(&mut self, document: DocId, _: Score) {
        let published = self.published.first(document);
        let asked = self.from.is_some() || self.before.is_some();
        let in_time = !asked
            || published.is_some_and(|at| {
                self.from.is_none_or(|from| from <= at)
                    && self.before.is_none_or(|before| at < before)
            });
        let values = [0, 1, 2].map(|at| self.dimensions[at].value(document));
        let failing: [bool; 3] = [0, 1, 2].map(|at| !self.dimensions[at].passes(values[at]));
        let failed = failing.iter().filter(|failed| **failed).count();
        if failed == 0 && published.is_some() {
            self.dated += 1;
        }
        if !in_time || failed > 1 {
            return;
        }
        for at in 0..3 {
            if failed == 0 || failing[at] {
                self.dimensions[at].count(values[at]);
            }
        }
    }

    fn harvest(self) -> Counts {
        Counts {
            values: self.dimensions.map(Dimension::named),
            dated: self.dated,
        }
    }
}

impl Collector for Counter {
    type Fruit = Counts;
    type Child = SegmentCounter;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentCounter> {
        let [kinds, themes, organisations] = &self.chosen;
        Ok(SegmentCounter {
            dimensions: [
                Dimension::open(segment, KIND, kinds)?,
                Dimension::open(segment, THEME, themes)?,
                Dimension::open(segment, ORGANISATION, organisations)?,
            ],
            published: segment.fast_fields().i64(PUBLISHED)?,
            from: self.from,
            before: self.before,
            dated: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counts>) -> tantivy::Result<Counts> {
        let mut all = Counts::default();
        for counts in fruits {
            all.add(counts);
        }
        Ok(all)
    }
}
