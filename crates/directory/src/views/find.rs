//! Finding units: the first page, the list, the table to print, and units side by side.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_ui::{NavLink, OpenStatus, Paging, Shell, T};

use super::public::kind_icon;

/// A choice of a group, with how many units one gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What it is called.
    pub label: String,
    /// How many units one gets.
    pub count: usize,
    /// The address that makes or takes back this choice.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// The form and the choices beside it.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_finder.html", whitespace = "minimize")]
pub struct Finder {
    /// The words of the interface.
    pub t: T,
    /// Where the form goes.
    pub action: String,
    /// Words as written.
    pub q: String,
    /// The place as written.
    pub place: String,
    /// What is said of the place: what it was taken for, or that it was not found.
    pub place_note: Option<String>,
    /// Whether the place was not found.
    pub place_unknown: bool,
    /// Kinds to choose from.
    pub kinds: Vec<Choice>,
    /// What is sent for several kinds at once.
    pub several_kinds: Option<String>,
    /// Organisations to choose from.
    pub organisations: Vec<Choice>,
    /// Districts to choose from.
    pub districts: Vec<Choice>,
    /// Whether only what is open now is asked for.
    pub open: bool,
    /// What the form sends along.
    pub hidden: Vec<(&'static str, String)>,
    /// Whether an order was chosen, so that there is a list to be in order.
    pub sorted: bool,
    /// Facts of how one gets in.
    pub access: Vec<Choice>,
    /// Choices that were made, each with the address without it.
    pub chosen: Vec<NavLink>,
    /// The address without any choice.
    pub clear_href: String,
}

impl HtmlSafe for Finder {}

impl Finder {
    fn access_open(&self) -> bool {
        self.access.iter().any(|choice| choice.chosen)
    }

    /// The map with the kinds that are chosen.
    fn map_href(&self) -> String {
        let path = match self.t.locale() == torg_kernel::Locale::EN {
            true => "/en/map",
            false => "/karta",
        };
        let chosen = self.kinds.iter().filter(|choice| choice.chosen);
        let layers: Vec<&str> = chosen.map(|choice| choice.value.as_str()).collect();
        match layers.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?layers={}", layers.join(",")),
        }
    }

    /// Whether nothing is asked for.
    fn is_landing(&self) -> bool {
        !self.sorted && self.chosen.is_empty() && self.q.is_empty() && self.place.is_empty()
    }
}

/// A unit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitItem {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The kind as stored.
    pub kind: String,
    /// Street and place in one line; may be empty.
    pub address: String,
    /// Whether it is open now.
    pub open: Option<OpenStatus>,
    /// How far it is, in words.
    pub distance: Option<String>,
    /// When it was changed, in words.
    pub changed: Option<String>,
    /// Puts it among those that are compared, or takes it away.
    pub compare: Option<Choice>,
}

impl UnitItem {
    fn kind_key(&self) -> String {
        format!("unit-kind-{}", self.kind)
    }
}

/// A kind on the first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindTile {
    /// The kind as stored.
    pub kind: String,
    /// Its list.
    pub href: String,
    /// How many there are.
    pub count: usize,
}

impl KindTile {
    fn icon(&self) -> &'static str {
        kind_icon(&self.kind)
    }

    fn key(&self) -> String {
        format!("unit-kind-{}", self.kind)
    }
}

/// The list of units, or the directory's first page.
#[derive(Template)]
#[template(path = "unit_list.html", whitespace = "minimize")]
pub struct UnitListPage {
    /// The frame.
    pub shell: Shell,
    /// The form.
    pub finder: Finder,
    /// Kinds, on the first page only.
    pub tiles: Vec<KindTile>,
    /// Categories of services, on the first page only.
    pub services: Vec<NavLink>,
    /// What was changed lately, on the first page only.
    pub changed: Vec<UnitItem>,
    /// The list of what was changed lately.
    pub changed_href: String,
    /// How many units there are.
    pub total: usize,
    /// This page of them.
    pub units: Vec<UnitItem>,
    /// In what order they may stand.
    pub orders: Vec<Choice>,
    /// The table to print.
    pub print_href: String,
    /// Units side by side, when two at least are chosen.
    pub compare: Vec<NavLink>,
    /// Where they stand side by side.
    pub compare_href: Option<String>,
    /// Without those that are compared.
    pub compare_clear: String,
    /// Where in the list this is.
    pub paging: Paging,
}

/// A row of the table to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRow {
    /// Its name.
    pub name: String,
    /// Lines of the address.
    pub address: Vec<String>,
    /// Numbers, each with its name.
    pub phones: Vec<String>,
    /// Opening hours in a few lines.
    pub hours: Vec<String>,
    /// How far it is, in words.
    pub distance: Option<String>,
}

/// All units of a filter in one table.
#[derive(Template)]
#[template(path = "unit_print.html", whitespace = "minimize")]
pub struct UnitPrintPage {
    /// The frame.
    pub shell: Shell,
    /// What was asked for, in words.
    pub asked: Vec<String>,
    /// The list.
    pub back: String,
    /// The rows.
    pub rows: Vec<PrintRow>,
    /// How many there are in all.
    pub total: usize,
    /// When this was true, in words.
    pub made: String,
}

/// Units side by side.
#[derive(Template)]
#[template(path = "unit_compare.html", whitespace = "minimize")]
pub struct UnitComparePage {
    /// The frame.
    pub shell: Shell,
    /// The units, each with the address of the page without it.
    pub units: Vec<(NavLink, String)>,
    /// Rows: what is compared, and for each unit its lines.
    pub rows: Vec<(String, Vec<Vec<String>>)>,
    /// The list to choose others from.
    pub back: String,
}
