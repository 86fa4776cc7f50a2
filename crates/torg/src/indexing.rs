//! The search index follows the log: built whole when it is empty or lost, changed when something
//! changes.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use torg_accounts::Accounts;
use torg_db::{Database, Snapshot};
use torg_kernel::{
    AnnouncementId, EventId, PageId, Result, ServiceId, Timestamp, UnitId, Variant, civil_date,
};
use torg_log::{Follower, LogEvent};
use torg_search::{Change, Index, SearchDocument};
use torg_site::PagesWanted;
use torg_site::searching::apply_settings;
use torg_web::{OrganisationList, Organisations};
use uuid::Uuid;

/// Told how many documents are in, while an index is built.
pub type Progress<'a> = &'a mut (dyn FnMut(u64) + Send);

/// Builds the index from the rows. What was in it stays searchable until the new one is whole.
///
/// # Errors
/// When the database or the index fails; the index is then as it was.
pub async fn rebuild(
    database: &Database,
    accounts: &Accounts,
    index: &Arc<Index>,
    progress: Progress<'_>,
) -> Result<u64> {
    let snapshot = database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    let organisations = accounts.list(&snapshot).await?;
    stage(index, vec![Change::Clear]).await?;
    let mut count = 0;
    let mut after = Uuid::nil();
    loop {
        let (pages, last) = torg_site::search_pages(
            &snapshot,
            &organisations,
            PagesWanted::After(after),
            accounts.now(),
        )
        .await?;
        let Some(last) = last else { break };
        after = last;
        let changes: Vec<Change> = pages
            .into_iter()
            .filter_map(|page| page.document)
            .map(Change::put)
            .collect();
        count += changes.len() as u64;
        stage(index, changes).await?;
        progress(count);
    }
    let mut after = None;
    loop {
        let units = torg_directory::list_after(&*snapshot, after, 200).await?;
        let Some(last) = units.last() else { break };
        after = Some(last.id);
        let changes = units
            .iter()
            .filter(|unit| !unit.is_closed_on(civil_date(accounts.now())))
            .flat_map(|unit| unit_documents(unit, &organisations))
            .collect::<Vec<_>>();
        count += changes.len() as u64;
        stage(index, changes).await?;
        progress(count);
    }
    let now = accounts.now();
    let services = torg_directory::services::list(&*snapshot).await?;
    let changes: Vec<Change> = services
        .iter()
        .flat_map(|service| service_documents(service, &organisations, now))
        .collect();
    count += changes.len() as u64;
    stage(index, changes).await?;
    progress(count);
    let notices = torg_noticeboard::list_current(&*snapshot, now).await?;
    let changes: Vec<Change> = notices
        .iter()
        .flat_map(|notice| notice_documents(notice, &organisations, now))
        .collect();
    count += changes.len() as u64;
    stage(index, changes).await?;
    progress(count);
    let names = crate::calendar_links::PlaceNames::read(&*snapshot).await?;
    let mut after = None;
    loop {
        let events = torg_calendar::list_after(&*snapshot, after, 200).await?;
        let Some(last) = events.last() else { break };
        after = Some(last.id);
        let changes: Vec<Change> = events
            .iter()
            .flat_map(|event| names.documents(event, &organisations, now))
            .collect();
        count += changes.len() as u64;
        stage(index, changes).await?;
        progress(count);
    }
    apply_settings(&*snapshot, index).await?;
    snapshot.end().await?;
    let owned = index.clone();
    let head = u64::try_from(head)?;
    tokio::task::spawn_blocking(move || owned.commit(head)).await??;
    Ok(count)
}

async fn stage(index: &Arc<Index>, changes: Vec<Change>) -> Result<()> {
    let index = index.clone();
    Ok(tokio::task::spawn_blocking(move || index.stage(&changes)).await??)
}

fn unit_documents(unit: &torg_directory::Unit, organisations: &OrganisationList) -> Vec<Change> {
    guide_documents(
        "unit",
        torg_directory::search_documents(unit, organisations),
    )
}

fn service_documents(
    service: &torg_directory::services::Service,
    organisations: &OrganisationList,
    now: Timestamp,
) -> Vec<Change> {
    let found = torg_directory::services::search_documents(service, organisations, now);
    guide_documents("service", found)
}

/// What the directory gives to search.
fn guide_documents(kind: &str, found: Vec<torg_directory::UnitForSearch>) -> Vec<Change> {
    found
        .into_iter()
        .map(|found| {
            Change::put(SearchDocument {
                key: found.key,
                kind: kind.to_owned(),
                locale: found.locale,
                variant: Variant::Standard,
                url: found.url,
                title: found.title,
                headings: found.headings,
                description: found.description,
                keywords: found.keywords,
                body: found.body,
                organisation: found.organisation,
                theme: None,
                published_at: None,
                updated_at: found.updated_at,
            })
        })
        .collect()
}

fn notice_documents(
    notice: &torg_noticeboard::Announcement,
    organisations: &OrganisationList,
    now: Timestamp,
) -> Vec<Change> {
    torg_noticeboard::search_documents(notice, organisations, now)
        .into_iter()
        .map(|found| {
            Change::put(SearchDocument {
                key: found.key,
                kind: notice.kind.as_str().to_owned(),
                locale: found.locale,
                variant: Variant::Standard,
                url: found.url,
                title: found.title,
                headings: found.headings,
                description: found.description,
                keywords: found.keywords,
                body: found.body,
                organisation: found.organisation,
                theme: None,
                published_at: Some(found.updated_at),
                updated_at: found.updated_at,
            })
        })
        .collect()
}

/// The changes in the index for some events.
async fn changes(accounts: &Accounts, on: &Snapshot, events: &[LogEvent]) -> Result<Vec<Change>> {
    let subjects = |kind: &str| -> BTreeSet<Uuid> {
        events
            .iter()
            .filter(|e| e.subject.kind == kind)
            .map(|e| e.subject.id)
            .collect()
    };
    let pages: Vec<PageId> = subjects("page").into_iter().map(PageId).collect();
    let units: Vec<UnitId> = subjects("unit").into_iter().map(UnitId).collect();
    let services: Vec<ServiceId> = subjects("service").into_iter().map(ServiceId).collect();
    let notices: Vec<AnnouncementId> = subjects("announcement")
        .into_iter()
        .map(AnnouncementId)
        .collect();
    let events_of: Vec<EventId> = subjects("event").into_iter().map(EventId).collect();
    if pages.is_empty()
        && units.is_empty()
        && services.is_empty()
        && notices.is_empty()
        && events_of.is_empty()
    {
        return Ok(Vec::new());
    }
    let organisations = accounts.list(on).await?;
    let mut changes = Vec::new();
    let (found, _) = torg_site::search_pages(
        on,
        &organisations,
        PagesWanted::These(&pages),
        accounts.now(),
    )
    .await?;
    changes.extend(found.into_iter().map(|page| match page.document {
        Some(document) => Change::put(document),
        None => Change::Delete { key: page.key },
    }));
    let there = torg_directory::list_by_id(&**on, &units).await?;
    for id in &units {
        let public = |unit: &&torg_directory::Unit| {
            unit.id == *id && !unit.is_closed_on(civil_date(accounts.now()))
        };
        match there.iter().find(public) {
            Some(unit) => changes.extend(unit_documents(unit, &organisations)),
            None => changes.extend(
                torg_directory::search_keys(*id)
                    .into_iter()
                    .map(|key| Change::Delete { key }),
            ),
        }
    }
    let now = accounts.now();
    let given = torg_directory::services::list_by_id(&**on, &services).await?;
    for id in services {
        let keys = torg_directory::services::search_keys(id).into_iter();
        changes.extend(keys.map(|key| Change::Delete { key }));
        let service = given.iter().find(|own| own.id == id);
        changes.extend(
            service
                .into_iter()
                .flat_map(|own| service_documents(own, &organisations, now)),
        );
    }
    let posted = torg_noticeboard::list_current_by_id(&**on, &notices, now).await?;
    for id in notices {
        // What it was before goes first: a notice may lose a language, or come down.
        changes.extend(
            torg_noticeboard::search_keys(id)
                .into_iter()
                .map(|key| Change::Delete { key }),
        );
        let notice = posted.iter().find(|notice| notice.id == id);
        changes.extend(
            notice
                .into_iter()
                .flat_map(|notice| notice_documents(notice, &organisations, now)),
        );
    }
    changes.extend(
        crate::calendar_links::index_changes(&**on, &events_of, &organisations, now).await?,
    );
    Ok(changes)
}

/// Applies some events, and remembers how far the index has come.
async fn apply(
    database: &Database,
    accounts: &Accounts,
    index: &Arc<Index>,
    events: &[LogEvent],
) -> Result<()> {
    let Some(last) = events.last() else {
        return Ok(());
    };
    let snapshot = database.snapshot().await?;
    let changes = changes(accounts, &snapshot, events).await?;
    if events.iter().any(|event| event.subject.kind == "setting") {
        apply_settings(&*snapshot, index).await?;
    }
    snapshot.end().await?;
    if changes.is_empty() {
        return Ok(());
    }
    let index = index.clone();
    let position = u64::try_from(last.position)?;
    tokio::task::spawn_blocking(move || index.apply(&changes, position)).await??;
    Ok(())
}

/// Brings the index up to the log's end: by the events since, or whole when there is no place to
/// go on from.
///
/// # Errors
/// When the database or the index fails.
pub async fn catch_up(
    database: &Database,
    accounts: &Accounts,
    index: &Arc<Index>,
    progress: Progress<'_>,
) -> Result<i64> {
    let snapshot = database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    let position = i64::try_from(index.position())?;
    if position == 0 || position > head {
        // Another database than before, or none.
        snapshot.end().await?;
        rebuild(database, accounts, index, progress).await?;
        return Ok(i64::try_from(index.position())?);
    }
    apply_settings(&*snapshot, index).await?;
    snapshot.end().await?;
    let mut follower = Follower::new(database, position, &[]);
    loop {
        let events = follower.ready().await?;
        if events.is_empty() {
            return Ok(follower.position());
        }
        apply(database, accounts, index, &events).await?;
    }
}

/// Follows the log from a position until aborted.
pub async fn follow(database: Database, accounts: Accounts, index: Arc<Index>, from: i64) {
    let mut follower = Follower::new(&database, from, &[]);
    loop {
        let events = match follower.next().await {
            Ok(events) => events,
            Err(error) => {
                tracing::warn!(%error, "search could not follow the log; trying again");
                tokio::time::sleep(Duration::from_millis(500)).await;
                continue;
            }
        };
        while let Err(problem) = apply(&database, &accounts, &index, &events).await {
            tracing::error!(%problem, "the search index could not be changed; trying again");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}
