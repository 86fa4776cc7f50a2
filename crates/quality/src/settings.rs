//! What a city settles about the rules: weights and limits.

use std::collections::BTreeMap;

use crate::{Rule, Weight};

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident = $text:literal $usual:literal, $least:literal..=$most:literal),+ $(,)?) => {
        /// A number that a rule goes by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Limit { $($(#[$doc])* $name),+ }

        impl Limit {
            /// Every limit, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Key of the words that say what it is, with its unit.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => concat!("quality-", $text)),+ }
            }

            /// The number where the city has settled none.
            #[must_use]
            pub const fn usual(self) -> u32 {
                match self { $(Self::$name => $usual),+ }
            }

            /// The least and the most that make sense.
            #[must_use]
            pub const fn range(self) -> (u32, u32) {
                match self { $(Self::$name => ($least, $most)),+ }
            }
        }
    };
}

limits! {
    /// Highest LIX of a Swedish text.
    LixSwedish = "limit-lix-sv" 40, 15..=80,
    /// Highest LIX of an English text: English writes compounds apart, so that the same matter
    /// gives fewer long words.
    LixEnglish = "limit-lix-en" 37, 15..=80,
    /// Words from which LIX says anything of a text.
    LixFrom = "limit-lix-from" 60, 20..=1_000,
    /// Most words in a sentence.
    Sentence = "limit-sentence" 25, 8..=80,
    /// Most words in a paragraph.
    Paragraph = "limit-paragraph" 90, 20..=500,
    /// Most characters in a title.
    Title = "limit-title" 65, 20..=200,
    /// Most characters in a lead.
    Description = "limit-description" 220, 50..=600,
    /// Most characters in a heading.
    Heading = "limit-heading" 80, 20..=200,
    /// Most words without any heading.
    WithoutHeading = "limit-without-heading" 250, 50..=2_000,
    /// Most minutes to read.
    Minutes = "limit-minutes" 8, 1..=120,
    /// Most characters in the words for a picture.
    Alt = "limit-alt" 180, 40..=500,
    /// Most columns in a table.
    Columns = "limit-columns" 6, 2..=50,
    /// Most kilobytes (1 000 bytes) of pictures on a page.
    Kilobytes = "limit-kilobytes" 1_500, 50..=50_000,
}

/// A line of the settings that cannot be used: its name and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError {
    /// The name of the rule or limit, or what stood in its place.
    pub name: String,
    /// What it was set to.
    pub value: String,
    /// For a limit: the least and the most that make sense.
    pub range: Option<(u32, u32)>,
}

/// Weights and limits; what is not settled is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    weights: BTreeMap<Rule, Weight>,
    limits: BTreeMap<Limit, u32>,
}

impl Settings {
    /// What a rule weighs.
    #[must_use]
    pub fn weight(&self, rule: Rule) -> Weight {
        self.weights
            .get(&rule)
            .copied()
            .unwrap_or_else(|| rule.usual())
    }

    /// A limit.
    #[must_use]
    pub fn limit(&self, limit: Limit) -> u32 {
        self.limits
            .get(&limit)
            .copied()
            .unwrap_or_else(|| limit.usual())
    }

    /// Sets what a rule weighs.
    pub fn set_weight(&mut self, rule: Rule, weight: Weight) {
        self.weights.insert(rule, weight);
    }

    /// Sets one rule or limit by its stored name.
    ///
    /// # Errors
    /// When there is no such rule or limit, or the value is none for it.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingsError> {
        let wrong = |range| SettingsError {
            name: name.to_owned(),
            value: value.to_owned(),
            range,
        };
        if let Some(rule) = Rule::parse(name) {
            let weight = Weight::parse(value.trim()).ok_or_else(|| wrong(None))?;
            self.weights.insert(rule, weight);
            return Ok(());
        }
        let limit = Limit::ALL
            .iter()
            .copied()
            .find(|limit| limit.as_str() == name)
            .ok_or_else(|| wrong(None))?;
        let (least, most) = limit.range();
        let number = value.trim().parse::<u32>().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        let number = number.ok_or_else(|| wrong(Some((least, most))))?;
        self.limits.insert(limit, number);
        Ok(())
    }

    /// Everything as name and value, also what is as usual: what is stored and exported.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let weights = Rule::ALL
            .iter()
            .map(|rule| (rule.as_str(), self.weight(*rule).as_str().to_owned()));
        let limits = Limit::ALL
            .iter()
            .map(|limit| (limit.as_str(), self.limit(*limit).to_string()));
        weights.chain(limits).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_go_there_and_back_and_say_what_is_wrong() {
        let mut settings = Settings::default();
        settings.set("lix", "must").expect("a weight");
        settings.set("limit-lix-sv", " 35 ").expect("a limit");
        let mut again = Settings::default();
        for (name, value) in settings.pairs() {
            again.set(name, &value).expect(name);
        }
        assert_eq!(again.weight(Rule::Lix), Weight::Must);
        assert_eq!(again.limit(Limit::LixSwedish), 35);
        assert_eq!(again.pairs(), settings.pairs());
        assert_eq!(settings.set("lix", "40").expect_err("a word").range, None);
        let range = settings.set("limit-lix-sv", "400").expect_err("high").range;
        assert_eq!(range, Some((15, 80)));
        assert!(settings.set("nothing", "must").is_err());
    }
}
