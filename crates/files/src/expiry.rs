//! Tells the log of pictures whose time went out.
//!
//! What readers see does not wait for this: every page works it out from the rows and the clock.

use torg_db::WriteContext;
use torg_kernel::Result;
use torg_log::Author;

use crate::service::record_picture;
use crate::store;

/// The most pictures in one go, so that no group of writes grows without bound.
const AT_ONCE: i64 = 100;

/// Writes `picture.expired` for each picture whose last day has passed since it was done last. Doing it
/// again tells nothing twice; a picture that is prolonged and goes out again is told again. Returns
/// how many there were; as long as there are any, there may be more.
///
/// # Errors
/// When the database fails.
pub async fn tell_expired(context: &WriteContext, author: Author<'_>) -> Result<usize> {
    let pictures = store::list_untold(&**context, author.now, AT_ONCE).await?;
    for picture in &pictures {
        store::set_told(&**context, picture).await?;
        record_picture(context, author, "picture.expired", None, Some(picture)).await?;
    }
    Ok(pictures.len())
}
