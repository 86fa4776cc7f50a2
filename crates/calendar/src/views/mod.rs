//! What the calendar's pages look like: plain data in, HTML out.

mod admin;
mod edit;
mod edit_picture;
mod import;
mod public;
mod screen;
mod send;
mod signup;
mod signups;

pub use admin::{EventListPage, EventRow, StateChip};
pub use edit::{
    Check, CopyPage, DateLine, DatesView, EventEditPage, EventFields, Look, OccasionEdit, Seen,
};
pub use edit_picture::PictureChoice;
pub use import::{ImportLine, ImportPage, ImportTally};
pub use public::{
    CalendarPage, Chip, ChipRow, DayBlock, EventItem, EventPage, FactLine, Follow, MonthCell,
    MonthPage, OccasionLine, Prose, Tag, Tally, Views,
};
pub use screen::ScreenPage;
pub use send::{SendPage, SentPage};
pub use signup::{
    Ask, AskChoice, AskKind, OwnPage, SignUpBlock, SignUpLine, SignUpPage, SignUpSaidPage,
};
pub use signups::{AttendancePage, Entry, OccasionCount, RulesPage, RulesQuestion, SignUpsPage};
