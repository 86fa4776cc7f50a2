//! What leaves the house: mail through one outbox, and feeds that others fetch.
//!
//! A mail is put in by the transaction whose change it follows from, so that it exists if and only
//! if the change was kept, and is sent at least once by a sender of its own. What is written is
//! stored once for all who get the same, and what is said to one alone is filled in when it is
//! sent. The price of the outbox is two writes for every hundred mails beside the mails themselves.

mod address;
mod bounce;
mod breaker;
pub mod feed;
mod message;
pub mod migrations;
mod model;
mod outbox;
mod sender;
mod store;
mod transport;

pub use address::MailAddress;
pub use bounce::{BounceCounts, Report, read_bounces, read_report};
pub use message::Sending;
pub use model::{
    Fills, MailContent, MailCounts, MailState, NewMail, OutboxMail, Outcome, Rank, mark,
};
pub use outbox::{
    KeepDays, count_mails, find_mail, forget_bounces, forget_mail, list_bouncing, list_mails,
    purge_mail, put_content, put_mails, retry_all, retry_mail,
};
pub use sender::{Sender, SenderOptions};
pub use transport::{FolderTransport, Parcel, SmtpSettings, SmtpTransport, Tls, Transport};
