//! A text drawn as the page that it would be or was, for those who may see it.

use torg_kernel::{Problem, Result, Timestamp};
use torg_ui::Standing;
use torg_web::{Context, Outcome, PageRequest, Reading, Reply};

use crate::model::Content;
use crate::read;

/// The page that a text makes at `now`, in the place of `place`, with a banner that says what this
/// is. Nobody keeps it and search engines stay away.
///
/// # Errors
/// When the database fails.
pub(super) async fn reply(
    context: &Context,
    place: &Content,
    text: Content,
    standing: Standing,
    now: Timestamp,
) -> Result<Reply> {
    let request = PageRequest {
        app: context.app.clone(),
        path: place.address.to_string(),
        params: Vec::new(),
        query: Vec::new(),
        reading: Reading::new(&context.app.database),
        now,
        asker: None,
    };
    let outcome = read::drawn(&request, text, standing).await;
    request.reading.end().await?;
    match outcome? {
        Outcome::Page(page) => Ok(quiet(Reply::html(page.body))),
        _ => Err(Problem::NotFound),
    }
}

/// The same answer for one reader only: no search engine, and no address told to others.
pub(super) fn quiet(reply: Reply) -> Reply {
    let mut reply = reply.with(
        "x-robots-tag".parse().expect("a header's name"),
        "noindex, nofollow, noarchive",
    );
    reply.headers.insert(
        "referrer-policy",
        torg_web::HeaderValue::from_static("no-referrer"),
    );
    reply
}
