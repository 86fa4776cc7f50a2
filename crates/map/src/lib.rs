//! The map: layers from whoever has something with a place, areas and addresses that the city brings
//! in, a page where map and list say the same, what is near an address, and the same features for
//! other programs (OGC API Features).
//!
//! All features are held in memory and asked there; the price is told in [`Sources`].

mod address;
mod areas;
mod atlas;
pub mod migrations;
mod model;
mod news;
pub mod ogc;
mod own;
mod picture;
mod register;
mod settings;
mod store;
mod stored;
mod view;
pub mod views;
mod web;

pub use address::{Address, Wanted, street_key, wanted};
pub use areas::{
    AreaReport, LayerInput, MAP_TAG, ReadLayer, export_layers, input_of, is_key, preview_layer,
    read_layer, remove_layer, write_layer,
};
pub use atlas::{Ask, Atlas, Layers, Loaded, Narrowed, Sheet, Sources, Span};
pub use model::{Feature, Group, LayerInfo, Now, Words};
pub use news::{AreaNews, NewsOfAreas};
pub use own::{AddressLayers, OwnLayers};
pub use picture::{Drawing, LAND_ATTRIBUTION, Look, Mark, draw};
pub use register::{
    ADDRESSES_TAG, AddressReport, Register, export_addresses, preview_addresses, read_addresses,
    write_addresses,
};
pub use settings::{MapSettings, TileKind, Tiles};
pub use store::{
    find_addresses, find_layer, find_register, list_addresses, list_canonical, list_features,
    list_layers,
};
pub use stored::{FeatureData, LayerData, StoredFeature, StoredLayer};
pub use view::{Size, View};
pub use web::{MapRoom, picture_href};
