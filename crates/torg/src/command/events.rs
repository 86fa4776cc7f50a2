//! `torg import events`: a calendar (iCalendar) or a table (CSV) of events from another system.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use torg_calendar::{
    Category, ImportFile, ImportOptions, LineReport, State, What, carry_out, plan,
};
use torg_kernel::{OrganisationId, Problem};
use torg_search::Index;

use super::{Failure, data, say};
use crate::calendar_links::CalendarNeighbours;
use crate::city::Importer;

/// What to take in, and what is said for all of it.
#[derive(Args)]
pub struct Events {
    /// A calendar (.ics), a table (.csv) or events.json
    file: PathBuf,
    /// Read and report, but change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Key of the organisation that answers for new events of which the file names none
    #[arg(long, value_name = "KEY")]
    organisation: Option<String>,
    /// Category of new events of which the file tells none
    #[arg(long, value_name = "NAME", default_value = "meet")]
    category: String,
    /// Where new events stand: draft or published
    #[arg(long, default_value = "published")]
    state: String,
}

/// Takes the events in, or says what would happen.
pub(super) async fn import(importer: &Importer, what: Events) -> Result<(), Failure> {
    let bytes = data::read(&what.file)?;
    let is_json = what
        .file
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if is_json {
        if what.dry_run {
            return Err(Failure(
                "events.json cannot be tried; calendars and tables can".to_owned(),
            ));
        }
        let report = importer.events(&bytes).await.map_err(Failure::of)?;
        data::counts(report.created, report.changed, report.unchanged);
        return Ok(());
    }
    let options = options(importer, &what).await?;
    let file = ImportFile::read(&bytes).map_err(Failure::of)?;
    let t = say::words();
    for note in &file.notes {
        say::note(&format!("{}: {}", note.field, t.message(&note.message)));
    }
    let lines = importer
        .event_file(file, options, what.dry_run)
        .await
        .map_err(Failure::of)?;
    for line in &lines {
        let word = match line.what {
            What::Created => "new",
            What::Changed => "changed",
            What::Same | What::Past | What::Older => continue,
        };
        say::line(&format!(
            "{:>6}  {word:<8} {}  {}",
            line.line, line.key, line.name
        ));
    }
    let count = |what: What| lines.iter().filter(|line| line.what == what).count();
    say::line(&format!(
        "{} new, {} changed, {} as before, {} over and left out, {} changed here since",
        count(What::Created),
        count(What::Changed),
        count(What::Same),
        count(What::Past),
        count(What::Older)
    ));
    if what.dry_run {
        say::line("nothing was changed (--dry-run)");
    }
    Ok(())
}

async fn options(importer: &Importer, what: &Events) -> Result<ImportOptions, Failure> {
    let organisations = importer.organisations().await.map_err(Failure::of)?;
    let unknown = |name: &str, value: &str| Failure(format!("there is no {name} “{value}”"));
    let organisation = match &what.organisation {
        Some(key) => match organisations.by_key(key) {
            Some(own) => Some(own.id),
            None => return Err(unknown("organisation", key)),
        },
        None => None,
    };
    let category =
        Category::parse(&what.category).ok_or_else(|| unknown("category", &what.category))?;
    let state = State::parse(&what.state)
        .filter(|state| matches!(state, State::Draft | State::Published))
        .ok_or_else(|| unknown("state", &what.state))?;
    Ok(ImportOptions {
        organisation,
        category,
        state,
    })
}

impl Importer {
    /// Takes in a file of events, or says what it would do: all or nothing.
    async fn event_file(
        &self,
        file: ImportFile,
        options: ImportOptions,
        dry_run: bool,
    ) -> Result<Vec<LineReport>, Problem> {
        let organisations = self.organisations().await?;
        let neighbours = CalendarNeighbours::new(Arc::new(Index::in_memory()?));
        // The operator may do everything.
        let may = |_: OrganisationId, _: State| true;
        if dry_run {
            let snapshot = self.database.snapshot().await?;
            let author = self.author();
            let planned = plan(
                &snapshot,
                author,
                &neighbours,
                &file,
                &options,
                &organisations,
                &may,
            )
            .await;
            snapshot.end().await?;
            return planned.map(|planned| planned.lines);
        }
        let importer = self.clone();
        self.database
            .write(move |context| {
                Box::pin(async move {
                    let author = importer.author();
                    let planned = plan(
                        context,
                        author,
                        &neighbours,
                        &file,
                        &options,
                        &organisations,
                        &may,
                    );
                    carry_out(context, author, &neighbours, planned.await?).await
                })
            })
            .await
    }
}
