//! One's own account: where one is logged in and what one may do.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{Problem, Result, civil_date};
use torg_ui::{DeskSection, NavLink, T, date, date_time};
use torg_web::{Context, Reply, desk};

use super::{ACCOUNT, AccountPages, END_SESSION, FACTORS, PASSWORD, browser};
use crate::views::{AccountPage, GrantRow, SessionRow};
use crate::{Factors, GrantEntry, LogInMethod, SessionEntry};

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
    let factors = pages.accounts.factors(caller.person).await?;
    let mut safety = vec![NavLink::new(t.get("factors-title"), FACTORS)];
    if entry.person.has_password {
        safety.push(NavLink::new(t.get("password-title"), PASSWORD));
    }
    let given = pages.accounts.grants_from_provider(caller.person).await?;
    let provider = pages.accounts.provider_name().unwrap_or_default();
    let from_provider = t.one("account-grant-source", "name", provider);
    let today = civil_date(context.now);
    let past = |entry: &GrantEntry| entry.grant.valid_to.is_some_and(|last| last < today);
    let page = AccountPage {
        desk: desk(&context, DeskSection::Account, &t.get("desk-account"))?,
        name: entry.person.name,
        email: entry.person.email,
        factors: in_words(t, entry.person.has_password, &factors),
        safety,
        sessions: sessions.iter().map(|entry| session_row(t, entry)).collect(),
        end_action: END_SESSION.to_owned(),
        grants: entry
            .grants
            .iter()
            .filter(|entry| !past(entry))
            .map(|entry| GrantRow {
                source: given
                    .contains(&entry.grant.id)
                    .then(|| from_provider.clone()),
                ..grant_row(t, entry)
            })
            .collect(),
    };
    Ok(Reply::html(page.render()?))
}

/// What somebody logs in with, as a sentence.
fn in_words(t: T, has_password: bool, factors: &Factors) -> String {
    let key = match (has_password, factors.app_since, factors.passkeys.is_empty()) {
        (false, ..) => "account-with-provider",
        (true, None, true) => "account-with-password",
        (true, Some(_), true) => "account-with-app",
        (true, None, false) => "account-with-passkey",
        (true, Some(_), false) => "account-with-both",
    };
    t.get(key).into_owned()
}

fn session_row(t: T, entry: &SessionEntry) -> SessionRow {
    SessionRow {
        id: entry.session.id.to_string(),
        browser: browser::in_words(t, &entry.session.user_agent),
        last_seen: date_time(t, entry.session.last_seen_at),
        since: t.two(
            "account-session-since",
            "time",
            date_time(t, entry.session.created_at).as_str(),
            "method",
            t.get(method_key(entry.session.method)).as_ref(),
        ),
        current: entry.current,
    }
}

const fn method_key(method: LogInMethod) -> &'static str {
    match method {
        LogInMethod::Password => "log-in-with-password",
        LogInMethod::AppCode => "log-in-with-app",
        LogInMethod::Passkey => "log-in-with-passkey",
        LogInMethod::RecoveryCode => "log-in-with-recovery",
        LogInMethod::Provider => "log-in-with-provider",
    }
}

fn grant_row(t: T, entry: &GrantEntry) -> GrantRow {
    GrantRow {
        role: entry.role.name(t.locale()).to_owned(),
        source: None,
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
