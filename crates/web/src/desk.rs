//! The frame of the staff's pages for whoever asks.

use torg_kernel::{Permission, Result};
use torg_ui::{Desk, DeskSection};

use crate::Context;

/// The frame with the parts of the workspace that this person may use. `?done=KEY` in the address,
/// set by a redirect after something was done, shows the sentence `done-KEY` once.
///
/// # Errors
/// [`torg_kernel::Problem::LogInNeeded`] when nobody is logged in.
pub fn desk(context: &Context, section: DeskSection, title: &str) -> Result<Desk> {
    let caller = context.caller()?;
    let t = context.t();
    let sections = [
        (DeskSection::Pages, Permission::PageRead),
        (DeskSection::Care, Permission::PageRead),
        (DeskSection::Navigation, Permission::NavigationEdit),
        (DeskSection::Units, Permission::UnitEdit),
        (DeskSection::Facts, Permission::FactEdit),
        (DeskSection::Media, Permission::MediaEdit),
        (DeskSection::Calendar, Permission::EventEdit),
        (DeskSection::NoticeBoard, Permission::NoticePublish),
        (DeskSection::Comments, Permission::CommentModerate),
        (DeskSection::Search, Permission::SearchManage),
        (DeskSection::Subscriptions, Permission::SettingManage),
        (DeskSection::People, Permission::PersonManage),
        (DeskSection::Organisations, Permission::OrganisationManage),
        (DeskSection::Roles, Permission::PersonManage),
        (DeskSection::Log, Permission::LogRead),
    ];
    let done = context
        .query("done")
        .and_then(|done| t.find(&format!("done-{done}")))
        .map(str::to_owned);
    Ok(Desk {
        t,
        city: context.app.settings.city.clone(),
        title: title.to_owned(),
        section,
        person: caller.name.clone(),
        sections: sections
            .into_iter()
            .filter(|(_, permission)| caller.has(*permission))
            .map(|(section, _)| section)
            .collect(),
        crumbs: Vec::new(),
        public_href: "/".to_owned(),
        done,
        demo: context.app.settings.demo,
    })
}
