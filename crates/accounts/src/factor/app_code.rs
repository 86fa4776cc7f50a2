//! Codes from an app: a new one each 30 seconds, worked out from a shared secret and the clock
//! (RFC 6238, with what every app takes for granted: SHA-1, six digits).

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use torg_kernel::{Ids, Result, Timestamp};
use totp_rs::{Builder, Secret, Totp};

/// 160 bits, what RFC 4226, section 4, recommends for a secret.
pub(crate) const SECRET_BYTES: usize = 20;

/// A secret could not be used.
#[derive(Debug, thiserror::Error)]
#[error("the secret of a code app cannot be used: {0}")]
struct AppFault(String);

/// A new secret.
pub(crate) fn new_secret(ids: &dyn Ids) -> [u8; SECRET_BYTES] {
    let mut secret = [0; SECRET_BYTES];
    ids.fill(&mut secret);
    secret
}

/// What the app needs to know, in the ways in which it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppKey {
    /// The secret in base 32, in groups of four, to be typed.
    pub text: String,
    /// The address `otpauth://…`, for a link on the phone itself.
    pub address: String,
    /// That address as a picture: an `<svg>` with black squares on white.
    pub picture: String,
}

fn totp(secret: &[u8], city: &str, account: &str) -> Result<Totp> {
    // A colon parts the two names in the address.
    let plain = |text: &str| text.replace(':', " ");
    let built = Builder::new()
        .with_secret(Secret::new(secret.into()))
        .with_issuer(Some(plain(city)))
        .with_account_name(plain(account))
        .build();
    built.map_err(|fault| AppFault(fault.to_string()).into())
}

/// What to tell the app.
pub(crate) fn app_key(secret: &[u8], city: &str, account: &str) -> Result<AppKey> {
    let totp = totp(secret, city, account)?;
    let letters: Vec<char> = totp.secret().to_base32().chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    let address = totp.to_url().map_err(|fault| AppFault(fault.to_string()))?;
    let code = QrCode::with_error_correction_level(&address, EcLevel::M)
        .map_err(|fault| AppFault(fault.to_string()))?;
    let drawn = code
        .render::<svg::Color<'_>>()
        .module_dimensions(4, 4)
        .build();
    // The part before the element is for files of their own.
    let start = drawn.find("<svg").unwrap_or(0);
    Ok(AppKey {
        text: groups.join(" "),
        address,
        picture: drawn[start..].to_owned(),
    })
}

/// The step of 30 seconds to which a code belongs, if it is right now or was so one step ago or
/// will be in the next (clocks differ; RFC 6238, section 5.2). Codes of steps up to `last` were
/// used, and are refused.
pub(crate) fn check(secret: &[u8], code: &str, now: Timestamp, last: i64) -> Result<Option<i64>> {
    let totp = totp(secret, "", "account")?;
    let seconds = u64::try_from(now.micros() / 1_000_000).unwrap_or(0);
    let step = totp
        .check(code, seconds)
        .and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > last))
}

#[cfg(test)]
pub(crate) fn code(secret: &[u8], now: Timestamp) -> String {
    let totp = totp(secret, "", "account").expect("a secret");
    totp.generate(u64::try_from(now.micros() / 1_000_000).expect("after 1970"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the last six of the eight digits for SHA-1.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let now = Timestamp::from_micros(seconds * 1_000_000);
            assert_eq!(code(secret, now), expected);
            assert_eq!(
                check(secret, expected, now, 0).expect("checks"),
                Some(seconds / 30)
            );
        }
    }

    #[test]
    fn a_code_holds_for_three_steps_and_once() {
        let secret = [7_u8; SECRET_BYTES];
        let now = Timestamp::from_micros(1_772_539_200_000_000);
        let own = code(&secret, now);
        let at = |seconds: i64, last| {
            check(&secret, &own, now.plus_seconds(seconds), last).expect("checks")
        };
        let step = at(0, 0).expect("is right");
        assert_eq!(at(30, 0), Some(step));
        assert_eq!(at(-30, 0), Some(step));
        assert_eq!(at(61, 0), None);
        assert_eq!(at(0, step), None, "used");
        assert_eq!(at(0, step - 1), Some(step));
        for odd in ["", "12345", "1234567", "+12345", "12a456"] {
            assert_eq!(check(&secret, odd, now, 0).expect("checks"), None, "{odd}");
        }
    }

    #[test]
    fn the_app_is_told_in_three_ways() {
        let key = app_key(&[7; SECRET_BYTES], "Stad: en", "asa@stad.example").expect("a key");
        assert_eq!(key.text.len(), 32 + 7);
        assert!(
            key.address.starts_with("otpauth://totp/"),
            "{}",
            key.address
        );
        assert!(key.address.contains(&key.text.replace(' ', "")));
        assert!(key.picture.starts_with("<svg ") && key.picture.ends_with("</svg>"));
    }
}
