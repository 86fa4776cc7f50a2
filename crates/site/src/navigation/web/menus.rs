//! The menus of a language: the top, what stands beside it, and the foot.

use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{Address, FieldError, Locale, Message, PageId, Permission, Problem, Result};
use torg_ui::{Chrome, DeskSection, ErrorSummary, T, date_time};
use torg_web::{Context, Form, Reading, Reply, StatusCode, desk};

use super::form::{self, Drawing, Places, Step, Written};
use super::{MENUS_PAGE, MENUS_PREVIEW, tabs, version_rows};
use crate::history::once;
use crate::navigation::menu::{MENUS, MOST_FOOT, MOST_QUICK, MOST_TOP, Menu, Menus};
use crate::navigation::resolve::{For, Why};
use crate::navigation::service::{self, MENUS_CHANGED, owner_below};
use crate::navigation::store::{self, Names, PageName};
use crate::navigation::views::{MenusPage, Tab, ThemeRow};
use crate::store::find_setting;
use crate::web::Site;

/// What stands in the form.
struct Filled {
    locale: Locale,
    /// Whether the language follows the Swedish menus.
    follows: bool,
    /// Whether all themes stand in the top.
    top_all: bool,
    /// The themes in the order of the form, with those that are chosen.
    themes: Vec<(PageId, bool)>,
    quick: Vec<Written>,
    foot: Vec<Written>,
    version: String,
    warnings: Vec<String>,
    earlier: Option<String>,
    errors: Vec<FieldError>,
}

/// What is stored.
struct Stored {
    menus: Menus,
    themes: Vec<PageName>,
    languages: Vec<Locale>,
}

impl Stored {
    /// Reads it, for somebody who may change it.
    async fn read(context: &Context, on: &Snapshot, locale: Locale) -> Result<Self> {
        let (organisations, _) = context.app.organisations(on).await?;
        let owner = owner_below(&**on, &organisations, None).await?;
        context.acting(Permission::NavigationEdit, owner)?;
        let languages = store::list_languages(&**on).await?;
        if !languages.contains(&locale) {
            return Err(Problem::NotFound);
        }
        let stored = find_setting(&**on, MENUS).await?;
        Ok(Self {
            menus: Menus::read(stored.as_deref())?,
            themes: store::list_themes(&**on, locale).await?,
            languages,
        })
    }
}

fn asked(context: &Context) -> Result<Locale> {
    context.query("lang").map_or(Ok(Locale::SV), |lang| {
        lang.parse().map_err(|_| Problem::NotFound)
    })
}

fn action(locale: Locale) -> String {
    format!("{MENUS_PAGE}?lang={locale}")
}

pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let locale = asked(&context)?;
    let snapshot = context.app.database.snapshot().await?;
    let stored = Stored::read(&context, &snapshot, locale).await?;
    let t = context.t();
    let (mut menu, _) = stored.menus.of(locale);
    let version = menu.version()?;
    let mut follows = !stored.menus.has(locale);
    let mut earlier = None;
    if let Some(position) = context.query("version") {
        let position = position.parse().map_err(|_| Problem::NotFound)?;
        let subject = service::subject();
        let found = store::find_version(&*snapshot, &subject, MENUS_CHANGED, position).await?;
        let (version, after) = found.ok_or(Problem::NotFound)?;
        let menus = Menus::read(Some(&after))?;
        (menu, _) = menus.of(locale);
        follows = !menus.has(locale);
        let time = date_time(t, version.at);
        earlier = Some(t.one("navigation-earlier", "time", time.as_str()));
    }
    let names = Names::find(&*snapshot, menu.pages()).await?;
    let filled = Filled {
        follows: follows && locale != Locale::SV,
        earlier,
        version,
        ..filled_with(t, locale, &menu, &stored.themes, &names)
    };
    let html = draw(&site, &context, &snapshot, &stored, filled).await?;
    snapshot.end().await?;
    Ok(Reply::html(html))
}

/// The form with a menu in it.
fn filled_with(t: T, locale: Locale, menu: &Menu, themes: &[PageName], names: &Names) -> Filled {
    let written = |links: &[crate::navigation::Link]| {
        let lines = links
            .iter()
            .filter_map(|link| form::written(link, names, locale));
        lines.collect::<Vec<_>>()
    };
    let chosen = menu.top.clone().unwrap_or_default();
    let known = |page: &PageId| themes.iter().any(|theme| theme.page_id == page.0);
    let mut rows: Vec<(PageId, bool)> = chosen
        .iter()
        .copied()
        .filter(known)
        .map(|page| (page, true))
        .collect();
    for theme in themes {
        let page = PageId(theme.page_id);
        if !chosen.contains(&page) {
            rows.push((page, menu.top.is_none() && rows.len() < MOST_TOP));
        }
    }
    let mut warnings = form::gone(t, menu.quick.iter().chain(&menu.foot), names);
    if chosen.iter().any(|page| !known(page)) {
        warnings.push(t.get("navigation-theme-gone").into_owned());
    }
    Filled {
        locale,
        follows: false,
        top_all: menu.top.is_none(),
        themes: rows,
        quick: written(&menu.quick),
        foot: written(&menu.foot),
        version: String::new(),
        warnings,
        earlier: None,
        errors: Vec::new(),
    }
}

/// The form as it was sent, after what its button asks for.
fn filled_of(t: T, sent: &Form, locale: Locale, stored: &Stored, step: &Step) -> Filled {
    if *step == Step::Usual {
        let names = Names::default();
        return Filled {
            version: sent.text("version"),
            ..filled_with(t, locale, &Menu::default(), &stored.themes, &names)
        };
    }
    let chosen: Vec<PageId> = sent
        .0
        .iter()
        .filter(|(name, _)| name == "top")
        .filter_map(|(_, page)| page.parse().ok())
        .collect();
    let mut themes: Vec<PageId> = Vec::new();
    for (_, page) in sent.0.iter().filter(|(name, _)| name == "theme") {
        // Only themes that there are, and each once.
        if let Ok(page) = page.parse::<PageId>()
            && !themes.contains(&page)
            && stored.themes.iter().any(|theme| theme.page_id == page.0)
        {
            themes.push(page);
        }
    }
    for theme in &stored.themes {
        let page = PageId(theme.page_id);
        if !themes.contains(&page) {
            themes.push(page);
        }
    }
    step.on("top", &mut themes);
    let mut quick = form::lines(sent, "quick");
    step.on("quick", &mut quick);
    let mut foot = form::lines(sent, "foot");
    step.on("foot", &mut foot);
    Filled {
        locale,
        follows: locale != Locale::SV && sent.text("mode") == "follow",
        top_all: sent.text("top_mode") != "chosen",
        themes: themes
            .into_iter()
            .map(|page| (page, chosen.contains(&page)))
            .collect(),
        quick,
        foot,
        version: sent.text("version"),
        warnings: Vec::new(),
        earlier: None,
        errors: Vec::new(),
    }
}

impl Filled {
    /// The menu that it says; none for one that follows the Swedish or is as usual. With what is
    /// wrong with it.
    fn menu(&self, places: &Places) -> (Menu, Vec<FieldError>) {
        let (quick, mut errors) = places.links("quick", &self.quick);
        let (foot, more) = places.links("foot", &self.foot);
        errors.extend(more);
        let chosen = self.themes.iter().filter(|(_, chosen)| *chosen);
        let menu = Menu {
            top: (!self.top_all).then(|| chosen.map(|(page, _)| *page).collect()),
            quick,
            foot,
        };
        if self.quick.len() > MOST_QUICK || self.foot.len() > MOST_FOOT {
            // Said once for the list rather than for each line that no list has room for.
            errors.clear();
        }
        let many = |name: &str, most: usize| FieldError {
            field: name.to_owned(),
            message: Message::new("navigation-too-many").with("most", most),
        };
        if self.quick.len() > MOST_QUICK {
            errors.push(many("quick", MOST_QUICK));
        }
        if self.foot.len() > MOST_FOOT {
            errors.push(many("foot", MOST_FOOT));
        }
        for error in menu.errors() {
            if !errors.iter().any(|own| own.field == error.field) {
                errors.push(error);
            }
        }
        (menu, errors)
    }

    fn written(&self) -> impl Iterator<Item = &Written> {
        self.quick.iter().chain(&self.foot)
    }
}

pub(super) async fn post(site: Arc<Site>, context: Context) -> Result<Reply> {
    let locale = asked(&context)?;
    let sent = context.form();
    let step = Step::of(&sent);
    let snapshot = context.app.database.snapshot().await?;
    let stored = Stored::read(&context, &snapshot, locale).await?;
    let mut filled = filled_of(context.t(), &sent, locale, &stored, &step);
    let places = Places::find(&context, &snapshot, filled.written()).await?;
    snapshot.end().await?;
    let mut status = StatusCode::OK;
    if step == Step::Save || step == Step::Look {
        let (menu, errors) = filled.menu(&places);
        let errors = match filled.follows {
            true => Vec::new(),
            false => errors,
        };
        if !errors.is_empty() {
            filled.errors = errors;
            status = StatusCode::UNPROCESSABLE_ENTITY;
        } else if step == Step::Save {
            let as_usual = locale == Locale::SV && menu == Menu::default();
            let menu = (!filled.follows && !as_usual).then_some(menu);
            match save(&context, &sent, locale, menu).await {
                Ok(()) => {
                    let to = format!("{}&done=navigation-saved", action(locale));
                    return Ok(Reply::see_other(&to));
                }
                Err(Problem::Conflict(message)) => {
                    let field = String::new();
                    filled.errors = vec![FieldError { field, message }];
                    filled.version = stored_version(&context, locale).await?;
                    status = StatusCode::CONFLICT;
                }
                Err(problem) => return Err(problem),
            }
        }
    }
    let snapshot = context.app.database.snapshot().await?;
    let html = draw(&site, &context, &snapshot, &stored, filled).await?;
    snapshot.end().await?;
    let mut reply = Reply::html(html);
    reply.status = status;
    Ok(reply)
}

async fn stored_version(context: &Context, locale: Locale) -> Result<String> {
    let snapshot = context.app.database.snapshot().await?;
    let stored = Stored::read(context, &snapshot, locale).await?;
    snapshot.end().await?;
    stored.menus.of(locale).0.version()
}

async fn save(context: &Context, sent: &Form, locale: Locale, menu: Option<Menu>) -> Result<()> {
    let request = sent.request_id()?;
    let version = sent.text("version");
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let owner = owner_below(&*snapshot, &organisations, None).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::NavigationEdit, owner)?;
    let caller = context.caller()?.clone();
    let operation = format!("navigation.menus {locale} {}", sent.digest());
    once(context, actor, operation, request, move |write, acting| {
        Box::pin(
            async move { service::save_menu(write, acting, &caller, locale, menu, &version).await },
        )
    })
    .await?;
    Ok(())
}

/// The start page of the language in the frame that the form says.
pub(super) async fn preview(site: Arc<Site>, context: Context) -> Result<Reply> {
    let locale = asked(&context)?;
    let sent = context.form();
    let snapshot = context.app.database.snapshot().await?;
    let stored = Stored::read(&context, &snapshot, locale).await?;
    let mut filled = filled_of(context.t(), &sent, locale, &stored, &Step::Look);
    let places = Places::find(&context, &snapshot, filled.written()).await?;
    let (menu, errors) = filled.menu(&places);
    if !errors.is_empty() && !filled.follows {
        filled.errors = errors;
        let html = draw(&site, &context, &snapshot, &stored, filled).await?;
        snapshot.end().await?;
        return Ok(Reply::form_again(html));
    }
    let (menu, own) = match filled.follows {
        true => (stored.menus.of(Locale::SV).0, false),
        false => (menu, true),
    };
    let start = store::find_start(&*snapshot, locale).await?;
    let start = start.ok_or(Problem::NotFound)?;
    let now = context.now;
    let reader = For { locale, now, own };
    let framed = crate::navigation::frame(&*snapshot, &menu, reader).await?;
    snapshot.end().await?;
    let reading = Reading::new(&context.app.database);
    let (chrome, ..) = context.app.chrome(&reading, locale).await?;
    reading.end().await?;
    let chrome = Chrome {
        themes: framed.shown.top,
        all_themes: framed.shown.all,
        quick: framed.shown.quick,
        find: framed.shown.foot,
        ..(*chrome).clone()
    };
    super::preview(&context, start, Some(Arc::new(chrome)), action(locale)).await
}

async fn draw(
    site: &Site,
    context: &Context,
    on: &Snapshot,
    stored: &Stored,
    filled: Filled,
) -> Result<String> {
    let t = context.t();
    let locale = filled.locale;
    let places = Places::find(context, on, filled.written()).await?;
    let (menu, _) = filled.menu(&places);
    let names = Names::find(&**on, menu.pages()).await?;
    let reader = For {
        locale,
        now: context.now,
        own: true,
    };
    let to = action(locale);
    let lines = |name: &'static str, key: &str, most: usize, lines: &[Written]| {
        let drawing = Drawing {
            t,
            name,
            label: t.get(key).into_owned(),
            most,
            about: false,
            action: &to,
            errors: &filled.errors,
            reader,
        };
        form::draw(&drawing, lines, &places, &names)
    };
    let versions = store::list_versions(&**on, &service::subject(), MENUS_CHANGED, "").await?;
    let versions = version_rows(site, context, on, versions, |position| {
        format!("{MENUS_PAGE}?lang={locale}&version={position}")
    })
    .await?;
    let top_error = filled.errors.iter().find(|error| error.field == "top");
    let page = MenusPage {
        tabs: tabs(t, MENUS_PAGE, true),
        languages: stored
            .languages
            .iter()
            .map(|language| Tab {
                label: language.endonym().to_owned(),
                href: action(*language),
                current: *language == locale,
            })
            .collect(),
        lang: locale,
        preview: format!("{MENUS_PREVIEW}?lang={locale}"),
        follows: (locale != Locale::SV).then_some(filled.follows),
        top_all: filled.top_all,
        top_error: top_error.map(|error| t.message(&error.message)),
        themes: theme_rows(t, &filled.themes, &stored.themes),
        most_top: MOST_TOP,
        quick: lines("quick", "navigation-quick", MOST_QUICK, &filled.quick),
        foot: lines("foot", "navigation-foot", MOST_FOOT, &filled.foot),
        known: form::offered(locale, t, &stored.themes),
        warnings: filled.warnings,
        earlier: filled.earlier,
        versions,
        version: filled.version,
        request_id: context.new_request_id(),
        summary: summary(t, &filled.errors),
        action: to.clone(),
        desk: {
            let mut frame = desk(context, DeskSection::Navigation, &t.get("navigation-menus"))?;
            frame.crumbs = super::crumbs(t);
            frame.public_href = Address::start(locale).to_string();
            frame
        },
    };
    Ok(page.render()?)
}

fn theme_rows(t: T, rows: &[(PageId, bool)], themes: &[PageName]) -> Vec<ThemeRow> {
    rows.iter()
        .filter_map(|(page, chosen)| {
            let theme = themes.iter().find(|theme| theme.page_id == page.0)?;
            Some(ThemeRow {
                id: page.to_string(),
                label: theme.label().to_owned(),
                chosen: *chosen,
                note: (theme.hidden != 0).then(|| t.get(Why::Hidden.key()).into_owned()),
            })
        })
        .collect()
}

/// The errors above a form, each with the id of its line.
pub(super) fn summary(t: T, errors: &[FieldError]) -> ErrorSummary {
    let id = |field: &str| match field {
        "" => String::new(),
        field => format!("field_{field}"),
    };
    ErrorSummary {
        errors: errors
            .iter()
            .map(|error| (id(&error.field), t.message(&error.message)))
            .collect(),
    }
}
