//! What a service is, and what it may hold.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::{AuthorityId, Locale, OrganisationId, ServiceId, Timestamp};

use crate::details::Closure;
use crate::model::Words;

macro_rules! names {
    ($(#[$of:meta])* $type:ident: $($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $type { $($(#[$doc])* $name),+ }

        impl $type {
            /// Every one of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name that is stored.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The one with a stored name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == name)
            }
        }
    };
}

names! {
    /// What a service is about.
    Category:
    /// Förskola och utbildning.
    Education = "education";
    /// Omsorg och stöd.
    Care = "care";
    /// Bygga och bo.
    Housing = "housing";
    /// Avfall, vatten och miljö.
    Environment = "environment";
    /// Trafik och gator.
    Traffic = "traffic";
    /// Uppleva och göra.
    Leisure = "leisure";
    /// Näringsliv och arbete.
    Work = "work";
    /// Råd, demokrati och kontakt.
    Advice = "advice";
}

names! {
    /// Whom a service is for.
    Audience:
    /// Everybody.
    Everyone = "everyone";
    /// Children and their parents.
    Families = "families";
    /// Young people.
    Youth = "youth";
    /// Older people.
    Older = "older";
    /// People with a disability.
    Disability = "disability";
    /// People who are new in the country.
    Newcomers = "newcomers";
    /// Companies.
    Companies = "companies";
    /// Associations.
    Associations = "associations";
}

names! {
    /// Where a link leads.
    LinkKind:
    /// To an e-service.
    EService = "e_service";
    /// To a page that tells more.
    Page = "page";
    /// To a form to print or fill in.
    Form = "form";
}

/// A link of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Where it leads.
    pub kind: LinkKind,
    /// What one does there.
    pub name: Words,
    /// The address, `https://…`, or a path of this site.
    pub url: String,
}

/// All that a service tells about itself. Its JSON is canonical: the same data gives the same text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceData {
    /// Its name; Swedish is always there.
    pub name: Words,
    /// What one gets, in a sentence or two.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub summary: Words,
    /// How it is done, in paragraphs parted by empty lines.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub how: Words,
    /// What it costs, in words.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub fees: Words,
    /// Who may have it, where not everybody may.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub eligibility: Words,
    /// Whom it is for; none is everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// Keys of the units where it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<String>,
    /// E-services, pages and forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The number to call, where it is not a unit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The mail address, where it is not a unit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Keys of services that belong together with this one. Those are told of it too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Other words by which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Its end, if it has one; `instead` is a service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closure>,
    /// When somebody last said that all this is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Date>,
}

/// A service as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Its key in imports, exports and links between files.
    pub key: String,
    /// Its part of the address; stays when the service gets another name.
    pub slug: String,
    /// What it is about.
    pub category: Category,
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that the organisation belongs to.
    pub authority: Option<AuthorityId>,
    /// The rest.
    pub data: ServiceData,
    /// Counts the changes; a form that was opened on another version is refused.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: ServiceId,
    key: &'a str,
    slug: &'a str,
    category: Category,
    organisation: OrganisationId,
    authority: Option<AuthorityId>,
    #[serde(flatten)]
    data: &'a ServiceData,
}

impl Service {
    /// The service as the log has it before and after a change.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no text of it can bring about.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Canonical {
            id: self.id,
            key: &self.key,
            slug: &self.slug,
            category: self.category,
            organisation: self.organisation,
            authority: self.authority,
            data: &self.data,
        })
    }

    /// The name in a language, or in Swedish.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.data.name.get(locale)
    }

    /// The path of its public page.
    #[must_use]
    pub fn href(&self, locale: Locale) -> String {
        if locale == Locale::EN {
            format!("/en/find/service/{}", self.slug)
        } else {
            format!("/hitta/tjanst/{}", self.slug)
        }
    }

    /// Whether pages that list services, or show which a unit gives, show the two alike.
    #[must_use]
    pub fn lists_like(&self, other: &Self) -> bool {
        let told = |service: &Self| ServiceData {
            how: Words::default(),
            fees: Words::default(),
            eligibility: Words::default(),
            phone: None,
            email: None,
            confirmed: None,
            ..service.data.clone()
        };
        (&self.slug, &self.key, self.category) == (&other.slug, &other.key, other.category)
            && told(self) == told(other)
    }

    /// Whether it is no more on a day.
    #[must_use]
    pub fn is_closed_on(&self, day: Date) -> bool {
        let closed = self.data.closed.as_ref();
        closed.is_some_and(|closed| closed.on <= day)
    }
}
