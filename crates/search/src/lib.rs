//! The search index of the city's pages: a view that follows the log and can be thrown away and
//! rebuilt. Swedish is analysed with a word list (lemmas, compounds, derived words) instead of a
//! stemmer, which costs 2 MB in the program and finds *soporna* under *sophämtning*; other
//! languages get the Snowball stemmers. No SQL, no HTTP: whoever owns the rows feeds documents in.

mod accents;
mod analysis;
mod best_bets;
mod change;
mod corpus;
mod error;
mod extract;
mod facets;
mod fresh;
mod index;
pub mod must_find;
mod plan;
mod run;
mod schema;
mod search;
mod spelling;
mod suggest;
mod swedish;
mod synonyms;
mod words;

pub use best_bets::{BestBetError, BestBets};
pub use change::{Change, SearchDocument};
pub use error::SearchError;
pub use extract::Segment;
pub use facets::{FacetCount, Facets};
pub use fresh::{Freshness, HALF_LIFE_DAYS};
pub use index::{Index, IndexOptions};
pub use search::{Hit, Matched, Query, SearchResponse};
pub use suggest::TitleSuggestion;
pub use swedish::sample_words;
pub use synonyms::{SynonymError, Synonyms};
