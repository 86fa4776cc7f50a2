//! One's own account: where one is logged in and what one may do.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Problem, Result, civil_date};
use torg_ui::{DeskSection, T, date, date_time};
use torg_web::{Context, Reply, desk};

use super::{ACCOUNT, AccountPages, END_SESSION, browser};
use crate::views::{AccountPage, GrantRow, SessionRow};
use crate::{GrantEntry, SessionEntry};

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let t = context.t();
    let caller = context.caller()?;
    let entry = pages.accounts.find_person(caller.person).await?;
    let entry = entry.ok_or(Problem::LogInNeeded)?;
    let mut sessions = pages
        .accounts
        .list_sessions(caller.person, caller.session)
        .await?;
    sessions.sort_by_key(|entry| !entry.current);
    let today = civil_date(context.now);
    let past = |entry: &GrantEntry| entry.grant.valid_to.is_some_and(|last| last < today);
    let page = AccountPage {
        desk: desk(&context, DeskSection::Account, &t.get("desk-account"))?,
        name: entry.person.name,
        email: entry.person.email,
        sessions: sessions.iter().map(|entry| session_row(t, entry)).collect(),
        end_action: END_SESSION.to_owned(),
        grants: entry
            .grants
            .iter()
            .filter(|entry| !past(entry))
            .map(|entry| grant_row(t, entry))
            .collect(),
    };
    Ok(Reply::html(page.render()?))
}

fn session_row(t: T, entry: &SessionEntry) -> SessionRow {
    SessionRow {
        id: entry.session.id.to_string(),
        browser: browser::in_words(t, &entry.session.user_agent),
        last_seen: date_time(t, entry.session.last_seen_at),
        current: entry.current,
    }
}

fn grant_row(t: T, entry: &GrantEntry) -> GrantRow {
    GrantRow {
        role: entry.role.name(t.locale()).to_owned(),
        organisation: entry.organisation.name(t.locale()).to_owned(),
        from: date(t, entry.grant.valid_from),
        to: entry.grant.valid_to.map(|last| date(t, last)),
    }
}

/// Ends one log-in by its id, or all `others`. One that is over already is no error: the list on
/// the screen may be old.
pub(super) async fn end_session(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let which = context.form().text("session");
    if which == "others" {
        pages
            .accounts
            .end_other_sessions(caller.person, caller.session)
            .await?;
    } else {
        let id = which.parse().map_err(|_| Problem::NotFound)?;
        match pages.accounts.end_session(caller.person, id).await {
            Ok(()) | Err(Problem::NotFound) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(Reply::see_other(&format!("{ACCOUNT}?done=session-ended")))
}
