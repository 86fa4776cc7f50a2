//! The tree of organisations.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use torg_kernel::{OrganisationId, Result, civil_date, fold, sort_key};
use torg_ui::{DeskSection, T};
use torg_web::{Context, Reply, desk};

use super::ORGANISATIONS;
use crate::views::{OrganisationGroup, OrganisationNode, OrganisationsPage};
use crate::web::AccountPages;
use crate::{Organisation, OrganisationKind, OrganisationTree};

/// What is needed to draw an organisation.
struct Drawing<'a> {
    t: T,
    tree: &'a OrganisationTree,
    /// How many people have roles for each.
    people: HashMap<OrganisationId, usize>,
    ended: bool,
}

impl Drawing<'_> {
    fn node(&self, it: &Organisation, with_children: bool) -> OrganisationNode {
        let people = self.people.get(&it.id).copied().unwrap_or_default();
        OrganisationNode {
            t: self.t,
            name: it.name(self.t.locale()).to_owned(),
            href: format!("{ORGANISATIONS}/{}", it.id),
            kind: it.kind.as_str(),
            key: it.key.clone(),
            people: match people {
                0 => String::new(),
                count => self.t.one("organisations-people", "count", count),
            },
            ended: it.ended_at.is_some(),
            children: self
                .tree
                .children(Some(it.id))
                .filter(|child| with_children && self.shows(child))
                .map(|child| self.node(child, true))
                .collect(),
        }
    }

    fn shows(&self, it: &Organisation) -> bool {
        self.ended || it.ended_at.is_none()
    }

    fn group(&self, heading: &str, found: Vec<&Organisation>, deep: bool) -> OrganisationGroup {
        OrganisationGroup {
            heading: self.t.get(heading).into_owned(),
            nodes: found.into_iter().map(|it| self.node(it, deep)).collect(),
        }
    }
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let t = context.t();
    let tree = pages.accounts.organisations().await?;
    let today = civil_date(context.now);
    let mut people: HashMap<OrganisationId, usize> = HashMap::new();
    for entry in pages.accounts.list_people().await? {
        let holding = entry.grants.iter().filter(|own| own.grant.holds_on(today));
        let mut organisations: Vec<OrganisationId> =
            holding.map(|own| own.organisation.id).collect();
        organisations.sort_unstable();
        organisations.dedup();
        for organisation in organisations {
            *people.entry(organisation).or_default() += 1;
        }
    }
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let drawing = Drawing {
        t,
        tree: &tree,
        people,
        ended: context.query("ended").is_some() || !query.is_empty(),
    };
    let groups = if query.is_empty() {
        under_the_city(&drawing)
    } else {
        found(&drawing, &query)
    };
    let page = OrganisationsPage {
        desk: desk(
            &context,
            DeskSection::Organisations,
            &t.get("desk-organisations"),
        )?,
        ended: drawing.ended,
        total: t.one("organisations-total", "count", tree.len()),
        city: tree
            .root()
            .filter(|_| query.is_empty())
            .map(|city| drawing.node(city, false)),
        groups,
        query,
    };
    Ok(Reply::html(page.render()?))
}

/// What lies directly under the city, by kind.
fn under_the_city(drawing: &Drawing) -> Vec<OrganisationGroup> {
    let city = drawing.tree.root().map(|city| city.id);
    let kinds = [
        (OrganisationKind::Committee, "organisations-committees"),
        (OrganisationKind::Company, "organisations-companies"),
        (OrganisationKind::Department, "organisations-departments"),
        (OrganisationKind::Unit, "organisations-units"),
    ];
    kinds
        .into_iter()
        .filter(|_| city.is_some())
        .map(|(kind, heading)| {
            let children = drawing.tree.children(city);
            let found = children.filter(|it| it.kind == kind && drawing.shows(it));
            drawing.group(heading, found.collect(), true)
        })
        .filter(|group| !group.nodes.is_empty())
        .collect()
}

fn found(drawing: &Drawing, query: &str) -> Vec<OrganisationGroup> {
    let words = fold(query);
    let mut found: Vec<&Organisation> = drawing
        .tree
        .list()
        .into_iter()
        .filter(|it| {
            let text = fold(&format!("{} {} {}", it.name_sv, it.name_en, it.key));
            words.split_whitespace().all(|word| text.contains(word))
        })
        .collect();
    found.sort_by_cached_key(|it| sort_key(it.name(drawing.t.locale())));
    if found.is_empty() {
        return Vec::new();
    }
    vec![drawing.group("organisations-found", found, false)]
}
