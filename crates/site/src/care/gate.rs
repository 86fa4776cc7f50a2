//! The gate at publishing: what weighs `must` stops a text, unless somebody says why not.

use serde_json::json;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{AuthorityId, FieldError, Message, Problem, Result};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_quality::{Finding, Rule, Weight};

use super::around::Known;
use super::settings::CareSettings;
use crate::model::Content;

/// Field of the form in which somebody says why a text is published all the same.
pub(crate) const REASON: &str = "quality_reason";
/// Longest reason, in characters.
const LONGEST_REASON: usize = 500;
/// Most findings that are told at once.
const MOST_TOLD: usize = 20;

/// What stops a text as it would be public.
///
/// # Errors
/// When the database fails.
pub(crate) async fn gate<C: ConnectionTrait>(on: &C, content: &Content) -> Result<Vec<Finding>> {
    let settings = CareSettings::find(on).await?.rules;
    let known = Known::of(on, content, &settings, Weight::Must).await?;
    let report = known.report(content, &settings);
    let stops = report.findings.into_iter();
    Ok(stops
        .filter(|finding| finding.weight == Weight::Must)
        .collect())
}

/// What a form is refused with: one error for each finding.
pub(crate) fn refused(findings: &[Finding]) -> Problem {
    let errors = findings.iter().take(MOST_TOLD).map(|finding| FieldError {
        field: "quality".to_owned(),
        message: finding.message(),
    });
    Problem::Invalid(errors.collect())
}

/// Writes in the log that a text is published although something stops it, and why.
///
/// # Errors
/// [`Problem::Invalid`] with the field of the reason when there is none, or a too long one.
pub(crate) async fn publish_despite(
    context: &WriteContext,
    author: Author<'_>,
    authority: Option<AuthorityId>,
    content: &Content,
    findings: &[Finding],
    reason: &str,
) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::field(REASON, Message::new("care-reason-missing")));
    }
    if reason.chars().count() > LONGEST_REASON {
        let message = Message::new("care-reason-long").with("limit", LONGEST_REASON);
        return Err(Problem::field(REASON, message));
    }
    let mut rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    let rules: Vec<&str> = rules.iter().map(|rule| rule.as_str()).collect();
    append(
        context,
        author,
        NewEvent {
            kind: "page.published_despite",
            subject: content.subject(),
            organisation: Some(content.organisation),
            authority,
            class: PayloadClass::Internal,
            before: None,
            // Without `id`: the text itself is as its own event says.
            after: Some(
                json!({
                    "title": content.title,
                    "address": content.address.as_str(),
                    "rules": rules,
                    "reason": reason,
                })
                .to_string(),
            ),
            tags: Vec::new(),
        },
    )
    .await?;
    Ok(())
}
