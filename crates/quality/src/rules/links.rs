//! Links: what they say and where they lead.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use torg_kernel::{Block, BlockContent, Inline, LinkTarget, Locale, squeeze};

use crate::Rule;
use crate::check::{Check, Place, Told};

/// Words that say nothing of where a link leads, in any language of the interface: an English
/// "click here" on a Swedish page helps nobody either.
const EMPTY_WORDS: [&str; 45] = [
    "här",
    "hit",
    "klicka",
    "klicka här",
    "tryck här",
    "se här",
    "läs här",
    "läs mer",
    "läs mera",
    "läs mer här",
    "läs mer om detta",
    "läs vidare",
    "mer",
    "mera",
    "mer info",
    "mer information",
    "mer information här",
    "denna länk",
    "den här länken",
    "länk",
    "länken",
    "följ länken",
    "denna sida",
    "den här sidan",
    "se länk",
    "fortsätt",
    "visa mer",
    "klicka på länken",
    "öppna",
    "here",
    "click",
    "click here",
    "press here",
    "see here",
    "read more",
    "read more here",
    "learn more",
    "more",
    "more info",
    "more information",
    "find out more",
    "link",
    "this link",
    "this page",
    "see more",
];
/// Turns that say nothing wherever they stand.
const EMPTY_TURNS: [&str; 3] = ["klicka här", "klicka på länken", "click here"];

/// What is remembered of the links of a page: where words led first.
#[derive(Debug, Default)]
pub(crate) struct Links {
    led: HashMap<String, LinkTarget>,
}

impl Links {
    pub(crate) fn look(&mut self, check: &mut Check<'_>, block: &Block) {
        let place = Place::Block(block.id);
        match &block.content {
            BlockContent::Actions { actions } => {
                for action in actions {
                    self.link(check, place, &action.label, false, &action.target);
                }
            }
            BlockContent::Tasks { items } => {
                for item in items {
                    self.link(check, place, &item.label, false, &item.target);
                }
            }
            BlockContent::Service { label, target, .. } => {
                self.link(check, place, label, false, target);
            }
            _ => {}
        }
        for run in block.content.inlines() {
            Inline::walk(run, &mut |inline| {
                if let Inline::Link { target, text } = inline {
                    let facts = text.iter().any(|run| matches!(run, Inline::Fact { .. }));
                    self.link(check, place, &Inline::plain(text), facts, target);
                }
            });
        }
    }

    fn link(
        &mut self,
        check: &mut Check<'_>,
        place: Place,
        text: &str,
        has_facts: bool,
        target: &LinkTarget,
    ) {
        check.figures.links = check.figures.links.saturating_add(1);
        let text = squeeze(text);
        words(check, place, &text, has_facts, target);
        if (check.around.leads_nowhere)(target) || matches!(target, LinkTarget::Missing { .. }) {
            let told = || Told::excerpt(&*text).with("to", shown(target));
            check.found(Rule::LinkBroken, place, told);
        }
        if let LinkTarget::Url { url } = target
            && let Some(seen) = (check.around.dead)(url)
        {
            let told = || Told::excerpt(&*text).with("to", url).with("seen", seen);
            check.found(Rule::LinkDead, place, told);
        }
        if text.is_empty() {
            return;
        }
        match self.led.entry(text.to_lowercase()) {
            Entry::Vacant(vacant) => {
                vacant.insert(target.clone());
            }
            Entry::Occupied(first) if first.get() != target => {
                let told = || {
                    Told::excerpt(&*text)
                        .with("to", shown(target))
                        .with("other", shown(first.get()))
                };
                check.found(Rule::LinkSame, place, told);
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// Where a link leads, to be shown; an id is nothing to show.
fn shown(target: &LinkTarget) -> String {
    match target {
        LinkTarget::Page { .. } | LinkTarget::Unit { .. } => String::new(),
        LinkTarget::Path { path } => path.clone(),
        LinkTarget::Url { url } => url.clone(),
        LinkTarget::Missing { original } => original.clone(),
    }
}

fn words(check: &mut Check<'_>, place: Place, text: &str, has_facts: bool, target: &LinkTarget) {
    let lower = text.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() {
        if !has_facts {
            let told = || Told::default().with("to", shown(target));
            check.found(Rule::LinkEmpty, place, told);
        }
        return;
    }
    if EMPTY_WORDS.contains(&bare) || EMPTY_TURNS.iter().any(|turn| lower.contains(turn)) {
        let suggestion = example(check.text.locale);
        check.found(Rule::LinkWords, place, || Told {
            suggestion,
            ..Told::excerpt(text)
        });
    }
    // A mail address or phone number says where it leads.
    let own = matches!(target, LinkTarget::Url { url }
        if url.starts_with("mailto:") || url.starts_with("tel:"));
    let address = ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start));
    if address && !own && !text.contains(' ') {
        check.found(Rule::LinkBare, place, || Told::excerpt(text));
    }
}

/// How such a link may be written.
fn example(locale: Locale) -> Option<String> {
    match locale {
        Locale::SV => Some("Ansök om bygglov".to_owned()),
        Locale::EN => Some("Apply for planning permission".to_owned()),
        _ => None,
    }
}
