//! The directory's surroundings: who works with units, what waits for them, and the jobs of their
//! care.

use async_trait::async_trait;
use torg_accounts::Accounts;
use torg_directory::care::{
    CareRules, Sender, UnitPeople, UnitPerson, list_due, open_reports, run_reminders, weed_reports,
};
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{Locale, Permission, Result, civil_date};
use torg_ui::date_time;
use torg_web::Settings;
use torg_workspace::{Ask, Urgency, Waiting, WaitingItem, Workplace};

use crate::config::{Config, ConfigError};

/// The people that the room of accounts knows.
pub(crate) struct PeopleOfUnits {
    pub accounts: Accounts,
}

#[async_trait]
impl UnitPeople for PeopleOfUnits {
    async fn people(&self) -> Result<Vec<UnitPerson>> {
        let today = civil_date(self.accounts.now());
        let people = self.accounts.list_people().await?;
        let mut people: Vec<UnitPerson> = people
            .into_iter()
            .filter(|entry| entry.person.disabled_at.is_none())
            .map(|entry| UnitPerson {
                id: entry.person.id,
                name: entry.person.name,
                email: entry.person.email,
                grants: entry
                    .grants
                    .iter()
                    .filter(|own| own.grant.holds_on(today))
                    .flat_map(|own| {
                        let at = own.organisation.id;
                        let all = own.role.permissions.iter();
                        all.map(move |permission| (*permission, at))
                    })
                    .collect(),
            })
            .filter(|person| {
                let mut grants = person.grants.iter();
                grants.any(|(permission, _)| *permission == Permission::UnitEdit)
            })
            .collect();
        people.sort_by_cached_key(|person| torg_kernel::sort_key(&person.name));
        Ok(people)
    }
}

/// What the city has settled about care of units.
///
/// # Errors
/// When a setting is no good.
pub fn rules(config: &Config) -> Result<CareRules, ConfigError> {
    let months = config.number("unit_confirm_months")?.clamp(1, 120);
    let days = config.number("unit_report_weeding_days")?.min(36_500);
    let decision = config.text("unit_report_weeding_decision");
    Ok(CareRules {
        months: i64::try_from(months).unwrap_or(12),
        mail: config.flag("unit_reminders")?,
        weeding_days: i64::try_from(days).unwrap_or(365),
        weeding_decision: decision.trim().to_owned(),
    })
}

/// Reminders, each morning, and weeding, each night.
///
/// # Panics
/// Never: the time of day is written here.
#[must_use]
pub fn jobs(accounts: &Accounts, settings: &Settings, rules: &CareRules) -> Handlers {
    let accounts = accounts.clone();
    let (reminding, weeding) = (rules.clone(), rules.clone());
    let sender = Sender {
        city: settings.city.clone(),
        base_url: settings.base_url.clone(),
    };
    Handlers::new()
        .on("units_remind", move |job| {
            let (accounts, sender) = (accounts.clone(), sender.clone());
            let rules = reminding.clone();
            async move {
                let people = PeopleOfUnits {
                    accounts: accounts.clone(),
                };
                let asked = (
                    &people as &dyn UnitPeople,
                    &accounts as &dyn torg_web::Organisations,
                );
                let (database, clock) = (&job.database, &*job.clock);
                let sent = run_reminders(database, clock, &job.ids, &rules, asked, &sender).await?;
                if sent > 0 {
                    tracing::info!(sent, "reminders of units to confirm are put in");
                }
                Ok(())
            }
        })
        .on("weed_unit_reports", move |job| {
            let rules = weeding.clone();
            async move {
                let weeded = weed_reports(&job.database, &*job.clock, &job.ids, &rules).await?;
                if weeded > 0 {
                    tracing::info!(weeded, "settled reports of units are weeded");
                }
                Ok(())
            }
        })
        .schedule(Schedule::new(
            "units_remind",
            Rule::Daily {
                at: jiff::civil::time(6, 40, 0, 0),
            },
        ))
        .schedule(Schedule::new(
            "weed_unit_reports",
            Rule::Daily {
                at: jiff::civil::time(2, 45, 0, 0),
            },
        ))
}

/// What waits for whoever answers for units.
pub(crate) struct UnitDesk {
    pub rules: CareRules,
}

/// Things that the start page names.
const NAMED: usize = 5;

#[async_trait]
impl Workplace for UnitDesk {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        if !ask.caller.has(Permission::UnitEdit) {
            return Ok(Vec::new());
        }
        let t = ask.context.t();
        let today = civil_date(ask.context.now);
        let may = |organisation| ask.caller.may(Permission::UnitEdit, organisation);
        let mut reports = open_reports(&**ask.on).await?;
        reports.retain(|report| may(report.organisation));
        let ids: Vec<_> = reports
            .iter()
            .take(NAMED)
            .map(|report| report.unit)
            .collect();
        let units = torg_directory::list_by_id(&**ask.on, &ids).await?;
        let items = reports.iter().take(NAMED).map(|report| {
            let unit = units.iter().find(|unit| unit.id == report.unit);
            WaitingItem {
                title: unit
                    .map(|unit| unit.name(Locale::SV).to_owned())
                    .unwrap_or_default(),
                lang: Some(Locale::SV),
                href: format!("/admin/units/reports#report_{}", report.id),
                note: date_time(t, report.created_at),
            }
        });
        let mut due = list_due(&**ask.on, today, self.rules.months).await?;
        due.retain(|(unit, _, steward)| {
            let own = steward.person;
            may(unit.organisation) && own.is_none_or(|own| own == ask.caller.person)
        });
        let to_confirm = due.iter().take(NAMED).map(|(unit, ..)| WaitingItem {
            title: unit.name(Locale::SV).to_owned(),
            lang: Some(Locale::SV),
            href: format!("/admin/units/{}", unit.id),
            note: unit
                .data
                .confirmed
                .map(|day| torg_ui::date(t, day))
                .unwrap_or_default(),
        });
        Ok(vec![
            Waiting {
                label: t.get("units-reports-waiting").into_owned(),
                href: "/admin/units/reports".to_owned(),
                count: i64::try_from(reports.len())?,
                urgency: Urgency::Waits,
                symbol: "flag",
                items: items.collect(),
            },
            Waiting {
                label: t.get("units-due-waiting").into_owned(),
                href: "/admin/units/due".to_owned(),
                count: i64::try_from(due.len())?,
                urgency: Urgency::Later,
                symbol: "clipboard-list",
                items: to_confirm.collect(),
            },
        ])
    }

    fn door(&self, ask: &Ask<'_>, subject: &torg_kernel::Subject) -> Option<String> {
        if !ask.caller.has(Permission::UnitEdit) {
            return None;
        }
        match subject.kind.as_str() {
            "service" => Some(format!("/admin/services/{}", subject.id)),
            "unit_care" => Some(format!("/admin/units/{}/details", subject.id)),
            "unit_report" => Some(format!("/admin/units/reports#report_{}", subject.id)),
            _ => None,
        }
    }
}
