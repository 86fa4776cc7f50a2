//! A mail as bytes (RFC 5322, MIME). Everything that makes it up is stored, so that a mail made
//! twice is the same to the last byte and a resend is known by its Message-ID.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use torg_kernel::{Problem, Result, Timestamp, squeeze};
use uuid::Uuid;

use crate::MailAddress;
use crate::model::{Fills, MailContent, fill};

/// Whom mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The sender's name: the city.
    pub name: String,
    /// The sender's address.
    pub from: MailAddress,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<MailAddress>,
    /// Where mail servers report what they could not deliver; the sender's address by default.
    pub bounces: Option<MailAddress>,
}

impl Sending {
    /// The Message-ID of a mail, without angle brackets.
    #[must_use]
    pub fn message_id(&self, mail: Uuid) -> String {
        format!("{mail}@{}", self.from.domain())
    }

    pub(crate) fn envelope_from(&self) -> &MailAddress {
        self.bounces.as_ref().unwrap_or(&self.from)
    }
}

fn mailbox(name: Option<&str>, address: &MailAddress) -> Result<Mailbox> {
    let address = to_lettre(address)?;
    Ok(Mailbox::new(name.map(str::to_owned), address))
}

pub(crate) fn to_lettre(address: &MailAddress) -> Result<lettre::Address> {
    lettre::Address::new(address.local(), address.domain()).map_err(Problem::internal)
}

fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Line ends as mail wants them.
fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Makes the bytes of a mail.
pub(crate) fn compose(
    sending: &Sending,
    id: Uuid,
    to: &MailAddress,
    content: &MailContent,
    fills: &Fills,
    created_at: Timestamp,
) -> Result<Vec<u8>> {
    let micros = u64::try_from(created_at.micros()).unwrap_or_default();
    let mut builder = Message::builder()
        .from(mailbox(Some(&squeeze(&sending.name)), &sending.from)?)
        .to(mailbox(None, to)?)
        .date(UNIX_EPOCH + Duration::from_micros(micros))
        .message_id(Some(format!("<{}>", sending.message_id(id))))
        .subject(squeeze(&fill(&content.subject, fills, false)))
        // RFC 3834: nobody's absence notice shall answer this.
        .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(raw("Content-Language", content.locale.to_string()));
    if let Some(address) = &sending.reply_to {
        builder = builder.reply_to(mailbox(None, address)?);
    }
    if let Some(one_click) = &content.one_click {
        let url = squeeze(&fill(one_click, fills, false));
        builder = builder.raw_header(raw("List-Unsubscribe", format!("<{url}>")));
        if let Some(host) = host_of(&url) {
            // RFC 2919: mail programs sort by it; one list for each site, whatever is chosen.
            let id = raw("List-Id", format!("<subscriptions.{host}>"));
            builder = builder.raw_header(id);
        }
        // RFC 8058, section 3.1, wants https; without it the header would promise too much.
        if url.starts_with("https://") {
            builder = builder.raw_header(raw(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ));
        }
    }
    let plain = SinglePart::builder()
        .content_type(ContentType::TEXT_PLAIN)
        .body(crlf(&fill(&content.text, fills, false)));
    let message = match &content.html {
        None => builder.singlepart(plain),
        Some(html) => {
            let html = SinglePart::builder()
                .content_type(ContentType::TEXT_HTML)
                .body(crlf(&fill(html, fills, true)));
            // A boundary of its own making would differ each time.
            let alternatives = MultiPart::alternative()
                .boundary(format!("torg-{}", id.simple()))
                .singlepart(plain)
                .singlepart(html);
            builder.multipart(alternatives)
        }
    };
    Ok(message.map_err(Problem::internal)?.formatted())
}

/// The name of the host in an address, without its port; none for a number, which names no list.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.split(':').next()?;
    let letter = |c: char| c.is_ascii_alphabetic();
    (host.starts_with(letter) || host.contains(letter)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::{HeaderValue as Value, MessageParser};
    use torg_kernel::Locale;

    fn sending() -> Sending {
        Sending {
            name: "Göteborgs Stad\r\nBcc: alla@stad.example".to_owned(),
            from: MailAddress::own("no-reply@stad.example").expect("an address"),
            reply_to: None,
            bounces: None,
        }
    }

    fn content(one_click: &str) -> MailContent {
        MailContent {
            locale: Locale::SV,
            subject: "Nytt från oss\r\nBcc: alla@stad.example".to_owned(),
            text: format!("Hej!\n.\n{}\nRäksmörgås", crate::mark("link")),
            html: Some(format!(
                "<!doctype html><p>Hej <a href=\"{}\">här</a></p>",
                crate::mark("link")
            )),
            one_click: Some(one_click.to_owned()),
        }
    }

    fn made(one_click: &str) -> Vec<u8> {
        compose(
            &sending(),
            Uuid::from_u128(7),
            &MailAddress::parse("eva@åäö.example").expect("an address"),
            &content(one_click),
            &Fills::one("link", "https://stad.example/a?b=1&c=2"),
            Timestamp::from_micros(1_772_544_600_000_000),
        )
        .expect("is made")
    }

    #[test]
    fn a_mail_is_what_it_should_be_and_the_same_twice() {
        let one_click = format!("{}&x", crate::mark("link"));
        let bytes = made(&one_click);
        assert_eq!(bytes, made(&one_click));
        assert!(bytes.is_ascii(), "no relay needs 8BITMIME for it");
        let mail = MessageParser::new().parse(&bytes).expect("a mail");
        assert_eq!(
            mail.message_id(),
            Some("00000000-0000-0000-0000-000000000007@stad.example")
        );
        assert_eq!(mail.subject(), Some("Nytt från oss Bcc: alla@stad.example"));
        assert!(mail.bcc().is_none());
        assert_eq!(
            mail.date()
                .map(mail_parser::DateTime::to_rfc3339)
                .as_deref(),
            Some("2026-03-03T13:30:00Z")
        );
        let text = mail.body_text(0).expect("text");
        assert!(text.contains("https://stad.example/a?b=1&c=2"), "{text}");
        assert!(text.contains("Räksmörgås"), "{text}");
        let html = mail.body_html(0).expect("html");
        assert!(
            html.contains("href=\"https://stad.example/a?b=1&amp;c=2\""),
            "{html}"
        );
        let header = |name: &'static str| match mail.header(name) {
            Some(Value::Text(text)) => text.to_string(),
            Some(Value::Address(address)) => format!("{address:?}"),
            other => format!("{other:?}"),
        };
        assert!(
            header("List-Unsubscribe").contains("https://stad.example/a?b=1&c=2&x"),
            "{}",
            header("List-Unsubscribe")
        );
        assert_eq!(
            header("List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click"
        );
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            text.contains("List-Id: <subscriptions.stad.example>\r\n"),
            "{text}"
        );
    }

    #[test]
    fn one_click_is_promised_over_https_only() {
        let bytes = made("http://127.0.0.1:8080/x");
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("List-Unsubscribe: <http"), "{text}");
        assert!(!text.contains("List-Unsubscribe-Post"), "{text}");
    }
}
