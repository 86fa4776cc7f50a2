//! Dates, times, numbers and phone numbers as Swedish and English readers expect them. What must
//! not be broken over two lines is joined by no-break spaces.

use std::borrow::Cow;

use jiff::civil::{Date, Time, Weekday};
use torg_kernel::Timestamp;

use crate::{T, UiLanguage};

const JOIN: char = '\u{a0}';

/// The month's name, lower case in Swedish.
#[must_use]
pub fn month_name(t: T, month: i8) -> Cow<'static, str> {
    t.get(match month {
        1 => "month-1",
        2 => "month-2",
        3 => "month-3",
        4 => "month-4",
        5 => "month-5",
        6 => "month-6",
        7 => "month-7",
        8 => "month-8",
        9 => "month-9",
        10 => "month-10",
        11 => "month-11",
        _ => "month-12",
    })
}

/// The weekday's name, lower case in Swedish.
#[must_use]
pub fn weekday_name(t: T, day: Weekday) -> Cow<'static, str> {
    t.get(match day {
        Weekday::Monday => "weekday-mon",
        Weekday::Tuesday => "weekday-tue",
        Weekday::Wednesday => "weekday-wed",
        Weekday::Thursday => "weekday-thu",
        Weekday::Friday => "weekday-fri",
        Weekday::Saturday => "weekday-sat",
        Weekday::Sunday => "weekday-sun",
    })
}

/// `12 januari 2026`, `12 January 2026`.
#[must_use]
pub fn date(t: T, date: Date) -> String {
    format!(
        "{}{JOIN}{} {}",
        date.day(),
        month_name(t, date.month()),
        date.year()
    )
}

/// `tisdag 3 mars 2026`, `Tuesday 3 March 2026`.
#[must_use]
pub fn date_long(t: T, day: Date) -> String {
    format!("{} {}", weekday_name(t, day.weekday()), date(t, day))
}

/// `2–8 mars 2026`, `30 mars–5 april 2026`, `29 december 2025–4 januari 2026`.
#[must_use]
pub fn date_range(t: T, from: Date, to: Date) -> String {
    let end = date(t, to);
    if from == to {
        end
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{end}", from.day())
    } else if from.year() == to.year() {
        format!("{}{JOIN}{}–{end}", from.day(), month_name(t, from.month()))
    } else {
        format!("{}–{end}", date(t, from))
    }
}

/// `kl. 14.30` in Swedish, `14:30` in English.
#[must_use]
pub fn time(t: T, at: Time) -> String {
    match t.language() {
        UiLanguage::Swedish => format!("kl.{JOIN}{:02}.{:02}", at.hour(), at.minute()),
        UiLanguage::English => format!("{:02}:{:02}", at.hour(), at.minute()),
    }
}

/// Opening hours: `10–18`, `10.30–18` in Swedish, `10:00–18:00` in English. Midnight at the end
/// is 24.
#[must_use]
pub fn hours_span(t: T, from: Time, to: Time) -> String {
    let clock = |at: Time, end: bool| {
        let hour = if end && at == Time::midnight() {
            24
        } else {
            at.hour()
        };
        match t.language() {
            UiLanguage::Swedish if at.minute() == 0 => hour.to_string(),
            UiLanguage::Swedish => format!("{hour}.{:02}", at.minute()),
            UiLanguage::English => format!("{hour}:{:02}", at.minute()),
        }
    };
    format!("{}–{}", clock(from, false), clock(to, true))
}

/// `tisdag 3 mars 2026 kl. 14.30` in the city's zone.
#[must_use]
pub fn date_time(t: T, at: Timestamp) -> String {
    let zoned = at.zoned();
    format!("{} {}", date_long(t, zoned.date()), time(t, zoned.time()))
}

/// A whole number: `12 345` in Swedish, `12,345` in English. Four digits stand together in
/// neither.
#[must_use]
pub fn number(t: T, value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let separator = match t.language() {
        UiLanguage::Swedish => JOIN,
        UiLanguage::English => ',',
    };
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 4);
    if value < 0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// An exact decimal, `value` being a whole number of 10^-`scale`: 12345 with scale 1 is `1 234,5`.
#[must_use]
pub fn decimal(t: T, value: i64, scale: u32) -> String {
    let Some(unit) = 10_i64.checked_pow(scale).filter(|_| scale > 0) else {
        return number(t, value);
    };
    let point = match t.language() {
        UiLanguage::Swedish => ',',
        UiLanguage::English => '.',
    };
    let whole = number(t, value / unit);
    let sign = if value < 0 && value / unit == 0 {
        "\u{2212}"
    } else {
        ""
    };
    let part = (value % unit).unsigned_abs();
    format!("{sign}{whole}{point}{part:0width$}", width = scale as usize)
}

/// The `tel:` address of a Swedish or international number; `None` when it has no digits or
/// something that cannot be dialled. `031-390 06 41` becomes `tel:+46313900641`.
#[must_use]
pub fn tel_href(phone: &str) -> Option<String> {
    let mut digits = String::with_capacity(phone.len());
    for c in phone.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            ' ' | '-' | '(' | ')' | '/' | '.' | '\u{a0}' | '–' => {}
            _ => return None,
        }
    }
    if digits.len() < 3 {
        return None;
    }
    let dialled = if digits.starts_with('+') {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        format!("+{rest}")
    } else if let Some(rest) = digits.strip_prefix('0') {
        format!("+46{rest}")
    } else {
        // Short numbers such as 112 and 1177 are dialled as they stand.
        digits
    };
    Some(format!("tel:{dialled}"))
}

/// Text of a document as lines that end: labels, cells and list items get a full stop, so that an
/// extract, a mail or a feed does not run them together.
#[must_use]
pub fn sentences(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        out.push_str(line);
        if line.ends_with(|end: char| end.is_alphanumeric() || end == ')') {
            out.push('.');
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_of_a_text_ends() {
        assert_eq!(
            super::sentences("Mat i hemtjänsten\nSer du?\nTrygghetslarm (nya)"),
            "Mat i hemtjänsten.\nSer du?\nTrygghetslarm (nya).\n"
        );
    }

    use super::*;
    use jiff::civil::{date as day, time as clock};

    fn plain(text: &str) -> String {
        text.replace(JOIN, " ")
    }

    #[test]
    fn dates_and_times() {
        let tuesday = day(2026, 3, 3);
        assert_eq!(date_long(T::SV, tuesday), "tisdag 3\u{a0}mars 2026");
        assert_eq!(plain(&date_long(T::EN, tuesday)), "Tuesday 3 March 2026");
        assert_eq!(plain(&date(T::SV, day(2026, 1, 12))), "12 januari 2026");
        assert_eq!(plain(&time(T::SV, clock(14, 30, 0, 0))), "kl. 14.30");
        assert_eq!(time(T::EN, clock(9, 5, 0, 0)), "09:05");
        assert_eq!(
            plain(&date_range(T::SV, day(2026, 3, 30), day(2026, 4, 5))),
            "30 mars–5 april 2026"
        );
        assert_eq!(
            plain(&date_range(T::SV, day(2026, 3, 2), day(2026, 3, 8))),
            "2–8 mars 2026"
        );
        assert_eq!(
            plain(&date_range(T::EN, day(2025, 12, 29), day(2026, 1, 4))),
            "29 December 2025–4 January 2026"
        );
        assert_eq!(
            hours_span(T::SV, clock(10, 30, 0, 0), clock(18, 0, 0, 0)),
            "10.30–18"
        );
        assert_eq!(
            hours_span(T::SV, clock(0, 0, 0, 0), clock(0, 0, 0, 0)),
            "0–24"
        );
        assert_eq!(
            plain(&date_time(
                T::SV,
                Timestamp::from_micros(1_772_544_600_000_000)
            )),
            "tisdag 3 mars 2026 kl. 14.30"
        );
    }

    #[test]
    fn numbers() {
        assert_eq!(plain(&decimal(T::SV, 12345, 1)), "1 234,5");
        assert_eq!(decimal(T::EN, 12345, 1), "1,234.5");
        assert_eq!(decimal(T::SV, -5, 2), "\u{2212}0,05");
        assert_eq!(plain(&number(T::SV, 1_234_567)), "1 234 567");
        assert_eq!(number(T::SV, -1), "\u{2212}1");
        assert_eq!(number(T::SV, i64::MIN).chars().count(), 26);
        assert_eq!(number(T::EN, 100), "100");
    }

    #[test]
    fn phones() {
        assert_eq!(
            tel_href("031-390 06 41").as_deref(),
            Some("tel:+46313900641")
        );
        assert_eq!(
            tel_href("+46 31 390 06 41").as_deref(),
            Some("tel:+46313900641")
        );
        assert_eq!(
            tel_href("0046313900641").as_deref(),
            Some("tel:+46313900641")
        );
        assert_eq!(tel_href("1177").as_deref(), Some("tel:1177"));
        assert_eq!(tel_href("ring oss"), None);
        assert_eq!(tel_href(""), None);
    }
}
