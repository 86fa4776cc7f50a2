//! Looking at all public texts again, so that lists and reports say what is so now.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use torg_db::{Database, WriteContext};
use torg_kernel::{Clock, ContentId, Result, civil_date};
use torg_quality::{Report, Weight};

use super::around::Everything;
use super::links;
use super::model::{Cared, Looked, Standing, week_of};
use super::reads::keep_reads;
use super::settings::CareSettings;
use super::store::{self, Look, Week};
use crate::model::Content;

/// Texts that are looked at in one go and written in one transaction.
const BATCH: i64 = 50;
/// Between two goes, so that readers and writers come first.
const PAUSE: Duration = Duration::from_millis(50);
/// Seconds after which a text is looked at again though nothing in it changed: what it links to
/// may have.
const AGAIN: i64 = 86_400;

/// Tells one state of the rules from another, and this version of them from later ones.
fn stamp(settings: &CareSettings) -> String {
    let mut hasher = DefaultHasher::new();
    settings.rules.pairs().hash(&mut hasher);
    format!("1-{:016x}", hasher.finish())
}

/// What is kept of a look.
pub(crate) fn kept(content: &Content, report: &Report) -> Look {
    let of = |weight| i64::from(report.of_weight(weight));
    Look {
        content: content.id,
        version: content.version,
        looked: Looked {
            must: of(Weight::Must),
            should: of(Weight::Should),
            hint: of(Weight::Hint),
            lix: report.figures.lix.map(i64::from),
            rules: store::counted(report),
        },
        urls: links::outside(&content.document),
    }
}

/// Looks at every public text that changed since it was looked at, or was not looked at for a day.
/// Returns how many.
///
/// # Errors
/// When the database fails; what was looked at before is kept.
pub async fn look_at_pages(database: &Database, clock: &dyn Clock) -> Result<usize> {
    let mut done = 0;
    let mut everything = None;
    loop {
        let now = clock.now();
        let snapshot = database.snapshot().await?;
        let settings = CareSettings::find(&*snapshot).await?;
        let stamp = stamp(&settings);
        let before = now.plus_seconds(-AGAIN);
        let stale: Vec<ContentId> = store::list_stale(&*snapshot, &stamp, before, BATCH).await?;
        if stale.is_empty() {
            snapshot.end().await?;
            return Ok(done);
        }
        if everything.is_none() {
            everything = Some(Everything::read(&*snapshot).await?);
        }
        let mut looks = Vec::new();
        for id in stale {
            let content = crate::store::find(&*snapshot, id).await?;
            if let (Some(content), Some(everything)) = (content, &everything) {
                let known = everything.around(&*snapshot, &content).await?;
                looks.push(kept(&content, &known.report(&content, &settings.rules)));
            }
        }
        snapshot.end().await?;
        done += looks.len();
        database
            .write(move |context| {
                Box::pin(async move {
                    for look in &looks {
                        store::save_look(context, look, &stamp, now).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Notes how each organisation stands this week, over what was noted before in the same week; and
/// forgets what is kept of texts that are gone.
///
/// # Errors
/// When the database fails.
pub async fn note_week(database: &Database, clock: &dyn Clock) -> Result<()> {
    let now = clock.now();
    let snapshot = database.snapshot().await?;
    let settings = CareSettings::find(&*snapshot).await?;
    let texts = store::list_cared(&*snapshot).await?;
    snapshot.end().await?;
    let today = civil_date(now);
    let mut own: std::collections::BTreeMap<_, Vec<&Cared>> = std::collections::BTreeMap::new();
    for text in &texts {
        own.entry(text.organisation).or_default().push(text);
    }
    let weeks: Vec<_> = own
        .into_iter()
        .map(|(organisation, texts)| (organisation, week(&settings, &texts, today)))
        .collect();
    database
        .write(move |context: &WriteContext| {
            Box::pin(async move {
                for (organisation, figures) in weeks {
                    store::save_week(context, week_of(today), organisation, figures).await?;
                }
                keep_reads(context, today).await?;
                store::forget_gone(context).await
            })
        })
        .await
}

/// The figures of some texts.
pub(crate) fn week(settings: &CareSettings, texts: &[&Cared], today: jiff::civil::Date) -> Week {
    let count = |which: &dyn Fn(&Cared) -> bool| {
        i64::try_from(texts.iter().filter(|text| which(text)).count()).unwrap_or(i64::MAX)
    };
    let lix: Vec<i64> = texts
        .iter()
        .filter_map(|text| text.looked.as_ref()?.lix)
        .collect();
    Week {
        pages: count(&|_| true),
        without_reviewer: count(&|text| text.lacks_reviewer(settings)),
        overdue: count(&|text| text.standing(settings, today) == Standing::Overdue),
        failing: count(&Cared::is_failing),
        dead: texts.iter().map(|text| text.dead).sum(),
        lix_sum: lix.iter().sum(),
        lix_pages: i64::try_from(lix.len()).unwrap_or(i64::MAX),
        unread: count(&|text| text.is_unread(settings, today)),
    }
}
