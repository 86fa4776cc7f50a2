//! Reminders by mail: to whoever goes through a text when it is due, and to the organisation above
//! when it was not done in time. Each goes once for a due day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use torg_db::{Database, WriteContext};
use torg_kernel::{
    Clock, ContentId, Ids, Locale, OrganisationId, Permission, PersonId, Result, Subject,
    Timestamp, civil_date,
};
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, put_content, put_mails};
use torg_ui::{T, date};
use torg_web::OrganisationList;

use super::model::{CarePerson, Cared, Standing};
use super::service::nearest_holders;
use super::settings::CareSettings;
use super::{REPORT, store};

/// Most texts that one mail names; the rest are counted.
const NAMED: usize = 25;
/// Mails that are put in by one transaction.
const BATCH: usize = 20;

/// What a mail is made with.
pub(crate) struct Sender {
    /// The city's name.
    pub city: String,
    /// Scheme and host of the site, without a slash at the end.
    pub base_url: String,
}

/// One person with the texts that are to be told.
#[derive(Debug)]
struct Told<'a> {
    person: &'a CarePerson,
    above: bool,
    texts: Vec<(&'a Cared, Date)>,
}

/// Those who look after the pages of an organisation where no one person does.
const IN_CHARGE: [Permission; 1] = [Permission::PagePublish];
/// Those who are told in the organisation above.
const ABOVE: [Permission; 2] = [Permission::QualityManage, Permission::PagePublish];

/// Who is to be told of what today.
fn telling<'a>(
    settings: &CareSettings,
    texts: &'a [Cared],
    people: &'a [CarePerson],
    organisations: &OrganisationList,
    today: Date,
) -> Vec<Told<'a>> {
    let mut told: BTreeMap<(bool, PersonId), Told<'a>> = BTreeMap::new();
    let mut tell = |person: &'a CarePerson, above: bool, text: &'a Cared, due: Date| {
        let entry = told.entry((above, person.id)).or_insert_with(|| Told {
            person,
            above,
            texts: Vec::new(),
        });
        entry.texts.push((text, due));
    };
    for text in texts {
        let Some(due) = text.due_on(settings) else {
            continue;
        };
        if text.standing(settings, today) != Standing::Overdue {
            continue;
        }
        if text.reminded_for != Some(due) {
            let own = people
                .iter()
                .find(|person| Some(person.id) == text.reviewer);
            let those: Vec<&CarePerson> = match own {
                Some(own) => vec![own],
                None => nearest_holders(people, organisations, &IN_CHARGE, text.organisation),
            };
            for person in those {
                tell(person, false, text, due);
            }
        }
        let late = due.saturating_add(i64::from(settings.above).days());
        if late <= today && text.told_above_for != Some(due) {
            for person in above(people, organisations, text.organisation) {
                tell(person, true, text, due);
            }
        }
    }
    told.into_values().collect()
}

/// Those in charge above an organisation; at the top, those of the city itself.
fn above<'a>(
    people: &'a [CarePerson],
    organisations: &OrganisationList,
    organisation: OrganisationId,
) -> Vec<&'a CarePerson> {
    let from = organisations
        .find(organisation)
        .and_then(|entry| entry.parent)
        .unwrap_or(organisation);
    nearest_holders(people, organisations, &ABOVE, from)
}

/// Sends the reminders that are due. Returns how many mails were put in.
///
/// # Errors
/// When the database fails; what was not put in goes next time.
pub(crate) async fn remind(
    database: &Database,
    clock: &dyn Clock,
    ids: &std::sync::Arc<dyn Ids>,
    people: &[CarePerson],
    organisations: &OrganisationList,
    sender: &Sender,
) -> Result<usize> {
    let now = clock.now();
    let snapshot = database.snapshot().await?;
    let settings = CareSettings::find(&*snapshot).await?;
    let texts = store::list_cared(&*snapshot).await?;
    snapshot.end().await?;
    if !settings.mail {
        return Ok(0);
    }
    let told = telling(&settings, &texts, people, organisations, civil_date(now));
    let mut count = 0;
    for batch in told.chunks(BATCH) {
        let mut mails = Vec::new();
        for one in batch {
            if let Ok(to) = MailAddress::parse(&one.person.email) {
                mails.push((to, one.person.id, content(sender, one), noted(one)));
            } else {
                tracing::warn!(person = %one.person.id, "a reminder has no address to go to");
            }
        }
        count += mails.len();
        let ids = ids.clone();
        database
            .write(move |context| {
                Box::pin(async move {
                    for (to, person, content, noted) in mails {
                        send(context, &*ids, now, (to, person), &content, &noted).await?;
                    }
                    Ok(())
                })
            })
            .await?;
    }
    Ok(count)
}

/// The texts of a mail, so that it is not sent again.
fn noted(told: &Told<'_>) -> Vec<(ContentId, Date, bool)> {
    told.texts
        .iter()
        .map(|(text, due)| (text.content, *due, told.above))
        .collect()
}

async fn send(
    context: &WriteContext,
    ids: &dyn Ids,
    now: Timestamp,
    (to, person): (MailAddress, PersonId),
    content: &MailContent,
    noted: &[(ContentId, Date, bool)],
) -> Result<()> {
    let id = ids.uuid(now);
    put_content(context, id, now, content).await?;
    let mail = NewMail {
        kind: "care.reminder",
        to,
        content: id,
        fills: Fills::default(),
        about: Some(Subject::new("person", person)),
        rank: Rank::Bulk,
    };
    put_mails(context, ids, now, &[mail]).await?;
    for (text, due, above) in noted {
        store::note_reminded(context, *text, *due, *above).await?;
    }
    Ok(())
}

/// What is written to one person: in Swedish and in English, since an account has no language of its
/// own.
fn content(sender: &Sender, told: &Told<'_>) -> MailContent {
    let both = [Locale::SV, Locale::EN].map(|locale| letter(T::of(locale), sender, told));
    let [(swedish, text), (english, translated)] = both;
    MailContent {
        locale: Locale::SV,
        subject: format!("{swedish} / {english}"),
        text: format!("{text}\n* * *\n\n{translated}\n{}\n", sender.city),
        html: None,
        one_click: None,
    }
}

/// Subject and text in one language.
fn letter(t: T, sender: &Sender, told: &Told<'_>) -> (String, String) {
    let count = told.texts.len();
    let (subject, about) = if told.above {
        ("care-mail-above-subject", "care-mail-above")
    } else {
        ("care-mail-due-subject", "care-mail-due")
    };
    let mut text = format!("{}\n\n", t.one(about, "count", count));
    for (page, due) in told.texts.iter().take(NAMED) {
        let due = date(t, *due);
        let line = t.two("care-mail-line", "title", &*page.title, "date", &*due);
        text.push_str(&format!(
            "{line}\n{}/admin/pages/{}/quality\n\n",
            sender.base_url, page.content
        ));
    }
    if count > NAMED {
        let more = t.one("care-mail-more", "count", count - NAMED);
        text.push_str(&format!("{more}\n\n"));
    }
    let show = if told.above { "overdue" } else { "mine" };
    text.push_str(&format!(
        "{}\n{}{REPORT}?show={show}\n",
        t.get("care-mail-all"),
        sender.base_url,
    ));
    (t.one(subject, "count", count), text)
}
