//! The contact card: the same parts in the same order wherever it stands, the phone number the
//! largest.

use askama::Template;

use crate::{Html, T, mailto, tel_href};

/// Whether a unit is open, in words that were true when the page was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenStatus {
    /// For example "Öppet nu till 18" or "Stängt, öppnar i morgon kl. 10".
    pub text: String,
    /// Chooses the colour and the dot; the words carry the meaning.
    pub open: bool,
}

/// How to reach a unit. Parts that are empty are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactCard {
    /// The unit's name.
    pub name: String,
    /// The unit's page, linked from the name; `None` on that page itself.
    pub href: Option<String>,
    /// Heading instead of the name, such as "Kontakt" on the unit's own page.
    pub heading: Option<String>,
    /// Open now or not.
    pub open: Option<OpenStatus>,
    /// As it is written: `031-390 06 41`.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// Opening hours in a few lines.
    pub hours: Vec<String>,
    /// The visiting address in lines.
    pub address: Vec<String>,
    /// How to get there, in a sentence.
    pub getting_there: Option<String>,
    /// A map of the place, if it has a position.
    pub map_href: Option<String>,
    /// The form by which a reader says that something is wrong; none where the page has it already.
    pub wrong_href: Option<String>,
}

#[derive(Template)]
#[template(path = "contact_card.html", whitespace = "minimize")]
struct ContactTemplate<'a> {
    t: T,
    card: &'a ContactCard,
    tag: &'static str,
    id: &'a str,
}

impl ContactTemplate<'_> {
    fn tel(&self) -> Option<String> {
        self.card.phone.as_deref().and_then(tel_href)
    }

    fn mail(&self, email: &str) -> String {
        mailto(email, "")
    }
}

impl ContactCard {
    /// The card as HTML with a heading of level 2 to 4. `id` must be the only one of its kind on
    /// the page.
    #[must_use]
    pub fn html(&self, t: impl Into<T>, level: u8, id: &str) -> Html {
        let t = t.into();
        let tag = match level {
            0..=2 => "h2",
            3 => "h3",
            _ => "h4",
        };
        let template = ContactTemplate {
            t,
            card: self,
            tag,
            id,
        };
        Html::trusted(template.render().expect("writing to memory cannot fail"))
    }
}
