//! The staff's pages about search: what was not found, and what editors settle.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, NavLink};

use crate::searching::HowHandled;

/// A query to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// The query.
    pub query: String,
    /// Its language.
    pub locale: Locale,
    /// The public search for it.
    pub href: String,
    /// How often it was asked.
    pub searches: i64,
    /// How often it found nothing.
    pub no_result: i64,
    /// How often a result was chosen.
    pub clicks: i64,
    /// The nearest page.
    pub nearest: Option<NavLink>,
    /// Who owns that page; may be empty.
    pub organisation: String,
    /// The settings with this query ready to be filled in.
    pub settings_href: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
}

/// The list of queries to look at. Each row posts `query`, `lang`, `how`, `note` and `request_id`.
#[derive(Template)]
#[template(path = "admin_search.html", whitespace = "minimize")]
pub struct SearchWorkPage {
    /// The frame.
    pub desk: Desk,
    /// Where the settings are.
    pub settings_href: String,
    /// Organisations with something on the list, as chips: label with count, address, chosen.
    pub organisations: Vec<(NavLink, bool)>,
    /// Where a row posts to.
    pub action: String,
    /// The rows.
    pub rows: Vec<FoundRow>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

impl SearchWorkPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary::of(self.desk.t, &[], &self.errors)
    }

    const fn ways(&self) -> [HowHandled; 4] {
        HowHandled::ALL
    }

    /// Those that are in sight.
    fn first_organisations(&self) -> &[(NavLink, bool)] {
        &self.organisations[..self.organisations.len().min(CHIPS)]
    }

    /// Those that are folded away.
    fn more_organisations(&self) -> &[(NavLink, bool)] {
        self.organisations.get(CHIPS..).unwrap_or_default()
    }

    fn is_chosen_in_more(&self) -> bool {
        self.more_organisations().iter().any(|(_, chosen)| *chosen)
    }
}

/// The most chips in sight: as many as a phone has room for beside the list.
const CHIPS: usize = 6;

/// The form for synonyms, chosen pages, queries that must find, and how fast news grows old. Posts
/// `synonyms`, `best_bets`, `must_find`, `half_life`, `version` and `request_id`.
#[derive(Template)]
#[template(path = "admin_search_settings.html", whitespace = "minimize")]
pub struct SearchSettingsPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The language of the lists.
    pub locale: Locale,
    /// The same form for each language there is, and whether it is this one.
    pub languages: Vec<(Locale, String, bool)>,
    /// As saved, or as written before an error.
    pub synonyms: String,
    /// As saved, or as written before an error.
    pub best_bets: String,
    /// As saved, or as written before an error.
    pub must_find: String,
    /// As saved, or as written before an error.
    pub half_life: String,
    /// What the form was opened on.
    pub version: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong; names the fields as above.
    pub errors: Vec<FieldError>,
}

impl SearchSettingsPage {
    fn fields(&self) -> Vec<Field> {
        let t = self.desk.t;
        let list = |name, rows, value: &str| {
            Field::new(
                name,
                FieldKind::Lines(rows),
                t.get(&format!("searching-{}", name.replace('_', "-"))),
                value,
            )
            .hint(t.get(&format!("searching-{}-hint", name.replace('_', "-"))))
            .lang(self.locale)
            .optional()
            .errors(t, &self.errors)
        };
        vec![
            list("synonyms", 12, &self.synonyms),
            list("best_bets", 8, &self.best_bets),
            list("must_find", 12, &self.must_find),
            Field::new(
                "half_life",
                FieldKind::Text,
                t.get("searching-half-life"),
                &*self.half_life,
            )
            .hint(t.get("searching-half-life-hint"))
            .errors(t, &self.errors),
        ]
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}
