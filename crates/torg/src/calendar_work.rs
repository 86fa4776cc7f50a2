//! The calendar's part of the staff's start page and search: what waits for approval, and events by name.

use async_trait::async_trait;
use torg_calendar::{EventQuery, Listed, State};
use torg_kernel::{Locale, OrganisationId, Permission, Result, Subject};
use torg_workspace::{Ask, Group, Hit, Urgency, Waiting, WaitingItem, Workplace};

/// Events of the calendar.
pub(crate) struct Events;

/// Shown of what waits.
const SHOWN: i64 = 5;

fn own(ask: &Ask<'_>, permission: Permission) -> Vec<OrganisationId> {
    let scope = ask.caller.scopes.get(&permission);
    scope.map_or_else(Vec::new, |scope| {
        scope.organisations.keys().copied().collect()
    })
}

async fn listed(ask: &Ask<'_>, query: &EventQuery, most: i64) -> Result<(Vec<Listed>, i64)> {
    torg_calendar::list(&**ask.on, query, ask.context.now, 0, most).await
}

fn when(ask: &Ask<'_>, listed: &Listed) -> String {
    let t = ask.context.t();
    listed.next.map_or_else(
        || torg_ui::date(t, listed.event.data.pattern.start.date()),
        |at| torg_ui::date_time(t, at),
    )
}

#[async_trait]
impl Workplace for Events {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        let query = EventQuery {
            state: Some(State::Waiting),
            organisations: own(ask, Permission::EventPublish),
            ..EventQuery::default()
        };
        let (events, count) = listed(ask, &query, SHOWN).await?;
        if count == 0 {
            return Ok(Vec::new());
        }
        Ok(vec![Waiting {
            label: ask.context.t().get("events-to-approve").into_owned(),
            href: "/admin/calendar?state=waiting".to_owned(),
            count,
            urgency: Urgency::Waits,
            symbol: "calendar-days",
            items: events
                .iter()
                .map(|own| WaitingItem {
                    title: own.event.name(Locale::SV).to_owned(),
                    lang: Some(Locale::SV),
                    href: format!("/admin/calendar/{}", own.event.id),
                    note: when(ask, own),
                })
                .collect(),
        }])
    }

    async fn find(&self, ask: &Ask<'_>, words: &str, most: usize) -> Result<Vec<Group>> {
        let query = EventQuery {
            organisations: own(ask, Permission::EventEdit),
            words: words.to_owned(),
            ..EventQuery::default()
        };
        let (events, _) = listed(ask, &query, i64::try_from(most)?).await?;
        let hits = events.iter().map(|own| Hit {
            title: own.event.name(Locale::SV).to_owned(),
            lang: Some(Locale::SV),
            href: format!("/admin/calendar/{}", own.event.id),
            note: when(ask, own),
        });
        Ok(vec![Group {
            label: ask.context.t().get("desk-calendar").into_owned(),
            hits: hits.collect(),
        }])
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "event" && ask.caller.has(Permission::EventEdit))
            .then(|| format!("/admin/calendar/{}", subject.id))
    }

    fn begin(&self, ask: &Ask<'_>) -> Vec<Hit> {
        if !ask.caller.has(Permission::EventEdit) {
            return Vec::new();
        }
        vec![Hit {
            title: ask.context.t().get("events-new").into_owned(),
            lang: None,
            href: "/admin/calendar/new".to_owned(),
            note: String::new(),
        }]
    }
}
