//! What a provider says of a person beside the standard's own claims: groups, by whatever name.

use openidconnect::AdditionalClaims;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// All claims that the standard does not name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct OtherClaims {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl AdditionalClaims for OtherClaims {}

impl OtherClaims {
    /// The groups in a claim: a list of names, or one name. Nothing when the claim is not there,
    /// which is something else than no groups.
    pub(super) fn groups(&self, claim: &str) -> Option<Vec<String>> {
        match self.all.get(claim)? {
            Value::Array(list) => Some(
                list.iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            ),
            Value::String(one) => Some(vec![one.clone()]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_a_list_or_a_name() {
        let claims: OtherClaims = serde_json::from_str(
            r#"{"groups": ["a", 7, "b"], "one": "c", "none": [], "odd": {"a": 1}}"#,
        )
        .expect("claims");
        let names = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(claims.groups("groups"), names(&["a", "b"]));
        assert_eq!(claims.groups("one"), names(&["c"]));
        assert_eq!(claims.groups("none"), Some(Vec::new()));
        assert_eq!(claims.groups("odd"), None);
        assert_eq!(claims.groups("missing"), None);
    }
}
