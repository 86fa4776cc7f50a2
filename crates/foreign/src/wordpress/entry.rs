//! One `<item>` of an export, and what stands before the items.

use crate::old;

/// What an export says of its site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    /// Version of the format.
    pub(crate) version: String,
    /// Language tag.
    pub(crate) language: String,
    /// Address of the site.
    pub(crate) site: String,
    /// Address of the blog, which on networks differs.
    pub(crate) blog: String,
    /// How many authors.
    pub(crate) authors: usize,
    /// Whether there was a document type.
    pub(crate) document_type: bool,
    /// Entities that nobody defines, outside items.
    pub(crate) entities: Vec<String>,
    /// Characters taken away in the whole file.
    pub(crate) bad: u64,
}

/// One item: post, page, attachment or anything else.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) guid: String,
    pub(crate) content: String,
    pub(crate) excerpt: String,
    /// `2026-03-01 08:00:00` in UTC, or zeros.
    pub(crate) date: String,
    pub(crate) status: String,
    pub(crate) kind: String,
    pub(crate) slug: String,
    pub(crate) parent: u64,
    pub(crate) order: i32,
    pub(crate) password: bool,
    pub(crate) sticky: bool,
    /// Names of categories and tags.
    pub(crate) categories: Vec<String>,
    /// The language that a plug-in for languages has noted (Polylang).
    pub(crate) language: Option<torg_kernel::Locale>,
    /// Address of an attachment's file.
    pub(crate) file: String,
    /// What its picture shows.
    pub(crate) alt: Option<String>,
    /// The attachment that is its lead picture.
    pub(crate) thumbnail: Option<u64>,
    pub(crate) comments: usize,
    pub(crate) entities: Vec<String>,
}

impl Entry {
    /// What names it in the report: its old address, or its number where it has none.
    pub(crate) fn from(&self) -> String {
        if old::parse(&self.link).is_some() {
            self.link.clone()
        } else {
            format!("?p={}", self.id)
        }
    }

    /// Sets what one meta row of WordPress says.
    pub(crate) fn meta(&mut self, key: &str, value: &str) {
        match key {
            "_wp_attachment_image_alt" => self.alt = Some(value.to_owned()),
            "_thumbnail_id" => self.thumbnail = value.trim().parse().ok(),
            _ => {}
        }
    }
}
