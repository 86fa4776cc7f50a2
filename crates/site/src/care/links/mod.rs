//! Links to other people's pages: kept apart from the texts that hold them, tried now and then,
//! politely, and never into the city's own network.

mod guard;
mod probe;
pub(crate) mod store;
mod trying;

use torg_kernel::{Document, LinkTarget};

pub use guard::is_public;
pub use probe::{Answer, Outcome, Probe, ProbeError, ProbeSettings};
pub(crate) use trying::try_links;

/// The longest address that is tried, in bytes: longer ones are hardly meant for people, and no
/// index holds them.
const LONGEST: usize = 2_000;

/// The addresses of other people's pages that a text links to, in order, without doubles. What
/// stands behind `#` is not sent to anybody and left out.
pub(crate) fn outside(document: &Document) -> Vec<String> {
    let mut urls: Vec<String> = document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Url { url } => Some(url.split('#').next().unwrap_or_default().trim()),
            _ => None,
        })
        .filter(|url| url.len() <= LONGEST && !host(url).is_empty())
        .map(str::to_owned)
        .collect();
    urls.sort_unstable();
    urls.dedup();
    urls
}

/// The host in an address by HTTP; empty for every other kind of address.
pub(crate) fn host(url: &str) -> String {
    let Ok(url) = url::Url::parse(url) else {
        return String::new();
    };
    match url.scheme() {
        "http" | "https" => url.host_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::{Action, Block, BlockContent, BlockId};
    use uuid::Uuid;

    #[test]
    fn addresses_of_others_are_found_once() {
        let target = |url: &str| LinkTarget::Url {
            url: url.to_owned(),
        };
        let action = |url: &str| Action {
            label: "x".to_owned(),
            target: target(url),
        };
        let document = Document {
            blocks: vec![Block {
                id: BlockId(Uuid::nil()),
                v: 1,
                content: BlockContent::Actions {
                    actions: vec![
                        action("https://b.example/x#del"),
                        action("https://b.example/x"),
                        action("http://a.example"),
                        action("mailto:a@b.example"),
                        action("tel:031"),
                        action("javascript:alert(1)"),
                        action(&format!("https://c.example/{}", "x".repeat(2_000))),
                    ],
                },
            }],
        };
        assert_eq!(
            outside(&document),
            ["http://a.example", "https://b.example/x"]
        );
        assert_eq!(host("https://Å.Example:8443/"), "xn--5ca.example");
    }
}
