//! What a thing was called when something happened to it.

use serde_json::Value;

use crate::{LogEvent, PayloadState};

impl LogEvent {
    /// The thing's name in the event's payload: its title, name or key, in Swedish where it has
    /// names in several languages. Nothing when the payload is weeded, withheld or names nothing.
    #[must_use]
    pub fn names(&self) -> Option<String> {
        let PayloadState::Whole { before, after } = &self.payload else {
            return None;
        };
        let value: Value = serde_json::from_str(after.as_deref().or(before.as_deref())?).ok()?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        value
            .get("title")
            .and_then(text)
            .or_else(|| value.get("name").and_then(text))
            .or_else(|| value.get("name")?.get("sv").and_then(text))
            .or_else(|| value.get("name_sv").and_then(text))
            .or_else(|| value.get("key").and_then(text))
    }
}
