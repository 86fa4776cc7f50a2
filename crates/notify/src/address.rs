//! A mail address that mail can be sent to, read from what a person wrote.
//!
//! Stricter than RFC 5321: no quoted local parts, no comments, no IP literals, nothing but ASCII
//! before the @ (that would need SMTPUTF8 on every relay on the way). What passes can be put into
//! a header or an SMTP command as it stands; the price is that a few exotic addresses are refused.

use std::fmt;

use torg_kernel::Message;

/// Longest local part in bytes (RFC 5321, section 4.5.3.1.1).
const LOCAL: usize = 64;
/// Longest address in bytes (RFC 5321, section 4.5.3.1.3, less the angle brackets).
const WHOLE: usize = 254;

/// A mail address: local part as written, domain in its ASCII form and lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MailAddress {
    local: String,
    domain: String,
}

const fn is_atext(c: char) -> bool {
    // RFC 5322, section 3.2.3.
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9'
        | '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_' | '`'
        | '{' | '|' | '}' | '~')
}

fn is_dot_atom(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_atext))
}

fn is_host(text: &str) -> bool {
    let mut labels = 0;
    let good = text.split('.').all(|label| {
        labels += 1;
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let last = text.rsplit('.').next().unwrap_or_default();
    good && labels >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit())
}

impl MailAddress {
    /// Reads an address. White space round it is forgiven; anything else that cannot stand in an
    /// address is not, a line end in it least of all.
    ///
    /// # Errors
    /// What is wrong and what to do.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let text = text.trim_matches([' ', '\t', '\u{a0}', '\n', '\r']);
        if text.is_empty() {
            return Err(Message::new("mail-address-missing"));
        }
        if text.len() > WHOLE {
            return Err(Message::new("mail-address-long"));
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(Message::new("mail-address-space"));
        }
        let Some((local, domain)) = text.rsplit_once('@') else {
            return Err(Message::new("mail-address-at"));
        };
        if local.is_empty() || domain.is_empty() {
            return Err(Message::new("mail-address-at"));
        }
        if !local.is_ascii() {
            return Err(Message::new("mail-address-letters"));
        }
        if local.len() > LOCAL {
            return Err(Message::new("mail-address-long"));
        }
        if !is_dot_atom(local) {
            return Err(Message::new("mail-address-wrong"));
        }
        // UTS 46; turns letters outside ASCII into their xn-- form and all to lower case.
        let domain = idna::domain_to_ascii_strict(domain)
            .ok()
            .filter(|domain| is_host(domain) && local.len() + 1 + domain.len() <= WHOLE)
            .ok_or_else(|| Message::new("mail-address-domain"))?;
        Ok(Self {
            local: local.to_owned(),
            domain,
        })
    }

    /// An address of the operator's own, from the settings: the domain may be a single word such
    /// as `localhost`. `None` when it is none.
    #[must_use]
    pub fn own(text: &str) -> Option<Self> {
        if let Ok(address) = Self::parse(text) {
            return Some(address);
        }
        let (local, domain) = text.trim().rsplit_once('@')?;
        let word = !domain.is_empty()
            && domain
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (is_dot_atom(local) && word).then(|| Self {
            local: local.to_owned(),
            domain: domain.to_ascii_lowercase(),
        })
    }

    /// What stands before the @.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.local
    }

    /// What stands after it, in ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The key by which two ways of writing one address are the same. The standard lets a host
    /// tell capitals apart in the local part; none that people use does.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}@{}", self.local.to_ascii_lowercase(), self.domain)
    }

    /// The address as people read it, with the domain in its own letters.
    #[must_use]
    pub fn shown(&self) -> String {
        let (domain, _) = idna::domain_to_unicode(&self.domain);
        format!("{}@{domain}", self.local)
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> &'static str {
        MailAddress::parse(text).expect_err(text).key
    }

    #[test]
    fn what_people_write_is_read() {
        let read = |text: &str| MailAddress::parse(text).expect(text);
        assert_eq!(
            read(" Eva.Berg+torg@Stad.Example ").to_string(),
            "Eva.Berg+torg@stad.example"
        );
        assert_eq!(
            read("Eva.Berg@Stad.Example").key(),
            read("eva.berg@stad.example").key()
        );
        let idn = read("eva@åäö-bageri.example");
        assert_eq!(idn.domain(), "xn---bageri-4wai5o.example");
        assert_eq!(idn.shown(), "eva@åäö-bageri.example");
        assert_eq!(read("eva@åäö-bageri.example").key(), idn.key());
    }

    #[test]
    fn what_cannot_be_sent_to_is_told_apart() {
        assert_eq!(refused(""), "mail-address-missing");
        assert_eq!(refused(" \n"), "mail-address-missing");
        assert_eq!(refused("eva"), "mail-address-at");
        assert_eq!(refused("@stad.example"), "mail-address-at");
        assert_eq!(refused("eva@"), "mail-address-at");
        assert_eq!(refused("åsa@stad.example"), "mail-address-letters");
        assert_eq!(
            refused("eva@stad.example\r\nBcc: alla@stad.example"),
            "mail-address-space"
        );
        assert_eq!(refused("eva@stad.example\u{2028}x"), "mail-address-space");
        assert_eq!(refused("eva berg@stad.example"), "mail-address-space");
        assert_eq!(refused("eva\u{0}@stad.example"), "mail-address-space");
        for wrong in [
            "\"eva\"@stad.example",
            "eva@bo@stad.example",
            ".eva@stad.example",
            "e..va@stad.example",
            "<eva@stad.example",
            "eva,bo@stad.example",
        ] {
            assert_eq!(refused(wrong), "mail-address-wrong", "{wrong}");
        }
        for wrong in [
            "eva@localhost",
            "eva@[127.0.0.1]",
            "eva@127.0.0.1",
            "eva@-stad.example",
            "eva@stad..example",
            "eva@stad_x.example",
            "eva@stad.example>",
        ] {
            assert_eq!(refused(wrong), "mail-address-domain", "{wrong}");
        }
        let long = format!("{}@stad.example", "a".repeat(65));
        assert_eq!(refused(&long), "mail-address-long");
        let long = format!("a@{}example", "a.".repeat(200));
        assert_eq!(refused(&long), "mail-address-long");
    }

    #[test]
    fn the_operators_own_address_may_be_local() {
        assert!(MailAddress::own("torg@localhost").is_some());
        assert!(MailAddress::own("torg@local host").is_none());
        assert!(MailAddress::own("torg\n@localhost").is_none());
    }
}
