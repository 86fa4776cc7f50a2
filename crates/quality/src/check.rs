//! The check itself: walks through a text once and lets each family of rules look.

use std::collections::BTreeMap;

use torg_kernel::{Block, BlockContent, BlockId, Document, LinkTarget, Locale, PictureId};

use crate::readability::{Reading, lix};
use crate::rules::{Links, headings, media, page, prose, tables};
use crate::{Field, Figures, Finding, Limit, Report, Rule, Settings, Weight};

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its language.
    pub locale: Locale,
    /// Its title.
    pub title: &'a str,
    /// Its lead.
    pub description: &'a str,
    /// Its blocks.
    pub document: &'a Document,
    /// A picture that stands above the text.
    pub picture: Option<PictureId>,
}

/// What is known of a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PictureFacts {
    /// What it shows, in the language of the text.
    pub alt: Option<String>,
    /// Whether that is said in some other language.
    pub alt_elsewhere: bool,
    /// Whether there is nothing to say: it only adorns.
    pub decorative: bool,
    /// Bytes of the size that readers usually fetch.
    pub bytes: u64,
}

/// What is known around a text. The caller has looked it up, since a rule asks nobody.
pub struct Around<'a> {
    /// Whether a link leads nowhere within the site.
    pub leads_nowhere: &'a (dyn Fn(&LinkTarget) -> bool + Sync),
    /// For an address of somebody else's that did not answer: when that was seen, in words.
    pub dead: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// What is known of a picture; none for one that is not there.
    pub picture: &'a (dyn Fn(PictureId) -> Option<PictureFacts> + Sync),
    /// Where another text of the same language and variant has the same title.
    pub same_title: Option<&'a str>,
    /// Where another text of the same language and variant has the same lead.
    pub same_description: Option<&'a str>,
}

impl Around<'static> {
    /// Nothing is known: all links lead somewhere, and no picture is looked at.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            leads_nowhere: &|_| false,
            dead: &|_| None,
            picture: &|_| None,
            same_title: None,
            same_description: None,
        }
    }
}

/// Most findings of one rule that are listed; the rest are counted.
const LISTED: u32 = 200;

/// Where something was found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    Page,
    Field(Field),
    Block(BlockId),
}

/// What a rule tells.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub excerpt: String,
    pub args: Vec<(&'static str, String)>,
    pub suggestion: Option<String>,
}

impl Told {
    pub(crate) fn excerpt(excerpt: impl Into<String>) -> Self {
        Self {
            excerpt: torg_kernel::truncate_words(&excerpt.into(), 240),
            ..Self::default()
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A check under way.
pub(crate) struct Check<'a> {
    pub text: Text<'a>,
    pub around: &'a Around<'a>,
    pub settings: &'a Settings,
    findings: Vec<Finding>,
    counts: BTreeMap<Rule, u32>,
    pub figures: Figures,
    pub reading: Reading,
}

impl Check<'_> {
    pub(crate) fn is_on(&self, rule: Rule) -> bool {
        self.settings.weight(rule) != Weight::Off
    }

    pub(crate) fn limit(&self, limit: Limit) -> u32 {
        self.settings.limit(limit)
    }

    /// Keeps a finding, if the city wants to know. What it tells is only worked out when it is
    /// listed.
    pub(crate) fn found(&mut self, rule: Rule, place: Place, told: impl FnOnce() -> Told) {
        let weight = self.settings.weight(rule);
        if weight == Weight::Off {
            return;
        }
        let count = self.counts.entry(rule).or_default();
        *count = count.saturating_add(1);
        if *count > LISTED {
            return;
        }
        let told = told();
        let (block, field) = match place {
            Place::Page => (None, None),
            Place::Field(field) => (None, Some(field)),
            Place::Block(block) => (Some(block), None),
        };
        self.findings.push(Finding {
            rule,
            weight,
            block,
            field,
            excerpt: told.excerpt,
            args: told.args,
            suggestion: told.suggestion,
        });
    }
}

/// Looks at a text. Never fails and never panics, whatever stands in it; takes time in proportion
/// to its length.
#[must_use]
pub fn check(text: &Text<'_>, around: &Around<'_>, settings: &Settings) -> Report {
    let mut check = Check {
        text: *text,
        around,
        settings,
        findings: Vec::new(),
        counts: BTreeMap::new(),
        figures: Figures::default(),
        reading: Reading::default(),
    };
    page::title(&mut check);
    page::description(&mut check);
    let (mut outline, mut links) = (headings::Outline::default(), Links::default());
    text.document.walk(&mut |block| {
        headings::look(&mut check, &mut outline, block);
        prose::look(&mut check, block);
        links.look(&mut check, block);
        media::look(&mut check, block);
        tables::look(&mut check, block);
        anchors(&mut check, &mut outline, block);
    });
    headings::finish(&mut check);
    media::finish(&mut check);
    finish(check)
}

/// Names of places must differ.
fn anchors(check: &mut Check<'_>, outline: &mut headings::Outline, block: &Block) {
    if let BlockContent::Anchor { name } = &block.content
        && !outline.anchors.insert(name.clone())
    {
        let told = || Told::excerpt(name.as_str());
        check.found(Rule::AnchorSame, Place::Block(block.id), told);
    }
}

fn finish(mut check: Check<'_>) -> Report {
    let counts = check.reading.counts;
    let most = Reading::most(check.settings, check.text.locale);
    check.figures.words = counts.words;
    check.figures.sentences = counts.sentences;
    check.figures.long_words = counts.long;
    check.figures.minutes = check.reading.minutes();
    check.figures.longest = check.reading.longest();
    check.figures.hardest = check.reading.hardest();
    check.figures.lix_most = most;
    if counts.words >= check.limit(Limit::LixFrom) && most.is_some() {
        check.figures.lix = lix(counts);
    }
    if let (Some(lix), Some(most)) = (check.figures.lix, most)
        && lix > most
    {
        let told = || Told::default().with("lix", lix).with("most", most);
        check.found(Rule::Lix, Place::Page, told);
    }
    let (minutes, most) = (check.figures.minutes, check.limit(Limit::Minutes));
    if minutes > most {
        let told = || Told::default().with("minutes", minutes).with("most", most);
        check.found(Rule::ReadingLong, Place::Page, told);
    }
    // A stable sort: within one weight what is about the whole page comes last, as it was found.
    check.findings.sort_by_key(|finding| finding.weight);
    Report {
        findings: check.findings,
        counts: check.counts,
        figures: check.figures,
    }
}
