//! The notice board among the other rooms: what it asks, and its commands.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use torg_db::{ConnectionTrait, Database, Snapshot};
use torg_files::UsePlace;
use torg_kernel::{FieldError, FileId, Locale, Message, Problem, Result, UnitId, civil_date};
use torg_log::Author;
use torg_noticeboard::{
    BoardUnit, FileDays, ImportReport, Neighbours, NoticeBoard, NoticeSettings, Proof, ProofFault,
    check_proof, import_announcements, parse_announcements,
};
use torg_web::{OrganisationList, Organisations};

use crate::city::Importer;
use crate::config::{Config, ConfigError};

struct BoardNeighbours;

#[async_trait]
impl Neighbours for BoardNeighbours {
    async fn units(&self, on: &Snapshot, locale: Locale) -> Result<Vec<BoardUnit>> {
        Ok(torg_directory::list(&**on)
            .await?
            .into_iter()
            .map(|unit| BoardUnit {
                id: unit.id,
                name: unit.name(locale).to_owned(),
            })
            .collect())
    }
}

/// The days of the notice board as the city has set them.
///
/// # Errors
/// When a setting is no number or too large.
pub fn settings(config: &Config) -> Result<NoticeSettings, ConfigError> {
    let days = |name: &'static str| -> Result<u16, ConfigError> {
        Ok(u16::try_from(config.number(name)?.min(3_650)).unwrap_or(3_650))
    };
    Ok(NoticeSettings {
        appeal_days: days("notice_appeal_days")?,
        adjusted_days: days("notice_adjusted_days")?,
        council_days: days("notice_council_days")?,
        announcement_days: days("notice_days")?,
    })
}

/// The notice board with what it needs of other rooms.
///
/// # Errors
/// When a setting is no good.
pub fn board(config: &Config, blobs: torg_files::Blobs) -> Result<Arc<NoticeBoard>, ConfigError> {
    let mut appeal_pages = Vec::new();
    for (locale, name) in [
        (Locale::SV, "appeal_page"),
        (Locale::EN, "appeal_page_english"),
    ] {
        if !config.text(name).is_empty() {
            appeal_pages.push((locale, config.address(name)?.to_string()));
        }
    }
    Ok(Arc::new(NoticeBoard {
        settings: settings(config)?,
        appeal_pages,
        blobs,
        neighbours: Arc::new(BoardNeighbours),
    }))
}

/// The announcements that a file belongs to, also those that are down: what stood on the board can
/// be shown for as long as the log tells of it.
pub(crate) async fn using<C: ConnectionTrait>(on: &C, file: FileId) -> Result<Vec<UsePlace>> {
    Ok(torg_noticeboard::list_all(on)
        .await?
        .into_iter()
        .filter(|it| it.notice.attachments.iter().any(|own| own.file == file))
        .map(|it| UsePlace {
            title: it.notice.title.get(Locale::SV).to_owned(),
            href: format!("/admin/notice-board/{}", it.id),
        })
        .collect())
}

impl Importer {
    /// Takes in announcements as `announcements.json` holds them: all or nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn announcements(&self, bytes: &[u8]) -> Result<ImportReport> {
        self.announcements_by(bytes, FileDays::Calendar).await
    }

    /// The same for a city that is made to be shown, whose days may be counted from today.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with a field for each fault.
    pub async fn announcements_from_today(&self, bytes: &[u8]) -> Result<ImportReport> {
        let today = civil_date(self.clock.now());
        self.announcements_by(bytes, FileDays::From(today)).await
    }

    async fn announcements_by(&self, bytes: &[u8], days: FileDays) -> Result<ImportReport> {
        let settings = self.notices;
        let inputs = parse_announcements(bytes, days, &settings)?;
        let importer = self.clone();
        let snapshot = self.database.snapshot().await?;
        let organisations: Arc<OrganisationList> = self.accounts.list(&snapshot).await?;
        snapshot.end().await?;
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let units: HashMap<String, UnitId> = torg_directory::list(&**context)
                        .await?
                        .into_iter()
                        .map(|unit| (unit.key, unit.id))
                        .collect();
                    let author = Author {
                        actor: &importer.actor,
                        now: importer.clock.now(),
                        ids: &*importer.ids,
                    };
                    import_announcements(context, author, inputs, &organisations, &units).await
                })
            })
            .await
    }
}

/// Checks a proof that somebody kept against the log.
///
/// # Errors
/// [`Problem::Invalid`] for a file that is no proof; otherwise when the database fails.
pub async fn check_file(database: &Database, name: &str, bytes: &[u8]) -> Result<Vec<ProofFault>> {
    let proof: Proof = serde_json::from_slice(bytes).map_err(|error| {
        Problem::Invalid(vec![FieldError {
            field: name.to_owned(),
            message: Message::new("import-unreadable").with("reason", error),
        }])
    })?;
    let snapshot = database.snapshot().await?;
    let faults = check_proof(&*snapshot, &proof).await?;
    snapshot.end().await?;
    Ok(faults)
}
