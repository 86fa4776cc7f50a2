//! Which pages show something, and which texts need it.

use std::collections::HashSet;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, fetch_all, scalar};
use torg_kernel::{ContentId, OrganisationId};
use uuid::Uuid;

/// A public page that shows something.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct UsingPage {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub address: String,
}

/// The public pages that show or link to something, by address.
///
/// # Errors
/// When the database fails.
pub async fn list_pages_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<Vec<UsingPage>, DbErr> {
    fetch_all(
        on,
        "SELECT c.title, c.address FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 AND c.state = 'published' ORDER BY c.address",
        vec![kind.into(), target.into()],
    )
    .await
}

/// Ids of everything of a kind that some public page shows.
///
/// # Errors
/// When the database fails.
pub async fn list_used<C: ConnectionTrait>(on: &C, kind: &str) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Used {
        target_id: Uuid,
    }
    let rows: Vec<Used> = fetch_all(
        on,
        "SELECT DISTINCT r.target_id FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND c.state = 'published'",
        vec![kind.into()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.target_id).collect())
}

/// A text that shows something, public or not.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct UsingContent {
    /// Its id.
    pub content_id: Uuid,
    /// `published` when the public sees it.
    pub state: String,
    /// Whose it is.
    pub organisation_id: Uuid,
}

/// The texts that show something, public or not, by address.
pub(crate) async fn list_contents_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<Vec<UsingContent>, DbErr> {
    fetch_all(
        on,
        "SELECT r.content_id, c.state, p.organisation_id FROM page_reference r \
         JOIN page_content c ON c.id = r.content_id JOIN page p ON p.id = c.page_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 ORDER BY c.address",
        vec![kind.into(), target.into()],
    )
    .await
}

/// The texts that hold an id, $3, in what is written but not public: drafts, texts that did not win
/// in them, what is planned, and what reviewers propose.
const UNSEEN: &str = "SELECT content_id FROM draft_part WHERE body LIKE $3 \
    UNION SELECT content_id FROM draft_conflict WHERE body LIKE $3 \
    UNION SELECT content_id FROM review_note WHERE settled_at IS NULL AND proposal LIKE $3 \
    UNION SELECT v.content_id FROM page_version v JOIN page_schedule s ON s.version_id = v.id \
    WHERE v.snapshot LIKE $3";

fn asked(kind: &str, target: Uuid) -> Vec<SqlValue> {
    vec![kind.into(), target.into(), format!("%{target}%").into()]
}

/// How many texts need something: those that show it, public or not, drafts in which it stands, what
/// is planned or proposed, and what can be brought back from the trash. Looks through the words of all
/// drafts, which takes some hundredths of a second in a large city: for what is asked before something
/// goes for good.
///
/// # Errors
/// When the database fails.
pub async fn texts_needing<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<i64, DbErr> {
    scalar(
        on,
        &format!(
            "SELECT count(*) FROM (\
             SELECT content_id FROM page_reference WHERE target_kind = $1 AND target_id = $2 \
             UNION {UNSEEN} \
             UNION SELECT content_id FROM page_trash WHERE snapshot LIKE $3) AS needing"
        ),
        asked(kind, target),
    )
    .await
}

/// A text that needs something although no reader sees it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnseenUse {
    /// The text.
    pub content: ContentId,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

/// The texts that need something and do not show it to readers, by title: pages that are not public,
/// drafts, what is planned or proposed, and the trash. Costs as much as [`texts_needing`].
///
/// # Errors
/// When the database fails.
pub async fn list_unseen_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<Vec<UnseenUse>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        content_id: Uuid,
        title: String,
        organisation_id: Uuid,
        trashed: i64,
    }
    let shown = "SELECT r.content_id FROM page_reference r \
        WHERE r.target_kind = $1 AND r.target_id = $2";
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT c.id AS content_id, coalesce((SELECT t.body FROM draft_part t \
             WHERE c.state = 'new' AND t.content_id = c.id AND t.part = 'field:title'), c.title) \
             AS title, p.organisation_id, CAST(0 AS bigint) AS trashed \
             FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE (c.id IN ({shown}) OR c.id IN ({UNSEEN})) \
             AND NOT (c.state = 'published' AND c.id IN ({shown})) \
             UNION ALL SELECT content_id, title, organisation_id, CAST(1 AS bigint) AS trashed \
             FROM page_trash WHERE snapshot LIKE $3 ORDER BY 4, 2, 1"
        ),
        asked(kind, target),
    )
    .await?;
    let unseen = |row: Row| UnseenUse {
        content: ContentId(row.content_id),
        title: row.title,
        organisation: OrganisationId(row.organisation_id),
        trashed: row.trashed != 0,
    };
    Ok(rows.into_iter().map(unseen).collect())
}

/// Every id that is named in texts which readers do not see, of whatever kind. Reads all of them: for
/// a list that somebody asks for now and then.
///
/// # Errors
/// When the database fails.
pub async fn ids_in_unseen<C: ConnectionTrait>(on: &C) -> Result<HashSet<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Said {
        body: String,
    }
    let rows: Vec<Said> = fetch_all(
        on,
        "SELECT body FROM draft_part WHERE body IS NOT NULL \
         UNION ALL SELECT body FROM draft_conflict \
         UNION ALL SELECT proposal AS body FROM review_note \
         WHERE settled_at IS NULL AND proposal IS NOT NULL \
         UNION ALL SELECT v.snapshot AS body FROM page_version v \
         JOIN page_schedule s ON s.version_id = v.id \
         UNION ALL SELECT snapshot AS body FROM page_trash",
        Vec::new(),
    )
    .await?;
    let mut ids = HashSet::new();
    for row in &rows {
        ids.extend(ids_in(&row.body));
    }
    #[derive(FromQueryResult)]
    struct Target {
        target_id: Uuid,
    }
    let hidden: Vec<Target> = fetch_all(
        on,
        "SELECT DISTINCT r.target_id FROM page_reference r JOIN page_content c \
         ON c.id = r.content_id WHERE c.state <> 'published'",
        Vec::new(),
    )
    .await?;
    ids.extend(hidden.into_iter().map(|row| row.target_id));
    Ok(ids)
}

/// The ids that stand in a text, in the form in which they are stored: groups of hexadecimal digits
/// with hyphens, 36 characters.
fn ids_in(text: &str) -> impl Iterator<Item = Uuid> + '_ {
    const LENGTH: usize = 36;
    let pieces = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    pieces
        .filter(|piece| piece.len() == LENGTH)
        .filter_map(|piece| piece.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_wherever_they_stand() {
        let (a, b) = (
            "01890000-0000-7000-8000-0000000000ab",
            "01890000-0000-7000-8000-0000000000cd",
        );
        let text = format!(r#"{{"picture":"{a}","text":"se {b}, inte 0189-ab","n":"x{a}y-"}}"#);
        let found: Vec<String> = ids_in(&text).map(|id| id.to_string()).collect();
        assert_eq!(found, [a, b, a]);
        assert_eq!(ids_in("").count() + ids_in("ö-å").count(), 0);
    }
}
