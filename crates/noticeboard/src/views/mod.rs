//! What the pages of the notice board look like: plain data in, HTML out.

mod admin;
mod proof;
mod public;

pub use admin::{
    NoticeConflict, NoticeEditPage, NoticeFields, NoticeListPage, NoticeRow, StateChip,
};
pub use proof::{ProofEvent, ProofPage, ProofSpan};
pub use public::{
    BoardGroup, BoardItem, BoardPage, FactLine, FileLine, GonePage, NoticePage, NoticeView,
    kind_icon,
};
