//! Subscriptions by e-mail: residents choose topics and a rhythm, confirm by a link, and get a
//! digest when there is something new.
//!
//! What is news is kept here in a numbered list that is compared with what is public now, not with
//! events: a page that was to be shown from nine o'clock becomes news at nine, without any event,
//! and one that is taken back before the digest is made is in none. Each subscription has the
//! number up to which it was told, moved in the transaction that puts its mail into the outbox; so
//! a digest that is cut short goes on where it was. The price is that news is told about a minute
//! late, and that a thing is news once, however often it is changed.

mod limit;
mod mail;
pub mod migrations;
mod model;
mod publications;
mod service;
mod store;
mod views;
mod web;

pub use model::{Rhythm, Subscription, SubscriptionState, Wish};
pub use publications::{Item, ItemVersion, Publications, Topic, TopicGroup};
pub use service::{DigestCounts, SubscriptionSettings, Subscriptions};
pub use web::SubscriptionPages;
