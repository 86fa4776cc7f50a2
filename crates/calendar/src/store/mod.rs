//! This room's only SQL.

mod event;
mod occasion;
mod signup;
mod submission;

pub use event::{
    EventQuery, Listed, count_by_state, find, find_by_key, list, list_after, list_all, list_by_id,
    list_canonical, list_parts, list_pictured, list_pointing_at, list_with_picture,
};
pub use occasion::{
    OccasionRow, count_occasions, delete_occasions, list_at_place, list_occasions,
    list_occasions_of, list_organisations, list_overlapping, next_change,
};
pub use submission::{Submission, find_submission_of};

pub(crate) use event::{insert, update};
pub(crate) use occasion::{replace_occasions, set_places_left};
pub(crate) use signup::{
    count_sign_ups_of, count_taken, delete_old_sign_ups, delete_sign_up, find_sign_up,
    find_sign_up_by_key, insert_key, insert_sign_up, keep_form, list_forms, list_late,
    list_sign_ups, list_sign_ups_of, list_untold, update_sign_up,
};
pub(crate) use submission::{
    confirm_submission, count_submissions_since, delete_old_submissions, find_submission,
    insert_submission, mark_answered,
};
