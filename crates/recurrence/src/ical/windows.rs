//! Names of time zones that are not IANA's, as programs write them.

use jiff::tz::TimeZone;

/// Windows' names and the zones that CLDR gives for them (windowsZones.xml, territory 001; for
/// Western Europe the territory SE).
const WINDOWS: [(&str, &str); 52] = [
    ("W. Europe Standard Time", "Europe/Stockholm"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("Kaliningrad Standard Time", "Europe/Kaliningrad"),
    ("Belarus Standard Time", "Europe/Minsk"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("UTC", "UTC"),
    ("Coordinated Universal Time", "UTC"),
    ("Azores Standard Time", "Atlantic/Azores"),
    ("Cape Verde Standard Time", "Atlantic/Cape_Verde"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("W. Central Africa Standard Time", "Africa/Lagos"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("E. Africa Standard Time", "Africa/Nairobi"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Middle East Standard Time", "Asia/Beirut"),
    ("Syria Standard Time", "Asia/Damascus"),
    ("Jordan Standard Time", "Asia/Amman"),
    ("Arabic Standard Time", "Asia/Baghdad"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Arabian Standard Time", "Asia/Dubai"),
    ("Iran Standard Time", "Asia/Tehran"),
    ("Afghanistan Standard Time", "Asia/Kabul"),
    ("Pakistan Standard Time", "Asia/Karachi"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Nepal Standard Time", "Asia/Kathmandu"),
    ("Bangladesh Standard Time", "Asia/Dhaka"),
    ("SE Asia Standard Time", "Asia/Bangkok"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("Korea Standard Time", "Asia/Seoul"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Hawaiian Standard Time", "Pacific/Honolulu"),
    ("Alaskan Standard Time", "America/Anchorage"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Mountain Standard Time", "America/Denver"),
    ("Central Standard Time", "America/Chicago"),
    ("Eastern Standard Time", "America/New_York"),
    ("Atlantic Standard Time", "America/Halifax"),
    ("Newfoundland Standard Time", "America/St_Johns"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Argentina Standard Time", "America/Argentina/Buenos_Aires"),
];

/// Zones for a definition without a known name, by their hours in winter and in summer.
const BY_OFFSETS: [(i32, i32, &str); 9] = [
    (1, 2, "Europe/Stockholm"),
    (0, 1, "Europe/London"),
    (2, 3, "Europe/Helsinki"),
    (0, 0, "UTC"),
    (-5, -4, "America/New_York"),
    (-6, -5, "America/Chicago"),
    (-7, -6, "America/Denver"),
    (-8, -7, "America/Los_Angeles"),
    (3, 3, "Europe/Moscow"),
];

/// The IANA zone that a name means: IANA's own, one behind a path (`/mozilla.org/…/Europe/Oslo`),
/// Windows', or a list of cities with Stockholm among them. `None` for what nobody knows.
#[must_use]
pub fn known_zone(name: &str) -> Option<String> {
    let name = name.trim().trim_matches('"');
    if let Some(zone) = iana(name) {
        return Some(zone);
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty()).collect();
    for last in [3, 2] {
        if parts.len() >= last
            && let Some(zone) = iana(&parts[parts.len() - last..].join("/"))
        {
            return Some(zone);
        }
    }
    let windows = WINDOWS
        .iter()
        .find(|(own, _)| own.eq_ignore_ascii_case(name));
    if let Some((_, zone)) = windows {
        return Some((*zone).to_owned());
    }
    let cities = name.starts_with('(') && name.contains("Stockholm");
    cities.then(|| torg_kernel::ZONE.to_owned())
}

fn iana(name: &str) -> Option<String> {
    if name.eq_ignore_ascii_case("utc") || name.eq_ignore_ascii_case("z") {
        return Some("UTC".to_owned());
    }
    let zone = TimeZone::get(name).ok()?;
    Some(zone.iana_name().unwrap_or(name).to_owned())
}

/// The zone of a definition, by its hours from UTC in winter and in summer.
pub fn by_offsets(winter: i32, summer: i32) -> Option<&'static str> {
    let found = BY_OFFSETS
        .iter()
        .find(|(own, in_summer, _)| (*own, *in_summer) == (winter, summer));
    found.map(|(.., zone)| *zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_kinds_are_known() {
        for (name, zone) in [
            ("Europe/Stockholm", "Europe/Stockholm"),
            ("europe/stockholm", "Europe/Stockholm"),
            ("\"W. Europe Standard Time\"", "Europe/Stockholm"),
            (
                "/freeassociation.sourceforge.net/Tzfile/Europe/Oslo",
                "Europe/Oslo",
            ),
            (
                "/mozilla.org/20050126_1/America/Argentina/Buenos_Aires",
                "America/Argentina/Buenos_Aires",
            ),
            (
                "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
                "Europe/Stockholm",
            ),
            ("UTC", "UTC"),
        ] {
            assert_eq!(known_zone(name).as_deref(), Some(zone), "{name}");
        }
        for unknown in [
            "",
            "Göteborg",
            "Europe/Gothenburg",
            "../../etc/passwd",
            "(UTC+01:00) Lund",
        ] {
            assert_eq!(known_zone(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_zone_that_is_named_exists() {
        let zones = WINDOWS
            .iter()
            .map(|(_, zone)| zone)
            .chain(BY_OFFSETS.iter().map(|(.., zone)| zone));
        for zone in zones {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
        }
    }
}
