//! What the block editor finds in other rooms than the site's.

use std::collections::HashSet;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_files::{PictureFilter, PictureShow};
use torg_kernel::{
    FactField, FactId, FactRef, FactSource, FileId, Permission, PictureId, Result, Timestamp,
    UnitId, civil_date, fold,
};
use torg_site::{FactPlace, Lookups};

/// Asks the directory, the facts and the media bank.
pub struct EditorLookups;

/// Whether each of the words stands in a text, whatever the case and the accents.
fn fits(text: &str, words: &str) -> bool {
    let text = fold(text);
    fold(words)
        .split_whitespace()
        .all(|word| text.contains(word))
}

#[async_trait]
impl Lookups for EditorLookups {
    async fn units(&self, on: &Snapshot, words: &str, most: usize) -> Result<Vec<UnitId>> {
        // A city has some thousands of units: all are looked through, in the order of their names.
        let units = torg_directory::list(&**on).await?;
        let found = units.iter().filter(|unit| {
            unit.data.name.0.values().any(|name| fits(name, words)) || fits(&unit.key, words)
        });
        Ok(found.take(most).map(|unit| unit.id).collect())
    }

    async fn facts(
        &self,
        on: &Snapshot,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<FactRef>> {
        let today = civil_date(now);
        let facts = torg_facts::list(&**on).await?;
        let found = facts.iter().filter(|fact| {
            fact.on(today).is_some_and(|value| {
                let said = value.label.all().chain(value.value.all());
                let all: Vec<&str> = said
                    .map(|(_, text)| text)
                    .chain([fact.key.as_str()])
                    .collect();
                fits(&all.join(" "), words)
            })
        });
        let references = found.take(most).map(|fact| FactRef {
            source: FactSource::Fact,
            id: fact.id.0,
            field: FactField::Value,
        });
        Ok(references.collect())
    }

    async fn pictures(
        &self,
        on: &Snapshot,
        words: &str,
        now: Timestamp,
        standard: bool,
        most: usize,
    ) -> Result<Vec<PictureId>> {
        let filter = PictureFilter {
            words,
            show: if standard {
                PictureShow::Standard
            } else {
                PictureShow::Public
            },
            organisations: None,
            now,
        };
        let none = HashSet::new();
        let found = torg_files::filter_pictures(&**on, &filter, &none, 0, most).await?;
        Ok(found.items.iter().map(|picture| picture.id).collect())
    }

    async fn files(&self, on: &Snapshot, words: &str, most: usize) -> Result<Vec<FileId>> {
        let found = torg_files::search_files(&**on, words, 0, most).await?;
        Ok(found.items.iter().map(|file| file.id).collect())
    }

    async fn place_of(&self, on: &Snapshot, fact: &FactRef) -> Result<Option<FactPlace>> {
        Ok(match fact.source {
            FactSource::Unit => {
                let unit = torg_directory::find(&**on, UnitId(fact.id)).await?;
                unit.map(|unit| FactPlace {
                    organisation: unit.organisation,
                    permission: Permission::UnitEdit,
                    href: Some(format!("/admin/units/{}", unit.id)),
                })
            }
            FactSource::Fact => {
                let own = torg_facts::find(&**on, FactId(fact.id)).await?;
                own.map(|own| FactPlace {
                    organisation: own.organisation,
                    permission: Permission::FactEdit,
                    href: None,
                })
            }
        })
    }
}
