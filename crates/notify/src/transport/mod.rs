//! Ways out: a folder, or an SMTP server.

mod folder;
mod smtp;

use async_trait::async_trait;
use uuid::Uuid;

pub use folder::FolderTransport;
pub use smtp::{SmtpSettings, SmtpTransport, Tls};

use crate::MailAddress;
use crate::model::Outcome;

/// A finished mail with where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The mail's id.
    pub id: Uuid,
    /// Who gets what cannot be delivered.
    pub from: MailAddress,
    /// To whom.
    pub to: MailAddress,
    /// The mail.
    pub bytes: Vec<u8>,
}

/// A way out. May be asked for several mails at once.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Hands one mail over. What goes wrong is part of the answer.
    async fn deliver(&self, parcel: &Parcel) -> Outcome;

    /// Told when there is nothing more to send for now, to give connections back.
    async fn rest(&self) {}
}
