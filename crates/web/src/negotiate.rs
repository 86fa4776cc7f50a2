//! One address, several types: whoever accepts another type is answered as the address of that type
//! would answer. Each of them is kept under its own address.

use http::header::{ACCEPT, VARY};
use http::{HeaderMap, HeaderValue, Request, Uri};

/// An address that is answered as another one, for those who ask for a media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub path: String,
    pub media: &'static str,
    pub instead: String,
}

/// How much a media type is wanted where it is named, from 0 to 1 (RFC 9110, section 12.5.1).
fn weight(headers: &HeaderMap, media: &str) -> Option<f32> {
    let all = headers.get_all(ACCEPT).iter();
    let parts = all.filter_map(|value| value.to_str().ok());
    parts.flat_map(|value| value.split(',')).find_map(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next()?.eq_ignore_ascii_case(media);
        let weight = words.find_map(|word| word.strip_prefix("q=")?.parse().ok());
        named.then(|| weight.unwrap_or(1.0))
    })
}

/// Leads a question to the address of the type that it asks for. True where the answer depends on
/// what is accepted, whether or not it was led elsewhere.
pub(crate) fn lead<B>(alternatives: &[Alternative], request: &mut Request<B>) -> bool {
    let path = request.uri().path();
    let Some(own) = alternatives.iter().find(|own| own.path == path) else {
        return false;
    };
    let wanted = weight(request.headers(), own.media).unwrap_or(0.0);
    let usual = weight(request.headers(), "application/json").unwrap_or(0.0);
    if wanted > 0.0 && wanted >= usual {
        let query = request.uri().query();
        let to = query.map_or_else(
            || own.instead.clone(),
            |query| format!("{}?{query}", own.instead),
        );
        let mut parts = request.uri().clone().into_parts();
        if let Ok(path) = to.parse() {
            parts.path_and_query = Some(path);
        }
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    true
}

/// Says that the answer depends on what is accepted.
pub(crate) fn tell(headers: &mut HeaderMap) {
    headers.append(VARY, HeaderValue::from_static("accept"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_that_is_wanted_most_is_answered() {
        let all = [Alternative {
            path: "/units".to_owned(),
            media: "application/geo+json",
            instead: "/units.geojson".to_owned(),
        }];
        let asked = |uri: &str, accept: &str| {
            let request = Request::get(uri).header(ACCEPT, accept);
            let mut request = request.body(()).expect("a request");
            let depends = lead(&all, &mut request);
            (depends, request.uri().to_string())
        };
        let led = (true, "/units.geojson?q=1".to_owned());
        assert_eq!(asked("/units?q=1", "application/geo+json"), led);
        assert_eq!(
            asked("/units?q=1", "application/json;q=0.5, Application/GEO+JSON"),
            led
        );
        assert_eq!(
            asked("https://a.example/units", "application/geo+json").1,
            "https://a.example/units.geojson"
        );
        let stays = (true, "/units?q=1".to_owned());
        for accept in [
            "*/*",
            "application/json",
            "application/geo+json;q=0",
            "application/geo+json;q=0.1, application/json",
            "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        ] {
            assert_eq!(asked("/units?q=1", accept), stays, "{accept}");
        }
        assert_eq!(
            asked("/other", "application/geo+json"),
            (false, "/other".to_owned())
        );
    }
}
