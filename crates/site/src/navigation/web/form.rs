//! Lists of links as somebody wrote them: an address and words in each line, with buttons that work
//! without script by sending the form to and fro.

use std::collections::HashMap;

use torg_db::{ConnectionTrait, Snapshot};
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, PageId, Permission, Result, squeeze,
};
use torg_ui::T;
use torg_web::{Caller, Context, Form};

use crate::navigation::link::{Link, Room, Target};
use crate::navigation::resolve::{For, Why};
use crate::navigation::store::{Names, PageName, list_at};
use crate::navigation::views::{Known, Line, Lines};
use crate::store::find_redirect;

/// The most lines that are looked at: more than any list may have, few enough for one question.
const LOOKED_AT: usize = 100;

/// What a button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Nothing but to see the form again.
    Look,
    Save,
    /// Everything as it was to begin with.
    Usual,
    /// One more group.
    Add,
    Up(String, usize),
    Down(String, usize),
    Remove(String, usize),
}

impl Step {
    pub(super) fn of(form: &Form) -> Self {
        let asked = form.text("do");
        let place = |rest: &str| {
            let (list, at) = rest.split_once(':')?;
            Some((list.to_owned(), at.parse().ok()?))
        };
        match asked.split_once(':') {
            Some(("up", rest)) => place(rest).map(|(list, at)| Self::Up(list, at)),
            Some(("down", rest)) => place(rest).map(|(list, at)| Self::Down(list, at)),
            Some(("remove", rest)) => place(rest).map(|(list, at)| Self::Remove(list, at)),
            _ => match asked.as_str() {
                "save" => Some(Self::Save),
                "usual" => Some(Self::Usual),
                "add" => Some(Self::Add),
                _ => None,
            },
        }
        .unwrap_or(Self::Look)
    }

    /// Does what is asked with a list of this name.
    pub(super) fn on<V>(&self, name: &str, list: &mut Vec<V>) {
        match self {
            Self::Up(own, at) if own == name && *at > 0 && *at < list.len() => {
                list.swap(*at, at - 1);
            }
            Self::Down(own, at) if own == name && at + 1 < list.len() => list.swap(*at, at + 1),
            Self::Remove(own, at) if own == name && *at < list.len() => {
                list.remove(*at);
            }
            _ => {}
        }
    }
}

/// A line as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Written {
    pub address: String,
    pub text: String,
    pub about: String,
}

/// The lines of a list that say anything.
pub(super) fn lines(form: &Form, name: &str) -> Vec<Written> {
    // One walk over the form: a list of a thousand lines is a thousand steps, not a million.
    let mut found: HashMap<usize, Written> = HashMap::new();
    let start = format!("{name}_");
    for (field, value) in &form.0 {
        let Some((at, what)) = field.strip_prefix(&start).and_then(|f| f.split_once('_')) else {
            continue;
        };
        let Ok(at) = at.parse::<usize>() else {
            continue;
        };
        let line = found.entry(at).or_default();
        match what {
            "address" => value.trim().clone_into(&mut line.address),
            "text" => line.text = squeeze(value),
            "about" => line.about = squeeze(value),
            _ => {}
        }
    }
    let mut places: Vec<usize> = found.keys().copied().collect();
    places.sort_unstable();
    let mut lines: Vec<Written> = places
        .into_iter()
        .filter_map(|at| found.remove(&at))
        .collect();
    lines.retain(|line| *line != Written::default());
    lines
}

/// What is known of the addresses that were written.
pub(super) struct Places {
    base: String,
    pages: HashMap<String, PageId>,
}

impl Places {
    /// Looks up all addresses of pages at once. A page that readers do not see is one only for those
    /// who may know of it.
    pub(super) async fn find(
        context: &Context,
        on: &Snapshot,
        lines: impl Iterator<Item = &Written>,
    ) -> Result<Self> {
        let base = context.app.settings.base_url.clone();
        let mut wanted: Vec<String> = lines
            .map(|line| own_path(&base, &line.address))
            .filter(|path| path.starts_with('/') && Room::at(path).is_none())
            .take(LOOKED_AT)
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let caller = context.caller()?;
        let mut pages = known(&**on, caller, &wanted).await?;
        let mut moved = Vec::new();
        for path in wanted.iter().filter(|path| !pages.contains_key(*path)) {
            if let Some(to) = find_redirect(&**on, path, context.now).await? {
                moved.push((path.clone(), to));
            }
        }
        let targets: Vec<String> = moved.iter().map(|(_, to)| to.clone()).collect();
        let there = known(&**on, caller, &targets).await?;
        for (from, to) in moved {
            if let Some(page) = there.get(&to) {
                pages.insert(from, *page);
            }
        }
        Ok(Self { base, pages })
    }

    /// A line as a link.
    ///
    /// # Errors
    /// The message for whoever wrote it.
    pub(super) fn link(&self, line: &Written) -> Result<Link, Message> {
        if line.address.is_empty() {
            return Err(Message::new("navigation-address-missing"));
        }
        let path = own_path(&self.base, &line.address);
        let target = if let Some(room) = Room::at(&path) {
            Target::Room { room }
        } else if path.starts_with('/') {
            let page = self.pages.get(&path).copied();
            let id = page.ok_or_else(|| {
                let shown: String = path.chars().take(80).collect();
                Message::new("navigation-no-page").with("address", shown)
            })?;
            Target::Page { id }
        } else {
            let url = match line.address.starts_with("www.") {
                true => format!("https://{}", line.address),
                false => line.address.clone(),
            };
            Target::Url { url }
        };
        let link = Link {
            target,
            text: line.text.clone(),
            about: line.about.clone(),
        };
        link.check().map(|()| link)
    }

    /// All lines as links, with what is wrong with those that are none.
    pub(super) fn links(&self, name: &str, lines: &[Written]) -> (Vec<Link>, Vec<FieldError>) {
        let mut links = Vec::with_capacity(lines.len());
        let mut errors = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            match self.link(line) {
                Ok(link) => links.push(link),
                Err(message) => errors.push(FieldError {
                    field: format!("{name}_{at}{}", about_field(&message)),
                    message,
                }),
            }
        }
        (links, errors)
    }
}

/// Which field of a line a message is about: its address, its words, or the line below.
fn about_field(message: &Message) -> &'static str {
    match message.key {
        "navigation-text-missing" | "navigation-text-long" => "_text",
        "navigation-about-long" => "_about",
        _ => "",
    }
}

/// The path of an address of this site; else the address as it is.
fn own_path(base: &str, address: &str) -> String {
    let inner = match address.strip_prefix(base) {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') && !base.is_empty() => rest,
        _ => address,
    };
    if !inner.starts_with('/') || inner.starts_with("//") {
        return inner.to_owned();
    }
    let path = inner.split(['?', '#']).next().unwrap_or_default();
    match path.trim_end_matches('/') {
        "" => "/".to_owned(),
        path => path.to_owned(),
    }
}

async fn known<C: ConnectionTrait>(
    on: &C,
    caller: &Caller,
    addresses: &[String],
) -> Result<HashMap<String, PageId>> {
    let seen = |name: &PageName| {
        name.state == "published"
            || caller.may(Permission::PageRead, OrganisationId(name.organisation_id))
    };
    Ok(list_at(on, addresses)
        .await?
        .into_iter()
        .filter(seen)
        .map(|name| (name.address.clone(), PageId(name.page_id)))
        .collect())
}

/// A stored link as somebody would write it; none when its page is gone.
pub(super) fn written(link: &Link, names: &Names, locale: Locale) -> Option<Written> {
    let address = match &link.target {
        Target::Room { room } => room.href(match locale {
            Locale::SV => Locale::SV,
            _ => Locale::EN,
        }),
        Target::Url { url } => url.clone(),
        Target::Page { id } => names.best(*id, locale)?.address.clone(),
    };
    Some(Written {
        address,
        text: link.text.clone(),
        about: link.about.clone(),
    })
}

/// How a list is drawn.
pub(super) struct Drawing<'a> {
    pub t: T,
    pub name: &'a str,
    pub label: String,
    pub most: usize,
    pub about: bool,
    pub action: &'a str,
    pub errors: &'a [FieldError],
    pub reader: For,
}

/// The lines of a list with what is said of each, and some empty ones.
pub(super) fn draw(
    drawing: &Drawing<'_>,
    lines: &[Written],
    places: &Places,
    names: &Names,
) -> Lines {
    let Drawing { t, name, .. } = drawing;
    let error = |field: &str| {
        let found = drawing.errors.iter().find(|error| error.field == field);
        found.map(|error| t.message(&error.message))
    };
    let mut list: Vec<Line> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let shown = places
                .link(line)
                .ok()
                .map(|link| names.shown(&link, drawing.reader));
            let (note, warns) = match shown {
                Some(Ok(shown)) if line.text.is_empty() => {
                    let label = shown.nav.label;
                    (Some(t.one("navigation-shown-as", "title", &*label)), false)
                }
                Some(Err(why)) => (Some(t.get(why.key()).into_owned()), true),
                _ => (None, false),
            };
            Line {
                address: line.address.clone(),
                text: line.text.clone(),
                about: line.about.clone(),
                error: error(&format!("{name}_{at}")),
                text_error: error(&format!("{name}_{at}_text")),
                about_error: error(&format!("{name}_{at}_about")),
                note,
                warns,
            }
        })
        .collect();
    let written = list.len();
    let empty = drawing.most.saturating_sub(written).min(2);
    list.extend((0..empty).map(|_| Line {
        address: String::new(),
        text: String::new(),
        about: String::new(),
        error: None,
        text_error: None,
        about_error: None,
        note: None,
        warns: false,
    }));
    Lines {
        name: (*name).to_owned(),
        label: drawing.label.clone(),
        written,
        about: drawing.about,
        error: error(name),
        action: drawing.action.to_owned(),
        list,
    }
}

/// What is said of links whose pages are gone.
pub(super) fn gone<'a>(t: T, links: impl Iterator<Item = &'a Link>, names: &Names) -> Vec<String> {
    links
        .filter(|link| {
            link.page()
                .is_some_and(|page| names.all(page).next().is_none())
        })
        .map(|link| match link.text.as_str() {
            "" => t.get(Why::Gone.key()).into_owned(),
            text => t.one("navigation-gone-named", "title", text),
        })
        .collect()
}

/// Places that a browser offers while an address is written: the program's own rooms and the themes.
pub(super) fn offered(locale: Locale, t: T, themes: &[PageName]) -> Vec<Known> {
    let interface = match locale {
        Locale::SV => Locale::SV,
        _ => Locale::EN,
    };
    let rooms = Room::ALL.into_iter().map(|room| Known {
        address: room.href(interface),
        label: room.label(t),
    });
    let themes = themes.iter().map(|name| Known {
        address: name.address.clone(),
        label: name.label().to_owned(),
    });
    rooms.chain(themes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Form(pairs.iter().map(own).collect())
    }

    #[test]
    fn lines_are_read_in_their_order_without_the_empty_ones() {
        let sent = form(&[
            ("quick_1_address", " /b "),
            ("quick_0_text", "A  a"),
            ("quick_0_address", "/a"),
            ("quick_2_address", ""),
            ("quick_2_text", " "),
            ("quick_x_address", "/x"),
            ("foot_0_address", "/c"),
        ]);
        let found = lines(&sent, "quick");
        let addresses: Vec<&str> = found.iter().map(|line| line.address.as_str()).collect();
        assert_eq!(addresses, ["/a", "/b"]);
        assert_eq!(found[0].text, "A a");
    }

    #[test]
    fn buttons_move_lines_and_never_past_the_ends() {
        let step = |text: &str| Step::of(&form(&[("do", text)]));
        let mut list = vec![1, 2, 3];
        step("up:quick:0").on("quick", &mut list);
        step("down:quick:2").on("quick", &mut list);
        step("up:foot:1").on("quick", &mut list);
        step("remove:quick:9").on("quick", &mut list);
        assert_eq!(list, [1, 2, 3]);
        step("up:quick:2").on("quick", &mut list);
        step("remove:quick:0").on("quick", &mut list);
        assert_eq!(list, [3, 2]);
        assert_eq!(step("save"), Step::Save);
        assert_eq!(step("up:quick:x"), Step::Look);
        assert_eq!(step(""), Step::Look);
    }

    #[test]
    fn own_addresses_are_known_however_they_are_written() {
        let base = "https://stad.example";
        for (written, path) in [
            ("https://stad.example/bygga/", "/bygga"),
            ("https://stad.example", "/"),
            ("/bygga#lov", "/bygga"),
            ("/", "/"),
            ("https://stad.example.annan/", "https://stad.example.annan/"),
            ("//annan.example/x", "//annan.example/x"),
            ("javascript:alert(1)", "javascript:alert(1)"),
        ] {
            assert_eq!(own_path(base, written), path);
        }
    }
}
