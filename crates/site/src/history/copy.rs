//! A copy of a text as a new page.

use std::sync::Arc;

use torg_db::WriteContext;
use torg_kernel::{
    Address, BlockId, ContentId, Locale, Message, PageId, Permission, Problem, Result, Variant,
};
use torg_web::{Context, Reply};

use super::{load, once, versions};
use crate::desk::publish::Acting;
use crate::model::{Away, Content};
use crate::store as pages;
use crate::web::Site;

/// The most copies of one address that are told apart by a number.
const MOST: usize = 200;

/// Makes a page that says what this one says, beside it and not public. What is being written is
/// what is copied.
pub(super) async fn post(_: Arc<Site>, context: Context) -> Result<Reply> {
    let request = context.form().request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot, Permission::PageEdit).await?;
    let text = versions::draft(&snapshot, &content).await?;
    snapshot.end().await?;
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let title = match content.locale {
        Locale::SV => torg_ui::T::of(Locale::SV),
        _ => torg_ui::T::of(Locale::EN),
    };
    let mut copy = text.unwrap_or_else(|| content.clone());
    copy.title = title.one("copy-title", "title", &*copy.title);
    copy.organisation = content.organisation;
    copy.parent = content.parent;
    copy.address = content.address.clone();
    let operation = format!("page.copy {}", content.id);
    let done = once(&context, actor, operation, request, move |write, acting| {
        Box::pin(async move { insert(write, acting, copy).await })
    })
    .await?;
    Ok(Reply::see_other(&format!(
        "/admin/pages/{}?done=copied",
        done.answer
    )))
}

async fn insert(write: &WriteContext, acting: Acting<'_>, text: Content) -> Result<ContentId> {
    let (ids, now) = (acting.author.ids, acting.author.now);
    let mut document = (*text.document).clone();
    document.walk_mut(&mut |block| block.id = BlockId::new(ids, now));
    let mut details = text.details.clone();
    details.published = None;
    details.layout = None;
    let kind = match text.kind {
        // There is one start page of each language.
        crate::PageKind::Start => crate::PageKind::Article,
        kind => kind,
    };
    let copy = Content {
        id: ContentId::new(ids, now),
        page: PageId::new(ids, now),
        kind,
        variant: Variant::Standard,
        address: free_address(write, &text.address).await?,
        published: false,
        away: Some(Away::New),
        reviewed: None,
        version: 1,
        text_version: None,
        source_version: None,
        updated_at: now,
        details,
        document: Arc::new(document),
        ..text
    };
    let (author, organisations) = (acting.author, acting.organisations);
    crate::service::put(write, author, organisations, "page.created", None, &copy).await?;
    Ok(copy.id)
}

/// An address beside another that nobody has.
async fn free_address(write: &WriteContext, beside: &Address) -> Result<Address> {
    let base = match beside.as_str().trim_end_matches('/') {
        "" => "/sida",
        address => address,
    };
    for number in 1..=MOST {
        let text = match number {
            1 => format!("{base}-kopia"),
            number => format!("{base}-kopia-{number}"),
        };
        let Ok(address) = Address::parse(&text) else {
            break;
        };
        if pages::find_by_address(&**write, address.as_str())
            .await?
            .is_none()
        {
            return Ok(address);
        }
    }
    let message = Message::new("edit-address-taken").with("address", base);
    Err(Problem::field("address", message))
}
