//! What the pages of the directory look like: plain data in, HTML out.

mod admin;
mod page_edit;
mod public;

pub use admin::{DayHours, UnitEditPage, UnitRow, UnitsAdminListPage, WEEK};
pub use page_edit::{ColourChoice, EditPart, EditSection, PageField, UnitPageEdit};
pub use public::{
    DayRow, Deviation, PartView, Point, PreviewBar, UnitGroup, UnitItem, UnitListPage, UnitPage,
    kind_icon,
};

#[cfg(test)]
mod tests;
