//! Recovery codes: for the day when the phone is at the bottom of the river.

use sha2::{Digest, Sha256};
use torg_kernel::Ids;
use uuid::Uuid;

/// How many are made at a time.
pub(crate) const COUNT: usize = 10;
/// Letters in a code, each of 5 bits: 80 bits together. Nobody tries so many, neither here nor on a
/// stolen database, so that a quick hash keeps them as safe as a slow one would.
const LETTERS: usize = 16;
/// Without letters that look alike.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// New codes, in groups of four letters.
pub(crate) fn generate(ids: &dyn Ids) -> Vec<String> {
    (0..COUNT)
        .map(|_| {
            let mut bytes = [0_u8; LETTERS];
            ids.fill(&mut bytes);
            let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
            let groups: Vec<String> = letters
                .chunks(4)
                .map(|four| four.iter().collect())
                .collect();
            groups.join("-")
        })
        .collect()
}

/// What is stored of a code: SHA-256 over its owner and its letters, however they were parted.
/// Nothing for what cannot be a code.
pub(crate) fn hash(owner: Uuid, written: &str) -> Option<Vec<u8>> {
    let letters: String = written
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '‐'))
        .flat_map(char::to_lowercase)
        .collect();
    let fits = letters.len() == LETTERS && letters.bytes().all(|byte| ALPHABET.contains(&byte));
    fits.then(|| {
        Sha256::new()
            .chain_update(owner.as_bytes())
            .chain_update(letters.as_bytes())
            .finalize()
            .to_vec()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::SystemIds;

    #[test]
    fn codes_differ_and_are_read_however_they_are_written() {
        let codes = generate(&SystemIds);
        let owner = Uuid::from_u128(1);
        let mut hashes: Vec<_> = codes.iter().filter_map(|code| hash(owner, code)).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), COUNT);
        let own = &codes[0];
        assert_eq!(own.len(), 19);
        let spoken = own.to_uppercase().replace('-', " ");
        assert_eq!(hash(owner, own), hash(owner, &spoken));
        assert_ne!(hash(owner, own), hash(Uuid::from_u128(2), own));
        assert_eq!(hash(owner, "123456"), None);
        assert_eq!(hash(owner, &"ö".repeat(8)), None);
    }
}
