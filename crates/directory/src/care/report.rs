//! “Is something wrong?”: what a reader says of a unit becomes work for whoever answers for it. It is
//! answered or closed, and stays in the log; the reader's mail address, if one was given, is forgotten
//! as soon as the answer is on its way.

use serde::Serialize;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{Locale, Message, OrganisationId, Problem, Result, Subject, Timestamp, UnitId};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_notify::{Fills, MailAddress, MailContent, NewMail, Rank, put_content, put_mails};
use torg_ui::T;
use uuid::Uuid;

use super::store;
use crate::model::Unit;

/// Characters of a report at most.
pub(crate) const LONGEST_REPORT: usize = 2_000;
/// Characters of an answer at most.
pub(crate) const LONGEST_ANSWER: usize = 4_000;
/// Reports about one unit that may wait at the same time.
const MOST_WAITING: usize = 50;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has looked yet.
    Open,
    /// Somebody has answered, or mended what was wrong.
    Answered,
    /// Closed without an answer.
    Closed,
}

impl ReportState {
    /// Every one, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Open, Self::Answered, Self::Closed];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The state with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }
}

/// What a reader said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// About which unit.
    pub unit: UnitId,
    /// Whose the unit was then.
    pub organisation: OrganisationId,
    /// The language of the page.
    pub locale: Locale,
    /// Where it stands.
    pub state: ReportState,
    /// What is wrong.
    pub text: String,
    /// Where an answer is wanted; none once it is settled.
    pub email: Option<String>,
    /// What was answered, or why it was closed.
    pub answer: String,
    /// When it came.
    pub created_at: Timestamp,
    /// When it was settled.
    pub decided_at: Option<Timestamp>,
}

/// A report as the log has it: without the mail address.
#[derive(Serialize)]
struct Logged<'a> {
    unit: UnitId,
    state: ReportState,
    text: &'a str,
    answer: &'a str,
    wants_answer: bool,
}

impl Report {
    fn logged(&self) -> Result<String> {
        Ok(serde_json::to_string(&Logged {
            unit: self.unit,
            state: self.state,
            text: &self.text,
            answer: &self.answer,
            wants_answer: self.email.is_some(),
        })?)
    }
}

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    unit: Option<&Unit>,
    before: Option<&Report>,
    after: &Report,
) -> Result<()> {
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: Subject::new("unit_report", after.id),
            organisation: Some(after.organisation),
            authority: unit.and_then(|unit| unit.authority),
            class: PayloadClass::Internal,
            before: before.map(Report::logged).transpose()?,
            after: Some(after.logged()?),
            tags: Vec::new(),
        },
    )
    .await?;
    Ok(())
}

/// Takes a report in.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such unit; [`Problem::Invalid`] when too many wait.
pub(crate) async fn submit(
    context: &WriteContext,
    author: Author<'_>,
    unit: UnitId,
    locale: Locale,
    text: String,
    email: Option<String>,
) -> Result<Uuid> {
    let unit = crate::store::find(&**context, unit)
        .await?
        .ok_or(Problem::NotFound)?;
    let waiting = store::list_reports(&**context, ReportState::Open).await?;
    if waiting.iter().filter(|own| own.unit == unit.id).count() >= MOST_WAITING {
        return Err(Problem::field("form", Message::new("wrong-error-many")));
    }
    let report = Report {
        id: author.ids.uuid(author.now),
        unit: unit.id,
        organisation: unit.organisation,
        locale,
        state: ReportState::Open,
        text,
        email,
        answer: String::new(),
        created_at: author.now,
        decided_at: None,
    };
    store::insert_report(&**context, &report).await?;
    let kind = "unit_report.received";
    record(context, author, kind, Some(&unit), None, &report).await?;
    Ok(report.id)
}

/// How a report is settled.
pub(crate) struct Verdict {
    pub state: ReportState,
    pub answer: String,
    /// Whom a mail is signed by.
    pub city: String,
}

/// Settles a report; whoever gave an address is answered by mail. The caller has checked that the
/// author may. False when somebody else was quicker.
///
/// # Errors
/// [`Problem::NotFound`].
pub(crate) async fn decide(
    context: &WriteContext,
    author: Author<'_>,
    id: Uuid,
    verdict: Verdict,
) -> Result<bool> {
    let before = store::find_report(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.state != ReportState::Open || verdict.state == ReportState::Open {
        return Ok(false);
    }
    let unit = crate::store::find(&**context, before.unit).await?;
    if verdict.state == ReportState::Answered
        && let (Some(to), Some(unit)) = (&before.email, &unit)
    {
        tell(context, author, to, unit, &before, &verdict).await?;
    }
    let after = Report {
        state: verdict.state,
        answer: verdict.answer,
        email: None,
        decided_at: Some(author.now),
        ..before.clone()
    };
    store::settle_report(&**context, &after).await?;
    let kind = match after.state {
        ReportState::Answered => "unit_report.answered",
        _ => "unit_report.closed",
    };
    record(context, author, kind, unit.as_ref(), Some(&before), &after).await?;
    Ok(true)
}

async fn tell(
    context: &WriteContext,
    author: Author<'_>,
    to: &str,
    unit: &Unit,
    report: &Report,
    verdict: &Verdict,
) -> Result<()> {
    let Ok(to) = MailAddress::parse(to) else {
        return Ok(());
    };
    let t = T::of(report.locale);
    let name = unit.name(report.locale);
    let content = MailContent {
        locale: report.locale,
        subject: t.one("wrong-mail-subject", "name", name),
        text: format!(
            "{}\n\n{}\n\n{}\n\n> {}\n\n{}\n",
            t.one("wrong-mail-intro", "name", name),
            verdict.answer,
            t.get("wrong-mail-yours"),
            report.text.replace('\n', "\n> "),
            verdict.city
        ),
        html: None,
        one_click: None,
    };
    let id = author.ids.uuid(author.now);
    put_content(context, id, author.now, &content).await?;
    let mail = NewMail {
        kind: "unit.report_answer",
        to,
        content: id,
        fills: Fills::default(),
        about: Some(Subject::new("unit_report", report.id)),
        rank: Rank::Bulk,
    };
    put_mails(context, author.ids, author.now, &[mail]).await?;
    Ok(())
}

/// Reports that nobody has settled, oldest first, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn open_reports<C: ConnectionTrait>(on: &C) -> Result<Vec<Report>> {
    store::list_reports(on, ReportState::Open).await
}
