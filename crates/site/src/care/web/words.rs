//! What the rules say, in the reader's language.

use jiff::civil::Date;
use torg_kernel::{Timestamp, civil_date};
use torg_quality::{Figures, Finding, Report, Rule, Sentence, Weight};
use torg_ui::{T, date, number};

use crate::care::links::store::ListedLink;
use crate::care::views::{Figure, HardSentence, LinkLine, RuleGroup};

/// Most findings of a rule that a page shows.
const SHOWN: usize = 10;

/// The weight in words.
pub(super) fn weight(t: T, weight: Weight) -> String {
    t.get(match weight {
        Weight::Must => "quality-weight-must",
        Weight::Should => "quality-weight-should",
        Weight::Hint => "quality-weight-hint",
        Weight::Off => "quality-weight-off",
    })
    .into_owned()
}

/// What it comes to, with the state it is in.
pub(super) fn verdict(t: T, report: &Report) -> (String, &'static str) {
    let of = |weight| i64::from(report.of_weight(weight));
    let (must, should) = (of(Weight::Must), of(Weight::Should));
    if must > 0 {
        (t.one("quality-verdict-must", "count", must), "must")
    } else if should > 0 {
        (t.one("quality-verdict-should", "count", should), "should")
    } else if of(Weight::Hint) > 0 {
        (
            t.one("quality-verdict-hint", "count", of(Weight::Hint)),
            "good",
        )
    } else {
        (t.get("quality-verdict-good").into_owned(), "good")
    }
}

/// What was counted.
pub(super) fn figures(t: T, figures: &Figures) -> Vec<Figure> {
    let plain = |key: &str, value: String| Figure {
        label: t.get(key).into_owned(),
        value,
        note: String::new(),
        bad: false,
    };
    let count = |value: u32| number(t, i64::from(value));
    let mut all = Vec::new();
    if let Some(most) = figures.lix_most {
        all.push(Figure {
            label: t.get("quality-figure-lix").into_owned(),
            value: figures
                .lix
                .map_or_else(|| "–".to_owned(), |lix| lix.to_string()),
            note: match figures.lix {
                Some(_) => t.one("quality-figure-lix-most", "most", i64::from(most)),
                None => t.get("quality-figure-lix-short").into_owned(),
            },
            bad: figures.lix.is_some_and(|lix| lix > most),
        });
    }
    let minutes = t.one("quality-minutes", "count", i64::from(figures.minutes));
    all.push(plain("quality-figure-minutes", minutes));
    all.push(plain("quality-figure-words", count(figures.words)));
    all.push(plain("quality-figure-headings", count(figures.headings)));
    all.push(plain("quality-figure-links", count(figures.links)));
    let weight = i64::try_from(figures.picture_bytes / 1_000).unwrap_or(i64::MAX);
    all.push(Figure {
        note: t.one("quality-figure-kilobytes", "kilobytes", &*number(t, weight)),
        ..plain("quality-figure-pictures", count(figures.pictures))
    });
    all
}

/// What was found, rule by rule, the heaviest first.
pub(super) fn groups(t: T, report: &Report) -> Vec<RuleGroup> {
    let mut rules: Vec<(Weight, Rule)> = Vec::new();
    for finding in &report.findings {
        let own = (finding.weight, finding.rule);
        if !rules.contains(&own) {
            rules.push(own);
        }
    }
    rules.sort_unstable();
    rules
        .into_iter()
        .map(|(own, rule)| {
            let of_rule = report
                .findings
                .iter()
                .filter(|finding| finding.rule == rule);
            let findings: Vec<(String, String)> = of_rule
                .take(SHOWN)
                .map(|finding| told(t, finding))
                .collect();
            let all = report.counts.get(&rule).copied().unwrap_or(0);
            let listed = u32::try_from(findings.len()).unwrap_or(u32::MAX);
            RuleGroup {
                rule: rule.as_str(),
                weight: own.as_str(),
                weight_words: weight(t, own),
                name: t.get(rule.title()).into_owned(),
                why: t.get(rule.why()).into_owned(),
                findings,
                more: all.saturating_sub(listed),
            }
        })
        .collect()
}

/// One finding with its place.
fn told(t: T, finding: &Finding) -> (String, String) {
    let place = match (finding.block, finding.field) {
        (Some(block), _) => block.to_string(),
        (None, Some(field)) => format!("field:{}", field.as_str()),
        (None, None) => String::new(),
    };
    (t.message(&finding.message()), place)
}

/// The sentences with their long words apart.
pub(super) fn hardest(t: T, sentences: Vec<Sentence>) -> Vec<HardSentence> {
    sentences
        .into_iter()
        .map(|sentence| HardSentence {
            note: t.two(
                "quality-sentence-note",
                "words",
                i64::from(sentence.words),
                "long",
                i64::try_from(sentence.long.len()).unwrap_or(0),
            ),
            pieces: pieces(&sentence.text, &sentence.long),
        })
        .collect()
}

/// The long words with how often they come.
pub(super) fn longest(t: T, words: Vec<(String, u32)>) -> Vec<(String, String)> {
    words
        .into_iter()
        .map(|(word, count)| (word, t.one("quality-times", "count", i64::from(count))))
        .collect()
}

/// A text in pieces: each of the words by itself, in order, and what stands between them.
fn pieces(text: &str, words: &[String]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    for word in words {
        let Some(at) = rest.find(word.as_str()) else {
            continue;
        };
        if at > 0 {
            pieces.push((rest[..at].to_owned(), false));
        }
        let end = at + word.len();
        pieces.push((rest[at..end].to_owned(), true));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push((rest.to_owned(), false));
    }
    pieces
}

/// The links of a text, those that do not answer first; those that nobody has looked at yet last.
pub(super) fn links(t: T, known: Vec<ListedLink>, urls: Vec<String>) -> Vec<LinkLine> {
    let new: Vec<String> = urls
        .into_iter()
        .filter(|url| known.iter().all(|link| link.url != *url))
        .collect();
    let mut lines: Vec<LinkLine> = known.into_iter().map(|own| link(t, own)).collect();
    lines.extend(new.into_iter().map(|url| LinkLine {
        url,
        words: t.get("quality-link-untried").into_owned(),
        dead: false,
    }));
    lines
}

/// A link with what came of trying it.
fn link(t: T, link: ListedLink) -> LinkLine {
    let day = |at: Option<i64>| {
        at.map_or_else(String::new, |at| {
            date(t, civil_date(Timestamp::from_micros(at)))
        })
    };
    let tried = day(link.tried_at);
    let key = match link.outcome.as_str() {
        "dead" => "quality-tried-dead",
        "there" => "quality-link-there",
        "closed" => "quality-link-closed",
        "refused" => "quality-link-refused",
        "silent" => "quality-link-silent",
        _ => "quality-link-untried",
    };
    let mut words = t.one(key, "date", &*tried);
    if link.outcome == "dead" && link.answered_at.is_some() {
        let seen = day(link.answered_at);
        words = format!("{words} {}", t.one("quality-link-seen", "date", &*seen));
    }
    LinkLine {
        dead: link.outcome == "dead",
        words,
        url: link.url,
    }
}

/// A day in words, or what stands for none.
pub(super) fn day_or(t: T, day: Option<Date>, none: &str) -> String {
    day.map_or_else(|| t.get(none).into_owned(), |day| date(t, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_out_in_order() {
        let words = [
            "verksamhet".to_owned(),
            "borta".to_owned(),
            "möjlighet".to_owned(),
        ];
        let cut = pieces("Vår verksamhet ger möjlighet.", &words);
        let told: Vec<(&str, bool)> = cut
            .iter()
            .map(|(text, long)| (text.as_str(), *long))
            .collect();
        assert_eq!(
            told,
            [
                ("Vår ", false),
                ("verksamhet", true),
                (" ger ", false),
                ("möjlighet", true),
                (".", false)
            ]
        );
    }
}
