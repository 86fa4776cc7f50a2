//! The words that every room shares: ids, clock, locales, addresses, documents, facts,
//! permissions and problems. Pure: no async runtime, no SQL, no HTTP, so that everything may
//! depend on it, at the price that nothing here can look anything up.

mod access;
mod actor;
mod address;
mod block;
mod clock;
mod document;
mod fact;
mod id;
mod inline;
mod locale;
mod problem;
mod text;

pub use access::{Access, Permission, UnknownPermission};
pub use actor::{Actor, Subject};
pub use address::{Address, AddressError};
pub use block::{
    Action, Block, BlockContent, Cell, FactItem, Fold, ListItem, NoticeTone, TaskItem,
};
pub use clock::{Clock, ManualClock, SystemClock, Timestamp, ZONE, civil_date, zone};
pub use document::Document;
pub use fact::{FactField, FactRef, FactSource};
pub use id::{
    AlmanacEntryId, AnnouncementId, AuthorityId, BlockId, ContentId, DelegationId, EventId, FactId,
    FileId, GrantId, Ids, JobId, OrganisationId, PageId, PersonId, PictureId, RequestId, RoleId,
    SeededIds, ServiceId, SessionId, SubscriptionId, SystemIds, UnitId, hex, secret_hex, unhex,
};
pub use inline::{Inline, LinkTarget, Mark};
pub use locale::{Locale, LocaleError, Variant};
pub use problem::{FieldError, Message, Problem, Result};
pub use text::{fold, slugify, sort_key, squeeze, truncate_words};
