//! What stands in the form for a service, and what it says.

use torg_kernel::{FieldError, Locale, Message};
use torg_ui::{Field, FieldKind, T};
use torg_web::Form;

use crate::model::Words;
use crate::services::{Audience, Category, Link, LinkKind, Service, ServiceData};
use crate::views::FieldSet;

/// The names of the form's text fields.
const FIELDS: [&str; 18] = [
    "key",
    "organisation",
    "category",
    "name_sv",
    "name_en",
    "summary_sv",
    "summary_en",
    "how_sv",
    "how_en",
    "fees_sv",
    "fees_en",
    "eligibility_sv",
    "eligibility_en",
    "units",
    "links",
    "phone",
    "email",
    "keywords",
];

/// What stands in the fields.
#[derive(Debug, Clone)]
pub(super) struct Written {
    texts: Vec<(&'static str, String)>,
    audiences: Vec<Audience>,
    pub version: String,
}

fn link_line(link: &Link) -> String {
    let sv = link.name.own(Locale::SV).unwrap_or_default();
    let name = match link.name.own(Locale::EN) {
        Some(en) => format!("{sv} / {en}"),
        None => sv.to_owned(),
    };
    format!("{} | {name} | {}", link.kind.as_str(), link.url)
}

impl Written {
    pub fn empty() -> Self {
        Self {
            texts: FIELDS.iter().map(|name| (*name, String::new())).collect(),
            audiences: Vec::new(),
            version: String::new(),
        }
    }

    pub fn of(service: &Service) -> Self {
        let data = &service.data;
        let own = |words: &Words, name: &str| {
            let locale = if name.ends_with("_en") {
                Locale::EN
            } else {
                Locale::SV
            };
            words.own(locale).unwrap_or_default().to_owned()
        };
        let text = |name: &str| match name {
            "key" => service.key.clone(),
            "category" => service.category.as_str().to_owned(),
            "organisation" => service.organisation.to_string(),
            "name_sv" | "name_en" => own(&data.name, name),
            "summary_sv" | "summary_en" => own(&data.summary, name),
            "how_sv" | "how_en" => own(&data.how, name),
            "fees_sv" | "fees_en" => own(&data.fees, name),
            "eligibility_sv" | "eligibility_en" => own(&data.eligibility, name),
            "units" => data.units.join("\n"),
            "links" => data
                .links
                .iter()
                .map(link_line)
                .collect::<Vec<_>>()
                .join("\n"),
            "phone" => data.phone.clone().unwrap_or_default(),
            "email" => data.email.clone().unwrap_or_default(),
            _ => data.keywords.join(", "),
        };
        Self {
            texts: FIELDS.iter().map(|name| (*name, text(name))).collect(),
            audiences: data.audiences.clone(),
            version: service.version.to_string(),
        }
    }

    pub fn sent(form: &Form) -> Self {
        let ticked = |own: &Audience| form.has(&format!("audience_{}", own.as_str()));
        Self {
            texts: FIELDS
                .iter()
                .map(|name| (*name, form.text(name).trim().to_owned()))
                .collect(),
            audiences: Audience::ALL.iter().copied().filter(ticked).collect(),
            version: form.text("version"),
        }
    }

    pub fn get(&self, name: &str) -> &str {
        let own = self.texts.iter().find(|(own, _)| *own == name);
        own.map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    fn links(&self, errors: &mut Vec<FieldError>) -> Vec<Link> {
        let mut links = Vec::new();
        let lines = self.get("links").lines().enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let read = match parts[..] {
                [kind, name, url] => LinkKind::parse(kind).map(|kind| (kind, name, url)),
                _ => None,
            };
            let Some((kind, name, url)) = read else {
                errors.push(FieldError {
                    field: "links".to_owned(),
                    message: Message::new("service-error-link").with("line", at + 1),
                });
                continue;
            };
            let (sv, en) = name.split_once(" / ").unwrap_or((name, ""));
            let mut name = Words::default();
            name.set(Locale::SV, sv);
            name.set(Locale::EN, en);
            links.push(Link {
                kind,
                name,
                url: url.to_owned(),
            });
        }
        links
    }

    /// The service's data with what the fields say put in.
    pub fn apply(&self, before: &ServiceData) -> Result<(Category, ServiceData), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut data = before.clone();
        for (words, name) in [
            (&mut data.name, "name"),
            (&mut data.summary, "summary"),
            (&mut data.fees, "fees"),
            (&mut data.eligibility, "eligibility"),
        ] {
            words.set(Locale::SV, self.get(&format!("{name}_sv")));
            words.set(Locale::EN, self.get(&format!("{name}_en")));
        }
        // These have paragraphs.
        data.how.0.insert(Locale::SV, self.get("how_sv").to_owned());
        data.how.0.insert(Locale::EN, self.get("how_en").to_owned());
        let list = |name| -> Vec<String> {
            let parts = self.get(name).split([',', '\n']).map(str::trim);
            parts
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        data.units = list("units");
        data.keywords = list("keywords");
        data.links = self.links(&mut errors);
        data.phone = Some(self.get("phone").to_owned());
        data.email = Some(self.get("email").to_owned());
        data.audiences.clone_from(&self.audiences);
        let category = Category::parse(self.get("category"));
        if category.is_none() {
            errors.push(FieldError {
                field: "category".to_owned(),
                message: Message::new("error-required"),
            });
        }
        match category {
            Some(category) if errors.is_empty() => Ok((category, data)),
            _ => Err(errors),
        }
    }
}

/// Names of fields as the form has them.
pub(super) fn in_form(errors: Vec<FieldError>) -> Vec<FieldError> {
    let name = |field: &str| {
        let start = field.split('[').next().unwrap_or(field);
        match start {
            "related" => "units".to_owned(),
            other => other.replace('.', "_"),
        }
    };
    errors
        .into_iter()
        .map(|error| FieldError {
            field: name(&error.field),
            ..error
        })
        .collect()
}

/// The fields in their sets, with what is wrong; owners to choose from stand in the form of a new one.
pub(super) fn sets(
    t: T,
    owners: Option<&[(String, String)]>,
    written: &Written,
    errors: &[FieldError],
) -> Vec<FieldSet> {
    let field = |name: &'static str, kind: FieldKind| {
        let label = t.get(&format!("service-field-{name}"));
        let field = Field::new(name, kind, label, written.get(name)).errors(t, errors);
        let field = match t.find(&format!("service-field-{name}-hint")) {
            Some(hint) => field.hint(hint),
            None => field,
        };
        match name.rsplit('_').next() {
            Some("sv") => field.lang(Locale::SV),
            Some("en") => field.lang(Locale::EN),
            _ => field,
        }
    };
    let set = |key: Option<&str>, fields: Vec<Field>| FieldSet {
        legend: key.map(|key| t.get(key).into_owned()),
        hint: None,
        fields,
        ticks: Vec::new(),
        error: None,
    };
    let categories = Category::ALL.iter().map(|own| {
        let label = t.get(&format!("service-category-{}", own.as_str()));
        (own.as_str().to_owned(), label.into_owned())
    });
    let lines = FieldKind::Lines;
    let mut first = vec![
        field("name_sv", FieldKind::Text),
        field("name_en", FieldKind::Text).optional(),
        field("category", FieldKind::Choice(categories.collect())),
    ];
    if let Some(owners) = owners {
        first.push(field("organisation", FieldKind::Choice(owners.to_vec())));
        first.push(field("key", FieldKind::Text).optional());
    }
    let audiences = FieldSet {
        ticks: Audience::ALL
            .iter()
            .map(|own| {
                let label = t.get(&format!("service-audience-{}", own.as_str()));
                let name = format!("audience_{}", own.as_str());
                (name, label.into_owned(), written.audiences.contains(own))
            })
            .collect(),
        ..set(
            Some("service-for"),
            vec![
                field("eligibility_sv", lines(2)).optional(),
                field("eligibility_en", lines(2)).optional(),
            ],
        )
    };
    vec![
        set(None, first),
        set(
            Some("service-set-about"),
            vec![
                field("summary_sv", lines(2)).optional(),
                field("summary_en", lines(2)).optional(),
                field("how_sv", lines(5)).optional(),
                field("how_en", lines(5)).optional(),
                field("fees_sv", lines(2)).optional(),
                field("fees_en", lines(2)).optional(),
            ],
        ),
        audiences,
        set(
            Some("service-set-where"),
            vec![
                field("units", lines(4)).optional(),
                field("links", lines(4)).optional(),
                field("phone", FieldKind::Tel).optional(),
                field("email", FieldKind::Email).optional(),
                field("keywords", lines(2)).optional(),
            ],
        ),
    ]
}
