//! What was written in a form, and the form again.

use torg_kernel::{FieldError, Locale, Message};
use torg_notify::MailAddress;
use torg_ui::T;
use torg_web::Form;

use crate::mail::rhythm_key;
use crate::model::{Rhythm, Wish};
use crate::publications::{Topic, TopicGroup};
use crate::views::{GroupView, TopicView, WishForm};

/// Longest text that is given back in a field.
const LONGEST: usize = 254;

/// A form as it was sent, or as it is first shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub topics: Vec<String>,
    pub email: String,
    pub rhythm: String,
    pub language: String,
}

impl Fields {
    pub(super) fn sent(form: &Form) -> Self {
        Self {
            topics: form
                .0
                .iter()
                .filter(|(name, _)| name == "topic")
                .map(|(_, value)| value.clone())
                .collect(),
            email: form.text("email"),
            rhythm: form.text("rhythm"),
            language: form.text("language"),
        }
    }

    /// An empty form with topics chosen beforehand.
    pub(super) fn new(topics: Vec<String>, locale: Locale) -> Self {
        Self {
            topics,
            email: String::new(),
            rhythm: Rhythm::Daily.as_str().to_owned(),
            language: T::of(locale).locale().to_string(),
        }
    }

    pub(super) fn of(wish: &Wish) -> Self {
        Self {
            topics: wish.topics.clone(),
            email: String::new(),
            rhythm: wish.rhythm.as_str().to_owned(),
            language: wish.locale.to_string(),
        }
    }

    /// The address, with what is wrong at its field.
    pub(super) fn address(&self) -> Result<MailAddress, Vec<FieldError>> {
        MailAddress::parse(&self.email).map_err(|message| {
            vec![FieldError {
                field: "email".to_owned(),
                message,
            }]
        })
    }

    pub(super) fn wish(&self, known: &[Topic]) -> Result<Wish, Vec<FieldError>> {
        Wish::read(self.topics.clone(), &self.rhythm, &self.language, known)
    }

    /// The form with what was written. `email` is left out where it is known.
    pub(super) fn view(
        &self,
        known: &[Topic],
        t: T,
        with_email: bool,
        errors: &[FieldError],
    ) -> WishForm {
        let groups = TopicGroup::ALL
            .into_iter()
            .map(|group| GroupView {
                heading: t.get(group.key()).into_owned(),
                topics: known
                    .iter()
                    .filter(|topic| topic.group == group)
                    .map(|topic| TopicView {
                        key: topic.key.clone(),
                        name: topic.name(t.locale()).to_owned(),
                        checked: self.topics.contains(&topic.key),
                    })
                    .collect(),
            })
            .filter(|group: &GroupView| !group.topics.is_empty())
            .collect();
        WishForm {
            t,
            groups,
            email: with_email.then(|| self.email.chars().take(LONGEST).collect()),
            rhythm: self.rhythm.clone(),
            rhythms: Rhythm::ALL
                .into_iter()
                .map(|rhythm| {
                    let label = t.get(rhythm_key(rhythm)).into_owned();
                    (rhythm.as_str().to_owned(), label)
                })
                .collect(),
            language: self.language.clone(),
            errors: errors.to_vec(),
        }
    }
}

/// The error for somebody whose source has asked too much.
pub(super) fn too_much() -> FieldError {
    FieldError {
        field: "form".to_owned(),
        message: Message::new("subscribe-error-source"),
    }
}
