//! Signing up, as an event's own page tells of it.

use torg_kernel::{Locale, Timestamp};
use torg_ui::{T, date_time};

use super::form_href;
use crate::model::Event;
use crate::signup::{Opening, SignUpRules, Standing, name_of, when_words};
use crate::store::OccasionRow;
use crate::views::{SignUpBlock, SignUpLine};
use crate::vocabulary::Status;

/// Occasions that are shown at once.
const AT_ONCE: usize = 4;
/// Occasions that are shown at all.
const MOST: usize = 60;

/// How many places are left, in words.
pub(in crate::web) fn places_words(t: T, rules: &SignUpRules, left: Option<i64>) -> String {
    match left {
        None => String::new(),
        Some(0) if rules.waiting_list => t.get("signup-full-queue").into_owned(),
        Some(0) => t.get("signup-full").into_owned(),
        Some(left) => t.one("signup-left", "count", left),
    }
}

/// One occasion, or the series when there is no row.
fn line(
    t: T,
    event: &Event,
    rules: &SignUpRules,
    row: Option<&OccasionRow>,
    left: Option<i64>,
    standing: Standing,
) -> SignUpLine {
    let locale = t.locale();
    let by_hand = row.is_some_and(|row| row.status == Status::SoldOut && row.left != Some(0));
    let full = left == Some(0) || by_hand;
    let open = standing == Standing::Open && !by_hand && (!full || rules.waiting_list);
    let when = row
        .map(|row| when_words(t, event, Some(row)))
        .unwrap_or_default();
    let places = match standing {
        Standing::Closed => t.get("signup-closed").into_owned(),
        _ if by_hand => t.get("signup-full").into_owned(),
        _ => places_words(t, rules, left),
    };
    let mut href = String::new();
    if open {
        href = form_href(event, locale);
        if let Some(row) = row {
            href = format!("{href}?occasion={}", name_of(row));
        }
    }
    let label = if full { "signup-go-queue" } else { "signup-go" };
    SignUpLine {
        when,
        places,
        full,
        href,
        label: t.get(label).into_owned(),
    }
}

/// The block of an event's page, and until when it is true. Nothing where no places are given out.
pub(in crate::web) fn block(
    event: &Event,
    rows: &[OccasionRow],
    locale: Locale,
    now: Timestamp,
) -> Option<(SignUpBlock, Option<Timestamp>)> {
    let rules = event.sign_up()?;
    let t = T::of(locale);
    let mut until: Option<Timestamp> = None;
    let mut lines = Vec::new();
    let mut said = Vec::new();
    let coming: Vec<&OccasionRow> = rows.iter().filter(|row| row.ends_at > now).collect();
    let mut see = |opening: &Opening| {
        until = until.into_iter().chain(opening.next(now)).min();
        opening.standing(now)
    };
    if rules.whole_series {
        let opening = Opening::of(event, rules, rows, None)?;
        if opening.is_over(now) {
            return None;
        }
        let standing = see(&opening);
        let left = rows.iter().find_map(|row| row.left);
        if coming.len() > 1 {
            said.push(t.get("signup-whole").into_owned());
        }
        said.extend(times_words(t, &opening, standing, now));
        lines.push(line(t, event, rules, None, left, standing));
    } else {
        let mut first = true;
        for row in coming
            .into_iter()
            .filter(|row| !row.status.is_off())
            .take(MOST)
        {
            let Some(opening) = Opening::of(event, rules, rows, Some(row)) else {
                continue;
            };
            let standing = see(&opening);
            if first {
                said.extend(times_words(t, &opening, standing, now));
                first = false;
            }
            lines.push(line(t, event, rules, Some(row), row.left, standing));
        }
        if let ([only], true) = (lines.as_mut_slice(), !event.data.pattern.repeats()) {
            only.when.clear();
        }
    }
    if lines.is_empty() {
        return None;
    }
    let later = lines.split_off(lines.len().min(AT_ONCE));
    let block = SignUpBlock {
        t,
        said,
        lines,
        later,
    };
    Some((block, until))
}

/// When one can sign up, in words: of the next occasion.
fn times_words(t: T, opening: &Opening, standing: Standing, now: Timestamp) -> Option<String> {
    match standing {
        Standing::Early => {
            let opens = opening.opens_at.unwrap_or(now);
            Some(t.one("signup-opens", "time", date_time(t, opens)))
        }
        Standing::Open => Some(t.one("signup-closes", "time", date_time(t, opening.closes_at))),
        Standing::Closed => None,
    }
}
