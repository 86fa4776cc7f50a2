//! Rules that hold for every request: headers that protect, and where a write may come from.

use std::net::SocketAddr;

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::page::Elsewhere;

/// Only our own script, style, fonts and pictures; nothing inline, no frames, no plug-ins.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The policy of a page that needs something of other sites. What is no plain source is left out: it
/// could end the directive and begin another.
pub fn policy_for(elsewhere: &Elsewhere) -> String {
    let plain = |source: &&String| {
        !source.is_empty()
            && source
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b";,'".contains(&byte))
    };
    let joined = |sources: &[String]| -> String {
        let plain: Vec<&str> = sources.iter().filter(plain).map(String::as_str).collect();
        plain.join(" ")
    };
    let fetched = joined(&elsewhere.fetched);
    let framed = joined(&elsewhere.framed_by);
    let mut policy = POLICY.to_owned();
    if !fetched.is_empty() {
        for directive in ["img-src 'self' data:", "connect-src 'self'"] {
            policy = policy.replace(directive, &format!("{directive} {fetched}"));
        }
    }
    if !framed.is_empty() {
        policy = policy.replace(
            "frame-ancestors 'none'",
            &format!("frame-ancestors {framed}"),
        );
    }
    policy
}

/// A path as the log of requests shows it: at most 200 characters, and what may be a secret link
/// (a part of at least 32 letters and digits, such as that of a preview) left out. Ids with hyphens
/// stay, so that an operator can follow a request.
pub fn shown_path(path: &str) -> String {
    let is_secret =
        |part: &str| part.len() >= 32 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let parts: Vec<&str> = path
        .split('/')
        .map(|part| if is_secret(part) { "…" } else { part })
        .collect();
    parts.join("/").chars().take(200).collect()
}

/// Adds the headers that protect the reader.
pub fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(self)",
        ),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}

/// Tells browsers for a year to come by HTTPS only (RFC 6797), when readers do. Without
/// subdomains: those may belong to others.
pub fn only_https(headers: &mut HeaderMap, is_https: bool) {
    if is_https {
        headers.insert(
            http::header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
}

/// Whether a write was sent from our own pages. Browsers say so in `Sec-Fetch-Site`, older ones in
/// `Origin`; a write that says neither does not come from a form of ours and is refused.
pub fn same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
    {
        return matches!(site, "same-origin" | "none");
    }
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    match (text(ORIGIN), text(HOST)) {
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)),
        _ => false,
    }
}

/// Whether the operator asks: from the machine itself, not through a proxy, or with the token.
pub fn is_operator(headers: &HeaderMap, peer: Option<SocketAddr>, token: Option<&str>) -> bool {
    let given = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if let (Some(given), Some(token)) = (given, token) {
        return same_bytes(given.as_bytes(), token.as_bytes());
    }
    let forwarded = ["forwarded", "x-forwarded-for", "via"]
        .iter()
        .any(|name| headers.contains_key(*name));
    !forwarded && peer.is_some_and(|peer| peer.ip().is_loopback())
}

/// Compares without telling by time where the first difference lies.
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_link_is_not_in_the_log() {
        let secret = "0123456789abcdef0123456789abcdef";
        assert_eq!(
            shown_path(&format!("/admin/preview/{secret}")),
            "/admin/preview/…"
        );
        let id = "/admin/pages/0198a0c0-0000-7000-8000-000000000000";
        assert_eq!(shown_path(id), id);
    }

    #[test]
    fn a_page_is_opened_to_what_it_names_and_no_more() {
        let policy = policy_for(&Elsewhere {
            fetched: vec![
                "https://tiles.example.org".to_owned(),
                "https://x; script-src *".to_owned(),
            ],
            framed_by: vec!["*".to_owned()],
        });
        assert!(policy.contains("connect-src 'self' https://tiles.example.org;"));
        assert!(policy.contains("img-src 'self' data: https://tiles.example.org;"));
        assert!(policy.contains("frame-ancestors *;"));
        assert!(policy.contains("script-src 'self';") && !policy.contains("https://x"));
        assert_eq!(policy_for(&Elsewhere::default()), POLICY);
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    value.parse().expect("a header value"),
                )
            })
            .collect()
    }

    #[test]
    fn writes_come_from_our_own_pages_only() {
        assert!(same_origin(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!same_origin(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(same_origin(&headers(&[
            ("origin", "http://a:1"),
            ("host", "a:1")
        ])));
        assert!(!same_origin(&headers(&[
            ("origin", "http://b"),
            ("host", "a")
        ])));
        assert!(!same_origin(&headers(&[("origin", "null"), ("host", "a")])));
        assert!(!same_origin(&headers(&[])));
    }

    #[test]
    fn the_operator_is_on_the_machine_or_has_the_token() {
        let here = Some(SocketAddr::from(([127, 0, 0, 1], 1)));
        let away = Some(SocketAddr::from(([192, 0, 2, 1], 1)));
        assert!(is_operator(&headers(&[]), here, None));
        assert!(!is_operator(&headers(&[]), away, None));
        assert!(!is_operator(
            &headers(&[("x-forwarded-for", "192.0.2.1")]),
            here,
            None
        ));
        assert!(is_operator(
            &headers(&[("authorization", "Bearer abc")]),
            away,
            Some("abc")
        ));
        assert!(!is_operator(
            &headers(&[("authorization", "Bearer abd")]),
            here,
            Some("abc")
        ));
    }
}
