//! Care of pages, with the people that the room of accounts knows.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use torg_accounts::{Accounts, PersonEntry};
use torg_kernel::{Result, civil_date};
use torg_site::{Care, CarePeople, CarePerson, Probe, ProbeSettings};
use torg_ui::{DeskSection, date};
use torg_web::Settings;
use torg_workspace::{Ask, Urgency, Waiting, WaitingItem, Workplace};

/// The longest wait for an answer from somebody else's server.
const TIMEOUT: Duration = Duration::from_secs(15);
/// Between two questions to the same host.
const PAUSE: Duration = Duration::from_secs(2);

struct PeopleOfCare {
    accounts: Accounts,
}

#[async_trait]
impl CarePeople for PeopleOfCare {
    async fn people(&self) -> Result<Vec<CarePerson>> {
        let today = civil_date(self.accounts.now());
        let people = self.accounts.list_people().await?;
        Ok(people
            .into_iter()
            .filter(|entry| entry.person.disabled_at.is_none())
            .map(|entry| person(entry, today))
            .collect())
    }
}

/// Pages that wait for their reviewer, on the staff's start page.
pub(crate) struct Reviews;

/// Texts that the start page names.
const NAMED: usize = 5;

#[async_trait]
impl Workplace for Reviews {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        let (t, today) = (ask.context.t(), civil_date(ask.context.now));
        let texts = torg_site::to_review(&**ask.on, ask.caller.person, today).await?;
        let late = texts.iter().any(|text| text.overdue);
        let items = texts.iter().take(NAMED).map(|text| WaitingItem {
            title: text.title.clone(),
            lang: Some(text.locale),
            href: text.href.clone(),
            note: t.one("care-waiting-note", "date", &*date(t, text.due)),
        });
        Ok(vec![Waiting {
            label: t.get("care-waiting").into_owned(),
            href: format!("{}?show=mine", DeskSection::Care.href()),
            count: i64::try_from(texts.len())?,
            urgency: if late { Urgency::Late } else { Urgency::Later },
            symbol: "clipboard-list",
            items: items.collect(),
        }])
    }
}

fn person(entry: PersonEntry, today: jiff::civil::Date) -> CarePerson {
    let grants = entry
        .grants
        .iter()
        .filter(|own| own.grant.holds_on(today))
        .flat_map(|own| {
            let at = own.organisation.id;
            own.role
                .permissions
                .iter()
                .map(move |permission| (*permission, at))
        })
        .collect();
    CarePerson {
        id: entry.person.id,
        name: entry.person.name,
        email: entry.person.email,
        grants,
    }
}

/// Care on a node. A demonstration asks nobody outside the machine.
#[must_use]
pub fn care(accounts: &Accounts, settings: &Settings) -> Arc<Care> {
    let probe = match settings.demo {
        true => None,
        false => probe(&settings.base_url),
    };
    Arc::new(Care {
        people: Arc::new(PeopleOfCare {
            accounts: accounts.clone(),
        }),
        organisations: Arc::new(accounts.clone()),
        city: settings.city.clone(),
        base_url: settings.base_url.clone(),
        probe,
        pause: PAUSE,
    })
}

/// What tries links. A machine without certificates can serve a city all the same.
fn probe(base_url: &str) -> Option<Probe> {
    let settings = ProbeSettings {
        agent: format!("Torg link check (+{base_url})"),
        timeout: TIMEOUT,
        inside: false,
    };
    match Probe::new(settings) {
        Ok(probe) => Some(probe),
        Err(error) => {
            tracing::warn!(%error, "links to others are not tried");
            None
        }
    }
}
