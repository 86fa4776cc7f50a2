//! What the city has settled about its map.

use std::path::PathBuf;

use torg_geo::Point;
use torg_web::Elsewhere;

use crate::view::View;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileKind {
    /// A picture.
    Raster,
    /// Shapes (Mapbox Vector Tiles) after the schema of Protomaps: earth, water, landuse, roads,
    /// buildings, boundaries.
    Vector,
}

/// A base map beside the coast that comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    /// Either an address with `{z}`, `{x}` and `{y}`, or the name of a PMTiles file in the folder for
    /// tiles.
    pub from: String,
    /// What its tiles hold.
    pub kind: TileKind,
    /// Whose data it is.
    pub attribution: String,
}

/// What the city has settled.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSettings {
    /// What is shown when nobody has chosen.
    pub view: View,
    /// A base map beside the coast.
    pub tiles: Option<Tiles>,
    /// The folder of PMTiles files.
    pub folder: PathBuf,
    /// Sites that may show the map in a frame, as `frame-ancestors` names them.
    pub framed_by: Vec<String>,
}

impl Default for MapSettings {
    fn default() -> Self {
        Self {
            view: View {
                centre: Point::new(11.93, 57.7),
                zoom: 10.3,
            },
            tiles: None,
            folder: PathBuf::new(),
            framed_by: vec!["*".to_owned()],
        }
    }
}

impl Tiles {
    /// Whether they come from a file of our own.
    #[must_use]
    pub fn is_file(&self) -> bool {
        !self.from.contains("://")
    }

    /// Scheme and host of where they come from; none for our own.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        let (scheme, rest) = self.from.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Some(format!("{scheme}://{host}"))
    }
}

impl MapSettings {
    /// What a page with the map needs of other sites.
    #[must_use]
    pub fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
            fetched: self.tiles.iter().filter_map(Tiles::origin).collect(),
            framed_by: Vec::new(),
        }
    }

    /// Reads `latitude, longitude, zoom`.
    #[must_use]
    pub fn read_view(text: &str) -> Option<View> {
        let numbers: Vec<f64> = text
            .split(',')
            .map(|own| own.trim().parse().ok())
            .collect::<Option<_>>()?;
        let [lat, lon, zoom] = numbers[..] else {
            return None;
        };
        let centre = Point::new(lon, lat);
        let view = View { centre, zoom };
        (centre.in_sweden() && view == view.kept()).then_some(view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_follows_the_tiles() {
        let tiles = |from: &str| Tiles {
            from: from.to_owned(),
            kind: TileKind::Raster,
            attribution: String::new(),
        };
        let settings = |from| MapSettings {
            tiles: Some(tiles(from)),
            ..MapSettings::default()
        };
        assert!(settings("stad.pmtiles").elsewhere().fetched.is_empty());
        assert_eq!(
            settings("https://tiles.example.org/a/{z}/{x}/{y}.png")
                .elsewhere()
                .fetched,
            ["https://tiles.example.org"]
        );
    }

    #[test]
    fn a_view_is_read_only_where_it_can_be_drawn() {
        let view = MapSettings::read_view("57.7, 11.9, 11").expect("reads");
        assert_eq!((view.centre.lon, view.zoom), (11.9, 11.0));
        for wrong in ["", "57.7,11.9", "11.9,57.7,11", "57.7,11.9,40", "a,b,c"] {
            assert_eq!(MapSettings::read_view(wrong), None, "{wrong}");
        }
    }
}
