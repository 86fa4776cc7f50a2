//! What becomes of a text that several people write at once: drafts, patches, merges and conflicts;
//! and what differs between two versions. Pure: who may write and where it is kept is others' work.
//!
//! **The rule.** Nobody's words are ever lost. A patch says which version of each part it was made
//! from. Parts that nobody else changed are taken; the same part changed by two is merged word by
//! word when the changes are apart, and otherwise the text in the draft stays and the other is kept
//! beside it as a named conflict until somebody ends it. A deletion loses to a change.
//!
//! **The trade-off.** The part is a top-level block, so two people in one box or one list meet more
//! often than with an algorithm that follows each key. In return a draft is ordinary rows that a
//! form without script can write as well, a patch can be resent from a browser's store after a day,
//! and what happened can be explained to those whom it happened to.

mod apply;
mod atoms;
mod compare;
mod draft;
mod lines;
mod merge;
mod order;
mod part;
mod patch;

pub use apply::{Outcome, PartResult, apply};
pub use compare::{Change, Difference, Side, compare, compare_text};
pub use draft::{Changes, Deleted, Draft};
pub use lines::{Line, Piece, PieceKind, Role, lines, words_of, words_of_block};
pub use merge::{merge_text, merge_words};
pub use order::merge_order;
pub use part::{Conflict, ConflictName, Held, Part, PatchId, Words};
pub use patch::{ChangedBlock, ChangedField, DeletedBlock, Patch, patch_between};
