//! Care: what the rules say of each text, who goes through it and when, and where its links lead.
//!
//! What the rules say is worked out anew wherever somebody looks at one text; for lists and reports
//! it is kept beside the text by a job that comes round every other minute, so that ten thousand
//! pages can be counted without reading them. The price is that a report may be two minutes old,
//! and a day where a page was broken by another that went away.

mod around;
mod gate;
mod links;
pub(crate) mod migration;
mod model;
mod reads;
mod refresh;
mod remind;
mod report;
mod service;
mod settings;
mod store;
mod views;
mod web;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use torg_db::Database;
use torg_jobs::{Handlers, Rule as When, Schedule};
use torg_kernel::{Access, Clock, Ids, Permission, Result};
use torg_web::{Organisations, Routes};

pub use links::{Answer, Outcome, Probe, ProbeError, ProbeSettings, is_public};
pub use model::CarePerson;
pub use reads::{run_reads, write_reads};
pub use refresh::{look_at_pages, note_week};
pub use report::{CityReport, ToReview, city_report, to_review};
pub use settings::{CARE, CareSettings};

pub(crate) use gate::{REASON, gate, publish_despite, refused};

/// Where the report is.
pub(crate) const REPORT: &str = "/admin/care";
/// Where the rules are settled.
const RULES: &str = "/admin/quality";

/// Who works with pages; answered by the binary, which knows the room of accounts.
#[async_trait]
pub trait CarePeople: Send + Sync {
    /// Everybody who holds anything today. Takes a connection of its own, so it is asked while none
    /// is held.
    ///
    /// # Errors
    /// When the database fails.
    async fn people(&self) -> Result<Vec<CarePerson>>;
}

/// Care on this node.
pub struct Care {
    /// Who works with pages.
    pub people: Arc<dyn CarePeople>,
    /// The organisations, for jobs.
    pub organisations: Arc<dyn Organisations>,
    /// The city's name, for mail.
    pub city: String,
    /// Scheme and host of the site, for mail.
    pub base_url: String,
    /// Tries links to others, where the operator lets the program out at all.
    pub probe: Option<Probe>,
    /// Between two questions to the same host.
    pub pause: Duration,
}

impl Care {
    /// The staff's pages about care.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let read = Access::Needs(Permission::PageRead);
        let edit = Access::Needs(Permission::PageEdit);
        let manage = Access::Needs(Permission::QualityManage);
        let [panel, report, csv, right, reviewer, rules, save] =
            std::array::from_fn(|_| self.clone());
        Routes::new()
            .get("/admin/pages/{id}/quality", read, move |context| {
                web::panel::get(panel.clone(), context)
            })
            .get(REPORT, read, move |context| {
                web::report::get(report.clone(), context)
            })
            .get(&format!("{REPORT}.csv"), read, move |context| {
                web::report::csv(csv.clone(), context)
            })
            .post(&format!("{REPORT}/right"), edit, move |context| {
                web::change::right(right.clone(), context)
            })
            .post(&format!("{REPORT}/reviewer"), edit, move |context| {
                web::change::reviewer(reviewer.clone(), context)
            })
            .get(RULES, manage, move |context| {
                web::rules::get(rules.clone(), context)
            })
            .post(RULES, manage, move |context| {
                web::rules::post(save.clone(), context)
            })
    }

    /// What is done by itself: texts are looked at, links tried, reminders sent, weeks noted.
    ///
    /// # Panics
    /// Never: the times of day are written here.
    #[must_use]
    pub fn jobs(self: &Arc<Self>) -> Handlers {
        let at = |hour, minute| When::Daily {
            at: jiff::civil::time(hour, minute, 0, 0),
        };
        let [reminding, trying] = std::array::from_fn(|_| self.clone());
        Handlers::new()
            .on("care_look", |job| async move {
                look_at_pages(&job.database, &*job.clock).await?;
                note_week(&job.database, &*job.clock).await
            })
            .on("care_remind", move |job| {
                let care = reminding.clone();
                async move {
                    let sent = care.remind(&job.database, &*job.clock, &job.ids).await?;
                    if sent > 0 {
                        tracing::info!(sent, "reminders of pages to go through are put in");
                    }
                    Ok(())
                }
            })
            .on("care_links", move |job| {
                let care = trying.clone();
                async move {
                    let tried = care.try_links(&job.database, &*job.clock).await?;
                    if tried > 0 {
                        tracing::info!(tried, "links to others are tried");
                    }
                    Ok(())
                }
            })
            .schedule(Schedule::new("care_look", When::Every { seconds: 120 }))
            .schedule(Schedule::new("care_remind", at(6, 30)))
            .schedule(Schedule::new("care_links", When::Every { seconds: 900 }))
    }

    /// Puts in the reminders that are due. Returns how many mails there are.
    ///
    /// # Errors
    /// When the database fails; what was not put in goes next time.
    pub async fn remind(
        &self,
        database: &Database,
        clock: &dyn Clock,
        ids: &Arc<dyn Ids>,
    ) -> Result<usize> {
        let people = self.people.people().await?;
        let snapshot = database.snapshot().await?;
        let organisations = self.organisations.list(&snapshot).await?;
        snapshot.end().await?;
        let sender = remind::Sender {
            city: self.city.clone(),
            base_url: self.base_url.clone(),
        };
        remind::remind(database, clock, ids, &people, &organisations, &sender).await
    }

    /// Tries the links to others whose time has come, if the operator lets the program out and the
    /// city wants it. Returns how many were tried.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn try_links(&self, database: &Database, clock: &dyn Clock) -> Result<usize> {
        let Some(probe) = &self.probe else {
            return Ok(0);
        };
        if !wanted(database).await? {
            return Ok(0);
        }
        links::try_links(database, clock, probe, self.pause).await
    }
}

/// Whether the city wants links to others tried.
async fn wanted(database: &Database) -> Result<bool> {
    let snapshot = database.snapshot().await?;
    let settings = CareSettings::find(&*snapshot).await?;
    snapshot.end().await?;
    Ok(settings.links)
}
