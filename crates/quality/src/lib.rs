//! Rules for the quality of a page: plain words, order, what a picture shows, where links lead.
//! Everything is worked out from the text and from what the caller knows around it, so that the
//! same rules run in an editor, at publishing and over a whole city, and can be tested without a
//! database; the price is that the caller has to look up links and pictures first.

mod check;
mod contrast;
mod finding;
mod plain;
mod readability;
mod rule;
mod rules;
mod settings;
mod words;

pub use check::{Around, PictureFacts, Text, check};
pub use contrast::{Colour, ENOUGH_FOR_PARTS, ENOUGH_FOR_TEXT, check_accent, ratio, weak_accent};
pub use finding::{Field, Figures, Finding, Report, Sentence};
pub use plain::plainer;
pub use readability::{Counts, Reading, lix};
pub use rule::{Rule, Weight};
pub use settings::{Limit, Settings, SettingsError};
