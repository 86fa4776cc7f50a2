//! Passwords: argon2id, slow on purpose. Each check takes 19 MiB and some ten milliseconds, which
//! is why checks are run beside the async threads and only a few at once.

use std::sync::{Arc, OnceLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use torg_kernel::{Ids, Result};

/// 19 MiB, two passes, one lane: the first of the equal settings for argon2id in OWASP's Password
/// Storage Cheat Sheet (2025).
const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The longest password in bytes: long enough for any sentence, short enough to cost nothing.
pub(crate) const LONGEST: usize = 1_024;

/// A hash could not be made or read.
#[derive(Debug, thiserror::Error)]
#[error("the password hash cannot be used: {0}")]
struct HashFault(String);

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .expect("the parameters lie within argon2's own limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &[u8], salt: &[u8]) -> Result<String> {
    let hash = argon2()
        .hash_password_with_salt(password, salt)
        .map_err(|fault| HashFault(fault.to_string()))?;
    Ok(hash.to_string())
}

/// The hash of a password that nobody has, checked when there is no account, so that the time of
/// the answer does not tell whether there is one.
fn nobody() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        hash_now(b"no account has this password", b"sixteen-byte-slt")
            .expect("a fixed password can be hashed")
    })
}

/// Makes and checks hashes, a few at a time. Cheap to clone.
#[derive(Clone)]
pub(crate) struct PasswordChecker {
    turns: Arc<Semaphore>,
}

impl PasswordChecker {
    pub(crate) fn new(at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.max(1))),
        }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = self.turns.clone().acquire_owned().await?;
        Ok(tokio::task::spawn_blocking(move || {
            // Kept until the work is done, also when the caller has gone away.
            let _turn = turn;
            work()
        })
        .await?)
    }

    /// A password's hash as a PHC string, with a new salt of 128 bits.
    pub(crate) async fn hash(&self, password: &str, ids: &dyn Ids) -> Result<String> {
        let mut salt = [0_u8; 16];
        ids.fill(&mut salt);
        let password = password.to_owned();
        self.run(move || hash_now(password.as_bytes(), &salt))
            .await?
    }

    /// Whether a password fits a stored hash; takes as long when there is none.
    pub(crate) async fn fits(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        if password.len() > LONGEST {
            // No account can have it, so its length tells nothing about any.
            return Ok(false);
        }
        let password = password.to_owned();
        let hash = hash.map(str::to_owned);
        self.run(move || {
            let stored = hash.as_deref().unwrap_or_else(|| nobody());
            let fits = argon2()
                .verify_password(password.as_bytes(), stored)
                .is_ok();
            fits && hash.is_some()
        })
        .await
    }
}

/// A password made by chance: 125 bits in five groups, without letters that look alike.
pub(crate) fn generate(ids: &dyn Ids) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 25];
    ids.fill(&mut bytes);
    let mut text = String::with_capacity(29);
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place % 5 == 0 {
            text.push('-');
        }
        text.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use torg_kernel::SystemIds;

    #[tokio::test]
    async fn a_hash_fits_its_own_password_only() {
        let checker = PasswordChecker::new(1);
        let hash = checker
            .hash("rätt häst batteri", &SystemIds)
            .await
            .expect("hashes");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        let fits = |password: &'static str, hash: Option<String>| {
            let checker = checker.clone();
            async move {
                checker
                    .fits(password, hash.as_deref())
                    .await
                    .expect("checks")
            }
        };
        assert!(fits("rätt häst batteri", Some(hash.clone())).await);
        assert!(!fits("rätt häst batter", Some(hash.clone())).await);
        assert!(!fits("", Some(hash)).await);
        assert!(!fits("no account has this password", None).await);
        assert!(!fits("x", Some("nonsense".to_owned())).await);
        let again = checker.hash("a", &SystemIds).await.expect("hashes");
        assert_ne!(again, checker.hash("a", &SystemIds).await.expect("hashes"));
    }

    #[test]
    fn generated_passwords_differ_and_are_long() {
        let one = generate(&SystemIds);
        assert_eq!(one.len(), 29);
        assert_ne!(one, generate(&SystemIds));
    }
}
