//! The language of the interface for somebody at work.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use torg_kernel::Locale;

use crate::context::cookie;

/// The cookie in which staff keep their choice of language.
pub const LANGUAGE_COOKIE: &str = "torg_language";

/// The language chosen by the reader, else the first of Swedish and English that the browser
/// prefers (by order; weights are ignored, since browsers list by weight), else Swedish.
#[must_use]
pub fn preferred(headers: &HeaderMap) -> Locale {
    match cookie(headers, LANGUAGE_COOKIE).as_deref() {
        Some("en") => return Locale::EN,
        Some("sv") => return Locale::SV,
        _ => {}
    }
    headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .split(',')
        .find_map(
            |part| match part.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "sv" | "nb" | "nn" | "no" | "da" => Some(Locale::SV),
                "en" => Some(Locale::EN),
                _ => None,
            },
        )
        .unwrap_or(Locale::SV)
}

/// The `Set-Cookie` for a choice of language, for a year.
#[must_use]
pub fn language_cookie(locale: Locale, https: bool) -> String {
    let secure = if https { "; Secure" } else { "" };
    format!(
        "{LANGUAGE_COOKIE}={locale}; Path=/admin; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}"
    )
}
