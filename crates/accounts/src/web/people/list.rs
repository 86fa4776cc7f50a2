//! Everybody with an account, and new accounts.

use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use form_urlencoded::Serializer;
use torg_kernel::{
    FieldError, OrganisationId, Permission, Problem, Result, RoleId, civil_date, fold, sort_key,
};
use torg_ui::{DeskSection, Paging, T};
use torg_web::{Context, Reply, desk};

use super::{PEOPLE, acting_anywhere, choices, crumb, grant_words};
use crate::views::{PeopleChip, PeoplePage, PersonFields, PersonNewPage, PersonRow};
use crate::web::AccountPages;
use crate::{NewPerson, OrganisationTree, PersonEntry};

/// People on one page of the list.
const ROWS: usize = 50;
/// Roles shown of each.
const GRANTS: usize = 3;

/// What the list is narrowed by; all of it stands in the address.
struct Filter {
    query: String,
    organisation: Option<OrganisationId>,
    role: Option<RoleId>,
    closed: bool,
}

impl Filter {
    fn of(context: &Context) -> Self {
        let id = |name| context.query(name).and_then(|text| text.parse().ok());
        Self {
            query: context.query("q").unwrap_or_default().trim().to_owned(),
            organisation: id("organisation").map(OrganisationId),
            role: id("role").map(RoleId),
            closed: context.query("state") == Some("closed"),
        }
    }

    fn href(&self, closed: bool, page: usize) -> String {
        let mut parts = Serializer::new(String::new());
        if closed {
            parts.append_pair("state", "closed");
        }
        if !self.query.is_empty() {
            parts.append_pair("q", &self.query);
        }
        if let Some(organisation) = self.organisation {
            parts.append_pair("organisation", &organisation.to_string());
        }
        if let Some(role) = self.role {
            parts.append_pair("role", &role.to_string());
        }
        if page > 1 {
            parts.append_pair("page", &page.to_string());
        }
        let query = parts.finish();
        if query.is_empty() {
            PEOPLE.to_owned()
        } else {
            format!("{PEOPLE}?{query}")
        }
    }

    /// Those who pass, whether open or closed: by words in name and address, and by a role they have
    /// or will have for the organisation or something under it.
    fn keep(&self, people: &mut Vec<PersonEntry>, tree: &OrganisationTree) {
        let words = fold(&self.query);
        let below: Option<HashSet<OrganisationId>> = self.organisation.map(|id| {
            let below = tree.descendants(id).into_iter().map(|it| it.id);
            below.chain([id]).collect()
        });
        people.retain(|entry| {
            let text = fold(&format!("{} {}", entry.person.name, entry.person.email));
            let asks_grants = self.role.is_some() || below.is_some();
            words.split_whitespace().all(|word| text.contains(word))
                && (!asks_grants
                    || entry.grants.iter().any(|own| {
                        self.role.is_none_or(|role| own.role.id == role)
                            && below
                                .as_ref()
                                .is_none_or(|below| below.contains(&own.organisation.id))
                    }))
        });
    }
}

fn text_of<V: ToString>(value: Option<V>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn row(t: T, entry: &PersonEntry) -> PersonRow {
    PersonRow {
        name: entry.person.name.clone(),
        href: format!("{PEOPLE}/{}", entry.person.id),
        email: entry.person.email.clone(),
        closed: entry.person.disabled_at.is_some(),
        grants: entry
            .grants
            .iter()
            .take(GRANTS)
            .map(|own| grant_words(t, &own.role, own.organisation.name(t.locale())))
            .collect(),
        more: entry.grants.len().saturating_sub(GRANTS),
    }
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (t, filter) = (context.t(), Filter::of(&context));
    let tree = pages.accounts.organisations().await?;
    let mut people = pages.accounts.list_people().await?;
    let today = civil_date(context.now);
    for entry in &mut people {
        let over = |last| last < today;
        entry
            .grants
            .retain(|own| !own.grant.valid_to.is_some_and(over));
    }
    filter.keep(&mut people, &tree);
    let is_closed = |entry: &&PersonEntry| entry.person.disabled_at.is_some();
    let closed = people.iter().filter(is_closed).count();
    let chip = |key: &str, count, of_closed| PeopleChip {
        label: t.get(key).into_owned(),
        count,
        href: filter.href(of_closed, 1),
        current: filter.closed == of_closed,
    };
    let chips = vec![
        chip("people-open", people.len() - closed, false),
        chip("people-closed", closed, true),
    ];
    people.retain(|entry| is_closed(&entry) == filter.closed);
    people.sort_by_cached_key(|entry| (sort_key(&entry.person.name), entry.person.email.clone()));
    let total = people.len();
    let count = total.div_ceil(ROWS);
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: usize = page.unwrap_or(1).clamp(1, count.max(1));
    let mut roles: Vec<(String, String)> = pages
        .accounts
        .roles()
        .await?
        .iter()
        .map(|role| (role.id.to_string(), role.name(t.locale()).to_owned()))
        .collect();
    roles.sort_by_cached_key(|(_, name)| sort_key(name));
    let organisation = text_of(filter.organisation);
    let view = PeoplePage {
        desk: desk(&context, DeskSection::People, &t.get("desk-accounts"))?,
        chips,
        state: if filter.closed { "closed" } else { "" }.to_owned(),
        organisations: choices(&tree, t.locale(), &organisation, |_| true),
        organisation,
        role: text_of(filter.role),
        roles,
        total,
        rows: people
            .iter()
            .skip((page - 1) * ROWS)
            .take(ROWS)
            .map(|entry| row(t, entry))
            .collect(),
        paging: Paging {
            page,
            pages: count,
            previous_href: (page > 1).then(|| filter.href(filter.closed, page - 1)),
            next_href: (page < count).then(|| filter.href(filter.closed, page + 1)),
        },
        query: filter.query.clone(),
    };
    Ok(Reply::html(view.render()?))
}

fn draw_new(context: &Context, new: PersonFields, errors: Vec<FieldError>) -> Result<String> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::People, &t.get("people-new"))?;
    frame.crumbs = vec![crumb(t, "desk-accounts", PEOPLE)];
    let page = PersonNewPage {
        desk: frame,
        new,
        errors,
        request_id: context.new_request_id(),
    };
    Ok(page.render()?)
}

pub(super) async fn get_new(_: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let html = draw_new(&context, PersonFields::default(), Vec::new())?;
    Ok(Reply::html(html))
}

pub(super) async fn post_new(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let new = NewPerson {
        email: form.text("email"),
        name: form.text("name"),
    };
    let tree = pages.accounts.organisations().await?;
    let actor = acting_anywhere(&context, &tree, Permission::PersonManage)?;
    let added = match form.request_id() {
        Ok(request) => {
            pages
                .for_caller(&context)?
                .add_person_once(&actor, request, &new)
                .await
        }
        Err(problem) => Err(problem),
    };
    match added {
        Ok(id) => Ok(Reply::see_other(&format!(
            "{PEOPLE}/{id}?done=person-added"
        ))),
        Err(Problem::Invalid(errors)) => {
            let fields = PersonFields {
                name: new.name,
                email: new.email,
            };
            Ok(Reply::form_again(draw_new(&context, fields, errors)?))
        }
        Err(problem) => Err(problem),
    }
}
