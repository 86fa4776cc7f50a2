//! What can be subscribed to and what is news, told to subscriptions by the rooms that know.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{Locale, OrganisationId, Result, Timestamp};
use torg_noticeboard::{Announcement, list_posting, posted_since};
use torg_site::PageKind;
use torg_subscriptions::{Item, ItemVersion, Publications, Topic, TopicGroup};
use torg_web::Organisations;

/// The topic of the whole notice board.
const BOARD: &str = "board";

/// The topic of one committee's part of the notice board.
fn board_of(organisation: OrganisationId) -> String {
    format!("board:{organisation}")
}

/// Everything that the city publishes.
pub struct CityPublications {
    /// Names of organisations.
    pub organisations: Arc<dyn Organisations>,
}

fn names(sv: &str, en: &str) -> Vec<(Locale, String)> {
    let mut names = vec![(Locale::SV, sv.to_owned())];
    if !en.is_empty() {
        names.push((Locale::EN, en.to_owned()));
    }
    names
}

/// The notice board as a whole, and a part of it for each committee that ever posted anything.
async fn board_topics(on: &Snapshot, organisations: &dyn Organisations) -> Result<Vec<Topic>> {
    let list = organisations.list(on).await?;
    let mut parts: Vec<Topic> = list_posting(&**on)
        .await?
        .into_iter()
        .filter_map(|id| list.find(id))
        .map(|entry| Topic {
            key: board_of(entry.id),
            group: TopicGroup::NoticeBoard,
            names: names(&entry.name_sv, &entry.name_en),
        })
        .collect();
    parts.sort_by_cached_key(|topic| torg_kernel::sort_key(topic.name(Locale::SV)));
    let word = |t: torg_ui::T| t.get("subscribe-topic-board").into_owned();
    let whole = Topic {
        key: BOARD.to_owned(),
        group: TopicGroup::NoticeBoard,
        names: names(&word(torg_ui::T::SV), &word(torg_ui::T::EN)),
    };
    Ok(std::iter::once(whole).chain(parts).collect())
}

/// What was posted, in the languages in which it has a heading of its own.
async fn board_items(on: &Snapshot, from: Timestamp, to: Timestamp) -> Result<Vec<Item>> {
    let posted: Vec<Announcement> = torg_noticeboard::list_posted_between(&**on, from, to).await?;
    let mut items: Vec<Item> = posted
        .iter()
        .map(|announcement| Item {
            subject: announcement.subject(),
            topics: vec![
                board_of(announcement.organisation),
                BOARD.to_owned(),
                organisation_topic(announcement.organisation),
            ],
            published_at: announcement.notice.shown_from(),
            versions: Vec::new(),
        })
        .collect();
    for locale in [Locale::SV, Locale::EN] {
        let told = posted_since(&**on, None, locale, from, to).await?;
        for (at, announcement) in posted.iter().enumerate() {
            let told = told.iter().find(|told| told.id == announcement.id);
            let own = announcement.notice.title.own(locale).is_some();
            if let Some(told) = told.filter(|_| own || locale == Locale::SV) {
                items[at].versions.push(ItemVersion {
                    locale,
                    title: told.title.clone(),
                    summary: told.summary.clone(),
                    path: told.href.clone(),
                });
            }
        }
    }
    Ok(items)
}

/// Sections of dated pages, and the themes.
async fn site_topics(on: &Snapshot) -> Result<Vec<Topic>> {
    let topics = torg_site::list_topics(&**on).await?;
    let topic = |topic: torg_site::Topic| {
        let (group, kind) = match topic.kind {
            PageKind::Theme => (TopicGroup::Themes, "theme"),
            _ => (TopicGroup::Sections, "section"),
        };
        Topic {
            key: format!("{kind}:{}", topic.page),
            group,
            names: topic.names,
        }
    };
    Ok(topics.into_iter().map(topic).collect())
}

/// Organisations that have published something that belongs to a day, or have posted a notice.
async fn organisation_topics(
    on: &Snapshot,
    organisations: &dyn Organisations,
) -> Result<Vec<Topic>> {
    let list = organisations.list(on).await?;
    let mut owners: BTreeSet<OrganisationId> = torg_site::list_publishers(&**on)
        .await?
        .into_iter()
        .collect();
    owners.extend(list_posting(&**on).await?);
    let mut topics: Vec<Topic> = owners
        .into_iter()
        .filter_map(|id| list.find(id))
        .map(|entry| Topic {
            key: organisation_topic(entry.id),
            group: TopicGroup::Organisations,
            names: names(&entry.name_sv, &entry.name_en),
        })
        .collect();
    topics.sort_by_cached_key(|topic| torg_kernel::sort_key(topic.name(Locale::SV)));
    Ok(topics)
}

fn organisation_topic(organisation: OrganisationId) -> String {
    format!("organisation:{organisation}")
}

/// Dated pages, each once with all its languages.
async fn site_items(on: &Snapshot, from: Timestamp, to: Timestamp) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = Vec::new();
    for page in torg_site::published_between(&**on, from, to).await? {
        let version = ItemVersion {
            locale: page.locale,
            title: page.title.clone(),
            summary: page.summary.clone(),
            path: page.path.clone(),
        };
        let subject = page.subject();
        if let Some(item) = items.iter_mut().find(|item| item.subject == subject) {
            item.versions.push(version);
            continue;
        }
        let section = page.section.map(|section| format!("section:{section}"));
        let themes = page.themes.iter().map(|theme| format!("theme:{theme}"));
        items.push(Item {
            subject,
            topics: section
                .into_iter()
                .chain(themes)
                .chain([organisation_topic(page.organisation)])
                .collect(),
            published_at: page.published_at,
            versions: vec![version],
        });
    }
    Ok(items)
}

#[async_trait]
impl Publications for CityPublications {
    async fn topics(&self, on: &Snapshot) -> Result<Vec<Topic>> {
        let mut topics = site_topics(on).await?;
        topics.extend(board_topics(on, &*self.organisations).await?);
        topics.extend(organisation_topics(on, &*self.organisations).await?);
        Ok(topics)
    }

    async fn items(&self, on: &Snapshot, from: Timestamp, to: Timestamp) -> Result<Vec<Item>> {
        let mut items = site_items(on, from, to).await?;
        items.extend(board_items(on, from, to).await?);
        Ok(items)
    }
}
