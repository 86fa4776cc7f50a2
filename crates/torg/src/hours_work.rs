//! Opening hours on the staff's start page: holidays that units say nothing of, and the way to what is
//! changed for many units at once.

use async_trait::async_trait;
use torg_kernel::{Permission, Result, Subject};
use torg_workspace::{Ask, Hit, Urgency, Waiting, Workplace, matches};

/// The hours of units, and the calendar of days.
pub(crate) struct Hours;

impl Hours {
    /// Pages about hours that the caller may use.
    fn pages(ask: &Ask<'_>) -> Vec<Hit> {
        let t = ask.context.t();
        let page = |needs, label: &str, href: &str| {
            ask.caller.has(needs).then(|| Hit {
                title: t.get(label).into_owned(),
                lang: None,
                href: href.to_owned(),
                note: String::new(),
            })
        };
        [
            page(Permission::UnitEdit, "hours-bulk-title", "/admin/hours"),
            page(Permission::AlmanacManage, "almanac-title", "/admin/almanac"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[async_trait]
impl Workplace for Hours {
    async fn waiting(&self, ask: &Ask<'_>) -> Result<Vec<Waiting>> {
        if !ask.caller.has(Permission::UnitEdit) {
            return Ok(Vec::new());
        }
        let units = torg_directory::list(&**ask.on).await?;
        let almanac = torg_almanac::load(&**ask.on).await?;
        let count = torg_directory::count_silent(ask.caller, &units, &almanac, ask.context.now);
        Ok(vec![Waiting {
            label: ask.context.t().get("hours-waiting").into_owned(),
            href: "/admin/hours/missing".to_owned(),
            count: i64::try_from(count)?,
            urgency: Urgency::Waits,
            symbol: "calendar-days",
            items: Vec::new(),
        }])
    }

    async fn find(
        &self,
        ask: &Ask<'_>,
        words: &str,
        most: usize,
    ) -> Result<Vec<torg_workspace::Group>> {
        let mut hits = Self::pages(ask);
        hits.retain(|hit| matches(&hit.title, words));
        hits.truncate(most);
        Ok(vec![torg_workspace::Group {
            label: ask.context.t().get("hours-edit-open").into_owned(),
            hits,
        }])
    }

    fn begin(&self, ask: &Ask<'_>) -> Vec<Hit> {
        Self::pages(ask)
    }

    fn door(&self, ask: &Ask<'_>, subject: &Subject) -> Option<String> {
        (subject.kind == "almanac_entry" && ask.caller.has(Permission::AlmanacManage))
            .then(|| format!("/admin/almanac/{}", subject.id))
    }
}
