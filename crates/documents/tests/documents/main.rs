//! What comes out of a document, as other programs read it; what is refused; and how PDF is asked for.

mod excel;
mod limits;
#[cfg(unix)]
mod printer;
mod sample;
mod word;
