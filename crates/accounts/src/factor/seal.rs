//! How secrets lie in the database that must be read again, so that a hash will not do.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use torg_kernel::{Ids, Result, unhex};
use uuid::Uuid;

/// Marks a secret that lies open.
const OPEN: u8 = 0;
/// Marks a secret that is sealed.
const SEALED: u8 = 1;

/// The key under which the secrets of code apps lie in the database (ChaCha20-Poly1305, RFC 8439).
/// It guards copies of the database that get away without it: dumps, replicas, backups of a
/// database server. It guards nothing against whoever reads both, as on a machine whose database
/// and key lie in one folder. Lost, it costs everybody their code app, not their account: passkeys
/// and recovery codes need no secret of ours.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey([u8; 32]);

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey")
    }
}

impl SealingKey {
    /// A key from 64 hexadecimal digits; nothing for anything else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let bytes = unhex(text.trim())?;
        Some(Self(bytes.try_into().ok()?))
    }

    fn cipher(&self) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0)
            .expect("a key of this cipher has 32 bytes");
        LessSafeKey::new(key)
    }
}

/// A stored secret could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealFault {
    /// It was sealed, and this node has no key.
    #[error("the secret of a code app is sealed, but no secret_key is set")]
    NoKey,
    /// It was sealed with another key, or for somebody else.
    #[error("the secret of a code app was sealed with another secret_key than this node has")]
    OtherKey,
    /// It is nothing that was ever written.
    #[error("the secret of a code app is damaged")]
    Damaged,
}

/// A secret as it is stored: sealed for its owner, so that it opens in no other person's row, or
/// open when there is no key.
pub(crate) fn seal(
    key: Option<&SealingKey>,
    ids: &dyn Ids,
    owner: Uuid,
    secret: &[u8],
) -> Result<Vec<u8>> {
    let Some(key) = key else {
        return Ok([&[OPEN], secret].concat());
    };
    let mut nonce = [0_u8; NONCE_LEN];
    ids.fill(&mut nonce);
    let mut text = secret.to_vec();
    key.cipher()
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(owner.as_bytes()),
            &mut text,
        )
        .map_err(|_| SealFault::Damaged)?;
    Ok([&[SEALED], &nonce[..], &text].concat())
}

/// The secret again.
pub(crate) fn open(key: Option<&SealingKey>, owner: Uuid, stored: &[u8]) -> Result<Vec<u8>> {
    let Some((kind, rest)) = stored.split_first() else {
        return Err(SealFault::Damaged.into());
    };
    match *kind {
        OPEN => Ok(rest.to_vec()),
        SEALED => {
            let key = key.ok_or(SealFault::NoKey)?;
            let (nonce, text) = rest
                .split_first_chunk::<NONCE_LEN>()
                .ok_or(SealFault::Damaged)?;
            let mut text = text.to_vec();
            let nonce = Nonce::assume_unique_for_key(*nonce);
            let secret = key
                .cipher()
                .open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text)
                .map_err(|_| SealFault::OtherKey)?;
            Ok(secret.to_vec())
        }
        _ => Err(SealFault::Damaged.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::SystemIds;

    fn key(digit: &str) -> SealingKey {
        SealingKey::from_hex(&digit.repeat(64)).expect("a key")
    }

    #[test]
    fn a_sealed_secret_opens_for_its_owner_with_its_key() {
        let (owner, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let secret = b"twenty bytes exactly";
        let own = key("a");
        let stored = seal(Some(&own), &SystemIds, owner, secret).expect("seals");
        assert!(!stored.windows(8).any(|part| part == &secret[..8]));
        assert_ne!(
            stored,
            seal(Some(&own), &SystemIds, owner, secret).expect("seals")
        );
        assert_eq!(open(Some(&own), owner, &stored).expect("opens"), secret);
        assert!(open(Some(&own), other, &stored).is_err());
        assert!(open(Some(&key("b")), owner, &stored).is_err());
        assert!(open(None, owner, &stored).is_err());
        assert!(open(Some(&own), owner, &[]).is_err());
        assert!(open(Some(&own), owner, &[SEALED, 1]).is_err());
        assert!(open(Some(&own), owner, &[7, 1]).is_err());
        let plain = seal(None, &SystemIds, owner, secret).expect("is kept");
        assert_eq!(open(Some(&own), owner, &plain).expect("opens"), secret);
    }

    #[test]
    fn a_key_has_sixty_four_digits_and_is_not_printed() {
        assert!(SealingKey::from_hex("abc").is_none());
        assert!(SealingKey::from_hex(&"g".repeat(64)).is_none());
        assert_eq!(format!("{:?}", key("a")), "SealingKey");
    }
}
