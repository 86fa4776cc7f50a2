//! The columns of a table of events, and how each is read.

mod times;

use jiff::civil::Date;
use torg_kernel::{FieldError, Locale, Message, squeeze};

use super::fault;
use super::record::Record;
use crate::check::is_key;
use crate::model::{Ages, EventData, Organiser, Place, Price, Registration, Spot, Words};
use crate::vocabulary::{Audience, Category, Ease, State, Status};

macro_rules! columns {
    ($($variant:ident = $name:literal, $swedish:literal;)+) => {
        /// A column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Column { $($variant),+ }

        impl Column {
            /// All of them, in the order of the guide.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in a heading.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The column with a name, in English or Swedish.
            pub fn parse(name: &str) -> Option<Self> {
                match name.to_lowercase().as_str() {
                    $($name | $swedish => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

columns! {
    Key = "key", "nyckel";
    Name = "name", "namn";
    NameEn = "name_en", "namn_en";
    Summary = "summary", "ingress";
    SummaryEn = "summary_en", "ingress_en";
    Text = "text", "beskrivning";
    TextEn = "text_en", "beskrivning_en";
    Category = "category", "kategori";
    Start = "start", "börjar";
    End = "end", "slutar";
    Rule = "rule", "regel";
    Dates = "dates", "datum";
    Except = "except", "utom";
    Zone = "zone", "tidszon";
    Unit = "unit", "enhet";
    Room = "room", "lokal";
    Place = "place", "plats";
    Street = "street", "gata";
    Postcode = "postcode", "postnummer";
    City = "city", "ort";
    Lat = "lat", "latitud";
    Lon = "lon", "longitud";
    Online = "online", "på nätet";
    Organiser = "organiser", "arrangör";
    OrganiserUnit = "organiser_unit", "arrangerande enhet";
    Organisation = "organisation", "organisation_nyckel";
    Audience = "audience", "målgrupp";
    AgeFrom = "age_from", "ålder_från";
    AgeTo = "age_to", "ålder_till";
    Price = "price", "pris";
    PriceNote = "price_note", "om priset";
    Languages = "languages", "språk";
    Ease = "ease", "tillgänglighet";
    Register = "register", "anmälan";
    RegisterUntil = "register_until", "anmälan_till";
    More = "more", "läs mer";
    ContactName = "contact_name", "kontakt";
    ContactPhone = "contact_phone", "telefon";
    ContactEmail = "contact_email", "e-post";
    Status = "status", "läge";
    State = "state", "tillstånd";
}

/// Reads one row; tells all that is wrong with it.
pub fn read_row(line: usize, cells: &[(Column, &str)]) -> Result<Record, Vec<FieldError>> {
    let mut row = Row {
        line,
        cells,
        errors: Vec::new(),
        record: Record::new(line, String::new()),
    };
    row.key();
    row.words();
    row.choices();
    row.place();
    row.people();
    row.numbers();
    row.record.pattern = row.pattern();
    if row.errors.is_empty() {
        Ok(row.record)
    } else {
        Err(row.errors)
    }
}

struct Row<'a> {
    line: usize,
    cells: &'a [(Column, &'a str)],
    errors: Vec<FieldError>,
    record: Record,
}

impl Row<'_> {
    /// What stands in a column; `None` when the table has no such column.
    fn cell(&self, column: Column) -> Option<String> {
        let found = self.cells.iter().find(|(own, _)| *own == column);
        found.map(|(_, text)| (*text).to_owned())
    }

    /// The same where something stands there.
    fn filled(&self, column: Column) -> Option<String> {
        self.cell(column).filter(|text| !text.is_empty())
    }

    fn wrong(&mut self, column: Column, message: Message) {
        self.errors.push(fault(self.line, column.name(), message));
    }

    fn refuse(&mut self, column: Column, text: &str, known: &str) {
        let value: String = text.chars().take(60).collect();
        let message = Message::new("event-import-value")
            .with("value", value)
            .with("known", known);
        self.wrong(column, message);
    }

    fn key(&mut self) {
        let key = self.filled(Column::Key).unwrap_or_default();
        if is_key(&key) {
            self.record.key = key;
        } else {
            self.wrong(Column::Key, Message::new("event-error-key"));
        }
    }

    fn words(&mut self) {
        type Of = fn(&mut EventData) -> &mut Words;
        const LINES: [(Column, Locale, Of); 5] = [
            (Column::Name, Locale::SV, |data| &mut data.name),
            (Column::NameEn, Locale::EN, |data| &mut data.name),
            (Column::Summary, Locale::SV, |data| &mut data.summary),
            (Column::SummaryEn, Locale::EN, |data| &mut data.summary),
            (Column::PriceNote, Locale::SV, |data| &mut data.price_note),
        ];
        for (column, locale, of) in LINES {
            if let Some(text) = self.cell(column) {
                self.record.set(move |data| of(data).set(locale, &text));
            }
        }
        for (column, locale) in [(Column::Text, Locale::SV), (Column::TextEn, Locale::EN)] {
            if let Some(text) = self.cell(column) {
                self.record
                    .set(move |data| data.text.set_lines(locale, &text));
            }
        }
        self.record.name = squeeze(&self.cell(Column::Name).unwrap_or_default());
    }

    /// One of some names.
    fn choice<V: Copy>(
        &mut self,
        column: Column,
        parse: fn(&str) -> Option<V>,
        known: &str,
    ) -> Option<V> {
        let text = self.filled(column)?;
        let value = parse(&text.to_lowercase());
        if value.is_none() {
            self.refuse(column, &text, known);
        }
        value
    }

    /// Several of some names, parted by commas.
    fn several<V: Copy + Ord>(
        &mut self,
        column: Column,
        parse: fn(&str) -> Option<V>,
        known: &str,
    ) -> Option<Vec<V>> {
        let text = self.cell(column)?;
        let mut values = Vec::new();
        for part in text
            .split([',', '|'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match parse(&part.to_lowercase()) {
                Some(value) => values.push(value),
                None => self.refuse(column, part, known),
            }
        }
        values.sort_unstable();
        values.dedup();
        Some(values)
    }

    fn choices(&mut self) {
        let names = |all: &[&str]| all.join(", ");
        let categories: Vec<&str> = Category::ALL.iter().map(|it| it.as_str()).collect();
        self.record.category = self.choice(Column::Category, Category::parse, &names(&categories));
        if let Some(category) = self.record.category {
            self.record.set(move |data| data.category = category);
        }
        let audiences: Vec<&str> = Audience::ALL.iter().map(|it| it.as_str()).collect();
        if let Some(found) = self.several(Column::Audience, Audience::parse, &names(&audiences)) {
            self.record
                .set(move |data| data.audiences.clone_from(&found));
        }
        let eases: Vec<&str> = Ease::ALL.iter().map(|it| it.as_str()).collect();
        if let Some(found) = self.several(Column::Ease, Ease::parse, &names(&eases)) {
            self.record.set(move |data| data.ease.clone_from(&found));
        }
        let locale = |name: &str| name.parse::<Locale>().ok();
        if let Some(found) = self.several(Column::Languages, locale, "sv, en, ar") {
            self.record
                .set(move |data| data.languages.clone_from(&found));
        }
        let statuses: Vec<&str> = Status::ALL.iter().map(|it| it.as_str()).collect();
        if let Some(status) = self.choice(Column::Status, Status::parse, &names(&statuses)) {
            self.record.set(move |data| data.status = status);
        }
        self.record.state = self.choice(
            Column::State,
            State::parse,
            "draft, waiting, published, trash",
        );
    }

    /// The place: a unit, somewhere else or the internet; said only when one of its columns is filled.
    fn place(&mut self) {
        self.record.at = self.filled(Column::Unit);
        self.record.by = self.filled(Column::OrganiserUnit);
        self.record.organisation = self.filled(Column::Organisation);
        let text = |column| squeeze(&self.cell(column).unwrap_or_default());
        if let Some(room) = self.cell(Column::Room).filter(|_| self.record.at.is_some()) {
            self.record.set(move |data| {
                if let Some(Place::Unit { room: own, .. }) = &mut data.place {
                    own.set(Locale::SV, &room);
                }
            });
            return;
        }
        if self.record.at.is_some() {
            return;
        }
        if let Some(url) = self.filled(Column::Online) {
            self.record
                .set(move |data| data.place = Some(Place::Online { url: url.clone() }));
            return;
        }
        let (name, street) = (text(Column::Place), text(Column::Street));
        if name.is_empty() && street.is_empty() {
            return;
        }
        let (postcode, city) = (text(Column::Postcode), text(Column::City));
        let spot = self.spot();
        self.record.set(move |data| {
            data.place = Some(Place::Free {
                name: Words::swedish(if name.is_empty() { &street } else { &name }),
                street: street.clone(),
                postcode: postcode.clone(),
                city: city.clone(),
                spot,
            });
        });
    }

    fn spot(&mut self) -> Option<Spot> {
        let (lat, lon) = (self.filled(Column::Lat), self.filled(Column::Lon));
        let (Some(lat), Some(lon)) = (&lat, &lon) else {
            if lat.is_some() != lon.is_some() {
                self.wrong(Column::Lat, Message::new("event-import-half-position"));
            }
            return None;
        };
        let degrees = |text: &str| text.replace(',', ".").parse::<f64>().ok();
        let (Some(north), Some(east)) = (degrees(lat), degrees(lon)) else {
            self.refuse(Column::Lat, &format!("{lat} {lon}"), "57.7 11.97");
            return None;
        };
        match torg_geo::read_point(&format!("{north}, {east}")) {
            Ok(point) => Spot::degrees(point.lat, point.lon),
            Err(fault) => {
                self.wrong(Column::Lat, fault.message());
                None
            }
        }
    }

    fn people(&mut self) {
        if let Some(name) = self
            .filled(Column::Organiser)
            .filter(|_| self.record.by.is_none())
        {
            self.record.set(move |data| {
                data.organiser = Some(Organiser::Free {
                    name: squeeze(&name),
                    url: String::new(),
                });
            });
        }
        type Of = fn(&mut EventData) -> &mut String;
        const TEXTS: [(Column, Of); 4] = [
            (Column::More, |data| &mut data.more_url),
            (Column::ContactName, |data| &mut data.contact.name),
            (Column::ContactPhone, |data| &mut data.contact.phone),
            (Column::ContactEmail, |data| &mut data.contact.email),
        ];
        for (column, of) in TEXTS {
            if let Some(text) = self.cell(column) {
                self.record.set(move |data| *of(data) = squeeze(&text));
            }
        }
        let until = self.filled(Column::RegisterUntil).and_then(|text| {
            let day = text.parse::<Date>().ok();
            if day.is_none() {
                self.refuse(Column::RegisterUntil, &text, "2026-03-03");
            }
            day
        });
        if let Some(url) = self.cell(Column::Register) {
            self.record.set(move |data| {
                // Places that are given out here stand in no table.
                let sign_up = data.registration.take().and_then(|own| own.sign_up);
                let said = !url.is_empty() || until.is_some() || sign_up.is_some();
                data.registration = said.then(|| Registration {
                    url: url.clone(),
                    until,
                    sign_up,
                });
            });
        }
    }

    fn age(&mut self, column: Column) -> Option<u8> {
        let text = self.filled(column)?;
        let age = text.parse().ok();
        if age.is_none() {
            self.refuse(column, &text, "0, 6, 18");
        }
        age
    }

    fn numbers(&mut self) {
        if self.cell(Column::AgeFrom).is_some() || self.cell(Column::AgeTo).is_some() {
            let ages = Ages {
                from: self.age(Column::AgeFrom),
                to: self.age(Column::AgeTo),
            };
            self.record.set(move |data| data.ages = ages);
        }
        let Some(text) = self.filled(Column::Price) else {
            return;
        };
        match price(&text) {
            Some(price) => self.record.set(move |data| data.price = price),
            None => self.refuse(Column::Price, &text, "gratis, 40, 80-120"),
        }
    }
}

/// `gratis`, `0`, `40`, `40,50`, `80-120`, with or without `kr`.
fn price(text: &str) -> Option<Price> {
    let text = text.to_lowercase();
    let text = text
        .trim()
        .trim_end_matches("kr")
        .trim_end_matches("sek")
        .trim();
    if matches!(text, "gratis" | "free" | "fri entré" | "0") {
        return Some(Price::Free);
    }
    let (from, to) = match text.split_once(['-', '–']) {
        Some((from, to)) => (from, Some(to)),
        None => (text, None),
    };
    let from = kronor(from)?;
    Some(Price::Paid {
        from,
        to: to.map(kronor).map_or(Some(None), |to| to.map(Some))?,
    })
}

/// Kronor as öre.
fn kronor(text: &str) -> Option<i64> {
    let text = text.trim().replace(' ', "").replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
    if whole.is_empty()
        || part.len() > 2
        || !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let ore: i64 = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(ore)
}

#[cfg(test)]
mod tests {
    use super::times::moment;
    use super::*;
    use jiff::civil::date;
    use torg_recurrence::Pattern;

    #[test]
    fn times_and_prices_as_people_write_them() {
        assert_eq!(
            moment("2026-03-03 18.30"),
            Some((date(2026, 3, 3).at(18, 30, 0, 0), true))
        );
        assert_eq!(
            moment("2026-03-03T09:00:00"),
            Some((date(2026, 3, 3).at(9, 0, 0, 0), true))
        );
        assert_eq!(
            moment("2026-03-03"),
            Some((date(2026, 3, 3).at(0, 0, 0, 0), false))
        );
        for wrong in [
            "",
            "3/3 2026",
            "2026-02-30",
            "2026-03-03 kl 18",
            "2026-03-03 25:00",
            "åååååååååå",
        ] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
        assert_eq!(price("Gratis"), Some(Price::Free));
        assert_eq!(
            price("40,50 kr"),
            Some(Price::Paid {
                from: 4_050,
                to: None
            })
        );
        assert_eq!(
            price("80–120"),
            Some(Price::Paid {
                from: 8_000,
                to: Some(12_000)
            })
        );
        for wrong in ["-5", "fyrtio", "1.234.5", "80-", "99999999999999999999"] {
            assert_eq!(price(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn everything_wrong_in_a_row_is_told() {
        let cells = [
            (Column::Key, "Stora Bokstäver"),
            (Column::Category, "musik?"),
            (Column::Start, "2026-03-03 18:00"),
            (Column::End, "2026-03-03 17:00"),
            (Column::Rule, "varje tisdag"),
            (Column::Place, "Parken"),
            (Column::Lat, "11.97"),
            (Column::Lon, "57.7"),
            (Column::Price, "mycket"),
        ];
        let errors = read_row(7, &cells).err().expect("much is wrong");
        let places: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(
            places,
            ["7:key", "7:category", "7:lat", "7:price", "7:end", "7:rule"]
        );
    }

    #[test]
    fn a_concert_past_midnight() {
        let cells = [
            (Column::Key, "natt"),
            (Column::Start, "2026-03-03 22:00"),
            (Column::End, "02.00"),
        ];
        let record = read_row(2, &cells).expect("all is right");
        assert_eq!(
            record.pattern,
            Some(Pattern::once(date(2026, 3, 3).at(22, 0, 0, 0), 240))
        );
    }
}
