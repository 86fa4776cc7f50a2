//! Foreign HTML made plain: what the reader of HTML understands stays, addresses become whole,
//! and what plays or is shown becomes a [`Piece`] with a mark in the text that keeps its place.

mod nesting;
mod piece;
mod simplify;

pub(crate) use nesting::check as check_nesting;
pub(crate) use piece::{Piece, take_marks};
pub(crate) use simplify::{Simple, Simplifier, is_film, words_of};
