//! Questions that people answer, as data: what is asked, under which condition, and what was answered
//! to which version of it.
//!
//! A form is read and written as JSON and knows neither pages nor tables, so that sign-ups, surveys and
//! e-services share it. The price is that whoever shows a form draws the fields: here is only what they
//! are called, what may stand in them and what is wrong with what does.

mod answer;
mod check;
mod model;
mod read;
mod words;

pub use answer::{Answer, Answers};
pub use check::{MOST_CHOICES, MOST_QUESTIONS, check};
pub use model::{Choice, Condition, Form, Kind, NO, Question, YES};
pub use read::{LONG_TEXT, SHORT_TEXT, read};
pub use words::Words;
