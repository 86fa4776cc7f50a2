//! What a public page says of itself to machines, in the words of <https://schema.org>.
//!
//! Written straight from borrowed values: a page is drawn thousands of times a second, and a tree
//! of values made only to be written costs more than the writing.

use std::borrow::Cow;
use torg_kernel::FactField;

use serde::{Serialize, Serializer};
use torg_ui::Shell;
use torg_web::Resolved;

use crate::details::Employment;
use crate::model::{Content, PageKind};
use crate::read::unit_fact;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Page(Box<WebPage<'a>>),
    Way(BreadcrumbList<'a>),
    Site(WebSite<'a>),
}

/// The whole site with its search, said by its start page (<https://schema.org/WebSite>).
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebSite<'a> {
    name: &'a str,
    url: Url<'a>,
    in_language: &'a str,
    potential_action: SearchAction,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct SearchAction {
    target: EntryPoint,
    #[serde(rename = "query-input")]
    query_input: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct EntryPoint {
    url_template: String,
}

/// A page, or what its kind makes of it: news, a post, a job posting.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: Url<'a>,
    date_modified: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: Cow<'a, str>,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_reviewed: Option<&'a str>,
    name: &'a str,
    publisher: GovernmentOrganization<'a>,
    url: Url<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Url<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    keywords: &'a [String],
    #[serde(flatten)]
    job: Option<JobPosting<'a>>,
}

/// What <https://schema.org/JobPosting> asks for beside the page's own.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JobPosting<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_posted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_through: Option<String>,
    hiring_organization: GovernmentOrganization<'a>,
    job_location: JobLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    employment_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total_job_openings: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<PropertyValue<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "Place")]
struct JobLocation<'a> {
    address: PostalAddress<'a>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct PostalAddress<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    street_address: Option<&'a str>,
    address_locality: &'a str,
    address_country: &'static str,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct PropertyValue<'a> {
    name: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct GovernmentOrganization<'a> {
    name: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct BreadcrumbList<'a> {
    item_list_element: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ListItem<'a> {
    item: Url<'a>,
    name: &'a str,
    position: usize,
}

/// A whole address: where the site lies, and the path there.
#[derive(Clone, Copy)]
struct Url<'a>(&'a str, &'a str);

impl Serialize for Url<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1))
    }
}

/// What is known of a page.
pub(crate) struct Said<'a> {
    pub content: &'a Content,
    /// The organisation that answers for it; the city when it is not known.
    pub owner: Option<&'a str>,
    /// What was found of what the page points at.
    pub resolved: &'a Resolved,
}

/// What schema.org calls a page of a kind.
const fn kind(kind: PageKind) -> &'static str {
    match kind {
        PageKind::News => "NewsArticle",
        PageKind::Post => "BlogPosting",
        PageKind::Story => "Article",
        PageKind::Vacancy => "JobPosting",
        PageKind::Section | PageKind::Magazine => "CollectionPage",
        _ => "WebPage",
    }
}

impl<'a> Said<'a> {
    /// What the page is about. Of a vacancy everything: who searches for work elsewhere is shown
    /// what stands here.
    fn description(&self) -> Cow<'a, str> {
        let lead = self.content.description.as_str();
        if self.content.kind != PageKind::Vacancy {
            return Cow::Borrowed(lead);
        }
        let text = torg_ui::sentences(&self.content.document.body_text());
        Cow::Owned(format!("{lead}\n\n{text}").trim().to_owned())
    }

    fn job(&self, owner: &'a str, city: &'a str) -> Option<JobPosting<'a>> {
        let details = &self.content.details;
        let vacancy = details.vacancy.as_ref()?;
        // The lines of an address, parted by commas.
        let address = vacancy.workplace.and_then(|unit| {
            let fact = unit_fact(unit, FactField::Address);
            self.resolved.facts.get(&fact)
        });
        let street = address.and_then(|address| address.split(", ").next());
        let last = address.and_then(|address| address.rsplit(", ").next());
        let town = last
            .and_then(|line| line.rsplit_once(' '))
            .map(|(_, town)| town);
        let end = details.until_at().map(|until| until.rfc3339());
        Some(JobPosting {
            title: &self.content.title,
            date_posted: details.published.map(|at| at.date().to_string()),
            valid_through: end,
            hiring_organization: GovernmentOrganization { name: owner },
            job_location: JobLocation {
                address: PostalAddress {
                    street_address: street,
                    address_locality: town.unwrap_or(city),
                    address_country: "SE",
                },
            },
            employment_type: vacancy.employment.and_then(Employment::schema_org),
            total_job_openings: vacancy.positions,
            identifier: (!vacancy.reference.is_empty()).then_some(PropertyValue {
                name: owner,
                value: &vacancy.reference,
            }),
        })
    }
}

/// What the page is, who answers for it and where it stands, from the start page down to itself.
/// Plain JSON: the shell sees to it that it cannot end its own `<script>`.
pub(crate) fn json_ld(said: &Said<'_>, shell: &Shell) -> String {
    let content = said.content;
    let base = shell.chrome.base_url.as_str();
    let url = Url(base, content.address.as_str());
    let owner = said.owner.unwrap_or(&shell.chrome.city);
    let dated = content.kind.is_dated();
    let details = &content.details;
    let picture = details
        .picture
        .and_then(|id| said.resolved.pictures.get(&id));
    let town = shell.chrome.city.split(' ').next().unwrap_or_default();
    let page = WebPage {
        kind: kind(content.kind),
        id: url,
        date_modified: content.updated_at.rfc3339(),
        description: said.description(),
        in_language: content.locale.as_str(),
        last_reviewed: content.reviewed.as_deref(),
        name: &content.title,
        publisher: GovernmentOrganization { name: owner },
        url,
        headline: dated.then_some(content.title.as_str()),
        date_published: details.published_at().map(|at| at.rfc3339()),
        image: picture.map(|view| Url(base, &view.src)),
        keywords: &details.categories,
        job: said.job(owner, town.strip_suffix('s').unwrap_or(town)),
    };
    let way = shell
        .crumbs
        .iter()
        .map(|crumb| (crumb.label.as_str(), crumb.href.as_str()));
    let items = way
        .chain([(content.title.as_str(), content.address.as_str())])
        .enumerate()
        .map(|(at, (name, path))| ListItem {
            item: Url(base, path),
            name,
            position: at + 1,
        });
    let mut graph = vec![
        Node::Page(Box::new(page)),
        Node::Way(BreadcrumbList {
            item_list_element: items.collect(),
        }),
    ];
    if content.kind == PageKind::Start {
        graph.push(Node::Site(site(content, shell)));
    }
    let graph = Graph {
        context: "https://schema.org",
        graph,
    };
    serde_json::to_string(&graph).expect("text and numbers can be written as JSON")
}

fn site<'a>(content: &'a Content, shell: &'a Shell) -> WebSite<'a> {
    let chrome = &shell.chrome;
    let language = chrome
        .search_language()
        .map(|tag| format!("lang={tag}&"))
        .unwrap_or_default();
    WebSite {
        name: &chrome.city,
        url: Url(&chrome.base_url, content.address.as_str()),
        in_language: content.locale.as_str(),
        potential_action: SearchAction {
            target: EntryPoint {
                url_template: format!(
                    "{}{}?{language}q={{search_term_string}}",
                    chrome.base_url,
                    chrome.search_action()
                ),
            },
            query_input: "required name=search_term_string",
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use torg_kernel::{
        Address, ContentId, Document, Locale, OrganisationId, PageId, SeededIds, Timestamp, Variant,
    };
    use torg_ui::{NavLink, T, sample};

    use super::*;

    fn content(address: &str, title: &str) -> Content {
        let (ids, now) = (SeededIds::new(1), Timestamp::default());
        Content {
            id: ContentId::new(&ids, now),
            page: PageId::new(&ids, now),
            parent: None,
            organisation: OrganisationId::new(&ids, now),
            kind: PageKind::Article,
            icon: String::new(),
            order: 0,
            hidden: false,
            locale: Locale::SV,
            variant: Variant::Standard,
            address: Address::from_words(address),
            published: true,
            away: None,
            title: title.to_owned(),
            description: String::new(),
            keywords: Vec::new(),
            reviewed: None,
            version: 1,
            text_version: None,
            source_version: None,
            updated_at: Timestamp::from_micros(1_772_539_200_000_000),
            details: crate::details::Details::default(),
            document: std::sync::Arc::new(Document::default()),
        }
    }

    fn said(content: &Content, owner: Option<&str>) -> Value {
        let mut shell = sample::shell(T::SV, &content.title, content.address.as_str());
        shell.crumbs = vec![NavLink::new("Bygga & bo", "/bygga")];
        let resolved = Resolved::default();
        let json = json_ld(
            &Said {
                content,
                owner,
                resolved: &resolved,
            },
            &shell,
        );
        serde_json::from_str(&json).expect("JSON-LD is JSON")
    }

    #[test]
    fn a_page_says_what_it_is_and_where_it_stands() {
        let mut content = content("/bygga/lov", "Att söka \"bygglov\"\n</script>");
        let base = sample::chrome(T::SV).base_url.clone();
        let url = format!("{base}/bygga/lov");
        let found = said(&content, None);
        assert_eq!(found["@context"], "https://schema.org");
        let page = &found["@graph"][0];
        assert_eq!(
            *page,
            json!({
                "@type": "WebPage", "@id": url, "url": url, "name": content.title,
                "inLanguage": "sv", "dateModified": "2026-03-03T12:00:00Z",
                "publisher": {
                    "@type": "GovernmentOrganization",
                    "name": sample::chrome(T::SV).city,
                },
            }),
            "what is not known is left out"
        );
        assert_eq!(
            found["@graph"][1],
            json!({"@type": "BreadcrumbList", "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Bygga & bo", "item": format!("{base}/bygga")},
                {"@type": "ListItem", "position": 2, "name": content.title, "item": url},
            ]})
        );

        content.description = "Så gör du.".to_owned();
        content.reviewed = Some("2026-03-01".to_owned());
        let page = &said(&content, Some("Stadsbyggnad"))["@graph"][0];
        assert_eq!(page["description"], "Så gör du.");
        assert_eq!(page["lastReviewed"], "2026-03-01");
        assert_eq!(page["publisher"]["name"], "Stadsbyggnad");
    }

    #[test]
    fn the_start_page_says_how_to_search() {
        let mut content = content("/", "Vad vill du göra?");
        assert_eq!(said(&content, None)["@graph"][2], Value::Null);
        content.kind = PageKind::Start;
        let site = &said(&content, None)["@graph"][2];
        let base = sample::chrome(T::SV).base_url.clone();
        assert_eq!(site["@type"], "WebSite");
        assert_eq!(
            site["potentialAction"]["target"]["urlTemplate"],
            format!("{base}/sok?q={{search_term_string}}")
        );
    }

    #[test]
    fn a_vacancy_says_all_of_its_text() {
        let mut content = content("/jobb/lokalvardare", "Lokalvårdare");
        content.description = "Vi söker dig.".to_owned();
        let text = |text: &str| torg_kernel::BlockContent::Paragraph {
            text: vec![torg_kernel::Inline::text(text)],
        };
        let ids = SeededIds::new(2);
        let blocks = [text("Du städar skolor"), text("Heltid")].map(|content| torg_kernel::Block {
            id: torg_kernel::BlockId::new(&ids, Timestamp::default()),
            v: 1,
            content,
        });
        content.document = std::sync::Arc::new(Document {
            blocks: blocks.into(),
        });
        assert_eq!(
            said(&content, None)["@graph"][0]["description"],
            "Vi söker dig."
        );
        content.kind = PageKind::Vacancy;
        assert_eq!(
            said(&content, None)["@graph"][0]["description"],
            "Vi söker dig.\n\nDu städar skolor.\nHeltid."
        );
    }
}
