//! Where the staff put things up and take them down.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_db::Snapshot;
use torg_kernel::{
    AnnouncementId, FieldError, Locale, Message, OrganisationId, Permission, Problem, Result,
    civil_date, fold, sort_key,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, Paging, date, date_range};
use torg_web::{Caller, Context, OrganisationList, Reply, desk};

use super::form::Reading;
use super::{NoticeBoard, draw};
use crate::check::{check, check_change, remark};
use crate::model::{Announcement, NoticeKind, NoticeState, board_href};
use crate::service::{self, withdraw};
use crate::store;
use crate::views::{
    NoticeConflict, NoticeEditPage, NoticeFields, NoticeListPage, NoticeRow, StateChip,
};

pub(super) const HREF: &str = DeskSection::NoticeBoard.href();
/// Announcements on one page of the list.
const ROWS: usize = 50;

/// The announcements that the person may change.
pub(super) async fn list(context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut all = store::list_all(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let words = fold(&query);
    all.retain(|it| {
        let text = fold(&format!(
            "{} {}",
            it.notice.title.get(Locale::SV),
            it.notice.sender.get(Locale::SV)
        ));
        caller.may(Permission::NoticePublish, it.organisation)
            && words.split_whitespace().all(|word| text.contains(word))
    });
    let state = NoticeState::ALL
        .into_iter()
        .find(|state| context.query("state") == Some(state.as_str()));
    let chips = chips(&all, state, &query, &context);
    all.retain(|it| state.is_none_or(|state| it.state(context.now) == state));
    let pages = all.len().div_ceil(ROWS);
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: usize = page.unwrap_or(1).clamp(1, pages.max(1));
    let t = context.t();
    let mut frame = desk(
        &context,
        DeskSection::NoticeBoard,
        &t.get("desk-notice-board"),
    )?;
    frame.public_href = board_href(t.locale()).to_owned();
    let to = |page| list_href(state, &query, Some(page));
    let view = NoticeListPage {
        desk: frame,
        chips,
        state: state
            .map(NoticeState::as_str)
            .unwrap_or_default()
            .to_owned(),
        total: all.len(),
        rows: all
            .iter()
            .skip((page - 1) * ROWS)
            .take(ROWS)
            .map(|it| row(it, &organisations, &context))
            .collect(),
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| to(page - 1)),
            next_href: (page < pages).then(|| to(page + 1)),
        },
        query,
    };
    Ok(Reply::html(view.render()?))
}

fn list_href(state: Option<NoticeState>, query: &str, page: Option<usize>) -> String {
    let mut parts = form_urlencoded::Serializer::new(String::new());
    if let Some(state) = state {
        parts.append_pair("state", state.as_str());
    }
    if !query.is_empty() {
        parts.append_pair("q", query);
    }
    if let Some(page) = page {
        parts.append_pair("page", &page.to_string());
    }
    let query = parts.finish();
    if query.is_empty() {
        HREF.to_owned()
    } else {
        format!("{HREF}?{query}")
    }
}

fn chips(
    all: &[Announcement],
    shown: Option<NoticeState>,
    query: &str,
    context: &Context,
) -> Vec<StateChip> {
    let chip = |key, state: Option<NoticeState>| StateChip {
        key,
        count: all
            .iter()
            .filter(|it| state.is_none_or(|state| it.state(context.now) == state))
            .count(),
        href: list_href(state, query, None),
        current: shown == state,
    };
    vec![
        chip("notices-all", None),
        chip("notice-state-coming", Some(NoticeState::Coming)),
        chip("notice-state-posted", Some(NoticeState::Posted)),
        chip("notice-state-removed", Some(NoticeState::Removed)),
    ]
}

fn row(it: &Announcement, organisations: &OrganisationList, context: &Context) -> NoticeRow {
    let t = context.t();
    NoticeRow {
        title: it.notice.title.get(t.locale()).to_owned(),
        edit_href: format!("{HREF}/{}", it.id),
        state: it.state(context.now).as_str(),
        withdrawn: it.notice.withdrawn.is_some(),
        kind: it.kind.as_str(),
        committee: organisations
            .find(it.organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        posted: date(t, it.notice.posted_on),
        removed: date(t, civil_date(it.notice.shown_until())),
    }
}

/// What the form shows beside its fields.
#[derive(Default)]
struct Extra {
    errors: Vec<FieldError>,
    reason: String,
    conflict: Option<NoticeConflict>,
    preview: Option<Announcement>,
}

/// An announcement with the right to change it.
pub(super) async fn load(context: &Context, on: &Snapshot) -> Result<Announcement> {
    let id: AnnouncementId = context.param("id")?;
    let found = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(Permission::NoticePublish, found.organisation)?;
    Ok(found)
}

/// The committees for which the person may put something up: those that are authorities by themselves,
/// and the city.
fn committees(
    caller: &Caller,
    organisations: &OrganisationList,
    locale: Locale,
) -> Vec<(String, String)> {
    let scope = caller.scopes.get(&Permission::NoticePublish);
    let mut found: Vec<(String, String)> = scope
        .into_iter()
        .flat_map(|scope| scope.organisations.keys())
        .filter_map(|id| organisations.find(*id))
        .filter(|entry| {
            let above = entry.parent.and_then(|id| organisations.find(id));
            above
                .is_none_or(|above| entry.authority.is_some() && above.authority != entry.authority)
        })
        .map(|entry| (entry.id.to_string(), entry.name(locale).to_owned()))
        .collect();
    found.sort_by_cached_key(|(_, name)| sort_key(name));
    found
}

fn standing(context: &Context, saved: &Announcement) -> String {
    let t = context.t();
    let notice = &saved.notice;
    let day = |at| date(t, civil_date(at));
    let (from, until) = (day(notice.shown_from()), day(notice.shown_until()));
    match saved.state(context.now) {
        NoticeState::Coming => t.two("notice-stands-coming", "from", from, "until", until),
        NoticeState::Posted => t.two("notice-stands-posted", "from", from, "until", until),
        NoticeState::Removed if saved.was_posted(context.now) => {
            t.two("notice-stands-removed", "from", from, "until", until)
        }
        NoticeState::Removed => t.get("notice-stands-never").into_owned(),
    }
}

async fn view(
    board: &NoticeBoard,
    context: &Context,
    on: &Snapshot,
    saved: Option<&Announcement>,
    fields: NoticeFields,
    extra: Extra,
) -> Result<NoticeEditPage> {
    let t = context.t();
    let caller = context.caller()?;
    let (organisations, _) = context.app.organisations(on).await?;
    let units = board.neighbours.units(on, t.locale()).await?;
    let title = saved.map_or_else(
        || t.get("notice-edit-new").into_owned(),
        |saved| saved.notice.title.get(t.locale()).to_owned(),
    );
    let mut frame = desk(context, DeskSection::NoticeBoard, &title)?;
    frame.crumbs = vec![NavLink::new(t.get("desk-notice-board"), HREF)];
    let state = saved.map(|saved| saved.state(context.now));
    let public_href = saved
        .filter(|_| state == Some(NoticeState::Posted))
        .map(|saved| saved.href(t.locale()));
    frame.public_href = public_href
        .clone()
        .unwrap_or_else(|| board_href(t.locale()).to_owned());
    let own = saved.map(|saved| format!("{HREF}/{}", saved.id));
    let today = civil_date(context.now);
    let may_read_log = |saved: &&Announcement| caller.may(Permission::LogRead, saved.organisation);
    let looked_at = extra.preview.as_ref().or(saved);
    Ok(NoticeEditPage {
        desk: frame,
        action: own.clone().unwrap_or_else(|| format!("{HREF}/new")),
        standing: saved
            .map(|saved| standing(context, saved))
            .unwrap_or_default(),
        remark: looked_at
            .and_then(|it| remark(&it.notice, it.kind, &board.settings))
            .map(|message| t.message(&message)),
        appeal_hint: t.two(
            "notice-edit-appeal-hint",
            "posted",
            date(t, today),
            "until",
            date(t, board.settings.appeal_until(today)),
        ),
        is_posted: state.is_some_and(|state| state != NoticeState::Coming),
        is_removed: state == Some(NoticeState::Removed),
        public_href,
        proof_href: own.as_ref().map(|own| format!("{own}/proof")),
        log_href: saved
            .filter(may_read_log)
            .map(|saved| format!("/admin/log/announcement/{}", saved.id)),
        withdraw_href: own
            .filter(|_| state.is_some_and(|state| state != NoticeState::Removed))
            .map(|own| format!("{own}/withdraw")),
        files_href: saved
            .filter(|_| state != Some(NoticeState::Removed))
            .map(|saved| format!("{HREF}/{}/files", saved.id)),
        files: saved
            .map(|saved| draw::files(t, &saved.notice))
            .unwrap_or_default(),
        withdrawn: saved
            .and_then(|saved| saved.notice.withdrawn.as_ref())
            .map(|withdrawn| withdrawn.reason.clone()),
        fields,
        kinds: NoticeKind::ALL
            .map(|kind| {
                let key = format!("notice-kind-{}", kind.as_str());
                (kind.as_str().to_owned(), t.get(&key).into_owned())
            })
            .to_vec(),
        committees: committees(caller, &organisations, t.locale()),
        units: units
            .into_iter()
            .map(|unit| (unit.id.to_string(), unit.name))
            .collect(),
        reason: extra.reason,
        request_id: context.new_request_id(),
        errors: extra.errors,
        conflict: extra.conflict,
        preview: extra.preview.map(|it| {
            let view = draw::notice_view(t, &it.notice, it.kind);
            (it.notice.title.get(t.locale()).to_owned(), view)
        }),
    })
}

/// An empty form.
pub(super) async fn get_new(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let mine = committees(context.caller()?, &organisations, context.locale());
    let only: Option<OrganisationId> = mine.first().and_then(|(id, _)| id.parse().ok());
    let fields = NoticeFields::new(only, context.now);
    let page = view(&board, &context, &snapshot, None, fields, Extra::default()).await?;
    snapshot.end().await?;
    Ok(Reply::html(page.render()?))
}

/// The form of an announcement.
pub(super) async fn get(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    let fields = match saved.state(context.now) {
        NoticeState::Coming => NoticeFields::of_coming(&saved, &board.settings),
        NoticeState::Posted | NoticeState::Removed => NoticeFields::of(&saved),
    };
    let page = view(
        &board,
        &context,
        &snapshot,
        Some(&saved),
        fields,
        Extra::default(),
    )
    .await?;
    snapshot.end().await?;
    Ok(Reply::html(page.render()?))
}

/// Puts something up, or looks at it first.
pub(super) async fn post_new(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    answer(&board, &context, None).await
}

/// Changes something, or looks at it first.
pub(super) async fn post(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    snapshot.end().await?;
    answer(&board, &context, Some(&saved)).await
}

async fn answer(
    board: &NoticeBoard,
    context: &Context,
    saved: Option<&Announcement>,
) -> Result<Reply> {
    let fields = NoticeFields::sent(&context.form(), saved);
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let reading = Reading {
        organisations: &organisations,
        settings: &board.settings,
        before: saved,
        ids: &*context.app.ids,
        now: context.now,
    };
    let wanted = reading.announcement(&fields);
    if context.form().text("do") == "preview" {
        let mut extra = Extra::default();
        match wanted {
            Ok(wanted) => {
                extra.errors = check(&wanted.notice, wanted.kind, &board.settings);
                extra
                    .errors
                    .extend(check_change(saved, &wanted, context.now));
                extra.preview = Some(wanted);
            }
            Err(errors) => extra.errors = errors,
        }
        return again(board, context, saved.map(|it| it.id), fields, extra, 200).await;
    }
    let done = match wanted {
        Ok(wanted) => save(board, context, saved, wanted, &fields).await,
        Err(errors) => Err(Problem::Invalid(errors)),
    };
    let id = saved.map(|it| it.id);
    match done {
        Ok(id) => Ok(Reply::see_other(&format!("{HREF}/{id}?done=notice-saved"))),
        Err(Problem::Invalid(errors)) => {
            let extra = Extra {
                errors,
                ..Extra::default()
            };
            again(board, context, id, fields, extra, 422).await
        }
        Err(Problem::Conflict(_)) => again(board, context, id, fields, Extra::default(), 409).await,
        Err(problem) => Err(problem),
    }
}

async fn save(
    board: &NoticeBoard,
    context: &Context,
    saved: Option<&Announcement>,
    wanted: Announcement,
    fields: &NoticeFields,
) -> Result<AnnouncementId> {
    let actor = context.acting(Permission::NoticePublish, wanted.organisation)?;
    if let Some(saved) = saved {
        context.acting(Permission::NoticePublish, saved.organisation)?;
    }
    let form = context.form();
    let request = form.request_id()?;
    // A version that is none was never there to be opened.
    let opened_at: Option<i64> = saved.map(|_| fields.version.parse().unwrap_or(0));
    let operation = match saved {
        None => format!("notice.new {}", form.digest()),
        Some(saved) => format!("notice.save {} {}", saved.id, form.digest()),
    };
    let (app, now, settings) = (context.app.clone(), context.now, board.settings);
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<AnnouncementId>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let mut wanted = wanted;
                        if opened_at.is_none() {
                            wanted.key = service::free_key(write, &wanted).await?;
                        }
                        let id = wanted.id;
                        service::save(write, author, wanted, opened_at, &settings).await?;
                        Ok(id)
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await?;
    Ok(done.answer)
}

/// The form once more, with what was written and what is to be said about it.
async fn again(
    board: &NoticeBoard,
    context: &Context,
    id: Option<AnnouncementId>,
    mut fields: NoticeFields,
    mut extra: Extra,
    status: u16,
) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = match id {
        Some(id) => store::find(&*snapshot, id).await?,
        None => None,
    };
    if status == 409
        && let Some(saved) = &saved
    {
        // Whoever saves now has seen both.
        fields.version = saved.version.to_string();
        extra.conflict = Some(conflict(context, saved));
    }
    let page = view(board, context, &snapshot, saved.as_ref(), fields, extra).await?;
    snapshot.end().await?;
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        page.render()?,
    ))
}

/// The form once more, with what is to be said about its files.
pub(super) async fn files_again(
    board: &NoticeBoard,
    context: &Context,
    saved: &Announcement,
    problem: Problem,
) -> Result<Reply> {
    let (errors, status) = match problem {
        Problem::Invalid(mut errors) => {
            // A form that could not be read at all is told beside its only field too.
            for error in &mut errors {
                "files".clone_into(&mut error.field);
            }
            (errors, 422)
        }
        Problem::Conflict(message) => {
            let field = "files".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        other => return Err(other),
    };
    let snapshot = context.app.database.snapshot().await?;
    let now = store::find(&*snapshot, saved.id).await?;
    let now = now.ok_or(Problem::NotFound)?;
    let extra = Extra {
        errors,
        ..Extra::default()
    };
    let fields = NoticeFields::of(&now);
    let page = view(board, context, &snapshot, Some(&now), fields, extra).await?;
    snapshot.end().await?;
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        page.render()?,
    ))
}

fn conflict(context: &Context, saved: &Announcement) -> NoticeConflict {
    let t = context.t();
    let now = NoticeFields::of(saved);
    NoticeConflict {
        time: torg_ui::date_time(t, saved.updated_at),
        title: now.title_sv,
        text: [now.text_sv, now.title_en, now.text_en, now.kept_at_sv]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        days: date_range(t, saved.notice.posted_on, saved.notice.removed_on),
    }
}

/// Takes something down before its day.
pub(super) async fn post_withdraw(board: Arc<NoticeBoard>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::NoticePublish, saved.organisation)?;
    let form = context.form();
    let (request, reason) = (form.request_id()?, form.text("reason"));
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let (id, now, ids) = (saved.id, context.now, context.app.ids.clone());
    let operation = format!("notice.withdraw {id} {}", form.digest());
    let words = reason.clone();
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<()>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        withdraw(write, author, id, version, &words).await
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await;
    let (errors, status) = match done {
        Ok(_) => {
            return Ok(Reply::see_other(&format!(
                "{HREF}/{id}?done=notice-withdrawn"
            )));
        }
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => (vec![at_reason(message)], 409),
        Err(problem) => return Err(problem),
    };
    let extra = Extra {
        errors,
        reason,
        ..Extra::default()
    };
    again(
        &board,
        &context,
        Some(id),
        NoticeFields::of(&saved),
        extra,
        status,
    )
    .await
}

fn at_reason(message: Message) -> FieldError {
    FieldError {
        field: "reason".to_owned(),
        message,
    }
}
