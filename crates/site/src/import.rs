//! Taking in pages from files: what is new is made, what differs is changed, the rest is left
//! alone. All or nothing: it runs in one transaction.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use torg_db::WriteContext;
use torg_kernel::{
    Address, ContentId, FactId, FieldError, FileId, LinkTarget, Locale, Message, OrganisationId,
    PageId, PictureId, Problem, Result, UnitId, Variant,
};
use torg_log::Author;
use torg_markup::{Goal, Note, PageType, ParsedPage, Place, Resolver, VacancyFront};
use torg_web::OrganisationList;
use uuid::Uuid;

use crate::details::{Details, Employment, Vacancy};
use crate::model::{Content, PageKind};
use crate::{service, store};

/// What an import needs to know of other rooms.
#[derive(Debug, Clone, Default)]
pub struct ImportNames {
    /// Units by key.
    pub units: HashMap<String, UnitId>,
    /// Facts by key.
    pub facts: HashMap<String, FactId>,
    /// Hosts that are the site's own, for links written as whole addresses.
    pub hosts: Vec<String>,
    /// Pictures by key.
    pub pictures: HashMap<String, PictureId>,
    /// Files by key.
    pub files: HashMap<String, FileId>,
}

impl ImportNames {
    /// The picture that a file's `picture:` means: `/pictures/NAME`, a path from the file, a key or
    /// an id.
    fn picture(&self, src: &str, file: &str) -> Option<PictureId> {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let key = src.strip_prefix("picture:").unwrap_or(src);
        let near = format!("{folder}/{key}");
        [key, media_key(key), near.trim_start_matches('/')]
            .into_iter()
            .find_map(|key| self.pictures.get(key).copied())
            .or_else(|| key.parse().ok())
    }
}

/// The key in an address of the media bank: what stands after its folder.
fn media_key(address: &str) -> &str {
    let inner = address.trim_start_matches('/');
    inner
        .strip_prefix("pictures/")
        .or_else(|| inner.strip_prefix("files/"))
        .unwrap_or(inner)
}

/// What became of one file.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The file.
    pub path: String,
    /// Where its page lies.
    pub address: Address,
    /// `new`, `changed` or `same`.
    pub outcome: &'static str,
    /// How much was taken.
    pub counts: torg_markup::Counts,
    /// What was simplified or could not be found.
    pub notes: Vec<Note>,
    /// That the page was moved since and stays where it is now.
    pub moved: Option<Message>,
}

/// What became of an import.
#[derive(Debug, Clone, Default)]
pub struct ImportReport {
    /// File by file, in the order of their addresses.
    pub files: Vec<FileReport>,
}

impl ImportReport {
    /// How many files had this outcome.
    #[must_use]
    pub fn count(&self, outcome: &str) -> usize {
        self.files
            .iter()
            .filter(|file| file.outcome == outcome)
            .count()
    }
}

/// A file with where it goes.
struct Planned {
    file: ParsedPage,
    address: Address,
    locale: Locale,
    variant: Variant,
    page: PageId,
    /// Where the page that it translates lies now.
    source: Option<Address>,
    /// The address that the file gives, when the page was moved from there.
    moved_from: Option<Address>,
}

/// What there was before the import, and what the files add to it.
#[derive(Default)]
struct Standing {
    /// Pages by address, old addresses included.
    pages: HashMap<String, PageId>,
    /// Language and variant of the text at an address.
    texts: HashMap<String, (Locale, Variant)>,
    /// The address of a page's text.
    places: HashMap<(PageId, Locale, Variant), String>,
    /// Where old addresses lead.
    moved: HashMap<String, Address>,
}

impl Standing {
    async fn read(context: &WriteContext) -> Result<Self> {
        let mut standing = Self::default();
        for known in store::list_known(&**context).await? {
            let page = PageId(known.page_id);
            if let (Ok(locale), Some(variant)) =
                (known.locale.parse(), Variant::parse(&known.variant))
            {
                let address = known.address.clone();
                standing.texts.insert(address.clone(), (locale, variant));
                standing.places.insert((page, locale, variant), address);
            }
            standing.pages.insert(known.address, page);
        }
        for (from, to) in store::list_redirects(&**context).await? {
            let (Some(page), Ok(to)) = (standing.pages.get(&to).copied(), Address::parse(&to))
            else {
                continue;
            };
            standing.pages.insert(from.clone(), page);
            standing.moved.insert(from, to);
        }
        Ok(standing)
    }

    /// Where the page of an address lies now.
    fn now(&self, address: &Address) -> Address {
        self.moved.get(address.as_str()).unwrap_or(address).clone()
    }

    /// What a file says of its language and variant, or what its page has; the two must agree.
    fn text(&self, file: &ParsedPage, address: &Address) -> Result<(Locale, Variant)> {
        let locale = file.front.locale.or(Place::of(&file.path).locale);
        let said = (locale, file.front.variant);
        let Some(&(locale, variant)) = self.texts.get(address.as_str()) else {
            return Ok((
                said.0.unwrap_or(Locale::SV),
                said.1.unwrap_or(Variant::Standard),
            ));
        };
        if said.0.is_some_and(|said| said != locale) || said.1.is_some_and(|said| said != variant) {
            let message = Message::new("import-text-differs")
                .with("address", address)
                .with("lang", locale)
                .with("variant", variant.as_str());
            return Err(wrong(&file.path, message));
        }
        Ok((locale, variant))
    }

    /// Takes a place for a file's text; a page has one text in each language and variant.
    fn claim(&mut self, file: &Planned) -> Result<()> {
        match self.places.entry((file.page, file.locale, file.variant)) {
            Entry::Occupied(there) if there.get() != file.address.as_str() => {
                let message = Message::new("import-text-elsewhere")
                    .with("address", there.get())
                    .with("lang", file.locale);
                return Err(wrong(&file.file.path, message));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(file.address.to_string());
            }
        }
        self.pages.insert(file.address.to_string(), file.page);
        Ok(())
    }
}

/// Takes in parsed files.
///
/// # Errors
/// [`Problem::Invalid`] with the file as field: two files at one address, a reserved address, an
/// owner or a translated page that does not exist, a text in another language than it has, a
/// second text in a language that its page has elsewhere.
pub async fn import_pages(
    context: &WriteContext,
    author: Author<'_>,
    files: Vec<ParsedPage>,
    names: &ImportNames,
    organisations: &OrganisationList,
) -> Result<ImportReport> {
    let mut standing = Standing::read(context).await?;
    let plan = plan(author, files, &mut standing)?;
    let pages = &standing.pages;
    let sources = plan
        .iter()
        .map(|file| (file.file.path.clone(), file.address.clone()))
        .collect();
    let resolver = ImportResolver {
        pages,
        names,
        sources: &sources,
    };
    let mut report = ImportReport::default();
    for planned in &plan {
        let (document, mut notes) = planned.file.resolve(&resolver, author.ids, author.now);
        notes.splice(0..0, planned.file.notes.iter().cloned());
        let before = store::find_by_address(&**context, planned.address.as_str()).await?;
        // A translation shares its page with the Swedish text, which says where the page stands.
        let source = match &planned.source {
            Some(source) => store::find_by_address(&**context, source.as_str()).await?,
            None => None,
        };
        let told = Told {
            before: before.as_ref(),
            source: source.as_ref(),
        };
        let mut after = content(author, planned, &told, pages, names, organisations)?;
        after.document = Arc::new(document);
        if let Some(before) = &before {
            Arc::make_mut(&mut after.document).keep_ids(&before.document);
        }
        let outcome = save(context, author, organisations, before, after).await?;
        report.files.push(FileReport {
            path: planned.file.path.clone(),
            address: planned.address.clone(),
            outcome,
            counts: planned.file.counts,
            notes,
            moved: planned.moved_from.as_ref().map(|from| {
                Message::new("import-moved")
                    .with("from", from)
                    .with("address", &planned.address)
            }),
        });
    }
    Ok(report)
}

async fn save(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    before: Option<Content>,
    mut after: Content,
) -> Result<&'static str> {
    match before {
        Some(before) if after.says_the_same_as(&before) => Ok("same"),
        Some(before) => {
            let after = service::next(context, author, &before, after).await?;
            service::put(
                context,
                author,
                organisations,
                "page.changed",
                Some(&before),
                &after,
            )
            .await?;
            Ok("changed")
        }
        None => {
            if after.has_source() {
                after.source_version = store::source_version(&**context, after.page).await?;
            }
            store::delete_redirect(context, after.address.as_str()).await?;
            service::put(context, author, organisations, "page.created", None, &after).await?;
            Ok("new")
        }
    }
}

fn wrong(path: &str, message: Message) -> Problem {
    Problem::Invalid(vec![FieldError {
        field: path.to_owned(),
        message,
    }])
}

/// Gives each file its address and page, parents and Swedish pages before what hangs on them.
fn plan(
    author: Author<'_>,
    files: Vec<ParsedPage>,
    standing: &mut Standing,
) -> Result<Vec<Planned>> {
    let mut by_address: BTreeMap<String, (Address, ParsedPage)> = BTreeMap::new();
    for file in files {
        let place = Place::of(&file.path);
        let told = file.front.address.clone().unwrap_or(place.address);
        let address = standing.now(&told);
        if Address::parse(address.as_str()).is_err() {
            let message = Message::new("import-address-reserved").with("address", &address);
            return Err(wrong(&file.path, message));
        }
        if let Some((_, other)) = by_address.get(address.as_str()) {
            let message = Message::new("import-address-twice")
                .with("address", &address)
                .with("other", &other.path);
            return Err(wrong(&file.path, message));
        }
        by_address.insert(address.to_string(), (told, file));
    }
    let mut plan = Vec::with_capacity(by_address.len());
    for (address, (told, file)) in by_address {
        let address = Address::parse(&address)
            .map_err(|_| wrong(&file.path, Message::new("edit-address-wrong")))?;
        let (locale, variant) = standing.text(&file, &address)?;
        plan.push(Planned {
            file,
            moved_from: (told != address).then_some(told),
            address,
            locale,
            variant,
            page: PageId(Uuid::nil()),
            source: None,
        });
    }
    // Swedish first, then the translations; within a language the shorter address first.
    plan.sort_by_key(|file| {
        (
            file.file.front.translates.is_some(),
            file.locale != Locale::SV,
            file.address.as_str().matches('/').count(),
            file.address.clone(),
        )
    });
    for file in &mut plan {
        let source = &file.file.front.translates;
        file.source = source.as_ref().map(|source| standing.now(source));
        file.page = match (standing.pages.get(file.address.as_str()), source) {
            (Some(page), _) => *page,
            (None, Some(source)) => *standing.pages.get(source.as_str()).ok_or_else(|| {
                let message =
                    Message::new("import-translates-nothing").with("address", source.as_str());
                wrong(&file.file.path, message)
            })?,
            (None, None) => PageId::new(author.ids, author.now),
        };
        standing.claim(file)?;
    }
    Ok(plan)
}

/// The nearest page above an address; none for the start page.
fn parent(address: &Address, own: PageId, pages: &HashMap<String, PageId>) -> Option<PageId> {
    let mut above = address.parent();
    while let Some(address) = above {
        if let Some(page) = pages.get(address.as_str()).filter(|page| **page != own) {
            return Some(*page);
        }
        above = address.parent();
    }
    None
}

/// What is known of a page before its file is read.
struct Told<'a> {
    /// The content at the file's address.
    before: Option<&'a Content>,
    /// The Swedish content that the file translates.
    source: Option<&'a Content>,
}

fn content(
    author: Author<'_>,
    planned: &Planned,
    told: &Told<'_>,
    pages: &HashMap<String, PageId>,
    names: &ImportNames,
    organisations: &OrganisationList,
) -> Result<Content> {
    let front = &planned.file.front;
    let (before, translation) = (told.before, told.source.is_some());
    let shared = told.source.or(before);
    let organisation = owner(planned, told, organisations)?;
    let hidden = shared.is_some_and(|page| page.hidden);
    let shared = shared.map(|page| (page.parent, page.kind, page.icon.clone(), page.order));
    let kind = front
        .page_type
        .filter(|_| !translation)
        .map(|kind| PageKind::parse(kind.as_str()).unwrap_or(PageKind::Article));
    let kind = kind
        .or(shared.as_ref().map(|shared| shared.1))
        .unwrap_or_else(|| {
            if planned.address == Address::start(planned.locale) {
                PageKind::Start
            } else {
                PageKind::Article
            }
        });
    let parent = match &shared {
        Some((parent, ..)) if translation => *parent,
        _ => parent(&planned.address, planned.page, pages),
    };
    Ok(Content {
        id: before.map_or_else(
            || ContentId::new(author.ids, author.now),
            |before| before.id,
        ),
        page: planned.page,
        parent,
        organisation,
        kind,
        icon: front
            .icon
            .clone()
            .filter(|_| !translation)
            .or_else(|| shared.as_ref().map(|shared| shared.2.clone()))
            .unwrap_or_default(),
        order: front
            .order
            .filter(|_| !translation)
            .map(i64::from)
            .or_else(|| shared.as_ref().map(|shared| shared.3))
            .unwrap_or(0),
        hidden,
        locale: planned.locale,
        variant: planned.variant,
        address: planned.address.clone(),
        published: true,
        away: None,
        title: planned.file.title.clone(),
        description: planned.file.description.clone().unwrap_or_default(),
        keywords: front.keywords.clone().unwrap_or_default(),
        reviewed: front.reviewed.map(|date| date.to_string()),
        version: 1,
        text_version: None,
        source_version: None,
        updated_at: author.now,
        details: details(planned, told, author, names)?,
        document: Arc::default(),
    })
}

/// What only some kinds of pages say. A translation takes times, picture and the like from the page
/// that it translates where it says nothing itself.
fn details(
    planned: &Planned,
    told: &Told<'_>,
    author: Author<'_>,
    names: &ImportNames,
) -> Result<Details> {
    let front = &planned.file.front;
    let source = told.source.map(|source| source.details.clone());
    let source = source.unwrap_or_default();
    let standing = told.before.map(|before| before.details.clone());
    let standing = standing.unwrap_or_default();
    let dated = front.page_type.is_some_and(PageType::is_dated);
    let published = front.published.or(source.published).or_else(|| {
        // A dated page that does not say when it was published was published when it came.
        let before = told.before.and_then(|before| before.details.published);
        dated.then(|| before.unwrap_or_else(|| author.now.zoned().datetime()))
    });
    let picture = match &front.picture {
        Some(src) => Some(names.picture(src, &planned.file.path).ok_or_else(|| {
            let message = Message::new("import-picture-unknown").with("picture", src);
            wrong(&planned.file.path, message)
        })?),
        None => source.picture,
    };
    Ok(Details {
        published,
        // Nobody applies after the last day.
        until: front.until.or(front.vacancy.apply_until).or(source.until),
        categories: front.categories.clone().unwrap_or_default(),
        picture,
        comments: match front.comments.as_deref() {
            Some(comments) => comments == "moderated",
            None => source.comments,
        },
        machine_translated: front.translated_by.as_deref() == Some("machine"),
        vacancy: vacancy(planned, names)?.or(source.vacancy),
        // What was settled in the workspace is in no file that people write.
        menu_title: standing.menu_title,
        layout: standing.layout,
    })
}

fn vacancy(planned: &Planned, names: &ImportNames) -> Result<Option<Vacancy>> {
    let front = &planned.file.front.vacancy;
    if *front == VacancyFront::default() {
        return Ok(None);
    }
    let workplace = match &front.workplace {
        Some(key) => Some(names.units.get(key).copied().ok_or_else(|| {
            let message = Message::new("import-unit-unknown").with("unit", key);
            wrong(&planned.file.path, message)
        })?),
        None => None,
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Ok(Some(Vacancy {
        employment: front.employment.as_deref().and_then(Employment::parse),
        extent: text(&front.extent),
        workplace,
        positions: front.positions,
        starts: text(&front.starts),
        salary: text(&front.salary),
        reference: text(&front.reference),
        apply_until: front.apply_until,
        apply: text(&front.apply),
    }))
}

fn owner(
    planned: &Planned,
    told: &Told<'_>,
    organisations: &OrganisationList,
) -> Result<OrganisationId> {
    let path = &planned.file.path;
    if let Some(source) = told.source {
        return Ok(source.organisation);
    }
    match (&planned.file.front.owner, told.before) {
        (Some(key), _) => organisations
            .by_key(key)
            .map(|entry| entry.id)
            .ok_or_else(|| {
                wrong(
                    path,
                    Message::new("import-owner-unknown").with("owner", key),
                )
            }),
        (None, Some(before)) => Ok(before.organisation),
        (None, None) => organisations
            .root()
            .map(|entry| entry.id)
            .ok_or_else(|| wrong(path, Message::new("import-no-organisation"))),
    }
}

struct ImportResolver<'a> {
    pages: &'a HashMap<String, PageId>,
    names: &'a ImportNames,
    /// Addresses of the files of this import.
    sources: &'a HashMap<String, Address>,
}

impl ImportResolver<'_> {
    fn page(&self, address: &str) -> Option<LinkTarget> {
        let address = if address.len() > 1 {
            address.trim_end_matches('/')
        } else {
            address
        };
        self.pages.get(address).map(|id| LinkTarget::Page {
            id: *id,
            fragment: None,
        })
    }

    /// A file as it was named, or nearly: without its ending, or a folder for its index.
    fn file(&self, path: &str) -> Option<LinkTarget> {
        let exact = self.sources.get(path);
        let near = || {
            ["md", "html", "htm", "txt", "markdown"]
                .iter()
                .find_map(|ending| {
                    self.sources
                        .get(&format!("{path}.{ending}"))
                        .or_else(|| self.sources.get(&format!("{path}/index.{ending}")))
                })
        };
        match exact.or_else(near) {
            Some(address) => self.page(address.as_str()),
            // Not part of this import: perhaps it was part of an earlier one.
            None => self.page(Place::of(path).address.as_str()),
        }
    }
}

impl Resolver for ImportResolver<'_> {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        match goal {
            Goal::File(path) => self.file(path),
            Goal::Address(address) => self.page(address),
            Goal::Url(url) => {
                let rest = url.split_once("://")?.1;
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                self.names
                    .hosts
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(host))
                    .then(|| self.page(&format!("/{path}")))
                    .flatten()
            }
            Goal::Key(_) => None,
        }
    }

    fn picture(&self, goal: Goal<'_>) -> Option<PictureId> {
        media(goal, &self.names.pictures)
    }

    fn file(&self, goal: Goal<'_>) -> Option<FileId> {
        media(goal, &self.names.files)
    }

    fn unit(&self, key: &str) -> Option<UnitId> {
        self.names
            .units
            .get(key)
            .copied()
            .or_else(|| key.parse().ok())
    }

    fn fact(&self, key: &str) -> Option<FactId> {
        self.names
            .facts
            .get(key)
            .copied()
            .or_else(|| key.parse().ok())
    }
}

/// Something of the media bank by its key, or by the address that pages and old systems write.
pub(crate) fn media<T: Copy>(goal: Goal<'_>, known: &HashMap<String, T>) -> Option<T> {
    let words = match goal {
        Goal::File(words) | Goal::Address(words) | Goal::Url(words) | Goal::Key(words) => words,
    };
    let found = known.get(words).or_else(|| known.get(media_key(words)));
    found.copied()
}

/// Takes in contents as an export wrote them, ids, versions and times as they were. All or
/// nothing. Returns how many were new or differed.
///
/// # Errors
/// [`Problem::Invalid`] for an owner that does not exist or an address that another page has.
pub async fn import_canonical(
    context: &WriteContext,
    author: Author<'_>,
    contents: Vec<(String, Content)>,
    organisations: &OrganisationList,
) -> Result<usize> {
    let mut changed = 0;
    for (path, mut content) in contents {
        if let Some((key, _)) = path.split_once('|') {
            let owner = organisations.by_key(key).ok_or_else(|| {
                wrong(
                    &path,
                    Message::new("import-owner-unknown").with("owner", key),
                )
            })?;
            content.organisation = owner.id;
        }
        let taken = store::find_by_address(&**context, content.address.as_str()).await?;
        if taken.is_some_and(|taken| taken.id != content.id) {
            let message = Message::new("import-address-taken").with("address", &content.address);
            return Err(wrong(&path, message));
        }
        let before = store::find(&**context, content.id).await?;
        if before.as_ref() == Some(&content) {
            continue;
        }
        store::delete_redirect(context, content.address.as_str()).await?;
        let kind = if before.is_some() {
            "page.changed"
        } else {
            "page.created"
        };
        service::put(
            context,
            author,
            organisations,
            kind,
            before.as_ref(),
            &content,
        )
        .await?;
        changed += 1;
    }
    Ok(changed)
}

/// Exported contents name their owner by key, since organisations' ids differ between cities: the
/// key stands before a bar in the name that errors are given.
#[must_use]
pub(crate) fn named(owner: &str, path: &str) -> String {
    format!("{owner}|{path}")
}
