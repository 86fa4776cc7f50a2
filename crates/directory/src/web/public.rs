//! What residents see.

use torg_kernel::{Locale, Problem, Result};
use torg_ui::Alternate;
use torg_web::{Context, Reply};

use crate::accent::{stylesheet, stylesheet_of};

pub(super) fn alternates(href: impl Fn(Locale) -> String) -> Vec<Alternate> {
    [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: href(locale),
        })
        .collect()
}

/// The style of a unit's colour: `/units/accent/COLOUR-VERSION.css`. It follows from the address
/// alone, so it is kept for a year; an address of another version of the program is asked for anew.
pub(super) async fn accent(context: Context) -> Result<Reply> {
    let file: String = context.param("file")?;
    let (colour, current) = stylesheet_of(&file).ok_or(Problem::NotFound)?;
    let css = Reply::new(200, "text/css; charset=utf-8", stylesheet(colour));
    Ok(if current {
        css.kept("public, max-age=31536000, immutable")
    } else {
        css.kept("no-cache")
    })
}
