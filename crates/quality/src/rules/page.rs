//! Title and lead.

use torg_kernel::squeeze;

use super::prose;
use crate::check::{Check, Place, Told};
use crate::{Field, Limit, Rule};

/// Characters, as a reader counts them.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

pub(crate) fn title(check: &mut Check<'_>) {
    let place = Place::Field(Field::Title);
    let title = squeeze(check.text.title);
    if title.is_empty() {
        check.found(Rule::TitleMissing, place, Told::default);
        return;
    }
    let (long, most) = (length(&title), check.limit(Limit::Title));
    if long > most {
        let told = || {
            Told::excerpt(&*title)
                .with("length", long)
                .with("most", most)
        };
        check.found(Rule::TitleLong, place, told);
    }
    if let Some(other) = check.around.same_title {
        let told = || Told::excerpt(&*title).with("address", other);
        check.found(Rule::TitleSame, place, told);
    }
    prose::capitals(check, place, &title);
}

pub(crate) fn description(check: &mut Check<'_>) {
    let place = Place::Field(Field::Description);
    let lead = squeeze(check.text.description);
    if lead.is_empty() {
        check.found(Rule::DescriptionMissing, place, Told::default);
        return;
    }
    let (long, most) = (length(&lead), check.limit(Limit::Description));
    if long > most {
        let told = || Told::default().with("length", long).with("most", most);
        check.found(Rule::DescriptionLong, place, told);
    }
    if let Some(other) = check.around.same_description {
        let told = || Told::excerpt(&*lead).with("address", other);
        check.found(Rule::DescriptionSame, place, told);
    }
    prose::read(check, None, place, &lead);
}
