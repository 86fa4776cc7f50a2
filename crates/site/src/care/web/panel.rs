//! The quality of one text.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{ContentId, FieldError, Permission, Problem, Result, civil_date};
use torg_quality::Weight;
use torg_ui::{DeskSection, Field, FieldKind, NavLink, T};
use torg_web::{Context, OrganisationList, Reply, desk};

use super::words;
use crate::care::around::Known;
use crate::care::model::{CarePerson, Cared, Standing};
use crate::care::service::holders;
use crate::care::settings::CareSettings;
use crate::care::views::{CareBox, QualityPage, QualityPart};
use crate::care::{Care, links, store};
use crate::model::Content;

pub(in crate::care) async fn get(care: Arc<Care>, context: Context) -> Result<Reply> {
    let id: ContentId = context.param("id")?;
    let page = page(&care, &context, id, Vec::new()).await?;
    // A part of another page, for a script that puts it there.
    let html = if context.query("part").is_some() {
        page.part.render()?
    } else {
        page.render()?
    };
    Ok(Reply::html(html))
}

/// The whole page.
pub(super) async fn page(
    care: &Care,
    context: &Context,
    id: ContentId,
    errors: Vec<FieldError>,
) -> Result<QualityPage> {
    let t = context.t();
    // Before the snapshot: whoever holds one connection and waits for another can wait for ever.
    let people = care.people.people().await?;
    let snapshot = context.app.database.snapshot().await?;
    let stored = crate::store::find(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    context.acting(Permission::PageRead, stored.organisation)?;
    let written = crate::desk::service::draft_as_content(&*snapshot, id).await?;
    let draft = written.is_some() && stored.published;
    let content = written.unwrap_or_else(|| stored.clone());
    let settings = CareSettings::find(&*snapshot).await?;
    let known = Known::of(&*snapshot, &content, &settings.rules, Weight::Hint).await?;
    let urls = links::outside(&content.document);
    let outside = links::store::list_of(&*snapshot, &urls).await?;
    let cared = store::find_cared(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let mut part = part(t, &content, &known, &settings);
    part.draft = draft;
    part.links = words::links(t, outside, urls);
    part.links_off = care.probe.is_none() || !settings.links;
    let caller = context.caller()?;
    let may_edit = caller.may(Permission::PageEdit, stored.organisation);
    let mut frame = desk(
        context,
        DeskSection::Care,
        &t.one("quality-title", "title", &*content.title),
    )?;
    frame.crumbs = vec![NavLink::new(t.get("desk-care"), DeskSection::Care.href())];
    frame.public_href = stored.address.to_string();
    Ok(QualityPage {
        edit_href: may_edit.then(|| format!("/admin/pages/{id}")),
        log_href: caller
            .has(Permission::LogRead)
            .then(|| format!("/admin/log/page/{}", stored.page)),
        content: id.to_string(),
        part,
        care: care_box(
            context,
            &stored,
            &cared,
            &settings,
            (&people, &organisations),
            may_edit,
        ),
        errors,
        desk: frame,
    })
}

fn part(t: T, content: &Content, known: &Known, settings: &CareSettings) -> QualityPart {
    let report = known.report(content, &settings.rules);
    let (verdict, state) = words::verdict(t, &report);
    let heavy = matches!((report.figures.lix, report.figures.lix_most),
        (Some(lix), Some(most)) if lix > most);
    QualityPart {
        t,
        lang: content.locale,
        content: content.id.to_string(),
        verdict,
        state,
        draft: false,
        figures: words::figures(t, &report.figures),
        groups: words::groups(t, &report),
        // Nothing to look for where the text is easy.
        hardest: match heavy {
            true => words::hardest(t, report.figures.hardest),
            false => Vec::new(),
        },
        longest: words::longest(t, report.figures.longest),
        links: Vec::new(),
        links_off: false,
    }
}

/// The choice of who goes through a text; whoever does so now can always be kept.
pub(super) fn choice(
    t: T,
    candidates: &[&CarePerson],
    now: Option<&CarePerson>,
    chosen: String,
    errors: &[FieldError],
) -> Field {
    let mut options = vec![(String::new(), t.get("care-nobody").into_owned())];
    let kept = now.filter(|now| candidates.iter().all(|own| own.id != now.id));
    options.extend(
        candidates
            .iter()
            .copied()
            .chain(kept)
            .map(|person| (person.id.to_string(), person.name.clone())),
    );
    Field::new(
        "reviewer",
        FieldKind::Choice(options),
        t.get("care-reviewer"),
        chosen,
    )
    .errors(t, errors)
}

fn care_box(
    context: &Context,
    content: &Content,
    cared: &Cared,
    settings: &CareSettings,
    (people, organisations): (&[CarePerson], &OrganisationList),
    may_edit: bool,
) -> CareBox {
    let t = context.t();
    let today = civil_date(context.now);
    let now = people
        .iter()
        .find(|person| Some(person.id) == cared.reviewer);
    let candidates = holders(
        people,
        organisations,
        Permission::PageEdit,
        content.organisation,
    );
    CareBox {
        reviewed: words::day_or(t, cared.reviewed, "care-never"),
        due: words::day_or(t, cared.due_on(settings), "care-not-due"),
        overdue: cared.standing(settings, today) == Standing::Overdue,
        owner: organisations
            .find(content.organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        reviewer: match (now, cared.reviewer) {
            (Some(person), _) => person.name.clone(),
            (None, Some(_)) => t.get("care-gone").into_owned(),
            (None, None) => t.get("care-nobody").into_owned(),
        },
        choice: may_edit.then(|| {
            let chosen = cared.reviewer.map(|id| id.to_string()).unwrap_or_default();
            choice(t, &candidates, now, chosen, &[])
        }),
        public: content.published,
        right_request: context.new_request_id(),
        reviewer_request: context.new_request_id(),
    }
}
