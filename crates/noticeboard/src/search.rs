//! What other rooms are told of announcements: search, the sitemap and subscriptions. Plain data; the
//! binary hands it on.

use torg_db::ConnectionTrait;
use torg_kernel::{AnnouncementId, Locale, OrganisationId, Result, Timestamp, truncate_words};
use torg_ui::T;
use torg_web::OrganisationList;

use crate::model::{Announcement, NoticeState, board_href};
use crate::store;

/// Languages in which announcements have pages.
pub const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

/// An announcement in one language as search takes it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementForSearch {
    /// `announcement:ID:LANGUAGE`.
    pub key: String,
    /// The language.
    pub locale: Locale,
    /// Its page.
    pub url: String,
    /// Its heading.
    pub title: String,
    /// Headings of its text.
    pub headings: Vec<String>,
    /// The first of what it says.
    pub description: String,
    /// Other words by which people look for it: its kind, the committee.
    pub keywords: Vec<String>,
    /// The rest.
    pub body: String,
    /// Key of the committee.
    pub organisation: Option<String>,
    /// When it was posted.
    pub updated_at: Timestamp,
}

fn key(id: AnnouncementId, locale: Locale) -> String {
    format!("announcement:{id}:{locale}")
}

/// The keys of all that search may hold of an announcement, for taking it away.
#[must_use]
pub fn search_keys(id: AnnouncementId) -> Vec<String> {
    LOCALES.iter().map(|locale| key(id, *locale)).collect()
}

/// An announcement as search takes it in, once for each language; nothing unless it stands on the board.
#[must_use]
pub fn search_documents(
    announcement: &Announcement,
    organisations: &OrganisationList,
    now: Timestamp,
) -> Vec<AnnouncementForSearch> {
    if announcement.state(now) != NoticeState::Posted {
        return Vec::new();
    }
    let organisation = organisations
        .find(announcement.organisation)
        .map(|entry| entry.key.clone());
    LOCALES
        .into_iter()
        .map(|locale| {
            let notice = &announcement.notice;
            let text = notice.text_in(locale).map(|(_, document)| document);
            let kind = format!("notice-kind-{}", announcement.kind.as_str());
            AnnouncementForSearch {
                key: key(announcement.id, locale),
                locale,
                url: announcement.href(locale),
                title: notice.title.get(locale).to_owned(),
                headings: text.map(|text| text.headings()).unwrap_or_default(),
                description: summary(announcement, locale),
                keywords: vec![
                    T::of(locale).get(&kind).into_owned(),
                    notice.sender.get(locale).to_owned(),
                ],
                body: text
                    .map(|text| torg_ui::sentences(&text.body_text()))
                    .unwrap_or_default(),
                organisation: organisation.clone(),
                updated_at: notice.shown_from(),
            }
        })
        .collect()
}

/// The first of what an announcement says, as plain text of one line.
pub(crate) fn summary(announcement: &Announcement, locale: Locale) -> String {
    announcement
        .notice
        .text_in(locale)
        .map(|(_, document)| {
            let text = torg_ui::sentences(&document.body_text());
            truncate_words(&torg_kernel::squeeze(&text), 160)
        })
        .unwrap_or_default()
}

/// A page for the sitemap, with its address in each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Its addresses on this site by language, Swedish first.
    pub addresses: Vec<(Locale, String)>,
    /// When it changed last; nothing for the board itself.
    pub updated_at: Option<Timestamp>,
}

/// The board and what stands on it.
///
/// # Errors
/// When the database fails.
pub async fn sitemap_entries<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<SitemapEntry>> {
    let mut entries = vec![SitemapEntry {
        addresses: LOCALES
            .map(|locale| (locale, board_href(locale).to_owned()))
            .to_vec(),
        updated_at: None,
    }];
    entries.extend(
        store::list_current(on, now)
            .await?
            .iter()
            .map(|announcement| SitemapEntry {
                addresses: LOCALES
                    .map(|locale| (locale, announcement.href(locale)))
                    .to_vec(),
                updated_at: Some(announcement.updated_at),
            }),
    );
    Ok(entries)
}

/// What a subscriber is told of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedItem {
    /// Which.
    pub id: AnnouncementId,
    /// The committee: one may subscribe to the whole board or to one committee's part of it.
    pub organisation: OrganisationId,
    /// Its heading in the language that was asked for.
    pub title: String,
    /// The first of what it says; may be empty.
    pub summary: String,
    /// Its page.
    pub href: String,
    /// When it was posted.
    pub posted_at: Timestamp,
}

/// What was posted after one instant and not after another, and still stands there, oldest first: the
/// whole board, or one committee's part of it.
///
/// # Errors
/// When the database fails.
pub async fn posted_since<C: ConnectionTrait>(
    on: &C,
    organisation: Option<OrganisationId>,
    locale: Locale,
    after: Timestamp,
    until: Timestamp,
) -> Result<Vec<PostedItem>> {
    Ok(store::list_posted_between(on, after, until)
        .await?
        .into_iter()
        .filter(|found| organisation.is_none_or(|wanted| wanted == found.organisation))
        .map(|found| PostedItem {
            id: found.id,
            organisation: found.organisation,
            title: found.notice.title.get(locale).to_owned(),
            summary: summary(&found, locale),
            href: found.href(locale),
            posted_at: found.notice.shown_from(),
        })
        .collect())
}
