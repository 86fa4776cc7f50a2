//! The tree of pages: the order of those below one, and how one stands in menus.

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    ContentId, FieldError, Locale, OrganisationId, PageId, Permission, Problem, Result,
};
use torg_ui::{DeskSection, ErrorSummary, T};
use torg_web::{Caller, Context, Form, OrganisationList, Reply, StatusCode, desk};

use super::{TREE, layout_href, may_menus, order_href, tabs};
use crate::history::once;
use crate::model::PageKind;
use crate::navigation::layout::Layout;
use crate::navigation::service::{self, InMenus, Siblings, menus_version, owner_below};
use crate::navigation::store::{self, Branch, Names, PageName};
use crate::navigation::views::{About, MenuTitle, Node, Row, Rows, TreePage};

/// What was written in a form that could not be saved, and why.
#[derive(Default)]
struct Again {
    form: Form,
    errors: Vec<FieldError>,
}

pub(super) async fn get(context: Context) -> Result<Reply> {
    let at = match context.query("at") {
        Some(at) => Some(at.parse().map_err(|_| Problem::NotFound)?),
        None => only_at_top(&context).await?,
    };
    Ok(Reply::html(draw(&context, at, &Again::default()).await?))
}

/// The page at the top where there is but one, as in most cities: what lies below it is what somebody
/// comes for.
async fn only_at_top(context: &Context) -> Result<Option<PageId>> {
    let snapshot = context.app.database.snapshot().await?;
    let top = Siblings::below(&*snapshot, None).await?;
    snapshot.end().await?;
    Ok(match top.list.as_slice() {
        [only] => Some(PageId(only.id)),
        _ => None,
    })
}

/// What is read of the tree for one page of it.
struct Standing {
    /// The opened pages from the top, each with those below it; the first are those at the top.
    levels: Vec<(Option<PageId>, Siblings)>,
    organisations: std::sync::Arc<OrganisationList>,
}

impl Standing {
    async fn read(context: &Context, on: &Snapshot, at: Option<PageId>) -> Result<Self> {
        let (organisations, _) = context.app.organisations(on).await?;
        let mut levels = vec![(None, Siblings::below(&**on, None).await?)];
        if let Some(at) = at {
            let path = store::list_path(&**on, at).await?;
            if path.last() != Some(&at) {
                return Err(Problem::NotFound);
            }
            for page in path {
                levels.push((Some(page), Siblings::below(&**on, Some(page)).await?));
            }
        }
        Ok(Self {
            levels,
            organisations,
        })
    }

    fn open(&self) -> impl Iterator<Item = PageId> + '_ {
        self.levels.iter().filter_map(|(page, _)| *page)
    }

    /// The nodes of a level with those below them that are open.
    fn nodes(&self, t: T, caller: &Caller, level: usize, at: Option<PageId>) -> Vec<Node> {
        let Some((_, siblings)) = self.levels.get(level) else {
            return Vec::new();
        };
        let seen = siblings
            .list
            .iter()
            .filter(|branch| siblings.is_seen(branch, caller));
        seen.map(|branch| {
            let page = PageId(branch.id);
            let name = siblings.names.best(page, t.locale());
            let open = self.open().any(|open| open == page);
            Node {
                title: title(t, name),
                lang: language(name),
                href: order_href(page),
                current: at == Some(page),
                has_below: branch.below != 0,
                open,
                notes: notes(t, branch, &siblings.names),
                below: match open {
                    true => self.nodes(t, caller, level + 1, at),
                    false => Vec::new(),
                },
            }
        })
        .collect()
    }

    /// How the chosen page stands among those beside it.
    fn chosen(&self, at: PageId) -> Option<(&Branch, &Names)> {
        let (_, siblings) = self.levels.iter().rev().nth(1)?;
        let branch = siblings.list.iter().find(|branch| branch.id == at.0)?;
        Some((branch, &siblings.names))
    }
}

fn title(t: T, name: Option<&PageName>) -> String {
    name.map_or_else(
        || t.get("navigation-nameless").into_owned(),
        |name| name.title.clone(),
    )
}

fn language(name: Option<&PageName>) -> Locale {
    let locale = name.and_then(|name| name.locale.parse().ok());
    locale.unwrap_or(Locale::SV)
}

/// What is special about a page, in words.
fn notes(t: T, branch: &Branch, names: &Names) -> Vec<String> {
    let mut notes = Vec::new();
    if branch.hidden != 0 {
        notes.push(t.get("navigation-note-hidden").into_owned());
    }
    let mut texts = names.all(PageId(branch.id));
    if !texts.any(|name| name.state == "published") {
        notes.push(t.get("navigation-note-unpublished").into_owned());
    }
    notes
}

async fn draw(context: &Context, at: Option<PageId>, again: &Again) -> Result<String> {
    let t = context.t();
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let standing = Standing::read(context, &snapshot, at).await?;
    let organisations = &standing.organisations;
    let owner = owner_below(&*snapshot, organisations, at).await?;
    let about = match at {
        Some(at) => Some(about(context, &snapshot, &standing, at, again).await?),
        None => None,
    };
    snapshot.end().await?;
    let rows = rows(t, caller, &standing, at, owner, again);
    let errors = again.errors.iter().map(|error| {
        let id = match error.field.is_empty() {
            true => String::new(),
            false => format!("field_{}", error.field),
        };
        (id, t.message(&error.message))
    });
    let page = TreePage {
        desk: desk(context, DeskSection::Navigation, &t.get("desk-navigation"))?,
        tabs: tabs(t, TREE, may_menus(caller, organisations)),
        tree: standing.nodes(t, caller, 0, at),
        about,
        rows,
        request_id: context.new_request_id(),
        summary: ErrorSummary {
            errors: errors.collect(),
        },
    };
    Ok(page.render()?)
}

fn rows(
    t: T,
    caller: &Caller,
    standing: &Standing,
    at: Option<PageId>,
    owner: OrganisationId,
    again: &Again,
) -> Rows {
    let (_, siblings) = &standing.levels[standing.levels.len() - 1];
    let seen: Vec<&Branch> = siblings
        .list
        .iter()
        .filter(|branch| siblings.is_seen(branch, caller))
        .collect();
    let count = seen.len();
    let may = caller.may(Permission::NavigationEdit, owner) && !siblings.cut;
    let row = |(at, branch): (usize, &&Branch)| {
        let page = PageId(branch.id);
        let name = siblings.names.best(page, t.locale());
        let field = format!("place_{page}");
        Row {
            id: page.to_string(),
            title: title(t, name),
            lang: language(name),
            href: order_href(page),
            address: name.map(|name| name.address.clone()).unwrap_or_default(),
            place: match again.form.has(&field) {
                true => again.form.text(&field),
                false => (at + 1).to_string(),
            },
            notes: notes(t, branch, &siblings.names),
            first: at == 0,
            last: at + 1 == count,
        }
    };
    let above = at.and_then(|at| standing.chosen(at));
    let heading = match above {
        Some((branch, names)) => {
            let name = title(t, names.best(PageId(branch.id), t.locale()));
            t.one("navigation-below", "title", &*name)
        }
        None => t.get("navigation-top").into_owned(),
    };
    Rows {
        heading,
        parent: at.map(|at| at.to_string()).unwrap_or_default(),
        list: seen.iter().enumerate().map(row).collect(),
        version: siblings.version(),
        may,
        owner: standing
            .organisations
            .find(owner)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        cut: siblings
            .cut
            .then(|| t.one("navigation-cut", "most", store::MOST_SIBLINGS)),
    }
}

async fn about(
    context: &Context,
    on: &Snapshot,
    standing: &Standing,
    at: PageId,
    again: &Again,
) -> Result<About> {
    let t = context.t();
    let caller = context.caller()?;
    let (branch, names) = match standing.chosen(at) {
        Some((branch, names)) => (branch.clone(), names),
        None => return Err(Problem::NotFound),
    };
    let own = OrganisationId(branch.organisation_id);
    let mut seen = names.all(at).filter(|name| name.state == "published");
    if seen.next().is_none() && !caller.may(Permission::PageRead, own) {
        return Err(Problem::NotFound);
    }
    let parent = branch.parent_id.map(PageId);
    let owner = owner_below(&**on, &standing.organisations, parent).await?;
    let kind = PageKind::parse(&branch.page_type);
    let arranged = kind.is_some_and(|kind| Layout::usual(kind).is_some())
        && caller.may(Permission::NavigationEdit, own);
    let error = |field: &str| {
        let found = again.errors.iter().find(|error| error.field == field);
        found.map(|error| t.message(&error.message))
    };
    let title_of = |name: &PageName| {
        let content = ContentId(name.content_id);
        let field = format!("menu_title_{content}");
        MenuTitle {
            content: content.to_string(),
            locale: name.locale.parse().unwrap_or(Locale::SV),
            title: name.title.clone(),
            value: match again.form.has(&field) {
                true => again.form.text(&field),
                false => name.menu_title.clone(),
            },
            error: error(&field),
            layout_href: arranged.then(|| layout_href(content)),
            edit_href: caller
                .may(Permission::PageEdit, own)
                .then(|| format!("/admin/pages/{content}")),
        }
    };
    let mut titles: Vec<MenuTitle> = names.all(at).map(title_of).collect();
    titles.sort_by_key(|text| (text.locale != Locale::SV, text.locale != Locale::EN));
    let name = names.best(at, t.locale());
    Ok(About {
        id: at.to_string(),
        heading: title(t, name),
        lang: language(name),
        titles,
        hidden: match again.form.has("titles") {
            true => again.form.has("hidden"),
            false => branch.hidden != 0,
        },
        version: menus_version(&branch, names),
        may: caller.may(Permission::NavigationEdit, owner),
        in_menus: kind != Some(PageKind::Start),
    })
}

/// The form once more, with what was written; the version is the one that stands now, so that whoever
/// saves once more has seen that somebody else saved.
async fn again(
    context: &Context,
    at: Option<PageId>,
    form: Form,
    problem: Problem,
) -> Result<Reply> {
    let (errors, status) = match problem {
        Problem::Invalid(errors) => (errors, StatusCode::UNPROCESSABLE_ENTITY),
        Problem::Conflict(message) => {
            let field = String::new();
            (vec![FieldError { field, message }], StatusCode::CONFLICT)
        }
        problem => return Err(problem),
    };
    let html = draw(context, at, &Again { form, errors }).await?;
    let mut reply = Reply::form_again(html);
    reply.status = status;
    Ok(reply)
}

fn place_of(form: &Form, name: &str) -> Result<Option<PageId>> {
    match form.text(name).as_str() {
        "" => Ok(None),
        page => Ok(Some(page.parse().map_err(|_| Problem::NotFound)?)),
    }
}

/// The pages of the form in the order that it asks for: by the numbers, where a page that was given
/// a number of another goes before it; then one step for a button.
fn wanted(form: &Form) -> Result<Vec<PageId>> {
    let mut places: Vec<(i64, bool, usize, PageId)> = Vec::new();
    for (at, (name, value)) in form
        .0
        .iter()
        .filter(|(name, _)| name.starts_with("place_"))
        .enumerate()
    {
        let page = name.trim_start_matches("place_").parse();
        let page: PageId = page.map_err(|_| Problem::NotFound)?;
        let stood = i64::try_from(at + 1)?;
        let number = value.trim().parse::<i64>().map_err(|_| {
            let message = torg_kernel::Message::new("navigation-place-wrong");
            Problem::field(name, message)
        })?;
        // Whoever moves down from 2 to 5 means behind the fifth, up from 5 to 2 before the second.
        let number = number.clamp(-1_000_000, 1_000_000) * 2 + i64::from(number > stood);
        places.push((number, number / 2 == stood, at, page));
    }
    places.sort_by_key(|(number, stays, at, _)| (*number, *stays, *at));
    let mut order: Vec<PageId> = places.into_iter().map(|(.., page)| page).collect();
    let asked = form.text("do");
    if let Some((way, page)) = asked.split_once(':') {
        let page: PageId = page.parse().map_err(|_| Problem::NotFound)?;
        let at = order.iter().position(|own| *own == page);
        let at = at.ok_or(Problem::NotFound)?;
        match way {
            "up" if at > 0 => order.swap(at, at - 1),
            "down" if at + 1 < order.len() => order.swap(at, at + 1),
            _ => {}
        }
    }
    Ok(order)
}

pub(super) async fn order(context: Context) -> Result<Reply> {
    let form = context.form();
    let parent = place_of(&form, "parent")?;
    match set_order(&context, &form, parent).await {
        Ok(()) => {
            let at = parent.map(|parent| format!("at={parent}&"));
            let moved = form.text("do");
            let to = match moved.split_once(':') {
                Some((_, page)) => format!("#row_{page}"),
                None => String::new(),
            };
            let at = at.unwrap_or_default();
            Ok(Reply::see_other(&format!(
                "{TREE}?{at}done=navigation-ordered{to}"
            )))
        }
        Err(problem) => again(&context, parent, form, problem).await,
    }
}

async fn set_order(context: &Context, form: &Form, parent: Option<PageId>) -> Result<()> {
    let request = form.request_id()?;
    let wanted = wanted(form)?;
    let version = form.text("version");
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let owner = owner_below(&*snapshot, &organisations, parent).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::NavigationEdit, owner)?;
    let caller = context.caller()?.clone();
    let operation = format!("navigation.order {}", form.digest());
    once(context, actor, operation, request, move |write, acting| {
        Box::pin(async move {
            service::reorder(write, acting, &caller, parent, &wanted, &version).await
        })
    })
    .await?;
    Ok(())
}

pub(super) async fn page(context: Context) -> Result<Reply> {
    let form = context.form();
    let page = place_of(&form, "page")?.ok_or(Problem::NotFound)?;
    match set_page(&context, &form, page).await {
        Ok(()) => Ok(Reply::see_other(&format!(
            "{TREE}?at={page}&done=navigation-saved"
        ))),
        Err(problem) => again(&context, Some(page), form, problem).await,
    }
}

async fn set_page(context: &Context, form: &Form, page: PageId) -> Result<()> {
    let request = form.request_id()?;
    let mut titles = Vec::new();
    for (name, value) in &form.0 {
        if let Some(content) = name.strip_prefix("menu_title_") {
            let content: ContentId = content.parse().map_err(|_| Problem::NotFound)?;
            titles.push((content, value.clone()));
        }
    }
    let wanted = InMenus {
        page,
        hidden: form.has("hidden"),
        titles,
        version: form.text("version"),
    };
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let branch = store::find_branch(&*snapshot, page).await?;
    let branch = branch.ok_or(Problem::NotFound)?;
    let parent = branch.parent_id.map(PageId);
    let owner = owner_below(&*snapshot, &organisations, parent).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::NavigationEdit, owner)?;
    let caller = context.caller()?.clone();
    let operation = format!("navigation.page {}", form.digest());
    once(context, actor, operation, request, move |write, acting| {
        Box::pin(async move { service::set_in_menus(write, acting, &caller, wanted).await })
    })
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(places: &[&str], asked: &str) -> Form {
        let mut pairs: Vec<(String, String)> = places
            .iter()
            .enumerate()
            .map(|(at, place)| {
                let page = PageId(Uuid::from_u128(at as u128 + 1));
                (format!("place_{page}"), (*place).to_owned())
            })
            .collect();
        pairs.push(("do".to_owned(), asked.to_owned()));
        Form(pairs)
    }

    fn order(places: &[&str], asked: &str) -> Vec<u128> {
        let wanted = wanted(&form(places, asked)).expect("numbers");
        wanted.into_iter().map(|page| page.0.as_u128()).collect()
    }

    #[test]
    fn numbers_and_buttons_give_an_order() {
        assert_eq!(order(&["1", "2", "3"], ""), [1, 2, 3]);
        assert_eq!(order(&["1", "2", "1"], ""), [3, 1, 2]);
        assert_eq!(order(&["3", "2", "3"], ""), [2, 3, 1]);
        assert_eq!(order(&["1", "9", "3"], ""), [1, 3, 2]);
        assert_eq!(order(&["1", "2", "-5"], ""), [3, 1, 2]);
        let last = PageId(Uuid::from_u128(3));
        assert_eq!(order(&["1", "2", "3"], &format!("up:{last}")), [1, 3, 2]);
        assert_eq!(order(&["1", "2", "3"], &format!("down:{last}")), [1, 2, 3]);
        let wrong = wanted(&form(&["1", "två"], ""));
        assert!(matches!(wrong, Err(Problem::Invalid(_))), "{wrong:?}");
    }
}
