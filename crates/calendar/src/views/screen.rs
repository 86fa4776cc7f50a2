//! For screens in foyers and waiting rooms.

use askama::Template;
use torg_ui::T;

use super::public::EventItem;

/// A few occasions at a time, large; turns by itself and can be stopped.
#[derive(Template)]
#[template(path = "calendar_screen.html", whitespace = "minimize")]
pub struct ScreenPage {
    /// The words.
    pub t: T,
    /// The city.
    pub city: String,
    /// The heading.
    pub title: String,
    /// Today, in words.
    pub today: String,
    /// The day of each item in words, and the item.
    pub items: Vec<(String, EventItem)>,
    /// Which part this is, from 1, and of how many.
    pub page: usize,
    /// How many parts.
    pub pages: usize,
    /// The next part.
    pub next_href: String,
    /// This part, standing still.
    pub pause_href: String,
    /// This part, turning.
    pub go_href: String,
    /// Whether it stands still.
    pub paused: bool,
    /// Seconds for each part.
    pub seconds: u32,
    /// The ordinary calendar.
    pub calendar_href: String,
    /// Whether to say that this is a demonstration.
    pub demo: bool,
}
