//! How heavy a text is to read.

use std::collections::HashMap;

use torg_kernel::{BlockId, Locale, truncate_words};

use crate::words::{letters, sentences, words};
use crate::{Limit, Sentence, Settings};

/// A word of more letters than this is long (Björnsson 1968).
const LONG: usize = 6;
/// Words read in a minute: somewhat under the 218 that Swedish readers manage on average (Brysbaert
/// 2019, "How many words do we read per minute?"), since much of what a city writes is looked up by
/// people who do not read for pleasure.
const WORDS_A_MINUTE: u32 = 200;
/// Sentences and words that are named.
const NAMED: usize = 5;

/// What LIX is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words, O.
    pub words: u32,
    /// Sentences, M.
    pub sentences: u32,
    /// Words of more than six letters, L.
    pub long: u32,
}

/// LIX after C. H. Björnsson, *Läsbarhet* (1968): **LIX = O / M + 100 · L / O**, where O is the
/// number of words, M the number of sentences and L the number of words of more than six letters;
/// rounded to a whole number. Under 30 is very easy, 30–40 easy, 40–50 middling, 50–60 heavy, over
/// 60 very heavy. None for a text without words.
///
/// Digits count as letters. A heading, an item of a list or a paragraph without a full stop counts
/// as one sentence; tables and headings do not count at all. The same formula is used for English
/// with a limit of its own, rather than a formula that counts syllables, which can only be guessed
/// from English spelling.
#[must_use]
pub fn lix(counts: Counts) -> Option<u32> {
    if counts.words == 0 {
        return None;
    }
    let words = u64::from(counts.words);
    let sentences = u64::from(counts.sentences.max(1));
    let long = u64::from(counts.long);
    // In hundredths, so that no rounding depends on the machine.
    let hundredths = 100 * words / sentences + 10_000 * long / words;
    u32::try_from((hundredths + 50) / 100).ok()
}

/// A reading of a text, run by run.
#[derive(Debug, Default)]
pub struct Reading {
    /// What was counted so far.
    pub counts: Counts,
    heaviest: Vec<(u64, Sentence)>,
    longest: HashMap<String, u32>,
}

impl Reading {
    /// The highest LIX that a city wants in a language; none for languages in which LIX was never
    /// tried.
    #[must_use]
    pub fn most(settings: &Settings, locale: Locale) -> Option<u32> {
        match locale {
            Locale::SV => Some(settings.limit(Limit::LixSwedish)),
            Locale::EN => Some(settings.limit(Limit::LixEnglish)),
            _ => None,
        }
    }

    /// Reads a run; calls `visit` with each sentence and how many words it has.
    pub fn read(
        &mut self,
        block: Option<BlockId>,
        text: &str,
        visit: &mut dyn FnMut(&str, u32),
    ) -> u32 {
        let mut all = 0_u32;
        for sentence in sentences(text) {
            let (mut count, mut long) = (0_u32, Vec::new());
            for word in words(sentence) {
                count += 1;
                if letters(word) > LONG {
                    long.push(word);
                    *self.longest.entry(word.to_lowercase()).or_default() += 1;
                }
            }
            visit(sentence, count);
            self.weigh(block, sentence, count, &long);
            self.counts.sentences = self.counts.sentences.saturating_add(1);
            let long = u32::try_from(long.len()).unwrap_or(u32::MAX);
            self.counts.long = self.counts.long.saturating_add(long);
            all = all.saturating_add(count);
        }
        self.counts.words = self.counts.words.saturating_add(all);
        all
    }

    /// Keeps a sentence if it is among the heaviest: by its own LIX, from eight words on.
    fn weigh(&mut self, block: Option<BlockId>, text: &str, count: u32, long: &[&str]) {
        if count < 8 {
            return;
        }
        let words = u64::from(count);
        let weight = 100 * words + 10_000 * (long.len() as u64) / words;
        // Said once, however often it stands there.
        if self
            .heaviest
            .iter()
            .any(|(own, sentence)| *own == weight && sentence.text == text)
        {
            return;
        }
        let full = self.heaviest.len() >= NAMED;
        if full
            && self
                .heaviest
                .last()
                .is_some_and(|(least, _)| *least >= weight)
        {
            return;
        }
        let sentence = Sentence {
            block,
            text: truncate_words(text, 240),
            words: count,
            long: long
                .iter()
                .take(20)
                .map(|word| (*word).to_owned())
                .collect(),
        };
        let at = self.heaviest.partition_point(|(own, _)| *own >= weight);
        self.heaviest.insert(at, (weight, sentence));
        self.heaviest.truncate(NAMED);
    }

    /// The sentences that raise LIX most, the heaviest first.
    #[must_use]
    pub fn hardest(&mut self) -> Vec<Sentence> {
        std::mem::take(&mut self.heaviest)
            .into_iter()
            .map(|(_, sentence)| sentence)
            .collect()
    }

    /// The long words that come most often, with how often.
    #[must_use]
    pub fn longest(&mut self) -> Vec<(String, u32)> {
        let mut longest: Vec<(String, u32)> =
            std::mem::take(&mut self.longest).into_iter().collect();
        longest.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        longest.truncate(2 * NAMED);
        longest
    }

    /// Minutes to read, rounded up.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        self.counts.words.div_ceil(WORDS_A_MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lix_is_the_length_of_sentences_and_the_share_of_long_words() {
        // 8 words in 2 sentences, 2 of them long: 4 + 25.
        let mut reading = Reading::default();
        reading.read(
            None,
            "Vi hjälper dig hem. Kommunen är din vän.",
            &mut |_, _| {},
        );
        assert_eq!(
            reading.counts,
            Counts {
                words: 8,
                sentences: 2,
                long: 2
            }
        );
        assert_eq!(lix(reading.counts), Some(29));
        assert_eq!(lix(Counts::default()), None);
        let most = Counts {
            words: u32::MAX,
            sentences: 1,
            long: u32::MAX,
        };
        assert_eq!(lix(most), None);
    }

    #[test]
    fn the_heaviest_sentences_and_commonest_long_words_are_named() {
        let mut reading = Reading::default();
        let heavy = "Verksamheten tillhandahåller erforderliga informationsinsatser avseende \
            verksamheten för berörda kommuninvånare.";
        let light = "Du kan ringa till oss när du vill på dagen.";
        reading.read(None, &format!("{light} {heavy} {light}"), &mut |_, _| {});
        assert_eq!(reading.longest()[0], ("verksamheten".to_owned(), 2));
        let hardest = reading.hardest();
        // The lighter one stands there twice and is named once.
        assert_eq!(hardest.len(), 2);
        assert_eq!(hardest[0].text, heavy);
        assert_eq!(hardest[0].long.len(), 8);
        assert_eq!(reading.minutes(), 1);
    }
}
