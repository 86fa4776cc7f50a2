//! Checking the log: has anything been changed that was written?

use std::collections::HashMap;

use torg_db::{Database, fetch_one};
use torg_kernel::Result;

use crate::append::Weeding;
use crate::event::{LogEvent, payload_digest};
use crate::seal::{list_seals, merkle_root};
use crate::store::{self, PayloadRow};

/// One thing that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// An event is missing.
    Gap {
        /// The position that should be there.
        position: i64,
    },
    /// An event's row does not fit its place in the chain.
    Event {
        /// Where.
        position: i64,
    },
    /// A payload does not fit its digest.
    Payload {
        /// Where.
        position: i64,
    },
    /// A payload is gone and no weeding says so.
    PayloadMissing {
        /// Where.
        position: i64,
    },
    /// A day's events do not fit its seal.
    Seal {
        /// Which day.
        day: String,
    },
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Events looked at.
    pub events: i64,
    /// Payloads weeded by decision.
    pub weeded: i64,
    /// Days whose seal was recomputed.
    pub seals: i64,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
}

const BATCH: i64 = 1_000;

/// Reads the whole log and recomputes each digest, link and seal. Memory is bounded by a day's
/// links; `progress` is told how many events are done.
///
/// # Errors
/// When the database fails. Something changed is no error but a finding.
pub async fn verify(database: &Database, progress: &mut dyn FnMut(i64)) -> Result<Report> {
    let snapshot = database.snapshot().await?;
    let seals = list_seals(&*snapshot).await?;
    let mut seals = seals.into_iter().peekable();
    let mut report = Report::default();
    let mut weedings: HashMap<i64, Vec<i64>> = HashMap::new();
    let (mut position, mut chain, mut day) = (0, Vec::new(), Vec::new());
    loop {
        let events = store::list_after(&*snapshot, position, BATCH).await?;
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            break;
        };
        let rows = store::payloads(&*snapshot, first.position, last.position).await?;
        let rows: HashMap<i64, PayloadRow> =
            rows.into_iter().map(|row| (row.position, row)).collect();
        for event in &events {
            for missing in position + 1..event.position {
                report.findings.push(Finding::Gap { position: missing });
            }
            position = event.position;
            report.events += 1;
            if event.link(&chain) != event.chain {
                report.findings.push(Finding::Event { position });
            }
            chain.clone_from(&event.chain);
            day.push(chain.clone());
            match payload_finding(event, rows.get(&position)) {
                Checked::Well => {}
                Checked::Weeded(by) => {
                    report.weeded += 1;
                    weedings.entry(by).or_default().push(position);
                }
                Checked::Wrong(finding) => report.findings.push(finding),
            }
            if let Some(seal) = seals.next_if(|seal| seal.last_position <= position) {
                report.seals += 1;
                if merkle_root(&day) != seal.root || chain != seal.chain {
                    report.findings.push(Finding::Seal { day: seal.day });
                }
                day.clear();
            }
        }
        progress(report.events);
    }
    // A seal whose events are not there at all: the end of the log was cut off.
    report
        .findings
        .extend(seals.map(|seal| Finding::Seal { day: seal.day }));
    check_weedings(&snapshot, weedings, &mut report).await?;
    Ok(report)
}

enum Checked {
    Well,
    Weeded(i64),
    Wrong(Finding),
}

fn payload_finding(event: &LogEvent, row: Option<&PayloadRow>) -> Checked {
    let position = event.position;
    let Some(row) = row else {
        return Checked::Wrong(Finding::PayloadMissing { position });
    };
    match (&row.salt, row.weeded_by) {
        (None, Some(by)) if row.before.is_none() && row.after.is_none() => Checked::Weeded(by),
        (Some(salt), None) => {
            let digest = payload_digest(salt, row.before.as_deref(), row.after.as_deref());
            if digest == event.digest {
                Checked::Well
            } else {
                Checked::Wrong(Finding::Payload { position })
            }
        }
        _ => Checked::Wrong(Finding::PayloadMissing { position }),
    }
}

/// A payload counts as weeded only if the weeding event, itself in the chain, names it.
async fn check_weedings(
    snapshot: &torg_db::Snapshot,
    weedings: HashMap<i64, Vec<i64>>,
    report: &mut Report,
) -> Result<()> {
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        after: Option<String>,
    }
    for (by, positions) in weedings {
        let row: Option<Row> = fetch_one(
            &**snapshot,
            "SELECT p.after FROM event_payload p JOIN event e ON e.position = p.position \
             WHERE p.position = $1 AND e.kind = 'log.weeded'",
            vec![by.into()],
        )
        .await?;
        let named: Vec<i64> = row
            .and_then(|row| row.after)
            .and_then(|after| serde_json::from_str::<Weeding>(&after).ok())
            .map(|weeding| weeding.positions)
            .unwrap_or_default();
        for position in positions
            .into_iter()
            .filter(|position| !named.contains(position))
        {
            report.weeded -= 1;
            report.findings.push(Finding::PayloadMissing { position });
        }
    }
    Ok(())
}
