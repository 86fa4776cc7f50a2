//! What the pages of the directory look like: plain data in, HTML out.

mod admin;
mod public;

pub use admin::{DayHours, UnitEditPage, UnitRow, UnitsAdminListPage, WEEK};
pub use public::{
    DayRow, Deviation, Point, UnitGroup, UnitItem, UnitListPage, UnitPage, kind_icon,
};

#[cfg(test)]
mod tests;
