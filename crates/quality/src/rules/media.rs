//! Pictures and films: words for those who do not see them, and what they weigh.

use torg_kernel::{Block, BlockContent, Inline, PictureId, squeeze};

use super::page::length;
use crate::check::{Check, Place, Told};
use crate::{Limit, PictureFacts, Rule};

/// How words for a picture begin that only say that it is one.
const SAYS_PICTURE: [&str; 11] = [
    "bild på",
    "bild av",
    "en bild",
    "bilden visar",
    "foto på",
    "foto av",
    "fotografi",
    "image of",
    "picture of",
    "photo of",
    "a picture",
];
/// Words that say nothing.
const SAYS_NOTHING: [&str; 9] = [
    "bild", "bilden", "foto", "logga", "logotyp", "image", "picture", "photo", "logo",
];
/// Endings by which the name of a file is known.
const ENDINGS: [&str; 8] = [
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".tif",
];

pub(crate) fn look(check: &mut Check<'_>, block: &Block) {
    let place = Place::Block(block.id);
    match &block.content {
        BlockContent::Picture {
            picture,
            alt,
            caption,
        } => {
            let facts = fetch(check, *picture);
            words(check, place, alt.as_deref(), caption, facts.as_ref());
        }
        BlockContent::Video { text, title, .. }
            if !Inline::plain(text).contains(char::is_alphanumeric) =>
        {
            check.found(Rule::VideoText, place, || Told::excerpt(title.as_str()));
        }
        _ => {}
    }
}

/// Counts a picture; what is not there is the media bank's affair.
fn fetch(check: &mut Check<'_>, picture: PictureId) -> Option<PictureFacts> {
    check.figures.pictures = check.figures.pictures.saturating_add(1);
    let facts = (check.around.picture)(picture)?;
    check.figures.picture_bytes = check.figures.picture_bytes.saturating_add(facts.bytes);
    Some(facts)
}

fn words(
    check: &mut Check<'_>,
    place: Place,
    alt: Option<&str>,
    caption: &[Inline],
    facts: Option<&PictureFacts>,
) {
    let own = match (alt, facts) {
        // Empty on purpose: a decoration.
        (Some(own), _) if own.trim().is_empty() => return,
        (Some(own), _) => own.to_owned(),
        (None, None) => return,
        (None, Some(facts)) if facts.decorative => return,
        (None, Some(facts)) => match &facts.alt {
            Some(own) => own.clone(),
            None if facts.alt_elsewhere => {
                check.found(Rule::AltLanguage, place, Told::default);
                return;
            }
            None => {
                check.found(Rule::AltMissing, place, Told::default);
                return;
            }
        },
    };
    let own = squeeze(&own);
    let lower = own.to_lowercase();
    let most = check.limit(Limit::Alt);
    let same = squeeze(&Inline::plain(caption)).to_lowercase() == lower;
    let poor = lower.is_empty()
        || same
        || SAYS_NOTHING.contains(&lower.trim_end_matches('.'))
        || SAYS_PICTURE.iter().any(|start| lower.starts_with(start))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || length(&own) > most;
    if poor {
        let told = || Told::excerpt(own).with("most", most);
        check.found(Rule::AltPoor, place, told);
    }
}

pub(crate) fn finish(check: &mut Check<'_>) {
    if let Some(leading) = check.text.picture {
        fetch(check, leading);
    }
    let kilobytes = check.figures.picture_bytes / 1_000;
    let most = check.limit(Limit::Kilobytes);
    if kilobytes > u64::from(most) {
        let told = || {
            Told::default()
                .with("kilobytes", kilobytes)
                .with("most", most)
        };
        check.found(Rule::PageHeavy, Place::Page, told);
    }
}
