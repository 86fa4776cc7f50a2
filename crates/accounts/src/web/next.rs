//! Where to go after logging in.

/// The page in the workspace where somebody was going, or the workspace itself. Only our own paths
/// under `/admin` are followed, so that a link to the log-in page cannot send anybody elsewhere,
/// and never logging in or out again.
pub(super) fn after_log_in(wanted: &str) -> &str {
    const START: &str = "/admin";
    let own = wanted
        .strip_prefix(START)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let plain = wanted.len() <= 2_000
        && wanted
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let path = wanted.split(['?', '#']).next().unwrap_or_default();
    let again =
        path.trim_end_matches('/') == super::LOG_IN || path.trim_end_matches('/') == super::LOG_OUT;
    let odd = path
        .split('/')
        .skip(1)
        .any(|part| part.is_empty() || part.starts_with('.'));
    if own && plain && !again && !odd {
        wanted
    } else {
        START
    }
}

#[cfg(test)]
mod tests {
    use super::after_log_in;

    #[test]
    fn only_our_own_pages_are_followed() {
        for own in [
            "/admin",
            "/admin/pages/0198a0c0-0000-7000-8000-000000000000",
            "/admin/log/page/1?page=2&q=%C3%A5",
        ] {
            assert_eq!(after_log_in(own), own);
        }
        for other in [
            "",
            "https://evil.example/admin",
            "//evil.example/admin",
            "/\\evil.example",
            "/admin\\@evil.example",
            "/admin@evil.example",
            "/admin.evil.example",
            "/administration",
            "/admin/../../evil",
            "/admin/..//evil.example",
            "/admin//evil.example",
            "/admin/\r\nset-cookie: a=b",
            "/admin/\u{e5}",
            " /admin/pages",
            "/admin/log-in",
            "/admin/log-in?next=/admin/log-in",
            "/admin/log-out",
            "javascript:alert(1)",
        ] {
            assert_eq!(after_log_in(other), "/admin", "{other}");
        }
        assert_eq!(
            after_log_in(&format!("/admin/{}", "a".repeat(2_000))),
            "/admin"
        );
    }
}
