//! Hours and the calendar of days in the workspace, on both databases.

use scraper::{Html, Selector};
use torg_directory::UnitFacts;
use torg_kernel::{FactField, FactRef, FactSource, Locale, Permission, Timestamp};
use torg_testkit::{TestDatabase, both};
use torg_ui::T;
use torg_ui::sample::show;
use torg_web::{FactResolver, Reading, Resolved, Wanted};

use crate::town::{Migrator, Town, organisations};

type Fields = Vec<(String, String)>;

/// All that a browser would send of the form for hours, lists of choices too.
fn fields(html: &str) -> Fields {
    let page = Html::parse_document(html);
    let css = ["input[name]", "select[name]"].map(|own| format!("form.hoursform {own}"));
    let selector = Selector::parse(&css.join(", ")).expect("a selector");
    let option = Selector::parse("option").expect("a selector");
    page.select(&selector)
        .filter(|field| {
            let chosen = field.attr("type") == Some("checkbox");
            !chosen || field.attr("checked").is_some()
        })
        .map(|field| {
            let name = field.attr("name").unwrap_or_default().to_owned();
            let mut options = field.select(&option);
            let value = if field.value().name() == "select" {
                let first = options.clone().next();
                options.find(|own| own.attr("selected").is_some()).or(first)
            } else {
                Some(field)
            };
            let value = value.and_then(|own| own.attr("value"));
            (name, value.unwrap_or_default().to_owned())
        })
        .collect()
}

fn put(fields: &mut Fields, name: &str, value: &str) {
    fields.retain(|(own, _)| own != name);
    fields.push((name.to_owned(), value.to_owned()));
}

fn get<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map_or_else(|| panic!("no field {name}"), |(_, value)| value.as_str())
}

fn texts(html: &str, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .map(|found| {
            let text: String = found.text().collect();
            text.trim().replace('\u{a0}', " ")
        })
        .collect()
}

fn links(html: &str, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    Html::parse_document(html)
        .select(&selector)
        .filter_map(|found| {
            found
                .attr("href")
                .or(found.attr("action"))
                .map(str::to_owned)
        })
        .collect()
}

/// Monday 30 November 2026, 12:00 in the city.
fn advent() -> Timestamp {
    "2026-11-30T12:00:00+01:00[Europe/Stockholm]"
        .parse::<jiff::Zoned>()
        .map(|zoned| Timestamp::from_micros(zoned.timestamp().as_microsecond()))
        .expect("a time")
}

#[tokio::test]
async fn an_editor_writes_the_hours_of_a_library() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent());
        let unit = town.unit("angereds-bibliotek").await;
        let address = format!("/admin/units/{}/hours", unit.id);
        assert_ne!(town.get(&address).await.0, 200, "nobody is logged in");
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let foreign = town.unit("kontaktcenter").await.id;
        assert_eq!(
            town.get(&format!("/admin/units/{foreign}/hours")).await.0,
            403
        );

        let (status, html) = town.get(&address).await;
        assert_eq!(status, 200);
        show("hours-form-story", T::SV, &html);
        let mut sent = fields(&html);
        assert_eq!(get(&sent, "hours_mon"), "10–19");

        // Buttons change the form only.
        put(&mut sent, "hours_mon", "8–10 självservice, 10–19");
        put(&mut sent, "do", "add:rule");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 200);
        let mut sent = fields(&html);
        assert_eq!(get(&sent, "hours_mon"), "8–10 självservice, 10–19");
        put(&mut sent, "do", "add:period");
        let (_, html) = town.post(&address, &sent).await;
        let mut sent = fields(&html);
        put(&mut sent, "do", "add:turn");
        let (_, html) = town.post(&address, &sent).await;
        let mut sent = fields(&html);
        assert_eq!(town.unit("angereds-bibliotek").await.version, unit.version);

        // What is wrong is told at each field, and what was written stays.
        put(&mut sent, "rule_0_on", "christmas_eve");
        put(&mut sent, "rule_0_spans", "kanske");
        put(&mut sent, "period_0_kind", "dates");
        put(&mut sent, "period_0_first", "2027-06-01");
        put(&mut sent, "period_0_last", "2027-05-01");
        put(&mut sent, "period_0_mon", "10–14, 13–15");
        put(&mut sent, "turn_0_when", "first");
        put(&mut sent, "turn_0_spans", "12–19");
        put(&mut sent, "do", "save");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 422);
        show("hours-errors-story", T::SV, &html);
        assert_eq!(
            links(&html, ".errsum a").len(),
            texts(&html, ".field.bad").len()
        );
        assert!(html.contains("value=\"kanske\""));
        let mut sent = fields(&html);
        put(&mut sent, "rule_0_spans", "till 13");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 422, "the period ends before it begins");
        let mut sent = fields(&html);
        put(&mut sent, "period_0_last", "2027-08-31");
        put(&mut sent, "period_0_mon", "10–14");
        put(&mut sent, "turn_0_tue", "yes");
        put(&mut sent, "do", "preview");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 200, "{:?}", texts(&html, ".err"));
        show("hours-preview-story", T::SV, &html);
        let said = texts(&html, ".hourspreview dd");
        assert!(
            said.iter().any(|it| it == "8–10 självservice och 10–19"),
            "{said:?}"
        );
        assert_eq!(texts(&html, ".comingdays tbody tr").len(), 21);

        let mut sent = fields(&html);
        put(&mut sent, "do", "save");
        let (status, to) = town.post(&address, &sent).await;
        assert_eq!((status, to), (303, format!("{address}?done=hours-saved")));
        let (status, _) = town.post(&address, &sent).await;
        assert_eq!(status, 303, "a double click happens once");
        let saved = town.unit("angereds-bibliotek").await;
        assert_eq!(saved.version, unit.version + 1);
        let hours = saved.data.hours.expect("has hours");
        assert_eq!(
            (hours.turns.len(), hours.periods.len(), hours.days.len()),
            (1, 1, 1)
        );

        // Who opened the form before is told, and keeps what they wrote.
        let mut late = sent.clone();
        put(&mut late, "request_id", &town.request_id());
        put(&mut late, "hours_sun", "12–18");
        let (status, html) = town.post(&address, &late).await;
        assert_eq!(status, 409);
        assert_eq!(get(&fields(&html), "hours_sun"), "12–18");

        let (_, page) = town.get("/hitta/angereds-bibliotek").await;
        assert!(page.contains("självservice"));
    });
}

#[tokio::test]
async fn weeks_within_a_period_are_written_in_the_form() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent());
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let unit = town.unit("angereds-bibliotek").await;
        let address = format!("/admin/units/{}/hours", unit.id);
        let (_, html) = town.get(&address).await;
        let mut sent = fields(&html);
        put(&mut sent, "do", "add:period");
        let (_, html) = town.post(&address, &sent).await;
        assert_eq!(texts(&html, "details.deeper[open]").len(), 0, "folded in");
        let mut sent = fields(&html);
        let number = texts(&html, "#periods > .parts > li").len();
        let last = number - 1;
        put(&mut sent, "do", &format!("add:turn-of:{last}"));
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(
            (status, texts(&html, "details.deeper[open]").len()),
            (200, 1)
        );

        // The summary names the row: which period, and which weeks of it.
        let mut sent = fields(&html);
        let own = |name: &str| format!("period_{last}_{name}");
        put(&mut sent, &own("kind"), "yearly");
        put(&mut sent, &own("first"), "06-01");
        put(&mut sent, &own("last"), "08-31");
        put(&mut sent, &own("tue"), "öppet");
        put(&mut sent, &own("turn_0_when"), "odd_weeks");
        put(&mut sent, &own("turn_0_spans"), "10-25");
        put(&mut sent, "hours_wed", "10–18, 17–19 x");
        put(&mut sent, "do", "save");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 422);
        show("hours-period-errors-story", T::SV, &html);
        let told = texts(&html, ".errsum a");
        let begins = |text: &str| told.iter().any(|own| own.starts_with(text));
        assert!(begins("Vanlig vecka, onsdag: "), "{told:?}");
        assert!(begins(&format!("Period {number}, tisdag: ")), "{told:?}");
        let inner = format!("Period {number}, vissa veckor 1, tider: ");
        assert!(begins(&inner), "{told:?}");
        let to = links(&html, ".errsum a");
        assert!(
            to.contains(&format!("#field_{}", own("turn_0_spans"))),
            "{to:?}"
        );

        let mut sent = fields(&html);
        assert_eq!(
            get(&sent, &own("turn_0_spans")),
            "10-25",
            "what was written stays"
        );
        put(&mut sent, "hours_wed", "10–18");
        put(&mut sent, &own("tue"), "10–16");
        put(&mut sent, &own("turn_0_spans"), "12–20");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 422, "of no weekday");
        let told = texts(&html, ".errsum a");
        assert!(told[0].starts_with(&format!("Period {number}, vissa veckor 1: ")));
        let mut sent = fields(&html);
        put(&mut sent, &own("turn_0_tue"), "yes");
        put(&mut sent, "hours_sat", "22–02.30");
        put(&mut sent, "do", "preview");
        let (status, html) = town.post(&address, &sent).await;
        assert_eq!(status, 200, "{:?}", texts(&html, ".err"));
        let clocks = texts(&html, ".notice[role=note] li");
        let has = |words: &str| clocks.iter().any(|own| own.contains(words));
        assert!(has("finns inte") && has("två gånger"), "{clocks:?}");

        let mut sent = fields(&html);
        put(&mut sent, "do", "save");
        let (status, to) = town.post(&address, &sent).await;
        assert_eq!((status, to), (303, format!("{address}?done=hours-saved")));
        let saved = town.unit("angereds-bibliotek").await;
        let hours = saved.data.hours.expect("has hours");
        let period = hours.periods.last().expect("was added");
        assert_eq!(
            (period.turns.len(), &period.turns[0].days[0][..]),
            (1, "tue")
        );
        // Opened again it is there, and saved untouched it stays as it is.
        let (_, html) = town.get(&address).await;
        let mut sent = fields(&html);
        assert_eq!(get(&sent, &own("turn_0_spans")), "12–20");
        put(&mut sent, "do", "save");
        let (status, _) = town.post(&address, &sent).await;
        assert_eq!(status, 303);
        let again = town.unit("angereds-bibliotek").await;
        assert_eq!(
            (again.version, again.data.hours),
            (saved.version, Some(hours))
        );
        put(&mut sent, "request_id", &town.request_id());
        put(&mut sent, "do", &format!("remove:turn-of:{last}:0"));
        let (_, html) = town.post(&address, &sent).await;
        assert!(!html.contains(&own("turn_0_spans")));
    });
}

#[tokio::test]
async fn all_libraries_close_at_three_and_it_is_undone() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent());
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let before = town.unit("hisingens-bibliotek").await;
        let (status, html) = town.get("/admin/hours").await;
        assert_eq!(status, 200);
        let mut sent = fields(&html);
        put(&mut sent, "kind", "library");
        put(&mut sent, "what", "i god tid");
        put(&mut sent, "first", "2026-12-22");
        put(&mut sent, "last", "2026-12-21");
        put(&mut sent, "do", "preview");
        let (status, html) = town.post("/admin/hours", &sent).await;
        assert_eq!((status, texts(&html, ".field.bad").len()), (422, 2));

        put(&mut sent, "what", "till 15");
        put(&mut sent, "note_sv", "Personalfest");
        put(&mut sent, "last", "");
        let (status, html) = town.post("/admin/hours", &sent).await;
        assert_eq!(status, 200);
        show("hours-bulk-story", T::SV, &html);
        let names = texts(&html, ".bulklist > li > label b");
        assert!(
            names.len() >= 5 && names.iter().all(|name| !name.contains("badet")),
            "{names:?}"
        );
        assert!(
            texts(&html, ".bulklist ins")
                .iter()
                .all(|after| after.contains("15"))
        );
        assert_eq!(
            town.unit("hisingens-bibliotek").await,
            before,
            "only a preview"
        );

        // One is left out.
        let mut sent = fields(&html);
        let spared = town.unit("majornas-bibliotek").await;
        sent.retain(|(name, _)| *name != format!("unit_{}", spared.id));
        put(&mut sent, "do", "save");
        let (status, to) = town.post("/admin/hours", &sent).await;
        assert_eq!((status, to.as_str()), (303, "/admin/hours?done=hours-bulk"));
        assert_eq!(town.unit("majornas-bibliotek").await, spared);
        let changed = town.unit("hisingens-bibliotek").await;
        assert_eq!(changed.version, before.version + 1);
        let (_, html) = town.get("/hitta/hisingens-bibliotek").await;
        assert!(html.contains("Personalfest"));

        // The same list again is old now: nothing is changed.
        put(&mut sent, "request_id", &town.request_id());
        let (status, _) = town.post("/admin/hours", &sent).await;
        assert_eq!(status, 409);
        assert_eq!(town.unit("hisingens-bibliotek").await, changed);

        let (_, html) = town.get("/admin/hours").await;
        show("hours-earlier-story", T::SV, &html);
        let undo = links(&html, ".bulkdone form");
        assert_eq!(undo.len(), 1);
        let sent = vec![("request_id".to_owned(), town.request_id())];
        town.log_in("demokrati-och-medborgarservice", &[Permission::UnitEdit]);
        assert_eq!(town.post(&undo[0], &sent).await.0, 403, "others' units");
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        assert_eq!(town.post(&undo[0], &sent).await.0, 303);
        let after = town.unit("hisingens-bibliotek").await;
        assert_eq!(after.data, before.data);
        let again = vec![("request_id".to_owned(), town.request_id())];
        assert_eq!(town.post(&undo[0], &again).await.0, 404, "it is taken back");
    });
}

#[tokio::test]
async fn holidays_without_word_are_told_and_settled() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent());
        town.log_in("kulturforvaltningen", &[Permission::UnitEdit]);
        let (status, html) = town.get("/admin/hours/missing").await;
        assert_eq!(status, 200);
        show("hours-missing-story", T::SV, &html);
        let days = texts(&html, ".missingday h2");
        assert!(!days.is_empty(), "somebody has forgotten Twelfth Night");
        let to = links(&html, ".missingday > p > a");
        let (_, html) = town.get(&to[0]).await;
        let mut sent = fields(&html);
        assert_eq!(get(&sent, "silent"), "yes");
        put(&mut sent, "what", "som vanligt");
        put(&mut sent, "do", "preview");
        let (_, html) = town.post("/admin/hours", &sent).await;
        let mut sent = fields(&html);
        put(&mut sent, "do", "save");
        assert_eq!(town.post("/admin/hours", &sent).await.0, 303);
        let (_, html) = town.get("/admin/hours/missing").await;
        let left = texts(&html, ".missingday h2");
        assert_eq!(left.len(), days.len() - 1, "{left:?}");
    });
}

#[tokio::test]
async fn a_break_is_moved_and_every_page_follows() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent());
        let tree = organisations();
        let own = tree.entries().next().expect("there are some").key.clone();
        town.log_in(&own, &[Permission::UnitEdit]);
        assert_eq!(town.get("/admin/almanac").await.0, 403);
        town.log_in(&own, &[Permission::AlmanacManage]);
        let (status, html) = town.get("/admin/almanac?year=2027").await;
        assert_eq!(status, 200);
        show("almanac-story", T::SV, &html);
        assert!(texts(&html, "th[scope=row]").contains(&"Midsommarafton".to_owned()));
        let form = fields(&html);
        let mut sent = form.clone();
        put(&mut sent, "what", "sport_break");
        put(&mut sent, "first", "2027-02-19");
        put(&mut sent, "last", "2027-02-15");
        let (status, html) = town.post("/admin/almanac", &sent).await;
        assert_eq!((status, texts(&html, ".field.bad").len()), (422, 1));
        put(&mut sent, "first", "2027-02-15");
        put(&mut sent, "last", "2027-02-19");
        let (status, to) = town.post("/admin/almanac", &sent).await;
        assert_eq!(
            (status, to.as_str()),
            (303, "/admin/almanac?year=2027&done=almanac-saved")
        );
        let mut sent = form.clone();
        put(&mut sent, "request_id", &town.request_id());
        put(&mut sent, "what", "own");
        put(&mut sent, "name_sv", "Ny Kulturnatta");
        put(&mut sent, "first", "2026-12-01");
        assert_eq!(town.post("/admin/almanac", &sent).await.0, 303);
        put(&mut sent, "request_id", &town.request_id());
        let (status, html) = town.post("/admin/almanac", &sent).await;
        assert_eq!(status, 422, "the same day twice");
        assert!(html.contains("value=\"Ny Kulturnatta\""));

        let (_, html) = town.get("/admin/almanac?year=2026").await;
        let entry = links(&html, "th[scope=row] a");
        assert_eq!(entry.len(), 1);
        let (_, html) = town.get(&entry[0]).await;
        show("almanac-entry-story", T::SV, &html);
        let mut sent = fields(&html);
        assert_eq!(get(&sent, "key"), "ny_kulturnatta");
        put(&mut sent, "first", "2026-12-02");
        put(&mut sent, "last", "2026-12-02");
        assert_eq!(town.post(&entry[0], &sent).await.0, 303);
        let gone = vec![("request_id".to_owned(), town.request_id())];
        assert_eq!(
            town.post(&format!("{}/remove", entry[0]), &gone).await.0,
            303
        );
        assert_eq!(town.get(&entry[0]).await.0, 404);
        put(&mut sent, "request_id", &town.request_id());
        assert_eq!(town.post(&entry[0], &sent).await.0, 404);
    });
}

#[tokio::test]
async fn pages_follow_the_calendar_of_days() {
    both!(Migrator, |test: TestDatabase| async move {
        let town = Town::build(test.database.clone()).await;
        town.clock.set(advent().plus_seconds(3 * 3_600));
        let open = |html: &str| texts(html, ".status p");
        let (_, html) = town.get("/hitta/kulturskolan").await;
        assert_eq!(open(&html), ["Öppet nu till 19"]);
        let tree = organisations();
        let own = tree.entries().next().expect("there are some").key.clone();
        town.log_in(&own, &[Permission::AlmanacManage]);
        let (_, html) = town.get("/admin/almanac?year=2026").await;
        let mut sent = fields(&html);
        put(&mut sent, "what", "autumn_break");
        put(&mut sent, "first", "2026-11-30");
        put(&mut sent, "last", "2026-12-04");
        assert_eq!(town.post("/admin/almanac", &sent).await.0, 303);
        let (_, html) = town.get("/hitta/kulturskolan").await;
        assert_eq!(
            open(&html),
            ["Öppnar 7 december kl. 13"],
            "the break is now"
        );
        let (_, html) = town.get("/admin/almanac?year=2026").await;
        let entry = links(&html, "th[scope=row] a");
        let gone = vec![("request_id".to_owned(), town.request_id())];
        assert_eq!(
            town.post(&format!("{}/remove", entry[0]), &gone).await.0,
            303
        );
        let (_, html) = town.get("/hitta/kulturskolan").await;
        assert_eq!(open(&html), ["Öppet nu till 19"]);
    });
}

#[tokio::test]
async fn a_card_is_true_until_each_change_of_state() {
    let test = torg_testkit::sqlite::<Migrator>().await;
    let town = Town::build(test.database.clone()).await;
    let unit = town.unit("hisingens-bibliotek").await;
    let facts = UnitFacts::default();
    let wanted = Wanted {
        facts: vec![FactRef {
            source: FactSource::Unit,
            id: unit.id.0,
            field: FactField::Hours,
        }],
        contacts: vec![unit.id],
        ..Wanted::default()
    };
    let mut now = advent().plus_seconds(-12 * 3_600);
    let mut told = Vec::new();
    for _ in 0..5 {
        let mut resolved = Resolved::default();
        let reading = Reading::new(&test.database);
        facts
            .resolve(&reading, &wanted, Locale::SV, now, &mut resolved)
            .await
            .expect("resolves");
        let open = resolved.contacts[&unit.id].open.clone().expect("has hours");
        assert!(resolved.facts.contains_key(&wanted.facts[0]));
        assert!(
            resolved.tags.contains(&"almanac".to_owned()),
            "it names a day of the city's own"
        );
        now = resolved.fresh_until.expect("it changes");
        told.push((
            open.text.replace('\u{a0}', " "),
            now.zoned().time().to_string(),
        ));
    }
    let is = |text: &str, until: &str| (text.to_owned(), until.to_owned());
    assert_eq!(
        told,
        [
            is("Självservice i dag från kl. 6", "06:00:00"),
            is(
                "Bara självservice till 10, sedan öppet med personal",
                "10:00:00"
            ),
            is("Öppet nu till 19, sedan självservice", "19:00:00"),
            is("Bara självservice till 22", "22:00:00"),
            is("Självservice i morgon från kl. 6", "00:00:00"),
        ]
    );
}
