//! What of an address tells pages apart.

/// The parameters that a page has declared, sorted by name, the first of each.
pub(crate) fn declared_query(query: Option<&str>, declared: &[&str]) -> Vec<(String, String)> {
    let Some(query) = query else {
        return Vec::new();
    };
    if declared.is_empty() {
        return Vec::new();
    }
    let mut query: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| declared.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    query.dedup_by(|later, earlier| later.0 == earlier.0);
    query
}

/// The name under which a page is kept.
pub(crate) fn cache_key(path: &str, query: &[(String, String)]) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    format!("{path}?{query}")
}

/// A percent sign that is not followed by two hexadecimal digits.
pub(crate) fn has_broken_percent(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        *byte == b'%'
            && !bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_percent_signs() {
        assert!(has_broken_percent("/%zz"));
        assert!(has_broken_percent("/a%2"));
        assert!(!has_broken_percent("/a%20b"));
    }

    #[test]
    fn only_declared_parameters_count_and_their_order_does_not() {
        let query = declared_query(Some("utm=x&q=a&page=2&q=b"), &["q", "page"]);
        assert_eq!(cache_key("/sok", &query), "/sok?page=2&q=a");
    }
}
