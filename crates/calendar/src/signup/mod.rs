//! Signing up to events: places that are given out here, a waiting list, and mails that say how it went.
//!
//! All of it happens in the one writer, so that two people never get the last place. What is personal
//! lies in one table; the log tells of numbers alone. The price of counting anew at each change is one
//! walk along the sign-ups of an occasion, some hundreds at most.

mod deed;
mod entry;
mod mail;
mod notify;
mod open;
mod queue;
mod rules;
mod seats;
mod work;

pub(crate) use deed::{Asking, Deed, Outcome, Own, find_own};
pub use entry::{SIGN_UP_KEPT, SignUp, SignUpState};
pub(crate) use mail::{own_href, when_words};
pub(crate) use open::{Opening, Standing, name_of, row_of};
pub(crate) use queue::{At, count_places};
pub(crate) use rules::check_rules;
pub use rules::{LARGEST_PARTY, MOST_PLACES, SignUpRules};
pub use work::sign_up_jobs;
