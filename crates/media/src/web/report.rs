//! What became of many files, in words.

use std::collections::HashMap;

use askama::Template;
use torg_files::{Picture, PictureVariant, list_alike, list_pictures_by_id};
use torg_kernel::{Permission, PictureId, Result};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, OrganisationList, Reply, desk};

use super::upload::{Became, Verdict};
use super::{edit, list};
use crate::views::{FileVerdict, ReportRow, UploadReportPage};

/// The pictures that the files became or were, and for new ones one that looks alike.
struct Found {
    pictures: HashMap<PictureId, (Picture, Vec<PictureVariant>)>,
    alike: HashMap<PictureId, Picture>,
}

async fn find(
    context: &Context,
    verdicts: &[(String, Verdict)],
) -> Result<(Found, std::sync::Arc<OrganisationList>)> {
    let ids: Vec<PictureId> = verdicts
        .iter()
        .filter_map(|(_, verdict)| match verdict {
            Verdict::Taken(Became::New { id, .. } | Became::Same { id }) => Some(*id),
            Verdict::Refused(_) => None,
        })
        .collect();
    let snapshot = context.app.database.snapshot().await?;
    let pictures = list_pictures_by_id(&*snapshot, &ids).await?;
    let mut alike = HashMap::new();
    for (picture, _) in &pictures {
        let Some(look) = picture.look else { continue };
        let others = list_alike(&*snapshot, look, picture.id, 1).await?;
        let other = list_pictures_by_id(&*snapshot, &others).await?;
        if let Some((other, _)) = other.into_iter().next() {
            alike.insert(picture.id, other);
        }
    }
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let pictures = pictures.into_iter().map(|whole| (whole.0.id, whole));
    let pictures = pictures.collect();
    Ok((Found { pictures, alike }, organisations))
}

/// The report of a form with many files.
pub(super) async fn show(context: &Context, verdicts: &[(String, Verdict)]) -> Result<Reply> {
    let (found, organisations) = find(context, verdicts).await?;
    let rows = verdicts
        .iter()
        .map(|(name, verdict)| row(context, &found, &organisations, name, verdict));
    let t = context.t();
    let mut frame = desk(context, DeskSection::Media, &t.get("media-report"))?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-media"), DeskSection::Media.href()),
        NavLink::new(t.get("media-upload"), "/admin/media/upload"),
    ];
    let page = UploadReportPage {
        desk: frame,
        rows: rows.collect::<Result<_>>()?,
    };
    Ok(Reply::html(page.render()?))
}

fn row(
    context: &Context,
    found: &Found,
    organisations: &OrganisationList,
    name: &str,
    verdict: &Verdict,
) -> Result<ReportRow> {
    let t = context.t();
    let (verdict, id, mut words) = match verdict {
        Verdict::Refused(errors) => {
            let words = errors.iter().map(|error| t.message(&error.message));
            return Ok(ReportRow {
                name: name.to_owned(),
                verdict: FileVerdict::Refused,
                words: words.collect(),
                href: None,
                thumb: None,
            });
        }
        Verdict::Taken(Became::New { id, still }) => {
            let still = still.then(|| t.get("media-report-still").into_owned());
            (FileVerdict::Taken, id, Vec::from_iter(still))
        }
        Verdict::Taken(Became::Same { id }) => (FileVerdict::Same, id, Vec::new()),
    };
    let whole = found.pictures.get(id);
    let picture = whole.map(|whole| &whole.0);
    let caller = context.caller()?;
    let may = |picture: &&Picture| caller.may(Permission::MediaEdit, picture.owner.organisation);
    if let Some(picture) = picture
        && verdict == FileVerdict::Same
    {
        let owner = organisations.find(picture.owner.organisation);
        let owner = owner.map_or("", |entry| entry.name(t.locale()));
        let (title, _) = list::title(picture, t.locale());
        words.push(t.two(
            "media-report-is-there",
            "title",
            title.as_str(),
            "owner",
            owner,
        ));
    }
    if verdict == FileVerdict::Taken
        && let Some(other) = found.alike.get(id)
    {
        let (title, _) = list::title(other, t.locale());
        words.push(t.one("media-report-alike", "title", title.as_str()));
    }
    let href = picture
        .filter(may)
        .map(|_| format!("/admin/media/pictures/{id}"));
    Ok(ReportRow {
        name: name.to_owned(),
        verdict,
        words,
        href,
        thumb: whole
            .and_then(|(picture, variants)| edit::thumb(variants, picture.is_public(context.now))),
    })
}
