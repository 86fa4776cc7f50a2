//! The staff's pages about facts.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging, T};

/// A fact in the list.
pub(crate) struct FactRow {
    pub label: String,
    pub key: String,
    pub href: String,
    pub value: String,
    pub note: String,
    pub organisation: String,
}

/// `/admin/facts`.
#[derive(Template)]
#[template(path = "admin_facts.html", whitespace = "minimize")]
pub(crate) struct FactsPage {
    pub desk: Desk,
    pub query: String,
    pub total: usize,
    pub rows: Vec<FactRow>,
    pub paging: Paging,
}

impl FactsPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("facts-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// One value of a fact as it stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ValueFields {
    pub label_sv: String,
    pub label_en: String,
    pub value_sv: String,
    pub value_en: String,
    pub from: String,
    pub to: String,
}

/// The names of a value's fields; more values than this a form does not hold.
pub(crate) const NAMES: [[&str; 6]; 12] = [
    [
        "label_sv_0",
        "label_en_0",
        "value_sv_0",
        "value_en_0",
        "from_0",
        "to_0",
    ],
    [
        "label_sv_1",
        "label_en_1",
        "value_sv_1",
        "value_en_1",
        "from_1",
        "to_1",
    ],
    [
        "label_sv_2",
        "label_en_2",
        "value_sv_2",
        "value_en_2",
        "from_2",
        "to_2",
    ],
    [
        "label_sv_3",
        "label_en_3",
        "value_sv_3",
        "value_en_3",
        "from_3",
        "to_3",
    ],
    [
        "label_sv_4",
        "label_en_4",
        "value_sv_4",
        "value_en_4",
        "from_4",
        "to_4",
    ],
    [
        "label_sv_5",
        "label_en_5",
        "value_sv_5",
        "value_en_5",
        "from_5",
        "to_5",
    ],
    [
        "label_sv_6",
        "label_en_6",
        "value_sv_6",
        "value_en_6",
        "from_6",
        "to_6",
    ],
    [
        "label_sv_7",
        "label_en_7",
        "value_sv_7",
        "value_en_7",
        "from_7",
        "to_7",
    ],
    [
        "label_sv_8",
        "label_en_8",
        "value_sv_8",
        "value_en_8",
        "from_8",
        "to_8",
    ],
    [
        "label_sv_9",
        "label_en_9",
        "value_sv_9",
        "value_en_9",
        "from_9",
        "to_9",
    ],
    [
        "label_sv_10",
        "label_en_10",
        "value_sv_10",
        "value_en_10",
        "from_10",
        "to_10",
    ],
    [
        "label_sv_11",
        "label_en_11",
        "value_sv_11",
        "value_en_11",
        "from_11",
        "to_11",
    ],
];

/// A run of text in which the fact stands: words, and whether they are the fact.
pub(crate) struct Shown {
    pub words: String,
    pub is_fact: bool,
}

/// A page that shows the fact.
pub(crate) struct PlaceRow {
    pub title: String,
    pub href: String,
    pub lang: Locale,
    pub runs: Vec<Vec<Shown>>,
}

/// The form for a fact. Posts the fields of [`NAMES`], `key` (a new one), `organisation`, `opened` and
/// `request_id` to its own address; `then` is `save`, `preview`, `remove` or `end`.
#[derive(Template)]
#[template(path = "admin_fact.html", whitespace = "minimize")]
pub(crate) struct FactPage {
    pub desk: Desk,
    pub action: String,
    pub log_href: Option<String>,
    /// The key of a new fact as written; none for one that exists.
    pub new_key: Option<String>,
    pub organisation: String,
    pub organisations: Vec<(String, String)>,
    pub values: Vec<ValueFields>,
    /// How many of the values exist; those after them are new.
    pub known: usize,
    pub opened: String,
    pub request_id: String,
    pub used_on: usize,
    /// How many texts would lack it, public or not: only what none needs can be removed.
    pub needed: usize,
    pub places: Vec<PlaceRow>,
    /// Places that the caller may not see.
    pub hidden: usize,
    /// The day of which the places are shown as they will be, in words, when a preview was asked for.
    pub preview_of: Option<String>,
    pub errors: Vec<FieldError>,
}

/// The fields of one value.
pub(crate) struct ValueSet {
    pub legend: String,
    pub texts: Vec<Field>,
    pub days: Vec<Field>,
}

impl FactPage {
    fn t(&self) -> T {
        self.desk.t()
    }

    fn heads(&self) -> Vec<Field> {
        let t = self.t();
        let mut heads = Vec::new();
        if let Some(key) = &self.new_key {
            heads.push(
                Field::new("key", FieldKind::Text, t.get("fact-key"), &**key)
                    .hint(t.get("fact-key-hint"))
                    .errors(t, &self.errors),
            );
        }
        let kind = FieldKind::Choice(self.organisations.clone());
        let label = t.get("fact-organisation");
        heads.push(
            Field::new("organisation", kind, label, &*self.organisation).errors(t, &self.errors),
        );
        heads
    }

    fn sets(&self) -> Vec<ValueSet> {
        let t = self.t();
        let set = |(at, (names, value)): (usize, (&[&'static str; 6], &ValueFields))| {
            let field = |name: &'static str, kind, key: &str, written: &str| {
                Field::new(name, kind, t.get(key), written).errors(t, &self.errors)
            };
            let text = |name, key: &str, written: &str, lang| {
                field(name, FieldKind::Text, key, written).lang(lang)
            };
            let legend = if at < self.known {
                t.one("fact-value-number", "number", at + 1)
            } else {
                t.get("fact-value-new").into_owned()
            };
            ValueSet {
                legend,
                texts: vec![
                    text(names[0], "fact-label-sv", &value.label_sv, Locale::SV),
                    text(names[2], "fact-value-sv", &value.value_sv, Locale::SV),
                    text(names[1], "fact-label-en", &value.label_en, Locale::EN).optional(),
                    text(names[3], "fact-value-en", &value.value_en, Locale::EN).optional(),
                ],
                days: vec![
                    field(names[4], FieldKind::Date, "fact-from", &value.from).optional(),
                    field(names[5], FieldKind::Date, "fact-to", &value.to).optional(),
                ],
            }
        };
        NAMES
            .iter()
            .zip(&self.values)
            .enumerate()
            .map(set)
            .collect()
    }

    fn summary(&self, heads: &[Field], sets: &[ValueSet]) -> ErrorSummary {
        let fields: Vec<&Field> = heads
            .iter()
            .chain(
                sets.iter()
                    .flat_map(|set| set.texts.iter().chain(&set.days)),
            )
            .collect();
        ErrorSummary::of(self.t(), &fields, &self.errors)
    }
}
