//! Noting what is news.

use std::collections::HashMap;

use torg_kernel::{Result, Timestamp};
use uuid::Uuid;

use super::Subscriptions;
use crate::model::Noted;
use crate::publications::Item;
use crate::store;

/// For how long after it was first to be seen a thing may become news, in seconds: eight days. A
/// page that is published with an older date is no news, and one that is taken back later than
/// this stays in the digests that are still to be made.
const WINDOW: i64 = 8 * 86_400;

/// What differs between what is noted and what is public now.
#[derive(Debug, Default, PartialEq, Eq)]
struct Differences {
    new: Vec<Item>,
    changed: Vec<(i64, Item)>,
    withdrawn: Vec<i64>,
}

fn compare(noted: &[Noted], items: Vec<Item>, from: Timestamp) -> Differences {
    let mut known: HashMap<(String, Uuid), &Noted> = noted
        .iter()
        .map(|one| ((one.subject_kind.clone(), one.subject_id), one))
        .collect();
    let mut differences = Differences::default();
    for item in items {
        if item.versions.is_empty() {
            continue;
        }
        match known.remove(&(item.subject.kind.clone(), item.subject.id)) {
            None => differences.new.push(item),
            Some(one)
                if one.withdrawn
                    || one.topics != item.topics
                    || one.versions != item.versions
                    || one.published_at != item.published_at =>
            {
                differences.changed.push((one.number, item));
            }
            Some(_) => {}
        }
    }
    differences
        .new
        .sort_by_key(|item| (item.published_at, item.subject.id));
    differences.withdrawn = known
        .into_values()
        .filter(|one| !one.withdrawn && one.published_at > from)
        .map(|one| one.number)
        .collect();
    differences
}

impl Subscriptions {
    /// Compares what is public with what is noted and notes the difference. Writes only when
    /// there is one. Returns how much is new.
    pub(super) async fn note_news(&self) -> Result<usize> {
        let now = self.clock.now();
        let from = now.plus_seconds(-WINDOW);
        let snapshot = self.database.snapshot().await?;
        let items = self.publications.items(&snapshot, from, now).await?;
        // A thing whose date was moved is known by an older one.
        let noted = store::list_published(&*snapshot, from.plus_seconds(-WINDOW)).await?;
        snapshot.end().await?;
        let differences = compare(&noted, items, from);
        let new = differences.new.len();
        if differences == Differences::default() {
            return Ok(0);
        }
        self.database
            .write(move |context| {
                Box::pin(async move {
                    for item in &differences.new {
                        store::note(&**context, item).await?;
                    }
                    for (number, item) in &differences.changed {
                        store::renote(&**context, *number, item).await?;
                    }
                    for number in differences.withdrawn {
                        store::withdraw(&**context, number).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        Ok(new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publications::ItemVersion;
    use torg_kernel::{Locale, Subject};

    const T0: Timestamp = Timestamp::from_micros(1_772_539_200_000_000);

    fn item(id: u128, title: &str, at: i64) -> Item {
        Item {
            subject: Subject::new("page", Uuid::from_u128(id)),
            topics: vec!["section:a".to_owned()],
            published_at: T0.plus_seconds(at),
            versions: vec![ItemVersion {
                locale: Locale::SV,
                title: title.to_owned(),
                summary: String::new(),
                path: "/a".to_owned(),
            }],
        }
    }

    fn noted(number: i64, item: &Item) -> Noted {
        Noted {
            number,
            subject_kind: item.subject.kind.clone(),
            subject_id: item.subject.id,
            topics: item.topics.clone(),
            published_at: item.published_at,
            versions: item.versions.clone(),
            withdrawn: false,
        }
    }

    #[test]
    fn what_is_new_changed_and_gone_is_told_apart() {
        let (a, b, c, old) = (
            item(1, "a", 1),
            item(2, "b", 2),
            item(3, "c", 3),
            item(4, "d", -9),
        );
        let known = [noted(1, &a), noted(2, &b), noted(3, &old)];
        let renamed = item(1, "A", 1);
        let found = compare(&known, vec![c.clone(), renamed.clone()], T0);
        assert_eq!(found.new, [c]);
        assert_eq!(found.changed, [(1, renamed)]);
        assert_eq!(
            found.withdrawn,
            [2],
            "the old one is out of sight, not gone"
        );
        assert_eq!(
            compare(&known, vec![a.clone(), b.clone()], T0),
            Differences::default()
        );
        // Back again.
        let mut taken_back = noted(1, &a);
        taken_back.withdrawn = true;
        let found = compare(&[taken_back], vec![a.clone()], T0);
        assert_eq!(found.changed, [(1, a)]);
    }
}
