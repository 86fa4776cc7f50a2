//! References to facts: a phone number stands in one row, and pages point at it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which room owns the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactSource {
    /// A unit of the directory.
    Unit,
    /// A fact that is nobody else's.
    Fact,
}

/// Which part of the thing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactField {
    /// The unit's name.
    Name,
    /// The main telephone number.
    Phone,
    /// The e-mail address.
    Email,
    /// The visiting address.
    Address,
    /// The opening hours, with whether it is open now.
    Hours,
    /// The value of a fact of its own.
    Value,
}

/// A pointer to one fact. Written in text as `{{unit:ID:phone}}` or `{{fact:ID:value}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactRef {
    /// Whose it is.
    pub source: FactSource,
    /// The owner's id.
    pub id: Uuid,
    /// Which part.
    pub field: FactField,
}

const SOURCES: [(FactSource, &str); 2] = [(FactSource::Unit, "unit"), (FactSource::Fact, "fact")];
const FIELDS: [(FactField, &str); 6] = [
    (FactField::Name, "name"),
    (FactField::Phone, "phone"),
    (FactField::Email, "email"),
    (FactField::Address, "address"),
    (FactField::Hours, "hours"),
    (FactField::Value, "value"),
];

impl fmt::Display for FactRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = SOURCES
            .iter()
            .find(|(s, _)| *s == self.source)
            .map_or("", |(_, name)| name);
        let field = FIELDS
            .iter()
            .find(|(s, _)| *s == self.field)
            .map_or("", |(_, name)| name);
        write!(f, "{source}:{}:{field}", self.id)
    }
}

impl FromStr for FactRef {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(':');
        let (Some(source), Some(id), Some(field), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let source = SOURCES
            .iter()
            .find(|(_, name)| *name == source)
            .ok_or(())?
            .0;
        let field = FIELDS.iter().find(|(_, name)| *name == field).ok_or(())?.0;
        Ok(Self {
            source,
            id: Uuid::parse_str(id).map_err(|_| ())?,
            field,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_goes_there_and_back() {
        let fact = FactRef {
            source: FactSource::Unit,
            id: Uuid::from_u128(7),
            field: FactField::Phone,
        };
        assert_eq!(fact.to_string().parse(), Ok(fact));
        assert!("unit:7".parse::<FactRef>().is_err());
    }
}
