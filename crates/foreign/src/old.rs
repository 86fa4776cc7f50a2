//! Old addresses: which of them mean the same thing.

use percent_encoding::percent_decode_str;
use url::Url;

/// Names of query parameters that say where a reader came from, never what is shown.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "phpsessid",
    "jsessionid",
    "sid",
    "_ga",
    "replytocom",
];

/// File names that mean their folder.
const INDEX: &[&str] = &[
    "index.html",
    "index.htm",
    "index.php",
    "index.asp",
    "index.aspx",
    "index.shtml",
    "default.html",
    "default.htm",
    "default.asp",
    "default.aspx",
];

/// What an address has in common with all other ways to write it: no scheme, no `www.`, no fragment,
/// lower case, no index file, no `.html`, no slash at the end, query parameters sorted and without
/// those that only follow readers about.
///
/// Two pages of one old site that differ in capitals only would be taken for one; no known system
/// makes such.
pub(crate) fn key(url: &Url) -> String {
    let mut key = host(url);
    let path = percent_decode_str(url.path()).decode_utf8_lossy();
    let path = path.to_lowercase();
    let (path, saved) = saved_query(&path);
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let file = if INDEX.contains(&file) { "" } else { file };
    let file = file
        .strip_suffix(".html")
        .or_else(|| file.strip_suffix(".htm"))
        .unwrap_or(file);
    for part in folder.split('/').chain([file]) {
        if !part.is_empty() {
            key.push('/');
            key.push_str(part);
        }
    }
    let query = match saved {
        Some(saved) => sorted(saved),
        None => query(url),
    };
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query);
    }
    key
}

/// The host as it is compared: without `www.`, with a port that is not the scheme's own.
pub(crate) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// A host as somebody writes it, in the form of [`host`].
pub(crate) fn host_of(text: &str) -> String {
    let text = text.trim();
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    Url::parse(&whole).map_or_else(|_| text.to_ascii_lowercase(), |url| host(&url))
}

/// A saved page's file name holds the query of its address: `index.html?p=5.html`, or with `@` where
/// file names may not have a question mark.
pub(crate) fn saved_query(path: &str) -> (&str, Option<&str>) {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let mark = path[name..].find('?').or_else(|| {
        let at = path[name..].find('@')?;
        path[name + at..].contains('=').then_some(at)
    });
    match mark {
        Some(at) => {
            let query = &path[name + at + 1..];
            let query = query.strip_suffix(".html").unwrap_or(query);
            (&path[..name + at], Some(query))
        }
        None => (path, None),
    }
}

/// The query that matters, sorted.
pub(crate) fn query(url: &Url) -> String {
    sorted(url.query().unwrap_or_default())
}

fn sorted(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
        .filter(|(name, _)| !TRACKING.contains(&name.as_str()) && !name.starts_with("utm_"))
        .collect();
    pairs.sort();
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&name);
        if !value.is_empty() {
            out.push('=');
            out.push_str(&value);
        }
    }
    out
}

/// Path and query as the old server knew the address.
pub(crate) fn path_and_query(url: &Url) -> String {
    match url.query() {
        Some(query) if !query.is_empty() => format!("{}?{query}", url.path()),
        _ => url.path().to_owned(),
    }
}

/// The words that a new address is made of: the path without index file and ending, decoded; for an
/// address told apart by its query, the query's words as well.
pub(crate) fn words(url: &Url) -> String {
    let key = key(url);
    let path = key.find('/').map_or("", |at| &key[at..]);
    match (path, key.split_once('?')) {
        ("", None) => String::new(),
        ("", Some((_, query))) => query.to_owned(),
        (path, _) => path.replace('?', "-"),
    }
}

/// Whether an address names a web page or file at all.
pub(crate) fn parse(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then_some(url)
}

/// `…/bro-300x200.jpg` is a smaller size of `…/bro.jpg`.
pub(crate) fn full_size(address: &str) -> String {
    let Some((stem, ending)) = address.rsplit_once('.') else {
        return address.to_owned();
    };
    let size = stem.rsplit_once('-').filter(|(_, size)| {
        size.split_once('x').is_some_and(|(wide, high)| {
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            digits(wide) && digits(high)
        })
    });
    match size {
        Some((stem, _)) => format!("{stem}.{ending}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_to_write_one_address_are_one() {
        let of = |text: &str| key(&parse(text).expect("written here"));
        for same in [
            "https://www.stad.example/Bygga/Lov/",
            "http://stad.example/bygga/lov",
            "http://stad.example/bygga/lov.html#avgift",
            "http://stad.example/bygga/lov/index.html?utm_source=brev",
        ] {
            assert_eq!(of(same), "stad.example/bygga/lov", "{same}");
        }
        assert_eq!(of("http://a.example:81/?p=3"), "a.example:81?p=3");
        assert_eq!(of("http://a.example/x?b=2&a=1"), "a.example/x?a=1&b=2");
        assert_eq!(of("http://a.example/%C3%85ker/"), "a.example/åker");
        assert_eq!(words(&parse("http://a.example/?p=3").expect("good")), "p=3");
        assert_eq!(words(&parse("http://a.example/").expect("good")), "");
    }
}
