//! What residents see. A page is true until the next posting or removal and says so to the cache, so
//! it goes by itself.

use askama::Template;
use serde_json::json;
use torg_kernel::{Locale, OrganisationId, Result, Timestamp, fold, sort_key};
use torg_notify::feed::{self, Entry, Feed};
use torg_ui::{Alternate, ContactCard, Field, FieldKind, NavLink, Shell, T, date};
use torg_web::{OrganisationList, Outcome, Page, PageRequest, Wanted};

use super::{NoticeBoard, draw};
use crate::model::{Announcement, NoticeKind, NoticeState, board_href};
use crate::search::{LOCALES, summary};
use crate::service::{ANNOUNCEMENTS_TAG, announcement_tag};
use crate::store;
use crate::views::{BoardGroup, BoardItem, BoardPage, GonePage, NoticePage};

/// The most entries of a feed.
const ENTRIES: usize = 100;
/// The most characters of a search within the board that are looked at.
const WORDS: usize = 200;

fn alternates(href: impl Fn(Locale) -> String) -> Vec<Alternate> {
    LOCALES
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: href(locale),
        })
        .collect()
}

/// What stands on the board, and until when that is true.
async fn current(request: &PageRequest) -> Result<(Vec<Announcement>, Option<Timestamp>)> {
    let snapshot = request.snapshot().await?;
    let current = store::list_current(&**snapshot, request.now).await?;
    let next = store::next_posting(&**snapshot, request.now).await?;
    let until = current
        .iter()
        .map(|announcement| announcement.notice.shown_until())
        .chain(next)
        .min();
    Ok((current, until))
}

/// The board: all of it, or what is asked for.
pub(super) async fn list(
    board: &NoticeBoard,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let (all, until) = current(request).await?;
    let organisations = request.organisations().await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let words = request.query("q").unwrap_or_default();
    let words: String = words.trim().chars().take(WORDS).collect();
    let owner = request.query("organisation").unwrap_or_default();
    let kind = request.query("kind").and_then(NoticeKind::parse);
    let asked_for = organisations.by_key(owner).map(|entry| entry.id);
    let shown: Vec<&Announcement> = all
        .iter()
        .filter(|it| asked_for.is_none_or(|id| id == it.organisation))
        .filter(|it| kind.is_none_or(|kind| kind == it.kind))
        .filter(|it| has_words(it, locale, &words))
        .collect();
    let mut shell = Shell::new(chrome, t.get("board-title"), board_href(locale));
    shell.description = t.get("board-lede").into_owned();
    shell.alternates = alternates(|locale| board_href(locale).to_owned());
    let filtered = asked_for.is_some() || kind.is_some() || !words.is_empty();
    shell.noindex = filtered;
    shell.json_ld = Some(board_json_ld(&shell, &shown, locale));
    tags.extend(
        all.iter()
            .map(|it| format!("organisation:{}", it.organisation)),
    );
    tags.push(ANNOUNCEMENTS_TAG.to_owned());
    tags.sort_unstable();
    tags.dedup();
    let view = BoardPage {
        groups: groups(&shown, &organisations, t),
        shown: shown.len(),
        filtered,
        fields: filter_fields(t, &all, &organisations, (owner, kind, &words)),
        feed_href: feed_href(locale, asked_for.map(|_| owner)),
        appeal_href: board.appeal_page(locale),
        appeal_days: u32::from(board.settings.appeal_days),
        shell,
    };
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = until;
    // There are too many words to keep a page for each, and no end of names that nobody has.
    let named = (owner.is_empty() || asked_for.is_some())
        && (kind.is_some() || request.query("kind").is_none_or(str::is_empty));
    page.keep = words.is_empty() && named;
    Ok(Outcome::Page(page))
}

fn has_words(announcement: &Announcement, locale: Locale, words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let notice = &announcement.notice;
    let mut text = format!(
        "{} {} {}",
        notice.title.get(locale),
        notice.sender.get(locale),
        notice.kept_at.get(locale)
    );
    if let Some((_, document)) = notice.text_in(locale) {
        text.push_str(&document.body_text());
        text.push_str(&document.headings().join(" "));
    }
    let text = fold(&text);
    fold(words)
        .split_whitespace()
        .all(|word| text.contains(word))
}

fn committee(announcement: &Announcement, organisations: &OrganisationList, t: T) -> String {
    organisations
        .find(announcement.organisation)
        .map_or_else(
            || announcement.notice.sender.get(t.locale()),
            |entry| entry.name(t.locale()),
        )
        .to_owned()
}

fn groups(shown: &[&Announcement], organisations: &OrganisationList, t: T) -> Vec<BoardGroup> {
    let mut groups: Vec<(OrganisationId, BoardGroup)> = Vec::new();
    for announcement in shown {
        let item = item(announcement, t);
        match groups
            .iter_mut()
            .find(|(id, _)| *id == announcement.organisation)
        {
            Some((_, group)) => group.items.push(item),
            None => groups.push((
                announcement.organisation,
                BoardGroup {
                    key: organisations.find(announcement.organisation).map_or_else(
                        || announcement.organisation.to_string(),
                        |it| it.key.clone(),
                    ),
                    name: committee(announcement, organisations, t),
                    items: vec![item],
                },
            )),
        }
    }
    let mut groups: Vec<BoardGroup> = groups.into_iter().map(|(_, group)| group).collect();
    groups.sort_by_cached_key(|group| sort_key(&group.name));
    groups
}

fn item(announcement: &Announcement, t: T) -> BoardItem {
    let notice = &announcement.notice;
    BoardItem {
        title: notice.title.get(t.locale()).to_owned(),
        lang: draw::other_language(&notice.title, t.locale()),
        href: announcement.href(t.locale()),
        kind: announcement.kind,
        meeting: notice.meeting_on.map(|day| date(t, day)),
        posted: date(t, notice.posted_on),
        removed: date(t, notice.removed_on),
        appeal: notice.appeal_until.map(|day| date(t, day)),
    }
}

fn filter_fields(
    t: T,
    all: &[Announcement],
    organisations: &OrganisationList,
    (owner, kind, words): (&str, Option<NoticeKind>, &str),
) -> Vec<Field> {
    let mut owners: Vec<(String, String)> = all
        .iter()
        .filter_map(|it| organisations.find(it.organisation))
        .map(|entry| (entry.key.clone(), entry.name(t.locale()).to_owned()))
        .collect();
    // The committee that is asked for may have nothing on the board today.
    if let Some(entry) = organisations.by_key(owner) {
        owners.push((entry.key.clone(), entry.name(t.locale()).to_owned()));
    }
    owners.sort_by_cached_key(|(_, name)| sort_key(name));
    owners.dedup();
    owners.insert(
        0,
        (String::new(), t.get("board-all-committees").into_owned()),
    );
    let mut kinds = vec![(String::new(), t.get("board-all-kinds").into_owned())];
    kinds.extend(NoticeKind::ALL.map(|kind| {
        let key = format!("notice-kind-{}", kind.as_str());
        (kind.as_str().to_owned(), t.get(&key).into_owned())
    }));
    let kind = kind.map(NoticeKind::as_str).unwrap_or_default();
    // A filter may be left as it is; to say so at each field would be noise.
    vec![
        Field::new(
            "organisation",
            FieldKind::Choice(owners),
            t.get("notice-committee"),
            owner,
        ),
        Field::new("kind", FieldKind::Choice(kinds), t.get("board-kind"), kind),
        Field::new("q", FieldKind::Text, t.get("board-words"), words),
    ]
}

fn board_json_ld(shell: &Shell, shown: &[&Announcement], locale: Locale) -> String {
    let base = &shell.chrome.base_url;
    let items: Vec<_> = shown
        .iter()
        .take(ENTRIES)
        .enumerate()
        .map(|(at, it)| {
            json!({
                "@type": "ListItem",
                "position": at + 1,
                "url": format!("{base}{}", it.href(locale)),
                "name": it.notice.title.get(locale),
            })
        })
        .collect();
    json!({
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": shell.title,
        "url": format!("{base}{}", shell.path),
        "inLanguage": locale.as_str(),
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    })
    .to_string()
}

fn feed_href(locale: Locale, organisation: Option<&str>) -> String {
    let path = format!("{}.atom", board_href(locale));
    match organisation {
        Some(key) => format!("{path}?organisation={key}"),
        None => path,
    }
}

/// The board or one committee's part of it as a feed.
pub(super) async fn feed(request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let (all, until) = current(request).await?;
    let organisations = request.organisations().await?;
    let t = T::of(locale);
    let owner = match request.query("organisation") {
        Some(key) => match organisations.by_key(key) {
            Some(entry) => Some(entry),
            None => return Ok(Outcome::NotFound),
        },
        None => None,
    };
    let base = &request.app.settings.base_url;
    let shown: Vec<&Announcement> = all
        .iter()
        .filter(|it| owner.is_none_or(|owner| owner.id == it.organisation))
        .take(ENTRIES)
        .collect();
    let path = feed_href(locale, owner.map(|owner| owner.key.as_str()));
    let title = match owner {
        Some(owner) => t.one("board-feed-title", "committee", owner.name(locale)),
        None => t.get("board-title").into_owned(),
    };
    let feed = Feed {
        id: format!("{base}{path}"),
        title,
        subtitle: t.get("board-lede").into_owned(),
        self_url: format!("{base}{path}"),
        html_url: format!("{base}{}", board_href(locale)),
        updated: shown
            .iter()
            .map(|it| it.updated_at.max(it.notice.shown_from()))
            .max()
            .unwrap_or(request.now),
        lang: locale,
        author: request.app.settings.city.clone(),
        entries: shown.iter().map(|it| entry(it, base, t)).collect(),
    };
    let mut tags = vec![ANNOUNCEMENTS_TAG.to_owned()];
    tags.extend(owner.map(|owner| format!("organisation:{}", owner.id)));
    let body = feed::atom(&feed);
    let mut page = Page::html(body, tags);
    page.content_type = feed::CONTENT_TYPE;
    page.fresh_until = until;
    Ok(Outcome::Page(page))
}

fn entry(announcement: &Announcement, base: &str, t: T) -> Entry {
    let notice = &announcement.notice;
    let posted = notice.shown_from();
    Entry {
        id: format!("urn:uuid:{}", announcement.id),
        url: format!("{base}{}", announcement.href(t.locale())),
        title: notice.title.get(t.locale()).to_owned(),
        updated: announcement.updated_at.max(posted),
        published: posted,
        summary: summary(announcement, t.locale()),
        html: draw::text_html(notice, t.locale()),
        categories: vec![
            t.get(&format!("notice-kind-{}", announcement.kind.as_str()))
                .into_owned(),
        ],
        author: notice.sender.get(t.locale()).to_owned(),
    }
}

async fn contact(
    request: &PageRequest,
    announcement: &Announcement,
    locale: Locale,
) -> Result<(Option<ContactCard>, Vec<String>, Option<Timestamp>)> {
    let Some(unit) = announcement.notice.contact else {
        return Ok((None, Vec::new(), None));
    };
    let wanted = Wanted {
        contacts: vec![unit],
        ..Wanted::default()
    };
    let facts = &request.app.facts;
    let mut found = facts
        .resolve(&request.reading, &wanted, locale, request.now)
        .await?;
    Ok((found.contacts.remove(&unit), found.tags, found.fresh_until))
}

/// One announcement; what is said in its place when it has been removed.
pub(super) async fn one(
    board: &NoticeBoard,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let key = request.param("key");
    let found = store::find_by_key(&**request.snapshot().await?, key).await?;
    let Some(announcement) = found else {
        return Ok(Outcome::NotFound);
    };
    match announcement.state(request.now) {
        NoticeState::Posted => posted(board, request, announcement, locale).await,
        NoticeState::Removed if announcement.was_posted(request.now) => {
            gone(request, announcement, locale).await
        }
        // Nobody is told that something is coming, nor that it was to come.
        NoticeState::Coming | NoticeState::Removed => Ok(Outcome::NotFound),
    }
}

async fn posted(
    board: &NoticeBoard,
    request: &PageRequest,
    announcement: Announcement,
    locale: Locale,
) -> Result<Outcome> {
    let (card, fact_tags, open_until) = contact(request, &announcement, locale).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let notice = &announcement.notice;
    let mut shell = Shell::new(chrome, notice.title.get(locale), announcement.href(locale));
    shell.description = summary(&announcement, locale);
    shell.alternates = alternates(|locale| announcement.href(locale));
    shell.crumbs = vec![NavLink::new(t.get("board-title"), board_href(locale))];
    shell.json_ld = Some(json_ld(&shell, &announcement, locale));
    tags.extend(fact_tags);
    tags.push(announcement_tag(announcement.id));
    tags.push(format!("organisation:{}", announcement.organisation));
    let page = NoticePage {
        shell,
        kind: announcement.kind,
        lang: draw::other_language(&notice.title, locale),
        view: draw::notice_view(t, notice, announcement.kind),
        contact: card,
        last_day: draw::last_day(t, notice),
        appeal_href: board.appeal_page(locale),
        appeal: notice.appeal_until.map(|day| date(t, day)),
    };
    let mut page = Page::html(page.render()?, tags);
    page.fresh_until = [Some(notice.shown_until()), open_until]
        .into_iter()
        .flatten()
        .min();
    Ok(Outcome::Page(page))
}

/// schema.org: the announcement, with the time for which it is to be shown.
fn json_ld(shell: &Shell, announcement: &Announcement, locale: Locale) -> String {
    let base = &shell.chrome.base_url;
    let notice = &announcement.notice;
    let mut page = json!({
        "@context": "https://schema.org",
        "@type": "SpecialAnnouncement",
        "@id": format!("{base}{}", announcement.href(locale)),
        "url": format!("{base}{}", announcement.href(locale)),
        "name": notice.title.get(locale),
        "inLanguage": locale.as_str(),
        "datePosted": notice.shown_from().rfc3339(),
        "expires": notice.shown_until().rfc3339(),
        "category": format!("notice-board/{}", announcement.kind.as_str()),
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": notice.sender.get(locale),
            "parentOrganization": {"@type": "GovernmentOrganization", "name": shell.chrome.city},
        },
    });
    if !shell.description.is_empty() {
        page["text"] = json!(shell.description);
    }
    page.to_string()
}

async fn gone(
    request: &PageRequest,
    announcement: Announcement,
    locale: Locale,
) -> Result<Outcome> {
    let (card, fact_tags, _) = contact(request, &announcement, locale).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(
        chrome,
        t.get("notice-gone-title"),
        announcement.href(locale),
    );
    shell.noindex = true;
    shell.crumbs = vec![NavLink::new(t.get("board-title"), board_href(locale))];
    tags.extend(fact_tags);
    let removed = announcement.notice.shown_until();
    let page = GonePage {
        shell,
        committee: announcement.notice.sender.get(locale).to_owned(),
        removed: date(t, torg_kernel::civil_date(removed)),
        board_href: board_href(locale).to_owned(),
        contact: card,
    };
    let page = Page::html(page.render()?, tags);
    Ok(Outcome::Gone(page))
}
