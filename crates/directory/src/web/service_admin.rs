//! Where the staff write services.

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, ServiceId, fold,
    slugify,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, NavLink, Paging, T};
use torg_web::{Caller, Context, Form, OrganisationList, Reply, desk};

use super::service_page::words;
use crate::check::is_key;
use crate::model::Words;
use crate::services::{
    self, Audience, Category, Link, LinkKind, Service, ServiceData, check, create, order, save,
    tidy,
};
use crate::views::{DeskForm, DeskList, FieldSet};

/// Services on one page of the list.
const ROWS: usize = 50;
const HERE: &str = "/admin/services";

/// The services that the person may change.
pub(super) async fn list(context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut all = services::list(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let wanted = fold(&query);
    all.retain(|own| {
        caller.may(Permission::UnitEdit, own.organisation)
            && wanted
                .split_whitespace()
                .all(|word| words(own).contains(word))
    });
    let t = context.t();
    let pages = all.len().div_ceil(ROWS).max(1);
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: usize = page.unwrap_or(1).clamp(1, pages);
    let at = |page: usize| {
        let mut parts = form_urlencoded::Serializer::new(String::new());
        parts
            .append_pair("q", &query)
            .append_pair("page", &page.to_string());
        format!("{HERE}?{}", parts.finish())
    };
    let row = |own: &Service| {
        let owner = organisations.find(own.organisation);
        let link = NavLink::new(own.name(t.locale()), format!("{HERE}/{}", own.id));
        let cells = vec![
            t.get(&format!("service-category-{}", own.category.as_str()))
                .into_owned(),
            owner
                .map(|owner| owner.name(t.locale()).to_owned())
                .unwrap_or_default(),
            own.data
                .confirmed
                .map(|day| torg_ui::date(t, day))
                .unwrap_or_default(),
        ];
        (link, cells)
    };
    let mut frame = desk(&context, DeskSection::Units, &t.get("services-title"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let columns = [
        "units-name",
        "service-category",
        "units-organisation",
        "units-confirmed",
    ];
    let view = DeskList {
        desk: frame,
        tools: vec![(
            "plus",
            t.get("service-new").into_owned(),
            format!("{HERE}/new"),
        )],
        filter: Field::new("q", FieldKind::Text, t.get("services-filter"), &*query),
        total: all.len(),
        columns: columns.map(|key| t.get(key).into_owned()).to_vec(),
        rows: all
            .iter()
            .skip((page - 1) * ROWS)
            .take(ROWS)
            .map(row)
            .collect(),
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| at(page - 1)),
            next_href: (page < pages).then(|| at(page + 1)),
        },
    };
    Ok(Reply::html(view.render()?))
}

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
struct Written {
    texts: Vec<(&'static str, String)>,
    audiences: Vec<Audience>,
    version: String,
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
    fn empty() -> Self {
        Self {
            texts: FIELDS.iter().map(|name| (*name, String::new())).collect(),
            audiences: Vec::new(),
            version: String::new(),
        }
    }

    fn of(service: &Service) -> Self {
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

    fn sent(form: &Form) -> Self {
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

    fn get(&self, name: &str) -> &str {
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
    fn apply(&self, before: &ServiceData) -> Result<(Category, ServiceData), Vec<FieldError>> {
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
fn in_form(errors: Vec<FieldError>) -> Vec<FieldError> {
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

async fn load(context: &Context, on: &Snapshot) -> Result<Service> {
    let id: ServiceId = context.param("id")?;
    let service = services::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(Permission::UnitEdit, service.organisation)?;
    Ok(service)
}

/// The organisations that the person may give a new service or unit to.
pub(super) fn owners(
    t: T,
    caller: &Caller,
    organisations: &OrganisationList,
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = organisations
        .entries()
        .filter(|own| caller.may(Permission::UnitEdit, own.id) && !organisations.has_ended(own.id))
        .map(|own| (own.id.to_string(), own.name(t.locale()).to_owned()))
        .collect();
    all.sort_by_cached_key(|(_, name)| torg_kernel::sort_key(name));
    all
}

/// The form for a service that is there.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let service = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let written = Written::of(&service);
    let view = view(&context, Some(&service), &[], &written, Vec::new())?;
    Ok(Reply::html(view.render()?))
}

/// The form for a new one.
pub(super) async fn get_new(context: Context) -> Result<Reply> {
    let owners = own_organisations(&context).await?;
    let view = view(&context, None, &owners, &Written::empty(), Vec::new())?;
    Ok(Reply::html(view.render()?))
}

pub(super) async fn own_organisations(context: &Context) -> Result<Vec<(String, String)>> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    Ok(owners(context.t(), context.caller()?, &organisations))
}

fn view(
    context: &Context,
    service: Option<&Service>,
    owners: &[(String, String)],
    written: &Written,
    errors: Vec<FieldError>,
) -> Result<DeskForm> {
    let t = context.t();
    let title = match service {
        Some(service) => service.name(t.locale()).to_owned(),
        None => t.get("service-new").into_owned(),
    };
    let mut frame = desk(context, DeskSection::Units, &title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(t.get("services-title"), HERE),
    ];
    let mut tools = Vec::new();
    if let Some(service) = service {
        frame.public_href = service.href(t.locale());
        tools.push((
            "eye",
            t.get("service-see").into_owned(),
            service.href(t.locale()),
        ));
        if context
            .caller()?
            .may(Permission::LogRead, service.organisation)
        {
            let href = format!("/admin/log/service/{}", service.id);
            tools.push(("scroll-text", t.get("desk-history").into_owned(), href));
        }
    }
    Ok(DeskForm {
        tools,
        intro: String::new(),
        action: match service {
            Some(service) => format!("{HERE}/{}", service.id),
            None => format!("{HERE}/new"),
        },
        hidden: vec![
            ("version", written.version.clone()),
            ("request_id", context.new_request_id()),
        ],
        sets: sets(t, service.is_none().then_some(owners), written, &errors),
        save: t.get("desk-save").into_owned(),
        cancel_href: HERE.to_owned(),
        errors,
        desk: frame,
    })
}

fn sets(
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

/// Saves the form of a service that is there.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let service = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let mut written = Written::sent(&context.form());
    let (errors, status) = match change(&context, &service, &written).await {
        Ok(()) => {
            let to = format!("{HERE}/{}?done=service-saved", service.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (in_form(errors), 422),
        Err(Problem::Conflict(message)) => {
            let snapshot = context.app.database.snapshot().await?;
            written.version = load(&context, &snapshot).await?.version.to_string();
            snapshot.end().await?;
            let field = "version".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let view = view(&context, Some(&service), &[], &written, errors)?;
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        view.render()?,
    ))
}

async fn change(context: &Context, service: &Service, written: &Written) -> Result<()> {
    let form = context.form();
    let request = form.request_id()?;
    let actor = context.acting(Permission::UnitEdit, service.organisation)?;
    let (category, data) = written.apply(&service.data).map_err(Problem::Invalid)?;
    let conflict = |_| Problem::Conflict(Message::new("service-error-version"));
    let version: i64 = written.version.parse().map_err(conflict)?;
    let (ids, now, id) = (context.app.ids.clone(), context.now, service.id);
    let operation = format!("service.save {id} {}", form.digest());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        save(write, author, order(id, version, category, data)).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Makes a new service.
pub(super) async fn post_new(context: Context) -> Result<Reply> {
    let written = Written::sent(&context.form());
    match begin(&context, &written).await {
        Ok(id) => Ok(Reply::see_other(&format!("{HERE}/{id}?done=service-saved"))),
        Err(Problem::Invalid(errors)) => {
            let owners = own_organisations(&context).await?;
            let view = view(&context, None, &owners, &written, in_form(errors))?;
            Ok(Reply::new(422, "text/html; charset=utf-8", view.render()?))
        }
        Err(other) => Err(other),
    }
}

async fn begin(context: &Context, written: &Written) -> Result<ServiceId> {
    let form = context.form();
    let request = form.request_id()?;
    let (category, data) = written
        .apply(&ServiceData::default())
        .map_err(Problem::Invalid)?;
    let data = tidy(data);
    let mut errors = check(&data);
    let owner: Option<OrganisationId> = written.get("organisation").parse().ok();
    let actor = owner.and_then(|owner| context.acting(Permission::UnitEdit, owner).ok());
    let key = match written.get("key") {
        "" => slugify(data.name.get(Locale::SV)),
        key => key.to_owned(),
    };
    let mut wrong = |field: &str, key| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    if !is_key(&key) {
        wrong("key", "csv-error-key");
    }
    if actor.is_none() {
        wrong("organisation", "error-required");
    }
    let (Some(actor), Some(owner), true) = (actor, owner, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let taken = services::list(&*snapshot).await?;
    snapshot.end().await?;
    if taken.iter().any(|own| own.key == key || own.slug == key) {
        return Err(Problem::field("key", Message::new("unit-error-key-taken")));
    }
    let service = Service {
        id: ServiceId::new(&*context.app.ids, context.now),
        slug: key.clone(),
        key,
        category,
        organisation: owner,
        authority: organisations.find(owner).and_then(|own| own.authority),
        data,
        version: 1,
        updated_at: context.now,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("service.create {}", form.digest());
    let once = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        create(write, author, &service, &|_| false).await?;
                        Ok(service.id)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}
