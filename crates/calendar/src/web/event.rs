//! One event.

use askama::Template;
use jiff::civil::Date;
use torg_kernel::{FactField, FactRef, FactSource, Locale, Result, Timestamp, UnitId, civil_date};
use torg_ui::{NavLink, Shell, T, date_long};
use torg_web::{OrganisationList, Outcome, Page, PageRequest, Resolved, Wanted};

use super::Calendar;
use super::draw::{Shown, age_words, audience_words, datetime, drawing, flag, hours, price_words};
use super::json_ld::event_json_ld;
use super::list::{alternates, fresh_until};
use crate::filter::{OccasionQuery, begins, plus};
use crate::model::{Event, EventData, Organiser, Place, Spot, calendar_href};
use crate::prose::passages;
use crate::service::{EVENTS_TAG, event_tag};
use crate::store::{self, OccasionRow};
use crate::views::{EventItem, EventPage, FactLine, OccasionLine, Prose};

/// Occasions that are shown at once; the rest open.
const AT_ONCE: usize = 4;
/// Occasions that are shown at all.
const MOST: usize = 60;
/// Others like it.
const RELATED: usize = 4;

/// The event with a key; gone for good when it was taken away.
pub(super) async fn one(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    // The router takes no endings apart.
    if let Some(key) = request.param("key").strip_suffix(".ics") {
        return crate::feeds::one_ics(calendar, request, locale, key).await;
    }
    let snapshot = request.snapshot().await?;
    let found = store::find_by_key(&**snapshot, request.param("key")).await?;
    let Some(event) = found.filter(Event::is_public) else {
        return Ok(Outcome::NotFound);
    };
    page(calendar, request, &event, locale).await
}

fn fact(unit: UnitId) -> FactRef {
    FactRef {
        source: FactSource::Unit,
        id: unit.0,
        field: FactField::Name,
    }
}

/// The unit where it is as a whole card, the organiser by name and page.
async fn resolve(request: &PageRequest, data: &EventData, locale: Locale) -> Result<Resolved> {
    let organiser = match data.organiser {
        Some(Organiser::Unit { unit }) => vec![unit],
        _ => Vec::new(),
    };
    let wanted = Wanted {
        facts: organiser.iter().map(|unit| fact(*unit)).collect(),
        contacts: data
            .place
            .as_ref()
            .and_then(Place::unit)
            .into_iter()
            .collect(),
        unit_links: organiser,
        pictures: data.picture.into_iter().collect(),
        ..Wanted::default()
    };
    let facts = &request.app.facts;
    facts
        .resolve(&request.reading, &wanted, locale, request.now)
        .await
}

async fn page(
    calendar: &Calendar,
    request: &PageRequest,
    event: &Event,
    locale: Locale,
) -> Result<Outcome> {
    let snapshot = request.snapshot().await?;
    let data = &event.data;
    let now = request.now;
    let rows = store::list_occasions_of(&**snapshot, event.id).await?;
    let coming: Vec<&OccasionRow> = rows.iter().filter(|row| row.ends_at > now).collect();
    let organisations = request.organisations().await?;
    let mut resolved = resolve(request, data, locale).await?;
    let parts = parts(calendar, request, event, locale).await?;
    let related = related(calendar, request, event, locale).await?;
    let whole = match data.part_of {
        Some(id) => store::find(&**snapshot, id).await?.filter(Event::is_public),
        None => None,
    };
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, event.name(locale), event.href(locale));
    shell.description = description(data, locale);
    shell.alternates = alternates(|locale| event.href(locale));
    shell.crumbs = vec![NavLink::new(t.get("calendar-title"), calendar_href(locale))];
    let picture = data.picture.and_then(|id| resolved.pictures.remove(&id));
    shell.og_image.clone_from(&picture);
    let place = data.place.as_ref().and_then(Place::unit);
    let card = place.and_then(|unit| resolved.contacts.remove(&unit));
    let owner = organisations.find(event.organisation);
    shell.json_ld = Some(
        event_json_ld(
            event,
            &rows,
            now,
            &shell.chrome.base_url,
            locale,
            card.as_ref(),
            owner.map(|owner| owner.name(locale)),
        )
        .to_string(),
    );
    let facts = facts(t, event, &organisations, &resolved);
    let (room, place_lines, online_href) = place_words(data, locale, card.is_some());
    let spot = rows.iter().find_map(|row| row.spot);
    let signup = super::signup::block::block(event, &rows, locale, now);
    let (signup, signup_until) = signup.map_or((None, None), |(block, until)| (Some(block), until));
    let lines = |rows: &[&OccasionRow]| rows.iter().map(|row| line(t, row)).collect::<Vec<_>>();
    let shown = coming.len().min(MOST);
    let view = EventPage {
        lang: data.name.other_language(locale),
        category: t.get(&data.category.key()).into_owned(),
        summary: data.summary.get(locale).to_owned(),
        drawing: drawing(data.category),
        picture,
        flag: (data.status != crate::vocabulary::Status::Scheduled)
            .then(|| t.get(&data.status.key()).into_owned()),
        flag_note: data.status_note.get(locale).to_owned(),
        over: coming.is_empty() && !begins_later(event, now),
        occasions: lines(&coming[..shown.min(AT_ONCE)]),
        later: lines(&coming[shown.min(AT_ONCE)..shown]),
        recurs: if data.pattern.repeats() {
            data.pattern.words(t)
        } else {
            String::new()
        },
        prose: Prose {
            passages: passages(data.text.get(locale)),
        },
        facts,
        card,
        place: place_lines,
        room,
        map_href: spot.map(|spot| map_href(spot, locale)).unwrap_or_default(),
        register_href: register(data, now).unwrap_or_default(),
        register_until: data
            .registration
            .as_ref()
            // Where places are given out here, that says when.
            .filter(|own| own.sign_up.is_none())
            .and_then(|own| own.until)
            .map(|day| register_words(t, day, now))
            .unwrap_or_default(),
        online_href,
        signup,
        ics_href: format!("{}.ics", event.href(locale)),
        whole: whole
            .as_ref()
            .map(|whole| NavLink::new(whole.name(locale), whole.href(locale))),
        parts,
        related,
        shell,
    };
    tags.extend(resolved.tags);
    tags.extend([event_tag(event.id), EVENTS_TAG.to_owned()]);
    tags.push(format!("organisation:{}", event.organisation));
    let mut page = Page::html(view.render()?, tags);
    page.fresh_until = Some(
        resolved
            .fresh_until
            .unwrap_or(Timestamp::from_micros(i64::MAX))
            .min(fresh_until(now, &rows))
            .min(signup_until.unwrap_or(Timestamp::from_micros(i64::MAX))),
    );
    Ok(Outcome::Page(page))
}

/// Whether it begins after the days that the table of occasions holds.
fn begins_later(event: &Event, now: Timestamp) -> bool {
    event.data.pattern.start.date() > crate::expand::window(now).1
}

fn description(data: &EventData, locale: Locale) -> String {
    let summary = data.summary.get(locale);
    if !summary.is_empty() {
        return summary.to_owned();
    }
    let text = torg_kernel::squeeze(data.text.get(locale));
    torg_kernel::truncate_words(&text, 160)
}

fn line(t: T, row: &OccasionRow) -> OccasionLine {
    let note = match &row.instead {
        Some(instead) if row.note.is_empty() => t.one("event-instead", "place", instead),
        Some(instead) => format!("{}. {}", t.one("event-instead", "place", instead), row.note),
        None => row.note.clone(),
    };
    OccasionLine {
        day: date_long(t, row.start.date()),
        time: hours(t, row),
        datetime: datetime(row),
        flag: flag(t, row),
        note,
        off: row.status.is_off(),
    }
}

/// Where one signs up, while one can.
fn register(data: &EventData, now: Timestamp) -> Option<String> {
    let registration = data.registration.as_ref()?;
    let open = registration.until.is_none_or(|day| day >= civil_date(now));
    (open && !registration.url.is_empty() && !data.status.is_off())
        .then(|| registration.url.clone())
}

fn register_words(t: T, day: Date, now: Timestamp) -> String {
    let key = if day >= civil_date(now) {
        "event-register-until"
    } else {
        "event-register-closed"
    };
    t.one(key, "day", date_long(t, day))
}

fn map_href(spot: Spot, locale: Locale) -> String {
    let path = if locale == Locale::EN {
        "/en/map"
    } else {
        "/karta"
    };
    format!("{path}?layers=events&at={},{}", spot.lat(), spot.lon())
}

/// The room, the place in lines when it is no unit, and where one watches.
fn place_words(data: &EventData, locale: Locale, has_card: bool) -> (String, Vec<String>, String) {
    match &data.place {
        Some(Place::Unit { room, .. }) => (room.get(locale).to_owned(), Vec::new(), String::new()),
        Some(Place::Free {
            name,
            street,
            postcode,
            city,
            ..
        }) if !has_card => {
            let lines = [
                name.get(locale).to_owned(),
                street.clone(),
                torg_kernel::squeeze(&format!("{postcode} {city}")),
            ];
            let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
            (String::new(), lines, String::new())
        }
        Some(Place::Online { url }) => (String::new(), Vec::new(), url.clone()),
        _ => (String::new(), Vec::new(), String::new()),
    }
}

/// What is known, line by line.
fn facts(
    t: T,
    event: &Event,
    organisations: &OrganisationList,
    resolved: &Resolved,
) -> Vec<FactLine> {
    let data = &event.data;
    let locale = t.locale();
    let mut facts: Vec<FactLine> = Vec::new();
    let mut put = |icon, key: &str, lines: Vec<String>, href: String| {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            facts.push(FactLine {
                icon,
                label: t.get(key).into_owned(),
                lines,
                href,
                lang: None,
            });
        }
    };
    let price = vec![
        price_words(t, data.price),
        data.price_note.get(locale).to_owned(),
    ];
    put("ticket", "event-price", price, String::new());
    let whom = vec![audience_words(t, data), age_words(t, data.ages)];
    put("users", "event-whom", whom, String::new());
    let ease = data.ease.iter().map(|it| t.get(&it.key()).into_owned());
    put(
        "accessibility",
        "event-eases",
        ease.collect(),
        String::new(),
    );
    let languages = data.languages.iter().map(|language| {
        t.find(&format!("language-{language}"))
            .map_or_else(|| language.endonym().to_owned(), str::to_owned)
    });
    put(
        "languages",
        "event-languages",
        languages.collect(),
        String::new(),
    );
    let (organiser, href) = match &data.organiser {
        Some(Organiser::Unit { unit }) => (
            resolved
                .facts
                .get(&fact(*unit))
                .cloned()
                .unwrap_or_default(),
            resolved.unit_links.get(unit).cloned().unwrap_or_default(),
        ),
        Some(Organiser::Free { name, url }) => (name.clone(), url.clone()),
        None => {
            let owner = organisations.find(event.organisation);
            let name = owner.map(|owner| owner.name(locale).to_owned());
            (name.unwrap_or_default(), String::new())
        }
    };
    put("building-2", "event-organiser", vec![organiser], href);
    put(
        "heart-handshake",
        "event-co-organisers",
        data.co_organisers.clone(),
        String::new(),
    );
    let contact = &data.contact;
    let phone = torg_ui::tel_href(&contact.phone).unwrap_or_default();
    let named = !contact.name.is_empty();
    let lines = vec![
        contact.name.clone(),
        contact.phone.clone(),
        contact.email.clone(),
    ];
    put(
        "phone",
        "event-contact",
        lines,
        if named { String::new() } else { phone },
    );
    if !data.more_url.is_empty() {
        let more = vec![t.get("event-more-go").into_owned()];
        put("external-link", "event-more", more, data.more_url.clone());
    }
    facts
}

/// What is a part of this, the next first.
async fn parts(
    calendar: &Calendar,
    request: &PageRequest,
    event: &Event,
    locale: Locale,
) -> Result<Vec<EventItem>> {
    let snapshot = request.snapshot().await?;
    let parts = store::list_parts(&**snapshot, event.id).await?;
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let query = OccasionQuery {
        from: request.now,
        events: Some(parts.iter().map(|part| part.id).collect()),
        ..OccasionQuery::default()
    };
    let rows = store::list_occasions(&**snapshot, &query, 0, 100).await?;
    let shown = Shown::read(calendar, request, locale, &rows).await?;
    let t = T::of(locale);
    Ok(rows.iter().filter_map(|row| shown.dated(t, row)).collect())
}

/// Others of the same sort in the next weeks, each once, those at the same place first.
async fn related(
    calendar: &Calendar,
    request: &PageRequest,
    event: &Event,
    locale: Locale,
) -> Result<Vec<EventItem>> {
    let snapshot = request.snapshot().await?;
    let of_sort = OccasionQuery {
        from: request.now,
        until: Some(begins(plus(civil_date(request.now), 60))),
        categories: event.data.category.bit(),
        ..OccasionQuery::default()
    };
    let at_place = OccasionQuery {
        categories: 0,
        place: event.data.place.as_ref().and_then(Place::unit),
        ..of_sort.clone()
    };
    let mut rows: Vec<OccasionRow> = Vec::new();
    for query in [at_place, of_sort] {
        // Without a unit the first question would be about everything.
        if query.categories == 0 && query.place.is_none() {
            continue;
        }
        let wanted = if rows.is_empty() {
            RELATED / 2
        } else {
            RELATED
        };
        for row in store::list_occasions(&**snapshot, &query, 0, 40).await? {
            let known = rows.iter().any(|own| own.event == row.event);
            if !known && row.event != event.id && !row.status.is_off() && rows.len() < wanted {
                rows.push(row);
            }
        }
    }
    rows.sort_by_key(|row| row.begins_at);
    let shown = Shown::read(calendar, request, locale, &rows).await?;
    let t = T::of(locale);
    Ok(rows.iter().filter_map(|row| shown.dated(t, row)).collect())
}
