//! What a cell puts into a unit.

use torg_kernel::{Locale, Message};

use super::columns::{Column, DAYS, Refused};
use crate::details::{Closure, Feature, NamedPhone, Notice, WebLink};
use crate::hours::{Hours, Span};
use crate::model::{Position, UnitData, Words};

/// “Name: value | Name: value” as pairs. Names of one kind are kept with their English ones where the
/// unit has them already.
fn pairs(cell: &str) -> Result<Vec<(String, String)>, Refused> {
    let parts = cell
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part
                .split_once(": ")
                .ok_or_else(|| Message::new("csv-error-pair").with("value", part))?;
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn swedish(text: &str) -> Words {
    let mut words = Words::default();
    words.set(Locale::SV, text);
    words
}

fn number(cell: &str) -> Result<Option<f64>, Refused> {
    if cell.is_empty() {
        return Ok(None);
    }
    let plain = cell.replace(',', ".").replace([' ', '\u{a0}'], "");
    let number: Option<f64> = plain.parse().ok().filter(|it: &f64| it.is_finite());
    number
        .map(Some)
        .ok_or_else(|| Message::new("csv-error-number").with("value", cell))
}

fn day(cell: &str) -> Result<Option<jiff::civil::Date>, Refused> {
    if cell.is_empty() {
        return Ok(None);
    }
    cell.parse()
        .map(Some)
        .map_err(|_| Message::new("csv-error-day").with("value", cell))
}

impl Column {
    /// Puts what a cell says into a unit. Key, kind and organisation are not data, and a position
    /// is made of two cells: neither is put in here.
    ///
    /// # Errors
    /// What the cell cannot say.
    pub fn write(self, data: &mut UnitData, cell: &str) -> Result<(), Refused> {
        let some = || Some(cell.to_owned()).filter(|cell| !cell.is_empty());
        let list = || -> Vec<String> {
            cell.split('|')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        match self {
            Self::NameSv => data.name.set(Locale::SV, cell),
            Self::NameEn => data.name.set(Locale::EN, cell),
            Self::SummarySv => data.summary.set(Locale::SV, cell),
            Self::SummaryEn => data.summary.set(Locale::EN, cell),
            Self::Phone => data.phone = some(),
            Self::Phones => write_phones(data, cell)?,
            Self::Email => data.email = some(),
            Self::Web => write_web(data, cell)?,
            Self::Street => data.address.get_or_insert_default().street = cell.to_owned(),
            Self::Postcode => data.address.get_or_insert_default().postcode = cell.to_owned(),
            Self::City => data.address.get_or_insert_default().city = cell.to_owned(),
            Self::WaySv => data.getting_there.set(Locale::SV, cell),
            Self::WayEn => data.getting_there.set(Locale::EN, cell),
            Self::Features => data.features = read_features(&list())?,
            Self::Related => data.related = list(),
            Self::Keywords => data.keywords = list(),
            Self::NoticeSv | Self::NoticeEn | Self::NoticeUntil => self.write_notice(data, cell)?,
            Self::ClosedOn => match day(cell)? {
                Some(on) => match &mut data.closed {
                    Some(closed) => closed.on = on,
                    none => {
                        *none = Some(Closure {
                            on,
                            reason: Words::default(),
                            instead: None,
                        });
                    }
                },
                None => data.closed = None,
            },
            Self::ClosedReasonSv | Self::ClosedReasonEn | Self::ClosedInstead => {
                self.write_closed(data, cell)?;
            }
            Self::Confirmed => data.confirmed = day(cell)?,
            Self::Key | Self::Kind | Self::Organisation => {}
            Self::Lat | Self::Lon | Self::North | Self::East => {}
            weekday => weekday.write_day(data, cell)?,
        }
        Ok(())
    }

    fn write_notice(self, data: &mut UnitData, cell: &str) -> Result<(), Refused> {
        if cell.is_empty() && data.notice.is_none() {
            return Ok(());
        }
        let notice = data.notice.get_or_insert_with(Notice::default);
        match self {
            Self::NoticeSv => notice.text.set(Locale::SV, cell),
            Self::NoticeEn => notice.text.set(Locale::EN, cell),
            _ => notice.until = day(cell)?,
        }
        // A notice without words is none, whatever its days.
        data.notice
            .take_if(|notice| notice.text.is_empty() && self == Self::NoticeSv);
        Ok(())
    }

    fn write_closed(self, data: &mut UnitData, cell: &str) -> Result<(), Refused> {
        let Some(closed) = &mut data.closed else {
            return match cell.is_empty() {
                true => Ok(()),
                false => Err(Message::new("csv-error-not-closed")),
            };
        };
        match self {
            Self::ClosedReasonSv => closed.reason.set(Locale::SV, cell),
            Self::ClosedReasonEn => closed.reason.set(Locale::EN, cell),
            _ => closed.instead = Some(cell.to_owned()).filter(|cell| !cell.is_empty()),
        }
        Ok(())
    }

    fn write_day(self, data: &mut UnitData, cell: &str) -> Result<(), Refused> {
        if let Some(column) = self.of_hours() {
            if data.hours.is_none() && cell.is_empty() {
                return Ok(());
            }
            return column.write(data.hours.get_or_insert_with(Hours::default), cell);
        }
        let Some(at) = DAYS.iter().position(|own| *own == self) else {
            return Ok(());
        };
        let parts = cell
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let spans: Result<Vec<Span>, Refused> = parts
            .map(|part| {
                part.parse()
                    .map_err(|_| Message::new("csv-error-hours").with("value", part))
            })
            .collect();
        let spans = spans?;
        if data.hours.is_none() && spans.is_empty() {
            return Ok(());
        }
        let hours = data.hours.get_or_insert_with(Hours::default);
        *hours.weekly.days_mut()[at] = spans;
        Ok(())
    }
}

fn read_features(names: &[String]) -> Result<Vec<Feature>, Refused> {
    let read = |name: &String| {
        Feature::parse(name).ok_or_else(|| {
            let known: Vec<&str> = Feature::ALL.iter().map(|it| it.as_str()).collect();
            Message::new("csv-error-feature")
                .with("value", name)
                .with("known", known.join(", "))
        })
    };
    names.iter().map(read).collect()
}

fn write_phones(data: &mut UnitData, cell: &str) -> Result<(), Refused> {
    let before = std::mem::take(&mut data.phones);
    for (name, number) in pairs(cell)? {
        let known = before
            .iter()
            .find(|own| own.name.own(Locale::SV) == Some(&*name));
        data.phones.push(NamedPhone {
            name: known.map_or_else(|| swedish(&name), |own| own.name.clone()),
            number,
        });
    }
    Ok(())
}

fn write_web(data: &mut UnitData, cell: &str) -> Result<(), Refused> {
    let before = std::mem::take(&mut data.web);
    for (name, url) in pairs(cell)? {
        let known = before
            .iter()
            .find(|own| own.name.own(Locale::SV) == Some(&*name));
        data.web.push(WebLink {
            name: known.map_or_else(|| swedish(&name), |own| own.name.clone()),
            url,
        });
    }
    Ok(())
}

/// The position that two cells say: degrees where those columns are filled in, else the national
/// grid.
///
/// # Errors
/// The column that is wrong, with what is wrong.
pub(super) fn position(
    cell: impl Fn(Column) -> Option<String>,
) -> Result<Option<Position>, (Column, Refused)> {
    let read = |column: Column| -> Result<Option<f64>, (Column, Refused)> {
        let cell = cell(column).unwrap_or_default();
        number(&cell).map_err(|message| (column, message))
    };
    let half = |column| Err((column, Message::new("csv-error-half")));
    match (read(Column::Lat)?, read(Column::Lon)?) {
        (Some(lat), Some(lon)) => return Ok(Some(Position { lat, lon })),
        (Some(_), None) => return half(Column::Lon),
        (None, Some(_)) => return half(Column::Lat),
        (None, None) => {}
    }
    match (read(Column::North)?, read(Column::East)?) {
        (Some(north), Some(east)) => {
            let read = torg_geo::read_point(&format!("{north:.3} {east:.3}"));
            let at = read
                .map_err(|fault| (Column::North, fault.message()))?
                .rounded();
            Ok(Some(Position {
                lat: at.lat,
                lon: at.lon,
            }))
        }
        (Some(_), None) => half(Column::East),
        (None, Some(_)) => half(Column::North),
        (None, None) => Ok(None),
    }
}

/// Whether any column of a file says where a unit is.
pub(super) fn says_where(columns: &[Column]) -> bool {
    use Column::{East, Lat, Lon, North};
    columns
        .iter()
        .any(|own| matches!(own, Lat | Lon | North | East))
}

/// The column that a fault of the rules is about.
pub(super) fn column_of(field: &str) -> Column {
    let start = field.split(['[', '.']).next().unwrap_or(field);
    match (field, start) {
        ("name.en", _) => Column::NameEn,
        (_, "name") => Column::NameSv,
        ("summary.en", _) => Column::SummaryEn,
        (_, "summary") => Column::SummarySv,
        ("address.postcode", _) => Column::Postcode,
        ("address.city", _) => Column::City,
        (_, "address") => Column::Street,
        ("getting_there.en", _) => Column::WayEn,
        (_, "getting_there") => Column::WaySv,
        ("closed.instead", _) => Column::ClosedInstead,
        (_, "closed") => Column::ClosedReasonSv,
        ("notice.until", _) => Column::NoticeUntil,
        ("notice.text.en", _) => Column::NoticeEn,
        (_, "notice") => Column::NoticeSv,
        (_, "position") => Column::Lat,
        (_, "hours") => match field.split(['[', '.']).nth(1).unwrap_or_default() {
            "turns" => Column::HoursWeeks,
            "periods" => Column::HoursPeriods,
            "days" => Column::HoursDays,
            "exceptions" => Column::HoursDates,
            _ => {
                let day = field.rsplit('.').next().unwrap_or_default();
                Column::parse(day).unwrap_or(Column::Mon)
            }
        },
        (_, own) => Column::parse(own).unwrap_or(Column::Key),
    }
}
