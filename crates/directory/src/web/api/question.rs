//! What a program asks for, read strictly: a misspelt kind is an error, not all kinds.

use std::sync::Arc;

use torg_geo::{Bounds, Point};
use torg_kernel::{FieldError, Locale, Message, Problem, Result, Timestamp, civil_date, fold};
use torg_web::{OrganisationList, Outcome, Page, PageRequest};

use crate::details::Feature;
use crate::finding::{Around, Filter, Near, point, read_near, select};
use crate::model::UnitKind;
use crate::register::{Entry, Everything};
use crate::service::{UNIT_DETAILS_TAG, UNITS_TAG};
use crate::services::{Audience, Category, SERVICES_TAG, Service};
use crate::web::Directory;

/// The parameters of questions for units.
pub(in crate::web) const UNIT_QUERY: &[&str] = &[
    "q",
    "kind",
    "organisation",
    "district",
    "open",
    "access",
    "near",
    "radius",
    "bbox",
    "changed_since",
    "closed",
    "limit",
    "offset",
];
/// The parameters of questions for services.
pub(in crate::web) const SERVICE_QUERY: &[&str] = &[
    "q",
    "category",
    "audience",
    "organisation",
    "unit",
    "changed_since",
    "limit",
    "offset",
];
/// The parameters of HSDS that are answered.
pub(in crate::web) const HSDS_QUERY: &[&str] = &[
    "search",
    "page",
    "per_page",
    "modified_after",
    "organization_id",
];

/// Gathers what is wrong.
pub(super) struct Reader<'a> {
    request: &'a PageRequest,
    errors: Vec<FieldError>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(request: &'a PageRequest) -> Self {
        Self {
            request,
            errors: Vec::new(),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.request
            .query(name)
            .filter(|text| !text.trim().is_empty())
    }

    fn wrong(&mut self, name: &str, message: Message) {
        self.errors.push(FieldError {
            field: name.to_owned(),
            message,
        });
    }

    /// A parameter that must be readable where it is given.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        key: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = read(text.trim());
        if value.is_none() {
            let short: String = text.chars().take(80).collect();
            self.wrong(name, Message::new(key).with("value", short));
        }
        value
    }

    /// All parts between commas; one that cannot be read is told.
    fn all<T>(
        &mut self,
        name: &str,
        key: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Vec<T> {
        let text = self.text(name).unwrap_or_default();
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let parts: Vec<&str> = parts.take(50).collect();
        let mut values = Vec::new();
        for part in parts {
            match read(part) {
                Some(value) => values.push(value),
                None => {
                    let short: String = part.chars().take(80).collect();
                    self.wrong(name, Message::new(key).with("value", short));
                }
            }
        }
        values
    }

    /// A whole number within bounds.
    pub(super) fn number(&mut self, name: &str, usual: usize, least: usize, most: usize) -> usize {
        let Some(text) = self.text(name) else {
            return usual;
        };
        let number = text.trim().parse().ok();
        match number.filter(|number| (least..=most).contains(number)) {
            Some(number) => number,
            None => {
                let message = Message::new("api-error-number");
                self.wrong(name, message.with("least", least).with("most", most));
                usual
            }
        }
    }

    pub(super) fn end(self) -> Result<()> {
        match self.errors.is_empty() {
            true => Ok(()),
            false => Err(Problem::Invalid(self.errors)),
        }
    }
}

/// A moment as RFC 3339 has it, or a day.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let stamp = |at: jiff::Timestamp| Timestamp::from_micros(at.as_microsecond());
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(stamp(at));
    }
    let day: jiff::civil::Date = text.parse().ok()?;
    day.to_zoned(torg_kernel::zone())
        .ok()
        .map(|at| stamp(at.timestamp()))
}

/// Units that were asked for.
pub(super) struct UnitAnswer {
    pub all: Arc<Everything>,
    pub organisations: Arc<OrganisationList>,
    pub found: Vec<(Arc<Entry>, Option<f64>)>,
    pub limit: usize,
    pub offset: usize,
    pub tags: Vec<String>,
    pub until: Option<Timestamp>,
}

impl UnitAnswer {
    /// This part of them.
    pub(super) fn part(&self) -> &[(Arc<Entry>, Option<f64>)] {
        let from = self.offset.min(self.found.len());
        let to = from.saturating_add(self.limit).min(self.found.len());
        &self.found[from..to]
    }

    /// The answer as bytes.
    pub(super) fn page(
        self,
        request: &PageRequest,
        content_type: &'static str,
        body: String,
    ) -> Outcome {
        Outcome::Page(Page {
            content_type,
            // There are too many questions to keep all answers.
            keep: request.query.is_empty(),
            fresh_until: self.until,
            ..Page::html(body, self.tags)
        })
    }
}

/// Reads the question and finds the units. `most` is how many one answer may hold.
pub(super) async fn units(
    directory: &Directory,
    request: &PageRequest,
    most: usize,
) -> Result<UnitAnswer> {
    let all = directory.register.read(&request.reading).await?;
    let organisations = request.organisations().await?;
    let districts = directory.surroundings.districts(&request.reading).await?;
    let mut reader = Reader::new(request);
    let known = |key: &str| organisations.by_key(key).map(|_| key.to_owned());
    let district = districts.as_ref().map(|(all, _)| all.clone());
    let in_city = |key: &str| {
        let all = district.as_ref()?.all();
        all.iter().any(|own| own.key == key).then(|| key.to_owned())
    };
    let filter = Filter {
        q: reader
            .text("q")
            .unwrap_or_default()
            .chars()
            .take(100)
            .collect(),
        kinds: reader.all("kind", "api-error-kind", UnitKind::parse),
        organisation: reader.read("organisation", "api-error-organisation", known),
        district: reader.read("district", "api-error-district", in_city),
        open: reader.read("open", "api-error-flag", flag).unwrap_or(false),
        access: reader.all("access", "api-error-access", Feature::parse),
        near: reader
            .read("near", "api-error-near", read_near)
            .map(Near::Point),
        page: 1,
        ..Filter::default()
    };
    let radius = reader.number("radius", 0, 1, 1_000_000);
    let bounds = reader.read("bbox", "api-error-bbox", |text| Bounds::parse(text).ok());
    let since = reader.read("changed_since", "api-error-moment", moment);
    let closed = reader
        .read("closed", "api-error-flag", flag)
        .unwrap_or(false);
    let limit = reader.number("limit", most.min(100), 1, most);
    let offset = reader.number("offset", 0, 0, usize::MAX);
    reader.end()?;
    let from = match filter.near {
        Some(Near::Point(at)) => Some(at),
        _ => None,
    };
    let around = Around {
        locale: Locale::SV,
        now: request.now,
        organisations: &organisations,
        districts: district.as_deref(),
        from,
    };
    let (found, until) = select(&all, &filter, &around);
    let mut found: Vec<_> = found.into_iter().map(|it| (it.entry, it.metres)).collect();
    if closed {
        let today = civil_date(request.now);
        let gone = all.units.iter().filter(|it| it.unit.is_closed_on(today));
        let of_kind =
            gone.filter(|it| filter.kinds.is_empty() || filter.kinds.contains(&it.unit.kind));
        found.extend(of_kind.map(|it| (it.clone(), None)));
    }
    found.retain(|(entry, metres)| {
        let at = entry.unit.data.position.map(point);
        let inside = |bounds: &Bounds| at.is_some_and(|at: Point| bounds.holds(at));
        #[expect(clippy::cast_precision_loss, reason = "a radius is a million at most")]
        let near = radius == 0 || metres.is_some_and(|metres| metres <= radius as f64);
        near && bounds.as_ref().is_none_or(inside)
            && since.is_none_or(|since| entry.unit.updated_at >= since)
    });
    let mut tags = [
        UNIT_DETAILS_TAG,
        UNITS_TAG,
        SERVICES_TAG,
        torg_web::ORGANISATIONS_TAG,
    ]
    .map(str::to_owned)
    .to_vec();
    tags.extend(districts.into_iter().flat_map(|(_, tags)| tags));
    Ok(UnitAnswer {
        all,
        organisations,
        found,
        limit,
        offset,
        tags,
        until,
    })
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "yes" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

/// Services that were asked for.
pub(super) struct ServiceAnswer {
    pub organisations: Arc<OrganisationList>,
    pub found: Vec<Arc<Service>>,
    pub limit: usize,
    pub offset: usize,
}

/// Reads the question and finds the services.
pub(super) async fn services(
    directory: &Directory,
    request: &PageRequest,
) -> Result<ServiceAnswer> {
    let all = directory.register.read(&request.reading).await?;
    let organisations = request.organisations().await?;
    let mut reader = Reader::new(request);
    let q = fold(reader.text("q").unwrap_or_default());
    let words: Vec<&str> = q.split_whitespace().collect();
    let category = reader.read("category", "api-error-category", Category::parse);
    let audience = reader.read("audience", "api-error-audience", Audience::parse);
    let organisation = reader.read("organisation", "api-error-organisation", |key| {
        organisations.by_key(key).map(|entry| entry.id)
    });
    let unit = reader.read("unit", "api-error-unit", |key| {
        let by_id = key.parse().ok().and_then(|id| all.unit(id));
        by_id
            .or_else(|| all.by_key(key))
            .map(|it| it.unit.key.clone())
    });
    let since = reader.read("changed_since", "api-error-moment", moment);
    let limit = reader.number("limit", 100, 1, 500);
    let offset = reader.number("offset", 0, 0, usize::MAX);
    reader.end()?;
    let today = civil_date(request.now);
    let found = all
        .services
        .iter()
        .filter(|own| {
            !own.is_closed_on(today)
                && category.is_none_or(|it| own.category == it)
                && audience.is_none_or(|it| {
                    own.data.audiences.is_empty() || own.data.audiences.contains(&it)
                })
                && organisation.is_none_or(|it| own.organisation == it)
                && unit.as_ref().is_none_or(|it| own.data.units.contains(it))
                && since.is_none_or(|since| own.updated_at >= since)
                && (words.is_empty() || {
                    let own = crate::web::service_page::words(own);
                    words.iter().all(|word| own.contains(word))
                })
        })
        .cloned()
        .collect();
    Ok(ServiceAnswer {
        found,
        organisations,
        limit,
        offset,
    })
}
