//! What the pages about organisations look like.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, T};

use super::people::HistoryRow;
use super::roles::HolderRow;

/// An organisation in the tree, with all below it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_organisation.html", whitespace = "minimize")]
pub struct OrganisationNode {
    /// The words of the interface.
    pub t: T,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Key of its kind, such as `committee`.
    pub kind: &'static str,
    /// Its short name.
    pub key: String,
    /// How many people have roles for it, in words; empty for none.
    pub people: String,
    /// Whether it has ended.
    pub ended: bool,
    /// What lies below.
    pub children: Vec<OrganisationNode>,
}

impl HtmlSafe for OrganisationNode {}

impl OrganisationNode {
    fn kind_name(&self) -> String {
        kind_name(self.t, self.kind)
    }
}

fn kind_name(t: T, kind: &str) -> String {
    t.get(&format!("organisation-kind-{kind}")).into_owned()
}

/// Organisations of one kind directly under the city, or those that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationGroup {
    /// "Nämnder".
    pub heading: String,
    /// Them.
    pub nodes: Vec<OrganisationNode>,
}

/// The whole tree.
#[derive(Template)]
#[template(path = "organisations.html", whitespace = "minimize")]
pub struct OrganisationsPage {
    /// The frame.
    pub desk: Desk,
    /// Words it is filtered by.
    pub query: String,
    /// Whether those that have ended are shown too.
    pub ended: bool,
    /// How many there are in all, in words.
    pub total: String,
    /// The city itself, when nothing is filtered.
    pub city: Option<OrganisationNode>,
    /// What is under it.
    pub groups: Vec<OrganisationGroup>,
}

impl OrganisationsPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("organisations-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// What stands in the form of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrganisationFields {
    /// The short name.
    pub key: String,
    /// Its kind as stored.
    pub kind: String,
    /// What it belongs to, by id.
    pub parent: String,
    /// Name in Swedish.
    pub name_sv: String,
    /// Name in English.
    pub name_en: String,
}

/// One organisation, new or known.
#[derive(Template)]
#[template(path = "organisation.html", whitespace = "minimize")]
pub struct OrganisationPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Whether it is new.
    pub is_new: bool,
    /// Whether it is the city, which neither moves nor ends.
    pub is_city: bool,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// Whether the viewer may move and end it.
    pub may_end: bool,
    /// Since when it is no more.
    pub ended: Option<String>,
    /// "Egen myndighet", or which it belongs to.
    pub authority: String,
    /// What is written.
    pub fields: OrganisationFields,
    /// Kinds to choose from.
    pub kinds: Vec<&'static str>,
    /// Organisations that it can belong to.
    pub parents: Vec<(String, String)>,
    /// What lies below.
    pub children: Vec<(String, String)>,
    /// Where something is added below.
    pub add_href: Option<String>,
    /// The organisation as the form was opened on.
    pub seen: String,
    /// So that a second click does nothing.
    pub request_id: String,
    /// Who has roles for it.
    pub holders: Vec<HolderRow>,
    /// What was done.
    pub history: Vec<HistoryRow>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl OrganisationPage {
    fn fields(&self) -> Vec<Field> {
        let (t, errors, own) = (self.desk.t, &self.errors, &self.fields);
        let mut fields = vec![
            Field::new(
                "name_sv",
                FieldKind::Text,
                t.get("organisation-name-sv"),
                &*own.name_sv,
            )
            .errors(t, errors),
            Field::new(
                "name_en",
                FieldKind::Text,
                t.get("organisation-name-en"),
                &*own.name_en,
            )
            .optional()
            .errors(t, errors),
        ];
        if self.is_new {
            fields.push(
                Field::new("key", FieldKind::Text, t.get("organisation-key"), &*own.key)
                    .hint(t.get("organisation-key-hint"))
                    .errors(t, errors),
            );
        }
        if !self.is_city {
            let kinds = self
                .kinds
                .iter()
                .map(|kind| ((*kind).to_owned(), kind_name(t, kind)))
                .collect();
            fields.push(
                Field::new(
                    "kind",
                    FieldKind::Choice(kinds),
                    t.get("organisation-kind"),
                    &*own.kind,
                )
                .hint(t.get("organisation-kind-hint"))
                .errors(t, errors),
            );
            fields.push(
                Field::new(
                    "parent",
                    FieldKind::Choice(self.parents.clone()),
                    t.get("organisation-parent"),
                    &*own.parent,
                )
                .errors(t, errors),
            );
        }
        fields
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}
