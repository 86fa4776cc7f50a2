//! What a public page says of itself to machines, in the words of <https://schema.org>.
//!
//! Written straight from borrowed values: a page is drawn thousands of times a second, and a tree
//! of values made only to be written costs more than the writing.

use serde::{Serialize, Serializer};
use torg_ui::Shell;

use crate::model::Content;

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: (WebPage<'a>, BreadcrumbList<'a>),
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct WebPage<'a> {
    #[serde(rename = "@id")]
    id: Url<'a>,
    date_modified: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_reviewed: Option<&'a str>,
    name: &'a str,
    publisher: GovernmentOrganization<'a>,
    url: Url<'a>,
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

/// What the page is, who answers for it (the city when no `owner` is known) and where it stands,
/// from the start page down to itself. Plain JSON: the shell sees to it that it cannot end its own
/// `<script>`.
pub(crate) fn json_ld(content: &Content, owner: Option<&str>, shell: &Shell) -> String {
    let base = shell.chrome.base_url.as_str();
    let url = Url(base, content.address.as_str());
    let page = WebPage {
        id: url,
        date_modified: content.updated_at.rfc3339(),
        description: &content.description,
        in_language: content.locale.as_str(),
        last_reviewed: content.reviewed.as_deref(),
        name: &content.title,
        publisher: GovernmentOrganization {
            name: owner.unwrap_or(&shell.chrome.city),
        },
        url,
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
    let graph = Graph {
        context: "https://schema.org",
        graph: (
            page,
            BreadcrumbList {
                item_list_element: items.collect(),
            },
        ),
    };
    serde_json::to_string(&graph).expect("text and numbers can be written as JSON")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use torg_kernel::{
        Address, ContentId, Document, Locale, OrganisationId, PageId, SeededIds, Timestamp, Variant,
    };
    use torg_ui::{NavLink, T, sample};

    use super::*;
    use crate::model::PageKind;

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
            locale: Locale::SV,
            variant: Variant::Standard,
            address: Address::from_words(address),
            published: true,
            title: title.to_owned(),
            description: String::new(),
            keywords: Vec::new(),
            reviewed: None,
            version: 1,
            text_version: None,
            source_version: None,
            updated_at: Timestamp::from_micros(1_772_539_200_000_000),
            document: Document::default(),
        }
    }

    fn said(content: &Content, owner: Option<&str>) -> Value {
        let mut shell = sample::shell(T::SV, &content.title, content.address.as_str());
        shell.crumbs = vec![NavLink::new("Bygga & bo", "/bygga")];
        let json = json_ld(content, owner, &shell);
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
}
