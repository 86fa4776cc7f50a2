//! What the map's pages show. Pure: structs in, HTML out.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_geo::Point;
use torg_kernel::Locale;
use torg_ui::{Desk, ErrorSummary, Field, NavLink, OpenStatus, Paging, Shell, T};

use crate::model::Group;
use crate::picture::Svg;
use crate::view::View;

/// A row of the list beside the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapItem {
    /// The number that its mark has.
    pub number: usize,
    /// What it is called.
    pub title: String,
    /// Its own page; may be empty.
    pub href: String,
    /// The layer's name.
    pub layer: String,
    /// An address or the like; may be empty.
    pub line: String,
    /// How it stands now.
    pub open: Option<OpenStatus>,
    /// Where its mark is.
    pub point: Point,
    /// The map with it in the middle.
    pub show_href: String,
}

/// A layer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerChip {
    /// Its name in addresses.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether it is shown.
    pub chosen: bool,
    /// The map with it, or without.
    pub href: String,
}

/// Layers of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerGroup {
    /// Which.
    pub group: Group,
    /// Its layers.
    pub chips: Vec<LayerChip>,
}

impl LayerGroup {
    fn key(&self) -> String {
        format!("map-group-{}", self.group.as_str())
    }
}

/// An address that a search may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressLink {
    /// The address.
    pub label: String,
    /// The map there.
    pub href: String,
    /// What is near.
    pub area_href: String,
}

/// A step that moves the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLink {
    /// The key of what it says.
    pub key: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Where it leads; none where one cannot go on.
    pub href: Option<String>,
}

/// What the script needs to know.
#[derive(Debug, Clone, PartialEq)]
pub struct MapData {
    /// The middle.
    pub lat: f64,
    /// The middle.
    pub lon: f64,
    /// The zoom level.
    pub zoom: f64,
    /// Keys of the layers shown.
    pub layers: String,
    /// What is looked for.
    pub words: String,
    /// Which events, in the calendar's own words.
    pub events: String,
    /// The map's page.
    pub path: String,
    /// Where the worker's script is.
    pub worker: &'static str,
    /// A base map beside the coast.
    pub tiles: Option<String>,
    /// Whether that is a PMTiles file.
    pub is_file: bool,
    /// Whether its tiles are shapes.
    pub is_vector: bool,
}

#[derive(Template)]
#[template(path = "map_box.html", whitespace = "minimize")]
struct MapBox<'a> {
    t: T,
    data: &'a MapData,
    picture: &'a Svg,
    attributions: &'a [String],
}

impl HtmlSafe for MapBox<'_> {}

#[derive(Template)]
#[template(path = "map_items.html", whitespace = "minimize")]
struct MapItems<'a> {
    t: T,
    items: &'a [MapItem],
}

impl HtmlSafe for MapItems<'_> {}

/// The map's page.
#[derive(Template)]
#[template(path = "map.html", whitespace = "minimize")]
pub struct MapPage {
    /// The frame.
    pub shell: Shell,
    /// The layers to choose from.
    pub groups: Vec<LayerGroup>,
    /// How many are chosen.
    pub chosen: usize,
    /// Addresses that the search may mean.
    pub places: Vec<AddressLink>,
    /// The picture.
    pub picture: Svg,
    /// The steps that move it.
    pub steps: Vec<ViewLink>,
    /// Whose data it is.
    pub attributions: Vec<String>,
    /// For the script.
    pub data: MapData,
    /// The layers as the address has them, if it has.
    pub layers: Option<String>,
    /// Which events, in the calendar's own words; may be empty.
    pub events: String,
    /// Where the same events stand as a list, and the map with all events.
    pub selection: Option<(String, String)>,
    /// The view as the address has it, if it has.
    pub view: Option<View>,
    /// The same without a view.
    pub whole_href: String,
    /// The same without words.
    pub clear_href: String,
    /// The page that gives the code for other sites.
    pub embed_href: String,
    /// The page on what is near.
    pub area: NavLink,
    /// What is looked for.
    pub words: String,
    /// How many were found.
    pub total: usize,
    /// Those of this page.
    pub items: Vec<MapItem>,
    /// Where in the list.
    pub paging: Paging,
}

impl MapPage {
    fn map(&self) -> MapBox<'_> {
        MapBox {
            t: self.shell.t(),
            data: &self.data,
            picture: &self.picture,
            attributions: &self.attributions,
        }
    }
    fn list(&self) -> MapItems<'_> {
        MapItems {
            t: self.shell.t(),
            items: &self.items,
        }
    }
}

/// The map in a frame on another site.
#[derive(Template)]
#[template(path = "map_embedded.html", whitespace = "minimize")]
pub struct EmbeddedPage {
    /// The words.
    pub t: T,
    /// The language.
    pub locale: Locale,
    /// The sender.
    pub city: String,
    /// Whether to say that this is a demonstration.
    pub demo: bool,
    /// The picture.
    pub picture: Svg,
    /// Whose data it is.
    pub attributions: Vec<String>,
    /// For the script.
    pub data: MapData,
    /// How many were found.
    pub total: usize,
    /// The first of them.
    pub items: Vec<MapItem>,
    /// The whole map.
    pub map_href: String,
}

impl EmbeddedPage {
    fn map(&self) -> MapBox<'_> {
        MapBox {
            t: self.t,
            data: &self.data,
            picture: &self.picture,
            attributions: &self.attributions,
        }
    }
    fn list(&self) -> MapItems<'_> {
        MapItems {
            t: self.t,
            items: &self.items,
        }
    }
}

/// The page that gives the code for other sites.
#[derive(Template)]
#[template(path = "map_embed.html", whitespace = "minimize")]
pub struct EmbedCodePage {
    /// The frame.
    pub shell: Shell,
    /// The code.
    pub code: String,
    /// Where the frame's page is.
    pub src: String,
    /// Sites that may show it.
    pub sites: Vec<String>,
}

impl EmbedCodePage {
    fn anybody(&self) -> bool {
        self.sites.iter().any(|own| own == "*")
    }
}

/// A choice of address or street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaChoice {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// A district that a place lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaDistrict {
    /// What sort of district.
    pub layer: String,
    /// Its name.
    pub title: String,
    /// Its page; may be empty.
    pub href: String,
}

/// The nearest of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaUnit {
    /// The number that its mark has.
    pub number: usize,
    /// What kind.
    pub kind: String,
    /// Its icon.
    pub icon: &'static str,
    /// Its name.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Its address; may be empty.
    pub line: String,
    /// How far.
    pub distance: String,
    /// How it stands now.
    pub open: Option<OpenStatus>,
    /// Where it is.
    pub point: Point,
}

/// Something that happens nearby.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaEvent {
    /// What.
    pub title: String,
    /// Its page.
    pub href: String,
    /// When and where.
    pub line: String,
}

/// My area.
#[derive(Template)]
#[template(path = "my_area.html", whitespace = "minimize")]
pub struct AreaPage {
    /// The frame.
    pub shell: Shell,
    /// What was written.
    pub written: String,
    /// Whether there are addresses to look in.
    pub has_register: bool,
    /// Why nothing was found.
    pub error: Option<String>,
    /// Addresses that fit.
    pub choices: Vec<AreaChoice>,
    /// Streets that are called almost so.
    pub alike: Vec<AreaChoice>,
    /// The place.
    pub name: Option<String>,
    /// Its districts.
    pub districts: Vec<AreaDistrict>,
    /// The nearest of each kind.
    pub units: Vec<AreaUnit>,
    /// What happens there.
    pub events: Vec<AreaEvent>,
    /// What has been written of its district.
    pub news: Vec<AreaEvent>,
    /// The picture.
    pub picture: Svg,
    /// The map there.
    pub map_href: String,
}

impl AreaPage {
    fn search(&self) -> Field {
        let t = self.shell.t();
        let hint = if self.has_register {
            "area-field-hint"
        } else {
            "area-field-hint-point"
        };
        let mut field = Field::new(
            "q",
            torg_ui::FieldKind::Text,
            t.get("area-field"),
            &*self.written,
        )
        .hint(t.get(hint))
        .autocomplete("street-address");
        field.error.clone_from(&self.error);
        field
    }
}

/// An imported layer in the staff's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapLayerRow {
    /// Its name in addresses.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How many features.
    pub features: String,
    /// Who answers for it.
    pub organisation: String,
    /// Whether it holds districts.
    pub districts: bool,
    /// Whether this person may change it.
    pub may: bool,
}

/// The staff's list of layers.
#[derive(Template)]
#[template(path = "admin_map.html", whitespace = "minimize")]
pub struct MapDeskPage {
    /// The frame.
    pub desk: Desk,
    /// The layers.
    pub rows: Vec<MapLayerRow>,
    /// How many addresses there are.
    pub addresses: Option<String>,
    /// Whose register it is.
    pub source: String,
    /// The form's id.
    pub request_id: String,
}

/// The form for a file.
#[derive(Template)]
#[template(path = "admin_map_import.html", whitespace = "minimize")]
pub struct MapImportPage {
    /// The frame.
    pub desk: Desk,
    /// Whether addresses are brought in, and no layer.
    pub is_addresses: bool,
    /// What is wrong in the file: place and sentence.
    pub faults: Vec<(String, String)>,
    /// What is wrong with the file as such.
    pub file_error: Option<String>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Whether its areas are districts.
    pub districts: bool,
    /// Whether it is shown from the beginning.
    pub shown: bool,
    /// Whether it was only tried.
    pub dry: bool,
    /// What was done, or would be.
    pub lines: Vec<String>,
    /// The form's id.
    pub request_id: String,
}

impl MapImportPage {
    /// What is wrong with the file as such and in the fields, with where to go.
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&Field> = self.fields.iter().collect();
        let mut summary = ErrorSummary::of(self.desk.t(), &fields, &[]);
        if let Some(error) = &self.file_error {
            let label = self.desk.t().get("map-import-file");
            let told = ("field_file".to_owned(), format!("{label}: {error}"));
            summary.errors.insert(0, told);
        }
        summary
    }
}
