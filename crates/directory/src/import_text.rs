//! What people write by hand in `units.json`: texts of sections as Markdown, pictures by key. An
//! export has blocks and ids instead, which need nothing else to be there before.

use serde_json::Value;
use torg_kernel::{FieldError, Ids, Locale, Message, Timestamp};

use crate::model::UnitData;
use crate::profile::Part;
use crate::text::{UnitPlaces, Unresolved};

/// What was written by hand in an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handwritten {
    picture: Option<String>,
    texts: Vec<HandText>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct HandText {
    part: usize,
    locale: Locale,
    markdown: String,
}

impl Handwritten {
    /// Takes out of an item what was written by hand; texts leave an empty document behind.
    pub(crate) fn take(item: &mut serde_json::Map<String, Value>) -> Self {
        let mut own = Self::default();
        if let Some(Value::String(key)) = item.get("picture")
            && key.parse::<torg_kernel::PictureId>().is_err()
        {
            own.picture = Some(key.clone());
            item.remove("picture");
        }
        let parts = item.get_mut("parts").and_then(Value::as_array_mut);
        for (part, value) in parts.into_iter().flatten().enumerate() {
            let texts = value.get_mut("text").and_then(Value::as_object_mut);
            for (locale, text) in texts.into_iter().flatten() {
                let (Value::String(markdown), Ok(locale)) = (&*text, locale.parse()) else {
                    continue;
                };
                own.texts.push(HandText {
                    part,
                    locale,
                    markdown: markdown.clone(),
                });
                // Not empty, so that it counts as there until it is resolved.
                *text = serde_json::json!({"blocks": [{
                    "id": uuid::Uuid::nil(), "v": 1, "type": "paragraph", "text": []
                }]});
            }
        }
        own
    }

    /// Whether the item needs pages, facts and pictures to be there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.picture.is_none() && self.texts.is_empty()
    }

    /// Puts the rows as they are in the place of what is not resolved yet.
    pub(crate) fn later(&self, data: &mut UnitData, existing: Option<&UnitData>) {
        if self.picture.is_some() {
            data.picture = existing.and_then(|existing| existing.picture);
        }
        if !self.texts.is_empty() {
            data.parts = existing
                .map(|existing| existing.parts.clone())
                .unwrap_or_default();
        }
    }

    /// Finds what the texts point at and puts them in. Blocks that the unit has already keep their
    /// ids, so that the same file again changes nothing.
    ///
    /// # Errors
    /// What is not there, by the names of fields in the file.
    pub(crate) fn resolve(
        &self,
        data: &mut UnitData,
        existing: Option<&UnitData>,
        places: &UnitPlaces,
        ids: &dyn Ids,
        now: Timestamp,
    ) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        if let Some(key) = &self.picture {
            data.picture = places.picture(key);
            if data.picture.is_none() {
                errors.push(FieldError {
                    field: "picture".to_owned(),
                    message: Message::new("unit-error-picture").with("value", key),
                });
            }
        }
        for text in &self.texts {
            let field = format!("parts[{}].text.{}", text.part, text.locale);
            let section = |data: &mut UnitData| match data.parts.get_mut(text.part) {
                Some(Part::Section(section)) => Some(std::mem::take(section)),
                _ => None,
            };
            let Some(mut own) = section(data) else {
                continue;
            };
            let old = existing.and_then(|existing| match existing.parts.get(text.part) {
                Some(Part::Section(section)) => section.text.0.get(&text.locale),
                _ => None,
            });
            let read = Unresolved::read(&text.markdown).map_err(|message| {
                vec![FieldError {
                    field: field.clone(),
                    message,
                }]
            });
            match read.and_then(|read| read.resolve(places, old, ids, now, &field)) {
                Ok(document) => {
                    own.text.0.insert(text.locale, document);
                }
                Err(wrong) => errors.extend(wrong),
            }
            data.parts[text.part] = Part::Section(own);
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}
