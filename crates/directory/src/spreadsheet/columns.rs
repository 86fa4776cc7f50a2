//! The columns of the table, and what each says of a unit.

use torg_kernel::{Locale, Message};

use super::hours::HoursColumn;
use crate::model::{Unit, UnitData, Words};

macro_rules! columns {
    ($($name:ident = $text:literal $(| $alias:literal)*;)+) => {
        /// A column of the table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each is named as the column is")]
        pub enum Column { $($name),+ }

        impl Column {
            /// Every column, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name in the heading.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The column that a heading means: its name, or a Swedish word for it.
            #[must_use]
            pub fn parse(heading: &str) -> Option<Self> {
                match torg_kernel::fold(heading).trim().replace([' ', '-'], "_").as_str() {
                    $($text $(| $alias)* => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

columns! {
    Key = "key" | "nyckel";
    Kind = "kind" | "sort";
    Organisation = "organisation" | "forvaltning";
    NameSv = "name_sv" | "namn";
    NameEn = "name_en" | "namn_en";
    SummarySv = "summary_sv" | "ingress";
    SummaryEn = "summary_en" | "ingress_en";
    Phone = "phone" | "telefon";
    Phones = "phones" | "fler_telefoner";
    Email = "email" | "e_post" | "epost";
    Web = "web" | "webb";
    Street = "street" | "gatuadress" | "adress";
    Postcode = "postcode" | "postnummer";
    City = "city" | "ort";
    Lat = "lat" | "latitud";
    Lon = "lon" | "longitud";
    North = "north" | "n";
    East = "east" | "e";
    WaySv = "getting_there_sv" | "hitta_hit";
    WayEn = "getting_there_en" | "hitta_hit_en";
    Features = "features" | "tillganglighet";
    Related = "related" | "hor_ihop_med";
    Keywords = "keywords" | "sokord";
    Mon = "mon" | "man" | "mandag";
    Tue = "tue" | "tis" | "tisdag";
    Wed = "wed" | "ons" | "onsdag";
    Thu = "thu" | "tor" | "tors" | "torsdag";
    Fri = "fri" | "fre" | "fredag";
    Sat = "sat" | "lor" | "lordag";
    Sun = "sun" | "son" | "sondag";
    HoursWeeks = "hours_weeks" | "vissa_veckor";
    HoursPeriods = "hours_periods" | "perioder";
    HoursDays = "hours_days" | "helgdagar";
    HoursDates = "hours_dates" | "bestamda_dagar";
    NoticeSv = "notice_sv" | "meddelande";
    NoticeEn = "notice_en" | "meddelande_en";
    NoticeUntil = "notice_until" | "meddelande_till";
    ClosedOn = "closed_on" | "stanger";
    ClosedReasonSv = "closed_reason_sv" | "skal";
    ClosedReasonEn = "closed_reason_en" | "skal_en";
    ClosedInstead = "closed_instead" | "i_stallet";
    Confirmed = "confirmed" | "bekraftad";
}

/// What a cell cannot say, with the sentence about it.
pub(super) type Refused = Message;

pub(super) const DAYS: [Column; 7] = [
    Column::Mon,
    Column::Tue,
    Column::Wed,
    Column::Thu,
    Column::Fri,
    Column::Sat,
    Column::Sun,
];

fn named(pairs: impl Iterator<Item = (String, String)>) -> String {
    let all: Vec<String> = pairs
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    all.join(" | ")
}

impl Column {
    /// What the cell of a unit says.
    #[must_use]
    pub fn read(self, unit: &Unit, organisation: &str) -> String {
        let data = &unit.data;
        let own = |words: &Words, locale| words.own(locale).unwrap_or_default().to_owned();
        let degrees = |degrees: f64| format!("{degrees:.6}");
        let address = data.address.clone().unwrap_or_default();
        match self {
            Self::Key => unit.key.clone(),
            Self::Kind => unit.kind.as_str().to_owned(),
            Self::Organisation => organisation.to_owned(),
            Self::NameSv => own(&data.name, Locale::SV),
            Self::NameEn => own(&data.name, Locale::EN),
            Self::SummarySv => own(&data.summary, Locale::SV),
            Self::SummaryEn => own(&data.summary, Locale::EN),
            Self::Phone => data.phone.clone().unwrap_or_default(),
            Self::Phones => named(
                data.phones
                    .iter()
                    .map(|it| (own(&it.name, Locale::SV), it.number.clone())),
            ),
            Self::Email => data.email.clone().unwrap_or_default(),
            Self::Web => named(
                data.web
                    .iter()
                    .map(|it| (own(&it.name, Locale::SV), it.url.clone())),
            ),
            Self::Street => address.street,
            Self::Postcode => address.postcode,
            Self::City => address.city,
            Self::Lat => data.position.map(|at| degrees(at.lat)).unwrap_or_default(),
            Self::Lon => data.position.map(|at| degrees(at.lon)).unwrap_or_default(),
            // One way of saying where is enough; both are read.
            Self::North | Self::East => String::new(),
            Self::WaySv => own(&data.getting_there, Locale::SV),
            Self::WayEn => own(&data.getting_there, Locale::EN),
            Self::Features => data
                .features
                .iter()
                .map(|it| it.as_str())
                .collect::<Vec<_>>()
                .join("|"),
            Self::Related => data.related.join("|"),
            Self::Keywords => data.keywords.join("|"),
            Self::NoticeSv => data
                .notice
                .as_ref()
                .map(|it| own(&it.text, Locale::SV))
                .unwrap_or_default(),
            Self::NoticeEn => data
                .notice
                .as_ref()
                .map(|it| own(&it.text, Locale::EN))
                .unwrap_or_default(),
            Self::NoticeUntil => data
                .notice
                .as_ref()
                .and_then(|it| it.until)
                .map(|it| it.to_string())
                .unwrap_or_default(),
            Self::ClosedOn => data
                .closed
                .as_ref()
                .map(|it| it.on.to_string())
                .unwrap_or_default(),
            Self::ClosedReasonSv => data
                .closed
                .as_ref()
                .map(|it| own(&it.reason, Locale::SV))
                .unwrap_or_default(),
            Self::ClosedReasonEn => data
                .closed
                .as_ref()
                .map(|it| own(&it.reason, Locale::EN))
                .unwrap_or_default(),
            Self::ClosedInstead => data
                .closed
                .as_ref()
                .and_then(|it| it.instead.clone())
                .unwrap_or_default(),
            Self::Confirmed => data.confirmed.map(|it| it.to_string()).unwrap_or_default(),
            weekday => weekday.read_day(data),
        }
    }

    /// The part of a plan that it holds, if it is no weekday.
    pub(super) const fn of_hours(self) -> Option<HoursColumn> {
        Some(match self {
            Self::HoursWeeks => HoursColumn::Weeks,
            Self::HoursPeriods => HoursColumn::Periods,
            Self::HoursDays => HoursColumn::Days,
            Self::HoursDates => HoursColumn::Dates,
            _ => return None,
        })
    }

    fn read_day(self, data: &UnitData) -> String {
        if let Some(column) = self.of_hours() {
            let hours = data.hours.as_ref();
            return hours.map(|hours| column.read(hours)).unwrap_or_default();
        }
        let at = DAYS.iter().position(|own| *own == self);
        let hours = data.hours.as_ref();
        let spans = hours.zip(at).map(|(hours, at)| hours.weekly.days()[at]);
        let spans = spans.into_iter().flatten().map(ToString::to_string);
        spans.collect::<Vec<_>>().join(", ")
    }
}
