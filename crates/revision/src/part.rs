//! The parts of a draft: what is merged as one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use torg_kernel::{Block, BlockId, RequestId};

/// A patch as the client named it, so that a resend happens once.
pub type PatchId = RequestId;

/// What two people may change at once without meeting: a top-level block with all that lies in it,
/// or a field beside the blocks. Written as `block:ID` or `field:title`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Part {
    /// A top-level block.
    Block(BlockId),
    /// A field beside the blocks, such as the title.
    Field(String),
}

/// A part's name that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPart(String);

impl fmt::Display for NoPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” names no part of a draft", self.0)
    }
}

impl std::error::Error for NoPart {}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(id) => write!(f, "block:{id}"),
            Self::Field(name) => write!(f, "field:{name}"),
        }
    }
}

impl FromStr for Part {
    type Err = NoPart;
    fn from_str(text: &str) -> Result<Self, NoPart> {
        match text.split_once(':') {
            Some(("block", id)) => id.parse().map(Self::Block).ok(),
            Some(("field", name)) if !name.is_empty() => Some(Self::Field(name.to_owned())),
            _ => None,
        }
        .ok_or_else(|| NoPart(text.to_owned()))
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl TryFrom<String> for Part {
    type Error = NoPart;
    fn try_from(text: String) -> Result<Self, NoPart> {
        text.parse()
    }
}

/// What a part says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Of a field.
    Text(String),
    /// Of a block.
    Block(Box<Block>),
}

/// A value with the revision of the draft at which it was last changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held<T> {
    /// A revision of the draft.
    pub version: i64,
    /// What it says.
    pub value: T,
}

/// The name of a conflict: made from the patch and the part, so that a resend makes no second one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConflictName(pub String);

impl ConflictName {
    /// The conflict that a patch made at a part.
    #[must_use]
    pub fn of(patch: PatchId, part: &Part) -> Self {
        Self(format!("{patch}/{part}"))
    }
}

impl fmt::Display for ConflictName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Two texts for one part: the one that stands in the draft, and the one that came later and was
/// made without having seen it. Kept until somebody ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Its name.
    pub name: ConflictName,
    /// Where.
    pub part: Part,
    /// The patch that came later.
    pub patch: PatchId,
    /// Whose patch it was.
    pub client: String,
    /// The version of the text that stood.
    pub version: i64,
    /// What stood in the draft.
    pub kept: Words,
    /// What came later.
    pub other: Words,
    /// What the later one was made from, if it told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Words>,
}
