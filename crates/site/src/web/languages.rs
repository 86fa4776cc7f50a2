//! The page that says what there is in other languages, in easy Swedish and in sign language.

use askama::Template;
use torg_kernel::{Locale, Result, Variant};
use torg_ui::{Alternate, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use crate::store::{self, Told};
use crate::views::{LanguageGroup, LanguageLink, LanguagesPage};

/// Where the page is, in Swedish and for all others.
pub(crate) const SWEDISH: &str = "/sprak";
pub(crate) const ENGLISH: &str = "/en/languages";

/// The most pages that a language names here; its start page leads to the rest.
const NAMED: usize = 60;

/// The page, in a language of the interface.
pub(super) async fn page(request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let snapshot = request.snapshot().await?;
    let told = store::list_told(&**snapshot, request.now).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.push("sitemap".to_owned());
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get("languages-title"), request.path.as_str());
    shell.description = t.get("languages-lede").into_owned();
    shell.alternates = [(Locale::SV, SWEDISH), (Locale::EN, ENGLISH)]
        .map(|(locale, href)| Alternate {
            locale,
            href: href.to_owned(),
        })
        .to_vec();
    let groups = groups(t, &told);
    let html = LanguagesPage { shell, groups }.render()?;
    Ok(Outcome::Page(Page::html(html, tags)))
}

/// Variants of Swedish first, then the other languages by how much there is.
fn groups(t: T, told: &[Told]) -> Vec<LanguageGroup> {
    let mut found: Vec<(Locale, Variant, Vec<&Told>)> = Vec::new();
    for page in told {
        let (Ok(locale), Some(variant)) = (page.locale.parse(), Variant::parse(&page.variant))
        else {
            continue;
        };
        if locale == Locale::SV && variant == Variant::Standard {
            continue;
        }
        match found
            .iter_mut()
            .find(|(own, kind, _)| (*own, *kind) == (locale, variant))
        {
            Some((.., pages)) => pages.push(page),
            None => found.push((locale, variant, vec![page])),
        }
    }
    found.sort_by_key(|(locale, variant, pages)| {
        (
            *variant == Variant::Standard,
            std::cmp::Reverse(pages.len()),
            *locale,
        )
    });
    let group = |(locale, variant, pages): (Locale, Variant, Vec<&Told>)| {
        let name = match variant {
            Variant::Standard => locale.endonym().to_owned(),
            other => t.get(&format!("variant-{}", other.as_str())).into_owned(),
        };
        let start = torg_kernel::Address::start(locale);
        let start = pages.iter().find(|page| page.address == start.as_str());
        LanguageGroup {
            id: format!("{locale}_{}", variant.as_str()),
            name,
            name_lang: (variant == Variant::Standard).then_some(locale),
            lang: locale,
            count: t.one("languages-count", "count", pages.len()),
            start: start
                .filter(|_| variant == Variant::Standard)
                .map(|page| page.address.clone()),
            links: pages
                .iter()
                .filter(|page| Some(&page.address) != start.map(|start| &start.address))
                .take(NAMED)
                .map(|page| LanguageLink {
                    title: page.title.clone(),
                    href: page.address.clone(),
                })
                .collect(),
        }
    };
    found.into_iter().map(group).collect()
}
