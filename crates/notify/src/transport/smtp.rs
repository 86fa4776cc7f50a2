//! Mail by SMTP (RFC 5321). The conversation is held command by command, since what an error
//! means depends on where it came: a refusal of the recipient is about the recipient, one of the
//! log-in, of the sender or of the connection is about us.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use torg_kernel::{Problem, Result, truncate_words};

use super::{Parcel, Transport};
use crate::message::to_lettre;
use crate::model::Outcome;

/// How long a connection or an answer is waited for. RFC 5321, section 4.5.3.2, wants minutes
/// between strangers; this is the city's own relay.
const PATIENCE: Duration = Duration::from_secs(60);
/// Mails over one connection before it is made anew: relays limit them, many to 100.
const PER_CONNECTION: u32 = 100;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first byte (port 465).
    Wrapped,
    /// Plain first, then TLS or nothing (port 587). Never falls back to plain text.
    StartTls,
    /// Plain text: for a relay on the same machine or net.
    None,
}

impl Tls {
    /// The kind with a name as in the settings.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "tls" => Some(Self::Wrapped),
            "starttls" => Some(Self::StartTls),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// Where and how to hand mail over. Does not show the password when printed.
#[derive(Clone)]
pub struct SmtpSettings {
    /// The server's name; its certificate must be for this.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// User and password, if the server wants them.
    pub login: Option<(String, String)>,
    /// What we call ourselves: the host name of the site.
    pub hello: String,
    /// Certificates of an authority of the city's own, as PEM, beside those of the machine.
    pub authority: Option<Vec<u8>>,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "SmtpSettings({}:{} {:?})",
            self.host, self.port, self.tls
        )
    }
}

struct Line {
    connection: AsyncSmtpConnection,
    sent: u32,
}

/// Hands mail over by SMTP, over connections that are kept for the next mail.
pub struct SmtpTransport {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<Line>>,
}

type SmtpError = lettre::transport::smtp::Error;

/// Where in the conversation an error came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Sender,
    Recipient,
    Content,
}

/// The enhanced status code (RFC 3463) in an answer's words: class, subject, detail.
fn enhanced(text: &str) -> Option<(u32, u32, u32)> {
    text.split_whitespace().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let mut parts = word.split('.');
        let mut next = || parts.next()?.parse::<u32>().ok();
        let code = (next()?, next()?, next()?);
        (parts.next().is_none() && matches!(code.0, 2 | 4 | 5) && code.1 < 1_000).then_some(code)
    })
}

/// What an error says of the mail.
fn judge(stage: Stage, error: &SmtpError) -> Outcome {
    let text = told(error);
    let code = error.status().map(|code| code.to_string());
    // 421: the server is closing; said at any place (RFC 5321, section 3.8).
    if code.as_deref() == Some("421") || code.is_none() {
        return Outcome::Trouble(text);
    }
    let enhanced = enhanced(&text);
    match stage {
        Stage::Sender => Outcome::Trouble(text),
        _ if error.is_transient() => Outcome::Later(text),
        // X.7.Z is policy: we may not relay, or our server is on somebody's list.
        Stage::Recipient if enhanced.is_some_and(|(_, subject, _)| subject == 7) => {
            Outcome::Rejected(text)
        }
        // X.2.2 is a full mailbox, which may be emptied.
        Stage::Recipient if enhanced.is_some_and(|(_, s, d)| (s, d) == (2, 2)) => {
            Outcome::Later(text)
        }
        // 552 without more is the same (RFC 5321, section 4.2.2).
        Stage::Recipient if enhanced.is_none() && code.as_deref() == Some("552") => {
            Outcome::Later(text)
        }
        Stage::Recipient => Outcome::Refused(text),
        Stage::Content => Outcome::Rejected(text),
    }
}

fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text.push_str(": ");
            text.push_str(&inner_text);
        }
        source = inner.source();
    }
    truncate_words(&text.replace('\0', " "), 500)
}

impl SmtpTransport {
    /// A transport to a server. Connects to nothing yet.
    ///
    /// # Errors
    /// When TLS cannot be set up: a host name that no certificate can have, or no root certificates
    /// on this machine.
    pub fn new(settings: SmtpSettings) -> Result<Self> {
        let tls = match settings.tls {
            Tls::None => None,
            Tls::Wrapped | Tls::StartTls => {
                let mut parameters = TlsParameters::builder(settings.host.clone());
                if let Some(pem) = &settings.authority {
                    let own = Certificate::from_pem(pem).map_err(Problem::internal)?;
                    parameters = parameters.add_root_certificate(own);
                }
                Some(parameters.build_rustls().map_err(Problem::internal)?)
            }
        };
        Ok(Self {
            settings,
            tls,
            idle: Mutex::new(Vec::new()),
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Line>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connect(&self) -> Result<Line, SmtpError> {
        let hello = ClientId::Domain(self.settings.hello.clone());
        let wrapped = (self.settings.tls == Tls::Wrapped)
            .then(|| self.tls.clone())
            .flatten();
        let server = (self.settings.host.as_str(), self.settings.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &hello, wrapped, None)
                .await?;
        if let (Tls::StartTls, Some(tls)) = (self.settings.tls, self.tls.clone()) {
            connection.starttls(tls, &hello).await?;
        }
        if let Some((user, password)) = &self.settings.login {
            let login = Credentials::new(user.clone(), password.clone());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &login)
                .await?;
        }
        Ok(Line {
            connection,
            sent: 0,
        })
    }

    /// One mail over one connection.
    async fn talk(line: &mut Line, parcel: &Parcel) -> Result<(), (Stage, SmtpError)> {
        let at = |stage| move |error| (stage, error);
        let address = |address| to_lettre(address).ok();
        let connection = &mut line.connection;
        connection
            .command(Mail::new(address(&parcel.from), Vec::new()))
            .await
            .map_err(at(Stage::Sender))?;
        if let Some(to) = address(&parcel.to) {
            connection
                .command(Rcpt::new(to, Vec::new()))
                .await
                .map_err(at(Stage::Recipient))?;
        }
        connection.command(Data).await.map_err(at(Stage::Content))?;
        connection
            .message(&parcel.bytes)
            .await
            .map_err(at(Stage::Content))?;
        line.sent += 1;
        Ok(())
    }

    /// Keeps a connection for the next mail if it can be used again.
    async fn keep(&self, mut line: Line, failed: bool) {
        if line.sent >= PER_CONNECTION || failed && line.connection.command(Rset).await.is_err() {
            line.connection.abort().await;
            return;
        }
        self.idle().push(line);
    }

    async fn try_once(&self, parcel: &Parcel) -> Outcome {
        let kept = self.idle().pop();
        let fresh = kept.is_none();
        let mut line = match kept {
            Some(line) => line,
            None => match self.connect().await {
                Ok(line) => line,
                Err(error) => return Outcome::Trouble(told(&error)),
            },
        };
        match Self::talk(&mut line, parcel).await {
            Ok(()) => {
                self.keep(line, false).await;
                Outcome::Delivered
            }
            Err((stage, error)) => {
                let outcome = judge(stage, &error);
                if matches!(outcome, Outcome::Trouble(_)) {
                    line.connection.abort().await;
                    if !fresh && stage == Stage::Sender {
                        // The server had hung up meanwhile, which says nothing of the mail.
                        self.idle().clear();
                        return Box::pin(self.try_once(parcel)).await;
                    }
                } else {
                    self.keep(line, true).await;
                }
                outcome
            }
        }
    }
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn deliver(&self, parcel: &Parcel) -> Outcome {
        match tokio::time::timeout(PATIENCE * 2, self.try_once(parcel)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::Trouble(format!(
                "the mail server {} did not answer in time",
                self.settings.host
            )),
        }
    }

    async fn rest(&self) {
        let idle = std::mem::take(&mut *self.idle());
        for mut line in idle {
            let quit = line.connection.quit();
            let _ = tokio::time::timeout(Duration::from_secs(5), quit).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::enhanced;

    #[test]
    fn the_code_within_the_words_is_found() {
        assert_eq!(
            enhanced("permanent error (550): 5.1.1 <a@b>: unknown"),
            Some((5, 1, 1))
        );
        assert_eq!(enhanced("554 5.7.1 Relay access denied"), Some((5, 7, 1)));
        assert_eq!(enhanced("550 no such user at 10.0.0.1"), None);
        assert_eq!(enhanced("550 No"), None);
    }
}
