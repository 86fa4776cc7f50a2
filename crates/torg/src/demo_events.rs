//! The events of the demo city: made by rules from a fixed seed, at the units that there are, and always
//! from some weeks ago to a year ahead, so that something is on whenever somebody looks.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};
use torg_calendar::{
    Ages, Audience, Category, Ease, EventData, EventInput, Place, Price, Registration, State,
    Status, Words,
};
use torg_directory::Unit;
use torg_kernel::{EventId, Ids, Locale, Result, SeededIds, Timestamp, civil_date, slugify};
use torg_recurrence::{Change, End, Pattern, Rule};

use crate::city::Importer;
use crate::demo_event_list::{KINDS, Kind, Often};

/// The seed: the same day and the same units give the same events.
const SEED: u64 = 20_261_122;
/// How many there are.
const EVENTS: usize = 300;
/// Days before today on which the first may begin, and days after on which the last may.
const SPAN: (i32, i32) = (-24, 330);

struct Dice(SeededIds);

impl Dice {
    /// A number from 0 up to, but not including, `below`.
    fn roll(&self, below: usize) -> usize {
        let mut bytes = [0_u8; 8];
        self.0.fill(&mut bytes);
        let number = u64::from_le_bytes(bytes) % (below.max(1) as u64);
        usize::try_from(number).unwrap_or(0)
    }
}

fn plus(day: Date, days: i32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(day)
}

/// The first such weekday from a day on.
fn next(day: Date, weekday: Weekday) -> Date {
    let ahead =
        (weekday.to_monday_zero_offset() - day.weekday().to_monday_zero_offset()).rem_euclid(7);
    plus(day, i32::from(ahead))
}

fn weekday(number: i8) -> Weekday {
    Weekday::from_monday_zero_offset(number.rem_euclid(7)).unwrap_or(Weekday::Monday)
}

/// Whether something of a sort is done in a month.
fn in_season(kind: &Kind, day: Date) -> bool {
    let (from, to) = kind.months;
    if from <= to {
        (from..=to).contains(&day.month())
    } else {
        day.month() >= from || day.month() <= to
    }
}

fn pattern(kind: &Kind, first: Date, dice: &Dice) -> Pattern {
    let day = next(first, weekday(kind.day));
    let at = |day: Date| -> DateTime { day.at(kind.hour.0, kind.hour.1, 0, 0) };
    let until = |weeks: i32| End::Until(plus(day, weeks * 7).at(23, 59, 0, 0));
    match kind.often {
        Often::Once => Pattern::once(at(day), kind.minutes),
        Often::Weekly => Pattern::once(at(day), kind.minutes).with_rule(
            Rule::weekly([day.weekday()]).end(until(9 + i32::try_from(dice.roll(4)).unwrap_or(0))),
        ),
        Often::Biweekly => Pattern::once(at(day), kind.minutes)
            .with_rule(Rule::weekly([day.weekday()]).interval(2).end(until(16))),
        Often::Monthly => {
            let nth = ((day.day() - 1) / 7 + 1).min(4);
            Pattern::once(at(day), kind.minutes)
                .with_rule(Rule::monthly(nth, day.weekday()).end(until(30)))
                .aligned()
        }
        Often::Days(days) => Pattern::days(first, plus(first, days - 1)),
    }
}

/// What has happened to some of them: one in twelve is called off once, one in fifteen moved, one in
/// twenty full, one in forty put off.
fn happen(data: &mut EventData, number: usize) {
    let Ok(found) = data.pattern.occasions(
        data.pattern.start.date(),
        plus(data.pattern.start.date(), 200),
        60,
    ) else {
        return;
    };
    let Some(second) = found.get(1).or_else(|| found.first()).map(|own| own.of) else {
        return;
    };
    if number.is_multiple_of(12) && data.pattern.repeats() {
        let mut change = Change::cancelled(second);
        change.note = "Ledaren är sjuk.".to_owned();
        data.pattern.changes.push(change);
    } else if number % 15 == 4 && !data.pattern.all_day {
        let to = plus(second.date(), 1).to_datetime(second.time());
        let mut change = Change::moved(second, to);
        change.note = "Lokalen var bokad.".to_owned();
        data.pattern.changes.push(change);
    } else if number % 20 == 7 {
        data.full.push(second);
    } else if number % 40 == 11 {
        data.status = Status::Postponed;
        data.status_note = Words::swedish("Ny dag kommer.");
    }
}

fn event(kind: &Kind, unit: &Unit, first: Date, number: usize, dice: &Dice) -> EventData {
    let both = |sv: &str, en: &str| {
        let mut words = Words::swedish(sv);
        words.set(Locale::EN, en);
        words
    };
    let name = both(kind.sv, kind.en);
    let mut data = EventData::new(name, kind.category, pattern(kind, first, dice));
    data.summary = both(kind.about_sv, kind.about_en);
    data.text.set_lines(
        Locale::SV,
        &format!(
            "{}\n\nHändelsen är påhittad och visar hur kalendariet fungerar.",
            kind.about_sv
        ),
    );
    data.text.set_lines(
        Locale::EN,
        &format!(
            "{}\n\nThe event is made up and shows how the calendar works.",
            kind.about_en
        ),
    );
    data.audiences = kind.audiences.to_vec();
    data.ages = Ages {
        from: kind.ages.0,
        to: kind.ages.1,
    };
    if kind.price > 0 {
        data.price = Price::Paid {
            from: kind.price * 100,
            to: (number.is_multiple_of(3)).then_some(kind.price * 200),
        };
    }
    data.languages = kind
        .languages
        .iter()
        .filter_map(|tag| tag.parse().ok())
        .collect();
    let more = [
        Ease::HearingLoop,
        Ease::Toilet,
        Ease::SignLanguage,
        Ease::Calm,
        Ease::Companion,
    ];
    if number % 4 != 3 {
        data.ease.push(Ease::StepFree);
    }
    if kind.languages.contains(&"sv") && kind.audiences.contains(&Audience::Newcomers) {
        data.ease.push(Ease::EasySwedish);
    }
    if number.is_multiple_of(3) {
        data.ease.push(more[dice.roll(more.len())]);
    }
    data.ease.sort_unstable();
    data.ease.dedup();
    if kind.sign_up {
        data.registration = Some(Registration::default());
    }
    if number % 10 == 5 {
        data.co_organisers = vec!["Föreningen Exempel".to_owned()];
    }
    data.place = Some(Place::Unit {
        unit: unit.id,
        room: if number % 6 == 2 {
            both("Stora salen", "The great hall")
        } else {
            Words::default()
        },
    });
    happen(&mut data, number);
    data.pattern = data.pattern.canonical();
    data
}

/// A day in the season of a kind, within the year that is shown.
fn first_day(kind: &Kind, number: usize, today: Date, dice: &Dice) -> Option<Date> {
    let (from, to) = SPAN;
    let width = usize::try_from(to - from).ok()?;
    // Every sixth is on right now, or was yesterday and comes again.
    if number.is_multiple_of(6) && in_season(kind, today) && kind.often != Often::Once {
        return Some(plus(today, -i32::try_from(dice.roll(14)).ok()?));
    }
    (0..40)
        .map(|_| plus(today, from + i32::try_from(dice.roll(width)).unwrap_or(0)))
        .find(|day| in_season(kind, *day))
}

/// The events of the demo city on a day, at these units.
pub(crate) fn inputs(
    units: &[Unit],
    organisation: &dyn Fn(&Unit) -> Option<String>,
    now: Timestamp,
) -> Vec<EventInput> {
    let dice = Dice(SeededIds::new(SEED));
    let today = civil_date(now);
    let mut units: Vec<&Unit> = units.iter().collect();
    units.sort_by(|one, other| one.key.cmp(&other.key));
    let places: Vec<(&Kind, Vec<&Unit>)> = KINDS
        .iter()
        .map(|kind| {
            let fits = |unit: &&&Unit| kind.places.contains(&unit.kind.as_str());
            (
                kind,
                units.iter().filter(fits).copied().collect::<Vec<&Unit>>(),
            )
        })
        .filter(|(_, units)| !units.is_empty())
        .collect();
    let mut found = night_of_culture(&units, organisation, today);
    let mut tries = 0;
    while found.len() < EVENTS && tries < EVENTS * 4 && !places.is_empty() {
        let number = found.len();
        let (kind, at) = &places[tries % places.len()];
        tries += 1;
        let unit = at[dice.roll(at.len())];
        let (Some(first), Some(owner)) =
            (first_day(kind, number, today, &dice), organisation(unit))
        else {
            continue;
        };
        let data = event(kind, unit, first, number, &dice);
        found.push(input(number, owner, unit, data, None));
    }
    crate::demo_sign_ups::give_places(&mut found, today);
    found
}

fn input(
    number: usize,
    organisation: String,
    unit: &Unit,
    data: EventData,
    id: Option<EventId>,
) -> EventInput {
    let mut key = slugify(data.name.get(Locale::SV));
    key.truncate(50);
    EventInput {
        id,
        key: format!("{}-{number:03}", key.trim_matches('-')),
        organisation,
        state: if number % 60 == 59 {
            State::Waiting
        } else {
            State::Published
        },
        at: Some(unit.key.clone()),
        by: Some(unit.key.clone()),
        version: None,
        created_at: None,
        updated_at: None,
        data,
    }
}

/// One larger event with its parts: an evening on which all museums and libraries are open.
fn night_of_culture(
    units: &[&Unit],
    organisation: &dyn Fn(&Unit) -> Option<String>,
    today: Date,
) -> Vec<EventInput> {
    let homes: Vec<&Unit> = units
        .iter()
        .filter(|unit| matches!(unit.kind.as_str(), "museum" | "library" | "culture"))
        .take(8)
        .copied()
        .collect();
    let Some((home, owner)) = homes
        .first()
        .and_then(|home| Some((*home, organisation(home)?)))
    else {
        return Vec::new();
    };
    let id = EventId::new(
        &SeededIds::new(SEED + 1),
        Timestamp::from_micros(1_700_000_000_000_000),
    );
    let friday = next(plus(today, 17), Weekday::Friday);
    let both = |sv: &str, en: &str| {
        let mut words = Words::swedish(sv);
        words.set(Locale::EN, en);
        words
    };
    let mut whole = EventData::new(
        both("Kulturkvällen", "The evening of culture"),
        Category::Festival,
        Pattern::once(friday.at(17, 0, 0, 0), 360),
    );
    whole.summary = both(
        "Museer, bibliotek och kulturhus har öppet hela kvällen.",
        "Museums, libraries and culture houses are open all evening.",
    );
    whole.place = Some(Place::Free {
        name: both("Flera platser i staden", "Several places in the city"),
        street: String::new(),
        postcode: String::new(),
        city: String::new(),
        spot: None,
    });
    let mut first = input(0, owner, home, whole, Some(id));
    first.at = None;
    first.by = None;
    let mut found = vec![first];
    let parts = [
        ("Lyktvandring", "Lantern walk", Category::Tour, 17),
        ("Musik i foajén", "Music in the foyer", Category::Music, 18),
        (
            "Berättarkväll",
            "An evening of stories",
            Category::Literature,
            19,
        ),
        (
            "Verkstad för alla",
            "A workshop for all",
            Category::Craft,
            17,
        ),
        ("Visning i mörker", "A tour in the dark", Category::Tour, 20),
        ("Dans på golvet", "Dance on the floor", Category::Stage, 20),
        (
            "Poesi vid midnatt",
            "Poetry at midnight",
            Category::Literature,
            22,
        ),
        ("Kortfilm", "Short films", Category::Film, 21),
    ];
    for ((sv, en, category, hour), unit) in parts.into_iter().zip(homes) {
        let Some(owner) = organisation(unit) else {
            continue;
        };
        let mut data = EventData::new(
            both(sv, en),
            category,
            Pattern::once(friday.at(hour, 0, 0, 0), 60),
        );
        data.summary = both(
            "En del av Kulturkvällen.",
            "A part of the evening of culture.",
        );
        data.place = Some(Place::Unit {
            unit: unit.id,
            room: Words::default(),
        });
        data.part_of = Some(id);
        found.push(input(found.len(), owner, unit, data, None));
    }
    found
}

impl Importer {
    /// Fills the calendar of the demo city, as seen from today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn demo_events(&self) -> Result<()> {
        let organisations = self.organisations().await?;
        let snapshot = self.database.snapshot().await?;
        let units = torg_directory::list(&*snapshot).await?;
        snapshot.end().await?;
        let owner = |unit: &Unit| Some(organisations.find(unit.organisation)?.key.clone());
        let inputs = inputs(&units, &owner, self.clock.now());
        self.event_inputs(inputs).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_found_in_their_season() {
        assert_eq!(
            next(date(2026, 11, 22), Weekday::Monday),
            date(2026, 11, 23)
        );
        assert_eq!(
            next(date(2026, 11, 23), Weekday::Monday),
            date(2026, 11, 23)
        );
        let dice = Dice(SeededIds::new(SEED));
        for kind in KINDS {
            let day = first_day(kind, 1, date(2026, 11, 22), &dice);
            assert!(day.is_some_and(|day| in_season(kind, day)), "{}", kind.sv);
            let found = pattern(kind, date(2026, 6, 1), &dice);
            assert_eq!(found.check(), Ok(()), "{}", kind.sv);
        }
    }
}
