//! What the calendar asks of other rooms. Owned here, answered by the binary.

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::DatabaseTransaction;
use torg_kernel::{EventId, Locale, OrganisationId, PictureId, Result, Timestamp, UnitId};

use crate::filter::NamedDays;
use crate::model::Spot;

/// A unit that an event can be at, or be arranged by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceEntry {
    /// Its id.
    pub id: UnitId,
    /// Its key in files.
    pub key: String,
    /// Its name in the language that was asked for.
    pub name: String,
    /// Street and town in one line; may be empty.
    pub address: String,
    /// Where it is.
    pub spot: Option<Spot>,
    /// The organisation that answers for it.
    pub organisation: Option<OrganisationId>,
}

/// A part of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaEntry {
    /// Its key in addresses.
    pub key: String,
    /// Its name in the language that was asked for.
    pub name: String,
}

/// A day that is no ordinary one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDay {
    /// Which.
    pub day: Date,
    /// What it is called, in the language that was asked for.
    pub name: String,
}

/// A picture of the media bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureEntry {
    /// Which.
    pub id: PictureId,
    /// What it is called in the media bank.
    pub name: String,
}

/// Places, areas and days that others know.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// All units that can be chosen, by name.
    ///
    /// # Errors
    /// When the database fails.
    async fn places(&self, on: &DatabaseTransaction, locale: Locale) -> Result<Vec<PlaceEntry>>;

    /// Those of the units that there are.
    ///
    /// # Errors
    /// When the database fails.
    async fn known(
        &self,
        on: &DatabaseTransaction,
        units: &[UnitId],
        locale: Locale,
    ) -> Result<Vec<PlaceEntry>>;

    /// The parts of the city, by name.
    ///
    /// # Errors
    /// When the database fails.
    async fn areas(&self, on: &DatabaseTransaction, locale: Locale) -> Result<Vec<AreaEntry>>;

    /// The part of the city that a point lies in, by its key.
    ///
    /// # Errors
    /// When the database fails.
    async fn area_at(&self, on: &DatabaseTransaction, spot: Spot) -> Result<Option<String>>;

    /// School breaks that touch the days from one to another, in order.
    ///
    /// # Errors
    /// When the database fails.
    async fn breaks(
        &self,
        on: &DatabaseTransaction,
        locale: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDays>>;

    /// Holidays and their eves from one day to another, in order.
    ///
    /// # Errors
    /// When the database fails.
    async fn holidays(
        &self,
        on: &DatabaseTransaction,
        locale: Locale,
        from: Date,
        to: Date,
    ) -> Result<Vec<NamedDay>>;

    /// Public events that hold these words, best first. Asked of the site's search.
    ///
    /// # Errors
    /// When the index fails.
    async fn find_events(&self, words: &str, locale: Locale, most: usize) -> Result<Vec<EventId>>;

    /// Pictures that may be shown now and that words fit, the newest first, or the newest of all.
    ///
    /// # Errors
    /// When the database fails.
    async fn find_pictures(
        &self,
        on: &DatabaseTransaction,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<PictureEntry>>;

    /// The picture with a name or an id, whether it may be shown or not.
    ///
    /// # Errors
    /// When the database fails.
    async fn picture(&self, on: &DatabaseTransaction, name: &str) -> Result<Option<PictureEntry>>;
}
