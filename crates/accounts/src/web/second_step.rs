//! The second step of a log-in.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Message, Result};
use torg_ui::Shell;
use torg_web::{Context, Reading, Reply};

use super::{AccountPages, LOG_IN, SECOND_STEP, cookies, log_in, next};
use crate::SecondFactorOutcome;
use crate::views::SecondStepPage;

/// Back to the password, saying why.
fn over(context: &Context, wanted: &str) -> Reply {
    let to = format!("{}&over=1", log_in::address(LOG_IN, wanted));
    Reply::see_other(&to).with_cookie(&cookies::set_step(context, "", 0))
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let wanted = context.query("next").unwrap_or_default().to_owned();
    let html = draw(&pages, &context, &wanted, Vec::new()).await?;
    Ok(html.map_or_else(|| over(&context, &wanted), Reply::html))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let wanted = form.text("next");
    let Some(token) = cookies::step(&context) else {
        return Ok(over(&context, &wanted));
    };
    let entry = log_in::entry(&context);
    let (code, passkey) = (form.text("code"), form.text("passkey"));
    if code.trim().is_empty() && passkey.is_empty() {
        let missing = vec![error(Message::new("error-required"))];
        let html = draw(&pages, &context, &wanted, missing).await?;
        return Ok(html.map_or_else(|| over(&context, &wanted), Reply::form_again));
    }
    let (outcome, wrong) = if passkey.is_empty() {
        let outcome = pages
            .accounts
            .answer_with_code(&token, &code, entry)
            .await?;
        (outcome, error(Message::new("step-code-wrong")))
    } else {
        let outcome = pages
            .accounts
            .answer_with_passkey(&token, &passkey, entry)
            .await?;
        let wrong = FieldError {
            field: "passkey".to_owned(),
            message: Message::new("step-passkey-wrong"),
        };
        (outcome, wrong)
    };
    let reply = match outcome {
        SecondFactorOutcome::LoggedIn(opened) => {
            return log_in::logged_in(&pages, &context, &opened, &wanted).await;
        }
        SecondFactorOutcome::Refused => draw(&pages, &context, &wanted, vec![wrong])
            .await?
            .map(Reply::form_again),
        SecondFactorOutcome::Wait { seconds } => {
            let errors = vec![error(log_in::wait(seconds))];
            let html = draw(&pages, &context, &wanted, errors).await?;
            html.map(|html| log_in::must_wait(html, seconds))
        }
        SecondFactorOutcome::Over => None,
    };
    Ok(reply.unwrap_or_else(|| over(&context, &wanted)))
}

fn error(message: Message) -> FieldError {
    FieldError {
        field: "code".to_owned(),
        message,
    }
}

/// The page; nothing when no log-in waits.
async fn draw(
    pages: &AccountPages,
    context: &Context,
    wanted: &str,
    errors: Vec<FieldError>,
) -> Result<Option<String>> {
    let Some(token) = cookies::step(context) else {
        return Ok(None);
    };
    let Some(asked) = pages.accounts.asked(&token).await? else {
        return Ok(None);
    };
    let t = context.t();
    let (chrome, ..) = context
        .app
        .chrome(&Reading::new(&context.app.database), t.locale())
        .await?;
    let mut shell = Shell::new(chrome, t.get("step-title"), SECOND_STEP);
    shell.noindex = true;
    let page = SecondStepPage {
        shell,
        action: SECOND_STEP.to_owned(),
        next: next::after_log_in(wanted).to_owned(),
        app: asked.app,
        passkey: asked.passkey,
        // What was written stays, so that one letter can be put right.
        written: context.form().text("code").chars().take(64).collect(),
        errors,
        again_href: log_in::address(LOG_IN, wanted),
    };
    Ok(Some(page.render()?))
}
