//! Reminders by mail to whoever answers for units that are due to be confirmed: once for a due day,
//! all units of a person in one mail.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::{Database, WriteContext};
use torg_kernel::{
    Clock, Ids, Locale, OrganisationId, Permission, PersonId, Result, Subject, Timestamp, UnitId,
    civil_date,
};
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, put_content, put_mails};
use torg_ui::T;
use torg_web::{OrganisationList, Organisations};

use super::{list_due, store};
use crate::model::Unit;

/// Units that one mail names at most; the rest are counted.
const NAMED: usize = 25;

/// Somebody who may answer for units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPerson {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// What was granted, for which organisation; it holds for all below it.
    pub grants: Vec<(Permission, OrganisationId)>,
}

/// Who works with units; answered by the binary, which knows the room of accounts.
#[async_trait]
pub trait UnitPeople: Send + Sync {
    /// Everybody who holds anything today. Takes a connection of its own, so it is asked while none
    /// is held.
    ///
    /// # Errors
    /// When the database fails.
    async fn people(&self) -> Result<Vec<UnitPerson>>;
}

/// What the city has settled about care of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareRules {
    /// Months after which a unit is to be confirmed anew.
    pub months: i64,
    /// Whether reminders go out by mail.
    pub mail: bool,
    /// Days after which settled reports of readers are weeded.
    pub weeding_days: i64,
    /// The number of the decision to weed them (arkivlagen 1990:782, section 10). Nothing is weeded
    /// while it is empty.
    pub weeding_decision: String,
}

impl Default for CareRules {
    fn default() -> Self {
        Self {
            months: 12,
            mail: true,
            weeding_days: 365,
            weeding_decision: String::new(),
        }
    }
}

/// The people of the nearest organisation, from a unit's own upwards, in which anybody may change
/// units.
pub(crate) fn in_charge<'a>(
    people: &'a [UnitPerson],
    organisations: &OrganisationList,
    from: OrganisationId,
) -> Vec<&'a UnitPerson> {
    let mut at = Some(from);
    // A tree is not deep.
    for _ in 0..20 {
        let Some(here) = at else { break };
        let holds = |person: &&UnitPerson| person.grants.contains(&(Permission::UnitEdit, here));
        let there: Vec<&UnitPerson> = people.iter().filter(holds).collect();
        if !there.is_empty() {
            return there;
        }
        at = organisations.find(here).and_then(|entry| entry.parent);
    }
    Vec::new()
}

/// What a mail is made with.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The city's name.
    pub city: String,
    /// Scheme and host of the site.
    pub base_url: String,
}

type Told = BTreeMap<PersonId, (UnitPerson, Vec<(Unit, Date)>)>;

/// Sends the reminders that are due. Returns how many mails were put in.
///
/// # Errors
/// When the database fails; what was not put in goes next time.
pub async fn run_reminders(
    database: &Database,
    clock: &dyn Clock,
    ids: &Arc<dyn Ids>,
    rules: &CareRules,
    (people, organisations): (&dyn UnitPeople, &dyn Organisations),
    sender: &Sender,
) -> Result<usize> {
    if !rules.mail {
        return Ok(0);
    }
    let people = people.people().await?;
    let now = clock.now();
    let snapshot = database.snapshot().await?;
    let due = list_due(&*snapshot, civil_date(now), rules.months).await?;
    let organisations = organisations.list(&snapshot).await?;
    snapshot.end().await?;
    let mut told: Told = BTreeMap::new();
    for (unit, day, steward) in due {
        if steward.reminded_for == Some(day) {
            continue;
        }
        let own = people
            .iter()
            .find(|person| Some(person.id) == steward.person);
        let those = match own {
            Some(own) => vec![own],
            None => in_charge(&people, &organisations, unit.organisation),
        };
        for person in those {
            let entry = told.entry(person.id);
            let (_, units) = entry.or_insert_with(|| (person.clone(), Vec::new()));
            units.push((unit.clone(), day));
        }
    }
    let mut count = 0;
    for (person, units) in told.into_values() {
        let Ok(to) = MailAddress::parse(&person.email) else {
            tracing::warn!(person = %person.id, "a reminder of units has no address to go to");
            continue;
        };
        let content = content(sender, &units);
        let noted: Vec<(UnitId, Date)> = units.iter().map(|(unit, day)| (unit.id, *day)).collect();
        let ids = ids.clone();
        database
            .write(move |context| {
                Box::pin(async move {
                    send(context, &*ids, now, (to, person.id), &content, &noted).await
                })
            })
            .await?;
        count += 1;
    }
    Ok(count)
}

async fn send(
    context: &WriteContext,
    ids: &dyn Ids,
    now: Timestamp,
    (to, person): (MailAddress, PersonId),
    content: &MailContent,
    noted: &[(UnitId, Date)],
) -> Result<()> {
    let id = ids.uuid(now);
    put_content(context, id, now, content).await?;
    let mail = NewMail {
        kind: "unit.reminder",
        to,
        content: id,
        fills: Fills::default(),
        about: Some(Subject::new("person", person)),
        rank: Rank::Bulk,
    };
    put_mails(context, ids, now, &[mail]).await?;
    for (unit, due) in noted {
        store::note_reminded(&**context, *unit, *due).await?;
    }
    Ok(())
}

/// What is written to one person, in the city's own language.
fn content(sender: &Sender, units: &[(Unit, Date)]) -> MailContent {
    let t = T::of(Locale::SV);
    let mut text = format!("{}\n\n", t.one("unit-mail-due", "count", units.len()));
    for (unit, _) in units.iter().take(NAMED) {
        let said = match unit.data.confirmed {
            Some(day) => t.one("unit-mail-last", "date", torg_ui::date(t, day)),
            None => t.get("unit-mail-never").into_owned(),
        };
        text.push_str(&format!(
            "{} ({said})\n{}/admin/units/{}\n\n",
            unit.name(Locale::SV),
            sender.base_url,
            unit.id
        ));
    }
    if units.len() > NAMED {
        let more = units.len() - NAMED;
        text.push_str(&format!("{}\n\n", t.one("unit-mail-more", "count", more)));
    }
    text.push_str(&format!(
        "{}\n{}/admin/units/due\n\n{}\n",
        t.get("unit-mail-all"),
        sender.base_url,
        sender.city
    ));
    MailContent {
        locale: Locale::SV,
        subject: t.one("unit-mail-subject", "count", units.len()),
        text,
        html: None,
        one_click: None,
    }
}
