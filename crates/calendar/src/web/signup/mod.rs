//! Where people sign up to an event, and see to their own sign-up.

pub(super) mod ask;
pub(super) mod block;
mod form;
mod own;

use std::sync::Arc;

use torg_kernel::{Access, Locale, Result};
use torg_ui::{NavLink, Shell, T};
use torg_web::{Context, Reading, Routes};

use super::Calendar;
use crate::model::{Event, calendar_href};
use crate::signup::own_href;

pub(super) use form::party_field;

/// The last part of a form's address.
const fn last_part(locale: Locale) -> &'static str {
    if matches!(locale, Locale::EN) {
        "sign-up"
    } else {
        "anmalan"
    }
}

/// Where one signs up to an event.
pub(super) fn form_href(event: &Event, locale: Locale) -> String {
    format!("{}/{}", event.href(locale), last_part(locale))
}

/// Where one is sent after it.
fn sent_href(event: &Event, locale: Locale) -> String {
    let name = if locale == Locale::EN {
        "thanks"
    } else {
        "tack"
    };
    format!("{}/{name}", form_href(event, locale))
}

/// The routes of sign-ups in a language.
pub(super) fn routes(calendar: &Arc<Calendar>, locale: Locale) -> Routes {
    let base = calendar_href(locale);
    let form = format!("{base}/{{key}}/{}", last_part(locale));
    let name = if locale == Locale::EN {
        "thanks"
    } else {
        "tack"
    };
    let with = || calendar.clone();
    Routes::new()
        .get(&form, Access::Public, move |context| {
            form::get(context, locale)
        })
        .post(&form, Access::Public, {
            let calendar = with();
            move |context| form::post(calendar.clone(), context, locale)
        })
        .get(&format!("{form}/{name}"), Access::Public, move |context| {
            form::sent(context, locale)
        })
        .get(&own_href(locale), Access::Public, move |context| {
            own::get(context, locale)
        })
        .post(&own_href(locale), Access::Public, {
            let calendar = with();
            move |context| own::post(calendar.clone(), context, locale)
        })
}

/// The frame of a page for one reader.
async fn shell(
    context: &Context,
    locale: Locale,
    title: String,
    path: String,
    event: Option<&Event>,
) -> Result<Shell> {
    let reading = Reading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, title, path);
    shell.noindex = true;
    shell.crumbs = vec![NavLink::new(t.get("calendar-title"), calendar_href(locale))];
    if let Some(event) = event.filter(|event| event.is_public()) {
        let link = NavLink::new(event.name(locale), event.href(locale));
        shell.crumbs.push(link);
    }
    Ok(shell)
}
