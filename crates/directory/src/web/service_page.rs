//! Services: the list and the page of one.

use std::sync::Arc;

use askama::Template;
use serde_json::json;
use torg_almanac::ALMANAC_TAG;
use torg_kernel::{Locale, Result, Timestamp, civil_date, fold, sort_key};
use torg_ui::{ContactCard, NavLink, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::find::status;
use super::public::alternates;
use super::{Directory, list_href as units_href};
use crate::register::Everything;
use crate::service::{STANDING_TAG, unit_tag};
use crate::services::{Audience, Category, LinkKind, SERVICES_TAG, Service, service_tag};
use crate::views::{GivenAt, ServiceGroup, ServiceItem, ServiceLink, ServiceListPage, ServicePage};

pub(super) fn list_href(locale: Locale) -> &'static str {
    match locale == Locale::EN {
        true => "/en/find/services",
        false => "/hitta/tjanster",
    }
}

/// Everything that one can find a service by, folded.
pub(super) fn words(service: &Service) -> String {
    let data = &service.data;
    let names = data.name.0.values().chain(data.summary.0.values());
    let all: Vec<&str> = names
        .chain(&data.keywords)
        .map(String::as_str)
        .chain([service.key.as_str()])
        .collect();
    fold(&all.join(" "))
}

/// What a list of services is asked for.
#[derive(Default)]
struct Wanted {
    q: String,
    category: Option<Category>,
    audience: Option<Audience>,
}

impl Wanted {
    fn read(request: &PageRequest) -> Self {
        let words = request.query("q").unwrap_or_default();
        Self {
            q: torg_kernel::squeeze(words).chars().take(100).collect(),
            category: request.query("category").and_then(Category::parse),
            audience: request.query("audience").and_then(Audience::parse),
        }
    }

    fn takes(&self, service: &Service, folded: &[String]) -> bool {
        let audiences = &service.data.audiences;
        self.audience
            .is_none_or(|own| audiences.is_empty() || audiences.contains(&own))
            && (folded.is_empty() || {
                let words = words(service);
                folded.iter().all(|word| words.contains(word.as_str()))
            })
    }

    fn href(&self, locale: Locale, category: Option<Category>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        if let Some(audience) = self.audience {
            query.append_pair("audience", audience.as_str());
        }
        if let Some(category) = category {
            query.append_pair("category", category.as_str());
        }
        let query = query.finish();
        match query.is_empty() {
            true => list_href(locale).to_owned(),
            false => format!("{}?{query}", list_href(locale)),
        }
    }
}

/// All services by category, or those that the address asks for.
pub(super) async fn list(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let wanted = Wanted::read(request);
    let folded: Vec<String> = fold(&wanted.q)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let today = civil_date(request.now);
    let mut found: Vec<&Arc<Service>> = all
        .services
        .iter()
        .filter(|own| !own.is_closed_on(today) && wanted.takes(own, &folded))
        .collect();
    found.sort_by_cached_key(|own| sort_key(own.name(locale)));
    let t = T::of(locale);
    let there = |category: &Category| found.iter().any(|own| own.category == *category);
    let categories = Category::ALL
        .iter()
        .filter(|it| there(it) || wanted.category == Some(**it));
    let categories = categories
        .map(|category| {
            let chosen = wanted.category == Some(*category);
            let name = t.get(&format!("service-category-{}", category.as_str()));
            let to = (!chosen).then_some(*category);
            (NavLink::new(name, wanted.href(locale, to)), chosen)
        })
        .collect();
    if let Some(category) = wanted.category {
        found.retain(|own| own.category == category);
    }
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.push(SERVICES_TAG.to_owned());
    let href = wanted.href(locale, wanted.category);
    let mut shell = Shell::new(chrome, t.get("services-title"), href);
    shell.description = t.get("services-lede").into_owned();
    shell.alternates = alternates(|locale| wanted.href(locale, wanted.category));
    shell.crumbs = vec![NavLink::new(t.get("units-title"), units_href(locale))];
    shell.noindex = !wanted.q.is_empty();
    let view = ServiceListPage {
        action: list_href(locale).to_owned(),
        audiences: Audience::ALL
            .iter()
            .map(|own| {
                let label = t.get(&format!("service-audience-{}", own.as_str()));
                (
                    own.as_str().to_owned(),
                    label.into_owned(),
                    wanted.audience == Some(*own),
                )
            })
            .collect(),
        categories,
        total: found.len(),
        narrowed: !wanted.q.is_empty() || wanted.audience.is_some() || wanted.category.is_some(),
        groups: groups(&found, locale),
        q: wanted.q.clone(),
        shell,
    };
    let mut page = Page::html(view.render()?, tags);
    page.keep = wanted.q.is_empty();
    // A service may come to its planned end.
    page.fresh_until = Some(crate::hours::next_midnight(request.now));
    Ok(Outcome::Page(page))
}

fn groups(found: &[&Arc<Service>], locale: Locale) -> Vec<ServiceGroup> {
    let group = |category: &Category| ServiceGroup {
        category: category.as_str().to_owned(),
        services: found
            .iter()
            .filter(|own| own.category == *category)
            .map(|own| ServiceItem {
                link: NavLink::new(own.name(locale), own.href(locale)),
                summary: own.data.summary.get(locale).to_owned(),
                online: own
                    .data
                    .links
                    .iter()
                    .any(|link| link.kind == LinkKind::EService),
            })
            .collect(),
    };
    let groups = Category::ALL.iter().map(group);
    groups.filter(|group| !group.services.is_empty()).collect()
}

/// One service. One that is no more says so, with the status of what is gone.
pub(super) async fn get(
    directory: &Directory,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let slug = request.param("slug");
    let Some(service) = all.services.iter().find(|own| own.slug == slug) else {
        return Ok(Outcome::NotFound);
    };
    let t = T::of(locale);
    let organisations = request.organisations().await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.extend([service_tag(service.id), SERVICES_TAG.to_owned()]);
    tags.push(format!("organisation:{}", service.organisation));
    let mut shell = Shell::new(chrome, service.name(locale), service.href(locale));
    shell.description = service.data.summary.get(locale).to_owned();
    shell.alternates = alternates(|locale| service.href(locale));
    shell.crumbs = vec![
        NavLink::new(t.get("units-title"), units_href(locale)),
        NavLink::new(t.get("services-title"), list_href(locale)),
    ];
    let owner = organisations
        .find(service.organisation)
        .map(|entry| entry.name(locale).to_owned());
    shell.json_ld = Some(json_ld(
        service,
        locale,
        &shell.chrome.base_url,
        owner.as_deref(),
    ));
    let mut until = Some(crate::hours::next_midnight(request.now));
    let (units, more) = given_at(t, &all, service, request.now, &mut until);
    tags.extend(more);
    let gone = service.is_closed_on(civil_date(request.now));
    shell.noindex = gone;
    let view = view(t, &all, service, shell, units, owner, gone);
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = until;
    Ok(match gone {
        true => Outcome::Gone(page),
        false => Outcome::Page(page),
    })
}

fn given_at(
    t: T,
    all: &Everything,
    service: &Service,
    now: Timestamp,
    until: &mut Option<Timestamp>,
) -> (Vec<GivenAt>, Vec<String>) {
    let (locale, today) = (t.locale(), civil_date(now));
    let entries = service.data.units.iter().filter_map(|key| all.by_key(key));
    let mut tags = vec![STANDING_TAG.to_owned(), ALMANAC_TAG.to_owned()];
    let units = entries
        .filter(|entry| !entry.unit.is_closed_on(today))
        .map(|entry| {
            let unit = &entry.unit;
            tags.push(unit_tag(unit.id));
            let said = status(t, entry, &all.almanac, now);
            if let Some((_, change)) = &said {
                *until = Some(until.map_or(*change, |until| until.min(*change)));
            }
            GivenAt {
                unit: NavLink::new(unit.name(locale), unit.href(locale)),
                address: unit.data.place(),
                phone: unit.data.phone.clone().unwrap_or_default(),
                open: said.map(|(status, _)| status),
            }
        })
        .collect();
    (units, tags)
}

fn view(
    t: T,
    all: &Everything,
    service: &Service,
    shell: Shell,
    units: Vec<GivenAt>,
    owner: Option<String>,
    gone: bool,
) -> ServicePage {
    let (locale, data) = (t.locale(), &service.data);
    let mut links: Vec<_> = data.links.iter().collect();
    links.sort_by_key(|link| link.kind);
    let related = all.related_services(service).into_iter();
    let contact = (data.phone.is_some() || data.email.is_some()).then(|| ContactCard {
        name: service.name(locale).to_owned(),
        heading: Some(t.get("contact-heading").into_owned()),
        phone: data.phone.clone(),
        email: data.email.clone(),
        ..ContactCard::default()
    });
    ServicePage {
        summary: data.summary.get(locale).to_owned(),
        ended: data.closed.as_ref().map(|closed| {
            let key = if gone {
                "service-ended"
            } else {
                "service-ends"
            };
            let day = torg_ui::date(t, closed.on);
            let reason = closed.reason.get(locale);
            let said = format!("{} {reason}", t.one(key, "date", day));
            let instead = closed.instead.as_deref();
            let instead = instead.and_then(|key| all.services.iter().find(|own| own.key == key));
            let link = instead.map(|own| NavLink::new(own.name(locale), own.href(locale)));
            (said.trim_end().to_owned(), link)
        }),
        how: data
            .how
            .get(locale)
            .split("\n\n")
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        fees: data.fees.get(locale).to_owned(),
        eligibility: data.eligibility.get(locale).to_owned(),
        audiences: data
            .audiences
            .iter()
            .map(|own| {
                t.get(&format!("service-audience-{}", own.as_str()))
                    .into_owned()
            })
            .collect(),
        links: match gone {
            true => Vec::new(),
            false => links
                .into_iter()
                .map(|link| ServiceLink {
                    icon: link.kind.icon(),
                    label: link.name.get(locale).to_owned(),
                    outside: !link.url.starts_with('/'),
                    href: link.url.clone(),
                })
                .collect(),
        },
        units,
        contact,
        related: related
            .map(|own| NavLink::new(own.name(locale), own.href(locale)))
            .collect(),
        confirmed: data.confirmed.map(|day| torg_ui::date(t, day)),
        owner,
        shell,
    }
}

/// The service as schema.org has it.
fn json_ld(service: &Service, locale: Locale, base: &str, owner: Option<&str>) -> String {
    let mut thing = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service.name(locale),
        "url": format!("{base}{}", service.href(locale)),
        "inLanguage": locale.as_str(),
    });
    let summary = service.data.summary.get(locale);
    if !summary.is_empty() {
        thing["description"] = json!(summary);
    }
    if let Some(owner) = owner {
        thing["provider"] = json!({"@type": "GovernmentOrganization", "name": owner});
    }
    let links = service.data.links.iter();
    let channels: Vec<_> = links
        .filter(|link| link.kind == LinkKind::EService)
        .map(|link| {
            let url = match link.url.starts_with('/') {
                true => format!("{base}{}", link.url),
                false => link.url.clone(),
            };
            json!({"@type": "ServiceChannel", "name": link.name.get(locale), "serviceUrl": url})
        })
        .collect();
    if !channels.is_empty() {
        thing["availableChannel"] = json!(channels);
    }
    thing.to_string()
}
