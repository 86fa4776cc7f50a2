//! Permissions: few and named. Roles are named sets of them and live in the database.

use std::fmt;
use std::str::FromStr;

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What somebody may do, within the organisation for which a role was granted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $($(#[$doc])* $name),+ }

        impl Permission {
            /// Every permission there is, in the order they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored and shown in tables.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

permissions! {
    /// Enter the staff workspace at all.
    WorkspaceUse = "workspace.use",
    /// See pages that are not public, and their history.
    PageRead = "page.read",
    /// Change the text of pages.
    PageEdit = "page.edit",
    /// Comment on what somebody else has written, return it and approve it.
    PageReview = "page.review",
    /// Make a page public, move it or take it away.
    PagePublish = "page.publish",
    /// Change menus, the start page and what theme pages gather.
    NavigationEdit = "navigation.edit",
    /// Put pictures and files into the media bank, change what is said of them and take them away.
    MediaEdit = "media.edit",
    /// Settle which rules of good writing there are and how much each weighs.
    QualityManage = "quality.manage",
    /// Change units: names, phones, addresses, opening hours.
    UnitEdit = "unit.edit",
    /// Settle school breaks and the city's own days in the calendar of days.
    AlmanacManage = "almanac.manage",
    /// Change reusable facts.
    FactEdit = "fact.edit",
    /// Put things on the notice board, correct them and take them down.
    NoticePublish = "notice.publish",
    /// Write events of the calendar, change and cancel them.
    EventEdit = "event.edit",
    /// Make events public, approve what others send in, and take them away.
    EventPublish = "event.publish",
    /// Read comments before they are shown, and decide about them.
    CommentModerate = "comment.moderate",
    /// Read the log of an object.
    LogRead = "log.read",
    /// Settle synonyms, chosen pages and what search must find, and work through what it did not.
    SearchManage = "search.manage",
    /// Make accounts and grant roles.
    PersonManage = "person.manage",
    /// Change the tree of organisations: add, rename, move and end.
    OrganisationManage = "organisation.manage",
    /// Change what roles hold, and the city's settings.
    SettingManage = "setting.manage",
}

/// A permission name that this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no permission called “{0}”")]
pub struct UnknownPermission(pub String);

impl FromStr for Permission {
    type Err = UnknownPermission;
    fn from_str(text: &str) -> Result<Self, UnknownPermission> {
        Self::ALL
            .iter()
            .copied()
            .find(|permission| permission.as_str() == text)
            .ok_or_else(|| UnknownPermission(text.to_owned()))
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a route demands of whoever asks. Every route declares one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Open to all.
    Public,
    /// Only from the machine itself or with the operator's token: figures and probes.
    Operator,
    /// Anybody who is logged in.
    LoggedIn,
    /// A person with this permission somewhere; the service checks for which organisation.
    Needs(Permission),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Operator => f.write_str("operator"),
            Self::LoggedIn => f.write_str("logged-in"),
            Self::Needs(permission) => permission.fmt(f),
        }
    }
}
