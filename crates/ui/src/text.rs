//! Translations: Fluent files in `translations/<language>/`, embedded when the program is built.
//! Sentences without values are made once and kept, since every page asks for dozens of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_templates::LanguageIdentifier;
use fluent_templates::fluent_bundle::concurrent::FluentBundle;
use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use torg_kernel::{Locale, Message};

use crate::Html;

include!(concat!(env!("OUT_DIR"), "/translations.rs"));

/// A language of the interface. Content may be in any language, the words around it in these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UiLanguage {
    /// Swedish.
    Swedish,
    /// English.
    English,
}

/// A value in a sentence. Numbers choose plural forms; text never does.
#[derive(Debug, Clone)]
pub enum Arg {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
// Templates pass what they loop over by reference.
impl From<&&String> for Arg {
    fn from(text: &&String) -> Self {
        Self::Text((*text).clone())
    }
}
impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
macro_rules! by_reference {
    ($($number:ty),+) => { $(impl From<&$number> for Arg {
        fn from(number: &$number) -> Self { Self::from(*number) }
    })+ };
}
by_reference!(i64, u32, u64, usize);

impl Arg {
    /// Text that is a plain whole number counts as one; `031` and `+46` stay text.
    fn read(text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::from(text),
        }
    }
}

struct Words {
    bundle: FluentBundle<FluentResource>,
    fixed: HashMap<String, String>,
}

impl Words {
    fn load(tag: &str) -> Self {
        let id: LanguageIdentifier = tag.parse().expect("written in this file");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would end up in copied phone numbers and mail subjects.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for (_, name, source) in FILES.iter().filter(|(language, ..)| *language == tag) {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(
                |(resource, _): (FluentResource, _)| {
                    debug_assert!(false, "translations/{tag}/{name} has an error of syntax");
                    resource
                },
            );
            keys.extend(keys_in(source).map(str::to_owned));
            bundle.add_resource_overriding(resource);
        }
        let mut words = Self {
            bundle,
            fixed: HashMap::new(),
        };
        for key in keys {
            if let Some(sentence) = words.make(&key, None) {
                words.fixed.insert(key, sentence);
            }
        }
        words
    }

    /// The sentence, or `None` when there is none or a value is missing.
    fn make(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, args, &mut errors);
        (errors.is_empty() || args.is_some()).then(|| sentence.into_owned())
    }
}

/// The keys that a file defines.
fn keys_in(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        (key.starts_with(|c: char| c.is_ascii_lowercase())).then(|| key.trim_end())
    })
}

static SWEDISH: LazyLock<Words> = LazyLock::new(|| Words::load("sv"));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::load("en"));

/// The words of the interface in one language, and the language of the page they stand on. Small
/// and copied freely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct T {
    language: UiLanguage,
    page: Locale,
}

impl From<&Self> for T {
    fn from(t: &Self) -> Self {
        *t
    }
}

impl T {
    /// Swedish.
    pub const SV: Self = Self {
        language: UiLanguage::Swedish,
        page: Locale::SV,
    };
    /// English.
    pub const EN: Self = Self {
        language: UiLanguage::English,
        page: Locale::EN,
    };

    /// The words that go round content in a language: English round English, Swedish round
    /// everything else until it is translated.
    #[must_use]
    pub fn of(locale: Locale) -> Self {
        let language = match locale.as_str().split('-').next() {
            Some("en") => UiLanguage::English,
            _ => UiLanguage::Swedish,
        };
        Self {
            language,
            page: locale,
        }
    }

    /// Which language it is.
    #[must_use]
    pub const fn language(self) -> UiLanguage {
        self.language
    }

    /// The language as a tag.
    #[must_use]
    pub const fn locale(self) -> Locale {
        match self.language {
            UiLanguage::Swedish => Locale::SV,
            UiLanguage::English => Locale::EN,
        }
    }

    /// The language of the page itself.
    #[must_use]
    pub const fn page(self) -> Locale {
        self.page
    }

    /// Whether the page is in a language that the interface does not have.
    #[must_use]
    pub fn is_foreign(self) -> bool {
        self.page.as_str().split('-').next() != Some(self.locale().as_str())
    }

    /// Words of the interface, or made with them, for the text of a page: in `<bdi>` with their
    /// language where the page is in another, so that they are read out as what they are and
    /// their punctuation stays on its side (WCAG 2.2, 3.1.2). Costs a page in Swedish or English
    /// nothing. Not for attributes, titles and options, which can hold no elements.
    #[must_use]
    pub fn mark(self, words: impl AsRef<str>) -> Html {
        let lang = self.is_foreign().then(|| self.locale());
        Html::in_language(words.as_ref(), lang)
    }

    /// A sentence without values for the text of a page, marked as [`T::mark`] does.
    #[must_use]
    pub fn say(self, key: &str) -> Html {
        self.mark(self.get(key))
    }

    /// The attribute ` lang="…"` for an element that is named in the language of the interface;
    /// empty where the page is in that language.
    #[must_use]
    pub fn lang(self) -> Html {
        Html::lang_attribute(self.is_foreign().then(|| self.locale()))
    }

    /// The attribute ` lang="…"` for what is in the page's own language within [`T::lang`].
    #[must_use]
    pub fn page_lang(self) -> Html {
        Html::lang_attribute(self.is_foreign().then_some(self.page))
    }

    fn words(self) -> &'static Words {
        match self.language {
            UiLanguage::Swedish => &SWEDISH,
            UiLanguage::English => &ENGLISH,
        }
    }

    /// A sentence without values; the key itself when there is no such sentence.
    #[must_use]
    pub fn get(self, key: &str) -> Cow<'static, str> {
        match self.words().fixed.get(key) {
            Some(sentence) => Cow::Borrowed(sentence),
            None => Cow::Owned(key.to_owned()),
        }
    }

    /// Every sentence without values whose key begins so: the words of a script, which holds none of
    /// its own.
    pub fn beginning(self, prefix: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        let fixed = self.words().fixed.iter();
        fixed
            .filter(move |(key, _)| key.starts_with(prefix))
            .map(|(key, sentence)| (key.as_str(), sentence.as_str()))
    }

    /// A sentence without values, or `None`: for keys made from names that may lack words.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.words().fixed.get(key).map(String::as_str)
    }

    /// A sentence with values by name; the key itself when there is no such sentence.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, Arg)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.as_str()),
                Arg::Number(number) => FluentValue::from(*number),
            };
            args.set(*name, value);
        }
        self.words()
            .make(key, Some(&args))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A sentence with one value.
    #[must_use]
    pub fn one(self, key: &str, name: &str, value: impl Into<Arg>) -> String {
        self.with(key, &[(name, value.into())])
    }

    /// A sentence with two values; a slice cannot be written in a template.
    #[must_use]
    pub fn two(
        self,
        key: &str,
        first: &str,
        first_value: impl Into<Arg>,
        second: &str,
        second_value: impl Into<Arg>,
    ) -> String {
        self.with(
            key,
            &[(first, first_value.into()), (second, second_value.into())],
        )
    }

    /// The sentence of a message from another room.
    #[must_use]
    pub fn message(self, message: &Message) -> String {
        if message.args.is_empty() {
            return self.get(message.key).into_owned();
        }
        let values: Vec<(&str, Arg)> = message
            .args
            .iter()
            .map(|(name, value)| (*name, Arg::read(value)))
            .collect();
        self.with(message.key, &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn keys(language: &str) -> BTreeSet<String> {
        FILES
            .iter()
            .filter(|(tag, ..)| *tag == language)
            .flat_map(|(_, file, source)| keys_in(source).map(move |key| format!("{file}: {key}")))
            .collect()
    }

    #[test]
    fn both_languages_hold_the_same_keys() {
        let (sv, en) = (keys("sv"), keys("en"));
        let only_sv: Vec<_> = sv.difference(&en).collect();
        let only_en: Vec<_> = en.difference(&sv).collect();
        assert!(
            only_sv.is_empty() && only_en.is_empty(),
            "only in Swedish: {only_sv:?}; only in English: {only_en:?}"
        );
        assert!(sv.len() > 100);
    }

    #[test]
    fn no_key_is_defined_twice() {
        for language in ["sv", "en"] {
            let mut seen = BTreeSet::new();
            for (tag, file, source) in FILES.iter().filter(|(tag, ..)| *tag == language) {
                for key in keys_in(source) {
                    assert!(seen.insert(key), "{key} stands twice ({tag}/{file})");
                }
            }
        }
    }

    #[test]
    fn every_file_is_good_fluent() {
        for (tag, file, source) in FILES {
            if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                panic!("translations/{tag}/{file}: {errors:?}");
            }
        }
    }

    fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, visit);
            } else {
                visit(&path);
            }
        }
    }

    #[test]
    fn every_key_that_is_asked_for_exists() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let sv: BTreeSet<&str> = FILES
            .iter()
            .filter(|(tag, ..)| *tag == "sv")
            .flat_map(|(.., source)| keys_in(source))
            .collect();
        let mut missing = Vec::new();
        let mut asked = 0;
        walk(&crates, &mut |path| {
            if path.ends_with("ui/src/text.rs")
                || !path
                    .extension()
                    .is_some_and(|end| end == "rs" || end == "html")
            {
                return;
            }
            let source = std::fs::read_to_string(path).unwrap_or_default();
            for call in [
                "t.get(",
                "t.say(",
                "t.with(",
                "t.one(",
                "t.two(",
                "Message::new(",
            ] {
                for part in source.split(call).skip(1) {
                    let Some(rest) = part.trim_start().strip_prefix('"') else {
                        continue;
                    };
                    let key = rest.split('"').next().unwrap_or_default();
                    asked += 1;
                    if !sv.contains(key) {
                        missing.push(format!("{}: {key}", path.display()));
                    }
                }
            }
        });
        assert!(missing.is_empty(), "{missing:#?}");
        assert!(asked > 100, "only {asked} found");
    }

    #[test]
    fn templates_never_switch_escaping_off() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        walk(&crates, &mut |path| {
            if path.extension().is_some_and(|end| end == "html")
                && path
                    .components()
                    .any(|part| part.as_os_str() == "templates")
            {
                let source = std::fs::read_to_string(path).unwrap_or_default();
                let open: String = source.split_whitespace().collect();
                assert!(!open.contains("|safe"), "{}", path.display());
                assert!(!open.contains("autoescape"), "{}", path.display());
            }
        });
    }

    #[test]
    fn words_of_the_interface_are_marked_where_the_page_is_in_another_language() {
        let arabic = T::of("ar".parse().expect("a tag"));
        assert_eq!(
            arabic.mark("a & b").as_str(),
            "<bdi lang=\"sv\">a &#38; b</bdi>".replace("&#38;", "&amp;")
        );
        assert_eq!(arabic.lang().as_str(), " lang=\"sv\"");
        assert_eq!(arabic.page_lang().as_str(), " lang=\"ar\"");
        for own in [Locale::SV, Locale::EN, "en-gb".parse().expect("a tag")] {
            assert_eq!(T::of(own).mark("a").as_str(), "a");
            assert!(T::of(own).lang().is_empty() && T::of(own).page_lang().is_empty());
        }
    }

    #[test]
    fn values_choose_plurals_and_are_not_isolated() {
        assert_eq!(T::SV.one("search-count", "count", 1_usize), "1 träff");
        assert_eq!(T::SV.one("search-count", "count", 3_usize), "3 träffar");
        assert_eq!(
            T::EN.message(&Message::new("search-count").with("count", 2)),
            "2 results"
        );
        assert_eq!(T::SV.get("no-such-key"), "no-such-key");
    }
}
