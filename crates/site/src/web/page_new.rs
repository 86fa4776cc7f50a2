//! A new page, and a text of a page in another language or variant.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_db::{Snapshot, WriteContext};
use torg_kernel::{
    Address, ContentId, FieldError, Locale, Message, OrganisationId, PageId, Permission, Problem,
    Result, Variant, slugify, squeeze,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind};
use torg_web::{Context, Form, OrganisationList, Reply, desk};

use super::crumb;
use super::page_view::choices;
use crate::desk::model::Reason;
use crate::desk::publish::Acting;
use crate::model::{Away, Content, PageKind};
use crate::store;
use crate::views::PageNewPage;

/// What a form is about before anything is written in it.
struct Ground {
    /// The text that is to be translated.
    source: Option<Content>,
    /// The page that it is to lie below.
    above: Option<Content>,
    organisations: Arc<OrganisationList>,
}

pub(super) async fn get(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let ground = ground(
        &context,
        &snapshot,
        context.query("of"),
        context.query("below"),
    )
    .await?;
    snapshot.end().await?;
    let form = Form::default();
    let page = view(&context, &ground, &form, Vec::new())?;
    Ok(Reply::html(page.render()?))
}

async fn ground(
    context: &Context,
    on: &Snapshot,
    of: Option<&str>,
    below: Option<&str>,
) -> Result<Ground> {
    let caller = context.caller()?;
    let find = async |id: Option<&str>| -> Result<Option<Content>> {
        match id.filter(|id| !id.is_empty()) {
            None => Ok(None),
            Some(id) => {
                let id: ContentId = id.parse().map_err(|_| Problem::NotFound)?;
                let found = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
                Ok(Some(found))
            }
        }
    };
    let source = find(of).await?;
    if let Some(source) = &source {
        caller.acting(Permission::PageEdit, source.organisation)?;
    }
    let above = find(below).await?;
    // A page that the public does not see is nobody else's business.
    if let Some(above) = above.as_ref().filter(|above| !above.published) {
        caller.acting(Permission::PageEdit, above.organisation)?;
    }
    let (organisations, _) = context.app.organisations(on).await?;
    Ok(Ground {
        source,
        above,
        organisations,
    })
}

/// The languages that a Swedish city commonly writes in, by code.
const LANGUAGES: [&str; 11] = [
    "sv", "en", "fi", "ar", "so", "fa", "uk", "pl", "es", "de", "fr",
];

const VARIANTS: [Variant; 3] = [
    Variant::Standard,
    Variant::EasyToRead,
    Variant::SignLanguage,
];

/// The languages to choose from, each by its own name.
pub(super) fn languages() -> Vec<(String, String)> {
    let known = LANGUAGES.iter().filter_map(|code| code.parse().ok());
    known
        .map(|locale: Locale| (locale.to_string(), locale.endonym().to_owned()))
        .collect()
}

fn view(
    context: &Context,
    ground: &Ground,
    form: &Form,
    errors: Vec<FieldError>,
) -> Result<PageNewPage> {
    let t = context.t();
    let title = match &ground.source {
        Some(_) => t.get("desk-new-translation"),
        None => t.get("desk-new-page"),
    };
    let mut frame = desk(context, DeskSection::Pages, &title)?;
    frame.crumbs = vec![crumb(t, "desk-pages", DeskSection::Pages.href())];
    let value = |name: &str, first: String| match form.has(name) {
        true => form.text(name),
        false => first,
    };
    let field = |name: &'static str, kind, first: String| {
        let label = t.get(&format!("desk-field-{name}")).into_owned();
        Field::new(name, kind, label, value(name, first)).errors(t, &errors)
    };
    let mut fields = vec![field("title", FieldKind::Text, String::new())];
    if ground.source.is_none() {
        let kinds = PageKind::ALL
            .into_iter()
            .filter(|kind| *kind != PageKind::Start);
        let kinds = kinds
            .map(|kind| {
                let words = t.get(&format!("desk-kind-{}", kind.as_str()));
                (kind.as_str().to_owned(), words.into_owned())
            })
            .collect();
        let first = PageKind::Article.as_str().to_owned();
        fields.push(field("kind", FieldKind::Choice(kinds), first));
        let above = ground.above.as_ref();
        let above = above.map(|above| above.address.to_string());
        let hint = t.get("desk-hint-parent").into_owned();
        fields.push(field("parent", FieldKind::Text, above.unwrap_or_default()).hint(hint));
        let mut own = own_organisations(context)?;
        own.retain(|id| !ground.organisations.has_ended(*id));
        let first = ground.above.as_ref().map(|above| above.organisation);
        let first = first.filter(|above| own.contains(above));
        let owners = choices(t, &ground.organisations, own);
        let first = first.map(|id| id.to_string()).unwrap_or_default();
        fields.push(field("organisation", FieldKind::Choice(owners), first));
    }
    let locale = match (&ground.source, &ground.above) {
        (Some(_), _) => Locale::EN,
        (None, Some(above)) => above.locale,
        (None, None) => Locale::SV,
    };
    let choice = FieldKind::Choice(languages());
    fields.push(field("locale", choice, locale.as_str().to_owned()));
    let variants = VARIANTS.into_iter().map(|variant| {
        let words = t.get(&format!("desk-variant-{}", variant.as_str()));
        (variant.as_str().to_owned(), words.into_owned())
    });
    let choice = FieldKind::Choice(variants.collect());
    fields.push(field(
        "variant",
        choice,
        Variant::Standard.as_str().to_owned(),
    ));
    let hint = t.get("desk-hint-new-address").into_owned();
    let address = field("address", FieldKind::Text, String::new());
    fields.push(address.hint(hint).optional());
    let source = ground.source.as_ref();
    Ok(PageNewPage {
        desk: frame,
        fields,
        hidden: vec![(
            "of".to_owned(),
            source
                .map(|source| source.id.to_string())
                .unwrap_or_default(),
        )],
        source: source.map(|source| source.title.clone()),
        request_id: context.new_request_id(),
        errors,
    })
}

fn own_organisations(context: &Context) -> Result<Vec<OrganisationId>> {
    let scope = context.caller()?.scopes.get(&Permission::PageEdit);
    Ok(scope
        .map(|scope| scope.organisations.keys().copied().collect())
        .unwrap_or_default())
}

pub(super) async fn post(context: Context) -> Result<Reply> {
    let form = context.form();
    let snapshot = context.app.database.snapshot().await?;
    let of = form.text("of");
    let ground = ground(&context, &snapshot, Some(&of), None).await?;
    snapshot.end().await?;
    match make(&context, &ground, &form).await {
        Ok(id) => Ok(Reply::see_other(&format!(
            "/admin/pages/{id}?done=page-made"
        ))),
        Err(Problem::Invalid(errors)) => {
            let page = view(&context, &ground, &form, errors)?;
            Ok(Reply::form_again(page.render()?))
        }
        Err(problem) => Err(problem),
    }
}

async fn make(context: &Context, ground: &Ground, form: &Form) -> Result<ContentId> {
    let request = form.request_id()?;
    let caller = context.caller()?.clone();
    let wanted = wanted(context, ground, form)?;
    let actor = caller.acting(Permission::PageEdit, wanted.organisation)?;
    let (app, now) = (context.app.clone(), context.now);
    let organisations = ground.organisations.clone();
    let operation = format!("page.new {}", form.digest());
    let parent = form.text("parent").trim().to_owned();
    let database = app.database.clone();
    let once = database
        .write(move |write| {
            Box::pin(async move {
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now,
                        ids: &*app.ids,
                    },
                    organisations: &organisations,
                };
                let work = || -> BoxFuture<'_, Result<ContentId>> {
                    Box::pin(insert(write, acting, wanted, &parent))
                };
                write_once(write, request, &operation, &actor, now, work).await
            })
        })
        .await?;
    Ok(once.answer)
}

/// The new text as its form says it; what only the database knows is filled in afterwards.
fn wanted(context: &Context, ground: &Ground, form: &Form) -> Result<Content> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    let title = squeeze(&form.text("title"));
    if title.is_empty() || title.chars().count() > 200 {
        wrong("title", "edit-title-missing");
    }
    let locale = form.text("locale").parse().ok();
    if locale.is_none() {
        wrong("locale", "desk-language-wrong");
    }
    let variant = Variant::parse(&form.text("variant")).unwrap_or(Variant::Standard);
    let source = ground.source.as_ref();
    let kind = match source {
        Some(source) => Some(source.kind),
        None => PageKind::parse(&form.text("kind")).filter(|kind| *kind != PageKind::Start),
    };
    if kind.is_none() {
        wrong("kind", "desk-kind-wrong");
    }
    let organisation = match source {
        Some(source) => Some(source.organisation),
        None => form.text("organisation").parse().ok(),
    };
    if organisation.is_none() {
        wrong("organisation", "edit-organisation-wrong");
    }
    let address = form.text("address").trim().to_owned();
    // The address is made from the title when it is left empty: see `insert`.
    let address = match address.is_empty() {
        true => Address::parse("/").ok(),
        false => Address::parse(&address).ok(),
    };
    if address.is_none() {
        wrong("address", "edit-address-wrong");
    }
    let (Some(locale), Some(kind), Some(organisation), Some(address)) =
        (locale, kind, organisation, address)
    else {
        return Err(Problem::Invalid(errors));
    };
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let (ids, now) = (&*context.app.ids, context.now);
    Ok(Content {
        id: ContentId::new(ids, now),
        page: source.map_or_else(|| PageId::new(ids, now), |source| source.page),
        parent: source.and_then(|source| source.parent),
        organisation,
        kind,
        icon: source.map(|source| source.icon.clone()).unwrap_or_default(),
        order: source.map_or(0, |source| source.order),
        hidden: source.is_some_and(|source| source.hidden),
        locale,
        variant,
        address,
        published: false,
        away: Some(Away::New),
        title,
        description: source
            .map(|source| source.description.clone())
            .unwrap_or_default(),
        keywords: Vec::new(),
        reviewed: None,
        version: 1,
        text_version: None,
        source_version: None,
        updated_at: now,
        details: source
            .map(|source| source.details.clone())
            .unwrap_or_default(),
        document: source
            .map(|source| source.document.clone())
            .unwrap_or_default(),
    })
}

/// Puts a new text where it belongs, unseen by the public.
async fn insert(
    write: &WriteContext,
    acting: Acting<'_>,
    mut new: Content,
    parent: &str,
) -> Result<ContentId> {
    let siblings = store::list_of_pages(&**write, &[new.page]).await?;
    let translation = !siblings.is_empty();
    if siblings
        .iter()
        .any(|other| other.locale == new.locale && other.variant == new.variant)
    {
        return Err(Problem::field(
            "locale",
            Message::new("desk-language-taken"),
        ));
    }
    if translation {
        new.source_version = store::source_version(&**write, new.page).await?;
    } else if parent.is_empty() {
        let top = matches!(new.kind, PageKind::Theme | PageKind::Info);
        if !top {
            return Err(Problem::field(
                "parent",
                Message::new("edit-parent-missing"),
            ));
        }
    } else {
        let above = store::find_by_address(&**write, parent).await?;
        let above =
            above.ok_or_else(|| Problem::field("parent", Message::new("edit-parent-wrong")))?;
        new.parent = Some(above.page);
    }
    if new.address.as_str() == "/" {
        new.address = free_address(write, &new).await?;
    } else if store::find_by_address(&**write, new.address.as_str())
        .await?
        .is_some()
    {
        let taken = Message::new("edit-address-taken").with("address", &new.address);
        return Err(Problem::field("address", taken));
    }
    crate::service::put(
        write,
        acting.author,
        acting.organisations,
        "page.created",
        None,
        &new,
    )
    .await?;
    acting.keep(write, Reason::Named, "", &new).await?;
    Ok(new.id)
}

/// An address below the page above, made of the title; with a number if that is taken.
async fn free_address(write: &WriteContext, new: &Content) -> Result<Address> {
    let above = match new.parent {
        Some(parent) => store::find_place(&**write, parent, new.locale).await?,
        None => None,
    };
    let above = above.unwrap_or_else(|| Address::start(new.locale).to_string());
    let above = above.trim_end_matches('/');
    let slug = slugify(&new.title);
    let wrong = || Problem::field("address", Message::new("edit-address-wrong"));
    for number in 1..100 {
        let end = match number {
            1 => String::new(),
            number => format!("-{number}"),
        };
        let address = Address::parse(&format!("{above}/{slug}{end}")).map_err(|_| wrong())?;
        let taken = store::find_by_address(&**write, address.as_str()).await?;
        if taken.is_none() {
            return Ok(address);
        }
    }
    Err(wrong())
}
