//! A browser in words, from what it calls itself. Every browser also claims to be several others,
//! so the names are looked for from the most to the least particular; an unknown one stays so.

use torg_ui::T;

const BROWSERS: [(&str, &str); 9] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

fn first(names: &[(&str, &'static str)], agent: &str) -> Option<&'static str> {
    names
        .iter()
        .find(|(mark, _)| agent.contains(mark))
        .map(|(_, name)| *name)
}

/// "Firefox på Windows".
pub(super) fn in_words(t: T, agent: &str) -> String {
    match (first(&BROWSERS, agent), first(&SYSTEMS, agent)) {
        (Some(browser), Some(system)) => {
            t.two("session-browser", "browser", browser, "system", system)
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t.get("session-browser-unknown").into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart() {
        let firefox =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                    Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                     (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        let android = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) \
                       Chrome/140.0.0.0 Mobile Safari/537.36";
        assert_eq!(in_words(T::SV, firefox), "Firefox på Windows");
        assert_eq!(in_words(T::EN, edge), "Edge on Windows");
        assert_eq!(in_words(T::EN, phone), "Safari on iPhone");
        assert_eq!(in_words(T::SV, android), "Chrome på Android");
        assert_eq!(in_words(T::EN, "curl/8"), "Unknown browser");
    }
}
