//! What the pages of the site look like: plain data in, HTML out. Handlers fill the structs; what
//! is shown, and in which order, stands in the templates.

mod admin;
mod comments;
mod dated;
mod desk_page;
mod error;
mod languages;
mod public;
mod search;
mod searching;

pub use admin::{FilterChip, LogChange, LogRow, ObjectLogPage, PageRow, PagesListPage};
pub use comments::{
    CommentChip, CommentFormPage, CommentRow, CommentView, CommentsDeskPage, CommentsPart,
    OwnCommentPage, ReportCommentPage, Undo,
};
pub use dated::{Choice, DatedLink, DatedPage, MagazinePage, Offer, SectionPage};
pub use desk_page::{
    CalendarDay, CalendarRow, ConflictView, PageCalendarPage, PageEditPage, PageNewPage, PlanView,
    SEARCH_CONFIRMED, Steps,
};
pub use error::{ErrorPage, KeptPage};
pub use languages::{LanguageGroup, LanguageLink, LanguagesPage};
pub use public::{
    ArticlePage, ChildLink, LocalLink, OlderTranslation, Review, Section, StartPage, ThemePage,
};
pub use search::{
    DateFilter, FilterChoice, FilterGroup, Filters, LanguageChoice, SearchPage, SearchResult,
    Segment, WaysOn,
};
pub use searching::{FoundRow, SearchSettingsPage, SearchWorkPage};

#[cfg(test)]
mod tests;
