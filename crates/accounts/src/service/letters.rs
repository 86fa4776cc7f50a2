//! Letters to a person about their own account: whoever did not do it themselves should learn of it
//! at once (NIST SP 800-63B-4, section 4.6, "Account Notifications").

use serde_json::Value;
use torg_db::WriteContext;
use torg_kernel::{Actor, Locale, PersonId, Result};
use torg_log::NewEvent;
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, put_content, put_mails};
use torg_ui::{T, date_time};

use super::Pen;
use crate::model::AccountSettings;
use crate::store;

/// The sentence that says what was done; nothing for what nobody is written to about. What an
/// operator does with a command is told by whoever asked for it.
fn said(t: T, pen: &Pen, event: &NewEvent) -> Option<String> {
    let by_command = matches!(pen.actor, Actor::System { .. });
    let time = date_time(t, pen.now);
    let key = match event.kind {
        // The provider's log-in is signed by the program, and so is what comes of it. An account
        // that was made for it is no surprise to anybody.
        "person.identity_linked" => {
            event.before.as_ref()?;
            return Some(t.one("account-mail-linked", "time", time));
        }
        _ if by_command => return None,
        "person.app_added" => "account-mail-app-added",
        "person.app_removed" => "account-mail-app-removed",
        "person.passkey_added" => "account-mail-passkey-added",
        "person.passkey_removed" => "account-mail-passkey-removed",
        "person.recovery_codes_made" => "account-mail-codes-made",
        "person.recovery_code_used" => "account-mail-code-used",
        "person.password_changed" => "account-mail-password",
        "person.second_factors_removed" => "account-mail-factors-removed",
        "person.handed_over" => "account-mail-handed-over",
        "person.changed" => {
            let (old, new) = moved(event)?;
            let values = [
                ("time", time.into()),
                ("old", old.into()),
                ("new", new.into()),
            ];
            return Some(t.with("account-mail-moved", &values));
        }
        _ => return None,
    };
    Some(t.one(key, "time", time))
}

/// The addresses before and after, where an event changed it.
fn moved(event: &NewEvent) -> Option<(String, String)> {
    let email = |said: &Option<String>| -> Option<String> {
        let said: Value = serde_json::from_str(said.as_deref()?).ok()?;
        Some(said.get("email")?.as_str()?.to_owned())
    };
    let (old, new) = (email(&event.before)?, email(&event.after)?);
    (old != new).then_some((old, new))
}

/// Puts a letter in beside the event it is about, in Swedish and in English, since an account has no
/// language of its own: to the person's address and, when that is what changed, to the one before. An account without a usable address gets none.
///
/// # Errors
/// When the database fails.
pub(super) async fn tell(context: &WriteContext, pen: &Pen, event: &NewEvent) -> Result<()> {
    let mut letters = Vec::new();
    for locale in [Locale::SV, Locale::EN] {
        let t = T::of(locale);
        let Some(what) = said(t, pen, event) else {
            return Ok(());
        };
        letters.push((t, what));
    }
    let person = PersonId(event.subject.id);
    let Some(stored) = store::person::find(&**context, person).await? else {
        return Ok(());
    };
    let before = moved(event).filter(|_| event.kind == "person.changed");
    let to: Vec<MailAddress> = [Some(stored.person.email), before.map(|(old, _)| old)]
        .into_iter()
        .flatten()
        .filter_map(|email| MailAddress::parse(&email).ok())
        .collect();
    if to.is_empty() {
        return Ok(());
    }
    let AccountSettings { city, base_url, .. } = pen.accounts.settings();
    let texts = letters.iter().map(|(t, what)| {
        format!(
            "{what}\n\n{}\n{base_url}/admin/account\n\n{}\n",
            t.get("account-mail-own"),
            t.get("account-mail-not-you"),
        )
    });
    let texts: Vec<String> = texts.collect();
    let subjects = letters
        .iter()
        .map(|(t, _)| t.one("account-mail-subject", "city", city.as_str()));
    let subjects: Vec<String> = subjects.collect();
    let content = MailContent {
        locale: Locale::SV,
        subject: subjects.join(" / "),
        text: format!("{}\n{city}\n", texts.join("\n* * *\n\n")),
        html: None,
        one_click: None,
    };
    let id = pen.ids.uuid(pen.now);
    put_content(context, id, pen.now, &content).await?;
    let mails: Vec<NewMail> = to
        .into_iter()
        .map(|to| NewMail {
            kind: "account.changed",
            to,
            content: id,
            fills: Fills::default(),
            about: Some(event.subject.clone()),
            rank: Rank::Awaited,
        })
        .collect();
    put_mails(context, &*pen.ids, pen.now, &mails).await?;
    Ok(())
}
