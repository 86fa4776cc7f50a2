//! What a page says of itself, and where its own text is.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Node, Selector};
use torg_kernel::squeeze;
use url::Url;

use crate::html::words_of;

/// Tags that are never a page's own text.
const AROUND: &[&str] = &[
    "nav", "header", "footer", "aside", "form", "script", "style", "noscript", "template", "svg",
    "dialog", "head",
];
/// Roles of the same.
const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
];
/// Words in classes and ids of the same.
const NAMES: &[&str] = &[
    "breadcrumb",
    "brodsmul",
    "cookie",
    "skip-link",
    "skiplink",
    "comments-area",
    "comment-respond",
    "site-header",
    "site-footer",
    "pagination",
    "post-navigation",
    "share-buttons",
    "sharedaddy",
    "entry-meta",
    "byline",
];
/// Elements that may hold the main part.
const HOLDERS: &[&str] = &[
    "body", "div", "section", "article", "table", "tbody", "tr", "td", "center", "font", "span",
];
/// Elements that are compared between pages when nothing smaller of the kind lies in them.
const PARTS: &[&str] = &[
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "td",
    "th",
    "dt",
    "dd",
    "div",
    "section",
    "article",
    "blockquote",
    "figcaption",
    "caption",
    "pre",
    "summary",
    "address",
];

/// The first element that a selector finds.
pub(super) fn first<'a>(html: &'a Html, selector: &str) -> Option<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("the selectors are written in this room");
    html.select(&selector).next()
}

/// The content of the first meta element that a selector finds.
pub(super) fn meta(html: &Html, selector: &str) -> Option<String> {
    first(html, selector)
        .and_then(|element| element.value().attr("content").map(squeeze))
        .filter(|text| !text.is_empty())
}

/// The words of an element; none where it has none.
pub(super) fn words(element: ElementRef<'_>) -> Option<String> {
    Some(squeeze(&words_of(element))).filter(|text| !text.is_empty())
}

/// The page's own word on its address.
pub(super) fn canonical(html: &Html, url: &Url) -> Option<Url> {
    let link = first(html, "link[rel~='canonical' i][href]")?;
    let href = link.value().attr("href")?.trim();
    let whole = url.join(href).ok()?;
    crate::old::parse(whole.as_str()).filter(|_| !href.is_empty())
}

/// The short address that the page gives for itself.
pub(super) fn short_link(html: &Html, url: &Url) -> Option<Url> {
    let link = first(html, "link[rel~='shortlink' i][href]")?;
    let whole = url.join(link.value().attr("href")?.trim()).ok()?;
    crate::old::parse(whole.as_str())
}

/// The same page in other languages: tag and address.
pub(super) fn alternates(html: &Html, url: &Url) -> Vec<(String, Url)> {
    let selector = Selector::parse("link[rel~='alternate' i][hreflang][href]")
        .expect("the selectors are written in this room");
    html.select(&selector)
        .take(200)
        .filter_map(|link| {
            let tag = link.value().attr("hreflang")?.to_ascii_lowercase();
            let href = link.value().attr("href")?.trim();
            Some((tag, url.join(href).ok()?))
        })
        .collect()
}

/// Whether an element belongs to the site round the page.
pub(super) fn is_around(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let name = value.name();
    // The header of an article holds its heading.
    let own_header = matches!(name, "header" | "footer")
        && element.ancestors().any(|above| {
            above
                .value()
                .as_element()
                .is_some_and(|e| matches!(e.name(), "article" | "main"))
        });
    if AROUND.contains(&name) && !(own_header && name == "header") {
        return true;
    }
    if value.attr("role").is_some_and(|role| ROLES.contains(&role)) {
        return true;
    }
    if name == "body" || name == "html" || name == "main" {
        return false;
    }
    let named = |text: &str| {
        let text = text.to_ascii_lowercase();
        NAMES.iter().any(|name| text.contains(name))
    };
    value.attr("class").is_some_and(named) || value.attr("id").is_some_and(named)
}

/// The part of the page that marks itself as the main one.
pub(super) fn marked_main(html: &Html) -> Option<ElementRef<'_>> {
    let only = |selector: &str| {
        let selector = Selector::parse(selector).expect("the selectors are written in this room");
        let mut found = html.select(&selector);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    only("main")
        .or_else(|| only("[role='main']"))
        .or_else(|| only("article"))
        .filter(|main| words(*main).is_some())
}

/// The element within the main part that holds nothing but the text, as the common systems mark it:
/// without who wrote it, when, and what others said of it.
pub(super) fn text_of_main(main: ElementRef<'_>) -> Option<ElementRef<'_>> {
    const TEXTS: &[&str] = &[
        "entry-content",
        "wp-block-post-content",
        "post-content",
        "article-body",
        "article__body",
        "field--name-body",
    ];
    let mut found = main.descendent_elements().filter(|element| {
        element
            .value()
            .classes()
            .any(|class| TEXTS.contains(&class))
            || element.value().attr("itemprop") == Some("articleBody")
    });
    let first = found.next()?;
    // Several are a list of posts; one inside another is the same text.
    let others = found.any(|other| !other.ancestors().any(|above| above.id() == first.id()));
    (!others).then_some(first)
}

/// What may be compared between pages: each smallest part with its words, in reading order.
pub(super) fn parts(html: &Html) -> Vec<(NodeId, bool, String)> {
    let mut holds_part: HashSet<NodeId> = HashSet::new();
    let mut found = Vec::new();
    for node in html.tree.root().descendants() {
        let Some(element) = ElementRef::wrap(node) else {
            continue;
        };
        if PARTS.contains(&element.value().name()) {
            found.push(element);
            // What lies above holds this part; above a holder that is known all is known.
            for above in node.ancestors() {
                if !holds_part.insert(above.id()) {
                    break;
                }
            }
        }
    }
    found
        .into_iter()
        .filter(|element| !holds_part.contains(&element.id()))
        .filter_map(|element| {
            let heading = element.value().name().starts_with('h');
            Some((element.id(), heading, words(element)?))
        })
        .collect()
}

/// The part with most text of its own: from the body down, as long as one part holds nearly all of
/// it. Words in links weigh nothing, since menus are made of them.
pub(super) fn dense_main<'a>(html: &'a Html, dropped: &HashSet<NodeId>) -> Option<ElementRef<'a>> {
    let body = first(html, "body")?;
    let mut weights: HashMap<NodeId, usize> = HashMap::new();
    let mut out: HashSet<NodeId> = HashSet::new();
    for node in body.descendants() {
        let above = node
            .parent()
            .is_some_and(|parent| out.contains(&parent.id()));
        let away = ElementRef::wrap(node)
            .is_some_and(|element| is_around(element) || element.value().name() == "a");
        if node.id() != body.id() && (above || away || dropped.contains(&node.id())) {
            out.insert(node.id());
            continue;
        }
        if let Node::Text(text) = node.value() {
            let weight = text.split_whitespace().map(str::len).sum::<usize>();
            if weight == 0 {
                continue;
            }
            for above in node.ancestors() {
                *weights.entry(above.id()).or_default() += weight;
                if above.id() == body.id() {
                    break;
                }
            }
        }
    }
    let weight = |element: ElementRef<'_>| weights.get(&element.id()).copied().unwrap_or(0);
    let mut current = body;
    loop {
        let next = current
            .child_elements()
            .filter(|child| HOLDERS.contains(&child.value().name()))
            .max_by_key(|child| weight(*child))
            .filter(|child| weight(*child) * 4 >= weight(current) * 3 && weight(*child) > 0);
        match next {
            Some(child) => current = child,
            None => return Some(current),
        }
    }
}
