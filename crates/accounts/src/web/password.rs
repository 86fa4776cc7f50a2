//! Changing one's own password.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Problem, Result};
use torg_ui::{DeskSection, NavLink};
use torg_web::{Context, Reply, desk};

use super::{ACCOUNT, AccountPages, PASSWORD};
use crate::views::PasswordPage;

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    Ok(Reply::html(draw(&pages, &context, Vec::new())?))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let form = context.form();
    let changed = pages
        .accounts
        .change_own_password(
            caller.person,
            caller.session,
            &form.text("current"),
            &form.text("password"),
        )
        .await;
    let errors = match changed {
        Ok(()) => {
            let to = format!("{ACCOUNT}?done=password-changed");
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => errors,
        Err(Problem::Conflict(message)) => vec![FieldError {
            field: String::new(),
            message,
        }],
        Err(problem) => return Err(problem),
    };
    Ok(Reply::form_again(draw(&pages, &context, errors)?))
}

fn draw(pages: &AccountPages, context: &Context, errors: Vec<FieldError>) -> Result<String> {
    let t = context.t();
    let mut desk = desk(context, DeskSection::Account, &t.get("password-title"))?;
    desk.crumbs = vec![NavLink::new(t.get("desk-account"), ACCOUNT)];
    let page = PasswordPage {
        desk,
        action: PASSWORD.to_owned(),
        cancel_href: ACCOUNT.to_owned(),
        least: pages.accounts.settings().password_min_chars,
        errors,
    };
    Ok(page.render()?)
}
