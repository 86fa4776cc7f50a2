//! What a document is worth beside its words: news grows old, the ordinary text goes before its
//! variants, and the page about a matter before the many places and events it is about. Text that holds until it is changed is worth the same for ever.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};
use torg_kernel::Timestamp;

use crate::schema::{KIND, PUBLISHED, VARIANT};

/// Days after which the lead of something new has halved, unless the city settles another number.
pub const HALF_LIFE_DAYS: u32 = 30;

/// What dated text is worth when it is very old, and how much more when it is new. Old news stays
/// findable but stands behind the page that holds today.
const OLD: f32 = 0.65;
const NEW: f32 = 0.55;
/// What another variant is worth beside the ordinary text that says the same.
const VARIANT_WORTH: f32 = 0.75;
/// Kinds of which a city has hundreds with the same words in their titles, and what one of them is
/// worth beside the page about all of them. Whoever writes a name finds it all the same: no other
/// document holds all its words.
const ONE_OF_MANY: [(&str, f32); 3] = [("unit", 0.6), ("event", 0.6), ("service", 0.85)];

const MICROS_PER_DAY: f32 = 86_400_000_000.0;

/// How old things are reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// What counts as now.
    pub now: Timestamp,
    /// Days after which the lead has halved; at least 1.
    pub half_life_days: u32,
}

/// How the hits of a search are weighed beside their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighing(pub Option<Freshness>);

impl Weighing {
    /// The factor for each document of a segment.
    pub(crate) fn of_segment(self, segment: &SegmentReader) -> impl Fn(DocId) -> f32 + use<> {
        let columns = segment.fast_fields();
        let published: Option<Column<i64>> = self.0.and_then(|_| columns.i64(PUBLISHED).ok());
        let variant = columns.bool(VARIANT).ok();
        let kind = columns.str(KIND).ok().flatten();
        let many = ONE_OF_MANY.map(|(name, worth)| {
            let dictionary = kind.as_ref().map(tantivy::columnar::StrColumn::dictionary);
            let ord = dictionary.and_then(|it| it.term_ord(name).ok().flatten());
            (ord, worth)
        });
        move |document| {
            let mut factor = 1.0;
            if let Some(ord) = kind.as_ref().and_then(|it| it.ords().first(document))
                && let Some((_, worth)) = many.iter().find(|(own, _)| *own == Some(ord))
            {
                factor *= worth;
            }
            if variant.as_ref().and_then(|column| column.first(document)) == Some(true) {
                factor *= VARIANT_WORTH;
            }
            if let (Some(freshness), Some(column)) = (self.0, &published)
                && let Some(micros) = column.first(document)
            {
                factor *= freshness.worth(Timestamp::from_micros(micros));
            }
            factor
        }
    }
}

impl Freshness {
    /// What something published then is worth now: [`OLD`] plus [`NEW`], halved each half-life.
    fn worth(self, published: Timestamp) -> f32 {
        let age = self.now.micros().saturating_sub(published.micros()).max(0);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a day more or less does not matter"
        )]
        let (age, half_life) = (
            age as f32 / MICROS_PER_DAY,
            self.half_life_days.max(1) as f32,
        );
        OLD + NEW * (-age / half_life).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_grows_old_by_its_half_life() {
        let day = 86_400_000_000;
        let fresh = Freshness {
            now: Timestamp::from_micros(400 * day),
            half_life_days: 30,
        };
        let worth = |days: i64| fresh.worth(Timestamp::from_micros((400 - days) * day));
        assert!((worth(0) - 1.2).abs() < 1e-4);
        assert!((worth(30) - 0.925).abs() < 1e-4);
        assert!(worth(365) < 0.66);
        // What is to come is as new as can be.
        assert!((worth(-10) - worth(0)).abs() < 1e-6);
    }
}
