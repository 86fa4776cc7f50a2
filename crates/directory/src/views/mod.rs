//! What the pages of the directory look like: plain data in, HTML out.

mod admin;
mod almanac;
mod care;
mod desk;
mod find;
mod hours_bulk;
mod hours_edit;
mod page_edit;
mod public;
mod service;
mod unit_more;

pub use admin::{UnitEditPage, UnitRow, UnitsAdminListPage, WEEK};
pub use almanac::{AlmanacEntryPage, AlmanacForm, AlmanacPage, AlmanacRow};
pub use care::{DueRow, ReportRow, UnitReportsPage, UnitsDuePage, WrongPage};
pub use desk::{DeskForm, DeskList, FieldSet, UnitImportPage};
pub use find::{
    Choice, Finder, KindTile, PrintRow, UnitComparePage, UnitItem, UnitListPage, UnitPrintPage,
};
pub use hours_bulk::{BulkDone, BulkUnit, HoursBulkPage, HoursMissingPage, SilentDay};
pub use hours_edit::{
    CellKind, DayCheck, HoursEditPage, HoursField, HoursGroup, HoursPreview, HoursRow, summary,
};
pub use page_edit::{ColourChoice, EditPart, EditSection, PageField, UnitPageEdit};
pub use public::{
    DayRow, Deviation, PartView, Point, PreviewBar, UnitGonePage, UnitPage, kind_icon,
};
pub use service::{GivenAt, ServiceGroup, ServiceItem, ServiceLink, ServiceListPage, ServicePage};
pub use unit_more::{EntranceView, NearView, PlaceView, PlanView, UnitMore};

#[cfg(test)]
mod tests;
