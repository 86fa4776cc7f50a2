//! Trying the links whose time has come: hosts beside each other, one host's pages one after
//! another with a pause, so that nobody is bothered.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt;
use torg_db::Database;
use torg_kernel::{Clock, Result};

use super::probe::{Answer, Probe};
use super::store::{self, DueLink};

/// Most links in one round.
const ROUND: i64 = 200;
/// Most links of one host in one round.
const OF_ONE_HOST: usize = 20;
/// Hosts that are asked at the same time.
const HOSTS: usize = 6;

/// Tries the links whose time has come. Returns how many were tried.
///
/// # Errors
/// When the database fails.
pub(crate) async fn try_links(
    database: &Database,
    clock: &dyn Clock,
    probe: &Probe,
    pause: Duration,
) -> Result<usize> {
    let snapshot = database.snapshot().await?;
    let due = store::list_due(&*snapshot, clock.now(), ROUND).await?;
    snapshot.end().await?;
    let mut hosts: BTreeMap<String, Vec<DueLink>> = BTreeMap::new();
    for link in due {
        let of_host = hosts.entry(link.host.clone()).or_default();
        if of_host.len() < OF_ONE_HOST {
            of_host.push(link);
        }
    }
    let asked = hosts
        .into_values()
        .map(|links| ask_host(probe.clone(), links, pause));
    let mut answers = futures::stream::iter(asked).buffer_unordered(HOSTS);
    let mut tried = 0;
    // What is known is kept host by host: a stop in the middle loses one host's answers.
    while let Some(of_host) = answers.next().await {
        tried += of_host.len();
        let now = clock.now();
        database
            .write(move |context| {
                Box::pin(async move {
                    for (link, answer) in &of_host {
                        store::save_answer(context, link, *answer, now).await?;
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(tried)
}

async fn ask_host(probe: Probe, links: Vec<DueLink>, pause: Duration) -> Vec<(DueLink, Answer)> {
    let mut answers = Vec::with_capacity(links.len());
    for (at, link) in links.into_iter().enumerate() {
        if at > 0 {
            tokio::time::sleep(pause).await;
        }
        let answer = probe.ask(&link.url).await;
        answers.push((link, answer));
    }
    answers
}
