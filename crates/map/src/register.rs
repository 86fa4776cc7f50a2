//! The register of addresses from CSV or GeoJSON: taken in whole, all or nothing.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use torg_db::{ConnectionTrait, WriteContext};
use torg_geo::{Limits, Point, read_geojson, read_point};
use torg_kernel::{
    FieldError, Message, OrganisationId, Problem, Result, Subject, fold, hex, squeeze,
};
use torg_log::{Author, NewEvent, PayloadClass, append};
use uuid::Uuid;

use crate::address::{Address, house};
use crate::store;

/// The tag of everything that was found by address.
pub const ADDRESSES_TAG: &str = "map-addresses";

/// The most addresses: a large city has some hundred thousand.
const MOST: usize = 1_000_000;
/// The most faults that are told.
const MOST_FAULTS: usize = 100;

/// What is known of the register as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Register {
    /// How many addresses.
    pub addresses: i64,
    /// The SHA-256 of all of them in order.
    pub digest: String,
    /// Whose register it is; may be empty.
    pub source: String,
    /// Counted up by each import.
    pub version: i64,
}

impl Register {
    /// The register as a subject of events: there is one.
    #[must_use]
    pub const fn id() -> Uuid {
        Uuid::from_u128(0x6d61_7061_6464_7200_8000_0000_0000_0001)
    }

    /// The register as a subject of events.
    #[must_use]
    pub fn subject() -> Subject {
        Subject::new("address_register", Self::id())
    }

    /// What is known of it as JSON; the digest stands for the addresses.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which does not happen.
    pub fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AddressReport {
    /// Addresses that were not there.
    pub added: usize,
    /// Addresses that are as they were.
    pub unchanged: usize,
    /// Addresses that are gone, or stand elsewhere now.
    pub removed: usize,
}

/// Columns and properties by what registers call them.
const STREET: [&str; 6] = [
    "street",
    "gata",
    "gatunamn",
    "vag",
    "vagnamn",
    "adressomrade",
];
const NUMBER: [&str; 5] = ["number", "nummer", "gatunummer", "adressplats", "husnummer"];
const LETTER: [&str; 3] = ["letter", "bokstav", "littera"];
const POSTCODE: [&str; 4] = ["postcode", "postnummer", "postnr", "zip"];
const CITY: [&str; 4] = ["city", "ort", "postort", "place"];
const ADDRESS: [&str; 3] = ["address", "adress", "belagenhetsadress"];
const LON: [&str; 5] = ["lon", "longitude", "longitud", "lng", "east"];
const LAT: [&str; 4] = ["lat", "latitude", "latitud", "north"];

/// Reads a register: CSV with a heading (comma or semicolon), or GeoJSON with points.
///
/// # Errors
/// [`Problem::Invalid`] with the line of each fault.
pub fn read_addresses(name: &str, bytes: &[u8]) -> Result<Vec<Address>> {
    let begins = bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte));
    let mut faults = Faults::new(name);
    let all = if begins == Some(&b'{') {
        from_geojson(bytes, &mut faults)?
    } else {
        from_csv(bytes, &mut faults)?
    };
    faults.end()?;
    if all.is_empty() {
        return Err(Problem::field(name, Message::new("map-error-no-addresses")));
    }
    Ok(all)
}

/// What is wrong, and what has been seen.
struct Faults<'a> {
    name: &'a str,
    errors: Vec<FieldError>,
    more: usize,
    seen: HashSet<String>,
}

impl<'a> Faults<'a> {
    fn new(name: &'a str) -> Self {
        Self {
            name,
            errors: Vec::new(),
            more: 0,
            seen: HashSet::new(),
        }
    }

    fn tell(&mut self, line: u64, column: &str, message: Message) {
        if self.errors.len() >= MOST_FAULTS {
            self.more += 1;
            return;
        }
        let mut field = format!("{}:{line}", self.name);
        if !column.is_empty() {
            field.push(' ');
            field.push_str(column);
        }
        self.errors.push(FieldError { field, message });
    }

    fn end(mut self) -> Result<()> {
        if self.more > 0 {
            self.errors.push(FieldError {
                field: self.name.to_owned(),
                message: Message::new("map-error-more").with("count", self.more),
            });
        }
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::Invalid(self.errors))
        }
    }

    /// The address made of these texts, unless something is wrong with them.
    fn address(&mut self, line: u64, texts: &Texts, point: Point) -> Option<Address> {
        let mut street = squeeze(&texts.street);
        let mut number = squeeze(&texts.number);
        if street.is_empty() && !texts.address.is_empty() {
            let whole = squeeze(&texts.address);
            let at = whole
                .char_indices()
                .skip(1)
                .find(|(at, sign)| sign.is_ascii_digit() && whole[..*at].ends_with(' '));
            let at = at.map_or(whole.len(), |(at, _)| at);
            street = whole[..at].trim().to_owned();
            number = whole[at..].to_owned();
        }
        if street.is_empty() || street.chars().count() > 100 {
            self.tell(line, "street", Message::new("map-error-street"));
            return None;
        }
        let (plain, own_letter) = house(number.split(' ').next().unwrap_or_default());
        let Some(plain) = plain.filter(|plain| (1..100_000).contains(plain)) else {
            let message = Message::new("map-error-number").with("number", &number);
            self.tell(line, "number", message);
            return None;
        };
        let after = number
            .split_once(' ')
            .map(|(_, rest)| rest.trim().to_uppercase());
        let mut letter = squeeze(&texts.letter).to_uppercase();
        if letter.is_empty() {
            letter = own_letter.or(after).unwrap_or_default();
        }
        let postcode: String = texts
            .postcode
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if !postcode.is_empty() && postcode.len() != 5 || letter.chars().count() > 4 {
            let column = if letter.chars().count() > 4 {
                "letter"
            } else {
                "postcode"
            };
            self.tell(line, column, Message::new("map-error-postcode"));
            return None;
        }
        let address = Address {
            street,
            number: plain,
            letter,
            postcode,
            city: squeeze(&texts.city),
            point: point.rounded(),
        };
        if !self.seen.insert(fold(&address.whole())) {
            let message = Message::new("map-error-address-twice");
            self.tell(line, "", message.with("address", address.whole()));
            return None;
        }
        Some(address)
    }
}

#[derive(Default)]
struct Texts {
    street: String,
    number: String,
    letter: String,
    postcode: String,
    city: String,
    address: String,
}

fn from_csv(bytes: &[u8], faults: &mut Faults<'_>) -> Result<Vec<Address>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let heading = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let semicolons = heading.iter().filter(|byte| **byte == b';').count();
    let commas = heading.iter().filter(|byte| **byte == b',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons > commas { b';' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let unreadable = |error: csv::Error| {
        Problem::field(
            faults.name,
            Message::new("import-unreadable").with("reason", error),
        )
    };
    let titles: Vec<String> = reader
        .headers()
        .map_err(unreadable)?
        .iter()
        .map(fold)
        .collect();
    let column = |names: &[&str]| titles.iter().position(|own| names.contains(&own.as_str()));
    let (street, number, whole) = (column(&STREET), column(&NUMBER), column(&ADDRESS));
    let (letter, postcode, city) = (column(&LETTER), column(&POSTCODE), column(&CITY));
    let (Some(lon), Some(lat)) = (column(&LON), column(&LAT)) else {
        return Err(Problem::field(
            faults.name,
            Message::new("map-error-columns"),
        ));
    };
    if whole.is_none() && (street.is_none() || number.is_none()) {
        return Err(Problem::field(
            faults.name,
            Message::new("map-error-columns"),
        ));
    }
    let mut all = Vec::new();
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                let message = Message::new("import-unreadable").with("reason", error);
                faults.tell(line, "", message);
                continue;
            }
        };
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        let written = format!("{} ; {}", cell(Some(lat)), cell(Some(lon)));
        let point = match read_point(&written) {
            Ok(point) => point,
            Err(fault) => {
                faults.tell(line, "lat, lon", fault.message());
                continue;
            }
        };
        let texts = Texts {
            street: cell(street),
            number: cell(number),
            letter: cell(letter),
            postcode: cell(postcode),
            city: cell(city),
            address: cell(whole),
        };
        all.extend(faults.address(line, &texts, point));
        if all.len() > MOST {
            let message = Message::new("map-error-many-addresses").with("most", MOST);
            return Err(Problem::field(faults.name, message));
        }
    }
    Ok(all)
}

fn from_geojson(bytes: &[u8], faults: &mut Faults<'_>) -> Result<Vec<Address>> {
    let limits = Limits {
        bytes: 512 * 1024 * 1024,
        features: MOST,
        points_each: 1,
        points: MOST,
    };
    let reading = read_geojson(bytes, limits)
        .map_err(|fault| Problem::field(faults.name, fault.message()))?;
    for fault in &reading.faults {
        faults.tell(fault.line as u64, &fault.place, fault.fault.message());
    }
    let mut all = Vec::new();
    for own in reading.features {
        let line = own.line as u64;
        let Some(point) = own.shape.as_point() else {
            faults.tell(line, "geometry", Message::new("map-error-not-a-point"));
            continue;
        };
        let said = |names: &[&str]| {
            let found = own
                .properties
                .iter()
                .find(|(key, _)| names.contains(&fold(key).as_str()));
            match found {
                Some((_, serde_json::Value::String(text))) => text.clone(),
                Some((_, serde_json::Value::Number(number))) => number.to_string(),
                _ => String::new(),
            }
        };
        let texts = Texts {
            street: said(&STREET),
            number: said(&NUMBER),
            letter: said(&LETTER),
            postcode: said(&POSTCODE),
            city: said(&CITY),
            address: said(&ADDRESS),
        };
        all.extend(faults.address(line, &texts, point));
    }
    Ok(all)
}

/// An address as one line of CSV; the digest is made of these.
fn row(own: &Address) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        own.street.clone(),
        own.number.to_string(),
        own.letter.clone(),
        own.postcode.clone(),
        own.city.clone(),
        format!("{:.6}", own.point.lat),
        format!("{:.6}", own.point.lon),
    ])?;
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// The register as CSV that can be taken in again; nothing while there is none.
///
/// # Errors
/// When the database fails.
pub async fn export_addresses<C: ConnectionTrait>(on: &C) -> Result<Option<String>> {
    let all = store::list_addresses(on).await?;
    if all.is_empty() {
        return Ok(None);
    }
    let mut text = "street,number,letter,postcode,city,lat,lon\n"
        .as_bytes()
        .to_vec();
    for own in &all {
        text.extend(row(own)?);
    }
    Ok(Some(String::from_utf8(text)?))
}

fn digest(all: &[Address]) -> Result<String> {
    let mut hasher = Sha256::new();
    for own in all {
        hasher.update(row(own)?);
    }
    Ok(hex(&hasher.finalize()))
}

/// What writing these would do.
///
/// # Errors
/// When the database fails.
pub async fn preview_addresses<C: ConnectionTrait>(
    on: &C,
    all: &[Address],
) -> Result<AddressReport> {
    let had: HashSet<Vec<u8>> = store::list_addresses(on)
        .await?
        .iter()
        .map(row)
        .collect::<Result<_>>()?;
    let mut unchanged = 0;
    for own in all {
        unchanged += usize::from(had.contains(&row(own)?));
    }
    Ok(AddressReport {
        added: all.len() - unchanged,
        unchanged,
        removed: had.len() - unchanged,
    })
}

/// Puts a register in the place of the one that there was, with its event; nothing at all when they
/// are alike. A large one holds other writers up for some seconds. The caller has checked that the
/// author may.
///
/// # Errors
/// When the database fails.
pub async fn write_addresses(
    context: &WriteContext,
    author: Author<'_>,
    organisation: OrganisationId,
    all: Vec<Address>,
    source: &str,
) -> Result<AddressReport> {
    let report = preview_addresses(&**context, &all).await?;
    let before = store::find_register(&**context).await?;
    let after = Register {
        addresses: i64::try_from(all.len())?,
        digest: digest(&all)?,
        source: squeeze(source),
        version: before.as_ref().map_or(1, |own| own.version + 1),
    };
    let alike = before
        .as_ref()
        .is_some_and(|own| own.digest == after.digest && own.source == after.source);
    if alike {
        return Ok(report);
    }
    store::replace_register(&**context, &after, &all, author.now).await?;
    append(
        context,
        author,
        NewEvent {
            kind: "address_register.imported",
            subject: Register::subject(),
            organisation: Some(organisation),
            authority: None,
            class: PayloadClass::Public,
            before: before.as_ref().map(Register::canonical).transpose()?,
            after: Some(after.canonical()?),
            tags: vec![ADDRESSES_TAG.to_owned()],
        },
    )
    .await?;
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, &'static str)> {
        match read_addresses("a.csv", text.as_bytes()) {
            Err(Problem::Invalid(errors)) => errors
                .into_iter()
                .map(|own| (own.field, own.message.key))
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn registers_are_read_as_cities_write_them() {
        let plain = "street,number,letter,postcode,city,lat,lon\n\
            Södra vägen,12,B,412 54,Göteborg,57.690000,11.985000\n";
        let swedish = "\u{feff}Adress;Postnr;Ort;Latitud;Longitud\n\
            Södra vägen 12 b;41254;Göteborg;57,69;11,985\n";
        let grid = "gata;nummer;bokstav;postnummer;ort;north;east\n\
            Södra vägen;12b;;41254;Göteborg;6398195,6;320283,7\n";
        let json = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
            "properties":{"Gatunamn":"Södra vägen","Nummer":12,"Bokstav":"B","postnr":"41254","Ort":"Göteborg"},
            "geometry":{"type":"Point","coordinates":[11.985,57.69]}}]}"#;
        let first = read_addresses("a", plain.as_bytes()).expect("reads");
        assert_eq!(first[0].whole(), "Södra vägen 12 B, 412 54 Göteborg");
        assert_eq!(
            read_addresses("a", swedish.as_bytes()).expect("reads"),
            first
        );
        assert_eq!(read_addresses("a", json.as_bytes()).expect("reads"), first);
        let by_grid = read_addresses("a", grid.as_bytes()).expect("reads");
        assert_eq!(by_grid[0].line(), first[0].line());
        assert!(
            by_grid[0].point.distance(first[0].point) < 5.0,
            "{}",
            by_grid[0].point
        );
    }

    #[test]
    fn each_faulty_line_is_told() {
        let text = "street,number,postcode,lat,lon\n\
            Storgatan,1,41136,57.7,11.97\n\
            Storgatan,1,411 36,57.7,11.98\n\
            ,2,,57.7,11.97\n\
            Storgatan,tre,,57.7,11.97\n\
            Storgatan,4,4113,57.7,11.97\n\
            Storgatan,5,,11.97,57.7\n\
            Storgatan,6,,52.5,13.4\n\
            Storgatan,7\n";
        assert_eq!(
            faults(text),
            [
                ("a.csv:3".to_owned(), "map-error-address-twice"),
                ("a.csv:4 street".to_owned(), "map-error-street"),
                ("a.csv:5 number".to_owned(), "map-error-number"),
                ("a.csv:6 postcode".to_owned(), "map-error-postcode"),
                ("a.csv:7 lat, lon".to_owned(), "geo-point-swapped"),
                ("a.csv:8 lat, lon".to_owned(), "geo-point-outside"),
                ("a.csv:9".to_owned(), "import-unreadable"),
            ]
        );
        assert_eq!(faults("street,number\nA,1\n")[0].1, "map-error-columns");
        assert_eq!(
            faults("street,number,lat,lon\n")[0].1,
            "map-error-no-addresses"
        );
        assert_eq!(faults("{}")[0].1, "geo-file-not-geojson");
        let many: String = (0..150).map(|_| ",,57.7,11.97\n").collect();
        let told = faults(&format!("street,number,lat,lon\n{many}"));
        assert_eq!((told.len(), told[100].1), (101, "map-error-more"));
    }
}
