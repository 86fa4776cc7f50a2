//! How a draft is shown in its form.

use std::collections::BTreeMap;
use std::sync::Arc;

use torg_kernel::{FieldError, Locale, OrganisationId, Permission, Result};
use torg_markup::{NoNames, body_to_markdown};
use torg_revision::{Draft, Part, Words};
use torg_ui::{DeskSection, Field, FieldKind, T, date_time, time};
use torg_web::{Context, OrganisationList, desk};

use super::crumb;
use super::page_edit::Opened;
use super::page_words::{Shown, shown_value};
use crate::desk::fields;
use crate::desk::model::{Deed, DeskState, Head, Kept, Present, Scheduled, Stage};
use crate::desk::sync::May;
use crate::details::Employment;
use crate::import::ImportNames;
use crate::model::{Away, Content};
use crate::views::{ConflictView, PageEditPage, PlanView, Steps};

/// What is shown round a text.
pub(super) struct Around {
    pub present: Vec<Present>,
    pub plans: Vec<Scheduled>,
    /// The address of the page above.
    pub parent: Option<String>,
    pub names: Arc<ImportNames>,
    pub organisations: Arc<OrganisationList>,
}

impl Around {
    /// The fields of a draft as the form shows them.
    pub(super) fn shown(&self, draft: &Draft) -> BTreeMap<String, String> {
        let parent = self.parent.as_deref();
        fields::FIELDS
            .iter()
            .map(|name| {
                let value = shown_value(name, draft.field(name), &self.names, parent);
                ((*name).to_owned(), value)
            })
            .collect()
    }
}

/// What stands in the fields, and what is wrong with it.
pub(super) struct Written {
    pub values: BTreeMap<String, String>,
    pub text: String,
    pub shown: Shown,
    pub errors: Vec<FieldError>,
}

pub(super) fn view(
    context: &Context,
    opened: &Opened,
    around: &Around,
    written: Written,
) -> Result<PageEditPage> {
    let t = context.t();
    let (content, working) = (&opened.content, &opened.working);
    let head = &working.head;
    let caller = context.caller()?;
    let may = May::of(caller, head);
    let mut frame = desk(context, DeskSection::Pages, &content.title)?;
    frame.crumbs = vec![crumb(t, "desk-pages", DeskSection::Pages.href())];
    frame.public_href = match content.published {
        true => content.address.to_string(),
        // What nobody can see yet is seen as it will look.
        false => format!("/admin/pages/{}/preview/page", content.id),
    };
    let state = head.state();
    let planned = |deed| {
        let plan = around.plans.iter().find(|plan| plan.deed == deed);
        plan.map(|plan| plan.local.clone()).unwrap_or_default()
    };
    let hidden = written.shown.hidden();
    let errors = written.errors;
    let value = |name: &str| written.values.get(name).cloned().unwrap_or_default();
    let form = FormOf {
        t,
        locale: content.locale,
        errors: &errors,
        value: &value,
    };
    let address = format!("/admin/pages/{}", content.id);
    Ok(PageEditPage {
        desk: frame,
        action: address.clone(),
        cancel_href: DeskSection::Pages.href().to_owned(),
        log_href: caller
            .has(Permission::LogRead)
            .then(|| format!("/admin/log/page/{}", content.page)),
        links: links(t, content),
        locale: content.locale,
        state: state.as_str(),
        state_words: t
            .get(&format!("desk-state-{}", state.as_str()))
            .into_owned(),
        facts: facts(t, head, around),
        note: head.note.clone(),
        people: people(around),
        plans: around.plans.iter().map(|plan| plan_view(t, plan)).collect(),
        publish_at: planned(Deed::Publish),
        unpublish_at: planned(Deed::Unpublish),
        first: form.first(),
        text: form.text(written.text),
        more: form.more(head, around, caller),
        comments: fields::belongs("comments", head.kind).then(|| !value("comments").is_empty()),
        hidden: hidden
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        conflicts: working
            .conflicts
            .iter()
            .map(|kept| conflict_view(t, kept, &working.draft))
            .collect(),
        steps: steps(may, head, state),
        errors,
        request_id: context.new_request_id(),
        revision: working.draft.revision,
        writable: state != DeskState::Archived,
    })
}

/// Other pages about a text, and what can be made from it.
fn links(t: T, content: &Content) -> Vec<(&'static str, String, String)> {
    let mut links = crate::history::links(t, content);
    let id = content.id;
    for (icon, what, words) in [
        ("languages", "of", "desk-new-translation"),
        ("plus", "below", "desk-new-below"),
    ] {
        // Nothing lies below a page that stands in a list.
        if what == "of" || !content.kind.is_dated() {
            let href = format!("/admin/pages/new?{what}={id}");
            links.push((icon, href, t.get(words).into_owned()));
        }
    }
    links
}

/// What may be done now, by this person.
fn steps(may: May, head: &Head, state: DeskState) -> Steps {
    let archived = state == DeskState::Archived;
    let never = head.away == Some(Away::New);
    Steps {
        submit: may.edit && !archived && head.stage != Stage::InReview,
        review: may.review && head.stage == Stage::InReview,
        publish: may.publish && !archived,
        plan: may.publish && !archived,
        unpublish: may.publish && head.published,
        archive: may.publish && !archived && !never,
        bring_back: may.publish && archived,
        discard: may.edit && head.has_draft(),
    }
}

fn facts(t: T, head: &Head, _around: &Around) -> Vec<String> {
    let mut facts = Vec::new();
    if head.has_draft() {
        let at = date_time(t, head.updated_at);
        facts.push(t.one("desk-written", "time", at.as_str()));
        if head.published {
            facts.push(t.get("desk-public-differs").into_owned());
        }
    }
    if head.stage == Stage::InReview {
        let key = match (head.is_approved(), head.approved_revision) {
            (true, _) => Some("desk-approved"),
            (false, Some(_)) => Some("desk-approved-before"),
            (false, None) => None,
        };
        facts.extend(key.map(|key| t.get(key).into_owned()));
    }
    facts
}

fn people(around: &Around) -> Vec<String> {
    let mut people: Vec<String> = around
        .present
        .iter()
        .map(|present| present.person.clone())
        .collect();
    people.dedup();
    people
}

fn plan_view(t: T, plan: &Scheduled) -> PlanView {
    let at = date_time(t, plan.at);
    let key = match plan.deed {
        Deed::Publish => "desk-plan-publish",
        Deed::Unpublish => "desk-plan-unpublish",
    };
    PlanView {
        words: t.one(key, "time", at.as_str()),
        failure: plan.failure.as_deref().map(|key| failure(t, key)),
    }
}

/// Why something could not be done, in words.
pub(super) fn failure(t: T, key: &str) -> String {
    let known = t.find(key).or_else(|| t.find("desk-failed"));
    known.map(str::to_owned).unwrap_or_default()
}

/// The beginning of what a part says, to name it by: at most this many characters.
const ABOUT: usize = 60;

fn conflict_view(t: T, kept: &Kept, draft: &Draft) -> ConflictView {
    let conflict = &kept.conflict;
    let words = |words: &Words| match words {
        Words::Text(text) => text.clone(),
        Words::Block(block) => {
            let document = torg_kernel::Document {
                blocks: vec![(**block).clone()],
            };
            body_to_markdown(&document, &NoNames)
        }
    };
    // What stands now, which may be newer than what stood when the other text came.
    let (about, now) = match &conflict.part {
        Part::Field(name) => {
            let label = t.get(&format!("desk-field-{name}")).into_owned();
            (label, draft.field(name).to_owned())
        }
        Part::Block(id) => {
            let now = draft
                .blocks
                .get(id)
                .map(|held| Words::Block(Box::new(held.value.clone())));
            let now = now.as_ref().map(words).unwrap_or_default();
            let start: String = now.trim().chars().take(ABOUT).collect();
            (start, now)
        }
    };
    ConflictView {
        name: conflict.name.to_string(),
        about,
        person: kept.person.clone(),
        time: time(t, kept.at.zoned().time()),
        kept: now,
        other: words(&conflict.other),
    }
}

/// The fields of a form.
struct FormOf<'a> {
    t: T,
    locale: Locale,
    errors: &'a [FieldError],
    value: &'a dyn Fn(&str) -> String,
}

impl FormOf<'_> {
    fn field(&self, name: &'static str, kind: FieldKind) -> Field {
        let label = self.t.get(&format!("desk-field-{name}")).into_owned();
        Field::new(name, kind, label, (self.value)(name)).errors(self.t, self.errors)
    }

    fn hinted(&self, name: &'static str, kind: FieldKind) -> Field {
        let hint = self.t.get(&format!("desk-hint-{name}")).into_owned();
        self.field(name, kind).hint(hint)
    }

    fn first(&self) -> Vec<Field> {
        vec![
            self.field("title", FieldKind::Text).lang(self.locale),
            self.hinted("description", FieldKind::Lines(3))
                .lang(self.locale)
                .optional(),
        ]
    }

    fn text(&self, text: String) -> Field {
        let label = self.t.get("edit-text").into_owned();
        Field::new("text", FieldKind::Lines(24), label, text)
            .hint(self.t.get("edit-text-hint").into_owned())
            .lang(self.locale)
            .optional()
            .errors(self.t, self.errors)
    }

    fn more(&self, head: &Head, around: &Around, caller: &torg_web::Caller) -> Vec<Field> {
        let mut more = Vec::new();
        for name in fields::FIELDS {
            if !fields::belongs(name, head.kind) {
                continue;
            }
            let field = match name {
                "title" | "description" | "comments" => continue,
                "address" => self.hinted("address", FieldKind::Text),
                "reviewed" | "until" | "apply_until" => {
                    self.field(name, FieldKind::Date).optional()
                }
                "published" => self.hinted("published", FieldKind::DateTime).optional(),
                "organisation" => {
                    let choices = self.owners(head, around, caller);
                    self.field("organisation", FieldKind::Choice(choices))
                }
                "employment" => self
                    .field("employment", FieldKind::Choice(self.employments()))
                    .optional(),
                "keywords" | "categories" | "parent" | "picture" | "workplace" | "apply" => {
                    self.hinted(name, FieldKind::Text).optional()
                }
                _ => self.field(name, FieldKind::Text).optional(),
            };
            more.push(field);
        }
        more
    }

    /// The organisations that somebody may give a page to, with the one that has it.
    fn owners(
        &self,
        head: &Head,
        around: &Around,
        caller: &torg_web::Caller,
    ) -> Vec<(String, String)> {
        let mut own: Vec<OrganisationId> = caller
            .scopes
            .get(&Permission::PageEdit)
            .map(|scope| scope.organisations.keys().copied().collect())
            .unwrap_or_default();
        own.retain(|id| !around.organisations.has_ended(*id));
        own.push(head.organisation);
        if let Ok(written) = (self.value)("organisation").parse() {
            own.push(written);
        }
        choices(self.t, &around.organisations, own)
    }

    fn employments(&self) -> Vec<(String, String)> {
        let kinds = [
            Employment::Permanent,
            Employment::Temporary,
            Employment::Hourly,
            Employment::Internship,
        ];
        let none = (String::new(), self.t.get("desk-choose-none").into_owned());
        std::iter::once(none)
            .chain(kinds.into_iter().map(|kind| {
                let key = format!("vacancy-employment-{}", kind.as_str());
                (kind.as_str().to_owned(), self.t.get(&key).into_owned())
            }))
            .collect()
    }
}

/// Organisations as a list to choose from, by name.
pub(super) fn choices(
    t: T,
    organisations: &OrganisationList,
    own: Vec<OrganisationId>,
) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = own
        .into_iter()
        .filter_map(|id| {
            let entry = organisations.find(id)?;
            Some((id.to_string(), entry.name(t.locale()).to_owned()))
        })
        .collect();
    named.sort_by_key(|(_, name)| torg_kernel::sort_key(name));
    named.dedup();
    named
}
