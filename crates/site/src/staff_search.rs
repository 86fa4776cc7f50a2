//! What the staff's search knows of pages beside what the public finds: what is being written, what
//! is planned, and what is not public. It lies in an index of its own, so that no filter that is
//! forgotten shows a draft to readers.

use std::collections::HashSet;
use std::fmt::Write as _;

use torg_db::Snapshot;
use torg_kernel::{ContentId, Document, PageId, Result, Timestamp};
use torg_revision::{Draft, Words};
use torg_search::SearchDocument;
use uuid::Uuid;

use crate::desk::model::Head;
use crate::desk::{fields, service, store as desk};
use crate::model::Content;
use crate::search::PageForSearch;
use crate::store;

/// Which texts to read.
pub enum TextsWanted<'a> {
    /// All languages of these pages, and what went from them into the trash.
    Pages(&'a [PageId]),
    /// These texts.
    Texts(&'a [ContentId]),
    /// The next 200 that have something the public does not see, after this id.
    After(Uuid),
}

/// Fields that say nothing as words: ids, marks, and what stands elsewhere in the document.
const NO_WORDS: [&str; 9] = [
    "title",
    "description",
    "keywords",
    "picture",
    "comments",
    "organisation",
    "parent",
    "workplace",
    "employment",
];

/// Texts for the staff's index, with the id of the last one, to go on from. Where the public sees
/// all that there is, the document is `None`. Whose a text is stands in the document as the
/// organisation's id, for the filter of those who may read it.
///
/// # Errors
/// When the database fails.
pub async fn staff_texts(
    on: &Snapshot,
    wanted: TextsWanted<'_>,
    now: Timestamp,
) -> Result<(Vec<PageForSearch>, Option<Uuid>)> {
    let mut gone: Vec<ContentId> = Vec::new();
    let contents = match wanted {
        TextsWanted::Pages(pages) => {
            gone = store::list_trashed_of(&**on, pages).await?;
            store::list_of_pages(&**on, pages).await?
        }
        TextsWanted::Texts(ids) => {
            let mut contents = Vec::with_capacity(ids.len());
            for id in ids {
                match store::find(&**on, *id).await? {
                    Some(content) => contents.push(content),
                    None => gone.push(*id),
                }
            }
            contents
        }
        TextsWanted::After(id) => store::list_beside_public(&**on, id, 200, now).await?,
    };
    let last = contents.last().map(|content| content.id.0);
    let mut texts = Vec::with_capacity(contents.len() + gone.len());
    texts.extend(gone.into_iter().map(|id| PageForSearch {
        key: key(id),
        document: None,
    }));
    for content in contents {
        texts.push(PageForSearch {
            key: key(content.id),
            document: document(on, content, now).await?,
        });
    }
    Ok((texts, last))
}

fn key(id: ContentId) -> String {
    format!("page:{id}")
}

/// What one document says, put together of several versions of a text.
#[derive(Default)]
struct Said {
    title: Option<String>,
    headings: Vec<String>,
    description: String,
    keywords: Vec<String>,
    body: String,
    /// The lines of the body.
    lines: HashSet<String>,
}

impl Said {
    fn take(&mut self, content: &Content) {
        if self.title.is_none() {
            self.title = Some(content.title.clone());
            self.description.clone_from(&content.description);
        } else {
            self.add(&content.title);
            self.add(&content.description);
        }
        for heading in content.document.headings() {
            if !self.headings.contains(&heading) {
                self.headings.push(heading);
            }
        }
        self.keywords.extend(content.keywords.iter().cloned());
        for line in content.document.body_text().lines() {
            self.add(line);
        }
        for name in fields::FIELDS.iter().filter(|own| !NO_WORDS.contains(own)) {
            self.add(&fields::value(content, name));
        }
        self.add(&content.details.menu_title);
    }

    /// A line that is not there yet: two versions of a text say most things alike.
    fn add(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() && self.lines.insert(line.to_owned()) {
            let _ = writeln!(self.body, "{line}");
        }
    }

    /// What stands in fields that no page could have yet, such as an address half written.
    fn take_raw(&mut self, draft: &Draft, text: &Content) {
        for (name, held) in &draft.fields {
            let is_words = !NO_WORDS[3..].contains(&name.as_str());
            if is_words && held.value != fields::value(text, name) {
                self.add(&held.value);
            }
        }
    }

    fn take_words(&mut self, words: &Words) {
        match words {
            Words::Text(text) => self.add(text),
            Words::Block(block) => {
                let alone = Document {
                    blocks: vec![(**block).clone()],
                };
                for line in alone.body_text().lines() {
                    self.add(line);
                }
                for heading in alone.headings() {
                    self.add(&heading);
                }
            }
        }
    }
}

/// The draft's words, and those that did not win and wait to be settled.
async fn take_draft(on: &Snapshot, said: &mut Said, head: &Head, content: &Content) -> Result<()> {
    let draft = desk::load(&**on, head, 0).await?;
    let (text, _) = fields::content_of(&draft, content);
    said.take(&text);
    said.take_raw(&draft, &text);
    for kept in service::conflicts_of(&**on, head).await? {
        said.take_words(&kept.conflict.kept);
        said.take_words(&kept.conflict.other);
    }
    Ok(())
}

async fn document(
    on: &Snapshot,
    content: Content,
    now: Timestamp,
) -> Result<Option<SearchDocument>> {
    let Some(head) = desk::find_head(&**on, content.id).await? else {
        return Ok(None);
    };
    let mut said = Said::default();
    if head.has_draft() {
        take_draft(on, &mut said, &head, &content).await?;
    }
    if !content.is_public_at(now) {
        said.take(&content);
    }
    if head.plans > 0 {
        for plan in desk::list_schedule(&**on, content.id).await? {
            let Some(saved) = plan.saved else { continue };
            if let Some((_, planned)) = desk::find_version(&**on, saved).await? {
                said.take(&planned);
            }
        }
    }
    let Some(title) = said.title else {
        return Ok(None);
    };
    Ok(Some(SearchDocument {
        key: key(content.id),
        kind: content.kind.as_str().to_owned(),
        locale: content.locale,
        variant: content.variant,
        url: format!("/admin/pages/{}", content.id),
        title,
        headings: said.headings,
        description: said.description,
        keywords: said.keywords,
        body: torg_ui::sentences(&said.body),
        organisation: Some(content.organisation.to_string()),
        theme: None,
        published_at: None,
        updated_at: content.updated_at,
    }))
}
