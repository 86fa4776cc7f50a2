//! What else the page of a unit shows: entrances, what belongs together, what lies near.

use torg_ui::NavLink;

/// A way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntranceView {
    /// What it is called.
    pub name: String,
    /// How one gets in by it; may be empty.
    pub note: String,
    /// Where it is, in words and numbers.
    pub at: Option<PlaceView>,
}

/// A point, as people read it and as they go there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceView {
    /// Latitude and longitude in degrees.
    pub degrees: String,
    /// North and east in SWEREF 99 TM.
    pub grid: String,
    /// The map there.
    pub map_href: String,
}

/// A part of the plan of opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// What it is about.
    pub heading: String,
    /// Days and hours.
    pub lines: Vec<(String, String)>,
    /// More about it; may be empty.
    pub note: String,
}

/// A unit nearby.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearView {
    /// Its name and page.
    pub unit: NavLink,
    /// What sort it is.
    pub kind: String,
    /// How far it is.
    pub distance: String,
}

/// What else the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitMore {
    /// Said for a time, above all else.
    pub notice: Option<String>,
    /// Said when its end is settled, with the unit to go to instead.
    pub ending: Option<(String, Option<NavLink>)>,
    /// Whether it is no more.
    pub gone: bool,
    /// More numbers: what for, the number, the number to dial.
    pub phones: Vec<(String, String, Option<String>)>,
    /// Addresses on the web.
    pub web: Vec<NavLink>,
    /// The point of the unit itself.
    pub place: Option<PlaceView>,
    /// Its ways in.
    pub entrances: Vec<EntranceView>,
    /// Facts of how one gets in and around.
    pub features: Vec<String>,
    /// The whole plan of opening hours.
    pub plan: Vec<PlanView>,
    /// Services that are given here.
    pub services: Vec<NavLink>,
    /// Units that belong together with it.
    pub related: Vec<NavLink>,
    /// What lies near.
    pub near: Vec<NearView>,
    /// All that lies near.
    pub near_href: String,
    /// Others of the same kind.
    pub kind_href: Option<NavLink>,
    /// Where one says that something is wrong.
    pub wrong_href: String,
    /// What was changed lately in the whole directory.
    pub changed_href: String,
}
