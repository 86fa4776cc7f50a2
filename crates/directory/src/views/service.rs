//! What residents see of services.

use askama::Template;
use torg_ui::{ContactCard, NavLink, OpenStatus, Shell};

/// A link of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLink {
    /// Its icon.
    pub icon: &'static str,
    /// What one does there.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is another site.
    pub outside: bool,
}

/// A unit where a service is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAt {
    /// Its name and page.
    pub unit: NavLink,
    /// Street and place in one line; may be empty.
    pub address: String,
    /// The number; may be empty.
    pub phone: String,
    /// Whether it is open now.
    pub open: Option<OpenStatus>,
}

impl GivenAt {
    fn tel(&self) -> Option<String> {
        torg_ui::tel_href(&self.phone)
    }
}

/// The page of one service.
#[derive(Template)]
#[template(path = "service.html", whitespace = "minimize")]
pub struct ServicePage {
    /// The frame; its title is the service's name.
    pub shell: Shell,
    /// What one gets; may be empty.
    pub summary: String,
    /// What is said when it is no more.
    pub ended: Option<(String, Option<NavLink>)>,
    /// How it is done, in paragraphs.
    pub how: Vec<String>,
    /// What it costs; may be empty.
    pub fees: String,
    /// Who may have it; may be empty.
    pub eligibility: String,
    /// Whom it is for.
    pub audiences: Vec<String>,
    /// E-services first.
    pub links: Vec<ServiceLink>,
    /// Where it is given.
    pub units: Vec<GivenAt>,
    /// How it is reached, where that is not a unit's.
    pub contact: Option<ContactCard>,
    /// Services that belong together with it.
    pub related: Vec<NavLink>,
    /// When it was confirmed, in words.
    pub confirmed: Option<String>,
    /// The organisation that answers for it.
    pub owner: Option<String>,
}

/// A service in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceItem {
    /// Its name and page.
    pub link: NavLink,
    /// What one gets; may be empty.
    pub summary: String,
    /// Whether there is an e-service.
    pub online: bool,
}

/// The services of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceGroup {
    /// The category as stored; also the heading's id.
    pub category: String,
    /// In the language's order.
    pub services: Vec<ServiceItem>,
}

impl ServiceGroup {
    fn key(&self) -> String {
        format!("service-category-{}", self.category)
    }
}

/// All services, or those that were asked for.
#[derive(Template)]
#[template(path = "service_list.html", whitespace = "minimize")]
pub struct ServiceListPage {
    /// The frame.
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Words as written.
    pub q: String,
    /// Whom they are for: what is sent, what it is called, whether it is chosen.
    pub audiences: Vec<(String, String, bool)>,
    /// Categories as links, with whether each is shown.
    pub categories: Vec<(NavLink, bool)>,
    /// How many there are.
    pub total: usize,
    /// Whether anything was asked for.
    pub narrowed: bool,
    /// Groups that hold something.
    pub groups: Vec<ServiceGroup>,
}
