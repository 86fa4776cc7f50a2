//! What an address of the map asks for, and the address of what is asked.

use torg_geo::{Bounds, Point, read_point};
use torg_kernel::squeeze;
use torg_web::PageRequest;

use crate::atlas::Atlas;
use crate::view::{View, ZOOMS};

/// The most characters of a search.
const LONGEST: usize = 100;
/// The most layers of a question.
const MOST_LAYERS: usize = 60;
/// The longest question in a source's own words.
const LONGEST_EVENTS: usize = 1_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    /// Keys of layers; `None` when nobody has chosen, which is not the same as none.
    pub layers: Option<Vec<String>>,
    /// Words to look for.
    pub words: String,
    /// Which events, in the calendar's own words (`when=weekend&free=1`); empty for all.
    pub events: String,
    /// What the map shows; `None` shows all.
    pub view: Option<View>,
    /// The exact edges, where a browser says what it shows.
    pub bounds: Option<Bounds>,
    /// Which page of the list, from 1.
    pub page: usize,
}

impl Asked {
    /// Reads the address. What cannot be read is as if it were not there: an address that somebody
    /// shortened still shows a map.
    pub(crate) fn read(request: &PageRequest) -> Self {
        let number = |name: &str| -> Option<f64> {
            request
                .query(name)?
                .parse()
                .ok()
                .filter(|own: &f64| own.is_finite())
        };
        let centre = number("lat")
            .zip(number("lon"))
            .map(|(lat, lon)| Point::new(lon, lat));
        // Other pages lead to a point by `at=57.7,11.97`.
        let centre = centre.or_else(|| read_point(request.query("at")?).ok());
        let view = centre.filter(|own| own.in_sweden()).map(|centre| {
            let zoom = number("z").unwrap_or(15.0);
            View { centre, zoom }.kept()
        });
        let layers = request.query("layers").map(|keys| {
            let keys = keys.split(',').filter(|key| crate::areas::is_key(key));
            keys.take(MOST_LAYERS).map(str::to_owned).collect()
        });
        let words: String = request
            .query("q")
            .unwrap_or_default()
            .chars()
            .take(LONGEST)
            .collect();
        Self {
            layers,
            words: squeeze(&words),
            events: request
                .query("events")
                .filter(|text| text.len() <= LONGEST_EVENTS)
                .unwrap_or_default()
                .to_owned(),
            view,
            bounds: request
                .query("bbox")
                .and_then(|text| Bounds::parse(text).ok()),
            page: request
                .query("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, 10_000),
        }
    }

    /// The layers to look in: those that were chosen, or those that are shown when nobody has.
    pub(crate) fn keys(&self, atlas: &Atlas) -> Vec<String> {
        match &self.layers {
            Some(keys) => keys.clone(),
            None => atlas
                .layers()
                .into_iter()
                .filter(|own| own.shown)
                .map(|own| own.key.clone())
                .collect(),
        }
    }

    /// The address of this question.
    pub(crate) fn href(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(layers) = &self.layers {
            query.append_pair("layers", &layers.join(","));
        }
        if !self.words.is_empty() {
            query.append_pair("q", &self.words);
        }
        if !self.events.is_empty() {
            query.append_pair("events", &self.events);
        }
        if let Some(view) = &self.view {
            query.append_pair("lat", &format!("{:.5}", view.centre.lat));
            query.append_pair("lon", &format!("{:.5}", view.centre.lon));
            query.append_pair("z", &format!("{:.1}", view.zoom));
        }
        if self.page > 1 {
            query.append_pair("page", &self.page.to_string());
        }
        let query = query.finish().replace("%2C", ",");
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }

    /// The same question with another view, from its first page.
    pub(crate) fn at(&self, view: View) -> Self {
        Self {
            view: Some(view.kept()),
            bounds: None,
            page: 1,
            ..self.clone()
        }
    }

    /// Whether one can look from nearer, and from farther.
    pub(crate) fn can_zoom(view: &View) -> (bool, bool) {
        (view.zoom < ZOOMS.1, view.zoom > ZOOMS.0)
    }
}
