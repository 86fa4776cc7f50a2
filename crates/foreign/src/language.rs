//! The language of a text.

use torg_kernel::Locale;

/// The fewest characters that tell a language. Below it Swedish, Danish and Norwegian are one.
const ENOUGH: usize = 120;

/// `sv-SE` and `sv_SE` are Swedish, `zh-Hant` stays what it is.
pub(crate) fn locale(tag: &str) -> Option<Locale> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let language = parts.next()?;
    match parts.next().filter(|part| part.len() == 4) {
        Some(script) => format!("{language}-{script}").parse().ok(),
        None => language.parse().ok(),
    }
}

/// The language that a text reads as, where it is long enough and there is no doubt.
pub(crate) fn guess(text: &str) -> Option<Locale> {
    if text.chars().take(ENOUGH).count() < ENOUGH {
        return None;
    }
    let text: String = text.chars().take(4_000).collect();
    let found = whatlang::detect(&text)?;
    if !found.is_reliable() {
        return None;
    }
    // The languages of Swedish cities' sites; the names are those of ISO 639-1 and 639-3.
    let tag = match found.lang().code() {
        "swe" => "sv",
        "eng" => "en",
        "fin" => "fi",
        "ara" => "ar",
        "pes" => "fa",
        "ukr" => "uk",
        "pol" => "pl",
        "spa" => "es",
        "deu" => "de",
        "fra" => "fr",
        "rus" => "ru",
        "tur" => "tr",
        "cmn" => "zh",
        "hrv" => "hr",
        "srp" => "sr",
        "dan" => "da",
        "nob" => "nb",
        "ron" => "ro",
        "vie" => "vi",
        "tha" => "th",
        "hun" => "hu",
        "yid" => "yi",
        other => other,
    };
    tag.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_where_there_is_enough_to_read() {
        let swedish = "Du behöver söka bygglov innan du börjar bygga. Handläggningen tar oftast tio \
                       veckor från det att ansökan är komplett, och avgiften beror på hur stort du bygger.";
        let english = "You need to apply for planning permission before you begin to build. It usually \
                       takes ten weeks from the day when the application is complete.";
        assert_eq!(guess(swedish), Some(Locale::SV));
        assert_eq!(guess(english), Some(Locale::EN));
        assert_eq!(guess("Bygglov"), None);
        assert_eq!(locale("sv_SE"), Some(Locale::SV));
        assert_eq!(
            locale("zh-Hant-TW").map(|l| l.to_string()),
            Some("zh-hant".into())
        );
    }
}
