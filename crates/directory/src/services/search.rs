//! Services as search takes them in, once for each language.

use torg_kernel::{Locale, ServiceId, civil_date};
use torg_ui::T;
use torg_web::OrganisationList;

use super::model::Service;
use crate::search::UnitForSearch;

const LOCALES: [Locale; 2] = [Locale::SV, Locale::EN];

fn key(id: ServiceId, locale: Locale) -> String {
    format!("service:{id}:{locale}")
}

/// The keys of all that search may hold of a service, for taking it away.
#[must_use]
pub fn search_keys(id: ServiceId) -> Vec<String> {
    LOCALES.iter().map(|locale| key(id, *locale)).collect()
}

/// A service as search takes it in; none of it once it has ended.
#[must_use]
pub fn search_documents(
    service: &Service,
    organisations: &OrganisationList,
    now: torg_kernel::Timestamp,
) -> Vec<UnitForSearch> {
    if service.is_closed_on(civil_date(now)) {
        return Vec::new();
    }
    let data = &service.data;
    let owner = organisations.find(service.organisation);
    let document = |locale: &Locale| {
        let locale = *locale;
        let category = format!("service-category-{}", service.category.as_str());
        let mut keywords = vec![T::of(locale).get(&category).into_owned()];
        if locale == Locale::SV {
            keywords.extend(data.keywords.iter().cloned());
        }
        let body = [
            data.summary.get(locale),
            data.how.get(locale),
            data.eligibility.get(locale),
            data.fees.get(locale),
        ];
        UnitForSearch {
            key: key(service.id, locale),
            locale,
            url: service.href(locale),
            title: service.name(locale).to_owned(),
            headings: Vec::new(),
            description: data.summary.get(locale).to_owned(),
            keywords,
            body: body.join("\n"),
            organisation: owner.map(|entry| entry.key.clone()),
            updated_at: service.updated_at,
        }
    };
    LOCALES.iter().map(document).collect()
}
