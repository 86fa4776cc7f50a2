//! What comes back: delivery reports (RFC 3464) from a folder, into which the city's mail server
//! or a small script puts them.
//!
//! A report counts when it says that a mail of ours failed for good; which one is told by the
//! Message-ID in the returned headers, which nobody but its receiver knows, so that nobody can end
//! other people's subscriptions by false reports. Files are read some hundreds at a time.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use torg_db::Database;
use torg_kernel::{Problem, Result, Timestamp, truncate_words};
use uuid::Uuid;

use crate::store::{self, Bounce};

/// How much of a report is read, in bytes: the returned mail at its end is not needed.
const LONGEST: u64 = 262_144;
/// Reports in one write.
const BATCH: usize = 500;
/// Writes in one run: the rest waits for the next, so that a storm of reports leaves room for
/// everything else.
const BATCHES: usize = 10;

/// What a report says of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Which mail.
    pub mail: Uuid,
    /// Whether it failed for good.
    pub is_final: bool,
    /// The code and the words, for people.
    pub reason: String,
}

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BounceCounts {
    /// Files that were read.
    pub files: usize,
    /// Mails that were found to have failed for good.
    pub bounced: u64,
    /// Files that are no report on a mail of ours; they are kept in the folder `other`.
    pub other: usize,
}

/// Reads a delivery report; `None` for any other mail.
#[must_use]
pub fn read_report(bytes: &[u8]) -> Option<Report> {
    let message = MessageParser::new().parse(bytes)?;
    let mut status = None;
    let mut mail = None;
    for part in &message.parts {
        let kind = part.content_type();
        let subtype = kind
            .and_then(|kind| kind.subtype())
            .unwrap_or_default()
            .to_ascii_lowercase();
        match (&part.body, subtype.as_str()) {
            (_, "delivery-status" | "global-delivery-status") => {
                status = status.or_else(|| read_status(part.contents()));
            }
            (PartType::Message(inner), _) => mail = mail.or_else(|| own_id(inner)),
            (_, "rfc822-headers" | "global-headers") => {
                mail = mail.or_else(|| own_id(&MessageParser::new().parse(part.contents())?));
            }
            _ => {}
        }
    }
    let (is_final, reason) = status?;
    Some(Report {
        mail: mail?,
        is_final,
        reason,
    })
}

fn own_id(message: &Message<'_>) -> Option<Uuid> {
    let (id, _) = message.message_id()?.split_once('@')?;
    Uuid::parse_str(id).ok()
}

/// The fields of the report's middle part: whether it is final, and what it says.
fn read_status(contents: &[u8]) -> Option<(bool, String)> {
    let text = String::from_utf8_lossy(contents);
    let field = |name: &str| {
        text.lines().find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let action = field("Action")?;
    let status = field("Status").unwrap_or_default();
    // Policy (X.7.Z) and a full mailbox (X.2.2) say nothing about whether the address is there.
    let is_final = action.eq_ignore_ascii_case("failed")
        && status.starts_with('5')
        && !status.starts_with("5.7.")
        && !status.starts_with("5.2.2");
    let words = field("Diagnostic-Code").unwrap_or_default();
    let reason = truncate_words(format!("{status} {words}").trim(), 500);
    Some((is_final, reason.replace('\0', " ")))
}

struct Found {
    path: PathBuf,
    report: Option<Report>,
}

fn read_files(folder: &Path) -> io::Result<Vec<Found>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|end| end != "eml") || !path.is_file() {
            continue;
        }
        let mut bytes = Vec::new();
        fs::File::open(&path)?
            .take(LONGEST)
            .read_to_end(&mut bytes)?;
        found.push(Found {
            path,
            report: read_report(&bytes),
        });
        if found.len() == BATCH {
            break;
        }
    }
    Ok(found)
}

/// Takes the files away that were read; what was no report goes into a folder beside.
fn clear(folder: &Path, done: Vec<(PathBuf, bool)>) -> io::Result<()> {
    let other = folder.join("other");
    for (path, known) in done {
        if known {
            fs::remove_file(&path)?;
        } else if let Some(name) = path.file_name() {
            fs::create_dir_all(&other)?;
            fs::rename(&path, other.join(name))?;
        }
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    Ok(tokio::task::spawn_blocking(work)
        .await
        .map_err(Problem::internal)??)
}

/// Reads the reports that lie in a folder, counts those that are final, and takes them away. At
/// most 5 000 at a time: call again while [`BounceCounts::files`] says that there were that many.
/// A run that dies is repeated without counting anything twice.
///
/// # Errors
/// When the folder or the database fails.
pub async fn read_bounces(
    database: &Database,
    folder: &Path,
    now: Timestamp,
) -> Result<BounceCounts> {
    let mut counts = BounceCounts::default();
    for _ in 0..BATCHES {
        let from = folder.to_owned();
        let found = blocking(move || read_files(&from)).await?;
        if found.is_empty() {
            break;
        }
        counts.files += found.len();
        let reports: Vec<Report> = found.iter().filter_map(|one| one.report.clone()).collect();
        counts.bounced += count(database, reports, now).await?;
        let done: Vec<(PathBuf, bool)> = found
            .into_iter()
            .map(|one| (one.path, one.report.is_some()))
            .collect();
        counts.other += done.iter().filter(|(_, known)| !known).count();
        let from = folder.to_owned();
        blocking(move || clear(&from, done)).await?;
    }
    Ok(counts)
}

/// Counts final reports on the days on which their mails were sent.
async fn count(database: &Database, reports: Vec<Report>, now: Timestamp) -> Result<u64> {
    let reports: Vec<Report> = reports.into_iter().filter(|one| one.is_final).collect();
    if reports.is_empty() {
        return Ok(0);
    }
    database
        .write(move |context| {
            Box::pin(async move {
                let ids: Vec<Uuid> = reports.iter().map(|report| report.mail).collect();
                let about = store::list_about(&**context, &ids).await?;
                let mut new = 0;
                let mut days: Vec<i64> = about.iter().map(|(.., day)| *day).collect();
                days.sort_unstable();
                days.dedup();
                for day in days {
                    let bounces: Vec<Bounce> = about
                        .iter()
                        .filter(|(.., own)| *own == day)
                        .map(|(mail, subject, day)| Bounce {
                            mail: *mail,
                            about: subject.clone(),
                            day: *day,
                            reason: reports
                                .iter()
                                .find(|report| report.mail == *mail)
                                .map(|report| report.reason.clone())
                                .unwrap_or_default(),
                        })
                        .collect();
                    let added = store::insert_bounces(&**context, &bounces, now).await?;
                    let number = i64::try_from(added).unwrap_or(i64::MAX);
                    store::add_day(&**context, day, 0, number).await?;
                    new += added;
                }
                Ok(new)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019a0000-0000-7000-8000-000000000001";

    fn report(action: &str, status: &str, returned: &str) -> String {
        format!(
            "From: MAILER-DAEMON@relay.example\r\nTo: no-reply@stad.example\r\n\
             Subject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; relay.example\r\n\r\n\
             Final-Recipient: rfc822; eva@example.com\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 no such user\r\n\r\n\
             --b\r\nContent-Type: {returned}\r\n\r\n\
             From: no-reply@stad.example\r\nMessage-ID: <{ID}@stad.example>\r\n\
             Subject: Nytt\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn reports_tell_final_failures_from_others() {
        for returned in ["message/rfc822", "text/rfc822-headers"] {
            let read = read_report(report("failed", "5.1.1", returned).as_bytes());
            let read = read.unwrap_or_else(|| panic!("{returned} is not read"));
            assert_eq!(read.mail.to_string(), ID);
            assert!(read.is_final);
            assert!(read.reason.contains("5.1.1") && read.reason.contains("no such user"));
        }
        for (action, status) in [
            ("delayed", "4.4.1"),
            ("failed", "4.2.2"),
            ("failed", "5.2.2"),
            ("failed", "5.7.1"),
            ("delivered", "2.0.0"),
        ] {
            let read = read_report(report(action, status, "message/rfc822").as_bytes());
            assert!(!read.expect("a report").is_final, "{action} {status}");
        }
    }

    #[test]
    fn other_mail_is_no_report() {
        for other in [
            "",
            "Hej!",
            "Subject: Semester\r\n\r\nJag är borta.",
            &report("failed", "5.1.1", "message/rfc822").replace(ID, "gissa"),
            &report("failed", "5.1.1", "message/rfc822").replace("Action", "Aktion"),
        ] {
            assert_eq!(read_report(other.as_bytes()), None, "{other}");
        }
        // Cut anywhere, it does no harm.
        let whole = report("failed", "5.1.1", "message/rfc822");
        for at in 0..whole.len() {
            let _ = read_report(&whole.as_bytes()[..at]);
        }
    }
}
