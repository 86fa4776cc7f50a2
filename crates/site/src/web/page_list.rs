//! The staff's list of pages.

use askama::Template;
use torg_kernel::{Locale, OrganisationId, Permission, Result, Timestamp};
use torg_ui::{DeskSection, Field, FieldKind, T, date};
use torg_web::{Context, OrganisationList, Reply, desk};

use super::page_number;
use super::page_view::choices;
use crate::desk::model::DeskState;
use crate::desk::store::{Listed, Wanted, list_pages};
use crate::model::PageKind;
use crate::views::{FilterChip, PageRow, PagesListPage};

/// Rows on a page.
const ROWS: usize = 50;
const LIST: &str = "/admin/pages";

/// What the address asks for.
struct Asked {
    query: String,
    state: Option<DeskState>,
    kind: Option<PageKind>,
    locale: Option<Locale>,
    organisation: Option<OrganisationId>,
}

impl Asked {
    fn of(context: &Context) -> Self {
        let given = |name| context.query(name).filter(|value| !value.is_empty());
        let query: String = given("q").unwrap_or_default().chars().take(200).collect();
        Self {
            query: torg_kernel::squeeze(&query),
            state: given("state").and_then(DeskState::parse),
            kind: given("kind").and_then(PageKind::parse),
            locale: given("locale").and_then(|locale| locale.parse().ok()),
            organisation: given("organisation").and_then(|id| id.parse().ok()),
        }
    }

    fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.query.is_empty() {
            pairs.push(("q", self.query.clone()));
        }
        pairs.extend(self.state.map(|state| ("state", state.as_str().to_owned())));
        pairs.extend(self.kind.map(|kind| ("kind", kind.as_str().to_owned())));
        pairs.extend(self.locale.map(|locale| ("locale", locale.to_string())));
        pairs.extend(self.organisation.map(|id| ("organisation", id.to_string())));
        pairs
    }

    /// The address of the list with one parameter set otherwise, or left out.
    fn href(&self, name: &str, value: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (own, kept) in self.pairs().iter().filter(|(own, _)| *own != name) {
            query.append_pair(own, kept);
        }
        if let Some(value) = value {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() {
            LIST.to_owned()
        } else {
            format!("{LIST}?{query}")
        }
    }
}

/// Whose texts the caller may see before they are public; none for everybody's.
pub(super) fn own(
    context: &Context,
    organisations: &OrganisationList,
) -> Result<Option<Vec<OrganisationId>>> {
    let scope = context.caller()?.scopes.get(&Permission::PageRead);
    let root = organisations.root();
    if root
        .is_some_and(|root| scope.is_some_and(|scope| scope.organisations.contains_key(&root.id)))
    {
        return Ok(None);
    }
    Ok(Some(
        scope
            .map(|scope| scope.organisations.keys().copied().collect())
            .unwrap_or_default(),
    ))
}

pub(super) async fn get(context: Context) -> Result<Reply> {
    let t = context.t();
    let asked = Asked::of(&context);
    let number = page_number(context.query("page"));
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let own = own(&context, &organisations)?;
    let wanted = Wanted {
        query: &asked.query,
        state: asked.state,
        kind: asked.kind.map(PageKind::as_str),
        locale: asked.locale.as_ref().map(Locale::as_str),
        organisation: asked.organisation,
        own: own.as_deref(),
    };
    let offset = i64::try_from((number - 1) * ROWS)?;
    let (rows, total) = list_pages(&*snapshot, &wanted, i64::try_from(ROWS)?, offset).await?;
    snapshot.end().await?;
    let total = usize::try_from(total)?;
    let pages = total.div_ceil(ROWS);
    let page_href = |page: usize| match page {
        1 => asked.href("page", None),
        page => asked.href("page", Some(&page.to_string())),
    };
    let caller = context.caller()?;
    let page = PagesListPage {
        request_id: context.new_request_id(),
        desk: desk(&context, DeskSection::Pages, &t.get("desk-pages"))?,
        filters: filters(&context, &asked, &organisations)?,
        hidden: asked
            .state
            .map(|state| ("state", state.as_str().to_owned()))
            .into_iter()
            .collect(),
        clear_href: (!asked.is_empty()).then(|| LIST.to_owned()),
        chips: chips(t, &asked),
        paging: torg_ui::Paging {
            page: number,
            pages,
            previous_href: (number > 1).then(|| page_href(number - 1)),
            next_href: (number < pages).then(|| page_href(number + 1)),
        },
        total,
        rows: rows
            .into_iter()
            .map(|listed| row(t, listed, &organisations, caller))
            .collect(),
        can_make: caller.has(Permission::PageEdit),
    };
    Ok(Reply::html(page.render()?))
}

fn chips(t: T, asked: &Asked) -> Vec<FilterChip> {
    let all = FilterChip {
        label: t.get("pages-all").into_owned(),
        href: asked.href("state", None),
        current: asked.state.is_none(),
    };
    let states = DeskState::ALL.into_iter().map(|state| FilterChip {
        label: t
            .get(&format!("desk-state-{}", state.as_str()))
            .into_owned(),
        href: asked.href("state", Some(state.as_str())),
        current: asked.state == Some(state),
    });
    std::iter::once(all).chain(states).collect()
}

fn filters(
    context: &Context,
    asked: &Asked,
    organisations: &OrganisationList,
) -> Result<Vec<Field>> {
    let t = context.t();
    let any = || (String::new(), t.get("pages-any").into_owned());
    let kinds = PageKind::ALL.into_iter().map(|kind| {
        let words = t.get(&format!("desk-kind-{}", kind.as_str()));
        (kind.as_str().to_owned(), words.into_owned())
    });
    let scope = context.caller()?.scopes.get(&Permission::PageRead);
    let own = scope.map(|scope| scope.organisations.keys().copied().collect());
    let owners = choices(t, organisations, own.unwrap_or_default());
    let text = |value: Option<String>| value.unwrap_or_default();
    let locales = super::page_new::languages();
    Ok(vec![
        Field::new(
            "q",
            FieldKind::Text,
            t.get("pages-filter"),
            asked.query.clone(),
        ),
        Field::new(
            "kind",
            FieldKind::Choice(std::iter::once(any()).chain(kinds).collect()),
            t.get("desk-field-kind"),
            text(asked.kind.map(|kind| kind.as_str().to_owned())),
        ),
        Field::new(
            "locale",
            FieldKind::Choice(std::iter::once(any()).chain(locales).collect()),
            t.get("pages-language"),
            text(asked.locale.map(|locale| locale.to_string())),
        ),
        Field::new(
            "organisation",
            FieldKind::Choice(std::iter::once(any()).chain(owners).collect()),
            t.get("pages-owner"),
            text(asked.organisation.map(|id| id.to_string())),
        ),
    ])
}

fn row(
    t: T,
    listed: Listed,
    organisations: &OrganisationList,
    caller: &torg_web::Caller,
) -> PageRow {
    let owner = OrganisationId(listed.organisation_id);
    let state = DeskState::parse(&listed.desk_state).unwrap_or(DeskState::Draft);
    let entry = organisations.find(owner);
    let changed = Timestamp::from_micros(listed.updated_at);
    PageRow {
        id: listed.id.to_string(),
        title: listed.title,
        edit_href: caller
            .may(Permission::PageEdit, owner)
            .then(|| format!("{LIST}/{}", listed.id)),
        address: listed.address,
        locale: listed.locale.parse().unwrap_or(Locale::SV),
        state: state.as_str(),
        state_words: t
            .get(&format!("desk-state-{}", state.as_str()))
            .into_owned(),
        kind: t
            .get(&format!("desk-kind-{}", listed.page_type))
            .into_owned(),
        owner: entry
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        changed: date(t, changed.zoned().date()),
        reviewed: listed
            .reviewed_on
            .and_then(|day| day.parse().ok())
            .map(|day: jiff::civil::Date| date(t, day)),
    }
}
